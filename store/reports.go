package store

import (
	"sort"
	"strings"

	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/money"
	"zhanggui/app/when"
	"zhanggui/store/sqlkit"
)

// salesDaily groups the kept daily sums; the day range is the front of the
// primary key of sales_daily. %KEY is the group.
const salesDaily = `SELECT %KEY, '', CAST(COALESCE(SUM(d.parcels), 0) AS BIGINT), CAST(COALESCE(SUM(d.units), 0) AS BIGINT),
	CAST(COALESCE(SUM(d.revenue_fen), 0) AS BIGINT), CAST(COALESCE(SUM(d.cost_fen), 0) AS BIGINT)
	FROM sales_daily d LEFT JOIN shops s ON s.id = d.shop_id WHERE d.biz_day >= $1 AND d.biz_day <= $2`

// salesKeys are the groups that the daily sums can give.
var salesKeys = map[core.SalesBy]string{
	core.ByDay:     `d.biz_day`,
	core.ByMonth:   `substr(d.biz_day, 1, 7)`,
	core.ByChannel: `d.channel`,
	core.ByShop:    `COALESCE(s.code, '')`,
}

func scanSales(s sqlkit.Scanner) (core.SalesSum, error) {
	var v core.SalesSum
	err := s.Scan(&v.Key, &v.Name, &v.Orders, &v.Units, &v.RevenueFen, &v.CostFen)
	return v, err
}

// Sales groups journal sales and cost of the days [from, to], sorted by key;
// channel "" for all. Orders counts the parcels. Everything but products comes
// from the daily sums. Cost without a channel (variances) stands under "" and
// only in the report of all channels.
// Errors: Invalid fault.report.by.
func (r reportRepo) Sales(by core.SalesBy, from, to when.Day, channel string) ([]core.SalesSum, error) {
	if by == core.BySKU {
		return r.salesBySKU(from, to, channel)
	}
	key, ok := salesKeys[by]
	if !ok {
		return nil, fault.New(fault.Invalid, "fault.report.by", "by", by)
	}
	w := sqlkit.NewWhere(from, to)
	if channel != "" {
		w.Add(`d.channel = ?`, channel)
	}
	query := strings.ReplaceAll(salesDaily, "%KEY", key) + w.And() + ` GROUP BY ` + key + ` ORDER BY ` + key
	return sqlkit.Rows(r.t.ctx, r.t.q, scanSales, query, w.Args()...)
}

// monthlyBySKU reads whole months from the sums (front of the primary key of sales_monthly).
const monthlyBySKU = `SELECT COALESCE(k.code, ''), TRIM(COALESCE(p.title, '') || ' ' || COALESCE(k.spec, '')), CAST(0 AS BIGINT), x.units, x.revenue, x.cost FROM (
	SELECT g.sku_id, CAST(SUM(g.units) AS BIGINT) AS units, CAST(SUM(g.revenue_fen) AS BIGINT) AS revenue, CAST(SUM(g.cost_fen) AS BIGINT) AS cost
	FROM sales_monthly g WHERE g.month >= $1 AND g.month <= $2`

// postingsBySKU reads single days from the rows (index postings_account).
const postingsBySKU = `SELECT COALESCE(k.code, ''), TRIM(COALESCE(p.title, '') || ' ' || COALESCE(k.spec, '')), CAST(0 AS BIGINT), x.units, x.revenue, x.cost FROM (
	SELECT g.sku_id, CAST(SUM(CASE WHEN g.account = '5001' AND g.sku_id IS NOT NULL THEN -g.qty ELSE 0 END) AS BIGINT) AS units,
	CAST(SUM(CASE WHEN g.account = '5001' THEN -g.amount_fen ELSE 0 END) AS BIGINT) AS revenue,
	CAST(SUM(CASE WHEN g.account = '5401' THEN g.amount_fen ELSE 0 END) AS BIGINT) AS cost
	FROM postings g WHERE g.account IN ('5001', '5401') AND g.biz_day >= $1 AND g.biz_day <= $2`

// namedBySKU ends both: names are looked up once a SKU, not once a row.
const namedBySKU = ` GROUP BY g.sku_id) x LEFT JOIN skus k ON k.id = x.sku_id LEFT JOIN products p ON p.id = k.product_id`

// salesBySKU takes whole months from the monthly sums and the rest from the
// postings. Freight stands under the key "". SKUs of which nothing is left are left out.
func (r reportRepo) salesBySKU(from, to when.Day, channel string) ([]core.SalesSum, error) {
	sums := map[string]core.SalesSum{}
	add := func(query string, first, last any, sign int64) error {
		w := sqlkit.NewWhere(first, last)
		if channel != "" {
			w.Add(`g.channel = ?`, channel)
		}
		list, err := sqlkit.Rows(r.t.ctx, r.t.q, scanSales, query+w.And()+namedBySKU, w.Args()...)
		for _, s := range list {
			sum := sums[s.Key]
			sum.Key, sum.Name = s.Key, s.Name
			sum.Units += sign * s.Units
			sum.RevenueFen += money.Fen(sign) * s.RevenueFen
			sum.CostFen += money.Fen(sign) * s.CostFen
			sums[s.Key] = sum
		}
		return err
	}
	newest, err := sqlkit.One(r.t.ctx, r.t.q, func(s sqlkit.Scanner) (d when.Day, err error) { return d, s.Scan(&d) },
		`SELECT COALESCE(MAX(biz_day), '') FROM sales_daily`)
	if err != nil {
		return nil, err
	}
	if to >= newest { // nothing was booked later: its month is a whole one
		to = nextMonth(to).Add(-1)
	}
	parts := cutMonths(from, to)
	for _, part := range parts.days {
		if err := add(postingsBySKU, part.from, part.to, part.sign); err != nil {
			return nil, err
		}
	}
	if parts.first != "" {
		if err := add(monthlyBySKU, parts.first, parts.last, 1); err != nil {
			return nil, err
		}
	}
	return sortSums(sums), nil
}

// cut is a range of days as months and the days by which they differ from it.
type cut struct {
	first, last string // months, "" when there is none
	days        []stretch
}

// stretch is days that count (1) or that are taken off the months again (-1).
type stretch struct {
	from, to when.Day
	sign     int64
}

// cutMonths takes a month of the range as a whole when fewer of its days lie
// outside the range than inside: the fewest rows are read.
func cutMonths(from, to when.Day) cut {
	var c cut
	for start := monthStart(from); start <= to; start = nextMonth(start) {
		end := nextMonth(start).Add(-1)
		a, b := max(start, from), min(end, to)
		if outside := daysTo(start, a) + daysTo(b, end); outside > daysTo(a, b) {
			c.days = append(c.days, stretch{a, b, 1})
			continue
		}
		if c.first == "" {
			c.first = start.Month()
		}
		c.last = start.Month()
		if start < a {
			c.days = append(c.days, stretch{start, a.Add(-1), -1})
		}
		if b < end {
			c.days = append(c.days, stretch{b.Add(1), end, -1})
		}
	}
	return c
}

// daysTo is how many days lie between two days.
func daysTo(from, to when.Day) int64 { return int64((to.Start() - from.Start()) / when.DaySpan) }

func monthStart(d when.Day) when.Day { return when.Day(d.Month() + "-01") }

func nextMonth(d when.Day) when.Day { return monthStart(monthStart(d).Add(31)) }

func sortSums(sums map[string]core.SalesSum) []core.SalesSum {
	list := make([]core.SalesSum, 0, len(sums))
	for _, s := range sums {
		if s.Units != 0 || s.RevenueFen != 0 || s.CostFen != 0 {
			list = append(list, s)
		}
	}
	sort.Slice(list, func(i, j int) bool { return list[i].Key < list[j].Key })
	return list
}

// Orders gives number and paid amount of the orders placed on each day, from
// the kept sums (primary key of orders_daily).
func (r reportRepo) Orders(from, to when.Day, channel string) ([]core.SalesSum, error) {
	w := sqlkit.NewWhere(from, to)
	if channel != "" {
		w.Add(`channel = ?`, channel)
	}
	if err := r.t.settle(); err != nil {
		return nil, err
	}
	return sqlkit.Rows(r.t.ctx, r.t.q, func(s sqlkit.Scanner) (core.SalesSum, error) {
		var v core.SalesSum
		err := s.Scan(&v.Key, &v.Orders, &v.RevenueFen)
		return v, err
	}, `SELECT biz_day, CAST(COALESCE(SUM(orders), 0) AS BIGINT), CAST(COALESCE(SUM(paid_fen), 0) AS BIGINT) FROM orders_daily
		WHERE biz_day >= $1 AND biz_day <= $2`+w.And()+` GROUP BY biz_day
		HAVING SUM(orders) <> 0 OR SUM(paid_fen) <> 0 ORDER BY biz_day`, w.Args()...)
}

// stockLimit is the most SKUs of a stock report.
const stockLimit = 100_000

// StockValue lists stock and value by SKU as of the end of a day, "" for now;
// SKUs with neither are left out.
func (r reportRepo) StockValue(d when.Day) ([]core.StockRow, error) {
	l, args := &stockList, []any(nil)
	if d != "" {
		l, args = &asOfList, []any{d}
	}
	p, err := l.pick(r.t, core.Query{}, args...)
	if err != nil {
		return nil, err
	}
	onHand, _ := p.field("on_hand")
	value, _ := p.field("value_fen")
	p.w.Add(`(` + onHand.sql + ` <> 0 OR ` + value.sql + ` <> 0)`)
	page, err := pageOf[core.StockRow](p, core.Page{Limit: stockLimit})
	return page, err
}

// Stages gives the kept counters of orders by channel and stage.
func (r reportRepo) Stages() ([]core.StageCount, error) { return r.t.stageCounts() }

// Late counts orders that have not left and are past their target but not yet
// their limit, and past their limit (index orders_stage).
func (r reportRepo) Late(now when.Millis) (target, limit int64, err error) {
	p, err := sqlkit.One(r.t.ctx, r.t.q, scanPair[int64, int64],
		`SELECT CAST(COALESCE(SUM(CASE WHEN limit_ms > $1 THEN 1 ELSE 0 END), 0) AS BIGINT),
		CAST(COALESCE(SUM(CASE WHEN limit_ms <= $1 THEN 1 ELSE 0 END), 0) AS BIGINT)
		FROM orders WHERE stage IN `+openStages+` AND limit_ms > 0 AND target_ms <= $1`, now)
	return p.a, p.b, err
}

// dueStages are all stages in which an order has or had a limit to keep.
const dueStages = `('to_audit', 'exception', 'hold', 'to_ship', 'part_shipped', 'shipped', 'completed', 'returned')`

// OnTime counts by the day of their limit the orders due, and those of which
// everything had left by then (index orders_stage). Orders that others shipped
// before we knew them have no limit of ours.
func (r reportRepo) OnTime(from, to when.Day) ([]core.OnTimeDay, error) {
	return sqlkit.Rows(r.t.ctx, r.t.q, func(s sqlkit.Scanner) (core.OnTimeDay, error) {
		var v core.OnTimeDay
		var n int64
		err := s.Scan(&n, &v.Due, &v.Good, &v.Early)
		v.Day = (when.Millis(n) * when.DaySpan).Day() // 00:00 UTC of the day is 08:00 of it here
		return v, err
	}, `SELECT (limit_ms + 28800000) / 86400000, COUNT(*),
		CAST(COALESCE(SUM(CASE WHEN fulfil IN ('shipped', 'returned') AND shipped_ms > 0 AND shipped_ms <= limit_ms THEN 1 ELSE 0 END), 0) AS BIGINT),
		CAST(COALESCE(SUM(CASE WHEN fulfil IN ('shipped', 'returned') AND shipped_ms > 0 AND shipped_ms <= target_ms AND shipped_ms <= limit_ms THEN 1 ELSE 0 END), 0) AS BIGINT)
		FROM orders WHERE stage IN `+dueStages+` AND external = $1 AND limit_ms >= $2 AND limit_ms < $3
		GROUP BY (limit_ms + 28800000) / 86400000 ORDER BY (limit_ms + 28800000) / 86400000`, false, from.Start(), to.End())
}

// PaidHours counts the orders paid on the days [from, to] by hour of the week,
// those without any left out (index orders_paid holds all that is read). Hour 0
// of the instants is 08:00 of a Thursday in the shop's zone.
func (r reportRepo) PaidHours(from, to when.Day) ([]core.HourCount, error) {
	const thursday = 3
	return sqlkit.Rows(r.t.ctx, r.t.q, func(s sqlkit.Scanner) (core.HourCount, error) {
		var v core.HourCount
		var n int
		err := s.Scan(&n, &v.Orders)
		v.Weekday, v.Hour = (n/24+thursday)%7, n%24
		return v, err
	}, `SELECT (paid_ms + 28800000) / 3600000 % 168, COUNT(*) FROM orders WHERE paid_ms >= $1 AND paid_ms < $2
		GROUP BY (paid_ms + 28800000) / 3600000 % 168 ORDER BY (paid_ms + 28800000) / 3600000 % 168`, from.Start(), to.End())
}

// Accounts sums debits and credits by account over the days [from, to] (index
// postings_account holds all that is read).
func (r reportRepo) Accounts(from, to when.Day) ([]core.AccountSum, error) {
	w := sqlkit.NewWhere()
	w.In("account", accountArgs()...)
	w.Add(`biz_day >= ? AND biz_day <= ?`, from, to)
	return sqlkit.Rows(r.t.ctx, r.t.q, func(s sqlkit.Scanner) (core.AccountSum, error) {
		var v core.AccountSum
		var credit money.Fen
		err := s.Scan(&v.Account, &v.DebitFen, &credit)
		v.CreditFen = -credit
		return v, err
	}, `SELECT account, CAST(COALESCE(SUM(CASE WHEN amount_fen > 0 THEN amount_fen ELSE 0 END), 0) AS BIGINT),
		CAST(COALESCE(SUM(CASE WHEN amount_fen < 0 THEN amount_fen ELSE 0 END), 0) AS BIGINT)
		FROM postings`+w.SQL()+` GROUP BY account ORDER BY account`, w.Args()...)
}

// accountArgs names the chart's accounts, so that the index is entered at each.
func accountArgs() []any {
	args := make([]any, len(domain.Accounts))
	for i, a := range domain.Accounts {
		args[i] = a
	}
	return args
}

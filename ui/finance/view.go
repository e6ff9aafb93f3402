package finance

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/finance"
	"zhanggui/app/i18n"
	"zhanggui/app/money"
	"zhanggui/app/when"
	"zhanggui/reports"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// periodKey is the field of the period in every filter bar of this area.
const periodKey = "period"

// usualDays is the period looked at first; usual is its name in the top bar.
const (
	usualDays = 30
	usual     = "last30"
)

// period is the period of a filter; an open end is today, an open beginning (or
// no period at all) the usual number of days before the end.
func period(v kit.Values, today when.Day) (from, to when.Day) {
	from, to = v.Days(periodKey)
	if to == "" {
		to = today
	}
	if from == "" {
		from = to.Add(1 - usualDays)
	}
	return from, to
}

// days is how many days a period has, both ends included.
func days(from, to when.Day) int { return int((to.Start()-from.Start())/when.DaySpan) + 1 }

// before is the period of the same length that ends the day before.
func before(from, to when.Day) (when.Day, when.Day) { return from.Add(-days(from, to)), from.Add(-1) }

// groupings are the chips of the table and what they group by.
var groupings = []struct {
	key   core.SalesBy
	title string
}{{core.ByDay, "books.by.day"}, {core.ByChannel, "books.by.channel"}, {core.BySKU, "books.by.sku"}, {core.ByShop, "books.by.shop"}}

// sortRows sorts sales by a column; the usual order is newest day, else largest sales first.
func sortRows(rows []finance.SalesRow, by core.SalesBy, column string, desc bool) {
	compare := func(a, b finance.SalesRow) int {
		switch column {
		case "orders":
			return cmp.Compare(a.Orders, b.Orders)
		case "units":
			return cmp.Compare(a.Units, b.Units)
		case "sales":
			return cmp.Compare(a.RevenueFen, b.RevenueFen)
		case "cost":
			return cmp.Compare(a.CostFen, b.CostFen)
		case "profit":
			return cmp.Compare(a.ProfitFen, b.ProfitFen)
		case "margin":
			return cmp.Compare(a.MarginBP, b.MarginBP)
		}
		return strings.Compare(a.Key, b.Key)
	}
	if column == "" {
		column, desc = "sales", true
		if by == core.ByDay {
			column = "key"
		}
	}
	sort.SliceStable(rows, func(i, j int) bool {
		c := compare(rows[i], rows[j])
		if desc {
			c = -c
		}
		if c == 0 {
			return rows[i].Key < rows[j].Key
		}
		return c < 0
	})
}

// salesPage is the window of a list that is wholly known.
func salesPage(t finance.SalesTable, q kit.Query) core.Paged[finance.SalesRow] {
	rows := slices.Clone(t.Rows)
	by := core.SalesBy(q.Chip)
	sortRows(rows, by, q.Page.Sort, q.Page.Desc)
	return core.Paged[finance.SalesRow]{Rows: window(rows, q.Page), Total: len(rows), Sums: map[string]int64{
		"orders": t.Total.Orders, "units": t.Total.Units, "sales": int64(t.Total.RevenueFen), "cost": int64(t.Total.CostFen),
		"profit": int64(t.Total.ProfitFen), "margin": int64(t.Total.MarginBP),
	}}
}

// window cuts a page out of rows.
func window[R any](rows []R, p core.Page) []R {
	p = p.Clamp()
	from := min(p.Offset, len(rows))
	return rows[from:min(len(rows), from+p.Limit)]
}

// keyCell names a row of the table by what it is grouped by.
func keyCell(tr i18n.Tr, by core.SalesBy, r finance.SalesRow, today when.Day) kit.Cell {
	switch by {
	case core.ByDay:
		return kit.Text(tr.DateWeek(when.Day(r.Key), today)).Copying(r.Key)
	case core.ByChannel:
		return kit.ChannelDot(r.Key, tr.Word("channel", r.Key))
	case core.BySKU:
		if r.Key == "" {
			return kit.Text(tr.T("books.freight"))
		}
		return kit.Text(r.Name).With(r.Key)
	}
	return kit.Text(r.Key)
}

// keyText is keyCell for a file.
func keyText(tr i18n.Tr, by core.SalesBy, r finance.SalesRow) reports.Cell {
	switch by {
	case core.ByDay:
		return reports.Day(when.Day(r.Key))
	case core.ByChannel:
		return reports.Text(tr.Word("channel", r.Key))
	case core.BySKU:
		if r.Key == "" {
			return reports.Text(tr.T("books.freight"))
		}
	}
	return reports.Text(r.Key)
}

// countTotal is a total of counts; none were counted when it is zero.
func countTotal(n int64) kit.Cell {
	if n == 0 {
		return kit.Muted(i18n.Dash)
	}
	return kit.Strong(i18n.Count(n))
}

// tiles are the figures over the table. Cost, profit and margin are left out for
// people who may not see them.
func tiles(tr i18n.Tr, v finance.Overview, today when.Day) []tile {
	now, last := v.Total, v.Before
	spark := make([]int64, 0, len(v.Days))
	for _, d := range v.Days {
		spark = append(spark, int64(d.RevenueFen))
	}
	list := []tile{{key: "sales", TileSpec: kit.TileSpec{
		Title: tr.T("field.sales"), Value: tr.Tile(now.RevenueFen), Spark: spark,
		Deltas: change(tr, int64(now.RevenueFen), int64(last.RevenueFen), true),
	}}}
	add := func(key, title, value string, deltas []kit.Delta) {
		list = append(list, tile{key: key, TileSpec: kit.TileSpec{Title: tr.T(title), Value: value, Deltas: deltas}})
	}
	if v.Cost {
		add("cost", "field.cogs", tr.Tile(now.CostFen), change(tr, int64(now.CostFen), int64(last.CostFen), false))
		add("profit", "field.profit", tr.Tile(now.ProfitFen), change(tr, int64(now.ProfitFen), int64(last.ProfitFen), true))
		add("margin", "field.margin", i18n.Percent(now.MarginBP, 1), points(tr, now, last))
	} else {
		add("parcels", "books.parcels", i18n.Count(now.Orders), change(tr, now.Orders, last.Orders, true))
		add("units", "field.units", i18n.Count(now.Units), change(tr, now.Units, last.Units, true))
	}
	if v.Channel != "" {
		return list // what customers owe is not kept by channel
	}
	add("receivable", "books.receivable", tr.Tile(v.ReceivableFen), nil)
	list[len(list)-1].Band = tr.T("books.as_of", "day", tr.Date(v.To, today))
	return list
}

// change is a figure beside the period before. neutral figures (cost) keep their
// colour: more cost is neither good nor bad by itself.
func change(tr i18n.Tr, now, last int64, upIsGood bool) []kit.Delta {
	if last <= 0 || now == last {
		return nil
	}
	diff := now - last
	bp, err := money.MulDiv(money.Fen(diff), int64(money.Whole), last)
	if err != nil {
		return nil
	}
	d := kit.Delta{Label: tr.T("books.last"), Text: strings.TrimPrefix(i18n.Percent(money.BP(bp), 1), "−"), Up: diff > 0}
	if upIsGood {
		d.Tone = theme.OK
		if diff < 0 {
			d.Tone = theme.Urgent
		}
	}
	return []kit.Delta{d}
}

// points is the margin beside that of the period before.
func points(tr i18n.Tr, now, last finance.SalesRow) []kit.Delta {
	diff := now.MarginBP - last.MarginBP
	if last.RevenueFen <= 0 || diff == 0 {
		return nil
	}
	d := kit.Delta{Label: tr.T("books.last"), Text: strings.TrimPrefix(i18n.Points(diff), "−"), Up: diff > 0, Tone: theme.OK}
	if diff < 0 {
		d.Tone = theme.Urgent
	}
	return []kit.Delta{d}
}

// maxLabels is the most days of the picture; a longer period is drawn by month.
const maxLabels = 92

// picture is sales and gross profit per day, this period beside the one before.
// A long period comes as sums of months.
func picture(tr i18n.Tr, v finance.Overview, last []finance.SalesRow, today when.Day) reports.Chart {
	now, keys := perDay(v.Days, v.From, v.To)
	from, to := before(v.From, v.To)
	was, _ := perDay(last, from, to)
	if v.Total.RevenueFen == 0 && v.Total.CostFen == 0 && len(last) == 0 {
		return reports.Chart{Kind: reports.Line, Title: tr.T("books.chart")} // nothing to draw; the picture says so
	}
	kind := reports.Line
	if len(keys) < 2 {
		kind = reports.Bars
	}
	says, status := sentence(tr, v)
	c := reports.Chart{Kind: kind, Title: tr.T("books.chart"), Ordered: true, Sentence: says, Status: status}
	if len(keys) > maxLabels {
		now, keys = perMonth(now, keys)
		was = nil // months of two periods do not lie under each other
		c.Title = tr.T("books.chart_month")
	}
	for _, k := range keys {
		c.Labels = append(c.Labels, label(tr, k, today, len(keys) < days(v.From, v.To)))
	}
	yuan := func(rows []finance.SalesRow, of func(finance.SalesRow) money.Fen) []float64 {
		values := make([]float64, len(rows))
		for i, r := range rows {
			values[i] = float64(of(r)) / 100
		}
		return values
	}
	sales := func(r finance.SalesRow) money.Fen { return r.RevenueFen }
	profit := func(r finance.SalesRow) money.Fen { return r.ProfitFen }
	c.Series = append(c.Series, reports.Series{Name: tr.T("field.sales"), Values: yuan(now, sales), Colour: reports.ColourMain})
	if v.Cost {
		c.Series = append(c.Series, reports.Series{Name: tr.T("field.profit"), Values: yuan(now, profit), Colour: profitColour})
	}
	if len(was) == len(now) && len(last) > 0 {
		c.Series = append(c.Series, reports.Series{Name: tr.T("books.last_sales"), Values: yuan(was, sales), Role: reports.Last})
	}
	return c
}

// profitColour is the chart colour of gross profit, beside sales in colour 1.
const profitColour = 4

// perDay gives every day of a period its row, days without sales too.
func perDay(rows []finance.SalesRow, from, to when.Day) (all []finance.SalesRow, keys []when.Day) {
	known := make(map[string]finance.SalesRow, len(rows))
	for _, r := range rows {
		known[r.Key] = r
	}
	for d := from; d <= to; d = d.Add(1) {
		all, keys = append(all, known[string(d)]), append(keys, d)
	}
	return all, keys
}

// perMonth sums days to months; a month's key is its first day of the period.
func perMonth(rows []finance.SalesRow, keys []when.Day) (months []finance.SalesRow, starts []when.Day) {
	for i, r := range rows {
		if n := len(starts); n == 0 || starts[n-1].Month() != keys[i].Month() {
			months, starts = append(months, finance.SalesRow{}), append(starts, keys[i])
		}
		m := &months[len(months)-1]
		m.RevenueFen += r.RevenueFen
		m.CostFen += r.CostFen
		m.ProfitFen += r.ProfitFen
	}
	return months, starts
}

func label(tr i18n.Tr, d, today when.Day, month bool) string {
	if month {
		return tr.Month(d)
	}
	return tr.Date(d, today)
}

// sentence is what the picture says, worked out: 销售 4.32万，比前期 +3.2%；毛利率 41.2%.
func sentence(tr i18n.Tr, v finance.Overview) (text, status string) {
	text = tr.T("books.says.sales", "sum", tr.CompactMoney(v.Total.RevenueFen))
	if last := v.Before.RevenueFen; last > 0 {
		bp, err := money.MulDiv(v.Total.RevenueFen-last, int64(money.Whole), int64(last))
		if err == nil {
			rate := i18n.Percent(money.BP(bp), 1)
			status = string(theme.Warn)
			if bp >= 0 {
				rate, status = "+"+rate, string(theme.OK)
			}
			text = tr.T("books.says.last", "text", text, "rate", rate)
		}
	}
	if v.Cost {
		text = tr.T("books.says.margin", "text", text, "rate", i18n.Percent(v.Total.MarginBP, 1))
	}
	return text, status
}

// account is number and name of an account.
func account(tr i18n.Tr, a domain.Account) string { return tr.Word("account", "a"+string(a)) }

// balanceCell is a signed balance: debit plain, credit with its minus.
func balanceCell(f money.Fen) kit.Cell { return kit.Amount(f) }

// entryQuery asks for postings. The journal is read newest first.
func entryQuery(q kit.Query) core.Query {
	out := core.Query{Search: q.Search, Page: q.Page, Totals: true}
	if q.Chip != chipAll {
		out.Chip = q.Chip
	}
	add := func(field, op, value string) {
		if value != "" {
			out.Conds = append(out.Conds, core.Cond{Field: field, Op: op, Value: value})
		}
	}
	from, to := q.Filter.Days(periodKey)
	add("day", ">=", string(from))
	add("day", "<=", string(to))
	add("account", "=", q.Filter.Text("account"))
	add("kind", "=", q.Filter.Text("kind"))
	add("channel", "=", q.Filter.Text("channel"))
	add("shop", "=", q.Filter.Text("shop"))
	add("sku", "=", q.Filter.Text("sku"))
	if field := q.Filter.Text(withoutKey); field != "" {
		out.Conds = append(out.Conds, core.Cond{Field: field, Op: "="})
	}
	return out
}

// withoutKey is the filter for what has no channel (variances), no shop or no SKU
// (freight): its value is the field that is empty.
const withoutKey = "without"

// chipAll is every kind of entry.
const chipAll = "all"

// entryTone is the colour of a kind of entry: what takes back is info, the rest plain.
func entryTone(kind string) theme.Status {
	switch kind {
	case "ship", "receipt", "opening":
		return theme.OK
	case "return", "adjust", "recost":
		return theme.Warn
	}
	return theme.Idle
}

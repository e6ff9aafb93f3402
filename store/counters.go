package store

import (
	"sort"

	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/ids"
	"zhanggui/app/money"
	"zhanggui/app/when"
	"zhanggui/store/sqlkit"
)

// counterDelta gathers what a write changes in the kept counters: orders by
// channel and stage, and number and paid amount by day and shop.
type counterDelta struct {
	stages map[stageKey]int64
	days   map[dayKey]dayDelta
}

type stageKey struct {
	channel string
	stage   domain.Stage
}

type dayKey struct {
	day  when.Day
	shop ids.ShopID
}

type dayDelta struct {
	channel string
	orders  int64
	paid    money.Fen
}

// add counts an order in (sign 1) or out (sign -1).
func (d *counterDelta) add(o *domain.Order, sign int64) {
	if d.stages == nil {
		d.stages, d.days = map[stageKey]int64{}, map[dayKey]dayDelta{}
	}
	d.stages[stageKey{o.Channel, o.Stage()}] += sign
	k := dayKey{o.BizDay, o.ShopID}
	v := d.days[k]
	d.days[k] = dayDelta{o.Channel, v.orders + sign, v.paid + o.PaidFen*money.Fen(sign)}
}

// settle adds what the transaction has changed so far to the counters: once at
// its end, and before it reads them. Rows are sorted, so that two desks on
// PostgreSQL lock them in the same order, and as late as possible.
func (t *tx) settle() error {
	d := t.kept
	t.kept = counterDelta{}
	var stages, days [][]any
	for k, n := range d.stages {
		if n != 0 {
			stages = append(stages, []any{k.channel, string(k.stage), n})
		}
	}
	for k, v := range d.days {
		if v.orders != 0 || v.paid != 0 {
			days = append(days, []any{string(k.day), k.shop[:], v.channel, v.orders, v.paid})
		}
	}
	sortRows(stages)
	sortRows(days)
	_, err := sqlkit.InsertMany(t.ctx, t.q, "stage_counts", []string{"channel", "stage", "n"},
		` ON CONFLICT (channel, stage) DO UPDATE SET n = stage_counts.n + excluded.n`, stages)
	if err != nil {
		return err
	}
	_, err = sqlkit.InsertMany(t.ctx, t.q, "orders_daily", []string{"biz_day", "shop_id", "channel", "orders", "paid_fen"},
		` ON CONFLICT (biz_day, shop_id) DO UPDATE SET orders = orders_daily.orders + excluded.orders,
		paid_fen = orders_daily.paid_fen + excluded.paid_fen`, days)
	return err
}

// sortRows sorts rows by their first two columns, texts or ids.
func sortRows(rows [][]any) {
	key := func(v any) string {
		if b, ok := v.([]byte); ok {
			return string(b)
		}
		s, _ := v.(string)
		return s
	}
	sort.Slice(rows, func(i, j int) bool {
		if a, b := key(rows[i][0]), key(rows[j][0]); a != b {
			return a < b
		}
		return key(rows[i][1]) < key(rows[j][1])
	})
}

// StageCounts gives the kept counters of all channels; empty ones are left out.
func (r orderRepo) StageCounts() ([]core.StageCount, error) { return r.t.stageCounts() }

func (t *tx) stageCounts() ([]core.StageCount, error) {
	if err := t.settle(); err != nil {
		return nil, err
	}
	return sqlkit.Rows(t.ctx, t.q, func(s sqlkit.Scanner) (core.StageCount, error) {
		var c core.StageCount
		err := s.Scan(&c.Channel, &c.Stage, &c.N)
		return c, err
	}, `SELECT channel, stage, n FROM stage_counts WHERE n <> 0 ORDER BY channel, stage`)
}

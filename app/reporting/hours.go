package reporting

import (
	"context"

	"zhanggui/app/core"
	"zhanggui/app/money"
	"zhanggui/app/when"
)

// HourRow is one hour of the day over the week.
type HourRow struct {
	Hour   int      `json:"hour"`   // 0 to 23, in the shop's zone
	Orders [7]int64 `json:"orders"` // paid, Monday first
	Sum    int64    `json:"sum"`
}

// HourTable is the orders paid by hour of the day and weekday; every hour has a row.
type HourTable struct {
	Rows  []HourRow
	Total HourRow // Hour 0
}

// HourReport counts the orders paid in the period by weekday and hour. It is of
// all channels. Errors: Denied; Invalid; Limit.
func (s *Service) HourReport(ctx context.Context, p Period) (HourTable, error) {
	return read(ctx, s, p, func(r core.Reads, _ bool) (HourTable, error) {
		t := HourTable{Rows: make([]HourRow, 24)}
		counts, err := r.Reports().PaidHours(p.From, p.To)
		if err != nil {
			return t, err
		}
		for i := range t.Rows {
			t.Rows[i].Hour = i
		}
		for _, c := range counts {
			for _, row := range []*HourRow{&t.Rows[c.Hour], &t.Total} {
				row.Orders[c.Weekday] += c.Orders
				row.Sum += c.Orders
			}
		}
		return t, nil
	})
}

// OnTimeRow is how punctual the shop was with the orders due on a day.
type OnTimeRow struct {
	Day      when.Day `json:"day"`
	Due      int64    `json:"due"`    // orders whose limit was that day
	Target   int64    `json:"target"` // of these sent by their target
	Limit    int64    `json:"limit"`  // of these sent by their limit
	TargetBP money.BP `json:"target_bp"`
	LimitBP  money.BP `json:"limit_bp"`
}

// OnTimeTable is the days on which something was due.
type OnTimeTable struct {
	Rows  []OnTimeRow
	Total OnTimeRow // Day ""
}

// OnTimeReport gives the on-time rate by the day of the limit (rules.md §5.12:
// ÷ due, not ÷ shipped) for the days that are over: what is due today may still
// be sent in time. It is of all channels. Errors: Denied; Invalid; Limit.
func (s *Service) OnTimeReport(ctx context.Context, p Period) (OnTimeTable, error) {
	return read(ctx, s, p, func(r core.Reads, _ bool) (OnTimeTable, error) {
		var t OnTimeTable
		to := min(p.To, s.e.Now().Day().Add(-1))
		if to < p.From {
			return t, nil
		}
		list, err := r.Reports().OnTime(p.From, to)
		if err != nil {
			return t, err
		}
		for _, d := range list {
			row := OnTimeRow{Day: d.Day, Due: d.Due, Target: d.Early, Limit: d.Good}
			t.Rows = append(t.Rows, row.rated())
			t.Total.Due += d.Due
			t.Total.Target += d.Early
			t.Total.Limit += d.Good
		}
		t.Total = t.Total.rated()
		return t, nil
	})
}

func (o OnTimeRow) rated() OnTimeRow {
	o.TargetBP = money.Share(money.Fen(o.Target), money.Fen(o.Due))
	o.LimitBP = money.Share(money.Fen(o.Limit), money.Fen(o.Due))
	return o
}

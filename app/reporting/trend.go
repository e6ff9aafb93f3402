package reporting

import (
	"context"
	"time"

	"zhanggui/app/core"
	"zhanggui/app/money"
	"zhanggui/app/when"
)

// Before is the period of the same length that ends the day before p begins.
func (p Period) Before() Period {
	n := int((p.To.Start()-p.From.Start())/when.DaySpan) + 1
	return Period{From: p.From.Add(-n), To: p.From.Add(-1), Channel: p.Channel}
}

// lastYear is the same date a year before, "" where there is none (29 February).
func lastYear(d when.Day) when.Day {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return ""
	}
	back := t.AddDate(-1, 0, 0)
	if back.Month() != t.Month() {
		return ""
	}
	return when.Day(back.Format(time.DateOnly))
}

// TrendRow is the sales of a day beside those of two days before it.
type TrendRow struct {
	Day       when.Day  `json:"day"`
	SalesFen  money.Fen `json:"sales_fen"`
	BeforeDay when.Day  `json:"before_day"` // the day at its place in the period before
	BeforeFen money.Fen `json:"before_fen"`
	YearDay   when.Day  `json:"year_day"` // the same date a year before, "" for 29 February
	YearFen   money.Fen `json:"year_fen"`
}

// TrendTable is sales against the period before and the same period a year
// before; every day of the period has a row.
type TrendTable struct {
	Rows  []TrendRow
	Total TrendRow // no days
}

// TrendReport gives sales day by day from the kept daily sums.
// Errors: Denied; Invalid; Limit.
func (s *Service) TrendReport(ctx context.Context, p Period) (TrendTable, error) {
	return read(ctx, s, p, func(r core.Reads, _ bool) (TrendTable, error) {
		var t TrendTable
		sums := func(from, to when.Day) (map[when.Day]money.Fen, error) {
			list, err := r.Reports().Sales(core.ByDay, from, to, p.Channel)
			out := make(map[when.Day]money.Fen, len(list))
			for _, sum := range list {
				out[when.Day(sum.Key)] = sum.RevenueFen
			}
			return out, err
		}
		before := p.Before()
		near, err := sums(before.From, p.To)
		if err != nil {
			return t, err
		}
		far, err := sums(p.From.Add(-366), p.To.Add(-365))
		if err != nil {
			return t, err
		}
		for day, was := p.From, before.From; day <= p.To; day, was = day.Add(1), was.Add(1) {
			row := TrendRow{Day: day, SalesFen: near[day], BeforeDay: was, BeforeFen: near[was], YearDay: lastYear(day)}
			row.YearFen = far[row.YearDay]
			t.Rows = append(t.Rows, row)
			t.Total.SalesFen += row.SalesFen
			t.Total.BeforeFen += row.BeforeFen
			t.Total.YearFen += row.YearFen
		}
		return t, nil
	})
}

// ChannelRow is what a channel sold and brought, beside the period before.
type ChannelRow struct {
	Channel         string    `json:"channel"` // "" is cost that belongs to none
	Parcels         int64     `json:"parcels"`
	SalesFen        money.Fen `json:"sales_fen"`
	BeforeFen       money.Fen `json:"before_fen"`
	ShareBP         money.BP  `json:"share_bp"` // of all sales of the period
	ProfitFen       money.Fen `json:"profit_fen"`
	BeforeProfitFen money.Fen `json:"before_profit_fen"`
	MarginBP        money.BP  `json:"margin_bp"`
}

// ChannelTable is the channels, by code.
type ChannelTable struct {
	Rows  []ChannelRow
	Total ChannelRow // Channel ""
	Cost  bool       // whether profit may be shown
}

// ChannelReport gives sales and gross profit by channel from the kept daily
// sums. Errors: Denied; Invalid; Limit.
func (s *Service) ChannelReport(ctx context.Context, p Period) (ChannelTable, error) {
	return read(ctx, s, p, func(r core.Reads, mayCost bool) (ChannelTable, error) {
		t := ChannelTable{Cost: mayCost}
		now, err := r.Reports().Sales(core.ByChannel, p.From, p.To, p.Channel)
		if err != nil {
			return t, err
		}
		before := p.Before()
		was, err := r.Reports().Sales(core.ByChannel, before.From, before.To, p.Channel)
		if err != nil {
			return t, err
		}
		at := map[string]int{}
		row := func(code string) *ChannelRow {
			if _, ok := at[code]; !ok {
				at[code] = len(t.Rows)
				t.Rows = append(t.Rows, ChannelRow{Channel: code})
			}
			return &t.Rows[at[code]]
		}
		for _, sum := range now {
			row(sum.Key).now(rowOf(sum, mayCost))
		}
		for _, sum := range was {
			row(sum.Key).before(rowOf(sum, mayCost))
		}
		t.sum()
		return t, nil
	})
}

func (c *ChannelRow) now(s SalesRow) {
	c.Parcels, c.SalesFen, c.ProfitFen, c.MarginBP = s.Parcels, s.SalesFen, s.ProfitFen, s.MarginBP
}

func (c *ChannelRow) before(s SalesRow) { c.BeforeFen, c.BeforeProfitFen = s.SalesFen, s.ProfitFen }

// sum adds the rows up and gives each its share.
func (t *ChannelTable) sum() {
	for _, row := range t.Rows {
		t.Total.Parcels += row.Parcels
		t.Total.SalesFen += row.SalesFen
		t.Total.BeforeFen += row.BeforeFen
		t.Total.ProfitFen += row.ProfitFen
		t.Total.BeforeProfitFen += row.BeforeProfitFen
	}
	for i := range t.Rows {
		t.Rows[i].ShareBP = money.Share(t.Rows[i].SalesFen, t.Total.SalesFen)
	}
	t.Total.ShareBP = money.Share(t.Total.SalesFen, t.Total.SalesFen)
	t.Total.MarginBP = money.Share(t.Total.ProfitFen, t.Total.SalesFen)
}

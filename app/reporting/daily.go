package reporting

import (
	"context"

	"zhanggui/app/core"
	"zhanggui/app/money"
	"zhanggui/app/when"
)

// DailyRow is one business day.
type DailyRow struct {
	Day       when.Day  `json:"day"`
	Orders    int64     `json:"orders"` // placed that day
	PaidFen   money.Fen `json:"paid_fen"`
	Parcels   int64     `json:"parcels"` // shipped that day
	Units     int64     `json:"units"`
	SalesFen  money.Fen `json:"sales_fen"`
	CostFen   money.Fen `json:"cost_fen"`
	ProfitFen money.Fen `json:"profit_fen"`
	MarginBP  money.BP  `json:"margin_bp"`
	Due       int64     `json:"due"`     // parcels whose limit was that day
	OnTime    int64     `json:"on_time"` // of these shipped in time (rules.md §5.12)
}

// DailyTable is the daily report; every day of the period has a row.
type DailyTable struct {
	Rows  []DailyRow
	Total DailyRow // Day ""
	Cost  bool
}

// DailyReport gives orders placed, paid and shipped, sales, cost and profit per
// day. The on-time figures are of all channels. Errors: Denied; Invalid; Limit.
func (s *Service) DailyReport(ctx context.Context, p Period) (DailyTable, error) {
	return read(ctx, s, p, func(r core.Reads, mayCost bool) (DailyTable, error) {
		placed, err := r.Reports().Orders(p.From, p.To, p.Channel)
		if err != nil {
			return DailyTable{}, err
		}
		sold, err := r.Reports().Sales(core.ByDay, p.From, p.To, p.Channel)
		if err != nil {
			return DailyTable{}, err
		}
		punctual, err := r.Reports().OnTime(p.From, p.To)
		if err != nil {
			return DailyTable{}, err
		}
		return daily(p, placed, sold, punctual, mayCost), nil
	})
}

func daily(p Period, placed, sold []core.SalesSum, punctual []core.OnTimeDay, mayCost bool) DailyTable {
	t := DailyTable{Cost: mayCost}
	at := map[when.Day]int{}
	for day := p.From; day <= p.To; day = day.Add(1) {
		at[day] = len(t.Rows)
		t.Rows = append(t.Rows, DailyRow{Day: day})
	}
	for _, sum := range placed {
		if i, ok := at[when.Day(sum.Key)]; ok {
			t.Rows[i].Orders, t.Rows[i].PaidFen = sum.Orders, sum.RevenueFen
		}
	}
	for _, sum := range sold {
		if i, ok := at[when.Day(sum.Key)]; ok {
			t.Rows[i].sell(rowOf(sum, mayCost))
		}
	}
	for _, day := range punctual {
		if i, ok := at[day.Day]; ok {
			t.Rows[i].Due, t.Rows[i].OnTime = day.Due, day.Good
		}
	}
	for _, row := range t.Rows {
		t.Total.add(row)
	}
	return t
}

func (d *DailyRow) sell(s SalesRow) {
	d.Parcels, d.Units, d.SalesFen = s.Parcels, s.Units, s.SalesFen
	d.CostFen, d.ProfitFen, d.MarginBP = s.CostFen, s.ProfitFen, s.MarginBP
}

func (d *DailyRow) add(row DailyRow) {
	d.Orders += row.Orders
	d.PaidFen += row.PaidFen
	d.Parcels += row.Parcels
	d.Units += row.Units
	d.SalesFen += row.SalesFen
	d.CostFen += row.CostFen
	d.ProfitFen += row.ProfitFen
	d.Due += row.Due
	d.OnTime += row.OnTime
	d.MarginBP = money.Share(d.ProfitFen, d.SalesFen)
}

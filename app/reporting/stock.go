package reporting

import (
	"context"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/fault"
	"zhanggui/app/when"
)

// StockTable is stock and value by SKU.
type StockTable struct {
	Day   when.Day // end of this day; "" is now
	Rows  []core.StockRow
	Total core.StockRow // sums, without a SKU
	Cost  bool          // whether the value may be shown
}

// StockReport gives stock on hand and its value as of the end of a day, "" for
// now. Errors: Denied; Invalid fault.reporting.day.
func (s *Service) StockReport(ctx context.Context, day when.Day) (StockTable, error) {
	return core.Read(ctx, s.e, auth.ReportsView, func(r core.Reads) (StockTable, error) {
		t := StockTable{Day: day}
		if _, err := when.ParseDay(string(day)); day != "" && err != nil {
			return t, fault.New(fault.Invalid, "fault.reporting.day", "day", day).Field("day", "fault.not_day")
		}
		actor, err := core.ActorOf(ctx, r)
		if err != nil {
			return t, err
		}
		t.Cost = auth.Allows(actor, auth.FinanceViewCost)
		if t.Rows, err = r.Reports().StockValue(day); err != nil {
			return t, err
		}
		for i := range t.Rows {
			row := &t.Rows[i]
			if !t.Cost {
				row.ValueFen = 0
			}
			t.Total.OnHand += row.OnHand
			t.Total.Reserved += row.Reserved
			t.Total.Unavailable += row.Unavailable
			t.Total.Available += row.Available
			t.Total.Incoming += row.Incoming
			t.Total.ValueFen += row.ValueFen
		}
		return t, nil
	})
}

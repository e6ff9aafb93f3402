package dash

import (
	"context"
	"sort"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/fault"
	"zhanggui/app/money"
	"zhanggui/app/when"
)

// ProductRow is what one SKU sold in the period; cost is not in it.
type ProductRow struct {
	SKU      string    `json:"sku"`
	Name     string    `json:"name"`
	Units    int64     `json:"units"`
	SalesFen money.Fen `json:"sales_fen"`
}

// Products is what sold in a period, the largest sales first; freight, which
// belongs to none, is left out.
type Products struct {
	Rows  []ProductRow `json:"rows"`
	Total ProductRow   `json:"total"`
}

// weekLimit is the most days of the question: products are summed from the
// postings of single days.
const weekLimit = 7

// Products reads what sold on the days from to to, a week at most. Errors:
// Denied; Invalid fault.dash.period.
func (s *Service) Products(ctx context.Context, from, to when.Day) (Products, error) {
	return core.Read(ctx, s.e, auth.ReportsView, func(r core.Reads) (Products, error) {
		var p Products
		if err := checkPeriod(from, to, weekLimit); err != nil {
			return p, err
		}
		sums, err := r.Reports().Sales(core.BySKU, from, to, "")
		for _, s := range sums {
			if s.Key == "" || s.Units == 0 && s.RevenueFen == 0 {
				continue
			}
			p.Rows = append(p.Rows, ProductRow{SKU: s.Key, Name: s.Name, Units: s.Units, SalesFen: s.RevenueFen})
			p.Total.Units += s.Units
			p.Total.SalesFen += s.RevenueFen
		}
		sort.SliceStable(p.Rows, func(i, j int) bool { return p.Rows[i].SalesFen > p.Rows[j].SalesFen })
		return p, err
	})
}

// checkPeriod wants two days in order, at most limit of them.
func checkPeriod(from, to when.Day, limit int) error {
	_, errFrom := when.ParseDay(string(from))
	_, errTo := when.ParseDay(string(to))
	if errFrom != nil || errTo != nil || from > to || from.Add(limit) <= to {
		return fault.New(fault.Invalid, "fault.dash.period", "from", from, "to", to, "limit", limit)
	}
	return nil
}

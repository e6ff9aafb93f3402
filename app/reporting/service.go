package reporting

import (
	"context"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/fault"
	"zhanggui/app/money"
	"zhanggui/app/when"
)

// Service gives report rows. Make it with New.
type Service struct{ e *core.Engine }

// New makes the service.
func New(e *core.Engine) *Service { return &Service{e: e} }

// Period is the days From to To, both included; Channel "" is all channels.
type Period struct {
	From    when.Day
	To      when.Day
	Channel string
}

// periodLimit is the most days of one report: ten years.
const periodLimit = 3660

// validate wants two days in order. Errors: Invalid fault.reporting.period; Limit.
func (p Period) validate() error {
	e := fault.New(fault.Invalid, "fault.reporting.period", "from", p.From, "to", p.To)
	if _, err := when.ParseDay(string(p.From)); err != nil {
		_ = e.Field("from", "fault.not_day")
	}
	if _, err := when.ParseDay(string(p.To)); err != nil {
		_ = e.Field("to", "fault.not_day")
	}
	if len(e.Fields) == 0 && p.From > p.To {
		_ = e.Field("to", "fault.reporting.period_order")
	}
	if len(e.Fields) > 0 {
		return e
	}
	if p.From.Add(periodLimit) <= p.To {
		return fault.New(fault.Limit, "fault.reporting.period_long", "limit", periodLimit)
	}
	return nil
}

// read checks the right reports.view and the period, and says whether cost may be shown.
func read[R any](ctx context.Context, s *Service, p Period, fn func(r core.Reads, mayCost bool) (R, error)) (R, error) {
	return core.Read(ctx, s.e, auth.ReportsView, func(r core.Reads) (R, error) {
		var none R
		if err := p.validate(); err != nil {
			return none, err
		}
		actor, err := core.ActorOf(ctx, r)
		if err != nil {
			return none, err
		}
		return fn(r, auth.Allows(actor, auth.FinanceViewCost))
	})
}

// SalesRow is the sales of one group.
type SalesRow struct {
	Key       string    `json:"key"`  // day, month, channel code, shop code or SKU code
	Name      string    `json:"name"` // title and variant of the product, else ""
	Parcels   int64     `json:"parcels"`
	Units     int64     `json:"units"`
	SalesFen  money.Fen `json:"sales_fen"`
	CostFen   money.Fen `json:"cost_fen"`
	ProfitFen money.Fen `json:"profit_fen"`
	MarginBP  money.BP  `json:"margin_bp"`
}

// SalesTable is a sales report.
type SalesTable struct {
	By    core.SalesBy
	Rows  []SalesRow
	Total SalesRow
	Cost  bool // whether cost and profit may be shown
}

// SalesReport groups sales and cost of goods from the journal; by "" is by day.
// Errors: Denied; Invalid; Limit.
func (s *Service) SalesReport(ctx context.Context, p Period, by core.SalesBy) (SalesTable, error) {
	return read(ctx, s, p, func(r core.Reads, mayCost bool) (SalesTable, error) {
		switch by {
		case "":
			by = core.ByDay
		case core.ByDay, core.ByMonth, core.ByChannel, core.ByShop, core.BySKU:
		default:
			return SalesTable{}, fault.New(fault.Invalid, "fault.reporting.grouping", "by", by).Field("by", "fault.reporting.grouping")
		}
		t := SalesTable{By: by, Cost: mayCost}
		sums, err := r.Reports().Sales(by, p.From, p.To, p.Channel)
		if err != nil {
			return t, err
		}
		var total core.SalesSum
		for _, sum := range sums {
			t.Rows = append(t.Rows, rowOf(sum, mayCost))
			total = plus(total, sum)
		}
		t.Total = rowOf(total, mayCost)
		return t, nil
	})
}

func plus(a, b core.SalesSum) core.SalesSum {
	a.Orders += b.Orders
	a.Units += b.Units
	a.RevenueFen += b.RevenueFen
	a.CostFen += b.CostFen
	return a
}

func rowOf(sum core.SalesSum, mayCost bool) SalesRow {
	row := SalesRow{Key: sum.Key, Name: sum.Name, Parcels: sum.Orders, Units: sum.Units, SalesFen: sum.RevenueFen}
	if mayCost {
		row.CostFen, row.ProfitFen = sum.CostFen, sum.RevenueFen-sum.CostFen
		row.MarginBP = money.Share(row.ProfitFen, row.SalesFen)
	}
	return row
}

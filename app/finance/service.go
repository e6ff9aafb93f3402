package finance

import (
	"context"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/money"
	"zhanggui/app/when"
)

// Service reads the books. Make it with New.
type Service struct{ e *core.Engine }

// New makes the service.
func New(e *core.Engine) *Service { return &Service{e: e} }

// SalesQuery asks for sales of the days From to To, both included.
type SalesQuery struct {
	By      core.SalesBy // "" is by day
	From    when.Day
	To      when.Day
	Channel string // "" for all
}

// periodLimit is the most days of one question: ten years.
const periodLimit = 3660

// validate checks the period and the grouping. Errors: Invalid fault.finance.period,
// fault.finance.grouping; Limit fault.finance.period_long.
func (q SalesQuery) validate() error {
	switch q.By {
	case core.ByDay, core.ByMonth, core.ByChannel, core.ByShop, core.BySKU:
	default:
		return fault.New(fault.Invalid, "fault.finance.grouping", "by", q.By).Field("by", "fault.finance.grouping")
	}
	return checkPeriod(q.From, q.To)
}

func checkPeriod(from, to when.Day) error {
	bad := fault.New(fault.Invalid, "fault.finance.period", "from", from, "to", to)
	for field, d := range map[string]when.Day{"from": from, "to": to} {
		if _, err := when.ParseDay(string(d)); err != nil {
			_ = bad.Field(field, "fault.not_day")
		}
	}
	if len(bad.Fields) == 0 && from > to {
		_ = bad.Field("to", "fault.finance.period_order")
	}
	if len(bad.Fields) > 0 {
		return bad
	}
	if from.Add(periodLimit) <= to {
		return fault.New(fault.Limit, "fault.finance.period_long", "limit", periodLimit)
	}
	return nil
}

// SalesRow is sales with what they brought. Cost, profit and margin are 0 for
// people without finance.view_cost.
type SalesRow struct {
	core.SalesSum
	ProfitFen money.Fen `json:"profit_fen"`
	MarginBP  money.BP  `json:"margin_bp"` // profit ÷ revenue; 0 without revenue
}

// SalesTable is the rows of a question with their total.
type SalesTable struct {
	Rows  []SalesRow `json:"rows"`
	Total SalesRow   `json:"total"`
	Cost  bool       `json:"cost"` // whether cost and profit may be shown
}

// Sales groups sales, cost of goods and gross profit from the journal.
// Errors: Denied; Invalid; Limit.
func (s *Service) Sales(ctx context.Context, q SalesQuery) (SalesTable, error) {
	if q.By == "" {
		q.By = core.ByDay
	}
	return core.Read(ctx, s.e, auth.FinanceView, func(r core.Reads) (SalesTable, error) {
		if err := q.validate(); err != nil {
			return SalesTable{}, err
		}
		mayCost, err := costAllowed(ctx, r)
		if err != nil {
			return SalesTable{}, err
		}
		return sales(r, q, mayCost)
	})
}

func costAllowed(ctx context.Context, r core.Reads) (bool, error) {
	actor, err := core.ActorOf(ctx, r)
	return auth.Allows(actor, auth.FinanceViewCost), err
}

func sales(r core.Reads, q SalesQuery, mayCost bool) (SalesTable, error) {
	t := SalesTable{Cost: mayCost}
	sums, err := r.Reports().Sales(q.By, q.From, q.To, q.Channel)
	if err != nil {
		return t, err
	}
	var total core.SalesSum
	for _, sum := range sums {
		t.Rows = append(t.Rows, rowOf(sum, mayCost))
		total.Orders += sum.Orders
		total.Units += sum.Units
		total.RevenueFen += sum.RevenueFen
		total.CostFen += sum.CostFen
	}
	t.Total = rowOf(total, mayCost)
	return t, nil
}

func rowOf(sum core.SalesSum, mayCost bool) SalesRow {
	if !mayCost {
		sum.CostFen = 0
		return SalesRow{SalesSum: sum}
	}
	profit := sum.RevenueFen - sum.CostFen
	return SalesRow{SalesSum: sum, ProfitFen: profit, MarginBP: money.Share(profit, sum.RevenueFen)}
}

// Overview is the finance page: tiles and the table by channel.
type Overview struct {
	From, To      when.Day
	Channel       string // "" for all
	Total         SalesRow
	Before        SalesRow  // the same number of days before From
	ReceivableFen money.Fen // of all channels; 0 where Channel is one
	StockFen      money.Fen // of the whole shop; 0 where Channel is one, and without finance.view_cost
	Channels      []SalesRow
	Days          []SalesRow // for the picture
	Cost          bool
}

// Overview reads the finance page for the days from to to, both included, of one
// channel or ("") of all.
// Errors: Denied; Invalid; Limit.
func (s *Service) Overview(ctx context.Context, from, to when.Day, channel string) (Overview, error) {
	return core.Read(ctx, s.e, auth.FinanceView, func(r core.Reads) (Overview, error) {
		if err := checkPeriod(from, to); err != nil {
			return Overview{}, err
		}
		mayCost, err := costAllowed(ctx, r)
		if err != nil {
			return Overview{}, err
		}
		return overview(r, from, to, channel, mayCost)
	})
}

func overview(r core.Reads, from, to when.Day, channel string, mayCost bool) (Overview, error) {
	v := Overview{From: from, To: to, Channel: channel, Cost: mayCost}
	channels, err := sales(r, SalesQuery{By: core.ByChannel, From: from, To: to, Channel: channel}, mayCost)
	if err != nil {
		return v, err
	}
	days, err := sales(r, SalesQuery{By: core.ByDay, From: from, To: to, Channel: channel}, mayCost)
	if err != nil {
		return v, err
	}
	length := int((to.Start() - from.Start()) / when.DaySpan)
	before, err := sales(r, SalesQuery{By: core.ByChannel, From: from.Add(-length - 1), To: from.Add(-1), Channel: channel}, mayCost)
	if err != nil {
		return v, err
	}
	v.Channels, v.Total, v.Days, v.Before = channels.Rows, channels.Total, days.Rows, before.Total
	if channel != "" {
		return v, nil
	}
	balances, err := r.Ledger().Balances(to)
	if err != nil {
		return v, err
	}
	v.ReceivableFen = balances[domain.AccReceivable]
	if mayCost {
		v.StockFen = balances[domain.AccStock]
	}
	return v, nil
}

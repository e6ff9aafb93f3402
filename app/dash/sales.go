package dash

import (
	"context"
	"slices"
	"sort"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/money"
	"zhanggui/app/when"
)

// Service reads for the home screen. Make it with New.
type Service struct{ e *core.Engine }

// New makes the service.
func New(e *core.Engine) *Service { return &Service{e: e} }

// Figures are a period's figures. Orders and PaidFen are of the orders placed in
// it; sales, cost and profit of what left in it, from the journal; Due and OnTime
// of the orders whose limit was in it (rules.md §5.12). Cost and profit are 0
// for people without finance.view_cost.
type Figures struct {
	Orders    int64     `json:"orders"`
	PaidFen   money.Fen `json:"paid_fen"`
	Parcels   int64     `json:"parcels"`
	Units     int64     `json:"units"`
	SalesFen  money.Fen `json:"sales_fen"`
	CostFen   money.Fen `json:"cost_fen"`
	ProfitFen money.Fen `json:"profit_fen"`
	MarginBP  money.BP  `json:"margin_bp"` // profit ÷ sales
	Due       int64     `json:"due"`
	OnTime    int64     `json:"on_time"`
}

// AverageFen is what an order placed in the period was paid on average, 0 without orders.
func (f Figures) AverageFen() money.Fen {
	if f.Orders == 0 {
		return 0
	}
	return f.PaidFen / money.Fen(f.Orders)
}

// OnTimeBP is the share of the orders due that had left in time, 0 when none was due.
func (f Figures) OnTimeBP() money.BP { return money.Share(money.Fen(f.OnTime), money.Fen(f.Due)) }

// ChannelRow is one channel of the period.
type ChannelRow struct {
	Channel string `json:"channel"` // "" for cost that belongs to none (variances)
	Figures
	ShareBP money.BP `json:"share_bp"` // of all sales
}

// DayRow is one day of the picture.
type DayRow struct {
	Day      when.Day  `json:"day"`
	Orders   int64     `json:"orders"`
	Units    int64     `json:"units"`
	SalesFen money.Fen `json:"sales_fen"`
}

// Sales is the period of the home screen beside those before it.
type Sales struct {
	From     when.Day     `json:"from"`
	To       when.Day     `json:"to"`
	Now      Figures      `json:"now"`
	Before   Figures      `json:"before"`   // the same number of days before From
	WeekAgo  Figures      `json:"week_ago"` // the same days a week earlier
	Month    Figures      `json:"month"`    // from the first of To's month to To
	Channels []ChannelRow `json:"channels"` // most gross profit first; by sales where cost is not shown
	Days     []DayRow     `json:"days"`     // the last 61 days up to To, each with a row
	Cost     bool         `json:"-"`        // whether cost and profit may be shown
}

// pictureDays is how many days the picture needs: 30 and the 30 before, and
// today, which it leaves out because it is not over.
const pictureDays = 61

// periodLimit is the most days the home screen compares.
const periodLimit = 92

// Sales reads the days from to to, both included. Errors: Denied; Invalid
// fault.dash.period.
func (s *Service) Sales(ctx context.Context, from, to when.Day) (Sales, error) {
	return core.Read(ctx, s.e, auth.ReportsView, func(r core.Reads) (Sales, error) {
		if err := checkPeriod(from, to, periodLimit); err != nil {
			return Sales{}, err
		}
		actor, err := core.ActorOf(ctx, r)
		if err != nil {
			return Sales{}, err
		}
		b := book{r.Reports(), auth.Allows(actor, auth.FinanceViewCost)}
		return b.read(from, to)
	})
}

// book reads figures, with or without cost.
type book struct {
	r    core.ReportReads
	cost bool
}

func (b book) read(from, to when.Day) (v Sales, err error) {
	v = Sales{From: from, To: to, Cost: b.cost}
	length := int((to.Start() - from.Start()) / when.DaySpan) // + 1
	for _, p := range []struct {
		into     *Figures
		from, to when.Day
	}{
		{&v.Now, from, to},
		{&v.Before, from.Add(-length - 1), from.Add(-1)},
		{&v.WeekAgo, from.Add(-7), to.Add(-7)},
	} {
		if *p.into, err = b.figures(p.from, p.to); err != nil {
			return v, err
		}
	}
	if v.Month, err = b.sold(when.Day(to.Month()+"-01"), to); err != nil {
		return v, err
	}
	if v.Channels, err = b.channels(from, to, v.Now.SalesFen); err != nil {
		return v, err
	}
	v.Days, err = b.days(to.Add(1-pictureDays), to)
	return v, err
}

// figures are all figures of a period.
func (b book) figures(from, to when.Day) (Figures, error) {
	f, err := b.sold(from, to)
	if err != nil {
		return f, err
	}
	if f.Orders, f.PaidFen, err = b.placed(from, to, ""); err != nil {
		return f, err
	}
	punctual, err := b.r.OnTime(from, to)
	for _, d := range punctual {
		f.Due += d.Due
		f.OnTime += d.Good
	}
	return f, err
}

// sold are the figures of the journal.
func (b book) sold(from, to when.Day) (f Figures, err error) {
	sums, err := b.r.Sales(core.ByChannel, from, to, "")
	for _, s := range sums {
		f.sell(s)
	}
	f.settle(b.cost)
	return f, err
}

func (f *Figures) sell(s core.SalesSum) {
	f.Parcels += s.Orders
	f.Units += s.Units
	f.SalesFen += s.RevenueFen
	f.CostFen += s.CostFen
}

// settle computes what follows from sales and cost, or hides the cost.
func (f *Figures) settle(cost bool) {
	if !cost {
		f.CostFen = 0
		return
	}
	f.ProfitFen = f.SalesFen - f.CostFen
	f.MarginBP = money.Share(f.ProfitFen, f.SalesFen)
}

func (b book) placed(from, to when.Day, channel string) (n int64, paid money.Fen, err error) {
	sums, err := b.r.Orders(from, to, channel)
	for _, s := range sums {
		n += s.Orders
		paid += s.RevenueFen
	}
	return n, paid, err
}

// channels are the channels that sold or took an order in the period.
func (b book) channels(from, to when.Day, all money.Fen) ([]ChannelRow, error) {
	sums, err := b.r.Sales(core.ByChannel, from, to, "")
	if err != nil {
		return nil, err
	}
	sold := map[string]core.SalesSum{}
	for _, s := range sums {
		sold[s.Key] = s
	}
	names := append([]string{""}, domain.Channels...)
	for _, s := range sums { // one that the program no longer lists
		if !slices.Contains(names, s.Key) {
			names = append(names, s.Key)
		}
	}
	var rows []ChannelRow
	for _, channel := range names {
		row := ChannelRow{Channel: channel}
		if channel != "" {
			if row.Orders, row.PaidFen, err = b.placed(from, to, channel); err != nil {
				return nil, err
			}
		}
		s, has := sold[channel]
		row.sell(s)
		row.settle(b.cost)
		row.ShareBP = money.Share(row.SalesFen, all)
		if has && (row.SalesFen != 0 || row.Parcels != 0 || row.CostFen != 0) || row.Orders != 0 {
			rows = append(rows, row)
		}
	}
	sort.SliceStable(rows, func(i, j int) bool {
		a, z := rows[i], rows[j]
		if a.ProfitFen != z.ProfitFen {
			return a.ProfitFen > z.ProfitFen
		}
		return a.SalesFen > z.SalesFen
	})
	return rows, nil
}

// days gives every day its row, days without sales too.
func (b book) days(from, to when.Day) ([]DayRow, error) {
	sold, err := b.r.Sales(core.ByDay, from, to, "")
	if err != nil {
		return nil, err
	}
	placed, err := b.r.Orders(from, to, "")
	if err != nil {
		return nil, err
	}
	at := map[string]int{}
	var rows []DayRow
	for d := from; d <= to; d = d.Add(1) {
		at[string(d)] = len(rows)
		rows = append(rows, DayRow{Day: d})
	}
	for _, s := range sold {
		if i, ok := at[s.Key]; ok {
			rows[i].Units, rows[i].SalesFen = s.Units, s.RevenueFen
		}
	}
	for _, s := range placed {
		if i, ok := at[s.Key]; ok {
			rows[i].Orders = s.Orders
		}
	}
	return rows, nil
}

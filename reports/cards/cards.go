// Package cards makes the charts that people of a shop look at, each with the
// rows behind it: the charts page and the command line show the same ones.
//
//	card, err := cards.Make(ctx, app.Reporting, cards.Trend, cards.Look{Tr: tr, Today: today}, period)
//	card.Chart  // the picture, with one computed sentence
//	card.Table  // its rows for the screen, a workbook with a chart of its own, or csv
//
// Rights are checked by the service that gives the rows; a card of profit or
// stock value is refused to people without finance.view_cost.
package cards

import (
	"context"

	"zhanggui/app/auth"
	"zhanggui/app/fault"
	"zhanggui/app/i18n"
	"zhanggui/app/money"
	"zhanggui/app/reporting"
	"zhanggui/app/when"
	"zhanggui/reports"
)

// Kind is one of the cards.
type Kind string

// The cards, in the order of the page.
const (
	Trend    Kind = "trend"    // sales against the period before and the year before
	Channels Kind = "channels" // what each channel has of the sales
	Products Kind = "products" // the products that sold most, and their running share
	Hours    Kind = "hours"    // orders paid by weekday and hour
	OnTime   Kind = "ontime"   // what was sent within target and limit, by day
	Profit   Kind = "profit"   // gross profit by channel
	Value    Kind = "value"    // the products in which most money lies
)

// All lists the cards in the order of the page.
var All = []Kind{Trend, Channels, Products, Hours, OnTime, Profit, Value}

// Cost tells whether a card is only for people with finance.view_cost.
func (k Kind) Cost() bool { return k == Profit || k == Value }

// Look is for whom a card is made.
type Look struct {
	Tr    i18n.Tr
	Today when.Day
}

// Card is a chart with its rows.
type Card struct {
	Kind  Kind
	Chart reports.Chart
	Table reports.Table
	Keys  []string // of the rows of Table: day, channel code or SKU code
	Rows  any      // the same rows as the service gave them
	Total any      // and their total
	Cost  bool     // whether these hold cost, else it is 0
}

// Source gives the rows: the service of app/reporting.
type Source = *reporting.Service

// makers make the cards.
var makers = map[Kind]func(ctx context.Context, s Source, l Look, p reporting.Period) (Card, error){
	Trend: trend, Channels: channels, Products: products, Hours: hours, OnTime: onTime, Profit: profit, Value: value,
}

// Make reads the rows of a card and draws nothing yet. The value of the stock
// is that of now whatever the period.
// Errors: those of the service; NotFound fault.cards.kind; Denied.
func Make(ctx context.Context, s Source, k Kind, l Look, p reporting.Period) (Card, error) {
	fn := makers[k]
	if fn == nil {
		return Card{}, fault.New(fault.NotFound, "fault.cards.kind", "kind", k)
	}
	c, err := fn(ctx, s, l, p)
	if err != nil {
		return Card{}, err
	}
	c.Kind = k
	c.Chart.Title = l.Tr.Word("cards", string(k))
	c.Table.Title = c.Chart.Title
	if c.Table.Note == "" {
		c.Table.Note = i18n.Join(string(p.From)+" – "+string(p.To), l.Tr.MoneyUnit())
	}
	if c.Table.Chart != nil {
		c.Table.Chart.Title = c.Chart.Title
	}
	return c, nil
}

// some makes an empty list of no rows, for JSON.
func some[R any](rows []R) []R {
	if rows == nil {
		return []R{}
	}
	return rows
}

// costly refuses a card of cost.
func costly(mayCost bool) error {
	if mayCost {
		return nil
	}
	return fault.New(fault.Denied, "fault.auth.denied", "right", auth.FinanceViewCost)
}

// yuan is the height of a bar: charts draw in whole currency units.
func yuan(f money.Fen) float64 { return float64(f) / 100 }

// percent is a rate as charts draw it.
func percent(bp money.BP) float64 { return float64(bp) / 100 }

// rise is how far now is from before: +3.2%, −7.2%; "" when it cannot be said.
func rise(now, before money.Fen) string {
	if before <= 0 {
		return ""
	}
	bp := money.Share(now-before, before)
	if now == before {
		return i18n.Percent(0, 1)
	}
	if bp >= 0 {
		return "+" + i18n.Percent(bp, 1)
	}
	return i18n.Percent(bp, 1)
}

// against gives the status of a sum that should not fall: "" without a comparison.
func against(now, before money.Fen) string {
	switch {
	case before <= 0:
		return "info"
	case now >= before:
		return "ok"
	}
	return "warn"
}

// channelName is how people call a channel; cost of no channel has words of its own.
func channelName(tr i18n.Tr, code string) string {
	if code == "" {
		return tr.T("cards.no_channel")
	}
	return tr.Word("channel", code)
}

func text(title string) reports.Column { return reports.Column{Title: title, Type: reports.TypeText} }

func amount(title string) reports.Column {
	return reports.Column{Title: title, Type: reports.TypeMoney}
}

func qty(title string) reports.Column { return reports.Column{Title: title, Type: reports.TypeQty} }

func rate(title string) reports.Column {
	return reports.Column{Title: title, Type: reports.TypePercent}
}

func day(title string) reports.Column { return reports.Column{Title: title, Type: reports.TypeDay} }

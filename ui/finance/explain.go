package finance

import (
	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/finance"
	"zhanggui/app/i18n"
	"zhanggui/app/when"
	"zhanggui/ui/kit"
)

// tile is a tile with its key.
type tile struct {
	kit.TileSpec
	key string
}

func tileID(key string) string { return "finance.tile." + key }

const chartID = "finance.chart"

// entries are the postings of an account in the journal; more narrows them.
func (o *overview) entries(word string, a domain.Account, from, to when.Day, more ...string) []kit.Way {
	if !o.env.Allows(auth.FinanceViewCost) {
		return nil
	}
	values := kit.NewValues(append([]string{periodKey, string(from) + ".." + string(to), accountKey, string(a)}, more...)...)
	return []kit.Way{{Word: o.env.T(word), Open: func() { o.env.Open(JournalID, values) }}}
}

// of narrows the journal to a channel, "" for all.
func of(channel string) []string {
	if channel == "" {
		return nil
	}
	return []string{kit.ChannelKey, channel}
}

// table is the table of this page in another grouping.
func (o *overview) table(by core.SalesBy) kit.Way {
	return kit.Way{Word: o.env.T("books.by." + string(by)), Open: func() {
		o.list.Choose(string(by))
		o.list.Focus()
	}}
}

// ways lead from a tile to its rows.
func (o *overview) ways(key string, v finance.Overview) []kit.Way {
	sales := o.entries("explain.way.sales", domain.AccSales, v.From, v.To, of(v.Channel)...)
	cost := o.entries("explain.way.cost", domain.AccCost, v.From, v.To, of(v.Channel)...)
	table := o.table(core.ByChannel)
	switch key {
	case "sales":
		return append(sales, table)
	case "cost":
		return append(cost, table)
	case "profit", "margin":
		return append(append([]kit.Way{table}, sales...), cost...)
	case "receivable":
		if !o.env.Allows(auth.FinanceViewCost) {
			return nil
		}
		account := kit.NewValues(periodKey, string(v.From)+".."+string(v.To), accountKey, string(domain.AccReceivable))
		return append([]kit.Way{{Word: o.env.T("books.trial.title"), Open: func() { o.env.Open(TrialID, account) }}},
			o.entries("explain.way.receivable", domain.AccReceivable, "", v.To)...)
	}
	return []kit.Way{table}
}

// figures are the tiles and the picture.
func (o *overview) figures() []kit.Figure {
	if o.shown == nil {
		return nil
	}
	var list []kit.Figure
	for _, t := range o.specs {
		list = append(list, kit.Figure{ID: tileID(t.key), Explain: func() kit.Explanation { return o.explainTile(t) }})
	}
	return append(list, kit.Figure{ID: chartID, Explain: o.explainChart})
}

func (o *overview) span(from, to when.Day) string {
	return kit.Span(o.env.Tr, from, to, o.env.Clock.Now().Day())
}

// finish says what it is of, when it was read, and why there is no way on.
func (o *overview) finish(e kit.Explanation) kit.Explanation {
	tr := o.env.Tr
	e.Period, e.At = o.span(o.shown.From, o.shown.To), tr.Moment(o.readAt, o.env.Clock.Now())
	if len(e.Ways) == 0 {
		e.NoWay = tr.T("explain.no_right")
	}
	return e
}

func (o *overview) explainTile(t tile) kit.Explanation {
	tr, v := o.env.Tr, o.shown.Overview
	e := kit.Explanation{Title: t.Title, Value: t.Value, Formula: tr.T("explain." + t.key), Notes: kit.Notes(tr, notesOf[t.key]...), Ways: o.ways(t.key, v)}
	perChannel := func(of func(finance.SalesRow) string) {
		for _, c := range v.Channels {
			e.Inputs = append(e.Inputs, kit.Input{Label: channelWord(tr, c.Key), Value: of(c)})
		}
		e.Inputs = append(e.Inputs, kit.Input{Label: tr.T("common.total"), Value: of(v.Total), Sum: true})
	}
	in := func(label, value string) { e.Inputs = append(e.Inputs, kit.Input{Label: tr.T(label), Value: value}) }
	switch t.key {
	case "sales":
		perChannel(func(r finance.SalesRow) string { return tr.Money(r.RevenueFen) })
	case "cost":
		perChannel(func(r finance.SalesRow) string { return tr.Money(r.CostFen) })
	case "parcels":
		perChannel(func(r finance.SalesRow) string { return i18n.Count(r.Orders) })
	case "units":
		perChannel(func(r finance.SalesRow) string { return i18n.Count(r.Units) })
	case "profit":
		in("field.sales", tr.Money(v.Total.RevenueFen))
		in("field.cogs", tr.Money(v.Total.CostFen))
	case "margin":
		in("field.profit", tr.Money(v.Total.ProfitFen))
		in("field.sales", tr.Money(v.Total.RevenueFen))
	case "receivable":
		in("field.account", account(tr, domain.AccReceivable))
		in("field.balance", tr.Money(v.ReceivableFen))
	}
	return o.finish(e)
}

// channelWord names a channel; cost of variances has none.
func channelWord(tr i18n.Tr, code string) string {
	if code == "" {
		return tr.T("cards.no_channel")
	}
	return tr.Word("channel", code)
}

// notesOf name what is in a tile and what is not.
var notesOf = map[string][]string{
	"sales": {"shipped", "external", "returned"}, "cost": {"average_cost", "variance"}, "profit": {"external", "average_cost", "other_cost"},
	"margin": {"other_cost"}, "parcels": {"external"}, "units": {"external", "returned"}, "receivable": {"before_fees"},
}

func (o *overview) explainChart() kit.Explanation {
	tr, v := o.env.Tr, o.shown.Overview
	e := kit.Explanation{
		Title: tr.T("books.chart"), Value: tr.Money(v.Total.RevenueFen), Formula: tr.T("explain.sales"), Notes: kit.Notes(tr, notesOf["sales"]...),
		Inputs: []kit.Input{{Label: tr.T("field.sales"), Value: tr.Money(v.Total.RevenueFen)}, {Label: tr.T("books.last_sales"), Value: tr.Money(v.Before.RevenueFen)}},
		Ways:   append([]kit.Way{o.table(core.ByDay)}, o.entries("explain.way.sales", domain.AccSales, v.From, v.To, of(v.Channel)...)...),
	}
	if v.Cost {
		e.Inputs = append(e.Inputs, kit.Input{Label: tr.T("field.profit"), Value: tr.Money(v.Total.ProfitFen)})
	}
	return o.finish(e)
}

// source narrows the journal to a row of the table: its day, or its channel, shop or SKU.
func (o *overview) source(key string) (from, to when.Day, more []string) {
	q := o.asked(o.list.Query())
	from, to, more = q.From, q.To, of(q.Channel)
	switch {
	case q.By == core.ByDay:
		return when.Day(key), when.Day(key), more
	case key == "":
		return from, to, append(more, withoutKey, string(q.By))
	case q.By == core.ByChannel:
		return from, to, of(key)
	}
	return from, to, append(more, string(q.By), key)
}

// open is Enter on a row: the sales postings behind it.
func (o *overview) open(r finance.SalesRow) {
	from, to, more := o.source(r.Key)
	account := domain.AccSales
	if r.RevenueFen == 0 && r.Units == 0 { // cost alone: a variance
		account = domain.AccCost
	}
	for _, way := range o.entries("explain.way.sales", account, from, to, more...) {
		way.Open()
	}
}

// explainRow is of the row under the cursor.
func (o *overview) explainRow(r finance.SalesRow) kit.Explanation {
	tr := o.env.Tr
	from, to, more := o.source(r.Key)
	e := kit.Explanation{
		Title: keyCell(tr, core.SalesBy(o.list.Query().Chip), r, o.env.Clock.Now().Day()).Words(), Value: tr.Money(r.RevenueFen), Period: o.span(from, to),
		Formula: tr.T("explain.books"), Notes: kit.Notes(tr, notesOf["sales"]...),
		Inputs: []kit.Input{{Label: tr.T("field.units"), Value: i18n.Count(r.Units)}, {Label: tr.T("field.sales"), Value: tr.Money(r.RevenueFen)}},
		Ways: append(o.entries("explain.way.sales", domain.AccSales, from, to, more...),
			o.entries("explain.way.cost", domain.AccCost, from, to, more...)...),
		At: tr.Moment(o.readAt, o.env.Clock.Now()),
	}
	if r.Orders != 0 {
		e.Inputs = append([]kit.Input{{Label: tr.T("books.parcels"), Value: i18n.Count(r.Orders)}}, e.Inputs...)
	}
	if o.env.Allows(auth.FinanceViewCost) {
		e.Inputs = append(e.Inputs, kit.Input{Label: tr.T("field.cogs"), Value: tr.Money(r.CostFen)}, kit.Input{Label: tr.T("field.profit"), Value: tr.Money(r.ProfitFen), Sum: true})
	} else {
		e.NoWay = tr.T("explain.no_right")
	}
	return e
}

// whole is of the table's total.
func (o *overview) whole(e kit.Explanation) kit.Explanation {
	q := o.asked(o.list.Query())
	e.Formula, e.Period, e.Notes = o.env.T("explain.books"), o.span(q.From, q.To), kit.Notes(o.env.Tr, notesOf["sales"]...)
	if more := append(o.entries("explain.way.sales", domain.AccSales, q.From, q.To, of(q.Channel)...), o.entries("explain.way.cost", domain.AccCost, q.From, q.To, of(q.Channel)...)...); len(more) > 0 {
		e.Ways = more
	}
	return e
}

// explain is of an account of the trial balance.
func (t *trial) explain(r finance.TrialRow) kit.Explanation {
	tr := t.env.Tr
	from, to := period(t.list.Query().Filter, t.env.Clock.Now().Day())
	return kit.Explanation{
		Title: i18n.Join(string(r.Account), account(tr, r.Account)), Value: tr.Money(r.ClosingFen), Period: kit.Span(tr, from, to, t.env.Clock.Now().Day()), Formula: tr.T("explain.trial"),
		Inputs: []kit.Input{
			{Label: tr.T("books.opening"), Value: tr.Money(r.OpeningFen)},
			{Label: tr.T("field.debit"), Value: tr.Money(r.DebitFen)},
			{Label: tr.T("field.credit"), Value: tr.Money(r.CreditFen)},
			{Label: tr.T("books.closing"), Value: tr.Money(r.ClosingFen), Sum: true},
		},
		Notes: kit.Notes(tr, "debit_positive"), Ways: []kit.Way{{Word: tr.T("nav.journal"), Open: func() { t.open(r) }}},
	}
}

// whole is of all accounts.
func (t *trial) whole(e kit.Explanation) kit.Explanation {
	e.Formula, e.Notes = t.env.T("explain.trial"), kit.Notes(t.env.Tr, "debit_positive", "balanced")
	return e
}

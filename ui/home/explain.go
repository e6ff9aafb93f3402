package home

import (
	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/dash"
	"zhanggui/app/domain"
	"zhanggui/app/i18n"
	"zhanggui/app/money"
	"zhanggui/app/when"
	"zhanggui/ui/kit"
)

// named is where something leads with the word for it.
type named struct {
	word string
	to   target
}

// ways are those of the list that the person may go.
func (s *screen) ways(list ...named) []kit.Way {
	var ways []kit.Way
	for _, n := range list {
		if open := s.way(n.to); open != nil {
			ways = append(ways, kit.Way{Word: s.env.T(n.word), Open: open})
		}
	}
	return ways
}

// placed are the orders of a period at the order desk, of one channel or ("") of all.
func placed(channel string, from, to when.Day) target {
	values := kit.NewValues("placed", string(from)+".."+string(to)).With("channel", channel)
	return target{"orders", auth.OrdersView, kit.Aim{Chip: "all", Filter: values}}
}

// due are the orders whose limit was in a period; sent narrows them to those that
// kept it one way ("" for all).
func due(sent string, from, to when.Day) target {
	values := kit.NewValues("due", string(from)+".."+string(to)).With("sent", sent)
	return target{"orders", auth.OrdersView, kit.Aim{Chip: "all", Filter: values}}
}

// drawn is a card of the charts page with its rows.
func drawn(card string, from, to when.Day) target {
	return target{"charts", auth.ReportsView, kit.Aim{Chip: card, Filter: kit.NewValues("period", string(from)+".."+string(to))}}
}

// posted are the postings of sales in the journal.
func posted(from, to when.Day, more ...string) target {
	values := kit.NewValues(append([]string{"period", string(from) + ".." + string(to), "account", string(domain.AccSales)}, more...)...)
	return target{"finance.journal", auth.FinanceViewCost, values}
}

// pageFigures are the figures over and beside the work.
func (s *screen) pageFigures() []kit.Figure {
	var list []kit.Figure
	add := func(id string, explain func() kit.Explanation) {
		list = append(list, kit.Figure{ID: id, Explain: func() kit.Explanation { return s.finish(explain()) }})
	}
	if s.sales != nil {
		v := s.sales.Sales // tiles and figures stay together, whatever is read meanwhile
		for _, t := range s.specs {
			add(tileID(t.key), func() kit.Explanation { return s.explainTile(t, v) })
		}
	}
	if s.worked != nil {
		for _, key := range breachOrder {
			if b := s.strip[key]; b != nil {
				add(stripID(key), func() kit.Explanation { return s.explainBreach(key, b) })
			}
		}
	}
	if s.sales == nil {
		return list
	}
	if s.chart != nil {
		add(chartID, s.explainChart)
	}
	if s.channels != nil && len(s.channels.rows) > 0 {
		add(s.channels.grid.RowFigure(), s.explainChannel)
		add(s.channels.grid.TotalFigure(), s.explainChannels)
	}
	if s.products != nil && len(s.products.rows) > 0 {
		add(s.products.grid.RowFigure(), s.explainProduct)
		add(s.products.grid.TotalFigure(), s.explainProducts)
	}
	return list
}

func tileID(key string) string  { return "today.tile." + key }
func stripID(key string) string { return "today.strip." + key }

const chartID = "today.chart"

// finish says when the figures were read, and why there is no way on.
func (s *screen) finish(e kit.Explanation) kit.Explanation {
	e.At = s.env.Tr.Moment(s.readAt, s.env.Clock.Now())
	if len(e.Ways) == 0 {
		e.NoWay = s.env.T("explain.no_right")
	}
	return e
}

// explainTile says what a tile is made of.
func (s *screen) explainTile(t tile, v dash.Sales) kit.Explanation {
	tr := s.env.Tr
	e := kit.Explanation{
		Title: t.Title, Value: t.Value, Period: span(tr, v.From, v.To, s.readAt),
		Formula: tr.T("explain." + formulaOf[t.key]), Notes: kit.Notes(tr, notesOf[t.key]...), Ways: s.ways(t.ways...),
	}
	in := func(label, value string) { e.Inputs = append(e.Inputs, kit.Input{Label: tr.T(label), Value: value}) }
	perChannel := func(of func(dash.Figures) string) {
		for _, c := range v.Channels {
			e.Inputs = append(e.Inputs, kit.Input{Label: channelWord(tr, c.Channel), Value: of(c.Figures)})
		}
		e.Inputs = append(e.Inputs, kit.Input{Label: tr.T("common.total"), Value: of(v.Now), Sum: true})
	}
	amount := func(f money.Fen) string { return tr.Money(f) }
	switch t.key {
	case "sales":
		perChannel(func(f dash.Figures) string { return amount(f.SalesFen) })
	case "cost":
		perChannel(func(f dash.Figures) string { return amount(f.CostFen) })
	case "orders":
		perChannel(func(f dash.Figures) string { return i18n.Count(f.Orders) })
	case "units":
		perChannel(func(f dash.Figures) string { return i18n.Count(f.Units) })
	case "average":
		in("field.paid", amount(v.Now.PaidFen))
		in("field.orders", i18n.Count(v.Now.Orders))
	case "profit":
		in("field.sales", amount(v.Now.SalesFen))
		in("field.cogs", amount(v.Now.CostFen))
		in("field.margin", rate(v.Now.MarginBP, v.Now.SalesFen != 0))
	case "on_time":
		in("explain.due", i18n.Count(v.Now.Due))
		in("explain.in_time", i18n.Count(v.Now.OnTime))
	case "month_sales", "month_profit":
		e.Period = kit.Span(tr, when.Day(v.To.Month()+"-01"), v.To, s.readAt.Day())
		in("field.sales", amount(v.Month.SalesFen))
		if t.key == "month_profit" {
			in("field.cogs", amount(v.Month.CostFen))
			in("field.margin", rate(v.Month.MarginBP, v.Month.SalesFen != 0))
		}
	}
	return e
}

// formulaOf names the formula of a tile among the texts.
var formulaOf = map[string]string{
	"sales": "sales", "orders": "orders", "units": "units", "average": "average", "profit": "profit", "on_time": "on_time", "cost": "cost",
	"month_sales": "sales", "month_profit": "profit",
}

// notesOf name what is in a tile and what is not.
var notesOf = map[string][]string{
	"sales": {"shipped", "external", "returned"}, "orders": {"all_orders"}, "units": {"external", "returned"}, "average": {"all_orders", "cut"},
	"profit": {"external", "average_cost", "other_cost"}, "cost": {"average_cost", "variance"}, "on_time": {"not_due"},
	"month_sales": {"shipped", "external", "returned"}, "month_profit": {"external", "average_cost", "other_cost"},
}

// explainWork says what a row of the work counts.
func (s *screen) explainWork(i dash.Item) kit.Explanation {
	e := s.counts(i)
	e.Title = what(s.env.Tr, i)
	return e
}

// counts is what a kind of work counts, at the list or on the strip.
func (s *screen) counts(i dash.Item) kit.Explanation {
	tr, to := s.env.Tr, targetOf(i, s.env.Actor().Role, s.env.Clock.Now().Day())
	e := kit.Explanation{
		Value: i18n.Count(i.N), Formula: tr.T("explain.work." + string(i.Kind)), Notes: kit.Notes(tr, "now"),
		Ways: s.ways(named{wayWord[to.screen], to}),
	}
	in := func(label, value string) {
		if value != "" {
			e.Inputs = append(e.Inputs, kit.Input{Label: tr.T(label), Value: value})
		}
	}
	in("home.first", i18n.Short(i.Record))
	in("field.goods", i.Name)
	switch i.Kind {
	case dash.KindCheck:
		in("explain.check", upper(tr.Word("check", string(i.Check))))
	case dash.KindSlow:
		in("field.available", i18n.Count(i.Qty))
	case dash.KindUnequal:
		e.Value = tr.Money(i.SumFen)
	}
	return s.finish(e)
}

// wayWord is the word for a screen that holds rows.
var wayWord = map[string]string{
	"orders": "field.order", "shipping": "nav.board", "stock": "nav.stock", "products": "nav.products", "inbox": "nav.import",
	"finance": "nav.sales", "finance.trial": "books.trial.title", "finance.journal": "explain.way.sales", "charts": "nav.charts", "settings.backup": "setup.backup.tab",
}

// explainBreach says what a field of the strip counts.
func (s *screen) explainBreach(key string, b *kit.Breach) kit.Explanation {
	tr := s.env.Tr
	e := kit.Explanation{Formula: tr.T("explain.work.backup"), Ways: s.ways(named{wayWord[breachKinds[key].to.screen], breachKinds[key].to})}
	if kind := breachKinds[key]; kind.kind != "" {
		i, ok := s.worked.Of(kind.kind, kind.check)
		if !ok {
			i = dash.Item{Kind: kind.kind, Check: kind.check}
		}
		ways := e.Ways
		e = s.counts(i)
		e.Ways, e.NoWay = ways, ""
	}
	e.Title, e.Value = b.Word(), b.Shown()
	return e
}

// explainChart is of the 30 days of the picture.
func (s *screen) explainChart() kit.Explanation {
	tr, now := s.env.Tr, lastDays(s.sales.Days, s.readAt.Day())
	from, to := now.from, now.to
	return kit.Explanation{
		Title: tr.T("home.chart"), Value: tr.Money(now.sum), Period: kit.Span(tr, from, to, s.readAt.Day()),
		Formula: tr.T("explain.sales"), Notes: kit.Notes(tr, notesOf["sales"]...),
		Inputs: []kit.Input{{Label: tr.T("common.last30"), Value: tr.Money(now.sum)}, {Label: tr.T("home.before30"), Value: tr.Money(now.before)}},
		Ways:   s.ways(named{"cards.trend", drawn("trend", from, to)}, named{"explain.way.sales", posted(from, to)}),
	}
}

func channelWord(tr i18n.Tr, code string) string {
	if code == "" {
		return tr.T("home.no_channel")
	}
	return tr.Word("channel", code)
}

// explainChannel is of the channel under the cursor.
func (s *screen) explainChannel() kit.Explanation {
	v, row := s.sales.Sales, chosen(s.channels)
	for _, c := range v.Channels {
		if c.Channel == row {
			e := s.explainFigures(channelWord(s.env.Tr, c.Channel), c.Figures)
			e.Inputs = append(e.Inputs, kit.Input{Label: s.env.T("home.share"), Value: i18n.Percent(c.ShareBP, 1)})
			if c.Channel == "" { // a variance belongs to no channel and no order
				e.Formula, e.Notes = s.env.T("explain.variance"), nil
				e.Ways = s.ways(named{"nav.sales", sales(string(core.ByChannel), v.From, v.To)})
				return e
			}
			e.Ways = s.ways(named{"field.order", placed(c.Channel, v.From, v.To)}, named{"explain.way.sales", posted(v.From, v.To, "channel", c.Channel)})
			return e
		}
	}
	return s.explainChannels()
}

// explainChannels is of all channels together.
func (s *screen) explainChannels() kit.Explanation {
	v := s.sales.Sales
	e := s.explainFigures(s.env.T("common.total"), v.Now)
	e.Ways = s.ways(named{"field.order", placed("", v.From, v.To)}, named{"nav.sales", sales(string(core.ByChannel), v.From, v.To)}, named{"cards.channels", drawn("channels", v.From, v.To)})
	return e
}

// explainFigures is of a row of the channels' table.
func (s *screen) explainFigures(title string, f dash.Figures) kit.Explanation {
	tr, v := s.env.Tr, s.sales.Sales
	e := kit.Explanation{
		Title: title, Value: tr.Money(f.SalesFen), Period: span(tr, v.From, v.To, s.readAt),
		Formula: tr.T("explain.channel"), Notes: kit.Notes(tr, "all_orders", "shipped", "returned"),
		Inputs: []kit.Input{
			{Label: tr.T("field.orders"), Value: i18n.Count(f.Orders)},
			{Label: tr.T("field.units"), Value: i18n.Count(f.Units)},
			{Label: tr.T("field.sales"), Value: tr.Money(f.SalesFen)},
		},
	}
	if v.Cost {
		e.Inputs = append(e.Inputs, kit.Input{Label: tr.T("field.cogs"), Value: tr.Money(f.CostFen)},
			kit.Input{Label: tr.T("field.profit"), Value: tr.Money(f.ProfitFen)}, kit.Input{Label: tr.T("field.margin"), Value: rate(f.MarginBP, f.SalesFen != 0)})
	}
	return e
}

// chosen is the id of the row under a sheet's cursor, of its first row when there is none.
func chosen(t *sheet) string {
	if row, ok := t.Row(max(t.grid.CursorRow(), 0)); ok {
		return row.ID
	}
	return ""
}

// explainProduct is of the SKU under the cursor.
func (s *screen) explainProduct() kit.Explanation {
	sku := chosen(s.products)
	for _, p := range s.sales.products.Rows {
		if p.SKU == sku {
			e := s.explainSold(p.Name, p)
			e.Inputs = append([]kit.Input{{Label: s.env.T("field.sku"), Value: p.SKU}}, e.Inputs...)
			return e
		}
	}
	return s.explainProducts()
}

// explainProducts is of all products together.
func (s *screen) explainProducts() kit.Explanation {
	return s.explainSold(s.env.T("common.total"), s.sales.products.Total)
}

func (s *screen) explainSold(title string, p dash.ProductRow) kit.Explanation {
	tr, v := s.env.Tr, s.sales.Sales
	ways := []named{{"cards.products", drawn("products", v.From, v.To)}}
	if p.SKU != "" {
		ways = append([]named{{"explain.way.sales", posted(v.From, v.To, "sku", p.SKU)}}, ways...)
		ways = append(ways, named{"nav.products", target{"products", auth.CatalogView, kit.Aim{Search: p.SKU}}})
	}
	return kit.Explanation{
		Title: title, Value: tr.Money(p.SalesFen), Period: span(tr, v.From, v.To, s.readAt),
		Formula: tr.T("explain.product"), Notes: kit.Notes(tr, "no_freight", "external", "returned"),
		Inputs: []kit.Input{{Label: tr.T("field.units"), Value: i18n.Count(p.Units)}, {Label: tr.T("field.sales"), Value: tr.Money(p.SalesFen)}},
		Ways:   s.ways(ways...),
	}
}

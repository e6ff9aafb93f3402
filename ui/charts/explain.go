package charts

import (
	"slices"

	"zhanggui/app/auth"
	"zhanggui/app/domain"
	"zhanggui/app/reporting"
	"zhanggui/app/when"
	"zhanggui/reports"
	"zhanggui/reports/cards"
	"zhanggui/ui/kit"
)

// place is where rows stand: a screen, what it shows, its word.
type place struct {
	word   string
	screen string
	need   auth.Action
	arg    any
}

// The screens that hold what the cards sum up.
const (
	journal     = "finance.journal"
	financePage = "finance"
	orderDesk   = "orders"
	stockPage   = "stock"
)

// span names a period.
func span(env kit.Env, p reporting.Period) string {
	return kit.Span(env.Tr, p.From, p.To, env.Clock.Now().Day())
}

// days is a period as a filter has it.
func days(p reporting.Period) string { return string(p.From) + ".." + string(p.To) }

// postings are those of an account in the journal; more narrows them.
func postings(word string, a domain.Account, span string, more ...string) place {
	values := kit.NewValues(append([]string{periodKey, span, "account", string(a)}, more...)...)
	return place{word, journal, auth.FinanceViewCost, values}
}

// orders are those of a filter at the order desk.
func orders(filter ...string) place {
	return place{"field.order", orderDesk, auth.OrdersView, kit.Aim{Chip: "all", Filter: kit.NewValues(filter...)}}
}

// rowPlaces are where the records of a row stand.
func rowPlaces(k cards.Kind, p reporting.Period, key string) []place {
	span, channel := days(p), []string{kit.ChannelKey, key}
	if key == "" { // variances belong to none
		channel = []string{"without", kit.ChannelKey}
	}
	switch k {
	case cards.Trend:
		return []place{postings("explain.way.sales", domain.AccSales, key+".."+key)}
	case cards.Channels:
		return []place{postings("explain.way.sales", domain.AccSales, span, channel...)}
	case cards.Products:
		return []place{postings("explain.way.sales", domain.AccSales, span, "sku", key), {"nav.stock", stockPage, auth.StockView, key}}
	case cards.Hours:
		return []place{orders("paid", span, "hour", hourOf(key))}
	case cards.OnTime:
		return []place{orders("due", key+".."+key), orders("due", key+".."+key, "sent", "late").as("explain.late")}
	case cards.Profit:
		return []place{postings("explain.way.sales", domain.AccSales, span, channel...), postings("explain.way.cost", domain.AccCost, span, channel...)}
	case cards.Value:
		return []place{{"nav.stock", stockPage, auth.StockView, key}}
	}
	return nil
}

// places are where the records of a whole card stand.
func places(k cards.Kind, p reporting.Period, today when.Day) []place {
	span := days(p)
	table := place{"nav.sales", financePage, auth.FinanceView, kit.Aim{Chip: "channel", Filter: kit.NewValues(periodKey, span)}}
	switch k {
	case cards.Trend, cards.Channels, cards.Profit:
		return []place{table, postings("explain.way.sales", domain.AccSales, span)}
	case cards.Products:
		return []place{{"nav.sales", financePage, auth.FinanceView, kit.Aim{Chip: "sku", Filter: kit.NewValues(periodKey, span)}}}
	case cards.Hours:
		return []place{orders("paid", span)}
	case cards.OnTime: // what is due today may still be sent in time
		to := min(p.To, today.Add(-1))
		if to < p.From {
			return nil
		}
		span = string(p.From) + ".." + string(to)
		return []place{orders("due", span), orders("due", span, "sent", "late").as("explain.late")}
	case cards.Value:
		return []place{{"nav.stock", stockPage, auth.StockView, kit.Aim{Chip: "all"}}}
	}
	return nil
}

func (p place) as(word string) place { p.word = word; return p }

// hourOf is an hour's key as the order desk's filter has it: 9 for 09.
func hourOf(key string) string {
	if len(key) == 2 && key[0] == '0' {
		return key[1:]
	}
	return key
}

// ways are the places the person may go.
func ways(env kit.Env, list []place) []kit.Way {
	var out []kit.Way
	for _, p := range list {
		if env.Allows(p.need) {
			out = append(out, kit.Way{Word: env.T(p.word), Open: func() { env.Open(p.screen, p.arg) }})
		}
	}
	return out
}

// notesOf name what is in a card and what is not.
var notesOf = map[cards.Kind][]string{
	cards.Trend: {"shipped", "external", "returned"}, cards.Channels: {"shipped", "external", "returned"}, cards.Products: {"no_freight", "external", "returned"},
	cards.Hours: {"paid_only"}, cards.OnTime: {"not_due", "over_days"}, cards.Profit: {"average_cost", "variance", "other_cost"}, cards.Value: {"no_kits", "value_now"},
}

// headColumn is the column of a card's table whose total is its headline.
var headColumn = map[cards.Kind]int{cards.Trend: 1, cards.Channels: 2, cards.Products: 3, cards.Hours: 8, cards.OnTime: 5, cards.Profit: 2, cards.Value: 4}

// explain says what a line of a card's table is made of: a row, or the total.
func explain(env kit.Env, made *cards.Card, title string, cells []reports.Cell) kit.Explanation {
	tr, today := env.Tr, env.Clock.Now().Day()
	e := kit.Explanation{Title: title, Formula: tr.T("explain.card." + string(made.Kind)), Notes: kit.Notes(tr, notesOf[made.Kind]...)}
	for i, col := range made.Table.Columns {
		if i >= len(cells) || !col.Right() {
			continue
		}
		text := col.Show(cells[i], tr, today)
		if i == headColumn[made.Kind] {
			e.Value = text
		}
		if text != "" {
			e.Inputs = append(e.Inputs, kit.Input{Label: col.Title, Value: text})
		}
	}
	return e
}

// figures are the cards that were read.
func (s *screen) figures() []kit.Figure {
	var list []kit.Figure
	for n, c := range s.cards {
		if made := c.peek(); made != nil {
			list = append(list, kit.Figure{ID: cardID(c.kind), Explain: func() kit.Explanation { return s.explainCard(n, c, made) }})
		}
	}
	return list
}

func cardID(k cards.Kind) string { return "charts." + string(k) }

// explainCard is of a whole card; its own table is the first way on.
func (s *screen) explainCard(n int, c *card, made *cards.Card) kit.Explanation {
	e := explain(s.env, made, made.Chart.Title, made.Table.Totals)
	p := c.of()
	if e.Period = span(s.env, p); c.kind == cards.Value {
		e.Period = ""
	}
	e.At = s.env.Tr.Moment(c.when(), s.env.Clock.Now())
	rows := kit.Way{Word: s.env.T("explain.way.data"), Open: func() { s.choose(n); s.open() }}
	e.Ways = append([]kit.Way{rows}, ways(s.env, places(c.kind, p, s.env.Clock.Now().Day()))...)
	return e
}

// turned puts the ring on the card that is explained.
func (s *screen) turned(id string) {
	if n := slices.IndexFunc(s.cards, func(c *card) bool { return cardID(c.kind) == id }); n >= 0 && s.rows == nil {
		s.choose(n)
	}
}

// explain is of the row under the cursor.
func (r *rows) explain(l line) kit.Explanation {
	made := r.card.peek()
	if made == nil {
		return kit.Explanation{}
	}
	title := l.key
	if len(l.cells) > 0 {
		title = made.Table.Columns[0].Show(l.cells[0], r.env.Tr, r.env.Clock.Now().Day())
	}
	e := explain(r.env, made, title, l.cells)
	p := r.card.of()
	e.Period, e.At = span(r.env, p), r.env.Tr.Moment(r.card.when(), r.env.Clock.Now())
	if e.Ways = ways(r.env, rowPlaces(r.card.kind, p, l.key)); len(e.Ways) == 0 {
		e.NoWay = r.env.T("explain.no_right")
	}
	return e
}

// whole is of the total of the rows.
func (r *rows) whole(e kit.Explanation) kit.Explanation {
	made := r.card.peek()
	if made == nil {
		return e
	}
	own := explain(r.env, made, made.Chart.Title, made.Table.Totals)
	p := r.card.of()
	own.Period, own.At = span(r.env, p), r.env.Tr.Moment(r.card.when(), r.env.Clock.Now())
	own.Ways = append(e.Ways, ways(r.env, places(r.card.kind, p, r.env.Clock.Now().Day()))...)
	return own
}

// Open shows what another screen asks for: a kit.Aim with a card as its chip and a
// period as its filter. The card's rows are opened.
func (s *screen) Open(arg any) {
	aim, ok := arg.(kit.Aim)
	n := slices.IndexFunc(s.cards, func(c *card) bool { return string(c.kind) == aim.Chip })
	if !ok || n < 0 {
		return
	}
	if !aim.Filter.Empty() {
		s.bar.Set(aim.Filter)
	}
	s.back()
	s.Load()
	s.choose(n)
	s.open()
}

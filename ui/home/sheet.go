package home

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/app/auth"
	"zhanggui/app/dash"
	"zhanggui/app/i18n"
	"zhanggui/app/money"
	"zhanggui/ui/kit"
)

// sheet is a small table that is wholly known: the channels, the products.
type sheet struct {
	grid  *kit.Grid
	state *kit.State
	empty kit.Empty
	rows  []kit.Row
}

// Len is how many rows there are.
func (t *sheet) Len() int { return len(t.rows) }

// Row is one of them.
func (t *sheet) Row(i int) (*kit.Row, bool) {
	if i < 0 || i >= len(t.rows) {
		return nil, false
	}
	return &t.rows[i], true
}

func newSheet(env kit.Env, id string, heads []kit.Head, open func(id string)) *sheet {
	t := &sheet{state: kit.NewState(env), empty: kit.Empty{Icon: "yuan", Title: env.T("home.no_sales"), Text: env.T("home.no_sales_hint")}}
	t.grid = kit.NewGrid(env, id, heads, t, false)
	t.grid.OnOpen = func(i int) {
		if row, ok := t.Row(i); ok {
			open(row.ID)
		}
	}
	return t
}

func (t *sheet) object() fyne.CanvasObject { return container.NewStack(t.grid, t.state.Object()) }

func (t *sheet) show(rows []kit.Row, total *kit.Row) {
	t.rows = rows
	if len(rows) == 0 {
		t.state.Empty(t.empty)
		total = nil
	} else {
		t.state.None()
	}
	t.grid.SetTotal(total)
	t.grid.Update()
}

// cost tells whether the person sees cost and profit.
func (s *screen) cost() bool { return s.env.Allows(auth.FinanceViewCost) }

func channelHeads(env kit.Env) []kit.Head {
	t := env.T
	number := func(key, title string, width int) kit.Head {
		return kit.Head{Key: key, Title: t(title), Width: width, Align: kit.Right}
	}
	heads := []kit.Head{
		{Key: "channel", Title: t("field.channel"), Width: 110, Min: 92, Flex: true},
		number("orders", "field.orders", 62), number("units", "field.units", 62), number("sales", "field.sales", 98),
	}
	if env.Allows(auth.FinanceViewCost) {
		heads = append(heads, number("cost", "field.cogs", 98), number("profit", "field.profit", 98), number("margin", "field.margin", 64))
	}
	return append(heads, number("share", "home.share", 66))
}

// channelRows are the channels with their total.
func channelRows(env kit.Env, v dash.Sales) ([]kit.Row, *kit.Row) {
	tr, cost := env.Tr, v.Cost
	cells := func(name kit.Cell, f dash.Figures, share string, strong bool) []kit.Cell {
		margin := i18n.Dash
		if f.SalesFen != 0 {
			margin = i18n.Percent(f.MarginBP, 1)
		}
		amount := func(m money.Fen) kit.Cell {
			if strong {
				return kit.Strong(i18n.Amount(m))
			}
			return kit.Amount(m)
		}
		count := func(n int64) kit.Cell {
			if strong {
				return kit.Strong(i18n.Count(n))
			}
			return kit.Count(n)
		}
		text := kit.Text
		if strong {
			text = kit.Strong
		}
		list := []kit.Cell{name, count(f.Orders), count(f.Units), amount(f.SalesFen)}
		if cost {
			list = append(list, amount(f.CostFen), amount(f.ProfitFen), text(margin))
		}
		return append(list, text(share))
	}
	var rows []kit.Row
	for _, r := range v.Channels {
		name := kit.Text(tr.T("home.no_channel"))
		if r.Channel != "" {
			name = kit.ChannelDot(r.Channel, tr.Word("channel", r.Channel))
		}
		rows = append(rows, kit.Row{ID: r.Channel, Cells: cells(name, r.Figures, i18n.Percent(r.ShareBP, 1), false)})
	}
	return rows, &kit.Row{Cells: cells(kit.Strong(tr.N("home.channels", int64(len(v.Channels)))), v.Now, "", true)}
}

// openChannel shows a channel's orders of the period.
func (s *screen) openChannel(channel string) {
	if channel == "" || !s.env.Allows(auth.OrdersView) {
		return
	}
	from, to := days(s.period, s.env.Clock.Now().Day())
	s.env.Open("orders", placed(channel, from, to).aim)
}

func productHeads(env kit.Env) []kit.Head {
	return []kit.Head{
		{Key: "name", Title: env.T("field.goods"), Width: 200, Min: 110, Flex: true},
		{Key: "sku", Title: env.T("field.sku"), Width: 120},
		{Key: "units", Title: env.T("field.units"), Width: 70, Align: kit.Right},
		{Key: "sales", Title: env.T("field.sales"), Width: 110, Align: kit.Right},
	}
}

// productRows are the products with their total.
func productRows(p dash.Products) ([]kit.Row, *kit.Row) {
	var rows []kit.Row
	for _, r := range p.Rows {
		rows = append(rows, kit.Row{ID: r.SKU, Cells: []kit.Cell{kit.Text(r.Name), kit.Muted(r.SKU), kit.Count(r.Units), kit.Amount(r.SalesFen)}})
	}
	return rows, &kit.Row{Cells: []kit.Cell{{}, {}, kit.Strong(i18n.Count(p.Total.Units)), kit.Strong(i18n.Amount(p.Total.SalesFen))}}
}

// openProduct shows a SKU among the products.
func (s *screen) openProduct(sku string) {
	if s.env.Allows(auth.CatalogView) {
		s.env.Open("products", kit.Aim{Search: sku})
	}
}

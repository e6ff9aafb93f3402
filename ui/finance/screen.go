// Package finance is the finance area: what was sold and what it brought, the
// trial balance, and the journal behind both. Everything comes from the journal;
// cost and profit are there only for people who may see them.
package finance

import (
	"context"
	"image"
	"strings"
	"sync/atomic"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/app"
	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/finance"
	"zhanggui/app/i18n"
	"zhanggui/app/money"
	"zhanggui/app/when"
	"zhanggui/reports"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// overview is the first page: tiles, the table of sales, the picture.
type overview struct {
	env    kit.Env // its hints go to the list
	app    *app.App
	owner  *kit.Owner
	tiles  *fyne.Container
	list   *kit.List[finance.SalesRow]
	chart  *kit.Chart
	specs  []tile                        // the tiles shown
	shown  *model                        // what tiles and picture show, nil before it is read
	readAt when.Millis                   // when that was
	drawn  atomic.Pointer[reports.Chart] // read while drawing, away from the UI goroutine
	object fyne.CanvasObject
	layer  *kit.Layer
}

// New makes the overview.
func New(env kit.Env, a *app.App) kit.Screen {
	o := &overview{app: a, env: env, owner: kit.NewOwner()}
	o.list = kit.NewList(env, o.spec())
	o.env = o.list.Env()
	o.list.Figures().Before(o.figures)
	o.chart = kit.Shows(kit.NewChart(o.env, o.draw), o.list.Figures(), chartID)
	o.tiles = kit.Columns(5, theme.Current().Metrics().CardGap)
	o.owner.OnFail(func(err error) bool { // the table says the same in its place; a box over it would only stand in the way
		o.list.Hint(theme.Urgent, strings.ReplaceAll(o.env.Tr.Fault(err), "\n", "  "))
		return true
	})
	return o
}

// Build puts the page together.
func (o *overview) Build() fyne.CanvasObject {
	if o.object != nil {
		return o.object
	}
	m := theme.Current().Metrics()
	gap := m.CardGap
	table := container.NewStack(kit.NewSurface(), o.list.Object())
	body := container.New(&sideBySide{gap: gap, right: 0.40}, table, kit.NewCard("", "", nil, o.chart))
	page := container.NewStack(kit.NewBackground(), kit.Pad(gap, m.ScreenMargin,
		kit.Edges(kit.Down(gap, kit.Fixed(0, 98*m.Scale, o.tiles), kit.Down(0)), nil, nil, nil, body)))
	o.object = kit.Edges(nil, o.actions(), nil, nil, page)
	return o.object
}

// sideBySide gives the right object a share of the width.
type sideBySide struct {
	gap, right float32
}

// Layout places both.
func (l *sideBySide) Layout(o []fyne.CanvasObject, size fyne.Size) {
	w := float32(int(size.Width * l.right))
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(fyne.NewSize(size.Width-w-l.gap, size.Height))
	o[1].Move(fyne.NewPos(size.Width-w, 0))
	o[1].Resize(fyne.NewSize(w, size.Height))
}

// MinSize is that of the left object; the right one takes what it gets.
func (l *sideBySide) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(400, max(o[0].MinSize().Height, 200))
}

// Load reads everything again.
func (o *overview) Load() {
	o.loadTiles()
	o.list.Load()
}

// loadTiles reads tiles and picture for what the list shows.
func (o *overview) loadTiles() {
	q := o.asked(o.list.Query())
	kit.Run(o.env, o.owner, func(ctx context.Context) (model, error) { return o.read(ctx, q) }, o.show)
}

// asked is what the top bar asks for: grouping, period and channel.
func (o *overview) asked(q kit.Query) finance.SalesQuery {
	from, to := period(q.Filter, o.env.Clock.Now().Day())
	return finance.SalesQuery{By: core.SalesBy(q.Chip), From: from, To: to, Channel: q.Filter.Text(kit.ChannelKey)}
}

// TopFilters are channel and period.
func (o *overview) TopFilters() []kit.TopFilter { return o.list.TopFilters() }

// model is what tiles and picture need.
type model struct {
	finance.Overview
	last []finance.SalesRow // days of the period before
}

func (o *overview) read(ctx context.Context, q finance.SalesQuery) (model, error) {
	v, err := o.app.Finance.Overview(ctx, q.From, q.To, q.Channel)
	if err != nil {
		return model{}, err
	}
	q.By = core.ByDay
	q.From, q.To = before(q.From, q.To)
	last, err := o.app.Finance.Sales(ctx, q)
	return model{Overview: v, last: last.Rows}, err
}

// show takes over tiles and picture.
func (o *overview) show(m model) {
	today := o.env.Clock.Now().Day()
	o.shown, o.readAt = &m, o.env.Clock.Now()
	o.specs = tiles(o.env.Tr, m.Overview, today)
	o.tiles.Objects = nil
	for _, t := range o.specs {
		var press func()
		if ways := o.ways(t.key, m.Overview); len(ways) > 0 {
			press = ways[0].Open
		}
		o.tiles.Add(kit.Shows(kit.NewTile(o.env, t.TileSpec, press), o.list.Figures(), tileID(t.key)))
	}
	o.tiles.Layout = kit.Columns(len(o.specs), theme.Current().Metrics().CardGap).Layout
	o.tiles.Refresh()
	c := picture(o.env.Tr, m.Overview, m.last, today)
	o.drawn.Store(&c)
	o.chart.Reload()
	o.list.Figures().Refresh()
}

// draw makes the picture for a size and appearance.
func (o *overview) draw(ctx context.Context, size kit.ChartSize) (image.Image, error) {
	c := o.drawn.Load()
	if c == nil {
		c = &reports.Chart{Kind: reports.Line, Title: o.env.T("books.chart")}
	}
	w, h, scale := size.Units(200, 200)
	return c.Image(ctx, reports.Look{W: w, H: h, Scale: scale, Dark: size.Dark, Tr: o.env.Tr})
}

// Topics are what makes it stale: every document posts.
func (o *overview) Topics() []core.Topic {
	return []core.Topic{core.TopicFinance, core.TopicStock, core.TopicParcels}
}

// Shown takes the keys.
func (o *overview) Shown() {
	o.list.Shown()
	if o.layer == nil && o.env.Keys != nil {
		o.layer = o.env.Keys.Push("finance", false)
		o.layer.On("F5", o.Load)
		if o.env.Allows(auth.ExportFile) {
			o.layer.On("Ctrl+E", o.export)
			o.layer.On("Alt+P", o.savePicture)
		}
	}
}

// Hidden gives the keys back.
func (o *overview) Hidden() {
	o.list.Hidden()
	if o.layer != nil {
		o.layer.Close()
		o.layer = nil
	}
}

// Close drops what is being read.
func (o *overview) Close() {
	o.Hidden()
	o.list.Close()
	o.chart.Close()
	o.owner.Close()
}

// Open shows what another screen asks for: a kit.Aim with a grouping as its chip
// and a period as its filter.
func (o *overview) Open(arg any) {
	aim, ok := arg.(kit.Aim)
	if !ok {
		return
	}
	o.list.Open(aim, string(core.ByDay))
}

// actions is the bar at the bottom.
func (o *overview) actions() fyne.CanvasObject {
	m := theme.Current().Metrics()
	row := kit.Across(8)
	if o.env.Allows(auth.ExportFile) {
		row.Add(kit.ID(kit.NewButton(o.env, o.env.T("common.export_excel"), "Ctrl+E", o.export), "finance.export"))
		row.Add(kit.ID(kit.NewButton(o.env, o.env.T("books.save_picture"), "Alt+P", o.savePicture), "finance.picture"))
	}
	unit := kit.NewLabel(o.env.Tr.MoneyUnit()).Small().Muted()
	bar := kit.Edges(nil, nil, nil, container.NewCenter(unit), row)
	return container.NewStack(kit.NewSurface(), kit.Edges(kit.NewRule(), nil, nil, nil, kit.Fixed(0, m.ActionBar-1, kit.Pad(0, 12, bar))))
}

func (o *overview) spec() kit.ListSpec[finance.SalesRow] {
	tr := o.env.Tr
	spec := kit.ListSpec[finance.SalesRow]{
		ID: "finance.sales", Columns: o.columns(), Changed: o.loadTiles,
		Filters: []kit.FilterField{kit.ChannelFilter(o.env), kit.DaysFilter(o.env, periodKey, "field.period", usual)},
		Fetch:   o.fetch, RowID: func(r finance.SalesRow) string { return r.Key }, Totals: true, Explain: o.explainRow, Whole: o.whole,
		Footer: func(total int, _ map[string]int64) []string {
			q := o.asked(o.list.Query())
			today := o.env.Clock.Now().Day()
			return []string{tr.N("books.foot", int64(total)), tr.T("books.span", "from", tr.Date(q.From, today), "to", tr.Date(q.To, today))}
		},
		Empty: func(kit.Query) kit.Empty {
			return kit.Empty{Icon: "yuan", Title: o.env.T("books.empty"), Text: o.env.T("books.empty_hint")}
		},
	}
	if o.env.Allows(auth.FinanceViewCost) {
		spec.Open = o.open
	}
	for _, g := range groupings {
		spec.Chips = append(spec.Chips, kit.ChipSpec{Key: string(g.key), Title: g.title})
	}
	return spec
}

func (o *overview) columns() []kit.Column[finance.SalesRow] {
	amount := func(key, title string, need auth.Action, of func(finance.SalesRow) money.Fen) kit.Column[finance.SalesRow] {
		return kit.Column[finance.SalesRow]{
			Key: key, Title: title, Width: 100, Align: kit.Right, Sort: key, Need: need,
			Cell:  func(r finance.SalesRow) kit.Cell { return kit.Amount(of(r)) },
			Total: func(sums map[string]int64) kit.Cell { return kit.Strong(i18n.Amount(money.Fen(sums[key]))) },
		}
	}
	return []kit.Column[finance.SalesRow]{
		{Key: "key", Title: "books.group", Width: 150, Min: 100, Flex: true, Sort: "key", Cell: func(r finance.SalesRow) kit.Cell {
			return keyCell(o.env.Tr, core.SalesBy(o.list.Query().Chip), r, o.env.Clock.Now().Day())
		}, Total: func(map[string]int64) kit.Cell { return kit.Strong(o.env.T("common.total")) }},
		{
			Key: "orders", Title: "books.parcels", Width: 62, Align: kit.Right, Sort: "orders", // a parcel holds several products: not counted by product
			Cell:  func(r finance.SalesRow) kit.Cell { return kit.CountOrDash(r.Orders) },
			Total: func(sums map[string]int64) kit.Cell { return countTotal(sums["orders"]) },
		},
		{
			Key: "units", Title: "field.units", Width: 62, Align: kit.Right, Sort: "units",
			Cell:  func(r finance.SalesRow) kit.Cell { return kit.Count(r.Units) },
			Total: func(sums map[string]int64) kit.Cell { return kit.Strong(i18n.Count(sums["units"])) },
		},
		amount("sales", "field.sales", "", func(r finance.SalesRow) money.Fen { return r.RevenueFen }),
		amount("cost", "field.cogs", auth.FinanceViewCost, func(r finance.SalesRow) money.Fen { return r.CostFen }),
		amount("profit", "field.profit", auth.FinanceViewCost, func(r finance.SalesRow) money.Fen { return r.ProfitFen }),
		{
			Key: "margin", Title: "field.margin", Width: 76, Align: kit.Right, Sort: "margin", Need: auth.FinanceViewCost,
			Cell: func(r finance.SalesRow) kit.Cell {
				if r.RevenueFen == 0 {
					return kit.Muted(i18n.Dash)
				}
				return kit.Text(i18n.Percent(r.MarginBP, 1))
			},
			Total: func(sums map[string]int64) kit.Cell { return kit.Strong(i18n.Percent(money.BP(sums["margin"]), 1)) },
		},
	}
}

func (o *overview) fetch(ctx context.Context, q kit.Query) (core.Paged[finance.SalesRow], error) {
	t, err := o.app.Finance.Sales(ctx, o.asked(q))
	if err != nil {
		return core.Paged[finance.SalesRow]{}, err
	}
	return salesPage(t, q), nil
}

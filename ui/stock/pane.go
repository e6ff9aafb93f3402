package stock

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/app/auth"
	"zhanggui/app/catalog"
	"zhanggui/app/core"
	"zhanggui/app/i18n"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// detail is what the pane shows of a SKU.
type detail struct {
	card  catalog.Card
	moves []core.MoveRow // newest first
}

// movesShown is how many moves the pane holds; the command line lists all.
const movesShown = 200

// loadDetail reads card and ledger of a SKU, up to a past day when one is looked at.
func (s *screen) loadDetail(ctx context.Context, r core.StockRow, q kit.Query) (detail, error) {
	card, err := s.app.Catalog.Get(ctx, r.SKUID)
	if err != nil {
		return detail{}, err
	}
	moves, err := s.moves(ctx, r.SKU, q, movesShown)
	return detail{card: card, moves: moves}, err
}

func (s *screen) moves(ctx context.Context, sku string, q kit.Query, limit int) ([]core.MoveRow, error) {
	ask := core.Query{Conds: []core.Cond{{Field: "sku", Op: "=", Value: sku}}, Page: core.Page{Limit: limit}}
	if day := asOf(q); day != "" {
		ask.Conds = append(ask.Conds, core.Cond{Field: "day", Op: "<=", Value: string(day)})
	}
	page, err := s.app.Stock.Moves(ctx, ask)
	return page.Rows, err
}

// detail is the pane at the right. What was read before stays while it is read again.
func (s *screen) detail(r core.StockRow) fyne.CanvasObject {
	box := container.NewStack(s.pane(r, detail{}))
	if s.shown.card.SKU.ID == r.SKUID {
		box.Objects[0] = s.pane(r, s.shown)
	}
	q := s.list.Query()
	kit.Run(s.env, s.list.Owner().Lane("detail"), func(ctx context.Context) (detail, error) {
		return s.loadDetail(ctx, r, q)
	}, func(d detail) {
		s.shown = d
		box.Objects[0] = s.pane(r, d)
		box.Refresh()
	})
	return box
}

func (s *screen) pane(r core.StockRow, d detail) fyne.CanvasObject {
	title := kit.Edges(nil, nil, nil, nil, kit.NewLabel(name(r)).Pane().Narrow())
	if l, word := level(r, s.past()); word != "" {
		title = kit.Edges(nil, nil, nil, container.NewCenter(kit.NewStockPill(l, s.env.T(word))), kit.NewLabel(name(r)).Pane().Narrow())
	}
	code := r.SKU
	if len(d.card.SKU.Barcodes) > 0 {
		code = kit.Join(code, s.env.T("inventory.barcode", "code", d.card.SKU.Barcodes[0].Code))
	}
	head := kit.Down(6, title, kit.NewLabel(kit.Join(code, r.Bin)).Small().Muted().Narrow())
	top := kit.Down(0, kit.Pad(14, 14, head), kit.NewRule())
	if r.Kit {
		top.Add(kit.Pad(10, 14, s.parts(d)))
		return kit.Edges(top, nil, nil, nil, nil)
	}
	top.Add(kit.Pad(10, 14, s.equation(r)))
	if s.env.Allows(auth.FinanceViewCost) {
		top.Add(kit.NewRule())
		top.Add(kit.Pad(6, 14, kit.Down(0,
			kit.NewFact(s.env.T("inventory.worth"), kit.Part{Text: s.env.Tr.Money(r.ValueFen)}),
			kit.NewFact(s.env.T("inventory.average"), kit.Part{Text: s.env.Tr.Money(unitCost(r.ValueFen, r.OnHand))}))))
	}
	top.Add(kit.NewRule())
	heads := []kit.Head{
		{Key: "at", Title: s.env.T("nav.ledger"), Width: 90},
		{Key: "why", Title: "", Width: 120, Flex: true, Min: 60},
		{Key: "qty", Title: s.env.T("field.qty"), Width: 50, Align: kit.Right},
		{Key: "balance", Title: s.env.T("inventory.balance"), Width: 54, Align: kit.Right},
	}
	grid := kit.NewGrid(s.env, "stock.ledger", heads, ledger(s.env.Tr, d.moves, s.env.Clock.Now()), false)
	return kit.Edges(top, nil, nil, nil, grid)
}

// equation is 在手 = 可用 + 占用 + 不可用 and what is on its way (LOOK inventory).
func (s *screen) equation(r core.StockRow) fyne.CanvasObject {
	figure := func(n int64, word string, tone theme.Token) fyne.CanvasObject {
		number := kit.NewLine(kit.Part{Text: i18n.Count(n), Token: tone}).Big().Align(kit.Center)
		return kit.Down(0, number, kit.NewLabel(s.env.T(word)).Small().Muted().Align(kit.Center))
	}
	sign := func(text string) fyne.CanvasObject {
		return kit.Down(0, kit.NewLabel(text).Big().Muted(), kit.NewLabel("").Small())
	}
	tone := theme.TextToken
	if r.Available <= 0 {
		tone = theme.Urgent.Token()
	}
	if s.past() { // what was promised then is not known
		return kit.Across(10, figure(r.OnHand, "field.on_hand", theme.TextToken))
	}
	left := kit.Across(10,
		figure(r.OnHand, "field.on_hand", theme.TextToken), sign("="), figure(r.Available, "field.available", tone), sign("+"),
		figure(r.Reserved, "field.reserved", theme.TextToken), sign("+"), figure(r.Unavailable, "field.unavailable", theme.TextToken))
	return kit.Edges(nil, nil, nil, figure(r.Incoming, "field.incoming", theme.TextToken), left)
}

// parts are what a kit consists of.
func (s *screen) parts(d detail) fyne.CanvasObject {
	box := kit.Down(6, kit.NewLabel(s.env.T("inventory.parts")).Small().Bold())
	for _, p := range d.card.Parts {
		left := kit.NewLine(kit.Part{Text: p.Title + " " + p.Spec}, kit.Part{Text: p.Code, Token: theme.MutedToken}).Narrow()
		box.Add(kit.Edges(nil, nil, nil, kit.NewLabel(s.env.T("inventory.part", "n", p.Qty, "avail", i18n.Count(p.Avail))).Small().Muted(), left))
	}
	return box
}

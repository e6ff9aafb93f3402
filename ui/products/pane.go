package products

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/app/catalog"
	"zhanggui/app/core"
	"zhanggui/app/i18n"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// detail is the card of a SKU at the right. What was read before stays while it is read again.
func (s *screen) detail(r core.SKURow) fyne.CanvasObject {
	box := container.NewStack()
	if s.shown.SKU.ID == r.ID {
		box.Objects = []fyne.CanvasObject{s.pane(r, s.shown, s.shownShot)}
	} else {
		box.Objects = []fyne.CanvasObject{kit.Pad(14, 14, s.paneHead(r))}
	}
	type read struct {
		card catalog.Card
		shot shot
	}
	kit.Run(s.env, s.list.Owner().Lane("detail"), func(ctx context.Context) (read, error) {
		card, err := s.app.Catalog.Get(ctx, r.ID)
		if err != nil {
			return read{}, err
		}
		p, err := s.shot(ctx, card)
		return read{card, p}, err
	}, func(got read) {
		s.shown, s.shownShot = got.card, got.shot
		box.Objects = []fyne.CanvasObject{s.pane(r, got.card, got.shot)}
		box.Refresh()
	})
	return box
}

func (s *screen) paneHead(r core.SKURow) fyne.CanvasObject {
	tone, word := stateOf(s.env.Tr, r.Kit, r.Disabled)
	title := kit.NewLabel(name(r.Title, r.Spec)).Pane().Narrow()
	code := kit.NewLine(kit.Part{Text: r.Code}, kit.Part{Text: r.Bin, Token: theme.MutedToken, Gap: 12}).Small().Narrow()
	return kit.Down(6, kit.Edges(nil, nil, nil, container.NewCenter(kit.NewPill(tone, word)), title), code)
}

func (s *screen) pane(r core.SKURow, c catalog.Card, p shot) fyne.CanvasObject {
	t := s.env.T
	body := kit.Down(0, kit.Pad(14, 14, s.paneHead(r)), kit.NewRule())
	body.Add(kit.Pad(10, 14, s.figures(r, c)))
	body.Add(kit.NewRule())
	body.Add(kit.Pad(10, 14, s.picture(r, c, p)))
	body.Add(kit.NewRule())
	facts := kit.Down(0,
		kit.NewFact(t("item.product"), kit.Part{Text: c.Product.Code}),
		kit.NewFact(t("field.category"), kit.Part{Text: dash(i18n.Join(c.Product.Category, c.Product.Brand))}),
		kit.NewFact(t("field.weight"), kit.Part{Text: weight(c.SKU.WeightG)}))
	if c.InKits > 0 {
		facts.Add(kit.NewFact(t("item.chip.kit"), kit.Part{Text: s.env.Tr.N("item.in_kits", int64(c.InKits)), Token: theme.MutedToken}))
	}
	body.Add(kit.Pad(8, 14, facts))
	section := func(title string, lines []fyne.CanvasObject) {
		body.Add(kit.NewRule())
		body.Add(kit.Pad(8, 14, kit.Down(4, append([]fyne.CanvasObject{kit.NewLabel(t(title)).Small().Bold()}, lines...)...)))
	}
	if c.SKU.Kit {
		section("item.parts", s.partLines(c))
	}
	section("field.barcode", s.barcodeLines(c))
	section("item.codes", s.codeLines(c))
	return container.NewVScroll(body)
}

// figures are price and stock, side by side.
func (s *screen) figures(r core.SKURow, c catalog.Card) fyne.CanvasObject {
	one := func(key, value string, tone theme.Token) fyne.CanvasObject {
		return kit.Down(1, kit.NewLabel(s.env.T(key)).Small().Muted(), kit.NewLine(kit.Part{Text: value, Token: tone}).Big())
	}
	onHand := i18n.Count(r.OnHand)
	if r.Kit {
		onHand = i18n.Dash
	}
	var tone theme.Token
	if c.Avail <= 0 && !r.Disabled {
		tone = theme.Urgent.Token()
	}
	return kit.Columns(3, 8, one("field.price", s.env.Tr.Money(c.SKU.PriceFen), ""), one("field.on_hand", onHand, ""), one("field.available", i18n.Count(c.Avail), tone))
}

func dash(s string) string {
	if s == "" {
		return i18n.Dash
	}
	return s
}

func (s *screen) partLines(c catalog.Card) []fyne.CanvasObject {
	var lines []fyne.CanvasObject
	for _, p := range c.Parts {
		right := kit.NewLine(kit.Part{Text: "×" + i18n.Count(p.Qty)}, kit.Part{Text: s.env.T("item.avail", "n", i18n.Count(p.Avail)), Token: theme.MutedToken}).Small()
		lines = append(lines, kit.Edges(nil, nil, nil, right, kit.NewLine(kit.Part{Text: name(p.Title, p.Spec)}, kit.Part{Text: p.Code, Token: theme.MutedToken}).Small().Narrow()))
	}
	return lines
}

func (s *screen) barcodeLines(c catalog.Card) []fyne.CanvasObject {
	if len(c.SKU.Barcodes) == 0 {
		return []fyne.CanvasObject{kit.NewLine(kit.Part{Icon: string(theme.Warn), Text: s.env.T("item.no_barcode"), Token: theme.Warn.Token()}).Small().Narrow()}
	}
	var lines []fyne.CanvasObject
	for _, b := range c.SKU.Barcodes {
		lines = append(lines, kit.Edges(nil, nil, nil, kit.NewLabel(s.env.Tr.N("item.pack", b.PackQty)).Small().Muted(), kit.NewLabel(b.Code).Small().Narrow()))
	}
	return lines
}

func (s *screen) codeLines(c catalog.Card) []fyne.CanvasObject {
	if len(c.Codes) == 0 {
		return []fyne.CanvasObject{kit.NewLabel(s.env.T("item.no_codes")).Small().Muted().Narrow()}
	}
	var lines []fyne.CanvasObject
	for _, m := range c.Codes {
		qty := ""
		if m.Qty != 1 {
			qty = "×" + i18n.Count(m.Qty)
		}
		lines = append(lines, kit.Edges(nil, nil, nil, kit.NewLabel(qty).Small(), kit.NewLine(
			kit.Part{Channel: m.Channel, Text: s.env.Tr.Word("channel", m.Channel), Token: theme.MutedToken}, kit.Part{Text: m.Code, Gap: 10}).Small().Narrow()))
	}
	return lines
}

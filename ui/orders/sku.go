package orders

import (
	"context"
	"strconv"

	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/orders"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// picker is a dialog that finds a SKU by code, name, pinyin initials or barcode.
type picker struct {
	dialog *kit.Dialog
	list   *kit.List[core.SKURow]
}

// pickSpec says what a picker is for.
type pickSpec struct {
	id, title, record string // title and record translated
	ok                string // word of the main button
	units             *int64 // a field for units beside the button, nil for none
	picked            func(p *picker, r core.SKURow)
}

// pick opens a picker; picked closes it when it has what it needs.
func (s *screen) pick(spec pickSpec) *picker {
	p := &picker{}
	tr := s.env.Tr
	take := func(r core.SKURow) { spec.picked(p, r) }
	p.list = kit.NewList(s.env, kit.ListSpec[core.SKURow]{
		ID: spec.id + ".list", RowID: func(r core.SKURow) string { return r.ID.String() }, Search: "desk.sku.search",
		Fetch: func(ctx context.Context, q kit.Query) (core.Paged[core.SKURow], error) {
			return s.app.Catalog.List(ctx, core.Query{
				Search: q.Search, Page: q.Page, Totals: true, Conds: []core.Cond{{Field: "disabled", Op: "=", Value: "false"}},
			})
		},
		Columns: []kit.Column[core.SKURow]{
			{Key: "code", Title: "field.sku", Width: 120, Sort: "code", Text: func(r core.SKURow) string { return r.Code }},
			{Key: "title", Title: "field.goods", Width: 200, Flex: true, Cell: func(r core.SKURow) kit.Cell { return kit.Text(r.Title).With(r.Spec) }},
			{Key: "price", Title: "field.price", Width: 80, Align: kit.Right, Cell: func(r core.SKURow) kit.Cell { return kit.Amount(r.PriceFen) }},
			{Key: "avail", Title: "field.available", Width: 76, Align: kit.Right, Cell: func(r core.SKURow) kit.Cell {
				if r.Kit {
					return kit.Muted(tr.T("desk.sku.kit"))
				}
				return kit.Count(r.Avail)
			}},
		},
		Open: take,
		Empty: func(q kit.Query) kit.Empty {
			return kit.Empty{Icon: "search", Title: tr.T("desk.sku.none"), Text: tr.T("desk.sku.none_hint")}
		},
	})
	body := kit.Down(8)
	if spec.record != "" {
		body.Add(kit.NewLabel(spec.record).Small().Muted().Narrow())
	}
	body.Add(kit.Fixed(0, 320, p.list.Object()))
	d := kit.DialogSpec{
		ID: spec.id, Title: spec.title, OK: spec.ok, Body: body, Width: 680,
		OnOK: func(*kit.Dialog) {
			if r, ok := p.list.Current(); ok {
				take(r)
			}
		},
		OnEnd: p.list.Close,
	}
	if spec.units != nil {
		qty := kit.ID(kit.NewQtyEntry(s.env), spec.id+".units")
		qty.SetText(strconv.FormatInt(*spec.units, 10))
		qty.OnChanged = func(string) {
			n, err := qty.Qty()
			qty.SetBad(err != nil || n < 1)
			if err == nil {
				*spec.units = n
			}
		}
		d.Left = kit.Across(6, kit.NewLabel(s.env.T("desk.sku.units")).Small().Muted(), qty)
	}
	p.dialog = kit.OpenDialog(s.env, d)
	p.list.Shown()
	p.list.Load()
	if search, ok := kit.Find(spec.id + ".list.search").(*kit.Entry); ok {
		p.dialog.Focus(search)
	}
	return p
}

// mapSKU says which SKU the code of an unmapped line is. It changes every open
// line of that code on the channel.
func (s *screen) mapSKU(d orders.Detail) {
	lines := unmapped(d.Order)
	if len(lines) == 0 {
		s.list.Hint(theme.Info, s.env.T("desk.why.mapped"))
		return
	}
	l := lines[0]
	cmd := orders.MapSKUCmd{Channel: d.Order.Channel, Code: l.Codes()[0], Qty: 1}
	s.pick(pickSpec{
		id: "orders.sku", ok: s.env.T("desk.sku.ok"), units: &cmd.Qty,
		title:  s.env.T("desk.sku.title", "code", shortCode(cmd.Code)),
		record: kit.Join(s.env.Tr.Word("channel", cmd.Channel), goodsName(l.Title, l.Spec), s.env.Tr.N("format.pieces", l.Qty)),
		picked: func(p *picker, r core.SKURow) { s.saveCode(p, cmd, r) },
	})
}

// shortCode keeps a code readable in a title: goods without a code are known by
// their whole name.
func shortCode(code string) string {
	const most = 24
	if r := []rune(code); len(r) > most {
		return string(r[:most]) + "…"
	}
	return code
}

func (s *screen) saveCode(p *picker, cmd orders.MapSKUCmd, r core.SKURow) {
	cmd.SKU = r.ID
	kit.Act(s.env, p.dialog.Owner(), func(ctx context.Context) (int, error) {
		return s.app.Orders.MapSKU(ctx, cmd)
	}, func(n int) {
		p.dialog.Close()
		s.said(s.env.Tr.N("desk.sku.done", int64(n), "code", shortCode(cmd.Code), "sku", r.Code))
	})
}

// skuOf makes the SKU of a manual line.
func skuOf(r core.SKURow) domain.SKU {
	return domain.SKU{ID: r.ID, Code: r.Code, Title: r.Title, Spec: r.Spec, PriceFen: r.PriceFen}
}

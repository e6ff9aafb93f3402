package products

import (
	"context"

	"fyne.io/fyne/v2"

	"zhanggui/app/core"
	"zhanggui/app/fault"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// formWidth is the form's dialog: two columns of fields.
const formWidth = 900

// leftFields are the fields of the left column; the lists stand in the right one.
const leftFields = 9

// edit opens the form of a draft; title is a translation key.
func (s *screen) edit(title string, d *draft) {
	barcodes, parts, codes := newBarcodes(s, d), newParts(s, d), newCodes(s, d)
	kit.OpenForm(s.env, kit.FormSpec{
		ID: "products.form", Title: title, Width: formWidth,
		Build: func(f *kit.Form) {
			f.Text("title", "field.title", &d.title)
			f.Text("spec", "field.spec", &d.spec)
			f.Text("code", "field.sku", &d.code)
			f.Text("product_code", "item.product_code", &d.productCode)
			f.Text("brand", "field.brand", &d.brand)
			f.Text("category", "field.category", &d.category)
			f.Money("price", "field.price", &d.price)
			f.Qty("weight", "item.weight_g", &d.weight)
			f.Text("bin", "field.bin", &d.bin)
			f.Bind("barcodes", "field.barcode", barcodes.object, barcodes.text, barcodes.store, func(bool) {})
			f.Bind("parts", "item.parts", parts.object, parts.text, parts.store, func(bool) {})
			f.Bind("codes", "item.codes", codes.object, codes.text, codes.store, func(bool) {})
			f.Tick("disabled", "item.off_tick", &d.disabled)
			if box, ok := f.Object().(*fyne.Container); ok {
				box.Layout = &columns{left: leftFields, gap: 8}
			}
		},
		Save: func(ctx context.Context) error { return s.save(ctx, d) },
		Done: func() {
			text := s.env.T("item.saved", "sku", d.code)
			s.list.Hint(theme.OK, text)
			s.env.Say(text)
		},
	})
}

// save writes product, SKU and codes. Each step leaves its new version in the
// draft: when a later one is refused, saving again goes on from there.
func (s *screen) save(ctx context.Context, d *draft) error {
	if err := d.check(); err != nil {
		return err
	}
	if d.product.ID.Zero() {
		if err := s.saveProduct(ctx, d); err != nil {
			return err
		}
	}
	if d.skuChanged() {
		id, err := s.app.Catalog.SaveSKU(ctx, d.saveSKU())
		if err != nil {
			return usedElsewhere(err, "code")
		}
		card, err := s.app.Catalog.Get(ctx, id)
		if err != nil {
			return err
		}
		d.sku, d.codes = card.SKU, card.Codes
	}
	if d.productChanged() {
		if err := s.saveProduct(ctx, d); err != nil {
			return err
		}
	}
	return s.saveCodes(ctx, d)
}

func (s *screen) saveProduct(ctx context.Context, d *draft) error {
	cmd := d.saveProduct()
	id, err := s.app.Catalog.SaveProduct(ctx, cmd)
	if err != nil {
		return usedElsewhere(err, "product_code")
	}
	d.product.ID, d.product.Version = id, d.product.Version+1
	d.product.Code, d.product.Title, d.product.Brand, d.product.Category = cmd.Code, cmd.Title, cmd.Brand, cmd.Category
	if d.sku.ID.Zero() {
		return nil
	}
	card, err := s.app.Catalog.Get(ctx, d.sku.ID) // a new title renews the search keys of its SKUs
	if err == nil {
		d.sku = card.SKU
	}
	return err
}

func (s *screen) saveCodes(ctx context.Context, d *draft) error {
	for _, cmd := range d.mapCodes() {
		if err := s.app.Catalog.MapCode(ctx, cmd); err != nil {
			if fault.Is(err, fault.Invalid) {
				return underCodes(err)
			}
			return err
		}
	}
	return nil
}

// pick opens a dialog that finds a SKU which is no kit: kits do not nest.
func (s *screen) pick(picked func(r core.SKURow)) {
	tr := s.env.Tr
	var dialog *kit.Dialog
	take := func(r core.SKURow) {
		dialog.Close()
		picked(r)
	}
	list := kit.NewList(s.env, kit.ListSpec[core.SKURow]{
		ID: "products.pick.list", RowID: func(r core.SKURow) string { return r.ID.String() }, Search: "item.search", Open: take,
		Fetch: func(ctx context.Context, q kit.Query) (core.Paged[core.SKURow], error) {
			return s.app.Catalog.List(ctx, core.Query{Search: q.Search, Page: q.Page, Totals: true, Conds: []core.Cond{
				{Field: "kit", Op: "=", Value: "false"}, {Field: "disabled", Op: "=", Value: "false"},
			}})
		},
		Columns: []kit.Column[core.SKURow]{
			{Key: "code", Title: "field.sku", Width: 120, Sort: "code", Text: func(r core.SKURow) string { return r.Code }},
			{Key: "title", Title: "field.goods", Width: 200, Flex: true, Cell: func(r core.SKURow) kit.Cell { return kit.Text(r.Title).With(r.Spec) }},
			{Key: "avail", Title: "field.available", Width: 84, Align: kit.Right, Cell: func(r core.SKURow) kit.Cell { return kit.Count(r.Avail) }},
		},
		Empty: func(kit.Query) kit.Empty {
			return kit.Empty{Icon: "search", Title: tr.T("common.no_match"), Text: tr.T("item.pick.none")}
		},
	})
	dialog = kit.OpenDialog(s.env, kit.DialogSpec{
		ID: "products.pick", Title: tr.T("item.pick"), OK: tr.T("common.add"), Width: 640, Body: kit.Fixed(0, 320, list.Object()), OnEnd: list.Close,
		OnOK: func(*kit.Dialog) {
			if r, ok := list.Current(); ok {
				take(r)
			}
		},
	})
	list.Shown()
	list.Load()
	if search, ok := kit.Find("products.pick.list.search").(*kit.Entry); ok {
		dialog.Focus(search)
	}
}

// columns lays the fields of the form into two columns.
type columns struct {
	left int // fields of the left column
	gap  float32
}

// betweenColumns is the room between the two.
const betweenColumns = 28

// Layout puts the first fields left, the others right.
func (c *columns) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	w := (size.Width - betweenColumns) / 2
	c.walk(objects, func(o fyne.CanvasObject, right bool, y float32) {
		var x float32
		if right {
			x = w + betweenColumns
		}
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(w, o.MinSize().Height))
	})
}

// MinSize is as high as the higher column.
func (c *columns) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(600, c.walk(objects, func(fyne.CanvasObject, bool, float32) {}))
}

// walk goes through what is seen and gives the height of the higher column.
func (c *columns) walk(objects []fyne.CanvasObject, put func(o fyne.CanvasObject, right bool, y float32)) float32 {
	var left, right float32
	for i, o := range objects {
		if !o.Visible() {
			continue
		}
		y := &left
		if i >= c.left {
			y = &right
		}
		put(o, i >= c.left, *y)
		*y += o.MinSize().Height + c.gap
	}
	return max(left, right) - c.gap
}

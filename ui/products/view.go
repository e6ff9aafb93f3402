package products

import (
	"slices"
	"strings"

	"zhanggui/app/catalog"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/i18n"
	"zhanggui/app/ids"
	"zhanggui/app/money"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// The chips; all is everything.
const (
	chipAll       = "all"
	chipKit       = "kit"
	chipNoBarcode = "no_barcode"
	chipDisabled  = "disabled"
)

// The filter by what is left to sell: SKUs in use with nothing.
const (
	supplyKey = "supply"
	supplyOut = "out"
)

// query asks for the SKUs of a chip and the filter bar.
func query(q kit.Query) core.Query {
	out := core.Query{Search: q.Search, Page: q.Page, Totals: true}
	if q.Chip != chipAll {
		out.Chip = q.Chip
	}
	for _, field := range []string{"category", "brand", "bin"} {
		if v := q.Filter.Text(field); v != "" {
			out.Conds = append(out.Conds, core.Cond{Field: field, Op: "~", Value: v})
		}
	}
	if q.Filter.Text(supplyKey) == supplyOut {
		out.Conds = append(out.Conds, core.Cond{Field: "available", Op: "<=", Value: "0"}, core.Cond{Field: "disabled", Op: "=", Value: "false"})
	}
	return out
}

// name is title and variant of a SKU.
func name(title, spec string) string { return strings.TrimSpace(title + " " + spec) }

// weight is grams, a dash for what nobody weighed.
func weight(g int64) string {
	if g == 0 {
		return i18n.Dash
	}
	return i18n.Weight(g)
}

// stateOf is the pill of a SKU: in use, a kit, taken off.
func stateOf(tr i18n.Tr, isKit, disabled bool) (theme.Status, string) {
	switch {
	case disabled:
		return theme.Idle, tr.T("item.off")
	case isKit:
		return theme.Info, tr.T("item.kit")
	}
	return theme.OK, tr.T("item.on")
}

// stock is a cell of units; none left is urgent unless the SKU is taken off.
func stock(n int64, disabled bool) kit.Cell {
	if n <= 0 && !disabled {
		return kit.Toned(theme.Urgent, i18n.Count(n))
	}
	return kit.Count(n)
}

// draft is what the form edits: a SKU with its product. What was saved already
// carries its new id and version, so that saving again goes on from there.
type draft struct {
	product domain.Product // as it is stored; a zero ID: to be made
	sku     domain.SKU     // as it is stored
	codes   []domain.CodeMap

	title, productCode, brand, category string
	code, spec, bin                     string
	price                               money.Fen
	weight                              int64
	disabled                            bool
	barcodes                            []domain.Barcode
	parts                               []part
	wanted                              []domain.CodeMap
	mustKit                             bool // asked for as a kit: parts are required
}

// part is one part of a kit with what people call it.
type part struct {
	id   ids.SKUID
	code string
	name string
	qty  int64
}

// draftOf takes a stored SKU into the form.
func draftOf(c catalog.Card) *draft {
	d := &draft{
		product: c.Product, sku: c.SKU, codes: c.Codes,
		title: c.Product.Title, productCode: c.Product.Code, brand: c.Product.Brand, category: c.Product.Category,
		code: c.SKU.Code, spec: c.SKU.Spec, bin: c.SKU.Bin, price: c.SKU.PriceFen, weight: c.SKU.WeightG, disabled: c.SKU.Disabled,
		barcodes: slices.Clone(c.SKU.Barcodes), wanted: slices.Clone(c.Codes),
	}
	for _, p := range c.Parts {
		d.parts = append(d.parts, part{id: p.SKU, code: p.Code, name: name(p.Title, p.Spec), qty: p.Qty})
	}
	return d
}

// sibling is a new SKU of the same product.
func sibling(c catalog.Card) *draft {
	return &draft{
		product: c.Product, title: c.Product.Title, productCode: c.Product.Code, brand: c.Product.Brand, category: c.Product.Category,
		price: c.SKU.PriceFen, weight: c.SKU.WeightG, bin: c.SKU.Bin,
	}
}

// saveSKU is the command for the SKU as the form says.
func (d *draft) saveSKU() catalog.SaveSKUCmd {
	cmd := catalog.SaveSKUCmd{
		ID: d.sku.ID, Version: d.sku.Version, Product: d.product.ID, Code: strings.TrimSpace(d.code), Spec: strings.TrimSpace(d.spec),
		PriceFen: d.price, WeightG: d.weight, Bin: strings.TrimSpace(d.bin), Disabled: d.disabled, Barcodes: d.barcodes,
	}
	for _, p := range d.parts {
		cmd.Parts = append(cmd.Parts, domain.KitPart{SKU: p.id, Qty: p.qty})
	}
	return cmd
}

// saveProduct is the command for the product; a product without a code of its own
// takes the SKU's.
func (d *draft) saveProduct() catalog.SaveProductCmd {
	code := strings.TrimSpace(d.productCode)
	if code == "" {
		code = strings.TrimSpace(d.code)
	}
	return catalog.SaveProductCmd{
		ID: d.product.ID, Version: d.product.Version, Code: code, Title: strings.TrimSpace(d.title),
		Brand: strings.TrimSpace(d.brand), Category: strings.TrimSpace(d.category),
	}
}

// productChanged tells whether the stored product has to be written.
func (d *draft) productChanged() bool {
	c := d.saveProduct()
	return c.Code != d.product.Code || c.Title != d.product.Title || c.Brand != d.product.Brand || c.Category != d.product.Category
}

// skuChanged tells whether the stored SKU has to be written.
func (d *draft) skuChanged() bool {
	c, s := d.saveSKU(), d.sku
	return s.ID.Zero() || c.Code != s.Code || c.Spec != s.Spec || c.PriceFen != s.PriceFen || c.WeightG != s.WeightG || c.Bin != s.Bin ||
		c.Disabled != s.Disabled || !slices.Equal(c.Parts, s.Parts) || !slices.Equal(c.Barcodes, s.Barcodes)
}

// mapCodes are the commands that make the stored codes what the form says: new
// and changed ones are kept, those gone are taken away.
func (d *draft) mapCodes() []catalog.MapCodeCmd {
	type key struct{ channel, code string }
	has := map[key]int64{}
	for _, c := range d.codes {
		has[key{c.Channel, domain.NormalCode(c.Code)}] = c.Qty
	}
	var list []catalog.MapCodeCmd
	want := map[key]bool{}
	for _, c := range d.wanted {
		k := key{c.Channel, domain.NormalCode(c.Code)}
		want[k] = true
		if qty, ok := has[k]; !ok || qty != c.Qty {
			list = append(list, catalog.MapCodeCmd{Channel: c.Channel, Code: strings.TrimSpace(c.Code), SKU: d.sku.ID, Qty: c.Qty})
		}
	}
	for _, c := range d.codes {
		if !want[key{c.Channel, domain.NormalCode(c.Code)}] {
			list = append(list, catalog.MapCodeCmd{Channel: c.Channel, Code: c.Code})
		}
	}
	return list
}

// check finds what the commands would refuse before anything is written.
func (d *draft) check() error {
	cmd := d.saveSKU()
	if cmd.Product.Zero() {
		cmd.Product = ids.ProductID{1} // it is made first
	}
	if err := cmd.Validate(); err != nil {
		return err
	}
	if d.mustKit && len(cmd.Parts) == 0 {
		return fault.New(fault.Invalid, "fault.catalog.sku", "code", d.code).Field("parts", "fault.required")
	}
	if err := d.saveProduct().Validate(); err != nil {
		return underProduct(err)
	}
	for _, c := range d.wanted {
		m := catalog.MapCodeCmd{Channel: c.Channel, Code: c.Code, SKU: ids.SKUID{1}, Qty: c.Qty}
		if err := m.Validate(); err != nil {
			return underCodes(err)
		}
	}
	return nil
}

// underProduct moves the fault of a product's code to the field of that code.
func underProduct(err error) error {
	f := fault.From(err)
	key, ok := f.Fields["code"]
	if !ok {
		return err
	}
	out := fault.New(f.Code, f.Key)
	out.Args = f.Args
	for field, k := range f.Fields {
		if field != "code" {
			_ = out.Field(field, k)
		}
	}
	return out.Field("product_code", key)
}

// underCodes puts the fault of a channel's code under the list of codes.
func underCodes(err error) error {
	f := fault.From(err)
	for _, key := range f.Fields {
		out := fault.New(fault.Invalid, f.Key).Field("codes", key)
		out.Args = f.Args
		return out
	}
	return err
}

// usedElsewhere shows a code or barcode that another record has, and parts that
// cannot be, under their field.
func usedElsewhere(err error, codeField string) error {
	f := fault.From(err)
	field := ""
	switch fault.Key(err) {
	case "fault.catalog.code_used":
		field = codeField
	case "fault.catalog.barcode_used":
		field = "barcodes"
	case "fault.catalog.kit_nested", "fault.catalog.kit_part", "fault.catalog.kit_stock":
		field = "parts"
	default:
		return err
	}
	out := fault.New(fault.Invalid, f.Key).Field(field, f.Key)
	out.Args = f.Args
	return out
}

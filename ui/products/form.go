package products

import (
	"context"
	"io"
	"strings"

	"zhanggui/app/catalog"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/ids"
	"zhanggui/app/ingest"
	"zhanggui/app/money"
	"zhanggui/reports"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// draft is what the form edits: a SKU with its product.
type draft struct {
	card                                    catalog.Card
	code, spec, title, brand, category, bin string
	barcodes, parts                         string
	price                                   money.Fen
	weight                                  int64
	disabled                                bool
}

func draftOf(c catalog.Card) draft {
	var parts []string
	for i, p := range c.Parts {
		parts = append(parts, times(p.Code, c.SKU.Parts[i].Qty))
	}
	return draft{
		card: c, code: c.SKU.Code, spec: c.SKU.Spec, title: c.Product.Title, brand: c.Product.Brand, category: c.Product.Category,
		bin: c.SKU.Bin, barcodes: barcodesText(c.SKU.Barcodes), parts: strings.Join(parts, ", "),
		price: c.SKU.PriceFen, weight: c.SKU.WeightG, disabled: c.SKU.Disabled,
	}
}

func (s *screen) editPicked(p kit.Picked[core.SKURow]) {
	if r, ok := p.One(); ok {
		s.load(r.ID)
	}
}

// load reads the SKU whole, then opens its form.
func (s *screen) load(id ids.SKUID) {
	kit.Run(s.env, s.list.Owner().Lane("card"), func(ctx context.Context) (catalog.Card, error) {
		return s.app.Catalog.Get(ctx, id)
	}, func(c catalog.Card) { s.edit(&c) })
}

// edit opens the form of a SKU; nil makes a new one.
func (s *screen) edit(c *catalog.Card) {
	var d draft
	title := "products.new"
	if c != nil {
		d, title = draftOf(*c), "products.edit"
	}
	kit.OpenForm(s.env, kit.FormSpec{
		ID: "sku.form", Title: title, OK: "common.save",
		Build: func(f *kit.Form) {
			f.Text("code", "field.sku", &d.code)
			f.Text("title", "field.title", &d.title)
			f.Text("spec", "field.spec", &d.spec)
			f.Text("brand", "field.brand", &d.brand)
			f.Text("category", "field.category", &d.category)
			f.Money("price", "field.price", &d.price)
			f.Qty("weight", "products.weight_g", &d.weight)
			f.Text("bin", "field.bin", &d.bin)
			f.Text("barcodes", "products.barcodes", &d.barcodes)
			f.Text("parts", "products.parts", &d.parts)
			if c != nil {
				f.Tick("disabled", "products.off_tick", &d.disabled)
			}
		},
		Save: func(ctx context.Context) error { return s.save(ctx, d) },
		Done: func() { s.list.Hint(theme.OK, s.env.T("products.saved", "sku", d.code)) },
	})
}

// save writes the product, then the SKU.
func (s *screen) save(ctx context.Context, d draft) error {
	barcodes, err := parseCounted(d.barcodes, "barcodes")
	if err != nil {
		return err
	}
	parts, err := parseCounted(d.parts, "parts")
	if err != nil {
		return err
	}
	cmd := catalog.SaveSKUCmd{
		ID: d.card.SKU.ID, Version: d.card.SKU.Version, Product: d.card.Product.ID, Code: d.code, Spec: d.spec,
		PriceFen: d.price, WeightG: d.weight, Bin: d.bin, Disabled: d.disabled,
	}
	for _, b := range barcodes {
		cmd.Barcodes = append(cmd.Barcodes, domain.Barcode{Code: b.code, PackQty: b.n})
	}
	for _, p := range parts {
		card, err := s.app.Catalog.GetByCode(ctx, p.code)
		if err != nil {
			return err
		}
		cmd.Parts = append(cmd.Parts, domain.KitPart{SKU: card.SKU.ID, Qty: p.n})
	}
	product := d.card.Product
	if product.ID.Zero() || product.Title != d.title || product.Brand != d.brand || product.Category != d.category {
		code := product.Code
		if code == "" {
			code = d.code
		}
		cmd.Product, err = s.app.Catalog.SaveProduct(ctx, catalog.SaveProductCmd{
			ID: product.ID, Version: product.Version, Code: code, Title: d.title, Brand: d.brand, Category: d.category,
		})
		if err != nil {
			return err
		}
	}
	_, err = s.app.Catalog.SaveSKU(ctx, cmd)
	return err
}

// template writes the empty product list to fill in and drop into the inbox.
func (s *screen) template() {
	kit.SaveFile(s.env, s.env.T("products.template_name")+".xlsx", kit.FileFilter{}, s.writeTemplate)
}

func (s *screen) writeTemplate(path string) {
	kit.Act(s.env, s.list.Owner(), func(context.Context) (string, error) {
		return path, reports.WriteFile(reports.OS, path, func(w io.Writer) error { return ingest.WriteProductTemplate(w, s.env.Tr) })
	}, func(path string) { s.list.Hint(theme.OK, s.env.T("products.template_done", "file", path)) })
}

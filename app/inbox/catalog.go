package inbox

import (
	"strconv"

	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/flow"
	"zhanggui/app/ids"
	"zhanggui/app/ingest"
	"zhanggui/app/pinyin"
)

// products compares the product list with the catalogue.
func (p *Plan) products(r core.Reads) error {
	for i := range p.File.Products {
		d := &p.File.Products[i]
		item := Item{Index: i, Number: d.SKUCode, Rows: []int{d.Row}, Result: domain.RowNew}
		old, err := r.Catalog().SKUByCode(d.SKUCode)
		if err == nil {
			if item.Changed, err = productDiff(r.Catalog(), old, d); err != nil {
				return err
			}
			item.Result = domain.RowSame
			if len(item.Changed) > 0 {
				item.Result = domain.RowChanged
			}
		} else if !fault.Is(err, fault.NotFound) {
			return err
		}
		p.add(item)
	}
	return nil
}

// opening compares opening rows with what already moved: stock that has moved
// is not opened again.
func (p *Plan) opening(r core.Reads) error {
	for i := range p.File.Opening {
		d := &p.File.Opening[i]
		item := Item{Index: i, Number: d.SKUCode, Rows: []int{d.Row}, Result: domain.RowNew}
		sku, err := r.Catalog().SKUByCode(d.SKUCode)
		switch {
		case fault.Is(err, fault.NotFound):
			p.refuse(i, "E21", "fault.inbox.opening_sku", d)
			continue
		case err != nil:
			return err
		case sku.Kit:
			p.refuse(i, "E22", "fault.stock.kit", d)
			continue
		}
		level, err := r.Stock().Level(domain.DefaultWarehouse, sku.ID)
		if err != nil {
			return err
		}
		if level.Version != 0 {
			item.Result = domain.RowSame
		}
		p.add(item)
	}
	return nil
}

// refuse turns an opening row into a refused one.
func (p *Plan) refuse(index int, code, key string, d *ingest.OpeningDraft) {
	p.File.Rejected = append(p.File.Rejected, ingest.Reject{
		Order: d.SKUCode, Row: d.Row, Column: "sku", Value: d.SKUCode, Code: code, Key: key, Args: fault.Args("sku", d.SKUCode),
	})
	p.add(Item{Index: index, Number: d.SKUCode, Rows: []int{d.Row}, Result: domain.RowRejected})
}

// productDiff names what the row changes of a SKU. Empty cells change nothing.
func productDiff(r core.CatalogReads, old *domain.SKU, d *ingest.ProductDraft) ([]string, error) {
	prod, err := r.Product(old.Product)
	if err != nil {
		return nil, err
	}
	var list []string
	text := func(name, ours, theirs string) {
		if theirs != "" && ours != theirs {
			list = append(list, name)
		}
	}
	text("title", prod.Title, d.Title)
	text("brand", prod.Brand, d.Brand)
	text("category", prod.Category, d.Category)
	text("spec", old.Spec, d.Spec)
	text("bin", old.Bin, d.Bin)
	if d.PriceFen != 0 && d.PriceFen != old.PriceFen {
		list = append(list, "price")
	}
	if d.WeightG != 0 && d.WeightG != old.WeightG {
		list = append(list, "weight")
	}
	if len(newBarcodes(old, d)) > 0 {
		list = append(list, "barcodes")
	}
	for _, c := range d.Codes {
		maps, err := r.MapCodes(c.Channel, []string{c.Code})
		if err != nil {
			return nil, err
		}
		if maps[domain.NormalCode(c.Code)].SKU != old.ID {
			list = append(list, "codes")
			break
		}
	}
	return list, nil
}

func newBarcodes(old *domain.SKU, d *ingest.ProductDraft) []domain.Barcode {
	var list []domain.Barcode
	for _, b := range d.Barcodes {
		known := false
		for _, have := range old.Barcodes {
			known = known || have.Code == b.Code
		}
		if !known {
			list = append(list, domain.Barcode{Code: b.Code, PackQty: max(b.PackQty, 1)})
		}
	}
	return list
}

// products writes one chunk of the product list. Kits may name parts that come
// later in the file, so plain SKUs of the whole file exist before their kits
// only when they stand above; a kit with an unknown part is a clear fault.
func (r *run) products(u *core.Unit, t *tally, from, to int) error {
	for i := from; i < to; i++ {
		if err := r.product(u, t, &r.p.File.Products[i]); err != nil {
			return fault.Wrap(err, "row "+strconv.Itoa(r.p.File.Products[i].Row))
		}
	}
	u.Changed(core.TopicCatalog)
	return nil
}

func (r *run) product(u *core.Unit, t *tally, d *ingest.ProductDraft) error {
	row := domain.ImportRow{Rows: strconv.Itoa(d.Row), RefKind: "sku", Number: d.SKUCode, Result: domain.RowChanged}
	sku, err := u.Catalog().SKUByCode(d.SKUCode)
	made := false
	switch {
	case fault.Is(err, fault.NotFound):
		sku = &domain.SKU{ID: ids.New[ids.SKUKind](u.IDs), Code: d.SKUCode}
		row.Result = domain.RowNew
	case err != nil:
		return err
	default:
		changed, err := productDiff(u.Catalog(), sku, d)
		if err != nil {
			return err
		}
		if len(changed) == 0 {
			row.Result = domain.RowSame
			t.add(row)
			return nil
		}
		row.Key, row.Args = "inbox.changed", map[string]string{"changed": join(changed)}
		row.Before = skuState(sku)
	}
	if made, err = saveProductOf(u, sku, d); err != nil {
		return err
	}
	if err := fillSKU(u, sku, d); err != nil {
		return err
	}
	prod, err := u.Catalog().Product(sku.Product)
	if err != nil {
		return err
	}
	if err := sku.Validate(); err != nil {
		return err
	}
	if err := u.Catalog().SaveSKU(sku, pinyin.Key(prod.Title+" "+sku.Spec)); err != nil {
		return err
	}
	for _, c := range d.Codes {
		if err := u.Catalog().SaveCode(domain.CodeMap{Channel: c.Channel, Code: c.Code, SKU: sku.ID, Qty: 1, At: u.Now}); err != nil {
			return err
		}
	}
	row.RefID = sku.ID.String()
	row.After = state{Version: sku.Version, Product: made}.String()
	t.add(row)
	return nil
}

// saveProductOf finds or makes the SKU's product and takes the row's texts over.
func saveProductOf(u *core.Unit, sku *domain.SKU, d *ingest.ProductDraft) (made bool, err error) {
	code := d.ProductCode
	if code == "" {
		code = d.SKUCode
	}
	var prod *domain.Product
	if !sku.Product.Zero() {
		prod, err = u.Catalog().Product(sku.Product)
	} else {
		prod, err = u.Catalog().ProductByCode(code)
	}
	if fault.Is(err, fault.NotFound) {
		prod, made, err = &domain.Product{ID: ids.New[ids.ProductKind](u.IDs), Code: code, Title: d.SKUCode}, true, nil
	}
	if err != nil {
		return false, err
	}
	before := *prod
	take(&prod.Title, d.Title)
	take(&prod.Brand, d.Brand)
	take(&prod.Category, d.Category)
	sku.Product = prod.ID
	if *prod == before && !made {
		return false, nil
	}
	return made, u.Catalog().SaveProduct(prod)
}

func take(ours *string, theirs string) {
	if theirs != "" {
		*ours = theirs
	}
}

func fillSKU(u *core.Unit, sku *domain.SKU, d *ingest.ProductDraft) error {
	take(&sku.Spec, d.Spec)
	take(&sku.Bin, d.Bin)
	if d.PriceFen != 0 {
		sku.PriceFen = d.PriceFen
	}
	if d.WeightG != 0 {
		sku.WeightG = d.WeightG
	}
	sku.Barcodes = append(sku.Barcodes, newBarcodes(sku, d)...)
	if len(d.Parts) == 0 {
		return nil
	}
	sku.Kit, sku.Parts = true, nil
	for _, part := range d.Parts {
		p, err := u.Catalog().SKUByCode(part.SKUCode)
		if err != nil {
			return fault.New(fault.NotFound, "fault.inbox.kit_part", "sku", d.SKUCode, "part", part.SKUCode)
		}
		if p.Kit {
			return fault.New(fault.Invalid, "fault.catalog.nested_kit", "sku", d.SKUCode, "part", part.SKUCode)
		}
		sku.Parts = append(sku.Parts, domain.KitPart{SKU: p.ID, Qty: part.Qty})
	}
	return nil
}

// opening writes one chunk of opening stock.
func (r *run) opening(u *core.Unit, t *tally, from, to int) error {
	for i := from; i < to; i++ {
		d := &r.p.File.Opening[i]
		sku, err := u.Catalog().SKUByCode(d.SKUCode)
		if fault.Is(err, fault.NotFound) {
			continue // refused by the preview
		}
		if err != nil {
			return err
		}
		row := domain.ImportRow{Rows: strconv.Itoa(d.Row), RefKind: "opening", Number: d.SKUCode, Result: domain.RowNew}
		doc := ids.New[ids.DocKind](u.IDs)
		_, err = flow.Opening(u, sku, d.Qty, d.ValueFen, doc)
		if fault.Key(err) == "fault.stock.opening_late" {
			row.Result = domain.RowSame
			t.add(row)
			continue
		}
		if fault.Key(err) == "fault.stock.kit" {
			continue
		}
		if err != nil {
			return fault.Wrap(err, "row "+strconv.Itoa(d.Row))
		}
		row.RefID = doc.String()
		row.After = state{}.String()
		t.add(row)
	}
	return nil
}

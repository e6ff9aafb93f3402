package inbox

import (
	"sort"
	"strconv"

	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/flow"
	"zhanggui/app/ids"
	"zhanggui/app/ingest"
	"zhanggui/app/pinyin"
)

// products compares the product list with the catalogue and refuses what could
// not be written. Plain SKUs come before kits, so that a kit finds its parts
// wherever they stand in the file.
func (p *Plan) products(r core.Reads) error {
	list := p.File.Products
	sort.SliceStable(list, func(i, k int) bool { return len(list[i].Parts) == 0 && len(list[k].Parts) > 0 })
	c := catalogCheck{r: r, plan: p, skus: map[string]bool{}, bars: map[string]string{}}
	for i := range list {
		if err := c.product(i, &list[i]); err != nil {
			return err
		}
	}
	return nil
}

// catalogCheck compares a product list row by row.
type catalogCheck struct {
	r    core.Reads
	plan *Plan
	skus map[string]bool   // codes that the file brings, true for kits
	bars map[string]string // barcodes that the file brings, by whom
}

func (c *catalogCheck) product(i int, d *ingest.ProductDraft) error {
	item := Item{Index: i, Number: d.SKUCode, Rows: []int{d.Row}, Result: domain.RowNew}
	old, err := c.r.Catalog().SKUByCode(d.SKUCode)
	if fault.Is(err, fault.NotFound) {
		old, err = nil, nil
	}
	if err != nil {
		return err
	}
	why, err := c.refuse(old, d)
	if err != nil {
		return err
	}
	if why != nil {
		c.plan.reject(item, *why)
		return nil
	}
	c.skus[domain.NormalCode(d.SKUCode)] = len(d.Parts) > 0 || old != nil && old.Kit
	for _, b := range d.Barcodes {
		c.bars[domain.NormalCode(b.Code)] = d.SKUCode
	}
	if old != nil {
		diff, err := productDiff(c.r.Catalog(), old, d)
		if err != nil {
			return err
		}
		item.Changed, item.Shifts = diff.changed, diff.shifts
		item.Result = domain.RowSame
		if len(item.Changed) > 0 {
			item.Result = domain.RowChanged
		}
	}
	c.plan.add(item)
	return nil
}

// refuse says why a row cannot be written, nil when it can.
func (c *catalogCheck) refuse(old *domain.SKU, d *ingest.ProductDraft) (*ingest.Reject, error) {
	trial := domain.SKU{Code: d.SKUCode, PriceFen: d.PriceFen, WeightG: d.WeightG}
	if err := trial.Validate(); err != nil {
		return because("E44", err), nil
	}
	for _, code := range d.Codes {
		if !domain.KnownChannel(code.Channel) {
			return because("E45", fault.New(fault.Invalid, "fault.inbox.channel", "channel", code.Channel, "code", code.Code)), nil
		}
	}
	if why, err := c.refuseBarcodes(d); why != nil || err != nil {
		return why, err
	}
	if len(d.Parts) == 0 {
		return nil, nil
	}
	if why, err := c.refuseParts(d); why != nil || err != nil {
		return why, err
	}
	if old == nil || old.Kit {
		return nil, nil
	}
	err := flow.BecomesKit(c.r.Catalog(), c.r.Stock(), old)
	if fault.Is(err, fault.Conflict) {
		return because("E48", err), nil
	}
	return nil, err
}

func (c *catalogCheck) refuseBarcodes(d *ingest.ProductDraft) (*ingest.Reject, error) {
	for _, b := range d.Barcodes {
		key := domain.NormalCode(b.Code)
		owner, taken := c.bars[key]
		if !taken {
			sku, _, err := c.r.Catalog().SKUByBarcode(b.Code)
			switch {
			case fault.Is(err, fault.NotFound):
				continue
			case err != nil:
				return nil, err
			}
			owner = sku.Code
		}
		if domain.NormalCode(owner) != domain.NormalCode(d.SKUCode) {
			return because("E46", fault.New(fault.Conflict, "fault.catalog.barcode_used", "code", b.Code)), nil
		}
	}
	return nil, nil
}

// refuseParts wants every part known, here or above in the file, plain, and named once.
func (c *catalogCheck) refuseParts(d *ingest.ProductDraft) (*ingest.Reject, error) {
	seen := map[string]bool{}
	for _, part := range d.Parts {
		key := domain.NormalCode(part.SKUCode)
		kit, here := c.skus[key]
		if !here {
			sku, err := c.r.Catalog().SKUByCode(part.SKUCode)
			switch {
			case fault.Is(err, fault.NotFound):
				return because("E47", fault.New(fault.NotFound, "fault.inbox.kit_part", "sku", d.SKUCode, "part", part.SKUCode)), nil
			case err != nil:
				return nil, err
			}
			kit = sku.Kit
		}
		if kit {
			return because("E47", fault.New(fault.Invalid, "fault.catalog.nested_kit", "sku", d.SKUCode, "part", part.SKUCode)), nil
		}
		if seen[key] {
			return because("E47", fault.New(fault.Invalid, "fault.inbox.part_twice", "sku", d.SKUCode, "part", part.SKUCode)), nil
		}
		seen[key] = true
	}
	return nil, nil
}

// because makes a refusal of a fault.
func because(code string, err error) *ingest.Reject {
	f := fault.From(err)
	return &ingest.Reject{Code: code, Key: f.Key, Args: f.Args}
}

// productDiff says what the row changes of a SKU. Empty cells change nothing.
func productDiff(r core.CatalogReads, old *domain.SKU, d *ingest.ProductDraft) (goodsDiff, error) {
	var g goodsDiff
	prod, err := r.Product(old.Product)
	if err != nil {
		return g, err
	}
	g.text("title", prod.Title, d.Title)
	g.text("brand", prod.Brand, d.Brand)
	g.text("category", prod.Category, d.Category)
	g.text("spec", old.Spec, d.Spec)
	g.text("bin", old.Bin, d.Bin)
	g.price(old.PriceFen, d.PriceFen)
	g.weight(old.WeightG, d.WeightG)
	if len(newBarcodes(old, d)) > 0 {
		g.more("barcodes")
	}
	for _, c := range d.Codes {
		maps, err := r.MapCodes(c.Channel, []string{c.Code})
		if err != nil {
			return g, err
		}
		if maps[domain.NormalCode(c.Code)].SKU != old.ID {
			g.more("codes")
			break
		}
	}
	return g, nil
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

// products writes one chunk of the product list.
func (r *run) products(u *core.Unit, t *tally, from, to int) error {
	for i := from; i < to; i++ {
		if r.p.Items[i].Result == domain.RowRejected {
			continue
		}
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
	switch {
	case fault.Is(err, fault.NotFound):
		sku = &domain.SKU{ID: ids.New[ids.SKUKind](u.IDs), Code: d.SKUCode}
		row.Result = domain.RowNew
	case err != nil:
		return err
	default:
		diff, err := productDiff(u.Catalog(), sku, d)
		if err != nil {
			return err
		}
		if len(diff.changed) == 0 {
			row.Result = domain.RowSame
			t.add(row)
			return nil
		}
		row.Key, row.Args = "inbox.changed", map[string]string{"changed": join(diff.changed)}
		row.Before = skuState(sku)
	}
	after := state{}
	if err = saveProductOf(u, sku, d, &after); err != nil {
		return err
	}
	if err := fillSKU(u, sku, d); err != nil {
		return err
	}
	if err := sku.Validate(); err != nil {
		return err
	}
	if err := saveSKU(u, sku); err != nil {
		return err
	}
	if err := saveCodes(u, sku, d, &after); err != nil {
		return err
	}
	row.RefID = sku.ID.String()
	after.Version = sku.Version
	row.After = after.String()
	t.add(row)
	return nil
}

// saveCodes ties the channel codes of the row to the SKU and notes what they
// were tied to, for undo.
func saveCodes(u *core.Unit, sku *domain.SKU, d *ingest.ProductDraft, after *state) error {
	for _, c := range d.Codes {
		known, err := u.Catalog().MapCodes(c.Channel, []string{c.Code})
		if err != nil {
			return err
		}
		was, stored := known[domain.NormalCode(c.Code)]
		if stored = stored && was.At != 0; stored && was.SKU == sku.ID { // At 0: the SKU's own code, not a mapping
			continue
		}
		change := codeChange{Channel: c.Channel, Code: c.Code}
		if stored {
			change.Was = &was
		}
		after.Codes = append(after.Codes, change)
		if err := u.Catalog().SaveCode(domain.CodeMap{Channel: c.Channel, Code: c.Code, SKU: sku.ID, Qty: 1, At: u.Now}); err != nil {
			return err
		}
	}
	return nil
}

// saveProductOf finds or makes the SKU's product and takes the row's texts
// over; what it was before is noted for undo.
func saveProductOf(u *core.Unit, sku *domain.SKU, d *ingest.ProductDraft, after *state) error {
	code := d.ProductCode
	if code == "" {
		code = d.SKUCode
	}
	var prod *domain.Product
	var err error
	if !sku.Product.Zero() {
		prod, err = u.Catalog().Product(sku.Product)
	} else {
		prod, err = u.Catalog().ProductByCode(code)
	}
	made := fault.Is(err, fault.NotFound)
	if made {
		prod, err = &domain.Product{ID: ids.New[ids.ProductKind](u.IDs), Code: code, Title: d.SKUCode}, nil
	}
	if err != nil {
		return err
	}
	before := *prod
	take(&prod.Title, d.Title)
	take(&prod.Brand, d.Brand)
	take(&prod.Category, d.Category)
	sku.Product, after.Product = prod.ID, made
	if *prod == before && !made {
		return nil
	}
	if err := u.Catalog().SaveProduct(prod); err != nil {
		return err
	}
	if !made {
		after.WasProduct, after.ProductVersion = &before, prod.Version
	}
	return nil
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

// saveSKU writes a SKU whose product is there, with what it is found by.
func saveSKU(u *core.Unit, sku *domain.SKU) error {
	prod, err := u.Catalog().Product(sku.Product)
	if err != nil {
		return err
	}
	return u.Catalog().SaveSKU(sku, pinyin.Key(prod.Title+" "+sku.Spec))
}

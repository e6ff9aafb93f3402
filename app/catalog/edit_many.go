package catalog

import (
	"context"
	"encoding/json"
	"fmt"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
	"zhanggui/app/pinyin"
)

// Edit changes one field of a SKU or of its product from what the person saw to
// something else. From and To are in the form of Field.Form.
type Edit struct {
	SKU      ids.SKUID
	Field    Field
	From, To string
}

// Refusal is why one edit of many was not made.
type Refusal struct {
	SKU   ids.SKUID
	Field Field
	Err   error
}

// EditManyCmd changes fields of many SKUs and products, all or none. Exchanging
// From and To of a command that was done makes the one that takes it back.
type EditManyCmd struct{ Edits []Edit }

// editsLimit is what one command may change: while it is written others wait.
const editsLimit = 20_000

// Action is the right it needs.
func (EditManyCmd) Action() auth.Action { return auth.CatalogEdit }

// Validate wants edits of known fields, each once. Errors: Invalid; Limit.
func (c EditManyCmd) Validate() error {
	if len(c.Edits) == 0 {
		return fault.New(fault.Invalid, "fault.catalog.no_edits")
	}
	if len(c.Edits) > editsLimit {
		return fault.New(fault.Limit, "fault.catalog.edits_many", "n", len(c.Edits), "limit", editsLimit)
	}
	for _, e := range c.Edits {
		if !e.Field.Known() || e.SKU.Zero() {
			return fault.New(fault.Invalid, "fault.catalog.no_edits")
		}
	}
	if twice(c.Edits, func(e Edit) string { return e.SKU.String() + string(e.Field) }) {
		return fault.New(fault.Invalid, "fault.catalog.no_edits")
	}
	return nil
}

// EditMany makes all edits in one transaction, or none: then it names each edit
// that is in the way, beside the error, which is that of the first one. A value
// that is no longer what the person saw is such an edit; the fault says who
// changed it when, as far as the audit log knows. Every record that changes
// leaves one audit line with before and after.
// Errors: Denied; Invalid; Limit; NotFound; Conflict fault.catalog.edit_later,
// fault.catalog.edit_moved, fault.catalog.barcode_used.
func (s *Service) EditMany(ctx context.Context, cmd EditManyCmd) ([]Refusal, error) {
	var refused []Refusal
	_, err := core.Do(ctx, s.e, cmd, func(u *core.Unit) (bool, error) {
		t, err := loadEdited(u, cmd.Edits)
		if err != nil {
			return false, err
		}
		if err := t.edit(cmd.Edits); err != nil {
			return false, err
		}
		if len(t.refused) == 0 && len(t.before)+len(t.was) == 0 {
			return false, fault.New(fault.Invalid, "fault.catalog.no_edits") // somebody did the same
		}
		if len(t.refused) == 0 {
			err = t.save()
		}
		refused = t.refused
		if err == nil && len(refused) > 0 {
			err = refused[0].Err
		}
		return true, err
	})
	if err == nil {
		return nil, nil
	}
	return refused, err
}

// edited are the records of one EditMany.
type edited struct {
	u        *core.Unit
	order    []ids.SKUID // as first named
	skus     map[ids.SKUID]*domain.SKU
	products map[ids.ProductID]*domain.Product
	before   map[ids.SKUID]domain.SKU // of SKUs with a change of their own
	was      map[ids.ProductID]domain.Product
	refused  []Refusal
}

func loadEdited(u *core.Unit, edits []Edit) (*edited, error) {
	t := &edited{
		u: u, products: map[ids.ProductID]*domain.Product{},
		before: map[ids.SKUID]domain.SKU{}, was: map[ids.ProductID]domain.Product{},
	}
	seen := map[ids.SKUID]bool{}
	for _, e := range edits {
		if !seen[e.SKU] {
			seen[e.SKU] = true
			t.order = append(t.order, e.SKU)
		}
	}
	var err error
	if t.skus, err = u.Catalog().SKUs(t.order); err != nil {
		return nil, err
	}
	for _, sku := range t.skus {
		if t.products[sku.Product] == nil {
			if t.products[sku.Product], err = u.Catalog().Product(sku.Product); err != nil {
				return nil, err
			}
		}
	}
	return t, nil
}

func (t *edited) refuse(e Edit, err error) {
	t.refused = append(t.refused, Refusal{e.SKU, e.Field, err})
}

// edit makes the edits in memory and collects what is in their way.
func (t *edited) edit(edits []Edit) error {
	wanted := map[string]Edit{} // of products: two SKUs of one may not ask for different things
	for _, e := range edits {
		sku := t.skus[e.SKU]
		if sku == nil {
			t.refuse(e, fault.New(fault.NotFound, "fault.catalog.unknown_sku", "code", e.SKU))
			continue
		}
		product := t.products[sku.Product]
		to, err := e.Field.Form(e.To)
		if err != nil {
			t.refuse(e, err)
			continue
		}
		if e.Field.OfProduct() {
			key := product.ID.String() + string(e.Field)
			if first, ok := wanted[key]; ok {
				if first.To != e.To {
					t.refuse(e, fault.New(fault.Invalid, "fault.catalog.edit_shared", "sku", sku.Code, "other", t.skus[first.SKU].Code))
				}
				continue
			}
			wanted[key] = e
		}
		now := e.Field.Of(sku, product)
		if now == to {
			continue
		}
		if now != e.From {
			later, err := t.later(e, sku, now)
			if err != nil {
				return err
			}
			t.refuse(e, later)
			continue
		}
		t.keep(e.Field, sku, product)
		e.Field.set(sku, product, to)
	}
	return nil
}

// keep remembers a record as it was before its first edit.
func (t *edited) keep(f Field, sku *domain.SKU, product *domain.Product) {
	if f.OfProduct() {
		if _, kept := t.was[product.ID]; !kept {
			t.was[product.ID] = *product
		}
		return
	}
	if _, kept := t.before[sku.ID]; !kept {
		t.before[sku.ID] = *sku
	}
}

// save writes SKUs, then products, each with its audit line.
func (t *edited) save() error {
	if err := t.freeBarcodes(); err != nil {
		return err
	}
	for _, id := range t.order {
		before, ok := t.before[id]
		if !ok {
			continue
		}
		sku := t.skus[id]
		err := t.u.Catalog().SaveSKU(sku, pinyin.Key(t.products[sku.Product].Title+" "+sku.Spec))
		if fault.Key(err) == "fault.catalog.barcode_used" {
			t.refuse(Edit{SKU: id, Field: FieldBarcode}, err)
			continue
		}
		if err != nil {
			return err
		}
		t.u.Audit("sku", id.String(), "audit.sku_changed", factsOf(&before), factsOf(sku), "sku", sku.Code, "title", t.products[sku.Product].Title)
		t.u.Changed(core.TopicCatalog, id.String())
		t.u.Changed(core.TopicStock, id.String())
	}
	if len(t.refused) > 0 {
		return nil
	}
	return t.saveProducts()
}

// freeBarcodes takes the barcodes that change from all their SKUs first, so that
// two SKUs may exchange theirs.
func (t *edited) freeBarcodes() error {
	for _, id := range t.order {
		before, ok := t.before[id]
		sku := t.skus[id]
		if !ok || len(before.Barcodes) == 0 || barcodesText(before.Barcodes) == barcodesText(sku.Barcodes) {
			continue
		}
		kept := sku.Barcodes
		sku.Barcodes = nil
		if err := t.u.Catalog().SaveSKU(sku, ""); err != nil {
			return err
		}
		sku.Barcodes = kept
	}
	return nil
}

func (t *edited) saveProducts() error {
	done := map[ids.ProductID]bool{}
	for _, id := range t.order {
		sku := t.skus[id]
		before, ok := t.was[sku.Product]
		if !ok || done[sku.Product] {
			continue
		}
		done[sku.Product] = true
		p := t.products[sku.Product]
		if err := t.u.Catalog().SaveProduct(p); err != nil {
			return err
		}
		if p.Title != before.Title {
			if err := renewKeys(t.u, p); err != nil {
				return err
			}
		}
		t.u.Audit("product", p.ID.String(), "audit.product_changed", before, p, "code", p.Code, "title", p.Title)
		t.u.Changed(core.TopicCatalog, p.ID.String())
	}
	return nil
}

// auditKeys are the names of the fields in the audit's before and after.
var auditKeys = map[Field]string{
	FieldTitle: "Title", FieldBrand: "Brand", FieldCategory: "Category",
	FieldSpec: "spec", FieldPrice: "price_fen", FieldWeight: "weight_g", FieldBin: "bin", FieldBarcode: "barcodes",
}

// Bounds of the search for who changed a field: how far back the audit of a record
// is looked through, and for how many refused edits.
const (
	laterLines = 50
	laterMost  = 50
)

// later is the fault of a value that is no longer what the person saw, with the
// name of who changed it when the audit log has it.
func (t *edited) later(e Edit, sku *domain.SKU, now string) (*fault.Error, error) {
	if now == "" {
		now = "–"
	}
	moved := fault.New(fault.Conflict, "fault.catalog.edit_moved", "sku", sku.Code, "field", e.Field, "now", now)
	if len(t.refused) >= laterMost {
		return moved, nil
	}
	entity, id := "sku", sku.ID.String()
	if e.Field.OfProduct() {
		entity, id = "product", sku.Product.String()
	}
	lines, err := t.u.Log().ListAudit(core.Query{
		Conds: []core.Cond{{Field: "entity", Op: "=", Value: entity}, {Field: "entity_id", Op: "=", Value: id}},
		Page:  core.Page{Limit: laterLines},
	})
	if err != nil {
		return nil, err
	}
	for _, l := range lines.Rows {
		if changedIn(l, auditKeys[e.Field]) {
			return fault.New(fault.Conflict, "fault.catalog.edit_later", "sku", sku.Code, "field", e.Field, "now", now, "name", l.Actor, "at", l.At.Minute()), nil
		}
	}
	return moved, nil
}

// changedIn tells whether an audit line changed a field.
func changedIn(l core.AuditLine, key string) bool {
	var before, after map[string]any
	if json.Unmarshal([]byte(l.Before), &before) != nil || json.Unmarshal([]byte(l.After), &after) != nil {
		return false
	}
	return fmt.Sprint(before[key]) != fmt.Sprint(after[key])
}

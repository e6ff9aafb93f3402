package inbox

import (
	"encoding/json"

	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
	"zhanggui/app/pinyin"
)

// skuBefore is a SKU as it was before an import changed it.
type skuBefore struct {
	SKU domain.SKU `json:"sku"`
}

func skuState(s *domain.SKU) string {
	b, err := json.Marshal(skuBefore{SKU: *s})
	if err != nil {
		panic("inbox: sku state: " + err.Error()) // plain structs always marshal
	}
	return string(b)
}

// skuRow deletes a SKU that the import made, or gives it its old values back.
// A SKU that was used or edited since is named in the refusal.
func (un *undo) skuRow(row *domain.ImportRow) error {
	id, err := ids.Parse[ids.SKUKind](row.RefID)
	if err != nil {
		return fault.From(err)
	}
	sku, err := un.u.Catalog().SKU(id)
	if err != nil {
		return err
	}
	var after state
	if err := json.Unmarshal([]byte(row.After), &after); err != nil {
		return fault.From(err)
	}
	if sku.Version > after.Version {
		return fault.New(fault.Conflict, "fault.inbox.depends", "file", Source{Path: un.imp.File}.Name(), "records", sku.Code)
	}
	if row.Result == domain.RowNew {
		if err := un.u.Catalog().DeleteSKU(id); err != nil {
			if fault.Is(err, fault.Conflict) {
				return fault.New(fault.Conflict, "fault.inbox.depends", "file", Source{Path: un.imp.File}.Name(), "records", sku.Code)
			}
			return err
		}
		return nil
	}
	var before skuBefore
	if err := json.Unmarshal([]byte(row.Before), &before); err != nil {
		return fault.From(err)
	}
	before.SKU.Version = sku.Version
	prod, err := un.u.Catalog().Product(sku.Product)
	if err != nil {
		return err
	}
	return un.u.Catalog().SaveSKU(&before.SKU, pinyin.Key(prod.Title+" "+before.SKU.Spec))
}

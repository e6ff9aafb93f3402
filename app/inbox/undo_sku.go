package inbox

import (
	"encoding/json"

	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
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
		return un.depends(sku.Code)
	}
	if err := un.codes(sku, after.Codes); err != nil {
		return err
	}
	if err := un.product(sku, &after); err != nil {
		return err
	}
	if row.Result == domain.RowNew {
		if err := un.u.Catalog().DeleteSKU(id); err != nil {
			if fault.Is(err, fault.Conflict) {
				return un.depends(sku.Code)
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
	return saveSKU(un.u, &before.SKU)
}

// depends is the fault of a record that later work rests on.
func (un *undo) depends(records string) error {
	return fault.New(fault.Conflict, "fault.inbox.depends", "file", Source{Path: un.imp.File}.Name(), "records", records)
}

// codes gives the channel codes back to what they meant; a code that was tied
// to another SKU since stays.
func (un *undo) codes(sku *domain.SKU, list []codeChange) error {
	for i := len(list) - 1; i >= 0; i-- {
		c := list[i]
		now, err := un.u.Catalog().MapCodes(c.Channel, []string{c.Code})
		if err != nil {
			return err
		}
		if now[domain.NormalCode(c.Code)].SKU != sku.ID {
			continue
		}
		if c.Was != nil {
			err = un.u.Catalog().SaveCode(*c.Was)
		} else {
			err = un.u.Catalog().DeleteCode(c.Channel, c.Code)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// product gives the SKU's product its texts back, unless somebody changed it since.
func (un *undo) product(sku *domain.SKU, after *state) error {
	if after.WasProduct == nil {
		return nil
	}
	prod, err := un.u.Catalog().Product(sku.Product)
	if err != nil {
		return err
	}
	want, ours := un.prods[prod.ID]
	if !ours {
		want = after.ProductVersion
	}
	if prod.Version != want {
		return un.depends(prod.Code)
	}
	was := *after.WasProduct
	was.Version = prod.Version
	if err := un.u.Catalog().SaveProduct(&was); err != nil {
		return err
	}
	if un.prods == nil {
		un.prods = map[ids.ProductID]int64{}
	}
	un.prods[prod.ID] = was.Version
	return nil
}

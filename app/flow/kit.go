package flow

import (
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
)

// BecomesKit tells whether a plain SKU may be made a kit: kits have no stock of
// their own and are no parts of others.
// Errors: Conflict fault.catalog.kit_part, fault.catalog.kit_stock.
func BecomesKit(catalog core.CatalogReads, stock core.StockReads, sku *domain.SKU) error {
	kits, err := catalog.UsedInKits(sku.ID)
	if err != nil {
		return err
	}
	if len(kits) > 0 {
		return fault.New(fault.Conflict, "fault.catalog.kit_part", "sku", sku.Code)
	}
	level, err := stock.Level(domain.DefaultWarehouse, sku.ID)
	if err != nil {
		return err
	}
	if level.OnHand != 0 || level.Reserved != 0 || level.Incoming != 0 {
		return fault.New(fault.Conflict, "fault.catalog.kit_stock", "sku", sku.Code, "on_hand", level.OnHand)
	}
	return nil
}

package backup_test

import (
	"zhanggui/app/apptest"
	"zhanggui/app/domain"
)

// stocked is a SKU with ten units.
func stocked(f *apptest.Fixture) domain.SKU {
	sku := f.SKU("MUG", 1990)
	f.Stock(sku, 10, 8_000)
	return sku
}

package products

import (
	"zhanggui/app/catalog"
	"zhanggui/app/core"
	"zhanggui/app/i18n"
	"zhanggui/ui/kit"
)

func (s *screen) columns() []kit.Column[core.SKURow] {
	tr := s.env.Tr
	return []kit.Column[core.SKURow]{
		{Key: "code", Title: "field.sku", Width: 118, Sort: "code", Sheet: kit.SheetToo, Text: func(r core.SKURow) string { return r.Code }},
		{Key: "title", Title: "field.goods", Width: 190, Min: 120, Flex: true, Sort: "title", Cell: func(r core.SKURow) kit.Cell { return kit.Text(r.Title).With(r.Spec) }, Edit: field(catalog.FieldTitle)},
		{Key: "spec", Title: "field.spec", Width: 120, Sheet: kit.SheetOnly, Edit: field(catalog.FieldSpec)},
		{Key: "category", Title: "field.category", Width: 84, Sort: "category", Muted: true, Text: func(r core.SKURow) string { return r.Category }, Edit: field(catalog.FieldCategory)},
		{Key: "brand", Title: "field.brand", Width: 84, Sheet: kit.SheetOnly, Edit: field(catalog.FieldBrand)},
		{Key: "bin", Title: "field.bin", Width: 80, Sort: "bin", Text: func(r core.SKURow) string { return r.Bin }, Edit: field(catalog.FieldBin)},
		{Key: "barcodes", Title: "field.barcode", Width: 136, Muted: true, Text: func(r core.SKURow) string { return r.Barcodes }, Edit: field(catalog.FieldBarcode)},
		{Key: "weight", Title: "field.weight", Width: 72, Align: kit.Right, Sort: "weight_g", Muted: true, Text: func(r core.SKURow) string { return weight(r.WeightG) }, Edit: field(catalog.FieldWeight)},
		{Key: "price", Title: "field.price", Width: 84, Align: kit.Right, Sort: "price_fen", Cell: func(r core.SKURow) kit.Cell { return kit.AmountOrDash(r.PriceFen) }, Edit: field(catalog.FieldPrice)},
		{Key: "on_hand", Title: "field.on_hand", Width: s.wide(64, 76), Align: kit.Right, Sort: "on_hand", Cell: func(r core.SKURow) kit.Cell {
			if r.Kit {
				return kit.Muted(i18n.Dash)
			}
			return kit.Count(r.OnHand)
		}},
		{Key: "available", Title: "field.available", Width: s.wide(64, 84), Align: kit.Right, Sort: "available", Cell: func(r core.SKURow) kit.Cell { return stock(r.Avail, r.Disabled) }},
		{Key: "state", Title: "field.status", Width: s.wide(84, 96), Cell: func(r core.SKURow) kit.Cell { return kit.Pill(stateOf(tr, r.Kit, r.Disabled)) }},
	}
}

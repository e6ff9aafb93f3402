package catalog_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/app/catalog"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
)

func save(f *apptest.Fixture, sku domain.SKU) catalog.SaveSKUCmd {
	return catalog.SaveSKUCmd{
		ID: sku.ID, Version: sku.Version, Product: sku.Product, Code: sku.Code, Spec: sku.Spec, PriceFen: sku.PriceFen,
		WeightG: sku.WeightG, Bin: sku.Bin, Disabled: sku.Disabled, Parts: sku.Parts, Barcodes: sku.Barcodes,
	}
}

func search(f *apptest.Fixture, text string) []string {
	f.T.Helper()
	list, err := f.Catalog.List(f.As(auth.Warehouse), core.Query{Search: text})
	require.NoError(f.T, err)
	var codes []string
	for _, row := range list.Rows {
		codes = append(codes, row.Code)
	}
	return codes
}

func TestSaveProduct_NewAndChanged_RenewsSearchKeys(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	pro := f.As(auth.Promotion)
	id, err := f.Catalog.SaveProduct(pro, catalog.SaveProductCmd{Code: "YS", Title: "雨伞"})
	require.NoError(t, err)
	_, err = f.Catalog.SaveSKU(pro, catalog.SaveSKUCmd{Product: id, Code: "YS-1", Spec: "红色", PriceFen: 3900})
	require.NoError(t, err)
	require.Equal(t, []string{"YS-1"}, search(f, "hs"))

	_, err = f.Catalog.SaveProduct(pro, catalog.SaveProductCmd{ID: id, Version: 1, Code: "YS", Title: "长柄遮阳伞", Brand: "天堂"})

	require.NoError(t, err)
	require.Equal(t, []string{"YS-1"}, search(f, "cbzys"))
	require.Equal(t, []string{"YS-1"}, search(f, "zbzys"), "长 is zhang as well")
	line := f.Audit("audit.product_changed")[0]
	require.Contains(t, line.Before, "雨伞")
	require.Contains(t, line.After, "天堂")
	f.CheckClean()
}

func TestSaveProduct_Faults(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	pro := f.As(auth.Promotion)
	id, err := f.Catalog.SaveProduct(pro, catalog.SaveProductCmd{Code: "A", Title: "甲"})
	require.NoError(t, err)

	_, err = f.Catalog.SaveProduct(pro, catalog.SaveProductCmd{Code: "ａ", Title: "乙"})
	require.Equal(t, "fault.catalog.code_used", fault.Key(err), "width and case do not count")
	_, err = f.Catalog.SaveProduct(pro, catalog.SaveProductCmd{ID: id, Version: 9, Code: "A", Title: "乙"})
	require.Equal(t, "fault.conflict_version", fault.Key(err))
	_, err = f.Catalog.SaveProduct(pro, catalog.SaveProductCmd{ID: ids.ProductID{5}, Version: 1, Code: "B", Title: "乙"})
	require.True(t, fault.Is(err, fault.NotFound))
	_, err = f.Catalog.SaveProduct(pro, catalog.SaveProductCmd{Code: " ", Brand: strings.Repeat("长", 2001)})
	fields := fault.From(err).Fields
	require.Contains(t, fields, "code")
	require.Contains(t, fields, "title")
	require.Contains(t, fields, "brand")
	_, err = f.Catalog.SaveProduct(f.As(auth.Warehouse), catalog.SaveProductCmd{})
	require.True(t, fault.Is(err, fault.Denied))
}

func TestSaveSKU_ChangedWhole_AuditedBeforeAndAfter(t *testing.T) {
	t.Parallel()
	apptest.Both(t, func(t *testing.T, f *apptest.Fixture) {
		sku := f.SaveSKU(catalog.SaveSKUCmd{Code: "MUG", PriceFen: 1990, Barcodes: []domain.Barcode{{Code: "6901234567892", PackQty: 1}}})
		cmd := save(f, sku)
		cmd.PriceFen, cmd.Bin = 2190, "B-2"
		cmd.Barcodes = []domain.Barcode{{Code: "6901234567892", PackQty: 1}, {Code: "16901234567899", PackQty: 6}}

		_, err := f.Catalog.SaveSKU(f.As(auth.Promotion), cmd)

		require.NoError(t, err)
		card, err := f.Catalog.GetByCode(f.As(auth.Warehouse), "mug")
		require.NoError(t, err)
		require.EqualValues(t, 2190, card.SKU.PriceFen)
		require.Len(t, card.SKU.Barcodes, 2)
		line := f.Audit("audit.sku_changed")[0]
		require.Contains(t, line.Before, `"price_fen":1990`)
		require.Contains(t, line.After, `"price_fen":2190`)
		f.CheckClean()
	})
}

func TestSaveSKU_Faults(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	pro := f.As(auth.Promotion)
	a := f.SaveSKU(catalog.SaveSKUCmd{Code: "A", Barcodes: []domain.Barcode{{Code: "111", PackQty: 1}}})
	b := f.SKU("B", 100)
	bc := func(codes ...string) (list []domain.Barcode) {
		for _, c := range codes {
			list = append(list, domain.Barcode{Code: c, PackQty: 1})
		}
		return list
	}
	for _, c := range []struct {
		why, key string
		spoil    func(cmd *catalog.SaveSKUCmd)
	}{
		{"code of another", "fault.catalog.code_used", func(c *catalog.SaveSKUCmd) { c.Code = "ａ " }},
		{"barcode of another", "fault.catalog.barcode_used", func(c *catalog.SaveSKUCmd) { c.Barcodes = bc("１１１") }},
		{"stale", "fault.conflict_version", func(c *catalog.SaveSKUCmd) { c.Version = 7 }},
		{"unknown", "fault.catalog.unknown_sku", func(c *catalog.SaveSKUCmd) { c.ID = ids.SKUID{3} }},
		{"unknown product", "fault.catalog.unknown_product", func(c *catalog.SaveSKUCmd) { c.Product = ids.ProductID{3} }},
		{"unknown part", "fault.catalog.part_unknown", func(c *catalog.SaveSKUCmd) { c.Parts = []domain.KitPart{{SKU: ids.SKUID{3}, Qty: 1}} }},
		{"barcode twice", "fault.catalog.sku", func(c *catalog.SaveSKUCmd) { c.Barcodes = bc("222", "２２２") }},
		{"part twice", "fault.catalog.sku", func(c *catalog.SaveSKUCmd) {
			c.Parts = []domain.KitPart{{SKU: a.ID, Qty: 1}, {SKU: a.ID, Qty: 2}}
		}},
		{"itself", "fault.catalog.sku", func(c *catalog.SaveSKUCmd) { c.Parts = []domain.KitPart{{SKU: b.ID, Qty: 1}} }},
		{"price", "fault.catalog.sku", func(c *catalog.SaveSKUCmd) { c.PriceFen = -1 }},
		{"no product", "fault.catalog.sku", func(c *catalog.SaveSKUCmd) { c.Product = ids.ProductID{} }},
		{"51 barcodes", "fault.catalog.barcodes_many", func(c *catalog.SaveSKUCmd) { c.Barcodes = make([]domain.Barcode, 51) }},
		{"51 parts", "fault.catalog.parts_many", func(c *catalog.SaveSKUCmd) { c.Parts = make([]domain.KitPart, 51) }},
	} {
		cmd := save(f, b)
		c.spoil(&cmd)
		_, err := f.Catalog.SaveSKU(pro, cmd)
		require.Equal(t, c.key, fault.Key(err), c.why)
	}
	_, err := f.Catalog.SaveSKU(f.As(auth.Service), catalog.SaveSKUCmd{})
	require.True(t, fault.Is(err, fault.Denied))
}

func TestSaveSKU_Kits_OneLevelAndWithoutOwnStock(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	pro := f.As(auth.Promotion)
	mug, lid := f.SKU("MUG", 1990), f.SKU("LID", 500)
	kit := f.Kit("SET", 2300, domain.KitPart{SKU: mug.ID, Qty: 1}, domain.KitPart{SKU: lid.ID, Qty: 2})

	big := save(f, f.SKU("BIG", 1))
	big.Parts = []domain.KitPart{{SKU: kit.ID, Qty: 1}}
	_, err := f.Catalog.SaveSKU(pro, big)
	require.Equal(t, "fault.catalog.kit_nested", fault.Key(err))

	part := save(f, mug)
	part.Parts = []domain.KitPart{{SKU: lid.ID, Qty: 1}}
	_, err = f.Catalog.SaveSKU(pro, part)
	require.Equal(t, "fault.catalog.kit_part", fault.Key(err))

	stocked := f.SKU("STOCKED", 1)
	f.Stock(stocked, 3, 30)
	cmd := save(f, stocked)
	cmd.Parts = []domain.KitPart{{SKU: lid.ID, Qty: 1}}
	_, err = f.Catalog.SaveSKU(pro, cmd)
	require.Equal(t, "fault.catalog.kit_stock", fault.Key(err))
	f.CheckClean()
}

// TestSaveSKU_KitEdited_OpenLinesKeepTheirParts is rules.md §5.3.6.
func TestSaveSKU_KitEdited_OpenLinesKeepTheirParts(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	mug, lid := f.SKU("MUG", 1990), f.SKU("LID", 500)
	kit := f.Kit("SET", 2300, domain.KitPart{SKU: mug.ID, Qty: 1}, domain.KitPart{SKU: lid.ID, Qty: 2})
	before := f.Order(apptest.Line(kit, 1, 2300))

	cmd := save(f, kit)
	cmd.Parts = []domain.KitPart{{SKU: mug.ID, Qty: 3}}
	_, err := f.Catalog.SaveSKU(f.As(auth.Promotion), cmd)
	require.NoError(t, err)

	require.Equal(t, before.Lines[0].Parts, f.Reload(before).Lines[0].Parts)
	require.Len(t, before.Lines[0].Parts, 2)
}

func TestGet_Kit_AvailableByItsParts(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	mug, lid := f.SKU("MUG", 1990), f.SKU("LID", 500)
	kit := f.Kit("SET", 2300, domain.KitPart{SKU: mug.ID, Qty: 1}, domain.KitPart{SKU: lid.ID, Qty: 2})
	f.Stock(mug, 10, 100)
	f.Stock(lid, 7, 70)
	require.NoError(t, f.Catalog.MapCode(f.As(auth.Promotion), catalog.MapCodeCmd{Channel: "jd", Code: "J-1", SKU: kit.ID, Qty: 1}))

	card, err := f.Catalog.Get(f.As(auth.Service), kit.ID)

	require.NoError(t, err)
	require.EqualValues(t, 3, card.Avail, "7 lids make 3 sets")
	require.Len(t, card.Parts, 2)
	require.ElementsMatch(t, []string{"MUG", "LID"}, []string{card.Parts[0].Code, card.Parts[1].Code})
	require.Equal(t, "J-1", card.Codes[0].Code)
	plain, err := f.Catalog.Get(f.As(auth.Service), mug.ID)
	require.NoError(t, err)
	require.EqualValues(t, 10, plain.Avail)
	require.Equal(t, 1, plain.InKits)
	_, err = f.Catalog.Get(f.As(auth.Service), ids.SKUID{1})
	require.True(t, fault.Is(err, fault.NotFound))
	_, err = f.Catalog.GetByCode(f.As(auth.Service), "nope")
	require.True(t, fault.Is(err, fault.NotFound))
}

func TestFindByScan_BarcodeFirstThenCode(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	wh := f.As(auth.Warehouse)
	mug := f.SaveSKU(catalog.SaveSKUCmd{Code: "MUG", Barcodes: []domain.Barcode{{Code: "6901234567892", PackQty: 1}, {Code: "BOX6", PackQty: 6}}})
	for scanned, qty := range map[string]int64{"6901234567892": 1, "６９０１２３４５６７８９２": 1, "box6": 6, "mug": 1} {
		scan, err := f.Catalog.FindByScan(wh, scanned)
		require.NoError(t, err, scanned)
		require.Equal(t, mug.ID, scan.SKU.ID)
		require.Equal(t, qty, scan.Qty)
	}

	_, err := f.Catalog.FindByScan(wh, "404")
	require.Equal(t, "fault.catalog.scan_unknown", fault.Key(err))
	cmd := save(f, mug)
	cmd.Disabled = true
	_, err = f.Catalog.SaveSKU(f.As(auth.Promotion), cmd)
	require.NoError(t, err)
	_, err = f.Catalog.FindByScan(wh, "BOX6")
	require.Equal(t, "fault.catalog.sku_disabled", fault.Key(err))
}

func TestMapCode_KeepsChangesRemoves(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	pro := f.As(auth.Promotion)
	a, b := f.SKU("A", 1), f.SKU("B", 1)
	codes := func(sku domain.SKU) []domain.CodeMap {
		card, err := f.Catalog.Get(pro, sku.ID)
		require.NoError(t, err)
		return card.Codes
	}
	require.NoError(t, f.Catalog.MapCode(pro, catalog.MapCodeCmd{Channel: "pdd", Code: "X 1", SKU: a.ID, Qty: 2}))
	require.EqualValues(t, 2, codes(a)[0].Qty)

	require.NoError(t, f.Catalog.MapCode(pro, catalog.MapCodeCmd{Channel: "pdd", Code: "x 1", SKU: b.ID, Qty: 1}))
	require.Empty(t, codes(a))
	require.Len(t, codes(b), 1)
	require.Contains(t, f.Audit("audit.code_kept")[1].Before, a.ID.String())

	require.NoError(t, f.Catalog.MapCode(pro, catalog.MapCodeCmd{Channel: "pdd", Code: "X 1"}))
	require.Empty(t, codes(b))
	require.Len(t, f.Audit("audit.code_removed"), 1)

	for field, cmd := range map[string]catalog.MapCodeCmd{
		"channel": {Channel: "ebay", Code: "X", SKU: a.ID, Qty: 1},
		"code":    {Channel: "pdd", Code: " ", SKU: a.ID, Qty: 1},
		"qty":     {Channel: "pdd", Code: "X", SKU: a.ID, Qty: 10_001},
	} {
		require.Contains(t, fault.From(f.Catalog.MapCode(pro, cmd)).Fields, field)
	}
	require.True(t, fault.Is(f.Catalog.MapCode(pro, catalog.MapCodeCmd{Channel: "pdd", Code: "X", SKU: ids.SKUID{1}, Qty: 1}), fault.NotFound))
	require.True(t, fault.Is(f.Catalog.MapCode(f.As(auth.Service), catalog.MapCodeCmd{}), fault.Denied))
	f.CheckClean()
}

func TestSaveShop_OneCodeOneChannel(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	pro := f.As(auth.Promotion)
	id, err := f.Catalog.SaveShop(pro, catalog.SaveShopCmd{Channel: "jd", Code: "jd1", Name: "京东一店"})
	require.NoError(t, err)
	_, err = f.Catalog.SaveShop(pro, catalog.SaveShopCmd{ID: id, Channel: "jd", Code: "jd1", Name: "京东旗舰店", Disabled: true})
	require.NoError(t, err)
	shops, err := f.Catalog.Shops(f.As(auth.Warehouse))
	require.NoError(t, err)
	require.Equal(t, []domain.Shop{{ID: id, Channel: "jd", Code: "jd1", Name: "京东旗舰店", Disabled: true}}, shops)
	require.Contains(t, f.Audit("audit.shop_changed")[0].Before, "京东一店")

	for key, cmd := range map[string]catalog.SaveShopCmd{
		"fault.catalog.shop_used":    {Channel: "pdd", Code: "JD1", Name: "x"},
		"fault.catalog.shop_channel": {ID: id, Channel: "pdd", Code: "jd1", Name: "x"},
		"fault.shop.unknown":         {ID: ids.ShopID{8}, Channel: "pdd", Code: "p", Name: "x"},
		"fault.catalog.shop":         {Channel: "ebay", Code: "a:b"},
	} {
		_, err := f.Catalog.SaveShop(pro, cmd)
		require.Equal(t, key, fault.Key(err))
	}
	_, err = f.Catalog.SaveShop(f.As(auth.Finance), catalog.SaveShopCmd{})
	require.True(t, fault.Is(err, fault.Denied))
}

func TestList_NoCostAnywhere(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	mug := f.SKU("MUG", 1990)
	f.Stock(mug, 4, 400)

	list, err := f.Catalog.List(f.As(auth.Warehouse), core.Query{Totals: true})

	require.NoError(t, err)
	require.EqualValues(t, 4, list.Rows[0].OnHand)
	require.Equal(t, 1, list.Total)
	_, err = f.Catalog.List(f.As(auth.Warehouse), core.Query{Conds: []core.Cond{{Field: "cost", Op: "=", Value: "1"}}})
	require.True(t, fault.Is(err, fault.Invalid))
}

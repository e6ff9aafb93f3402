package storetest

import (
	"github.com/stretchr/testify/require"

	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
)

var catalogTests = map[string]func(h *House){
	"Shop_ReadBack_CodeUsedOnce":               shops,
	"Product_ReadBack_VersionAndCode":          products,
	"SKU_EveryField_ReadBack":                  skuEveryField,
	"SKU_FoundByCodeAndBarcode_AnyWidth":       skuFound,
	"SaveSKU_CodeOrBarcodeUsed_Conflict":       skuTaken,
	"SaveSKU_StaleVersion_Conflict":            skuStale,
	"MapCodes_ChannelFirst_ThenOwnCodes":       mapCodes,
	"DeleteSKU_OnlyUnused":                     deleteSKU,
	"List_RowsChipsAndSearch":                  skusListed,
	"UsedInKits_ListsTheKits":                  usedInKits,
	"Product_ByCode_Unknown_SaysWhichCode":     unknownCodes,
	"Picture_ReadBack_Replaced_GoneWithItsSKU": pictures,
}

func shops(h *House) {
	other := domain.Shop{ID: ids.New[ids.ShopKind](h.IDs), Channel: "jd", Code: "jd1", Name: "京东旗舰店", Disabled: true}
	h.noZero(other)
	h.Write(func(tx core.Tx) { h.OK(tx.Catalog().SaveShop(&other)) })
	h.Shop.Name = "雨具专营店"
	h.Write(func(tx core.Tx) { h.OK(tx.Catalog().SaveShop(&h.Shop)) })

	h.Read(func(r core.Reads) {
		got, err := r.Catalog().Shops()
		h.OK(err)
		require.Equal(h.T, []domain.Shop{other, h.Shop}, got)
	})
	third := domain.Shop{ID: ids.New[ids.ShopKind](h.IDs), Channel: "jd", Code: "tm1"}
	err := h.Try(func(tx core.Tx) error { return tx.Catalog().SaveShop(&third) })
	h.Fault(err, fault.Conflict, "fault.catalog.shop_used")
}

func products(h *House) {
	p := &domain.Product{ID: ids.New[ids.ProductKind](h.IDs), Code: "Ｐ-2a", Title: "长柄雨伞", Brand: "天堂", Category: "雨具"}
	h.Write(func(tx core.Tx) { h.OK(tx.Catalog().SaveProduct(p)) })
	h.noZero(*p)
	h.Read(func(r core.Reads) {
		got, err := r.Catalog().Product(p.ID)
		h.OK(err)
		require.Equal(h.T, p, got)
		got, err = r.Catalog().ProductByCode(" p-2A")
		h.OK(err)
		require.Equal(h.T, p, got)
	})
	stale := *p
	p.Title, p.Code, p.Brand, p.Category = "短柄雨伞", "P-3", "无", "其他"
	h.Write(func(tx core.Tx) { h.OK(tx.Catalog().SaveProduct(p)) })
	h.Read(func(r core.Reads) {
		got, err := r.Catalog().Product(p.ID)
		h.OK(err)
		require.Equal(h.T, p, got)
	})
	h.Fault(h.Try(func(tx core.Tx) error { return tx.Catalog().SaveProduct(&stale) }), fault.Conflict, "fault.conflict_version")
	used := &domain.Product{ID: ids.New[ids.ProductKind](h.IDs), Code: "p-1"}
	h.Fault(h.Try(func(tx core.Tx) error { return tx.Catalog().SaveProduct(used) }), fault.Conflict, "fault.catalog.code_used")
}

func unknownCodes(h *House) {
	h.Read(func(r core.Reads) {
		_, err := r.Catalog().ProductByCode("P-404")
		h.Fault(err, fault.NotFound, "fault.catalog.unknown_product")
		_, err = r.Catalog().Product(ids.ProductID{4})
		h.Fault(err, fault.NotFound, "fault.catalog.unknown_product")
		_, err = r.Catalog().SKUByCode("X-404")
		h.Fault(err, fault.NotFound, "fault.catalog.unknown_sku")
		require.Equal(h.T, "X-404", fault.From(err).Args["code"])
		_, err = r.Catalog().SKU(ids.SKUID{4})
		h.Fault(err, fault.NotFound, "fault.catalog.unknown_sku")
		_, _, err = r.Catalog().SKUByBarcode("404")
		h.Fault(err, fault.NotFound, "fault.catalog.unknown_barcode")
	})
}

func skuEveryField(h *House) {
	s := h.SKU(h.Mug.Product, "SET-2", "礼盒")
	s.Kit, s.Disabled = true, true
	s.Parts = []domain.KitPart{{SKU: h.Mug.ID, Qty: 2}, {SKU: h.Lid.ID, Qty: 4}} // the ids of the house rise
	s.Barcodes = []domain.Barcode{{Code: "Abc-1", PackQty: 1}, {Code: "ABC-12", PackQty: 12}}
	h.Write(func(tx core.Tx) { h.OK(tx.Catalog().SaveSKU(s, "mkb")) })
	h.noZero(*s)

	read := func(id ids.SKUID) *domain.SKU {
		var got *domain.SKU
		h.Read(func(r core.Reads) {
			var err error
			got, err = r.Catalog().SKU(id)
			h.OK(err)
			all, err := r.Catalog().SKUs([]ids.SKUID{id, {4}, id})
			h.OK(err)
			require.Equal(h.T, map[ids.SKUID]*domain.SKU{id: got}, all)
		})
		return got
	}
	require.Equal(h.T, s, read(s.ID))

	s.Code, s.Spec, s.PriceFen, s.WeightG, s.Bin = "SET-3", "大礼盒", 1, 2, "B"
	s.Kit, s.Disabled, s.Parts, s.Barcodes = false, false, nil, []domain.Barcode{{Code: "ABC-12", PackQty: 6}}
	h.Write(func(tx core.Tx) { h.OK(tx.Catalog().SaveSKU(s, "")) })
	require.Equal(h.T, s, read(s.ID))
}

func skuFound(h *House) {
	h.Read(func(r core.Reads) {
		s, err := r.Catalog().SKUByCode("ｍｕｇ-1 ")
		h.OK(err)
		require.Equal(h.T, h.Mug, s)
		s, units, err := r.Catalog().SKUByBarcode("16901234567899")
		h.OK(err)
		require.Equal(h.T, h.Mug, s)
		require.Equal(h.T, int64(6), units)
	})
}

func skuTaken(h *House) {
	same := h.SKU(h.Mug.Product, "mug-1", "")
	h.Fault(h.Try(func(tx core.Tx) error { return tx.Catalog().SaveSKU(same, "") }), fault.Conflict, "fault.catalog.code_used")
	barcode := h.SKU(h.Mug.Product, "MUG-2", "")
	barcode.Barcodes = []domain.Barcode{{Code: "6901234567892", PackQty: 1}}
	err := h.Try(func(tx core.Tx) error { return tx.Catalog().SaveSKU(barcode, "") })
	h.Fault(err, fault.Conflict, "fault.catalog.barcode_used")
	require.Equal(h.T, "6901234567892", fault.From(err).Args["code"])
	h.Read(func(r core.Reads) {
		_, err := r.Catalog().SKUByCode("MUG-2")
		h.Fault(err, fault.NotFound, "fault.catalog.unknown_sku")
	})
}

func skuStale(h *House) {
	stale := *h.Mug
	h.Write(func(tx core.Tx) { h.OK(tx.Catalog().SaveSKU(h.Mug, "")) })

	err := h.Try(func(tx core.Tx) error { return tx.Catalog().SaveSKU(&stale, "") })

	h.Fault(err, fault.Conflict, "fault.conflict_version")
}

func mapCodes(h *House) {
	own := domain.CodeMap{Channel: "tmall", Code: "Blue Mug", SKU: h.Mug.ID, Qty: 2, At: Now}
	shadow := domain.CodeMap{Channel: "tmall", Code: "LID-1", SKU: h.Set.ID, Qty: 1, At: Now}
	h.noZero(own)
	h.Write(func(tx core.Tx) {
		h.OK(tx.Catalog().SaveCode(domain.CodeMap{Channel: "tmall", Code: "blue mug", SKU: h.Lid.ID, Qty: 1}))
		h.OK(tx.Catalog().SaveCode(own)) // replaces it
		h.OK(tx.Catalog().SaveCode(shadow))
	})

	h.Read(func(r core.Reads) {
		got, err := r.Catalog().MapCodes("tmall", []string{"ＢＬＵＥ mug", "lid-1", "Set-1", "nix", "", "lid-1"})
		h.OK(err)
		require.Equal(h.T, map[string]domain.CodeMap{
			"blue mug": own, "lid-1": shadow,
			"set-1": {Channel: "tmall", Code: "Set-1", SKU: h.Set.ID, Qty: 1},
		}, got)
		got, err = r.Catalog().MapCodes("jd", []string{"Blue Mug", "LID-1"})
		h.OK(err)
		require.Equal(h.T, map[string]domain.CodeMap{"lid-1": {Channel: "jd", Code: "LID-1", SKU: h.Lid.ID, Qty: 1}}, got)
		codes, err := r.Catalog().CodesOf(h.Mug.ID)
		h.OK(err)
		require.Equal(h.T, []domain.CodeMap{own}, codes)
	})

	h.Write(func(tx core.Tx) { h.OK(tx.Catalog().DeleteCode("tmall", "BLUE MUG")) })
	h.Read(func(r core.Reads) {
		codes, err := r.Catalog().CodesOf(h.Mug.ID)
		h.OK(err)
		require.Empty(h.T, codes)
	})
}

func deleteSKU(h *House) {
	h.Receive(h.Lid.ID, 1, 1, Now.Day())
	o := h.Order(func(o *domain.Order) {
		o.Lines[0].SKU, o.Lines[0].Parts = h.Set.ID, []domain.Part{{SKU: h.Set.ID, Qty: 1}}
	})
	h.Insert(o)
	p := &domain.Product{ID: ids.New[ids.ProductKind](h.IDs), Code: "P-2", Title: "临时"}
	free := h.SKU(p.ID, "FREE-1", "")
	free.Barcodes = []domain.Barcode{{Code: "777", PackQty: 1}}
	h.Write(func(tx core.Tx) {
		h.OK(tx.Catalog().SaveProduct(p))
		h.OK(tx.Catalog().SaveSKU(free, ""))
	})

	for _, s := range []*domain.SKU{h.Mug, h.Lid, h.Set} { // a kit's part, moved stock, an order's line
		err := h.Try(func(tx core.Tx) error { return tx.Catalog().DeleteSKU(s.ID) })
		h.Fault(err, fault.Conflict, "fault.catalog.sku_used")
	}
	h.Write(func(tx core.Tx) { h.OK(tx.Catalog().DeleteSKU(free.ID)) })

	h.Read(func(r core.Reads) {
		_, err := r.Catalog().SKU(free.ID)
		h.Fault(err, fault.NotFound, "fault.catalog.unknown_sku")
		_, err = r.Catalog().Product(p.ID)
		h.Fault(err, fault.NotFound, "fault.catalog.unknown_product")
		_, _, err = r.Catalog().SKUByBarcode("777")
		h.Fault(err, fault.NotFound, "fault.catalog.unknown_barcode")
	})
	h.Fault(h.Try(func(tx core.Tx) error { return tx.Catalog().DeleteSKU(free.ID) }), fault.NotFound, "fault.catalog.unknown_sku")
}

func skusListed(h *House) {
	h.Receive(h.Mug.ID, 5, 100, Now.Day())
	h.Receive(h.Lid.ID, 7, 10, Now.Day())
	h.Lid.Disabled = true
	h.Write(func(tx core.Tx) { h.OK(tx.Catalog().SaveSKU(h.Lid, "")) })

	h.Read(func(r core.Reads) {
		page, err := r.Catalog().List(core.Query{Totals: true})
		h.OK(err)
		require.Equal(h.T, 3, page.Total)
		require.Equal(h.T, core.SKURow{
			ID: h.Mug.ID, Product: h.Mug.Product, Code: "MUG-1", Title: "马克杯", Spec: "蓝色 350ml", Brand: "山海", Category: "杯壶",
			PriceFen: 3900, WeightG: 320, Bin: "A-01-2", Barcodes: "6901234567892×1, 16901234567899×6", OnHand: 5, Avail: 5,
		}, page.Rows[1])
		require.Equal(h.T, int64(3), page.Rows[2].Avail) // the kit: 5 Mugs, 7 Lids of 2
		for chip, codes := range map[string][]string{"kit": {"SET-1"}, "disabled": {"LID-1"}, "no_barcode": {"LID-1", "SET-1"}} {
			page, err := r.Catalog().List(core.Query{Chip: chip})
			h.OK(err)
			require.Len(h.T, page.Rows, len(codes), chip)
			for i, row := range page.Rows {
				require.Equal(h.T, codes[i], row.Code)
			}
		}
		for search, n := range map[string]int{"马克": 3, "mkb": 2, "ＭＵＧ": 1, "90123456": 1, "蓝色 杯": 1, "蓝色 盖": 0, "set 套装": 1, "%": 0, "_": 0} {
			page, err := r.Catalog().List(core.Query{Search: search})
			h.OK(err)
			require.Len(h.T, page.Rows, n, search)
		}
		_, err = r.Catalog().List(core.Query{Chip: "hot"})
		h.Fault(err, fault.Invalid, "fault.list.unknown_chip")
	})
}

func usedInKits(h *House) {
	h.Read(func(r core.Reads) {
		kits, err := r.Catalog().UsedInKits(h.Lid.ID)
		h.OK(err)
		require.Equal(h.T, []ids.SKUID{h.Set.ID}, kits)
		kits, err = r.Catalog().UsedInKits(h.Set.ID)
		h.OK(err)
		require.Empty(h.T, kits)
	})
}

package products

import (
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/catalog"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/i18n"
	"zhanggui/app/ids"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

func TestQuery_ChipsAndFilter(t *testing.T) {
	t.Parallel()
	require.Empty(t, query(kit.Query{Chip: chipAll}).Chip)
	q := query(kit.Query{Chip: chipKit, Filter: kit.NewValues("bin", "A-")})
	require.Equal(t, "kit", q.Chip)
	require.Equal(t, []core.Cond{{Field: "bin", Op: "~", Value: "A-"}}, q.Conds)
}

func TestStateOf_OffBeforeKit(t *testing.T) {
	t.Parallel()
	tr := i18n.New(i18n.Chinese)
	tone, word := stateOf(tr, true, true)
	require.Equal(t, theme.Idle, tone)
	require.Equal(t, "停用", word)
	tone, _ = stateOf(tr, true, false)
	require.Equal(t, theme.Info, tone)
}

func stored() catalog.Card {
	return catalog.Card{
		Product: domain.Product{ID: ids.ProductID{1}, Code: "P", Title: "伞", Version: 2},
		SKU:     domain.SKU{ID: ids.SKUID{2}, Product: ids.ProductID{1}, Code: "S", Version: 3, Barcodes: []domain.Barcode{{Code: "1", PackQty: 1}}},
		Codes:   []domain.CodeMap{{Channel: "jd", Code: "J 1", Qty: 1}, {Channel: "pdd", Code: "P1", Qty: 1}},
	}
}

func TestDraft_OnlyWhatChanged(t *testing.T) {
	t.Parallel()
	d := draftOf(stored())
	require.False(t, d.productChanged())
	require.False(t, d.skuChanged())
	require.Empty(t, d.mapCodes())

	d.title, d.spec = "大伞", " 红 "
	d.wanted = []domain.CodeMap{{Channel: "jd", Code: "j 1", Qty: 2}, {Channel: "tmall", Code: "T", Qty: 1}}
	require.True(t, d.productChanged())
	require.True(t, d.skuChanged())
	require.Equal(t, "红", d.saveSKU().Spec)
	require.EqualValues(t, 2, d.saveProduct().Version)
	cmds := d.mapCodes()
	require.Len(t, cmds, 3)
	require.Equal(t, []string{"j 1", "T", "P1"}, []string{cmds[0].Code, cmds[1].Code, cmds[2].Code})
	require.True(t, cmds[2].SKU.Zero(), "taken away")

	n := sibling(stored())
	require.True(t, n.sku.ID.Zero())
	require.Equal(t, ids.ProductID{1}, n.saveSKU().Product)
	require.True(t, n.skuChanged())
}

func TestDraft_Check_NamesTheField(t *testing.T) {
	t.Parallel()
	good := func() *draft { return &draft{title: "伞", code: "S"} }
	require.NoError(t, good().check())
	for field, spoil := range map[string]func(d *draft){
		"code":         func(d *draft) { d.code = " " },
		"title":        func(d *draft) { d.title = "" },
		"product_code": func(d *draft) { d.productCode = string(make([]byte, 90)) },
		"parts":        func(d *draft) { d.mustKit = true },
		"barcodes":     func(d *draft) { d.barcodes = []domain.Barcode{{Code: "1", PackQty: 1}, {Code: "１", PackQty: 1}} },
		"codes":        func(d *draft) { d.wanted = []domain.CodeMap{{Channel: "ebay", Code: "x", Qty: 1}} },
		"price":        func(d *draft) { d.price = -1 },
	} {
		d := good()
		spoil(d)
		require.Contains(t, fault.From(d.check()).Fields, field)
	}
}

func TestUsedElsewhere_UnderTheField(t *testing.T) {
	t.Parallel()
	conflict := func(key string) error { return fault.New(fault.Conflict, key, "code", "X") }
	for key, field := range map[string]string{
		"fault.catalog.code_used": "product_code", "fault.catalog.barcode_used": "barcodes", "fault.catalog.kit_nested": "parts",
	} {
		f := fault.From(usedElsewhere(conflict(key), "product_code"))
		require.Equal(t, fault.Invalid, f.Code)
		require.Equal(t, key, f.Fields[field])
		require.Equal(t, "X", f.Args["code"])
	}
	require.True(t, fault.Is(usedElsewhere(conflict("fault.conflict_version"), "code"), fault.Conflict))
}

func TestWords_WeightStock(t *testing.T) {
	t.Parallel()
	require.Equal(t, "–", weight(0))
	require.Equal(t, "1,108 g", weight(1108))
	require.Equal(t, kit.Toned(theme.Urgent, "0"), stock(0, false))
	require.Equal(t, kit.Count(0), stock(0, true))
}

package catalog_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/app/catalog"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
)

// umbrellas is a shop with one product of two SKUs and another of one.
func umbrellas(t *testing.T) (*apptest.Fixture, []ids.SKUID) {
	t.Helper()
	f := apptest.New(t)
	return f, stocked(t, f)
}

func stocked(t *testing.T, f *apptest.Fixture) []ids.SKUID {
	t.Helper()
	pro := f.As(auth.Promotion)
	var list []ids.SKUID
	for _, p := range []struct {
		code, title string
		skus        []catalog.SaveSKUCmd
	}{
		{"YS", "雨伞", []catalog.SaveSKUCmd{
			{Code: "YS-1", Spec: "藏青", PriceFen: 4990, WeightG: 480, Bin: "A-01", Barcodes: []domain.Barcode{{Code: "6901", PackQty: 1}, {Code: "16901", PackQty: 6}}},
			{Code: "YS-2", Spec: "墨绿", PriceFen: 4990, WeightG: 480, Bin: "A-02", Barcodes: []domain.Barcode{{Code: "6902", PackQty: 1}}},
		}},
		{"BW", "保温杯", []catalog.SaveSKUCmd{{Code: "BW-1", PriceFen: 7900}}},
	} {
		id, err := f.Catalog.SaveProduct(pro, catalog.SaveProductCmd{Code: p.code, Title: p.title})
		require.NoError(t, err)
		for _, cmd := range p.skus {
			cmd.Product = id
			sku, err := f.Catalog.SaveSKU(pro, cmd)
			require.NoError(t, err)
			list = append(list, sku)
		}
	}
	return list
}

func reverse(cmd catalog.EditManyCmd) catalog.EditManyCmd {
	var out catalog.EditManyCmd
	for _, e := range cmd.Edits {
		out.Edits = append(out.Edits, catalog.Edit{SKU: e.SKU, Field: e.Field, From: e.To, To: e.From})
	}
	return out
}

func cardOf(f *apptest.Fixture, id ids.SKUID) catalog.Card {
	f.T.Helper()
	c, err := f.Catalog.Get(f.As(auth.Supervisor), id)
	require.NoError(f.T, err)
	return c
}

func TestEditMany_AllFields_OneDeed_AuditedEach_AndBack(t *testing.T) {
	t.Parallel()
	apptest.Both(t, editAll)
}

func editAll(t *testing.T, f *apptest.Fixture) {
	list := stocked(t, f)
	pro := f.As(auth.Promotion)
	cmd := catalog.EditManyCmd{Edits: []catalog.Edit{
		{SKU: list[0], Field: catalog.FieldTitle, From: "雨伞", To: "雨伞 加固"},
		{SKU: list[0], Field: catalog.FieldPrice, From: "49.90", To: "52.00"},
		{SKU: list[0], Field: catalog.FieldBarcode, From: "6901, 16901×6", To: "6901, 16901×12"},
		{SKU: list[1], Field: catalog.FieldTitle, From: "雨伞", To: "雨伞 加固"},
		{SKU: list[1], Field: catalog.FieldWeight, From: "480", To: "500"},
		{SKU: list[2], Field: catalog.FieldBin, From: "", To: "B-09"},
		{SKU: list[2], Field: catalog.FieldCategory, From: "", To: "水杯"},
	}}

	refused, err := f.Catalog.EditMany(pro, cmd)

	require.NoError(t, err)
	require.Empty(t, refused)
	one := cardOf(f, list[0])
	require.Equal(t, "雨伞 加固", one.Product.Title)
	require.EqualValues(t, 5200, one.SKU.PriceFen)
	require.EqualValues(t, 12, one.SKU.Barcodes[1].PackQty)
	require.EqualValues(t, 500, cardOf(f, list[1]).SKU.WeightG)
	require.Equal(t, "水杯", cardOf(f, list[2]).Product.Category)
	require.Equal(t, []string{"YS-1", "YS-2"}, search(f, "jg"), "the search keys follow the title")
	require.Len(t, f.Audit("audit.sku_changed"), 3)
	require.Len(t, f.Audit("audit.product_changed"), 2)
	require.Contains(t, f.Audit("audit.sku_changed")[0].Before, "A-0")

	refused, err = f.Catalog.EditMany(pro, reverse(cmd))
	require.NoError(t, err)
	require.Empty(t, refused)
	one = cardOf(f, list[0])
	require.Equal(t, "雨伞", one.Product.Title)
	require.EqualValues(t, 4990, one.SKU.PriceFen)
	require.Equal(t, "", cardOf(f, list[2]).SKU.Bin)
	_, err = f.Catalog.EditMany(pro, reverse(cmd))
	require.Equal(t, "fault.catalog.no_edits", fault.Key(err), "a second time there is nothing left")
	f.CheckClean()
}

func TestEditMany_ChangedMeanwhile_NothingIsWritten_NamesWhoAndWhat(t *testing.T) {
	t.Parallel()
	f, list := umbrellas(t)
	sku := cardOf(f, list[0]).SKU
	change := save(f, sku)
	change.PriceFen = 5500
	_, err := f.Catalog.SaveSKU(f.As(auth.Supervisor), change)
	require.NoError(t, err)

	refused, err := f.Catalog.EditMany(f.As(auth.Promotion), catalog.EditManyCmd{Edits: []catalog.Edit{
		{SKU: list[0], Field: catalog.FieldWeight, From: "480", To: "500"},
		{SKU: list[0], Field: catalog.FieldPrice, From: "49.90", To: "52.00"},
		{SKU: list[1], Field: catalog.FieldBin, From: "A-02", To: "A-03"},
	}})

	require.Equal(t, "fault.catalog.edit_later", fault.Key(err))
	require.True(t, fault.Is(err, fault.Conflict))
	require.Len(t, refused, 1, "another field of the same SKU is no conflict")
	require.Equal(t, catalog.FieldPrice, refused[0].Field)
	require.Equal(t, "55.00", fault.From(err).Args["now"])
	require.Equal(t, f.Person(auth.Supervisor).Name, fault.From(err).Args["name"])
	require.EqualValues(t, 480, cardOf(f, list[0]).SKU.WeightG)
	require.Equal(t, "A-02", cardOf(f, list[1]).SKU.Bin)
	f.CheckClean()
}

func TestEditMany_TakenBack_AfterALaterChange_IsRefused(t *testing.T) {
	t.Parallel()
	f, list := umbrellas(t)
	pro := f.As(auth.Promotion)
	cmd := catalog.EditManyCmd{Edits: []catalog.Edit{{SKU: list[0], Field: catalog.FieldTitle, From: "雨伞", To: "遮阳伞"}}}
	_, err := f.Catalog.EditMany(pro, cmd)
	require.NoError(t, err)
	_, err = f.Catalog.EditMany(f.As(auth.Supervisor), catalog.EditManyCmd{Edits: []catalog.Edit{
		{SKU: list[1], Field: catalog.FieldTitle, From: "遮阳伞", To: "晴雨伞"},
	}})
	require.NoError(t, err)

	_, err = f.Catalog.EditMany(pro, reverse(cmd))

	require.Equal(t, "fault.catalog.edit_later", fault.Key(err))
	require.Equal(t, "晴雨伞", cardOf(f, list[0]).Product.Title)
}

func TestEditMany_BarcodesExchanged_OneTransaction(t *testing.T) {
	t.Parallel()
	apptest.Both(t, exchange)
}

func exchange(t *testing.T, f *apptest.Fixture) {
	list := stocked(t, f)
	cmd := catalog.EditManyCmd{Edits: []catalog.Edit{
		{SKU: list[0], Field: catalog.FieldBarcode, From: "6901, 16901×6", To: "6902"},
		{SKU: list[1], Field: catalog.FieldBarcode, From: "6902", To: "6901, 16901×6"},
	}}

	_, err := f.Catalog.EditMany(f.As(auth.Promotion), cmd)

	require.NoError(t, err)
	require.Equal(t, "6902", cardOf(f, list[0]).SKU.Barcodes[0].Code)
	require.Len(t, cardOf(f, list[1]).SKU.Barcodes, 2)
	_, err = f.Catalog.EditMany(f.As(auth.Promotion), reverse(cmd))
	require.NoError(t, err)
	f.CheckClean()
}

func TestEditMany_BadValues_EachIsNamed_NothingIsWritten(t *testing.T) {
	t.Parallel()
	f, list := umbrellas(t)

	refused, err := f.Catalog.EditMany(f.As(auth.Promotion), catalog.EditManyCmd{Edits: []catalog.Edit{
		{SKU: list[0], Field: catalog.FieldPrice, From: "49.90", To: "四十九"},
		{SKU: list[0], Field: catalog.FieldTitle, From: "雨伞", To: "甲"},
		{SKU: list[1], Field: catalog.FieldTitle, From: "雨伞", To: "乙"},
		{SKU: list[1], Field: catalog.FieldSpec, From: "墨绿", To: "翠绿"},
		{SKU: ids.SKUID{9}, Field: catalog.FieldSpec, From: "", To: "红"},
		{SKU: list[2], Field: catalog.FieldWeight, From: "", To: "很重"},
	}})

	require.Error(t, err)
	var keys []string
	for _, r := range refused {
		keys = append(keys, fault.Key(r.Err))
	}
	require.Equal(t, []string{"fault.money.not_amount", "fault.catalog.edit_shared", "fault.catalog.unknown_sku", "fault.catalog.weight_form"}, keys)
	require.Equal(t, "墨绿", cardOf(f, list[1]).SKU.Spec)

	refused, err = f.Catalog.EditMany(f.As(auth.Promotion), catalog.EditManyCmd{Edits: []catalog.Edit{
		{SKU: list[2], Field: catalog.FieldBarcode, From: "", To: "6902"},
	}})
	require.Equal(t, "fault.catalog.barcode_used", fault.Key(err))
	require.Equal(t, list[2], refused[0].SKU)
	f.CheckClean()
}

func TestEditMany_Command_Faults(t *testing.T) {
	t.Parallel()
	f, list := umbrellas(t)
	pro := f.As(auth.Promotion)
	edit := catalog.Edit{SKU: list[0], Field: catalog.FieldBin, From: "A-01", To: "B"}
	for name, cmd := range map[string]catalog.EditManyCmd{
		"none":  {},
		"field": {Edits: []catalog.Edit{{SKU: list[0], Field: "code", To: "X"}}},
		"twice": {Edits: []catalog.Edit{edit, edit}},
	} {
		_, err := f.Catalog.EditMany(pro, cmd)
		require.Equal(t, "fault.catalog.no_edits", fault.Key(err), name)
	}
	_, err := f.Catalog.EditMany(pro, catalog.EditManyCmd{Edits: make([]catalog.Edit, 20_001)})
	require.True(t, fault.Is(err, fault.Limit))
	_, err = f.Catalog.EditMany(f.As(auth.Warehouse), catalog.EditManyCmd{Edits: []catalog.Edit{edit}})
	require.True(t, fault.Is(err, fault.Denied))
}

func TestField_Form(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		field    catalog.Field
		in, want string
		fault    string
	}{
		{catalog.FieldPrice, " ￥1,234.5 ", "1234.50", ""},
		{catalog.FieldPrice, "", "", ""},
		{catalog.FieldPrice, "0", "", ""},
		{catalog.FieldPrice, "9.995", "", "fault.money.decimals"},
		{catalog.FieldPrice, "-3", "", "fault.catalog.price_negative"},
		{catalog.FieldWeight, "480 g", "480", ""},
		{catalog.FieldWeight, "1,450", "1450", ""},
		{catalog.FieldWeight, "1.45KG", "1450", ""},
		{catalog.FieldWeight, "0.5公斤", "500", ""},
		{catalog.FieldWeight, "1.5", "", "fault.catalog.weight_form"},
		{catalog.FieldWeight, "99999999999999999999", "", "fault.catalog.weight_form"},
		{catalog.FieldWeight, "20000kg", "", "fault.catalog.weight_form"},
		{catalog.FieldBarcode, "16901*6；6901", "6901, 16901×6", ""},
		{catalog.FieldBarcode, "6.90123E+12", "", "fault.catalog.barcode_science"},
		{catalog.FieldBarcode, "6901×0", "", "fault.catalog.barcode_form"},
		{catalog.FieldBarcode, "6901,６９０１", "", "fault.catalog.barcode_repeated"},
		{catalog.FieldBarcode, " ", "", ""},
		{catalog.FieldTitle, "  ", "", "fault.catalog.no_title"},
		{catalog.FieldSpec, "藏\x00青\n", "藏青", ""},
	} {
		got, err := c.field.Form(c.in)
		require.Equal(t, c.fault, fault.Key(err), c.in)
		if c.fault == "" {
			require.Equal(t, c.want, got, c.in)
			again, err := c.field.Form(got)
			require.NoError(t, err)
			require.Equal(t, got, again, "the one form stays as it is")
		}
	}
}

package ingest_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/fault"
	"zhanggui/app/ingest"
	"zhanggui/app/ingest/sample"
	"zhanggui/app/ingest/sheet"
	"zhanggui/app/money"
)

func recognise(t *testing.T, data []byte, mappings ...ingest.Mapping) ingest.Recognition {
	t.Helper()
	b, err := sheet.Open("a", bytes.NewReader(data), int64(len(data)), sheet.DefaultLimits())
	require.NoError(t, err)
	defer func() { require.NoError(t, b.Close()) }()
	r, err := ingest.Recognise(context.Background(), b, mappings)
	require.NoError(t, err)
	return r
}

// Every full header is taken for its own layout and for no other, whatever the
// order of its columns.
func TestRecognise_EveryHeader_ItsOwnLayout(t *testing.T) {
	t.Parallel()
	for _, key := range sample.Layouts() {
		head := sample.Header(key)
		for i, k := 0, len(head)-1; i < k; i, k = i+1, k-1 {
			head[i], head[k] = head[k], head[i]
		}
		r := recognise(t, (&table{header: head}).csv())
		require.Equal(t, key, r.Layout)
		require.Empty(t, r.Unknown, "columns of %s that nobody knows", key)
		require.Equal(t, ingest.LayoutByKey(key).NameKey, r.NameKey)
	}
	require.Nil(t, ingest.LayoutByKey("suning"))
}

func TestRecognise_UnknownColumnsAreNamed(t *testing.T) {
	t.Parallel()
	r := recognise(t, headed("订单编号,买家会员名,买家实际支付金额,新栏目,未导入原因").csv())
	require.Equal(t, "taobao_orders", r.Layout)
	require.Equal(t, []string{"新栏目"}, r.Unknown)
}

func TestRecognise_RequiredColumnMissing_NamesLayoutAndColumn(t *testing.T) {
	t.Parallel()
	x := &table{header: sample.Header("pdd_orders")}
	for i, h := range x.header {
		if h == "商品数量(件)" {
			x.header[i] = "别的"
		}
	}
	x.add("订单号", "1")
	r := recognise(t, x.csv())
	require.Equal(t, ingest.KindUnknown, r.Kind)
	require.Equal(t, "pdd_orders", r.Near)
	require.Equal(t, []string{"商品数量(件)"}, r.Missing)
	_, err := tryBytes(x.csv(), ingest.Options{})
	require.Equal(t, "fault.ingest.missing_columns", fault.Key(err))
	require.Equal(t, "pdd_orders", fault.From(err).Args["layout"])
}

func TestRecognise_UnknownFile_SuggestsColumns(t *testing.T) {
	t.Parallel()
	x := headed("下单日期,单号,货品名称,规格型号,数量,成交单价,收件人,手机号,收货地址,备注").raw("2026-05-01", "A1", "茶", "大", "1", "10", "林", "138", "广东省", "")
	data := append([]byte("线下批发单,,,\n\n"), x.csv()...)

	r := recognise(t, data)

	require.Equal(t, ingest.KindUnknown, r.Kind)
	require.Equal(t, 3, r.HeaderRow)
	require.Equal(t, x.header, r.Header)
	require.NotEmpty(t, r.HeaderKey)
	require.Equal(t, [][]string{x.rows[0]}, r.Sample)
	want := map[ingest.Field]string{
		ingest.FOrder: "单号", ingest.FSpec: "规格型号", ingest.FQty: "数量", ingest.FUnit: "成交单价", ingest.FReceiver: "收件人",
		ingest.FPhone: "手机号", ingest.FAddress: "收货地址", ingest.FSellerNote: "备注",
	}
	for f, c := range want {
		require.Equal(t, c, r.Suggested.Columns[f], f)
	}
	require.Equal(t, r.HeaderKey, r.Suggested.HeaderKey)
	_, err := tryBytes(data, ingest.Options{})
	require.Equal(t, "fault.ingest.unknown_layout", fault.Key(err))
}

func TestHeaderSet_OrderSpellingAndReasonColumnDoNotMatter(t *testing.T) {
	t.Parallel()
	a := ingest.HeaderSet([]string{"单号", "金额（元）", " Name"})
	require.Equal(t, a, ingest.HeaderSet([]string{"name", "金额(元)", "单号 ", "", "未导入原因"}))
	require.NotEqual(t, a, ingest.HeaderSet([]string{"单号", "金额（元）"}))
	require.Empty(t, ingest.HeaderSet([]string{"", " "}))
}

func retailMapping() ingest.Mapping {
	return ingest.Mapping{
		Name: "线下", Kind: ingest.KindOrders, Channel: "offline", Payment: "paid", CancelPrefix: "C", Currency: "GBP",
		Columns: map[ingest.Field]string{
			ingest.FOrder: "InvoiceNo", ingest.FCode: "StockCode", ingest.FTitle: "Description", ingest.FQty: "Quantity",
			ingest.FCreatedAt: "InvoiceDate", ingest.FUnit: "UnitPrice", ingest.FBuyer: "CustomerID", ingest.FCountry: "Country",
		},
	}
}

func retailFile() *table {
	return headed("InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country").
		raw("536365", "85123A", "WHITE LIGHT", "6", "2010-12-01 08:26:00", "2.55", "17850.0", "United Kingdom").
		raw("536365", "85123A", "WHITE LIGHT", "6", "2010-12-01 08:26:00", "2.55", "17850.0", "United Kingdom").
		raw("536365", "POST", "", "1", "2010-12-01 08:27:00", "18.0", "17850.0", "United Kingdom").
		raw("C536379", "D", "Discount", "-1", "2010-12-01 09:41:00", "27.5", "14527.0", "United Kingdom").
		raw("C536379", "D", "Discount", "-2", "2010-12-01 09:41:00", "1", "14527.0", "United Kingdom").
		raw("536589", "21777", "", "-10", "2010-12-01 16:50:00", "0.0", "", "United Kingdom").
		raw("536590", "21777", "", "3", "2010-12-01 16:50:00", "0.0", "", "United Kingdom")
}

func checkRetail(t *testing.T, f *ingest.File) {
	t.Helper()
	require.Equal(t, "offline", f.Channel)
	require.Equal(t, "GBP", f.Currency)
	require.Len(t, f.Orders, 2)
	o := f.Orders[0]
	require.Equal(t, "17850", o.BuyerKey)
	require.Equal(t, []int{1, 2, 1}, []int{o.Lines[0].Occurrence, o.Lines[1].Occurrence, o.Lines[2].Occurrence})
	require.True(t, o.Has.LineNet && o.Has.Payment)
	require.False(t, o.Has.Status || o.Has.Paid)
	require.Equal(t, [3]money.Fen{4860, 4860, 4860}, [3]money.Fen{o.GoodsFen, o.PaidFen, o.TotalFen})
	require.Equal(t, "United Kingdom", o.Country)
	require.Equal(t, "2010-12-01 08:26:00", o.CreatedAt.String())
	require.Equal(t, map[int]string{5: "E11", 6: "E09", 7: "E10"}, codes(f))
	sum := total(t, f, "Quantity × UnitPrice")
	require.True(t, sum.Computed)
	require.Equal(t, [2]money.Fen{4860 - 2750 - 200, 4860}, [2]money.Fen{sum.Sum, sum.Accepted})
}

func TestMapping_RememberedByHeaderSet_AndForced(t *testing.T) {
	t.Parallel()
	m := retailMapping()
	x := retailFile()
	m.HeaderKey = ingest.HeaderSet(x.header)
	require.NoError(t, m.Validate())

	f := readBytes(t, "a.csv", x.csv(), ingest.Options{Mappings: []ingest.Mapping{{Name: "other", HeaderKey: "x"}, m}, ShopCurrency: "GBP"})
	require.Equal(t, "线下", f.Layout)
	checkRetail(t, f)

	m.HeaderKey = "made for other columns"
	f = readBytes(t, "a.csv", x.csv(), ingest.Options{Forced: &m})
	checkRetail(t, f)

	_, err := tryBytes(x.csv(), ingest.Options{Mappings: []ingest.Mapping{m}})
	require.Equal(t, "fault.ingest.unknown_layout", fault.Key(err))
	m.Columns[ingest.FShop] = "Branch"
	_, err = tryBytes(x.csv(), ingest.Options{Forced: &m})
	require.Equal(t, "fault.ingest.mapping_columns", fault.Key(err))
	require.Equal(t, "Branch", fault.From(err).Args["columns"])
}

// A mapping wins over a built-in layout for exactly its columns.
func TestMapping_WinsOverBuiltIn(t *testing.T) {
	t.Parallel()
	x := headed("订单编号,买家会员名,总金额,买家实际支付金额,订单状态").raw("1", "a", "5", "5", "老王收了钱")
	m := ingest.Mapping{
		Name: "mine", Kind: ingest.KindOrders, HeaderKey: ingest.HeaderSet(x.header), Status: map[string]string{"老王收了钱": "completed"},
		Columns: map[ingest.Field]string{ingest.FOrder: "订单编号", ingest.FStatus: "订单状态", ingest.FTotal: "总金额"},
	}
	require.NoError(t, m.Validate())
	f := readBytes(t, "a.csv", x.csv(), ingest.Options{Mappings: []ingest.Mapping{m}})
	require.Equal(t, "mine", f.Layout)
	require.True(t, f.Orders[0].Facts.Completed)
	require.False(t, f.Orders[0].Has.Lines)
}

func TestMapping_OptionsForForeignForms(t *testing.T) {
	t.Parallel()
	x := headed("Nr;Artikel;Menge;Preis;Datum;Versand;Bezahlt;Status").csv()
	x = append(x, []byte("7;Tee;2;1.234,50;09/03/26 10:00;4,90;2.473,90;Bezahlt\n7;Tasse;1;5,00;09/03/26;4,90;2.473,90;Bezahlt\n")...)
	m := ingest.Mapping{
		Name: "DE", Kind: ingest.KindOrders, Decimal: ",", Dates: "dmy", Currency: "EUR", Once: []ingest.Field{ingest.FFreight, ingest.FPaid},
		Status: map[string]string{"bezahlt": "paid"},
		Columns: map[ingest.Field]string{
			ingest.FOrder: "Nr", ingest.FTitle: "Artikel", ingest.FQty: "Menge", ingest.FUnit: "Preis", ingest.FCreatedAt: "Datum",
			ingest.FFreight: "Versand", ingest.FPaid: "Bezahlt", ingest.FStatus: "Status",
		},
	}
	require.NoError(t, m.Validate())
	f := readBytes(t, "a.csv", x, ingest.Options{Forced: &m})
	require.Empty(t, f.Rejected)
	o := f.Orders[0]
	require.Equal(t, "2026-03-09 10:00:00", o.CreatedAt.String())
	require.Equal(t, [3]money.Fen{123450, 490, 247390}, [3]money.Fen{o.Lines[0].UnitFen, o.FreightFen, o.PaidFen})
	require.False(t, o.Has.LineNet, "the paid amount of the order is to be shared")
}

func TestMapping_JSON_RoundTrip(t *testing.T) {
	t.Parallel()
	m := retailMapping()
	data, err := m.JSON()
	require.NoError(t, err)
	back, err := ingest.ParseMapping(data)
	require.NoError(t, err)
	require.Equal(t, m, back)
	for _, bad := range []string{"", "{", `{"name":"x","unknown":1}`, `[]`} {
		_, err := ingest.ReadMapping(strings.NewReader(bad))
		require.Equal(t, "fault.ingest.mapping_json", fault.Key(err), bad)
	}
}

func TestMapping_Validate_NamesEachWrongEntry(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		spoil func(*ingest.Mapping)
		field string
		key   string
	}{
		"no name":       {func(m *ingest.Mapping) { m.Name = " " }, "name", "fault.ingest.mapping_name"},
		"kind":          {func(m *ingest.Mapping) { m.Kind = "x" }, "kind", "fault.ingest.mapping_kind"},
		"no number":     {func(m *ingest.Mapping) { delete(m.Columns, ingest.FOrder) }, "columns.order_no", "fault.required"},
		"blank column":  {func(m *ingest.Mapping) { m.Columns[ingest.FShop] = "" }, "columns.shop", "fault.required"},
		"column twice":  {func(m *ingest.Mapping) { m.Columns[ingest.FShop] = "quantity" }, "columns.shop", "fault.ingest.mapping_column_twice"},
		"unknown field": {func(m *ingest.Mapping) { m.Columns["magic"] = "x" }, "columns.magic", "fault.ingest.mapping_field"},
		"payment":       {func(m *ingest.Mapping) { m.Payment = "" }, "payment", "fault.ingest.mapping_payment"},
		"payment value": {func(m *ingest.Mapping) { m.Payment = "often" }, "payment", "fault.ingest.mapping_choice"},
		"decimal":       {func(m *ingest.Mapping) { m.Decimal = ";" }, "decimal", "fault.ingest.mapping_choice"},
		"dates":         {func(m *ingest.Mapping) { m.Dates = "ydm" }, "dates", "fault.ingest.mapping_choice"},
		"currency":      {func(m *ingest.Mapping) { m.Currency = "pound" }, "currency", "fault.ingest.mapping_currency"},
		"status":        {func(m *ingest.Mapping) { m.Status = map[string]string{"ok": "fine"} }, "status.ok", "fault.ingest.mapping_choice"},
		"once":          {func(m *ingest.Mapping) { m.Once = []ingest.Field{ingest.FQty} }, "once", "fault.ingest.mapping_once"},
		"opening value": {func(m *ingest.Mapping) {
			m.Kind = ingest.KindOpening
			m.Columns = map[ingest.Field]string{ingest.FSKUCode: "a", ingest.FQty: "b"}
		}, "columns.stock_value", "fault.required"},
		"lines' goods": {func(m *ingest.Mapping) {
			m.Kind = ingest.KindLines
			m.Columns = map[ingest.Field]string{ingest.FOrder: "a", ingest.FQty: "b"}
		}, "columns.code", "fault.required"},
		"product's name": {func(m *ingest.Mapping) {
			m.Kind = ingest.KindProducts
			m.Columns = map[ingest.Field]string{ingest.FSKUCode: "a"}
		}, "columns.title", "fault.required"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := retailMapping()
			c.spoil(&m)
			err := m.Validate()
			require.True(t, fault.Is(err, fault.Invalid))
			require.Equal(t, c.key, fault.From(err).Fields[c.field])
		})
	}
}

// A list of products of the shop's own making comes in through a mapping too.
func TestMapping_Products(t *testing.T) {
	t.Parallel()
	x := headed("货号,品名,价").raw("K1", "壶", "59")
	m := ingest.Mapping{Name: "货", Kind: ingest.KindProducts, Columns: map[ingest.Field]string{ingest.FSKUCode: "货号", ingest.FTitle: "品名", ingest.FPrice: "价"}}
	require.NoError(t, m.Validate())
	f := readBytes(t, "a.csv", x.csv(), ingest.Options{Forced: &m})
	require.Equal(t, ingest.KindProducts, f.Kind)
	require.Equal(t, []ingest.ProductDraft{{Row: 2, SKUCode: "K1", Title: "壶", PriceFen: 5900}}, f.Products)
}

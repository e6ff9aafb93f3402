package ingest_test

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/fault"
	"zhanggui/app/i18n"
	"zhanggui/app/ingest"
	"zhanggui/app/ingest/sample"
	"zhanggui/app/money"
)

// The templates are recognised in both languages; their example row is not data.
func TestTemplates_BothLanguages_RecognisedWithoutTheExample(t *testing.T) {
	t.Parallel()
	for _, lang := range i18n.Langs {
		var p, o bytes.Buffer
		require.NoError(t, ingest.WriteProductTemplate(&p, tr(t, lang)))
		require.NoError(t, ingest.WriteOpeningTemplate(&o, tr(t, lang)))
		f, err := tryBytes(p.Bytes(), ingest.Options{})
		require.Equal(t, "fault.ingest.no_rows", fault.Key(err))
		require.Equal(t, ingest.KindProducts, f.Kind)
		require.Empty(t, recognise(t, p.Bytes()).Unknown)
		f, err = tryBytes(o.Bytes(), ingest.Options{})
		require.Equal(t, "fault.ingest.no_rows", fault.Key(err))
		require.Equal(t, ingest.KindOpening, f.Kind)
		require.Empty(t, recognise(t, o.Bytes()).Unknown)
	}
}

func TestProductList_RoundTrip(t *testing.T) {
	t.Parallel()
	list := []ingest.ProductDraft{
		{
			Row: 2, SKUCode: "0012", Title: "红茶", ProductCode: "A", Spec: "大", Brand: "自有", Category: "茶", PriceFen: 5905, CostFen: 0, HasCost: true, WeightG: 350, Bin: "A-01",
			Barcodes: []ingest.BarcodeDraft{{Code: "6901234567892", PackQty: 1}, {Code: "16901234567899", PackQty: 6}},
			Codes:    []ingest.CodeDraft{{Channel: "tmall", Code: "A-1"}, {Channel: "jd", Code: "100123"}},
		},
		{Row: 3, SKUCode: "KIT", Title: "茶具套装", PriceFen: 9900, Parts: []ingest.PartDraft{{SKUCode: "0012", Qty: 2}, {SKUCode: "CUP", Qty: 1}}},
	}
	for _, lang := range i18n.Langs {
		var b bytes.Buffer
		require.NoError(t, ingest.WriteProductList(&b, tr(t, lang), list))
		f := readBytes(t, "a.xlsx", b.Bytes(), ingest.Options{})
		require.Empty(t, f.Rejected)
		require.Equal(t, list, f.Products)
	}
}

func TestOpeningList_RoundTrip_UnitCostInstead(t *testing.T) {
	t.Parallel()
	list := []ingest.OpeningDraft{{Row: 2, SKUCode: "0012", Qty: 120, ValueFen: 258001, Bin: "A-01"}, {Row: 3, SKUCode: "0012", Qty: 1, ValueFen: 0, Bin: "B-01"}}
	var b bytes.Buffer
	require.NoError(t, ingest.WriteOpeningList(&b, tr(t, i18n.Chinese), list))
	f := readBytes(t, "a.xlsx", b.Bytes(), ingest.Options{})
	require.Empty(t, f.Rejected)
	require.Equal(t, list, f.Opening)
	require.Equal(t, money.Fen(258001), total(t, f, "期初金额(总值)").Accepted)

	x := headed("SKU code,Opening quantity,Opening value (total),Unit cost,Bin").raw("A", "3", "", "21.50", "").raw("B", "-3", "5", "", "").raw("A", "1", "1", "", "").raw("C", "", "1", "", "")
	f = readBytes(t, "a.csv", x.csv(), ingest.Options{})
	require.Equal(t, []ingest.OpeningDraft{{Row: 2, SKUCode: "A", Qty: 3, ValueFen: 6450}}, f.Opening)
	require.Equal(t, map[int]string{3: "E10", 4: "E18", 5: "E08"}, codes(f))
}

func TestProducts_BadRowsRefusedAlone(t *testing.T) {
	t.Parallel()
	x := headed("规格编码,商品名称,商品编码,规格,品牌,类目,售价,成本价,重量(克),货位,条码,组合明细,渠道编码").
		raw("A", "茶", "P", "", "", "", "5", "", "0.35kg", "", "690×6；691", "", "").
		raw("", "茶", "P", "", "", "", "5", "", "", "", "", "", "").
		raw("A", "茶", "P", "", "", "", "5", "", "", "", "", "", "").
		raw("B", "茶", "P", "", "", "", "5", "", "", "", "690*0", "", "").
		raw("C", "茶", "P", "", "", "", "5", "", "", "", "", "C*2", "").
		raw("D", "茶", "P", "", "", "", "5", "", "", "", "", "", "A-1").
		raw("E", "茶", "P", "", "", "", "5", "", "三两", "", "", "", "").
		raw("F", "茶", "P", "", "", "", "-5", "", "", "", "", "", "").
		raw("1.6E+16", "茶", "P", "", "", "", "5", "", "", "", "", "", "")
	f := readBytes(t, "a.csv", x.csv(), ingest.Options{})
	require.Len(t, f.Products, 1)
	require.Equal(t, int64(350), f.Products[0].WeightG)
	require.Equal(t, []ingest.BarcodeDraft{{Code: "690", PackQty: 6}, {Code: "691", PackQty: 1}}, f.Products[0].Barcodes)
	require.Equal(t, map[int]string{3: "E08", 4: "E18", 5: "E19", 6: "E20", 7: "E21", 8: "E22", 9: "E23", 10: "E07"}, codes(f))
}

// The file of refused rows is mended and dropped in again.
func TestWriteRejected_RoundTrip(t *testing.T) {
	t.Parallel()
	x := &table{header: sample.Header("douyin_orders")}
	row := func(no, sub, qty, note string) {
		x.add("主订单编号", "\t"+no, "子订单编号", "\t"+sub, "选购商品", "=茶", "商品数量", qty, "商品ID", "\t7700100000000000001", "商品单价", "10.00",
			"订单应付金额", "10.00", "订单状态", "备货中", "售后状态", "-", "买家留言", note, "收件人手机号", "13800001111")
	}
	row("6920000000000000001", "1", "1", "好")
	row("6920000000000000002", "2", "1", "=1+1")
	row("6920000000000000002", "3", "坏", "-急-")
	f := readBytes(t, "a.csv", x.csv(), ingest.Options{})
	require.Len(t, f.Orders, 1)
	require.Equal(t, map[int]string{3: "E09", 4: "E04"}, codes(f))

	var out bytes.Buffer
	require.NoError(t, ingest.WriteRejected(&out, f, tr(t, i18n.Chinese)))

	text := out.String()
	require.True(t, strings.HasPrefix(text, "\ufeff主订单编号,子订单编号,"))
	require.Contains(t, text, `6920000000000000002`)
	require.Contains(t, text, ",未导入原因\r\n")
	require.Contains(t, text, "E04 第 4 行")
	require.Contains(t, text, "'=1+1")
	require.NotContains(t, text, ",=1+1")

	mended := strings.Replace(text, "坏", "4", 1)
	g := readBytes(t, "b.csv", []byte(mended), ingest.Options{})
	require.Empty(t, g.Rejected)
	require.Empty(t, recognise(t, []byte(mended)).Unknown)
	require.Len(t, g.Orders, 1)
	o := g.Orders[0]
	require.Equal(t, "6920000000000000002", o.Number)
	require.Equal(t, []int64{1, 4}, []int64{o.Lines[0].Qty, o.Lines[1].Qty})
	require.Equal(t, "=茶", o.Lines[0].Title)
	require.Equal(t, "=1+1", o.BuyerNote)
	require.Equal(t, "7700100000000000001", o.Lines[0].PlatformSKU)

	again := readBytes(t, "c.csv", out.Bytes(), ingest.Options{})
	var twice bytes.Buffer
	require.NoError(t, ingest.WriteRejected(&twice, again, tr(t, i18n.Chinese)))
	require.Equal(t, 1, strings.Count(twice.String(), "未导入原因"), "the reason column is not added twice")
	require.Contains(t, twice.String(), "E04 第 3 行", "with the row of the file that was dropped in")
}

// Serial dates and numbers of a workbook come out readable.
func TestWriteRejected_FromWorkbook_DatesReadable(t *testing.T) {
	t.Parallel()
	data := book(t, map[string][][]any{"s": {
		cells("订单编号", "买家会员名", "总金额", "买家实际支付金额", "订单状态", "订单创建时间"),
		{"4012345678901234567", "a", 178.8, 1, "什么", 46023.5},
	}}, "s")
	f := readBytes(t, "a.xlsx", data, ingest.Options{})
	var out bytes.Buffer
	require.NoError(t, ingest.WriteRejected(&out, f, tr(t, i18n.English)))
	require.Contains(t, out.String(), `"=""4012345678901234567""",a,178.8,1,什么,2026-01-01 12:00:00,"E06 Row 2`)
	require.Contains(t, out.String(), "Reason not imported")
	g := readBytes(t, "b.csv", []byte(strings.Replace(out.String(), "什么", "交易成功", 1)), ingest.Options{})
	require.Empty(t, g.Rejected)
	require.Equal(t, "2026-01-01 12:00:00", g.Orders[0].CreatedAt.String())
}

func TestTexts_EveryReasonNoteFieldAndLayout_InBothLanguages(t *testing.T) {
	t.Parallel()
	form := regexp.MustCompile(`^E\d\d$`)
	require.Len(t, ingest.Reasons(), 25)
	for _, lang := range i18n.Langs {
		x := tr(t, lang)
		for code, key := range ingest.Reasons() {
			require.Regexp(t, form, code)
			require.True(t, x.Has(key), key)
		}
		for _, l := range ingest.Layouts() {
			require.True(t, x.Has(l.NameKey), l.NameKey)
			for _, c := range l.Columns {
				require.True(t, x.Has(c.Field.NameKey()), c.Field)
			}
		}
		for _, k := range []ingest.Kind{ingest.KindOrders, ingest.KindLines, ingest.KindWaybills, ingest.KindProducts, ingest.KindOpening, ingest.KindUnknown} {
			require.True(t, x.Has("ingest.kind."+string(k)), k)
			for _, f := range ingest.MappableFields(k) {
				require.True(t, x.Has(f.NameKey()), f)
			}
		}
		for _, m := range ingest.StatusMeanings() {
			require.True(t, x.Has("ingest.meaning."+m), m)
		}
	}
}

// A fault text names row, column and value, and no argument stays open.
func TestTexts_RejectedRow_ReadsWhole(t *testing.T) {
	t.Parallel()
	x := &table{header: sample.Header("kuaishou_orders")}
	x.add("订单号", "1", "订单状态", "待发货", "实付款", "1", "成交数量", "-2", "商品名称", "茶")
	x.add("订单号", "1", "订单状态", "待发货", "实付款", "1", "成交数量", "2", "商品名称", "茶")
	f := readBytes(t, "a.csv", x.csv(), ingest.Options{})
	for _, lang := range i18n.Langs {
		for _, e := range f.Rejected {
			text := tr(t, lang).M(e.Key, e.Args)
			require.NotContains(t, text, "{")
			require.Contains(t, text, "2")
		}
	}
}

func TestWrite_Sample_UnknownLayout(t *testing.T) {
	t.Parallel()
	require.True(t, fault.Is(sample.Write("suning", nil, &bytes.Buffer{}), fault.NotFound))
	require.Nil(t, sample.Header("suning"))
}

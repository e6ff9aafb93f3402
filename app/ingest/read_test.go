package ingest_test

import (
	"bytes"
	"context"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/fault"
	"zhanggui/app/ingest"
	"zhanggui/app/ingest/sample"
	"zhanggui/app/ingest/sheet"
	"zhanggui/app/job"
	"zhanggui/app/money"
)

// Q8e: order cells merged downwards leave the rows below blank.
func TestRead_MergedCells_RowsBelongToTheOrderAbove(t *testing.T) {
	t.Parallel()
	x := &table{header: sample.Header("wechat_orders")}
	x.add("订单号", "1", "订单状态", "待发货", "支付时间", "2026-05-01 10:00:00", "商品总价", "30", "订单实际支付金额", "30", "订单实际收款金额", "30",
		"商品名称", "茶", "SKU编码(自定义)", "T", "商品数量", "1", "商品实际价格(总共)", "10")
	x.add("商品名称", "杯", "SKU编码(自定义)", "C", "商品数量", "2", "商品实际价格(总共)", "20")
	x.add("订单号", "2", "订单状态", "待发货", "支付时间", "2026-05-01 10:00:00", "商品总价", "5", "订单实际支付金额", "5", "订单实际收款金额", "5",
		"商品名称", "纸", "SKU编码(自定义)", "P", "商品数量", "1", "商品实际价格(总共)", "5")

	f := readBytes(t, "a.xlsx", x.xlsx(t), ingest.Options{})

	require.Empty(t, f.Rejected)
	require.Len(t, f.Orders, 2)
	o := f.Orders[0]
	require.Equal(t, []int{2, 3}, o.Rows)
	require.Equal(t, []string{"T", "C"}, []string{o.Lines[0].Code, o.Lines[1].Code})
	require.Equal(t, money.Fen(3000), o.PaidFen)
	require.False(t, o.Lines[1].Cancelled)
	require.Equal(t, money.Fen(3500), total(t, f, "订单实际支付金额").Sum)
}

// A bad row refuses its whole order, whose rows need not stand together
// (DECIDED 3); the others go through.
func TestRead_BadRow_RefusesWholeOrder(t *testing.T) {
	t.Parallel()
	x := &table{header: sample.Header("kuaishou_orders")}
	for _, r := range [][2]string{{"A", "1"}, {"B", "1"}, {"A", "x"}, {"C", "1"}, {"A", "2"}} {
		x.add("订单号", r[0], "订单状态", "待发货", "实付款", "¥10.00", "成交数量", r[1], "商品名称", "茶", "商品单价", "10", "售后状态", "", "收货人姓名", "林")
	}
	f := readBytes(t, "a.csv", x.csv(), ingest.Options{})

	require.Len(t, f.Orders, 2)
	require.Equal(t, map[int]string{2: "E09", 4: "E04", 6: "E09"}, codes(f))
	bad := f.Rejected[1]
	require.Equal(t, "A", bad.Order)
	require.Equal(t, "成交数量", bad.Column)
	require.Equal(t, "x", bad.Value)
	require.Equal(t, "4", f.Rejected[0].Args["other"])
	require.Len(t, bad.Cells, 42, "cells up to the last one that is filled")
	paid := total(t, f, "实付款")
	require.Equal(t, [2]money.Fen{5000, 2000}, [2]money.Fen{paid.Sum, paid.Accepted})
	require.Equal(t, 5, f.RowCount)
}

func TestRead_EachReason_ForOneCell(t *testing.T) {
	t.Parallel()
	good := map[string]string{"订单号": "1", "订单状态": "待发货", "订单创建时间": "2026-05-01 10:00:00", "实付款": "¥10.00", "成交数量": "1", "商品名称": "茶", "商品单价": "10", "收货人电话": "138****0000"}
	for name, c := range map[string]struct{ column, value, code string }{
		"amount":          {"实付款", "十元", "E03"},
		"three decimals":  {"实付款", "1.005", "E03"},
		"qty blank":       {"成交数量", "", "E08"},
		"qty zero":        {"成交数量", "0", "E04"},
		"qty fraction":    {"成交数量", "1.5", "E04"},
		"qty negative":    {"成交数量", "-1", "E10"},
		"time":            {"订单创建时间", "昨天", "E05"},
		"no such day":     {"订单创建时间", "2024-02-30", "E05"},
		"status":          {"订单状态", "飞了", "E06"},
		"status blank":    {"订单状态", "", "E06"},
		"number as float": {"订单号", "1.01E+13", "E07"},
		"number .0":       {"订单号", "4012345678901234512.0", "E07"},
		"waybill":         {"快递单号", "4.01234567890123E+18", "E07"},
		"code":            {"SKU编码", "1.6E+16", "E07"},
		"phone":           {"收货人电话", "1.38E+10", "E07"},
		"no goods":        {"商品名称", "", "E08"},
		"long text":       {"买家留言", strings.Repeat("长", ingest.MaxText+1), "E15"},
		"negative paid":   {"实付款", "-10", "E23"},
		"negative price":  {"商品单价", "-5", "E23"},
		"currency":        {"实付款", "$10", "E16"},
		"huge":            {"实付款", "9.2e18", "E03"},
		"nan":             {"实付款", "NaN", "E03"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x := &table{header: sample.Header("kuaishou_orders")}
			var pairs []string
			for k, v := range good {
				if k != c.column {
					pairs = append(pairs, k, v)
				}
			}
			x.add(append(pairs, c.column, c.value)...)
			x.add("订单号", "2", "订单状态", "待发货", "实付款", "1", "成交数量", "1", "商品名称", "茶")

			f := readBytes(t, "a.csv", x.csv(), ingest.Options{})

			require.Len(t, f.Orders, 1)
			require.Len(t, f.Rejected, 1)
			require.Equal(t, c.code, f.Rejected[0].Code)
			require.Equal(t, c.column, f.Rejected[0].Column)
			require.Equal(t, 2, f.Rejected[0].Row)
		})
	}
}

// Numbers of a whole column that a spreadsheet rounded are refused, even as
// text; a single one may be honest.
func TestRead_RoundedNumbers_OfAWholeFile_Refused(t *testing.T) {
	t.Parallel()
	file := func(numbers ...string) []byte {
		x := headed("订单编号,买家会员名,总金额,买家实际支付金额,订单状态")
		for _, n := range numbers {
			x.raw(n, "a", "1", "1", "交易成功")
		}
		return x.csv()
	}
	f := readBytes(t, "a.csv", file("4012345678901230000", "4012345678901240000", "4012345678901250001"), ingest.Options{})
	require.Equal(t, map[int]string{2: "E07", 3: "E07"}, codes(f))
	require.Len(t, f.Orders, 1)

	f = readBytes(t, "a.csv", file("4012345678901230000", "4012345678901240007", "4012345678901250001"), ingest.Options{})
	require.Empty(t, f.Rejected)
}

func TestRead_NumberStoredAsFloat_InWorkbook(t *testing.T) {
	t.Parallel()
	head := cells("订单编号", "买家会员名", "总金额", "买家实际支付金额", "订单状态", "订单创建时间")
	data := book(t, map[string][][]any{"s": {
		head,
		{4012345678901234567.0, "a", 178.8, 0.1 + 0.2, "交易成功", 46023.5},
		{123456789012345.0, "a", 178.8, 178.8, "交易成功", 46023.5},
	}}, "s")
	f := readBytes(t, "a.xlsx", data, ingest.Options{})
	require.Equal(t, map[int]string{2: "E07"}, codes(f))
	require.Equal(t, "123456789012345", f.Orders[0].Number)
	require.Equal(t, money.Fen(17880), f.Orders[0].TotalFen)
	require.Equal(t, "2026-01-01 12:00:00", f.Orders[0].CreatedAt.String())
	require.Equal(t, money.Fen(17880+30), total(t, f, "买家实际支付金额").Sum, "a refused row's amounts are counted too")
}

// Q4: trailers are checks, never data.
func TestRead_Trailers_CheckedNotCounted(t *testing.T) {
	t.Parallel()
	x := headed(pddShort).
		raw("2026-05-17", "260517-1", "待发货", "茶", "1", "102.12", "102.12", "102.12", "", "1").
		raw("2026-05-17", "260517-2", "待发货", "茶", "1", "80.00", "80.00", "80.00", "", "1").
		raw("", "", "", "", "", "", "", "", "", "").
		raw("总计", "", "", "", "", "182.12", "182.12", "182.13", "", "").
		raw("共 3 笔记录", "", "", "", "", "", "", "", "", "").
		raw("#导出时间：[2026-05-18]", "", "", "", "", "", "", "", "", "").
		raw("--------", "", "", "", "", "", "", "", "", "").
		raw("", "", "", "以上数据仅供参考", "", "", "", "", "", "")

	f := readBytes(t, "a.csv", x.csv(), ingest.Options{})

	require.Empty(t, f.Rejected)
	require.Equal(t, 2, f.RowCount)
	require.Len(t, f.Orders, 2)
	goods := total(t, f, "商品总价（元）")
	require.Equal(t, [2]money.Fen{18212, 18212}, [2]money.Fen{goods.Sum, goods.Declared})
	require.True(t, goods.HasDecl)
	require.Equal(t, money.Fen(18213), total(t, f, "商家实收金额（元）").Declared)
	require.ElementsMatch(t, []string{"note.ingest.remark_row", "note.ingest.remark_row", "note.ingest.remark_row", "note.ingest.total_differs", "note.ingest.count_differs"}, noteKeys(f))
}

func TestRead_HeaderAnywhere_PhysicalRow(t *testing.T) {
	t.Parallel()
	body := headed("订单编号,买家会员名,总金额,买家实际支付金额,订单状态").raw("7", "a", "1", "1", "交易成功").csv()
	for _, above := range []int{1, 4, 44} {
		t.Run(strconv.Itoa(above), func(t *testing.T) {
			t.Parallel()
			var b bytes.Buffer
			for i := range above {
				if i%3 == 1 {
					b.WriteString("\n") // blank lines count
					continue
				}
				b.WriteString("#说明,订单编号怎么看,第" + strconv.Itoa(i) + "行\n")
			}
			b.Write(body)
			f := readBytes(t, "a.csv", b.Bytes(), ingest.Options{})
			require.Equal(t, above+1, f.HeaderRow)
			require.Equal(t, "7", f.Orders[0].Number)
			require.Equal(t, above+2, f.Orders[0].Rows[0])
			require.Equal(t, "note.ingest.header_row", f.Notes[0].Key)
			require.Equal(t, strconv.Itoa(above+1), f.Notes[0].Args["row"])
		})
	}
	var b bytes.Buffer
	b.WriteString(strings.Repeat("说明,一\n", 45))
	b.Write(body)
	_, err := tryBytes(b.Bytes(), ingest.Options{})
	require.Equal(t, "fault.ingest.unknown_layout", fault.Key(err), "line 46 is too far down")
}

// Brackets, blanks and repeated headers in files that people put together.
func TestRead_HeaderSpellings_AndHeaderAgain(t *testing.T) {
	t.Parallel()
	head := strings.NewReplacer("(", "（", ")", "）", "订单号", " 订单号 ").Replace(pddShort)
	x := headed(head).
		raw("2026-05-17", "260517-1", "待发货", "茶", "1", "1", "1", "1", "", "1").
		raw(strings.Split(pddShort, ",")...).
		raw("2026-05-18", "260518-1", "待发货", "茶", "1", "1", "1", "1", "", "1")
	f := readBytes(t, "a.csv", x.csv(), ingest.Options{})
	require.Empty(t, f.Rejected)
	require.Len(t, f.Orders, 2)
	require.Equal(t, 2, f.RowCount)
}

func TestRead_Workbook_AllSheetsWithTheHeader_HiddenLeftOut(t *testing.T) {
	t.Parallel()
	head := cells("订单编号", "买家会员名", "总金额", "买家实际支付金额", "订单状态")
	row := func(no string) []any { return cells(no, "a", "2", "2", "交易成功") }
	data := book(t, map[string][][]any{
		"说明": {{"怎么导出"}, {"第一步"}},
		"一月": {head, row("1"), cells("2", "a", "bad", "2", "交易成功")},
		"二月": {{"标题"}, cells("买家会员名", "订单编号", "总金额", "买家实际支付金额", "订单状态"), cells("a", "3", "2", "2", "交易成功"), cells("a", "1", "9", "9", "交易成功")},
		"隐藏": {head, row("99")},
	}, "说明", "一月", "二月", "隐藏")

	f := readBytes(t, "a.xlsx", data, ingest.Options{})

	require.Equal(t, "一月", f.Sheet)
	require.Len(t, f.Orders, 2)
	require.Equal(t, []string{"1", "3"}, []string{f.Orders[0].Number, f.Orders[1].Number})
	require.Contains(t, noteKeys(f), "note.ingest.sheet_not_read")
	require.Len(t, f.Rejected, 2)
	sheets := map[string]string{}
	for _, e := range f.Rejected {
		sheets[e.Sheet] = e.Code
		require.NotEmpty(t, e.Cells)
	}
	require.Equal(t, map[string]string{"一月": "E03", "二月": "E14"}, sheets)
	require.Equal(t, money.Fen(400+900), total(t, f, "总金额").Sum)
	require.Equal(t, money.Fen(400), total(t, f, "总金额").Accepted)
}

func TestRead_Limits_AndCancel(t *testing.T) {
	t.Parallel()
	x := headed("订单编号,买家会员名,总金额,买家实际支付金额,订单状态")
	for i := range 2500 {
		x.raw(strconv.Itoa(i), "a", "1", "1", "交易成功")
	}
	data := x.csv()
	_, err := tryBytes(data, ingest.Options{MaxRows: 2499})
	require.True(t, fault.Is(err, fault.Limit))
	require.Equal(t, "fault.ingest.too_many_rows", fault.Key(err))

	var said []int
	f, err := tryBytes(data, ingest.Options{MaxRows: 2500, Report: func(p job.Progress) { said = append(said, p.Done) }})
	require.NoError(t, err)
	require.Len(t, f.Orders, 2500)
	require.Equal(t, []int{1000, 2000}, said)

	ctx, stop := context.WithCancel(context.Background())
	_, err = ingest.Read(ctx, "a", bytes.NewReader(data), int64(len(data)), ingest.Options{Report: func(job.Progress) { stop() }})
	require.True(t, fault.Is(err, fault.Cancelled))
}

func TestRead_NothingBelowTheHeader(t *testing.T) {
	t.Parallel()
	f, err := tryBytes(headed("订单编号,买家会员名,总金额,买家实际支付金额,订单状态").csv(), ingest.Options{})
	require.Equal(t, "fault.ingest.no_rows", fault.Key(err))
	require.Equal(t, "taobao_orders", f.Layout)
}

func TestRead_DamagedFile_FaultOfTheSheet(t *testing.T) {
	t.Parallel()
	_, err := tryBytes(nil, ingest.Options{})
	require.True(t, strings.HasPrefix(fault.Key(err), "fault.sheet."))
	lim := sheet.DefaultLimits()
	lim.File = 10
	_, err = tryBytes([]byte("订单编号,买家会员名\n1,2\n"), ingest.Options{Limits: &lim})
	require.True(t, fault.Is(err, fault.Limit))
}

// The order of two files, and of rows in a file, does not matter (Q13).
func TestRead_RowOrder_SameOrders(t *testing.T) {
	t.Parallel()
	var a, b bytes.Buffer
	orders := sampleOrders()
	require.NoError(t, sample.Write("douyin_orders", orders, &a))
	for i, k := 0, len(orders)-1; i < k; i, k = i+1, k-1 {
		orders[i], orders[k] = orders[k], orders[i]
	}
	require.NoError(t, sample.Write("douyin_orders", orders, &b))
	one, two := readBytes(t, "a", a.Bytes(), ingest.Options{}), readBytes(t, "b", b.Bytes(), ingest.Options{})
	byNumber := map[string]ingest.OrderDraft{}
	for _, o := range one.Orders {
		o.Rows = nil
		for i := range o.Lines {
			o.Lines[i].Rows = nil
		}
		byNumber[o.Number] = o
	}
	for _, o := range two.Orders {
		o.Rows = nil
		for i := range o.Lines {
			o.Lines[i].Rows = nil
		}
		require.Equal(t, byNumber[o.Number], o)
	}
	require.Equal(t, one.Totals, two.Totals)
}

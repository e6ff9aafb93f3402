package sheet_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/fault"
	"zhanggui/app/ingest/sheet"
)

func TestCSV_Records(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		in   string
		want []line
	}{
		"plain":            {"a,b\n1,2\n", []line{{1, []string{"a", "b"}}, {2, []string{"1", "2"}}}},
		"no last line end": {"a,b\n1,2", []line{{1, []string{"a", "b"}}, {2, []string{"1", "2"}}}},
		"CRLF":             {"a,b\r\n1,2\r\n", []line{{1, []string{"a", "b"}}, {2, []string{"1", "2"}}}},
		"CR only":          {"a,b\r1,2\r", []line{{1, []string{"a", "b"}}, {2, []string{"1", "2"}}}},
		"blank lines count": {"\n标题\r\n\r\na,b\n\n1,2\n", []line{
			{2, []string{"标题"}}, {4, []string{"a", "b"}}, {6, []string{"1", "2"}},
		}},
		"quotes":                  {`"a,1","b ""x"""` + "\n", []line{{1, []string{"a,1", `b "x"`}}}},
		"empty fields":            {"a,,\n,,\n", []line{{1, []string{"a", "", ""}}, {2, []string{"", "", ""}}}},
		"embedded line ends":      {"a,\"x\r\ny\nz\"\nb,2\n", []line{{1, []string{"a", "x\r\ny\nz"}}, {4, []string{"b", "2"}}}},
		"CR in quotes":            {"a,\"x\ry\"\rb,2\r", []line{{1, []string{"a", "x\ry"}}, {3, []string{"b", "2"}}}},
		"quote inside a word":     {"5\"屏,b\n", []line{{1, []string{`5"屏`, "b"}}}},
		"after a quote":           {"\"4200\"\t,\"b\"x\n", []line{{1, []string{"4200\t", "bx"}}}},
		"formula guard":           {`="0123",="",a` + "\n", []line{{1, []string{"0123", "", "a"}}}},
		"formula guard in quotes": {`"=""3515""","=""""",b` + "\n", []line{{1, []string{"3515", "", "b"}}}},
		"formulas stay":           {"=1+1,=A1,\"=SUM(A1)\"\n", []line{{1, []string{"=1+1", "=A1", "=SUM(A1)"}}}},
		"leading TAB stays":       {"a,b\n\"\t9001\",'139\n", []line{{1, []string{"a", "b"}}, {2, []string{"\t9001", "'139"}}}},
		"ragged":                  {"a,b,c\n1,2\n1,2,3,4\n", []line{{1, []string{"a", "b", "c"}}, {2, []string{"1", "2"}}, {3, []string{"1", "2", "3", "4"}}}},
		"one column":              {"单号\n1\n2\n", []line{{1, []string{"单号"}}, {2, []string{"1"}}, {3, []string{"2"}}}},
		"only header":             {"订单号,金额\n", []line{{1, []string{"订单号", "金额"}}}},
		"= at the end":            {"a,=", []line{{1, []string{"a", "="}}}},
		"duplicate headers":       {"分销员,分销员\n甲,乙\n", []line{{1, []string{"分销员", "分销员"}}, {2, []string{"甲", "乙"}}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b, rows := read(t, []byte(tc.in))
			require.Equal(t, tc.want, rows)
			require.Equal(t, sheet.CSV, b.Format)
			require.Equal(t, sheet.UTF8, b.Encoding)
		})
	}
}

func TestCSV_Delimiter(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		in     string
		want   rune
		format sheet.Format
	}{
		"comma":                     {"订单号,金额,状态\n1,2,3\n", ',', sheet.CSV},
		"TAB":                       {"order-id\tsku\tqty\n1\tA,B\t3\n2\tC,D\t1\n", '\t', sheet.TSV},
		"semicolon, decimal commas": {"单号;金额;运费\n1,5;2,5;3,5\n2,5;2,5;3,5\n3,5;1,0;1,0\n", ';', sheet.CSV},
		"bar":                       {"a|b|c\n1|2|3\n", '|', sheet.CSV},
		"comma with a TAB after every text (Alipay)": {
			"#账务明细\n账务流水号,业务流水号,发生时间,收入\n1\t,2\t,3\t,4.00\n5\t,6\t,7\t,8.00\n", ',', sheet.CSV,
		},
		"comma with ; inside one column":         {"订单号,商品属性,数量\n1,颜色:红;尺码:XL,1\n2,颜色:红;尺码:L,2\n", ',', sheet.CSV},
		"semicolon inside every row, header too": {"订单号,商品;规格,数量\n1,A;红,1\n2,B;蓝,2\n", ',', sheet.CSV},
		"no delimiter":                           {"abc\ndef\n", ',', sheet.CSV},
		"preamble of prose":                      {"导出说明\n时间|范围\n订单号,金额,状态,备注\n1,2,3,4\n5,6,7,8\n", ',', sheet.CSV},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b, _ := read(t, []byte(tc.in))
			require.Equal(t, string(tc.want), string(b.Delimiter))
			require.Equal(t, tc.format, b.Format)
		})
	}
}

func TestCSV_LongFile_ChunksJoin(t *testing.T) {
	t.Parallel()
	var in strings.Builder
	in.WriteString("单号,名称,备注\n")
	const n = 40_000
	for range n {
		in.WriteString("=\"4012345678901234567\",\"红色,XL\",\"易碎\r\n轻放\"\n")
	}
	for name, data := range map[string][]byte{
		"utf-8": []byte(in.String()), "gb18030": gb(in.String()), "utf-16": utf16le(in.String()), "utf-16be": utf16be(in.String()),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b, err := open(data)
			require.NoError(t, err)
			count := 0
			err = b.Rows(context.Background(), 0, func(r sheet.Row) error {
				count++
				if count > 1 {
					require.Equal(t, line{2*count - 2, []string{"4012345678901234567", "红色,XL", "易碎\r\n轻放"}}, texts(r))
				}
				return nil
			})
			require.NoError(t, err)
			require.Equal(t, n+1, count)
		})
	}
}

func TestCSV_OpenQuote_NamesItsLine(t *testing.T) {
	t.Parallel()
	f := refused(t, []byte("a,b\n1,2\n3,\"未闭合\n4,5\n"))
	require.Equal(t, "fault.sheet.quote_open", f.Key)
	require.Equal(t, "3", f.Args["line"])
	require.Equal(t, "a.csv", f.Args["file"])
}

func TestRows_StopAndAgain(t *testing.T) {
	t.Parallel()
	b, err := open([]byte("a,b\n1,2\n3,4\n"))
	require.NoError(t, err)
	n := 0
	require.NoError(t, b.Rows(context.Background(), 0, func(sheet.Row) error {
		n++
		return sheet.Stop
	}))
	require.Equal(t, 1, n)

	rows, err := rowsOf(b, 0)
	require.NoError(t, err)
	require.Len(t, rows, 3)

	own := errors.New("mine")
	require.ErrorIs(t, b.Rows(context.Background(), 0, func(sheet.Row) error { return own }), own)
	require.Equal(t, "fault.sheet.no_sheet", fault.Key(b.Rows(context.Background(), 1, nil)))
	require.NoError(t, b.Close())
}

func TestRows_Cancelled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for name, data := range map[string][]byte{
		"csv":  []byte("a,b\n1,2\n"),
		"xlsx": xlsx(rowsXML(3, 2)),
		"xls":  xls(xlsBook(nil, func(b *biff) { b.rec(0x0203, at(0, 0), f64(1)) })),
		"html": []byte("<table><tr><td>1</td></tr></table>"),
		"xml":  []byte(xml2003(`<Row><Cell><Data ss:Type="String">a</Data></Cell></Row>`)),
	} {
		b, err := open(data)
		require.NoError(t, err, name)
		err = b.Rows(ctx, 0, func(sheet.Row) error { return nil })
		require.True(t, fault.Is(err, fault.Cancelled), name)
	}
}

func TestOpen_Facts(t *testing.T) {
	t.Parallel()
	b, _ := read(t, []byte("a,b\n"))
	require.Equal(t, "5be08c9684a1d25efcee09318204824278b08bbfb4aef973ffefd0b9d7478313", b.SHA256)
	require.Equal(t, int64(4), b.Size)
	require.Equal(t, []sheet.Info{{}}, b.Sheets)
}

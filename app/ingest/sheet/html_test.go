package sheet_test

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/ingest/sheet"
)

func TestHTML_Tables(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		in   string
		want []line
	}{
		"simple": {"<table><tr><th>订单号<th>金额</tr><tr><td>1</td><td>2.50</td></tr></table>", []line{
			{1, []string{"订单号", "金额"}}, {2, []string{"1", "2.50"}},
		}},
		"page": {`<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><style>td{a>b}</style><!--[if gte mso 9]><xml><x:Name>订单</x:Name></xml><![endif]--></head><body><TABLE border=1><TR><TD class='a' x:str>A&amp;B</TD><TD>&nbsp;1&nbsp;</TD></TR></TABLE></body></html>`, []line{
			{1, []string{"A&B", "1"}},
		}},
		"blanks and line ends": {"<table><tr><td>\n  红色\n  XL <br>第二行</td></tr></table>", []line{{1, []string{"红色 XL \n第二行"}}}},
		"lone bracket":         {"<table><tr><td>a < b & c</td></tr></table>", []line{{1, []string{"a < b & c"}}}},
		"empty rows":           {"<table><tr></tr><tr><td></td></tr><tr><td>x</td></tr></table>", []line{{3, []string{"x"}}}},
		"merged": {"<table><tr><td rowspan=3>A</td><td colspan='2'>B</td><td>C</td></tr><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr><tr><td>4</td></tr></table>", []line{
			{1, []string{"A", "B", "", "C"}}, {2, []string{"", "1", "2"}}, {3, []string{"", "3"}}, {4, []string{"4"}},
		}},
		"title table": {"<table><tr><td>标题</td></tr></table><table><tr><td>a</td><td>b</td></tr></table>", []line{
			{1, []string{"标题"}}, {2, []string{"a", "b"}},
		}},
		"table in a cell":  {"<table><tr><td>x<table><tr><td>1</td><td>2</td></tr></table></td><td>y</td></tr></table>", []line{{1, []string{"x 1 2", "y"}}}},
		"text outside":     {"<div>导出</div><table><tr><td>1</td>x</tr></table>尾", []line{{1, []string{"1"}}}},
		"bare table":       {"  \r\n<table><tr><td>一</td></tr></table>", []line{{1, []string{"一"}}}},
		"self-closed cell": {"<table><tr><td/><td>b</td></tr></table>", []line{{1, []string{"", "b"}}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b, rows := read(t, []byte(tc.in))
			require.Equal(t, sheet.HTML, b.Format)
			require.Equal(t, tc.want, rows)
		})
	}
}

func TestHTML_GB18030(t *testing.T) {
	t.Parallel()
	b, rows := read(t, gb(`<html><head><meta charset="gb2312"></head><table><tr><td>运单号</td></tr></table></html>`))
	require.Equal(t, sheet.GB18030, b.Encoding)
	require.Equal(t, []line{{1, []string{"运单号"}}}, rows)
}

func TestHTML_OfficeExport(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("testdata/office.html")
	require.NoError(t, err)
	b, rows := read(t, data)
	require.Equal(t, sheet.HTML, b.Format)
	require.Equal(t, []line{{1, []string{"44561.5", "x"}}}, rows)
}

func TestHTML_Refused(t *testing.T) {
	t.Parallel()
	for in, key := range map[string]string{
		"<!DOCTYPE html><html><body>请先登录</body></html>":             "html_no_table",
		"<table><tr><td>1</td></tr><tr><td>2":                       "cut_off",
		"<table><tr><td>1</td></tr>":                                "cut_off",
		"<table><tr><td colspan=99999999>1</td></tr></table><table": "part_broken",
		"<?xml version=\"1.0\"?><rss></rss>":                        "unsupported",
	} {
		require.Equal(t, "fault.sheet."+key, refused(t, []byte(in)).Key, in)
	}
}

// xml2003 wraps rows into a workbook of Excel 2003's XML.
func xml2003(rows string) string {
	return `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
 <Styles><Style ss:ID="s1"/></Styles>
 <Worksheet ss:Name="订单 &amp; 明细"><Table>` + rows + `</Table></Worksheet>
 <Worksheet ss:Name="隐藏"><Table><Row><Cell><Data ss:Type="String">秘</Data></Cell></Row></Table><WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet>
</Workbook>`
}

func TestXML2003(t *testing.T) {
	t.Parallel()
	b, rows := read(t, []byte(xml2003(`
<Row><Cell><Data ss:Type="String">订单号</Data></Cell><Cell ss:MergeAcross="1"><Data ss:Type="String">金额</Data></Cell><Cell><Data ss:Type="String">备&#27880;</Data></Cell></Row>
<Row ss:Index="4"><Cell ss:Index="2"><Data ss:Type="Number">12.5</Data></Cell><Cell ss:Index="5"><Data ss:Type="DateTime">2026-05-01T10:00:00.000</Data></Cell></Row>
<Row><Cell/><Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40"><B>粗</B>体</ss:Data></Cell><Cell ss:Formula="=A1"/><Cell ss:Formula="=A1"><Data ss:Type="Boolean">1</Data></Cell></Row>
<Row/><Row><Cell ss:StyleID="s1"/></Row>`)))
	require.Equal(t, sheet.XML, b.Format)
	require.Equal(t, []sheet.Info{{Name: "订单 & 明细"}, {Name: "隐藏", Hidden: true}}, b.Sheets)
	require.Equal(t, []line{
		{1, []string{"订单号", "金额", "", "备注"}},
		{4, []string{"", "#12.5", "", "", "2026-05-01T10:00:00.000"}},
		{5, []string{"", "粗体", "?", "1"}},
	}, rows)

	hidden, err := rowsOf(b, 1)
	require.NoError(t, err)
	require.Equal(t, []line{{1, []string{"秘"}}}, hidden)
}

func TestXML2003_Refused(t *testing.T) {
	t.Parallel()
	whole := xml2003(`<Row><Cell><Data ss:Type="String">a</Data></Cell></Row>`)
	for in, key := range map[string]string{
		whole[:len(whole)-len("</Workbook>")]: "cut_off",
		`<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"></Workbook>`:                               "no_sheets",
		`<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"></Workbook>`: "part_broken",
		xml2003(`<Row ss:Index="5"/><Row ss:Index="2"/>`):                                                                               "part_broken",
		xml2003(`<Row ss:Index="2000000"/>`):                                                                                            "too_many_rows",
		xml2003(`<Row><Cell ss:Index="99999"/></Row>`):                                                                                  "too_many_columns",
		xml2003(`<Row><Cell><Data ss:Type="String">&unknown;</Data></Cell></Row>`):                                                      "part_broken",
	} {
		require.Equal(t, "fault.sheet."+key, refused(t, []byte(in)).Key, in)
	}
}

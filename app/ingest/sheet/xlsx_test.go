package sheet_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"zhanggui/app/ingest/sheet"
)

func TestXLSX_Cells(t *testing.T) {
	t.Parallel()
	shared := []string{`<t>订单号</t>`, `<r><rPr/><t>红</t></r><r><t xml:space="preserve"> 色</t></r><rPh sb="0"><t>hong</t></rPh>`, `<t/>`, `<t>A&amp;B&#x4E2D;_x000D_x_x12</t>`}
	for name, tc := range map[string]struct {
		rows string
		want []line
	}{
		"shared":                {`<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="3" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c><c r="D1" t="s"><v>3</v></c></row>`, []line{{1, []string{"订单号", "红 色", "", "A&B中\rx_x12"}}}},
		"numbers raw":           {`<row r="1"><c r="A1"><v>46023.5</v></c><c r="B1" t="n"><v>4.01234567890123E+18</v></c><c r="C1"><v> -0.5 </v></c></row>`, []line{{1, []string{"#46023.5", "#4.01234567890123E+18", "#-0.5"}}}},
		"number that is none":   {`<row r="1"><c r="A1"><v>1,5</v></c><c r="B1"><v>Infinity</v></c><c r="C1"><v>0x1p4</v></c><c r="D1"><v>1e</v></c></row>`, []line{{1, []string{"1,5", "Infinity", "0x1p4", "1e"}}}},
		"inline":                {`<row r="1"><c r="A1" t="inlineStr"><is><t>行内</t></is></c><c r="B1" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c></row>`, []line{{1, []string{"行内", "ab"}}}},
		"formula text":          {`<row r="1"><c r="A1" t="str"><f>"a"&amp;"b"</f><v>ab</v></c><c r="B1" t="str"><f>""</f><v></v></c><c r="C1"><f>1+1</f><v>2</v></c></row>`, []line{{1, []string{"ab", "", "#2"}}}},
		"formula without value": {`<row r="1"><c r="A1"><f>SUM(B1:B2)</f></c><c r="B1"><f>1</f><v/></c><c r="C1"><f t="shared" si="0"/><v></v></c></row>`, []line{{1, []string{"?", "?", "?"}}}},
		"truth and errors":      {`<row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="b"><v>0</v></c><c r="C1" t="e"><v>#N/A</v></c></row>`, []line{{1, []string{"TRUE", "FALSE", "#N/A"}}}},
		"ISO date":              {`<row r="1"><c r="A1" t="d"><v>2026-05-01T10:00:00</v></c></row>`, []line{{1, []string{"2026-05-01T10:00:00"}}}},
		"gaps":                  {`<row r="3"><c r="B3"><v>1</v></c><c r="E3"><v>2</v></c></row><row r="7"><c r="AB7"><v>3</v></c></row>`, []line{{3, []string{"", "#1", "", "", "#2"}}, {7, append(make([]string, 27), "#3")}}},
		"no references":         {`<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>`, []line{{1, []string{"#1", "#2"}}, {2, []string{"#3"}}}},
		"styled blanks":         {`<row r="1"><c r="A1" s="1"/><c r="B1" s="1"/></row><row r="2"/><row r="3"><c r="A3"><v>1</v></c><c r="B3" s="1"/></row>`, []line{{3, []string{"#1"}}}},
		"merged downwards":      {`<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row><row r="2"><c r="A2"/><c r="B2"><v>3</v></c></row>`, []line{{1, []string{"#1", "#2"}}, {2, []string{"", "#3"}}}},
		"prefix and CDATA":      {`<x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t><![CDATA[a<b&c]]></x:t></x:is></x:c></x:row>`, []line{{1, []string{"a<b&c"}}}},
		"comments":              {`<!-- <row r="9"> --><row r="1"><!-- c --><c r="A1"><v>1<!-- x -->2</v></c></row>`, []line{{1, []string{"#12"}}}},
		"single quotes":         {`<row r='1'><c r = 'A1' t='inlineStr'><is><t>a&gt;b</t></is></c></row>`, []line{{1, []string{"a>b"}}}},
		"escaped line end":      {`<row r="1"><c r="A1" t="inlineStr"><is><t>a&#10;b</t></is></c></row>`, []line{{1, []string{"a\nb"}}}},
		"empty":                 {``, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b, rows := read(t, xlsx(tc.rows, shared...))
			require.Equal(t, sheet.XLSX, b.Format)
			require.Empty(t, b.Encoding)
			require.Equal(t, tc.want, rows)
		})
	}
}

func TestXLSX_Workbook(t *testing.T) {
	t.Parallel()
	book := `<?xml version="1.0"?><x:workbook xmlns:x="m" xmlns:r="r"><x:workbookPr date1904="true"/><x:sheets>
<x:sheet name="订单&amp;明细" sheetId="1" r:id="rId7"/><x:sheet r:id="rId8" state="hidden" sheetId="2" name="隐藏"/><x:sheet name="深藏" sheetId="3" state="veryHidden" r:id="rId10"/><x:sheet name="图" sheetId="4" r:id="rId9"/></x:sheets></x:workbook>`
	rels := `<Relationships><Relationship Id="rId7" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet" Target="/xl/worksheets/Sheet1.xml"/>
<Relationship Id="rId8" Type="a/worksheet" Target="worksheets\sheet2.xml"/><Relationship Id="rId9" Type="a/chartsheet" Target="chartsheets/sheet1.xml"/>
<Relationship Id="rId10" Type="a/worksheet" Target="../xl/worksheets/sheet2.xml"/>
<Relationship Id="rId11" Type="a/externalLink" Target="file:///C:/secret.xlsx" TargetMode="External"/></Relationships>`
	data := zipOf(
		part{`_rels\.rels`, relsPart}, part{"xl/workbook.xml", book}, part{"xl/_rels/workbook.xml.rels", rels},
		part{"xl/worksheets/sheet1.xml", sheetOf(`<row r="1"><c r="A1"><v>1</v></c></row>`)},
		part{`xl\worksheets\sheet2.xml`, sheetOf(`<row r="1"><c r="A1"><v>2</v></c></row>`)},
		part{"xl/vbaProject.bin", "macro"},
	)

	b, err := open(data)
	require.NoError(t, err)
	require.True(t, b.Date1904)
	require.Equal(t, []sheet.Info{{Name: "订单&明细"}, {Name: "隐藏", Hidden: true}, {Name: "深藏", Hidden: true}}, b.Sheets)

	for i, want := range []string{"#1", "#2", "#2"} {
		rows, err := rowsOf(b, i)
		require.NoError(t, err)
		require.Equal(t, []line{{1, []string{want}}}, rows)
	}
	require.NoError(t, b.Close())
}

func TestXLSX_UTF16Part(t *testing.T) {
	t.Parallel()
	parts := bookParts(string(utf16le(strings.Replace(sheetOf(`<row r="1"><c r="A1" t="inlineStr"><is><t>红色</t></is></c></row>`), "UTF-8", "UTF-16", 1))), "")
	_, rows := read(t, zipOf(parts...))
	require.Equal(t, []line{{1, []string{"红色"}}}, rows)
}

func TestXLSX_SameAsExcelize(t *testing.T) {
	t.Parallel()
	f := excelize.NewFile()
	require.NoError(t, f.SetSheetRow("Sheet1", "A1", &[]any{"订单编号", "数量", "金额", "时间", "备注"}))
	for r := 2; r <= 300; r++ {
		cell, err := excelize.CoordinatesToCellName(1, r)
		require.NoError(t, err)
		require.NoError(t, f.SetSheetRow("Sheet1", cell, &[]any{
			"401234567890123456" + string(rune('0'+r%10)), r, float64(r) * 1.1, time.Date(2026, 5, 1, r%24, 0, 0, 0, time.UTC),
			"<红色> & \"XL\"\n" + strings.Repeat("长", r%50),
		}))
	}
	var buf bytes.Buffer
	require.NoError(t, f.Write(&buf))
	want, err := f.GetRows("Sheet1", excelize.Options{RawCellValue: true})
	require.NoError(t, err)

	_, rows := read(t, buf.Bytes())

	require.Len(t, rows, len(want))
	for i, r := range rows {
		require.Equal(t, i+1, r.N)
		for j, c := range r.Cells {
			require.Equal(t, want[i][j], strings.TrimPrefix(c, "#"))
		}
	}
}

func TestXLSX_StreamWriterFile(t *testing.T) {
	t.Parallel()
	f := excelize.NewFile()
	w, err := f.NewStreamWriter("Sheet1")
	require.NoError(t, err)
	require.NoError(t, w.SetRow("A1", []any{"单号", excelize.Cell{Formula: "1+1"}, true, nil, 1.5}))
	require.NoError(t, w.Flush())
	var buf bytes.Buffer
	require.NoError(t, f.Write(&buf))

	_, rows := read(t, buf.Bytes())

	require.Equal(t, []line{{1, []string{"单号", "?", "TRUE", "", "#1.5"}}}, rows)
}

func TestXLSX_Encrypted_Refused(t *testing.T) {
	t.Parallel()
	f := excelize.NewFile()
	var buf bytes.Buffer
	require.NoError(t, f.Write(&buf, excelize.Options{Password: "secret"}))
	require.Equal(t, "fault.sheet.encrypted", refused(t, buf.Bytes()).Key)
}

func TestXLSX_ManyRows_BufferRefills(t *testing.T) {
	t.Parallel()
	const n = 20_000
	_, rows := read(t, xlsx(rowsXML(n, 5)))
	require.Len(t, rows, n)
	require.Equal(t, line{n, []string{"#100000", "#100001", "#100002", "#100003", "#100004"}}, rows[n-1])
}

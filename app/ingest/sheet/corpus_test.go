package sheet_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"context"
	"hash/crc32"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/fault"
	"zhanggui/app/ingest/sheet"
)

// malformed is one file of the corpus: it gives a fault or these rows of its
// first sheet.
type malformed struct {
	name string
	data []byte
	lim  func(*sheet.Limits)
	key  string
	rows []line
}

func fails(name string, data []byte, key string) malformed {
	return malformed{name: name, data: data, key: "fault.sheet." + key}
}

func failsAt(name string, data []byte, key string, lim func(*sheet.Limits)) malformed {
	return malformed{name: name, data: data, key: "fault.sheet." + key, lim: lim}
}

func reads(name string, data []byte, rows ...line) malformed {
	return malformed{name: name, data: data, rows: rows}
}

func row(n int, cells ...string) line { return line{n, cells} }

// TestCorpus runs every bad file that QUALITY lists through opening and reading.
func TestCorpus(t *testing.T) {
	t.Parallel()
	files := append(append(append(csvCorpus(), xlsxCorpus()...), binaryCorpus()...), markupCorpus()...)
	require.GreaterOrEqual(t, len(files), 60)
	for _, f := range files {
		t.Run(f.name, func(t *testing.T) {
			t.Parallel()
			lim := sheet.DefaultLimits()
			if f.lim != nil {
				f.lim(&lim)
			}
			all, err := readAll(f.data, lim)
			if f.key != "" {
				require.Equal(t, f.key, fault.Key(err), "%v", err)
				require.Contains(t, []fault.Code{fault.Invalid, fault.Limit}, fault.From(err).Code)
				require.Equal(t, "a.csv", fault.From(err).Args["file"])
				return
			}
			require.NoError(t, err)
			require.Equal(t, f.rows, all[0])
		})
	}
}

func csvCorpus() []malformed {
	head := "订单号,数量,金额\n"
	h := row(1, "订单号", "数量", "金额")
	one := func(cells ...string) line { return row(2, cells...) }
	return []malformed{
		reads("utf-8", []byte(head+"1,2,3\n"), h, one("1", "2", "3")),
		reads("utf-8 bom", []byte("\uFEFF"+head), h),
		reads("gbk", gb(head), h),
		reads("gb18030 four bytes", gb("名称,甲\n𠮷,㐂\n"), row(1, "名称", "甲"), one("𠮷", "㐂")),
		reads("utf-16 le", utf16le(head), h),
		reads("utf-16 be", utf16be(head), h),
		fails("mixed encodings", append([]byte("收货地址,b\n"), gb("红色,蓝色\n")...), "mixed_encoding"),
		fails("cut inside a character", []byte(head)[:len(head)-2], "cut_off"),
		fails("cut in a quoted field", []byte(head+`1,"两件`), "quote_open"),
		reads("CR only", []byte(strings.ReplaceAll(head+"1,2,3\n", "\n", "\r")), h, one("1", "2", "3")),
		fails("NUL bytes", []byte(head+"1,\x00,3\n"), "nul"),
		fails("one long cell", []byte(head+"1,"+strings.Repeat("x", 70<<10)+",3\n"), "cell_too_big"),
		fails("one long quoted cell", []byte(head+`1,"`+strings.Repeat("备注\n", 20<<10)), "cell_too_big"),
		fails("1 M columns", []byte(head+strings.Repeat(",", 1_000_000)), "too_many_columns"),
		fails("long row", []byte(strings.Repeat(strings.Repeat("x", 60<<10)+",", 20)), "row_too_big"),
		failsAt("file too big", []byte(head), "file_too_big", func(l *sheet.Limits) { l.File = 10 }),
		reads("ragged rows", []byte("a,b,c\n1\n1,2,3,4\n"), row(1, "a", "b", "c"), one("1"), row(3, "1", "2", "3", "4")),
		reads("duplicate headers", []byte("分销员,分销员\n甲,乙\n"), row(1, "分销员", "分销员"), one("甲", "乙")),
		reads("header on row 3", []byte("导出说明\n\n"+head+"1,2,3\n"), row(1, "导出说明"), row(3, "订单号", "数量", "金额"), row(4, "1", "2", "3")),
		fails("empty file", nil, "empty"),
		fails("only a BOM", []byte("\uFEFF"), "empty"),
		fails("only blank lines", []byte("\r\n\n\r"), "empty"),
		reads("only header", []byte(head), h),
		reads("semicolons", []byte("a;b\n1;2\n"), row(1, "a", "b"), one("1", "2")),
		reads("TABs", []byte("a\tb\n1\t2\n"), row(1, "a", "b"), one("1", "2")),
		reads("bars in GBK", gb("单号|名称\n1|襟\n"), row(1, "单号", "名称"), one("1", "襟")),
		reads("digit guards", []byte(head+"=\"0123\",\"\t9001\",'139\n"), h, one("0123", "\t9001", "'139")),
		reads("full-width digits", []byte(head+"１２３,１,２\n"), h, one("１２３", "１", "２")),
		reads("amount signs", []byte(head+"1,2,\"¥1,234.56\"\n"), h, one("1", "2", "¥1,234.56")),
		reads("lost digits stay visible", []byte(head+"1.23457E+18,1,NaN\n"), h, one("1.23457E+18", "1", "NaN")),
		reads("invisible characters", []byte(head+"A\u200b1,\u202e2,3\n"), h, one("A\u200b1", "\u202e2", "3")),
		reads("NFD twin", []byte(head+"Cafe\u0301,1,2\n"), h, one("Cafe\u0301", "1", "2")),
		reads("emoji and rare Han", []byte(head+"😀𠮷,1,2\n"), h, one("😀𠮷", "1", "2")),
		fails("100 k remark", []byte(head+"1,2,"+strings.Repeat("长", 100_000)+"\n"), "cell_too_big"),
		reads("formula leads", []byte(head+"=1+1,+2,@x\n"), h, one("=1+1", "+2", "@x")),
		reads("stray quotes", []byte(head+"a\"b,\"c\"d,\"\"\n"), h, one("a\"b", "cd", "")),
		reads("CR CR LF", []byte("a,b\r\r\n1,2\r\r\n"), row(1, "a", "b"), row(3, "1", "2")),
		fails("lone surrogates", append(utf16le(head), 0, 0xDC), "bad_bytes"),
		fails("utf-32", append([]byte{0xFF, 0xFE, 0, 0}, "a\x00\x00\x00"...), "nul"),
	}
}

func xlsxCorpus() []malformed {
	good := xlsx(`<row r="1"><c r="A1"><v>1</v></c></row>`)
	sheetXML := sheetOf(`<row r="1"><c r="A1"><v>1</v></c></row>`)
	cell := func(xml string) []byte { return xlsx(`<row r="1">` + xml + `</row>`) }
	without := func(name string) []byte {
		var left []part
		for _, p := range bookParts(sheetXML, "") {
			if p.name != name {
				left = append(left, p)
			}
		}
		return zipOf(left...)
	}
	with := func(more ...part) []byte { return zipOf(append(bookParts(sheetXML, ""), more...)...) }
	return []malformed{
		reads("good xlsx", good, row(1, "#1")),
		fails("bomb by ratio", zipOf(bookParts(sheetOf(strings.Repeat(" ", 8<<20)), "")...), "zip_bomb"),
		fails("bomb by declared size", declared(10<<30), "zip_bomb"),
		fails("size that lies", declared(10), "zip_broken"),
		failsAt("bomb by total", with(part{"xl/media/image1.png", noise(300 << 10)}), "zip_bomb", func(l *sheet.Limits) { l.Unzipped = 200 << 10 }),
		fails("nested zip", zipOf(part{"inner.xlsx", string(good)}), "archive"),
		fails("zip of csv", zipOf(part{"订单.csv", "a,b\n"}), "archive"),
		fails("empty zip", zipOf(), "archive"),
		fails("absolute path", with(part{"/etc/passwd", "x"}), "zip_path"),
		fails("path upwards", with(part{"xl/../../x", "x"}), "zip_path"),
		fails("path with a drive", with(part{`C:\x`, "x"}), "zip_path"),
		fails("CRC error", withCRC(good, sheetXML), "zip_broken"),
		fails("cut directory", good[:len(good)-30], "zip_broken"),
		fails("cut in the middle", good[:len(good)/2], "zip_broken"),
		fails("the same part twice", with(part{"xl/workbook.xml", bookPart}), "zip_broken"),
		fails("missing sheet part", without("xl/worksheets/sheet1.xml"), "part_missing"),
		fails("missing relations", without("xl/_rels/workbook.xml.rels"), "part_missing"),
		reads("missing package relations", without("_rels/.rels"), row(1, "#1")),
		fails("no sheets", zipOf(part{"_rels/.rels", relsPart}, part{"xl/workbook.xml", `<workbook><sheets/></workbook>`}), "no_sheets"),
		failsAt("many sheets", zipOf(bookParts(sheetXML, "")...), "too_many_sheets", func(l *sheet.Limits) { l.Sheets = 0 }),
		failsAt("many parts", good, "too_many_parts", func(l *sheet.Limits) { l.Parts = 3 }),
		fails("row beyond 2^20", xlsx(`<row r="1048577"><c r="A1048577"><v>1</v></c></row>`), "too_many_rows"),
		fails("column beyond XFD", cell(`<c r="XFE1"><v>1</v></c>`), "too_many_columns"),
		fails("bad row number", xlsx(`<row r="x"/>`), "part_broken"),
		fails("bad cell reference", cell(`<c r="1A"><v>1</v></c>`), "part_broken"),
		fails("cells out of order", cell(`<c r="B1"><v>1</v></c><c r="A1"><v>1</v></c>`), "part_broken"),
		fails("shared index beyond", cell(`<c r="A1" t="s"><v>7</v></c>`), "part_broken"),
		fails("shared index no number", cell(`<c r="A1" t="s"><v>-1</v></c>`), "part_broken"),
		failsAt("shared string bomb", xlsx("", strings.Split(strings.Repeat("<t>a</t>,", 2000), ",")...), "shared_too_big", func(l *sheet.Limits) { l.SharedStrings = 1000 }),
		failsAt("shared text bomb", xlsx("", "<t>"+strings.Repeat("字", 1000)+"</t>"), "shared_too_big", func(l *sheet.Limits) { l.SharedText = 1000 }),
		fails("long shared string", xlsx("", "<t>"+noise(70<<10)+"</t>"), "text_too_big"),
		fails("long inline text", cell(`<c r="A1" t="inlineStr"><is><t>`+noise(70<<10)+`</t></is></c>`), "cell_too_big"),
		fails("endless text", cell(`<c r="A1" t="inlineStr"><is><t>`+noise(2<<20)+`</t></is></c>`), "text_too_big"),
		fails("bad utf-8", cell("<c r=\"A1\" t=\"inlineStr\"><is><t>a\xffb</t></is></c>"), "bad_text"),
		fails("bad utf-8 in shared", xlsx("", "<t>a\xffb</t>"), "part_broken"),
		fails("unknown entity", cell(`<c r="A1" t="str"><v>&lol;</v></c>`), "part_broken"),
		fails("entity attack", zipOf(bookParts(`<!DOCTYPE x [<!ENTITY lol "lol">]>`+sheetXML, "")...), "part_broken"),
		fails("markup cut", zipOf(bookParts(sheetXML[:len(sheetXML)-90], "")...), "part_broken"),
		fails("no markup", zipOf(bookParts("hello", "")...), "part_broken"),
		fails("broken tag", xlsx(`<row r="1"><c r="A1"><v>1</v></c></row><<`), "part_broken"),
		reads("long comment", xlsx("<!-- "+noise(200<<10)+" -->"+`<row r="1"><c r="A1"><v>1</v></c></row>`), row(1, "#1")),
		reads("long CDATA over buffers", xlsx("<!-- "+noise(40<<10)+" -->"+`<row r="1"><c r="A1" t="str"><v><![CDATA[`+noise(50<<10)+`]]></v></c></row>`), row(1, noise(50<<10))),
		fails("open comment", zipOf(bookParts(sheetOf("<!-- "), "")...), "part_broken"),
		fails("open CDATA", cell(`<c r="A1" t="str"><v><![CDATA[a`), "part_broken"),
		fails("surrogate reference", cell(`<c r="A1" t="str"><v>&#xD800;</v></c>`), "part_broken"),
		reads("references", cell(`<c r="A1" t="str"><v>&lt;&gt;&quot;&apos;&#65;&#x1F600;</v></c>`), row(1, `<>"'A😀`)),
		reads("macro file", with(part{"xl/vbaProject.bin", "\xD0\xCF\x11\xE0macro"}), row(1, "#1")),
		reads("external links", with(part{"xl/externalLinks/externalLink1.xml", "<externalLink/>"}), row(1, "#1")),
		reads("formula without value", cell(`<c r="A1"><f>[1]Sheet1!A1</f></c>`), row(1, "?")),
		reads("merged header", xlsx(`<row r="1"><c r="A1" t="inlineStr"><is><t>标题</t></is></c><c r="B1"/></row><row r="2"><c r="A2"><v>1</v></c><c r="B2"><v>2</v></c></row>`), row(1, "标题"), row(2, "#1", "#2")),
		fails("ods", zipOf(part{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}, part{"content.xml", "<x/>"}), "unsupported"),
		fails("docx", zipOf(part{"_rels/.rels", strings.Replace(relsPart, "xl/workbook.xml", "word/document.xml", 1)}, part{"word/document.xml", "<x/>"}), "unsupported"),
		fails("xlsb", zipOf(part{"_rels/.rels", strings.Replace(relsPart, "workbook.xml", "workbook.bin", 1)}, part{"xl/workbook.bin", "x"}), "unsupported"),
	}
}

func binaryCorpus() []malformed {
	old := xls(xlsBook(nil, func(b *biff) { b.rec(0x0203, at(0, 0), f64(1)) }))
	return []malformed{
		reads("xls", old, row(1, "#1")),
		fails("xls cut", old[:600], "xls_broken"),
		failsAt("xls too big", old, "file_too_big", func(l *sheet.Limits) { l.XLS = 100 }),
		failsAt("xls columns", old, "too_many_columns", func(l *sheet.Limits) { l.Columns = 0 }),
		fails("Excel 5", []byte("\x09\x08\x08\x00\x00\x05\x10\x00"), "unsupported"),
		fails("pdf", []byte("%PDF-1.7\n"), "unsupported"),
		fails("png", []byte("\x89PNG\r\n\x1a\n\x00"), "unsupported"),
		fails("rar", []byte("Rar!\x1A\x07\x01\x00abc"), "archive"),
		fails("7z", []byte("7z\xBC\xAF\x27\x1C\x00\x04abc"), "archive"),
		fails("gzip", []byte("\x1F\x8B\x08\x00abc"), "archive"),
		fails("noise", []byte("\x80\x81\x00\xFF\xFE\x01"), "nul"),
	}
}

func markupCorpus() []malformed {
	return []malformed{
		reads("html named xls", []byte("<html><table><tr><td>单号</td></tr></table></html>"), row(1, "单号")),
		fails("sign-in page", []byte("<!DOCTYPE html><html><p>请登录</p></html>"), "html_no_table"),
		fails("html cut", []byte("<table><tr><td>1</td></tr><tr><td>"), "cut_off"),
		fails("html long cell", []byte("<table><tr><td>"+noise(70<<10)+"</td></tr></table>"), "cell_too_big"),
		fails("html wide", []byte("<table><tr>"+strings.Repeat("<td colspan=1000>x", 20)+"</table>"), "too_many_columns"),
		reads("html deep", []byte("<table><tr><td>"+strings.Repeat("<table>", 500)+"x"+strings.Repeat("</table>", 500)+"</table>"), row(1, "x")),
		reads("html comment left open", []byte("<table><tr><td>1</td></tr></table><!-- "+noise(100<<10)), row(1, "1")),
		reads("html with a long style", []byte("<style>"+noise(900<<10)+"</style><table><tr><td>1</td></tr></table>"), row(1, "1")),
		fails("mhtml", []byte("MIME-Version: 1.0\nContent-Type: multipart/related"), "unsupported"),
		reads("xml 2003", []byte(xml2003(`<Row><Cell><Data ss:Type="Number">1</Data></Cell></Row>`)), row(1, "#1")),
		fails("other xml", []byte(`<?xml version="1.0"?><feed/>`), "unsupported"),
	}
}

// declared is a workbook whose sheet says that it has this size unpacked; it
// really holds 2 MB.
func declared(size uint64) []byte {
	var packed bytes.Buffer
	w, err := flate.NewWriter(&packed, flate.BestSpeed)
	if err != nil {
		panic(err)
	}
	text := noise(2 << 20)
	_, _ = io.WriteString(w, text)
	_ = w.Close()

	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for _, p := range bookParts("", "") {
		if p.text == "" {
			continue
		}
		f, err := z.Create(p.name)
		if err != nil {
			panic(err)
		}
		_, _ = io.WriteString(f, p.text)
	}
	f, err := z.CreateRaw(&zip.FileHeader{
		Name: "xl/worksheets/sheet1.xml", Method: zip.Deflate, CRC32: crc32.ChecksumIEEE([]byte(text)),
		CompressedSize64: uint64(packed.Len()), UncompressedSize64: size,
	})
	if err != nil {
		panic(err)
	}
	_, _ = f.Write(packed.Bytes())
	_ = z.Close()
	return buf.Bytes()
}

// noise is text that does not pack well, without markup.
func noise(n int) string {
	const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-"
	out := make([]byte, n)
	state := uint64(1)
	for i := range out {
		state = state*6364136223846793005 + 1442695040888963407
		out[i] = letters[state>>58]
	}
	return string(out)
}

// endless is a file of one cell that exists only in name.
type endless struct{}

func (endless) ReadAt(p []byte, _ int64) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}

func TestCorpus_SparseCell(t *testing.T) {
	t.Parallel()
	_, err := sheet.Open("a.csv", endless{}, 1<<30, sheet.DefaultLimits())
	require.Equal(t, "fault.sheet.file_too_big", fault.Key(err))

	b, err := sheet.Open("a.csv", endless{}, 20<<20, sheet.DefaultLimits())
	require.NoError(t, err)
	err = b.Rows(context.Background(), 0, func(sheet.Row) error { return nil })
	require.Equal(t, "fault.sheet.cell_too_big", fault.Key(err))
}

type brokenDisk struct{ good int64 }

func (d brokenDisk) ReadAt(p []byte, off int64) (int, error) {
	if off >= d.good {
		return 0, os.ErrClosed
	}
	return endless{}.ReadAt(p, off)
}

func TestOpen_DiskTrouble_Unavailable(t *testing.T) {
	t.Parallel()
	for _, good := range []int64{0, 300 << 10} {
		_, err := sheet.Open("a.csv", brokenDisk{good}, 1<<20, sheet.DefaultLimits())
		require.True(t, fault.Is(err, fault.Unavailable), "%v", err)
		require.Equal(t, "fault.sheet.read", fault.Key(err))
	}
}

// A file cut anywhere is refused or, when it is separated text cut between two
// characters, gives the rows before the cut; nothing panics.
func TestCorpus_EveryPrefix(t *testing.T) {
	t.Parallel()
	office, err := os.ReadFile("testdata/date1904.xls")
	require.NoError(t, err)
	for name, data := range map[string][]byte{
		"csv":   gb("订单号,商品\n1,\"红色\n裙\"\n2,蓝\n"),
		"utf16": utf16le("a,b\n红,色\n"),
		"xlsx":  xlsx(rowsXML(5, 3), "<t>a</t>"),
		"xls":   office,
		"html":  []byte("<html><table><tr><td>1</td><td>红</td></tr></table></html>"),
		"xml":   []byte(xml2003(`<Row><Cell><Data ss:Type="String">红</Data></Cell></Row>`)),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			whole, err := readAll(data, sheet.DefaultLimits())
			require.NoError(t, err)
			for n := 0; n < len(data); n += 1 + len(data)/2000 {
				got, err := readAll(data[:n], sheet.DefaultLimits())
				switch {
				case err != nil:
					require.NotEqual(t, fault.Internal, fault.From(err).Code, "cut at %d: %v", n, err)
				case name == "csv" || name == "utf16":
					last := len(got[0]) - 1
					require.Equal(t, whole[0][:last], got[0][:last], "cut at %d", n)
				case n > 100 || name == "xlsx" && n > 8: // a shorter piece does not tell its kind
					require.Equal(t, whole, got, "cut at %d", n)
				}
			}
		})
	}
}

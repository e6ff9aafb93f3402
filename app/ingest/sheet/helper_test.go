package sheet_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"math"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/simplifiedchinese"

	"zhanggui/app/fault"
	"zhanggui/app/ingest/sheet"
)

// line is a row as the tests compare it.
type line struct {
	N     int
	Cells []string
}

// texts copies a row; numeric cells get a leading #, cells without a value are "?".
func texts(r sheet.Row) line {
	l := line{N: r.Number, Cells: make([]string, len(r.Cells))}
	for i, c := range r.Cells {
		switch {
		case c.NoValue:
			l.Cells[i] = "?"
		case c.Num:
			l.Cells[i] = "#" + c.Text
		default:
			l.Cells[i] = c.Text
		}
	}
	return l
}

func open(data []byte) (*sheet.Book, error) {
	return sheet.Open("a.csv", bytes.NewReader(data), int64(len(data)), sheet.DefaultLimits())
}

func rowsOf(b *sheet.Book, n int) ([]line, error) {
	var out []line
	err := b.Rows(context.Background(), n, func(r sheet.Row) error {
		out = append(out, texts(r))
		return nil
	})
	return out, err
}

// read opens and reads the first sheet; both must go well.
func read(t *testing.T, data []byte) (*sheet.Book, []line) {
	t.Helper()
	b, err := open(data)
	require.NoError(t, err)
	rows, err := rowsOf(b, 0)
	require.NoError(t, err)
	return b, rows
}

// readAll gives the fault of opening or reading any sheet.
func readAll(data []byte, lim sheet.Limits) ([][]line, error) {
	b, err := sheet.Open("a.csv", bytes.NewReader(data), int64(len(data)), lim)
	if err != nil {
		return nil, err
	}
	var all [][]line
	for i := range b.Sheets {
		var rows []line
		err := b.Rows(context.Background(), i, func(r sheet.Row) error {
			rows = append(rows, texts(r))
			return nil
		})
		if err != nil {
			return nil, err
		}
		all = append(all, rows)
	}
	return all, b.Close()
}

func refused(t *testing.T, data []byte) *fault.Error {
	t.Helper()
	_, err := readAll(data, sheet.DefaultLimits())
	require.Error(t, err)
	return fault.From(err)
}

func gb(s string) []byte {
	out, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(s))
	if err != nil {
		panic(err)
	}
	return out
}

func utf16le(s string) []byte { return utf16Bytes("\uFEFF"+s, binary.LittleEndian) }
func utf16be(s string) []byte { return utf16Bytes("\uFEFF"+s, binary.BigEndian) }

func utf16Bytes(s string, order binary.AppendByteOrder) []byte {
	var out []byte
	for _, u := range utf16.Encode([]rune(s)) {
		out = order.AppendUint16(out, u)
	}
	return out
}

// part is one file of a zip.
type part struct{ name, text string }

func zipOf(parts ...part) []byte {
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	for _, p := range parts {
		f, err := w.Create(p.name)
		if err != nil {
			panic(err)
		}
		if _, err := f.Write([]byte(p.text)); err != nil {
			panic(err)
		}
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return buf.Bytes()
}

// The parts that every workbook needs.
const (
	relsPart = `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	bookPart = `<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><workbookPr/><sheets><sheet name="订单" sheetId="1" r:id="rId1"/></sheets></workbook>`
	bookRels = `<?xml version="1.0"?><Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>`
)

func bookParts(sheetXML, shared string) []part {
	parts := []part{
		{"_rels/.rels", relsPart},
		{"xl/workbook.xml", bookPart},
		{"xl/_rels/workbook.xml.rels", bookRels},
		{"xl/worksheets/sheet1.xml", sheetXML},
	}
	if shared != "" {
		parts = append(parts, part{"xl/sharedStrings.xml", shared})
	}
	return parts
}

// xlsx makes a workbook of one sheet from the rows' XML and the shared strings.
func xlsx(rows string, shared ...string) []byte {
	table := ""
	if len(shared) > 0 {
		table = `<sst><si>` + strings.Join(shared, `</si><si>`) + `</si></sst>`
	}
	return zipOf(bookParts(sheetOf(rows), table)...)
}

func sheetOf(rows string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><worksheet><dimension ref="A1"/><sheetData>` + rows + `</sheetData><pageMargins left="1"/></worksheet>`
}

// biff collects records of an old workbook.
type biff struct{ bytes.Buffer }

func (b *biff) rec(id uint16, data ...[]byte) *biff {
	all := bytes.Join(data, nil)
	b.Write(u16(int(id)))
	b.Write(u16(len(all)))
	b.Write(all)
	return b
}

func u16(v int) []byte       { return binary.LittleEndian.AppendUint16(nil, uint16(v)) }
func u32(v int) []byte       { return binary.LittleEndian.AppendUint32(nil, uint32(v)) }
func f64(v float64) []byte   { return binary.LittleEndian.AppendUint64(nil, math.Float64bits(v)) }
func at(row, col int) []byte { return bytes.Join([][]byte{u16(row), u16(col), u16(0)}, nil) }

// wide is a text of the old format in two bytes a character, with its flag byte.
func wide(s string) []byte { return append([]byte{1}, utf16Bytes(s, binary.LittleEndian)...) }

func bof(kind int) []byte {
	return bytes.Join([][]byte{u16(0x0600), u16(kind), make([]byte, 12)}, nil)
}

// xlsBook makes a stream of globals with one sheet; globals are extra records
// before the end of the first part.
func xlsBook(globals, cells func(*biff)) []byte {
	head := &biff{}
	head.rec(0x0809, bof(5))
	if globals != nil {
		globals(head)
	}
	name := append([]byte{2}, wide("订单")...)
	offset := head.Len() + 4 + 6 + len(name) + 4
	head.rec(0x0085, u32(offset), []byte{0, 0}, name)
	head.rec(0x000A)
	head.rec(0x0809, bof(0x10))
	cells(head)
	head.rec(0x000A)
	return head.Bytes()
}

// xls puts a stream into a compound file.
func xls(stream []byte) []byte { return cfb("Workbook", stream) }

func cfb(name string, stream []byte) []byte {
	const free, end, fatSect = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
	if len(stream) < 4096 {
		stream = append(bytes.Clone(stream), make([]byte, 4096-len(stream))...)
	}
	sectors := (len(stream) + 511) / 512
	fats := (sectors + 1 + 127) / 128
	for (sectors+1+fats+127)/128 > fats {
		fats++
	}
	var out bytes.Buffer
	out.WriteString("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
	out.Write(make([]byte, 16))
	out.Write(bytes.Join([][]byte{u16(0x3E), u16(3), u16(0xFFFE), u16(9), u16(6), make([]byte, 6), u32(0), u32(fats), u32(fats), u32(0), u32(4096), u32(end), u32(0), u32(end), u32(0)}, nil))
	for i := range 109 {
		if i < fats {
			out.Write(u32(i))
		} else {
			out.Write(u32(free))
		}
	}
	fat := make([]byte, 0, fats*512)
	for range fats {
		fat = append(fat, u32(fatSect)...)
	}
	fat = append(fat, u32(end)...) // the directory
	for i := range sectors {
		if i == sectors-1 {
			fat = append(fat, u32(end)...)
		} else {
			fat = append(fat, u32(fats+2+i)...)
		}
	}
	for len(fat) < fats*512 {
		fat = append(fat, u32(free)...)
	}
	out.Write(fat)
	out.Write(dirEntry("Root Entry", 5, 1, end, 0))
	out.Write(dirEntry(name, 2, free, fats+1, len(stream)))
	out.Write(dirEntry("", 0, free, 0, 0))
	out.Write(dirEntry("", 0, free, 0, 0))
	out.Write(stream)
	out.Write(make([]byte, sectors*512-len(stream)))
	return out.Bytes()
}

func dirEntry(name string, kind byte, child, start, size int) []byte {
	raw := utf16Bytes(name, binary.LittleEndian)
	n := 0
	if name != "" {
		n = len(raw) + 2
	}
	return bytes.Join([][]byte{
		append(raw, make([]byte, 64-len(raw))...), u16(n),
		{kind, 1},
		u32(-1), u32(-1), u32(child),
		make([]byte, 36), u32(start), u32(size), u32(0),
	}, nil)
}

// withCRC changes the stored checksum of a part.
func withCRC(data []byte, text string) []byte {
	sum := binary.LittleEndian.AppendUint32(nil, crc32.ChecksumIEEE([]byte(text)))
	return bytes.ReplaceAll(data, sum, []byte{1, 2, 3, 4})
}

func rowsXML(n, columns int) string {
	var b strings.Builder
	for r := 1; r <= n; r++ {
		fmt.Fprintf(&b, `<row r="%d">`, r)
		for c := range columns {
			fmt.Fprintf(&b, `<c r="%s%d"><v>%d</v></c>`, string(rune('A'+c)), r, r*columns+c)
		}
		b.WriteString(`</row>`)
	}
	return b.String()
}

package sheet_test

import (
	"bytes"
	"context"
	"os"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"zhanggui/app/fault"
	"zhanggui/app/ingest/sheet"
)

// smallLimits keep the fuzzer fast.
func smallLimits() sheet.Limits {
	lim := sheet.DefaultLimits()
	lim.Unzipped, lim.SharedStrings, lim.RowNumber = 4<<20, 10_000, 10_000
	return lim
}

// mustHold says what any input may do: be refused with a fault that is not the
// program's mistake, or give rows in valid UTF-8 within the limits, twice the same.
func mustHold(t *testing.T, data []byte) {
	lim := smallLimits()
	b, err := sheet.Open("f", bytes.NewReader(data), int64(len(data)), lim)
	if err != nil {
		require.NotEqual(t, fault.Internal, fault.From(err).Code, "%v", err)
		return
	}
	require.NotEmpty(t, b.Sheets)
	require.Len(t, b.SHA256, 64)
	for i := range b.Sheets {
		require.True(t, utf8.ValidString(b.Sheets[i].Name))
		first, err := pass(t, b, i, lim)
		second, again := pass(t, b, i, lim)
		require.Equal(t, first, second)
		require.Equal(t, fault.Key(err), fault.Key(again))
		if err != nil {
			require.NotEqual(t, fault.Internal, fault.From(err).Code, "%v", err)
		}
	}
	require.NoError(t, b.Close())
}

// pass reads a sheet and counts its cells.
func pass(t *testing.T, b *sheet.Book, i int, lim sheet.Limits) (cells int, err error) {
	err = b.Rows(context.Background(), i, func(r sheet.Row) error {
		cells += len(r.Cells)
		if r.Number < 1 || len(r.Cells) == 0 || len(r.Cells) > lim.Columns {
			t.Fatalf("row %d with %d cells", r.Number, len(r.Cells))
		}
		for _, c := range r.Cells {
			if len(c.Text) > lim.Cell || !utf8.ValidString(c.Text) {
				t.Fatalf("row %d: %q", r.Number, c.Text)
			}
		}
		return nil
	})
	return cells, err
}

func FuzzCSV(f *testing.F) {
	for _, m := range csvCorpus() {
		if len(m.data) < 4096 {
			f.Add(m.data)
		}
	}
	f.Fuzz(mustHold)
}

// FuzzXLSX changes the parts inside the zip, since a changed zip fails its
// checksum before anything is read.
func FuzzXLSX(f *testing.F) {
	f.Add(bookPart, bookRels, sheetOf(rowsXML(2, 2)), "<sst><si><t>a</t></si></sst>")
	f.Add(bookPart, bookRels, sheetOf(`<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="inlineStr"><is><r><t>x&amp;</t></r></is></c></row>`), `<sst><si><r><t>红</t></r><rPh><t>h</t></rPh></si></sst>`)
	f.Add(bookPart, bookRels, sheetOf(`<row><c t="str"><f>A1</f><v><![CDATA[a]]></v></c><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c></row>`), ``)
	f.Fuzz(func(t *testing.T, book, rels, rows, shared string) {
		mustHold(t, zipOf(
			part{"_rels/.rels", relsPart}, part{"xl/workbook.xml", book}, part{"xl/_rels/workbook.xml.rels", rels},
			part{"xl/worksheets/sheet1.xml", rows}, part{"xl/sharedStrings.xml", shared},
		))
	})
}

// FuzzXLS changes the workbook stream, or the whole file when raw is set.
func FuzzXLS(f *testing.F) {
	f.Add(xlsBook(nil, func(b *biff) {
		b.rec(0x0203, at(0, 0), f64(1)).rec(0x00BD, u16(0), u16(1), u16(0), u32(6), u16(1)).rec(0x0204, at(1, 0), u16(2), wide("红色"))
		b.rec(0x0006, at(0, 1), []byte{0, 0, 0, 0, 0, 0, 0xFF, 0xFF}, make([]byte, 8)).rec(0x0207, u16(1), wide("x"))
	}), false)
	f.Add(xlsBook(func(b *biff) { b.rec(0x00FC, u32(1), u32(1), u16(2), wide("红色")).rec(0x003C, wide("x")) }, func(b *biff) { b.rec(0x00FD, at(0, 0), u32(0)) }), false)
	f.Add(xls(xlsBook(nil, func(b *biff) { b.rec(0x0203, at(0, 0), f64(1)) })), true)
	if data, err := os.ReadFile("testdata/date1904.xls"); err == nil {
		f.Add(data, true)
	}
	f.Fuzz(func(t *testing.T, data []byte, raw bool) {
		if !raw {
			data = xls(data)
		}
		mustHold(t, data)
	})
}

func FuzzHTML(f *testing.F) {
	for _, m := range markupCorpus() {
		if len(m.data) < 4096 {
			f.Add(m.data)
		}
	}
	f.Add([]byte("<table><tr><td rowspan=3 colspan=2>A<td>B</tr><tr><td>&lt;&nbsp;x<br><tr><th a='>'>c</table>"))
	f.Fuzz(mustHold)
}

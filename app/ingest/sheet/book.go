package sheet

import (
	"context"
	"errors"

	"zhanggui/app/fault"
)

// Cell is one cell as the file stores it.
type Cell struct {
	// Text is the text, or for a number its raw decimal form ("46023.5",
	// "4.01234567890123E+18"); dates stay serials. Quotes and the ="…" formula
	// guard of CSV files are already gone; all other guards are still there.
	Text string
	// Num tells that the file stores a number (numeric cell of xlsx, xls, XML).
	Num bool
	// NoValue tells that the cell is a formula whose result the file does not
	// hold (made by a script and never opened in Excel); Text is "" then.
	NoValue bool
}

// Row is one row. Cells is used again for the next row, so copy it to keep it;
// the texts themselves may be kept.
type Row struct {
	// Number is the physical place from 1: of a text file the first line of
	// the record, blank lines counted; of a workbook the sheet's row.
	Number int
	Cells  []Cell
}

// Info is one sheet of a book.
type Info struct {
	Name   string // "" for text files
	Hidden bool
}

// Format is the kind of file by its content.
type Format string

// The formats that are read.
const (
	CSV  Format = "csv"
	TSV  Format = "tsv"
	XLSX Format = "xlsx"
	XLS  Format = "xls"
	HTML Format = "html" // an HTML table, often named .xls
	XML  Format = "xml"  // an XML-2003 workbook, often named .xls
)

// The encodings of text files as Book.Encoding names them.
const (
	UTF8    = "UTF-8"
	UTF8BOM = "UTF-8 BOM"
	GB18030 = "GB18030"
	UTF16LE = "UTF-16LE"
	UTF16BE = "UTF-16BE"
)

// Book is an opened file. It keeps the reader it was opened with, which must
// stay open until Close. A Book is not safe for use by several goroutines.
type Book struct {
	Name      string // as given to Open, for messages
	Format    Format
	Encoding  string // one of the names above; "" for xlsx and xls
	Delimiter rune   // of CSV and TSV; 0 else
	Sheets    []Info
	Date1904  bool   // serial dates count from 1904-01-01
	SHA256    string // of the whole file, lower-case hex
	Size      int64

	lim    Limits
	source source
}

// source is what each format provides.
type source interface {
	rows(ctx context.Context, sheet int, fn func(Row) error) error
	close() error
}

// Stop is returned by the function given to Rows to end early without a fault.
//
//lint:ignore ST1012 it is no failure and reads like fs.SkipAll
var Stop = errors.New("sheet: stop")

// Rows gives the sheet's rows in the file's order to fn, which may return Stop.
// Rows without any cell are left out, rows of empty cells in a text file are
// not. A damaged file can show its damage late: rows given before an error are
// worth nothing. Rows may be called again and for any sheet.
// Errors: what fn returns; Cancelled; Limit and Invalid as Open.
func (b *Book) Rows(ctx context.Context, sheet int, fn func(Row) error) error {
	if sheet < 0 || sheet >= len(b.Sheets) {
		return fault.New(fault.NotFound, "fault.sheet.no_sheet", "file", b.Name, "sheet", sheet+1)
	}
	err := b.source.rows(ctx, sheet, fn)
	if errors.Is(err, Stop) {
		return nil
	}
	return err
}

// Close frees what the book holds; it does not close the reader.
func (b *Book) Close() error {
	if b.source == nil {
		return nil
	}
	return b.source.close()
}

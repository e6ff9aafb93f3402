package ingest

import (
	"bufio"
	"encoding/csv"
	"io"
	"strings"

	"zhanggui/app/i18n"
	"zhanggui/app/ingest/sheet"
	"zhanggui/app/ingest/value"
)

// reasonNames are the headers of the column that WriteRejected adds, in every
// language of the program, as normalised names: the column is overlooked when
// the file comes back. A test holds them equal to "ingest.reason_column".
var reasonNames = map[string]bool{"未导入原因": true, "reason not imported": true}

func reasonColumn(key string) bool { return reasonNames[key] }

// WriteRejected writes the refused rows of f in the layout they came in, with
// the same header and column order, and the reason in a last column, as CSV
// that Excel in China opens (UTF-8 with BOM; identifiers guarded against
// losing digits; texts that begin like a formula made harmless). The mended
// file can be dropped into the inbox again. tr gives the texts of the reasons.
// Errors: those of w.
func WriteRejected(w io.Writer, f *File, tr i18n.Tr) error {
	buf := bufio.NewWriter(w)
	if _, err := buf.WriteString("\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(buf)
	out.UseCRLF = true
	header := f.Header
	width := len(header)
	reasonAt := width
	for i, h := range header {
		if reasonColumn(value.HeaderKey(h)) {
			reasonAt = i // rejected a second time: the reason stays where it is
		}
	}
	types := f.columnTypes()
	line := make([]string, max(width, reasonAt+1))
	copy(line, header)
	line[reasonAt] = tr.T("ingest.reason_column")
	if err := out.Write(line); err != nil {
		return err
	}
	for i := range f.Rejected {
		e := &f.Rejected[i]
		for k := range line {
			line[k] = ""
			if k < len(e.Cells) && k < width {
				line[k] = guardCell(e.Cells[k], types[k])
			}
		}
		line[reasonAt] = guardCell(e.Code+" "+tr.M(e.Key, e.Args), TypeText)
		if err := out.Write(line); err != nil {
			return err
		}
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return err
	}
	return buf.Flush()
}

// columnTypes tells how each column of the file is read.
func (f *File) columnTypes() []FieldType {
	types := make([]FieldType, len(f.Header))
	for i := range types {
		types[i] = TypeText
		if i < len(f.types) {
			types[i] = f.types[i]
		}
	}
	return types
}

// guardCell writes one cell so that Excel neither shortens a long number nor
// runs a formula (rules.md §5.13.4).
func guardCell(s string, t FieldType) string {
	if s == "" {
		return ""
	}
	switch t {
	case TypeAmount, TypeQty, TypeTime:
		if isNumberText(s) {
			return s
		}
	case TypeID, TypePhone:
		if len(s) > 11 || s[0] == '0' {
			if strings.Trim(s, "0123456789") == "" {
				return `="` + s + `"`
			}
		}
	}
	switch s[0] {
	case '=', '+', '-', '@', '\t', '\r', 0:
		return "'" + s
	}
	return s
}

func isNumberText(s string) bool {
	return strings.Trim(s, "0123456789.,- :/") == ""
}

// readable gives a row's cells as WriteRejected will write them: dates that a
// workbook stores as numbers become readable.
func (rd *reader) readable(cells []sheet.Cell) []string {
	out := make([]string, 0, len(cells))
	for i, c := range cells {
		t := c.Text
		if c.Num && i < len(rd.file.types) && rd.file.types[i] == TypeTime {
			if at, ok, err := value.Time(c, rd.book.Date1904); err == nil && ok {
				t = at.String()
			}
		}
		out = append(out, strings.Clone(t))
	}
	for len(out) > 0 && out[len(out)-1] == "" {
		out = out[:len(out)-1]
	}
	return out
}

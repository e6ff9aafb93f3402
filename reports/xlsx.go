package reports

import (
	"io"
	"math"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"zhanggui/app/fault"
	"zhanggui/app/i18n"
	"zhanggui/app/when"
)

// SheetRows is how many lines one sheet of a workbook holds.
const SheetRows = excelize.TotalRows

// exactFen is the largest amount a workbook's number holds to the fen: 2^53.
const exactFen = 1 << 53

// XLSX writes the table as a workbook: title line, frozen header, typed cells
// (ids are text, so no digit is lost; amounts #,##0.00), total line, and on a
// second sheet the chart. Texts are never read as formulas.
// Errors: Limit fault.report.too_many_rows, fault.report.number; what w returns.
func (t *Table) XLSX(w io.Writer) error {
	book := excelize.NewFile()
	defer func() { _ = book.Close() }() // only temporary files of its own
	s := &sheet{table: t, book: book, name: sheetName(t.Title)}
	if err := book.SetSheetName("Sheet1", s.name); err != nil {
		return fault.From(err)
	}
	if err := s.write(); err != nil {
		return err
	}
	if t.Chart != nil {
		if err := t.Chart.add(s); err != nil {
			return err
		}
	}
	return book.Write(w)
}

// sheet writes one table into a workbook.
type sheet struct {
	table  *Table
	book   *excelize.File
	name   string
	out    *excelize.StreamWriter
	line   int // the last line written
	header int // the header's line
	styles styles
	cells  []excelize.Cell // one line, used again for each row
	values []any           // pointers into cells
}

// styles are the workbook's numbers of the cell styles.
type styles struct {
	title, header, headerRight int
	body, total                [TypePercent + 1]int
}

func (s *sheet) write() error {
	var err error
	if err = s.style(); err != nil {
		return fault.From(err)
	}
	if s.out, err = s.book.NewStreamWriter(s.name); err != nil {
		return fault.From(err)
	}
	if err = s.layout(); err != nil {
		return fault.From(err)
	}
	if err = s.head(); err != nil {
		return err
	}
	if err = s.table.each(func(n int, row []Cell) error { return s.row(n, row, &s.styles.body) }); err != nil {
		return err
	}
	if s.table.Totals != nil {
		if err = s.row(0, s.table.Totals, &s.styles.total); err != nil {
			return err
		}
	}
	if err = s.out.Flush(); err != nil {
		return fault.From(err)
	}
	return nil
}

// widths are the usual widths of the types, in characters.
var widths = [...]float64{TypeText: 20, TypeID: 22, TypeMoney: 13, TypeQty: 10, TypeDay: 12, TypeTime: 19, TypePercent: 10}

// layout sets widths and freezes the header; both must come before the rows.
func (s *sheet) layout() error {
	for i, c := range s.table.Columns {
		width := c.Width
		if width == 0 {
			width = max(widths[c.Type], float64(2*utf8.RuneCountInString(c.Title)+2))
		}
		if err := s.out.SetColWidth(i+1, i+1, min(width, excelize.MaxColumnWidth)); err != nil {
			return err
		}
	}
	s.header = 1
	if s.table.Title != "" {
		s.header = 2
	}
	below, err := excelize.CoordinatesToCellName(1, s.header+1)
	if err != nil {
		return err
	}
	return s.out.SetPanes(&excelize.Panes{Freeze: true, YSplit: s.header, TopLeftCell: below, ActivePane: "bottomLeft"})
}

func (s *sheet) head() error {
	s.cells = make([]excelize.Cell, len(s.table.Columns))
	s.values = make([]any, len(s.table.Columns))
	if t := s.table.Title; t != "" {
		if s.table.Note != "" {
			t += i18n.Separator + s.table.Note
		}
		s.line++
		if err := s.out.SetRow("A1", []any{excelize.Cell{StyleID: s.styles.title, Value: t}}); err != nil {
			return fault.From(err)
		}
	}
	titles := make([]any, len(s.table.Columns))
	for i, c := range s.table.Columns {
		style := s.styles.header
		if c.Type.right() {
			style = s.styles.headerRight
		}
		titles[i] = excelize.Cell{StyleID: style, Value: c.Title}
	}
	s.line++
	return s.set(titles)
}

func (s *sheet) set(values []any) error {
	at, err := excelize.CoordinatesToCellName(1, s.line)
	if err != nil {
		return fault.From(err)
	}
	if err := s.out.SetRow(at, values); err != nil {
		return fault.From(err)
	}
	return nil
}

func (s *sheet) row(n int, row []Cell, style *[TypePercent + 1]int) error {
	s.line++
	if s.line > SheetRows {
		return fault.New(fault.Limit, "fault.report.too_many_rows", "rows", n, "limit", SheetRows)
	}
	for i, c := range s.table.Columns {
		s.values[i] = nil
		if i >= len(row) || !row[i].full {
			if style == &s.styles.total {
				s.cells[i] = excelize.Cell{StyleID: style[c.Type], Value: ""}
				s.values[i] = &s.cells[i]
			}
			continue
		}
		v, ok := value(c.Type, row[i])
		if !ok {
			return fault.New(fault.Limit, "fault.report.number", "row", n, "column", c.Title)
		}
		s.cells[i] = excelize.Cell{StyleID: style[c.Type], Value: v}
		s.values[i] = &s.cells[i]
	}
	return s.set(s.values)
}

// value is a cell as excelize takes it; ok is false when a number would lose
// its last digit.
func value(typ Type, c Cell) (v any, ok bool) {
	if c.text != "" && typ != TypeDay {
		return clean(c.text), true
	}
	switch typ {
	case TypeText, TypeID:
		return c.text, true
	case TypeMoney:
		return float64(c.n) / 100, c.n <= exactFen && c.n >= -exactFen
	case TypePercent:
		return float64(c.n) / 10000, true
	case TypeDay:
		start := when.Day(c.text).Start()
		if start == 0 {
			return clean(c.text), true
		}
		return math.Round(serial(start)), true
	case TypeTime:
		return serial(when.Millis(c.n)), true
	}
	if c.n > exactFen || c.n < -exactFen {
		return nil, false
	}
	return c.n, true
}

// serial is an instant in the shop's zone as a workbook counts it: days since
// 1899-12-30.
func serial(m when.Millis) float64 {
	const epoch, zone = 25569, 8 * when.Hour
	return epoch + float64(m+zone)/float64(when.DaySpan)
}

// clean drops the control characters that XML cannot hold.
func clean(s string) string {
	if strings.IndexFunc(s, forbidden) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if forbidden(r) {
			return -1
		}
		return r
	}, s)
}

func forbidden(r rune) bool {
	return r < ' ' && r != '\n' && r != '\t' && r != '\r' || r == 0xFFFE || r == 0xFFFF
}

// right tells whether the type's values stand at the right.
func (t Type) right() bool { return t == TypeMoney || t == TypeQty || t == TypePercent }

// formats are the number formats of the types.
var formats = [...]string{
	TypeText: "@", TypeID: "@", TypeMoney: "#,##0.00", TypeQty: "#,##0",
	TypeDay: "yyyy-mm-dd", TypeTime: "yyyy-mm-dd hh:mm:ss", TypePercent: "0.00%",
}

func (s *sheet) style() error {
	header := &excelize.Style{
		Font:   &excelize.Font{Bold: true},
		Fill:   excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"F5F7F8"}},
		Border: []excelize.Border{{Type: "bottom", Style: 1, Color: "DDE2E6"}},
	}
	headerRight := *header
	headerRight.Alignment = &excelize.Alignment{Horizontal: "right"}
	title := &excelize.Style{Font: &excelize.Font{Bold: true, Size: 14}}
	for _, st := range []struct {
		id    *int
		style *excelize.Style
	}{{&s.styles.title, title}, {&s.styles.header, header}, {&s.styles.headerRight, &headerRight}} {
		var err error
		if *st.id, err = s.book.NewStyle(st.style); err != nil {
			return err
		}
	}
	for typ := range formats {
		format := formats[typ]
		body := &excelize.Style{CustomNumFmt: &format}
		if Type(typ) == TypeText {
			body = &excelize.Style{}
		}
		total := *body
		total.Font = &excelize.Font{Bold: true}
		total.Border = []excelize.Border{{Type: "top", Style: 1, Color: "A9B3BC"}}
		var err error
		if s.styles.body[typ], err = s.book.NewStyle(body); err != nil {
			return err
		}
		if s.styles.total[typ], err = s.book.NewStyle(&total); err != nil {
			return err
		}
	}
	return nil
}

// sheetName makes a name that a workbook takes: no \/?*[]: and no quotes at its
// ends, at most 31 characters.
func sheetName(title string) string {
	name := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`\/?*[]:`, r) || r < ' ' {
			return ' '
		}
		return r
	}, title)
	if r := []rune(name); len(r) > 31 {
		name = string(r[:31])
	}
	if name = strings.Trim(name, "' "); name == "" {
		return "Sheet1"
	}
	return name
}

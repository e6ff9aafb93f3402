package ingest

import (
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"zhanggui/app/i18n"
	"zhanggui/app/money"
)

// WriteProductTemplate writes the empty product list as xlsx. Its one example
// row begins with "#" and is overlooked when the file comes back.
// Errors: those of w.
func WriteProductTemplate(w io.Writer, tr i18n.Tr) error {
	return writeBook(w, tr, productList(), [][]string{{
		"#" + tr.T("ingest.example.sku"), tr.T("ingest.example.title"), "A001", tr.T("ingest.example.spec"), tr.T("ingest.example.brand"),
		tr.T("ingest.example.category"), "59.00", "21.50", "350", "A-01-02", "6901234567892;6901234567908*6", "", "tmall:A001-R;jd:100123",
	}})
}

// WriteProductList writes products in the layout of the template, ready to be
// changed and dropped in again. Errors: those of w.
func WriteProductList(w io.Writer, tr i18n.Tr, list []ProductDraft) error {
	rows := make([][]string, len(list))
	for i := range list {
		p := &list[i]
		var codes, parts, channels []string
		for _, b := range p.Barcodes {
			codes = append(codes, starText(b.Code, b.PackQty))
		}
		for _, k := range p.Parts {
			parts = append(parts, starText(k.SKUCode, k.Qty))
		}
		for _, c := range p.Codes {
			channels = append(channels, c.Channel+":"+c.Code)
		}
		cost, weight := "", ""
		if p.HasCost {
			cost = p.CostFen.String()
		}
		if p.WeightG != 0 {
			weight = strconv.FormatInt(p.WeightG, 10)
		}
		rows[i] = []string{
			p.SKUCode, p.Title, p.ProductCode, p.Spec, p.Brand, p.Category, p.PriceFen.String(), cost, weight, p.Bin,
			strings.Join(codes, ";"), strings.Join(parts, ";"), strings.Join(channels, ";"),
		}
	}
	return writeBook(w, tr, productList(), rows)
}

func starText(code string, n int64) string {
	if n == 1 {
		return code
	}
	return code + "*" + strconv.FormatInt(n, 10)
}

// WriteOpeningTemplate writes the empty opening stock list as xlsx, with an
// example row as WriteProductTemplate. Errors: those of w.
func WriteOpeningTemplate(w io.Writer, tr i18n.Tr) error {
	return writeBook(w, tr, openingStock(), [][]string{{"#" + tr.T("ingest.example.sku"), "120", "2580.00", "", "A-01-02"}})
}

// WriteOpeningList writes opening stock in the layout of the template.
// Errors: those of w.
func WriteOpeningList(w io.Writer, tr i18n.Tr, list []OpeningDraft) error {
	rows := make([][]string, len(list))
	for i, o := range list {
		rows[i] = []string{o.SKUCode, strconv.FormatInt(o.Qty, 10), o.ValueFen.String(), "", o.Bin}
	}
	return writeBook(w, tr, openingStock(), rows)
}

// writeBook writes a header and rows; amounts and quantities as numbers,
// everything else as text so that codes keep their digits.
func writeBook(w io.Writer, tr i18n.Tr, lay *Layout, rows [][]string) error {
	book := excelize.NewFile()
	defer func() { _ = book.Close() }() // only memory
	name := tr.T("layout." + lay.Key)
	if err := book.SetSheetName("Sheet1", name); err != nil {
		return err
	}
	styles, err := bookStyles(book)
	if err != nil {
		return err
	}
	out, err := book.NewStreamWriter(name)
	if err != nil {
		return err
	}
	if err := out.SetColWidth(1, len(lay.Columns), 18); err != nil {
		return err
	}
	if err := out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	head := make([]any, len(lay.Columns))
	for i, c := range lay.Columns {
		head[i] = excelize.Cell{StyleID: styles.head, Value: tr.T("ingest." + lay.Key + "." + string(c.Field))}
	}
	if err := out.SetRow("A1", head); err != nil {
		return err
	}
	for n, r := range rows {
		cells := make([]any, len(lay.Columns))
		for i, c := range lay.Columns {
			cells[i] = bookCell(c.Field, r[i], styles)
		}
		if err := out.SetRow("A"+strconv.Itoa(n+2), cells); err != nil {
			return err
		}
	}
	if err := out.Flush(); err != nil {
		return err
	}
	return book.Write(w)
}

type styles struct{ head, text, amount int }

func bookStyles(book *excelize.File) (styles, error) {
	var s styles
	var err error
	if s.head, err = book.NewStyle(&excelize.Style{
		NumFmt: 49, Font: &excelize.Font{Bold: true},
		Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E8EEF7"}},
	}); err != nil {
		return s, err
	}
	if s.text, err = book.NewStyle(&excelize.Style{NumFmt: 49}); err != nil { // "@": what is typed stays text
		return s, err
	}
	s.amount, err = book.NewStyle(&excelize.Style{NumFmt: 2})
	return s, err
}

func bookCell(f Field, s string, st styles) excelize.Cell {
	switch {
	case s == "":
		return excelize.Cell{StyleID: st.text}
	case f.Type() == TypeAmount:
		if v, err := money.Parse(s); err == nil && magnitude(v) < 1e13 {
			return excelize.Cell{StyleID: st.amount, Value: float64(v) / 100} // a spreadsheet knows only floats
		}
	case f.Type() == TypeQty || f == FWeight:
		if n, err := strconv.ParseInt(s, 10, 64); err == nil {
			return excelize.Cell{Value: n}
		}
	}
	return excelize.Cell{StyleID: st.text, Value: s}
}

package ingest

import (
	"strings"
	"unicode/utf8"

	"zhanggui/app/fault"
	"zhanggui/app/ingest/sheet"
	"zhanggui/app/ingest/value"
	"zhanggui/app/money"
	"zhanggui/app/when"
)

// row reads the cells of one data row by field. The first thing that cannot be
// read is kept in err; reading goes on, so that layouts need no checks between.
type row struct {
	p        *plan
	rd       *reader
	n        int
	cells    []sheet.Cell
	amounts  []money.Fen // one per plan.amounts
	refunded money.Fen   // what amount cells say in brackets: 131.77(已退款89.84)
	err      *Reject
}

// cell gives the cell at a place; rows may be shorter than the header.
func (r *row) cell(i int) sheet.Cell {
	if i < 0 || i >= len(r.cells) {
		return sheet.Cell{}
	}
	return r.cells[i]
}

// fail refuses the row; the first reason stays.
func (r *row) fail(why reason, column, val string, pairs ...any) {
	if r.err != nil {
		return
	}
	args := fault.Args(append([]any{"row", r.n, "column", column, "value", clip(val)}, pairs...)...)
	r.err = &Reject{Row: r.n, Column: column, Value: clip(val), Code: why.code, Key: why.key, Args: args}
}

// failCell refuses the row for what a reader of one cell said.
func (r *row) failCell(why reason, i int, err error) {
	c := r.cell(i)
	switch fault.Key(err) {
	case keyPrecision:
		why = precisionLost
	case keyNoValue:
		why = noFormula
	}
	r.fail(why, r.column(i), c.Text)
}

func (r *row) column(i int) string {
	if i >= 0 && i < len(r.p.header) {
		return strings.TrimSpace(r.p.header[i])
	}
	return ""
}

// filled gives the first place of a field whose cell is not blank.
func (r *row) filled(f Field) (int, bool) {
	for _, i := range r.p.cols[f] {
		c := r.cell(i)
		if c.NoValue {
			r.fail(noFormula, r.column(i), "")
			return 0, false
		}
		if strings.TrimSpace(c.Text) != "" {
			return i, true
		}
	}
	return 0, false
}

// text is the field's text, "" when blank.
func (r *row) text(f Field) string {
	i, ok := r.filled(f)
	if !ok {
		return ""
	}
	c := r.cell(i)
	if have, ok := r.rd.texts[c.Text]; ok {
		return have
	}
	s := value.Text(c)
	if len(s) > MaxText && utf8.RuneCountInString(s) > MaxText {
		r.fail(tooMuchText, r.column(i), s, "limit", MaxText)
		return ""
	}
	return r.rd.texts.remember(c.Text, s)
}

// share gives a text made from a part of a cell the memory of its equals.
func (r *row) share(s string) string {
	if s == "" {
		return ""
	}
	if have, ok := r.rd.texts[s]; ok {
		return have
	}
	return r.rd.texts.remember(s, s)
}

// word is the field's text when it says something, "" for blank and dashes.
func (r *row) word(f Field) string {
	s := r.text(f)
	switch strings.Trim(s, "-—－ /") {
	case "", "无":
		return ""
	}
	return s
}

// id is the field's identifier with its guards taken off, "" when blank.
func (r *row) id(f Field) string {
	i, ok := r.filled(f)
	if !ok {
		return ""
	}
	return r.idAt(i)
}

func (r *row) idAt(i int) string {
	c := r.cell(i)
	if have, ok := r.rd.ids[c.Text]; ok && !c.Num {
		return have
	}
	s, err := value.ID(c)
	if err != nil {
		r.failCell(badID, i, err)
		return ""
	}
	if utf8.RuneCountInString(s) > maxID {
		r.fail(tooMuchText, r.column(i), s, "limit", maxID)
		return ""
	}
	if c.Num {
		return strings.Clone(s)
	}
	return r.rd.ids.remember(c.Text, s)
}

// What app/ingest/value says of cells that lost their value on the way.
const (
	keyPrecision = "fault.value.precision_lost"
	keyNoValue   = "fault.value.no_value"
)

// maxID is far above every platform's numbers; codes of shops can be long.
const maxID = 128

// phone is a telephone number as the file has it: masked ones and virtual
// numbers with an extension stay whole.
func (r *row) phone(f Field) string {
	i, ok := r.filled(f)
	if !ok {
		return ""
	}
	if t := r.cell(i).Text; plainPhone(t) {
		return strings.Clone(t)
	}
	s, err := value.Phone(r.cell(i))
	switch fault.Key(err) {
	case "":
		return strings.Clone(s)
	case keyPrecision, keyNoValue:
		r.failCell(badID, i, err)
		return ""
	}
	return clip(value.Text(r.cell(i))) // encrypted or hidden by the platform
}

// plainPhone is the fast way for what most cells hold: eleven digits or stars.
func plainPhone(s string) bool {
	if len(s) != 11 || s[0] != '1' {
		return false
	}
	for i := range len(s) {
		if c := s[i]; c != '*' && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}

// time is the field's instant, 0 when blank.
func (r *row) time(f Field) when.Millis {
	i, ok := r.filled(f)
	if !ok {
		return 0
	}
	c := r.cell(i)
	if r.p.dates != "" && !c.Num {
		c.Text = slashDate(c.Text, r.p.dates)
	}
	at, ok, err := value.Time(c, r.rd.book.Date1904)
	if err != nil {
		r.failCell(badTime, i, err)
		return 0
	}
	if !ok {
		return 0
	}
	return at
}

// qty is the field's whole number; ok is false when blank or unreadable.
func (r *row) qty(f Field) (int64, bool) {
	i, ok := r.filled(f)
	if !ok {
		return 0, false
	}
	n, ok, err := value.Quantity(r.cell(i))
	if err != nil {
		r.failCell(badQty, i, err)
		return 0, false
	}
	return n, ok
}

// readAmounts reads every amount column at once, so that control totals hold
// the amounts of rows that are refused for another reason.
func (r *row) readAmounts() {
	for k, a := range r.p.amounts {
		r.amounts[k] = 0
		c := r.cell(a.at)
		if c.Text == "" && !c.NoValue {
			continue
		}
		if r.p.decimal == "," && !c.Num {
			c.Text = decimalComma(c.Text)
		}
		sum, err := r.amount(c)
		if err != nil {
			r.failCell(badAmount, a.at, err)
			continue
		}
		r.amounts[k] = sum.Fen
		r.refunded += sum.Refunded
		if sum.Currency != "" {
			r.currency(sum.Currency, a.at)
		}
	}
}

// amount reads one amount cell; where a row can hold several goods it adds up
// "69.00;20.00".
func (r *row) amount(c sheet.Cell) (value.Sum, error) {
	if r.p.lay.Group != GroupCells || !strings.ContainsAny(c.Text, ";；") {
		return value.Amount(c)
	}
	var all value.Sum
	for _, part := range splitGoods(c.Text) {
		s, err := value.Amount(sheet.Cell{Text: part})
		if err != nil {
			return all, err
		}
		all.Fen += s.Fen
		all.Refunded += s.Refunded
		all.Present = all.Present || s.Present
	}
	return all, nil
}

// currency notes what the row's amounts are in; one file has one currency.
func (r *row) currency(code string, at int) {
	switch {
	case r.rd.file.Currency == "":
		r.rd.file.Currency = code
	case r.rd.file.Currency != code:
		r.fail(otherCurrency, r.column(at), r.cell(at).Text, "currency", code, "file_currency", r.rd.file.Currency)
	}
}

// sum adds the amounts of all columns of the field.
func (r *row) sum(f Field) money.Fen {
	var s money.Fen
	for _, k := range r.p.byField[f] {
		s += r.amounts[k]
	}
	return s
}

// size is sum without its sign: discounts are written with and without minus.
func (r *row) size(f Field) money.Fen {
	var s money.Fen
	for _, k := range r.p.byField[f] {
		s += magnitude(r.amounts[k])
	}
	return s
}

func magnitude(f money.Fen) money.Fen {
	if f < 0 {
		return -f
	}
	return f
}

// clip keeps messages short.
func clip(s string) string {
	const most = 120
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most]) + "…"
}

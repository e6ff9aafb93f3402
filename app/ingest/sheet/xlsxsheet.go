package sheet

import (
	"bytes"
	"context"
	"strconv"

	"zhanggui/app/fault"
)

// sheetReader reads the rows of one sheet part. It works on bytes because the
// general XML reader needs ten times the time for a million cells.
type sheetReader struct {
	x      *xmlScan
	p      *partReader
	shared []string
	fn     func(Row) error
	b      builder

	row     int // number of the open or the last row
	col     int // column of the open cell, from 1; the last one between cells
	kind    cellKind
	formula bool // the cell has a formula
	element bool // the cell has a <v>, perhaps an empty one
	valued  bool // the cell has a value text
}

// cellKind is the t attribute of a cell.
type cellKind int

const (
	kindNumber cellKind = iota
	kindShared
	kindText // str, inlineStr, d
	kindBool
	kindError
)

func (r *sheetReader) read(ctx context.Context) error {
	inData := false
	for rows := 0; ; {
		tok, err := r.x.next()
		if err != nil {
			return r.p.explain(err)
		}
		switch {
		case tok == tokEOF:
			return broken("part_broken", r.b.name, "part", r.p.part)
		case tok == tokText:
			continue
		}
		switch string(r.x.name) {
		case "sheetData":
			if tok == tokEnd || r.x.self {
				return nil
			}
			inData = true
		case "worksheet":
			if tok == tokEnd || r.x.self {
				return nil // a sheet without data
			}
		case "row":
			if !inData || tok == tokEnd {
				continue
			}
			if rows%ctxEvery == 0 && ctx.Err() != nil {
				return fault.From(ctx.Err())
			}
			rows++
			if err := r.readRow(); err != nil {
				return err
			}
		}
	}
}

// readRow reads the row whose start tag stands in x.
func (r *sheetReader) readRow() error {
	number, ok := attr(r.x.attrs, "r")
	r.row++
	if ok {
		n, good := digits(number)
		if !good || n < 1 {
			return broken("part_broken", r.b.name, "part", r.p.part)
		}
		r.row = n
	}
	if r.row > r.b.lim.RowNumber {
		return over("too_many_rows", r.b.name, r.b.lim.RowNumber)
	}
	r.b.reset(r.row)
	r.col = 0
	if !r.x.self {
		if err := r.readCells(); err != nil {
			return err
		}
	}
	r.b.trim()
	if len(r.b.cells) == 0 {
		return nil
	}
	if !r.b.valid() {
		return broken("bad_text", r.b.name, "row", r.row)
	}
	return r.fn(r.b.finish())
}

// readCells reads up to </row>.
func (r *sheetReader) readCells() error {
	for {
		tok, err := r.x.next()
		if err != nil {
			return r.p.explain(err)
		}
		switch tok {
		case tokEOF:
			return broken("part_broken", r.b.name, "part", r.p.part)
		case tokText:
			continue
		case tokEnd:
			if string(r.x.name) == "row" {
				return nil
			}
			continue
		}
		if string(r.x.name) != "c" {
			continue
		}
		if err := r.startCell(); err != nil {
			return err
		}
		if r.x.self {
			continue
		}
		if err := r.readCell(); err != nil {
			return err
		}
	}
}

// startCell takes column and type from the cell's attributes.
func (r *sheetReader) startCell() error {
	r.col++
	r.kind, r.formula, r.element, r.valued = kindNumber, false, false, false
	for attrs := r.x.attrs; len(attrs) > 0; {
		var key, val []byte
		key, val, attrs = nextAttr(attrs)
		if len(key) != 1 {
			continue
		}
		switch key[0] {
		case 'r':
			n := column(val)
			if n == 0 {
				return broken("part_broken", r.b.name, "part", r.p.part)
			}
			r.col = n
		case 't':
			r.kind = kindOf(val)
		}
	}
	if r.col > r.b.lim.Columns {
		return over("too_many_columns", r.b.name, r.b.lim.Columns, "row", r.row)
	}
	return nil
}

func kindOf(t []byte) cellKind {
	switch string(t) {
	case "s":
		return kindShared
	case "b":
		return kindBool
	case "e":
		return kindError
	case "str", "inlineStr", "d":
		return kindText
	}
	return kindNumber
}

// readCell reads up to </c> and adds the cell.
func (r *sheetReader) readCell() error {
	if r.col <= len(r.b.cells) {
		return broken("part_broken", r.b.name, "part", r.p.part) // the same cell twice or out of order
	}
	if err := r.b.pad(r.col - 1); err != nil {
		return err
	}
	r.b.begin()
	inValue, phonetic := false, false
	for {
		tok, err := r.x.next()
		if err != nil {
			return r.p.explain(err)
		}
		if tok == tokEOF {
			return broken("part_broken", r.b.name, "part", r.p.part)
		}
		if tok == tokText {
			if inValue && !phonetic {
				if err := r.value(); err != nil {
					return err
				}
			}
			continue
		}
		open := tok == tokStart && !r.x.self
		switch string(r.x.name) {
		case "v", "t":
			inValue, r.element = open, true
		case "f":
			r.formula = true
		case "rPh":
			phonetic = open
		case "c":
			return r.endCell()
		}
	}
}

// value appends a piece of the cell's text.
func (r *sheetReader) value() error {
	buf, err := appendText(r.b.buf, r.x)
	if err != nil {
		return r.p.explain(err)
	}
	r.b.buf, r.valued = buf, true
	return r.b.check()
}

// endCell turns the collected text into a cell.
func (r *sheetReader) endCell() error {
	text := r.b.buf[r.b.from:]
	if r.formula && !r.valued && (!r.element || r.kind == kindNumber) { // <v></v> of a text is an empty text
		return r.b.put(Cell{NoValue: true})
	}
	switch r.kind {
	case kindShared:
		return r.sharedCell(bytes.TrimSpace(text))
	case kindText:
		r.b.buf = unescapeExcel(r.b.buf, r.b.from)
		return r.b.end(false)
	case kindBool:
		return r.bool(text)
	case kindError:
		return r.b.end(false)
	}
	text = bytes.TrimSpace(text)
	copy(r.b.buf[r.b.from:], text)
	r.b.buf = r.b.buf[:r.b.from+len(text)]
	return r.b.end(isDecimal(text))
}

func (r *sheetReader) sharedCell(index []byte) error {
	r.b.buf = r.b.buf[:r.b.from]
	if len(index) == 0 {
		return r.b.put(Cell{})
	}
	i, ok := digits(index)
	if !ok || i >= len(r.shared) {
		return broken("part_broken", r.b.name, "part", r.p.part)
	}
	return r.b.put(Cell{Text: r.shared[i]})
}

func (r *sheetReader) bool(text []byte) error {
	word := "FALSE"
	if len(text) == 1 && text[0] == '1' || bytes.EqualFold(text, []byte("true")) {
		word = "TRUE"
	}
	if len(text) == 0 {
		word = ""
	}
	r.b.buf = append(r.b.buf[:r.b.from], word...)
	return r.b.end(false)
}

// isDecimal tells a plain decimal number with or without an exponent.
func isDecimal(p []byte) bool {
	digit := false
	for i, b := range p {
		switch {
		case b >= '0' && b <= '9':
			digit = true
		case b == '.':
		case b == '-' || b == '+':
			if i > 0 && p[i-1]|0x20 != 'e' {
				return false
			}
		case b|0x20 == 'e':
			if !digit || i == len(p)-1 {
				return false
			}
		default:
			return false
		}
	}
	if !digit {
		return false
	}
	_, err := strconv.ParseFloat(string(p), 64)
	return err == nil
}

// digits reads a small whole number.
func digits(p []byte) (int, bool) {
	if len(p) == 0 || len(p) > 9 {
		return 0, false
	}
	n := 0
	for _, b := range p {
		if b < '0' || b > '9' {
			return 0, false
		}
		n = n*10 + int(b-'0')
	}
	return n, true
}

// column is the number of a reference's letters: 1 for A1, 28 for AB7; 0 for
// none or more than four letters.
func column(ref []byte) int {
	n, i := 0, 0
	for i < len(ref) && ref[i]|0x20 >= 'a' && ref[i]|0x20 <= 'z' {
		n = n*26 + int(ref[i]|0x20-'a') + 1
		i++
	}
	if i == 0 || i > 4 {
		return 0
	}
	return n
}

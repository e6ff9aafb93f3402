package sheet

import (
	"bytes"
	"context"
	"io"

	"zhanggui/app/fault"
)

// xmlSource is a workbook in the XML form of Excel 2003, often named .xls.
type xmlSource struct {
	name string
	src  io.ReaderAt
	size int64
	enc  string
	lim  Limits
}

// openXML lists the worksheets.
func openXML(b *Book, r io.ReaderAt) error {
	src := &xmlSource{name: b.Name, src: r, size: b.Size, enc: b.Encoding, lim: b.lim}
	x := src.scan()
	visible, whole := false, false
	for {
		tok, err := x.next()
		if err != nil {
			return src.explain(err)
		}
		if tok == tokEOF {
			break
		}
		switch name := string(x.name); {
		case tok == tokText && visible && len(b.Sheets) > 0:
			b.Sheets[len(b.Sheets)-1].Hidden = bytes.HasPrefix(x.text, []byte("SheetHidden")) || bytes.HasPrefix(x.text, []byte("SheetVeryHidden"))
			visible = false
		case tok == tokText:
		case name == "Worksheet" && tok == tokStart:
			if len(b.Sheets) >= b.lim.Sheets {
				return over("too_many_sheets", b.Name, b.lim.Sheets)
			}
			b.Sheets = append(b.Sheets, Info{Name: attrText(x.attrs, "Name")})
		case name == "Date1904":
			b.Date1904 = true
		case name == "Visible":
			visible = tok == tokStart && !x.self
		case name == "Workbook":
			whole = tok == tokEnd
		}
	}
	if !whole {
		return broken("cut_off", b.Name, "encoding", b.Encoding)
	}
	if len(b.Sheets) == 0 {
		return broken("no_sheets", b.Name)
	}
	b.Format, b.source = XML, src
	return nil
}

func (s *xmlSource) close() error { return nil }

func (s *xmlSource) scan() *xmlScan {
	return newXMLScan(newTextReader(s.name, s.src, s.size, s.enc))
}

func (s *xmlSource) explain(err error) error { return explainMarkup(err, s.name, "XML", s.lim) }

func (s *xmlSource) rows(ctx context.Context, sheet int, fn func(Row) error) error {
	r := xmlReader{x: s.scan(), s: s, fn: fn, b: builder{name: s.name, lim: s.lim}}
	at := -1
	for n := 0; ; n++ {
		if n%ctxEvery == 0 && ctx.Err() != nil {
			return fault.From(ctx.Err())
		}
		tok, err := r.x.next()
		switch {
		case err != nil:
			return s.explain(err)
		case tok == tokEOF:
			return broken("part_broken", s.name, "part", "XML")
		case tok == tokText:
			continue
		}
		switch name := string(r.x.name); {
		case name == "Worksheet" && tok == tokStart:
			at++
		case name == "Worksheet" && at == sheet:
			return nil
		case name == "Row" && tok == tokStart && at == sheet:
			if err := r.readRow(); err != nil {
				return err
			}
		}
	}
}

// xmlReader reads the rows of one worksheet.
type xmlReader struct {
	x   *xmlScan
	s   *xmlSource
	b   builder
	fn  func(Row) error
	row int

	col     int // of the open or next cell, from 1
	across  int // columns that the open cell covers to the right
	formula bool
	numeric bool
}

// readRow reads the row whose start tag stands in x.
func (r *xmlReader) readRow() error {
	r.row++
	if v, ok := attr(r.x.attrs, "Index"); ok {
		n, good := digits(v)
		if !good || n < r.row {
			return broken("part_broken", r.s.name, "part", "XML")
		}
		r.row = n
	}
	if r.row > r.s.lim.RowNumber {
		return over("too_many_rows", r.s.name, r.s.lim.RowNumber)
	}
	skip := 0
	if v, ok := attr(r.x.attrs, "Span"); ok {
		skip, _ = digits(v)
	}
	r.b.reset(r.row)
	r.col = 1
	if !r.x.self {
		if err := r.readCells(); err != nil {
			return err
		}
	}
	r.row += skip
	r.b.trim()
	if len(r.b.cells) == 0 {
		return nil
	}
	return r.fn(r.b.finish())
}

func (r *xmlReader) readCells() error {
	for {
		tok, err := r.x.next()
		switch {
		case err != nil:
			return r.s.explain(err)
		case tok == tokEOF:
			return broken("part_broken", r.s.name, "part", "XML")
		case tok == tokText:
			continue
		}
		switch name := string(r.x.name); {
		case name == "Row" && tok == tokEnd:
			return nil
		case name == "Cell" && tok == tokStart:
			if err := r.readCell(); err != nil {
				return err
			}
		}
	}
}

// readCell reads up to </Cell>.
func (r *xmlReader) readCell() error {
	if err := r.startCell(); err != nil {
		return err
	}
	if r.x.self {
		return r.endCell(false)
	}
	inData, filled := false, false
	for {
		tok, err := r.x.next()
		switch {
		case err != nil:
			return r.s.explain(err)
		case tok == tokEOF:
			return broken("part_broken", r.s.name, "part", "XML")
		case tok == tokText && inData:
			if err := r.text(); err != nil {
				return err
			}
		case tok == tokText:
		case string(r.x.name) == "Data":
			if tok == tokStart {
				kind, _ := attr(r.x.attrs, "Type")
				r.numeric, filled = string(kind) == "Number", true
			}
			inData = tok == tokStart && !r.x.self
		case string(r.x.name) == "Cell" && tok == tokEnd:
			return r.endCell(filled)
		}
	}
}

func (r *xmlReader) text() error {
	buf, err := appendText(r.b.buf, r.x)
	if err != nil {
		return r.s.explain(err)
	}
	r.b.buf = buf
	return r.b.check()
}

func (r *xmlReader) startCell() error {
	r.numeric, r.across = false, 0
	for attrs := r.x.attrs; len(attrs) > 0; {
		var key, val []byte
		key, val, attrs = nextAttr(attrs)
		switch string(key) {
		case "Index":
			n, ok := digits(val)
			if !ok || n < r.col {
				return broken("part_broken", r.s.name, "part", "XML")
			}
			r.col = n
		case "MergeAcross":
			r.across, _ = digits(val)
		case "Formula":
			r.formula = true
		}
	}
	if err := r.b.pad(r.col - 1); err != nil {
		return err
	}
	r.b.begin()
	return nil
}

func (r *xmlReader) endCell(filled bool) error {
	formula := r.formula
	r.formula = false
	var err error
	if formula && !filled {
		err = r.b.put(Cell{NoValue: true})
	} else {
		err = r.b.end(r.numeric && isDecimal(r.b.buf[r.b.from:]))
	}
	r.col += 1 + r.across
	return err
}

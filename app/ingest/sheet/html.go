package sheet

import (
	"bytes"
	"context"
	"html"
	"io"
	"strings"

	"zhanggui/app/fault"
)

// htmlSource is a page with tables, as platforms send it under the name .xls.
// All top-level tables are one sheet, one below the other; a table inside a
// cell is that cell's text.
type htmlSource struct {
	name string
	src  io.ReaderAt
	size int64
	enc  string
	lim  Limits
}

// maxSpan is the widest merge that is believed, HTML's own limits.
const (
	maxColSpan = 1000
	maxRowSpan = 65534
)

// openHTML makes sure that there is a table: a page without one is an error or
// sign-in page that was saved instead of the file.
func openHTML(b *Book, r io.ReaderAt) error {
	src := &htmlSource{name: b.Name, src: r, size: b.Size, enc: b.Encoding, lim: b.lim}
	x := src.scan()
	for {
		tok, err := x.next()
		if err != nil {
			return explainMarkup(err, b.Name, "HTML", b.lim)
		}
		if tok == tokEOF {
			return broken("html_no_table", b.Name)
		}
		if tok == tokStart && strings.EqualFold(string(x.name), "tr") {
			break
		}
	}
	b.Format, b.source, b.Sheets = HTML, src, []Info{{}}
	return nil
}

func (s *htmlSource) close() error { return nil }

func (s *htmlSource) scan() *xmlScan {
	x := newXMLScan(newTextReader(s.name, s.src, s.size, s.enc))
	x.lenient = true
	return x
}

func (s *htmlSource) rows(ctx context.Context, _ int, fn func(Row) error) error {
	r := htmlReader{x: s.scan(), b: builder{name: s.name, lim: s.lim}, fn: fn}
	for {
		if r.seen%ctxEvery == 0 && ctx.Err() != nil {
			return fault.From(ctx.Err())
		}
		tok, err := r.x.next()
		if err != nil {
			return explainMarkup(err, s.name, "HTML", s.lim)
		}
		if tok == tokEOF {
			if r.tables > 0 {
				return broken("cut_off", s.name, "encoding", s.enc)
			}
			return r.endRow()
		}
		if tok == tokText {
			err = r.text()
		} else {
			err = r.tag(tok == tokStart)
		}
		if err != nil {
			return err
		}
	}
}

// htmlReader follows the tables of a page.
type htmlReader struct {
	x  *xmlScan
	b  builder
	fn func(Row) error

	tables int // open tables
	row    int // rows begun
	seen   int // pieces read
	inRow  bool
	inCell bool
	mute   bool  // inside script or style
	wide   int   // the open cell's columns
	deep   int   // the open cell's rows
	spans  []int // rows that a cell above still covers, by column
	fresh  []int // covers that begin below this row
}

func (r *htmlReader) tag(open bool) error {
	r.seen++
	name := strings.ToLower(string(r.x.name))
	if name == "script" || name == "style" {
		r.mute = open && !r.x.self
		return nil
	}
	if name == "table" {
		return r.table(open)
	}
	if r.tables != 1 {
		r.blank()
		return nil
	}
	switch name {
	case "tr":
		if err := r.endRow(); err != nil || !open {
			return err
		}
		r.beginRow()
	case "td", "th":
		if err := r.endCell(); err != nil || !open {
			return err
		}
		return r.beginCell()
	case "br":
		if r.inCell {
			r.b.buf = append(r.b.buf, '\n')
		}
	case "p", "div", "li":
		r.blank()
	}
	return nil
}

func (r *htmlReader) table(open bool) error {
	if open {
		if r.tables++; r.tables > 1 {
			r.blank()
		}
		return nil
	}
	if r.tables == 0 {
		return nil
	}
	r.tables--
	if r.tables > 0 {
		return nil
	}
	err := r.endRow()
	r.spans = r.spans[:0]
	return err
}

// blank separates words that a tag stands between.
func (r *htmlReader) blank() {
	if n := len(r.b.buf); r.inCell && n > r.b.from && r.b.buf[n-1] != ' ' && r.b.buf[n-1] != '\n' {
		r.b.buf = append(r.b.buf, ' ')
	}
}

func (r *htmlReader) beginRow() {
	r.row++
	r.inRow = true
	r.b.reset(r.row)
	r.fresh = r.fresh[:0]
}

func (r *htmlReader) beginCell() error {
	if !r.inRow {
		r.beginRow()
	}
	if err := r.covered(); err != nil {
		return err
	}
	r.inCell = true
	r.wide = spanOf(r.x.attrs, "colspan", maxColSpan)
	r.deep = spanOf(r.x.attrs, "rowspan", maxRowSpan)
	r.b.begin()
	if r.x.self {
		return r.endCell()
	}
	return nil
}

// covered puts empty cells where a merged cell from above reaches down.
func (r *htmlReader) covered() error {
	for n := len(r.b.cells); n < len(r.spans) && r.spans[n] > 0; n++ {
		if err := r.b.pad(n + 1); err != nil {
			return err
		}
	}
	return nil
}

func spanOf(attrs []byte, name string, most int) int {
	v, _ := attr(attrs, name)
	n, ok := digits(bytes.TrimSpace(v))
	if !ok || n < 1 {
		return 1
	}
	return min(n, most)
}

func (r *htmlReader) text() error {
	r.seen++
	if !r.inCell || r.mute {
		return nil
	}
	text := r.x.text
	if !r.x.cdata && bytes.IndexByte(text, '&') >= 0 {
		text = []byte(html.UnescapeString(string(text)))
	}
	for len(text) > 0 {
		if text[0] <= ' ' {
			r.blank()
			text = text[1:]
			continue
		}
		if bytes.HasPrefix(text, []byte("\u00a0")) {
			r.b.buf = append(r.b.buf, ' ')
			text = text[2:]
			continue
		}
		n := 1
		for n < len(text) && text[n] > ' ' && text[n] != 0xC2 {
			n++
		}
		r.b.buf = append(r.b.buf, text[:n]...)
		text = text[n:]
		if err := r.b.check(); err != nil {
			return err
		}
	}
	return nil
}

func (r *htmlReader) endCell() error {
	if !r.inCell {
		return nil
	}
	r.inCell = false
	text := bytes.Trim(r.b.buf[r.b.from:], " \n")
	copy(r.b.buf[r.b.from:], text)
	r.b.buf = r.b.buf[:r.b.from+len(text)]
	at := len(r.b.cells)
	if err := r.b.end(false); err != nil {
		return err
	}
	if err := r.b.pad(at + r.wide); err != nil {
		return err
	}
	if r.deep > 1 {
		for len(r.fresh) < at+r.wide {
			r.fresh = append(r.fresh, 0)
		}
		for i := at; i < at+r.wide; i++ {
			r.fresh[i] = r.deep - 1
		}
	}
	return nil
}

func (r *htmlReader) endRow() error {
	if !r.inRow {
		return nil
	}
	if err := r.endCell(); err != nil {
		return err
	}
	r.inRow = false
	for i := range r.spans {
		r.spans[i] = max(0, r.spans[i]-1)
	}
	for len(r.spans) < len(r.fresh) {
		r.spans = append(r.spans, 0)
	}
	for i, n := range r.fresh {
		r.spans[i] = max(r.spans[i], n)
	}
	r.b.trim()
	if len(r.b.cells) == 0 {
		return nil
	}
	return r.fn(r.b.finish())
}

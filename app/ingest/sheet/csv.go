package sheet

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math"
	"strings"

	"zhanggui/app/fault"
)

// textSource is a CSV or TSV file.
type textSource struct {
	name  string
	src   io.ReaderAt
	size  int64
	enc   string
	delim byte
	lim   Limits
}

func (s *textSource) close() error { return nil }

func (s *textSource) rows(ctx context.Context, _ int, fn func(Row) error) error {
	p := newCSV(newTextReader(s.name, s.src, s.size, s.enc), s.delim, s.lim)
	for n := 0; ; n++ {
		if n%ctxEvery == 0 && ctx.Err() != nil {
			return fault.From(ctx.Err())
		}
		row, err := p.record()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := fn(row); err != nil {
			return err
		}
	}
}

// ctxEvery is how many rows pass between two looks at the context.
const ctxEvery = 256

// csvReader cuts text into records. It is lenient as spreadsheets are: a quote
// inside an unquoted field is a letter, what follows a closing quote belongs to
// the field. ="…" gives its inner text.
type csvReader struct {
	text  interface{ next() ([]byte, error) }
	buf   []byte
	pos   int
	ended bool

	delim byte
	stop  [256]bool // ends an unquoted field
	line  int       // physical line of pos
	cr    bool      // the line ended in CR: a LF after it is part of the end
	b     builder
}

func newCSV(t *textReader, delim byte, lim Limits) *csvReader {
	p := &csvReader{text: t, delim: delim, line: 1, b: builder{name: t.name, lim: lim}}
	p.stop[delim], p.stop['\r'], p.stop['\n'] = true, true, true
	return p
}

// more makes sure that a byte stands at pos.
func (p *csvReader) more() (bool, error) {
	if p.pos < len(p.buf) {
		return true, nil
	}
	if p.ended {
		return false, nil
	}
	next, err := p.text.next()
	if errors.Is(err, io.EOF) {
		p.ended, p.buf, p.pos = true, nil, 0
		return false, nil
	}
	if err != nil {
		return false, err
	}
	p.buf, p.pos = next, 0
	return true, nil
}

// record reads the next record, jumping over blank lines; io.EOF at the end.
func (p *csvReader) record() (Row, error) {
	if err := p.blankLines(); err != nil {
		return Row{}, err
	}
	p.b.reset(p.line)
	for {
		last, err := p.field()
		if err != nil {
			return Row{}, err
		}
		if last {
			return p.b.finish(), nil
		}
	}
}

// blankLines moves to the first byte of a record.
func (p *csvReader) blankLines() error {
	for {
		ok, err := p.more()
		if err != nil {
			return err
		}
		if !ok {
			return io.EOF
		}
		switch b := p.buf[p.pos]; {
		case b == '\n' && p.cr:
			p.cr = false
		case b == '\n' || b == '\r':
			p.line++
			p.cr = b == '\r'
		default:
			p.cr = false
			return nil
		}
		p.pos++
	}
}

// field reads one field with what ends it; last tells the end of the record.
func (p *csvReader) field() (last bool, err error) {
	p.b.begin()
	ok, err := p.more()
	if err != nil {
		return false, err
	}
	if !ok {
		return true, p.b.end(false)
	}
	quoted := false
	switch p.buf[p.pos] {
	case '"':
		p.pos++
		quoted = true
		err = p.quoted()
	case '=':
		err = p.formula()
	}
	if err != nil {
		return false, err
	}
	last, err = p.plain()
	if err != nil {
		return false, err
	}
	if quoted {
		p.unguard()
	}
	return last, p.b.end(false)
}

// formula reads ="…" as the text inside; any other = is a letter.
func (p *csvReader) formula() error {
	p.pos++
	ok, err := p.more()
	if err != nil {
		return err
	}
	if ok && p.buf[p.pos] == '"' {
		p.pos++
		return p.quoted()
	}
	p.b.buf = append(p.b.buf, '=')
	return nil
}

// quoted reads up to the closing quote.
func (p *csvReader) quoted() error {
	opened := p.line
	cr := false
	for {
		ok, err := p.more()
		if err != nil {
			return err
		}
		if !ok {
			return broken("quote_open", p.b.name, "line", opened)
		}
		i := bytes.IndexByte(p.buf[p.pos:], '"')
		part := p.buf[p.pos:]
		if i >= 0 {
			part = part[:i]
		}
		p.pos += len(part)
		p.b.buf = append(p.b.buf, part...)
		if bytes.IndexByte(part, '\n') >= 0 || bytes.IndexByte(part, '\r') >= 0 {
			c := lineCount{cr: cr}
			c.add(part)
			p.line += c.lines
			cr = c.cr
		} else if len(part) > 0 {
			cr = false
		}
		if err := p.b.check(); err != nil {
			return err
		}
		if i < 0 {
			continue
		}
		p.pos++
		double, err := p.doubled()
		if err != nil || !double {
			return err
		}
		cr = false
	}
}

// doubled looks after a quote inside a quoted field: "" is one quote.
func (p *csvReader) doubled() (bool, error) {
	ok, err := p.more()
	if err != nil || !ok || p.buf[p.pos] != '"' {
		return false, err
	}
	p.pos++
	p.b.buf = append(p.b.buf, '"')
	return true, nil
}

// plain reads up to the delimiter or the end of the line and over it.
func (p *csvReader) plain() (last bool, err error) {
	for {
		ok, err := p.more()
		if err != nil {
			return false, err
		}
		if !ok {
			return true, nil
		}
		rest := p.buf[p.pos:]
		n := 0
		for n < len(rest) && !p.stop[rest[n]] {
			n++
		}
		p.b.buf = append(p.b.buf, rest[:n]...)
		p.pos += n
		if err := p.b.check(); err != nil {
			return false, err
		}
		if n == len(rest) {
			continue
		}
		end := rest[n]
		p.pos++
		if end == p.delim {
			return false, nil
		}
		p.line++
		p.cr = end == '\r'
		return true, nil
	}
}

// unguard strips ="…" that stood inside quotes: "=""3515…""" (a guarded file
// that Excel wrote again).
func (p *csvReader) unguard() {
	text := bytes.TrimRight(p.b.buf[p.b.from:], "\t ")
	if n := len(text); n >= 3 && text[0] == '=' && text[1] == '"' && text[n-1] == '"' {
		inner := text[2 : n-1]
		copy(text, inner)
		p.b.buf = p.b.buf[:p.b.from+len(inner)]
	}
}

// delimiters are tried in this order; the first wins a tie.
const delimiters = ",\t;|"

// sampleRows is how many records decide about the delimiter; the preambles of
// wallet files are up to 25 lines long.
const sampleRows = 200

// sniffDelimiter reads the start of the text with each delimiter and takes the
// one that makes a table: one with a row of column names beats one without,
// then the number of rows of one width counts, weighted by the width.
// ok is false when the text holds no record at all.
func sniffDelimiter(name string, src io.ReaderAt, size int64, enc string, lim Limits) (delim byte, ok bool) {
	best := score{}
	delim = ','
	for i := range len(delimiters) {
		p := newCSV(newTextReader(name, src, min(size, sampleBytes), enc), delimiters[i], lim)
		s, some := sample(p)
		ok = ok || some
		if s.beats(best) {
			best, delim = s, delimiters[i]
		}
	}
	return delim, ok
}

// sampleBytes bounds the part of the file that is tried.
const sampleBytes = 1 << 20

// score compares readings of the same text.
type score struct {
	named  bool // a row of the common width looks like column names
	weight int
}

func (s score) beats(t score) bool {
	if s.named != t.named {
		return s.named
	}
	return s.weight > t.weight
}

// sample scores one reading; some tells that there was a record.
func sample(p *csvReader) (s score, some bool) {
	widths := map[int]int{}
	named := map[int]bool{}
	for range sampleRows {
		row, err := p.record()
		if err != nil {
			some = some || !errors.Is(err, io.EOF)
			break
		}
		some = true
		n := len(row.Cells)
		if n < 2 {
			continue
		}
		widths[n]++
		named[n] = named[n] || looksNamed(row.Cells)
	}
	for n, count := range widths {
		t := score{named: named[n], weight: int(float64(count) * math.Log2(float64(n)) * 1000)}
		if t.beats(s) {
			s = t
		}
	}
	return s, some
}

// looksNamed tells a row of column names: nearly all cells are words.
func looksNamed(cells []Cell) bool {
	words, filled := 0, 0
	for _, c := range cells {
		t := strings.TrimSpace(c.Text)
		if t == "" {
			continue
		}
		filled++
		if !strings.ContainsAny(t, "0123456789") && len(t) <= 60 {
			words++
		}
	}
	return filled >= 2 && words*5 >= filled*4
}

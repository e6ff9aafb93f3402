package sheet

import (
	"bytes"
	"errors"
	"io"
)

// What is wrong with a piece of markup; the caller adds file and part.
var (
	errMarkup  = errors.New("sheet: broken markup")
	errDoctype = errors.New("sheet: markup with a DOCTYPE")
	errToken   = errors.New("sheet: text too long")
)

// maxToken bounds one tag or text in markup; a cell of MaxCell bytes written
// with character references is eight times as long.
const maxToken = 1 << 20

// token is a kind of piece.
type token int

const (
	tokStart token = iota
	tokEnd
	tokText
	tokEOF
)

// xmlScan cuts XML into tags and texts on bytes. It reads what spreadsheets
// write and refuses DOCTYPE (entity attacks); lenient adds the habits of HTML.
// name, attrs and text are valid until the next call of next.
type xmlScan struct {
	r       io.Reader
	buf     []byte
	pos     int
	end     int
	eof     bool
	lenient bool

	name  []byte // local name without prefix
	attrs []byte // raw attributes
	text  []byte // raw text
	self  bool   // <a/>
	cdata bool   // text is CDATA: no references in it
}

func newXMLScan(r io.Reader) *xmlScan { return &xmlScan{r: r, buf: make([]byte, 64<<10)} }

// fill reads more; false at the end of the input.
func (x *xmlScan) fill() (bool, error) {
	if x.eof {
		return false, nil
	}
	if x.pos > 0 {
		x.end = copy(x.buf, x.buf[x.pos:x.end])
		x.pos = 0
	}
	if x.end == len(x.buf) {
		if len(x.buf) >= maxToken {
			return false, errToken
		}
		x.buf = append(x.buf, make([]byte, len(x.buf))...)
	}
	n, err := x.r.Read(x.buf[x.end:])
	x.end += n
	if errors.Is(err, io.EOF) {
		x.eof = true
		return n > 0, nil
	}
	return true, err
}

// next reads the next piece; comments and processing instructions are jumped over.
func (x *xmlScan) next() (token, error) {
	for {
		rest := x.buf[x.pos:x.end]
		if len(rest) < 9 { // the length of <![CDATA[
			var err error
			if rest, err = x.need(9); err != nil {
				return tokEOF, err
			}
		}
		switch {
		case len(rest) == 0:
			return tokEOF, nil
		case rest[0] != '<':
			return x.readText()
		case len(rest) < 2:
			return tokEOF, errMarkup
		case rest[1] == '!' || rest[1] == '?':
			tok, done, err := x.special(rest)
			if err != nil || done {
				return tok, err
			}
		case rest[1] == '/' || isNameByte(rest[1]):
			return x.tag()
		case x.lenient:
			return x.loneBracket()
		default:
			return tokEOF, errMarkup
		}
	}
}

// need gives what is buffered, at least n bytes unless the input ends.
func (x *xmlScan) need(n int) ([]byte, error) {
	for x.end-x.pos < n {
		ok, err := x.fill()
		if err != nil {
			return nil, err
		}
		if !ok {
			break
		}
	}
	return x.buf[x.pos:x.end], nil
}

func isNameByte(b byte) bool {
	return b|0x20 >= 'a' && b|0x20 <= 'z' || b == '_' || b >= 0x80
}

// readText reads up to the next tag.
func (x *xmlScan) readText() (token, error) {
	x.cdata = false
	from := 0
	for {
		rest := x.buf[x.pos:x.end]
		if i := bytes.IndexByte(rest[from:], '<'); i >= 0 {
			x.text = rest[:from+i]
			x.pos += from + i
			return tokText, nil
		}
		if x.lenient && len(rest) >= maxToken/2 { // a script or a style, no cell
			x.text = rest
			x.pos = x.end
			return tokText, nil
		}
		from = len(rest)
		ok, err := x.fill()
		if err != nil {
			return tokEOF, err
		}
		if !ok {
			x.text = x.buf[x.pos:x.end]
			x.pos = x.end
			return tokText, nil
		}
	}
}

// loneBracket gives a < that begins no tag as text.
func (x *xmlScan) loneBracket() (token, error) {
	x.text, x.cdata = x.buf[x.pos:x.pos+1], true
	x.pos++
	return tokText, nil
}

// special handles comments, CDATA, DOCTYPE and processing instructions; done
// tells that a token came out.
func (x *xmlScan) special(rest []byte) (tok token, done bool, err error) {
	switch {
	case bytes.HasPrefix(rest, []byte("<!--")):
		x.pos += 4
		return tokEOF, false, x.skip("-->")
	case bytes.HasPrefix(rest, []byte("<![CDATA[")):
		x.pos += 9
		tok, err = x.readCDATA()
		return tok, true, err
	case rest[1] == '?':
		return tokEOF, false, x.skip("?>")
	case x.lenient:
		return tokEOF, false, x.skip(">")
	}
	return tokEOF, false, errDoctype
}

// skip moves behind mark, which need not be buffered whole.
func (x *xmlScan) skip(mark string) error {
	for {
		rest := x.buf[x.pos:x.end]
		if i := bytes.Index(rest, []byte(mark)); i >= 0 {
			x.pos += i + len(mark)
			return nil
		}
		x.pos += max(0, len(rest)-len(mark)+1)
		ok, err := x.fill()
		if err != nil {
			return err
		}
		if !ok {
			if x.lenient {
				x.pos = x.end
				return nil
			}
			return errMarkup
		}
	}
}

func (x *xmlScan) readCDATA() (token, error) {
	from := 0
	for {
		rest := x.buf[x.pos:x.end]
		if i := bytes.Index(rest[from:], []byte("]]>")); i >= 0 {
			x.text, x.cdata = rest[:from+i], true
			x.pos += from + i + 3
			return tokText, nil
		}
		from = max(0, len(rest)-2)
		ok, err := x.fill()
		if err != nil {
			return tokEOF, err
		}
		if !ok {
			return tokEOF, errMarkup
		}
	}
}

// tag reads <name attrs>, <name/> or </name>.
func (x *xmlScan) tag() (token, error) {
	n, err := x.tagEnd()
	if err != nil {
		return tokEOF, err
	}
	in := x.buf[x.pos+1 : x.pos+n]
	x.pos += n + 1
	tok := tokStart
	x.self = false
	if in[0] == '/' {
		tok, in = tokEnd, in[1:]
	} else if in[len(in)-1] == '/' {
		x.self, in = true, in[:len(in)-1]
	}
	i := 0
	for i < len(in) && in[i] > ' ' && in[i] != '/' {
		i++
	}
	x.name, x.attrs = in[:i], in[i:]
	if c := bytes.LastIndexByte(x.name, ':'); c >= 0 {
		x.name = x.name[c+1:]
	}
	return tok, nil
}

// tagEnd finds the > of the tag at pos, counted from pos; quoted values may
// hold one.
func (x *xmlScan) tagEnd() (int, error) {
	quote := byte(0)
	for n := 1; ; {
		tag := x.buf[x.pos:x.end]
		for ; n < len(tag); n++ {
			switch b := tag[n]; {
			case quote != 0:
				if b == quote {
					quote = 0
				}
			case b == '>':
				if n == 1 {
					return 0, errMarkup
				}
				return n, nil
			case (b == '"' || b == '\'') && (!x.lenient || tag[n-1] == '='):
				quote = b
			}
		}
		ok, err := x.fill()
		if err != nil {
			return 0, err
		}
		if !ok {
			return 0, errMarkup
		}
	}
}

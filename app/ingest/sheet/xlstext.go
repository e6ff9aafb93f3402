package sheet

import (
	"encoding/binary"
	"errors"
	"unicode/utf16"
	"unicode/utf8"
)

// What is wrong with a text of the old format.
var (
	errShort     = errors.New("text cut off")
	errSurrogate = errors.New("half a character")
)

// pieces reads over a record and its CONTINUE records. A text may be cut
// anywhere between two characters; the next piece then begins with a flag byte
// that says again whether characters have one byte or two.
type pieces struct {
	list [][]byte
	i    int // the piece
	at   int // the place in it
}

// done tells that nothing is left.
func (p *pieces) done() bool {
	p.settle()
	return p.i >= len(p.list)
}

// settle moves to a piece that has bytes left.
func (p *pieces) settle() {
	for p.i < len(p.list) && p.at >= len(p.list[p.i]) {
		p.i++
		p.at = 0
	}
}

func (p *pieces) byte() (byte, error) {
	if p.done() {
		return 0, errShort
	}
	b := p.list[p.i][p.at]
	p.at++
	return b, nil
}

func (p *pieces) uint(n int) (int, error) {
	v := 0
	for i := range n {
		b, err := p.byte()
		if err != nil {
			return 0, err
		}
		v |= int(b) << (8 * i)
	}
	return v, nil
}

// skip jumps over formatting runs, which CONTINUE cuts without a flag byte.
func (p *pieces) skip(n int) error {
	for n > 0 {
		if p.done() {
			return errShort
		}
		step := min(n, len(p.list[p.i])-p.at)
		p.at += step
		n -= step
	}
	return nil
}

// richText reads a string of the shared table with its formatting.
func (p *pieces) richText() (string, error) {
	count, err := p.uint(2)
	if err != nil {
		return "", err
	}
	flags, err := p.byte()
	if err != nil {
		return "", err
	}
	runs, ext := 0, 0
	if flags&0x08 != 0 {
		if runs, err = p.uint(2); err != nil {
			return "", err
		}
	}
	if flags&0x04 != 0 {
		if ext, err = p.uint(4); err != nil {
			return "", err
		}
	}
	text, err := p.runs(count, flags)
	if err != nil {
		return "", err
	}
	return text, p.skip(runs*4 + ext)
}

// chars reads a flag byte and count characters.
func (p *pieces) chars(count int) (string, error) {
	if count == 0 {
		return "", nil
	}
	flags, err := p.byte()
	if err != nil {
		return "", err
	}
	return p.runs(count, flags)
}

// runs reads count characters (UTF-16 units) that may go on in CONTINUE records.
func (p *pieces) runs(count int, flags byte) (string, error) {
	out := make([]byte, 0, min(count, 1<<15)*2)
	high := rune(0) // first half of a character outside the basic plane
	for count > 0 {
		if p.i < len(p.list) && p.at >= len(p.list[p.i]) {
			p.i++
			p.at = 0
			flag, err := p.byte()
			if err != nil {
				return "", err
			}
			flags = flags&^1 | flag&1
		}
		if p.i >= len(p.list) {
			return "", errShort
		}
		piece := p.list[p.i][p.at:]
		width := 1 + int(flags&1)
		n := min(count, len(piece)/width)
		if n == 0 && len(piece) > 0 {
			return "", errShort
		}
		var err error
		if out, high, err = appendUnits(out, piece[:n*width], width, high); err != nil {
			return "", err
		}
		p.at += n * width
		count -= n
	}
	if high != 0 {
		return "", errSurrogate
	}
	return string(out), nil
}

// appendUnits decodes characters of one or two bytes.
func appendUnits(out, p []byte, width int, high rune) ([]byte, rune, error) {
	for i := 0; i+width <= len(p); i += width {
		u := rune(p[i])
		if width == 2 {
			u = rune(binary.LittleEndian.Uint16(p[i:]))
		}
		switch {
		case high != 0:
			full := utf16.DecodeRune(high, u)
			if full == utf8.RuneError {
				return nil, 0, errSurrogate
			}
			out, high = utf8.AppendRune(out, full), 0
		case u >= 0xD800 && u < 0xDC00:
			high = u
		case u >= 0xDC00 && u < 0xE000:
			return nil, 0, errSurrogate
		case u == 0: // padding of some writers
		default:
			out = utf8.AppendRune(out, u)
		}
	}
	return out, high, nil
}

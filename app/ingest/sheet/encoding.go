package sheet

import (
	"bytes"
	"io"

	"zhanggui/app/fault"
)

// encodingOf names the encoding of a text file: byte order mark, then strict
// UTF-8, then strict GB18030 (FORMATS Q2). size is the file's.
// Errors: Invalid fault.sheet.nul, fault.sheet.bad_bytes, fault.sheet.cut_off,
// fault.sheet.mixed_encoding, each with the line.
func encodingOf(name string, r io.ReaderAt, size int64, s survey) (string, error) {
	var head [3]byte
	n, err := readAt(r, head[:], 0)
	if err != nil {
		return "", unreadable(name, err)
	}
	enc := UTF8
	switch {
	case bytes.Equal(head[:n], []byte("\xEF\xBB\xBF")):
		enc = UTF8BOM
	case n >= 2 && head[0] == 0xFF && head[1] == 0xFE:
		return UTF16LE, evenSize(name, UTF16LE, size)
	case n >= 2 && head[0] == 0xFE && head[1] == 0xFF:
		return UTF16BE, evenSize(name, UTF16BE, size)
	}
	if s.nul >= 0 {
		return "", broken("nul", name, "line", lineAt(r, s.nul))
	}
	if s.utf8 {
		return enc, nil
	}
	j := judge{}
	if err := j.read(r, size); err != nil {
		return "", unreadable(name, err)
	}
	if f := j.verdict(name, enc == UTF8BOM); f != nil {
		return "", f
	}
	return GB18030, nil
}

func evenSize(name, enc string, size int64) error {
	if size%2 != 0 {
		return broken("cut_off", name, "encoding", enc)
	}
	return nil
}

// lineAt is the physical line, from 1, of the byte at off; CR, LF and CRLF end lines.
func lineAt(r io.ReaderAt, off int64) int {
	var c lineCount
	buf := make([]byte, chunk)
	for at := int64(0); at < off; {
		n, err := readAt(r, buf[:min(int64(len(buf)), off-at)], at)
		if err != nil || n == 0 {
			break
		}
		c.add(buf[:n])
		at += int64(n)
	}
	return c.lines + 1
}

// lineCount counts line ends over chunks.
type lineCount struct {
	lines int
	cr    bool // the chunk before ended in CR
}

func (c *lineCount) add(p []byte) {
	for _, b := range p {
		switch {
		case b == '\r':
			c.lines++
		case b == '\n' && !c.cr:
			c.lines++
		}
		c.cr = b == '\r'
	}
}

// enoughHan is how many Chinese characters of three bytes one field must hold
// before we believe that a field in a file of another encoding is UTF-8. A GBK
// text passes for six bytes of UTF-8 once in 30,000 cases, for twelve never.
const enoughHan = 4

// enoughPairs is the same for GBK: two characters that are not valid UTF-8.
const enoughPairs = 2

// judge looks at a file that is not UTF-8 as a whole, field by field: which
// fields are UTF-8, which GB18030, which neither.
type judge struct {
	line int // lines ended so far
	cr   bool

	u  utf8State
	g  gbState
	hi bool // the field has bytes above ASCII

	firstUTF8, firstGB int  // line of the first field that is surely so, 0 for none
	badUTF8, badGB     int  // line of the first field that is surely not so
	faults             int  // fields that are not UTF-8
	lastUTF8, lastGB   bool // the file ends inside a character of that encoding
}

func (j *judge) read(r io.ReaderAt, size int64) error {
	buf := make([]byte, chunk)
	for off := int64(0); off < size; {
		n, err := readAt(r, buf[:min(int64(len(buf)), size-off)], off)
		if err != nil {
			return err
		}
		if n == 0 {
			return io.ErrUnexpectedEOF
		}
		for _, b := range buf[:n] {
			if b >= 0x30 && b < 0x80 && j.u.need == 0 && j.g.need == 0 {
				j.cr = false // a plain letter between characters tells nothing
				continue
			}
			j.feed(b)
		}
		off += int64(n)
	}
	j.lastUTF8, j.lastGB = j.u.need > 0 && !j.u.bad, j.g.need > 0 && !j.g.bad
	j.endField()
	return nil
}

func (j *judge) feed(b byte) {
	if b < 0x30 { // no trail byte of either encoding: TAB CR LF " , and the like
		if b == '\n' || b == '\r' || b == ',' || b == '\t' || b == '"' {
			j.endField()
		} else {
			j.u.feed(b)
			j.g.feed(b)
		}
		if b == '\r' || b == '\n' && !j.cr {
			j.line++
		}
		j.cr = b == '\r'
		return
	}
	j.cr = false
	j.hi = j.hi || b >= 0x80
	j.u.feed(b)
	j.g.feed(b)
}

// endField books the field that ended.
func (j *judge) endField() {
	if j.hi {
		badU, badG := j.u.bad || j.u.need > 0, j.g.bad || j.g.need > 0
		here := j.line + 1
		first(&j.badUTF8, here, badU)
		first(&j.badGB, here, badG)
		first(&j.firstUTF8, here, !badU && (badG || j.u.han >= enoughHan))
		first(&j.firstGB, here, badU && !badG && j.g.pairs >= enoughPairs)
		if badU {
			j.faults++
		}
	}
	j.u, j.g, j.hi = utf8State{}, gbState{}, false
}

func first(at *int, line int, is bool) {
	if is && *at == 0 {
		*at = line
	}
}

// verdict says what is wrong, nil when the file is GB18030.
func (j *judge) verdict(name string, bom bool) *fault.Error {
	utf := bom || j.firstUTF8 > 0
	switch {
	case j.lastUTF8 && j.faults == 1:
		return broken("cut_off", name, "encoding", UTF8)
	case utf && j.firstGB > 0:
		return broken("mixed_encoding", name, "line", max(j.firstUTF8, j.firstGB))
	case utf:
		return broken("bad_bytes", name, "encoding", UTF8, "line", j.badUTF8)
	case j.badGB == 0:
		return nil
	case j.lastGB && j.badGB == j.line+1:
		return broken("cut_off", name, "encoding", GB18030)
	}
	return broken("bad_bytes", name, "encoding", GB18030, "line", j.badGB)
}

// utf8State checks one field as strict UTF-8.
type utf8State struct {
	need   int  // continuation bytes to come
	lo, hi byte // bounds of the next one
	bad    bool
	han    int // characters of three and four bytes
}

func (u *utf8State) feed(b byte) {
	if u.need > 0 {
		if b < u.lo || b > u.hi {
			u.bad = true
			u.need = 0
			return
		}
		u.need--
		u.lo, u.hi = 0x80, 0xBF
		return
	}
	u.lo, u.hi = 0x80, 0xBF
	switch {
	case b < 0x80:
	case b >= 0xC2 && b <= 0xDF:
		u.need = 1
	case b >= 0xE0 && b <= 0xEF:
		u.need, u.han = 2, u.han+1
		switch b {
		case 0xE0:
			u.lo = 0xA0
		case 0xED:
			u.hi = 0x9F
		}
	case b >= 0xF0 && b <= 0xF4:
		u.need, u.han = 3, u.han+1
		switch b {
		case 0xF0:
			u.lo = 0x90
		case 0xF4:
			u.hi = 0x8F
		}
	default:
		u.bad = true
	}
}

// gbState checks one field as GB18030: one, two or four bytes a character.
type gbState struct {
	need  int // 0 none, 1 second byte, 2 third, 3 fourth
	bad   bool
	pairs int
}

func (g *gbState) feed(b byte) {
	switch g.need {
	case 1:
		g.second(b)
	case 2:
		g.need = 3
		g.bad = g.bad || b < 0x81 || b == 0xFF
	case 3:
		g.need = 0
		g.bad = g.bad || b < '0' || b > '9'
	default:
		switch {
		case b < 0x80:
		case b == 0x80 || b == 0xFF:
			g.bad = true
		default:
			g.need = 1
		}
	}
}

func (g *gbState) second(b byte) {
	g.need = 0
	switch {
	case b >= '0' && b <= '9':
		g.need = 2
	case b >= 0x40 && b != 0x7F && b != 0xFF:
		g.pairs++
	default:
		g.bad = true
	}
}

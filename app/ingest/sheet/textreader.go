package sheet

import (
	"bytes"
	"errors"
	"io"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// replacement is what the decoders of x/text write for bytes without a meaning.
var replacement = []byte("\uFFFD")

// textReader gives a text file as UTF-8, chunk by chunk.
type textReader struct {
	name string
	src  io.ReaderAt
	enc  string
	size int64
	off  int64 // of the next byte to read
	at   int64 // decoded bytes given so far

	dec  transform.Transformer // nil for UTF-8
	raw  []byte
	have int // undecoded bytes at the start of raw
	out  []byte
	left []byte // for Read
}

func newTextReader(name string, src io.ReaderAt, size int64, enc string) *textReader {
	t := &textReader{name: name, src: src, enc: enc, size: size, raw: make([]byte, chunk)}
	switch enc {
	case UTF8BOM:
		t.off = 3
	case UTF16LE:
		t.off = 2
		t.dec = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewDecoder()
	case UTF16BE:
		t.off = 2
		t.dec = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewDecoder()
	case GB18030:
		t.dec = simplifiedchinese.GB18030.NewDecoder()
	}
	if t.dec != nil {
		t.out = make([]byte, chunk)
	}
	return t
}

// next gives the next chunk, valid until the next call; io.EOF at the end.
// Errors: Invalid fault.sheet.bad_bytes and fault.sheet.nul with the line;
// Unavailable fault.sheet.read.
func (t *textReader) next() ([]byte, error) {
	for {
		p, err := t.fill()
		if err != nil {
			return nil, err
		}
		if len(p) == 0 {
			continue
		}
		if i := bytes.IndexByte(p, 0); i >= 0 {
			return nil, broken("nul", t.name, "line", t.lineOf(t.at+int64(i)))
		}
		if t.dec != nil {
			if i := bytes.Index(p, replacement); i >= 0 {
				return nil, broken("bad_bytes", t.name, "encoding", t.enc, "line", t.lineOf(t.at+int64(i)))
			}
		}
		t.at += int64(len(p))
		return p, nil
	}
}

// fill reads and decodes one chunk.
func (t *textReader) fill() ([]byte, error) {
	n, err := readAt(t.src, t.raw[t.have:], t.off)
	if err != nil {
		return nil, unreadable(t.name, err)
	}
	if n > 0 && t.off+int64(n) > t.size {
		n = max(0, int(t.size-t.off))
	}
	t.off += int64(n)
	if n == 0 && t.have == 0 {
		return nil, io.EOF
	}
	if t.dec == nil {
		return t.raw[:n], nil
	}
	t.have += n
	wrote, used, err := t.dec.Transform(t.out, t.raw[:t.have], t.off >= t.size || n == 0)
	if err != nil && !errors.Is(err, transform.ErrShortSrc) && !errors.Is(err, transform.ErrShortDst) {
		return nil, broken("bad_bytes", t.name, "encoding", t.enc, "line", t.lineOf(t.at)).Because(err)
	}
	if wrote == 0 && used == 0 {
		return nil, broken("cut_off", t.name, "encoding", t.enc)
	}
	t.have = copy(t.raw, t.raw[used:t.have])
	return t.out[:wrote], nil
}

// lineOf counts the line of a decoded offset by reading again; only for faults.
func (t *textReader) lineOf(at int64) int {
	again := newTextReader(t.name, t.src, t.size, t.enc)
	var c lineCount
	for again.at < at {
		p, err := again.fill()
		if err != nil {
			break
		}
		p = p[:min(int64(len(p)), at-again.at)]
		c.add(p)
		again.at += int64(len(p))
	}
	return c.lines + 1
}

// Read makes the text an io.Reader for the markup readers.
func (t *textReader) Read(p []byte) (int, error) {
	if len(t.left) == 0 {
		next, err := t.next()
		if err != nil {
			return 0, err
		}
		t.left = next
	}
	n := copy(p, t.left)
	t.left = t.left[n:]
	return n, nil
}

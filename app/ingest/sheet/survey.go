package sheet

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"unicode/utf8"
)

// chunk is how much of a file is read at once.
const chunk = 256 << 10

// survey is what one pass over the whole file tells.
type survey struct {
	sha256 string
	utf8   bool // strict UTF-8 from the first to the last byte
	nul    int64
}

// surveyFile reads the file once: its hash, whether it is UTF-8, and the first
// NUL byte (-1 for none).
func surveyFile(r io.ReaderAt, size int64) (survey, error) {
	s := survey{utf8: true, nul: -1}
	hash := sha256.New()
	buf := make([]byte, chunk+utf8.UTFMax)
	kept := 0 // bytes of an unfinished character from the chunk before
	for off := int64(0); off < size; {
		want := min(int64(chunk), size-off)
		n, err := readAt(r, buf[kept:kept+int(want)], off)
		if err != nil {
			return s, err
		}
		if n == 0 {
			return s, io.ErrUnexpectedEOF
		}
		fresh := buf[kept : kept+n]
		hash.Write(fresh)
		if s.nul < 0 {
			if i := bytes.IndexByte(fresh, 0); i >= 0 {
				s.nul = off + int64(i)
			}
		}
		off += int64(n)
		if s.utf8 {
			all := buf[:kept+n]
			whole := wholeRunes(all)
			if off >= size {
				whole = len(all)
			}
			s.utf8 = utf8.Valid(all[:whole])
			kept = copy(buf, all[whole:])
		}
	}
	s.sha256 = hex.EncodeToString(hash.Sum(nil))
	return s, nil
}

// wholeRunes is the length of p without an unfinished UTF-8 character at its end.
func wholeRunes(p []byte) int {
	for i := len(p) - 1; i >= 0 && i >= len(p)-utf8.UTFMax; i-- {
		if !utf8.RuneStart(p[i]) {
			continue
		}
		if utf8.FullRune(p[i:]) {
			return len(p)
		}
		return i
	}
	return len(p)
}

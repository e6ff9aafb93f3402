package sheet

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// attr gives the raw value of an attribute by its local name; HTML's values
// without quotes are read too.
func attr(attrs []byte, name string) (value []byte, ok bool) {
	for len(attrs) > 0 {
		var key, val []byte
		key, val, attrs = nextAttr(attrs)
		if len(key) == len(name) && strings.EqualFold(string(key), name) {
			return val, true
		}
	}
	return nil, false
}

// nextAttr splits the first attribute off.
func nextAttr(p []byte) (key, val, rest []byte) {
	i := 0
	for i < len(p) && (p[i] <= ' ' || p[i] == '/') {
		i++
	}
	start := i
	for i < len(p) && p[i] > ' ' && p[i] != '=' {
		i++
	}
	key = p[start:i]
	if c := bytes.LastIndexByte(key, ':'); c >= 0 {
		key = key[c+1:]
	}
	for i < len(p) && p[i] <= ' ' {
		i++
	}
	if i >= len(p) || p[i] != '=' {
		return key, nil, p[i:]
	}
	i++
	for i < len(p) && p[i] <= ' ' {
		i++
	}
	if i < len(p) && (p[i] == '"' || p[i] == '\'') {
		end := bytes.IndexByte(p[i+1:], p[i])
		if end < 0 {
			return key, p[i+1:], nil
		}
		return key, p[i+1 : i+1+end], p[i+2+end:]
	}
	start = i
	for i < len(p) && p[i] > ' ' {
		i++
	}
	return key, p[start:i], p[i:]
}

// unescape appends text with its character references resolved to dst.
// Errors: errMarkup for a reference that XML does not know.
func unescape(dst, text []byte) ([]byte, error) {
	for {
		i := bytes.IndexByte(text, '&')
		if i < 0 {
			return append(dst, text...), nil
		}
		dst = append(dst, text[:i]...)
		text = text[i+1:]
		end := bytes.IndexByte(text, ';')
		if end < 0 || end > 10 {
			return dst, errMarkup
		}
		var err error
		if dst, err = reference(dst, text[:end]); err != nil {
			return dst, err
		}
		text = text[end+1:]
	}
}

// reference appends what one character reference stands for.
func reference(dst, name []byte) ([]byte, error) {
	switch string(name) {
	case "lt":
		return append(dst, '<'), nil
	case "gt":
		return append(dst, '>'), nil
	case "amp":
		return append(dst, '&'), nil
	case "quot":
		return append(dst, '"'), nil
	case "apos":
		return append(dst, '\''), nil
	}
	if len(name) < 2 || name[0] != '#' {
		return dst, errMarkup
	}
	digits, base := string(name[1:]), 10
	if digits[0] == 'x' || digits[0] == 'X' {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || n == 0 || n > utf8.MaxRune || utf16.IsSurrogate(rune(n)) {
		return dst, errMarkup
	}
	return utf8.AppendRune(dst, rune(n)), nil
}

// unescapeExcel resolves Excel's own _x000D_ in place in p[from:]; characters
// that XML forbids are stored so.
func unescapeExcel(p []byte, from int) []byte {
	for i := from; ; {
		at := bytes.Index(p[i:], []byte("_x"))
		if at < 0 {
			return p
		}
		at += i
		if len(p)-at < 7 || p[at+6] != '_' {
			i = at + 2
			continue
		}
		n, err := strconv.ParseUint(string(p[at+2:at+6]), 16, 32)
		if err != nil || n == 0 || utf16.IsSurrogate(rune(n)) {
			i = at + 2
			continue
		}
		var enc [utf8.UTFMax]byte
		w := utf8.EncodeRune(enc[:], rune(n))
		copy(p[at:], enc[:w])
		p = append(p[:at+w], p[at+7:]...)
		i = at + w
	}
}

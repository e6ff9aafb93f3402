package value

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"zhanggui/app/ingest/sheet"
)

// Text reads words: blanks at the ends, zero-width, direction and control
// characters go, letters are composed (NFC), line ends become \n, and the guards
// that files put before a text (backtick, an apostrophe before = + - @ or a
// digit) come off. What the person wrote stays as it is, emoji included.
func Text(c sheet.Cell) string {
	s := c.Text
	if isPlain(s) {
		return strings.ReplaceAll(strings.Trim(s, " \t"), "\t", " ")
	}
	if strings.ContainsRune(s, '\r') {
		s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	}
	return bare(norm.NFC.String(words(s)))
}

// bare takes blanks and the guards of texts off.
func bare(s string) string {
	for {
		t := strings.TrimFunc(s, unicode.IsSpace)
		if rest, ok := strings.CutPrefix(t, "`"); ok {
			t = rest
		}
		if rest, ok := strings.CutPrefix(t, "'"); ok && rest != "" && strings.ContainsRune("=+-@0123456789\t", rune(rest[0])) {
			t = rest
		}
		if t == s {
			return s
		}
		s = t
	}
}

// words drops what nobody sees. A zero-width joiner inside an emoji is part of it.
func words(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	var prev rune
	for i, r := range s {
		switch {
		case r == utf8.RuneError:
			b.WriteRune(r)
		case r == 0x200D:
			next, _ := utf8.DecodeRuneInString(s[i+len("\u200d"):])
			if isEmoji(prev) && isEmoji(next) {
				b.WriteRune(r)
			}
		case invisible(r):
		case r == '\t', r == 0xA0, r == 0x85, r == 0x2028, r == 0x2029:
			b.WriteByte(' ')
		default:
			b.WriteRune(r)
		}
		prev = r
	}
	return b.String()
}

func isEmoji(r rune) bool {
	return r >= 0x1F000 && r <= 0x1FAFF || r >= 0x2190 && r <= 0x2BFF || r == 0xFE0F
}

// HeaderKey is the form in which column names are compared: trimmed, brackets
// and letters of one width (NFKC), blanks collapsed, ASCII in lower case. 账 and
// 帐 stay different, because one file may hold both (FORMATS Q5).
func HeaderKey(s string) string {
	if !isLowerPlain(s) {
		s = unguard(norm.NFKC.String(dropInvisible(norm.NFKC.String(s))))
	}
	s = strings.Join(strings.Fields(s), " ")
	s = strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
	return norm.NFC.String(s) // small letters compose where capitals do not
}

func isLowerPlain(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf || s[i] < ' ' || s[i] == '\'' || s[i] == '`' || s[i] == '"' || s[i] == '=' {
			return false
		}
	}
	return true
}

// oneBlank collapses blanks inside an identifier.
func oneBlank(s string) string {
	if !strings.ContainsFunc(s, unicode.IsSpace) {
		return s
	}
	return strings.Join(strings.Fields(s), " ")
}

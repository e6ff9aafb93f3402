package value

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"zhanggui/app/fault"
	"zhanggui/app/ingest/sheet"
)

// shown bounds how much of a refused text a fault repeats, in characters.
const shown = 60

// refuse makes the fault of one cell; the row and the column are added above.
func refuse(code fault.Code, what, text string) *fault.Error {
	return fault.New(code, "fault.value."+what, "value", short(text))
}

func short(s string) string {
	if utf8.RuneCountInString(s) <= shown {
		return s
	}
	return string([]rune(s)[:shown]) + "…"
}

// plain prepares a cell for reading as something else than words: it refuses
// cells without a value, takes the guards off and folds full-width signs.
// Errors: Invalid fault.value.no_value, fault.value.excel_error.
func plain(c sheet.Cell) (string, error) {
	if c.NoValue {
		return "", refuse(fault.Invalid, "no_value", c.Text)
	}
	if isPlain(c.Text) {
		return strings.Trim(c.Text, " \t"), nil
	}
	s := foldWidth(dropInvisible(c.Text))
	s = unguard(s)
	if isExcelError(s) {
		return "", refuse(fault.Invalid, "excel_error", s)
	}
	return s, nil
}

// isPlain is the fast way out for the digits and ASCII letters that most cells are.
func isPlain(s string) bool {
	for i := 0; i < len(s); i++ {
		b := s[i]
		switch {
		case b >= '0' && b <= '9', b >= 'A' && b <= 'Z', b >= 'a' && b <= 'z':
		case b == ' ', b == '\t', b == '-', b == '.', b == ':', b == '/', b == ',':
		default:
			return false
		}
	}
	return true
}

// unguard strips blanks and the guards against Excel: ="…", a leading
// apostrophe, backticks, TABs (FORMATS Q1). They may be nested.
func unguard(s string) string {
	for {
		t := strings.TrimFunc(s, unicode.IsSpace)
		switch {
		case len(t) >= 3 && strings.HasPrefix(t, `="`) && strings.HasSuffix(t, `"`):
			t = t[2 : len(t)-1]
		case len(t) >= 2 && t[0] == '"' && t[len(t)-1] == '"':
			t = t[1 : len(t)-1]
		case strings.HasPrefix(t, "'"), strings.HasPrefix(t, "`"):
			t = t[1:]
		case strings.HasPrefix(t, "‘"), strings.HasPrefix(t, "’"):
			t = strings.TrimPrefix(strings.TrimPrefix(t, "‘"), "’")
		}
		if t == s {
			return t
		}
		s = t
	}
}

// dropInvisible removes characters that nobody sees and that make two equal
// codes differ: zero-width, direction and control characters, variation marks.
func dropInvisible(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 0xFE00 && r <= 0xFE0F || invisible(r) {
			return -1
		}
		return r
	}, s)
}

// invisible tells zero-width, direction-control and control characters. Blanks
// (TAB, line ends) are no such characters.
func invisible(r rune) bool {
	switch {
	case r == '\t', r == '\n', r == '\r', r == 0x85:
		return false
	case r < 0x20, r >= 0x7F && r < 0xA0:
		return true
	case r == 0xAD, r == 0x34F, r == 0x61C, r == 0x180E, r == 0xFEFF, r == 0x3164, r == 0x115F, r == 0x1160, r == 0xFFA0:
		return true
	case r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x206F:
		return true
	case r >= 0xFFF9 && r <= 0xFFFB, r >= 0xE0000 && r <= 0xE007F:
		return true
	}
	return false
}

// foldWidth turns full-width ASCII and the ideographic blank into ASCII and
// composes letters (NFC); other compatibility signs stay as they are, since
// ① is not 1 in a shop's code.
func foldWidth(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r >= 0xFF01 && r <= 0xFF5E:
			return r - 0xFEE0
		case r == 0x3000, r == 0xA0, r == 0x2007, r == 0x202F:
			return ' '
		case r == 0xFFE5:
			return '¥'
		case r == 0xFFE1:
			return '£'
		}
		return r
	}, s)
	return norm.NFC.String(s)
}

// isNone tells the ways files write "nothing".
func isNone(s string) bool {
	switch s {
	case "", "-", "--", "---", "—", "——", "–", "/", "无":
		return true
	}
	return false
}

// isExcelError tells the error values of a spreadsheet.
func isExcelError(s string) bool {
	if !strings.HasPrefix(s, "#") {
		return false
	}
	switch s {
	case "#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#GETTING_DATA":
		return true
	}
	return strings.Trim(s, "#") == "" && len(s) > 2 // a column too narrow when it was printed
}

// allDigits tells that s is ASCII digits and not empty.
func allDigits(s string) bool {
	if s == "" {
		return false
	}
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

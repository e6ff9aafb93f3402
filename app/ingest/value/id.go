package value

import (
	"math"
	"strings"
	"unicode"

	"zhanggui/app/fault"
	"zhanggui/app/ingest/sheet"
)

// ID reads an identifier: an order number, a shop's own code, a transaction
// number. The five guards against Excel come off, full-width letters become
// plain, blanks inside become one. "" means the cell has none (blank, "-").
// Errors: Invalid fault.value.precision_lost when digits were lost on the way
// (a number of 10^15 or more, 1.01E+13, …512.0), fault.value.no_value,
// fault.value.excel_error.
func ID(c sheet.Cell) (string, error) {
	s, err := plain(c)
	if err != nil {
		return "", err
	}
	if c.Num {
		return storedID(s)
	}
	if isNone(s) {
		return "", nil
	}
	if isExponent(s) {
		return "", lost(s)
	}
	if whole, ok := cutZeros(s); ok {
		if tooLong(whole) {
			return "", lost(s)
		}
		return whole, nil
	}
	return oneBlank(s), nil
}

// storedID is an identifier that the file stores as a number.
func storedID(s string) (string, error) {
	v, ok := stored(s)
	if !ok {
		return "", refuse(fault.Invalid, "not_number", s)
	}
	if math.Abs(v) >= exactBelow {
		return "", lost(s)
	}
	return shownByExcel(v), nil
}

// IDs reads a cell with several identifiers, as the waybill files of Douyin
// have them: separated by commas, semicolons, bars or line ends. Waybills in
// ERP exports also carry @, = and quotes; these and blanks go (FORMATS §1.10).
// Errors: as ID.
func IDs(c sheet.Cell) ([]string, error) {
	if c.Num || c.NoValue {
		one, err := ID(c)
		if err != nil || one == "" {
			return nil, err
		}
		return []string{one}, nil
	}
	s := foldWidth(dropInvisible(c.Text))
	var out []string
	for _, part := range strings.FieldsFunc(s, isListSign) {
		part = strings.Map(dropWaybillSign, part)
		id, err := ID(sheet.Cell{Text: part})
		if err != nil {
			return nil, err
		}
		if id != "" {
			out = append(out, id)
		}
	}
	return out, nil
}

func isListSign(r rune) bool {
	return strings.ContainsRune(",;|、\n\r", r)
}

func dropWaybillSign(r rune) rune {
	if unicode.IsSpace(r) || strings.ContainsRune("@=\"'`“”‘’", r) {
		return -1
	}
	return r
}

// Rounded tells an identifier of 17 and more digits with only zeros after the
// fifteenth: one such number may be honest, a column of them went through a
// spreadsheet.
func Rounded(id string) bool {
	return len(id) >= 17 && allDigits(id) && strings.Trim(id[15:], "0") == ""
}

// Phone reads a telephone number: blanks, dots, +86 and guards come off, a
// virtual number keeps its extension ("13800000000-1234"), a masked number its
// stars, a landline its hyphens. "" means none.
// Errors: Invalid fault.value.not_phone when other characters stand in it, and
// the faults of ID.
func Phone(c sheet.Cell) (string, error) {
	s, err := ID(c)
	if err != nil || s == "" {
		return "", err
	}
	t := strings.NewReplacer("转", "-", "分机", "-", "ext", "-", "#", "-", "(", "", ")", "-", "•", "*", "x", "*", "X", "*").Replace(s)
	t = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '.' {
			return -1
		}
		return r
	}, t)
	t = trimCountry(t)
	digits := 0
	for _, r := range t {
		switch {
		case r >= '0' && r <= '9', r == '*':
			digits++
		case r == '-', r == '+':
		default:
			return "", refuse(fault.Invalid, "not_phone", s)
		}
	}
	if digits < 5 || digits > 24 {
		return "", refuse(fault.Invalid, "not_phone", s)
	}
	return mobile(strings.Trim(t, "-")), nil
}

// trimCountry takes China's code off: +86, 0086, 86-.
func trimCountry(s string) string {
	for _, p := range []string{"+86", "0086", "86-"} {
		if rest, ok := strings.CutPrefix(s, p); ok {
			return strings.TrimLeft(rest, "-")
		}
	}
	if len(s) == 13 && strings.HasPrefix(s, "861") {
		return s[2:]
	}
	return s
}

// mobile joins a mobile number written in groups: 138-0000-0000. What follows
// its eleven places is the extension of a virtual number.
func mobile(s string) string {
	if !strings.HasPrefix(s, "1") {
		return s
	}
	var b strings.Builder
	for i, r := range s {
		if r == '-' {
			if b.Len() == 11 {
				return b.String() + "-" + strings.ReplaceAll(s[i+1:], "-", "")
			}
			continue
		}
		b.WriteRune(r)
	}
	if b.Len() == 11 {
		return b.String()
	}
	return s
}

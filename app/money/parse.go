package money

import (
	"strings"

	"zhanggui/app/fault"
)

// Parse reads one plain decimal amount such as "1,234.50", "-3" or "0.5".
// Thousands commas must stand between groups of three digits. More than two
// decimals are refused unless the rest are zeros or a binary float's artefact
// below 10^-6 fen (a spreadsheet stores 0.1+0.2 as 0.30000000000000004).
// Errors: Invalid fault.money.not_amount, fault.money.decimals; Limit fault.money.too_large.
func Parse(s string) (Fen, error) {
	t := strings.TrimSpace(s)
	neg := false
	switch {
	case strings.HasPrefix(t, "-"), strings.HasPrefix(t, "−"):
		neg, t = true, strings.TrimPrefix(strings.TrimPrefix(t, "-"), "−")
	case strings.HasPrefix(t, "+"):
		t = t[1:]
	}
	whole, frac, _ := strings.Cut(t, ".")
	digits, ok := ungroup(whole)
	if !ok || (digits == "" && frac == "") || !allDigits(frac) {
		return 0, notAmount(s)
	}
	fen, up, err := fraction(frac)
	if err != nil {
		return 0, err
	}
	if len(digits) > 14 {
		return 0, fault.New(fault.Limit, "fault.money.too_large", "value", s)
	}
	var v int64
	for _, c := range digits {
		v = v*10 + int64(c-'0')
	}
	v = v*100 + fen + up
	if Fen(v) > Max {
		return 0, fault.New(fault.Limit, "fault.money.too_large", "value", s)
	}
	if neg {
		v = -v
	}
	return Fen(v), nil
}

// fraction reads the digits after the point: the fen and 1 when an artefact
// such as .29999999999 rounds up.
func fraction(frac string) (fen, up int64, err error) {
	for i := 0; i < 2; i++ {
		fen *= 10
		if i < len(frac) {
			fen += int64(frac[i] - '0')
		}
	}
	if len(frac) <= 2 {
		return fen, 0, nil
	}
	rest := frac[2:]
	if strings.Trim(rest, "0") == "" || strings.HasPrefix(rest, "000000") {
		return fen, 0, nil
	}
	if strings.HasPrefix(rest, "999999") {
		return fen, 1, nil
	}
	return 0, 0, fault.New(fault.Invalid, "fault.money.decimals", "value", "0."+frac)
}

// ungroup drops thousands commas; ok is false when a comma stands elsewhere.
func ungroup(s string) (string, bool) {
	if !strings.Contains(s, ",") {
		return s, allDigits(s)
	}
	parts := strings.Split(s, ",")
	for i, p := range parts {
		if !allDigits(p) || (i > 0 && len(p) != 3) || (i == 0 && (p == "" || len(p) > 3)) {
			return "", false
		}
	}
	return strings.Join(parts, ""), true
}

func allDigits(s string) bool {
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

func notAmount(s string) error {
	return fault.New(fault.Invalid, "fault.money.not_amount", "value", s)
}

package ingest

import "strings"

// decimalComma turns 1.234,50 into 1234.50. A text without a comma keeps its
// points only when they cannot be group separators.
func decimalComma(s string) string {
	t := strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", "'", "").Replace(strings.TrimSpace(s))
	whole, frac, ok := strings.Cut(t, ",")
	if !ok {
		if i := strings.LastIndexByte(t, '.'); i >= 0 && len(t)-i-1 != 3 {
			return t
		}
		return strings.ReplaceAll(t, ".", "")
	}
	return strings.ReplaceAll(whole, ".", "") + "." + frac
}

// slashDate turns 09/03/26 10:00 into 2026-03-09 10:00 by the order the
// mapping names; other forms stay.
func slashDate(s, order string) string {
	t := strings.TrimSpace(s)
	day, clock, _ := strings.Cut(t, " ")
	parts := strings.FieldsFunc(day, func(c rune) bool { return c == '/' || c == '.' || c == '-' })
	if len(parts) != 3 || len(parts[0]) > 2 || len(parts[1]) > 2 {
		return s
	}
	d, m, y := parts[0], parts[1], parts[2]
	if order == "mdy" {
		d, m = m, d
	}
	if len(y) == 2 {
		y = "20" + y
	}
	return strings.TrimSpace(y + "-" + pad(m) + "-" + pad(d) + " " + clock)
}

func pad(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}

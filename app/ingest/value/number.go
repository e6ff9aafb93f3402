package value

import (
	"math"
	"strconv"
	"strings"

	"zhanggui/app/fault"
)

// exactBelow is 10^15: a spreadsheet keeps 15 digits, so a longer whole number
// that went through one is not the number that was there before.
const exactBelow = 1e15

// stored reads the raw decimal text of a numeric cell. The file holds a binary
// float, so this is the one place where a float is the truth. ok is false for
// anything that is no finite number.
func stored(text string) (v float64, ok bool) {
	v, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err != nil || math.IsInf(v, 0) || math.IsNaN(v) {
		return 0, false
	}
	return v, true
}

// shownByExcel prints the number with the 15 digits that Excel shows, which
// takes away artefacts such as 1234567890.1199999, without an exponent.
// Limit: only for numbers below 10^15.
func shownByExcel(v float64) string {
	r, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 15, 64), 64)
	if err != nil {
		r = v
	}
	return strconv.FormatFloat(r, 'f', -1, 64)
}

// isExponent tells the form in which Excel and scripts print long numbers as
// text: 1.01E+13, 4.012345678901235e+18, 1E+12. The sign is required, so that a
// shop's code 12E5 is none.
func isExponent(s string) bool {
	s = strings.TrimPrefix(s, "-")
	i := strings.IndexAny(s, "eE")
	if i < 1 || i+2 >= len(s) || (s[i+1] != '+' && s[i+1] != '-') || !allDigits(s[i+2:]) || len(s)-i > 6 {
		return false
	}
	mantissa := s[:i]
	if len(mantissa) == 1 {
		return allDigits(mantissa)
	}
	if mantissa[1] != '.' && mantissa[1] != ',' {
		return false
	}
	return allDigits(mantissa[:1]) && allDigits(mantissa[2:])
}

// cutZeros splits "512.0" into "512" and true; other texts give false.
func cutZeros(s string) (string, bool) {
	whole, frac, ok := strings.Cut(s, ".")
	if !ok || frac == "" || strings.Trim(frac, "0") != "" || !allDigits(strings.TrimPrefix(whole, "-")) {
		return s, false
	}
	return whole, true
}

// tooLong tells that a whole number of digits cannot have survived a
// spreadsheet: 10^15 or more.
func tooLong(digits string) bool {
	return len(strings.TrimLeft(strings.TrimPrefix(digits, "-"), "0")) > 15
}

func lost(text string) *fault.Error { return refuse(fault.Invalid, "precision_lost", text) }

package value

import (
	"math"
	"strconv"
	"strings"

	"zhanggui/app/fault"
	"zhanggui/app/ingest/sheet"
)

// MaxQuantity is the most pieces a single cell may say; more is a barcode or a
// telephone number in the wrong column.
const MaxQuantity = 999_999_999

// Quantity reads a whole number of pieces: 2, 2.0, 1,200, 2件, full-width
// digits. present is false for blank and "-". A negative number is read; the
// caller decides whether it may be.
// Errors: Invalid fault.value.not_quantity, fault.value.not_whole,
// fault.value.no_value, fault.value.excel_error; Limit fault.value.too_many.
func Quantity(c sheet.Cell) (qty int64, present bool, err error) {
	s, err := plain(c)
	if err != nil {
		return 0, false, err
	}
	if c.Num {
		return storedQuantity(s)
	}
	if isNone(s) {
		return 0, false, nil
	}
	t, minus := cutSign(strings.TrimSpace(strings.TrimSuffix(strings.TrimSuffix(s, "件"), "个")))
	whole, frac, _ := strings.Cut(t, ".")
	digits, ok := ungroup(whole)
	switch {
	case !ok || frac != "" && !allDigits(frac):
		return 0, false, refuse(fault.Invalid, "not_quantity", s)
	case strings.Trim(frac, "0") != "":
		return 0, false, refuse(fault.Invalid, "not_whole", s)
	case len(strings.TrimLeft(digits, "0")) > len("999999999"):
		return 0, false, refuse(fault.Limit, "too_many", s)
	}
	qty, err = strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return 0, false, refuse(fault.Limit, "too_many", s)
	}
	if minus {
		qty = -qty
	}
	return qty, true, nil
}

func storedQuantity(s string) (int64, bool, error) {
	v, ok := stored(s)
	if !ok {
		return 0, false, refuse(fault.Invalid, "not_quantity", s)
	}
	r := math.Round(v)
	if math.Abs(v-r) > 1e-9 {
		return 0, false, refuse(fault.Invalid, "not_whole", s)
	}
	if math.Abs(r) > MaxQuantity {
		return 0, false, refuse(fault.Limit, "too_many", s)
	}
	return int64(r), true, nil
}

// ungroup drops thousands commas; ok is false when a comma stands elsewhere.
func ungroup(s string) (digits string, ok bool) {
	if !strings.Contains(s, ",") {
		return s, allDigits(s)
	}
	parts := strings.Split(s, ",")
	for i, p := range parts {
		if !allDigits(p) || i > 0 && len(p) != 3 || i == 0 && len(p) > 3 {
			return "", false
		}
	}
	return strings.Join(parts, ""), true
}

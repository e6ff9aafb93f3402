package money

import "math"

// Share is part ÷ whole as a rate, half away from zero: the margin of a sale.
// It is 0 without a whole, and stops at the largest rate a BP holds.
func Share(part, whole Fen) BP {
	if whole == 0 {
		return 0
	}
	if whole < 0 {
		part, whole = -part, -whole
	}
	v, err := MulDiv(part, int64(Whole), int64(whole))
	switch {
	case err != nil && part < 0, err == nil && v < math.MinInt32:
		return math.MinInt32
	case err != nil, v > math.MaxInt32:
		return math.MaxInt32
	}
	return BP(v)
}

package money

import (
	"math/bits"
	"strconv"
	"strings"

	"zhanggui/app/fault"
)

// Fen is an amount in 1/100 of the shop's book currency. Negative amounts are
// money going the other way (refunds, credits). The zero value is 0.00.
type Fen int64

// BP is a rate in basis points, 1/10000. 10000 is 100 %.
type BP int32

// Whole is 100 % in basis points.
const Whole BP = 10000

// Max is the largest amount a single field may hold, 10^13 fen (100 billion).
// Sums of a million such rows still fit an int64.
const Max Fen = 10_000_000_000_000

// Add returns a+b. Errors: Limit when the sum leaves int64.
func Add(a, b Fen) (Fen, error) {
	s := a + b
	if (a > 0 && b > 0 && s < 0) || (a < 0 && b < 0 && s >= 0) {
		return 0, fault.New(fault.Limit, "fault.money.overflow")
	}
	return s, nil
}

// Mul returns price × qty. Errors: Limit when the product leaves int64 (QUALITY I5).
func Mul(price Fen, qty int64) (Fen, error) {
	neg := (price < 0) != (qty < 0)
	hi, lo := bits.Mul64(abs(int64(price)), abs(qty))
	if hi != 0 || lo > 1<<63-1 {
		return 0, fault.New(fault.Limit, "fault.money.overflow")
	}
	if neg {
		return Fen(-int64(lo)), nil
	}
	return Fen(lo), nil
}

// MulDiv returns round-half-away-from-zero of value × num ÷ den in 128 bits, so
// that no intermediate product overflows. den must be positive.
// Errors: Limit when the result leaves int64.
func MulDiv(value Fen, num, den int64) (Fen, error) {
	if den <= 0 {
		return 0, fault.New(fault.Limit, "fault.money.divisor")
	}
	neg := (value < 0) != (num < 0)
	hi, lo := bits.Mul64(abs(int64(value)), abs(num))
	d := uint64(den)
	if hi >= d {
		return 0, fault.New(fault.Limit, "fault.money.overflow")
	}
	q, r := bits.Div64(hi, lo, d)
	if r >= d-r { // 2r >= d without overflow: half rounds away from zero
		q++
	}
	if q > 1<<63-1 {
		return 0, fault.New(fault.Limit, "fault.money.overflow")
	}
	if neg {
		return Fen(-int64(q)), nil
	}
	return Fen(q), nil
}

// Percent returns value × rate, rounding half up on the magnitude
// (rules.md §5.11.8: the whole line is multiplied, never the unit).
func Percent(value Fen, rate BP) (Fen, error) { return MulDiv(value, int64(rate), int64(Whole)) }

func abs(v int64) uint64 {
	if v < 0 {
		return uint64(-v)
	}
	return uint64(v)
}

// String prints the amount with two decimals and no grouping: "1234.50", "-0.05".
func (f Fen) String() string {
	u := abs(int64(f))
	s := strconv.FormatUint(u/100, 10) + "." + pad2(u%100)
	if f < 0 {
		return "-" + s
	}
	return s
}

// Grouped prints the amount for people: thousands commas and the minus sign
// U+2212 ("−1,234.50"), as LOOK §2 asks.
func (f Fen) Grouped() string {
	u := abs(int64(f))
	whole := strconv.FormatUint(u/100, 10)
	var b strings.Builder
	if f < 0 {
		b.WriteString("−")
	}
	for i, c := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(c)
	}
	b.WriteByte('.')
	b.WriteString(pad2(u % 100))
	return b.String()
}

func pad2(v uint64) string {
	if v < 10 {
		return "0" + strconv.FormatUint(v, 10)
	}
	return strconv.FormatUint(v, 10)
}

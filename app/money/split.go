package money

import (
	"math/bits"
	"sort"
)

// Split shares total over weights by largest remainder, ties to the earlier
// line (rules.md §5.11.5). The parts always sum to total. Weights must not be
// negative; when all are zero the parts are as equal as they can be. A
// negative total is shared with the same magnitudes.
func Split(total Fen, weights []int64) []Fen {
	parts := make([]Fen, len(weights))
	if len(weights) == 0 {
		return parts
	}
	var sum uint64
	for _, w := range weights {
		sum += uint64(w)
	}
	if sum == 0 {
		equal := make([]int64, len(weights))
		for i := range equal {
			equal[i] = 1
		}
		return Split(total, equal)
	}
	size, left := abs(int64(total)), abs(int64(total))
	rest := make([]uint64, len(weights))
	order := make([]int, len(weights))
	for i, w := range weights {
		hi, lo := bits.Mul64(size, uint64(w))
		q, r := bits.Div64(hi%sum, lo, sum)
		parts[i], rest[i], order[i] = Fen(q), r, i
		left -= q
	}
	sort.SliceStable(order, func(a, b int) bool { return rest[order[a]] > rest[order[b]] })
	for i := uint64(0); i < left; i++ {
		parts[order[i]]++
	}
	if total < 0 {
		for i := range parts {
			parts[i] = -parts[i]
		}
	}
	return parts
}

// Cumulative returns the amount that belongs to the next k units of a line of q
// units worth net, when already units were taken before: the difference of the
// rounded running totals, so that all units together are exactly net
// (rules.md §5.8: net 209.55 over 2 is 104.78 then 104.77).
// q must be positive; already+k is capped at q.
func Cumulative(net Fen, q, already, k int64) Fen {
	if already+k > q {
		k = q - already
	}
	upTo := func(n int64) Fen {
		v, err := MulDiv(net, n, q)
		if err != nil { // |n| <= q, so the result is never larger than net
			return net
		}
		return v
	}
	return upTo(already+k) - upTo(already)
}

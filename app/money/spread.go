package money

// Spread shares a discount over lines like Split, but no line takes more than
// its cap (its net so far): what a capped line cannot take goes to the others
// in proportion (rules.md §5.11.5, 5.11.7: a line never goes below 0). left is
// what no line could take; 0 unless total exceeds the sum of the caps.
// weights and caps have one value per line; total and caps must not be negative.
func Spread(total Fen, weights []int64, caps []Fen) (parts []Fen, left Fen) {
	parts = make([]Fen, len(weights))
	open := make([]int, len(weights))
	for i := range open {
		open[i] = i
	}
	left = total
	for len(open) > 0 && left > 0 {
		shares := Split(left, pick(weights, open))
		within := open[:0:0]
		for k, line := range open {
			if shares[k] > caps[line] {
				parts[line] = caps[line]
			} else {
				within = append(within, line)
			}
		}
		if len(within) == len(open) {
			for k, line := range open {
				parts[line] = shares[k]
			}
			return parts, 0
		}
		left = total - sum(parts)
		open = within
	}
	return parts, left
}

func pick(weights []int64, lines []int) []int64 {
	w := make([]int64, len(lines))
	for k, line := range lines {
		w[k] = weights[line]
	}
	return w
}

func sum(parts []Fen) Fen {
	var s Fen
	for _, p := range parts {
		s += p
	}
	return s
}

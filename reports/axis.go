package reports

import (
	"math"
	"strconv"
	"strings"

	"zhanggui/app/i18n"
)

// scale maps values to a stretch of the picture and holds its steps.
type scale struct {
	low, high float64
	steps     []float64
}

// bounds gives the smallest and largest drawn value; ok is false for none.
func bounds(series []Series) (low, high float64, ok bool) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, s := range series {
		for _, v := range s.Values {
			if !gap(v) {
				low, high, ok = min(low, v), max(high, v), true
			}
		}
	}
	return low, high, ok
}

// barScale starts at 0. All zero gives one step, 0, and no height.
func barScale(low, high float64) scale {
	low, high = min(low, 0), max(high, 0)
	if low == high {
		return scale{low: 0, high: 1, steps: []float64{0}}
	}
	return stepped(low, high)
}

// lineScale may start anywhere: at 0 when the values come near it, else a
// little below them. A flat line stands in the middle.
func lineScale(low, high float64, unit Unit) scale {
	if high-low <= 1e-9*max(math.Abs(low), math.Abs(high)) {
		room := max(math.Abs(low)*0.1, 1)
		if low -= room; unit != UnitPercent || high > 100 { // no rate above 100 %
			high += room
		}
	} else if low >= 0 && low < 0.5*high {
		low = 0
	}
	s := stepped(low, high)
	if unit == UnitPercent && high <= 100 && s.high > 100 { // no rate above 100 %
		s.high = 100
		for len(s.steps) > 0 && s.steps[len(s.steps)-1] > 100 {
			s.steps = s.steps[:len(s.steps)-1]
		}
	}
	return s
}

// niceSteps are the leading digits that people read easily, with how much
// worse than 1, 2 and 5 each reads.
var niceSteps = []struct{ digit, worse float64 }{{1, 0}, {2, 0}, {2.5, 0.1}, {4, 0.12}, {5, 0}, {8, 0.12}}

// mostSteps is how many steps an axis has at most.
const mostSteps = 5

// stepped widens low and high to whole steps: three to five of them, easy to
// read, with little empty room. low must be below high.
func stepped(low, high float64) scale {
	power := math.Pow10(int(math.Floor(math.Log10((high-low)/mostSteps))) - 1)
	best, bestCost := 0.0, math.Inf(1)
	for range 4 { // the fitting step lies within these powers of ten
		for _, nice := range niceSteps {
			step := nice.digit * power
			from, to := whole(low, high, step)
			if to-from > mostSteps {
				continue
			}
			cost := nice.worse + 1 - (high-low)/((to-from)*step)
			if to-from < 4 {
				cost += 0.2 * (4 - (to - from))
			}
			if cost < bestCost {
				best, bestCost = step, cost
			}
		}
		power *= 10
	}
	from, to := whole(low, high, best)
	s := scale{low: from * best, high: to * best}
	for k := 0.0; k <= to-from; k++ {
		s.steps = append(s.steps, (from+k)*best)
	}
	return s
}

// whole counts the steps below low and up to high.
func whole(low, high, step float64) (from, to float64) {
	return math.Floor(low/step + 1e-9), math.Ceil(high/step - 1e-9)
}

// at maps a value to between from (low) and to (high).
func (s scale) at(v, from, to float64) float64 {
	return from + (v-s.low)/(s.high-s.low)*(to-from)
}

// labels writes the steps, all in one unit.
func (s scale) labels(tr i18n.Tr, unit Unit) []string {
	texts := tr.Axis(s.steps)
	if unit == UnitPercent {
		for i := range texts {
			texts[i] += "%"
		}
	}
	return texts
}

// label writes one value.
func label(tr i18n.Tr, v float64, unit Unit) string {
	switch {
	case gap(v):
		return i18n.Dash
	case unit == UnitPercent:
		return trimmed(v, 1) + "%"
	case unit == UnitPlain:
		return trimmed(v, 2)
	case unit == UnitCount && math.Abs(v) < 10000:
		return tr.Compact(math.Round(v))
	}
	return tr.Compact(v)
}

// trimmed prints at most so many decimals, without zeros at the end.
func trimmed(v float64, decimals int) string {
	text := strconv.FormatFloat(math.Abs(v), 'f', decimals, 64)
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	if v < 0 && text != "0" {
		return "−" + text
	}
	return text
}

// change writes how far now is from before: "+3.6%", "−7.2%"; "" when it
// cannot be said.
func change(now, before float64) string {
	if gap(now) || gap(before) || before == 0 {
		return ""
	}
	v := (now - before) / math.Abs(before) * 100
	if math.Abs(v) >= 1000 {
		return ""
	}
	text := strconv.FormatFloat(math.Abs(v), 'f', 1, 64) + "%"
	switch {
	case v <= -0.05:
		return "−" + text
	case v >= 0.05:
		return "+" + text
	}
	return "0.0%"
}

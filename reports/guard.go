package reports

import (
	"math"
	"sort"

	"zhanggui/app/i18n"
)

// hole is a value that is not there.
var hole = math.NaN()

func gap(v float64) bool { return math.IsNaN(v) || math.IsInf(v, 0) }

// guard makes the chart drawable: own copies of the values, as many as labels,
// infinite and absurd values turned to gaps, at most maxBars
// unordered bars, sorted kinds sorted. What the drawing library does with such
// input is told in its package: it hangs, fails or draws nothing.
func (c *Chart) guard(tr i18n.Tr) {
	n := len(c.Labels)
	for _, s := range c.Series {
		n = max(n, len(s.Values))
	}
	c.Labels = padded(c.Labels, n)
	series := make([]Series, len(c.Series))
	for i, s := range c.Series {
		series[i] = s
		series[i].Values = make([]float64, n)
		for j := range n {
			series[i].Values[j] = hole
			if j < len(s.Values) {
				series[i].Values[j] = drawable(s.Values[j])
			}
		}
	}
	c.Series = series
	c.number()
	if c.Kind == Share && c.least() < 0 {
		c.Kind = Ranked // a negative part is no share of a ring
	}
	switch {
	case c.Kind == Ranked, c.Kind == Pareto, c.Kind == Share:
		c.sort()
		most := maxBars
		if c.Kind == Share {
			most = len(seriesColours) - 1
		}
		c.fold(most, tr.T("common.other"))
	case !c.Ordered && (c.Kind == Bars || c.Kind == Grouped):
		c.fold(maxBars, tr.T("common.other"))
	}
}

// drawable is v, a gap when it is no number or beyond any shop, and 0 when it
// is nothing but a rounding rest.
func drawable(v float64) float64 {
	switch size := math.Abs(v); {
	case gap(v), size >= 1e15:
		return hole
	case size < 1e-9:
		return 0
	}
	return v
}

func padded(list []string, n int) []string {
	out := make([]string, n)
	copy(out, list)
	return out
}

// number gives every series without a colour the next free one.
func (c *Chart) number() {
	next := 1
	for i := range c.Series {
		s := &c.Series[i]
		switch {
		case s.Colour != 0:
		case s.Role == Last:
			s.Colour = ColourOther
		default:
			s.Colour = (next-1)%len(seriesColours) + 1
			next++
		}
	}
}

// least is the smallest value of all, 0 when there is none.
func (c *Chart) least() float64 {
	low := 0.0
	for _, s := range c.Series {
		for _, v := range s.Values {
			if v < low {
				low = v
			}
		}
	}
	return low
}

// sort orders the labels by the first series, largest first, gaps last.
func (c *Chart) sort() {
	if len(c.Series) == 0 {
		return
	}
	first := c.Series[0].Values
	order := make([]int, len(c.Labels))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool {
		x, y := first[order[a]], first[order[b]]
		if gap(x) || gap(y) {
			return !gap(x)
		}
		return x > y
	})
	c.reorder(order)
}

// reorder keeps the named labels in that order, with all that belongs to them.
func (c *Chart) reorder(order []int) {
	pick := func(list []string) []string {
		if list == nil {
			return nil
		}
		out := make([]string, len(order))
		for i, from := range order {
			if from < len(list) {
				out[i] = list[from]
			}
		}
		return out
	}
	c.Labels, c.Sub, c.Beside = pick(c.Labels), pick(c.Sub), pick(c.Beside)
	if c.Colours != nil {
		colours := make([]int, len(order))
		for i, from := range order {
			if from < len(c.Colours) {
				colours[i] = c.Colours[from]
			}
		}
		c.Colours = colours
	}
	for i := range c.Series {
		values := make([]float64, len(order))
		for j, from := range order {
			values[j] = c.Series[i].Values[from]
		}
		c.Series[i].Values = values
	}
}

// fold keeps the most largest labels and sums the rest into one, named other.
// Rates and targets cannot be summed: their bar of the rest is a gap.
func (c *Chart) fold(most int, other string) {
	if len(c.Labels) <= most+1 || len(c.Series) == 0 {
		return
	}
	size := make([]int, len(c.Labels))
	for i := range size {
		size[i] = i
	}
	first := c.Series[0].Values
	sort.SliceStable(size, func(a, b int) bool {
		x, y := first[size[a]], first[size[b]]
		if gap(x) || gap(y) {
			return !gap(x)
		}
		return math.Abs(x) > math.Abs(y)
	})
	keep := append([]int(nil), size[:most]...)
	rest := size[most:]
	sort.Ints(keep)
	sums := make([]float64, len(c.Series))
	for i, s := range c.Series {
		sums[i] = hole
		if c.Unit == UnitPercent || c.Unit == UnitPlain || s.Role == Target {
			continue
		}
		for _, at := range rest {
			if v := s.Values[at]; !gap(v) {
				if gap(sums[i]) {
					sums[i] = 0
				}
				sums[i] += v
			}
		}
	}
	c.reorder(keep)
	c.Labels = append(c.Labels, other)
	for i := range c.Series {
		c.Series[i].Values = append(c.Series[i].Values, sums[i])
	}
	if c.Colours != nil {
		c.Colours = append(c.Colours, ColourOther)
	}
	if c.Sub != nil {
		c.Sub = append(c.Sub, "")
	}
	if c.Beside != nil {
		c.Beside = append(c.Beside, "")
	}
}

// enough tells whether there is something to draw: two points of one line, or
// one value of any other kind; of a ring and a Pareto chart one above zero.
func (c *Chart) enough() bool {
	for _, s := range c.Series {
		n, plus := 0, false
		for _, v := range s.Values {
			if !gap(v) {
				n++
				plus = plus || v > 0
			}
		}
		switch {
		case c.Kind == Line && n >= 2 && s.Role != Target,
			c.Kind != Line && c.Kind != Share && c.Kind != Pareto && n >= 1,
			(c.Kind == Share || c.Kind == Pareto) && plus:
			return true
		}
	}
	return false
}

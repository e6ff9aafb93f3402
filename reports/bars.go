package reports

import (
	"math"

	"zhanggui/app/i18n"
)

// drawBars draws bars beside each other: one series alone, this against last
// with targets and forecast, or several series.
func (c *Chart) drawBars(p *pen, outer area) {
	low, high, _ := bounds(c.Series)
	s := barScale(low, high)
	below := 22.0
	if len(c.Sub) > 0 {
		below += 14
	}
	in := c.valueAxis(p, outer, s, below)
	each := in.width() / float64(max(len(c.Labels), 1))
	centre := func(i int) float64 { return in.left + (float64(i)+0.5)*each }
	base := c.zero(in, s)
	lanes := c.lanes(each)
	for i := range c.Labels {
		if p.ended() {
			return
		}
		for _, l := range lanes {
			c.drawBar(p, in, s, base, l, i, centre(i)+l.from)
		}
	}
	if len(lanes) > 0 && c.single() {
		c.valuesAbove(p, in, s, base, each, centre)
	}
	for i := range c.Labels {
		c.drawTargets(p, in, s, i, centre(i), each)
	}
	c.baseLine(p, in, s)
	c.labelsBelow(p, in, centre)
}

// zero is the height of the value 0.
func (c *Chart) zero(in area, s scale) float64 {
	if len(s.steps) == 1 {
		return in.bottom
	}
	return s.at(0, in.bottom, in.top)
}

// lane is where a series' bars stand, measured from the middle of the label.
type lane struct {
	from, wide float64
	series     []int // a forecast shares the lane of its period
}

// single tells that each label has one bar only.
func (c *Chart) single() bool {
	bars := 0
	for _, s := range c.Series {
		if s.Role == Now || s.Role == Last {
			bars++
		}
	}
	return bars == 1
}

// lanes divides the room of one label among the series.
func (c *Chart) lanes(each float64) []lane {
	var lanes []lane
	for i, s := range c.Series {
		switch {
		case s.Role == Target:
		case s.Role == Forecast && len(lanes) > 0:
			lanes[0].series = append(lanes[0].series, i)
		default:
			lanes = append(lanes, lane{series: []int{i}})
		}
	}
	n := float64(len(lanes))
	if n == 0 {
		return nil
	}
	wide := min(each*0.72/n, 36/math.Sqrt(n))
	if n == 1 {
		wide = min(each*0.6, 36)
	}
	gapWide := 1.0
	if wide < 3 {
		gapWide = 0
	}
	from := -(n*wide + (n-1)*gapWide) / 2
	for i := range lanes {
		lanes[i].from, lanes[i].wide = from+float64(i)*(wide+gapWide), wide
	}
	return lanes
}

// drawBar draws the bar, or the outline of a forecast, of one lane at one label.
func (c *Chart) drawBar(p *pen, in area, s scale, base float64, l lane, label int, left float64) {
	for _, k := range l.series {
		series := c.Series[k]
		v := series.Values[label]
		if gap(v) || v == 0 {
			continue
		}
		y := s.at(v, in.bottom, in.top)
		bar := area{left, min(y, base), left + l.wide, max(y, base)}
		if series.Role == Forecast {
			p.outline(bar, c.ink(p, series))
			continue
		}
		p.rect(bar, c.barColour(series, label))
	}
}

// valuesAbove writes each bar's value at its end when all of them fit.
func (c *Chart) valuesAbove(p *pen, in area, s scale, base, each float64, centre func(int) float64) {
	var values []float64
	for _, series := range c.Series {
		if series.Role == Now || series.Role == Last {
			values = series.Values
		}
	}
	texts := c.barTexts(p, values, each)
	for i, v := range values {
		if i >= len(texts) || gap(v) {
			continue
		}
		y := base - 9
		switch {
		case len(s.steps) > 1 && v >= 0:
			y = s.at(v, in.bottom, in.top) - 9
		case len(s.steps) > 1:
			y = s.at(v, in.bottom, in.top) + 9
		}
		p.text(texts[i], centre(i), y, textBody, p.pal.text, alignMiddle)
	}
}

// barTexts writes the values for the ends of bars that are each apart: with
// their unit where there is room, else without it (the axis has it), none when
// even that does not fit.
func (c *Chart) barTexts(p *pen, values []float64, each float64) []string {
	most := 0.0
	for _, v := range values {
		if !gap(v) {
			most = max(most, math.Abs(v))
		}
	}
	for _, write := range []func(float64) string{
		func(v float64) string { return label(p.tr, v, c.Unit) },
		func(v float64) string { return p.tr.InUnit(v, most) },
	} {
		texts, wide := make([]string, len(values)), 0.0
		for i, v := range values {
			texts[i] = write(v)
			wide = max(wide, p.width(texts[i], textBody, 0))
		}
		if wide+6 <= each {
			return texts
		}
	}
	return nil
}

// drawTargets draws the mark of each target across the label's bars.
func (c *Chart) drawTargets(p *pen, in area, s scale, at int, x, each float64) {
	half := min(each*0.42, 14)
	for _, series := range c.Series {
		if series.Role == Target && !gap(series.Values[at]) {
			p.across(x-half, x+half, s.at(series.Values[at], in.bottom, in.top), 2, p.pal.text, 0, 0)
		}
	}
}

// drawStacked draws the series on top of each other with the total above and
// the parts of the last label named at the right.
func (c *Chart) drawStacked(p *pen, outer area) {
	plus, minus := c.stackSums()
	low, high := 0.0, 0.0
	for i := range plus {
		low, high = min(low, minus[i]), max(high, plus[i])
	}
	s := barScale(low, high)
	ends := c.stackEnds(p, plus)
	outer.right -= ends.wide
	in := c.valueAxis(p, outer, s, 22)
	each := in.width() / float64(max(len(c.Labels), 1))
	centre := func(i int) float64 { return in.left + (float64(i)+0.5)*each }
	wide := min(each*0.68, 36)
	for i := range c.Labels {
		if p.ended() {
			return
		}
		c.drawStack(p, in, s, i, centre(i)-wide/2, wide)
	}
	c.stackTotals(p, in, s, plus, minus, each, centre)
	c.baseLine(p, in, s)
	c.labelsBelow(p, in, centre)
	ends.draw(p, in, s, len(c.Labels)-1)
}

// stackSums adds up the parts above and below zero of each label.
func (c *Chart) stackSums() (plus, minus []float64) {
	plus, minus = make([]float64, len(c.Labels)), make([]float64, len(c.Labels))
	for _, series := range c.Series {
		for i, v := range series.Values {
			switch {
			case gap(v) || series.Role != Now:
			case v > 0:
				plus[i] += v
			default:
				minus[i] += v
			}
		}
	}
	return plus, minus
}

func (c *Chart) drawStack(p *pen, in area, s scale, at int, left, wide float64) {
	up, down := 0.0, 0.0
	for _, series := range c.Series {
		v := series.Values[at]
		if gap(v) || v == 0 || series.Role != Now {
			continue
		}
		from := up
		if v < 0 {
			from = down
			down += v
		} else {
			up += v
		}
		a, b := s.at(from, in.bottom, in.top), s.at(from+v, in.bottom, in.top)
		bar := area{left, min(a, b), left + wide, max(a, b)}
		if bar.height() > 2 && from != 0 { // a hairline of the surface between two parts
			if v > 0 {
				bar.bottom--
			} else {
				bar.top++
			}
		}
		p.rect(bar, seriesColour(series.Colour))
	}
}

func (c *Chart) stackTotals(p *pen, in area, s scale, plus, minus []float64, each float64, centre func(int) float64) {
	totals := make([]float64, len(plus))
	for i := range plus {
		totals[i] = plus[i] + minus[i]
	}
	for i, text := range c.barTexts(p, totals, each) {
		if len(s.steps) > 1 {
			p.text(text, centre(i), s.at(plus[i], in.bottom, in.top)-9, textBody, p.pal.text, alignMiddle)
		}
	}
}

// stackEnds names the parts of the last label and their share.
func (c *Chart) stackEnds(p *pen, plus []float64) *endLabels {
	e := &endLabels{}
	last := len(c.Labels) - 1
	if last < 0 || plus[last] == 0 {
		return e
	}
	sum := 0.0
	for _, series := range c.Series {
		v := series.Values[last]
		if gap(v) || v <= 0 || series.Role != Now {
			continue
		}
		text := i18n.Dash
		if share := v / plus[last] * 100; !gap(share) {
			text = trimmed(share, 0) + "%"
		}
		e.items = append(e.items, endLabel{text: p.fit(series.Name+" "+text, textBody, p.w/3, 0), value: sum + v/2, at: last, colour: p.pal.text})
		sum += v
	}
	e.measure(p, last)
	return e
}

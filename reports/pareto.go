package reports

import chart "github.com/wcharczuk/go-chart/v2"

// paretoLine is the share that the few large ones are measured by, in percent.
const paretoLine = 80

// whole is the sum of what is above zero with the rest, and the largest bar.
func (c *Chart) whole() (total, high float64) {
	total = max(drawable(c.Rest), 0)
	if gap(total) {
		total = 0
	}
	for _, v := range c.Series[0].Values {
		if v > 0 {
			total += v
			high = max(high, v)
		}
	}
	return total, high
}

// namesTooWide tells that some label would be cut under bars so far apart.
func (c *Chart) namesTooWide(p *pen, each float64) bool {
	for _, l := range c.Labels {
		if p.width(l, textSmall, 0)+6 > each {
			return true
		}
	}
	return false
}

// drawPareto draws bars, largest first, with their running share of the whole
// as a line against its own scale at the right, and a dotted line at 80 %.
// Bars that make the first 80 % have the main colour, the others grey. Values
// below zero are no part of a whole and have no bar.
func (c *Chart) drawPareto(p *pen, outer area) {
	values := c.Series[0].Values
	total, high := c.whole()
	s := barScale(0, high)
	if c.namesTooWide(p, (outer.width()-60)/float64(len(values))) {
		c.drawParetoAcross(p, outer, s, total)
		return
	}
	outer.right -= p.width("100%", textSmall, 0) + 8
	in := c.valueAxis(p, outer, s, 22)
	each := in.width() / float64(len(values))
	centre := func(i int) float64 { return in.left + (float64(i)+0.5)*each }
	wide := min(each*0.7, 36)
	share := scale{low: 0, high: 100}
	xs, ys := make([]float64, 0, len(values)), make([]float64, 0, len(values))
	sum := 0.0
	for i, v := range values {
		before := sum / total * 100
		if v > 0 {
			sum += v
			colour := seriesColour(ColourMain)
			if before >= paretoLine {
				colour = seriesColour(ColourOther)
			}
			p.rect(area{centre(i) - wide/2, s.at(v, in.bottom, in.top), centre(i) + wide/2, in.bottom}, colour)
		}
		xs, ys = append(xs, float64(i)+0.5), append(ys, sum/total*100)
	}
	for _, step := range []float64{0, 20, 40, 60, 80, 100} {
		p.text(trimmed(step, 0)+"%", p.w-padding, share.at(step, in.bottom, in.top), textSmall, p.pal.muted, alignRight)
	}
	p.across(in.left, in.right, share.at(paretoLine, in.bottom, in.top), 1, p.pal.text, 2, 3)
	if len(xs) > 1 {
		box := chart.Box{Left: p.px(in.left), Top: p.px(in.top), Right: p.px(in.right), Bottom: p.px(in.bottom)}
		chart.Draw.LineSeries(p.r, box,
			&chart.ContinuousRange{Min: 0, Max: float64(len(values)), Domain: box.Right - box.Left},
			&chart.ContinuousRange{Min: 0, Max: 100, Domain: box.Bottom - box.Top},
			chart.Style{StrokeColor: seriesColour(5), StrokeWidth: 2 * p.scale},
			chart.ContinuousSeries{XValues: xs, YValues: ys})
	}
	for i, text := range c.barTexts(p, values, each) {
		p.text(text, centre(i), s.at(max(values[i], 0), in.bottom, in.top)-9, textBody, p.pal.text, alignMiddle)
	}
	for i := range xs {
		p.circle(centre(i), share.at(ys[i], in.bottom, in.top), 2.5, 0, seriesColour(5))
	}
	c.baseLine(p, in, s)
	c.labelsBelow(p, in, centre)
}

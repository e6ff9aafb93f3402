package reports

import "github.com/wcharczuk/go-chart/v2/drawing"

// drawRanked draws horizontal bars, largest first, with the last period below
// as a thin bar and its change in the colour of good or bad.
func (c *Chart) drawRanked(p *pen, outer area) {
	low, high, _ := bounds(c.Series)
	s := barScale(low, high)
	now, before, target := c.roles()
	names, ends := 0.0, 0.0
	for i, l := range c.Labels {
		names = max(names, p.width(l, textBody, 0))
		ends = max(ends, p.width(c.endOf(p, now, i), textBody, 0), p.width(c.beside(i), textBody, 0))
	}
	names = min(names, outer.width()/3)
	in := area{left: outer.left + names + 8, top: outer.top, right: outer.right - ends - 14, bottom: outer.bottom - 18}
	x := func(v float64) float64 {
		if len(s.steps) == 1 {
			return in.left
		}
		return s.at(v, in.left, in.right)
	}
	for i, text := range s.labels(p.tr, c.Unit) {
		at := x(s.steps[i])
		p.rect(area{at, in.top, at + 1, in.bottom}, p.pal.grid)
		p.text(text, at, in.bottom+11, textSmall, p.pal.muted, alignMiddle)
	}
	each := in.height() / float64(max(len(c.Labels), 1))
	for i := range c.Labels {
		if p.ended() {
			return
		}
		y := in.top + (float64(i)+0.5)*each
		p.text(p.fit(c.Labels[i], textBody, names, 0), in.left-8, y, textBody, p.pal.text, alignRight)
		c.drawRank(p, i, y, each, x, now, before, target)
	}
	p.rect(area{x(0), in.top, x(0) + 1, in.bottom}, p.pal.axis)
}

// roles gives the series of this period, of the last one and of the target, nil
// for those that are not there.
func (c *Chart) roles() (now, before, target []float64) {
	for _, s := range c.Series {
		switch {
		case s.Role == Last:
			before = s.Values
		case s.Role == Target:
			target = s.Values
		case s.Role == Now && now == nil:
			now = s.Values
		}
	}
	return now, before, target
}

func (c *Chart) beside(i int) string {
	if i < len(c.Beside) {
		return c.Beside[i]
	}
	return ""
}

// endOf is what stands behind a bar: the words given, else its value.
func (c *Chart) endOf(p *pen, now []float64, i int) string {
	if words := c.beside(i); words != "" {
		return words
	}
	if i >= len(now) {
		return ""
	}
	return label(p.tr, now[i], c.Unit)
}

// drawRank draws one bar with what belongs to it.
func (c *Chart) drawRank(p *pen, i int, y, each float64, x func(float64) float64, now, before, target []float64) {
	thick := min(each*0.5, 18)
	thin := 0.0
	if before != nil {
		thick, thin = min(each*0.34, 16), min(each*0.14, 6)
	}
	top := y - (thick+thin)/2
	end := x(0)
	bar := func(v, from, high float64, colour drawing.Color) {
		if gap(v) || v == 0 {
			return
		}
		p.rect(area{min(x(0), x(v)), from, max(x(0), x(v)), from + high}, colour)
		end = max(end, x(v))
	}
	if i < len(now) {
		bar(now[i], top, thick, c.barColour(Series{Colour: c.colourOfNow()}, i))
	}
	if i < len(before) {
		bar(before[i], top+thick+1, thin, seriesColour(ColourOther))
	}
	if i < len(target) && !gap(target[i]) {
		at := x(target[i])
		p.rect(area{at - 1, y - thick*0.8, at + 1, y + thick*0.8}, p.pal.text)
		end = max(end, at)
	}
	text := c.endOf(p, now, i)
	if i < len(before) && i < len(now) && each >= 26 {
		if how := change(now[i], before[i]); how != "" {
			p.text(text, end+7, y-6, textBody, p.pal.text, alignLeft)
			p.text(how, end+7, y+7, textSmall, c.changeInk(p, now[i]-before[i]), alignLeft)
			return
		}
	}
	p.text(text, end+7, y, textBody, p.pal.text, alignLeft)
}

// changeInk colours a change by good or bad, not by up or down.
func (c *Chart) changeInk(p *pen, difference float64) drawing.Color {
	if difference == 0 || c.Better == BetterNone {
		return p.pal.muted
	}
	if (difference > 0) == (c.Better == BetterUp) {
		return p.pal.ok
	}
	return p.pal.urgent
}

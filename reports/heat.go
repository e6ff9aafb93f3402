package reports

import "github.com/wcharczuk/go-chart/v2/drawing"

// drawHeat draws a table of colours: a series a row, a label a column, pale for
// the smallest value and strong for the largest. The value stands in the cell
// when all fit; a gap is an empty cell.
func (c *Chart) drawHeat(p *pen, outer area) {
	low, high, _ := bounds(c.Series)
	names, numbers := 0.0, 0.0
	for _, s := range c.Series {
		names = max(names, p.width(s.Name, textSmall, 0))
		for _, v := range s.Values {
			numbers = max(numbers, p.width(label(p.tr, v, c.Unit), textSmall, 0))
		}
	}
	names = min(names, outer.width()/3)
	in := area{left: outer.left + names + 8, top: outer.top + 4, right: outer.right, bottom: outer.bottom - 22}
	wide, tall := in.width()/float64(max(len(c.Labels), 1)), in.height()/float64(len(c.Series))
	inside := numbers+4 <= wide && tall >= 15
	for r, s := range c.Series {
		if p.ended() {
			return
		}
		y := in.top + float64(r)*tall
		if tall >= 12 || r%int(12/tall+1) == 0 {
			p.text(p.fit(s.Name, textSmall, names, 0), in.left-8, y+tall/2, textSmall, p.pal.text, alignRight)
		}
		for i, v := range s.Values {
			x := in.left + float64(i)*wide
			fill, ink := c.heatOf(p, v, low, high)
			p.rect(area{x, y, x + wide - hairline(wide), y + tall - hairline(tall)}, fill)
			if inside {
				p.text(label(p.tr, v, c.Unit), x+wide/2, y+tall/2, textSmall, ink, alignMiddle)
			}
		}
	}
	c.labelsBelow(p, in, func(i int) float64 { return in.left + (float64(i)+0.5)*wide })
}

// hairline is the gap between cells: none when they are thin.
func hairline(side float64) float64 {
	if side < 6 {
		return 0
	}
	return 1
}

// heatOf gives a cell's colour and that of the text on it. When all values are
// equal each has the middle colour.
func (c *Chart) heatOf(p *pen, v, low, high float64) (fill, ink drawing.Color) {
	if gap(v) {
		return p.pal.raised, p.pal.muted
	}
	part := 0.5
	if high > low {
		part = (v - low) / (high - low)
	}
	fill, ink = blend(p.pal.heatLow, p.pal.heatHigh, part), p.pal.onLow
	if contrast(fill, p.pal.onHigh) > contrast(fill, ink) {
		ink = p.pal.onHigh
	}
	if v == 0 && part < 0.2 { // nothing stands back behind something
		ink = p.pal.muted
	}
	return fill, ink
}

package reports

import (
	"math"
	"strconv"

	"github.com/wcharczuk/go-chart/v2/drawing"
)

// drawShare draws a ring of the parts of the first series with a list beside
// it: name, share, value. Parts that are not above zero are left out.
func (c *Chart) drawShare(p *pen, outer area) {
	values := c.Series[0].Values
	total, parts := 0.0, []int{}
	for i, v := range values {
		if v > 0 {
			total += v
			parts = append(parts, i)
		}
	}
	radius := min(outer.width()*0.24, outer.height()/2-4)
	x, y := outer.left+radius+8, outer.midY()
	turn := -math.Pi / 2
	for k, i := range parts {
		if p.ended() {
			return
		}
		sweep := values[i] / total * 2 * math.Pi
		p.ring(x, y, radius, radius*0.62, turn, sweep, c.shareColour(k, i), len(parts) > 1)
		turn += sweep
	}
	p.bold(label(p.tr, total, c.Unit), x, y-7, 16, p.pal.text, alignMiddle)
	p.text(p.tr.T("common.total"), x, y+11, textSmall, p.pal.muted, alignMiddle)
	c.shareList(p, area{x + radius + 24, outer.top, outer.right, outer.bottom}, values, parts, total)
}

// shareColour is the label's own colour, else the next of LOOK §9; the folded
// rest is always the last.
func (c *Chart) shareColour(k, i int) drawing.Color {
	if i < len(c.Colours) && c.Colours[i] != 0 {
		return seriesColour(c.Colours[i])
	}
	return seriesColour(k + 1)
}

func (c *Chart) shareList(p *pen, in area, values []float64, parts []int, total float64) {
	const row = 24.0
	high := min(row, in.height()/float64(max(len(parts), 1)))
	top := in.midY() - high*float64(len(parts))/2
	wide := 0.0
	for _, i := range parts {
		wide = max(wide, p.width(label(p.tr, values[i], c.Unit), textBody, 0))
	}
	for k, i := range parts {
		y := top + (float64(k)+0.5)*high
		p.rect(area{in.left, y - 4.5, in.left + 9, y + 4.5}, c.shareColour(k, i))
		value, share := label(p.tr, values[i], c.Unit), strconv.FormatFloat(values[i]/total*100, 'f', 1, 64)+"%"
		right := min(in.right, in.left+240)
		p.text(value, right, y, textBody, p.pal.text, alignRight)
		at := right - wide - 12
		p.text(share, at, y, textBody, p.pal.muted, alignRight)
		p.text(p.fit(c.Labels[i], textBody, at-p.width("88.8%", textBody, 0)-8-in.left-16, 0), in.left+16, y, textBody, p.pal.text, alignLeft)
	}
}

// ring fills a part of a ring; with cut a hairline of the surface parts it from
// the next.
func (p *pen) ring(x, y, outer, inner, from, sweep float64, c drawing.Color, cut bool) {
	cx, cy := p.px(x), p.px(y)
	ro, ri := outer*p.scale, inner*p.scale
	if sweep >= 2*math.Pi-1e-6 { // a full turn has no ends to join
		p.circle(x, y, outer, outer-inner, c)
		return
	}
	p.r.SetFillColor(c)
	p.r.ArcTo(cx, cy, ro, ro, from, sweep)
	p.r.ArcTo(cx, cy, ri, ri, from+sweep, -sweep)
	p.r.Close()
	p.r.Fill()
	if !cut {
		return
	}
	p.r.SetStrokeColor(p.pal.surface)
	p.r.SetStrokeWidth(1.5 * p.scale)
	p.r.SetStrokeDashArray(nil)
	sin, cos := math.Sincos(from)
	p.r.MoveTo(cx+int(math.Round(cos*(ri-2))), cy+int(math.Round(sin*(ri-2))))
	p.r.LineTo(cx+int(math.Round(cos*(ro+2))), cy+int(math.Round(sin*(ro+2))))
	p.r.Stroke()
}

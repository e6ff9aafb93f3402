package reports

import (
	"strconv"

	chart "github.com/wcharczuk/go-chart/v2"
)

// drawParetoAcross is drawPareto for names that have no room under bars: they
// stand at the left, the bars lie, value and running share stand at the right.
func (c *Chart) drawParetoAcross(p *pen, outer area, s scale, total float64) {
	values := c.Series[0].Values
	names, amounts := 0.0, 0.0
	for i, l := range c.Labels {
		names = max(names, p.width(l, textBody, 0))
		amounts = max(amounts, p.width(label(p.tr, values[i], c.Unit), textBody, 0))
	}
	names = min(names, outer.width()/3)
	shares := p.width("100.0%", textBody, 0)
	in := area{left: outer.left + names + 8, top: outer.top + 12, right: outer.right - amounts - shares - 22, bottom: outer.bottom - 18}
	for i, text := range s.labels(p.tr, c.Unit) {
		at := s.at(s.steps[i], in.left, in.right)
		p.rect(area{at, in.top, at + 1, in.bottom}, p.pal.grid)
		p.text(text, at, in.bottom+11, textSmall, p.pal.muted, alignMiddle)
	}
	each := in.height() / float64(len(values))
	thick := min(each*0.6, 18)
	share := scale{low: 0, high: 100}
	xs, ys := make([]float64, len(values)), make([]float64, len(values))
	sum := 0.0
	for i, v := range values {
		if p.ended() {
			return
		}
		before := sum / total * 100
		y := in.top + (float64(i)+0.5)*each
		if v > 0 {
			sum += v
			colour := seriesColour(ColourMain)
			if before >= paretoLine {
				colour = seriesColour(ColourOther)
			}
			p.rect(area{in.left, y - thick/2, s.at(v, in.left, in.right), y + thick/2}, colour)
		}
		xs[i], ys[i] = sum/total*100, -(float64(i) + 0.5)
		p.text(p.fit(c.Labels[i], textBody, names, 0), in.left-8, y, textBody, p.pal.text, alignRight)
		p.text(label(p.tr, v, c.Unit), outer.right-shares-10, y, textBody, p.pal.text, alignRight)
		p.text(strconv.FormatFloat(xs[i], 'f', 1, 64)+"%", outer.right, y, textBody, p.pal.muted, alignRight)
	}
	line := share.at(paretoLine, in.left, in.right)
	p.text(trimmed(paretoLine, 0)+"%", line, in.top-7, textSmall, p.pal.muted, alignMiddle)
	p.down(line, in.top, in.bottom, p.pal.text)
	if len(xs) > 1 {
		box := chart.Box{Left: p.px(in.left), Top: p.px(in.top), Right: p.px(in.right), Bottom: p.px(in.bottom)}
		chart.Draw.LineSeries(p.r, box,
			&chart.ContinuousRange{Min: 0, Max: 100, Domain: box.Right - box.Left},
			&chart.ContinuousRange{Min: -float64(len(values)), Max: 0, Domain: box.Bottom - box.Top},
			chart.Style{StrokeColor: seriesColour(5), StrokeWidth: 2 * p.scale},
			chart.ContinuousSeries{XValues: xs, YValues: ys})
	}
	for i := range xs {
		p.circle(share.at(xs[i], in.left, in.right), in.top-ys[i]*each, 2.5, 0, seriesColour(5))
	}
	p.rect(area{in.left, in.top, in.left + 1, in.bottom}, p.pal.axis)
}

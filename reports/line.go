package reports

import (
	"math"
	"sort"

	chart "github.com/wcharczuk/go-chart/v2"
	"github.com/wcharczuk/go-chart/v2/drawing"
)

// maxPoints is how many points of a line are drawn; of more, each stretch keeps
// its lowest and its highest.
const maxPoints = 2000

// manyLines is the number of lines above which only the chosen one has colour.
const manyLines = 5

// drawLines draws values over ordered labels.
func (c *Chart) drawLines(p *pen, outer area) {
	low, high, _ := bounds(c.Series)
	s := lineScale(low, high, c.Unit)
	ends := c.ends(p)
	outer.right -= ends.wide
	in := c.valueAxis(p, outer, s, 22)
	p.across(in.left, in.right, in.bottom, 1, p.pal.axis, 0, 0)
	n := len(c.Labels)
	x := func(i int) float64 { return in.left + float64(i)/float64(max(n-1, 1))*in.width() }
	c.labelsBelow(p, in, x)

	for _, last := range []bool{true, false} { // the compared period lies behind
		for i := range c.Series {
			if p.ended() {
				return
			}
			if (c.Series[i].Role == Last) == last {
				c.drawLine(p, in, s, i, c.faded(i))
			}
		}
	}
	c.drawMarks(p, in, s, x)
	ends.draw(p, in, s, n-1)
}

// faded tells whether a line is grey because too many have a colour.
func (c *Chart) faded(at int) bool {
	now := 0
	for _, s := range c.Series {
		if s.Role == Now {
			now++
		}
	}
	return now > manyLines && at != c.Chosen && c.Series[at].Role == Now
}

// drawLine draws one series with go-chart, a piece between two gaps at a time.
func (c *Chart) drawLine(p *pen, in area, s scale, at int, faded bool) {
	series := c.Series[at]
	style := chart.Style{StrokeColor: c.ink(p, series), StrokeWidth: 2 * p.scale}
	switch {
	case series.Role == Last:
		style.StrokeWidth = 1.5 * p.scale
		style.StrokeDashArray = []float64{5 * p.scale, 4 * p.scale}
	case series.Role == Target:
		style.StrokeWidth = p.scale
		style.StrokeDashArray = []float64{2 * p.scale, 3 * p.scale}
	case series.Role == Forecast:
		style.StrokeWidth = 1.5 * p.scale
		style.StrokeDashArray = []float64{3 * p.scale, 3 * p.scale}
	case faded:
		style.StrokeColor, style.StrokeWidth = seriesColour(ColourOther), 1.5*p.scale
	}
	box := chart.Box{Left: p.px(in.left), Top: p.px(in.top), Right: p.px(in.right), Bottom: p.px(in.bottom)}
	xs := &chart.ContinuousRange{Min: 0, Max: float64(max(len(series.Values)-1, 1)), Domain: box.Right - box.Left}
	ys := &chart.ContinuousRange{Min: s.low, Max: s.high, Domain: box.Bottom - box.Top}
	for _, piece := range pieces(series.Values) {
		if len(piece.x) == 1 {
			y := s.at(piece.y[0], in.bottom, in.top)
			p.circle(in.left+piece.x[0]/xs.Max*in.width(), y, 2, 0, style.StrokeColor)
			continue
		}
		chart.Draw.LineSeries(p.r, box, xs, ys, style, chart.ContinuousSeries{XValues: piece.x, YValues: piece.y})
	}
	if p.grey && series.Role == Now && len(series.Values) <= 60 {
		for i, v := range series.Values {
			if !gap(v) {
				marker(p, at, in.left+float64(i)/xs.Max*in.width(), s.at(v, in.bottom, in.top), style.StrokeColor)
			}
		}
	}
}

// piece is a run of points without a gap.
type piece struct{ x, y []float64 }

// pieces cuts a series at its gaps and thins it out to maxPoints.
func pieces(values []float64) []piece {
	var all []piece
	open := false
	for i, v := range values {
		if gap(v) {
			open = false
			continue
		}
		if !open {
			all = append(all, piece{})
			open = true
		}
		last := &all[len(all)-1]
		last.x = append(last.x, float64(i))
		last.y = append(last.y, v)
	}
	if len(values) > maxPoints {
		for i := range all {
			all[i] = all[i].thinned(max(2, maxPoints*len(all[i].x)/len(values)))
		}
	}
	return all
}

// thinned keeps the first, the last, and of each stretch the lowest and highest.
func (a piece) thinned(most int) piece {
	n := len(a.x)
	if n <= most {
		return a
	}
	var out piece
	keep := func(i int) { out.x, out.y = append(out.x, a.x[i]), append(out.y, a.y[i]) }
	keep(0)
	stretches := max(1, (most-2)/2)
	for k := range stretches {
		from, to := 1+k*(n-2)/stretches, 1+(k+1)*(n-2)/stretches
		if from >= to {
			continue
		}
		low, high := from, from
		for i := from; i < to; i++ {
			if a.y[i] < a.y[low] {
				low = i
			}
			if a.y[i] > a.y[high] {
				high = i
			}
		}
		keep(min(low, high))
		if low != high {
			keep(max(low, high))
		}
	}
	keep(n - 1)
	return out
}

// marker draws the sign of a series for print without colour: disc, square,
// triangle, diamond, cross, in turn.
func marker(p *pen, series int, x, y float64, c drawing.Color) {
	switch series % 5 {
	case 0:
		p.circle(x, y, 3, 0, c)
	case 1:
		p.rect(area{x - 3, y - 3, x + 3, y + 3}, c)
	case 2:
		p.polygon(c, x, y-4, x+4, y+3, x-4, y+3)
	case 3:
		p.polygon(c, x, y-4, x+4, y, x, y+4, x-4, y)
	default:
		p.rect(area{x - 4, y - 1, x + 4, y + 1}, c)
		p.rect(area{x - 1, y - 4, x + 1, y + 4}, c)
	}
}

// drawMarks draws the events: a hollow dot and its words, on the side with room.
func (c *Chart) drawMarks(p *pen, in area, s scale, x func(int) float64) {
	for _, m := range c.Marks {
		if m.Series < 0 || m.Series >= len(c.Series) || m.At < 0 || m.At >= len(c.Labels) {
			continue
		}
		v := c.Series[m.Series].Values[m.At]
		if gap(v) {
			continue
		}
		px, py := x(m.At), s.at(v, in.bottom, in.top)
		p.circle(px, py, 3.5, 1.5, c.ink(p, c.Series[m.Series]))
		y := min(py+13, in.bottom-7)
		if px-in.left > in.width()/2 {
			p.text(p.fit(m.Text, textSmall, px-in.left-8, 0), px-6, y, textSmall, p.pal.text, alignRight)
		} else {
			p.text(p.fit(m.Text, textSmall, in.right-px-8, 0), px+6, y, textSmall, p.pal.text, alignLeft)
		}
	}
}

// endLabels are the words at the right ends of lines and stacks.
type endLabels struct {
	wide  float64 // room they take at the right
	items []endLabel
}

type endLabel struct {
	text   string
	value  float64
	at     int // the label of the value; before the last one the words go there
	y      float64
	colour drawing.Color
	dot    drawing.Color // of the point when the words stand there
}

// ends collects the names and last values of the lines.
func (c *Chart) ends(p *pen) *endLabels {
	e := &endLabels{}
	for i, s := range c.Series {
		if s.Role == Last || (s.Role == Now && len(c.Series) > 2*manyLines && i != c.Chosen) {
			continue
		}
		last, at := hole, 0
		for j, v := range s.Values {
			if !gap(v) {
				last, at = v, j
			}
		}
		if gap(last) {
			continue
		}
		text := label(p.tr, last, c.Unit)
		if s.Name != "" {
			text = s.Name + " " + text
		}
		colour := p.pal.text
		if c.faded(i) {
			colour = p.pal.muted
		}
		e.items = append(e.items, endLabel{text: p.fit(text, textBody, p.w/3, 0), value: last, at: at, colour: colour, dot: c.ink(p, s)})
	}
	e.measure(p, len(c.Labels)-1)
	return e
}

// measure reserves room at the right for the items that end at the last label.
func (e *endLabels) measure(p *pen, last int) {
	for _, item := range e.items {
		if item.at < last {
			continue
		}
		e.wide = max(e.wide, p.width(item.text, textBody, 0)+10)
	}
}

// draw writes the labels beside their values, pushed apart where they touch.
func (e *endLabels) draw(p *pen, in area, s scale, last int) {
	var right []endLabel
	for _, item := range e.items {
		item.y = s.at(item.value, in.bottom, in.top)
		if item.at < last {
			x := in.left + float64(item.at)/float64(last)*in.width()
			p.circle(x, item.y, 3, 0, item.dot)
			p.text(item.text, x-6, item.y-12, textBody, item.colour, alignRight)
			continue
		}
		right = append(right, item)
	}
	e.items = right
	e.place(p, in)
}

func (e *endLabels) place(p *pen, in area) {
	const apart = 14
	sort.SliceStable(e.items, func(a, b int) bool { return e.items[a].y < e.items[b].y })
	for i := 1; i < len(e.items); i++ {
		e.items[i].y = math.Max(e.items[i].y, e.items[i-1].y+apart)
	}
	if n := len(e.items); n > 0 {
		e.items[n-1].y = math.Min(e.items[n-1].y, in.bottom)
	}
	for i := len(e.items) - 2; i >= 0; i-- {
		e.items[i].y = math.Min(e.items[i].y, e.items[i+1].y-apart)
	}
	for _, item := range e.items {
		p.text(item.text, in.right+8, item.y, textBody, item.colour, alignLeft)
	}
}

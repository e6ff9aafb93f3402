package reports

import (
	"math"

	"github.com/wcharczuk/go-chart/v2/drawing"
)

// Distances of the frame, in units.
const (
	padding   = 12.0
	titleAt   = 22.0 // middle of the title
	sentence  = 43.0 // middle of the sentence
	textSmall = 11.0
	textBody  = 12.0
	textTitle = 14.0
)

// frame writes title, sentence and legend and gives what is left for the plot.
func (c *Chart) frame(p *pen) area {
	top := padding
	if c.Title != "" {
		left := c.legend(p, p.w-padding)
		p.bold(p.fit(c.Title, textTitle, left-padding-12, 1), padding, titleAt, textTitle, p.pal.text, alignLeft)
		top = titleAt + 16
	} else if c.wantsLegend() {
		c.legend(p, p.w-padding)
		top = titleAt + 16
	}
	if c.Sentence != "" {
		y := sentence
		if top < titleAt {
			y = titleAt
		}
		x := padding
		if ink, ok := p.pal.status(c.Status); ok {
			p.icon(c.Status, x+6, y, 12, ink)
			x += 18
		}
		p.text(p.fit(c.Sentence, textBody, p.w-padding-x, 0), x, y, textBody, p.pal.text, alignLeft)
		top = y + 14
	}
	return area{left: padding, top: top, right: p.w - padding, bottom: p.h - padding}
}

// wantsLegend tells whether colours need words: for this, last and target, and
// for series side by side. Lines and stacks have their words at the end.
func (c *Chart) wantsLegend() bool {
	if len(c.Series) < 2 || c.Kind == Share || c.Kind == Heat || c.Kind == Pareto {
		return false
	}
	if c.Kind == Grouped || c.Kind == Bars {
		return true
	}
	for _, s := range c.Series {
		if s.Role != Now {
			return true
		}
	}
	return false
}

// legend writes the series' names from the right edge; it gives its left edge.
func (c *Chart) legend(p *pen, right float64) float64 {
	if !c.wantsLegend() {
		return right
	}
	x := right
	for i := len(c.Series) - 1; i >= 0; i-- {
		s := c.Series[i]
		if s.Name == "" {
			continue
		}
		x -= p.width(s.Name, textBody, 0)
		p.text(s.Name, x, titleAt, textBody, p.pal.text, alignLeft)
		x = c.key(p, s, x-5) - 12
	}
	return x
}

// key draws the sample of a series that ends at right; it gives its left edge.
func (c *Chart) key(p *pen, s Series, right float64) float64 {
	colour := c.ink(p, s)
	switch {
	case s.Role == Target && c.Kind == Ranked:
		p.rect(area{right - 2, titleAt - 6, right, titleAt + 6}, colour)
		return right - 2
	case s.Role == Target && c.Kind == Line:
		p.across(right-16, right, titleAt, 1, colour, 2, 3)
		return right - 16
	case s.Role == Target:
		p.across(right-14, right, titleAt, 2, colour, 0, 0)
		return right - 14
	case c.Kind == Line && s.Role == Last:
		p.across(right-18, right, titleAt, 1.5, colour, 5, 4)
		return right - 18
	case c.Kind == Line:
		p.across(right-16, right, titleAt, 2, colour, 0, 0)
		return right - 16
	case s.Role == Forecast:
		p.outline(area{right - 9, titleAt - 4.5, right, titleAt + 4.5}, colour)
		return right - 9
	}
	p.rect(area{right - 9, titleAt - 4.5, right, titleAt + 4.5}, colour)
	return right - 9
}

// ink is a series' colour: a target has the text's.
func (c *Chart) ink(p *pen, s Series) drawing.Color {
	switch {
	case s.Role == Target:
		return p.pal.text
	case s.Role == Forecast:
		return seriesColour(c.colourOfNow())
	}
	return seriesColour(s.Colour)
}

// colourOfNow is the colour of the first series of the present period.
func (c *Chart) colourOfNow() int {
	for _, s := range c.Series {
		if s.Role == Now {
			return s.Colour
		}
	}
	return ColourMain
}

// barColour is the colour of one bar: the label's own, else the series'.
func (c *Chart) barColour(s Series, at int) drawing.Color {
	if s.Role == Now && at < len(c.Colours) && c.Colours[at] != 0 {
		return seriesColour(c.Colours[at])
	}
	return seriesColour(s.Colour)
}

// valueAxis draws the horizontal grid with its labels and gives the inner plot:
// right of the labels, above room for the labels below.
func (c *Chart) valueAxis(p *pen, outer area, s scale, below float64) area {
	texts := s.labels(p.tr, c.Unit)
	wide := 0.0
	for _, t := range texts {
		wide = max(wide, p.width(t, textSmall, 0))
	}
	in := area{left: outer.left + wide + 8, top: outer.top + 12, right: outer.right, bottom: outer.bottom - below}
	for i, v := range s.steps {
		y := s.at(v, in.bottom, in.top)
		if len(s.steps) == 1 {
			y = in.bottom
		}
		p.across(in.left, in.right, y, 1, p.pal.grid, 0, 0)
		p.text(texts[i], in.left-8, y, textSmall, p.pal.muted, alignRight)
	}
	return in
}

// baseLine draws the one axis line.
func (c *Chart) baseLine(p *pen, in area, s scale) float64 {
	y := in.bottom
	if s.low < 0 && s.high > 0 {
		y = s.at(0, in.bottom, in.top)
	} else if s.high <= 0 {
		y = in.top
	}
	p.across(in.left, in.right, y, 1, p.pal.axis, 0, 0)
	return y
}

// labelsBelow writes the labels under their places, as many as fit.
func (c *Chart) labelsBelow(p *pen, in area, centre func(i int) float64) {
	widest := 0.0
	for _, l := range c.Labels {
		widest = max(widest, p.width(l, textSmall, 0))
	}
	room := in.width()
	if n := len(c.Labels); n > 1 {
		room = math.Abs(centre(1) - centre(0))
	}
	y := in.bottom + 13
	if len(c.Sub) > 0 || widest+6 <= room || room < 30 || c.Ordered || c.Kind == Line || c.Kind == Stacked {
		step := labelStep(len(c.Labels), widest, room)
		for i := 0; i < len(c.Labels); i += step {
			x := centre(i)
			half := p.width(c.Labels[i], textSmall, 0) / 2
			x = min(max(x, half), p.w-2-half)
			p.text(c.Labels[i], x, y, textSmall, p.pal.muted, alignMiddle)
			if i < len(c.Sub) {
				p.text(c.Sub[i], x, y+14, textSmall, p.pal.muted, alignMiddle)
			}
		}
		return
	}
	for i, l := range c.Labels { // names must all be there: cut them
		p.text(p.fit(l, textSmall, room-4, 0), centre(i), y, textSmall, p.pal.muted, alignMiddle)
	}
}

// labelStep is how many places apart labels of that width are written. It is
// made a little larger when that puts a label at the very last place.
func labelStep(n int, widest, room float64) int {
	step := max(1, int(math.Ceil((widest+8)/max(room, 0.1))))
	if step == 1 {
		return 1
	}
	for more := step; more <= step+step/2+1; more++ {
		if (n-1)%more == 0 {
			return more
		}
	}
	return step
}

package kit

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/ui/theme"
)

// ChartCard is a chart on a card of its own that can be chosen and pressed; the
// chart itself draws title, sentence and plot (LOOK §9).
type ChartCard struct {
	pressing
	chart  *Chart
	chosen bool
	object fyne.CanvasObject
}

// NewChartCard makes a card; press is a click or Enter on it.
func NewChartCard(env Env, draw DrawChart, press func()) *ChartCard {
	c := &ChartCard{chart: NewChart(env, draw)}
	c.keys, c.onPress = env.Keys, press
	c.sketched(c, func(m theme.Metrics) fyne.Size { return fyne.NewSize(200*m.Scale, 120*m.Scale) }, c.draw)
	c.object = container.NewStack(c, Pad(2, 2, c.chart))
	return c
}

// Object is the card to place in the window.
func (c *ChartCard) Object() fyne.CanvasObject { return c.object }

// Chart is the picture on it.
func (c *ChartCard) Chart() *Chart { return c.chart }

// SetChosen draws the ring of the chosen card, or takes it away.
func (c *ChartCard) SetChosen(chosen bool) {
	if c.chosen != chosen {
		c.chosen = chosen
		c.Refresh()
	}
}

// Chosen tells whether it has the ring.
func (c *ChartCard) Chosen() bool { return c.chosen }

// shows makes card and picture one figure: a right click falls on the picture.
func (c *ChartCard) shows(f *Figures, id string) {
	c.pressing.shows(f, id)
	c.chart.shows(f, id)
}

// Close stops drawing.
func (c *ChartCard) Close() { c.chart.Close() }

func (c *ChartCard) draw(p *brush, r image.Rectangle) {
	radius := p.m.RadiusCard * p.scale
	switch {
	case c.chosen || c.focused:
		p.ring(r, radius, p.pal.Surface)
	case c.hovered:
		p.frame(r, radius, p.line, p.pal.Axis, p.pal.Surface)
	default:
		p.frame(r, radius, p.line, p.pal.Line, p.pal.Surface)
	}
}

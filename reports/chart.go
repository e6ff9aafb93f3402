package reports

import (
	"context"
	"fmt"
	"image"
	"image/png"
	"io"
	"math"

	"zhanggui/app/fault"
	"zhanggui/app/i18n"
)

// Kind is the form of a chart.
type Kind uint8

// The kinds of chart.
const (
	Line    Kind = iota // values over ordered labels; this against last
	Bars                // one bar a label, also this, last and target side by side
	Grouped             // several series side by side
	Stacked             // several series on top of each other, ordered labels
	Ranked              // horizontal bars, largest first, last period below
	Share               // a ring of parts of the whole
	Pareto              // bars, largest first, with their running share
	Heat                // rows × columns in one hue
)

// Role is what a series stands for in its chart.
type Role uint8

// The roles of series.
const (
	Now      Role = iota // the period shown
	Last                 // the period compared with: grey, dashed or thin
	Target               // a mark to reach: text colour, dotted line or tick
	Forecast             // outline only
)

// Unit is how values are written.
type Unit uint8

// The units.
const (
	UnitMoney   Unit = iota // in yuan (not fen): 4.32万
	UnitCount               // whole things: 1,204
	UnitPercent             // 97.6 is 97.6%
	UnitPlain               // a ratio such as 4.2
)

// Better tells which way of change is good; it decides the colour of a change.
type Better uint8

// The ways.
const (
	BetterUp Better = iota
	BetterDown
	BetterNone
)

// Series is one row of values, one for each label. NaN and infinite values
// are gaps.
type Series struct {
	Name   string
	Values []float64
	Role   Role
	Colour int // 1 to 8 of LOOK §9; 0 takes the next
}

// Mark is an event on a line: a hollow dot with words beside it.
type Mark struct {
	Series, At int // counted from 0
	Text       string
}

// Chart is a picture of some series. Everything written on it comes in the
// reader's language; numbers are written by the unit.
type Chart struct {
	Kind     Kind
	Title    string
	Sentence string // one computed sentence under the title
	Status   string // its icon: ok, info, warn, alert, urgent or ""
	Labels   []string
	Sub      []string // second line under the labels, Bars only
	Series   []Series // of Heat: one a row, with its name at the left
	Unit     Unit
	Better   Better
	Ordered  bool     // labels are times: Bars keep all of them and never make "other"
	Colours  []int    // a colour for each label (Bars, Ranked, Share), 0 for the usual one
	Beside   []string // words at the right end of each bar, Ranked only
	Marks    []Mark   // Line only
	Rest     float64  // of Pareto: what belongs to the whole and has no bar
	Chosen   int      // of more than five lines the one in colour, counted from 0
}

// Look is how a chart is drawn.
type Look struct {
	W, H  int     // in units of the window
	Scale float64 // pixels a unit; 0 means 1
	Dark  bool
	Grey  bool // printed without colour: lines get markers
	Tr    i18n.Tr
}

// Limits of a picture: below the smallest nothing can be read, above the
// largest memory goes into the hundreds of megabytes.
const (
	minSide = 120
	maxSide = 8000
)

// maxBars is how many bars of unordered labels a chart shows before the
// smallest become "other"; more cannot be told apart (TECH B).
const maxBars = 20

// PNG draws the chart and writes it as a PNG of W·Scale × H·Scale pixels.
// Errors: as Image; what w returns.
func (c Chart) PNG(ctx context.Context, w io.Writer, look Look) error {
	img, err := c.Image(ctx, look)
	if err != nil {
		return err
	}
	return (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(w, img)
}

// Image draws the chart. Values that cannot be drawn are left out; a chart with
// nothing to draw says so in words. It stops when ctx ends.
// Errors: Invalid fault.report.size; Cancelled.
func (c Chart) Image(ctx context.Context, look Look) (img *image.RGBA, err error) {
	if look.Scale == 0 {
		look.Scale = 1
	}
	w, h := pixels(look.W, look.Scale), pixels(look.H, look.Scale)
	if look.W < minSide || look.H < minSide || w > maxSide || h > maxSide || w <= 0 || h <= 0 {
		return nil, fault.New(fault.Invalid, "fault.report.size", "size", fmt.Sprintf("%d × %d", w, h))
	}
	defer func() { // the drawing library panics on what it did not foresee
		if r := recover(); r != nil {
			img, err = nil, fault.New(fault.Internal, "fault.internal").Because(fmt.Errorf("chart: %v", r))
		}
	}()
	p, err := newPen(ctx, w, h, look)
	if err != nil {
		return nil, err
	}
	c.guard(look.Tr)
	c.draw(p)
	return p.image()
}

func pixels(units int, scale float64) int {
	v := math.Round(float64(units) * scale)
	if math.IsNaN(v) || v > 1e6 {
		return maxSide + 1
	}
	return int(v)
}

// draw puts the frame and then the plot of the kind.
func (c *Chart) draw(p *pen) {
	plot := c.frame(p)
	if p.ended() {
		return
	}
	if !c.enough() {
		c.nothing(p, plot)
		return
	}
	switch c.Kind {
	case Line:
		c.drawLines(p, plot)
	case Ranked:
		c.drawRanked(p, plot)
	case Share:
		c.drawShare(p, plot)
	case Pareto:
		c.drawPareto(p, plot)
	case Heat:
		c.drawHeat(p, plot)
	case Stacked:
		c.drawStacked(p, plot)
	default:
		c.drawBars(p, plot)
	}
}

// nothing says in the middle of the plot that there is too little to draw.
func (c *Chart) nothing(p *pen, plot area) {
	p.text(p.tr.T("report.no_data"), plot.midX(), plot.midY(), 12, p.pal.muted, alignMiddle)
}

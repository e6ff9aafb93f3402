package kit

import (
	"context"
	"image"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"zhanggui/ui/theme"
)

// ChartSize is what a chart must be drawn for: its size in pixels, how many
// pixels a unit is, and the appearance.
type ChartSize struct {
	W, H  int
	Scale float32
	Dark  bool
}

// Units are width and height in units, at least so many, and how many pixels a
// unit is: what a picture is laid out in.
func (s ChartSize) Units(leastW, leastH int) (w, h int, scale float64) {
	per := max(s.Scale, 0.1)
	return max(int(float32(s.W)/per), leastW), max(int(float32(s.H)/per), leastH), float64(per)
}

// DrawChart draws a chart away from the UI goroutine.
type DrawChart func(ctx context.Context, s ChartSize) (image.Image, error)

// Chart shows a picture drawn at exactly its pixels. It is drawn in the
// background, again after a change of size, scale or appearance; the old picture
// stays meanwhile.
type Chart struct {
	widget.BaseWidget
	env    Env
	owner  *Owner
	draw   DrawChart
	img    image.Image
	made   ChartSize // what img was drawn for
	asked  ChartSize // what is being drawn
	raster *canvas.Raster
	state  *State
	object fyne.CanvasObject
	stop   func()

	figures *Figures // of the screen, when the chart shows one of its figures
	figure  string
}

// chartSettle is how long a size must stand before the chart is drawn for it: a
// window being dragged has a new one every frame.
const chartSettle = 40 * time.Millisecond

// NewChart makes a chart; nothing is drawn before it is seen.
func NewChart(env Env, draw DrawChart) *Chart {
	c := &Chart{env: env, owner: NewOwner(), draw: draw, state: NewState(env), stop: func() {}}
	c.raster = canvas.NewRaster(c.picture)
	c.object = container.NewStack(c.raster, c.state.object)
	c.owner.OnFail(c.failed)
	c.owner.OnBusy(func(busy bool) {
		if busy && c.img == nil {
			c.state.Loading("")
		}
	})
	c.ExtendBaseWidget(c)
	return c
}

// Reload draws again: the data changed.
func (c *Chart) Reload() {
	c.made, c.asked = ChartSize{}, ChartSize{}
	c.raster.Refresh()
}

// TappedSecondary explains the figure it shows.
func (c *Chart) TappedSecondary(*fyne.PointEvent) { c.figures.Explain(c.figure) }

// Figure is the figure it shows, "" when it shows none.
func (c *Chart) Figure() string { return c.figure }

func (c *Chart) shows(f *Figures, id string) { c.figures, c.figure = f, id }

// Close stops drawing.
func (c *Chart) Close() { c.owner.Close() }

// CreateRenderer shows the picture.
func (c *Chart) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(c.object) }

// MinSize is the least a chart can be read at.
func (c *Chart) MinSize() fyne.Size { return fyne.NewSize(160, 90) }

// picture is what the raster shows now; when that is not what it should be, it asks for a new one.
func (c *Chart) picture(w, h int) image.Image {
	want := ChartSize{W: w, H: h, Scale: rasterScale(c, w), Dark: theme.Current().Palette().Dark()}
	if w > 1 && h > 1 && want != c.made && want != c.asked {
		c.asked = want
		c.stop()
		c.stop = c.env.after(chartSettle, func() { c.render(want) })
	}
	if c.img == nil {
		return image.NewRGBA(image.Rect(0, 0, max(w, 1), max(h, 1)))
	}
	return c.img
}

func (c *Chart) render(size ChartSize) {
	draw := c.draw
	Run(c.env, c.owner, func(ctx context.Context) (image.Image, error) { return draw(ctx, size) }, func(img image.Image) {
		c.img, c.made = img, size
		c.state.None()
		c.raster.Refresh()
	})
}

func (c *Chart) failed(err error) bool {
	c.state.Fail(c.env.Tr.Fault(err), "", NewButton(c.env, c.env.T("common.retry"), "", c.Reload))
	return true
}

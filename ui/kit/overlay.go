package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"zhanggui/ui/theme"
)

// overlay lies over the whole window and holds one box: a dialog in the middle, a
// menu at its button. It has a key layer of its own that lets nothing through.
type overlay struct {
	env    Env
	layer  *Layer
	canvas fyne.Canvas
	top    fyne.CanvasObject
	box    fyne.CanvasObject
	place  func(window, box fyne.Size) (fyne.Position, fyne.Size)
	before fyne.Focusable
	closed bool
	onEnd  func()
}

// openOverlay shows box. scrim dims what lies behind; outside is called for a
// click beside the box (nil: nothing happens).
func openOverlay(env Env, name string, box fyne.CanvasObject, scrim bool, outside func(), place func(window, box fyne.Size) (fyne.Position, fyne.Size)) *overlay {
	o := &overlay{env: env, box: box, place: place, canvas: env.Window.Canvas()}
	o.before = o.canvas.Focused()
	if env.Keys != nil {
		o.layer = env.Keys.Push(name, true)
	} else {
		o.layer = NewKeys(nil).Push(name, true)
	}
	o.top = container.New(o, newCatcher(scrim, outside), box)
	o.canvas.Overlays().Add(o.top)
	o.top.Resize(o.canvas.Size())
	return o
}

// Layout fills the window with the catcher and places the box.
func (o *overlay) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Resize(size)
	objects[0].Move(fyne.NewPos(0, 0))
	at, want := o.place(size, objects[1].MinSize())
	objects[1].Resize(want)
	objects[1].Move(at)
}

// MinSize asks for nothing: the overlay is as large as its window.
func (o *overlay) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(1, 1) }

// relay places the box again after its content changed.
func (o *overlay) relay() { o.top.Refresh(); o.Layout(o.top.(*fyne.Container).Objects, o.top.Size()) }

// close takes the overlay away and gives the focus back.
func (o *overlay) close() {
	if o.closed {
		return
	}
	o.closed = true
	o.layer.Close()
	o.canvas.Overlays().Remove(o.top)
	if o.before != nil {
		o.canvas.Focus(o.before)
	}
	if o.onEnd != nil {
		o.onEnd()
	}
}

// catcher takes the clicks beside the box.
type catcher struct {
	widget.BaseWidget
	rect  *canvas.Rectangle
	scrim bool
	tap   func()
}

func newCatcher(scrim bool, tap func()) *catcher {
	c := &catcher{rect: canvas.NewRectangle(nil), scrim: scrim, tap: tap}
	c.ExtendBaseWidget(c)
	return c
}

// Tapped is a click beside the box.
func (c *catcher) Tapped(*fyne.PointEvent) {
	if c.tap != nil {
		c.tap()
	}
}

// Scrolled keeps the wheel from what lies behind.
func (c *catcher) Scrolled(*fyne.ScrollEvent) {}

// CreateRenderer shows the dimming: the background at 60 % (LOOK §6).
func (c *catcher) CreateRenderer() fyne.WidgetRenderer {
	c.colour()
	return &catcherRenderer{WidgetRenderer: widget.NewSimpleRenderer(c.rect), c: c}
}

func (c *catcher) colour() {
	ground := theme.Current().Palette().Background
	ground.A = 0
	if c.scrim {
		ground.A = 0x99
	}
	c.rect.FillColor = ground
}

type catcherRenderer struct {
	fyne.WidgetRenderer
	c *catcher
}

func (r *catcherRenderer) Refresh() {
	r.c.colour()
	r.c.rect.Refresh()
}

// centred places a box of a fixed width in the middle, a little above it.
func centred(width float32) func(window, box fyne.Size) (fyne.Position, fyne.Size) {
	return func(window, box fyne.Size) (fyne.Position, fyne.Size) {
		w := min(max(width, box.Width), window.Width-24)
		h := min(box.Height, window.Height-24)
		return fyne.NewPos(float32(int((window.Width-w)/2)), float32(int((window.Height-h)*0.42))), fyne.NewSize(w, h)
	}
}

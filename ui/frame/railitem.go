package frame

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// railItem is one place of the rail: icon over word, a bar at the left while
// it is the place one is at (LOOK §4).
type railItem struct {
	widget.BaseWidget
	icon, word string
	active     bool
	hover      bool
	press      func()
}

func newRailItem(icon, word string, press func()) *railItem {
	r := &railItem{icon: icon, word: word, press: press}
	r.ExtendBaseWidget(r)
	return r
}

// Tapped goes there.
func (r *railItem) Tapped(*fyne.PointEvent) { r.press() }

// MouseIn shows that it can be pressed.
func (r *railItem) MouseIn(*desktop.MouseEvent) { r.hover = true; r.Refresh() }

// MouseMoved changes nothing.
func (r *railItem) MouseMoved(*desktop.MouseEvent) {}

// MouseOut ends the hover.
func (r *railItem) MouseOut() { r.hover = false; r.Refresh() }

func (r *railItem) set(active bool) {
	if r.active != active {
		r.active = active
		r.Refresh()
	}
}

// CreateRenderer draws the place.
func (r *railItem) CreateRenderer() fyne.WidgetRenderer {
	d := &railRenderer{
		r: r, back: canvas.NewRectangle(nil), bar: canvas.NewRectangle(nil), img: canvas.NewImageFromResource(nil),
		text: canvas.NewText(r.word, nil),
	}
	d.img.FillMode = canvas.ImageFillContain
	d.text.Alignment = fyne.TextAlignCenter
	d.Refresh()
	return d
}

type railRenderer struct {
	r         *railItem
	back, bar *canvas.Rectangle
	img       *canvas.Image
	text      *canvas.Text
}

func (d *railRenderer) Refresh() {
	p, m := theme.Current().Palette(), theme.Current().Metrics()
	d.back.FillColor, d.bar.FillColor = p.Background, p.Background
	token := theme.MutedToken
	switch {
	case d.r.active:
		d.back.FillColor, d.bar.FillColor = p.Surface, p.Primary
		token = theme.PrimaryToken
	case d.r.hover:
		d.back.FillColor = p.Hover
	}
	d.img.Resource = p.Icon(d.r.icon, token)
	d.text.Text, d.text.Color, d.text.TextSize = d.r.word, p.Colour(token), m.Small
	d.text.TextStyle = fyne.TextStyle{Bold: d.r.active}
	for _, o := range d.Objects() {
		o.Refresh()
	}
}

func (d *railRenderer) Layout(size fyne.Size) {
	m := theme.Current().Metrics()
	d.back.Resize(size)
	d.bar.Resize(fyne.NewSize(3, size.Height))
	d.img.Resize(fyne.NewSquareSize(m.IconRail))
	d.img.Move(fyne.NewPos((size.Width-m.IconRail)/2, 8))
	d.text.Resize(fyne.NewSize(size.Width, 18))
	d.text.Move(fyne.NewPos(0, 8+m.IconRail+3))
}

func (d *railRenderer) MinSize() fyne.Size {
	m := theme.Current().Metrics()
	return fyne.NewSize(m.Rail, m.IconRail+m.Small+24)
}

func (d *railRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{d.back, d.bar, d.img, d.text}
}

func (d *railRenderer) Destroy() {}

// badge is a square with one character: the program's 掌, or a person's
// surname on the colour of his role.
func badge(char string, fill, ink fyneColour, size float32) fyne.CanvasObject {
	box := canvas.NewRectangle(fill)
	box.CornerRadius = 6
	text := canvas.NewText(char, ink)
	text.Alignment, text.TextSize, text.TextStyle = fyne.TextAlignCenter, size*0.5, fyne.TextStyle{Bold: true}
	return kit.Fixed(size, size, container.NewStack(box, container.NewCenter(text)))
}

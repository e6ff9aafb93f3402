package shell

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// railItem is one place of the rail: icon over word, a bar at the left while one
// is there, the number of what waits at its corner.
type railItem struct {
	widget.BaseWidget
	keys       *kit.Keys
	icon, word string
	waits      int
	active     bool
	hover      bool
	press      func()
}

func newRailItem(keys *kit.Keys, icon, word string, press func()) *railItem {
	r := &railItem{keys: keys, icon: icon, word: word, press: press}
	r.ExtendBaseWidget(r)
	return r
}

// Tapped goes there.
func (r *railItem) Tapped(*fyne.PointEvent) { r.keys.Touch(); r.press() }

// MouseIn lights it up.
func (r *railItem) MouseIn(*desktop.MouseEvent) { r.keys.Touch(); r.hover = true; r.Refresh() }

// MouseMoved changes nothing.
func (r *railItem) MouseMoved(*desktop.MouseEvent) {}

// MouseOut ends the light.
func (r *railItem) MouseOut() { r.hover = false; r.Refresh() }

// Cursor is a hand.
func (r *railItem) Cursor() desktop.Cursor { return desktop.PointerCursor }

func (r *railItem) set(active bool) {
	if r.active != active {
		r.active = active
		r.Refresh()
	}
}

func (r *railItem) count(n int) {
	if r.waits != n {
		r.waits = n
		r.Refresh()
	}
}

// badgeText is the number on the badge; more than two digits say only that.
func (r *railItem) badgeText() string {
	if r.waits > 99 {
		return "99+"
	}
	return strconv.Itoa(r.waits)
}

// CreateRenderer draws the place.
func (r *railItem) CreateRenderer() fyne.WidgetRenderer {
	d := &railRenderer{
		r: r, ground: canvas.NewRectangle(nil), bar: canvas.NewRectangle(nil), disc: canvas.NewRectangle(nil),
		icon: canvas.NewImageFromResource(nil), text: canvas.NewText(r.word, nil), number: canvas.NewText("", nil),
	}
	d.icon.FillMode = canvas.ImageFillContain
	d.text.Alignment, d.number.Alignment = fyne.TextAlignCenter, fyne.TextAlignCenter
	d.look()
	return d
}

type railRenderer struct {
	r                 *railItem
	ground, bar, disc *canvas.Rectangle
	icon              *canvas.Image
	text, number      *canvas.Text
}

func (d *railRenderer) look() {
	p, m := theme.Current().Palette(), theme.Current().Metrics()
	token := theme.MutedToken
	d.ground.FillColor = p.Background
	d.bar.FillColor = p.Primary
	d.bar.Hidden = !d.r.active
	switch {
	case d.r.active:
		d.ground.FillColor, token = p.Surface, theme.PrimaryToken
	case d.r.hover:
		d.ground.FillColor = p.Hover
	}
	d.icon.Resource = p.Icon(d.r.icon, token)
	d.text.Text, d.text.TextSize, d.text.Color = d.r.word, m.Small, p.Colour(token)
	d.text.TextStyle = fyne.TextStyle{Bold: d.r.active}
	d.disc.Hidden, d.number.Hidden = d.r.waits == 0, d.r.waits == 0
	d.disc.FillColor, d.disc.CornerRadius = p.TextMuted, 8*m.Scale
	d.number.Text, d.number.TextSize, d.number.Color = d.r.badgeText(), m.Tiny, p.Surface
}

// Refresh follows the state and the theme.
func (d *railRenderer) Refresh() {
	d.look()
	d.Layout(d.r.Size())
	for _, o := range d.Objects() {
		o.Refresh()
	}
}

// Layout puts icon over word and the number at the icon's corner.
func (d *railRenderer) Layout(size fyne.Size) {
	m := theme.Current().Metrics()
	d.ground.Resize(size)
	d.bar.Resize(fyne.NewSize(3, size.Height))
	top := 8 * m.Scale
	d.icon.Resize(fyne.NewSquareSize(m.IconRail))
	d.icon.Move(fyne.NewPos((size.Width-m.IconRail)/2, top))
	h := d.text.MinSize().Height
	d.text.Resize(fyne.NewSize(size.Width, h))
	d.text.Move(fyne.NewPos(0, top+m.IconRail+2*m.Scale))
	w := max(16*m.Scale, d.number.MinSize().Width+8*m.Scale)
	at := fyne.NewPos(min(size.Width/2+7*m.Scale, size.Width-w-2), top-5*m.Scale)
	d.disc.Resize(fyne.NewSize(w, 16*m.Scale))
	d.disc.Move(at)
	nh := d.number.MinSize().Height
	d.number.Resize(fyne.NewSize(w, nh))
	d.number.Move(at.AddXY(0, (16*m.Scale-nh)/2))
}

// MinSize is the place's room in the rail.
func (d *railRenderer) MinSize() fyne.Size {
	m := theme.Current().Metrics()
	return fyne.NewSize(m.Rail, 56*m.Scale)
}

// Objects are drawn in this order.
func (d *railRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{d.ground, d.bar, d.icon, d.text, d.disc, d.number}
}

// Destroy has nothing to let go.
func (d *railRenderer) Destroy() {}

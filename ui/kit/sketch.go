package kit

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"zhanggui/ui/theme"
)

// sketch is the base of kit's small parts: one raster drawn with the brush that
// draws the grid, so that a pill is the same pill everywhere.
type sketch struct {
	widget.BaseWidget
	raster *canvas.Raster
	paint  func(p *brush, r image.Rectangle)
	want   func(m theme.Metrics) fyne.Size
}

// sketched sets a part up; w is the part that embeds the sketch.
func (s *sketch) sketched(w fyne.Widget, want func(m theme.Metrics) fyne.Size, paint func(p *brush, r image.Rectangle)) {
	s.want, s.paint = want, paint
	s.raster = canvas.NewRaster(func(pw, ph int) image.Image {
		img := image.NewRGBA(image.Rect(0, 0, max(pw, 1), max(ph, 1)))
		if pw <= 0 || ph <= 0 {
			return img
		}
		b := newBrush(img, rasterScale(w, pw))
		paint(&b, img.Rect)
		return img
	})
	s.ExtendBaseWidget(w)
}

// CreateRenderer shows the raster.
func (s *sketch) CreateRenderer() fyne.WidgetRenderer {
	return &sketchRenderer{WidgetRenderer: widget.NewSimpleRenderer(s.raster), s: s}
}

type sketchRenderer struct {
	fyne.WidgetRenderer
	s *sketch
}

func (r *sketchRenderer) MinSize() fyne.Size { return r.s.want(theme.Current().Metrics()) }

func (r *sketchRenderer) Refresh() { r.s.raster.Refresh() }

// pressing is the base of a sketch that can be clicked and focused.
type pressing struct {
	sketch
	keys    *Keys
	hovered bool
	focused bool
	off     bool // cannot be pressed now
	onPress func()
	figures *Figures // of the screen, when it shows one of its figures
	figure  string   // which one
}

var (
	_ fyne.Tappable          = (*pressing)(nil)
	_ fyne.SecondaryTappable = (*pressing)(nil)
	_ fyne.Focusable         = (*pressing)(nil)
	_ fyne.Shortcutable      = (*pressing)(nil)
	_ desktop.Hoverable      = (*pressing)(nil)
	_ desktop.Keyable        = (*pressing)(nil)
	_ desktop.Cursorable     = (*pressing)(nil)
)

// Tapped presses it.
func (b *pressing) Tapped(*fyne.PointEvent) {
	b.keys.Touch()
	b.Press()
}

// TappedSecondary explains the figure it shows.
func (b *pressing) TappedSecondary(*fyne.PointEvent) {
	b.keys.Touch()
	b.figures.Explain(b.figure)
}

// Figure is the figure it shows, "" when it shows none.
func (b *pressing) Figure() string { return b.figure }

func (b *pressing) shows(f *Figures, id string) { b.figures, b.figure = f, id }

// Press does what a click does; nothing while it is off.
func (b *pressing) Press() {
	b.figures.Touch(b.figure)
	if !b.off && b.onPress != nil {
		b.onPress()
	}
}

// SetOff mutes it and takes clicks away, or gives them back.
func (b *pressing) SetOff(off bool) {
	if b.off != off {
		b.off = off
		b.Refresh()
	}
}

// Off tells whether it cannot be pressed.
func (b *pressing) Off() bool { return b.off }

// MouseIn lights it up.
func (b *pressing) MouseIn(*desktop.MouseEvent) { b.hovered = true; b.Refresh() }

// MouseMoved does nothing more.
func (b *pressing) MouseMoved(*desktop.MouseEvent) {}

// MouseOut ends the light.
func (b *pressing) MouseOut() { b.hovered = false; b.Refresh() }

// Cursor is a hand over what can be pressed.
func (b *pressing) Cursor() desktop.Cursor {
	if b.off {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// FocusGained draws the focus ring.
func (b *pressing) FocusGained() {
	b.focused = true
	b.figures.Touch(b.figure)
	b.Refresh()
}

// FocusLost takes the focus ring away.
func (b *pressing) FocusLost() { b.focused = false; b.Refresh() }

// KeyDown follows the modifiers.
func (b *pressing) KeyDown(ev *fyne.KeyEvent) { b.keys.Down(ev) }

// KeyUp follows the modifiers.
func (b *pressing) KeyUp(ev *fyne.KeyEvent) { b.keys.Up(ev) }

// TypedRune does nothing: letters arrive as keys as well.
func (b *pressing) TypedRune(rune) {}

// TypedKey presses by Enter and Space; other keys go to the screen.
func (b *pressing) TypedKey(ev *fyne.KeyEvent) {
	switch MakeChord(ev.Name, b.keys.Mods()) {
	case "Enter", "Space":
		b.Press()
	default:
		b.keys.Key(ev)
	}
}

// TypedShortcut goes to the screen.
func (b *pressing) TypedShortcut(s fyne.Shortcut) { b.keys.Shortcut(s) }

// keyCap draws a key's name in a small frame and returns its width in pixels.
func (p *brush) keyCap(key string, x, cy int, ink, border, inside color.NRGBA) int {
	st := style{size: p.m.Tiny}
	n := p.px(p.m.KeyCap)
	w := max(n, p.face(st).pixels(key)+p.u(8))
	p.frame(image.Rect(x, cy-n/2, x+w, cy-n/2+n), 3*p.scale, p.line, border, inside)
	p.textIn(key, st, x, w, cy, Center, ink)
	return w
}

// keyCapWidth is the width of a key cap in units.
func keyCapWidth(key string, m theme.Metrics) float32 {
	return max(m.KeyCap, textWidth(key, style{size: m.Tiny})+8*m.Scale)
}

// ring draws the focus ring inside r.
func (p *brush) ring(r image.Rectangle, radius float32, inside color.NRGBA) {
	p.frame(r, radius, max(1, p.px(p.m.FocusWidth)), p.pal.Primary, inside)
}

package shell

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"zhanggui/app/i18n"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// paint is how a box is drawn just now.
type paint struct {
	fill, border color.NRGBA
	width        float32 // of the border
}

// box is an area with a ground, a border and something in it; with press it can
// be clicked. Keys reach the same through the layers of the page it is on.
type box struct {
	widget.BaseWidget
	keys  *kit.Keys
	rect  *canvas.Rectangle
	body  fyne.CanvasObject
	look  func(p *theme.Palette, hover bool) paint
	press func()
	hover bool
}

func newBox(keys *kit.Keys, radius float32, body fyne.CanvasObject, press func(), look func(p *theme.Palette, hover bool) paint) *box {
	b := &box{keys: keys, rect: canvas.NewRectangle(nil), body: body, look: look, press: press}
	b.rect.CornerRadius = radius
	b.ExtendBaseWidget(b)
	return b
}

// surface is a white box with a hairline: the two cards of the sign-in.
func surface(p *theme.Palette, _ bool) paint { return paint{p.Surface, p.Line, 1} }

// Tapped presses it.
func (b *box) Tapped(*fyne.PointEvent) {
	b.keys.Touch()
	if b.press != nil {
		b.press()
	}
}

// MouseIn lights it up.
func (b *box) MouseIn(*desktop.MouseEvent) {
	b.keys.Touch()
	b.hover = b.press != nil
	b.repaint()
}

// MouseMoved only says that somebody is there.
func (b *box) MouseMoved(*desktop.MouseEvent) { b.keys.Touch() }

// MouseOut ends the light.
func (b *box) MouseOut() {
	b.hover = false
	b.repaint()
}

// Cursor is a hand over what can be pressed.
func (b *box) Cursor() desktop.Cursor {
	if b.press == nil {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

func (b *box) repaint() {
	look := b.look(theme.Current().Palette(), b.hover)
	b.rect.FillColor, b.rect.StrokeColor, b.rect.StrokeWidth = look.fill, look.border, look.width
	b.rect.Refresh()
}

// CreateRenderer lays the body over the ground.
func (b *box) CreateRenderer() fyne.WidgetRenderer {
	b.repaint()
	return &boxRenderer{WidgetRenderer: widget.NewSimpleRenderer(container.NewStack(b.rect, b.body)), b: b}
}

type boxRenderer struct {
	fyne.WidgetRenderer
	b *box
}

func (r *boxRenderer) Refresh() {
	r.b.repaint()
	r.b.body.Refresh()
}

// badge is a square with one character on it: the program's 掌, or the surname
// of a person on the colour of the post.
func badge(char string, size float32, fill, ink color.NRGBA) fyne.CanvasObject {
	m := theme.Current().Metrics()
	square := canvas.NewRectangle(fill)
	square.CornerRadius = m.RadiusCard
	text := canvas.NewText(char, ink)
	text.TextSize, text.Alignment = size*0.5*m.Scale, fyne.TextAlignCenter
	return kit.Fixed(size*m.Scale, size*m.Scale, container.NewStack(square, container.NewCenter(text)))
}

// somebody is a square for a person who is not known yet.
func somebody(size float32) fyne.CanvasObject {
	p, m := theme.Current().Palette(), theme.Current().Metrics()
	square := canvas.NewRectangle(p.Raised)
	square.CornerRadius = m.RadiusCard
	icon := canvas.NewImageFromResource(p.Icon("user", theme.MutedToken))
	icon.FillMode = canvas.ImageFillContain
	return kit.Fixed(size*m.Scale, size*m.Scale, container.NewStack(square, centred(kit.Fixed(size/2*m.Scale, size/2*m.Scale, icon))))
}

// logo is the program's sign.
func logo(tr i18n.Tr, size float32) fyne.CanvasObject {
	p := theme.Current().Palette()
	return badge(tr.T("gate.logo"), size, p.Primary, p.OnPrimary)
}

// initial is the first character of a name.
func initial(name string) string {
	for _, r := range strings.TrimSpace(name) {
		return strings.ToUpper(string(r))
	}
	return "·"
}

// scaled is a length of LOOK at the present text scale.
func scaled(v float32) float32 { return v * theme.Current().Metrics().Scale }

// centred puts an object in the middle of its place.
func centred(o fyne.CanvasObject) fyne.CanvasObject { return container.NewCenter(o) }

// twoPanes is the card of sign-in and first start: a grey side at the left, a
// white one at the right (LOOK, signin.png).
func twoPanes(keys *kit.Keys, left, right fyne.CanvasObject) fyne.CanvasObject {
	const radius = 8
	whole := newBox(keys, radius, container.New(&panes{},
		newBox(keys, radius, left, nil, func(p *theme.Palette, _ bool) paint { return paint{fill: p.Raised} }),
		kit.NewRule(), right), nil, surface)
	return whole
}

// panes puts the left side at 540 of 960, a rule, and the right side.
type panes struct{}

// The card of the sign-in in units at scale 1.
const (
	cardWidth  = 960
	cardHeight = 580
	leftWidth  = 540
)

func (panes) Layout(o []fyne.CanvasObject, size fyne.Size) {
	left := float32(int(size.Width * leftWidth / cardWidth))
	put := func(o fyne.CanvasObject, x, w float32) {
		o.Move(fyne.NewPos(x, 1))
		o.Resize(fyne.NewSize(w, size.Height-2))
	}
	put(o[0], 1, left-1)
	put(o[1], left, 1)
	put(o[2], left+1, size.Width-left-2)
}

func (panes) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(scaled(cardWidth), scaled(cardHeight))
}

// inWindow centres a card and lets it shrink where the window is too small for it.
type inWindow struct{}

func (inWindow) Layout(o []fyne.CanvasObject, size fyne.Size) {
	want := o[0].MinSize()
	want = fyne.NewSize(min(want.Width, size.Width-16), min(want.Height, size.Height-16))
	o[0].Resize(want)
	o[0].Move(fyne.NewPos(float32(int((size.Width-want.Width)/2)), float32(int((size.Height-want.Height)/2))))
}

func (inWindow) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(1, 1) }

// word is a text that can be clicked: the switches at the foot of the sign-in.
func word(env kit.Env, text string, on bool, press func()) fyne.CanvasObject {
	label := kit.NewLine(kit.Part{Text: text, Bold: on, Token: tokenIf(on)}).Small()
	return newBox(env.Keys, 3, kit.Pad(2, 5, label), press, func(p *theme.Palette, hover bool) paint {
		if hover {
			return paint{fill: p.Surface}
		}
		return paint{}
	})
}

func tokenIf(on bool) theme.Token {
	if on {
		return theme.TextToken
	}
	return theme.MutedToken
}

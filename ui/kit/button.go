package kit

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"

	"zhanggui/ui/theme"
)

// Button is a button that shows its key in a cap at its right (LOOK §6). The main
// action is primary and stands first; F9 appears once on a screen.
type Button struct {
	pressing
	label   string
	key     Chord
	icon    string
	primary bool
	small   bool
	plain   bool   // no border and ground: 筛选 F4, 列
	why     string // why it is off, shown beside it
}

// NewButton makes a button with a translated label. key may be ""; the button
// only shows it, the screen's layer or the list's action bar listens.
func NewButton(env Env, label string, key Chord, press func()) *Button {
	b := &Button{label: label, key: key}
	b.keys, b.onPress = env.Keys, press
	b.sketched(b, b.size, b.draw)
	return b
}

// Primary makes it the main action.
func (b *Button) Primary() *Button { b.primary = true; return b }

// Small makes it 24 high.
func (b *Button) Small() *Button { b.small = true; return b }

// Plain takes border and ground away.
func (b *Button) Plain() *Button { b.plain, b.small = true, true; return b }

// Icon puts an icon before the word.
func (b *Button) Icon(name string) *Button { b.icon = name; return b }

// SetLabel changes the word ("提交 435 行").
func (b *Button) SetLabel(label string) {
	if b.label != label {
		b.label = label
		b.Refresh()
	}
}

// Label is the word on it.
func (b *Button) Label() string { return b.label }

// SetWhy turns the button off and says why beside it; "" turns it on again.
func (b *Button) SetWhy(why string) {
	if b.why != why || b.off != (why != "") {
		b.why, b.off = why, why != ""
		b.Refresh()
	}
}

// Why is the reason why the button is off, "" when it is on.
func (b *Button) Why() string { return b.why }

func (b *Button) height(m theme.Metrics) float32 {
	if b.small {
		return m.ButtonSmall
	}
	return m.Button
}

func (b *Button) pad(m theme.Metrics) float32 {
	if b.plain {
		return 4 * m.Scale
	}
	return 10 * m.Scale
}

func (b *Button) style(m theme.Metrics) style {
	if b.small {
		return style{size: m.Small, bold: b.primary}
	}
	return style{size: m.Body, bold: b.primary}
}

// body is the width of the button without the reason beside it.
func (b *Button) body(m theme.Metrics) float32 {
	w := 2*b.pad(m) + textWidth(b.label, b.style(m))
	if b.icon != "" {
		w += m.IconStatus + 5*m.Scale
	}
	if b.key != "" {
		w += 7*m.Scale + keyCapWidth(string(b.key), m)
	}
	return w
}

func (b *Button) size(m theme.Metrics) fyne.Size {
	w := b.body(m)
	if b.why != "" {
		w += 8*m.Scale + textWidth(b.why, style{size: m.Small})
	}
	return fyne.NewSize(w, b.height(m))
}

func (b *Button) draw(p *brush, r image.Rectangle) {
	whole := r.Max.X
	r.Max.X = min(r.Max.X, p.px(b.body(p.m)))
	if b.why == "" {
		r.Max.X = whole
	}
	ground, border, ink, cap := b.colours(p)
	radius := p.m.RadiusControl * p.scale
	switch {
	case b.focused:
		p.ring(r, radius, ground)
	case !b.plain:
		p.frame(r, radius, p.line, border, ground)
	case b.hovered && !b.off:
		p.round(r, radius, ground)
	}
	cy := (r.Min.Y + r.Max.Y) / 2
	x := (r.Dx() - p.px(b.body(p.m)-2*b.pad(p.m))) / 2
	if b.icon != "" {
		p.icon(b.icon, p.m.IconStatus, x, cy-p.px(p.m.IconStatus)/2, ink)
		x += p.px(p.m.IconStatus + 5*p.m.Scale)
	}
	x = p.text(b.label, b.style(p.m), x, cy, ink)
	if b.key != "" {
		edge := mix(p.pal.TextMuted, p.pal.Line, 40)
		if b.primary && !b.off {
			edge = mix(cap, ground, 170)
		}
		p.keyCap(string(b.key), x+p.u(7), cy, cap, edge, ground)
	}
	if b.why != "" {
		p.textIn(b.why, p.small(), r.Max.X+p.u(8), whole-r.Max.X-p.u(8), cy, Left, p.pal.TextMuted)
	}
}

func (b *Button) colours(p *brush) (ground, border, ink, cap color.NRGBA) {
	switch {
	case b.off:
		return p.pal.Raised, p.pal.Line, p.pal.TextMuted, p.pal.TextMuted
	case b.primary && b.hovered:
		g := mix(p.pal.Text, p.pal.Primary, 36)
		return g, g, p.pal.OnPrimary, p.pal.OnPrimary
	case b.primary:
		return p.pal.Primary, p.pal.Primary, p.pal.OnPrimary, p.pal.OnPrimary
	case b.hovered:
		return mix(p.pal.Text, p.pal.Raised, 11), p.pal.Line, p.pal.Text, p.pal.TextMuted
	case b.plain:
		return p.pal.Surface, p.pal.Surface, p.pal.TextMuted, p.pal.TextMuted
	}
	return p.pal.Raised, p.pal.Line, p.pal.Text, p.pal.TextMuted
}

// mix lays part/255 of a over b.
func mix(a, b color.NRGBA, part uint32) color.NRGBA {
	one := func(x, y uint8) uint8 { return uint8((uint32(x)*part + uint32(y)*(255-part) + 127) / 255) }
	return color.NRGBA{R: one(a.R, b.R), G: one(a.G, b.G), B: one(a.B, b.B), A: 255}
}

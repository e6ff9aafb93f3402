package kit

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"zhanggui/ui/theme"
)

// SearchBox looks like an empty field and is pressed like a button: the top
// bar's way to the command palette (LOOK §4).
type SearchBox struct {
	pressing
	ghost string
	key   Chord
	width float32
}

// NewSearchBox makes it; ghost is the muted text, key the cap at its right end.
func NewSearchBox(env Env, ghost string, key Chord, width float32, press func()) *SearchBox {
	b := &SearchBox{ghost: ghost, key: key, width: width}
	b.keys, b.onPress = env.Keys, press
	b.sketched(b, func(m theme.Metrics) fyne.Size { return fyne.NewSize(b.width*m.Scale, m.Input) }, b.draw)
	return b
}

// Cursor is the one of a text field.
func (b *SearchBox) Cursor() desktop.Cursor { return desktop.TextCursor }

func (b *SearchBox) draw(p *brush, r image.Rectangle) {
	radius := p.m.RadiusControl * p.scale
	border := p.pal.LineInput
	switch {
	case b.focused:
		p.ring(r, radius, p.pal.Surface)
	case b.hovered:
		p.frame(r, radius, p.line, p.pal.Primary, p.pal.Surface)
	default:
		p.frame(r, radius, p.line, border, p.pal.Surface)
	}
	cy := (r.Min.Y + r.Max.Y) / 2
	cap := p.px(keyCapWidth(string(b.key), p.m))
	p.icon("search", p.m.IconStatus, p.u(9), cy-p.px(p.m.IconStatus)/2, p.pal.TextMuted)
	x := p.u(9) + p.px(p.m.IconStatus) + p.u(7)
	p.textIn(b.ghost, p.small(), x, r.Dx()-x-cap-p.u(16), cy, Left, p.pal.TextMuted)
	p.keyCap(string(b.key), r.Dx()-cap-p.u(8), cy, p.pal.TextMuted, p.pal.Line, p.pal.Surface)
}

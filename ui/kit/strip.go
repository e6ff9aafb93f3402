package kit

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/app/i18n"
	"zhanggui/ui/theme"
)

// Breach is one field of a strip of breaches: a status icon, what it is, how many
// there are, and the way to them (LOOK, home). Tone is the status while there are
// any; none of them is ok and muted. Text replaces the number, for a fact that is
// not counted (how old the backup is).
type Breach struct {
	pressing
	word  string
	tone  theme.Status
	n     int64
	text  string
	known bool
}

// NewBreach makes a field; it shows no number before Set.
func NewBreach(env Env, word string, tone theme.Status, press func()) *Breach {
	b := &Breach{word: word, tone: tone}
	b.keys, b.onPress = env.Keys, press
	b.sketched(b, func(m theme.Metrics) fyne.Size { return fyne.NewSize(90*m.Scale, 44*m.Scale) }, b.draw)
	return b
}

// Set shows how many there are.
func (b *Breach) Set(n int64) { b.SetText(n, "") }

// SetText shows a text in the place of the number; it is a breach when n is not 0.
func (b *Breach) SetText(n int64, text string) {
	b.n, b.text, b.known = n, text, true
	b.Refresh()
}

// SetWord replaces what the field is about.
func (b *Breach) SetWord(word string) {
	if b.word != word {
		b.word = word
		b.Refresh()
	}
}

// N is how many there are.
func (b *Breach) N() int64 { return b.n }

// Shown is the number or text as it stands, "" before it is known.
func (b *Breach) Shown() string {
	switch {
	case !b.known:
		return ""
	case b.text != "":
		return b.text
	}
	return i18n.Count(b.n)
}

// Word is what the field is about.
func (b *Breach) Word() string { return b.word }

func (b *Breach) draw(p *brush, r image.Rectangle) {
	ground := p.pal.Surface
	if b.hovered {
		ground = p.pal.Hover
	}
	p.fill(r, ground)
	if b.focused {
		p.ring(r, p.m.RadiusControl*p.scale, ground)
	}
	cy, x, end := r.Dy()/2, p.u(10), r.Dx()-p.u(10)
	tone, ink := b.tone, p.pal.Text
	if b.n == 0 {
		tone, ink = theme.OK, p.pal.TextMuted
	}
	if !b.known {
		tone = theme.Idle
	}
	status := p.pal.Colour(tone.Token())
	p.icon(string(tone), p.m.IconStatus, x, cy-p.px(p.m.IconStatus)/2, status)
	x += p.px(p.m.IconStatus) + p.u(6)
	number, st := b.text, style{size: p.m.Title}
	if number == "" {
		number = i18n.Count(b.n)
	} else {
		st.size = p.m.Small
	}
	if !b.known {
		number = ""
	}
	if b.n == 0 {
		status = p.pal.TextMuted
	}
	w := p.face(st).pixels(number)
	p.textIn(number, st, end-w, w, cy, Left, status)
	p.textIn(b.word, p.small(), x, end-w-p.u(6)-x, cy, Left, ink)
}

// NewStrip puts fields side by side in one card, equal in width, with hairlines between.
func NewStrip(fields ...*Breach) fyne.CanvasObject {
	objects := make([]fyne.CanvasObject, len(fields))
	for i, f := range fields {
		objects[i] = f
		if i > 0 {
			objects[i] = Edges(nil, nil, NewRule(), nil, f)
		}
	}
	return container.NewStack(newCardGround(), Pad(1, 1, Columns(len(fields), 0, objects...)))
}

package kit

import (
	"image"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"golang.org/x/image/math/fixed"

	"zhanggui/ui/theme"
)

// Across puts objects side by side, centred in height, gap units apart.
func Across(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&lineLayout{gap: gap}, objects...)
}

// Down puts objects under each other at full width, gap units apart.
func Down(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&lineLayout{gap: gap, down: true}, objects...)
}

// Pad keeps v units above and below and h units left and right of an object.
func Pad(v, h float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(&padLayout{v: v, h: h}, o)
}

// Fixed gives an object a fixed size; a side of 0 takes the object's own wish.
func Fixed(w, h float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(&fixedLayout{w: w, h: h}, o)
}

type lineLayout struct {
	gap  float32
	down bool
}

func (l *lineLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	var at float32
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		want := o.MinSize()
		if l.down {
			o.Resize(fyne.NewSize(size.Width, want.Height))
			o.Move(fyne.NewPos(0, at))
			at += want.Height + l.gap
			continue
		}
		o.Resize(want)
		o.Move(fyne.NewPos(at, float32(int((size.Height-want.Height)/2))))
		at += want.Width + l.gap
	}
}

func (l *lineLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var long, wide float32
	n := 0
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		n++
		want := o.MinSize()
		if l.down {
			long, wide = long+want.Height, max(wide, want.Width)
		} else {
			long, wide = long+want.Width, max(wide, want.Height)
		}
	}
	long += l.gap * float32(max(0, n-1))
	if l.down {
		return fyne.NewSize(wide, long)
	}
	return fyne.NewSize(long, wide)
}

type padLayout struct{ v, h float32 }

func (l *padLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.NewPos(l.h, l.v))
		o.Resize(fyne.NewSize(size.Width-2*l.h, size.Height-2*l.v))
	}
}

func (l *padLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var want fyne.Size
	for _, o := range objects {
		want = want.Max(o.MinSize())
	}
	return want.AddWidthHeight(2*l.h, 2*l.v)
}

type fixedLayout struct{ w, h float32 }

func (l *fixedLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.NewPos(0, 0))
		o.Resize(size)
	}
}

func (l *fixedLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var want fyne.Size
	for _, o := range objects {
		if o.Visible() {
			want = want.Max(o.MinSize())
		}
	}
	if l.w > 0 {
		want.Width = l.w
	}
	if l.h > 0 {
		want.Height = l.h
	}
	return want
}

// Paragraph is a text of several lines in body size that breaks at its width:
// Han anywhere, Latin between words.
type Paragraph struct {
	sketch
	text  string
	token theme.Token
	small bool
	width float32 // the width its height was worked out for
}

// paragraphWidth is what a paragraph supposes before it was laid out: the inside of a dialog.
const paragraphWidth = 528

// NewParagraph makes a paragraph.
func NewParagraph(text string) *Paragraph {
	t := &Paragraph{text: text}
	t.sketched(t, t.min, t.draw)
	return t
}

// Small makes it 12 px and muted.
func (t *Paragraph) Small() *Paragraph { t.small, t.token = true, theme.MutedToken; return t }

// In gives it a colour.
func (t *Paragraph) In(token theme.Token) *Paragraph { t.token = token; return t }

// SetText replaces the text.
func (t *Paragraph) SetText(text string) {
	t.text = text
	t.Refresh()
}

// Text is the whole text.
func (t *Paragraph) Text() string { return t.text }

// Resize keeps the width in mind for the height.
func (t *Paragraph) Resize(size fyne.Size) {
	t.width = size.Width
	t.sketch.Resize(size)
}

func (t *Paragraph) style(m theme.Metrics) style {
	if t.small {
		return style{size: m.Small}
	}
	return style{size: m.Body}
}

func (t *Paragraph) min(m theme.Metrics) fyne.Size {
	w := t.width
	if w < 40 {
		w = paragraphWidth
	}
	n := len(t.lines(m, w))
	return fyne.NewSize(40, float32(n)*lineHeight(t.style(m)))
}

func lineHeight(st style) float32 { return float32(int(st.size*1.55 + 0.5)) }

func (t *Paragraph) lines(m theme.Metrics, width float32) []string {
	st := t.style(m)
	return wrap(sharedTypeset().face(theme.Current().Font(fyne.TextStyle{}), st.size, false), t.text, width)
}

func (t *Paragraph) draw(p *brush, r image.Rectangle) {
	st := t.style(p.m)
	f := p.types.face(p.fonts[0], st.size, false)
	h := p.px(lineHeight(st))
	for i, line := range wrap(f, t.text, t.Size().Width) {
		p.text(line, st, 0, i*h+h/2, p.pal.Colour(t.token))
	}
}

// wrap breaks a text into lines of at most width units. f is the face at scale 1.
func wrap(f *face, text string, width float32) []string {
	f.types.mu.Lock()
	defer f.types.mu.Unlock()
	var lines []string
	room := fixed.Int26_6(width * 64)
	for _, para := range strings.Split(text, "\n") {
		lines = append(lines, wrapLine(f, []rune(para), room)...)
	}
	return lines
}

func wrapLine(f *face, runes []rune, room fixed.Int26_6) []string {
	var lines []string
	start, brk := 0, 0 // brk: where the line may be broken
	var w fixed.Int26_6
	for i := 0; i < len(runes); i++ {
		if i > start && mayBreak(runes[i-1], runes[i]) {
			brk = i
		}
		if w += f.width(runes[i]); w <= room || i == start {
			continue
		}
		if brk <= start {
			brk = i
		}
		lines = append(lines, strings.TrimRight(string(runes[start:brk]), " "))
		start, i, w = brk, brk-1, 0
	}
	return append(lines, string(runes[start:]))
}

// mayBreak tells whether a line may end between two runes: around Han, after a
// blank, but never before closing or after opening punctuation.
func mayBreak(a, b rune) bool {
	const closing, opening = "，。、；：？！）》”’…％%)]}", "（《“‘([{"
	if strings.ContainsRune(closing, b) || strings.ContainsRune(opening, a) {
		return false
	}
	return a == ' ' || a >= 0x2E80 || b >= 0x2E80
}

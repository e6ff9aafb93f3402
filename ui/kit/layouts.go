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

// Columns puts objects into n equal columns, gap units apart.
func Columns(n int, gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&columnsLayout{n: max(1, n), gap: gap}, objects...)
}

// Edges puts objects at the four edges and one into the rest, without Fyne's
// padding between them. Any of them may be nil.
func Edges(top, bottom, left, right, center fyne.CanvasObject) *fyne.Container {
	l := &edgeLayout{top: top, bottom: bottom, left: left, right: right, center: center}
	var all []fyne.CanvasObject
	for _, o := range []fyne.CanvasObject{center, left, right, top, bottom} {
		if o != nil {
			all = append(all, o)
		}
	}
	return container.New(l, all...)
}

type edgeLayout struct{ top, bottom, left, right, center fyne.CanvasObject }

// tall gives an object a width and the height that it wants there. What breaks
// into lines knows its height only when it has its width.
func tall(o fyne.CanvasObject, width float32) float32 {
	h := o.MinSize().Height
	o.Resize(fyne.NewSize(width, h))
	if again := o.MinSize().Height; again != h {
		h = again
		o.Resize(fyne.NewSize(width, h))
	}
	return h
}

func seen(o fyne.CanvasObject) bool { return o != nil && o.Visible() }

func (l *edgeLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	var y, end, x, right float32 = 0, size.Height, 0, size.Width
	put := func(o fyne.CanvasObject, x, y, w, h float32) {
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(max(0, w), max(0, h)))
	}
	if seen(l.top) {
		l.top.Move(fyne.NewPos(0, 0))
		y = tall(l.top, size.Width)
	}
	if seen(l.bottom) {
		h := l.bottom.MinSize().Height
		end -= h
		put(l.bottom, 0, end, size.Width, h)
	}
	if seen(l.left) {
		x = l.left.MinSize().Width
		put(l.left, 0, y, x, end-y)
	}
	if seen(l.right) {
		w := l.right.MinSize().Width
		right -= w
		put(l.right, right, y, w, end-y)
	}
	if seen(l.center) {
		put(l.center, x, y, right-x, end-y)
	}
}

func (l *edgeLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	var want fyne.Size
	for _, o := range []fyne.CanvasObject{l.left, l.center, l.right} {
		if seen(o) {
			want.Width += o.MinSize().Width
			want.Height = max(want.Height, o.MinSize().Height)
		}
	}
	for _, o := range []fyne.CanvasObject{l.top, l.bottom} {
		if seen(o) {
			want.Height += o.MinSize().Height
			want.Width = max(want.Width, o.MinSize().Width)
		}
	}
	return want
}

// Pad keeps v units above and below and h units left and right of an object.
func Pad(v, h float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(&padLayout{v: v, h: h}, o)
}

// AtMost gives an object the width there is, up to most; it stands at the left,
// in the middle of the height.
func AtMost(most float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(atMost(most), o)
}

type atMost float32

func (most atMost) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		h := o.MinSize().Height
		o.Resize(fyne.NewSize(min(size.Width, float32(most)), h))
		o.Move(fyne.NewPos(0, float32(int((size.Height-h)/2))))
	}
}

func (most atMost) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var h float32
	for _, o := range objects {
		h = max(h, o.MinSize().Height)
	}
	return fyne.NewSize(float32(most)/3, h)
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
		if l.down {
			o.Move(fyne.NewPos(0, at))
			at += tall(o, size.Width) + l.gap
			continue
		}
		want := o.MinSize()
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

type columnsLayout struct {
	n   int
	gap float32
}

func (l *columnsLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	w := (size.Width - l.gap*float32(l.n-1)) / float32(l.n)
	rows := (len(objects) + l.n - 1) / l.n
	h := (size.Height - l.gap*float32(max(0, rows-1))) / float32(max(1, rows))
	for i, o := range objects {
		left := float32(int((w + l.gap) * float32(i%l.n)))
		right := float32(int((w+l.gap)*float32(i%l.n) + w))
		o.Move(fyne.NewPos(left, (h+l.gap)*float32(i/l.n)))
		o.Resize(fyne.NewSize(right-left, h))
	}
}

func (l *columnsLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var want fyne.Size
	for _, o := range objects {
		want = want.Max(o.MinSize())
	}
	rows := (len(objects) + l.n - 1) / l.n
	return fyne.NewSize(want.Width*float32(l.n)+l.gap*float32(l.n-1), want.Height*float32(rows)+l.gap*float32(max(0, rows-1)))
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
	usual float32 // what is supposed before it was laid out
}

// paragraphWidth is what a paragraph supposes before it was laid out: the inside of a dialog.
const paragraphWidth = 528

// NewParagraph makes a paragraph.
func NewParagraph(text string) *Paragraph {
	t := &Paragraph{text: text, usual: paragraphWidth}
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
		w = t.usual
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

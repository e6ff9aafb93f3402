package kit

import (
	"image"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"zhanggui/app/i18n"
	"zhanggui/ui/theme"
)

// Label is one line of text in a size and colour of LOOK §2. It is cut with an
// ellipsis when its place is too narrow. Several parts stand side by side, each in
// its own colour.
type Label struct {
	sketch
	parts  []Part
	size   func(m theme.Metrics) float32
	align  Align
	narrow bool // may be cut: asks for no width
}

// Part is a piece of a line: a text or an icon in one colour.
type Part struct {
	Text    string
	Icon    string
	Channel string      // code of a channel: its dot before the text
	Token   theme.Token // "" is text
	Bold    bool
	Gap     float32 // units before it; 0 is 6, negative none
}

// NewLabel makes a line of body text.
func NewLabel(text string) *Label { return NewLine(Part{Text: text}) }

// NewLine makes a line of parts in body size.
func NewLine(parts ...Part) *Label {
	l := &Label{parts: parts, size: func(m theme.Metrics) float32 { return m.Body }}
	l.sketched(l, l.min, l.draw)
	return l
}

// Small makes it 12 px and muted unless a part has a colour; Tiny 11, Pane 15 Medium, Title 16 Medium, Big 20, Huge 24 Medium.
func (l *Label) Small() *Label { return l.as(func(m theme.Metrics) float32 { return m.Small }, false) }

// Tiny makes it 11 px.
func (l *Label) Tiny() *Label { return l.as(func(m theme.Metrics) float32 { return m.Tiny }, false) }

// Pane makes it a pane's title: 15 Medium.
func (l *Label) Pane() *Label { return l.as(func(m theme.Metrics) float32 { return m.Pane }, true) }

// Title makes it a screen's title: 16 Medium.
func (l *Label) Title() *Label { return l.as(func(m theme.Metrics) float32 { return m.Title }, true) }

// Big makes it a number in a pane: 20.
func (l *Label) Big() *Label { return l.as(func(m theme.Metrics) float32 { return m.Heading }, false) }

// Huge makes it a tile's value: 24 Medium.
func (l *Label) Huge() *Label { return l.as(func(m theme.Metrics) float32 { return m.Tile }, true) }

// Px makes it any size of LOOK §2 (the pack station's 22 to 64).
func (l *Label) Px(size float32) *Label {
	return l.as(func(m theme.Metrics) float32 { return size * m.Scale }, false)
}

// Bold makes all parts Medium.
func (l *Label) Bold() *Label {
	for i := range l.parts {
		l.parts[i].Bold = true
	}
	return l
}

// Muted makes the parts without a colour muted.
func (l *Label) Muted() *Label { return l.In(theme.MutedToken) }

// In gives the parts without a colour this one.
func (l *Label) In(t theme.Token) *Label {
	for i := range l.parts {
		if l.parts[i].Token == "" {
			l.parts[i].Token = t
		}
	}
	return l
}

// Align moves the text in a wider place.
func (l *Label) Align(a Align) *Label { l.align = a; return l }

// Narrow lets the label be cut: it asks for no width of its own.
func (l *Label) Narrow() *Label { l.narrow = true; return l }

func (l *Label) as(size func(m theme.Metrics) float32, bold bool) *Label {
	l.size = size
	if bold {
		l.Bold()
	}
	return l
}

// SetText replaces the text of the first part.
func (l *Label) SetText(text string) {
	if len(l.parts) == 0 {
		l.parts = []Part{{}}
	}
	if l.parts[0].Text != text {
		l.parts[0].Text = text
		l.Refresh()
	}
}

// SetParts replaces all parts.
func (l *Label) SetParts(parts ...Part) {
	l.parts = parts
	l.Refresh()
}

// Text is the whole line as text.
func (l *Label) Text() string {
	var words []string
	for _, p := range l.parts {
		if p.Text != "" {
			words = append(words, p.Text)
		}
	}
	return strings.Join(words, " ")
}

// Icon is the line's first icon, "" for none.
func (l *Label) Icon() string {
	for _, p := range l.parts {
		if p.Icon != "" {
			return p.Icon
		}
	}
	return ""
}

func (l *Label) min(m theme.Metrics) fyne.Size {
	size := l.size(m)
	h := float32(int(size*1.45 + 0.99))
	if l.narrow {
		return fyne.NewSize(10, h)
	}
	return fyne.NewSize(partsWidth(l.parts, size, m), h)
}

// partsWidth is the width of parts side by side, in units.
func partsWidth(parts []Part, size float32, m theme.Metrics) float32 {
	var w float32
	for i, p := range parts {
		w += p.gap(i)
		if p.Channel != "" {
			w += 8*m.Scale + iconGap(p)
		}
		if p.Icon != "" {
			w += m.IconStatus + iconGap(p)
		}
		w += textWidth(p.Text, style{size: size, bold: p.Bold})
	}
	return w
}

func (p Part) gap(i int) float32 {
	switch {
	case p.Gap > 0:
		return p.Gap
	case i == 0 || p.Gap < 0:
		return 0
	}
	return 6
}

func iconGap(p Part) float32 {
	if p.Text == "" {
		return 0
	}
	return 5
}

func (l *Label) draw(p *brush, r image.Rectangle) {
	x, free := 0, r.Dx()-p.px(l.wide(p.m))
	switch l.align {
	case Right:
		x = max(0, free)
	case Center:
		x = max(0, free/2)
	}
	p.parts(l.parts, l.size(p.m), x, r.Max.X, r.Dy()/2, theme.TextToken)
}

// parts draws parts side by side from x, cut at end; plain is the colour of parts without one.
func (p *brush) parts(parts []Part, size float32, x, end, cy int, plain theme.Token) {
	for i, part := range parts {
		x += p.px(part.gap(i))
		token := part.Token
		if token == "" {
			token = plain
		}
		ink := p.pal.Colour(token)
		if part.Channel != "" {
			n := p.u(8)
			p.round(image.Rect(x, cy-n/2, x+n, cy-n/2+n), 2*p.scale, theme.Channel(part.Channel))
			x += p.u(8) + p.px(iconGap(part))
		}
		if part.Icon != "" {
			p.icon(part.Icon, p.m.IconStatus, x, cy-p.px(p.m.IconStatus)/2, ink)
			x += p.px(p.m.IconStatus + iconGap(part))
		}
		_, x = p.textIn(part.Text, style{size: size, bold: part.Bold}, x, end-x, cy, Left, ink)
	}
}

func (l *Label) wide(m theme.Metrics) float32 {
	narrow := l.narrow
	l.narrow = false
	w := l.min(m).Width
	l.narrow = narrow
	return w
}

// Join puts facts into one line with the separator of LOOK §10; empty ones are left out.
func Join(facts ...string) string { return i18n.Join(facts...) }

// PillView is a status pill outside of a grid.
type PillView struct {
	sketch
	cell Cell
}

// NewPill makes a status pill.
func NewPill(tone theme.Status, word string) *PillView { return newPillView(Pill(tone, word)) }

// NewStockPill makes a stock level pill.
func NewStockPill(level StockLevel, word string) *PillView {
	return newPillView(StockPill(level, word))
}

func newPillView(c Cell) *PillView {
	v := &PillView{cell: c}
	v.sketched(v, func(m theme.Metrics) fyne.Size {
		return fyne.NewSize(28*m.Scale+textWidth(v.cell.text, style{size: m.Small}), m.Pill)
	}, func(p *brush, r image.Rectangle) {
		if v.cell.kind == cellLevel {
			p.stockPill(&v.cell, 0, r.Dx(), r.Dy()/2)
			return
		}
		p.pill(&v.cell, 0, r.Dx(), r.Dy()/2)
	})
	return v
}

// Set changes status and word.
func (v *PillView) Set(tone theme.Status, word string) {
	v.cell = Pill(tone, word)
	v.Refresh()
}

// Word is what the pill says.
func (v *PillView) Word() string { return v.cell.text }

// Ground is a plain area of the window: a fill with an optional border.
type Ground struct {
	widget.BaseWidget
	box    *canvas.Rectangle
	fill   func(p *theme.Palette) colour
	border func(p *theme.Palette) colour
	radius float32
	stroke float32
}

// NewSurface is white paper without a border: tables, panes, bars.
func NewSurface() *Ground { return newGround(func(p *theme.Palette) colour { return p.Surface }) }

// NewRaised is the ground of headers and footers.
func NewRaised() *Ground { return newGround(func(p *theme.Palette) colour { return p.Raised }) }

// NewBackground is the ground between cards.
func NewBackground() *Ground {
	return newGround(func(p *theme.Palette) colour { return p.Background })
}

// NewRule is a hairline of the given direction's thickness 1.
func NewRule() *Ground {
	g := newGround(func(p *theme.Palette) colour { return p.Line })
	g.box.SetMinSize(fyne.NewSize(1, 1))
	return g
}

// NewTint is the ground of a status: a buyer's note on urgent tint.
func NewTint(s theme.Status) *Ground {
	g := newGround(func(p *theme.Palette) colour { return p.Status(s).Tint })
	g.radius = 4
	return g
}

func newCardGround() *Ground {
	g := NewSurface()
	g.border, g.radius, g.stroke = func(p *theme.Palette) colour { return p.Line }, 6, 1
	return g
}

func newGround(fill func(p *theme.Palette) colour) *Ground {
	g := &Ground{fill: fill, box: canvas.NewRectangle(nil)}
	g.ExtendBaseWidget(g)
	return g
}

// CreateRenderer shows the rectangle.
func (g *Ground) CreateRenderer() fyne.WidgetRenderer {
	g.colour()
	return &groundRenderer{WidgetRenderer: widget.NewSimpleRenderer(g.box), g: g}
}

func (g *Ground) colour() {
	pal := theme.Current().Palette()
	g.box.FillColor = g.fill(pal)
	g.box.CornerRadius = g.radius
	if g.border != nil {
		g.box.StrokeColor, g.box.StrokeWidth = g.border(pal), g.stroke
	}
}

type groundRenderer struct {
	fyne.WidgetRenderer
	g *Ground
}

func (r *groundRenderer) Refresh() {
	r.g.colour()
	r.g.box.Refresh()
}

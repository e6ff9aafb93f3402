package kit

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/ui/theme"
)

// Suggestion is one line of a palette. Texts are translated.
type Suggestion struct {
	ID    string // for tests: "palette#<id>"
	Group string // heading over the first of a group
	Icon  string
	Title string
	Note  string // muted, behind the title
	Far   string // muted, at the right end
	Key   Chord  // a key cap at the right end
	Do    func() // Enter or a click, after the palette has closed
}

// PaletteSpec is what a palette is made of. Suggest is called with the text at
// each change, and once with "" at the start; it calls show when it knows what to
// suggest. What comes for a text that has changed since is dropped.
type PaletteSpec struct {
	Ghost   string
	Suggest func(text string, show func(list []Suggestion))
	Nothing Empty // said when nothing matches
}

// Sizes of the palette (LOOK §4; the input is 20 px).
const (
	paletteWide = 640
	paletteTall = 48 // of the input
	paletteMost = 15 // lines in sight, headings counted
	paletteTop  = 76
)

// Palette is one input over the window with suggestions under it.
type Palette struct {
	env     Env
	spec    PaletteSpec
	over    *overlay
	input   *bigEntry
	list    *paletteList
	state   *State
	body    *fyne.Container
	pending bool // what is shown is not for the text that stands there
	eager   bool // Enter was pressed meanwhile
}

// OpenPalette shows a palette.
func OpenPalette(env Env, spec PaletteSpec) *Palette {
	p := &Palette{env: env, spec: spec, state: NewState(env)}
	p.input = newBigEntry(env, spec.Ghost)
	p.input.OnChanged = func(string) { p.ask() }
	p.input.OnEnter = func(string) { p.enter() }
	p.list = newPaletteList(func(i int) { p.take(i) })
	hint := NewLabel(env.T("kit.palette.keys")).Tiny().Muted()
	m := theme.Current().Metrics()
	p.body = container.NewStack(newDialogGround(), Edges(
		Pad(8, 8, container.NewThemeOverride(ID(p.input, "palette.input"), largeText{20, 9, 18})),
		Fixed(0, 26*m.Scale, Edges(NewRule(), nil, nil, nil, Pad(0, 14, hint))),
		nil, nil, container.NewStack(ID(p.list, "palette"), p.state.object)))
	p.over = openOverlay(env, "palette", p.body, true, p.Close, func(window, box fyne.Size) (fyne.Position, fyne.Size) {
		w := min(paletteWide*m.Scale, window.Width-24)
		return fyne.NewPos(float32(int((window.Width-w)/2)), paletteTop), fyne.NewSize(w, min(box.Height, window.Height-paletteTop-12))
	})
	l := p.over.layer
	l.On("Esc", p.Close)
	l.On("Ctrl+K", p.Close)
	l.On("Enter", p.enter)
	for c, by := range map[Chord]int{"Up": -1, "Down": 1, "PgUp": -paletteMost + 3, "PgDn": paletteMost - 3} {
		l.On(c, func() { p.list.move(by) })
	}
	p.over.canvas.Focus(p.input)
	p.ask()
	return p
}

// Close takes the palette away.
func (p *Palette) Close() { p.over.close() }

// Shown are the suggestions in sight, for tests.
func (p *Palette) Shown() []Suggestion { return p.list.items }

// At is the index of the chosen suggestion, -1 for none.
func (p *Palette) At() int { return p.list.at }

// ask asks for suggestions for the text as it stands.
func (p *Palette) ask() {
	text := p.input.Text
	p.pending, p.eager = true, false
	p.spec.Suggest(text, func(list []Suggestion) {
		if p.over.closed || text != p.input.Text {
			return
		}
		p.show(list)
	})
}

func (p *Palette) show(list []Suggestion) {
	p.pending = false
	p.list.set(list)
	if len(list) == 0 && p.input.Text != "" {
		p.state.Empty(p.spec.Nothing)
	} else {
		p.state.None()
	}
	p.over.relay()
	if p.eager && len(list) > 0 {
		p.take(0)
	}
}

// enter takes the chosen suggestion. When what stands there is not answered yet
// the first one is taken as soon as it comes: a scanner's Enter follows at once.
func (p *Palette) enter() {
	if p.pending {
		p.eager = true
		return
	}
	p.take(p.list.at)
}

func (p *Palette) take(i int) {
	if i < 0 || i >= len(p.list.items) {
		return
	}
	do := p.list.items[i].Do
	p.Close()
	if do != nil {
		do()
	}
}

// bigEntry is the input of 20 px.
type bigEntry struct{ Entry }

func newBigEntry(env Env, ghost string) *bigEntry {
	e := &bigEntry{}
	e.keys = env.Keys
	e.PlaceHolder = ghost
	e.Wrapping, e.Scroll = fyne.TextWrapOff, fyne.ScrollHorizontalOnly
	e.Icon = theme.Current().Palette().Icon("search", theme.MutedToken)
	e.ExtendBaseWidget(e)
	return e
}

// MinSize is the height of the palette's input.
func (e *bigEntry) MinSize() fyne.Size {
	return fyne.NewSize(200, paletteTall*theme.Current().Metrics().Scale)
}

// paletteLine is a line as drawn: a heading, or an item.
type paletteLine struct {
	heading string
	item    int
}

// paletteList draws the suggestions.
type paletteList struct {
	sketch
	items []Suggestion
	lines []paletteLine
	at    int
	from  int // first line in sight
	take  func(i int)
}

func newPaletteList(take func(i int)) *paletteList {
	l := &paletteList{take: take, at: -1}
	l.sketched(l, l.size, l.draw)
	return l
}

func (l *paletteList) set(items []Suggestion) {
	l.items, l.lines, l.from, l.at = items, nil, 0, -1
	group := ""
	for i, it := range items {
		if it.Group != group {
			group = it.Group
			l.lines = append(l.lines, paletteLine{heading: group, item: -1})
		}
		l.lines = append(l.lines, paletteLine{item: i})
	}
	if len(items) > 0 {
		l.at = 0
	}
	l.Refresh()
}

func (l *paletteList) move(by int) {
	if len(l.items) == 0 {
		return
	}
	l.at = min(max(0, l.at+by), len(l.items)-1)
	for n, line := range l.lines {
		if line.item != l.at {
			continue
		}
		if first := n; first > 0 && l.lines[first-1].item < 0 {
			l.from = min(l.from, first-1) // its heading comes along
		}
		l.from = max(min(l.from, n), n-paletteMost+1)
	}
	l.Refresh()
}

func (l *paletteList) size(m theme.Metrics) fyne.Size {
	n := min(len(l.lines), paletteMost)
	if n == 0 {
		return fyne.NewSize(200, 130*m.Scale) // room for what is said of nothing
	}
	return fyne.NewSize(200, float32(n)*m.Row+6)
}

func (l *paletteList) draw(p *brush, r image.Rectangle) {
	for n := range min(len(l.lines)-l.from, paletteMost) {
		line := l.lines[l.from+n]
		row := image.Rect(r.Min.X+p.line, p.px(float32(n)*p.m.Row), r.Max.X-p.line, p.px(float32(n+1)*p.m.Row))
		if line.item < 0 {
			p.textIn(line.heading, p.small(), p.u(16), r.Dx()-p.u(32), (row.Min.Y+row.Max.Y)/2+p.u(2), Left, p.pal.TextMuted)
			continue
		}
		l.item(p, row, l.items[line.item], line.item == l.at)
	}
	l.bar(p, r)
}

// bar shows where in a long list one is.
func (l *paletteList) bar(p *brush, r image.Rectangle) {
	if len(l.lines) <= paletteMost {
		return
	}
	h := p.px(float32(paletteMost) * p.m.Row)
	top, tall := h*l.from/len(l.lines), h*paletteMost/len(l.lines)
	p.round(image.Rect(r.Max.X-p.u(6), top, r.Max.X-p.u(2), top+tall), 2*p.scale, p.pal.Track)
}

func (l *paletteList) item(p *brush, row image.Rectangle, it Suggestion, chosen bool) {
	if chosen {
		p.fill(row, p.pal.Selected)
		p.fill(image.Rect(row.Min.X, row.Min.Y, row.Min.X+p.u(3), row.Max.Y), p.pal.Primary)
	}
	cy, x, end := (row.Min.Y+row.Max.Y)/2, p.u(16), row.Max.X-p.u(14)
	if it.Icon != "" {
		p.icon(it.Icon, p.m.Icon, x, cy-p.px(p.m.Icon)/2, p.pal.TextMuted)
	}
	x += p.px(p.m.Icon) + p.u(10)
	if it.Key != "" {
		end -= p.px(keyCapWidth(string(it.Key), p.m))
		p.keyCap(string(it.Key), end, cy, p.pal.TextMuted, p.pal.Line, p.pal.Surface)
		end -= p.u(10)
	}
	if it.Far != "" {
		from, _ := p.textIn(it.Far, p.small(), max(x, end-p.u(170)), min(p.u(170), end-x), cy, Right, p.pal.TextMuted)
		end = from - p.u(12)
	}
	_, x = p.textIn(it.Title, p.body(), x, end-x, cy, Left, p.pal.Text)
	if x += p.u(12); it.Note != "" && x < end {
		p.textIn(it.Note, p.small(), x, end-x, cy, Left, p.pal.TextMuted)
	}
}

// row is the item under a height, -1 for none.
func (l *paletteList) row(y float32) int {
	n := l.from + int(y/theme.Current().Metrics().Row)
	if y < 0 || n >= len(l.lines) || n >= l.from+paletteMost {
		return -1
	}
	return l.lines[n].item
}

// Tapped takes the item under the pointer.
func (l *paletteList) Tapped(ev *fyne.PointEvent) {
	if i := l.row(ev.Position.Y); i >= 0 {
		l.take(i)
	}
}

// Scrolled moves through a long list.
func (l *paletteList) Scrolled(ev *fyne.ScrollEvent) {
	switch {
	case ev.Scrolled.DY < 0:
		l.move(1)
	case ev.Scrolled.DY > 0:
		l.move(-1)
	}
}

// Part tells where the item of an id stands.
func (l *paletteList) Part(name string) (fyne.Position, fyne.Size, bool) {
	h := theme.Current().Metrics().Row
	for n, line := range l.lines {
		if line.item >= 0 && l.items[line.item].ID == name && n >= l.from && n < l.from+paletteMost {
			return fyne.NewPos(0, float32(n-l.from)*h), fyne.NewSize(l.Size().Width, h), true
		}
	}
	return fyne.Position{}, fyne.Size{}, false
}

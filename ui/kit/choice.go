package kit

import (
	"image"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/ui/theme"
)

// Item is one entry of a choice: its value and its translated word.
type Item struct {
	Value  string
	Word   string
	Ticked bool // a tick before the word (the column menu)
}

// Choice is a drop-down (LOOK §6: raised, line border). Enter, Space or ↓ opens
// it; letters jump; closed, ↑ ↓ with Alt is not needed: it opens at once.
type Choice struct {
	pressing
	env     Env
	items   []Item
	value   string
	icon    string
	wide    float32
	bad     bool
	strong  bool // narrows what is seen: not to be overlooked
	changed func(value string)
	menu    *menu
}

// NewChoice makes a drop-down; changed may be nil.
func NewChoice(env Env, items []Item, value string, changed func(value string)) *Choice {
	c := &Choice{env: env, items: items, value: value, changed: changed, wide: 112}
	c.keys = env.Keys
	c.onPress = c.open
	c.sketched(c, func(m theme.Metrics) fyne.Size { return fyne.NewSize(c.wide*m.Scale, m.Input) }, c.draw)
	return c
}

// Wide sets the width in units.
func (c *Choice) Wide(w float32) *Choice { c.wide = w; return c }

// Fit makes it wide enough for the longest word to choose, and at least least
// wide; other languages have longer ones.
func (c *Choice) Fit(least float32) *Choice {
	m := theme.Current().Metrics()
	c.wide = least
	for _, it := range c.items {
		c.wide = max(c.wide, choiceMargins+1+textWidth(it.Word, style{size: m.Body})/m.Scale)
	}
	return c
}

// choiceMargins is what stands beside the word: 10 before it, the arrow behind.
const choiceMargins = 10 + 12 + 14

// Icon puts an icon before the word (the calendar of a date choice).
func (c *Choice) Icon(name string) *Choice { c.icon = name; return c }

// Value is the chosen value.
func (c *Choice) Value() string { return c.value }

// Set chooses a value without telling.
func (c *Choice) Set(value string) {
	c.value = value
	c.Refresh()
}

// SetItems replaces what can be chosen.
func (c *Choice) SetItems(items []Item) {
	c.items = items
	c.Refresh()
}

// SetBad marks the value as wrong, or as right again.
func (c *Choice) SetBad(bad bool) {
	c.bad = bad
	c.Refresh()
}

// SetStrong marks that the choice narrows what the screen shows.
func (c *Choice) SetStrong(on bool) {
	c.strong = on
	c.Refresh()
}

// Pick chooses a value as a person would.
func (c *Choice) Pick(value string) {
	if c.value == value {
		return
	}
	c.Set(value)
	if c.changed != nil {
		c.changed(value)
	}
}

// TypedKey opens by Enter, Space and ↓; letters pick the next word that begins so.
func (c *Choice) TypedKey(ev *fyne.KeyEvent) {
	switch MakeChord(ev.Name, c.keys.Mods()) {
	case "Enter", "Space", "Down":
		c.Press()
	default:
		c.keys.Key(ev)
	}
}

func (c *Choice) word() string {
	for _, it := range c.items {
		if it.Value == c.value {
			return it.Word
		}
	}
	return c.value
}

func (c *Choice) draw(p *brush, r image.Rectangle) {
	ground := p.pal.Raised
	radius := p.m.RadiusControl * p.scale
	switch {
	case c.bad:
		p.frame(r, radius, p.line, p.pal.Status(theme.Urgent).Ink, ground)
	case c.focused || c.menu != nil:
		p.ring(r, radius, ground)
	case c.strong:
		p.frame(r, radius, p.line, p.pal.Primary, p.pal.Selected)
	default:
		p.frame(r, radius, p.line, p.pal.Line, ground)
	}
	cy, x, n := r.Dy()/2, p.u(10), p.u(12)
	if c.icon != "" {
		p.icon(c.icon, p.m.IconStatus, x, cy-p.px(p.m.IconStatus)/2, p.pal.TextMuted)
		x += p.px(p.m.IconStatus + 6)
	}
	ink := p.pal.Text
	if c.off {
		ink = p.pal.TextMuted
	}
	p.textIn(c.word(), p.body(), x, r.Dx()-x-n-p.u(14), cy, Left, ink)
	p.icon("down", 12*p.m.Scale, r.Dx()-n-p.u(8), cy-n/2, p.pal.TextMuted)
}

func (c *Choice) open() {
	c.menu = openMenu(c.env, c, c.items, c.value, c.Pick, func() {
		c.menu = nil
		c.Refresh()
	})
	c.Refresh()
}

// menu is the open list of a choice.
type menu struct {
	sketch
	items  []Item
	marked bool // room for ticks
	at     int
	from   int // first item in sight
	over   *overlay
	pick   func(value string)
}

// menuMost is how many items are in sight at once.
const menuMost = 14

// openMenu shows items under (or over) an object and calls pick for the one taken.
func openMenu(env Env, under fyne.CanvasObject, items []Item, value string, pick func(value string), ended func()) *menu {
	m := &menu{items: items, pick: pick}
	for i, it := range items {
		if it.Value == value {
			m.at = i
		}
		m.marked = m.marked || it.Ticked
	}
	m.sketched(m, m.size, m.draw)
	anchor := fyne.CurrentApp().Driver().AbsolutePositionForObject(under)
	box := container.NewStack(m)
	m.over = openOverlay(env, "menu", box, false, func() { m.over.close() }, func(window, want fyne.Size) (fyne.Position, fyne.Size) {
		w := max(want.Width, under.Size().Width)
		y := anchor.Y + under.Size().Height + 2
		if y+want.Height > window.Height-4 {
			y = max(4, anchor.Y-want.Height-2)
		}
		return fyne.NewPos(min(anchor.X, max(4, window.Width-w-4)), y), fyne.NewSize(w, want.Height)
	})
	m.over.onEnd = ended
	m.bind()
	m.move(0)
	return m
}

func (m *menu) bind() {
	l := m.over.layer
	l.On("Esc", m.over.close)
	l.On("Tab", m.over.close)
	l.On("Enter", func() { m.take(m.at) })
	l.On("Space", func() { m.take(m.at) })
	for c, by := range map[Chord]int{"Up": -1, "Down": 1, "PgUp": -menuMost, "PgDn": menuMost, "Home": -len(m.items), "End": len(m.items)} {
		l.On(c, func() { m.move(by) })
	}
	for r := 'A'; r <= 'Z'; r++ {
		l.On(Chord(string(r)), func() { m.jump(string(r)) })
	}
	for r := '0'; r <= '9'; r++ {
		l.On(Chord(string(r)), func() { m.jump(string(r)) })
	}
}

func (m *menu) move(by int) {
	m.at = min(max(0, m.at+by), len(m.items)-1)
	if m.at < m.from {
		m.from = max(0, m.at)
	}
	if m.at >= m.from+menuMost {
		m.from = m.at - menuMost + 1
	}
	m.Refresh()
}

// jump goes to the next item that begins with a letter, by word or value.
func (m *menu) jump(letter string) {
	for i := 1; i <= len(m.items); i++ {
		it := m.items[(m.at+i)%len(m.items)]
		if hasPrefixFold(it.Word, letter) || hasPrefixFold(it.Value, letter) {
			m.move((m.at+i)%len(m.items) - m.at)
			return
		}
	}
}

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

func (m *menu) take(i int) {
	m.over.close()
	if i >= 0 && i < len(m.items) {
		m.pick(m.items[i].Value)
	}
}

func (m *menu) size(t theme.Metrics) fyne.Size {
	var w float32 = 80
	for _, it := range m.items {
		w = max(w, textWidth(it.Word, style{size: t.Body})+28*t.Scale)
	}
	if m.marked {
		w += 18 * t.Scale
	}
	return fyne.NewSize(w, float32(min(len(m.items), menuMost))*t.Row+8)
}

func (m *menu) draw(p *brush, r image.Rectangle) {
	p.frame(r, p.m.RadiusCard*p.scale, p.line, p.pal.Line, p.pal.Surface)
	for n := range min(len(m.items), menuMost) {
		i := m.from + n
		top := p.px(4 + float32(n)*p.m.Row)
		row := image.Rect(p.line, top, r.Dx()-p.line, p.px(4+float32(n+1)*p.m.Row))
		if i == m.at {
			p.fill(row, p.pal.Selected)
			p.fill(image.Rect(row.Min.X, row.Min.Y, row.Min.X+p.u(3), row.Max.Y), p.pal.Primary)
		}
		x, cy := p.u(12), (row.Min.Y+row.Max.Y)/2
		if m.marked {
			if m.items[i].Ticked {
				p.icon("check", 12*p.m.Scale, x, cy-p.u(6), p.pal.Primary)
			}
			x += p.u(18)
		}
		p.textIn(m.items[i].Word, p.body(), x, r.Dx()-x-p.u(8), cy, Left, p.pal.Text)
	}
}

func (m *menu) row(y float32) int {
	i := m.from + int((y-4)/theme.Current().Metrics().Row)
	if y < 4 || i >= len(m.items) || i >= m.from+menuMost {
		return -1
	}
	return i
}

// Tapped takes the item under the pointer.
func (m *menu) Tapped(ev *fyne.PointEvent) {
	if i := m.row(ev.Position.Y); i >= 0 {
		m.take(i)
	}
}

// Scrolled moves through a long menu.
func (m *menu) Scrolled(ev *fyne.ScrollEvent) {
	switch {
	case ev.Scrolled.DY < 0:
		m.move(1)
	case ev.Scrolled.DY > 0:
		m.move(-1)
	}
}

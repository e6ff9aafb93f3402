package kit

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"

	"zhanggui/app/i18n"
	"zhanggui/ui/theme"
)

// Chip is a filter with its count: 近 48h 1. A chip without rows is muted but still there.
type Chip struct {
	pressing
	word   string
	mark   Mark
	count  int // -1: not counted yet
	chosen bool
}

// NewChip makes a chip with a translated word; mark is the icon of a status chip.
func NewChip(env Env, word string, mark Mark, press func()) *Chip {
	c := &Chip{word: word, mark: mark, count: -1}
	c.keys, c.onPress = env.Keys, press
	c.sketched(c, c.size, c.draw)
	return c
}

// SetCount sets the count behind the word; -1 takes it away.
func (c *Chip) SetCount(n int) {
	if c.count != n {
		c.count = n
		c.Refresh()
	}
}

// Count is the count shown, -1 when there is none.
func (c *Chip) Count() int { return c.count }

// SetChosen marks the chosen chip.
func (c *Chip) SetChosen(on bool) {
	if c.chosen != on {
		c.chosen = on
		c.Refresh()
	}
}

// Chosen tells whether the chip is the chosen one.
func (c *Chip) Chosen() bool { return c.chosen }

func (c *Chip) style(m theme.Metrics) style { return style{size: m.Small, bold: c.chosen} }

func (c *Chip) size(m theme.Metrics) fyne.Size {
	w := 20*m.Scale + textWidth(c.word, style{size: m.Small, bold: true})
	if c.mark.Icon != "" {
		w += 17 * m.Scale
	}
	if c.count >= 0 {
		w += 5*m.Scale + textWidth(i18n.Count(int64(c.count)), style{size: m.Small})
	}
	return fyne.NewSize(w, m.Chip)
}

func (c *Chip) draw(p *brush, r image.Rectangle) {
	radius := p.m.RadiusControl * p.scale
	ground := p.pal.Surface
	if c.hovered {
		ground = p.pal.Hover
	}
	ink, number := p.pal.Text, p.pal.TextMuted
	switch {
	case c.chosen:
		ground, ink, number = p.pal.Selected, p.pal.Primary, p.pal.Primary
		p.frame(r, radius, p.line, p.pal.Primary, ground)
	case c.count == 0:
		ink = p.pal.TextMuted
		p.frame(r, radius, p.line, p.pal.Line, ground)
	default:
		p.frame(r, radius, p.line, p.pal.Line, ground)
	}
	if c.focused {
		p.ring(r, radius, ground)
	}
	cy := r.Dy() / 2
	x := (r.Dx() - p.px(c.drawnWidth(p.m))) / 2
	if c.mark.Icon != "" {
		p.icon(c.mark.Icon, 12*p.m.Scale, x, cy-p.u(6), p.markInk(c.mark))
		x += p.u(17)
	}
	x = p.text(c.word, c.style(p.m), x, cy, ink)
	if c.count >= 0 {
		p.text(i18n.Count(int64(c.count)), p.small(), x+p.u(5), cy, number)
	}
}

func (c *Chip) drawnWidth(m theme.Metrics) float32 {
	w := c.size(m).Width - 20*m.Scale
	return w - textWidth(c.word, style{size: m.Small, bold: true}) + textWidth(c.word, c.style(m))
}

// Tabs are the lists of an area: 待审 7 · 波次 214, the active one underlined.
type Tabs struct {
	pressing
	items  []Tab
	active int
	hover  int
	turned func(key string)
}

// Tab is one of Tabs. Word is translated; Count -1 shows none.
type Tab struct {
	Key   string
	Word  string
	Count int
}

// NewTabs makes tabs; turned is told the key of the tab a person turned to.
func NewTabs(env Env, items []Tab, turned func(key string)) *Tabs {
	t := &Tabs{items: items, hover: -1, turned: turned}
	t.keys = env.Keys
	t.sketched(t, func(m theme.Metrics) fyne.Size { return fyne.NewSize(t.edge(m, len(t.items)), m.Tabs) }, t.draw)
	return t
}

// Active is the key of the active tab.
func (t *Tabs) Active() string {
	if t.active < len(t.items) {
		return t.items[t.active].Key
	}
	return ""
}

// SetActive turns to a tab without telling.
func (t *Tabs) SetActive(key string) {
	for i, it := range t.items {
		if it.Key == key {
			t.active = i
		}
	}
	t.Refresh()
}

// SetCount changes a tab's count.
func (t *Tabs) SetCount(key string, n int) {
	for i := range t.items {
		if t.items[i].Key == key {
			t.items[i].Count = n
		}
	}
	t.Refresh()
}

// Turn turns to a tab as a person does.
func (t *Tabs) Turn(key string) {
	if t.Active() == key {
		return
	}
	t.SetActive(key)
	if t.turned != nil {
		t.turned(key)
	}
}

// tabGap is the room left and right of a tab's words.
const tabGap = 14

func (t *Tabs) tabWidth(m theme.Metrics, i int) float32 {
	w := 2*float32(tabGap) + textWidth(t.items[i].Word, style{size: m.Body, bold: true})
	if t.items[i].Count >= 0 {
		w += 5*m.Scale + textWidth(i18n.Count(int64(t.items[i].Count)), style{size: m.Small})
	}
	return w
}

// edge is where tab i begins.
func (t *Tabs) edge(m theme.Metrics, i int) float32 {
	var x float32
	for n := range i {
		x += t.tabWidth(m, n)
	}
	return x
}

func (t *Tabs) at(x float32) int {
	m := theme.Current().Metrics()
	for i := range t.items {
		if x < t.edge(m, i+1) {
			return i
		}
	}
	return -1
}

// Tapped turns to the tab under the pointer.
func (t *Tabs) Tapped(ev *fyne.PointEvent) {
	if i := t.at(ev.Position.X); i >= 0 {
		t.Turn(t.items[i].Key)
	}
}

// TypedKey turns by ← and →; other keys go to the screen.
func (t *Tabs) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyLeft:
		t.Turn(t.items[max(0, t.active-1)].Key)
	case fyne.KeyRight:
		t.Turn(t.items[min(len(t.items)-1, t.active+1)].Key)
	default:
		t.keys.Key(ev)
	}
}

// Part tells where "tab:<key>" stands.
func (t *Tabs) Part(name string) (fyne.Position, fyne.Size, bool) {
	m := theme.Current().Metrics()
	for i, it := range t.items {
		if name == "tab:"+it.Key {
			return fyne.NewPos(t.edge(m, i), 0), fyne.NewSize(t.tabWidth(m, i), m.Tabs), true
		}
	}
	return fyne.Position{}, fyne.Size{}, false
}

func (t *Tabs) draw(p *brush, r image.Rectangle) {
	var left float32
	cy := (r.Dy() - p.u(2)) / 2
	for i, it := range t.items {
		st, ink := p.body(), p.pal.TextMuted
		if i == t.active {
			st, ink = p.strong(), p.pal.Primary
		}
		x := p.text(it.Word, st, p.px(left+tabGap), cy, ink)
		end := x
		if it.Count >= 0 {
			end = p.text(i18n.Count(int64(it.Count)), p.small(), x+p.u(5), cy, p.pal.TextMuted)
		}
		if i == t.active {
			p.fill(image.Rect(p.px(left+tabGap), r.Max.Y-p.u(2), end, r.Max.Y), p.pal.Primary)
			if t.focused {
				p.fill(image.Rect(p.px(left+tabGap), r.Max.Y-p.u(3), end, r.Max.Y), p.pal.Primary)
			}
		}
		left += t.tabWidth(p.m, i)
	}
}

// Hint is the line between chips and header: one sentence on warn or info tint,
// at most one key. It stays until the next action.
type Hint struct {
	sketch
	tone theme.Status
	text string
	more string // muted behind the text
	key  Chord
	came func() // the line came or went: lay out again
}

// NewHint makes an empty, hidden hint line.
func NewHint() *Hint {
	h := &Hint{}
	h.sketched(h, func(m theme.Metrics) fyne.Size { return fyne.NewSize(100, m.Hint) }, func(p *brush, r image.Rectangle) {
		tone := p.pal.Status(h.tone)
		p.fill(r, tone.Tint)
		cy, x := r.Dy()/2, p.u(14)
		end := r.Dx() - p.u(14)
		if h.key != "" {
			w := p.px(keyCapWidth(string(h.key), p.m))
			end -= w
			p.keyCap(string(h.key), end, cy, tone.Ink, mix(tone.Ink, tone.Tint, 90), tone.Tint)
		}
		p.icon(string(h.tone), p.m.IconStatus, x, cy-p.px(p.m.IconStatus)/2, tone.Ink)
		x += p.px(p.m.IconStatus + 9)
		_, x = p.textIn(h.text, p.small(), x, end-x, cy, Left, tone.Ink)
		x += p.u(10)
		p.textIn(h.more, p.small(), x, end-x, cy, Left, p.pal.TextMuted)
	})
	h.Hide()
	return h
}

// Say shows a sentence; more stands muted behind it, key is the one key that helps.
func (h *Hint) Say(tone theme.Status, text, more string, key Chord) {
	h.tone, h.text, h.more, h.key = tone, text, more, key
	if h.Visible() {
		h.Refresh()
		return
	}
	h.Show()
	if h.came != nil {
		h.came()
	}
}

// Clear takes the line away.
func (h *Hint) Clear() {
	if !h.Visible() {
		return
	}
	h.Hide()
	if h.came != nil {
		h.came()
	}
}

// Text is the sentence shown, "" when the line is hidden.
func (h *Hint) Text() string {
	if !h.Visible() {
		return ""
	}
	return h.text
}

// Tone is the status of the sentence.
func (h *Hint) Tone() theme.Status { return h.tone }

// divider is the short line between groups of chips.
func newDivider() fyne.CanvasObject {
	return Fixed(1, 16, newGround(func(p *theme.Palette) color.NRGBA { return p.Line }))
}

package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"zhanggui/app/money"
	"zhanggui/app/when"
	"zhanggui/ui/theme"
)

// Entry is a text field. Keys and shortcuts it does not use go to the screen
// (DECIDED 17); a wrong value has an urgent border; what the typed text comes to
// stands muted at its right end.
type Entry struct {
	widget.Entry
	// OnEnter is Enter; nil passes Enter on to the screen.
	OnEnter func(text string)
	// OnLeave is told when the focus goes, OnFocus when it comes.
	OnLeave func()
	OnFocus func()

	keys   *Keys
	tail   func(text string) string
	bad    bool
	marked bool // the icon is the one of a wrong value
	focus  bool
	wide   float32
	tall   float32
}

// NewEntry makes a text field; ghost is the muted text of the empty field.
func NewEntry(env Env, ghost string) *Entry {
	e := &Entry{keys: env.Keys}
	e.PlaceHolder = ghost
	e.Wrapping, e.Scroll = fyne.TextWrapOff, fyne.ScrollHorizontalOnly
	e.ExtendBaseWidget(e)
	return e
}

// Wide sets the least width in units.
func (e *Entry) Wide(w float32) *Entry { e.wide = w; return e }

// Lines makes it a field of n lines; Enter then breaks the line.
func (e *Entry) Lines(n int) *Entry {
	e.MultiLine, e.Wrapping = true, fyne.TextWrapBreak
	e.tall = float32(n)*19 + 12
	return e
}

// Secret hides what is typed.
func (e *Entry) Secret() *Entry { e.Password = true; return e }

// WithTail sets what stands muted at the right end for the typed text.
func (e *Entry) WithTail(tail func(text string) string) *Entry { e.tail = tail; return e }

// SetBad marks the value as wrong (urgent border and icon), or as right again.
func (e *Entry) SetBad(bad bool) {
	if e.bad == bad {
		return
	}
	e.bad = bad
	switch {
	case bad && e.Icon == nil:
		e.Icon = theme.Current().Palette().Icon(string(theme.Urgent), theme.Urgent.Token())
		e.marked = true
	case !bad && e.marked:
		e.Icon, e.marked = nil, false
	}
	e.Refresh()
}

// Bad tells whether the value is marked as wrong.
func (e *Entry) Bad() bool { return e.bad }

// Focused tells whether the field has the keyboard focus.
func (e *Entry) Focused() bool { return e.focus }

// MinSize is the height of an input (LOOK §3) and the asked width.
func (e *Entry) MinSize() fyne.Size {
	m := theme.Current().Metrics()
	return fyne.NewSize(max(e.wide, 60)*m.Scale, max(m.Input, e.tall*m.Scale))
}

// FocusGained draws the focus ring.
func (e *Entry) FocusGained() {
	e.focus = true
	e.Entry.FocusGained()
	if e.OnFocus != nil {
		e.OnFocus()
	}
}

// FocusLost takes the ring away.
func (e *Entry) FocusLost() {
	e.focus = false
	e.Entry.FocusLost()
	if e.OnLeave != nil {
		e.OnLeave()
	}
}

// KeyDown follows the modifiers.
func (e *Entry) KeyDown(ev *fyne.KeyEvent) {
	e.keys.Down(ev)
	e.Entry.KeyDown(ev)
}

// KeyUp follows the modifiers.
func (e *Entry) KeyUp(ev *fyne.KeyEvent) {
	e.keys.Up(ev)
	e.Entry.KeyUp(ev)
}

// TypedRune types, unless the letter is that of the key which brought the focus here.
func (e *Entry) TypedRune(r rune) {
	if !e.keys.Spent(r) {
		e.Entry.TypedRune(r)
	}
}

// TypedKey edits; keys that a field of one line has no use for go to the screen.
func (e *Entry) TypedKey(ev *fyne.KeyEvent) {
	c := MakeChord(ev.Name, e.keys.Mods())
	e.keys.Spent(0) // this key is the field's
	if c == "Enter" && !e.MultiLine && e.OnEnter != nil {
		e.OnEnter(e.Text)
		return
	}
	if e.foreign(c) {
		e.keys.Press(c)
		return
	}
	e.Entry.TypedKey(ev)
}

// foreign tells which chords are not for the field.
func (e *Entry) foreign(c Chord) bool {
	base := strings.TrimPrefix(string(c), "Shift+")
	switch base {
	case "Esc", "Ins":
		return true
	case "Up", "Down", "PgUp", "PgDn", "Enter":
		return !e.MultiLine
	}
	return len(base) >= 2 && base[0] == 'F' && base[1] >= '1' && base[1] <= '9'
}

// TypedShortcut edits (cut, copy, paste, undo, words); the rest goes to the
// screen, and so do Ctrl+C with nothing marked and Ctrl+Z with nothing to undo.
func (e *Entry) TypedShortcut(s fyne.Shortcut) {
	c := ShortcutChord(s)
	switch c {
	case "Ctrl+C", "Ctrl+X":
		if e.SelectedText() == "" {
			e.keys.Press(c)
			return
		}
	case "Ctrl+Z", "Ctrl+Y":
		before := e.Text
		e.Entry.TypedShortcut(s)
		if e.Text == before {
			e.keys.Press(c)
		}
		return
	case "Ctrl+V", "Ctrl+A", "Shift+Ins", "Shift+Del",
		"Ctrl+Left", "Ctrl+Right", "Ctrl+Shift+Left", "Ctrl+Shift+Right", "Ctrl+Back", "Ctrl+Del":
	default:
		e.keys.Press(c)
		return
	}
	e.Entry.TypedShortcut(s)
}

// CreateRenderer adds the ring and the tail to Fyne's field.
func (e *Entry) CreateRenderer() fyne.WidgetRenderer {
	r := &entryRenderer{WidgetRenderer: e.Entry.CreateRenderer(), e: e, ring: canvas.NewRectangle(nil), tail: canvas.NewText("", nil)}
	r.tail.Alignment = fyne.TextAlignTrailing
	r.look()
	return r
}

type entryRenderer struct {
	fyne.WidgetRenderer
	e    *Entry
	ring *canvas.Rectangle
	tail *canvas.Text
}

func (r *entryRenderer) Objects() []fyne.CanvasObject {
	base := r.WidgetRenderer.Objects()
	return append(base[:len(base):len(base)], r.tail, r.ring)
}

func (r *entryRenderer) Layout(size fyne.Size) {
	r.WidgetRenderer.Layout(size)
	r.centre(size)
	r.ring.Resize(size.SubtractWidthHeight(1, 1))
	r.ring.Move(fyne.NewSquareOffsetPos(0.5))
	want := r.tail.MinSize()
	r.tail.Resize(fyne.NewSize(want.Width, want.Height))
	r.tail.Move(fyne.NewPos(size.Width-want.Width-9, (size.Height-want.Height)/2))
}

// centre puts the text of a one-line field in the middle: our inputs are lower
// than the text with Fyne's padding, which would stand low and scroll.
func (r *entryRenderer) centre(size fyne.Size) {
	const textAt = 2 // Fyne's field draws its box, its border, then the text; its icon comes last
	objects := r.WidgetRenderer.Objects()
	if r.e.MultiLine || len(objects) <= textAt {
		return
	}
	text := objects[textAt]
	h := r.WidgetRenderer.MinSize().Height
	text.Resize(fyne.NewSize(text.Size().Width, h))
	text.Move(fyne.NewPos(text.Position().X, (size.Height-h)/2))
	icon := objects[len(objects)-1]
	icon.Move(fyne.NewPos(icon.Position().X, (size.Height-icon.Size().Height)/2))
}

func (r *entryRenderer) Refresh() {
	r.WidgetRenderer.Refresh()
	r.look()
	r.Layout(r.e.Size())
	r.ring.Refresh()
	r.tail.Refresh()
}

func (r *entryRenderer) look() {
	p, m := theme.Current().Palette(), theme.Current().Metrics()
	r.ring.FillColor = colour{}
	r.ring.CornerRadius = m.RadiusControl
	r.ring.StrokeColor, r.ring.StrokeWidth = colour{}, 0
	switch {
	case r.e.bad:
		r.ring.StrokeColor, r.ring.StrokeWidth = p.Status(theme.Urgent).Ink, m.LineWidth
		if r.e.focus {
			r.ring.StrokeWidth = m.FocusWidth
		}
	case r.e.focus:
		r.ring.StrokeColor, r.ring.StrokeWidth = p.Primary, m.FocusWidth
	}
	r.tail.Text = ""
	if r.e.tail != nil {
		r.tail.Text = r.e.tail(r.e.Text)
	}
	r.tail.Color, r.tail.TextSize = p.TextMuted, m.Body
}

// NewMoneyEntry makes a field for an amount. It takes sums (12*3+5) and shows
// what they come to; leaving the field puts the result in its place.
func NewMoneyEntry(env Env) *Entry {
	e := NewEntry(env, "0.00").Wide(120)
	e.tail = func(text string) string {
		if v, err := evalMoney(text); err == nil && isSum(text) {
			return "= " + v.Grouped()
		}
		return ""
	}
	e.OnLeave = func() {
		if v, err := evalMoney(e.Text); err == nil && strings.TrimSpace(e.Text) != "" {
			e.SetText(v.String())
		}
	}
	return e
}

// Money is the amount typed into a field, a sum worked out. "" is 0.
// Errors: Invalid fault.kit.expression or fault.money.*.
func (e *Entry) Money() (money.Fen, error) {
	if strings.TrimSpace(e.Text) == "" {
		return 0, nil
	}
	return evalMoney(e.Text)
}

// NewQtyEntry makes a field for a count; it takes sums (3*12) too.
func NewQtyEntry(env Env) *Entry {
	e := NewEntry(env, "0").Wide(80)
	e.tail = func(text string) string {
		if v, err := evalQty(text); err == nil && isSum(text) {
			return "= " + Count(v).text
		}
		return ""
	}
	return e
}

// Qty is the count typed into a field. "" is 0.
// Errors: Invalid fault.kit.expression, fault.kit.not_whole.
func (e *Entry) Qty() (int64, error) {
	if strings.TrimSpace(e.Text) == "" {
		return 0, nil
	}
	return evalQty(e.Text)
}

// NewDayEntry makes a field for a day: 0517, +3, -7, m (ParseDay). The day it
// comes to stands at its right end; leaving the field puts it in.
func NewDayEntry(env Env) *Entry {
	e := NewEntry(env, env.T("kit.day.ghost")).Wide(124)
	e.tail = func(text string) string {
		today := env.Clock.Now().Day()
		if d, err := ParseDay(text, today); err == nil && d != "" && string(d) != text {
			return env.Tr.Date(d, today)
		}
		return ""
	}
	e.OnLeave = func() {
		if d, err := e.Day(env); err == nil && d != "" {
			e.SetText(string(d))
		}
	}
	return e
}

// Day is the day typed into a field. "" is the unset day.
// Errors: Invalid fault.kit.day.
func (e *Entry) Day(env Env) (when.Day, error) {
	return ParseDay(e.Text, env.Clock.Now().Day())
}

// isSum tells whether a text is more than a number, so that its result is worth showing.
func isSum(s string) bool {
	t := strings.TrimLeft(narrow(s), "+-")
	return strings.ContainsAny(t, "+-*/(")
}

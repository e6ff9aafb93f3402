// Package kittest is the ground window tests stand on: inline work, a clock and
// timers that stand still, a fixed theme, golden pictures, keys by their caps.
//
//	env := kittest.New(t, kittest.Light)
//	list := kit.NewList(env.Env, spec)
//	env.Show(list.Object(), kittest.Small)
//	list.Shown()
//	list.Load()
//	env.Press("Down", "Space", "F9")
//	env.Golden("list")
//
// Fyne's test app is one for the whole process, so tests with a window do not
// call t.Parallel.
package kittest

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/i18n"
	"zhanggui/app/when"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// The two window sizes every screen is drawn at.
var (
	Small = fyne.NewSize(1280, 720)
	Large = fyne.NewSize(1440, 900)
)

// Light and Dark are the appearances of goldens.
const (
	Light = theme.LightMode
	Dark  = theme.DarkMode
)

// Now is the instant at which tests stand: Thursday 23 April 2026, 10:18, as in the mock-ups.
var Now = when.At(2026, 4, 23, 10, 18, 0)

// Env is a kit.Env with everything behind it in the test's hand.
type Env struct {
	kit.Env
	T      testing.TB
	Clock  *when.Fixed
	Timers *Timers
	Notes  []kit.Note  // what was said
	Opened []Opened    // where the router was sent
	Picker *FilePicker // answers of the file dialog
	Logged []string    // incidents
	Actor  auth.Actor  // who is signed in; change it at will
}

// Opened is one call of the router.
type Opened struct {
	Screen string
	Arg    any
}

// New makes an Env for a supervisor in Chinese with a window of its own. Work runs inline.
func New(t testing.TB, mode theme.Mode) *Env {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.New(mode, 1))
	e := &Env{
		T: t, Clock: when.NewFixed(Now), Timers: &Timers{}, Picker: &FilePicker{},
		Actor: auth.Actor{Name: "周敏", Role: auth.Supervisor},
	}
	w := test.NewTempWindow(t, nil)
	w.SetPadded(false)
	e.Env = kit.Env{
		Actor: func() auth.Actor { return e.Actor }, Tr: i18n.New(i18n.Chinese), Bus: core.NewBus(),
		Exec: kit.Inline, After: e.Timers.After, Window: w, Clock: e.Clock,
		Router: func(screen string, arg any) { e.Opened = append(e.Opened, Opened{screen, arg}) },
		Notify: func(n kit.Note) { e.Notes = append(e.Notes, n) },
		Keys:   kit.NewKeys(w.Canvas()), Memory: Memory{}, Files: e.Picker,
		Log: func(incident, text string) { e.Logged = append(e.Logged, incident+" "+text) },
	}
	return e
}

// English switches the language.
func (e *Env) English() *Env {
	e.Tr = i18n.New(i18n.English)
	return e
}

// Show puts an object into the window at a size.
func (e *Env) Show(o fyne.CanvasObject, size fyne.Size) {
	e.Window.SetContent(o)
	e.Window.Resize(size)
}

// Focus puts the keyboard focus on a part.
func (e *Env) Focus(f fyne.Focusable) { e.Window.Canvas().Focus(f) }

// Press types keys by their caps ("F9", "Shift+Down", "Ctrl+A") the way a window
// delivers them: to the focused part, else to the canvas.
func (e *Env) Press(chords ...kit.Chord) {
	for _, c := range chords {
		e.press(c)
	}
}

func (e *Env) press(c kit.Chord) {
	if s := kit.ShortcutOf(c); s != nil {
		clip := fyne.CurrentApp().Clipboard()
		switch s := s.(type) {
		case *fyne.ShortcutCopy:
			s.Clipboard = clip
		case *fyne.ShortcutCut:
			s.Clipboard = clip
		case *fyne.ShortcutPaste:
			s.Clipboard = clip
		}
		if f, ok := e.Window.Canvas().Focused().(fyne.Shortcutable); ok {
			f.TypedShortcut(s)
			return
		}
		e.Keys.Shortcut(s)
		return
	}
	name := kit.KeyOf(c)
	shift := strings.HasPrefix(string(c), "Shift+")
	e.hold(shift, true)
	if f := e.Window.Canvas().Focused(); f != nil {
		f.TypedKey(&fyne.KeyEvent{Name: name})
	} else {
		e.Keys.Key(&fyne.KeyEvent{Name: name})
	}
	e.hold(shift, false)
}

func (e *Env) hold(shift, down bool) {
	if !shift {
		return
	}
	ev := &fyne.KeyEvent{Name: desktop.KeyShiftLeft}
	if k, ok := e.Window.Canvas().Focused().(desktop.Keyable); ok {
		if down {
			k.KeyDown(ev)
		} else {
			k.KeyUp(ev)
		}
		return
	}
	if down {
		e.Keys.Down(ev)
	} else {
		e.Keys.Up(ev)
	}
}

// Type types text into the focused part.
func (e *Env) Type(text string) {
	for _, r := range text {
		f := e.Window.Canvas().Focused() // a letter may move the focus: grid mode opens a field by the first one
		require.NotNil(e.T, f, "nothing has the focus")
		f.TypedRune(r)
	}
}

// Tap clicks the control of a test id (a part of one after '#') and fails when it is not there.
func (e *Env) Tap(id string) {
	e.T.Helper()
	at, size, ok := kit.FindRect(id)
	require.True(e.T, ok, "no control %q in the window; known: %v", id, kit.IDs())
	e.Click(at.AddXY(size.Width/2, size.Height/2), 0)
}

// Click presses and releases the left button at a place of the window.
func (e *Env) Click(at fyne.Position, mod fyne.KeyModifier) {
	o, pos := objectAt(e.Window.Canvas(), at)
	if m, ok := o.(desktop.Mouseable); ok {
		ev := &desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: pos, AbsolutePosition: at}, Button: desktop.MouseButtonPrimary, Modifier: mod}
		m.MouseDown(ev)
		m.MouseUp(ev)
	}
	if tap, ok := o.(fyne.Tappable); ok {
		tap.Tapped(&fyne.PointEvent{Position: pos, AbsolutePosition: at})
	}
}

// RightClick presses and releases the right button on a control or a part of one.
func (e *Env) RightClick(id string) {
	e.T.Helper()
	at, size, ok := kit.FindRect(id)
	require.True(e.T, ok, "no control %q in the window; known: %v", id, kit.IDs())
	at = at.AddXY(size.Width/2, size.Height/2)
	root := e.Window.Canvas().Content()
	if top := e.Window.Canvas().Overlays().Top(); top != nil {
		root = top
	}
	var found fyne.CanvasObject
	var pos fyne.Position
	walk(root, root.Position(), func(o fyne.CanvasObject, corner fyne.Position) {
		in := at.Subtract(corner)
		if _, takes := o.(fyne.SecondaryTappable); takes && in.X >= 0 && in.Y >= 0 && in.X < o.Size().Width && in.Y < o.Size().Height {
			found, pos = o, in
		}
	})
	require.NotNil(e.T, found, "nothing takes a right click at %q", id)
	point := fyne.PointEvent{Position: pos, AbsolutePosition: at}
	if m, is := found.(desktop.Mouseable); is {
		m.MouseDown(&desktop.MouseEvent{PointEvent: point, Button: desktop.MouseButtonSecondary})
	}
	found.(fyne.SecondaryTappable).TappedSecondary(&point)
}

// objectAt is the topmost control under a place that takes clicks.
func objectAt(c fyne.Canvas, at fyne.Position) (found fyne.CanvasObject, pos fyne.Position) {
	root := c.Content()
	if top := c.Overlays().Top(); top != nil {
		root = top
	}
	walk(root, root.Position(), func(o fyne.CanvasObject, corner fyne.Position) {
		_, tap := o.(fyne.Tappable)
		_, mouse := o.(desktop.Mouseable)
		in := at.Subtract(corner)
		if (tap || mouse) && in.X >= 0 && in.Y >= 0 && in.X < o.Size().Width && in.Y < o.Size().Height {
			found, pos = o, in
		}
	})
	return found, pos
}

// walk visits the visible objects of a tree from the bottom up, each with its corner in the window.
func walk(o fyne.CanvasObject, corner fyne.Position, visit func(o fyne.CanvasObject, corner fyne.Position)) {
	if !o.Visible() {
		return
	}
	visit(o, corner)
	var children []fyne.CanvasObject
	switch o := o.(type) {
	case *fyne.Container:
		children = o.Objects
	case fyne.Widget:
		children = test.WidgetRenderer(o).Objects()
	}
	for _, child := range children {
		walk(child, corner.Add(child.Position()), visit)
	}
}

// Memory is a kit.Memory in memory.
type Memory map[string]string

// Get gives a remembered value.
func (m Memory) Get(key string) string { return m[key] }

// Set remembers a value.
func (m Memory) Set(key, value string) { m[key] = value }

// Timers are timers that only go off when the test says so.
type Timers struct {
	now  time.Duration
	wait []*timer
}

type timer struct {
	at   time.Duration
	fn   func()
	dead bool
}

// After is the kit.Timer.
func (t *Timers) After(d time.Duration, fn func()) (stop func()) {
	one := &timer{at: t.now + d, fn: fn}
	t.wait = append(t.wait, one)
	return func() { one.dead = true }
}

// Advance lets time pass and runs what is due, in order of time.
func (t *Timers) Advance(d time.Duration) {
	end := t.now + d
	for {
		var next *timer
		for _, w := range t.wait {
			if !w.dead && w.at <= end && (next == nil || w.at < next.at) {
				next = w
			}
		}
		if next == nil {
			break
		}
		t.now, next.dead = next.at, true
		next.fn()
	}
	t.now = end
	kept := t.wait[:0]
	for _, w := range t.wait {
		if !w.dead {
			kept = append(kept, w)
		}
	}
	t.wait = kept
}

// FilePicker answers file dialogs with what the test put in.
type FilePicker struct {
	Paths []string // answer of Open; none means cancelled
	Path  string   // answer of Save; "" means cancelled
	Asked []string // titles asked for
	Named []string // names proposed for saving
}

// Open answers with Paths.
func (p *FilePicker) Open(_ fyne.Window, f kit.FileFilter, chosen func(paths []string)) {
	p.Asked = append(p.Asked, f.Title)
	if len(p.Paths) > 0 {
		chosen(p.Paths)
	}
}

// Save answers with Path.
func (p *FilePicker) Save(_ fyne.Window, name string, f kit.FileFilter, chosen func(path string)) {
	p.Asked, p.Named = append(p.Asked, f.Title), append(p.Named, name)
	if p.Path != "" {
		chosen(p.Path)
	}
}

// Queue is an executor that keeps work until the test runs it, to see what a
// window shows meanwhile and what happens when answers come in another order.
type Queue struct{ work []func() }

// Exec is the kit.Exec.
func (q *Queue) Exec(work func()) { q.work = append(q.work, work) }

// Len is how many pieces of work wait.
func (q *Queue) Len() int { return len(q.work) }

// Run runs the work waiting at index i now.
func (q *Queue) Run(i int) {
	work := q.work[i]
	q.work = append(q.work[:i:i], q.work[i+1:]...)
	work()
}

// RunAll runs everything that waits, oldest first, and what that adds.
func (q *Queue) RunAll() {
	for len(q.work) > 0 {
		q.Run(0)
	}
}

// Pick chooses in the top bar's control of a screen's filter, as a person does.
func (e *Env) Pick(s kit.Topped, key, value string) {
	for _, f := range s.TopFilters() {
		if f.Field.Key == key {
			kit.TopControl(e.Env, f).(*kit.Choice).Pick(value)
			return
		}
	}
	e.T.Fatalf("no filter %q in the top bar", key)
}

// Hover moves the mouse over a part, to a place relative to its corner.
func (e *Env) Hover(o desktop.Hoverable, x, y float32) {
	o.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x, y)}})
}

package kit

import (
	"context"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/i18n"
	"zhanggui/app/when"
)

// Exec runs work away from the UI goroutine. Go does; Inline is for tests.
type Exec func(work func())

// Go runs work on a goroutine of its own.
func Go(work func()) { go work() }

// Inline runs work at once, on the caller's goroutine.
func Inline(work func()) { work() }

// Timer calls fn once after d on the UI goroutine unless stop is called before.
type Timer func(d time.Duration, fn func()) (stop func())

// After is the Timer of the real window.
func After(d time.Duration, fn func()) (stop func()) {
	var stopped atomic.Bool // it may be due already and wait for its turn behind the one who stops it
	t := time.AfterFunc(d, func() {
		fyne.Do(func() {
			if !stopped.Load() {
				fn()
			}
		})
	})
	return func() {
		stopped.Store(true)
		t.Stop()
	}
}

// NoteLevel is how loud a message is.
type NoteLevel int

// The levels of a note in the status bar or a toast.
const (
	NoteQuiet NoteLevel = iota // the result of the last action
	NoteWarn                   // look here, nothing is broken
	NoteBad                    // it did not happen
)

// Note is one line about what just happened: "托盘 17 打包完成". Undo, when set,
// is offered beside it as Ctrl+Z, and later from the list of what can be undone.
type Note struct {
	Level NoteLevel
	Text  string
	Undo  Undoing
	// Of names the document that Undo takes back ("parcel:<id>"). A note that Settles
	// it says that it was taken back another way: then Undo is offered no more.
	Of      string
	Settles []string
}

// Memory remembers small facts of the window for this person (column widths,
// an open pane) between starts. Get gives "" for what was never set.
type Memory interface {
	Get(key string) string
	Set(key, value string)
}

// Env is what every screen and every part of kit gets from the shell: who
// works, in which language, and the ways out of a screen. It is handed around by
// value; the parts behind it are shared. The shell sets Actor, Tr, Bus, Exec (Go),
// After (After), Window, Clock and Keys always; the others may be nil.
type Env struct {
	Actor  func() auth.Actor // who is signed in now
	Tr     i18n.Tr
	Bus    *core.Bus
	Exec   Exec
	After  Timer
	Window fyne.Window
	// Router opens another screen by id with its argument (a filter, a record id); arg may be nil.
	Router func(screen string, arg any)
	Notify func(Note) // shows a note in the status bar
	Clock  when.Clock
	Keys   *Keys      // who gets a key press
	Memory Memory     // nil: nothing is remembered
	Files  FilePicker // nil: Fyne's own dialog
	Hints  Hinter     // where hint lines go; nil: the status bar
	// Restore puts a tested copy in the place of the open data; the session ends with
	// it. nil: not possible here (a server's data, data opened for reading only).
	Restore func(file string)
	Log     func(incident, text string) // receives the whole chain of an Internal fault; nil: dropped
}

// WithHints is the Env whose hints go to h.
func (e Env) WithHints(h Hinter) Env {
	e.Hints = h
	return e
}

// T is the text of a key in the session's language.
func (e Env) T(key string, pairs ...any) string { return e.Tr.T(key, pairs...) }

// Allows tells whether the person signed in may do the action; it greys and
// hides, the engine decides.
func (e Env) Allows(action auth.Action) bool {
	return action == "" || auth.Allows(e.Actor(), action)
}

// Context is the context of a call made for the person signed in.
func (e Env) Context() context.Context {
	return auth.With(context.Background(), e.Actor())
}

// Say puts a quiet line into the status bar.
func (e Env) Say(text string) { e.Tell(Note{Text: text}) }

// Tell shows a note in the status bar.
func (e Env) Tell(n Note) {
	if e.Notify != nil {
		e.Notify(n)
	}
}

// Open asks the shell for another screen.
func (e Env) Open(screen string, arg any) {
	if e.Router != nil {
		e.Router(screen, arg)
	}
}

func (e Env) remember(key, value string) {
	if e.Memory != nil {
		e.Memory.Set(key, value)
	}
}

func (e Env) recall(key string) string {
	if e.Memory == nil {
		return ""
	}
	return e.Memory.Get(key)
}

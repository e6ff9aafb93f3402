package kit

import (
	"time"

	"fyne.io/fyne/v2"

	"zhanggui/app/core"
)

// Screen is one page of the window. All methods run on the UI goroutine.
type Screen interface {
	Build() fyne.CanvasObject // once; no I/O
	Load()                    // start (re)loading through Run
	Topics() []core.Topic     // what makes it stale
}

// The rest a screen may do; the shell asks for each by its interface.
type (
	// Closer is told that the screen goes away: it closes its Owner here.
	Closer interface{ Close() }
	// Shower is told that the screen is in front or not: it takes and leaves its keys and focus here.
	Shower interface {
		Shown()
		Hidden()
	}
	// Dropper takes files dropped on the window while the screen is in front; false lets them go to the inbox.
	Dropper interface{ Dropped(paths []string) bool }
	// Keeper tells how many records were changed and not saved: the shell asks before it ends the screen.
	Keeper interface{ Unsaved() int }
	// Target takes the argument of Env.Open (a filter, a record id) before Load.
	Target interface{ Open(arg any) }
)

// settle is how long changes are gathered before a screen reloads (ARCHITECTURE §3).
const settle = 150 * time.Millisecond

// Watcher reloads a screen when what it shows has changed: at once (150 ms) when
// it is in front, at its next showing when it is not. There is no other refresh.
type Watcher struct {
	env     Env
	screen  Screen
	topics  map[core.Topic]bool
	settle  time.Duration
	visible bool
	stale   bool
	waiting bool
	closed  bool
	stop    func()
}

// Watch starts watching for the screen. The screen counts as hidden and stale
// until Show is called.
func Watch(env Env, s Screen) *Watcher {
	w := &Watcher{env: env, screen: s, topics: map[core.Topic]bool{}, settle: settle, stale: true}
	for _, t := range s.Topics() {
		w.topics[t] = true
	}
	if env.Bus == nil {
		w.stop = func() {}
		return w
	}
	w.stop = env.Bus.Subscribe(func(changes []core.Change) {
		if w.concerns(changes) {
			fyne.Do(w.changed)
		}
	})
	return w
}

// Settle replaces the 150 ms, for a screen whose reload is heavy (the dashboard takes 2 s).
func (w *Watcher) Settle(d time.Duration) { w.settle = d }

// Show says that the screen is in front; a stale one reloads now.
func (w *Watcher) Show() {
	w.visible = true
	if w.stale {
		w.load()
	}
}

// Hide says that the screen is not in front any more.
func (w *Watcher) Hide() { w.visible = false }

// Stale tells whether the screen will reload when shown.
func (w *Watcher) Stale() bool { return w.stale }

// Close ends the watching.
func (w *Watcher) Close() {
	w.closed = true
	w.stop()
}

func (w *Watcher) concerns(changes []core.Change) bool {
	for _, c := range changes {
		if w.topics[c.Topic] { // written before Subscribe, only read after
			return true
		}
	}
	return false
}

func (w *Watcher) changed() {
	if w.closed {
		return
	}
	w.stale = true
	if !w.visible || w.waiting {
		return
	}
	w.waiting = true
	w.env.after(w.settle, func() {
		w.waiting = false
		if w.visible && w.stale && !w.closed {
			w.load()
		}
	})
}

func (w *Watcher) load() {
	w.stale = false
	w.screen.Load()
}

package shell

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/app"
	"zhanggui/app/auth"
	"zhanggui/app/i18n"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// Sizes of the window (LOOK §4).
const (
	usualWidth, usualHeight = 1440, 900
	leastWidth, leastHeight = 1280, 720
)

// Shell is the window. All its methods run on the UI goroutine.
//
// It shows one page at a time: opening, trouble, first start, sign-in, work, or
// the lock over work. Each page has one layer of keys and one owner, which end
// with it.
type Shell struct {
	fy    fyne.App
	win   fyne.Window
	opt   Options
	tr    i18n.Tr
	look  theme.Mode
	scale float32

	data  Data
	app   *app.App
	end   func() error
	info  known
	keys  *kit.Keys
	layer *kit.Layer
	owner *kit.Owner // of the present page
	page  string     // its name, for tests
	root  *fyne.Container
	stop  []func() // timers and subscriptions of the present page

	session *session // nil before sign-in
	crash   string   // said once
	said    func()   // opens a dialog over the next sign-in, once
}

// known is what is known about the open data before anybody signed in.
type known struct {
	shop     string
	currency string
	example  map[string]string // PINs by name, when it is the example shop
}

// New makes the window and begins to open the data. Run shows it.
func New(fy fyne.App, opt Options) *Shell {
	s := &Shell{fy: fy, opt: opt, owner: kit.NewOwner(), crash: opt.Crash, root: container.NewStack()}
	if opt.Screens == nil {
		s.opt.Screens = Registry
	}
	desk := fy.Preferences()
	s.tr = i18n.New(s.firstLang())
	s.look = theme.Mode(desk.StringWithFallback("look", string(theme.LightMode)))
	s.scale = float32(desk.FloatWithFallback("scale", 1))
	fy.SetIcon(theme.AppIcon())
	fy.Settings().SetTheme(theme.New(s.look, s.scale))
	speakFyne(s.tr.Lang())
	s.win = fy.NewWindow(s.tr.T("common.app"))
	s.win.SetPadded(false)
	s.win.SetIcon(theme.AppIcon())
	s.win.SetContent(s.root)
	s.win.Resize(fyne.NewSize(
		float32(desk.FloatWithFallback("width", usualWidth)), float32(desk.FloatWithFallback("height", usualHeight))))
	s.keys = kit.NewKeys(s.win.Canvas())
	s.keys.Touched = s.touch
	s.win.SetOnDropped(func(_ fyne.Position, uris []fyne.URI) { s.dropped(uris) })
	s.win.SetCloseIntercept(s.close)
	s.data = Data{Place: opt.Data}
	if opt.Data == "" {
		s.data.Place = desk.String("data")
		s.data.Known = s.data.Place != ""
	}
	s.open(s.data, func() {
		if opt.Demo {
			s.example()
			return
		}
		s.gate("")
	})
	return s
}

// Window is the window, for tests and the test port.
func (s *Shell) Window() fyne.Window { return s.win }

// Page names what the window shows, for tests: opening, trouble, first, example,
// signin, work, lock, closing.
func (s *Shell) Page() string { return s.page }

// Run shows the window and returns when the program has ended. Where the system
// ended it (a signal, signing out of the computer) the data is closed here, in order.
func (s *Shell) Run() {
	s.win.ShowAndRun()
	if s.end == nil {
		return
	}
	s.rememberDesk()
	if cmd, ok := s.prefsNow(); ok {
		_ = s.app.Users.SavePrefs(s.env().Context(), cmd) // said in the log
	}
	_ = s.end() // said in the log
}

func (s *Shell) firstLang() i18n.Lang {
	name := s.opt.Lang
	if name == "" {
		name = s.fy.Preferences().String("lang")
	}
	if lang, ok := i18n.ParseLang(name); ok {
		return lang
	}
	return i18n.Chinese
}

// env is what screens and parts get.
func (s *Shell) env() kit.Env {
	e := kit.Env{
		Actor: s.actor, Tr: s.tr, Exec: s.opt.Exec, After: s.opt.After, Window: s.win, Clock: s.opt.Clock, Keys: s.keys,
		Notify: s.notify, Router: s.route, Files: s.opt.Files, Log: s.opt.Log,
	}
	if s.app != nil {
		e.Bus = s.app.Engine.Bus()
	}
	if s.session != nil {
		e.Memory = s.session.memory
		if s.canRestore() {
			e.Restore = func(file string) { s.ending(func() { s.replace(file) }) }
		}
	}
	return e
}

func (s *Shell) actor() auth.Actor {
	if s.session == nil {
		return auth.Actor{}
	}
	return s.session.actor
}

// turn goes to another page: the old one's keys, timers and reads end. The new
// page fills the window next.
func (s *Shell) turn(name string) *kit.Layer {
	s.leave()
	s.page = name
	s.layer = s.keys.Push(name, false)
	return s.layer
}

// fill shows what the present page is made of.
func (s *Shell) fill(o fyne.CanvasObject) {
	s.root.Objects = []fyne.CanvasObject{kit.NewBackground(), o}
	s.root.Refresh()
}

// message is a page of one line: opening, closing.
func (s *Shell) message(name, text string) {
	s.turn(name)
	s.fill(centred(kit.Down(scaled(14), centred(logo(s.tr, 56)), centred(kit.NewLabel(text).Muted()))))
}

// leave ends the present page.
func (s *Shell) leave() {
	if s.layer != nil {
		s.layer.Close()
		s.layer = nil
	}
	for _, stop := range s.stop {
		stop()
	}
	s.stop = nil
	s.owner.Close()
	s.owner = kit.NewOwner()
	s.win.Canvas().Unfocus()
}

// every calls fn again and again while the present page lasts.
func (s *Shell) every(d time.Duration, fn func()) {
	var stop func()
	var next func()
	ended := false
	next = func() {
		stop = s.opt.After(d, func() {
			if ended {
				return
			}
			next()
			fn()
		})
	}
	next()
	s.stop = append(s.stop, func() { ended = true; stop() })
}

// open opens data in the background and then goes on; trouble has its own page.
func (s *Shell) open(d Data, then func()) {
	s.message("opening", s.tr.T("gate.opening"))
	type opened struct {
		a   *app.App
		end func() error
	}
	s.owner.OnFail(func(err error) bool { s.trouble(d, err); return true })
	kit.Act(s.env(), s.owner, func(ctx context.Context) (opened, error) {
		a, end, err := s.opt.Open(context.WithoutCancel(ctx), d)
		return opened{a, end}, err
	}, func(o opened) {
		s.data, s.app, s.end = d, o.a, o.end
		s.rememberData(d.Place)
		then()
	})
}

// rememberData keeps which file to open at the next start. A server's address is
// not kept: it may hold a password.
func (s *Shell) rememberData(place string) {
	if !isFile(place) || place == "" {
		s.fy.Preferences().RemoveValue("data")
		return
	}
	s.fy.Preferences().SetString("data", place)
}

// switchTo closes the open data and opens other.
func (s *Shell) switchTo(d Data, then func()) {
	end := s.end
	s.app, s.end, s.session = nil, nil, nil
	if end == nil {
		s.open(d, then)
		return
	}
	s.message("opening", s.tr.T("gate.opening"))
	s.owner.OnFail(func(err error) bool { s.trouble(d, err); return true })
	kit.Act(s.env(), s.owner, func(context.Context) (struct{}, error) { return struct{}{}, end() },
		func(struct{}) { s.open(d, then) })
}

// close ends the program in order; it asks first when a background job runs or
// something is not saved.
func (s *Shell) close() {
	if s.page == "closing" {
		return
	}
	if s.app != nil && s.app.Jobs.Busy() && s.session != nil && s.session.lock == nil {
		kit.Confirm(s.env(), kit.Ask{
			ID: "close", Title: s.tr.T("window.jobs_run"), Text: s.tr.T("window.jobs_stop"), OK: s.tr.T("window.quit"),
		}, s.quit)
		return
	}
	if s.session != nil && s.session.lock == nil {
		s.ending(s.quit)
		return
	}
	s.quit()
}

// quit saves what the window remembers, closes the data in the background, and ends.
func (s *Shell) quit() {
	s.rememberDesk()
	s.savePrefs()
	s.endSession()
	end := s.end
	s.app, s.end = nil, nil
	s.message("closing", s.tr.T("window.closing"))
	if end == nil {
		s.fy.Quit()
		return
	}
	s.owner.OnFail(func(error) bool { s.fy.Quit(); return true }) // said in the log; the window is going away
	kit.Act(s.env(), s.owner, func(context.Context) (struct{}, error) { return struct{}{}, end() },
		func(struct{}) { s.fy.Quit() })
}

// rememberDesk keeps language, look and size for the next start at this computer.
func (s *Shell) rememberDesk() {
	desk := s.fy.Preferences()
	desk.SetString("lang", string(s.tr.Lang()))
	desk.SetString("look", string(s.look))
	desk.SetFloat("scale", float64(s.scale))
	if size := s.win.Canvas().Size(); size.Width >= leastWidth && size.Height >= leastHeight {
		desk.SetFloat("width", float64(size.Width))
		desk.SetFloat("height", float64(size.Height))
	}
}

// touch says that somebody is at the desk.
func (s *Shell) touch() {
	if s.session != nil {
		s.session.touched = s.opt.Clock.Now()
	}
}

// Seen tells, for the test port, whether the control of a test id is in the window now: one that was
// replaced is still known by its id, but stands nowhere.
func (s *Shell) Seen(id string) bool {
	o := kit.Find(id)
	if o == nil || !o.Visible() {
		return false
	}
	at := s.fy.Driver().AbsolutePositionForObject(o)
	return at.X > 0 || at.Y > 0
}

// Screen is the id of the screen in front, "" where there is none, for tests.
func (s *Shell) Screen() string {
	if s.session == nil {
		return ""
	}
	return s.session.at
}

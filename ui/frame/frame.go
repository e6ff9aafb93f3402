package frame

import (
	"context"
	"image/color"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/app"
	"zhanggui/app/auth"
	"zhanggui/app/i18n"
	"zhanggui/app/when"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

type fyneColour = color.Color

// Options are what main hands to the window.
type Options struct {
	Screens []Entry
	Lang    string // "" asks the last start, then Chinese
	Demo    bool   // make the example shop at once when the data is empty
	Open    func(ctx context.Context) (*app.App, func() error, error)
	Retry   func(path string) // opens other data after trouble; nil hides the way out
	Clock   when.Clock
	Exec    kit.Exec
	After   kit.Timer
	Hash    func(pin string) (string, error)
}

// Frame is the window. All its methods run on the UI goroutine.
type Frame struct {
	fy    fyne.App
	win   fyne.Window
	opt   Options
	app   *app.App
	end   func() error
	tr    i18n.Tr
	look  theme.Mode
	scale float32

	keys    *kit.Keys
	layer   *kit.Layer
	owner   *kit.Owner
	actor   auth.Actor
	shop    string
	people  string // PINs of the example shop, shown at sign-in
	memory  memory
	pages   map[string]*page
	list    []Entry
	at      string // id of the screen in front
	body    *fyne.Container
	tabs    *fyne.Container
	title   *kit.Label
	rail    map[string]*railItem
	status  *status
	touched when.Millis // last key or click, for the idle lock
}

// page is one screen that was opened.
type page struct {
	entry   Entry
	screen  kit.Screen
	object  fyne.CanvasObject
	watcher *kit.Watcher
}

// Sizes of the window (LOOK §4).
const (
	firstWidth, firstHeight = 1440, 900
)

// New makes the window and begins to open the data. Show it with the driver.
func New(fy fyne.App, opt Options) *Frame {
	f := &Frame{fy: fy, opt: opt, owner: kit.NewOwner(), memory: memory{}}
	f.tr = i18n.New(f.firstLang())
	f.look, f.scale = theme.Mode(fy.Preferences().StringWithFallback("look", string(theme.LightMode))), 1
	fy.Settings().SetTheme(theme.New(f.look, f.scale))
	f.win = fy.NewWindow(f.tr.T("app.name"))
	f.win.SetIcon(theme.AppIcon())
	f.win.SetPadded(false)
	f.win.Resize(fyne.NewSize(firstWidth, firstHeight))
	f.keys = kit.NewKeys(f.win.Canvas())
	f.keys.Touched = func() { f.touched = opt.Clock.Now() }
	f.win.SetOnDropped(func(_ fyne.Position, uris []fyne.URI) { f.dropped(uris) })
	f.win.SetCloseIntercept(f.close)
	f.opening()
	return f
}

// Window is the window to show.
func (f *Frame) Window() fyne.Window { return f.win }

func (f *Frame) firstLang() i18n.Lang {
	name := f.opt.Lang
	if name == "" {
		name = f.fy.Preferences().StringWithFallback("lang", string(i18n.Chinese))
	}
	lang, ok := i18n.ParseLang(name)
	if !ok {
		return i18n.Chinese
	}
	return lang
}

// env is what screens get.
func (f *Frame) env() kit.Env {
	e := kit.Env{
		Actor: func() auth.Actor { return f.actor }, Tr: f.tr, Exec: f.opt.Exec, After: f.opt.After, Window: f.win,
		Clock: f.opt.Clock, Keys: f.keys, Memory: f.memory, Notify: f.notify, Router: f.open,
	}
	if f.app != nil {
		e.Bus = f.app.Engine.Bus()
	}
	return e
}

// opening shows that the data is being opened; it is done in the background.
func (f *Frame) opening() {
	f.show(centred(kit.Down(12, badge("掌", theme.Current().Palette().Primary, theme.Current().Palette().OnPrimary, 48),
		kit.NewLabel(f.tr.T("shell.opening")).Muted())))
	type opened struct {
		a   *app.App
		end func() error
	}
	f.owner.OnFail(func(err error) bool { f.trouble(err); return true })
	kit.Run(f.env(), f.owner, func(ctx context.Context) (opened, error) {
		a, end, err := f.opt.Open(context.WithoutCancel(ctx))
		return opened{a, end}, err
	}, func(o opened) {
		f.app, f.end = o.a, o.end
		f.owner.OnFail(nil)
		f.welcome()
	})
}

// trouble shows why the data cannot be opened and the ways out.
func (f *Frame) trouble(err error) {
	box := kit.Down(14,
		kit.NewLabel(f.tr.T("shell.cannot_open")).Title(),
		kit.NewParagraph(f.tr.Fault(err)))
	buttons := kit.Across(8)
	if f.opt.Retry != nil {
		buttons.Add(kit.ID(kit.NewButton(f.env(), f.tr.T("shell.other_file"), "", func() {
			kit.PickFile(f.env(), kit.FileFilter{}, func(paths []string) {
				if len(paths) > 0 {
					f.opt.Retry(paths[0])
					f.opening()
				}
			})
		}).Primary(), "trouble.other"))
	}
	buttons.Add(kit.ID(kit.NewButton(f.env(), f.tr.T("shell.again"), "", f.opening), "trouble.again"))
	buttons.Add(kit.ID(kit.NewButton(f.env(), f.tr.T("shell.quit"), "", f.fy.Quit), "trouble.quit"))
	box.Add(buttons)
	f.show(centred(card(560, box)))
}

// show replaces what the window holds.
func (f *Frame) show(o fyne.CanvasObject) {
	f.win.SetContent(container.NewStack(kit.NewBackground(), o))
}

// card is a white box of a width.
func card(width float32, body fyne.CanvasObject) fyne.CanvasObject {
	return kit.NewCard("", "", nil, kit.Pad(18, 22, kit.Fixed(width, 0, body)))
}

func centred(o fyne.CanvasObject) fyne.CanvasObject { return container.NewCenter(o) }

// notify shows what just happened.
func (f *Frame) notify(n kit.Note) {
	if f.status != nil {
		f.status.note(n)
	}
}

// close ends the program in order; running jobs stop after their present chunk.
func (f *Frame) close() {
	f.savePrefs()
	if f.app != nil && f.app.Jobs.Busy() {
		kit.Confirm(f.env(), kit.Ask{Title: f.tr.T("shell.jobs_run"), Text: f.tr.T("shell.jobs_stop"), OK: f.tr.T("shell.quit")}, f.quit)
		return
	}
	f.quit()
}

func (f *Frame) quit() {
	f.closePages()
	if f.end != nil {
		end := f.end
		f.end = nil
		_ = end() // said in the log; the window is going away
	}
	f.fy.Quit()
}

// initial is the first character of a name.
func initial(name string) string {
	for _, r := range strings.TrimSpace(name) {
		return string(r)
	}
	return "·"
}

// every calls fn again and again on the UI goroutine.
func (f *Frame) every(d time.Duration, fn func()) {
	f.opt.After(d, func() {
		fn()
		f.every(d, fn)
	})
}

package shell_test

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"

	"zhanggui/app"
	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/demo"
	"zhanggui/app/when"
	"zhanggui/ui/kit"
	"zhanggui/ui/kit/kittest"
	"zhanggui/ui/shell"
	"zhanggui/ui/theme"
)

// ground is a window on a shop in a test's hand: work runs inline, timers stand still.
type ground struct {
	t      *testing.T
	fy     fyne.App
	f      *apptest.Fixture
	s      *shell.Shell
	timers *kittest.Timers
	picker *kittest.FilePicker
	opened []shell.Data // what was asked to be opened
	ended  int
	fails  map[string]error // by place: why it cannot be opened
	more   map[string]*apptest.Fixture
	screen map[string]*fake
}

type change func(g *ground, o *shell.Options)

func lang(l string) change { return func(_ *ground, o *shell.Options) { o.Lang = l } }

func dark(g *ground, _ *shell.Options) { g.fy.Preferences().SetString("look", string(theme.DarkMode)) }

// window opens the window of a shop.
func window(t *testing.T, f *apptest.Fixture, size fyne.Size, changes ...change) *ground {
	t.Helper()
	g := &ground{t: t, fy: test.NewTempApp(t), f: f, timers: &kittest.Timers{}, picker: &kittest.FilePicker{}, fails: map[string]error{}, more: map[string]*apptest.Fixture{}, screen: map[string]*fake{}}
	opt := shell.Options{
		Data: f.DSN, Screens: g.screens(), Clock: f.Clock, Exec: kit.Inline, After: g.timers.After, Files: g.picker, Hash: auth.Cheap().Hash, Orders: 5,
		Open: func(_ context.Context, d shell.Data) (*app.App, func() error, error) {
			g.opened = append(g.opened, d)
			if err := g.fails[d.Place]; err != nil {
				return nil, nil, err
			}
			end := func() error { g.ended++; return nil }
			if other := g.more[d.Place]; other != nil {
				return other.App, end, nil
			}
			return f.App, end, nil
		},
	}
	for _, c := range changes {
		c(g, &opt)
	}
	g.s = shell.New(g.fy, opt)
	g.s.Window().Resize(size)
	g.s.Window().Show()
	return g
}

// fake is a screen that notes what the shell does with it.
type fake struct {
	id     string
	env    kit.Env
	log    []string
	opened any

	unsaved int      // records that are not saved
	takes   bool     // it takes dropped files itself
	dropped []string // what it took
}

func (f *fake) Build() fyne.CanvasObject {
	f.log = append(f.log, "build")
	return kit.Pad(20, 20, kit.NewLabel(f.id).Title())
}
func (f *fake) Load()                { f.log = append(f.log, "load") }
func (f *fake) Topics() []core.Topic { return []core.Topic{core.TopicOrders} }
func (f *fake) Shown()               { f.log = append(f.log, "shown") }
func (f *fake) Hidden()              { f.log = append(f.log, "hidden") }
func (f *fake) Close()               { f.log = append(f.log, "close") }
func (f *fake) Open(arg any)         { f.opened = arg }
func (f *fake) Unsaved() int         { return f.unsaved }
func (f *fake) Dropped(paths []string) bool {
	if f.takes {
		f.dropped = paths
	}
	return f.takes
}

// screens are screens of every place; "desk" counts 7.
func (g *ground) screens() []shell.Entry {
	entry := func(id, place, title string, need auth.Action) shell.Entry {
		return shell.Entry{ID: id, Place: place, Title: title, Need: need, New: func(env kit.Env, _ *app.App) kit.Screen {
			s := &fake{id: id, env: env}
			g.screen[id] = s
			return s
		}}
	}
	desk := entry("desk", "shipping", "nav.to_audit", auth.OrdersAudit)
	desk.Count = func(context.Context, *app.App) (int, error) { return 7, nil }
	board := entry("board", "shipping", "nav.board", auth.ShippingView)
	board.Count = func(context.Context, *app.App) (int, error) { return 214, nil }
	return []shell.Entry{
		entry("goods", "listing", "nav.products", auth.CatalogView), desk, board,
		entry("stock", "stock", "nav.stock", auth.StockView), entry("sales", "finance", "nav.sales", auth.FinanceView),
		entry("inbox", "import", "nav.import", auth.ImportView), entry("staff", "settings", "nav.staff", auth.UsersManage),
	}
}

// press types keys by their caps.
func (g *ground) press(chords ...kit.Chord) {
	g.t.Helper()
	e := &kittest.Env{Env: kit.Env{Window: g.s.Window(), Keys: g.s.Keys()}, T: g.t}
	e.Press(chords...)
}

func (g *ground) typed(text string) {
	g.t.Helper()
	f := g.s.Window().Canvas().Focused()
	require.NotNil(g.t, f, "nothing has the focus")
	for _, r := range text {
		f.TypedRune(r)
	}
}

// pin types a PIN by keys and Enter.
func (g *ground) pin(pin string) {
	g.t.Helper()
	for _, d := range pin {
		g.press(kit.Chord(string(d)))
	}
	g.press("Enter")
}

// signIn signs a person in by keys.
func (g *ground) signIn(role auth.Role) {
	g.t.Helper()
	require.Equal(g.t, "signin", g.s.Page())
	g.press(kit.Chord(string(rune('1' + roleAt(role)))))
	g.pin(apptest.PIN(role))
	require.Equal(g.t, "work", g.s.Page())
}

func roleAt(role auth.Role) int {
	for i, r := range auth.Roles {
		if r == role {
			return i
		}
	}
	return -1
}

func (g *ground) tap(id string) {
	g.t.Helper()
	e := &kittest.Env{Env: kit.Env{Window: g.s.Window(), Keys: g.s.Keys()}, T: g.t}
	e.Tap(id)
}

func (g *ground) text(id string) string {
	g.t.Helper()
	switch o := kit.Find(id).(type) {
	case *kit.Label:
		return o.Text()
	case *kit.Paragraph:
		return o.Text()
	case *kit.Button:
		return o.Label()
	}
	g.t.Fatalf("no text of %q", id)
	return ""
}

// seen tells whether a control is in the window now.
func (g *ground) seen(id string) bool { return g.s.Seen(id) }

func (g *ground) golden(name string) {
	g.t.Helper()
	kittest.Compare(g.t, name, g.s.Window().Canvas().Capture())
}

// later lets time pass on the clock and the timers.
func (g *ground) later(d time.Duration) {
	g.f.Clock.Advance(when.Millis(d.Milliseconds()))
	g.timers.Advance(d)
}

// exampleFixture is a shop with the example's name and people.
func exampleFixture(t *testing.T) *apptest.Fixture {
	t.Helper()
	f := apptest.Empty(t)
	_, err := demo.Run(context.Background(), f.Store, f.Clock, demo.Options{Orders: 5, Hash: auth.Cheap().Hash}, nil)
	require.NoError(t, err)
	return f
}

package inbox

import (
	"context"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/app"
	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// rightUndo is what taking an import back needs.
const rightUndo = auth.ImportUndo

// The tabs of the screen.
const (
	tabFiles   = "files"
	tabHistory = "history"
)

// screen is the inbox: files and their preview, and what was imported before.
type screen struct {
	env     kit.Env // its hints go to the list of records
	app     *app.App
	owner   *kit.Owner // of reading and writing files, one after the other
	tabs    *kit.Tabs
	pages   map[string]fyne.CanvasObject
	object  fyne.CanvasObject
	layer   *kit.Layer
	history *history

	files  []*file
	at     *file // whose preview is shown, nil for none
	shops  []domain.Shop
	shown  atomic.Pointer[[]record]
	cards  *kit.Grid
	drawn  cards
	list   *kit.List[record]
	head   *fyne.Container
	totals *fyne.Container
	job    *fyne.Container
	where  *kit.Label
	dry    *kit.Label
	sums   *kit.Label
	filed  *kit.Label
	bar    *bar
	center fyne.CanvasObject
}

// New makes the inbox.
func New(env kit.Env, a *app.App) kit.Screen {
	s := &screen{app: a, env: env, owner: kit.NewOwner(), pages: map[string]fyne.CanvasObject{}}
	s.shown.Store(&[]record{})
	s.buildFiles()
	s.history = newHistory(s)
	s.pages[tabHistory] = s.history.list.Object()
	s.tabs = kit.ID(kit.NewTabs(env, []kit.Tab{
		{Key: tabFiles, Word: env.T("box.tab.files"), Count: 0}, {Key: tabHistory, Word: env.T("box.tab.history"), Count: -1},
	}, s.turn), "import.tabs")
	body := container.NewStack(s.pages[tabFiles], s.pages[tabHistory])
	s.pages[tabHistory].Hide()
	top := container.NewStack(kit.NewSurface(), kit.Edges(nil, kit.NewRule(), nil, nil, s.tabs))
	s.object = kit.Edges(top, nil, nil, nil, body)
	s.dress()
	return s
}

// Build gives the screen to place in the window.
func (s *screen) Build() fyne.CanvasObject { return s.object }

// Load reads the past imports and the shops; previews are read again by F5 only.
func (s *screen) Load() {
	s.history.list.Load()
	s.list.Load()
	kit.Run(s.env, s.owner.Lane("shops"), func(ctx context.Context) ([]domain.Shop, error) {
		return s.app.Catalog.Shops(ctx)
	}, func(list []domain.Shop) {
		s.shops = list
		s.dress()
	})
}

// Topics are what makes the screen stale.
func (s *screen) Topics() []core.Topic { return []core.Topic{core.TopicImports, core.TopicCatalog} }

// Shown takes the keys.
func (s *screen) Shown() { s.front() }

// Hidden gives the keys back.
func (s *screen) Hidden() {
	s.list.Hidden()
	s.history.list.Hidden()
	if s.layer != nil {
		s.layer.Close()
		s.layer = nil
	}
}

// front gives the keys to the tab in front; the screen's own lie on the list's.
func (s *screen) front() {
	s.Hidden()
	if s.env.Keys == nil {
		return
	}
	if s.tabs.Active() == tabHistory {
		s.history.list.Shown()
	} else {
		s.list.Shown()
	}
	s.layer = s.env.Keys.Push("import.keys", false)
	s.layer.On("Ctrl+Tab", s.other)
	if s.tabs.Active() == tabHistory {
		return
	}
	s.bar.bind(s.layer)
	s.layer.On("O", s.choose)
	s.layer.On("Ctrl+O", s.choose)
	s.layer.On("Ctrl+PgUp", func() { s.step(-1) })
	s.layer.On("Ctrl+PgDn", func() { s.step(1) })
}

// Close drops what is being read. A commit that runs goes on.
func (s *screen) Close() {
	s.Hidden()
	s.owner.Close()
	s.list.Close()
	s.history.list.Close()
}

// Open takes files from outside (dropped on the window, an import to be
// continued), or turns to the past imports.
func (s *screen) Open(arg any) {
	switch v := arg.(type) {
	case []string:
		s.tabs.Turn(tabFiles)
		s.AddFiles(v)
	case string:
		if v == tabHistory || v == tabFiles {
			s.tabs.Turn(v)
		}
	}
}

// turn brings a tab to the front.
func (s *screen) turn(key string) {
	for k, p := range s.pages {
		if k == key {
			p.Show()
		} else {
			p.Hide()
		}
	}
	s.object.Refresh()
	if s.layer != nil {
		s.front()
	}
}

func (s *screen) other() {
	if s.tabs.Active() == tabFiles {
		s.tabs.Turn(tabHistory)
	} else {
		s.tabs.Turn(tabFiles)
	}
}

// step goes to the next file.
func (s *screen) step(by int) {
	if n := len(s.files); n > 0 {
		s.cards.SetCursor(min(max(0, s.cards.CursorRow()+by), n-1))
	}
}

// panelAfter is how long work may take before its panel shows: less would flicker.
const panelAfter = 200 * time.Millisecond

// work runs one piece of long work of the screen with a panel to stop it by. A
// second piece waits for nobody: it is refused.
func work[T any](s *screen, id, title string, do func(ctx, stopped context.Context, panel *kit.JobPanel) (T, error), ended func(v T, err error)) bool {
	stopped, stop := kit.Stop()
	panel := kit.NewJobPanel(s.env, id, title, stop)
	hide := func() {}
	type result struct {
		value T
		err   error
	}
	started := kit.Act(s.env, s.owner, func(ctx context.Context) (result, error) {
		v, err := do(ctx, stopped, panel)
		return result{v, err}, nil
	}, func(r result) {
		stop()
		hide()
		s.job.Hide()
		s.center.Refresh()
		ended(r.value, r.err)
		s.bar.refresh()
	})
	if !started {
		stop()
		return false
	}
	if s.owner.Acting() {
		hide = s.env.After(panelAfter, func() {
			s.job.Objects = []fyne.CanvasObject{kit.Pad(8, 12, panel.Object())}
			s.job.Show()
			s.center.Refresh()
		})
		s.bar.refresh()
	}
	return true
}

// rule puts a hairline under an object.
func rule(o fyne.CanvasObject) fyne.CanvasObject { return kit.Edges(nil, kit.NewRule(), nil, nil, o) }

// surfaced lays an object on white paper of a fixed height.
func surfaced(height float32, o fyne.CanvasObject) fyne.CanvasObject {
	return container.NewStack(kit.NewSurface(), kit.Fixed(0, height*theme.Current().Metrics().Scale, o))
}

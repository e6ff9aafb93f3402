package frame

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/app/domain"
	"zhanggui/app/i18n"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// idleEvery is how often the idle lock looks at the clock.
const idleEvery = 15 * time.Second

// work builds the window for the person signed in: rail, top bar, screens, status bar.
func (f *Frame) work() {
	env := f.env()
	f.pages, f.rail = map[string]*page{}, map[string]*railItem{}
	f.list = visible(env, f.opt.Screens)
	f.touched = f.opt.Clock.Now()
	f.body, f.tabs = container.NewStack(), container.NewStack()
	f.title = kit.ID(kit.NewLabel("").Title().Narrow(), "top.title")
	f.status = newStatus(f)
	f.keysFor("frame", f.shortcuts)
	f.win.Canvas().SetOnTypedRune(nil)
	f.show(kit.Edges(nil, nil, f.railColumn(), nil,
		kit.Edges(kit.Down(0, f.topBar(), f.tabs), f.status.object, nil, nil, container.NewStack(kit.NewSurface(), f.body))))
	if len(f.list) > 0 {
		f.open(f.list[0].ID, nil)
	}
	f.unfinished()
	f.every(idleEvery, f.idle)
}

func (f *Frame) shortcuts(l *kit.Layer) {
	for _, p := range places {
		l.On(p.key, func() { f.goTo(p.id) })
	}
	l.On("F1", f.help)
	l.On("Ctrl+L", f.lock)
	l.Try("Ctrl+Z", func() bool { return f.status.undo() })
}

// railColumn is the rail: the program's sign, the places, settings at the bottom.
func (f *Frame) railColumn() fyne.CanvasObject {
	p, m := theme.Current().Palette(), theme.Current().Metrics()
	top := kit.Down(2, kit.Pad(8, (m.Rail-32)/2, badge("掌", p.Primary, p.OnPrimary, 32)))
	bottom := kit.Down(2)
	for _, pl := range places {
		if len(under(f.list, pl.id)) == 0 {
			continue
		}
		item := newRailItem(pl.icon, f.tr.T(pl.title), func() { f.goTo(pl.id) })
		f.rail[pl.id] = kit.ID(item, "rail."+pl.id)
		if pl.id == "settings" {
			bottom.Add(item)
		} else {
			top.Add(item)
		}
	}
	return kit.Fixed(m.Rail, 0, container.NewStack(kit.NewBackground(), kit.Edges(top, kit.Pad(6, 0, bottom), nil, nil, nil)))
}

// topBar is the screen's title, the import button and the person.
func (f *Frame) topBar() fyne.CanvasObject {
	p, m := theme.Current().Palette(), theme.Current().Metrics()
	right := kit.Across(12)
	if len(under(f.list, "import")) > 0 {
		right.Add(kit.ID(kit.NewButton(f.env(), f.tr.T("nav.import"), "Ctrl+I", func() { f.goTo("import") }).Icon("inbox"), "top.import"))
	}
	who := kit.Down(0, kit.NewLabel(f.actor.Name), kit.NewLabel(f.tr.Word("role", string(f.actor.Role))).Small().Muted())
	right.Add(badge(initial(f.actor.Name), theme.Role(f.actor.Role), p.Surface, 28))
	right.Add(who)
	right.Add(kit.ID(kit.NewButton(f.env(), f.tr.T("shell.me"), "", f.menu).Small(), "top.me"))
	bar := kit.Pad(0, 12, kit.Edges(nil, nil, nil, right, f.title))
	return container.NewStack(kit.NewSurface(), kit.Edges(nil, kit.NewRule(), nil, nil, kit.Fixed(0, m.TopBar, bar)))
}

// goTo opens the first screen of a place, or the one that was in front there.
func (f *Frame) goTo(placeID string) {
	own := under(f.list, placeID)
	if len(own) == 0 {
		return
	}
	for _, e := range own {
		if e.ID == f.memory.Get("place."+placeID) {
			f.open(e.ID, nil)
			return
		}
	}
	f.open(own[0].ID, nil)
}

// open brings a screen to the front; arg goes to a screen that takes one.
func (f *Frame) open(id string, arg any) {
	entry, ok := f.entry(id)
	if !ok {
		return
	}
	if old := f.pages[f.at]; old != nil && f.at != id {
		old.watcher.Hide()
		if s, ok := old.screen.(kit.Shower); ok {
			s.Hidden()
		}
	}
	p := f.page(entry)
	f.at = id
	f.memory.Set("place."+entry.Place, id)
	if t, ok := p.screen.(kit.Target); ok && arg != nil {
		t.Open(arg)
	}
	f.body.Objects = []fyne.CanvasObject{p.object}
	f.body.Refresh()
	f.dress(entry)
	if s, ok := p.screen.(kit.Shower); ok {
		s.Shown()
	}
	p.watcher.Show()
}

func (f *Frame) entry(id string) (Entry, bool) {
	for _, e := range f.list {
		if e.ID == id {
			return e, true
		}
	}
	return Entry{}, false
}

// page makes a screen at its first showing.
func (f *Frame) page(e Entry) *page {
	if p := f.pages[e.ID]; p != nil {
		return p
	}
	env := f.env()
	s := e.New(env, f.app)
	p := &page{entry: e, screen: s, object: s.Build(), watcher: kit.Watch(env, s)}
	f.pages[e.ID] = p
	return p
}

// dress sets title, tabs and rail for the screen in front.
func (f *Frame) dress(e Entry) {
	for id, item := range f.rail {
		item.set(id == e.Place)
	}
	own := under(f.list, e.Place)
	f.title.SetText(f.tr.T("nav." + e.Place))
	f.tabs.Objects = nil
	if len(own) > 1 {
		var items []kit.Tab
		for _, o := range own {
			items = append(items, kit.Tab{Key: o.ID, Word: f.tr.T(o.Title), Count: -1})
		}
		tabs := kit.NewTabs(f.env(), items, func(key string) { f.open(key, nil) })
		tabs.SetActive(e.ID)
		f.tabs.Objects = []fyne.CanvasObject{container.NewStack(kit.NewSurface(), kit.Edges(nil, kit.NewRule(), nil, nil, kit.Pad(0, 6, tabs)))}
	}
	f.tabs.Refresh()
}

func (f *Frame) closePages() {
	for _, p := range f.pages {
		p.watcher.Close()
		if s, ok := p.screen.(kit.Shower); ok && p.entry.ID == f.at {
			s.Hidden()
		}
		if c, ok := p.screen.(kit.Closer); ok {
			c.Close()
		}
	}
	f.pages, f.at = nil, ""
}

// fileTaker is a screen that takes dropped files: the inbox.
type fileTaker interface{ AddFiles(paths []string) }

// dropped hands files that were dropped on the window to the inbox.
func (f *Frame) dropped(uris []fyne.URI) {
	if f.actor.ID.Zero() || f.actor.Locked {
		return
	}
	own := under(f.list, "import")
	if len(own) == 0 {
		return
	}
	var paths []string
	for _, u := range uris {
		if u.Scheme() == "file" {
			paths = append(paths, u.Path())
		}
	}
	f.open(own[0].ID, nil)
	if t, ok := f.pages[own[0].ID].screen.(fileTaker); ok && len(paths) > 0 {
		t.AddFiles(paths)
	}
}

// unfinished says at the start that an import was interrupted.
func (f *Frame) unfinished() {
	if _, ok := f.entry("inbox"); !ok {
		return
	}
	kit.Run(f.env(), f.owner.Lane("unfinished"), func(ctx context.Context) ([]domain.Import, error) {
		return f.app.Inbox.Unfinished(ctx)
	}, func(list []domain.Import) {
		if len(list) > 0 {
			f.notify(kit.Note{Level: kit.NoteWarn, Text: f.tr.T("shell.unfinished", "n", len(list))})
			f.open("inbox", nil)
		}
	})
}

// menu is what a person may do with the window itself.
func (f *Frame) menu() {
	options := []kit.Option{
		{Title: f.tr.T("shell.lock")}, {Title: f.tr.T("shell.sign_out")}, {Title: f.tr.T("shell.language")},
		{Title: f.tr.T("shell.look")}, {Title: f.tr.T("shell.bigger")}, {Title: f.tr.T("shell.smaller")},
	}
	kit.Choose(f.env(), kit.Question{Title: f.actor.Name, Options: options}, func(n int, _ bool) {
		switch n {
		case 0:
			f.lock()
		case 1:
			f.signOut()
		case 2:
			f.setLang(otherLang(f.tr.Lang()))
		case 3:
			f.setLook(otherLook(f.look))
		case 4:
			f.setScale(f.scale + 0.1)
		case 5:
			f.setScale(f.scale - 0.1)
		}
	})
}

func otherLang(l i18n.Lang) i18n.Lang {
	if l == i18n.Chinese {
		return i18n.English
	}
	return i18n.Chinese
}

func otherLook(m theme.Mode) theme.Mode {
	if m == theme.DarkMode {
		return theme.LightMode
	}
	return theme.DarkMode
}

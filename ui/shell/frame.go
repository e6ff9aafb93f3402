package shell

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// frame is what stands around the screen in front: rail, top bar, tabs, status
// bar, the panel of background jobs and the messages (LOOK §4).
type frame struct {
	s      *Shell
	object fyne.CanvasObject
	rail   map[string]*railItem
	title  *kit.Label
	picks  *fyne.Container // channel and period, where the screen has them
	inside *fyne.Container // everything right of the rail
	tabBar *fyne.Container
	tabs   *kit.Tabs // nil where the place has one screen only
	inbox  *kit.Button
	wave   *waveClock
	top    *fyne.Container // the top bar, laid out again when a text in it changes its width
	body   *fyne.Container
	status *status
	jobs   *jobs
	toasts *kit.Toasts
}

func newFrame(s *Shell) *frame {
	f := &frame{s: s, rail: map[string]*railItem{}, tabBar: container.NewStack(), body: container.NewStack()}
	f.title = kit.ID(kit.NewLabel("").Title(), "top.title")
	f.status, f.jobs = newStatus(s), newJobs(s)
	f.toasts = kit.NewToasts(s.env())
	f.inside = kit.Edges(kit.Down(0, f.topBar(), f.tabBar), f.status.object, nil, nil, container.NewStack(kit.NewSurface(), f.body))
	f.object = container.NewStack(
		kit.Edges(nil, nil, f.railColumn(), nil, kit.Edges(nil, nil, kit.NewRule(), nil, f.inside)),
		f.jobs.object, f.toasts.Object())
	return f
}

// railColumn is the rail: the program's sign, the places, settings at the bottom.
func (f *frame) railColumn() fyne.CanvasObject {
	s, m := f.s, theme.Current().Metrics()
	top := kit.Down(0, kit.Pad(scaled(9), (m.Rail-scaled(32))/2, logo(s.tr, 32)))
	bottom := kit.Down(0)
	for _, pl := range places {
		if pl.id == placeImport || len(under(s.session.list, pl.id)) == 0 {
			continue
		}
		item := newRailItem(s.keys, pl.icon, s.tr.T(pl.title), func() { s.goTo(pl.id) })
		f.rail[pl.id] = kit.ID(item, "rail."+pl.id)
		if pl.id == placeSettings {
			bottom.Add(item)
		} else {
			top.Add(item)
		}
	}
	return kit.Fixed(m.Rail, 0, container.NewStack(kit.NewBackground(), kit.Edges(top, kit.Pad(4, 0, bottom), nil, nil, nil)))
}

// Widths in the top bar (LOOK §4). The title's place is fixed: the search must
// not jump from screen to screen.
const (
	titleWidth  = 88
	searchWidth = 300
)

// topBar is the screen's title, the search, the way to the inbox and the person.
func (f *frame) topBar() fyne.CanvasObject {
	s, m := f.s, theme.Current().Metrics()
	right := kit.Across(scaled(12))
	f.wave = newWaveClock(s)
	if f.wave.may() {
		right.Add(f.wave.object)
	}
	if len(under(s.session.list, placeImport)) > 0 {
		f.inbox = kit.ID(kit.NewButton(s.env(), s.tr.T("nav.import"), "Ctrl+I", func() { s.goTo(placeImport) }).Icon("inbox"), "top.import")
		right.Add(f.inbox)
		right.Add(kit.Fixed(1, scaled(20), kit.NewRule()))
	}
	a := s.session.actor
	who := kit.Across(scaled(8), badge(initial(a.Name), 28, theme.Role(a.Role), white),
		kit.Down(0, kit.NewLabel(a.Name).Bold(), kit.NewLabel(s.tr.Word("role", string(a.Role))).Tiny().Muted()),
		kit.NewLine(kit.Part{Icon: "down", Token: theme.MutedToken}))
	var me *box
	me = newBox(s.keys, 4, kit.Pad(scaled(3), scaled(6), who), func() { s.menu(me) }, func(p *theme.Palette, hover bool) paint {
		if hover {
			return paint{fill: p.Hover}
		}
		return paint{fill: p.Surface}
	})
	right.Add(kit.ID(me, "top.me"))
	find := kit.ID(kit.NewSearchBox(s.env(), s.tr.T("jump.ghost"), "Ctrl+K", searchWidth, s.openPalette), "top.find")
	f.picks = kit.Across(scaled(8))
	left := kit.Across(scaled(12), kit.Fixed(scaled(titleWidth), 0, f.title), f.picks)
	f.top = kit.Pad(0, m.ScreenMargin, kit.Edges(nil, nil, left, right, kit.Pad(0, scaled(12), kit.AtMost(scaled(searchWidth), find))))
	return container.NewStack(kit.NewSurface(), kit.Edges(nil, kit.NewRule(), nil, nil, kit.Fixed(0, m.TopBar, f.top)))
}

// relayTop lays the top bar out again.
func (f *frame) relayTop() { relayout(f.top) }

// dress sets title, filters, tabs and rail for the screen in front.
func (f *frame) dress(e Entry) {
	s := f.s
	f.picks.Objects = s.session.pages[e.ID].picks
	f.relayTop()
	for id, item := range f.rail {
		item.set(id == e.Place)
	}
	f.title.SetText(s.tr.T("nav." + e.Place))
	own := under(s.session.list, e.Place)
	if len(own) < 2 {
		f.tabs, f.tabBar.Objects = nil, nil
		relayout(f.inside)
		return
	}
	items := make([]kit.Tab, 0, len(own))
	for _, o := range own {
		items = append(items, kit.Tab{Key: o.ID, Word: s.tr.T(o.Title), Count: -1})
	}
	f.tabs = kit.ID(kit.NewTabs(s.env(), items, func(key string) { s.openScreen(key, nil) }), "tabs")
	f.tabs.SetActive(e.ID)
	f.tabBar.Objects = []fyne.CanvasObject{container.NewStack(kit.NewSurface(), kit.Edges(nil, kit.NewRule(), nil, nil, f.tabs))}
	f.tabBar.Refresh()
	relayout(f.inside)
	f.showCounts()
}

// showCounts puts the counts on tabs, rail and the way to the inbox.
func (f *frame) showCounts() {
	s := f.s
	sums := map[string]int{}
	for _, e := range s.session.list {
		n, known := s.session.counts[e.ID]
		if !known {
			continue
		}
		sums[e.Place] += n
		if f.tabs != nil {
			f.tabs.SetCount(e.ID, n)
		}
	}
	for id, item := range f.rail {
		item.count(sums[id])
	}
	if f.inbox != nil {
		label := s.tr.T("nav.import")
		if n := sums[placeImport]; n > 0 {
			label += " " + strconv.Itoa(n)
		}
		f.inbox.SetLabel(label)
	}
}

// nothing says that the person may see no screen at all.
func (f *frame) nothing() {
	state := kit.NewState(f.s.env())
	state.Empty(kit.Empty{Icon: "lock", Title: f.s.tr.T("window.nothing"), Text: f.s.tr.T("window.nothing_text")})
	f.body.Objects = []fyne.CanvasObject{state.Object()}
	f.body.Refresh()
}

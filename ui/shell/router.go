package shell

import (
	"fyne.io/fyne/v2"

	"zhanggui/ui/kit"
)

// page is one screen that was opened.
type page struct {
	entry   Entry
	screen  kit.Screen
	object  fyne.CanvasObject
	watcher *kit.Watcher
	filters []kit.TopFilter
	picks   []fyne.CanvasObject // their controls, in the top bar while the screen is in front
}

// route is kit.Env.Router: it opens a screen by its id, or a place by its own.
func (s *Shell) route(id string, arg any) {
	if _, ok := s.entry(id); ok {
		s.openScreen(id, arg)
		return
	}
	s.goTo(id)
}

func (s *Shell) entry(id string) (Entry, bool) {
	for _, e := range s.session.list {
		if e.ID == id {
			return e, true
		}
	}
	return Entry{}, false
}

// goTo opens the screen of a place that was in front there last, else its first.
func (s *Shell) goTo(placeID string) {
	own := under(s.session.list, placeID)
	if len(own) == 0 {
		return
	}
	id := own[0].ID
	for _, e := range own {
		if e.ID == s.session.memory.Get("place."+placeID) {
			id = e.ID
		}
	}
	s.openScreen(id, nil)
}

// openScreen brings a screen to the front. arg goes to a screen that takes one, before it loads.
func (s *Shell) openScreen(id string, arg any) {
	e, ok := s.entry(id)
	if !ok {
		return
	}
	ses := s.session
	if ses.at != id {
		s.hide()
	}
	p := s.opened(e)
	first := ses.at != id
	ses.at = id
	ses.memory.Set("place."+e.Place, id)
	ses.frame.body.Objects = []fyne.CanvasObject{p.object}
	ses.frame.body.Refresh()
	ses.frame.dress(e)
	if first {
		if sh, ok := p.screen.(kit.Shower); ok {
			sh.Shown()
		}
	}
	if t, ok := p.screen.(kit.Target); ok && arg != nil {
		t.Open(arg)
		s.followChannel(p) // a link says which orders it means, of all channels too
	} else if f := p.channel(); f != nil {
		f.Set(ses.memory.Get(channelMemory))
	}
	p.watcher.Show()
}

// opened gives the page of a screen; at its first showing the screen is made.
func (s *Shell) opened(e Entry) *page {
	if p := s.session.pages[e.ID]; p != nil {
		return p
	}
	env := s.env()
	screen := e.New(env, s.app)
	p := &page{entry: e, screen: screen, object: screen.Build()}
	p.watcher = kit.Watch(env, screen)
	if t, ok := screen.(kit.Topped); ok {
		p.filters = t.TopFilters()
	}
	for _, f := range p.filters {
		p.picks = append(p.picks, kit.TopControl(env, f))
	}
	if f := p.channel(); f != nil {
		f.Watch(func() { s.followChannel(p) })
	}
	s.session.pages[e.ID] = p
	return p
}

// channelMemory is where the channel of the top bar is kept: it goes with the
// person from screen to screen. A period stays with its screen: last month's
// figures must not hide today's orders.
const channelMemory = "top.channel"

// channel is the page's filter by channel, nil where it has none.
func (p *page) channel() *kit.TopFilter {
	for i := range p.filters {
		if p.filters[i].Field.Key == kit.ChannelKey {
			return &p.filters[i]
		}
	}
	return nil
}

// followChannel keeps the channel that the screen in front shows.
func (s *Shell) followChannel(p *page) {
	if f := p.channel(); f != nil && s.session.at == p.entry.ID {
		s.session.memory.Set(channelMemory, f.Get())
	}
}

// hide takes the screen in front away from keys and reloading.
func (s *Shell) hide() {
	p := s.session.pages[s.session.at]
	if p == nil {
		return
	}
	p.watcher.Hide()
	if sh, ok := p.screen.(kit.Shower); ok {
		sh.Hidden()
	}
	s.win.Canvas().Unfocus()
}

// closePages ends every open screen.
func (s *Shell) closePages() {
	s.hide()
	for id, p := range s.session.pages {
		p.watcher.Close()
		if c, ok := p.screen.(kit.Closer); ok {
			c.Close()
		}
		delete(s.session.pages, id)
	}
	s.session.at = ""
}

// shortcuts are the keys that work on every screen (workflows 4.0).
func (s *Shell) shortcuts(l *kit.Layer) {
	for _, p := range places {
		for _, c := range p.keys {
			l.On(c, func() { s.goTo(p.id) })
		}
	}
	l.On("Ctrl+0", func() {
		if len(s.session.list) > 0 {
			s.goTo(s.session.list[0].Place)
		}
	})
	l.On("Ctrl+PgDown", func() { s.turnTab(1) })
	l.On("Ctrl+PgUp", func() { s.turnTab(-1) })
	l.On("Ctrl+PgDn", func() { s.turnTab(1) })
	l.On("F1", s.help)
	l.On("Ctrl+L", s.lockNow)
	l.On("Shift+F4", s.toTop)
	l.On("Ctrl+K", s.openPalette)
	l.Try("Ctrl+Z", s.undo)
	l.On("Ctrl+Shift+Z", s.undoList)
}

// toTop puts the focus into the top bar's filters; Tab goes to the next, Enter opens.
func (s *Shell) toTop() {
	p := s.session.pages[s.session.at]
	if p == nil || len(p.picks) == 0 {
		return
	}
	s.win.Canvas().Focus(p.picks[0].(fyne.Focusable))
}

// turnTab goes to the next or former tab of the place.
func (s *Shell) turnTab(by int) {
	e, ok := s.entry(s.session.at)
	if !ok {
		return
	}
	own := under(s.session.list, e.Place)
	for i, o := range own {
		if o.ID == e.ID {
			s.openScreen(own[(i+by+len(own))%len(own)].ID, nil)
			return
		}
	}
}

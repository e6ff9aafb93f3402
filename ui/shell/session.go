package shell

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/job"
	"zhanggui/app/users"
	"zhanggui/app/when"
	"zhanggui/ui/kit"
)

// session is one person's time at the window.
type session struct {
	actor    auth.Actor
	settings domain.Settings
	memory   *memory
	saved    string // choices as they were saved last
	saving   func() // stops the save that is waiting
	list     []Entry
	pages    map[string]*page
	at       string // id of the screen in front
	frame    *frame
	note     kit.Note
	undoes   undoes
	touched  when.Millis // last key, click or move of the mouse
	lock     *lock       // nil when not locked
	counts   map[string]int
	told     map[job.ID]bool // jobs whose end was said
}

// idleEvery is how often the idle lock looks at the clock.
const idleEvery = 5 * time.Second

// begin starts the work of a person who gave the right PIN.
func (s *Shell) begin(me users.Me) {
	s.session = &session{actor: me.Actor, pages: map[string]*page{}, counts: map[string]int{}, told: map[job.ID]bool{}, saved: me.Prefs, touched: s.opt.Clock.Now()}
	s.session.memory = s.takePrefs(me.Prefs)
	s.work()
	s.readSettings()
	s.unfinished()
	s.warnings()
	files := s.opt.Import
	s.opt.Import = nil
	s.importFiles(files)
}

// work shows the frame: rail, top bar, the screen in front, status bar. It is
// built anew for another language or text size.
func (s *Shell) work() {
	ses := s.session
	at := ses.at
	s.closePages()
	layer := s.turn("work")
	ses.list = visible(s.env(), s.opt.Screens)
	ses.frame = newFrame(s)
	s.shortcuts(layer)
	s.fill(ses.frame.object)
	if _, ok := s.entry(at); !ok {
		at = s.first()
	}
	if at == "" {
		ses.frame.nothing()
	} else {
		s.openScreen(at, nil)
	}
	s.every(idleEvery, s.idle)
	s.every(20*time.Second, ses.frame.status.look)
	ses.frame.status.look()
	s.every(waveEvery, ses.frame.wave.tick)
	ses.frame.wave.look()
	s.watch()
	s.readCounts()
}

// first is the screen to begin with, "" when there is none to see.
func (s *Shell) first() string {
	if e, ok := s.entry(landing); ok {
		return e.ID
	}
	if len(s.session.list) > 0 {
		return s.session.list[0].ID
	}
	return ""
}

// endSession closes everything of the person signed in; what they chose is saved first.
func (s *Shell) endSession() {
	if s.session == nil {
		return
	}
	s.closePages()
	if s.session.lock != nil {
		s.session.lock.drop()
	}
	if s.session.saving != nil {
		s.session.saving()
	}
	s.dropOverlays()
	s.session = nil
}

// signOut goes back to the names; say is why, or "".
func (s *Shell) signOut(say string) {
	s.savePrefs()
	s.endSession()
	s.turn("signin")
	s.gate(say)
}

// dropOverlays takes dialogs and menus away.
func (s *Shell) dropOverlays() {
	stack := s.win.Canvas().Overlays()
	for top := stack.Top(); top != nil; top = stack.Top() {
		stack.Remove(top)
	}
}

// watch follows what concerns the frame itself: the person's own rights, the
// settings, the jobs, the counts.
func (s *Shell) watch() {
	bus := s.env().Bus
	pending := map[core.Topic]bool{}
	stop := bus.Subscribe(func(changes []core.Change) {
		topics := make([]core.Topic, 0, len(changes))
		for _, c := range changes {
			topics = append(topics, c.Topic)
		}
		fyne.Do(func() {
			first := len(pending) == 0
			for _, t := range topics {
				pending[t] = true
			}
			if first {
				s.opt.After(250*time.Millisecond, func() {
					now := pending
					pending = map[core.Topic]bool{}
					s.news(now)
				})
			}
		})
	})
	s.stop = append(s.stop, stop)
}

// news reads again what a change made stale.
func (s *Shell) news(topics map[core.Topic]bool) {
	if s.session == nil || s.session.actor.Locked || s.app == nil {
		return
	}
	if topics[core.TopicStaff] {
		s.readMe()
	}
	if topics[core.TopicSettings] {
		s.readSettings()
	}
	if topics[core.TopicSettings] || topics[core.TopicOrders] || topics[core.TopicParcels] {
		s.session.frame.wave.look()
	}
	if topics[core.TopicJobs] {
		s.session.frame.jobs.look()
		s.session.frame.status.look()
	}
	if topics[core.TopicOrders] || topics[core.TopicParcels] || topics[core.TopicImports] || topics[core.TopicStock] || topics[core.TopicCatalog] {
		s.readCounts()
	}
}

// readMe follows a change of the own rights; a person who may not work any more is signed out.
func (s *Shell) readMe() {
	lane := s.owner.Lane("me")
	lane.OnFail(func(err error) bool {
		if fault.Is(err, fault.Denied) {
			s.signOut(oneLine(s.tr.Fault(err)))
			return true
		}
		return false
	})
	kit.Run(s.env(), lane, func(ctx context.Context) (users.Me, error) { return s.app.Users.Me(ctx) }, func(me users.Me) {
		if sameActor(s.session.actor, me.Actor) {
			return
		}
		s.session.actor = me.Actor
		s.work()
		s.notify(kit.Note{Level: kit.NoteWarn, Text: s.tr.T("window.rights_changed")})
	})
}

func sameActor(a, b auth.Actor) bool {
	if a.Name != b.Name || a.Role != b.Role || len(a.Grants) != len(b.Grants) {
		return false
	}
	for k, v := range a.Grants {
		if w, ok := b.Grants[k]; !ok || w != v {
			return false
		}
	}
	return true
}

// readSettings reads the minutes of the idle lock and the currency.
func (s *Shell) readSettings() {
	kit.Run(s.env(), s.owner.Lane("settings"), func(ctx context.Context) (domain.Settings, error) { return s.app.Settings.Typed(ctx) }, func(set domain.Settings) {
		changed := s.session.settings.ShopName != "" && set.Currency != s.info.currency
		s.session.settings = set
		s.info.shop, s.info.currency = set.ShopName, set.Currency
		s.speak(s.tr.Lang())
		if changed {
			s.work()
		}
	})
}

// readCounts reads how much work waits behind the tabs.
func (s *Shell) readCounts() {
	list, a := s.session.list, s.app
	kit.Run(s.env(), s.owner.Lane("counts"), func(ctx context.Context) (map[string]int, error) {
		counts := map[string]int{}
		for _, e := range list {
			if e.Count == nil {
				continue
			}
			n, err := e.Count(ctx, a)
			if err != nil {
				return nil, err
			}
			counts[e.ID] = n
		}
		return counts, nil
	}, func(counts map[string]int) {
		s.session.counts = counts
		s.session.frame.showCounts()
	})
}

// warnings says once what opening the data found: a folder that a cloud program copies.
func (s *Shell) warnings() {
	kit.Run(s.env(), s.owner.Lane("warnings"), func(ctx context.Context) (core.Info, error) { return s.app.Backup.Info(ctx) }, func(i core.Info) {
		for _, key := range i.Notes {
			s.notify(kit.Note{Level: kit.NoteWarn, Text: s.tr.T(key)})
		}
	})
}

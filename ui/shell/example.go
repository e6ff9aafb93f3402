package shell

import (
	"context"
	"path/filepath"
	"strings"

	"zhanggui/app"
	"zhanggui/app/auth"
	"zhanggui/app/demo"
	"zhanggui/app/fault"
	"zhanggui/app/job"
	"zhanggui/ui/kit"
)

// exampleFile is the name of the example shop's own file beside the shop's: trying
// things out there never touches the real one.
const exampleFile = "example.zhanggui"

// isFile tells a file's path from a server's URL.
func isFile(place string) bool {
	return !strings.HasPrefix(place, "postgres://") && !strings.HasPrefix(place, "postgresql://")
}

// canExample tells whether the example shop can be made here: it has a file of
// its own; a server's empty database is filled by zg demo.
func (s *Shell) canExample() bool { return isFile(s.data.Place) && !s.data.ReadOnly }

// making is the example shop being made.
type making struct {
	place string
	a     *app.App
	end   func() error
	stop  bool // a person stopped it: nothing is left of it
}

// example opens the example shop; it is made first where there is none, with
// progress and a button to stop.
func (s *Shell) example() {
	if !s.canExample() {
		return
	}
	own, real := s.app, s.data
	s.turn("example")
	ctx, cancel := context.WithCancel(auth.With(context.Background(), auth.SystemActor))
	s.stop = append(s.stop, cancel)
	panel := kit.NewJobPanel(s.env(), "example", s.tr.T("gate.making"), cancel)
	hint := kit.NewLabel(s.tr.T("gate.example_wait")).Small().Muted()
	s.fill(centred(kit.Fixed(scaled(520), 0, kit.Down(scaled(12), centred(logo(s.tr, 56)), panel.Object(), centred(hint)))))
	report := panel.Report()
	s.owner.OnFail(func(err error) bool { s.exampleFailed(err); return true })
	kit.Act(s.env(), s.owner, func(context.Context) (making, error) { return s.makeExample(ctx, own, report) }, func(m making) {
		if m.stop {
			s.gate("")
			return
		}
		s.leaveData()
		s.data, s.app, s.end = Data{Place: m.place}, m.a, m.end
		s.fy.Preferences().SetString("own", real.Place)
		s.fy.Preferences().SetString("data", m.place)
		s.gate("")
	})
}

// makeExample opens the example's file and fills it when it is empty. What was
// not finished is deleted again.
func (s *Shell) makeExample(ctx context.Context, own *app.App, report job.Report) (making, error) {
	info, err := own.Backup.Info(auth.With(ctx, auth.SystemActor))
	if err != nil {
		return making{}, err
	}
	m := making{place: filepath.Join(filepath.Dir(info.Place), exampleFile)}
	if m.a, m.end, err = s.opt.Open(context.WithoutCancel(ctx), Data{Place: m.place}); err != nil {
		return making{}, err
	}
	w, err := m.a.Users.Welcome(ctx)
	if err != nil {
		_ = m.end() // the first error counts
		return making{}, err
	}
	if w.Empty {
		err = s.fillExample(ctx, m, report)
	}
	if fault.Is(err, fault.Cancelled) {
		return making{stop: true}, nil
	}
	return m, err
}

// fillExample makes the example; what was not finished is no use to anybody and goes.
func (s *Shell) fillExample(ctx context.Context, m making, report job.Report) error {
	opt := demo.Options{Hash: s.opt.Hash, Orders: s.opt.Orders}
	_, err := demo.Run(ctx, m.a.Engine.Store(), s.opt.Clock, opt, report)
	if err == nil {
		return nil
	}
	_ = m.end() // the first error counts
	if s.opt.Discard != nil {
		if gone := s.opt.Discard(m.place); gone != nil {
			return gone
		}
	}
	return err
}

// exampleFailed goes back to where one was and says why.
func (s *Shell) exampleFailed(err error) {
	s.gate("")
	kit.Fail(s.env(), err)
}

// leaveData closes the open data in the background, for other data that is open already.
func (s *Shell) leaveData() {
	end := s.end
	if end == nil {
		return
	}
	s.end = nil
	s.opt.Exec(func() { _ = end() }) // said in the log; nobody waits for it
}

// ownShop leaves the example for the own shop.
func (s *Shell) ownShop() {
	desk := s.fy.Preferences()
	place := desk.String("own")
	if place == "" {
		place = s.opt.Data
	}
	desk.RemoveValue("data")
	s.switchTo(Data{Place: place}, func() { s.gate("") })
}

package frame

import (
	"context"
	"path/filepath"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/app/core"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// status is the bar at the bottom: the last action with its undo at the left,
// the data, other desks and the clock at the right (LOOK §4).
type status struct {
	f      *Frame
	object fyne.CanvasObject
	last   *kit.Label
	again  *kit.Button
	place  *kit.Label
	clock  *kit.Label
	back   func()
}

func newStatus(f *Frame) *status {
	m := theme.Current().Metrics()
	s := &status{
		f: f, last: kit.ID(kit.NewLabel("").Small().Narrow(), "status.last"), place: kit.NewLabel("").Small().Muted(),
		clock: kit.NewLabel("").Small(),
	}
	s.again = kit.ID(kit.NewButton(f.env(), f.tr.T("action.undo"), "Ctrl+Z", func() { s.undo() }).Plain(), "status.undo")
	s.again.Hide()
	help := kit.NewButton(f.env(), f.tr.T("shell.keys"), "F1", f.help).Plain()
	bar := kit.Pad(0, 12, kit.Edges(nil, nil, kit.Across(8, s.again), kit.Across(14, s.place, help, s.clock), s.last))
	s.object = container.NewStack(kit.NewBackground(), kit.Edges(kit.NewRule(), nil, nil, nil, kit.Fixed(0, m.StatusBar, bar)))
	s.tick()
	s.look()
	f.every(20*time.Second, func() {
		if f.status == s {
			s.tick()
			s.look()
		}
	})
	return s
}

// note shows what just happened.
func (s *status) note(n kit.Note) {
	token := theme.TextToken
	switch n.Level {
	case kit.NoteWarn:
		token = theme.Warn.Token()
	case kit.NoteBad:
		token = theme.Urgent.Token()
	}
	s.last.SetParts(kit.Part{Text: n.Text, Token: token})
	s.back = n.Undo
	if n.Undo != nil {
		s.again.Show()
	} else {
		s.again.Hide()
	}
}

// undo takes the last action back when it can be; false lets the key go on.
func (s *status) undo() bool {
	if s.back == nil {
		return false
	}
	back := s.back
	s.back = nil
	s.again.Hide()
	back()
	return true
}

func (s *status) tick() {
	now := s.f.opt.Clock.Now()
	s.clock.SetText(s.f.tr.DateWeek(now.Day(), now.Day()) + " " + now.Minute()[11:])
}

// look reads where the data is and who else works on it.
func (s *status) look() {
	f := s.f
	kit.Run(f.env(), f.owner.Lane("status"), func(ctx context.Context) (core.Info, error) { return f.app.Engine.Store().Info(ctx) }, func(i core.Info) {
		text := filepath.Base(i.Place)
		if len(i.Others) > 0 {
			o := i.Others[0]
			text += " · " + f.tr.T("shell.others", "desk", o.Desk, "user", o.User, "since", o.Since.Minute(), "n", strconv.Itoa(len(i.Others)))
		}
		s.place.SetText(text)
	})
}

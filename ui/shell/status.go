package shell

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/app/core"
	"zhanggui/app/fault"
	"zhanggui/app/i18n"
	"zhanggui/app/when"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// status is the bar at the bottom: the last action with its undo at the left;
// the data, other desks, the backup, F1 and the clock at the right. Data that
// cannot be reached turns the whole bar into a blocked fill (LOOK §4).
type status struct {
	s      *Shell
	object fyne.CanvasObject
	ground *box
	last   *kit.Label
	again  *kit.Button
	help   *kit.Button
	place  *kit.Label
	clock  *kit.Label
	facts  facts
	lost   string // why the data cannot be reached, "" when it can
}

// facts is what the bar shows of the data.
type facts struct {
	info   core.Info
	backup when.Millis // 0 for none
}

func newStatus(s *Shell) *status {
	m := theme.Current().Metrics()
	st := &status{
		s:    s,
		last: kit.ID(kit.NewLine().Small(), "status.last"), place: kit.ID(kit.NewLine().Small(), "status.place"),
		clock: kit.ID(kit.NewLine().Small(), "status.clock"),
	}
	st.again = kit.ID(kit.NewButton(s.env(), s.tr.T("common.undo"), "Ctrl+Z", func() { s.undo() }).Plain(), "status.undo")
	st.help = kit.ID(kit.NewButton(s.env(), s.tr.T("common.keys"), "F1", s.help).Plain(), "status.keys")
	bar := kit.Edges(nil, nil, nil, kit.Across(scaled(14), st.place, st.help, st.clock), container.New(lastLine{}, st.last, st.again))
	st.ground = newBox(s.keys, 0, kit.Pad(0, m.ScreenMargin, bar), nil, func(p *theme.Palette, _ bool) paint {
		if st.lost != "" {
			return paint{fill: p.Status(theme.Blocked).Fill}
		}
		return paint{fill: p.Background}
	})
	st.object = kit.Edges(kit.NewRule(), nil, nil, nil, kit.Fixed(0, m.StatusBar, st.ground))
	st.say(s.session.note)
	return st
}

// say shows what just happened.
func (st *status) say(n kit.Note) {
	st.s.session.note = n
	token := theme.MutedToken
	part := kit.Part{Text: n.Text}
	switch n.Level {
	case kit.NoteWarn:
		token, part.Icon = theme.Warn.Token(), string(theme.Warn)
	case kit.NoteBad:
		token, part.Icon = theme.Urgent.Token(), string(theme.Urgent)
	}
	part.Token = token
	if n.Text == "" {
		st.last.SetParts()
	} else {
		st.last.SetParts(part)
	}
	st.offer()
}

// offer shows what Ctrl+Z would take back: what the bar says, or else what it is.
func (st *status) offer() {
	d, ok := st.s.session.undoes.newest()
	switch {
	case !ok:
		st.again.Hide()
	case d.text == st.s.session.note.Text:
		st.again.SetLabel(st.s.tr.T("common.undo"))
		st.again.Show()
	default:
		st.again.SetLabel(st.s.tr.T("jump.undo.of", "what", shortened(d.text)))
		st.again.Show()
	}
	st.relay()
}

// shortened cuts the words on the undo button: the list has them whole.
func shortened(text string) string {
	const most = 16
	if r := []rune(text); len(r) > most {
		return string(r[:most]) + "…"
	}
	return text
}

// relay lays the bar out again after its texts changed their width.
func (st *status) relay() {
	if st.object != nil {
		st.ground.Refresh()
		relayout(st.ground.body)
	}
}

// look reads the state of the data and shows it with the time.
func (st *status) look() {
	st.tick()
	s := st.s
	if s.session == nil || s.session.actor.Locked {
		return
	}
	lane := s.owner.Lane("status")
	lane.OnFail(func(err error) bool {
		if fault.Is(err, fault.Unavailable) {
			st.lost = oneLine(s.tr.Fault(err))
			st.show()
		}
		return true
	})
	kit.Run(s.env(), lane, func(ctx context.Context) (facts, error) {
		info, err := s.app.Backup.Info(ctx)
		if err != nil {
			return facts{}, err
		}
		last, _, err := s.app.Backup.Last(ctx)
		if fault.Is(err, fault.Unavailable) { // the folder of the copies is away: no reason to frighten anybody here
			return facts{info: info}, nil
		}
		return facts{info, last.At}, err
	}, func(f facts) {
		st.facts, st.lost = f, ""
		st.show()
	})
}

func (st *status) show() {
	st.tick()
	if st.lost != "" {
		st.help.Hide()
		st.place.SetParts(kit.Part{Icon: "x", Text: st.lost, Token: onBlocked()})
		st.relay()
		return
	}
	st.help.Show()
	s, f := st.s, st.facts
	parts := s.placeParts(f.info)
	if n := len(f.info.Others); n > 0 {
		parts = append(parts, kit.Part{Icon: "user", Text: s.tr.N("window.others", int64(n)), Token: theme.MutedToken, Gap: 14})
	}
	text := s.tr.T("window.no_backup")
	if f.backup > 0 {
		text = s.tr.T("window.backup", "at", s.tr.Moment(f.backup, s.opt.Clock.Now()))
	}
	parts = append(parts, kit.Part{Text: text, Token: theme.MutedToken, Gap: 14})
	st.place.SetParts(parts...)
	st.relay()
}

func (st *status) tick() {
	now := st.s.opt.Clock.Now()
	text := st.s.tr.DateWeek(now.Day(), now.Day()) + " " + i18n.Clock(now)
	token := theme.TextToken
	if st.lost != "" {
		token = onBlocked()
	}
	st.clock.SetParts(kit.Part{Text: text, Token: token})
	st.relay()
}

// lastLine gives the last action the width it wants as far as there is room, and
// its undo right behind it.
type lastLine struct{}

func (lastLine) Layout(o []fyne.CanvasObject, size fyne.Size) {
	const gap = 10
	var undo fyne.Size
	if o[1].Visible() {
		undo = o[1].MinSize()
	}
	want := o[0].MinSize()
	w := min(want.Width, max(0, size.Width-undo.Width-2*gap))
	o[0].Resize(fyne.NewSize(w, want.Height))
	o[0].Move(fyne.NewPos(0, float32(int((size.Height-want.Height)/2))))
	o[1].Resize(undo)
	o[1].Move(fyne.NewPos(w+gap, float32(int((size.Height-undo.Height)/2))))
}

func (lastLine) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(40, 10) }

// onBlocked is the light text on the blocked fill, in either look.
func onBlocked() theme.Token {
	if theme.Current().Palette().Dark() {
		return theme.TextToken
	}
	return theme.OnPrimaryToken
}

// relayout lays a tree of containers out again.
func relayout(o fyne.CanvasObject) {
	c, ok := o.(*fyne.Container)
	if !ok {
		return
	}
	c.Layout.Layout(c.Objects, c.Size())
	for _, child := range c.Objects {
		relayout(child)
	}
}

// notify shows what just happened; what went wrong is said louder.
func (s *Shell) notify(n kit.Note) {
	if s.session == nil || s.session.frame == nil {
		return
	}
	s.session.undoes.add(n, s.opt.Clock.Now())
	s.session.frame.status.say(n)
	if n.Level != kit.NoteQuiet {
		s.session.frame.toasts.Show(kit.Note{Level: n.Level, Text: n.Text})
	}
}

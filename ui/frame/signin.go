package frame

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"

	"zhanggui/app/auth"
	"zhanggui/app/users"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// welcome asks whether there are people, then shows sign-in or first start.
func (f *Frame) welcome() {
	kit.Run(f.env(), f.owner, f.app.Users.Welcome, func(w users.Welcome) {
		f.shop = w.Shop
		f.tr = f.tr.WithCurrency(w.Currency)
		switch {
		case w.Empty && f.opt.Demo:
			f.opt.Demo = false
			f.makeDemo()
		case w.Empty:
			f.firstStart()
		default:
			f.signIn(w.Faces)
		}
	})
}

// signin is the sign-in screen: names left, PIN right (LOOK §6).
type signin struct {
	f      *Frame
	faces  []users.Face
	chosen int
	rows   []*faceRow
	who    *kit.Label
	pin    *kit.Entry
	hint   *kit.Label
	pad    fyne.CanvasObject
}

func (f *Frame) signIn(faces []users.Face) {
	f.actor = auth.Actor{}
	s := &signin{f: f, faces: faces, chosen: -1}
	f.keysFor("signin", func(l *kit.Layer) {
		l.On("Up", func() { s.choose(max(s.chosen-1, 0)) })
		l.On("Down", func() { s.choose(min(s.chosen+1, len(faces)-1)) })
		l.On("Esc", func() { s.choose(-1) })
		l.On("Enter", s.enter)
	})
	// Digits come as typed signs, not as keys: a key would be typed into the PIN
	// as well, which has the focus by then.
	f.win.Canvas().SetOnTypedRune(func(r rune) {
		if n := int(r - '1'); s.chosen < 0 && n >= 0 && n < len(faces) {
			s.choose(n)
		}
	})
	f.show(centred(s.build()))
	s.choose(-1)
}

func (s *signin) build() fyne.CanvasObject {
	f := s.f
	p := theme.Current().Palette()
	head := kit.Across(12, badge("掌", p.Primary, p.OnPrimary, 40),
		kit.Down(2, kit.NewLabel(f.shop).Title(), kit.NewLabel(f.tr.T("signin.who")).Small().Muted()))
	names := kit.Down(4)
	for i, face := range s.faces {
		row := newFaceRow(f, i, face, func() { s.choose(i) })
		s.rows = append(s.rows, row)
		names.Add(kit.ID(row, "signin.face."+strconv.Itoa(i+1)))
	}
	s.who = kit.NewLabel("").Pane()
	s.hint = kit.ID(kit.NewLabel("").Small().Muted().Narrow(), "signin.hint")
	s.pin = kit.ID(kit.NewEntry(f.env(), f.tr.T("signin.pin")).Secret().Wide(220), "signin.pin")
	s.pin.OnSubmitted = func(string) { s.enter() }
	right := kit.Down(10, s.who, s.pin, s.keypad(), kit.Fixed(236, 18, s.hint),
		kit.ID(kit.NewButton(f.env(), f.tr.T("signin.enter"), "Enter", s.enter).Primary(), "signin.enter"))
	body := kit.Down(18, head, kit.Across(28, kit.Fixed(250, 320, names), right))
	if f.people != "" {
		body.Add(kit.NewParagraph(f.people).Small())
	}
	return card(560, body)
}

// keypad is the PIN pad for a touch screen or a mouse.
func (s *signin) keypad() fyne.CanvasObject {
	pad := kit.Columns(3, 6)
	for _, d := range []string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "C", "0", "⌫"} {
		label := d
		if d == "⌫" {
			label = s.f.tr.T("signin.back")
		}
		pad.Add(kit.NewButton(s.f.env(), label, "", func() { s.digit(d) }))
	}
	return pad
}

func (s *signin) digit(d string) {
	switch text := s.pin.Text; {
	case d == "C":
		s.pin.SetText("")
	case d == "⌫" && text != "":
		s.pin.SetText(text[:len(text)-1])
	case d != "⌫" && len(text) < 12:
		s.pin.SetText(text + d)
	}
}

// choose picks a name; -1 picks none, so that a digit picks one again.
func (s *signin) choose(i int) {
	s.chosen = i
	for n, r := range s.rows {
		r.set(n == i)
	}
	s.pin.SetText("")
	s.hint.SetText("")
	if i < 0 {
		s.who.SetText(s.f.tr.T("signin.choose"))
		s.f.win.Canvas().Unfocus()
		return
	}
	s.who.SetText(s.faces[i].Name)
	s.f.win.Canvas().Focus(s.pin)
}

// enter tries the PIN.
func (s *signin) enter() {
	if s.chosen < 0 {
		return
	}
	f, name, pin := s.f, s.faces[s.chosen].Name, s.pin.Text
	f.owner.OnFail(func(err error) bool {
		s.hint.SetText(f.tr.Fault(err))
		s.pin.SetText("")
		f.win.Canvas().Focus(s.pin)
		return true
	})
	s.hint.SetText(f.tr.T("signin.checking"))
	type entered struct {
		actor auth.Actor
		me    users.Me
	}
	kit.Act(f.env(), f.owner, func(ctx context.Context) (entered, error) {
		actor, err := f.app.Users.SignIn(ctx, name, pin)
		if err != nil {
			return entered{}, err
		}
		me, err := f.app.Users.Me(auth.With(ctx, actor))
		return entered{actor, me}, err
	}, func(e entered) {
		f.owner.OnFail(nil)
		f.actor = e.actor
		f.loadPrefs(e.me.Prefs)
		f.work()
	})
}

// keysFor replaces the frame's own layer of keys.
func (f *Frame) keysFor(name string, set func(l *kit.Layer)) {
	if f.layer != nil {
		f.layer.Close()
	}
	f.layer = f.keys.Push(name, false)
	set(f.layer)
}

// lock asks the PIN again and keeps everything as it is behind it.
func (f *Frame) lock() {
	if f.actor.ID.Zero() || f.actor.Locked {
		return
	}
	f.actor.Locked = true
	f.savePrefs()
	behind := f.win.Content()
	hint := kit.NewLabel("").Small().Muted().Narrow()
	pin := kit.ID(kit.NewEntry(f.env(), f.tr.T("signin.pin")).Secret().Wide(220), "lock.pin")
	modal := f.keys.Push("lock", true)
	unlock := func() {
		f.owner.OnFail(func(err error) bool {
			hint.SetText(f.tr.Fault(err))
			pin.SetText("")
			return true
		})
		typed := pin.Text
		kit.Act(f.env(), f.owner, func(ctx context.Context) (auth.Actor, error) { return f.app.Users.Unlock(ctx, typed) }, func(a auth.Actor) {
			f.owner.OnFail(nil)
			modal.Close()
			f.actor, f.actor.Locked = a, false
			f.touched = f.opt.Clock.Now()
			f.win.SetContent(behind)
		})
	}
	modal.On("Enter", unlock)
	pin.OnSubmitted = func(string) { unlock() }
	f.show(centred(card(320, kit.Down(12,
		kit.NewLabel(f.tr.T("signin.locked", "name", f.actor.Name)).Pane(), pin, kit.Fixed(300, 18, hint),
		kit.Across(8, kit.NewButton(f.env(), f.tr.T("signin.enter"), "Enter", unlock).Primary(),
			kit.NewButton(f.env(), f.tr.T("signin.other"), "", func() { modal.Close(); f.signOut() }))))))
	f.win.Canvas().Focus(pin)
}

// signOut goes back to the names.
func (f *Frame) signOut() {
	f.savePrefs()
	f.closePages()
	f.actor = auth.Actor{}
	f.welcome()
}

// idle locks the desk when nobody touched it for the time of the settings.
func (f *Frame) idle() {
	kit.Run(f.env(), f.owner.Lane("idle"), func(ctx context.Context) (int64, error) {
		set, err := f.app.Settings.Typed(ctx)
		return int64(set.IdleLock), err
	}, func(limit int64) {
		if !f.actor.ID.Zero() && !f.actor.Locked && int64(f.opt.Clock.Now()-f.touched) > limit {
			f.lock()
		}
	})
}

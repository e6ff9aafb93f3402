package shell

import (
	"context"

	"fyne.io/fyne/v2"

	"zhanggui/app/auth"
	"zhanggui/app/fault"
	"zhanggui/app/when"
	"zhanggui/ui/kit"
)

// lock hides the work of a person who went away until the PIN is given again.
// Everything stays as it was behind it: screens, open dialogs, the focus.
type lock struct {
	s        *Shell
	layer    *kit.Layer
	pad      *pinPad
	behind   []fyne.CanvasObject
	overlays []fyne.CanvasObject
	focused  fyne.Focusable
	until    when.Millis
	page     string
}

// idle locks the desk when nobody touched it for the time of the settings.
func (s *Shell) idle() {
	ses := s.session
	if ses == nil || ses.lock != nil || ses.settings.IdleLock <= 0 {
		return
	}
	if s.opt.Clock.Now()-ses.touched >= ses.settings.IdleLock {
		s.lockNow()
	}
}

// lockNow locks the desk.
func (s *Shell) lockNow() {
	ses := s.session
	if ses == nil || ses.lock != nil {
		return
	}
	s.savePrefs()
	k := &lock{s: s, behind: s.root.Objects, focused: s.win.Canvas().Focused(), page: s.page}
	if p := ses.pages[ses.at]; p != nil {
		p.watcher.Hide()
	}
	k.hideOverlays()
	ses.lock, ses.actor.Locked = k, true
	k.layer = s.keys.Push("lock", true)
	s.page = "lock"
	other := kit.ID(kit.NewButton(s.env(), s.tr.T("gate.other_person"), "", func() { s.unlockedAs(nil); s.signOut("") }).Plain(), "lock.other")
	k.pad = newPinPad(s, "lock", centred(other), k.try)
	k.pad.askKey = "gate.pin_ask_lock"
	k.pad.listen(k.layer)
	k.pad.face(faceOf(ses.actor))
	title := kit.ID(kit.NewLine(kit.Part{Icon: "lock", Text: s.tr.T("gate.locked")}).Muted().Align(kit.Center), "lock.title")
	card := newBox(s.keys, 8, kit.Pad(scaled(20), scaled(46), kit.Edges(title, nil, nil, nil, k.pad.object)), nil, surface)
	s.fill(s.gatePage(kit.Fixed(scaled(420), scaled(cardHeight), card), nil))
	s.win.Canvas().Unfocus()
	s.every(tick, k.tick)
}

func (k *lock) hideOverlays() {
	stack := k.s.win.Canvas().Overlays()
	k.overlays = append(k.overlays, stack.List()...)
	k.s.dropOverlays()
}

func (k *lock) try(pin string) {
	s := k.s
	owner := s.owner.Lane("unlock")
	owner.OnFail(func(err error) bool { k.failed(err); return true })
	kit.Act(s.env(), owner, func(ctx context.Context) (auth.Actor, error) { return s.app.Users.Unlock(ctx, pin) }, func(a auth.Actor) {
		s.unlockedAs(&a)
	})
}

func (k *lock) failed(err error) {
	s := k.s
	switch fault.Key(err) {
	case "fault.auth.disabled", "fault.auth.unknown_actor":
		s.unlockedAs(nil)
		s.signOut(oneLine(s.tr.Fault(err)))
		return
	}
	k.pad.wrong(oneLine(s.tr.Fault(err)))
	s.waits(func(until map[string]when.Millis) {
		k.until = until[s.session.actor.Name]
		k.tick()
	})
}

// tick counts down while no PIN is taken.
func (k *lock) tick() {
	if k.s.session == nil || k.s.session.lock != k || k.until == 0 {
		return
	}
	left := k.until - k.s.opt.Clock.Now()
	if left > 0 {
		k.pad.wait(k.s.tr.T("gate.wait_long", "left", minutes(left)))
		return
	}
	k.until = 0
	k.pad.on()
}

// drop takes the lock's keys away.
func (k *lock) drop() { k.layer.Close() }

// unlockedAs takes the lock away. With a person everything behind it comes back;
// nil is before signing out.
func (s *Shell) unlockedAs(a *auth.Actor) {
	ses := s.session
	k := ses.lock
	k.drop()
	ses.lock, ses.actor.Locked = nil, false
	s.page = k.page
	ses.touched = s.opt.Clock.Now()
	if a == nil {
		return
	}
	changed := !sameActor(ses.actor, *a)
	ses.actor = *a
	s.root.Objects = k.behind
	s.root.Refresh()
	if changed {
		s.work()
		return
	}
	for _, o := range k.overlays {
		s.win.Canvas().Overlays().Add(o)
	}
	if k.focused != nil {
		s.win.Canvas().Focus(k.focused)
	}
	if p := ses.pages[ses.at]; p != nil {
		p.watcher.Show()
	}
	ses.frame.status.look()
}

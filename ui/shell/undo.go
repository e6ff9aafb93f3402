package shell

import (
	"slices"
	"strconv"

	"zhanggui/app/i18n"
	"zhanggui/app/when"
	"zhanggui/ui/kit"
)

// undoMost is how many actions of the person can be taken back.
const undoMost = 50

// deed is something the person did that can be taken back.
type deed struct {
	id   int
	at   when.Millis
	text string
	of   string
	back kit.Undoing
}

// undoes are the person's last deeds, the newest last. They end with the session.
type undoes struct {
	list []deed
	last int  // id of the newest deed ever
	busy bool // one is being taken back
}

// add keeps what a note offers to undo, and forgets what it says was taken back.
func (u *undoes) add(n kit.Note, at when.Millis) {
	u.drop(func(d deed) bool { return d.of != "" && slices.Contains(n.Settles, d.of) })
	if n.Undo == nil {
		return
	}
	u.last++
	u.list = append(u.list, deed{u.last, at, n.Text, n.Of, n.Undo})
	if len(u.list) > undoMost {
		u.list = u.list[len(u.list)-undoMost:]
	}
}

func (u *undoes) drop(gone func(d deed) bool) {
	var kept []deed
	for _, d := range u.list {
		if !gone(d) {
			kept = append(kept, d)
		}
	}
	u.list = kept
}

// newest is what Ctrl+Z takes back; ok is false when there is nothing.
func (u *undoes) newest() (d deed, ok bool) {
	if len(u.list) == 0 {
		return d, false
	}
	return u.list[len(u.list)-1], true
}

// undo takes the newest deed back; false lets the key go on.
func (s *Shell) undo() bool {
	d, ok := s.session.undoes.newest()
	if ok {
		s.takeBack(d)
	}
	return ok
}

// takeBack takes one deed back. What is refused stays in the list: the refusal
// says which later work is in the way, and that can be taken back first.
func (s *Shell) takeBack(d deed) {
	ses := s.session
	if ses.undoes.busy {
		return
	}
	ses.undoes.busy = true
	d.back(func(done bool) {
		ses.undoes.busy = false
		if s.session != ses {
			return
		}
		if done {
			ses.undoes.drop(func(other deed) bool { return other.id == d.id })
			ses.frame.status.say(kit.Note{Text: s.tr.T("jump.undo.done", "what", d.text)})
		}
		ses.frame.status.offer()
	})
}

// undoList shows what can be taken back, the newest first; one of them may be
// chosen, and the service decides whether it still can be.
func (s *Shell) undoList() {
	u := &s.session.undoes
	if len(u.list) == 0 {
		s.notify(kit.Note{Text: s.tr.T("jump.undo.none")})
		return
	}
	items := make([]kit.Item, 0, len(u.list))
	for i := len(u.list) - 1; i >= 0; i-- {
		d := u.list[i]
		items = append(items, kit.Item{Value: strconv.Itoa(d.id), Word: i18n.Clock(d.at) + "  " + d.text})
	}
	kit.OpenMenu(s.env(), s.session.frame.status.last, items, items[0].Value, func(value string) {
		for _, d := range u.list {
			if strconv.Itoa(d.id) == value {
				s.takeBack(d)
				return
			}
		}
	})
}

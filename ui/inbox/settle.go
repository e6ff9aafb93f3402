package inbox

import (
	"context"

	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/i18n"
	"zhanggui/app/orders"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// settling goes through what an import said against what we know: one question
// after the other, and an answer that is to hold for this import settles all of
// its kind at once.
type settling struct {
	h    *history
	imp  domain.Import
	left []core.OpenConflict
	ours []core.OpenConflict // settled for us, for taking it back
	n    int                 // settled
	kept int                 // left open: the file could not win there
	why  error               // of the first of those
}

// settle reads the open contradictions of an import and asks about the first.
func (h *history) settle(i domain.Import) {
	kit.Run(h.s.env, h.list.Owner().Lane("settle"), func(ctx context.Context) ([]core.OpenConflict, error) {
		return h.s.app.Inbox.Conflicts(ctx, i.ID)
	}, func(list []core.OpenConflict) {
		if len(list) == 0 {
			h.list.Hint(theme.Info, h.s.env.T("box.settle.none"))
			return
		}
		(&settling{h: h, imp: i, left: list}).ask()
	})
}

// ask asks about the first contradiction that is left; at the end it says what was done.
func (s *settling) ask() {
	if len(s.left) == 0 {
		s.end()
		return
	}
	env, c := s.h.s.env, s.left[0]
	tr := env.Tr
	kit.Choose(env, kit.Question{
		ID:     "import.settle",
		Title:  tr.T("box.against", "fact", tr.Word("fact", c.Fact), "ours", valueWord(tr, c.Fact, c.Ours), "theirs", valueWord(tr, c.Fact, c.Theirs)),
		Record: kit.Join(tr.Word("channel", c.Channel), kit.Group4(c.Number), short(s.imp.File), tr.N("box.settle.left", int64(len(s.left)))),
		Options: []kit.Option{
			{Title: tr.T("box.settle.ours"), Text: tr.T("box.settle.ours_text", "value", valueWord(tr, c.Fact, c.Ours))},
			{Title: tr.T("box.settle.file"), Text: fileText(tr, c)},
		},
		Remember: tr.T("box.settle.remember", "fact", tr.Word("fact", c.Fact)),
	}, func(option int, remember bool) { s.answer(c, option == 1, remember) })
}

// fileText is what happens when the file wins.
func fileText(tr i18n.Tr, c core.OpenConflict) string {
	if c.Fact == "amount" || c.Fact == "lines" {
		return tr.T("box.settle.file_again")
	}
	return tr.T("box.settle.file_text", "value", valueWord(tr, c.Fact, c.Theirs))
}

// answer settles the contradiction, or all of its kind in this import.
func (s *settling) answer(c core.OpenConflict, file, all bool) {
	var take, rest []core.OpenConflict
	for i, other := range s.left {
		if i == 0 || all && other.Fact == c.Fact {
			take = append(take, other)
		} else {
			rest = append(rest, other)
		}
	}
	kit.Act(s.h.s.env, s.h.list.Owner(), func(ctx context.Context) (settling, error) {
		done := settling{}
		for _, c := range take {
			err := s.h.s.app.Orders.Settle(ctx, orders.SettleCmd{Order: c.Order, Seq: c.Seq, File: file})
			switch {
			case fault.Is(err, fault.Conflict):
				done.kept++
				if done.why == nil {
					done.why = err
				}
			case err != nil:
				return done, err
			default:
				done.n++
				if !file {
					done.ours = append(done.ours, c)
				}
			}
		}
		return done, nil
	}, func(done settling) {
		s.left, s.n, s.kept, s.ours = rest, s.n+done.n, s.kept+done.kept, append(s.ours, done.ours...)
		if s.why == nil {
			s.why = done.why
		}
		s.ask()
	})
}

// end says what was settled; what was decided for us can be taken back.
func (s *settling) end() {
	env := s.h.s.env
	text := env.Tr.N("box.settle.done", int64(s.n))
	if s.kept > 0 {
		s.h.list.SetHint(theme.Warn, kit.Join(text, env.Tr.N("box.settle.kept", int64(s.kept))), env.Tr.Fault(s.why), "")
	} else {
		s.h.list.Hint(theme.OK, text)
	}
	note := kit.Note{Text: text}
	if len(s.ours) > 0 && len(s.ours) == s.n {
		note.Undo = kit.TakeBack(env, s.reopen(s.ours))
	}
	env.Tell(note)
}

// reopen opens the contradictions again that were settled for us. Where one
// order is refused, the next try goes on from there.
func (s *settling) reopen(list []core.OpenConflict) func(ctx context.Context) error {
	rest := list
	return func(ctx context.Context) error {
		for len(rest) > 0 {
			cmd := orders.RestoreCheckCmd{Order: rest[0].Order, Check: domain.CheckFileConflict}
			err := s.h.s.app.Orders.RestoreCheck(ctx, cmd)
			if err != nil && fault.Key(err) != "fault.check.not_released" { // two of one order come back together
				return err
			}
			rest = rest[1:]
		}
		return nil
	}
}

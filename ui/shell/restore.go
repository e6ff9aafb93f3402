package shell

import (
	"context"
	"path/filepath"

	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// canRestore tells whether the open data may be replaced by a copy here: a file
// that is open for writing. A server's data is restored with its own tools.
func (s *Shell) canRestore() bool {
	return s.opt.Restore != nil && isFile(s.data.Place) && !s.data.ReadOnly
}

// replace puts a copy in the place of the open data: the person's session ends,
// the data is closed in order, the copy takes its place (or, refused, nothing
// does), and the data is opened again with the sign-in. Nothing is done by hand.
func (s *Shell) replace(file string) {
	by, d, end := s.actor(), s.data, s.end
	s.savePrefs()
	s.endSession()
	s.app, s.end = nil, nil
	s.turn("restoring")
	panel := kit.NewJobPanel(s.env(), "restoring", s.tr.T("gate.restoring"), nil)
	s.fill(centred(kit.Fixed(scaled(520), 0, kit.Down(scaled(12), centred(logo(s.tr, 56)), panel.Object()))))
	report := panel.Report()
	s.owner.OnFail(func(err error) bool {
		s.said = func() { s.sayNotRestored(err) }
		s.open(d, func() { s.gate("") })
		return true
	})
	kit.Act(s.env(), s.owner, func(ctx context.Context) (string, error) {
		if end != nil {
			if err := end(); err != nil {
				return "", err
			}
		}
		return s.opt.Restore(context.WithoutCancel(ctx), d.Place, file, by, report)
	}, func(aside string) {
		s.said = func() { s.sayRestored(file, aside) }
		s.open(d, func() { s.gate("") })
	})
}

// sayNotRestored says why nothing was replaced; the data is open again as it was.
func (s *Shell) sayNotRestored(err error) {
	kit.OpenDialog(s.env(), kit.DialogSpec{
		ID: "restored", Title: s.tr.T("gate.not_restored"), Icon: theme.Urgent, Cancel: "-", OK: s.tr.T("common.understood"),
		Body: kit.NewParagraph(s.tr.Fault(err)),
	})
}

// sayRestored says what took the place of the data and where the file before it is.
func (s *Shell) sayRestored(file, aside string) {
	kit.OpenDialog(s.env(), kit.DialogSpec{
		ID: "restored", Title: s.tr.T("gate.restored"), Icon: theme.OK, Cancel: "-", OK: s.tr.T("common.understood"),
		Body: kit.NewParagraph(s.tr.T("gate.restored_text", "file", filepath.Base(file), "aside", aside)),
	})
}

package shell

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2"

	"zhanggui/app/auth"
	"zhanggui/app/domain"
	"zhanggui/app/inbox"
	"zhanggui/app/job"
	"zhanggui/ui/kit"
)

// Files is the argument with which the inbox is opened for files to read: those
// dropped on the window, or that of an import to be continued.
type Files = []string

// dropped hands files that were dropped on the window to the screen in front, or
// else to the inbox.
func (s *Shell) dropped(uris []fyne.URI) {
	if s.session == nil || s.session.lock != nil {
		return
	}
	var paths Files
	for _, u := range uris {
		if u.Scheme() == "file" {
			paths = append(paths, filepath.FromSlash(u.Path()))
		}
	}
	if p := s.session.pages[s.session.at]; p != nil && len(paths) > 0 {
		if d, ok := p.screen.(kit.Dropper); ok && d.Dropped(paths) {
			return
		}
	}
	s.importFiles(paths)
}

// importFiles opens the inbox with files.
func (s *Shell) importFiles(paths Files) {
	if len(paths) == 0 {
		return
	}
	own := under(s.session.list, placeImport)
	if len(own) == 0 {
		s.notify(kit.Note{Level: kit.NoteWarn, Text: s.tr.T("window.no_inbox")})
		return
	}
	s.openScreen(own[0].ID, paths)
}

// unfinished offers, at the start of the work, to continue or undo imports that
// were interrupted.
func (s *Shell) unfinished() {
	if !s.env().Allows(auth.ImportOrders) && !s.env().Allows(auth.ImportStock) {
		return
	}
	kit.Run(s.env(), s.owner.Lane("unfinished"), func(ctx context.Context) ([]domain.Import, error) {
		return s.app.Inbox.Unfinished(ctx)
	}, func(list []domain.Import) {
		if len(list) > 0 {
			s.askUnfinished(list)
		}
	})
}

// askUnfinished asks about the first of them; the next follows when it is done with.
func (s *Shell) askUnfinished(list []domain.Import) {
	imp, rest := list[0], list[1:]
	tr := s.tr
	options := []kit.Option{{Title: tr.T("window.resume"), Text: tr.T("window.resume_text")}}
	todo := []func(){func() { s.resume(imp) }}
	if s.env().Allows(auth.ImportUndo) {
		options = append(options, kit.Option{Title: tr.T("window.undo_import"), Text: tr.T("window.undo_import_text", "n", imp.New+imp.Changed)})
		todo = append(todo, func() { s.undoImport(imp, rest) })
	}
	options = append(options, kit.Option{Title: tr.T("window.later"), Text: tr.T("window.later_text")})
	kit.Choose(s.env(), kit.Question{
		ID: "unfinished", Title: tr.T("window.unfinished", "file", filepath.Base(imp.File)),
		Record:  tr.T("window.unfinished_by", "name", imp.By, "at", tr.Moment(imp.At, s.opt.Clock.Now()), "n", imp.New+imp.Changed+imp.Same),
		Options: options,
	}, func(n int, _ bool) {
		if n < len(todo) {
			todo[n]()
		}
	})
}

// resume opens the inbox with the file: a commit of the same file goes on where it stopped.
func (s *Shell) resume(imp domain.Import) {
	own := under(s.session.list, placeImport)
	if len(own) > 0 {
		s.openScreen(own[0].ID, Files{imp.File})
	}
}

// undoImport takes the import back as a background job.
func (s *Shell) undoImport(imp domain.Import, rest []domain.Import) {
	a := s.app
	kit.Act(s.env(), s.owner.Lane("undo_import"), func(ctx context.Context) (job.ID, error) {
		return a.Jobs.Start(ctx, job.Spec{
			Kind: "undo_import", Title: "job.undo_import", Args: map[string]string{"file": filepath.Base(imp.File)}, Action: auth.ImportUndo,
			Run: func(ctx context.Context, report job.Report) (any, error) {
				return nil, a.Inbox.Undo(ctx, inbox.UndoCmd{Import: imp.ID}, report)
			},
		})
	}, func(job.ID) {
		if len(rest) > 0 {
			s.askUnfinished(rest)
		}
	})
}

package inbox

import (
	"context"
	"io"
	"os"
	"path/filepath"

	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/inbox"
	"zhanggui/app/ingest"
	"zhanggui/app/ingest/sheet"
	"zhanggui/app/job"
	"zhanggui/reports"
	"zhanggui/ui/kit"
)

// outcome is what reading a file gave.
type outcome struct {
	plan  *inbox.Plan
	rows  []record
	known *ingest.Recognition
	err   error
}

// read previews a file. A file that cannot be read gives its error in the
// outcome, with what is known of its columns; only a stop ends in an error.
func (s *screen) read(ctx context.Context, path string, target inbox.Target, report job.Report) (outcome, error) {
	f, size, err := openFile(path)
	if err != nil {
		return outcome{err: err}, nil
	}
	defer func() { _ = f.Close() }() // only read
	plan, err := s.app.Inbox.Preview(ctx, inbox.Source{Path: path, Data: f, Size: size}, target, report)
	if fault.Is(err, fault.Cancelled) {
		return outcome{}, err
	}
	if err == nil {
		plan.Source.Data = nil // the file is closed now; a commit needs only what was read
		return outcome{plan: plan, rows: recordsOf(plan)}, nil
	}
	out := outcome{err: err}
	switch fault.Key(err) {
	case "fault.ingest.unknown_layout", "fault.ingest.missing_columns":
		if known, err := recognise(ctx, path, f, size); err == nil {
			out.known = &known
		}
	}
	return out, nil
}

func openFile(path string) (*os.File, int64, error) {
	gone := fault.New(fault.NotFound, "fault.box.file", "file", filepath.Base(path))
	f, err := os.Open(path)
	if err != nil {
		return nil, 0, gone.Because(err)
	}
	st, err := f.Stat()
	if err != nil || st.IsDir() {
		_ = f.Close() // nothing was written
		return nil, 0, gone.Because(err)
	}
	return f, st.Size(), nil
}

// recognise looks at the columns of a file that no layout knows.
func recognise(ctx context.Context, path string, f *os.File, size int64) (ingest.Recognition, error) {
	book, err := sheet.Open(filepath.Base(path), f, size, sheet.DefaultLimits())
	if err != nil {
		return ingest.Recognition{}, err
	}
	defer func() { _ = book.Close() }() // only read
	return ingest.Recognise(ctx, book, nil)
}

// take puts the outcome into the file.
func (f *file) take(out outcome) {
	f.plan, f.rows, f.known, f.err = out.plan, out.rows, out.known, out.err
	switch {
	case out.err == nil && out.plan.Already != nil:
		f.state = already
	case out.err == nil:
		f.state = ready
	case question(out.err) != askNothing:
		f.state = asks
	case fault.Key(out.err) == "fault.ingest.unknown_layout" && out.known != nil:
		f.state = unknown
	default:
		f.state = refused
	}
}

// commit writes a file as a job: it goes on when the screen closes, and closing
// the program asks first.
func (s *screen) commit(ctx context.Context, stopped context.Context, p *inbox.Plan, report job.Report) (inbox.Result, error) {
	var res inbox.Result
	st, err := s.runJob(ctx, stopped, job.Spec{
		Kind: "import", Title: "job.import_file", Args: map[string]string{"file": p.File.Name}, Action: right(p.File.Kind),
	}, report, func(ctx context.Context, report job.Report) (any, error) {
		done, err := s.app.Inbox.Commit(ctx, p, report)
		return done, err
	}, func(v any) { res, _ = v.(inbox.Result) })
	if err != nil {
		return res, err
	}
	if st.Fault != nil && st.State != job.Cancelled {
		return res, st.Fault
	}
	return res, nil
}

// undo takes an import back as a job.
func (s *screen) undo(ctx context.Context, stopped context.Context, imp domain.Import, report job.Report) error {
	st, err := s.runJob(ctx, stopped, job.Spec{
		Kind: "undo_import", Title: "job.undo_import", Args: map[string]string{"file": filepath.Base(imp.File)}, Action: rightUndo,
	}, report, func(ctx context.Context, report job.Report) (any, error) {
		return nil, s.app.Inbox.Undo(ctx, inbox.UndoCmd{Import: imp.ID}, report)
	}, func(any) {})
	if err == nil && st.Fault != nil {
		err = st.Fault
	}
	return err
}

// runJob starts a job and waits for it. What work returns reaches got even when
// the job was stopped.
func (s *screen) runJob(ctx, stopped context.Context, spec job.Spec, report job.Report,
	work func(ctx context.Context, report job.Report) (any, error), got func(v any),
) (job.Status, error) {
	var value any
	spec.Run = func(ctx context.Context, own job.Report) (any, error) {
		ctx, cancel := kit.Stoppable(ctx, stopped)
		defer cancel()
		v, err := work(ctx, func(p job.Progress) {
			own.Say(p.Done, p.Total, p.Note)
			report.Say(p.Done, p.Total, p.Note)
		})
		value = v
		return v, err
	}
	id, err := s.app.Jobs.Start(ctx, spec)
	if err != nil {
		return job.Status{}, err
	}
	st, err := s.app.Jobs.Wait(ctx, id)
	if err == nil {
		got(value)
	}
	return st, err
}

// export writes the refused rows in the layout they came in.
func (s *screen) export(f *ingest.File, path string) error {
	return reports.WriteFile(reports.OS, path, func(w io.Writer) error { return ingest.WriteRejected(w, f, s.env.Tr) })
}

package main

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"slices"

	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/inbox"
)

func importCommand() command {
	var o importing
	return command{
		name: "import", usage: "FILE… [--channel CODE] [--shop CODE] [--map FILE] [--rate R] [--dry-run] [--rejects FILE]",
		least: 1, most: unlimited, needs: person, writes: true,
		setup: func(f *flag.FlagSet) action {
			f.StringVar(&o.target.Channel, "channel", "", "")
			f.StringVar(&o.target.Shop, "shop", "", "")
			f.StringVar(&o.mapping, "map", "", "")
			f.StringVar(&o.rate, "rate", "", "")
			f.BoolVar(&o.dry, "dry-run", false, "")
			f.StringVar(&o.rejects, "rejects", "", "")
			return func(ctx context.Context, c *call) (reply, error) { return c.importAll(ctx, o) }
		},
		check: func(c *call) error {
			if o.rejects != "" && len(c.args) > 1 {
				return usage("fault.cli.one_file", "word", "--rejects")
			}
			if o.target.Channel != "" && !slices.Contains(domain.Channels, o.target.Channel) {
				return usage("fault.cli.bad_value", "word", "--channel", "value", o.target.Channel)
			}
			return o.read()
		},
	}
}

// importAll takes the files one after the other. A file that is refused as a
// whole stops nothing but is told at the end; Ctrl+C ends after the present chunk.
func (c *call) importAll(ctx context.Context, o importing) (reply, error) {
	var doc struct {
		Files []fileReport `json:"files"`
	}
	var lines []string
	var first error
	for _, path := range expand(c.args) {
		r, err := c.importFile(ctx, path, o)
		r.fail(c, err)
		doc.Files = append(doc.Files, r)
		lines = append(lines, c.fileLines(&r)...)
		if first == nil {
			first = err
		}
		if ctx.Err() != nil {
			first = err
			break
		}
	}
	return reply{doc: doc, lines: lines}, first
}

// importFile previews one file and, unless it is a rehearsal, commits it.
func (c *call) importFile(ctx context.Context, path string, o importing) (fileReport, error) {
	r := newFileReport(path)
	f, err := os.Open(path)
	if err != nil {
		return r, fileFault(path, err)
	}
	defer f.Close()
	st, err := f.Stat()
	if err == nil && st.IsDir() {
		return r, fault.New(fault.Invalid, "fault.cli.is_folder", "file", path)
	}
	if err != nil {
		return r, fileFault(path, err)
	}
	full, err := filepath.Abs(path)
	if err != nil {
		return r, fileFault(path, err)
	}
	plan, err := c.app.Inbox.Preview(ctx, inbox.Source{Path: full, Data: f, Size: st.Size()}, o.target, c.bar.report)
	if plan != nil {
		r.planned(c, plan)
	}
	if err != nil {
		return r, err
	}
	if err := c.writeRejects(plan.File, o.rejects); err != nil {
		return r, err
	}
	if !o.dry {
		if err := c.commit(ctx, plan, &r); err != nil {
			return r, err
		}
	}
	if len(plan.Items) == 0 && len(plan.File.Rejected) > 0 {
		return r, fault.New(fault.Invalid, "fault.cli.nothing_imported", "file", path, "n", len(plan.File.Rejected))
	}
	return r, nil
}

func (c *call) commit(ctx context.Context, plan *inbox.Plan, r *fileReport) error {
	res, err := c.app.Inbox.Commit(ctx, plan, c.bar.report)
	if res.Import != nil {
		r.committed(res)
	}
	if fault.Is(err, fault.Cancelled) && res.Import != nil {
		return fault.New(fault.Cancelled, "fault.cli.import_stopped", "file", r.File, "n", res.Import.New+res.Import.Changed+res.Import.Same, "id", res.Import.ID)
	}
	return err
}

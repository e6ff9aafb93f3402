package inbox

import (
	"context"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/flow"
	"zhanggui/app/ids"
	"zhanggui/app/ingest"
	"zhanggui/app/job"
)

// chunkOrders is how many whole orders one transaction writes: 10 to 20 ms of
// work, so that a scanning clerk beside it never waits longer than that.
const chunkOrders = 50

// CommitCmd is one step of an import; its right depends on what the file brings.
type CommitCmd struct{ Kind ingest.Kind }

// Action is the right it needs.
func (c CommitCmd) Action() auth.Action { return right(c.Kind) }

// Validate has nothing to check: the file was checked while reading.
func (CommitCmd) Validate() error { return nil }

// Result is what an import did.
type Result struct {
	Import  *domain.Import
	Plan    *Plan
	Skipped bool // the same bytes were here before: nothing was written
}

// Commit writes what the preview showed, chunk by chunk. Cancelling stops after
// the present chunk; such an import is partial and can be continued with the
// same file, or undone. The same file again writes nothing.
func (s *Service) Commit(ctx context.Context, p *Plan, report job.Report) (Result, error) {
	res := Result{Plan: p}
	if p.Already != nil {
		res.Import, res.Skipped = p.Already, true
		return res, nil
	}
	run := &run{s: s, p: p, report: report}
	if err := run.begin(ctx); err != nil {
		return res, err
	}
	res.Import = run.imp
	err := run.all(ctx)
	if fault.Is(err, fault.Cancelled) {
		if stopErr := run.finish(context.WithoutCancel(ctx), domain.ImportPartial); stopErr != nil {
			return res, stopErr
		}
		return res, err
	}
	if err != nil {
		return res, err // stays "running": shown as interrupted until continued or undone
	}
	return res, run.finish(ctx, domain.ImportDone)
}

// run is one commit under way.
type run struct {
	s      *Service
	p      *Plan
	imp    *domain.Import
	report job.Report
}

// begin writes the import's row, or takes up an interrupted one of the same bytes.
func (r *run) begin(ctx context.Context) error {
	f := r.p.File
	_, err := core.Do(ctx, r.s.e, CommitCmd{f.Kind}, func(u *core.Unit) (struct{}, error) {
		var none struct{}
		if right(f.Kind) == auth.ImportOrders {
			shop, err := ensureShop(u, r.p.Shop)
			if err != nil {
				return none, err
			}
			r.p.Shop = shop
		}
		if err := r.remember(u); err != nil {
			return none, err
		}
		open, err := u.Imports().Unfinished()
		if err != nil {
			return none, err
		}
		for i := range open {
			if open[i].SHA256 == f.SHA256 && open[i].Shop == r.p.Shop.ID {
				return none, r.take(u, &open[i])
			}
		}
		return none, r.create(u)
	})
	return err
}

// remember keeps a mapping that was given with the file, by its header set.
func (r *run) remember(u *core.Unit) error {
	if r.p.Target.Mapping == nil {
		return nil
	}
	return saveMapping(u, *r.p.Target.Mapping, r.p.File.Header)
}

func (r *run) take(u *core.Unit, old *domain.Import) error {
	r.imp = old
	r.imp.Resume()
	u.Audit("import", old.ID.String(), "audit.import_continued", nil, nil, "file", r.p.File.Name, "chunk", old.Chunks)
	u.Changed(core.TopicImports, old.ID.String())
	return u.Imports().Save(r.imp)
}

func (r *run) create(u *core.Unit) error {
	f := r.p.File
	r.imp = &domain.Import{
		ID: ids.New[ids.ImportKind](u.IDs), File: r.p.Source.Path, SHA256: f.SHA256, Kind: string(f.Kind), Layout: f.Layout,
		Channel: r.p.Shop.Channel, Shop: r.p.Shop.ID, Encoding: f.Encoding, Header: f.HeaderRow,
		State: domain.ImportRunning, At: u.Now, By: u.Actor.Name,
	}
	for _, t := range f.Totals {
		r.imp.Totals = append(r.imp.Totals, domain.ImportTotal{
			Column: t.Column, Sum: t.Sum, Accepted: t.Accepted, Declared: t.Declared, HasDecl: t.HasDecl,
		})
	}
	u.Audit("import", r.imp.ID.String(), "audit.import_started", nil, map[string]any{"sha256": f.SHA256, "layout": f.Layout},
		"file", f.Name, "rows", f.RowCount)
	u.Changed(core.TopicImports, r.imp.ID.String())
	return u.Imports().Insert(r.imp)
}

// all writes the chunks that are not written yet.
func (r *run) all(ctx context.Context) error {
	size, total, step := chunkOrders, len(r.p.File.Orders), r.orders
	switch r.p.File.Kind {
	case ingest.KindProducts:
		total, step = len(r.p.File.Products), r.products
	case ingest.KindOpening:
		total, step = len(r.p.File.Opening), r.opening
	}
	for start := int(r.imp.Chunks) * size; start < total; start += size {
		if err := ctx.Err(); err != nil {
			return fault.From(err)
		}
		end := min(start+size, total)
		if err := r.chunk(ctx, start, end, step); err != nil {
			return err
		}
		r.report.Say(end, total, "job.commit")
	}
	return r.rejected(ctx)
}

// chunk runs one step in a transaction of its own and keeps the counts with it.
func (r *run) chunk(ctx context.Context, from, to int, step func(*core.Unit, *tally, int, int) error) error {
	done, err := core.Do(ctx, r.s.e, CommitCmd{r.p.File.Kind}, func(u *core.Unit) (domain.Import, error) {
		t := &tally{imp: *r.imp, now: u.Now}
		if err := step(u, t, from, to); err != nil {
			return t.imp, err
		}
		if err := u.Imports().AddRows(t.rows); err != nil {
			return t.imp, err
		}
		t.imp.Chunks++
		if err := u.Imports().Save(&t.imp); err != nil {
			return t.imp, err
		}
		u.Audit("import", t.imp.ID.String(), "audit.import_chunk", nil,
			map[string]int64{"new": t.imp.New - r.imp.New, "changed": t.imp.Changed - r.imp.Changed, "same": t.imp.Same - r.imp.Same},
			"file", r.p.File.Name, "from", from+1, "to", to)
		u.Changed(core.TopicImports, t.imp.ID.String())
		return t.imp, nil
	})
	if err == nil {
		*r.imp = done
	}
	return err
}

// rejectedChunk is how many refused rows one transaction writes.
const rejectedChunk = 500

// rejected keeps the refused rows with their reasons. A continued import has
// them already when its counter says so.
func (r *run) rejected(ctx context.Context) error {
	list := r.p.File.Rejected
	for start := int(r.imp.Rejected); start < len(list); start += rejectedChunk {
		end := min(start+rejectedChunk, len(list))
		_, err := core.Do(ctx, r.s.e, CommitCmd{r.p.File.Kind}, func(u *core.Unit) (struct{}, error) {
			rows := make([]domain.ImportRow, 0, end-start)
			for _, rej := range list[start:end] {
				rows = append(rows, rejectRow(r.imp.ID, rej))
			}
			imp := *r.imp
			imp.Rejected = int64(end)
			if err := u.Imports().AddRows(rows); err != nil {
				return struct{}{}, err
			}
			if err := u.Imports().Save(&imp); err != nil {
				return struct{}{}, err
			}
			u.Audit("import", imp.ID.String(), "audit.import_rejected", nil, nil, "file", r.p.File.Name, "n", len(rows))
			*r.imp = imp
			return struct{}{}, nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// finish closes the import's row.
func (r *run) finish(ctx context.Context, state domain.ImportState) error {
	_, err := core.Do(ctx, r.s.e, CommitCmd{r.p.File.Kind}, func(u *core.Unit) (struct{}, error) {
		imp := *r.imp
		imp.Close(state, u.Now)
		if err := u.Imports().Save(&imp); err != nil {
			return struct{}{}, err
		}
		u.Audit("import", imp.ID.String(), "audit.import_finished", nil,
			map[string]int64{"new": imp.New, "changed": imp.Changed, "same": imp.Same, "conflict": imp.Conflict, "rejected": imp.Rejected},
			"file", r.p.File.Name, "state", state)
		u.Changed(core.TopicImports, imp.ID.String())
		u.Changed(core.TopicOrders)
		*r.imp = imp
		return struct{}{}, nil
	})
	return err
}

// orders writes one chunk of orders.
func (r *run) orders(u *core.Unit, t *tally, from, to int) error {
	set, err := flow.Settings(u)
	if err != nil {
		return err
	}
	c, err := loadChunk(u.Orders(), r.p.File, r.p.Shop, from, to)
	if err != nil {
		return err
	}
	if err := c.codes.load(u.Catalog(), r.p.Shop.Channel, c.drafts); err != nil {
		return err
	}
	w := &writer{u: u, t: t, set: set, shop: r.p.Shop, chunk: c}
	return w.run()
}

package inbox

import (
	"context"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/flow"
	"zhanggui/app/ids"
	"zhanggui/app/ingest"
	"zhanggui/app/job"
	"zhanggui/app/when"
)

// Item is one record of a preview: an order, a SKU or an opening row.
type Item struct {
	Result  domain.RowResult
	Index   int    // into the file's Orders, Products or Opening
	Number  string // order number or SKU code
	Rows    []int
	Order   ids.OrderID
	Changed []string // names of the facts that change
	Shifts  []Shift  // those of them that have one value, old and new
	Against []domain.Contradiction
}

// Plan is the preview of a file: what committing it would do. Nothing is written.
type Plan struct {
	Source  Source
	Target  Target
	File    *ingest.File
	Shop    domain.Shop // a zero ID: the commit makes it
	Items   []Item
	Counts  map[domain.RowResult]int
	Already *domain.Import // the same bytes were imported before
}

// Preview reads the file, recognises it and compares every record with the
// data. It writes nothing.
// Errors: those of ingest.Read; fault.inbox.which_shop and the like.
func (s *Service) Preview(ctx context.Context, src Source, t Target, report job.Report) (*Plan, error) {
	return core.Read(ctx, s.e, auth.ImportView, func(r core.Reads) (*Plan, error) {
		file, err := s.read(ctx, r, src, t, report)
		if err != nil {
			return nil, err
		}
		p := &Plan{Source: src, Target: t, File: file, Counts: map[domain.RowResult]int{}}
		p.Counts[domain.RowRejected] = len(file.Rejected)
		if err := p.compare(ctx, r, s.e.Now(), report); err != nil {
			return p, err
		}
		p.Counts[domain.RowRejected] = len(file.Rejected) // rows, those of the file itself too
		return p, ingest.FetchCells(ctx, src.Data, file, nil)
	})
}

// compare holds every record of the file against the data.
func (p *Plan) compare(ctx context.Context, r core.Reads, now when.Millis, report job.Report) error {
	switch p.File.Kind {
	case ingest.KindProducts:
		return p.products(r)
	case ingest.KindOpening:
		return p.opening(r)
	}
	var err error
	if p.Shop, err = resolveShop(r.Catalog(), p.File, p.Target); err != nil {
		return err
	}
	if p.Already, err = already(r, p.File, p.Shop.ID); err != nil {
		return err
	}
	if err := p.orders(ctx, r, now, report); err != nil {
		return err
	}
	if p.Already != nil && p.Already.Conflict > 0 && p.Counts[domain.RowChanged] > 0 {
		p.Already = nil // a contradiction was settled for the file: now it has something to bring
	}
	return nil
}

// already finds a finished import of the same bytes into the same shop.
func already(r core.Reads, f *ingest.File, shop ids.ShopID) (*domain.Import, error) {
	list, err := r.Imports().BySHA(f.SHA256)
	if err != nil {
		return nil, err
	}
	for i := range list {
		if list[i].State == domain.ImportDone && list[i].Shop == shop {
			return &list[i], nil
		}
	}
	return nil, nil
}

// previewChunk is how many orders a preview compares at once.
const previewChunk = 500

func (p *Plan) orders(ctx context.Context, r core.Reads, now when.Millis, report job.Report) error {
	set, err := flow.SettingsOf(r.Settings())
	if err != nil {
		return err
	}
	n := len(p.File.Orders)
	var known codes // of the whole file: the snapshot does not change
	for start := 0; start < n; start += previewChunk {
		if err := ctx.Err(); err != nil {
			return err
		}
		c, err := loadChunk(r.Orders(), p.File, p.Shop, start, min(start+previewChunk, n))
		if err != nil {
			return err
		}
		if err := known.load(r.Catalog(), p.Shop.Channel, c.existing()); err != nil {
			return err
		}
		for i, d := range c.drafts {
			item := Item{Index: start + i, Number: d.Number, Rows: d.Rows, Result: domain.RowNew}
			o := c.known[d.Number]
			if o == nil && p.File.Kind == ingest.KindWaybills {
				p.unknownOrder(item, d)
				continue
			}
			if o != nil {
				was := scalarsOf(o)
				out, err := mergeDraft(o, d, throwaway{}, known, set.Promise)
				if err != nil {
					return err
				}
				item.Order, item.Changed, item.Against = o.ID, out.changed, out.against
				item.Shifts = shifts(was, scalarsOf(o), out.changed)
				item.Result = out.result()
			}
			p.add(item)
		}
		report.Say(min(start+previewChunk, n), n, "job.compare")
	}
	return nil
}

// unknownOrder refuses the rows of a waybill file whose order nobody imported.
func (p *Plan) unknownOrder(item Item, d *ingest.OrderDraft) {
	p.reject(item, ingest.Reject{
		Value: d.Number, Code: "E43", Key: "fault.order.unknown", Args: map[string]string{"order": d.Number},
	})
}

// reject refuses a record: each of its rows, so that the file of refused rows
// has it whole. The codes from E40 on are those of records that the data, not
// the file, does not allow.
func (p *Plan) reject(item Item, why ingest.Reject) {
	why.Order, why.Sheet = item.Number, p.File.Sheet
	for _, row := range item.Rows {
		why.Row = row
		p.File.Rejected = append(p.File.Rejected, why)
	}
	item.Result = domain.RowRejected
	p.add(item)
}

func (p *Plan) add(item Item) {
	p.Items = append(p.Items, item)
	p.Counts[item.Result]++
}

// result names what the diff means for the record.
func (d *diff) result() domain.RowResult {
	switch {
	case d.same():
		return domain.RowSame
	case len(d.changed) == 0:
		return domain.RowConflict
	}
	return domain.RowChanged
}

// chunk is a run of drafts with the orders that exist for them, and, when they
// are to be written, the SKUs of their codes.
type chunk struct {
	drafts []*ingest.OrderDraft
	known  map[string]*domain.Order
	codes  codes
}

// existing are the drafts of orders that are there already: only they are
// compared.
func (c *chunk) existing() []*ingest.OrderDraft {
	var list []*ingest.OrderDraft
	for _, d := range c.drafts {
		if c.known[d.Number] != nil {
			list = append(list, d)
		}
	}
	return list
}

// loadChunk finds the existing orders of the drafts [from, to).
func loadChunk(orders core.OrderReads, f *ingest.File, shop domain.Shop, from, to int) (chunk, error) {
	c := chunk{known: map[string]*domain.Order{}}
	keys := make([]core.OrderKey, 0, to-from)
	for i := from; i < to; i++ {
		c.drafts = append(c.drafts, &f.Orders[i])
		keys = append(keys, core.OrderKey{Shop: shop.ID, Number: f.Orders[i].Number})
	}
	if !shop.ID.Zero() {
		found, err := orders.FindByKeys(keys)
		if err != nil {
			return c, err
		}
		list := make([]ids.OrderID, 0, len(found))
		for _, key := range keys { // in the file's order, so that a run repeats itself
			if id, ok := found[key]; ok {
				list = append(list, id)
			}
		}
		existing, err := orders.GetMany(list)
		if err != nil {
			return c, err
		}
		for _, o := range existing {
			c.known[o.Number] = o
		}
	}
	return c, nil
}

// throwaway makes ids for a comparison that is never stored.
type throwaway struct{}

// NewID gives the empty id.
func (throwaway) NewID() [16]byte { return [16]byte{} }

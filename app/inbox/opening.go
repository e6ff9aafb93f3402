package inbox

import (
	"cmp"

	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/flow"
	"zhanggui/app/ids"
	"zhanggui/app/ingest"
)

// opening compares opening rows with what already moved: stock that has moved
// is not opened, the same opening again is the same.
func (p *Plan) opening(r core.Reads) error {
	rows := p.joinBins()
	for i := range p.File.Opening {
		d := &p.File.Opening[i]
		item := Item{Index: i, Number: d.SKUCode, Rows: rows[i], Result: domain.RowNew}
		sku, err := r.Catalog().SKUByCode(d.SKUCode)
		if fault.Is(err, fault.NotFound) {
			p.reject(item, *because("E40", fault.New(fault.NotFound, "fault.inbox.opening_sku", "sku", d.SKUCode)))
			continue
		}
		if err != nil {
			return err
		}
		result, why, err := openingResult(r.Stock(), sku, d)
		if err != nil {
			return err
		}
		if why != nil {
			p.reject(item, *why)
			continue
		}
		item.Result = result
		p.add(item)
	}
	return nil
}

// joinBins adds up the rows of one SKU: the file has one per bin, the SKU has
// one stock. It gives the physical rows of each that is left.
func (p *Plan) joinBins() [][]int {
	at := map[string]int{}
	var joined []ingest.OpeningDraft
	var rows [][]int
	for _, d := range p.File.Opening {
		key := domain.NormalCode(d.SKUCode)
		i, known := at[key]
		if !known {
			at[key] = len(joined)
			joined, rows = append(joined, d), append(rows, []int{d.Row})
			continue
		}
		joined[i].Qty += d.Qty
		joined[i].ValueFen += d.ValueFen
		joined[i].Bin = cmp.Or(joined[i].Bin, d.Bin)
		rows[i] = append(rows[i], d.Row)
	}
	p.File.Opening = joined
	return rows
}

// openingResult says what an opening row does to a SKU, or why it cannot.
func openingResult(r core.StockReads, sku *domain.SKU, d *ingest.OpeningDraft) (domain.RowResult, *ingest.Reject, error) {
	if sku.Kit {
		return "", because("E41", fault.New(fault.Conflict, "fault.stock.kit", "sku", sku.Code)), nil
	}
	if d.Qty == 0 && d.ValueFen == 0 {
		return domain.RowSame, nil, nil // a list of all goods names those without stock too
	}
	var trial domain.Level
	if _, _, err := trial.Receive(d.Qty, d.ValueFen); err != nil {
		return "", because("E42", err), nil
	}
	level, err := r.Level(domain.DefaultWarehouse, sku.ID)
	if err != nil {
		return "", nil, err
	}
	if may, err := flow.CanOpen(r, sku, level); err != nil || may {
		return domain.RowNew, nil, err
	}
	same, err := flow.SameOpening(r, sku, d.Qty, d.ValueFen)
	if err != nil || same {
		return domain.RowSame, nil, err
	}
	return "", because("E49", fault.New(fault.Conflict, "fault.stock.opening_late", "sku", sku.Code)), nil
}

// opening writes one chunk of opening stock.
func (r *run) opening(u *core.Unit, t *tally, from, to int) error {
	for i := from; i < to; i++ {
		item := &r.p.Items[i]
		if item.Result == domain.RowRejected {
			continue
		}
		if err := r.open(u, t, &r.p.File.Opening[i], rowList(item.Rows)); err != nil {
			return fault.Wrap(err, "row "+rowList(item.Rows))
		}
	}
	return nil
}

func (r *run) open(u *core.Unit, t *tally, d *ingest.OpeningDraft, rows string) error {
	sku, err := u.Catalog().SKUByCode(d.SKUCode)
	if err != nil {
		return err
	}
	row := domain.ImportRow{Rows: rows, RefKind: "opening", Number: d.SKUCode, Result: domain.RowNew}
	result, why, err := openingResult(u.Stock(), sku, d)
	switch {
	case err != nil:
		return err
	case why != nil: // it moved since the preview
		row.Result, row.Code, row.Key, row.Args = domain.RowConflict, why.Code, why.Key, why.Args
		t.add(row)
		return nil
	case result == domain.RowSame:
		row.Result = result
		t.add(row)
		return nil
	}
	doc := ids.New[ids.DocKind](u.IDs)
	if _, err := flow.Opening(u, sku, d.Qty, d.ValueFen, doc); err != nil {
		return err
	}
	bin, err := shelve(u, sku, d.Bin)
	if err != nil {
		return err
	}
	row.RefID = doc.String()
	row.After = state{Bin: bin}.String()
	t.add(row)
	return nil
}

// shelve gives a SKU without a place the bin of its opening stock and tells
// which; a place that somebody chose stays.
func shelve(u *core.Unit, sku *domain.SKU, bin string) (string, error) {
	if bin == "" || sku.Bin != "" {
		return "", nil
	}
	sku.Bin = bin
	u.Changed(core.TopicCatalog, sku.ID.String())
	return bin, saveSKU(u, sku)
}

package inbox

import (
	"context"
	"encoding/json"
	"strings"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/flow"
	"zhanggui/app/ids"
	"zhanggui/app/job"
)

// UndoCmd takes an import back.
type UndoCmd struct{ Import ids.ImportID }

// Action is the right it needs.
func (UndoCmd) Action() auth.Action { return auth.ImportUndo }

// Validate wants an import.
func (c UndoCmd) Validate() error {
	if c.Import.Zero() {
		return fault.New(fault.Invalid, "fault.inbox.no_import").Field("import", "fault.required")
	}
	return nil
}

// undoPage is how many records are read at once.
const undoPage = core.PageLimit

// namedDependents is how many records a refusal names.
const namedDependents = 5

// Undo removes exactly what the import made and restores what it changed, in
// one transaction: all or nothing. It is refused when later work depends on a
// record, and names that work (rules.md §5.13.1).
// Errors: Conflict fault.inbox.depends, fault.inbox.undone; NotFound.
func (s *Service) Undo(ctx context.Context, cmd UndoCmd, report job.Report) error {
	_, err := core.Do(ctx, s.e, cmd, func(u *core.Unit) (struct{}, error) {
		var none struct{}
		imp, err := u.Imports().Get(cmd.Import)
		if err != nil {
			return none, err
		}
		if imp.State == domain.ImportUndone {
			return none, fault.New(fault.Conflict, "fault.inbox.undone", "file", Source{Path: imp.File}.Name())
		}
		rows, err := allRows(u, imp.ID)
		if err != nil {
			return none, err
		}
		un := &undo{u: u, imp: imp}
		if err := un.check(rows); err != nil {
			return none, err
		}
		for i := len(rows) - 1; i >= 0; i-- {
			if err := ctx.Err(); err != nil {
				return none, err
			}
			if err := un.row(&rows[i]); err != nil {
				return none, err
			}
			report.Say(len(rows)-i, len(rows), "job.undo")
		}
		if err := un.flush(); err != nil {
			return none, err
		}
		before := imp.State
		imp.Close(domain.ImportUndone, u.Now)
		u.Audit("import", imp.ID.String(), "audit.import_undone", map[string]any{"state": before}, map[string]any{"records": len(rows)},
			"file", Source{Path: imp.File}.Name())
		u.Changed(core.TopicImports, imp.ID.String())
		u.Changed(core.TopicOrders)
		u.Changed(core.TopicStock)
		u.Changed(core.TopicCatalog)
		return none, u.Imports().Save(imp)
	})
	return err
}

func allRows(u *core.Unit, id ids.ImportID) ([]domain.ImportRow, error) {
	var all []domain.ImportRow
	for offset := 0; ; offset += undoPage {
		page, err := u.Imports().Rows(id, core.Query{Page: core.Page{Offset: offset, Limit: undoPage}})
		if err != nil {
			return nil, err
		}
		for _, r := range page.Rows {
			if r.Result != domain.RowRejected {
				all = append(all, r)
			}
		}
		if len(page.Rows) < undoPage {
			return all, nil
		}
	}
}

// undo is one run of Undo.
type undo struct {
	u       *core.Unit
	imp     *domain.Import
	delete  []ids.OrderID
	prods   map[ids.ProductID]int64 // versions of products that were given back
	people  map[string]*domain.Customer
	current map[ids.OrderID]*domain.Order
}

// check makes sure that nobody worked on a record since.
func (un *undo) check(rows []domain.ImportRow) error {
	un.current = map[ids.OrderID]*domain.Order{}
	later, err := un.u.Imports().LaterRows(un.imp.ID)
	if err != nil {
		return err
	}
	var list []ids.OrderID
	versions := map[ids.OrderID]int64{}
	for i := range rows {
		if rows[i].RefKind != "order" {
			continue
		}
		id, after, err := un.order(&rows[i])
		if err != nil {
			return err
		}
		list = append(list, id)
		versions[id] = max(versions[id], after.Version)
	}
	var named []string
	for start := 0; start < len(list); start += undoPage {
		orders, err := un.u.Orders().GetMany(list[start:min(start+undoPage, len(list))])
		if err != nil {
			return err
		}
		for _, o := range orders {
			un.current[o.ID] = o
			why := ""
			if file, ok := later[o.ID.String()]; ok {
				why = Source{Path: file}.Name()
			} else if o.Version > versions[o.ID] {
				why = string(o.Stage())
			}
			if why != "" && len(named) < namedDependents {
				named = append(named, o.Number+" ("+why+")")
			}
		}
	}
	if len(named) > 0 {
		return fault.New(fault.Conflict, "fault.inbox.depends", "file", Source{Path: un.imp.File}.Name(), "records", strings.Join(named, ", "))
	}
	return nil
}

func (un *undo) order(row *domain.ImportRow) (ids.OrderID, state, error) {
	var after state
	id, err := ids.Parse[ids.OrderKind](row.RefID)
	if err != nil {
		return id, after, fault.From(err)
	}
	if err := json.Unmarshal([]byte(row.After), &after); err != nil {
		return id, after, fault.From(err)
	}
	return id, after, nil
}

func (un *undo) row(row *domain.ImportRow) error {
	switch row.RefKind {
	case "order":
		return un.orderRow(row)
	case "sku":
		return un.skuRow(row)
	case "opening":
		return un.openingRow(row)
	}
	return nil
}

func (un *undo) orderRow(row *domain.ImportRow) error {
	id, _, err := un.order(row)
	if err != nil {
		return err
	}
	o := un.current[id]
	if o == nil {
		return fault.New(fault.NotFound, "fault.order.unknown", "order", row.Number)
	}
	if row.Result == domain.RowNew {
		un.delete = append(un.delete, id)
		un.forget(o)
		return nil
	}
	var before state
	if err := json.Unmarshal([]byte(row.Before), &before); err != nil {
		return fault.From(err)
	}
	if before.Order == nil {
		return nil
	}
	if before.Bare {
		before.Order.Receiver = o.Receiver
	}
	return un.restore(o, before.Order)
}

// restore brings an order back to what it was; reservations it lost to the
// import are taken again, and if they are gone it goes to the exceptions.
func (un *undo) restore(o, was *domain.Order) error {
	if err := flow.Release(un.u, o); err != nil {
		return err
	}
	was.Version = o.Version
	if o.MergeID.Zero() {
		was.MergeInto(ids.OrderID{}) // the import dissolved its parcel
	}
	un.repay(o, was)
	wanted := false
	for i := range was.Lines {
		for j := range was.Lines[i].Parts {
			wanted = wanted || was.Lines[i].Parts[j].Reserved > 0
			was.Lines[i].Parts[j].Reserved = 0
		}
	}
	if wanted {
		short, err := flow.Reserve(un.u, was)
		if err != nil {
			return err
		}
		if len(short) > 0 {
			set, err := flow.Settings(un.u)
			if err != nil {
				return err
			}
			if err := flow.Recheck(un.u, was, set, short); err != nil {
				return err
			}
			if err := flow.Settle(un.u, was); err != nil {
				return err
			}
		}
	}
	if err := un.u.Orders().SaveReceiver(was.ID, was.Receiver); err != nil {
		return err
	}
	return un.u.Orders().Save(was)
}

// forget takes a deleted order out of its buyer's sums.
func (un *undo) forget(o *domain.Order) {
	if c := un.person(o); c != nil {
		c.Orders--
		c.PaidFen -= o.PaidFen
	}
}

// repay takes back what the import added to the buyer's sums.
func (un *undo) repay(o, was *domain.Order) {
	c := un.person(o)
	switch {
	case c == nil:
	case was.Customer.Zero():
		c.Orders--
		c.PaidFen -= o.PaidFen
	default:
		c.PaidFen += was.PaidFen - o.PaidFen
	}
}

// person gathers what changes for the order's buyer, nil when it has none.
func (un *undo) person(o *domain.Order) *domain.Customer {
	if o.BuyerKey == "" || o.Customer.Zero() {
		return nil
	}
	if un.people == nil {
		un.people = map[string]*domain.Customer{}
	}
	key := o.Channel + "\x00" + o.BuyerKey
	c := un.people[key]
	if c == nil {
		c = &domain.Customer{ID: o.Customer, Channel: o.Channel, BuyerKey: o.BuyerKey}
		un.people[key] = c
	}
	return c
}

// flush deletes the orders that the import made.
func (un *undo) flush() error {
	for start := 0; start < len(un.delete); start += undoPage {
		if err := un.u.Orders().Delete(un.delete[start:min(start+undoPage, len(un.delete))]); err != nil {
			return err
		}
	}
	if err := un.u.Orders().DropConflicts(un.imp.ID); err != nil {
		return err
	}
	people := make([]domain.Customer, 0, len(un.people))
	for _, c := range un.people {
		people = append(people, *c)
	}
	return un.u.Customers().Upsert(people)
}

func (un *undo) openingRow(row *domain.ImportRow) error {
	moves, err := un.u.Stock().MovesOf("opening", row.RefID)
	if err != nil {
		return err
	}
	for _, m := range moves {
		if err := flow.UndoMove(un.u, m, domain.MoveUndo); err != nil {
			return err
		}
	}
	entries, err := un.u.Ledger().OfRef("opening", row.RefID)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if err := flow.Reverse(un.u, e.Seq, "undo"); err != nil {
			return err
		}
	}
	return un.unshelve(row)
}

// unshelve takes the bin back that opening stock gave, if it is still that one.
func (un *undo) unshelve(row *domain.ImportRow) error {
	var after state
	if err := json.Unmarshal([]byte(row.After), &after); err != nil {
		return fault.From(err)
	}
	if after.Bin == "" {
		return nil
	}
	sku, err := un.u.Catalog().SKUByCode(row.Number)
	if fault.Is(err, fault.NotFound) {
		return nil // it was renamed since: then its place is the person's, too
	}
	if err != nil || sku.Bin != after.Bin {
		return err
	}
	sku.Bin = ""
	return saveSKU(un.u, sku)
}

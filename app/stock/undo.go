package stock

import (
	"context"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/flow"
	"zhanggui/app/ids"
	"zhanggui/app/money"
)

// UndoCmd takes back a receipt, an opening or a correction. An opening needs
// stock.opening, a correction above the limit stock.adjust_big, as making them does.
type UndoCmd struct {
	Kind string // receipt, opening, adjust
	Doc  ids.DocID
}

// Action is the right it needs.
func (UndoCmd) Action() auth.Action { return auth.StockAdjust }

// Validate wants a known kind of document.
func (c UndoCmd) Validate() error {
	if c.Doc.Zero() || (c.Kind != "receipt" && c.Kind != "opening" && c.Kind != "adjust") {
		return fault.New(fault.Invalid, "fault.stock.undo").Field("doc", "fault.required")
	}
	return nil
}

// Undo posts the exact opposite of the document's move and entry. It is refused
// when the SKU moved later: those moves were priced with it.
// Errors: Conflict fault.stock.later_moves, fault.stock.undone, fault.stock.reserved; NotFound.
func (s *Service) Undo(ctx context.Context, cmd UndoCmd) error {
	_, err := core.Do(ctx, s.e, cmd, func(u *core.Unit) (struct{}, error) {
		var none struct{}
		moves, err := u.Stock().MovesOf(cmd.Kind, cmd.Doc.String())
		if err != nil {
			return none, err
		}
		if len(moves) == 0 {
			return none, fault.New(fault.NotFound, "fault.stock.undo")
		}
		for _, m := range moves {
			if m.ReversesSeq != 0 {
				return none, fault.New(fault.Conflict, "fault.stock.undone", "sku", m.Number)
			}
		}
		if err := mayUndo(u, cmd.Kind, moves[0]); err != nil {
			return none, err
		}
		back := map[ids.SKUID]bool{}
		for _, m := range moves {
			if err := flow.UndoMove(u, m, domain.MoveUndo); err != nil {
				return none, err
			}
			if m.Qty < 0 {
				back[m.SKU] = true
			}
		}
		entries, err := u.Ledger().OfRef(cmd.Kind, cmd.Doc.String())
		if err != nil {
			return none, err
		}
		for _, e := range entries {
			if e.ReversesSeq == 0 {
				if err := flow.Reverse(u, e.Seq, "undo"); err != nil {
					return none, err
				}
			}
		}
		if err := closeTasks(u, cmd.Kind, cmd.Doc.String(), "undone"); err != nil {
			return none, err
		}
		u.Audit(cmd.Kind, cmd.Doc.String(), "audit.undone", moves, nil, "what", cmd.Kind, "number", moves[0].Number)
		u.Changed(core.TopicFinance)
		return none, flow.Offer(u, back) // units that are there again wake who waits for them
	})
	return err
}

// mayUndo asks for the right that making the document takes.
func mayUndo(u *core.Unit, kind string, m domain.Move) error {
	if kind == "opening" && !u.Allows(auth.StockOpening) {
		return fault.New(fault.Denied, "fault.auth.denied", "right", auth.StockOpening)
	}
	if kind != "adjust" || u.Allows(auth.StockAdjustBig) {
		return nil
	}
	set, err := flow.Settings(u)
	if err != nil {
		return err
	}
	if abs(m.ValueFen) > set.AdjustLimit {
		return fault.New(fault.Denied, "fault.stock.adjust_limit", "sku", m.Number, "limit", set.AdjustLimit)
	}
	return nil
}

func closeTasks(u *core.Unit, kind, id, outcome string) error {
	tasks, err := u.Tasks().OfRef(kind, id)
	if err != nil {
		return err
	}
	for i := range tasks {
		t := &tasks[i]
		if t.DoneAt != 0 {
			continue
		}
		t.DoneAt, t.Outcome, t.DoneBy = u.Now, outcome, u.Actor.Name
		if err := u.Tasks().Save(t); err != nil {
			return err
		}
		u.Changed(core.TopicTasks)
	}
	return nil
}

// RecostCmd gives a receipt its real cost afterwards (DECIDED 9).
type RecostCmd struct {
	Doc     ids.DocID
	CostFen money.Fen // landed cost of all units of the receipt
}

// Action is the right it needs.
func (RecostCmd) Action() auth.Action { return auth.FinancePost }

// Validate wants a cost that is not negative.
func (c RecostCmd) Validate() error {
	if c.Doc.Zero() || c.CostFen < 0 || c.CostFen > money.Max {
		return fault.New(fault.Invalid, "fault.stock.recost").Field("cost", "fault.negative")
	}
	return nil
}

// Recost changes the value of the units that are still there and books the rest
// to variance; shipped lines keep the cost they left with (rules.md §5.5.9).
func (s *Service) Recost(ctx context.Context, cmd RecostCmd) error {
	_, err := core.Do(ctx, s.e, cmd, func(u *core.Unit) (struct{}, error) {
		var none struct{}
		moves, err := u.Stock().MovesOf("receipt", cmd.Doc.String())
		if err != nil {
			return none, err
		}
		if len(moves) == 0 {
			return none, fault.New(fault.NotFound, "fault.stock.undo")
		}
		for _, m := range moves {
			if m.ReversesSeq != 0 {
				return none, fault.New(fault.Conflict, "fault.stock.undone", "sku", m.Number)
			}
		}
		if err := recost(u, moves, cmd); err != nil {
			return none, err
		}
		u.Audit("receipt", cmd.Doc.String(), "audit.recosted", nil, cmd, "sku", moves[0].Number, "cost", cmd.CostFen)
		u.Changed(core.TopicStock, moves[0].SKU.String())
		u.Changed(core.TopicFinance)
		return none, closeTasks(u, "receipt", cmd.Doc.String(), "recosted")
	})
	return err
}

// recost books the difference to what the receipt has cost so far.
func recost(u *core.Unit, moves []domain.Move, cmd RecostCmd) error {
	first := moves[0]
	var booked money.Fen
	entries, err := u.Ledger().OfRef("receipt", cmd.Doc.String())
	if err != nil {
		return err
	}
	for _, e := range entries {
		booked -= e.Sum(domain.AccPayable)
	}
	diff := cmd.CostFen - booked
	if diff == 0 {
		return nil
	}
	level, err := u.Stock().Level(first.Warehouse, first.SKU)
	if err != nil {
		return err
	}
	value, variance, err := level.Recost(first.Qty, diff)
	if err != nil {
		return err
	}
	level.LastQty, level.LastFen = first.Qty, cmd.CostFen
	ref := flow.Ref{Kind: "receipt", ID: cmd.Doc.String(), Number: first.Number}
	if _, err := flow.Move(u, &level, domain.Move{Reason: domain.MoveRecost, ValueFen: value}, ref, 0); err != nil {
		return err
	}
	e, err := domain.StockEntry("recost", first.Number, first.SKU, 0, value, variance, domain.AccPayable)
	if err != nil {
		return err
	}
	_, err = flow.Entry(u, e, ref)
	return err
}

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
	"zhanggui/app/when"
)

// ReceiveCmd books units in. CostFen is the landed cost of all Qty units
// together; it may only be given by people who may see cost. Without it the
// last cost is taken and finance gets a task (DECIDED 9).
type ReceiveCmd struct {
	SKU     ids.SKUID
	Qty     int64
	CostFen money.Fen
	HasCost bool
	Note    string
}

// Action is the right it needs.
func (ReceiveCmd) Action() auth.Action { return auth.StockReceive }

// Validate wants a SKU, a positive quantity and a cost that is not negative.
func (c ReceiveCmd) Validate() error {
	e := fault.New(fault.Invalid, "fault.stock.receipt")
	if c.SKU.Zero() {
		_ = e.Field("sku", "fault.required")
	}
	if c.Qty <= 0 || c.Qty > 100_000_000 {
		_ = e.Field("qty", "fault.stock.qty")
	}
	if c.CostFen < 0 || c.CostFen > money.Max {
		_ = e.Field("cost", "fault.negative")
	}
	if len(c.Note) > 2000 {
		_ = e.Field("note", "fault.text_too_long")
	}
	if len(e.Fields) > 0 {
		return e
	}
	return nil
}

// Receipt says what was booked.
type Receipt struct {
	Doc    ids.DocID `json:"doc"`
	SKU    string    `json:"sku"`
	Qty    int64     `json:"qty"`
	OnHand int64     `json:"on_hand"`
	Woken  int       `json:"woken"` // orders that were short of it and can be passed now
	NoCost bool      `json:"no_cost"`
}

// taskHours is how long finance has to give a missing cost.
const taskHours = 24

// Receive books the units, posts stock against payable and wakes the orders
// that were waiting. A kit has no stock of its own.
// Errors: Conflict fault.stock.kit; Denied when a cost is given without the right.
func (s *Service) Receive(ctx context.Context, cmd ReceiveCmd) (Receipt, error) {
	return core.Do(ctx, s.e, cmd, func(u *core.Unit) (Receipt, error) {
		if cmd.HasCost && !u.Allows(auth.FinanceViewCost) {
			return Receipt{}, fault.New(fault.Denied, "fault.auth.denied", "right", auth.FinanceViewCost)
		}
		sku, err := countable(u, cmd.SKU)
		if err != nil {
			return Receipt{}, err
		}
		level, err := u.Stock().Level(domain.DefaultWarehouse, sku.ID)
		if err != nil {
			return Receipt{}, err
		}
		var cost money.Fen
		switch {
		case cmd.HasCost:
			cost = cmd.CostFen
		case level.LastQty > 0:
			if cost, err = money.MulDiv(level.LastFen, cmd.Qty, level.LastQty); err != nil {
				return Receipt{}, err
			}
		}
		doc := ids.New[ids.DocKind](u.IDs)
		in := flow.Incoming{Reason: domain.MoveReceipt, Kind: "receipt", Against: domain.AccPayable, Doc: doc, Qty: cmd.Qty, CostFen: cost, Note: cmd.Note}
		woken, err := in.Book(u, sku, &level)
		if err != nil {
			return Receipt{}, err
		}
		if !cmd.HasCost {
			if err := askCost(u, doc, sku, cmd.Qty); err != nil {
				return Receipt{}, err
			}
		}
		u.Audit("receipt", doc.String(), "audit.received", nil, audited(cmd), "sku", sku.Code, "qty", cmd.Qty)
		return Receipt{Doc: doc, SKU: sku.Code, Qty: cmd.Qty, OnHand: level.OnHand, Woken: woken, NoCost: !cmd.HasCost}, nil
	})
}

// audited is the command as the log keeps it: a cost that was not given is none.
func audited(cmd ReceiveCmd) ReceiveCmd {
	if !cmd.HasCost {
		cmd.CostFen = 0
	}
	return cmd
}

// countable refuses kits: they are counted by their parts.
func countable(u *core.Unit, id ids.SKUID) (*domain.SKU, error) {
	sku, err := u.Catalog().SKU(id)
	if err != nil {
		return nil, err
	}
	if sku.Kit {
		return nil, fault.New(fault.Conflict, "fault.stock.kit", "sku", sku.Code)
	}
	return sku, nil
}

// askCost hands finance the receipt whose cost nobody gave.
func askCost(u *core.Unit, doc ids.DocID, sku *domain.SKU, qty int64) error {
	u.Changed(core.TopicTasks)
	return u.Tasks().Save(&domain.Task{
		ID: ids.New[ids.TaskKind](u.IDs), Kind: "receipt_cost", RefKind: "receipt", RefID: doc.String(), Number: sku.Code,
		Role: auth.Finance, MadeAt: u.Now, DueAt: u.Now + taskHours*when.Hour, Args: fault.Args("sku", sku.Code, "qty", qty),
	})
}

// OpeningCmd books what was there when the shop began with the program.
// ValueFen is the value of all units.
type OpeningCmd struct {
	SKU      ids.SKUID
	Qty      int64
	ValueFen money.Fen
}

// Action is the right it needs.
func (OpeningCmd) Action() auth.Action { return auth.StockOpening }

// Validate wants a SKU, a positive quantity and a value that is not negative.
func (c OpeningCmd) Validate() error {
	return ReceiveCmd{SKU: c.SKU, Qty: c.Qty, CostFen: c.ValueFen}.Validate()
}

// Opening books opening stock against capital; once per SKU, before any other move.
// Errors: Conflict fault.stock.opening_late.
func (s *Service) Opening(ctx context.Context, cmd OpeningCmd) (Receipt, error) {
	return core.Do(ctx, s.e, cmd, func(u *core.Unit) (Receipt, error) {
		sku, err := countable(u, cmd.SKU)
		if err != nil {
			return Receipt{}, err
		}
		doc := ids.New[ids.DocKind](u.IDs)
		onHand, err := flow.Opening(u, sku, cmd.Qty, cmd.ValueFen, doc)
		if err != nil {
			return Receipt{}, err
		}
		u.Audit("opening", doc.String(), "audit.opening", nil, cmd, "sku", sku.Code, "qty", cmd.Qty)
		return Receipt{Doc: doc, SKU: sku.Code, Qty: cmd.Qty, OnHand: onHand}, nil
	})
}

package orders

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
	"zhanggui/app/when"
)

// UnpassLimit is the most orders whose audit one undo takes back: they go back
// together or not at all.
const UnpassLimit = 2000

// UnpassCmd takes the audit of orders back: they wait again and their goods are free.
type UnpassCmd struct{ Orders []ids.OrderID }

// Action is the right it needs.
func (UnpassCmd) Action() auth.Action { return auth.OrdersAudit }

// Validate wants orders, not too many.
func (c UnpassCmd) Validate() error {
	if len(c.Orders) == 0 || len(c.Orders) > UnpassLimit {
		return fault.New(fault.Invalid, "fault.order.unpass", "limit", UnpassLimit).Field("orders", "fault.required")
	}
	return nil
}

// Unpass undoes Pass, of all the orders or of none.
// Errors: Conflict fault.order.undo_shipped, .undo_merged, .undo_split,
// .not_passed, .cancelled: each names the order and what was done with it since.
func (s *Service) Unpass(ctx context.Context, cmd UnpassCmd) error {
	_, err := core.Do(ctx, s.e, cmd, func(u *core.Unit) (struct{}, error) {
		var none struct{}
		free := map[ids.SKUID]bool{}
		for _, id := range cmd.Orders {
			o, err := u.Orders().Get(id)
			if err != nil {
				return none, err
			}
			if err := unpass(u, o, free); err != nil {
				return none, err
			}
		}
		u.Audit("orders", "", "audit.unpassed_all", nil, nil, "n", len(cmd.Orders))
		return none, flow.Offer(u, free)
	})
	return err
}

func unpass(u *core.Unit, o *domain.Order, free map[ids.SKUID]bool) error {
	if err := o.MayUnpass(); err != nil {
		return err
	}
	parcels, err := u.Parcels().OfOrder(o.ID)
	if err != nil {
		return err
	}
	for _, p := range parcels {
		if p.State == domain.ParcelPlanned {
			return fault.New(fault.Conflict, "fault.order.undo_split", "order", o.Number)
		}
	}
	before, held := o.Audit, flow.Held(o)
	if err := flow.Release(u, o); err != nil {
		return err
	}
	if err := o.Renew(); err != nil {
		return err
	}
	if err := recheck(u, o); err != nil {
		return err
	}
	if err := u.Orders().Save(o); err != nil {
		return err
	}
	u.Audit("order", o.ID.String(), "audit.unpassed", auditFact{before}, auditFact{o.Audit}, "order", o.Number)
	flow.Announce(u, o)
	flow.Freed(free, held, o)
	return nil
}

// UncancelCmd takes the cancelling of an order back.
type UncancelCmd struct{ Order ids.OrderID }

// Action is the right it needs.
func (UncancelCmd) Action() auth.Action { return auth.OrdersCancel }

// Validate has nothing to check.
func (UncancelCmd) Validate() error { return nil }

// Uncancel undoes Cancel: the order stands where it stood, a passed one with its
// goods reserved again. What it was merged with or split into is not restored.
// Errors: Conflict fault.order.not_cancelled, .platform_cancelled, .external,
// .uncancel_short naming the goods that are promised to others meanwhile.
func (s *Service) Uncancel(ctx context.Context, cmd UncancelCmd) error {
	return s.change(ctx, cmd, cmd.Order, "audit.uncancelled", func(u *core.Unit, o *domain.Order) (any, any, error) {
		before := factsOf(o)
		closed, err := closedBefore(u, o)
		if err != nil {
			return nil, nil, err
		}
		if err := o.Reopen(closed); err != nil {
			return nil, nil, err
		}
		if err := settleAgain(u, o); err != nil {
			return nil, nil, err
		}
		return before, factsOf(o), nil
	})
}

// settleAgain checks a reopened order; one that was passed gets its goods back or stays cancelled.
func settleAgain(u *core.Unit, o *domain.Order) error {
	set, err := flow.Settings(u)
	if err != nil {
		return err
	}
	if err := flow.Recheck(u, o, set, nil); err != nil {
		return err
	}
	if o.Audit != domain.AuditPassed || o.FirstBlocking() != nil {
		return flow.Settle(u, o)
	}
	if !o.Payable() && o.Units() > 0 { // refunded meanwhile: it is not to be shipped
		return o.Renew()
	}
	if o.Units() == 0 { // all of it left and came back
		return nil
	}
	short, err := flow.Reserve(u, o)
	if err != nil {
		return err
	}
	if len(short) > 0 {
		return fault.New(fault.Conflict, "fault.order.uncancel_short", "order", o.Number, "sku", strings.Join(short, ", "))
	}
	return o.Pass(o.AuditedAt)
}

// closedBefore is what was closed of each line when the order was cancelled; the
// audit line of that says it.
func closedBefore(u *core.Unit, o *domain.Order) (map[ids.LineID]int64, error) {
	lines, err := u.Log().ListAudit(core.Query{Page: core.Page{Limit: 1}, Conds: []core.Cond{
		{Field: "entity", Op: "=", Value: "order"}, {Field: "entity_id", Op: "=", Value: o.ID.String()}, {Field: "key", Op: "=", Value: "audit.cancelled"},
	}})
	closed := map[ids.LineID]int64{}
	if err != nil || len(lines.Rows) == 0 {
		return closed, err
	}
	var before facts
	if err := json.Unmarshal([]byte(lines.Rows[0].Before), &before); err != nil {
		return closed, fault.Wrap(err, "audit")
	}
	for text, n := range before.Closed {
		id, err := ids.Parse[ids.LineKind](text)
		if err != nil {
			return closed, fault.Wrap(err, "line")
		}
		closed[id] = n
	}
	return closed, nil
}

// RestoreCheckCmd takes back that a check was waved through.
type RestoreCheckCmd struct {
	Order ids.OrderID
	Check domain.CheckCode
}

// Action is the right it needs.
func (RestoreCheckCmd) Action() auth.Action { return auth.OrdersAudit }

// Validate has nothing to check.
func (RestoreCheckCmd) Validate() error { return nil }

// RestoreCheck undoes ReleaseCheck: the check blocks again, a file's
// contradiction is open again.
// Errors: Conflict fault.check.not_released; fault.order.undo_passed,
// .undo_shipped, .cancelled when the order went on since.
func (s *Service) RestoreCheck(ctx context.Context, cmd RestoreCheckCmd) error {
	return s.change(ctx, cmd, cmd.Order, "audit.check_restored", func(u *core.Unit, o *domain.Order) (any, any, error) {
		before := factsOf(o)
		if err := o.StillWaits(); err != nil {
			return nil, nil, err
		}
		if err := unrelease(u, o, cmd.Check); err != nil {
			return nil, nil, err
		}
		err := recheck(u, o)
		return before, factsOf(o), err
	}, "check", cmd.Check)
}

func unrelease(u *core.Unit, o *domain.Order, check domain.CheckCode) error {
	if check != domain.CheckFileConflict {
		return o.Unrelease(check)
	}
	n, err := u.Orders().ReopenConflicts(o.ID)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "fault.check.not_released", "order", o.Number, "check", check)
	}
	return err
}

// HoldAgainCmd takes the end of a hold back.
type HoldAgainCmd struct {
	Order  ids.OrderID
	Until  when.Millis
	Reason string
}

// Action is the right it needs.
func (HoldAgainCmd) Action() auth.Action { return auth.OrdersAudit }

// Validate wants the reason of the hold.
func (c HoldAgainCmd) Validate() error { return HoldCmd(c).Validate() }

// HoldAgain undoes ReleaseHold; an order that went on since is not pulled back.
// Errors: Conflict fault.order.undo_passed, .undo_shipped, .cancelled.
func (s *Service) HoldAgain(ctx context.Context, cmd HoldAgainCmd) error {
	return s.change(ctx, cmd, cmd.Order, "audit.held_again", func(_ *core.Unit, o *domain.Order) (any, any, error) {
		before := factsOf(o)
		if err := o.StillWaits(); err != nil {
			return nil, nil, err
		}
		err := o.Hold(cmd.Until, cmd.Reason)
		return before, factsOf(o), err
	}, "until", cmd.Until.Minute(), "reason", cmd.Reason)
}

// UndoCallCmd takes the note of a call before delivery back. Called is what was
// noted before it.
type UndoCallCmd struct {
	Order  ids.OrderID
	Called bool
}

// Action is the right it needs.
func (UndoCallCmd) Action() auth.Action { return auth.OrdersAudit }

// Validate has nothing to check.
func (UndoCallCmd) Validate() error { return nil }

// UndoCall undoes CODCall.
// Errors: Conflict fault.order.not_cod, .undo_passed, .undo_shipped, .cancelled.
func (s *Service) UndoCall(ctx context.Context, cmd UndoCallCmd) error {
	return s.change(ctx, cmd, cmd.Order, "audit.cod_call_undone", func(u *core.Unit, o *domain.Order) (any, any, error) {
		if !o.COD {
			return nil, nil, fault.New(fault.Conflict, "fault.order.not_cod", "order", o.Number)
		}
		if err := o.StillWaits(); err != nil {
			return nil, nil, err
		}
		before := o.CODCalled
		o.CODCalled = cmd.Called
		err := recheck(u, o)
		return map[string]bool{"cod_called": before}, map[string]bool{"cod_called": o.CODCalled}, err
	})
}

package orders

import (
	"context"
	"strings"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/flow"
	"zhanggui/app/ids"
	"zhanggui/app/when"
)

// HoldCmd keeps an order back until an instant (0: until released), with a reason.
type HoldCmd struct {
	Order  ids.OrderID
	Until  when.Millis
	Reason string
}

// Action is the right it needs.
func (HoldCmd) Action() auth.Action { return auth.OrdersAudit }

// Validate wants a reason.
func (c HoldCmd) Validate() error {
	if strings.TrimSpace(c.Reason) == "" || len(c.Reason) > 2000 {
		return fault.New(fault.Invalid, "fault.order.hold_reason").Field("reason", "fault.required")
	}
	return nil
}

// Hold releases the order's goods and keeps it back.
func (s *Service) Hold(ctx context.Context, cmd HoldCmd) error {
	return s.change(ctx, cmd, cmd.Order, "audit.held", func(u *core.Unit, o *domain.Order) (any, any, error) {
		before := factsOf(o)
		if err := flow.Release(u, o); err != nil {
			return nil, nil, err
		}
		err := o.Hold(cmd.Until, cmd.Reason)
		return before, factsOf(o), err
	}, "until", cmd.Until.Minute(), "reason", cmd.Reason)
}

// ReleaseHoldCmd ends a hold.
type ReleaseHoldCmd struct{ Order ids.OrderID }

// Action is the right it needs.
func (ReleaseHoldCmd) Action() auth.Action { return auth.OrdersAudit }

// Validate has nothing to check.
func (ReleaseHoldCmd) Validate() error { return nil }

// ReleaseHold puts a held order back into the audit list, checked again.
// Errors: Conflict fault.order.not_held.
func (s *Service) ReleaseHold(ctx context.Context, cmd ReleaseHoldCmd) error {
	return s.change(ctx, cmd, cmd.Order, "audit.hold_ended", func(u *core.Unit, o *domain.Order) (any, any, error) {
		before := factsOf(o)
		if o.Audit != domain.AuditHold {
			return nil, nil, fault.New(fault.Conflict, "fault.order.not_held", "order", o.Number)
		}
		if err := o.Renew(); err != nil {
			return nil, nil, err
		}
		o.HoldUntil, o.HoldReason = 0, ""
		err := recheck(u, o)
		return before, factsOf(o), err
	})
}

// ReleaseCheckCmd waves a failed check through with a reason.
type ReleaseCheckCmd struct {
	Order  ids.OrderID
	Check  domain.CheckCode
	Reason string
}

// Action is the right it needs.
func (ReleaseCheckCmd) Action() auth.Action { return auth.OrdersAudit }

// Validate wants a reason.
func (c ReleaseCheckCmd) Validate() error {
	if strings.TrimSpace(c.Reason) == "" || len(c.Reason) > 2000 {
		return fault.New(fault.Invalid, "fault.check.reason").Field("reason", "fault.required")
	}
	return nil
}

// ReleaseCheck releases the check. Releasing a file's contradiction also closes
// its conflict rows: what we know stands.
func (s *Service) ReleaseCheck(ctx context.Context, cmd ReleaseCheckCmd) error {
	return s.change(ctx, cmd, cmd.Order, "audit.check_released", func(u *core.Unit, o *domain.Order) (any, any, error) {
		before := factsOf(o)
		if err := o.Release(cmd.Check, cmd.Reason); err != nil {
			return nil, nil, err
		}
		if cmd.Check == domain.CheckFileConflict {
			if err := u.Orders().ResolveConflicts(o.ID, u.Now); err != nil {
				return nil, nil, err
			}
		}
		if err := recheck(u, o); err != nil {
			return nil, nil, err
		}
		return before, factsOf(o), nil
	}, "check", cmd.Check, "reason", cmd.Reason)
}

// CODCallCmd records the call before a delivery that is paid at the door.
type CODCallCmd struct {
	Order    ids.OrderID
	Accepted bool
	Note     string
}

// Action is the right it needs.
func (CODCallCmd) Action() auth.Action { return auth.OrdersAudit }

// Validate limits the note.
func (c CODCallCmd) Validate() error {
	if len(c.Note) > 2000 {
		return fault.New(fault.Invalid, "fault.text_too_long").Field("note", "fault.text_too_long")
	}
	return nil
}

// CODCall records the call; a buyer who declined keeps the order blocked.
func (s *Service) CODCall(ctx context.Context, cmd CODCallCmd) error {
	return s.change(ctx, cmd, cmd.Order, "audit.cod_called", func(u *core.Unit, o *domain.Order) (any, any, error) {
		if !o.COD {
			return nil, nil, fault.New(fault.Conflict, "fault.order.not_cod", "order", o.Number)
		}
		before := o.CODCalled
		o.CODCalled = cmd.Accepted
		err := recheck(u, o)
		return map[string]bool{"cod_called": before}, map[string]bool{"cod_called": o.CODCalled}, err
	}, "accepted", cmd.Accepted, "note", cmd.Note)
}

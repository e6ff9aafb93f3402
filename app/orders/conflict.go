package orders

import (
	"context"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/flow"
	"zhanggui/app/ids"
)

// SettleCmd says which side of a contradiction is right: what we know, or what
// the file said.
type SettleCmd struct {
	Order ids.OrderID
	Seq   int64 // of the contradiction
	File  bool  // the file wins
}

// Action is the right it needs.
func (SettleCmd) Action() auth.Action { return auth.OrdersAudit }

// Validate has nothing to check.
func (SettleCmd) Validate() error { return nil }

// Settle closes one contradiction. Where the file wins, the fact moves back and
// the order is audited again; what has left is not called back by a file.
// Errors: Conflict fault.order.conflict_settled and those of domain.Order.YieldTo.
func (s *Service) Settle(ctx context.Context, cmd SettleCmd) error {
	return s.change(ctx, cmd, cmd.Order, "audit.conflict_settled", func(u *core.Unit, o *domain.Order) (any, any, error) {
		c, err := openConflict(u, o, cmd.Seq)
		if err != nil {
			return nil, nil, err
		}
		before := settled{o.Audit, o.Payment, c.Ours}
		if cmd.File {
			if err := o.YieldTo(domain.Contradiction{Fact: c.Fact, Ours: c.Ours, Theirs: c.Theirs}); err != nil {
				return nil, nil, err
			}
			if err := waitAgain(u, o); err != nil {
				return nil, nil, err
			}
		}
		if err := u.Orders().ResolveConflict(c.Seq, u.Now); err != nil {
			return nil, nil, err
		}
		if err := recheck(u, o); err != nil {
			return nil, nil, err
		}
		after := settled{o.Audit, o.Payment, c.Ours}
		if cmd.File {
			after.Fact = c.Theirs
		}
		return before, after, nil
	}, "side", side(cmd.File))
}

// settled are the changed fields in the audit log.
type settled struct {
	Audit   domain.Audit   `json:"audit"`
	Payment domain.Payment `json:"payment"`
	Fact    string         `json:"fact"`
}

func side(file bool) string {
	if file {
		return "file"
	}
	return "ours"
}

func openConflict(u *core.Unit, o *domain.Order, seq int64) (core.Contradiction, error) {
	list, err := u.Orders().Conflicts(o.ID)
	if err != nil {
		return core.Contradiction{}, err
	}
	for _, c := range list {
		if c.Seq == seq && c.ResolvedAt == 0 {
			return c, nil
		}
	}
	return core.Contradiction{}, fault.New(fault.Conflict, "fault.order.conflict_settled", "order", o.Number)
}

// waitAgain takes a passed order's audit back: what it was passed on has changed.
func waitAgain(u *core.Unit, o *domain.Order) error {
	if o.Audit != domain.AuditPassed {
		return nil
	}
	if _, err := flow.Leave(u, o); err != nil {
		return err
	}
	if err := flow.Release(u, o); err != nil {
		return err
	}
	return o.Renew()
}

package orders

import (
	"context"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/flow"
	"zhanggui/app/ids"
	"zhanggui/app/when"
)

// Service runs the use cases of the order desk.
type Service struct{ e *core.Engine }

// New makes the service on the engine.
func New(e *core.Engine) *Service { return &Service{e: e} }

// change is the frame of every use case on one order: load, do, check again,
// put it where it belongs, save, announce, offer what it gave back. key is the
// audit sentence.
func (s *Service) change(ctx context.Context, cmd core.Command, id ids.OrderID, key string,
	do func(u *core.Unit, o *domain.Order) (before, after any, err error), pairs ...any,
) error {
	_, err := core.Do(ctx, s.e, cmd, func(u *core.Unit) (struct{}, error) {
		var none struct{}
		o, err := u.Orders().Get(id)
		if err != nil {
			return none, err
		}
		held := flow.Held(o)
		before, after, err := do(u, o)
		if err != nil {
			return none, err
		}
		if err := u.Orders().Save(o); err != nil {
			return none, err
		}
		args := append([]any{"order", o.Number}, pairs...)
		u.Audit("order", o.ID.String(), key, before, after, args...)
		flow.Announce(u, o)
		free := map[ids.SKUID]bool{}
		flow.Freed(free, held, o)
		return none, flow.Offer(u, free) // what it gave back wakes who waits for it
	})
	return err
}

// recheck runs the checks with the shop's settings and settles the order.
func recheck(u *core.Unit, o *domain.Order) error {
	set, err := flow.Settings(u)
	if err != nil {
		return err
	}
	if err := flow.Recheck(u, o, set, nil); err != nil {
		return err
	}
	return flow.Settle(u, o)
}

// facts are the fields of an order that the audit shows before and after.
type facts struct {
	Audit   domain.Audit   `json:"audit"`
	Closing domain.Closing `json:"closing,omitempty"`
	Fulfil  string         `json:"fulfil,omitempty"`
	Hold    when.Millis    `json:"hold_until_ms,omitempty"`
	Reason  string         `json:"reason,omitempty"`
	Checks  []domain.Check `json:"checks,omitempty"`
	// Closed is what of each line was closed before the order was cancelled (Uncancel reads it).
	Closed map[string]int64 `json:"closed,omitempty"`
}

func factsOf(o *domain.Order) facts {
	checks := append([]domain.Check(nil), o.Checks...)
	for i := range checks {
		if checks[i].Code == domain.CheckBuyerNote {
			checks[i].Args = nil // the buyer's own words stay with the order
		}
	}
	return facts{
		Audit: o.Audit, Closing: o.Closing, Fulfil: string(o.Fulfil), Hold: o.HoldUntil, Reason: o.HoldReason,
		Checks: checks,
	}
}

// Find gives the id of an order by its platform number, or by SHOP:NUMBER where
// two shops share it (DECIDED 2). Errors: NotFound; Conflict fault.order.ambiguous.
func (s *Service) Find(ctx context.Context, name string) (ids.OrderID, error) {
	return core.Read(ctx, s.e, auth.OrdersView, func(r core.Reads) (ids.OrderID, error) {
		return flow.FindOrder(r, name)
	})
}

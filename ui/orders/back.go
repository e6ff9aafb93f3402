package orders

import (
	"context"

	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/ids"
	"zhanggui/app/orders"
	"zhanggui/app/when"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// saidBack shows the result of a deed that can be taken back.
func (s *screen) saidBack(text string, back func(ctx context.Context) error) {
	s.list.Hint(theme.OK, text)
	s.tellBack(text, back)
}

// tellBack puts the deed and its undo into the status bar; without back it only says so.
func (s *screen) tellBack(text string, back func(ctx context.Context) error) {
	note := kit.Note{Text: text}
	if back != nil {
		note.Undo = kit.TakeBack(s.env, back)
	}
	s.env.Tell(note)
}

// eachOf is the undo of a deed done to several orders. Where one is refused, the
// next try goes on from there.
func eachOf(list []ids.OrderID, deed func(ctx context.Context, id ids.OrderID) error) func(ctx context.Context) error {
	if len(list) == 0 {
		return nil
	}
	rest := list
	return func(ctx context.Context) error {
		for len(rest) > 0 {
			if err := deed(ctx, rest[0]); err != nil {
				return err
			}
			rest = rest[1:]
		}
		return nil
	}
}

// unpass takes the audit of what a run passed back, all of it or nothing. A run
// that passed more than one undo may take has none.
func (s *screen) unpass(list []ids.OrderID) func(ctx context.Context) error {
	if len(list) == 0 || len(list) > orders.UnpassLimit {
		return nil
	}
	return func(ctx context.Context) error { return s.app.Orders.Unpass(ctx, orders.UnpassCmd{Orders: list}) }
}

// uncancel takes the cancelling of an order back.
func (s *screen) uncancel(ctx context.Context, id ids.OrderID) error {
	return s.app.Orders.Uncancel(ctx, orders.UncancelCmd{Order: id})
}

// releaseHold ends the hold of an order.
func (s *screen) releaseHold(ctx context.Context, id ids.OrderID) error {
	return s.app.Orders.ReleaseHold(ctx, orders.ReleaseHoldCmd{Order: id})
}

// wasHeld is how an order was held before the hold was ended.
type wasHeld struct {
	until  when.Millis
	reason string
}

// unhold ends the hold of every picked order and keeps how each was held.
func (s *screen) unhold(p kit.Picked[row]) {
	before := map[ids.OrderID]wasHeld{}
	s.each(p, "desk.unhold.done", func(ctx context.Context, id ids.OrderID) error {
		d, err := s.app.Orders.Get(ctx, id)
		if err != nil {
			return err
		}
		before[id] = wasHeld{d.Order.HoldUntil, d.Order.HoldReason}
		return s.releaseHold(ctx, id)
	}, func(ctx context.Context, id ids.OrderID) error {
		was := before[id]
		return s.app.Orders.HoldAgain(ctx, orders.HoldAgainCmd{Order: id, Until: was.until, Reason: was.reason})
	})
}

// unmergeAll takes apart what was merged under these leading orders.
func (s *screen) unmergeAll(leads ...ids.OrderID) func(ctx context.Context) error {
	return eachOf(leads, func(ctx context.Context, id ids.OrderID) error {
		return s.app.Orders.Unmerge(ctx, orders.UnmergeCmd{Order: id})
	})
}

// groupOf are the orders of a merged parcel by its leading one.
func (s *screen) groupOf(ctx context.Context, lead ids.OrderID) ([]ids.OrderID, error) {
	page, err := s.read(ctx, core.Query{Conds: []core.Cond{{Field: "merge", Op: "=", Value: lead.String()}}}, 0)
	return idsOf(page.Rows), err
}

// plannedOf is the split plan that an order has, nil for none.
func plannedOf(parcels []*domain.Parcel) domain.SplitPlan {
	var plan domain.SplitPlan
	for _, p := range parcels {
		if p.State != domain.ParcelPlanned {
			continue
		}
		lines := map[ids.LineID]int64{}
		for _, l := range p.Lines {
			lines[l.Line] += l.Qty
		}
		plan = append(plan, lines)
	}
	return plan
}

// replan puts the split plan back that an order had before: another one, or none.
func (s *screen) replan(id ids.OrderID, plan domain.SplitPlan) func(ctx context.Context) error {
	return func(ctx context.Context) error {
		if len(plan) == 0 {
			return s.app.Orders.Unsplit(ctx, orders.UnsplitCmd{Order: id})
		}
		return s.app.Orders.Split(ctx, orders.SplitCmd{Order: id, Plan: plan})
	}
}

// readdress gives the receiver back that an order had. An order that left its
// merged parcel by the correction does not go back into it, so there is no undo.
func (s *screen) readdress(o *domain.Order) func(ctx context.Context) error {
	if !o.MergeID.Zero() {
		return nil
	}
	cmd := orders.FixAddressCmd{Order: o.ID, Receiver: o.Receiver}
	if cmd.Validate() != nil { // what was there was no address
		return nil
	}
	return func(ctx context.Context) error { return s.app.Orders.FixAddress(ctx, cmd) }
}

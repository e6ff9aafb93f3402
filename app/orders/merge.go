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

// MergeCmd puts orders of one buyer into one parcel (rules.md §5.4). The one
// with the earliest limit leads; every order keeps its number and its money.
type MergeCmd struct{ Orders []ids.OrderID }

// Action is the right it needs.
func (MergeCmd) Action() auth.Action { return auth.OrdersSplit }

// mergeLimit is the most orders one parcel may hold.
const mergeLimit = 50

// Validate wants two orders or more.
func (c MergeCmd) Validate() error {
	if len(c.Orders) < 2 || len(c.Orders) > mergeLimit {
		return fault.New(fault.Invalid, "fault.merge.count", "n", len(c.Orders), "limit", mergeLimit)
	}
	seen := map[ids.OrderID]bool{}
	for _, id := range c.Orders {
		seen[id] = true
	}
	if len(seen) != len(c.Orders) {
		return fault.New(fault.Invalid, "fault.merge.count", "n", len(seen), "limit", mergeLimit)
	}
	return nil
}

// Merge merges the orders and returns the leading one. The parcel has the
// earliest deadline of its orders: each order keeps its own, the list sorts by
// the leader's.
func (s *Service) Merge(ctx context.Context, cmd MergeCmd) (ids.OrderID, error) {
	return core.Do(ctx, s.e, cmd, func(u *core.Unit) (ids.OrderID, error) {
		var none ids.OrderID
		set, err := flow.Settings(u)
		if err != nil {
			return none, err
		}
		list, err := u.Orders().GetMany(cmd.Orders)
		if err != nil {
			return none, err
		}
		if len(list) != len(cmd.Orders) {
			return none, fault.New(fault.NotFound, "fault.order.unknown", "order", "")
		}
		lead := list[0]
		for _, o := range list {
			if !o.MergeID.Zero() {
				return none, fault.New(fault.Conflict, "fault.merge.already", "order", o.Number)
			}
			if err := noParcels(u, o); err != nil {
				return none, err
			}
			if o.LimitAt < lead.LimitAt {
				lead = o
			}
		}
		var numbers []string
		for _, o := range list {
			if o != lead {
				if err := domain.Mergeable(lead, o, set.MergeGap); err != nil {
					return none, err
				}
			}
			o.MergeInto(lead.ID)
			if err := u.Orders().Save(o); err != nil {
				return none, err
			}
			flow.Announce(u, o)
			numbers = append(numbers, o.Number)
		}
		u.Audit("order", lead.ID.String(), "audit.merged", nil, map[string]any{"orders": numbers}, "order", lead.Number, "n", len(numbers))
		return lead.ID, nil
	})
}

// noParcels refuses when a parcel is planned or under way: split or shipped
// orders are not merged (rules.md §5.4).
func noParcels(u *core.Unit, o *domain.Order) error {
	parcels, err := u.Parcels().OfOrder(o.ID)
	if err != nil {
		return err
	}
	for _, p := range parcels {
		if p.State != domain.ParcelVoided {
			return fault.New(fault.Conflict, "fault.merge.parcels", "order", o.Number)
		}
	}
	return nil
}

// UnmergeCmd splits a merged parcel back into its orders; possible until a
// waybill is attached.
type UnmergeCmd struct{ Order ids.OrderID }

// Action is the right it needs.
func (UnmergeCmd) Action() auth.Action { return auth.OrdersSplit }

// Validate has nothing to check.
func (UnmergeCmd) Validate() error { return nil }

// Unmerge takes every order out of the parcel that the order is in.
func (s *Service) Unmerge(ctx context.Context, cmd UnmergeCmd) error {
	return s.change(ctx, cmd, cmd.Order, "audit.unmerged", func(u *core.Unit, o *domain.Order) (any, any, error) {
		if o.MergeID.Zero() {
			return nil, nil, fault.New(fault.Conflict, "fault.merge.not_merged", "order", o.Number)
		}
		group, err := flow.Group(u, o)
		if err != nil {
			return nil, nil, err
		}
		for _, member := range group {
			if member.ShippedAt != 0 {
				return nil, nil, fault.New(fault.Conflict, "fault.merge.shipped", "a", member.Number, "b", o.Number)
			}
		}
		_, err = flow.Dissolve(u, group, o)
		return map[string]int{"orders": len(group)}, nil, err
	})
}

// SplitCmd says which units go into which parcel.
type SplitCmd struct {
	Order ids.OrderID
	Plan  domain.SplitPlan
}

// Action is the right it needs.
func (SplitCmd) Action() auth.Action { return auth.OrdersSplit }

// Validate leaves the sums to the order (domain.CheckSplit).
func (c SplitCmd) Validate() error {
	if len(c.Plan) > 100 {
		return fault.New(fault.Limit, "fault.split.many", "limit", 100)
	}
	return nil
}

// Split plans the parcels of an order; a new plan replaces the old. The
// buyer's money stays on the order (rules.md §5.4).
func (s *Service) Split(ctx context.Context, cmd SplitCmd) error {
	return s.change(ctx, cmd, cmd.Order, "audit.split", func(u *core.Unit, o *domain.Order) (any, any, error) {
		if err := o.CheckSplit(cmd.Plan); err != nil {
			return nil, nil, err
		}
		if !o.MergeID.Zero() {
			return nil, nil, fault.New(fault.Conflict, "fault.merge.already", "order", o.Number)
		}
		if err := u.Parcels().DeletePlanned(o.ID); err != nil {
			return nil, nil, err
		}
		existing, err := u.Parcels().OfOrder(o.ID)
		if err != nil {
			return nil, nil, err
		}
		for i, lines := range cmd.Plan {
			p := &domain.Parcel{
				ID: ids.New[ids.ParcelKind](u.IDs), Order: o.ID, No: len(existing) + i + 1, State: domain.ParcelPlanned,
			}
			for j := range o.Lines {
				if qty := lines[o.Lines[j].ID]; qty > 0 {
					p.Lines = append(p.Lines, domain.ParcelLine{Order: o.ID, Line: o.Lines[j].ID, Qty: qty})
				}
			}
			if err := u.Parcels().Insert(p); err != nil {
				return nil, nil, err
			}
			u.Changed(core.TopicParcels, p.ID.String())
		}
		return nil, map[string]int{"parcels": len(cmd.Plan)}, nil
	}, "parcels", len(cmd.Plan))
}

// UnsplitCmd drops the planned parcels of an order.
type UnsplitCmd struct{ Order ids.OrderID }

// Action is the right it needs.
func (UnsplitCmd) Action() auth.Action { return auth.OrdersSplit }

// Validate has nothing to check.
func (UnsplitCmd) Validate() error { return nil }

// Unsplit forgets the plan; parcels that already left stay.
func (s *Service) Unsplit(ctx context.Context, cmd UnsplitCmd) error {
	return s.change(ctx, cmd, cmd.Order, "audit.unsplit", func(u *core.Unit, o *domain.Order) (any, any, error) {
		u.Changed(core.TopicParcels)
		return nil, nil, u.Parcels().DeletePlanned(o.ID)
	})
}

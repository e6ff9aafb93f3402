package flow

import (
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/ids"
)

// Leave takes one order out of its parcel; a parcel of one is dissolved. The
// caller saves the order; the others it changed are saved and given back.
func Leave(u *core.Unit, o *domain.Order) ([]*domain.Order, error) {
	if o.MergeID.Zero() {
		return nil, nil
	}
	group, err := Group(u, o)
	if err != nil {
		return nil, err
	}
	if len(group) > 2 && o.ID != o.MergeID {
		o.MergeInto(ids.OrderID{})
		return nil, nil
	}
	return Dissolve(u, group, o)
}

// Dissolve frees all members of a parcel; self is saved by the caller, the
// others are saved and given back.
func Dissolve(u *core.Unit, group []*domain.Order, self *domain.Order) ([]*domain.Order, error) {
	var others []*domain.Order
	for _, m := range group {
		if m.ID == self.ID {
			continue
		}
		m.MergeInto(ids.OrderID{})
		if err := u.Orders().Save(m); err != nil {
			return others, err
		}
		Announce(u, m)
		others = append(others, m)
	}
	self.MergeInto(ids.OrderID{})
	return others, nil
}

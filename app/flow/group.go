package flow

import (
	"zhanggui/app/core"
	"zhanggui/app/domain"
)

// Group loads the orders that share a parcel with o, o itself included as the
// same pointer; just o when it is alone.
func Group(u *core.Unit, o *domain.Order) ([]*domain.Order, error) {
	if o.MergeID.Zero() {
		return []*domain.Order{o}, nil
	}
	list, err := u.Orders().InMerge(o.MergeID)
	if err != nil {
		return nil, err
	}
	group, err := u.Orders().GetMany(list)
	if err != nil {
		return nil, err
	}
	for i := range group {
		if group[i].ID == o.ID {
			group[i] = o
		}
	}
	return group, nil
}

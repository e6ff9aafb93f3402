package demo

import (
	"context"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/flow"
	"zhanggui/app/ids"
	"zhanggui/app/when"
)

// settledDays is how long after payment the platforms of the example consider
// an order finished.
const settledDays = 9

// wave ships what was paid before the day's second cut-off. A few of a hundred
// orders are a day late, a few are cancelled by their buyers.
func (m *maker) wave(ctx context.Context, day when.Day) error {
	cut := day.Start() + 16*when.Hour + 30*when.Minute
	var going, rest []*domain.Order
	for _, o := range m.queue {
		late := o.PaidAt > cut-24*when.Hour && m.w.rnd.IntN(100) < 4
		if o.PaidAt > cut || late {
			rest = append(rest, o)
			continue
		}
		going = append(going, o)
	}
	m.queue = rest
	m.clock.Set(cut + 20*when.Minute)
	for start := 0; start < len(going); start += bulk {
		part := going[start:min(start+bulk, len(going))]
		err := m.step(m.as(ctx, auth.Supervisor), "wave", len(part), func(u *core.Unit) error {
			return m.ship(u, part)
		})
		if err != nil {
			return err
		}
		m.clock.Advance(2 * when.Minute)
	}
	return nil
}

// ship passes and sends a run of orders; an order that is short waits for the next day.
func (m *maker) ship(u *core.Unit, list []*domain.Order) error {
	settled := u.Now < m.opt.Until-settledDays*when.DaySpan
	for _, o := range list {
		if m.w.rnd.IntN(100) < 3 {
			if err := m.cancel(u, o); err != nil {
				return err
			}
			continue
		}
		short, err := flow.Reserve(u, o)
		if err != nil {
			return err
		}
		if len(short) > 0 {
			m.queue = append(m.queue, o)
			continue
		}
		if err := o.Pass(u.Now); err != nil {
			return err
		}
		p := &domain.Parcel{ID: ids.New[ids.ParcelKind](u.IDs), Order: o.ID, No: 1}
		p.Courier, p.Waybill = m.w.waybill()
		for i := range o.Lines {
			p.Lines = append(p.Lines, domain.ParcelLine{Order: o.ID, Line: o.Lines[i].ID, Qty: o.Lines[i].Qty})
			m.took(o.Lines[i].SKU, o.Lines[i].Qty)
		}
		if settled {
			o.Platform.Shipped, o.Platform.Completed = true, true
			o.Complete()
		}
		p.HandedAt = u.Now
		if _, err := flow.Send(u, []*domain.Order{o}, p); err != nil {
			return err
		}
	}
	return nil
}

func (m *maker) cancel(u *core.Unit, o *domain.Order) error {
	o.Platform.Cancelled = true
	if err := flow.Cancel(u, o); err != nil {
		return err
	}
	return u.Orders().Save(o)
}

// took keeps the simulation's own count of what is left.
func (m *maker) took(sku ids.SKUID, qty int64) {
	if m.w.byID == nil {
		m.w.byID = map[ids.SKUID]*good{}
		for i := range m.w.goods {
			m.w.byID[m.w.goods[i].sku.ID] = &m.w.goods[i]
		}
	}
	if g := m.w.byID[sku]; g != nil {
		g.stock -= qty
	}
}

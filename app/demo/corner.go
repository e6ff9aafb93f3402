package demo

import (
	"context"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/flow"
	"zhanggui/app/ids"
	"zhanggui/app/orders"
	"zhanggui/app/shipping"
	"zhanggui/app/stock"
	"zhanggui/app/when"
)

// corners makes the states that a screen can have and history alone does not
// show: each check, a hold, a merged and a split order, a part shipment, an
// unpaid order, cash on delivery, a conflict, a return, stock at every level.
func (m *maker) corners(ctx context.Context) error {
	steps := []func(context.Context) error{
		m.recheckQueue, m.special, m.passMost, m.partShip, m.shipSome, m.holdOne, m.returnOne, m.stockLevels,
	}
	for _, step := range steps {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// recheckQueue gives the waiting orders their notes and runs their checks.
func (m *maker) recheckQueue(ctx context.Context) error {
	for start := 0; start < len(m.queue); start += bulk {
		part := m.queue[start:min(start+bulk, len(m.queue))]
		err := m.step(ctx, "checks", len(part), func(u *core.Unit) error {
			set, err := flow.Settings(u)
			if err != nil {
				return err
			}
			for i, o := range part {
				if (start+i)%9 == 4 {
					o.BuyerNote = m.w.w.BuyerNotes[(start+i)/9%len(m.w.w.BuyerNotes)]
				}
				if (start+i)%13 == 6 {
					o.SellerNote = m.w.w.SellerNotes[(start+i)/13%len(m.w.w.SellerNotes)]
				}
				if err := flow.Recheck(u, o, set, nil); err != nil {
					return err
				}
				if err := flow.Settle(u, o); err != nil {
					return err
				}
				if err := u.Orders().Save(o); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// special adds the orders that only a platform or a person can make odd.
func (m *maker) special(ctx context.Context) error {
	makers := []func(*domain.Order){
		func(o *domain.Order) {
			o.Adopt(domain.PlatformFacts{Payment: domain.PayUnpaid})
			o.PaidAt, o.PaidFen = 0, 0
		},
		func(o *domain.Order) { o.Lines = nil },
		func(o *domain.Order) {
			l := &o.Lines[0]
			l.SKU, l.Parts, l.Code, l.Title, l.Spec = ids.SKUID{}, nil, "NEW-KETTLE-600", m.w.w.UnknownTitle, ""
		},
		func(o *domain.Order) { o.Receiver.Address, o.Receiver.City = "", "" },
		func(o *domain.Order) { o.Receiver.Phone = "" },
		func(o *domain.Order) { o.Platform.RefundAsked = true },
		func(o *domain.Order) {
			o.COD = true
			o.Adopt(domain.PlatformFacts{Payment: domain.PayUnpaid})
			o.PaidAt, o.PaidFen = 0, 0
		},
		func(o *domain.Order) { o.NetFen += 1000; o.PaidFen += 1000 },
		func(o *domain.Order) { o.Lines[0].Qty += 5000; m.w.price(o) }, // more than there is
	}
	at := m.opt.Until - 3*when.Hour
	var list []*domain.Order
	for i, odd := range makers {
		o := m.w.order(at + when.Millis(i)*7*when.Minute)
		odd(o)
		list = append(list, o)
	}
	list = append(list, m.twins(at)...)[:m.odd()]
	m.made += len(list)
	return m.step(ctx, "special", len(list), func(u *core.Unit) error {
		if err := m.insert(u, list); err != nil {
			return err
		}
		set, err := flow.Settings(u)
		if err != nil {
			return err
		}
		for _, o := range list {
			if err := flow.Recheck(u, o, set, nil); err != nil {
				return err
			}
			if err := flow.Settle(u, o); err != nil {
				return err
			}
			if err := u.Orders().Save(o); err != nil {
				return err
			}
		}
		return nil
	})
}

// twins are two orders of one buyer that look doubled, and two that could share a parcel.
func (m *maker) twins(at when.Millis) []*domain.Order {
	var list []*domain.Order
	for pair := 0; pair < 2; pair++ {
		a := m.w.order(at - when.Hour)
		b := m.w.order(at - when.Hour + 4*when.Minute)
		b.Channel, b.ShopID, b.BuyerKey, b.Receiver = a.Channel, a.ShopID, a.BuyerKey, a.Receiver
		b.Number = m.w.number(a.Channel, b.CreatedAt)
		if pair == 0 {
			b.Lines = nil
			for i := range a.Lines {
				m.w.addLine(b, m.good(a.Lines[i].SKU), a.Lines[i].Qty)
			}
			m.w.price(b)
		}
		list = append(list, a, b)
	}
	return list
}

func (m *maker) good(id ids.SKUID) *good {
	m.took(id, 0)
	return m.w.byID[id]
}

// passMost lets service pass what can be passed of the older half.
func (m *maker) passMost(ctx context.Context) error {
	var list []ids.OrderID
	for i, o := range m.queue {
		if i < len(m.queue)*2/3 {
			list = append(list, o.ID)
		}
	}
	if len(list) == 0 {
		return nil
	}
	_, err := orders.New(m.e).Pass(m.as(ctx, auth.Service), orders.PassCmd{Orders: list}, nil)
	return err
}

// stageOf lists waiting orders that are at a stage now.
func (m *maker) stageOf(ctx context.Context, stage domain.Stage, least int) ([]*domain.Order, error) {
	return core.Read(auth.With(ctx, auth.SystemActor), m.e, auth.OrdersView, func(r core.Reads) ([]*domain.Order, error) {
		list, err := r.Orders().IDs(core.Query{Chip: string(stage)}, m.opt.Until, 200)
		if err != nil {
			return nil, err
		}
		all, err := r.Orders().GetMany(list)
		if err != nil {
			return nil, err
		}
		var fit []*domain.Order
		for _, o := range all {
			if o.Units() >= int64(least) && o.MergeID.Zero() {
				fit = append(fit, o)
			}
		}
		return fit, nil
	})
}

// partShip splits one order in two parcels and sends the first.
func (m *maker) partShip(ctx context.Context) error {
	fit, err := m.stageOf(ctx, domain.StageToShip, 2)
	if err != nil || len(fit) == 0 {
		return err
	}
	o := fit[0]
	first := map[ids.LineID]int64{o.Lines[0].ID: 1}
	courier, waybill := m.w.waybill()
	_, err = shipping.New(m.e).Ship(m.as(ctx, auth.Warehouse), shipping.ShipCmd{Order: o.ID, Units: first, Courier: courier, Waybill: waybill})
	return err
}

// shipSome sends a few orders today that wait for the courier's van.
func (m *maker) shipSome(ctx context.Context) error {
	fit, err := m.stageOf(ctx, domain.StageToShip, 1)
	if err != nil {
		return err
	}
	for i, o := range fit {
		if i >= 6 {
			break
		}
		courier, waybill := m.w.waybill()
		_, err := shipping.New(m.e).Ship(m.as(ctx, auth.Warehouse), shipping.ShipCmd{Order: o.ID, Courier: courier, Waybill: waybill})
		if err != nil {
			return err
		}
	}
	return nil
}

func (m *maker) holdOne(ctx context.Context) error {
	fit, err := m.stageOf(ctx, domain.StageToAudit, 1)
	if err != nil || len(fit) == 0 {
		return err
	}
	return orders.New(m.e).Hold(m.as(ctx, auth.Service), orders.HoldCmd{
		Order: fit[len(fit)-1].ID, Until: m.opt.Until + 2*when.DaySpan, Reason: m.w.w.HoldReason,
	})
}

// returnOne takes a whole parcel of last week back: good units and a defective one.
func (m *maker) returnOne(ctx context.Context) error {
	page, err := shipping.New(m.e).Parcels(m.as(ctx, auth.Warehouse), core.Query{
		Conds: []core.Cond{{Field: "state", Op: "=", Value: string(domain.ParcelHanded)}},
		Page:  core.Page{Limit: 3, Sort: "shipped_ms", Desc: true},
	})
	if err != nil || len(page.Rows) == 0 {
		return err
	}
	d, err := orders.New(m.e).Get(m.as(ctx, auth.Supervisor), page.Rows[0].Order)
	if err != nil || len(d.Parcels) == 0 {
		return err
	}
	p := d.Parcels[0]
	return shipping.New(m.e).Return(m.as(ctx, auth.Warehouse), shipping.ReturnCmd{
		Parcel: p.ID, Line: p.Lines[0].Line, Good: p.Lines[0].Qty - 1, Defective: 1,
	})
}

// stockLevels leaves single SKUs out of stock, low, and one received without a cost.
func (m *maker) stockLevels(ctx context.Context) error {
	if len(m.w.goods) < 20 {
		return nil
	}
	svc := stock.New(m.e)
	for i, keep := range []int64{0, 2, 5} {
		g := &m.w.goods[17+i]
		level, err := svc.Level(m.as(ctx, auth.Supervisor), g.sku.ID)
		if err != nil {
			return err
		}
		if level.Available() <= keep {
			continue
		}
		_, err = svc.Adjust(m.as(ctx, auth.Supervisor), stock.AdjustCmd{
			SKU: g.sku.ID, Delta: keep - level.Available(), Reason: stock.AdjustDamage,
		})
		if err != nil {
			return err
		}
	}
	_, err := svc.Receive(m.as(ctx, auth.Warehouse), stock.ReceiveCmd{SKU: m.w.goods[3].sku.ID, Qty: 24})
	return err
}

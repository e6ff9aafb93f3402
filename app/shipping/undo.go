package shipping

import (
	"context"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/flow"
	"zhanggui/app/ids"
)

// UndoCmd takes back a shipment that was not handed over.
type UndoCmd struct{ Parcel ids.ParcelID }

// Action is the right it needs.
func (UndoCmd) Action() auth.Action { return auth.ShippingUndo }

// Validate wants a parcel.
func (c UndoCmd) Validate() error {
	if c.Parcel.Zero() {
		return fault.New(fault.Invalid, "fault.shipping.no_parcel").Field("parcel", "fault.required")
	}
	return nil
}

// Undo brings the goods back at the cost they left with, reserves them again,
// reverses the entries and frees the waybill number.
// Errors: Conflict fault.shipping.handed_over, .returned, .not_shipped, .completed.
func (s *Service) Undo(ctx context.Context, cmd UndoCmd) error {
	_, err := core.Do(ctx, s.e, cmd, func(u *core.Unit) (struct{}, error) {
		p, err := u.Parcels().Get(cmd.Parcel)
		if err != nil {
			return struct{}{}, err
		}
		return struct{}{}, undo(u, p)
	})
	return err
}

func undo(u *core.Unit, p *domain.Parcel) error {
	if err := p.Void(); err != nil {
		return err
	}
	orders := map[ids.OrderID]*domain.Order{}
	for _, pl := range p.Lines {
		if pl.Returned > 0 {
			return fault.New(fault.Conflict, "fault.shipping.returned", "waybill", p.Waybill)
		}
		o, err := loadOnce(u, orders, pl.Order)
		if err != nil {
			return err
		}
		if o.Closing == domain.ClosingCompleted {
			return fault.New(fault.Conflict, "fault.shipping.completed", "order", o.Number, "waybill", p.Waybill)
		}
		if err := unshipLine(u, p, o, pl); err != nil {
			return err
		}
	}
	entries, err := u.Ledger().OfRef("parcel", p.ID.String())
	if err != nil {
		return err
	}
	for _, e := range entries {
		if e.Kind == "ship" {
			if err := flow.Reverse(u, e.Seq, "unship"); err != nil {
				return err
			}
		}
	}
	return finishUndo(u, p, orders)
}

func loadOnce(u *core.Unit, orders map[ids.OrderID]*domain.Order, id ids.OrderID) (*domain.Order, error) {
	if o, ok := orders[id]; ok {
		return o, nil
	}
	o, err := u.Orders().Get(id)
	orders[id] = o
	return o, err
}

func unshipLine(u *core.Unit, p *domain.Parcel, o *domain.Order, pl domain.ParcelLine) error {
	l := o.Line(pl.Line)
	if l == nil {
		return fault.New(fault.NotFound, "fault.order.line", "order", o.Number)
	}
	if err := o.Unship(l, pl.Qty); err != nil {
		return err
	}
	for _, it := range pl.Items {
		level, err := u.Stock().Level(domain.DefaultWarehouse, it.SKU)
		if err != nil {
			return err
		}
		m := domain.Move{Reason: domain.MoveUnship, Qty: it.Qty, ValueFen: it.CostFen}
		ref := flow.Ref{Kind: "parcel", ID: p.ID.String(), Number: o.Number, Line: l.ID}
		if err := flow.TakeBack(u, &level, m, ref); err != nil {
			return err
		}
		if o.Audit != domain.AuditPassed {
			continue // held or excepted meanwhile: such an order holds no goods
		}
		ok, err := u.Stock().Reserve(domain.DefaultWarehouse, o.ID, l.ID, it.SKU, it.Qty)
		if err != nil {
			return err
		}
		if !ok { // units counted away meanwhile: they are back, so only an oversold SKU gets here
			return fault.New(fault.Conflict, "fault.stock.oversold", "order", o.Number)
		}
	}
	return nil
}

func finishUndo(u *core.Unit, p *domain.Parcel, orders map[ids.OrderID]*domain.Order) error {
	if err := u.Parcels().Save(p); err != nil {
		return err
	}
	err := u.Parcels().AddEvent(domain.ShipmentEvent{Parcel: p.ID, At: u.Now, Kind: "undone", Actor: u.Actor.Name})
	if err != nil {
		return err
	}
	for _, o := range orders {
		if err := u.Orders().Save(o); err != nil {
			return err
		}
		u.Audit("order", o.ID.String(), "audit.unshipped", map[string]any{"waybill": p.Waybill}, nil,
			"order", o.Number, "waybill", p.Waybill)
		flow.Announce(u, o)
	}
	free := map[ids.SKUID]bool{}
	for _, pl := range p.Lines {
		if o := orders[pl.Order]; o.Audit != domain.AuditPassed {
			for _, it := range pl.Items {
				free[it.SKU] = true
			}
		}
	}
	u.Changed(core.TopicParcels, p.ID.String())
	u.Changed(core.TopicFinance)
	return flow.Offer(u, free)
}

// HandOverCmd says that parcels were given to the courier.
type HandOverCmd struct{ Parcels []ids.ParcelID }

// Action is the right it needs.
func (HandOverCmd) Action() auth.Action { return auth.ShippingShip }

// Validate wants parcels.
func (c HandOverCmd) Validate() error {
	if len(c.Parcels) == 0 || len(c.Parcels) > core.PageLimit {
		return fault.New(fault.Invalid, "fault.shipping.no_parcel").Field("parcels", "fault.required")
	}
	return nil
}

// HandOver marks the parcels; their shipment cannot be undone any more unless the
// hand-over is (Unhand). It gives those that were handed over now.
func (s *Service) HandOver(ctx context.Context, cmd HandOverCmd) ([]ids.ParcelID, error) {
	return core.Do(ctx, s.e, cmd, func(u *core.Unit) ([]ids.ParcelID, error) {
		var waybills []string
		var handed []ids.ParcelID
		for _, id := range cmd.Parcels {
			p, err := u.Parcels().Get(id)
			if err != nil {
				return nil, err
			}
			if p.State == domain.ParcelHanded {
				continue
			}
			if err := p.HandOver(u.Now); err != nil {
				return nil, err
			}
			if err := u.Parcels().Save(p); err != nil {
				return nil, err
			}
			if err := u.Parcels().AddEvent(domain.ShipmentEvent{Parcel: p.ID, At: u.Now, Kind: "handed_over", Actor: u.Actor.Name}); err != nil {
				return nil, err
			}
			waybills, handed = append(waybills, p.Waybill), append(handed, p.ID)
			u.Changed(core.TopicParcels, p.ID.String())
		}
		u.Audit("parcels", "", "audit.handed_over", nil, map[string]any{"waybills": waybills}, "n", len(waybills))
		return handed, nil
	})
}

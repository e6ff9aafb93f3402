package shipping

import (
	"context"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
)

// UnhandCmd takes back that parcels were given to the courier.
type UnhandCmd struct{ Parcels []ids.ParcelID }

// Action is the right it needs.
func (UnhandCmd) Action() auth.Action { return auth.ShippingUndo }

// Validate wants parcels.
func (c UnhandCmd) Validate() error { return HandOverCmd(c).Validate() }

// Unhand undoes HandOver, of all the parcels or of none: they wait for the
// courier again.
// Errors: Conflict fault.shipping.not_handed (also for parcels that came in
// with a file as gone already), .hand_returned when goods came back since,
// .hand_completed when the platform closed the order since.
func (s *Service) Unhand(ctx context.Context, cmd UnhandCmd) error {
	_, err := core.Do(ctx, s.e, cmd, func(u *core.Unit) (struct{}, error) {
		var none struct{}
		var waybills []string
		for _, id := range cmd.Parcels {
			p, err := u.Parcels().Get(id)
			if err != nil {
				return none, err
			}
			if err := unhand(u, p); err != nil {
				return none, err
			}
			waybills = append(waybills, p.Waybill)
		}
		u.Audit("parcels", "", "audit.hand_undone", map[string]any{"waybills": waybills}, nil, "n", len(waybills))
		return none, nil
	})
	return err
}

func unhand(u *core.Unit, p *domain.Parcel) error {
	if err := handedHere(u, p); err != nil {
		return err
	}
	orders := map[ids.OrderID]*domain.Order{}
	for _, l := range p.Lines {
		if l.Returned > 0 {
			return fault.New(fault.Conflict, "fault.shipping.hand_returned", "waybill", p.Waybill)
		}
		o, err := loadOnce(u, orders, l.Order)
		if err != nil {
			return err
		}
		if o.Closing == domain.ClosingCompleted {
			return fault.New(fault.Conflict, "fault.shipping.hand_completed", "waybill", p.Waybill, "order", o.Number)
		}
	}
	if err := p.Unhand(); err != nil {
		return err
	}
	if err := u.Parcels().Save(p); err != nil {
		return err
	}
	u.Changed(core.TopicParcels, p.ID.String())
	return u.Parcels().AddEvent(domain.ShipmentEvent{Parcel: p.ID, At: u.Now, Kind: "hand_undone", Actor: u.Actor.Name})
}

// handedHere wants that a person handed the parcel over; one that a file brought
// as gone was never here.
func handedHere(u *core.Unit, p *domain.Parcel) error {
	events, err := u.Parcels().Events(p.ID)
	if err != nil {
		return err
	}
	for _, e := range events {
		if e.Kind == "handed_over" {
			return nil
		}
	}
	return fault.New(fault.Conflict, "fault.shipping.not_handed", "waybill", p.Waybill)
}

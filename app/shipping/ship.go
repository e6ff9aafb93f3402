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

// ShipCmd sends an order, a part of it, or one of its planned parcels.
type ShipCmd struct {
	Order   ids.OrderID
	Parcel  ids.ParcelID         // a planned parcel; zero for the order itself
	Units   map[ids.LineID]int64 // a part of the order; nil for all open units
	Courier string               // code or a name that platforms use
	Waybill string
}

// Action is the right it needs.
func (ShipCmd) Action() auth.Action { return auth.ShippingShip }

// Validate wants an order, a known courier and a clean number.
func (c ShipCmd) Validate() error {
	if c.Order.Zero() {
		return fault.New(fault.Invalid, "fault.order.unknown", "order", "").Field("order", "fault.required")
	}
	if _, ok := domain.FindCourier(c.Courier); !ok {
		return fault.New(fault.Invalid, "fault.shipping.courier", "courier", c.Courier).Field("courier", "fault.shipping.courier")
	}
	_, err := domain.NormalWaybill(c.Waybill)
	return err
}

// ShipResult is what left.
type ShipResult struct {
	Parcel  ids.ParcelID `json:"parcel"`
	Order   string       `json:"order"`
	Orders  int          `json:"orders"`
	Units   int64        `json:"units"`
	Courier string       `json:"courier"`
	Waybill string       `json:"waybill"`
	Unusual bool         `json:"unusual"` // the number does not look like that courier's: a hint, never a refusal
}

// Ship posts the shipment: reservation, stock, value, journal, parcel and
// history in one transaction. A merged order ships with all that share its parcel.
// Errors: Conflict fault.order.* (domain.Order.Ship), fault.shipping.waybill_used,
// fault.shipping.has_plan, fault.stock.*.
func (s *Service) Ship(ctx context.Context, cmd ShipCmd) (ShipResult, error) {
	return core.Do(ctx, s.e, cmd, func(u *core.Unit) (ShipResult, error) {
		sh := &shipment{u: u}
		if err := sh.prepare(cmd); err != nil {
			return ShipResult{}, err
		}
		units, err := flow.Send(u, sh.orders, sh.parcel)
		if err != nil {
			return ShipResult{}, err
		}
		return ShipResult{
			Parcel: sh.parcel.ID, Order: sh.lead.Number, Orders: len(sh.orders), Units: units,
			Courier: sh.parcel.Courier, Waybill: sh.parcel.Waybill,
			Unusual: !domain.FitsCourier(sh.parcel.Courier, sh.parcel.Waybill),
		}, nil
	})
}

// shipment gathers what one run of Ship sends.
type shipment struct {
	u      *core.Unit
	lead   *domain.Order
	orders []*domain.Order
	parcel *domain.Parcel
}

// prepare loads the orders and says which units go into the parcel.
func (sh *shipment) prepare(cmd ShipCmd) error {
	u := sh.u
	var err error
	if sh.lead, err = u.Orders().Get(cmd.Order); err != nil {
		return err
	}
	if sh.orders, err = flow.Group(u, sh.lead); err != nil {
		return err
	}
	courier, _ := domain.FindCourier(cmd.Courier) // Validate found it
	waybill, err := domain.NormalWaybill(cmd.Waybill)
	if err != nil {
		return err
	}
	if err := sh.free(waybill); err != nil {
		return err
	}
	existing, err := u.Parcels().OfOrder(sh.lead.ID)
	if err != nil {
		return err
	}
	if err := sh.choose(cmd, existing); err != nil {
		return err
	}
	sh.parcel.Courier, sh.parcel.Waybill = courier.Code, waybill
	return nil
}

// free refuses a number that another parcel carries.
func (sh *shipment) free(waybill string) error {
	used, err := sh.u.Parcels().ByWaybill(waybill)
	if err != nil || used.Zero() {
		return err
	}
	other, err := sh.u.Parcels().Get(used)
	if err != nil {
		return err
	}
	o, err := sh.u.Orders().Get(other.Order)
	if err != nil {
		return err
	}
	return domain.ErrUsed(waybill, o.Number)
}

// choose takes a planned parcel, or makes one of the wanted units.
func (sh *shipment) choose(cmd ShipCmd, existing []*domain.Parcel) error {
	plans := 0
	for _, p := range existing {
		if p.State != domain.ParcelPlanned {
			continue
		}
		plans++
		if p.ID == cmd.Parcel {
			sh.parcel = p
			return nil
		}
	}
	if !cmd.Parcel.Zero() {
		return fault.New(fault.NotFound, "fault.shipping.no_plan", "order", sh.lead.Number)
	}
	if plans > 0 {
		return fault.New(fault.Conflict, "fault.shipping.has_plan", "order", sh.lead.Number, "n", plans)
	}
	sh.parcel = &domain.Parcel{ID: ids.New[ids.ParcelKind](sh.u.IDs), Order: sh.lead.ID, No: len(existing) + 1}
	for _, o := range sh.orders {
		for i := range o.Lines {
			l := &o.Lines[i]
			qty := l.Open()
			if cmd.Units != nil {
				qty = cmd.Units[l.ID]
			}
			if qty != 0 {
				sh.parcel.Lines = append(sh.parcel.Lines, domain.ParcelLine{Order: o.ID, Line: l.ID, Qty: qty})
			}
		}
	}
	if len(sh.parcel.Lines) == 0 {
		return sh.nothing()
	}
	return nil
}

// nothing says why there is nothing to send: usually it already left.
func (sh *shipment) nothing() error {
	if sh.lead.ShippedAt != 0 {
		return fault.New(fault.Conflict, "fault.order.already_shipped", "order", sh.lead.Number, "at", sh.lead.ShippedAt.Minute())
	}
	if sh.lead.Closing == domain.ClosingCancelled {
		return fault.New(fault.Conflict, "fault.order.cancelled", "order", sh.lead.Number)
	}
	return fault.New(fault.Conflict, "fault.shipping.nothing", "order", sh.lead.Number)
}

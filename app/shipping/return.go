package shipping

import (
	"context"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/flow"
	"zhanggui/app/ids"
	"zhanggui/app/money"
)

// ReturnCmd books goods of a shipped parcel line that came back: good ones to
// stock, defective ones to the unsaleable, the rest are missing (rules.md §5.2.3).
// The money side of the return (the line's revenue) is reversed with it.
type ReturnCmd struct {
	Parcel    ids.ParcelID
	Line      ids.LineID
	Good      int64
	Defective int64
}

// Action is the right it needs.
func (ReturnCmd) Action() auth.Action { return auth.StockReceive }

// Validate wants a parcel line and units.
func (c ReturnCmd) Validate() error {
	if c.Parcel.Zero() || c.Line.Zero() || c.Good < 0 || c.Defective < 0 || c.Good+c.Defective <= 0 || c.Good+c.Defective > 1_000_000 {
		return fault.New(fault.Invalid, "fault.stock.qty", "qty", c.Good+c.Defective).Field("qty", "fault.stock.qty")
	}
	return nil
}

// Return takes the goods back at the cost they were issued at (rules.md §5.5.3)
// and posts the return: revenue back, cost back.
// Errors: Conflict fault.order.return_too_many, fault.shipping.not_shipped.
func (s *Service) Return(ctx context.Context, cmd ReturnCmd) error {
	_, err := core.Do(ctx, s.e, cmd, func(u *core.Unit) (struct{}, error) {
		var none struct{}
		p, err := u.Parcels().Get(cmd.Parcel)
		if err != nil {
			return none, err
		}
		if p.State != domain.ParcelShipped && p.State != domain.ParcelHanded {
			return none, fault.New(fault.Conflict, "fault.shipping.not_shipped", "waybill", p.Waybill)
		}
		pl, err := lineOf(p, cmd.Line)
		if err != nil {
			return none, err
		}
		return none, takeBack(u, p, pl, cmd)
	})
	return err
}

// lineOf finds a line of a parcel. Errors: NotFound fault.order.line.
func lineOf(p *domain.Parcel, line ids.LineID) (*domain.ParcelLine, error) {
	for i := range p.Lines {
		if p.Lines[i].Line == line {
			return &p.Lines[i], nil
		}
	}
	return nil, fault.New(fault.NotFound, "fault.order.line", "order", p.Waybill)
}

func takeBack(u *core.Unit, p *domain.Parcel, pl *domain.ParcelLine, cmd ReturnCmd) error {
	o, err := u.Orders().Get(pl.Order)
	if err != nil {
		return err
	}
	l := o.Line(pl.Line)
	units := cmd.Good + cmd.Defective
	if units > pl.Qty-pl.Returned {
		return fault.New(fault.Conflict, "fault.order.return_too_many", "order", o.Number, "line", l.Title,
			"shipped", pl.Qty-pl.Returned, "qty", units)
	}
	if err := o.Return(l, units); err != nil {
		return err
	}
	revenue := money.Cumulative(pl.RevenueFen, pl.Qty, pl.Returned, units)
	pl.Returned += units
	sale := domain.Sale{SKU: l.SKU, Qty: -units, RevenueFen: -revenue}
	for i := range pl.Items {
		cost, err := itemBack(u, p, o, l, pl, &pl.Items[i], units, cmd.Defective)
		if err != nil {
			return err
		}
		sale.CostFen -= cost
	}
	set, err := flow.Settings(u)
	if err != nil {
		return err
	}
	e, err := domain.ShipmentEntry("return", o, []domain.Sale{sale}, 0, set.VAT)
	if err != nil {
		return err
	}
	if _, err := flow.Entry(u, e, flow.Ref{Kind: "parcel", ID: p.ID.String(), Number: o.Number}); err != nil {
		return err
	}
	if err := saveReturn(u, p, o, "returned"); err != nil {
		return err
	}
	u.Audit("order", o.ID.String(), "audit.returned", nil, cmd, "order", o.Number, "good", cmd.Good, "defective", cmd.Defective)
	free := map[ids.SKUID]bool{}
	for _, it := range pl.Items {
		free[it.SKU] = true
	}
	return flow.Offer(u, free) // after the save: the order itself may be waiting for them
}

// itemBack books one SKU of the line back in at its issued cost.
func itemBack(u *core.Unit, p *domain.Parcel, o *domain.Order, l *domain.Line, pl *domain.ParcelLine,
	it *domain.ParcelItem, units, defective int64,
) (money.Fen, error) {
	per := it.Qty / pl.Qty
	q := per * units
	cost := money.Cumulative(it.CostFen, it.Qty, it.Returned, q)
	it.Returned += q
	it.ReturnFen += cost
	level, err := u.Stock().Level(domain.DefaultWarehouse, it.SKU)
	if err != nil {
		return 0, err
	}
	m := domain.Move{Reason: domain.MoveReturn, Qty: q, ValueFen: cost, Unsaleable: per * defective}
	ref := flow.Ref{Kind: "parcel", ID: p.ID.String(), Number: o.Number, Line: l.ID}
	return cost, flow.TakeBack(u, &level, m, ref)
}

// saveReturn keeps parcel and order after a return or its undoing; event says which.
func saveReturn(u *core.Unit, p *domain.Parcel, o *domain.Order, event string) error {
	if err := u.Parcels().Save(p); err != nil {
		return err
	}
	if err := u.Orders().Save(o); err != nil {
		return err
	}
	if err := u.Parcels().AddEvent(domain.ShipmentEvent{Parcel: p.ID, At: u.Now, Kind: event, Actor: u.Actor.Name}); err != nil {
		return err
	}
	u.Changed(core.TopicParcels, p.ID.String())
	u.Changed(core.TopicFinance)
	flow.Announce(u, o)
	return nil
}

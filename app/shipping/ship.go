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
		if err := sh.send(); err != nil {
			return ShipResult{}, err
		}
		if err := sh.record(); err != nil {
			return ShipResult{}, err
		}
		return ShipResult{
			Parcel: sh.parcel.ID, Order: sh.lead.Number, Orders: len(sh.orders), Units: sh.units,
			Courier: sh.parcel.Courier, Waybill: sh.parcel.Waybill,
			Unusual: !domain.FitsCourier(sh.parcel.Courier, sh.parcel.Waybill),
		}, nil
	})
}

// shipment carries one run of Ship.
type shipment struct {
	u       *core.Unit
	lead    *domain.Order
	orders  []*domain.Order
	parcel  *domain.Parcel
	planned bool
	before  []*domain.Parcel // parcels the order already has
	units   int64
	levels  map[ids.SKUID]*domain.Level
	skus    []string
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
	sh.before = existing
	if err := sh.choose(cmd, existing); err != nil {
		return err
	}
	sh.parcel.Courier, sh.parcel.Waybill = courier.Code, waybill
	sh.parcel.State, sh.parcel.ShippedAt, sh.parcel.BizDay = domain.ParcelShipped, u.Now, u.Today()
	return sh.loadLevels()
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
			sh.parcel, sh.planned = p, true
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

func (sh *shipment) loadLevels() error {
	var skus []ids.SKUID
	for _, pl := range sh.parcel.Lines {
		if l := sh.line(pl); l != nil {
			for _, p := range l.Parts {
				skus = append(skus, p.SKU)
			}
		}
	}
	found, err := sh.u.Stock().Levels(domain.DefaultWarehouse, skus)
	if err != nil {
		return err
	}
	sh.levels = make(map[ids.SKUID]*domain.Level, len(skus))
	for _, id := range skus {
		level := found[id]
		level.Warehouse, level.SKU = domain.DefaultWarehouse, id
		sh.levels[id] = &level
		sh.skus = append(sh.skus, id.String())
	}
	return nil
}

func (sh *shipment) order(id ids.OrderID) *domain.Order {
	for _, o := range sh.orders {
		if o.ID == id {
			return o
		}
	}
	return nil
}

func (sh *shipment) line(pl domain.ParcelLine) *domain.Line {
	if o := sh.order(pl.Order); o != nil {
		return o.Line(pl.Line)
	}
	return nil
}

// send moves the goods and posts one entry per order of the parcel.
func (sh *shipment) send() error {
	set, err := flow.Settings(sh.u)
	if err != nil {
		return err
	}
	for _, o := range sh.orders {
		freight, err := sh.freight(o)
		if err != nil {
			return err
		}
		var sales []domain.Sale
		for i := range sh.parcel.Lines {
			pl := &sh.parcel.Lines[i]
			if pl.Order != o.ID {
				continue
			}
			sale, err := sh.sendLine(o, pl)
			if err != nil {
				return err
			}
			sales = append(sales, sale)
		}
		if len(sales) == 0 {
			continue
		}
		if err := sh.post(o, sales, freight, set.VAT); err != nil {
			return err
		}
		if err := sh.u.Orders().Save(o); err != nil {
			return err
		}
	}
	return nil
}

// freight is the buyer's freight when no parcel that still counts carries it:
// it posts with the first parcel (DECIDED 4), and again after that one was undone.
func (sh *shipment) freight(o *domain.Order) (money.Fen, error) {
	if o.ShippedAt == 0 || o.FreightFen == 0 {
		return o.FreightFen, nil
	}
	for _, p := range sh.before {
		if p.State != domain.ParcelShipped && p.State != domain.ParcelHanded {
			continue
		}
		entries, err := sh.u.Ledger().OfRef("parcel", p.ID.String())
		if err != nil {
			return 0, err
		}
		for _, e := range entries {
			if e.Kind == "ship" && e.Number == o.Number && e.CarriesFreight() {
				return 0, nil
			}
		}
	}
	return o.FreightFen, nil
}

// sendLine takes one line's units out of stock at the moving average.
func (sh *shipment) sendLine(o *domain.Order, pl *domain.ParcelLine) (domain.Sale, error) {
	l := o.Line(pl.Line)
	if l == nil {
		return domain.Sale{}, fault.New(fault.NotFound, "fault.order.line", "order", o.Number)
	}
	revenue, err := o.Ship(l, pl.Qty, sh.u.Now)
	if err != nil {
		return domain.Sale{}, err
	}
	pl.RevenueFen = revenue
	sh.units += pl.Qty
	sale := domain.Sale{SKU: l.SKU, Qty: pl.Qty, RevenueFen: revenue}
	for _, part := range l.Parts {
		q := part.Qty * pl.Qty
		level := sh.levels[part.SKU]
		cost, err := level.Issue(q)
		if err != nil {
			return sale, fault.Wrap(err, "order "+o.Number)
		}
		m := domain.Move{Reason: domain.MoveShip, Qty: -q, ValueFen: -cost}
		ref := flow.Ref{Kind: "parcel", ID: sh.parcel.ID.String(), Number: o.Number, Line: l.ID}
		if _, err := flow.Move(sh.u, level, m, ref, q); err != nil {
			return sale, err
		}
		level.Version++
		level.Reserved -= q
		pl.Items = append(pl.Items, domain.ParcelItem{SKU: part.SKU, Qty: q, CostFen: cost})
		sale.CostFen += cost
	}
	return sale, nil
}

func (sh *shipment) post(o *domain.Order, sales []domain.Sale, freight money.Fen, vat money.BP) error {
	e, err := domain.ShipmentEntry("ship", o, sales, freight, vat)
	if err != nil {
		return err
	}
	seq, err := flow.Entry(sh.u, e, flow.Ref{Kind: "parcel", ID: sh.parcel.ID.String(), Number: o.Number})
	if o.ID == sh.parcel.Order {
		sh.parcel.EntrySeq = seq
	}
	return err
}

// record writes parcel, history and audit.
func (sh *shipment) record() error {
	u := sh.u
	write := u.Parcels().Insert
	if sh.planned {
		write = u.Parcels().Save
	}
	if err := write(sh.parcel); err != nil {
		return err
	}
	err := u.Parcels().AddEvent(domain.ShipmentEvent{
		Parcel: sh.parcel.ID, At: u.Now, Kind: "shipped", Text: sh.parcel.Courier + " " + sh.parcel.Waybill, Actor: u.Actor.Name,
	})
	if err != nil {
		return err
	}
	for _, o := range sh.orders {
		u.Audit("order", o.ID.String(), "audit.shipped", nil,
			map[string]any{"parcel": sh.parcel.ID, "courier": sh.parcel.Courier, "waybill": sh.parcel.Waybill, "fulfil": o.Fulfil},
			"order", o.Number, "courier", sh.parcel.Courier, "waybill", sh.parcel.Waybill)
		u.Changed(core.TopicOrders, o.ID.String())
	}
	u.Changed(core.TopicParcels, sh.parcel.ID.String())
	u.Changed(core.TopicStock, sh.skus...)
	u.Changed(core.TopicFinance)
	return nil
}

package flow

import (
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
	"zhanggui/app/money"
)

// Send ships a parcel with its courier and waybill set: it takes the reserved
// units out of stock at the moving average, posts one entry per order, writes
// parcel, history and audit. orders are all orders of the parcel. A parcel with HandedAt set goes straight to the
// courier. It returns the units sent.
// Errors: those of domain.Order.Ship; Conflict fault.stock.*, fault.shipping.waybill_used.
func Send(u *core.Unit, orders []*domain.Order, parcel *domain.Parcel) (int64, error) {
	s := &sending{u: u, orders: orders, parcel: parcel, planned: parcel.State == domain.ParcelPlanned}
	parcel.Send(u.Now)
	if err := s.loadLevels(); err != nil {
		return 0, err
	}
	if err := s.send(); err != nil {
		return 0, err
	}
	return s.units, s.record()
}

// sending carries one run of Send.
type sending struct {
	u       *core.Unit
	orders  []*domain.Order
	parcel  *domain.Parcel
	planned bool
	units   int64
	levels  map[ids.SKUID]*domain.Level
	skus    []string
}

func (s *sending) loadLevels() error {
	var skus []ids.SKUID
	for _, pl := range s.parcel.Lines {
		if l := s.line(pl); l != nil {
			for _, p := range l.Parts {
				skus = append(skus, p.SKU)
			}
		}
	}
	found, err := s.u.Stock().Levels(domain.DefaultWarehouse, skus)
	if err != nil {
		return err
	}
	s.levels = make(map[ids.SKUID]*domain.Level, len(skus))
	for _, id := range skus {
		level := found[id]
		level.Warehouse, level.SKU = domain.DefaultWarehouse, id
		s.levels[id] = &level
		s.skus = append(s.skus, id.String())
	}
	return nil
}

func (s *sending) order(id ids.OrderID) *domain.Order {
	for _, o := range s.orders {
		if o.ID == id {
			return o
		}
	}
	return nil
}

// holds tells whether the parcel has something of the order.
func (s *sending) holds(o *domain.Order) bool {
	for _, pl := range s.parcel.Lines {
		if pl.Order == o.ID {
			return true
		}
	}
	return false
}

func (s *sending) line(pl domain.ParcelLine) *domain.Line {
	if o := s.order(pl.Order); o != nil {
		return o.Line(pl.Line)
	}
	return nil
}

// send moves the goods and posts one entry per order of the parcel.
func (s *sending) send() error {
	set, err := Settings(s.u)
	if err != nil {
		return err
	}
	for _, o := range s.orders {
		freight, err := s.freight(o)
		if err != nil {
			return err
		}
		var sales []domain.Sale
		for i := range s.parcel.Lines {
			pl := &s.parcel.Lines[i]
			if pl.Order != o.ID {
				continue
			}
			sale, err := s.sendLine(o, pl)
			if err != nil {
				return err
			}
			sales = append(sales, sale)
		}
		if len(sales) == 0 {
			continue
		}
		if err := s.post(o, sales, freight, set.VAT); err != nil {
			return err
		}
		if err := s.u.Orders().Save(o); err != nil {
			return err
		}
	}
	return nil
}

// freight is the buyer's freight when no parcel that still counts carries it:
// it posts with the first parcel (DECIDED 4), and again after that one was undone.
func (s *sending) freight(o *domain.Order) (money.Fen, error) {
	if o.ShippedAt == 0 || o.FreightFen == 0 {
		return o.FreightFen, nil
	}
	before, err := s.gone(o)
	if err != nil {
		return 0, err
	}
	for _, p := range before {
		entries, err := s.u.Ledger().OfRef("parcel", p.ID.String())
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

// gone gives the parcels of the order that are under way; for a merged order
// the lead's are not all of its own.
func (s *sending) gone(o *domain.Order) ([]*domain.Parcel, error) {
	all, err := s.u.Parcels().OfOrder(o.ID)
	var list []*domain.Parcel
	for _, p := range all {
		if p.State == domain.ParcelShipped || p.State == domain.ParcelHanded {
			list = append(list, p)
		}
	}
	return list, err
}

// earned is what the line's parcels that are under way have brought: after one
// of them was undone it is no longer a rounded part of the line.
func (s *sending) earned(o *domain.Order, line ids.LineID) (money.Fen, error) {
	before, err := s.gone(o)
	var sum money.Fen
	for _, p := range before {
		for i := range p.Lines {
			if p.Lines[i].Line == line {
				sum += p.Lines[i].RevenueFen
			}
		}
	}
	return sum, err
}

// sendLine takes one line's units out of stock at the moving average.
func (s *sending) sendLine(o *domain.Order, pl *domain.ParcelLine) (domain.Sale, error) {
	l := o.Line(pl.Line)
	if l == nil {
		return domain.Sale{}, fault.New(fault.NotFound, "fault.order.line", "order", o.Number)
	}
	revenue, err := o.Ship(l, pl.Qty, s.u.Now)
	if err != nil {
		return domain.Sale{}, err
	}
	if l.ShippedQty > pl.Qty { // a further parcel
		earned, err := s.earned(o, l.ID)
		if err != nil {
			return domain.Sale{}, err
		}
		revenue = l.EarnedFen() - earned
	}
	pl.RevenueFen = revenue
	s.units += pl.Qty
	sale := domain.Sale{SKU: l.SKU, Qty: pl.Qty, RevenueFen: revenue}
	for _, part := range l.Parts {
		q := part.Qty * pl.Qty
		level := s.levels[part.SKU]
		cost, err := level.Issue(q)
		if err != nil {
			return sale, fault.Wrap(err, "order "+o.Number)
		}
		m := domain.Move{Reason: domain.MoveShip, Qty: -q, ValueFen: -cost}
		ref := Ref{Kind: "parcel", ID: s.parcel.ID.String(), Number: o.Number, Line: l.ID}
		if _, err := Move(s.u, level, m, ref, q); err != nil {
			return sale, err
		}
		pl.Items = append(pl.Items, domain.ParcelItem{SKU: part.SKU, Qty: q, CostFen: cost})
		sale.CostFen += cost
	}
	return sale, nil
}

func (s *sending) post(o *domain.Order, sales []domain.Sale, freight money.Fen, vat money.BP) error {
	e, err := domain.ShipmentEntry("ship", o, sales, freight, vat)
	if err != nil {
		return err
	}
	seq, err := Entry(s.u, e, Ref{Kind: "parcel", ID: s.parcel.ID.String(), Number: o.Number})
	if o.ID == s.parcel.Order {
		s.parcel.EntrySeq = seq
	}
	return err
}

// record writes parcel, history and audit.
func (s *sending) record() error {
	u := s.u
	write := u.Parcels().Insert
	if s.planned {
		write = u.Parcels().Save
	}
	if err := write(s.parcel); err != nil {
		return err
	}
	err := u.Parcels().AddEvent(domain.ShipmentEvent{
		Parcel: s.parcel.ID, At: u.Now, Kind: "shipped", Text: s.parcel.Courier + " " + s.parcel.Waybill, Actor: u.Actor.Name,
	})
	if err != nil {
		return err
	}
	for _, o := range s.orders {
		if !s.holds(o) {
			continue // a merged order of which nothing is in this parcel
		}
		u.Audit("order", o.ID.String(), "audit.shipped", nil,
			map[string]any{"parcel": s.parcel.ID, "courier": s.parcel.Courier, "waybill": s.parcel.Waybill, "fulfil": o.Fulfil},
			"order", o.Number, "courier", s.parcel.Courier, "waybill", s.parcel.Waybill)
		u.Changed(core.TopicOrders, o.ID.String())
	}
	u.Changed(core.TopicParcels, s.parcel.ID.String())
	u.Changed(core.TopicStock, s.skus...)
	u.Changed(core.TopicFinance)
	return nil
}

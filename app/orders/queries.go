package orders

import (
	"context"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/ids"
)

// List lists orders; names, phones and addresses are masked for people without
// orders.persons.
func (s *Service) List(ctx context.Context, q core.Query) (core.Paged[core.OrderRow], error) {
	return core.Read(ctx, s.e, auth.OrdersView, func(r core.Reads) (core.Paged[core.OrderRow], error) {
		actor, err := core.ActorOf(ctx, r)
		if err != nil {
			return core.Paged[core.OrderRow]{}, err
		}
		if err := core.Guard(actor, q, auth.OrdersPersons, "receiver", "phone"); err != nil {
			return core.Paged[core.OrderRow]{}, err
		}
		page, err := r.Orders().List(q, s.e.Now())
		if err != nil {
			return page, err
		}
		if !auth.Allows(actor, auth.OrdersPersons) {
			for i := range page.Rows {
				row := &page.Rows[i]
				row.Receiver, row.Phone = domain.MaskName(row.Receiver), domain.MaskPhone(row.Phone)
			}
		}
		return page, err
	})
}

// Lines lists goods lines.
func (s *Service) Lines(ctx context.Context, q core.Query) (core.Paged[core.LineRow], error) {
	return core.Read(ctx, s.e, auth.OrdersView, func(r core.Reads) (core.Paged[core.LineRow], error) {
		return r.Orders().ListLines(q)
	})
}

// StageCounts gives the kept counters behind the chips.
func (s *Service) StageCounts(ctx context.Context) ([]core.StageCount, error) {
	return core.Read(ctx, s.e, auth.OrdersView, func(r core.Reads) ([]core.StageCount, error) {
		return r.Orders().StageCounts()
	})
}

// Customers lists customers, masked like List.
func (s *Service) Customers(ctx context.Context, q core.Query) (core.Paged[core.CustomerRow], error) {
	return core.Read(ctx, s.e, auth.CustomersView, func(r core.Reads) (core.Paged[core.CustomerRow], error) {
		actor, err := core.ActorOf(ctx, r)
		if err != nil {
			return core.Paged[core.CustomerRow]{}, err
		}
		if err := core.Guard(actor, q, auth.OrdersPersons, "name", "phone"); err != nil {
			return core.Paged[core.CustomerRow]{}, err
		}
		if q.Search != "" && !auth.Allows(actor, auth.OrdersPersons) { // names and phones are not found by asking for them
			q.Conds, q.Search = append(append([]core.Cond(nil), q.Conds...), core.Cond{Field: "buyer", Op: "~", Value: q.Search}), ""
		}
		page, err := r.Customers().List(q)
		if err != nil {
			return page, err
		}
		if !auth.Allows(actor, auth.OrdersPersons) {
			for i := range page.Rows {
				page.Rows[i].Name = domain.MaskName(page.Rows[i].Name)
				page.Rows[i].Phone = domain.MaskPhone(page.Rows[i].Phone)
			}
		}
		return page, err
	})
}

// Detail is one order with what belongs to it.
type Detail struct {
	Order     *domain.Order
	SKUs      map[ids.SKUID]*domain.SKU
	Parcels   []*domain.Parcel
	Conflicts []core.Contradiction
	History   []core.AuditLine
	Shop      string // code
	// Estimate is what the order is expected to leave; nil without finance.view_cost,
	// and where nothing is sold here (cancelled, shipped before we knew it).
	Estimate *domain.Estimate
}

// PassedBy is who last passed the order, "" when nobody's name is kept.
func (d *Detail) PassedBy() string {
	for i := range d.History {
		if d.History[i].Key == "audit.order_passed" {
			return d.History[i].Actor // the newest line stands first
		}
	}
	return ""
}

// Get loads an order for the detail pane.
func (s *Service) Get(ctx context.Context, id ids.OrderID) (Detail, error) {
	return core.Read(ctx, s.e, auth.OrdersView, func(r core.Reads) (Detail, error) {
		o, err := r.Orders().Get(id)
		if err != nil {
			return Detail{}, err
		}
		d := Detail{Order: o}
		if err := d.load(r); err != nil {
			return d, err
		}
		actor, err := core.ActorOf(ctx, r)
		if err == nil && !auth.Allows(actor, auth.OrdersPersons) {
			o.Receiver = o.Receiver.Masked()
		}
		if err != nil {
			return d, err
		}
		if !auth.Allows(actor, auth.FinanceViewCost) {
			hideCost(d.Parcels)
			return d, nil
		}
		d.Estimate, err = estimate(r, o, d.Parcels)
		return d, err
	})
}

func (d *Detail) load(r core.Reads) error {
	var skus []ids.SKUID
	for i := range d.Order.Lines {
		skus = append(skus, d.Order.Lines[i].SKU)
		for _, p := range d.Order.Lines[i].Parts {
			skus = append(skus, p.SKU)
		}
	}
	var err error
	if d.SKUs, err = r.Catalog().SKUs(skus); err != nil {
		return err
	}
	if d.Parcels, err = r.Parcels().OfOrder(d.Order.ID); err != nil {
		return err
	}
	if d.Conflicts, err = r.Orders().Conflicts(d.Order.ID); err != nil {
		return err
	}
	shops, err := r.Catalog().Shops()
	if err != nil {
		return err
	}
	for _, shop := range shops {
		if shop.ID == d.Order.ShopID {
			d.Shop = shop.Code
		}
	}
	history, err := r.Log().ListAudit(core.Query{
		Conds: []core.Cond{{Field: "entity", Op: "=", Value: "order"}, {Field: "entity_id", Op: "=", Value: d.Order.ID.String()}},
		Page:  core.Page{Limit: 100},
	})
	d.History = history.Rows
	return err
}

func hideCost(parcels []*domain.Parcel) {
	for _, p := range parcels {
		for i := range p.Lines {
			for j := range p.Lines[i].Items {
				p.Lines[i].Items[j].CostFen, p.Lines[i].Items[j].ReturnFen = 0, 0
			}
		}
	}
}

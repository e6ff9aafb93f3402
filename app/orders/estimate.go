package orders

import (
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/flow"
	"zhanggui/app/ids"
	"zhanggui/app/money"
)

// estimate works out what an order is expected to leave: what has left costs
// what it was issued at, what is still here what it would cost now.
func estimate(r core.Reads, o *domain.Order, parcels []*domain.Parcel) (*domain.Estimate, error) {
	if o.External || o.Closing == domain.ClosingCancelled || len(o.Lines) == 0 {
		return nil, nil
	}
	set, err := flow.SettingsOf(r.Settings())
	if err != nil {
		return nil, err
	}
	cost, known, err := openCost(r, o)
	if err != nil {
		return nil, err
	}
	for _, p := range parcels {
		if p.State == domain.ParcelShipped || p.State == domain.ParcelHanded {
			cost += issuedCost(p, o.ID)
		}
	}
	e, err := domain.EstimateOf(o, set.Fees[o.Channel], cost, known)
	return &e, err
}

// issuedCost is what the order's goods in a parcel cost, less what came back.
func issuedCost(p *domain.Parcel, order ids.OrderID) money.Fen {
	var cost money.Fen
	for _, l := range p.Lines {
		if l.Order != order {
			continue
		}
		for _, it := range l.Items {
			cost += it.CostFen - it.ReturnFen
		}
	}
	return cost
}

// openCost is what the units still to ship would cost if they left now.
func openCost(r core.Reads, o *domain.Order) (cost money.Fen, known bool, err error) {
	want := map[ids.SKUID]int64{}
	known = true
	for i := range o.Lines {
		l := &o.Lines[i]
		known = known && (l.Mapped() || l.Open() == 0)
		for _, p := range l.Parts {
			want[p.SKU] += p.Qty * l.Open()
		}
	}
	list := make([]ids.SKUID, 0, len(want))
	for id := range want {
		list = append(list, id)
	}
	levels, err := r.Stock().Levels(domain.DefaultWarehouse, list)
	if err != nil {
		return 0, false, err
	}
	for id, units := range want {
		level := levels[id]
		fen, ok := level.CostNow(units)
		cost, known = cost+fen, known && ok
	}
	return cost, known, nil
}

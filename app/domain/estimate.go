package domain

import "zhanggui/app/money"

// Estimate is what an order is expected to leave: revenue without what was
// cancelled or came back, less the channel's fees by the settings and the cost
// of the goods. The platform's bill decides in the end.
type Estimate struct {
	RevenueFen  money.Fen
	Fees        ChannelFees
	PlatformFen money.Fen
	PaymentFen  money.Fen
	CostFen     money.Fen
	CostKnown   bool // false: something of it has no cost yet
}

// MarginFen is what is left.
func (e Estimate) MarginFen() money.Fen {
	return e.RevenueFen - e.PlatformFen - e.PaymentFen - e.CostFen
}

// EstimateOf works the estimate out; cost is that of the goods, known or not.
func EstimateOf(o *Order, fees ChannelFees, cost money.Fen, known bool) (Estimate, error) {
	e := Estimate{Fees: fees, CostFen: cost, CostKnown: known, RevenueFen: o.FreightFen}
	for i := range o.Lines {
		l := &o.Lines[i]
		if wanted := l.Qty - l.CancelQty; wanted > 0 {
			e.RevenueFen += money.Cumulative(l.RevenueFen(), wanted, 0, wanted-l.ReturnedQty)
		}
	}
	var err error
	if e.PlatformFen, err = money.Percent(e.RevenueFen, fees.Platform); err != nil {
		return e, err
	}
	e.PaymentFen, err = money.Percent(e.RevenueFen, fees.Payment)
	return e, err
}

// CostNow is what units would cost if they left now: at the average of what is
// there, else at the last known cost; false when nothing says it.
func (l *Level) CostNow(units int64) (money.Fen, bool) {
	if units == 0 {
		return 0, true
	}
	value, qty := l.ValueFen, l.OnHand
	if qty <= 0 {
		value, qty = l.LastFen, l.LastQty
	}
	if qty <= 0 {
		return 0, false
	}
	cost, err := money.MulDiv(value, units, qty)
	return cost, err == nil
}

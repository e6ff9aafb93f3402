package domain

import "zhanggui/app/when"

// Promise is the shop's shipping promise at the moment of import, from the
// settings (requirements N01, N02): 24 h and 48 h unless changed.
type Promise struct {
	Target when.Millis // span from the start of the clock
	Limit  when.Millis
}

// StartClock stores the deadlines of an order that may now be shipped
// (rules.md §5.1, deadlines). The clock starts at payment, for cash on delivery
// at the order's creation (DECIDED 1). The platform's own latest ship time wins.
// Deadlines once stored stay: a changed setting never moves them.
func (o *Order) StartClock(p Promise, shipBy when.Millis) {
	if o.LimitAt != 0 && (shipBy == 0 || shipBy == o.LimitAt) {
		return
	}
	start := o.PaidAt
	if o.COD && start == 0 {
		start = o.CreatedAt
	}
	if !o.Payable() || start == 0 {
		return
	}
	if o.LimitAt == 0 {
		o.TargetAt, o.LimitAt = start+p.Target, start+p.Limit
	}
	if shipBy != 0 {
		o.LimitAt = shipBy
		if o.Presale {
			o.TargetAt = shipBy
		}
	}
	if o.TargetAt > o.LimitAt {
		o.TargetAt = o.LimitAt
	}
}

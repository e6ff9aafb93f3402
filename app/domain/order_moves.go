package domain

import (
	"zhanggui/app/fault"
	"zhanggui/app/money"
	"zhanggui/app/when"
)

// payMoves, auditMoves and closingMoves are the allowed steps of the facts; a
// test walks all pairs. Fulfilment is derived from quantities and has no table.
var payMoves = map[Payment][]Payment{
	PayUnpaid:       {PayDeposit, PayPaid, PayPartRefunded, PayRefunded},
	PayDeposit:      {PayPaid, PayPartRefunded, PayRefunded},
	PayPaid:         {PayPartRefunded, PayRefunded},
	PayPartRefunded: {PayRefunded},
	PayRefunded:     {},
}

var auditMoves = map[Audit][]Audit{
	AuditNew:       {AuditException, AuditPassed, AuditHold},
	AuditException: {AuditNew, AuditPassed, AuditHold},
	AuditPassed:    {AuditException, AuditHold, AuditNew},
	AuditHold:      {AuditNew, AuditException, AuditPassed},
}

var closingMoves = map[Closing][]Closing{
	ClosingOpen:      {ClosingCompleted, ClosingCancelled},
	ClosingCompleted: {},
	ClosingCancelled: {},
}

func allowed[T comparable](table map[T][]T, from, to T) bool {
	for _, t := range table[from] {
		if t == to {
			return true
		}
	}
	return false
}

// open refuses any work on an order that is closed, at sea or not ours to ship.
func (o *Order) open() error {
	switch {
	case o.Closing == ClosingCancelled:
		return fault.New(fault.Conflict, "fault.order.cancelled", "order", o.Number)
	case o.External:
		return fault.New(fault.Conflict, "fault.order.external", "order", o.Number)
	case o.Fulfil == FulShipped || o.Fulfil == FulReturned:
		return fault.New(fault.Conflict, "fault.order.already_shipped", "order", o.Number, "at", o.ShippedAt.Minute())
	}
	return nil
}

// decide moves the audit fact along its table; staying is always allowed.
func (o *Order) decide(to Audit, at when.Millis) error {
	if o.Audit != to && !allowed(auditMoves, o.Audit, to) {
		return fault.New(fault.Conflict, "fault.order.audit_step", "order", o.Number, "from", o.Audit, "to", to)
	}
	o.Audit, o.AuditedAt = to, at
	o.derive()
	return nil
}

// Pass lets the order through to the warehouse. All blocking checks must be
// cleared or released, and every open unit reserved by the caller.
// Errors: Conflict fault.order.cancelled, .external, .already_shipped, .not_paid,
// .blocked (names the first check), .not_reserved.
func (o *Order) Pass(now when.Millis) error {
	if err := o.open(); err != nil {
		return err
	}
	if !o.Payable() {
		return fault.New(fault.Conflict, "fault.order.not_paid", "order", o.Number)
	}
	if c := o.FirstBlocking(); c != nil {
		return fault.New(fault.Conflict, "fault.order.blocked", "order", o.Number, "check", c.Code)
	}
	for i := range o.Lines {
		l := &o.Lines[i]
		for _, p := range l.Parts {
			if p.Reserved != p.Qty*l.Open() {
				return fault.New(fault.Conflict, "fault.order.not_reserved", "order", o.Number, "line", l.Title)
			}
		}
	}
	o.HoldUntil, o.HoldReason = 0, ""
	return o.decide(AuditPassed, now)
}

// Except sends the order to the exception list, because a check blocks it. The
// caller has released its reservations.
func (o *Order) Except() error {
	if err := o.open(); err != nil {
		return err
	}
	return o.decide(AuditException, 0)
}

// Renew sends an order back to be audited. The caller has released its reservations.
func (o *Order) Renew() error {
	if err := o.open(); err != nil {
		return err
	}
	return o.decide(AuditNew, 0)
}

// Hold keeps the order back until an instant, 0 for "until released".
// The caller has released its reservations. Errors: Conflict as Pass; Invalid
// fault.order.hold_reason when no reason is given.
func (o *Order) Hold(until when.Millis, reason string) error {
	if err := o.open(); err != nil {
		return err
	}
	if reason == "" {
		return fault.New(fault.Invalid, "fault.order.hold_reason").Field("reason", "fault.required")
	}
	o.HoldUntil, o.HoldReason = until, reason
	return o.decide(AuditHold, 0)
}

// Cancel closes an order of which nothing has left. The caller has released
// its reservations. Errors: Conflict fault.order.cancelled, .part_shipped.
func (o *Order) Cancel() error {
	if o.Closing == ClosingCancelled {
		return fault.New(fault.Conflict, "fault.order.cancelled", "order", o.Number)
	}
	for i := range o.Lines {
		if o.Lines[i].ShippedQty > o.Lines[i].ReturnedQty {
			return fault.New(fault.Conflict, "fault.order.part_shipped", "order", o.Number)
		}
	}
	for i := range o.Lines {
		l := &o.Lines[i]
		l.CancelQty = l.Qty - l.ShippedQty
		for j := range l.Parts {
			l.Parts[j].Reserved = 0
		}
	}
	o.Closing = ClosingCancelled
	o.derive()
	return nil
}

// Complete marks that the platform considers the order finished.
func (o *Order) Complete() {
	if allowed(closingMoves, o.Closing, ClosingCompleted) {
		o.Closing = ClosingCompleted
	}
}

// Ship counts qty units of a line as sent and takes the parts' reservations
// with them. It returns the revenue of these units by cumulative rounding, so
// that all parcels together give exactly the line's revenue (DECIDED 4, rules.md §5.8).
// Errors: Conflict fault.order.not_audited, .too_many and those of Pass.
func (o *Order) Ship(l *Line, qty int64, now when.Millis) (money.Fen, error) {
	if err := o.open(); err != nil {
		return 0, err
	}
	if o.Audit != AuditPassed {
		return 0, fault.New(fault.Conflict, "fault.order.not_audited", "order", o.Number)
	}
	if o.Platform.RefundAsked && !o.released(CheckRefundAsked) { // the last gate, unless a person waved it through
		return 0, fault.New(fault.Conflict, "fault.order.refund_asked", "order", o.Number)
	}
	if qty <= 0 || qty > l.Open() {
		return 0, fault.New(fault.Conflict, "fault.order.too_many", "order", o.Number, "line", l.Title,
			"open", l.Open(), "qty", qty)
	}
	revenue := money.Cumulative(l.RevenueFen(), l.Qty-l.CancelQty, l.ShippedQty, qty)
	l.ShippedQty += qty
	for i := range l.Parts {
		l.Parts[i].Reserved -= l.Parts[i].Qty * qty
	}
	o.ShippedAt = now
	o.derive()
	return revenue, nil
}

// Unship takes back a shipment that was not handed over; the caller has posted
// the stock back. The units count as reserved again when the order is still
// passed (the caller reserves them); one that was held or excepted meanwhile
// gets its goods with the next pass.
func (o *Order) Unship(l *Line, qty int64) error {
	if qty <= 0 || qty > l.ShippedQty-l.ReturnedQty {
		return fault.New(fault.Conflict, "fault.order.not_shipped", "order", o.Number, "line", l.Title)
	}
	l.ShippedQty -= qty
	for i := range l.Parts {
		if o.Audit == AuditPassed {
			l.Parts[i].Reserved += l.Parts[i].Qty * qty
		}
	}
	if o.shippedUnits() == 0 {
		o.ShippedAt = 0
	}
	o.derive()
	return nil
}

// Return counts units of a line that came back after shipping.
// Errors: Conflict fault.order.return_too_many (rules.md §5.2.2).
func (o *Order) Return(l *Line, qty int64) error {
	if qty <= 0 || qty > l.ShippedQty-l.ReturnedQty {
		return fault.New(fault.Conflict, "fault.order.return_too_many", "order", o.Number, "line", l.Title,
			"shipped", l.ShippedQty-l.ReturnedQty, "qty", qty)
	}
	l.ReturnedQty += qty
	o.derive()
	return nil
}

// CloseLine takes out what is still open of a line that the platform closed. The
// caller gives the units that the line still holds back (flow.Trim).
func (o *Order) CloseLine(l *Line) {
	l.CancelQty = l.Qty - l.ShippedQty
	o.derive()
}

// AllClosed tells that every line was closed and nothing is away.
func (o *Order) AllClosed() bool {
	for i := range o.Lines {
		if l := &o.Lines[i]; l.CancelQty == 0 || l.Open() > 0 {
			return false
		}
	}
	return len(o.Lines) > 0 && o.awayUnits() == 0
}

// awayUnits are those that left and did not come back.
func (o *Order) awayUnits() int64 {
	var n int64
	for i := range o.Lines {
		n += o.Lines[i].ShippedQty - o.Lines[i].ReturnedQty
	}
	return n
}

func (o *Order) shippedUnits() int64 {
	var n int64
	for i := range o.Lines {
		n += o.Lines[i].ShippedQty
	}
	return n
}

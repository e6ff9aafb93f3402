package domain

import (
	"zhanggui/app/fault"
	"zhanggui/app/ids"
)

// Reopen takes a cancelling back: the lines are as open as before. closed is
// what was closed of each line before that. The audit fact stays as it was; the
// caller checks the order again and reserves its goods.
// Errors: Conflict fault.order.not_cancelled, .external, .platform_cancelled.
func (o *Order) Reopen(closed map[ids.LineID]int64) error {
	switch {
	case o.Closing != ClosingCancelled:
		return fault.New(fault.Conflict, "fault.order.not_cancelled", "order", o.Number)
	case o.External:
		return fault.New(fault.Conflict, "fault.order.external", "order", o.Number)
	case o.Platform.Cancelled:
		return fault.New(fault.Conflict, "fault.order.platform_cancelled", "order", o.Number)
	}
	for i := range o.Lines {
		l := &o.Lines[i]
		l.CancelQty = min(closed[l.ID], l.Qty-l.ShippedQty)
	}
	o.Closing = ClosingOpen
	o.derive()
	return nil
}

// StillWaits refuses what is only right while an order waits for its audit: it
// names what was done with the order since.
// Errors: Conflict fault.order.cancelled, .external, .undo_shipped, .undo_passed.
func (o *Order) StillWaits() error {
	switch {
	case o.Closing == ClosingCancelled:
		return fault.New(fault.Conflict, "fault.order.cancelled", "order", o.Number)
	case o.External:
		return fault.New(fault.Conflict, "fault.order.external", "order", o.Number)
	case o.shippedUnits() > 0:
		return fault.New(fault.Conflict, "fault.order.undo_shipped", "order", o.Number, "at", o.ShippedAt.Minute())
	case o.Audit == AuditPassed:
		return fault.New(fault.Conflict, "fault.order.undo_passed", "order", o.Number, "at", o.AuditedAt.Minute())
	}
	return nil
}

// MayUnpass refuses to take the audit of an order back that something later
// depends on, and names it.
// Errors: Conflict fault.order.cancelled, .external, .undo_shipped, .undo_merged, .not_passed.
func (o *Order) MayUnpass() error {
	switch {
	case o.Closing == ClosingCancelled:
		return fault.New(fault.Conflict, "fault.order.cancelled", "order", o.Number)
	case o.External:
		return fault.New(fault.Conflict, "fault.order.external", "order", o.Number)
	case o.shippedUnits() > 0:
		return fault.New(fault.Conflict, "fault.order.undo_shipped", "order", o.Number, "at", o.ShippedAt.Minute())
	case o.Audit != AuditPassed:
		return fault.New(fault.Conflict, "fault.order.not_passed", "order", o.Number)
	case !o.MergeID.Zero():
		return fault.New(fault.Conflict, "fault.order.undo_merged", "order", o.Number)
	}
	return nil
}

// Unrelease takes back that a check was waved through: it blocks again.
// Errors: Conflict fault.check.not_released.
func (o *Order) Unrelease(code CheckCode) error {
	for i := range o.Checks {
		if o.Checks[i].Code == code && o.Checks[i].Released {
			o.Checks[i].Released, o.Checks[i].Reason = false, ""
			return nil
		}
	}
	return fault.New(fault.Conflict, "fault.check.not_released", "order", o.Number, "check", code)
}

// Unreturn counts units of a line as away again: their return was a mistake.
// Errors: Conflict fault.order.cancelled, fault.shipping.no_return.
func (o *Order) Unreturn(l *Line, qty int64) error {
	if o.Closing == ClosingCancelled {
		return fault.New(fault.Conflict, "fault.order.cancelled", "order", o.Number)
	}
	if qty <= 0 || qty > l.ReturnedQty {
		return fault.New(fault.Conflict, "fault.shipping.no_return", "order", o.Number, "line", l.Title)
	}
	l.ReturnedQty -= qty
	o.derive()
	return nil
}

// YieldTo takes what a file said over what we know, by the word of a person: the
// only way a fact moves back. Amounts and lines are left to the next import of
// the file, which takes them over now that the order waits again.
// Errors: Conflict fault.order.cancelled, .external, .conflict_closed, .undo_shipped, .conflict_away.
func (o *Order) YieldTo(c Contradiction) error {
	switch {
	case o.Closing == ClosingCancelled:
		return fault.New(fault.Conflict, "fault.order.cancelled", "order", o.Number)
	case o.External:
		return fault.New(fault.Conflict, "fault.order.external", "order", o.Number)
	case o.Closing != ClosingOpen:
		return fault.New(fault.Conflict, "fault.order.conflict_closed", "order", o.Number)
	case c.Fact == "cancelled" && c.Theirs != "false":
		return fault.New(fault.Conflict, "fault.order.conflict_away", "order", o.Number)
	case o.shippedUnits() > 0:
		return fault.New(fault.Conflict, "fault.order.undo_shipped", "order", o.Number, "at", o.ShippedAt.Minute())
	}
	switch c.Fact {
	case "payment":
		o.Payment, o.Platform.Payment = Payment(c.Theirs), Payment(c.Theirs)
	case "completed":
		o.Platform.Completed = false
	case "cancelled":
		o.Platform.Cancelled = false
	case "shipped":
		o.Platform.Shipped = false
	}
	o.derive()
	return nil
}

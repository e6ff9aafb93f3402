package domain

import (
	"zhanggui/app/money"
)

// Contradiction is a fact of a platform file that would move an order back.
// It becomes a conflict row and changes nothing (rules.md §5.1.1).
type Contradiction struct {
	Fact   string `json:"fact"` // payment, shipped, cancelled, completed, refund
	Ours   string `json:"ours"`
	Theirs string `json:"theirs"`
}

// Outcome says what a file's facts did to an order.
type Outcome struct {
	Changed        []string // names of the facts that moved forward
	Contradictions []Contradiction
	Cancel         bool // the platform cancelled it and nothing has left: release and close
}

// Known says which facts a file's layout can tell at all, so that its silence
// is never read as "no".
type Known struct{ Payment, Status bool }

// OfSome turns facts that a file tells of some sub-orders into what they mean
// for the whole order, of which known is what we know: the others may be
// neither shipped nor finished nor cancelled, and their money may stay.
func (f PlatformFacts) OfSome(known PlatformFacts) PlatformFacts {
	switch {
	case f.Payment == PayRefunded:
		f.Payment = PayPartRefunded
	case f.Payment == PayUnpaid && f.Cancelled:
		f.Payment = "" // never paid, or taken out before payment: nothing is said of the rest
	}
	f.PartShipped = f.PartShipped || f.Shipped
	f.Shipped, f.Completed, f.Cancelled = known.Shipped, known.Completed, known.Cancelled
	f.RefundAsked = f.RefundAsked || known.RefundAsked
	return f
}

// Apply moves the order's platform facts forward.
func (o *Order) Apply(f PlatformFacts, known Known) Outcome {
	var out Outcome
	if known.Payment {
		o.applyPayment(f, &out)
	}
	if known.Status {
		o.applyStatus(f, &out)
	}
	if f.Waybill != "" && f.Waybill != o.Platform.Waybill {
		o.Platform.Waybill, o.Platform.Courier = f.Waybill, f.Courier
		out.Changed = append(out.Changed, "waybill")
	}
	o.settleClosing(&out)
	o.derive()
	return out
}

func (o *Order) applyStatus(f PlatformFacts, out *Outcome) {
	o.applyFlag("completed", &o.Platform.Completed, f.Completed, out)
	o.applyFlag("cancelled", &o.Platform.Cancelled, f.Cancelled, out)
	o.applyFlag("shipped", &o.Platform.Shipped, f.Shipped, out)
	if f.PartShipped && !o.Platform.PartShipped {
		o.Platform.PartShipped = true
		out.Changed = append(out.Changed, "part_shipped")
	}
	// A running refund may be withdrawn again: that is not a step back.
	if f.RefundAsked != o.Platform.RefundAsked {
		o.Platform.RefundAsked = f.RefundAsked
		out.Changed = append(out.Changed, "refund_asked")
	}
	if f.Words != "" {
		o.Platform.Words = f.Words
	}
}

func (o *Order) applyPayment(f PlatformFacts, out *Outcome) {
	switch {
	case f.Payment == "" || f.Payment == o.Payment:
	case allowed(payMoves, o.Payment, f.Payment):
		o.Payment, o.Platform.Payment = f.Payment, f.Payment
		out.Changed = append(out.Changed, "payment")
	default:
		out.Contradictions = append(out.Contradictions,
			Contradiction{Fact: "payment", Ours: string(o.Payment), Theirs: string(f.Payment)})
	}
}

func (o *Order) applyFlag(name string, ours *bool, theirs bool, out *Outcome) {
	switch {
	case theirs == *ours:
	case theirs:
		*ours = true
		out.Changed = append(out.Changed, name)
	case name == "shipped" && (o.Platform.Completed || o.Platform.Cancelled):
		// a finished or closed order no longer says "shipped": no step back
	default:
		out.Contradictions = append(out.Contradictions, Contradiction{Fact: name, Ours: "true", Theirs: "false"})
	}
}

// settleClosing closes the order when the platform did, and reports as a
// contradiction a cancellation that comes while goods are away: what left and
// came back does not count.
func (o *Order) settleClosing(out *Outcome) {
	sent, away := o.shippedUnits() > 0, o.awayUnits() > 0
	cancelled := o.Platform.Cancelled || o.Payment == PayRefunded
	switch {
	case o.Closing != ClosingOpen:
	case cancelled && !away:
		out.Cancel = true
	case cancelled:
		if hasChange(out, "cancelled") || hasChange(out, "payment") {
			out.Contradictions = append(out.Contradictions,
				Contradiction{Fact: "cancelled", Ours: string(FulShipped), Theirs: string(ClosingCancelled)})
		}
	case o.Platform.Completed && (sent && o.Units() == 0 || o.External): // what is still here is still to do (§5.1.5)
		o.Complete()
	}
}

func hasChange(out *Outcome, name string) bool {
	for _, c := range out.Changed {
		if c == name {
			return true
		}
	}
	return false
}

// Adopt sets up the facts of an order seen for the first time. What the
// platform had already shipped or finished before we knew of it is External:
// it takes no stock and posts nothing.
func (o *Order) Adopt(f PlatformFacts) {
	o.Platform = f
	o.Payment = f.Payment
	if o.Payment == "" {
		o.Payment = PayUnpaid
	}
	o.Audit, o.Closing, o.Fulfil = AuditNew, ClosingOpen, FulNone
	o.External = f.Shipped || f.Completed
	switch {
	case f.Cancelled || o.Payment == PayRefunded:
		o.Closing = ClosingCancelled
		for i := range o.Lines {
			o.Lines[i].CancelQty = o.Lines[i].Qty
		}
	case f.Completed:
		o.Closing = ClosingCompleted
	}
	o.derive()
}

// ShareNet spreads what the order is owed over its lines when the file gives no
// net per line: goods net = owed - freight, by largest remainder over
// unit price × quantity (rules.md §5.11.5). Lines all at price 0 share equally
// but gifts take nothing.
// Errors: Limit when a product overflows.
func (o *Order) ShareNet() error {
	weights := make([]int64, len(o.Lines))
	for i := range o.Lines {
		l := &o.Lines[i]
		v, err := money.Mul(l.UnitFen, max(l.Qty, 1))
		if err != nil {
			return err
		}
		if !l.Gift {
			weights[i] = int64(v)
		}
	}
	if zero(weights) {
		for i := range o.Lines {
			if !o.Lines[i].Gift {
				weights[i] = 1
			}
		}
	}
	goods := o.NetFen - o.FreightFen
	if len(o.Lines) == 0 {
		return nil
	}
	for i, part := range money.Split(goods, weights) {
		o.Lines[i].NetFen = part
	}
	o.SharePlatform()
	return nil
}

// SharePlatform spreads the platform-funded discount over the lines' nets.
func (o *Order) SharePlatform() {
	weights := make([]int64, len(o.Lines))
	for i := range o.Lines {
		weights[i] = max(int64(o.Lines[i].NetFen), 0)
	}
	for i, part := range money.Split(o.PlatformDiscountFen, weights) {
		o.Lines[i].PlatformFen = part
	}
}

// ShareRefund spreads over the lines what was given back before shipping and
// what no line was told of: over the lines that were closed first, then over
// those that have not left. What lines that left have earned stands in the
// books already.
func (o *Order) ShareRefund() {
	rest := o.RefundFen
	for i := range o.Lines {
		rest -= o.Lines[i].RefundFen
	}
	rest = o.shareRefund(rest, func(l *Line) bool { return l.ShippedQty == 0 && l.Open() == 0 })
	o.shareRefund(rest, func(l *Line) bool { return l.ShippedQty == 0 && l.Open() > 0 })
}

// shareRefund spreads an amount over the chosen lines by what they still earn
// and gives what is left of it.
func (o *Order) shareRefund(amount money.Fen, chosen func(l *Line) bool) money.Fen {
	var sum money.Fen
	weights := make([]int64, len(o.Lines))
	for i := range o.Lines {
		if l := &o.Lines[i]; chosen(l) {
			weights[i] = max(int64(l.RevenueFen()), 0)
			sum += money.Fen(weights[i])
		}
	}
	if amount <= 0 || sum == 0 {
		return amount
	}
	part := min(amount, sum)
	for i, fen := range money.Split(part, weights) {
		o.Lines[i].RefundFen += fen
	}
	return amount - part
}

func zero(weights []int64) bool {
	for _, w := range weights {
		if w != 0 {
			return false
		}
	}
	return true
}

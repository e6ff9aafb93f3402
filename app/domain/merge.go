package domain

import (
	"strings"

	"zhanggui/app/fault"
	"zhanggui/app/ids"
	"zhanggui/app/when"
)

// Mergeable tells whether two orders may share a parcel (rules.md §5.4): same
// shop and buyer, same receiver, phone and address, both payable and open, not
// held, no refund asked, not prepaid mixed with cash on delivery, paid within gap.
// Errors: Conflict fault.merge.<why> naming both orders.
func Mergeable(a, b *Order, gap when.Millis) error {
	refuse := func(why string) error {
		return fault.New(fault.Conflict, "fault.merge."+why, "a", a.Number, "b", b.Number)
	}
	span := a.PaidAt - b.PaidAt
	if span < 0 {
		span = -span
	}
	switch {
	case a.ShopID != b.ShopID:
		return refuse("shop")
	case a.BuyerKey != b.BuyerKey || a.BuyerKey == "":
		return refuse("buyer")
	case !a.Receiver.same(b.Receiver):
		return refuse("receiver")
	case a.open() != nil || b.open() != nil || a.shippedUnits()+b.shippedUnits() > 0:
		return refuse("shipped")
	case !a.Payable() || !b.Payable():
		return refuse("unpaid")
	case a.Audit == AuditHold || b.Audit == AuditHold:
		return refuse("held")
	case a.Platform.RefundAsked || b.Platform.RefundAsked:
		return refuse("refund")
	case a.COD != b.COD:
		return refuse("cod")
	case a.Presale != b.Presale:
		return refuse("presale")
	case span > gap:
		return refuse("gap")
	}
	return nil
}

func (r Receiver) same(other Receiver) bool {
	r.Edited, other.Edited = false, false
	return r == other && strings.TrimSpace(r.Address) != ""
}

// MergeInto puts the order into the parcel of the leading one; a zero id takes it out.
func (o *Order) MergeInto(lead ids.OrderID) { o.MergeID = lead }

// Duplicates tells whether b looks like a doubled order of a: same shop and
// buyer, the same goods, created within gap (rules.md §5.4).
func Duplicates(a, b *Order, gap when.Millis) bool {
	if a.ID == b.ID || a.ShopID != b.ShopID || a.BuyerKey == "" || a.BuyerKey != b.BuyerKey || len(a.Lines) == 0 {
		return false
	}
	span := a.CreatedAt - b.CreatedAt
	if span < 0 {
		span = -span
	}
	return span < gap && sameGoods(a.Lines, b.Lines)
}

func sameGoods(a, b []Line) bool {
	count := map[string]int64{}
	for i := range a {
		count[a[i].goodsKey()] += a[i].Qty
	}
	for i := range b {
		count[b[i].goodsKey()] -= b[i].Qty
	}
	for _, n := range count {
		if n != 0 {
			return false
		}
	}
	return true
}

func (l *Line) goodsKey() string {
	if !l.SKU.Zero() {
		return l.SKU.String()
	}
	return NormalCode(l.anyCode()) + "\x00" + l.Spec
}

// SplitPlan is the units of each line per parcel: plan[parcel][line id].
type SplitPlan []map[ids.LineID]int64

// CheckSplit makes sure that the plan ships each open unit exactly once and no
// parcel is empty (rules.md §5.4: Σ = ordered). Errors: Invalid fault.split.*.
func (o *Order) CheckSplit(plan SplitPlan) error {
	if err := o.open(); err != nil {
		return err
	}
	if len(plan) < 2 {
		return fault.New(fault.Invalid, "fault.split.one", "order", o.Number)
	}
	sum := map[ids.LineID]int64{}
	for i, parcel := range plan {
		units := int64(0)
		for line, qty := range parcel {
			if qty < 0 || o.Line(line) == nil {
				return fault.New(fault.Invalid, "fault.split.line", "order", o.Number, "parcel", i+1)
			}
			sum[line] += qty
			units += qty
		}
		if units == 0 {
			return fault.New(fault.Invalid, "fault.split.empty", "order", o.Number, "parcel", i+1)
		}
	}
	for i := range o.Lines {
		if l := &o.Lines[i]; sum[l.ID] != l.Open() {
			return fault.New(fault.Invalid, "fault.split.sum", "order", o.Number, "line", l.Title, "open", l.Open(), "plan", sum[l.ID])
		}
	}
	return nil
}

package inbox

import (
	"strings"

	"zhanggui/app/domain"
	"zhanggui/app/ids"
	"zhanggui/app/ingest"
	"zhanggui/app/money"
)

// diff is what a draft does to an order that exists.
type diff struct {
	changed  []string // names of the facts that changed, for preview and audit
	against  []domain.Contradiction
	cancel   bool
	receiver bool
}

func (d *diff) same() bool { return len(d.changed) == 0 && len(d.against) == 0 }

func (d *diff) note(name string) { d.changed = append(d.changed, name) }

// mergeDraft applies a draft to the order, column by column:
//
//	payment, shipped, completed, cancelled  forward only, a step back is a contradiction
//	refund asked, platform waybill          follow the file
//	creation and payment time               filled when we have none
//	receiver                                follows the file until it was fixed by hand or goods left
//	notes                                   follow the file when it has any
//	amounts                                 follow the file until the order is passed; then a
//	                                        different amount is a contradiction, a refund is taken over
//	lines                                   added when we have none; then only refunds and prices before passing
func mergeDraft(o *domain.Order, d *ingest.OrderDraft, src ids.Source, c codes, promise domain.Promise) (diff, error) {
	var out diff
	res := o.Apply(d.Facts, domain.Known{Payment: d.Has.Payment, Status: d.Has.Status})
	out.changed, out.against, out.cancel = res.Changed, res.Contradictions, res.Cancel
	fillTimes(o, d, &out)
	mergeReceiver(o, d, &out)
	mergeNotes(o, d, &out)
	if err := mergeMoney(o, d, src, c, &out); err != nil {
		return out, err
	}
	if o.LimitAt == 0 || (d.ShipBy != 0 && d.ShipBy != o.LimitAt) {
		before := o.LimitAt
		if !o.External && o.Closing == domain.ClosingOpen {
			o.StartClock(promise, d.ShipBy)
		}
		if o.LimitAt != before {
			out.note("deadline")
		}
	}
	return out, nil
}

func fillTimes(o *domain.Order, d *ingest.OrderDraft, out *diff) {
	if o.PaidAt == 0 && d.PaidAt != 0 {
		o.PaidAt = d.PaidAt
		o.BizDay = bizDay(o)
		out.note("paid_at")
	}
	if d.COD && !o.COD && o.Audit != domain.AuditPassed {
		o.COD = true
		out.note("cod")
	}
}

func mergeReceiver(o *domain.Order, d *ingest.OrderDraft, out *diff) {
	if !d.Has.Address || o.Receiver.Edited || o.ShippedAt != 0 {
		return
	}
	r := receiverOf(d)
	r.Edited = o.Receiver.Edited
	if r == o.Receiver || r.Address == "" {
		return
	}
	if masked(r) && !masked(o.Receiver) && o.Receiver.Address != "" {
		return // the platform masks later what it showed before (FORMATS Q10)
	}
	o.Receiver = r
	out.receiver = true
	out.note("receiver")
}

func masked(r domain.Receiver) bool {
	return strings.Contains(r.Name, "*") || strings.Contains(r.Phone, "*") || strings.Contains(r.Address, "*")
}

func mergeNotes(o *domain.Order, d *ingest.OrderDraft, out *diff) {
	set := func(ours *string, theirs, name string) {
		if theirs != "" && theirs != *ours {
			*ours = theirs
			out.note(name)
		}
	}
	set(&o.BuyerNote, d.BuyerNote, "buyer_note")
	set(&o.SellerNote, d.SellerNote, "seller_note")
	set(&o.SellerFlag, d.SellerFlag, "seller_flag")
	if o.BuyerKey == "" && d.BuyerKey != "" {
		o.BuyerKey = d.BuyerKey
		out.note("buyer")
	}
}

// mergeMoney takes over lines that were missing, amounts and refunds.
func mergeMoney(o *domain.Order, d *ingest.OrderDraft, src ids.Source, c codes, out *diff) error {
	firstLines := len(o.Lines) == 0 && len(d.Lines) > 0
	open := o.Audit != domain.AuditPassed && o.Closing == domain.ClosingOpen
	if firstLines {
		for i := range d.Lines {
			o.Lines = append(o.Lines, newLine(src, i+1, &d.Lines[i], c))
		}
		if o.Closing == domain.ClosingCancelled {
			for i := range o.Lines {
				o.Lines[i].CancelQty = o.Lines[i].Qty
			}
		}
		out.note("lines")
	}
	was := amountsOf(o)
	takeAmounts(o, d)
	now := amountsOf(o)
	switch {
	case now == was && !firstLines:
		return mergeLineRefunds(o, d, out)
	case now != was && !open && !firstLines && !o.External && o.Closing == domain.ClosingOpen:
		refundOnly := was
		refundOnly.refund = now.refund
		restore(o, refundOnly)
		if now != refundOnly {
			out.against = append(out.against, domain.Contradiction{Fact: "amount", Ours: was.net().String(), Theirs: now.net().String()})
		}
		if refundOnly != was {
			out.note("refund")
		}
		return mergeLineRefunds(o, d, out)
	}
	if now != was {
		out.note("amounts")
	}
	full := *d
	full.Has = mergeHas(o, d)
	if err := shareAmounts(o, &full); err != nil {
		return err
	}
	return mergeLineRefunds(o, d, out)
}

// mergeHas says which amounts are known once both files are read.
func mergeHas(o *domain.Order, d *ingest.OrderDraft) ingest.Fields {
	has := d.Has
	has.Paid = has.Paid || o.PaidFen != 0
	has.Total = has.Total || o.TotalFen != 0
	if len(d.Lines) == 0 {
		has.LineNet = false
	}
	return has
}

// mergeLineRefunds takes over what was given back on single lines before
// shipping, and lines closed on the platform.
func mergeLineRefunds(o *domain.Order, d *ingest.OrderDraft, out *diff) error {
	for i := range d.Lines {
		l := findLine(o, &d.Lines[i])
		if l == nil {
			continue
		}
		if d.Has.Refund && d.Lines[i].RefundFen > l.RefundFen && l.ShippedQty == 0 {
			l.RefundFen = min(d.Lines[i].RefundFen, l.NetFen)
			out.note("line_refund")
		}
		if d.Lines[i].Cancelled && l.Open() > 0 && l.ShippedQty == 0 && reservedOf(l) == 0 {
			l.CancelQty = l.Qty
			out.note("line_cancelled")
		}
	}
	return nil
}

func reservedOf(l *domain.Line) int64 {
	var n int64
	for _, p := range l.Parts {
		n += p.Reserved
	}
	return n
}

// findLine matches a draft line: by sub-order number, else by code, spec and occurrence.
func findLine(o *domain.Order, d *ingest.LineDraft) *domain.Line {
	for i := range o.Lines {
		l := &o.Lines[i]
		if d.SubNo != "" || l.SubNo != "" {
			if d.SubNo == l.SubNo {
				return l
			}
			continue
		}
		if l.Code == d.Code && l.PlatformSKU == d.PlatformSKU && l.Title == d.Title && l.Spec == d.Spec && l.Occurrence == max(d.Occurrence, 1) {
			return l
		}
	}
	return nil
}

// amounts are the order-level figures a file may carry.
type amounts struct {
	goods, freight, shop, platform, total, paid, refund money.Fen
}

func (a amounts) net() money.Fen { return a.paid + a.platform }

func amountsOf(o *domain.Order) amounts {
	return amounts{
		o.GoodsFen, o.FreightFen, o.ShopDiscountFen, o.PlatformDiscountFen, o.TotalFen, o.PaidFen, o.RefundFen,
	}
}

func restore(o *domain.Order, a amounts) {
	o.GoodsFen, o.FreightFen, o.ShopDiscountFen, o.PlatformDiscountFen = a.goods, a.freight, a.shop, a.platform
	o.TotalFen, o.PaidFen, o.RefundFen = a.total, a.paid, a.refund
}

// takeAmounts takes over what the layout holds. A closed order whose file says
// "paid 0" keeps what was paid: that zero is the refund's other side.
func takeAmounts(o *domain.Order, d *ingest.OrderDraft) {
	if d.Has.Amounts && d.GoodsFen != 0 {
		o.GoodsFen = d.GoodsFen
	}
	if d.Has.Freight {
		o.FreightFen = d.FreightFen
	}
	if d.Has.Discounts {
		o.ShopDiscountFen, o.PlatformDiscountFen = d.ShopDiscountFen, d.PlatformDiscountFen
	}
	if d.Has.Total && d.TotalFen != 0 {
		o.TotalFen = d.TotalFen
	}
	if d.Has.Refund && d.RefundFen > o.RefundFen {
		o.RefundFen = d.RefundFen
	}
	if d.Has.Paid {
		paid := d.PaidFen
		if d.PaidNet {
			paid += d.RefundFen
		}
		if paid != 0 {
			o.PaidFen = paid
		}
	}
}

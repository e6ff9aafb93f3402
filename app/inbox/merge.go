package inbox

import (
	"strconv"
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
//	payment, shipped, completed, cancelled  forward only, a step back is a contradiction; of a file
//	                                        that holds only some sub-orders they say nothing of the others
//	refund asked, platform waybill          follow the file
//	creation and payment time               filled when we have none; a presale's tail starts anew
//	receiver                                follows the file until it was fixed by hand or goods left
//	notes                                   follow the file when it has any
//	amounts                                 follow the file until the order is passed; then a
//	                                        different amount is a contradiction, a refund is taken over
//	lines                                   added, with their prices, until the order is passed; then a
//	                                        further line is a contradiction; a closed line is not shipped
func mergeDraft(o *domain.Order, d *ingest.OrderDraft, src ids.Source, c codes, promise domain.Promise) (diff, error) {
	var out diff
	pairs := pair(o, d)
	deposit := o.Payment == domain.PayDeposit
	res := o.Apply(pairs.facts(o, d), domain.Known{Payment: d.Has.Payment, Status: d.Has.Status})
	out.changed, out.against, out.cancel = res.Changed, res.Contradictions, res.Cancel
	fillTimes(o, d, deposit, &out)
	mergeReceiver(o, d, &out)
	mergeNotes(o, d, &out)
	if err := mergeMoney(o, d, pairs, src, c, &out); err != nil {
		return out, err
	}
	out.cancel = out.cancel || o.Closing == domain.ClosingOpen && o.AllClosed()
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

// fillTimes takes the payment time over. The tail of a presale is a payment of
// its own: the clock and the day of the sale are the tail's (rules.md §5.11).
func fillTimes(o *domain.Order, d *ingest.OrderDraft, deposit bool, out *diff) {
	tail := deposit && o.Payment == domain.PayPaid && d.PaidAt > o.PaidAt
	if (o.PaidAt == 0 || tail) && d.PaidAt != 0 {
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

// mergeMoney takes over lines that were missing, amounts and refunds. What has
// passed or left stands: there a different amount is a contradiction.
func mergeMoney(o *domain.Order, d *ingest.OrderDraft, p pairs, src ids.Source, c codes, out *diff) error {
	frozen := !o.External && (o.ShippedAt != 0 || o.Audit == domain.AuditPassed && o.Closing != domain.ClosingCancelled && !out.cancel)
	lines := mergeLines(o, d, &p, frozen, src, c, out)
	was := amountsOf(o)
	p.takeAmounts(o, d)
	now := amountsOf(o)
	switch {
	case now != was && frozen:
		refundOnly := was
		refundOnly.refund = now.refund
		restore(o, refundOnly)
		if now != refundOnly {
			out.against = append(out.against, domain.Contradiction{Fact: "amount", Ours: was.net().String(), Theirs: now.net().String()})
		}
		if refundOnly != was {
			out.note("refund")
		}
	case now != was || lines:
		if now != was {
			out.note("amounts")
		}
		full := *d
		full.Has = mergeHas(o, d)
		if err := shareNets(o, &full); err != nil {
			return err
		}
	}
	mergeLineRefunds(o, d, p, out)
	o.ShareRefund()
	return nil
}

// mergeLines adds the lines that we do not have and lets prices follow the file
// as long as nothing has passed. It tells whether lines or their nets changed.
func mergeLines(o *domain.Order, d *ingest.OrderDraft, p *pairs, frozen bool, src ids.Source, c codes, out *diff) bool {
	switch {
	case len(o.Lines) == 0 && len(d.Lines) > 0:
		for i := range d.Lines {
			o.Lines = append(o.Lines, newLine(src, i+1, &d.Lines[i], c))
		}
		if o.Closing == domain.ClosingCancelled {
			for i := range o.Lines {
				o.Lines[i].CancelQty = o.Lines[i].Qty
			}
		}
		out.note("lines")
		return true
	case o.External || o.Closing != domain.ClosingOpen || !p.sure:
		return false
	case frozen && len(p.extra) > 0:
		out.against = append(out.against, domain.Contradiction{
			Fact: "lines", Ours: strconv.Itoa(len(o.Lines)), Theirs: strconv.Itoa(len(o.Lines) + len(p.extra)),
		})
		return false
	case frozen:
		return false
	}
	changed := false
	for i, at := range p.line {
		if at >= 0 {
			changed = follow(&o.Lines[at], &d.Lines[i], d.Has.LineNet) || changed
		}
	}
	if changed {
		out.note("price")
	}
	for _, i := range p.extra {
		o.Lines = append(o.Lines, newLine(src, len(o.Lines)+1, &d.Lines[i], c))
	}
	if len(p.extra) > 0 {
		p.added = true
		out.note("lines")
	}
	return changed || p.added
}

// follow takes a line's price, and its pieces when we did not know them.
func follow(l *domain.Line, d *ingest.LineDraft, net bool) bool {
	before := *l
	if net {
		l.UnitFen, l.NetFen, l.PlatformFen = d.UnitFen, d.NetFen, d.PlatformFen
	}
	if !d.QtyUnknown && l.CancelQty == 0 {
		l.Qty, l.QtyUnknown = d.Qty, false
	}
	return l.UnitFen != before.UnitFen || l.NetFen != before.NetFen || l.PlatformFen != before.PlatformFen ||
		l.Qty != before.Qty || l.QtyUnknown != before.QtyUnknown
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
// shipping, and lines closed on the platform. A line that is told less than
// was shared to it gives the rest to those that are told more.
func mergeLineRefunds(o *domain.Order, d *ingest.OrderDraft, p pairs, out *diff) {
	var all money.Fen
	told := false
	for i, at := range p.line {
		if at < 0 {
			continue
		}
		l := &o.Lines[at]
		told = told || d.Lines[i].RefundFen > 0
		if d.Has.Refund && d.Lines[i].RefundFen > l.RefundFen && l.ShippedQty == 0 {
			l.RefundFen = min(d.Lines[i].RefundFen, l.NetFen)
			out.note("line_refund")
		}
		if d.Lines[i].Cancelled && l.Open() > 0 && l.ShippedQty == 0 {
			o.CloseLine(l)
			out.note("line_cancelled")
		}
	}
	for i := range o.Lines {
		all += o.Lines[i].RefundFen
	}
	over := all - o.RefundFen
	for i, at := range p.line {
		if at < 0 || over <= 0 || o.Lines[at].ShippedQty > 0 || !p.whole || !told {
			continue
		}
		if less := min(over, o.Lines[at].RefundFen-d.Lines[i].RefundFen); less > 0 {
			o.Lines[at].RefundFen -= less
			over -= less
		}
	}
	o.RefundFen += max(over, 0) // a file of some sub-orders tells theirs only
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

// takeAmounts takes over what the file says of the whole order. A file of some
// sub-orders that gives the amounts of these alone adds them for the lines that
// are new with it.
func (p *pairs) takeAmounts(o *domain.Order, d *ingest.OrderDraft) {
	if p.whole || !p.ownAmounts(d) {
		takeAmounts(o, d)
		return
	}
	if !p.added || len(p.extra) != len(d.Lines) {
		return // nothing new, or some of it known: the amounts cannot be told apart
	}
	o.GoodsFen += d.GoodsFen
	o.FreightFen += d.FreightFen
	o.ShopDiscountFen += d.ShopDiscountFen
	o.PlatformDiscountFen += d.PlatformDiscountFen
	o.TotalFen += d.TotalFen
	o.RefundFen += d.RefundFen
	o.PaidFen += d.PaidGrossFen()
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

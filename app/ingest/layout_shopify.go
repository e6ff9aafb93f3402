package ingest

import (
	"zhanggui/app/domain"
)

// Shopify orders_export.csv (FORMATS §1.11): only the first row of an order
// carries its facts; the rows below repeat Name and the line item (Q8d).

var shopifyPaid = words(
	say(stUnpaid, "pending", "authorized", "unpaid", "expired"),
	say(stDeposit, "partially_paid"),
	say(stPaid, "paid", "partially_refunded"),
	say(stRefunded, "refunded"),
	say(stDropped, "voided"),
	say(stNone, ""),
)

func shopifyOrders() *Layout {
	return &Layout{
		Key: "shopify_orders", Channel: "shopify", Kind: KindOrders, Group: GroupFirst, Marks: 3, hashNo: true,
		status: shopifyPaid,
		Columns: []Column{
			{Field: FOrder, Names: names("Name"), Required: true},
			{Field: FBuyer, Names: names("Email")},
			{Field: FStatus, Names: names("Financial Status"), Mark: true},
			{Field: FPaidAt, Names: names("Paid at"), Mark: true},
			{Field: FStatus2, Names: names("Fulfillment Status"), Mark: true},
			{Field: FShippedAt, Names: names("Fulfilled at"), Mark: true},
			{Field: FCurrency, Names: names("Currency")},
			{Field: FDue, Names: names("Subtotal"), Once: true},
			{Field: FFreight, Names: names("Shipping"), Once: true},
			{Field: FTax, Names: names("Taxes"), Once: true},
			{Field: FTotal, Names: names("Total"), Once: true},
			{Field: FShopDisc, Names: names("Discount Amount"), Once: true},
			{Field: FCreatedAt, Names: names("Created at")},
			{Field: FQty, Names: names("Lineitem quantity"), Required: true, Mark: true},
			{Field: FTitle, Names: names("Lineitem name"), Required: true, Mark: true},
			{Field: FUnit, Names: names("Lineitem price"), Mark: true},
			{Field: FCode, Names: names("Lineitem sku"), Mark: true},
			{Field: FLineDisc, Names: names("Lineitem discount")},
			{Field: FReceiver, Names: names("Shipping Name")},
			{Field: FReceiver, Names: names("Billing Name")},
			{Field: FAddress, Names: names("Shipping Street,Shipping Address1")},
			{Field: FAddress, Names: names("Billing Street,Billing Address1")},
			{Field: FCity, Names: names("Shipping City")},
			{Field: FPostcode, Names: names("Shipping Zip")},
			{Field: FProvince, Names: names("Shipping Province Name")},
			{Field: FProvince, Names: names("Shipping Province")},
			{Field: FCountry, Names: names("Shipping Country")},
			{Field: FPhone, Names: names("Shipping Phone")},
			{Field: FPhone, Names: names("Phone")},
			{Field: FPhone, Names: names("Billing Phone")},
			{Field: FBuyerNote, Names: names("Notes")},
			{Field: FCancelledAt, Names: names("Cancelled at")},
			{Field: FPayMethod, Names: names("Payment Method")},
			{Field: FRefund, Names: names("Refunded Amount"), Once: true},
		},
		Known: names("Accepts Marketing,Discount Code,Shipping Method,Lineitem compare at price,Lineitem requires shipping,Lineitem taxable," +
			"Lineitem fulfillment status,Billing Name,Billing Street,Billing Address1,Billing Address2,Billing Company,Billing City,Billing Zip," +
			"Billing Province,Billing Country,Billing Phone,Shipping Address1,Shipping Address2,Shipping Company,Shipping Province,Note Attributes," +
			"Payment Reference,Vendor,Outstanding Balance,Employee,Location,Device ID,Id,Tags,Risk Level,Source,Tax 1 Name,Tax 1 Value," +
			"Tax 2 Name,Tax 2 Value,Tax 3 Name,Tax 3 Value,Tax 4 Name,Tax 4 Value,Tax 5 Name,Tax 5 Value,Receipt Number,Duties," +
			"Billing Province Name,Payment ID,Payment Terms Name,Next Payment Due At,Payment References"),
		rules: rules{line: shopifyLine, facts: shopifyFacts, finish: finishShopify},
	}
}

// shopifyFacts reads the two status columns.
func shopifyFacts(r *row, _ *build, s said) (domain.PlatformFacts, lineFacts, bool) {
	cancelled := r.time(FCancelledAt) != 0
	if s.status == stNone && s.paidAt != 0 || s.status == stPaid {
		s.status = stPaid
		switch plainWord(r.text(FStatus2)) {
		case "fulfilled":
			s.status = stShipped
		case "partial":
			s.status = stPart
		case "", "unfulfilled", "restocked", "pending", "scheduled", "on_hold":
		default:
			return domain.PlatformFacts{}, lineFacts{}, false
		}
	}
	f, l := s.facts()
	if cancelled {
		f.Cancelled, f.Completed, l.cancelled = true, false, true
	}
	return f, l, true
}

func shopifyLine(r *row, b *build, l *LineDraft) {
	l.NetFen = r.times(l) - r.size(FLineDisc)
	if l.NetFen < 0 {
		r.fail(negativeSum, r.p.name(FLineDisc), l.NetFen.String())
	}
}

// finishShopify: lines have a net of their own only when no discount of the
// whole order is left to share (Σ lines = Subtotal).
func finishShopify(b *build, p *plan) {
	d := &b.d
	due := b.sum(p, FDue)
	d.Has.LineNet = p.has(FDue) && netSum(d.Lines) == due
	if !d.Has.LineNet {
		for i := range d.Lines {
			d.Lines[i].NetFen = 0
		}
	}
	if d.Facts.Payment != domain.PayUnpaid && d.Facts.Payment != domain.PayDeposit {
		d.PaidFen = d.TotalFen
	}
	d.Has.Paid = d.Has.Payment && d.Has.Total
}

package ingest

import (
	"strings"

	"zhanggui/app/ingest/sheet"
	"zhanggui/app/ingest/value"
)

// WooCommerce (FORMATS §1.11) in its three layouts. None names its currency.

var wooWords = words(
	say(stUnpaid, "pending", "pending payment", "on-hold", "on hold", "en attente paiement", "en attente de paiement", "en attente", "checkout-draft", "draft"),
	say(stPaid, "processing", "en cours", "traitement en cours"),
	say(stDone, "completed", "terminée", "terminé", "terminee"),
	say(stClosed, "cancelled", "canceled", "annulée", "annulé", "annulee"),
	say(stDropped, "failed", "échouée", "échoué", "echouee"),
	say(stRefunded, "refunded", "remboursée", "remboursé", "remboursee"),
)

// wooNumber drops the sign that one layout puts before the number.
func wooNumber(s string) string { return strings.TrimPrefix(s, "#") }

// wooLines is the plugin "Advanced Order Export": a row per line item, the
// order's amounts repeated.
func wooLines() *Layout {
	return &Layout{
		Key: "woo_lines", Channel: "woocommerce", Kind: KindOrders, Group: GroupRepeat, Marks: 4, hashNo: true,
		status: wooWords,
		Columns: []Column{
			{Field: FOrder, Names: names("Order Number"), Required: true},
			{Field: FStatus, Names: names("Order Status"), Mark: true},
			{Field: FCreatedAt, Names: names("Order Date"), Mark: true},
			{Field: FBuyerNote, Names: names("Customer Note"), Mark: true},
			{Field: FReceiver, Names: names("First Name (Shipping)")},
			{Field: FReceiver, Names: names("First Name (Billing)"), Mark: true},
			{Field: FLastName, Names: names("Last Name (Shipping)")},
			{Field: FLastName, Names: names("Last Name (Billing)")},
			{Field: FAddress, Names: names("Address 1&2 (Shipping)"), Mark: true},
			{Field: FAddress, Names: names("Address 1&2 (Billing)"), Mark: true},
			{Field: FCity, Names: names("City (Shipping)")},
			{Field: FCity, Names: names("City (Billing)")},
			{Field: FProvince, Names: names("State Code (Shipping)")},
			{Field: FPostcode, Names: names("Postcode (Shipping)")},
			{Field: FPostcode, Names: names("Postcode (Billing)")},
			{Field: FCountry, Names: names("Country Code (Shipping)")},
			{Field: FCountry, Names: names("Country Code (Billing)")},
			{Field: FBuyer, Names: names("Email (Billing)")},
			{Field: FPhone, Names: names("Phone (Billing)")},
			{Field: FPayMethod, Names: names("Payment Method Title")},
			{Field: FShopDisc, Names: names("Cart Discount Amount"), Mark: true, Once: true},
			{Field: FDue, Names: names("Order Subtotal Amount"), Mark: true, Once: true},
			{Field: FFreight, Names: names("Order Shipping Amount"), Mark: true, Once: true},
			{Field: FRefund, Names: names("Order Refund Amount"), Once: true},
			{Field: FTotal, Names: names("Order Total Amount"), Mark: true, Once: true},
			{Field: FTax, Names: names("Order Total Tax Amount"), Once: true},
			{Field: FCode, Names: names("SKU")},
			{Field: FTitle, Names: names("Item Name"), Required: true, Mark: true},
			{Field: FQty, Names: names("Quantity"), Required: true},
			{Field: FUnit, Names: names("Item Cost"), Mark: true},
		},
		Known: names("Company (Billing),State Code (Billing),Shipping Method Title,Item #,Coupon Code,Discount Amount,Discount Amount Tax"),
		rules: rules{number: wooNumber, finish: finishWoo, line: func(_ *row, b *build, _ *LineDraft) { b.blur = true }},
	}
}

// finishWoo: the file says the total; what was paid follows from the status.
func finishWoo(b *build, p *plan) {
	d := &b.d
	if !p.has(FPaid) && p.has(FTotal) && d.Facts.Payment != "unpaid" {
		d.PaidFen = d.TotalFen
		d.Has.Paid = true
	}
}

// wooLegacy is the older "Customer/Order CSV Export": a row per order, the
// items as name:…|sku:…|quantity:…|total:… joined with ";".
func wooLegacy() *Layout {
	return &Layout{
		Key: "woo_legacy", Channel: "woocommerce", Kind: KindOrders, Group: GroupRow, Marks: 3, hashNo: true,
		status: wooWords,
		Columns: []Column{
			{Field: FOrder, Names: names("order_number,order_id"), Required: true},
			{Field: FCreatedAt, Names: names("date,order_date")},
			{Field: FPaidAt, Names: names("paid_date")},
			{Field: FStatus, Names: names("status")},
			{Field: FFreight, Names: names("shipping_total"), Mark: true},
			{Field: FTax, Names: names("tax_total")},
			{Field: FShopDisc, Names: names("discount_total"), Mark: true},
			{Field: FTotal, Names: names("order_total"), Mark: true},
			{Field: FRefund, Names: names("refunded_total")},
			{Field: FCurrency, Names: names("order_currency")},
			{Field: FPayMethod, Names: names("payment_method_title,payment_method")},
			{Field: FBuyer, Names: names("customer_id")},
			{Field: FReceiver, Names: names("shipping_first_name")},
			{Field: FReceiver, Names: names("billing_first_name"), Mark: true},
			{Field: FLastName, Names: names("shipping_last_name")},
			{Field: FLastName, Names: names("billing_last_name")},
			{Field: FPhone, Names: names("billing_phone")},
			{Field: FAddress, Names: names("shipping_address_1")},
			{Field: FAddress, Names: names("billing_address_1")},
			{Field: FCity, Names: names("shipping_city")},
			{Field: FCity, Names: names("billing_city")},
			{Field: FProvince, Names: names("shipping_state")},
			{Field: FPostcode, Names: names("shipping_postcode")},
			{Field: FPostcode, Names: names("billing_postcode")},
			{Field: FCountry, Names: names("shipping_country")},
			{Field: FCountry, Names: names("billing_country")},
			{Field: FBuyerNote, Names: names("customer_note"), Mark: true},
			{Field: FGoodsList, Names: names("line_items"), Required: true, Mark: true},
		},
		Known: names("order_id,shipping_tax_total,cart_discount,order_discount,fee_total,shipping_method,billing_company,billing_email,billing_address_2," +
			"billing_state,shipping_company,shipping_address_2,shipping_items,fee_items,tax_items,coupons,order_notes,payment_method"),
		rules: rules{number: wooNumber, lines: wooItems, finish: func(b *build, p *plan) { b.d.Has.LineNet = true; finishWoo(b, p) }},
	}
}

// wooItems reads line_items. A cell in another form is read as a list of goods
// with counts ("Name x 2"); its lines have no amounts.
func wooItems(r *row, b *build, to []LineDraft) []LineDraft {
	s := r.text(FGoodsList)
	if !strings.Contains(s, "quantity:") {
		b.blur = true
		list := goodsList(s, 0)
		if len(list) == 0 {
			r.fail(badGoods, r.p.name(FGoodsList), "")
		}
		return r.listLines(list, 0, to)
	}
	for _, item := range itemStarts(s) {
		l, ok := wooItem(item)
		if !ok {
			r.fail(badGoods, r.p.name(FGoodsList), item)
			return to
		}
		l.Title, l.Code = r.share(l.Title), r.share(l.Code)
		to = append(to, l)
	}
	return to
}

// itemStarts cuts the cell where an item begins: names and meta values may hold
// ";" themselves.
func itemStarts(s string) []string {
	key := "name:"
	if strings.HasPrefix(strings.TrimSpace(s), "id:") {
		key = "id:"
	}
	var out []string
	for _, part := range strings.Split(s, ";") {
		if len(out) == 0 || strings.HasPrefix(strings.TrimSpace(part), key) {
			out = append(out, strings.TrimSpace(part))
			continue
		}
		out[len(out)-1] += ";" + part
	}
	return out
}

func wooItem(item string) (LineDraft, bool) {
	var l LineDraft
	ok := true
	amount := func(s string) fen {
		a, err := value.Amount(sheet.Cell{Text: s})
		ok = ok && err == nil
		return a.Fen
	}
	var subtotal fen
	for _, pair := range strings.Split(item, "|") {
		k, v, _ := strings.Cut(pair, ":")
		switch strings.TrimSpace(k) {
		case "name":
			l.Title = value.Text(sheet.Cell{Text: v})
		case "sku":
			l.Code = strings.TrimSpace(v)
		case "quantity":
			q, _, err := value.Quantity(sheet.Cell{Text: v})
			ok = ok && err == nil && q > 0
			l.Qty = q
		case "total":
			l.NetFen = amount(v)
		case "subtotal", "sub_total":
			subtotal = amount(v)
		case "refunded":
			l.RefundFen = magnitude(amount(v))
		}
	}
	if subtotal == 0 {
		subtotal = l.NetFen
	}
	if l.Qty > 0 && subtotal%fen(l.Qty) == 0 {
		l.UnitFen = subtotal / fen(l.Qty)
	}
	return l, ok && l.Qty > 0 && (l.Title != "" || l.Code != "") && l.NetFen >= 0
}

// wooAnalytics is Analytics > Orders, in the shop's language. It knows titles
// and counts, but neither codes nor receivers.
func wooAnalytics() *Layout {
	return &Layout{
		Key: "woo_analytics", Channel: "woocommerce", Kind: KindOrders, Group: GroupRow, Marks: 3, hashNo: true,
		status: wooWords,
		Columns: []Column{
			{Field: FCreatedAt, Names: names("Date")},
			{Field: FOrder, Names: names("Order #,Commande n°,Commande n º"), Required: true},
			{Field: FStatus, Names: names("Status,État")},
			{Field: FReceiver, Names: names("Customer,Client")},
			{Field: FGoodsList, Names: names("Product(s),Produit(s)"), Required: true, Mark: true},
			{Field: FTotalQty, Names: names("Items sold,Articles vendus"), Mark: true},
			{Field: FPaid, Names: names("Net sales,Ventes nettes"), Mark: true},
		},
		Known: names("Customer type,Type de client,Coupon(s),Code(s) promo,Attribution,N. Revenue,Net Sales (formatted)"),
		rules: rules{number: wooNumber, lines: wooProducts, finish: finishWooAnalytics},
	}
}

func wooProducts(r *row, b *build, to []LineDraft) []LineDraft {
	total, _ := r.qty(FTotalQty)
	list := goodsList(r.text(FGoodsList), 0)
	if len(list) == 0 {
		r.fail(badGoods, r.p.name(FGoodsList), "")
	}
	return r.listLines(list, total, to)
}

// finishWooAnalytics: net sales are goods without tax and freight; a single
// line takes them whole.
func finishWooAnalytics(b *build, p *plan) {
	d := &b.d
	if len(d.Lines) != 1 || d.PaidFen < 0 {
		return
	}
	d.Lines[0].NetFen = d.PaidFen
	d.Has.LineNet = p.has(FPaid)
}

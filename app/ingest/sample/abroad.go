package sample

import (
	"strings"

	"zhanggui/app/money"
)

const shopifyHeader = "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,Shipping,Taxes,Total,Discount Code," +
	"Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem compare at price,Lineitem sku," +
	"Lineitem requires shipping,Lineitem taxable,Lineitem fulfillment status,Billing Name,Billing Street,Billing Address1,Billing Address2," +
	"Billing Company,Billing City,Billing Zip,Billing Province,Billing Country,Billing Phone,Shipping Name,Shipping Street,Shipping Address1," +
	"Shipping Address2,Shipping Company,Shipping City,Shipping Zip,Shipping Province,Shipping Country,Shipping Phone,Notes,Note Attributes," +
	"Cancelled at,Payment Method,Payment Reference,Refunded Amount,Vendor,Outstanding Balance,Employee,Location,Device ID,Id,Tags,Risk Level," +
	"Source,Lineitem discount,Tax 1 Name,Tax 1 Value,Tax 2 Name,Tax 2 Value,Tax 3 Name,Tax 3 Value,Tax 4 Name,Tax 4 Value,Tax 5 Name," +
	"Tax 5 Value,Phone,Receipt Number,Duties,Billing Province Name,Shipping Province Name,Payment ID,Payment Terms Name,Next Payment Due At," +
	"Payment References"

var (
	shopifyMoney = word{"pending", "paid", "paid", "paid", "voided", "refunded"}
	shopifyGoods = word{"unfulfilled", "unfulfilled", "fulfilled", "fulfilled", "unfulfilled", "unfulfilled"}
)

// shopifyRows writes the order's facts on its first row only. A foreign shop
// has no platform discount: it is the shop's own here.
func shopifyRows(o *Order) []map[string]string {
	discount := o.ShopDiscountFen + o.PlatformDiscountFen
	var out []map[string]string
	for i, l := range o.Lines {
		r := map[string]string{
			"Name": o.Number, "Email": o.Buyer, "Created at": zoned(o.CreatedAt.String()), "Lineitem quantity": itoa(l.Qty), "Lineitem name": l.Title,
			"Lineitem price": l.UnitFen.String(), "Lineitem sku": l.Code, "Lineitem discount": "0.00",
		}
		if i == 0 {
			subtotal := o.GoodsFen() - discount
			for k, v := range map[string]string{
				"Financial Status": shopifyMoney.of(o), "Paid at": zoned(at(o.PaidAt, o.wasPaid())), "Fulfillment Status": shopifyGoods.of(o),
				"Fulfilled at": zoned(at(o.ShippedAt, o.sent())), "Currency": "CNY", "Subtotal": subtotal.String(), "Shipping": o.FreightFen.String(),
				"Taxes": "0.00", "Total": (subtotal + o.FreightFen).String(), "Discount Amount": discount.String(), "Shipping Name": o.Receiver,
				"Shipping Street": o.Address, "Shipping City": o.City, "Shipping Zip": "'" + o.Postcode, "Shipping Province": o.Province,
				"Shipping Country": o.Country, "Shipping Phone": "'" + o.Phone, "Notes": o.BuyerNote, "Refunded Amount": o.refunded(subtotal + o.FreightFen),
			} {
				r[k] = v
			}
		}
		out = append(out, r)
	}
	return out
}

func zoned(s string) string {
	if s == "" {
		return ""
	}
	return s + " +0800"
}

func (o *Order) refunded(all money.Fen) string {
	if o.State == Refunded {
		return all.String()
	}
	return "0.00"
}

const wooLineHeader = "Order Number,Order Status,Order Date,Customer Note,First Name (Billing),Last Name (Billing),Company (Billing),Address 1&2 (Billing)," +
	"City (Billing),State Code (Billing),Postcode (Billing),Country Code (Billing),Email (Billing),Phone (Billing),First Name (Shipping)," +
	"Last Name (Shipping),Address 1&2 (Shipping),City (Shipping),State Code (Shipping),Postcode (Shipping),Country Code (Shipping)," +
	"Payment Method Title,Cart Discount Amount,Order Subtotal Amount,Shipping Method Title,Order Shipping Amount,Order Refund Amount," +
	"Order Total Amount,Order Total Tax Amount,SKU,Item #,Item Name,Quantity,Item Cost,Coupon Code,Discount Amount,Discount Amount Tax"

var wooWord = word{"pending", "processing", "completed", "completed", "cancelled", "refunded"}

func wooLineRows(o *Order) []map[string]string {
	discount := o.ShopDiscountFen + o.PlatformDiscountFen
	total := o.GoodsFen() - discount + o.FreightFen
	first, last, _ := strings.Cut(o.Receiver, " ")
	var out []map[string]string
	for i, l := range o.Lines {
		out = append(out, map[string]string{
			"Order Number": o.Number, "Order Status": wooWord.of(o), "Order Date": o.CreatedAt.Minute(), "Customer Note": o.BuyerNote,
			"First Name (Billing)": first, "Last Name (Billing)": last, "Address 1&2 (Billing)": o.Address, "City (Billing)": o.City,
			"Postcode (Billing)": o.Postcode, "Country Code (Billing)": o.Country, "Email (Billing)": o.Buyer, "Phone (Billing)": o.Phone,
			"First Name (Shipping)": first, "Last Name (Shipping)": last, "Address 1&2 (Shipping)": o.Address, "City (Shipping)": o.City,
			"State Code (Shipping)": o.Province, "Postcode (Shipping)": o.Postcode, "Country Code (Shipping)": o.Country,
			"Cart Discount Amount": discount.String(), "Order Subtotal Amount": o.GoodsFen().String(), "Order Shipping Amount": o.FreightFen.String(),
			"Order Refund Amount": o.refunded(total), "Order Total Amount": total.String(), "Order Total Tax Amount": "0", "SKU": l.Code,
			"Item #": itoa(int64(i + 1)), "Item Name": l.Title, "Quantity": itoa(l.Qty), "Item Cost": l.UnitFen.String(),
		})
	}
	return out
}

const wooLegacyHeader = "order_id,order_number,date,status,shipping_total,shipping_tax_total,tax_total,cart_discount,order_discount,discount_total,order_total," +
	"payment_method,shipping_method,customer_id,billing_first_name,billing_last_name,billing_company,billing_email,billing_phone,billing_address_1," +
	"billing_address_2,billing_postcode,billing_city,billing_state,billing_country,shipping_first_name,shipping_last_name,shipping_address_1," +
	"shipping_address_2,shipping_postcode,shipping_city,shipping_state,shipping_country,shipping_company,customer_note,line_items,shipping_items," +
	"tax_items,coupons,order_notes"

func wooLegacyRow(o *Order) []map[string]string {
	var items []string
	for _, p := range o.parts() {
		items = append(items, "name:"+p.Title+"|sku:"+p.Code+"|quantity:"+itoa(p.Qty)+"|subtotal:"+p.gross().String()+"|total:"+p.due().String()+"|refunded:0.00|meta:")
	}
	first, last, _ := strings.Cut(o.Receiver, " ")
	discount := o.ShopDiscountFen + o.PlatformDiscountFen
	return []map[string]string{{
		"order_id": o.Number, "order_number": o.Number, "date": o.CreatedAt.String(), "status": wooWord.of(o), "shipping_total": o.FreightFen.String(),
		"discount_total": discount.String(), "order_total": (o.GoodsFen() - discount + o.FreightFen).String(), "payment_method": "Card",
		"customer_id": o.Buyer, "billing_first_name": first, "billing_last_name": last, "billing_phone": o.Phone, "shipping_first_name": first,
		"shipping_last_name": last, "shipping_address_1": o.Address, "shipping_postcode": o.Postcode, "shipping_city": o.City,
		"shipping_state": o.Province, "shipping_country": o.Country, "customer_note": o.BuyerNote, "line_items": strings.Join(items, ";"),
	}}
}

const wooAnalyticsHeader = "Date,Order #,Status,Customer,Customer type,Product(s),Items sold,Coupon(s),Net sales,Attribution"

func wooAnalyticsRow(o *Order) []map[string]string {
	var goods []string
	var pieces int64
	for _, l := range o.Lines {
		goods = append(goods, l.Title+" x "+itoa(l.Qty))
		pieces += l.Qty
	}
	return []map[string]string{{
		"Date": o.CreatedAt.Minute(), "Order #": "#" + o.Number, "Status": wooWord.of(o), "Customer": o.Receiver, "Customer type": "New",
		"Product(s)": strings.Join(goods, ", "), "Items sold": itoa(pieces), "Net sales": (o.GoodsFen() - o.ShopDiscountFen - o.PlatformDiscountFen).String(),
		"Attribution": "Direct",
	}}
}

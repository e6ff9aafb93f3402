package ingest

import (
	"strings"
	"sync"

	"zhanggui/app/ingest/value"
)

// allNames is every column name that some built-in layout or the list of
// common names knows.
var allNames = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for _, l := range builtIn {
		for k := range l.known {
			m[k] = true
		}
	}
	for _, list := range commonNames {
		for _, n := range list {
			m[value.HeaderKey(n)] = true
		}
	}
	return m
})

// commonNames are further names of a field that files of no known platform
// carry; they only suggest, the person decides.
var commonNames = map[Field][]string{
	FOrder:      names("订单号,订单编号,订单ID,单号,平台单号,线上订单号,order_sn,orderCode,Order ID,Order No,Order Number,Invoice,InvoiceNo,order-id"),
	FSub:        names("子订单号,子订单编号,商品单号,sub order"),
	FStatus:     names("订单状态,状态,交易状态,status,order status"),
	FAfter:      names("售后状态,退款状态"),
	FCreatedAt:  names("下单时间,订单创建时间,创建时间,订单时间,日期,date,order date,created at,InvoiceDate,purchase-date"),
	FPaidAt:     names("付款时间,支付时间,订单付款时间,paid at,date paid,payments-date"),
	FShippedAt:  names("发货时间,date shipped,shipped on date"),
	FShipBy:     names("最晚发货时间,承诺发货时间,promise-date"),
	FCode:       names("商家编码,商品编码,货号,SKU编码,SKU,SKU Code,StockCode,Custom Label,编码,外部编码,productCode"),
	FSKU:        names("商品ID,SKU ID,规格ID,Item Number"),
	FTitle:      names("商品名称,商品标题,商品,品名,名称,标题,Item Name,product-name,Description,Title,Product"),
	FSpec:       names("规格,商品规格,销售属性,属性,Variations"),
	FQty:        names("数量,商品数量,购买数量,件数,Quantity,Qty,quantity-purchased"),
	FUnit:       names("单价,商品单价,价格,售价,UnitPrice,Price,Unit Price"),
	FLineNet:    names("商品实付,实付金额(商品),Item Total,line total"),
	FGoods:      names("商品金额,商品总额,商品总价,Subtotal"),
	FFreight:    names("运费,邮费,快递费,Shipping,shipping-price"),
	FShopDisc:   names("店铺优惠,商家优惠,优惠金额"),
	FPlatDisc:   names("平台优惠,平台补贴"),
	FTotal:      names("订单金额,总金额,合计金额,订单总额,Total,Order Total"),
	FPaid:       names("实付金额,实付款,买家实付,支付金额,已付金额"),
	FRefund:     names("退款金额,Refund Amount"),
	FBuyer:      names("买家昵称,买家账号,会员名,用户名,客户编号,CustomerID,Buyer"),
	FReceiver:   names("收货人,收件人,收货人姓名,姓名,客户姓名,Ship Name,recipient-name"),
	FPhone:      names("手机号,联系电话,收货人电话,手机,电话,收件人手机,Phone,ship-phone-number"),
	FProvince:   names("省,省份,收货省份,ship-state"),
	FCity:       names("市,城市,收货城市,ship-city"),
	FDistrict:   names("区,区县,地区"),
	FAddress:    names("收货地址,详细地址,地址,收件地址,Address,ship-address-1"),
	FPostcode:   names("邮编,Postcode,Zip,ship-postal-code"),
	FCountry:    names("国家,Country,ship-country"),
	FBuyerNote:  names("买家留言,买家备注,留言,Note"),
	FSellerNote: names("卖家备注,商家备注,备注"),
	FWaybill:    names("快递单号,运单号,物流单号,Tracking"),
	FCourier:    names("快递公司,物流公司,Carrier"),
	FPayMethod:  names("支付方式,付款方式,Payment Method"),
	FShop:       names("店铺,店铺名称,Shop"),
	FCurrency:   names("币种,货币,Currency"),
}

// Suggest guesses a mapping of orders for a header: for each field the column
// whose name is known for it, else one that contains such a name. Name and
// payment are left for the person.
func Suggest(header []string) Mapping {
	m := Mapping{Kind: KindOrders, Columns: map[Field]string{}, HeaderKey: HeaderSet(header)}
	taken := map[string]bool{}
	for _, exact := range []bool{true, false} {
		for _, f := range mappable[KindOrders] {
			if m.Columns[f] != "" {
				continue
			}
			if h := guess(header, f, exact, taken); h != "" {
				m.Columns[f] = h
				taken[value.HeaderKey(h)] = true
			}
		}
	}
	return m
}

func guess(header []string, f Field, exact bool, taken map[string]bool) string {
	for _, n := range fieldNames()[f] {
		for _, h := range header {
			k := value.HeaderKey(h)
			if k == "" || taken[k] || reasonColumn(k) {
				continue
			}
			if k == n || !exact && len([]rune(n)) > 1 && strings.Contains(k, n) {
				return strings.TrimSpace(h)
			}
		}
	}
	return ""
}

// fieldNames are the names known for each field, common ones first.
var fieldNames = sync.OnceValue(func() map[Field][]string {
	m := map[Field][]string{}
	for f, list := range commonNames {
		for _, n := range list {
			m[f] = append(m[f], value.HeaderKey(n))
		}
	}
	for _, l := range builtIn {
		for _, c := range l.Columns {
			for _, n := range c.Names {
				m[c.Field] = append(m[c.Field], value.HeaderKey(n))
			}
		}
	}
	return m
})

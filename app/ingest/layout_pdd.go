package ingest

import (
	"regexp"
	"strconv"
	"time"

	"zhanggui/app/domain"
	"zhanggui/app/when"
)

// Pinduoduo (FORMATS §1.4): one goods kind per order.

var pddWords = words(
	say(stUnpaid, "待支付", "待付款", "未支付", "等待支付"),
	say(stPaid, "待发货", "待成团", "已支付", "已成团", "已成团，待发货", "拼单成功，待发货", "待分享", "待拼单"),
	say(stShipped, "已发货", "已发货，待收货", "已发货，待签收", "待收货"),
	say(stSigned, "已签收", "待评价"),
	say(stDone, "已收货", "交易成功", "已评价", "已完成"),
	say(stClosed, "已取消", "交易关闭", "已关闭", "已取消，未支付", "拼单失败"),
	say(stRefunded, "已取消，退款成功", "已发货，退款成功", "未发货，退款成功", "已收货，退款成功", "退款成功", "待发货，退款成功", "拼单失败，退款成功"),
	say(stAsked, "售后处理中", "退款中", "待发货，退款中", "未发货，退款中", "已发货，退款中", "已发货，售后处理中", "未发货，售后处理中"),
)

func pddOrders() *Layout {
	return &Layout{
		Key: "pdd_orders", Channel: "pdd", Kind: KindOrders, Group: GroupLines, Currency: "CNY", Marks: 3,
		status: pddWords,
		Columns: []Column{
			{Field: FOrder, Names: names("订单号"), Required: true},
			{Field: FTitle, Names: names("商品,商品名称"), Required: true},
			{Field: FStatus, Names: names("订单状态")},
			{Field: FGoods, Names: names("商品总价(元)"), Mark: true},
			{Field: FFreight, Names: names("邮费(元)"), Mark: true},
			{Field: FShopDisc, Names: names("店铺优惠折扣(元)"), Mark: true},
			{Field: FPlatDisc, Names: names("平台优惠折扣(元)"), Mark: true},
			{Field: FPlatDisc, Names: names("多多支付立减金额(元)"), Mark: true},
			{Field: FPaid, Names: names("用户实付金额(元)"), Mark: true},
			{Field: FReceived, Names: names("商家实收金额(元)"), Mark: true},
			{Field: FQty, Names: names("商品数量(件)"), Required: true, Mark: true},
			{Field: FShippedAt, Names: names("发货时间")},
			{Field: FCompletedAt, Names: names("确认收货时间")},
			{Field: FSKU, Names: names("样式ID,规格ID"), Mark: true},
			{Field: FSKU, Names: names("商品id")},
			{Field: FSpec, Names: names("商品规格")},
			{Field: FCode, Names: names("商家编码-规格维度,商家编码-SKU维度"), Mark: true},
			{Field: FCode, Names: names("商家编码-商品维度"), Mark: true},
			{Field: FSellerNote, Names: names("商家备注")},
			{Field: FBuyerNote, Names: names("买家留言")},
			{Field: FAfter, Names: names("售后状态")},
			{Field: FWaybill, Names: names("快递单号")},
			{Field: FCourier, Names: names("快递公司")},
			{Field: FCreatedAt, Names: names("订单创建时间,订单成交时间")},
			{Field: FPaidAt, Names: names("支付时间,拼单成功时间")},
			{Field: FShipBy, Names: names("承诺发货时间,最晚发货时间")},
			{Field: FProvince, Names: names("省")},
			{Field: FCity, Names: names("市")},
			{Field: FDistrict, Names: names("区")},
			{Field: FReceiver, Names: names("收货人")},
			{Field: FPhone, Names: names("手机")},
			{Field: FAddress, Names: names("详细地址")},
		},
		Known: names("订单成交时间,拼单成功时间,支付时间,商品id"),
		rules: rules{line: pddLine, finish: finishPDD},
	}
}

// pddLine: what the merchant gets, less the freight in it, is the net; the
// platform pays its discounts (FORMATS §1.4).
func pddLine(r *row, _ *build, l *LineDraft) {
	l.NetFen = r.sum(FGoods) - r.size(FShopDisc)
	if got := r.sum(FReceived); got != 0 {
		l.NetFen = got - r.sum(FFreight)
	}
	l.PlatformFen = min(r.size(FPlatDisc), l.NetFen)
	if l.Qty > 0 && r.sum(FGoods)%fen(l.Qty) == 0 {
		l.UnitFen = r.sum(FGoods) / fen(l.Qty)
	}
	if l.NetFen < 0 {
		r.fail(negativeSum, r.p.name(FReceived), l.NetFen.String())
	}
}

var pddNumber = regexp.MustCompile(`^(\d{2})(\d{2})(\d{2})-\d+$`)

// finishPDD: a lost date stands in the order number (FORMATS Q11). Exports
// without a payment time have the time of the deal, which is when it was paid.
func finishPDD(b *build, p *plan) {
	d := &b.d
	d.Has.LineNet = true
	if m := pddNumber.FindStringSubmatch(d.Number); m != nil && d.CreatedAt == 0 {
		if d.CreatedAt = dayOf(m[1], m[2], m[3]); d.CreatedAt != 0 {
			b.note("note.ingest.date_from_number", "order", d.Number, "day", d.CreatedAt.Day())
		}
	}
	if !p.has(FPaidAt) && d.Facts.Payment != domain.PayUnpaid {
		d.PaidAt = d.CreatedAt
	}
}

// dayOf is the first instant of a day of this century, 0 when there is no such day.
func dayOf(year, month, day string) when.Millis {
	y, _ := strconv.Atoi(year) // the pattern has made sure of digits
	m, _ := strconv.Atoi(month)
	d, _ := strconv.Atoi(day)
	at := when.At(2000+y, time.Month(m), d, 0, 0, 0)
	if t := at.Time(); m < 1 || m > 12 || int(t.Month()) != m || t.Day() != d {
		return 0
	}
	return at
}

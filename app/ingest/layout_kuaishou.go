package ingest

import "zhanggui/app/domain"

// Kuaishou (FORMATS §1.7): one row per goods line, amounts as ¥12.90.

var kuaishouWords = words(
	say(stUnpaid, "待付款", "待支付"),
	say(stPaid, "待发货", "已付款", "待成团"),
	say(stPart, "部分发货"),
	say(stShipped, "已发货", "待收货"),
	say(stSigned, "已收货", "已签收", "确认收货"),
	say(stDone, "交易成功", "交易完成", "已完成"),
	say(stClosed, "交易关闭", "交易失败", "已关闭", "已取消"),
)

func kuaishouOrders() *Layout {
	return &Layout{
		Key: "kuaishou_orders", Channel: "kuaishou", Kind: KindOrders, Group: GroupLines, Currency: "CNY", Marks: 3,
		status: kuaishouWords,
		Columns: []Column{
			{Field: FOrder, Names: names("订单号"), Required: true},
			{Field: FCreatedAt, Names: names("订单创建时间")},
			{Field: FPaidAt, Names: names("订单支付时间"), Mark: true},
			{Field: FStatus, Names: names("订单状态")},
			{Field: FPaid, Names: names("实付款"), Mark: true},
			{Field: FFreight, Names: names("快递费"), Mark: true},
			{Field: FShopDisc, Names: names("店铺优惠")},
			{Field: FShopDisc, Names: names("混资活动优惠")},
			{Field: FPlatDisc, Names: names("平台补贴"), Mark: true},
			{Field: FPlatDisc, Names: names("主播补贴"), Mark: true},
			{Field: FPlatDisc, Names: names("支付优惠")},
			{Field: FPayMethod, Names: names("支付方式")},
			{Field: FQty, Names: names("成交数量"), Required: true, Mark: true},
			{Field: FBuyerNote, Names: names("买家留言")},
			{Field: FSellerNote, Names: names("订单备注")},
			{Field: FFlag, Names: names("旗帜颜色")},
			{Field: FAfter, Names: names("售后状态")},
			{Field: FShipBy, Names: names("预售/承诺发货时间"), Mark: true},
			{Field: FTitle, Names: names("商品名称"), Required: true},
			{Field: FSKU, Names: names("商品ID")},
			{Field: FSpec, Names: names("商品规格")},
			{Field: FCode, Names: names("SKU编码")},
			{Field: FUnit, Names: names("商品单价")},
			{Field: FBuyer, Names: names("买家昵称,买家快手号")},
			{Field: FReceiver, Names: names("收货人姓名")},
			{Field: FPhone, Names: names("收货人电话")},
			{Field: FProvince, Names: names("收货地址-省"), Mark: true},
			{Field: FCity, Names: names("收货地址-市")},
			{Field: FDistrict, Names: names("收货地址-区")},
			{Field: FStreet, Names: names("收货地址-街道")},
			{Field: FAddress, Names: names("收货地址")},
			{Field: FShippedAt, Names: names("发货时间")},
			{Field: FCourier, Names: names("快递公司")},
			{Field: FWaybill, Names: names("快递单号")},
		},
		Known: names("活动订单,赠品订单号,活动订单编号,预售定金支付时间,账号类型,账号明细,订单载体,渠道,CPS达人ID,CPS达人昵称,预估推广佣金," +
			"预估推广者分佣比例,团长ID,团长昵称,快赚客ID,快赚客昵称,授权推广者ID,授权推广者昵称,物流信息,集运类型,直邮类型,仓库名称,仓库地址," +
			"实名姓名,服务门店ID,服务门店名称,服务门店地址,国补/类国补/消费券"),
		rules: rules{line: kuaishouLine, facts: kuaishouFacts, finish: func(b *build, _ *plan) { b.d.Has.LineNet = true }},
	}
}

// kuaishouFacts: an order closed without an after-sale was never paid, whatever
// time stands there (FORMATS §1.7).
func kuaishouFacts(_ *row, _ *build, s said) (domain.PlatformFacts, lineFacts, bool) {
	if s.status == stClosed && s.after == asNone && s.waybill == "" && s.paidAt == 0 {
		s.status = stDropped
	}
	f, l := s.facts()
	return f, l, true
}

func kuaishouLine(r *row, _ *build, l *LineDraft) {
	l.PlatformFen = r.size(FPlatDisc)
	l.NetFen = r.sum(FPaid) - r.sum(FFreight) + l.PlatformFen
	if l.NetFen < 0 {
		r.fail(negativeSum, r.p.name(FPaid), l.NetFen.String())
	}
}

package ingest

// WeChat shop (FORMATS §1.6): one row per goods line. Its status codes mislead
// (250 stands for "never paid" and for "paid, then refunded"), so a closed
// order is judged by payment time and refunds (rules.md §5.1.3).

var wechatWords = words(
	say(stUnpaid, "待付款", "10", "未付款"),
	say(stPaid, "待发货", "20", "已付款", "凑单买凑团中"),
	say(stPart, "部分发货", "21"),
	say(stShipped, "待收货", "30", "已发货"),
	say(stDone, "完成", "已完成", "100", "交易完成"),
	say(stClosed, "取消", "已取消", "250", "交易关闭", "已关闭", "全部商品售后之后，订单取消", "全部商品售后后订单取消", "未付款用户主动取消或超时未付款订单自动取消"),
)

func wechatOrders() *Layout {
	return &Layout{
		Key: "wechat_orders", Channel: "wechat", Kind: KindOrders, Group: GroupRepeat, Currency: "CNY", Marks: 3,
		status: wechatWords,
		Columns: []Column{
			{Field: FOrder, Names: names("订单号"), Required: true},
			{Field: FCreatedAt, Names: names("订单下单时间"), Mark: true},
			{Field: FShippedAt, Names: names("订单发货时间"), Mark: true},
			{Field: FCompletedAt, Names: names("订单确认收货时间"), Mark: true},
			{Field: FStatus, Names: names("订单状态")},
			{Field: FReceiver, Names: names("收件人姓名")},
			{Field: FAddress, Names: names("收件人地址")},
			{Field: FProvince, Names: names("省")},
			{Field: FCity, Names: names("市")},
			{Field: FDistrict, Names: names("区")},
			{Field: FPhone, Names: names("收件人手机")},
			{Field: FBuyerNote, Names: names("买家备注")},
			{Field: FSellerNote, Names: names("商家备注")},
			{Field: FFlag, Names: names("打标颜色"), Mark: true},
			{Field: FGoods, Names: names("商品总价"), Once: true},
			{Field: FPaid, Names: names("订单实际支付金额"), Mark: true, Once: true},
			{Field: FReceived, Names: names("订单实际收款金额"), Mark: true, Once: true},
			{Field: FFreight, Names: names("订单运费"), Once: true},
			{Field: FShopDisc, Names: names("商品优惠"), Once: true},
			{Field: FPlatDisc, Names: names("跨店优惠"), Mark: true, Once: true},
			{Field: FPlatDisc, Names: names("积分抵扣"), Once: true},
			{Field: FPayMethod, Names: names("支付方式")},
			{Field: FPaidAt, Names: names("支付时间")},
			{Field: FCourier, Names: names("物流公司")},
			{Field: FWaybill, Names: names("快递单号")},
			{Field: FShipBy, Names: names("承诺发货时间,最晚发货时间")},
			{Field: FTitle, Names: names("商品名称"), Required: true},
			{Field: FCode, Names: names("SKU编码(自定义)"), Mark: true},
			{Field: FCode, Names: names("商品编码(自定义)"), Mark: true},
			{Field: FSKU, Names: names("商品编码(平台)"), Mark: true},
			{Field: FSpec, Names: names("商品属性")},
			{Field: FUnit, Names: names("商品价格(单件)"), Mark: true},
			{Field: FLineNet, Names: names("商品实际价格(总共)"), Mark: true},
			{Field: FStage, Names: names("是否预售")},
			{Field: FQty, Names: names("商品数量"), Required: true},
			{Field: FLinePlat, Names: names("商品平台券优惠")},
			{Field: FAfter, Names: names("商品售后")},
			{Field: FLineRef, Names: names("商品已退款金额"), Mark: true},
		},
		Known: names("订单完成结算时间,发货方式,商品改价,交易单号,技术服务费,技术服务费（将以人气卡形式返还）,运费险预计投保费用,带货方式,带货账号类型," +
			"带货账号昵称,带货费用渠道,带货费用类型,带货费用,带货佣金率,礼物单号,商品实际价格(单件),商品平均运费,定制信息,定制预览图,商品发货"),
		rules: rules{line: wechatLine, finish: finishWechat},
	}
}

func wechatLine(r *row, _ *build, l *LineDraft) {
	l.NetFen = r.sum(FLineNet)
	l.PlatformFen = r.size(FLinePlat)
	if l.NetFen < 0 {
		r.fail(negativeSum, r.p.name(FLineNet), l.NetFen.String())
	}
}

// finishWechat settles whether 商品实际价格(总共) holds the platform's coupon
// already: the lines must make 订单实际收款金额 together with the freight. What
// the shop receives above the buyer's payment is the platform's part.
func finishWechat(b *build, p *plan) {
	d := &b.d
	d.Has.LineNet = p.has(FLineNet)
	var coupons fen
	for i := range d.Lines {
		coupons += d.Lines[i].PlatformFen
	}
	received := b.sum(p, FReceived)
	if coupons != 0 && (received == 0 || netSum(d.Lines)+d.FreightFen != received) {
		for i := range d.Lines {
			d.Lines[i].NetFen += d.Lines[i].PlatformFen
		}
	}
	if !p.has(FReceived) {
		return
	}
	b.platformPart(received)
	if d.PlatformDiscountFen != coupons {
		d.sharePlatform()
	}
}

package ingest

// Xiaohongshu (FORMATS §1.8): the sheet 包裹详情 has one row per SKU of a parcel.

var xhsWords = words(
	say(stUnpaid, "待付款", "已下单待付款", "待支付"),
	say(stPaid, "待发货", "已支付处理中", "已支付", "待配货", "清关中"),
	say(stPart, "部分发货"),
	say(stShipped, "已发货", "待收货", "待签收"),
	say(stSigned, "已签收"),
	say(stDone, "已完成", "交易完成"),
	say(stClosed, "已取消", "已关闭", "取消"),
	say(stAsked, "换货申请中"),
)

func xiaohongshuOrders() *Layout {
	return &Layout{
		Key: "xiaohongshu_orders", Channel: "xiaohongshu", Kind: KindOrders, Group: GroupLines, Currency: "CNY", Marks: 3,
		status: xhsWords,
		Columns: []Column{
			{Field: FOrder, Names: names("订单号"), Required: true},
			{Field: FStatus, Names: names("订单状态")},
			{Field: FAfter, Names: names("售后状态")},
			{Field: FStage, Names: names("订单类型")},
			{Field: FReceiver, Names: names("收件人姓名")},
			{Field: FPhone, Names: names("收件人电话")},
			{Field: FAddress, Names: names("收件人地址")},
			{Field: FProvince, Names: names("省")},
			{Field: FCity, Names: names("市")},
			{Field: FDistrict, Names: names("区")},
			{Field: FSKU, Names: names("规格ID"), Mark: true},
			{Field: FSKU, Names: names("小红书编码"), Mark: true},
			{Field: FTitle, Names: names("商品名称")},
			{Field: FTitle, Names: names("SKU名称"), Required: true, Mark: true},
			{Field: FSpec, Names: names("SKU规格"), Mark: true},
			{Field: FQty, Names: names("SKU件数"), Required: true, Mark: true},
			{Field: FGift, Names: names("是否为赠品"), Mark: true},
			{Field: FGoods, Names: names("商品总价(元)")},
			{Field: FPaid, Names: names("用户应付金额(元)"), Mark: true},
			{Field: FPlatDisc, Names: names("平台优惠(元)")},
			{Field: FShopDisc, Names: names("店铺优惠(元)")},
			{Field: FPlatDisc, Names: names("支付渠道优惠(元)")},
			{Field: FReceived, Names: names("商家应收金额(元)（支付金额）"), Mark: true},
			{Field: FPayMethod, Names: names("支付方式")},
			{Field: FPaidAt, Names: names("支付时间")},
			{Field: FFreight, Names: names("包裹总运费(元)"), Mark: true, Once: true},
			{Field: FCourier, Names: names("快递公司")},
			{Field: FWaybill, Names: names("快递单号")},
			{Field: FCreatedAt, Names: names("订单创建时间")},
			{Field: FShipBy, Names: names("预售订单截止发货时间")},
			{Field: FShipBy, Names: names("承诺发货时间")},
			{Field: FShippedAt, Names: names("订单发货时间")},
			{Field: FCompletedAt, Names: names("订单完成时间")},
			{Field: FBuyerNote, Names: names("用户备注")},
			{Field: FSellerNote, Names: names("包裹备注信息")},
			{Field: FFlag, Names: names("包裹备注标记")},
			{Field: FShop, Names: names("店铺名称")},
			{Field: FBuyer, Names: names("用户编号")},
			{Field: FCode, Names: names("商家编码")},
			{Field: FCode, Names: names("条形码")},
		},
		Known: names("订单标记,区域编码,达人ID,达人名称,发票/Invoice,SKU商家改价(元),支付渠道订单号,支付期数,利息费用,手续费承担方,sku净重(kg)," +
			"包裹总净重(kg),发货链接,大头笔/Paint Marker,集包地/Express Extend 1,三段码/Express Extend 2,订购人身份证姓名/ID Name," +
			"订购人身份证号/ID Number,收件人身份证姓名,收件人身份证号,预售订单开始发货时间,发货仓库,确认收货类型,是否延迟收货,异常原因," +
			"运费模版名称,物流方案名称,第三方机构订单号,国补模式,供应商id,供应商名称,商品ID"),
		rules: rules{line: xhsLine, finish: finishXHS},
	}
}

// xhsLine: what the merchant receives for the SKU, the platform's part included.
func xhsLine(r *row, b *build, l *LineDraft) {
	b.bases = append(b.bases, r.sum(FGoods)-r.size(FShopDisc))
	l.PlatformFen = r.size(FPlatDisc)
	l.NetFen = r.sum(FReceived)
	if !r.p.has(FReceived) {
		l.NetFen = r.sum(FPaid) + l.PlatformFen
	}
	if l.Qty > 0 && r.sum(FGoods)%fen(l.Qty) == 0 {
		l.UnitFen = r.sum(FGoods) / fen(l.Qty)
	}
	if l.NetFen < 0 {
		r.fail(negativeSum, r.p.name(FReceived), l.NetFen.String())
	}
}

// finishXHS settles where the freight is: when the receivables are goods less
// the shop's discounts plus freight they hold it, and the lines get their goods
// only; otherwise it is no money of the shop.
func finishXHS(b *build, p *plan) {
	d := &b.d
	d.Has.LineNet = true
	b.platformPart(b.sum(p, FReceived))
	if d.FreightFen == 0 {
		return
	}
	if !p.has(FGoods) || len(b.bases) != len(d.Lines) || netSum(d.Lines) != d.GoodsFen-d.ShopDiscountFen+d.FreightFen {
		d.FreightFen, d.Has.Freight = 0, false
		return
	}
	for i := range d.Lines {
		d.Lines[i].NetFen = b.bases[i]
	}
}

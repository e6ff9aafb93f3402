package ingest

// Youzan (FORMATS §1.9): one row per order, all goods in one cell; the column
// 分销员 stands twice.

var youzanWords = words(
	say(stUnpaid, "待付款", "等待买家付款", "待支付"),
	say(stPaid, "待发货", "等待商家发货", "待接单", "待成团", "已付款", "待核销", "待自提", "等待卖家发货"),
	say(stPart, "部分发货"),
	say(stShipped, "已发货", "商家已发货", "卖家已发货", "待收货", "等待买家收货", "商家已发货，等待买家收货"),
	say(stSigned, "已签收", "买家已签收"),
	say(stDone, "交易完成", "交易成功", "已完成"),
	say(stClosed, "交易关闭", "已关闭", "已取消"),
)

func youzanOrders() *Layout {
	return &Layout{
		Key: "youzan_orders", Channel: "youzan", Kind: KindOrders, Group: GroupRow, Currency: "CNY", Marks: 2,
		status: youzanWords,
		Columns: []Column{
			{Field: FOrder, Names: names("订单号"), Required: true},
			{Field: FShop, Names: names("归属店铺")},
			{Field: FStage, Names: names("订单类型")},
			{Field: FStatus, Names: names("订单状态")},
			{Field: FCreatedAt, Names: names("订单创建时间")},
			{Field: FPaidAt, Names: names("买家付款时间"), Mark: true},
			{Field: FCompletedAt, Names: names("交易成功时间")},
			{Field: FPayMethod, Names: names("付款方式")},
			{Field: FGoods, Names: names("商品金额合计"), Mark: true},
			{Field: FFreight, Names: names("运费")},
			{Field: FShopDisc, Names: names("店铺优惠合计"), Mark: true},
			{Field: FTotal, Names: names("应收订单金额"), Mark: true},
			{Field: FPaid, Names: names("订单实付金额"), Mark: true},
			{Field: FPlatDisc, Names: names("支付优惠合计")},
			{Field: FReceived, Names: names("订单实收金额")},
			{Field: FGoodsList, Names: names("全部商品名称"), Required: true, Mark: true},
			{Field: FGoodsKinds, Names: names("商品种类数"), Mark: true},
			{Field: FTotalQty, Names: names("商品总件数")},
			{Field: FProvince, Names: names("收货人省份")},
			{Field: FCity, Names: names("收货人城市")},
			{Field: FDistrict, Names: names("收货人地区")},
			{Field: FAddress, Names: names("详细收货地址/提货地址"), Mark: true},
			{Field: FReceiver, Names: names("收货人/提货人"), Mark: true},
			{Field: FPhone, Names: names("收货人手机号/提货人手机号"), Mark: true},
			{Field: FPhone, Names: names("买家手机号")},
			{Field: FBuyerNote, Names: names("买家备注")},
			{Field: FFlag, Names: names("订单星级")},
			{Field: FBuyer, Names: names("买家昵称")},
			{Field: FAfter, Names: names("订单退款状态")},
			{Field: FRefund, Names: names("订单已退款金额")},
			{Field: FSellerNote, Names: names("商家订单备注")},
			{Field: FWaybill, Names: names("快递单号,物流单号")},
			{Field: FCourier, Names: names("物流公司,快递公司")},
		},
		Known: names("销售渠道,推广方式,订单来源,支付流水号,订单抵用积分数,店铺优惠方式,支付优惠方式,订单配送方式,同城送达时间/提货时间,买家是否会员," +
			"下单网点,收银员,分销员,销售导购,专属导购,桌号,挂账主体,挂账手机号,团长订单,订单风险标签,分销员手机号,分销员所属店铺,分销员所属团队," +
			"分销员所属分组,分销员等级,订单佣金类型,订单佣金金额,订单下级卖货提成类型,订单下级卖货提成金额"),
		rules: rules{lines: youzanLines, finish: finishYouzan},
	}
}

func youzanLines(r *row, b *build, to []LineDraft) []LineDraft {
	kinds, _ := r.qty(FGoodsKinds)
	total, _ := r.qty(FTotalQty)
	list := goodsList(r.text(FGoodsList), kinds)
	if len(list) == 0 {
		r.fail(badGoods, r.p.name(FGoodsList), "")
	}
	return r.listLines(list, total, to)
}

// finishYouzan: what the shop does not receive of the payment discounts is its
// own cost. A single line takes the whole net of the order.
func finishYouzan(b *build, p *plan) {
	d := &b.d
	if received := b.sum(p, FReceived); received > 0 && d.PaidFen > 0 {
		all := d.ShopDiscountFen + d.PlatformDiscountFen
		b.platformPart(received)
		d.ShopDiscountFen = all - d.PlatformDiscountFen
	}
	if len(d.Lines) != 1 || !p.has(FGoods) {
		return
	}
	l := &d.Lines[0]
	l.NetFen, l.PlatformFen = d.GoodsFen-d.ShopDiscountFen, d.PlatformDiscountFen
	if l.Qty > 0 && d.GoodsFen%fen(l.Qty) == 0 {
		l.UnitFen = d.GoodsFen / fen(l.Qty)
	}
	d.Has.LineNet = l.NetFen >= 0
}

package ingest

// Taobao and Tmall (FORMATS §1.1, §1.2). The order report has one row per order
// and no goods; the goods report brings the lines of the same orders.

var taobaoWords = words(
	say(stUnpaid, "等待买家付款", "等待付款", "没有创建支付宝交易", "买家未付款"),
	say(stPaid, "买家已付款，等待卖家发货", "等待卖家发货", "等待发货", "付款确认中"),
	say(stPart, "部分发货", "卖家部分发货", "卖家部分发货，等待买家确认"),
	say(stShipped, "卖家已发货，等待买家确认", "卖家已发货", "等待买家确认收货", "等待买家确认"),
	say(stSigned, "买家已签收", "买家已签收，等待交易成功"),
	say(stDone, "交易成功"),
	say(stClosed, "交易关闭"),
	say(stDropped, "交易被淘宝关闭", "付款以前，卖家或买家主动关闭交易"),
	say(stRefunded, "付款以后用户退款成功，交易自动关闭"),
)

// taobaoOrders is ExportOrderList: 2017 (46 columns), 2018 (54, 56), 2021 and
// the new export with chosen columns of 2024–26.
func taobaoOrders() *Layout {
	return &Layout{
		Key: "taobao_orders", Channel: "tmall", Kind: KindOrders, Group: GroupRow, Currency: "CNY", Marks: 2,
		status: taobaoWords,
		Columns: []Column{
			{Field: FOrder, Names: names("订单编号"), Required: true},
			{Field: FBuyer, Names: names("买家会员名"), Mark: true},
			{Field: FDue, Names: names("买家应付货款"), Mark: true},
			{Field: FFreight, Names: names("买家应付邮费"), Mark: true},
			{Field: FTotal, Names: names("总金额")},
			{Field: FPaid, Names: names("买家实付金额,买家实际支付金额"), Mark: true},
			{Field: FStatus, Names: names("订单状态")},
			{Field: FBuyerNote, Names: names("买家留言")},
			{Field: FReceiver, Names: names("收货人姓名")},
			{Field: FAddress, Names: names("修改后的收货地址")},
			{Field: FAddress, Names: names("收货地址")},
			{Field: FPhone, Names: names("联系手机")},
			{Field: FPhone, Names: names("联系电话")},
			{Field: FCreatedAt, Names: names("订单创建时间")},
			{Field: FPaidAt, Names: names("订单付款时间"), Mark: true},
			{Field: FShippedAt, Names: names("发货时间")},
			{Field: FCompletedAt, Names: names("确认收货时间")},
			{Field: FShipBy, Names: names("承诺发货时间,最晚发货时间")},
			{Field: FGoodsKinds, Names: names("宝贝种类"), Mark: true},
			{Field: FTotalQty, Names: names("宝贝总数量"), Mark: true},
			{Field: FWaybill, Names: names("物流单号")},
			{Field: FCourier, Names: names("物流公司")},
			{Field: FSellerNote, Names: names("商家备忘")},
			{Field: FSellerNote, Names: names("订单备注")},
			{Field: FShop, Names: names("店铺名称")},
			{Field: FClose, Names: names("订单关闭原因"), Mark: true},
			{Field: FStage, Names: names("分阶段订单信息")},
			{Field: FStage, Names: names("预售订单")},
			{Field: FPlatDisc, Names: names("天猫卡券抵扣")},
			{Field: FPlatDisc, Names: names("集分宝抵扣")},
			{Field: FRefund, Names: names("退款金额")},
			{Field: FReleased, Names: names("确认收货打款金额,打款商家金额"), Mark: true},
		},
		Known: names("买家支付宝账号,支付单号,支付详情,买家支付积分,返点积分,买家实际支付积分,运送方式,宝贝标题,商品标题,店铺Id,卖家服务费,买家服务费," +
			"发票抬头,是否手机订单,特权订金订单id,是否上传合同照片,是否上传小票,是否代付,定金排名,修改后的sku,异常信息,是否是O2O交易," +
			"新零售交易类型,新零售导购门店名称,新零售导购门店id,新零售发货门店名称,新零售发货门店id,预约门店,含应开票给个人的个人红包," +
			"直播返现状态,返现金额,延迟发货自动赔付金额"),
		rules: rules{finish: finishTaobao},
	}
}

// finishTaobao settles what the amounts of the order report mean: after a
// refund 买家实际支付金额 is what is left of the payment.
func finishTaobao(b *build, p *plan) {
	d := &b.d
	if p.has(FDue) {
		due := b.sum(p, FDue)
		d.GoodsFen = due
		if !p.has(FTotal) {
			d.TotalFen = due + d.FreightFen
		}
	}
	d.PaidNet = d.RefundFen > 0 && p.has(FTotal) && d.PaidFen < d.TotalFen && d.PaidFen+d.RefundFen == d.TotalFen
	if d.PaidGrossFen() == d.TotalFen {
		d.PlatformDiscountFen = 0 // the coupons are in the paid amount already
	}
}

// taobaoItems is ExportOrderDetailList: the old report of ten columns and the
// new one with a row per sub-order.
func taobaoItems() *Layout {
	return &Layout{
		Key: "taobao_items", Channel: "tmall", Kind: KindLines, Group: GroupLines, Currency: "CNY", Marks: 2,
		status: taobaoWords,
		Columns: []Column{
			{Field: FOrder, Names: names("主订单编号,订单编号"), Required: true},
			{Field: FSub, Names: names("子订单编号"), Mark: true},
			{Field: FTitle, Names: names("标题,商品标题"), Required: true},
			{Field: FUnit, Names: names("商品价格,价格")},
			{Field: FQty, Names: names("购买数量"), Required: true, Mark: true},
			{Field: FCode, Names: names("商家编码")},
			{Field: FCode, Names: names("外部系统编号"), Mark: true},
			{Field: FSKU, Names: names("商品ID")},
			{Field: FSpec, Names: names("商品属性"), Mark: true},
			{Field: FSellerNote, Names: names("备注")},
			{Field: FStatus, Names: names("订单状态")},
			{Field: FLineNet, Names: names("买家应付货款")},
			{Field: FPaid, Names: names("买家实付金额,买家实际支付金额")},
			{Field: FAfter, Names: names("退款状态")},
			{Field: FLineRef, Names: names("退款金额")},
			{Field: FCreatedAt, Names: names("订单创建时间")},
			{Field: FPaidAt, Names: names("订单付款时间")},
			{Field: FShippedAt, Names: names("发货时间")},
			{Field: FCompletedAt, Names: names("确认收货时间")},
			{Field: FWaybill, Names: names("物流单号")},
			{Field: FCourier, Names: names("物流公司")},
		},
		Known: names("套餐信息,支付单号,是否主动赔付,主动赔付金额,主动赔付出账时间"),
		rules: rules{line: taobaoLine, finish: finishItems},
	}
}

// finishItems leaves the amounts of the whole order to the order report.
func finishItems(b *build, p *plan) {
	d := &b.d
	d.Has.LineNet = p.has(FLineNet)
	d.Has.Amounts, d.Has.Total, d.Has.Paid = false, false, false
	d.GoodsFen, d.PaidFen = 0, 0
}

// taobaoLine: a sub-order that costs nothing is a gift, unless it is closed.
func taobaoLine(r *row, b *build, l *LineDraft) {
	l.NetFen = r.sum(FLineNet)
	if l.NetFen < 0 {
		r.fail(negativeSum, r.p.name(FLineNet), l.NetFen.String())
	}
	closed := r.p.lay.status[plainWord(r.text(FStatus))]
	l.Gift = l.Gift || r.p.has(FLineNet) && l.NetFen == 0 && closed != stClosed && closed != stDropped && closed != stRefunded
}

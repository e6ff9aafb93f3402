package ingest

import "strings"

// JD (FORMATS §1.3): one row per goods line, the order's amounts repeated on
// each; newer exports are chosen subsets of these columns. There is no waybill
// and no amount per line.

var jdWords = words(
	say(stUnpaid, "等待付款", "等待付款确认", "等待分期付款", "延迟付款确认", "未付款"),
	say(stPaid, "等待出库", "等待发货", "正在出库", "等待打印", "等待审核", "调度中", "暂停", "配货中", "商品退库"),
	say(stPart, "部分出库", "部分发货"),
	say(stShipped, "等待确认收货", "已出库", "已发货", "等待收货", "货到付款等待确认收货"),
	say(stDone, "完成", "已完成", "等待回款", "交易完成"),
	say(stClosed, "已取消", "取消", "锁定取消", "已关闭", "交易关闭"),
)

func jdOrders() *Layout {
	return &Layout{
		Key: "jd_orders", Channel: "jd", Kind: KindOrders, Group: GroupRepeat, Currency: "CNY", Marks: 3,
		status: jdStatus(),
		Columns: []Column{
			{Field: FOrder, Names: names("订单号,订单编号"), Required: true},
			{Field: FSKU, Names: names("商品ID,商品编号"), Mark: true},
			{Field: FTitle, Names: names("商品名称"), Required: true},
			{Field: FQty, Names: names("订购数量"), Required: true, Mark: true},
			{Field: FPayMethod, Names: names("支付方式")},
			{Field: FCreatedAt, Names: names("下单时间")},
			{Field: FUnit, Names: names("京东价"), Mark: true},
			{Field: FTotal, Names: names("订单金额"), Once: true},
			{Field: FReceived, Names: names("结算金额"), Mark: true, Once: true},
			{Field: FPaid, Names: names("余额支付"), Mark: true, Once: true},
			{Field: FPaid, Names: names("应付金额"), Once: true},
			{Field: FStatus, Names: names("订单状态")},
			{Field: FBuyer, Names: names("下单帐号,下单账号"), Mark: true},
			{Field: FReceiver, Names: names("客户姓名"), Mark: true},
			{Field: FAddress, Names: names("客户地址"), Mark: true},
			{Field: FPhone, Names: names("联系电话")},
			{Field: FBuyerNote, Names: names("订单备注")},
			{Field: FSellerNote, Names: names("商家备注")},
			{Field: FFlag, Names: names("商家备注等级（等级1-5为由高到低）"), Mark: true},
			{Field: FFreight, Names: names("运费金额"), Once: true},
			{Field: FPaidAt, Names: names("付款确认时间"), Mark: true},
			{Field: FCode, Names: names("商家SKUID")},
			{Field: FCode, Names: names("货号")},
			{Field: FCompletedAt, Names: names("订单完成时间")},
		},
		Known: names("订单类型,发票类型,发票抬头,发票内容,增值税发票,订单来源,订单渠道,送装服务,服务费,仓库id,仓库名称"),
		rules: rules{line: func(_ *row, b *build, _ *LineDraft) { b.blur = true }, finish: finishJD},
	}
}

// jdStatus adds the forms in brackets: a locked order waits for a decision on
// its cancelling, a deleted one never lived.
func jdStatus() map[string]stance {
	m := map[string]stance{}
	for w, s := range jdWords {
		m[w] = s
		m["(删除)"+w] = stClosed
		m["(锁定)"+w] = stAsked
		if s == stUnpaid {
			m["(删除)"+w], m["(锁定)"+w] = stDropped, stUnpaid
		}
		if s == stShipped || s == stDone {
			m["(锁定)"+w] = s
		}
	}
	return m
}

// finishJD: what the shop gets is 结算金额. What is missing to 订单金额 are its
// own discounts; what the buyer pays less than it, the platform's.
func finishJD(b *build, p *plan) {
	d := &b.d
	if got := b.sum(p, FReceived); got > 0 && p.has(FTotal) && got < d.TotalFen {
		d.ShopDiscountFen = d.TotalFen - got
	}
	b.platformPart(b.sum(p, FReceived))
	if strings.Contains(d.Facts.Words, "锁定") {
		d.Facts.RefundAsked = true
	}
}

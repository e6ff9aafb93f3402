package sample

import (
	"strconv"

	"zhanggui/app/money"
	"zhanggui/app/when"
)

// forms holds every layout that can be written.
var forms = map[string]form{
	"taobao_orders":      {columns(taobaoOrderHeader), taobaoOrder, gbkCSV},
	"taobao_items":       {columns(taobaoItemHeader), taobaoItems, gbkCSV},
	"jd_orders":          {columns(jdHeader), jdRows, commaCSV},
	"pdd_orders":         {columns(pddHeader), pddRows, bomCSV},
	"douyin_orders":      {columns(douyinHeader), douyinRows, bomCSV},
	"wechat_orders":      {columns(wechatHeader), wechatRows, workbook("Sheet1")},
	"kuaishou_orders":    {columns(kuaishouHeader), kuaishouRows, workbook("订单")},
	"xiaohongshu_orders": {columns(xhsHeader), xhsRows, workbook("包裹详情")},
	"youzan_orders":      {columns(youzanHeader), youzanRow, plainCSV},
	"shopify_orders":     {columns(shopifyHeader), shopifyRows, plainCSV},
	"woo_lines":          {columns(wooLineHeader), wooLineRows, plainCSV},
	"woo_legacy":         {columns(wooLegacyHeader), wooLegacyRow, plainCSV},
	"woo_analytics":      {columns(wooAnalyticsHeader), wooAnalyticsRow, plainCSV},
}

// word picks a platform's status word by state.
type word [6]string

func (w word) of(o *Order) string { return w[o.State] }

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

// at prints a time that is only there when it happened.
func at(m when.Millis, happened bool) string {
	if !happened {
		return ""
	}
	return m.String()
}

func (o *Order) waybill() string {
	if !o.sent() {
		return ""
	}
	return o.Waybill
}

func (o *Order) courier() string {
	if !o.sent() {
		return ""
	}
	return o.Courier
}

func (o *Order) payMethod(online string) string {
	if o.COD {
		return "货到付款"
	}
	return online
}

const taobaoOrderHeader = "订单编号,买家会员名,买家支付宝账号,支付单号,支付详情,买家应付货款,买家应付邮费,买家支付积分,总金额,返点积分,买家实际支付金额,买家实际支付积分," +
	"订单状态,买家留言,收货人姓名,收货地址 ,运送方式,联系电话 ,联系手机,订单创建时间,订单付款时间 ,宝贝标题 ,宝贝种类 ,物流单号 ,物流公司,订单备注,宝贝总数量," +
	"店铺Id,店铺名称,订单关闭原因,卖家服务费,买家服务费,发票抬头,是否手机订单,分阶段订单信息,特权订金订单id,是否上传合同照片,是否上传小票,是否代付,定金排名," +
	"修改后的sku,修改后的收货地址,异常信息,天猫卡券抵扣,集分宝抵扣,是否是O2O交易,新零售交易类型,新零售导购门店名称,新零售导购门店id,新零售发货门店名称," +
	"新零售发货门店id,退款金额,预约门店,确认收货时间,打款商家金额,含应开票给个人的个人红包"

var taobaoWord = word{"等待买家付款", "买家已付款，等待卖家发货", "卖家已发货，等待买家确认", "交易成功", "交易关闭", "交易关闭"}

func taobaoOrder(o *Order) []map[string]string {
	paid, refund, reason, released := money.Fen(0), money.Fen(0), "订单未关闭", "0元"
	switch {
	case o.State == Refunded:
		refund, reason = o.PaidFen(), "退款"
	case o.State == Closed:
		reason = "买家未付款"
	case o.wasPaid():
		paid = o.PaidFen()
	}
	if o.State == Completed {
		released = o.PaidFen().String() + "元"
	}
	var pieces int64
	for _, l := range o.Lines {
		pieces += l.Qty
	}
	address := o.Province + " " + o.City + " " + o.District + " " + o.Address
	if o.Postcode != "" {
		address += "(" + o.Postcode + ")"
	}
	total := o.ReceivedFen()
	if refund != 0 {
		refund = total
	}
	return []map[string]string{{
		"订单编号": guard(o.Number), "买家会员名": o.Buyer, "买家应付货款": (o.GoodsFen() - o.ShopDiscountFen).String(),
		"买家应付邮费": o.FreightFen.String(), "总金额": total.String(), "买家实际支付金额": paid.String(), "订单状态": taobaoWord.of(o),
		"买家留言": o.BuyerNote, "收货人姓名": o.Receiver, "收货地址 ": address, "运送方式": "快递", "联系手机": "'" + o.Phone,
		"订单创建时间": o.CreatedAt.String(), "订单付款时间 ": at(o.PaidAt, o.wasPaid()), "宝贝种类 ": strconv.Itoa(len(o.Lines)),
		"物流单号 ": o.waybill(), "物流公司": o.courier(), "订单备注": o.SellerNote, "宝贝总数量": itoa(pieces), "店铺名称": o.Shop,
		"订单关闭原因": reason, "天猫卡券抵扣": o.PlatformDiscountFen.String(), "退款金额": refund.String(), "打款商家金额": released,
		"特权订金订单id": guard(""), "是否手机订单": "手机订单",
	}}
}

const taobaoItemHeader = "子订单编号,主订单编号,标题,商品价格,购买数量,外部系统编号,商品属性,套餐信息,备注,订单状态,商家编码,支付单号,买家应付货款,买家实付金额," +
	"退款状态,退款金额,订单创建时间,订单付款时间,商品ID,发货时间,物流单号,物流公司,确认收货时间,是否主动赔付,主动赔付金额,主动赔付出账时间"

func taobaoItems(o *Order) []map[string]string {
	var out []map[string]string
	for _, p := range o.parts() {
		after, refund := "没有申请退款", "无退款申请"
		if o.State == Refunded {
			after, refund = "退款成功", p.received().String()
		}
		out = append(out, map[string]string{
			"子订单编号": guard(p.SubNo), "主订单编号": guard(o.Number), "标题": p.Title, "商品价格": p.UnitFen.String(), "购买数量": itoa(p.Qty),
			"外部系统编号": p.Code, "商品属性": p.Spec, "备注": o.SellerNote, "订单状态": taobaoWord.of(o), "商家编码": p.Code,
			"买家应付货款": p.received().String(), "买家实付金额": p.due().String(), "退款状态": after, "退款金额": refund,
			"订单创建时间": o.CreatedAt.String(), "订单付款时间": at(o.PaidAt, o.wasPaid()), "商品ID": p.PlatformSKU,
			"发货时间": at(o.ShippedAt, o.sent()), "物流单号": o.waybill(), "物流公司": o.courier(),
		})
	}
	return out
}

const jdHeader = "订单号,商品ID,商品名称,订购数量,支付方式,下单时间,京东价,订单金额,结算金额,余额支付,应付金额,订单状态,订单类型,下单帐号,客户姓名,客户地址,联系电话," +
	"订单备注,发票类型,发票抬头,发票内容,商家备注,商家备注等级（等级1-5为由高到低）,运费金额,付款确认时间,增值税发票,货号,订单完成时间,订单来源,订单渠道"

var jdWord = word{"等待付款", "等待出库", "等待确认收货", "完成", "(删除)等待付款确认", "已取消"}

func jdRows(o *Order) []map[string]string {
	var out []map[string]string
	for _, p := range o.parts() {
		out = append(out, map[string]string{
			"订单号": o.Number, "商品ID": p.PlatformSKU, "商品名称": p.Title, "订购数量": itoa(p.Qty), "支付方式": o.payMethod("在线支付"),
			"下单时间": o.CreatedAt.String(), "京东价": p.UnitFen.Grouped(), "订单金额": (o.GoodsFen() + o.FreightFen).Grouped(),
			"结算金额": o.ReceivedFen().Grouped(), "余额支付": "0.00", "应付金额": o.PaidFen().Grouped(), "订单状态": jdWord.of(o),
			"下单帐号": o.Buyer, "客户姓名": o.Receiver, "客户地址": o.Province + o.City + o.District + o.Address, "联系电话": o.Phone,
			"订单备注": o.BuyerNote, "商家备注": o.SellerNote, "运费金额": o.FreightFen.String(), "付款确认时间": at(o.PaidAt, o.wasPaid() && !o.COD),
			"货号": p.Code, "订单渠道": "APP",
		})
	}
	return out
}

const pddHeader = "商品,订单号,订单状态,商品总价(元),邮费(元),店铺优惠折扣(元),平台优惠折扣(元),多多支付立减金额(元),用户实付金额(元),商家实收金额(元),商品数量(件)," +
	"发货时间,确认收货时间,商品id,商品规格,样式ID,商家编码-规格维度,商家编码-商品维度,商家备注,买家留言,售后状态,快递单号,快递公司,订单成交时间,支付时间,承诺发货时间," +
	"省,市,区,收货人,手机,详细地址"

var pddWord = word{"待支付", "待发货", "已发货，待收货", "已收货", "已取消", "未发货，退款成功"}

func pddRows(o *Order) []map[string]string {
	after := "无售后或售后取消"
	if o.State == Refunded {
		after = "退款成功"
	}
	var out []map[string]string
	for _, p := range o.parts() {
		out = append(out, map[string]string{
			"商品": p.Title, "订单号": o.Number, "订单状态": pddWord.of(o), "商品总价(元)": p.gross().String(), "邮费(元)": p.freight.String(),
			"店铺优惠折扣(元)": p.shop.String(), "平台优惠折扣(元)": p.platform.String(), "多多支付立减金额(元)": "0.00",
			"用户实付金额(元)": (p.due() + p.freight).String(), "商家实收金额(元)": (p.received() + p.freight).String(), "商品数量(件)": itoa(p.Qty),
			"发货时间": at(o.ShippedAt, o.sent()), "商品id": p.PlatformSKU, "商品规格": p.Spec, "样式ID": p.PlatformSKU, "商家编码-规格维度": p.Code,
			"商家备注": o.SellerNote, "买家留言": o.BuyerNote, "售后状态": after, "快递单号": tab(o.waybill()), "快递公司": o.courier(),
			"订单成交时间": o.CreatedAt.String(), "支付时间": at(o.PaidAt, o.wasPaid()), "承诺发货时间": o.ShipBy.String(),
			"省": o.Province, "市": o.City, "区": o.District, "收货人": o.Receiver, "手机": o.Phone, "详细地址": o.Address,
		})
	}
	return out
}

const douyinHeader = "主订单编号,子订单编号,选购商品,商品规格,商品数量,商品ID,商家编码,商品单价,订单应付金额,运费,优惠总金额,平台优惠,商家优惠,达人优惠,商家改价,支付优惠," +
	"红包抵扣,支付方式,手续费,收件人,收件人手机号,省,市,区,街道,详细地址,是否修改过地址,地址修改时段,买家留言,订单提交时间,旗帜颜色,商家备注,订单完成时间,支付完成时间," +
	"APP渠道,流量来源,订单状态,承诺发货时间,订单类型,鲁班落地页ID,达人ID,达人昵称,所属门店ID,售后状态,取消原因,预约发货时间,仓库ID,仓库名称,序列号,是否安心购," +
	"广告渠道,流量类型,流量体裁,流量渠道,发货主体,发货主体明细,发货时间,降价类优惠,平台实际承担优惠金额,商家实际承担优惠金额,达人实际承担优惠金额,预计送达时间," +
	"是否平台仓自流转,车型,商品69码,发货SN码,发货IMEI码1,发货IMEI码2,预约送达时间,建议发货时间（起）,建议发货时间（止）,物流SN码,物流IMEI码1,物流IMEI码2"

var douyinWord = word{"待支付", "备货中", "已发货", "已完成", "已关闭", "已关闭"}

func douyinRows(o *Order) []map[string]string {
	after := "-"
	if o.State == Refunded {
		after = "退款成功"
	}
	var out []map[string]string
	for _, p := range o.parts() {
		out = append(out, map[string]string{
			"主订单编号": tab(o.Number), "子订单编号": tab(p.SubNo), "选购商品": p.Title, "商品规格": p.Spec, "商品数量": itoa(p.Qty), "商品ID": tab(p.PlatformSKU),
			"商家编码": p.Code, "商品单价": p.UnitFen.String(), "订单应付金额": (p.due() + p.freight).String(), "运费": p.freight.String(),
			"优惠总金额": (p.shop + p.platform).String(), "平台优惠": p.platform.String(), "商家优惠": p.shop.String(), "达人优惠": "0",
			"支付方式": o.payMethod("微信支付"), "收件人": o.Receiver, "收件人手机号": o.Phone, "省": o.Province, "市": o.City, "区": o.District,
			"详细地址": o.Address, "买家留言": o.BuyerNote, "订单提交时间": o.CreatedAt.String(), "商家备注": o.SellerNote,
			"支付完成时间": at(o.PaidAt, o.wasPaid()), "订单状态": douyinWord.of(o), "承诺发货时间": o.ShipBy.String(), "订单类型": "普通订单",
			"售后状态": after, "发货时间": at(o.ShippedAt, o.sent()), "平台实际承担优惠金额": p.platform.String(),
			"商家实际承担优惠金额": p.shop.String(), "达人实际承担优惠金额": "0",
		})
	}
	return out
}

package sample

import "strconv"

const wechatHeader = "订单号,订单下单时间,订单发货时间,订单确认收货时间,订单完成结算时间,订单状态,发货方式,收件人姓名,收件人地址,省,市,区,收件人手机,买家备注,商家备注,打标颜色," +
	"商品总价,订单实际支付金额,订单实际收款金额,订单运费,商品优惠,跨店优惠,商品改价,积分抵扣,支付方式,支付时间,交易单号,物流公司,快递单号,技术服务费," +
	"技术服务费（将以人气卡形式返还）,运费险预计投保费用,带货方式,带货账号类型,带货账号昵称,带货费用渠道,带货费用类型,带货费用,带货佣金率,礼物单号,商品名称," +
	"商品编码(平台),商品编码(自定义),SKU编码(自定义),商品属性,商品价格(单件),商品实际价格(单件),商品实际价格(总共),是否预售,商品数量,商品平台券优惠,商品平均运费," +
	"定制信息,定制预览图,商品发货,商品售后,商品已退款金额"

var wechatWord = word{"待付款", "待发货", "待收货", "完成", "已取消", "已取消"}

func wechatRows(o *Order) []map[string]string {
	var out []map[string]string
	for _, p := range o.parts() {
		after, refund := "", "0.00"
		if o.State == Refunded {
			after, refund = "退款完成", p.due().String()
		}
		out = append(out, map[string]string{
			"订单号": o.Number, "订单下单时间": o.CreatedAt.String(), "订单发货时间": at(o.ShippedAt, o.sent()), "订单状态": wechatWord.of(o),
			"收件人姓名": o.Receiver, "收件人地址": o.Province + o.City + o.District + o.Address, "省": o.Province, "市": o.City, "区": o.District,
			"收件人手机": o.Phone, "买家备注": o.BuyerNote, "商家备注": o.SellerNote, "商品总价": o.GoodsFen().String(),
			"订单实际支付金额": o.PaidFen().String(), "订单实际收款金额": o.ReceivedFen().String(), "订单运费": o.FreightFen.String(),
			"商品优惠": o.ShopDiscountFen.String(), "跨店优惠": o.PlatformDiscountFen.String(), "支付方式": "微信支付", "支付时间": at(o.PaidAt, o.wasPaid()),
			"物流公司": o.courier(), "快递单号": o.waybill(), "商品名称": p.Title, "商品编码(平台)": p.PlatformSKU, "SKU编码(自定义)": p.Code,
			"商品属性": p.Spec, "商品价格(单件)": p.UnitFen.String(), "商品实际价格(总共)": p.due().String(), "是否预售": "否", "商品数量": itoa(p.Qty),
			"商品平台券优惠": p.platform.String(), "商品售后": after, "商品已退款金额": refund,
		})
	}
	return out
}

const kuaishouHeader = "订单号,赠品订单号,活动订单编号,订单创建时间,订单支付时间,预售定金支付时间,订单状态,实付款,快递费,店铺优惠,平台补贴,主播补贴,混资活动优惠,支付优惠,支付方式," +
	"成交数量,买家留言,账号类型,账号明细,订单备注,旗帜颜色,售后状态,活动订单,预售/承诺发货时间,订单载体,商品名称,商品ID,商品规格,SKU编码,商品单价,渠道,CPS达人ID," +
	"CPS达人昵称,预估推广佣金,预估推广者分佣比例,团长ID,团长昵称,快赚客ID,快赚客昵称,授权推广者ID,授权推广者昵称,收货人姓名,收货人电话,收货地址-省,收货地址-市," +
	"收货地址-区,收货地址-街道,收货地址,发货时间,快递公司,快递单号,物流信息,集运类型,直邮类型,仓库名称,仓库地址,实名姓名,服务门店ID,服务门店名称,服务门店地址," +
	"国补/类国补/消费券"

var kuaishouWord = word{"待付款", "待发货", "已发货", "交易成功", "交易关闭", "交易关闭"}

func kuaishouRows(o *Order) []map[string]string {
	after := ""
	if o.State == Refunded {
		after = "退款成功"
	}
	var out []map[string]string
	for _, p := range o.parts() {
		out = append(out, map[string]string{
			"订单号": o.Number, "订单创建时间": o.CreatedAt.String(), "订单支付时间": at(o.PaidAt, o.wasPaid()), "订单状态": kuaishouWord.of(o),
			"实付款": "¥" + (p.due() + p.freight).String(), "快递费": "¥" + p.freight.String(), "店铺优惠": "¥" + p.shop.String(),
			"平台补贴": "¥" + p.platform.String(), "支付方式": o.payMethod("微信"), "成交数量": itoa(p.Qty), "买家留言": o.BuyerNote, "订单备注": o.SellerNote,
			"售后状态": after, "预售/承诺发货时间": o.ShipBy.String(), "商品名称": p.Title, "商品ID": p.PlatformSKU, "商品规格": p.Spec, "SKU编码": p.Code,
			"商品单价": "¥" + p.UnitFen.String(), "收货人姓名": o.Receiver, "收货人电话": o.Phone, "收货地址-省": o.Province, "收货地址-市": o.City,
			"收货地址-区": o.District, "收货地址": o.Province + o.City + o.District + o.Address, "发货时间": at(o.ShippedAt, o.sent()),
			"快递公司": o.courier(), "快递单号": o.waybill(),
		})
	}
	return out
}

const xhsHeader = "订单号,订单状态,售后状态,订单类型,订单标记,收件人姓名,收件人电话,收件人地址,省,市,区,区域编码,小红书编码,条形码,规格ID,达人ID,达人名称,SKU名称,SKU规格," +
	"SKU件数,是否为赠品,发票/Invoice,商品总价(元),用户应付金额(元),平台优惠(元),店铺优惠(元),支付渠道优惠(元),SKU商家改价(元),商家应收金额(元)（支付金额）,支付方式," +
	"支付渠道订单号,支付期数,利息费用,手续费承担方,支付时间,sku净重(kg),包裹总净重(kg),包裹总运费(元),快递公司,快递单号,发货链接,大头笔/Paint Marker," +
	"集包地/Express Extend 1,三段码/Express Extend 2,订购人身份证姓名/ID Name,订购人身份证号/ID Number,收件人身份证姓名,收件人身份证号,订单创建时间," +
	"预售订单开始发货时间,预售订单截止发货时间,承诺发货时间,订单发货时间,订单完成时间,发货仓库,确认收货类型,是否延迟收货,用户备注,包裹备注标记,包裹备注信息,异常原因," +
	"店铺名称,用户编号,运费模版名称,物流方案名称,第三方机构订单号,国补模式,供应商id,供应商名称,商家编码,商品ID,商品名称"

var xhsWord = word{"待付款", "待发货", "已发货", "已完成", "已取消", "已取消"}

func xhsRows(o *Order) []map[string]string {
	after := "无售后"
	if o.State == Refunded {
		after = "售后完成"
	}
	var out []map[string]string
	for _, p := range o.parts() {
		out = append(out, map[string]string{
			"订单号": o.Number, "订单状态": xhsWord.of(o), "售后状态": after, "订单类型": "普通订单", "收件人姓名": o.Receiver, "收件人电话": o.Phone,
			"收件人地址": o.Province + o.City + o.District + o.Address, "省": o.Province, "市": o.City, "区": o.District, "规格ID": p.PlatformSKU,
			"SKU名称": p.Title, "SKU规格": p.Spec, "SKU件数": itoa(p.Qty), "是否为赠品": "否", "商品总价(元)": p.gross().String(),
			"用户应付金额(元)": (p.due() + p.freight).String(), "平台优惠(元)": p.platform.String(), "店铺优惠(元)": p.shop.String(),
			"商家应收金额(元)（支付金额）": (p.received() + p.freight).String(), "支付方式": "微信支付", "支付时间": at(o.PaidAt, o.wasPaid()),
			"包裹总运费(元)": o.FreightFen.String(), "快递公司": o.courier(), "快递单号": o.waybill(), "订单创建时间": o.CreatedAt.String(),
			"承诺发货时间": o.ShipBy.String(), "订单发货时间": at(o.ShippedAt, o.sent()), "用户备注": o.BuyerNote, "包裹备注信息": o.SellerNote,
			"店铺名称": o.Shop, "用户编号": o.Buyer, "商家编码": p.Code, "商品名称": p.Title,
		})
	}
	return out
}

const youzanHeader = "订单号,销售渠道,归属店铺,订单类型,订单状态,推广方式,订单来源,订单创建时间,买家付款时间,交易成功时间,付款方式,支付流水号,商品金额合计,运费,店铺优惠合计," +
	"应收订单金额,订单实付金额,支付优惠合计,订单实收金额,订单抵用积分数,店铺优惠方式,支付优惠方式,全部商品名称,商品种类数,订单配送方式,同城送达时间/提货时间," +
	"收货人省份,收货人城市,收货人地区,详细收货地址/提货地址,收货人/提货人,收货人手机号/提货人手机号,买家备注,订单星级,买家昵称,买家是否会员,买家手机号,下单网点," +
	"收银员,分销员,销售导购,专属导购,订单退款状态,订单已退款金额,商家订单备注,桌号,挂账主体,挂账手机号,团长订单,订单风险标签,分销员,分销员手机号,分销员所属店铺," +
	"分销员所属团队,分销员所属分组,分销员等级,订单佣金类型,订单佣金金额,订单下级卖货提成类型,订单下级卖货提成金额"

var youzanWord = word{"待付款", "待发货", "已发货", "交易完成", "交易关闭", "交易关闭"}

func youzanRow(o *Order) []map[string]string {
	goods := ""
	for i, l := range o.Lines {
		if i > 0 {
			goods += ";"
		}
		goods += l.Title + "(" + itoa(l.Qty) + "件)"
	}
	after, refund := "——", "0.00"
	if o.State == Refunded {
		after, refund = "全额退款", o.PaidFen().String()
	}
	return []map[string]string{{
		"订单号": o.Number, "归属店铺": o.Shop, "订单类型": "普通订单", "订单状态": youzanWord.of(o), "订单创建时间": o.CreatedAt.String(),
		"买家付款时间": at(o.PaidAt, o.wasPaid()), "付款方式": "微信支付", "商品金额合计": o.GoodsFen().String(), "运费": o.FreightFen.String(),
		"店铺优惠合计": o.ShopDiscountFen.String(), "应收订单金额": o.ReceivedFen().String(), "订单实付金额": o.PaidFen().String(),
		"支付优惠合计": o.PlatformDiscountFen.String(), "订单实收金额": o.ReceivedFen().String(), "全部商品名称": goods,
		"商品种类数": strconv.Itoa(len(o.Lines)), "订单配送方式": "快递发货", "收货人省份": o.Province, "收货人城市": o.City, "收货人地区": o.District,
		"详细收货地址/提货地址": o.Province + o.City + o.District + o.Address, "收货人/提货人": o.Receiver, "收货人手机号/提货人手机号": o.Phone,
		"买家备注": o.BuyerNote, "买家昵称": o.Buyer, "订单退款状态": after, "订单已退款金额": refund, "商家订单备注": o.SellerNote,
	}}
}

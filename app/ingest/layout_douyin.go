package ingest

import (
	"strings"

	"zhanggui/app/ingest/sheet"
	"zhanggui/app/ingest/value"
)

// Douyin (FORMATS §1.5): one row per sub-order, with 73 or 74 columns that
// differ in the middle; the combined export joins several goods with ";".

var douyinWords = words(
	say(stUnpaid, "待支付", "待付款", "待确认", "未支付", "已下单"),
	say(stPaid, "待发货", "备货中", "已支付", "配货中"),
	say(stPart, "部分发货"),
	say(stShipped, "已发货", "待收货"),
	say(stSigned, "已签收", "已收货"),
	say(stDone, "已完成", "交易成功"),
	say(stClosed, "已关闭", "已取消", "交易关闭"),
	say(stRefunded, "退款成功", "退货退款完成"),
)

func douyinOrders() *Layout {
	return &Layout{
		Key: "douyin_orders", Channel: "douyin", Kind: KindOrders, Group: GroupCells, Currency: "CNY", Marks: 3,
		status: douyinWords,
		Columns: []Column{
			{Field: FOrder, Names: names("主订单编号"), Required: true},
			{Field: FSub, Names: names("子订单编号")},
			{Field: FTitle, Names: names("选购商品,商品名称"), Required: true},
			{Field: FSpec, Names: names("商品规格")},
			{Field: FQty, Names: names("商品数量"), Required: true},
			{Field: FSKU, Names: names("商品ID")},
			{Field: FCode, Names: names("商家编码")},
			{Field: FUnit, Names: names("商品单价,商品金额")},
			{Field: FPaid, Names: names("订单应付金额"), Mark: true},
			{Field: FFreight, Names: names("运费")},
			{Field: FPlatDisc, Names: names("平台实际承担优惠金额,平台优惠"), Mark: true},
			{Field: FShopDisc, Names: names("商家实际承担优惠金额,商家优惠"), Mark: true},
			{Field: FPlatDisc, Names: names("达人实际承担优惠金额,达人优惠"), Mark: true},
			{Field: FReceived, Names: names("商家收入金额"), Mark: true},
			{Field: FPayMethod, Names: names("支付方式")},
			{Field: FReceiver, Names: names("收件人")},
			{Field: FPhone, Names: names("收件人手机号")},
			{Field: FProvince, Names: names("省")},
			{Field: FCity, Names: names("市")},
			{Field: FDistrict, Names: names("区")},
			{Field: FStreet, Names: names("街道")},
			{Field: FAddress, Names: names("详细地址")},
			{Field: FBuyerNote, Names: names("买家留言")},
			{Field: FCreatedAt, Names: names("订单提交时间"), Mark: true},
			{Field: FFlag, Names: names("旗帜颜色"), Mark: true},
			{Field: FSellerNote, Names: names("商家备注")},
			{Field: FCompletedAt, Names: names("订单完成时间")},
			{Field: FPaidAt, Names: names("支付完成时间"), Mark: true},
			{Field: FStatus, Names: names("订单状态")},
			{Field: FShipBy, Names: names("承诺发货时间")},
			{Field: FStage, Names: names("订单类型")},
			{Field: FAfter, Names: names("售后状态")},
			{Field: FClose, Names: names("取消原因")},
			{Field: FShippedAt, Names: names("发货时间")},
			{Field: FExpress, Names: names("快递信息")},
		},
		Known: names("优惠总金额,平台优惠,商家优惠,达人优惠,商家改价,支付优惠,红包抵扣,手续费,是否修改过地址,地址修改时段,APP渠道,流量来源,鲁班落地页ID," +
			"达人ID,达人昵称,所属门店ID,预约发货时间,仓库ID,仓库名称,序列号,是否安心购,广告渠道,流量类型,流量体裁,流量渠道,发货主体,发货主体明细," +
			"降价类优惠,预计送达时间,是否平台仓自流转,车型,商品69码,发货SN码,发货IMEI码1,发货IMEI码2,预约送达时间,建议发货时间（起）,建议发货时间（止）," +
			"物流SN码,物流IMEI码1,物流IMEI码2,商品金额"),
		rules: rules{lines: douyinLines, finish: func(b *build, _ *plan) { b.d.Has.LineNet = true }},
	}
}

// douyinLines reads a plain row as one line and a combined one as several.
// Ids cannot hold ";", so they tell how many goods a row has.
func douyinLines(r *row, b *build, to []LineDraft) []LineDraft {
	n := max(r.entries(FSub), r.entries(FSKU), r.entries(FCode))
	if n <= 1 {
		l := r.line(b)
		l.Waybill, l.Courier = r.express()
		douyinNet(r, &l)
		return append(to, l)
	}
	return r.combined(b, n)
}

// douyinNet: due without freight, with the parts that platform and influencer
// pay: only the shop's part lowers our revenue (rules.md §5.11.10).
func douyinNet(r *row, l *LineDraft) {
	l.PlatformFen = r.size(FPlatDisc)
	l.NetFen = r.sum(FPaid) - r.sum(FFreight) + l.PlatformFen
	if !r.p.has(FPaid) {
		l.NetFen = r.times(l) - r.size(FShopDisc)
	}
	if l.NetFen < 0 {
		r.fail(negativeSum, r.p.name(FPaid), l.NetFen.String())
	}
}

func (r *row) express() (waybill, courier string) {
	if !r.p.has(FExpress) {
		return r.waybill(), r.word(FCourier)
	}
	return splitExpress(r.text(FExpress))
}

// entries counts the goods a cell names.
func (r *row) entries(f Field) int {
	i, ok := r.filled(f)
	if !ok {
		return 0
	}
	if !strings.ContainsAny(r.cell(i).Text, ";；") {
		return 1
	}
	return len(splitGoods(r.cell(i).Text))
}

// parts splits a cell of the combined export.
func (r *row) parts(f Field) []string {
	i, ok := r.filled(f)
	if !ok {
		return nil
	}
	t := r.cell(i).Text
	if !strings.ContainsAny(t, ";；") {
		return []string{t}
	}
	return splitGoods(t)
}

// splitGoods cuts at the sign between the goods of one cell.
func splitGoods(s string) []string {
	return trimmed(strings.FieldsFunc(s, func(c rune) bool { return c == ';' || c == '；' }))
}

// combined makes n lines of one row. The quantity is the total of the row: n
// pieces are one each, anything else cannot be split and stays open; nor can
// the amounts be split here (CASES B4.1).
func (r *row) combined(b *build, n int) []LineDraft {
	b.blur = true
	subs, skus, codes := r.parts(FSub), r.parts(FSKU), r.parts(FCode)
	titles, specs, units := r.parts(FTitle), r.parts(FSpec), r.parts(FUnit)
	qtys := r.parts(FQty)
	var total int64
	if len(qtys) < 2 {
		total, _ = r.qty(FQty)
	}
	out := make([]LineDraft, n)
	for k := range out {
		l := &out[k]
		l.SubNo, l.PlatformSKU, l.Code = r.one(FSub, subs, k, n), r.one(FSKU, skus, k, n), r.one(FCode, codes, k, n)
		l.Title, l.Spec = r.share(share(titles, k, n)), r.share(share(specs, k, n))
		if len(units) == n {
			if s, err := value.Amount(sheet.Cell{Text: units[k]}); err == nil {
				l.UnitFen = s.Fen
			}
		}
		l.Waybill, l.Courier = r.express()
		switch {
		case len(qtys) == n:
			q, _, err := value.Quantity(sheet.Cell{Text: qtys[k]})
			if err != nil || q <= 0 {
				r.fail(badQty, r.p.name(FQty), qtys[k])
			}
			l.Qty = q
		case total == int64(n):
			l.Qty = 1
		case total <= 0:
			r.fail(badQty, r.p.name(FQty), r.text(FQty))
		default:
			l.QtyUnknown = true
		}
	}
	if out[0].QtyUnknown {
		r.rd.note(r.n, "note.ingest.qty_unknown", "row", r.n, "order", b.d.Number, "total", total)
	}
	return out
}

// one reads the k-th identifier of a combined cell; a cell with another number
// of entries gives none, except a single one, which holds for all.
func (r *row) one(f Field, parts []string, k, n int) string {
	t := ""
	switch {
	case len(parts) == n:
		t = parts[k]
	case len(parts) == 1 && f != FSub:
		t = parts[0]
	}
	id, err := value.ID(sheet.Cell{Text: t})
	if err != nil {
		r.failCell(badID, r.p.cols[f][0], err)
	}
	return r.share(id)
}

// share gives the k-th of n: specs hold ";" themselves (颜色:红;尺码:XL), so a
// multiple of n parts is dealt out in groups; otherwise all get the whole text.
func share(parts []string, k, n int) string {
	if len(parts) == 0 {
		return ""
	}
	if len(parts)%n != 0 {
		return strings.TrimSpace(strings.Join(parts, ";"))
	}
	per := len(parts) / n
	return strings.TrimSpace(strings.Join(parts[k*per:(k+1)*per], ";"))
}

// douyinWaybills is 运单表: which waybill carries which orders. One cell can
// hold several order numbers; the same pair can stand there twice.
func douyinWaybills() *Layout {
	return &Layout{
		Key: "douyin_waybills", Channel: "douyin", Kind: KindWaybills, Group: GroupMany, Marks: 1,
		Columns: []Column{
			{Field: FWaybill, Names: names("运单号"), Required: true},
			{Field: FOrder, Names: names("订单编号"), Required: true},
			{Field: FShippedAt, Names: names("发货时间"), Required: true},
			{Field: FCreatedAt, Names: names("揽件时间"), Mark: true},
			{Field: FCourier, Names: names("快递公司,物流公司")},
		},
		Known: names("异常类型"),
		rules: rules{finish: func(b *build, _ *plan) { b.d.CreatedAt = 0 }},
	}
}

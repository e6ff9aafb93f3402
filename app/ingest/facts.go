package ingest

import (
	"strings"

	"zhanggui/app/domain"
	"zhanggui/app/money"
	"zhanggui/app/when"
)

// stance is what one status word of a platform means in our four facts.
type stance uint8

const (
	stNone     stance = iota // no word: decide by the times and amounts
	stUnpaid                 // waiting for the buyer's money
	stDeposit                // presale: deposit paid, tail not
	stPaid                   // to be shipped
	stPart                   // part of it is on its way
	stShipped                // all of it is on its way
	stSigned                 // the buyer has it, the platform has not closed yet
	stDone                   // completed
	stClosed                 // cancelled; whether it was ever paid, other facts must say
	stDropped                // cancelled and never paid
	stRefunded               // cancelled after payment, the money went back
	stAsked                  // paid, a refund is running
)

// afterSale is what an after-sales word means.
type afterSale uint8

const (
	asNone afterSale = iota
	asAsked
	asPart
	asRefunded
)

// said is what one row says of its order (or its sub-order).
type said struct {
	status    stance
	after     afterSale
	paidAt    when.Millis
	shippedAt when.Millis
	waybill   string
	paid      money.Fen // what the buyer paid by this row, before refunds; 0 when unknown
	refund    money.Fen
	cod       bool
}

// lineFacts are the facts of one goods line.
type lineFacts struct{ cancelled, refunded, asked, shipped bool }

// facts derives the platform facts of one row. Closed orders follow FORMATS
// §1.1: with a payment time and no waybill the money went back before shipping,
// with a waybill after it; without a trace of payment nobody ever paid.
func (s said) facts() (domain.PlatformFacts, lineFacts) {
	var f domain.PlatformFacts
	var l lineFacts
	f.Payment = s.payment()
	switch s.status {
	case stPart:
		f.PartShipped = true
	case stShipped, stSigned:
		f.Shipped = true
	case stDone:
		f.Shipped, f.Completed = true, true
	case stClosed, stDropped, stRefunded:
		f.Cancelled = true
		f.Shipped = f.Payment == domain.PayRefunded && (s.waybill != "" || s.shippedAt != 0)
		l.cancelled = true
	case stNone:
		f.Shipped = s.waybill != "" || s.shippedAt != 0
	}
	f.RefundAsked = s.after == asAsked || s.status == stAsked
	l.asked = f.RefundAsked
	l.refunded = f.Payment == domain.PayRefunded
	l.shipped = f.Shipped
	return f, l
}

func (s said) payment() domain.Payment {
	switch s.status {
	case stUnpaid, stDropped:
		return domain.PayUnpaid
	case stDeposit:
		return domain.PayDeposit
	case stRefunded:
		return domain.PayRefunded
	case stClosed:
		if s.everPaid() {
			return domain.PayRefunded
		}
		return domain.PayUnpaid
	case stNone:
		if s.paidAt == 0 && s.after == asNone && s.refund == 0 {
			return domain.PayUnpaid
		}
	case stPaid, stPart, stShipped, stSigned:
		if s.cod && s.paidAt == 0 {
			return domain.PayUnpaid // cash on delivery: the courier brings the money later
		}
	}
	return s.refunded()
}

// refunded tells how much of a paid order's money went back. The amounts decide
// before the words: 退款成功 stands for full and partial refunds alike.
func (s said) refunded() domain.Payment {
	switch {
	case s.refund > 0 && s.paid > 0 && s.refund >= s.paid:
		return domain.PayRefunded
	case s.refund > 0 && s.paid > 0:
		return domain.PayPartRefunded
	case s.after == asRefunded:
		return domain.PayRefunded
	case s.after == asPart, s.refund > 0:
		return domain.PayPartRefunded
	}
	return domain.PayPaid
}

func (s said) everPaid() bool {
	return s.paidAt != 0 || s.refund > 0 || s.after == asRefunded || s.after == asPart || s.waybill != "" || s.shippedAt != 0
}

// tally joins the facts of the rows of one order: sub-orders can stand in
// different states.
type tally struct {
	rows, live, shipped, signed, done, part int
	paid, unpaid, deposit, partRef, refund  int
	asked                                   bool
}

func (t *tally) add(f domain.PlatformFacts) {
	t.rows++
	switch f.Payment {
	case domain.PayRefunded:
		t.refund++
	case domain.PayPartRefunded:
		t.partRef++
	}
	t.asked = t.asked || f.RefundAsked
	if f.Cancelled {
		if f.Shipped {
			t.signed++ // it went out and came back
		}
		return
	}
	t.live++
	switch f.Payment {
	case domain.PayPaid, domain.PayPartRefunded:
		t.paid++
	case domain.PayUnpaid:
		t.unpaid++
	case domain.PayDeposit:
		t.deposit++
	}
	if f.Shipped {
		t.shipped++
	}
	if f.PartShipped {
		t.part++
	}
	if f.Completed {
		t.done++
	}
}

// facts is the order's view of all its rows: cancelled sub-orders do not count
// as long as others live.
func (t *tally) facts() domain.PlatformFacts {
	f := domain.PlatformFacts{RefundAsked: t.asked}
	if t.live == 0 {
		f.Cancelled = t.rows > 0
		f.Shipped = t.rows > 0 && t.signed == t.rows
		f.PartShipped = t.signed > 0 && t.signed < t.rows
		f.Payment = domain.PayUnpaid
		if t.refund > 0 {
			f.Payment = domain.PayRefunded
		}
		return f
	}
	switch {
	case t.refund >= t.live && t.paid+t.unpaid+t.deposit == 0:
		f.Payment = domain.PayRefunded
	case t.refund+t.partRef > 0 && t.paid > 0, t.partRef > 0:
		f.Payment = domain.PayPartRefunded
	case t.paid > 0:
		f.Payment = domain.PayPaid
	case t.deposit > 0:
		f.Payment = domain.PayDeposit
	default:
		f.Payment = domain.PayUnpaid
	}
	f.Shipped = t.shipped == t.live
	f.PartShipped = !f.Shipped && t.shipped+t.part > 0
	f.Completed = t.done == t.live
	return f
}

// plainWord folds the spellings of one status word (FORMATS §0 Q9): blanks,
// half- and full-width commas and brackets, "｜｜｜" between two halves, case.
func plainWord(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	s = wordFolder.Replace(s)
	for strings.Contains(s, ",,") {
		s = strings.ReplaceAll(s, ",,", ",")
	}
	return s
}

var wordFolder = strings.NewReplacer(
	"，", ",", "、", ",", "；", ",", ";", ",", "｜", ",", "|", ",", "/", ",", "（", "(", "）", ")",
	" ", "", "\u00a0", "", "\u3000", "", "\t", "", "\n", "", "\r", "", "—", "-", "－", "-",
)

// words makes a table of status words; each entry is one stance and the words
// that mean it, written as the platform does.
func words[T any](sets ...wordSet[T]) map[string]T {
	m := map[string]T{}
	for _, set := range sets {
		for _, w := range set.words {
			m[plainWord(w)] = set.mean
		}
	}
	return m
}

type wordSet[T any] struct {
	mean  T
	words []string
}

func say[T any](mean T, list ...string) wordSet[T] { return wordSet[T]{mean, list} }

// afterWords are the after-sales words of all platforms; they do not
// contradict each other. The blank and the dash mean that nobody asked.
var afterWords = words(
	say(asNone, "", "-", "--", "---", "无", "/", "无售后", "无售后或售后取消", "无退款申请", "没有申请退款", "未申请退款",
		"未申请售后", "无退款", "未退款", "售后关闭", "售后已关闭", "售后取消", "售后已取消", "取消售后", "退款关闭", "退款已关闭", "退款取消",
		"售后撤销", "退款失败", "售后失败", "售后拒绝", "已拒绝", "买家撤销", "用户取消申请", "none", "正常"),
	say(asAsked, "退款中", "售后中", "售后处理中", "售后待处理", "待处理", "待退货", "待收退货", "待商家处理", "待商家收货", "待买家退货",
		"待买家处理", "商家处理中", "平台处理中", "平台介入中", "平台审核中", "退货中", "退款处理中", "退款申请中", "申请退款", "申请售后", "等待卖家处理",
		"退款待处理", "待退款", "同意退款", "同意退款,退款中", "换货中", "补寄中", "维修中", "用户申请退款", "买家已退货",
		"买家已经申请退款,等待卖家同意", "卖家已经同意退款,等待买家退货", "买家已经退货,等待卖家确认收货", "卖家拒绝退款",
		"卖家未收到货,拒绝退款", "退款协议等待卖家确认中", "等待买家修改", "商家已同意", "售后待审核"),
	say(asPart, "部分退款", "部分退款成功", "部分商品退款", "部分退款完成"),
	say(asRefunded, "退款成功", "退款完成", "已退款", "已全额退款", "全额退款", "全额退款成功", "全部退款", "同意退款,退款成功",
		"售后完成", "售后成功", "退货退款成功", "退货退款完成", "退货完成", "仅退款成功", "退款已完成", "售后已完成"),
)

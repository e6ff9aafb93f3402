package ingest

import (
	"strings"

	"zhanggui/app/money"
)

// said collects what the row says of its state.
func (r *row) said() (said, bool) {
	s := said{
		paidAt: r.time(FPaidAt), shippedAt: r.time(FShippedAt), waybill: r.waybill(),
		refund: r.size(FRefund) + r.size(FLineRef), cod: isCOD(r.text(FPayMethod)),
	}
	if s.refund == 0 {
		s.refund = r.refunded
	}
	s.paid = r.paidBefore(s.refund)
	ok := true
	if r.p.has(FStatus) {
		w := plainWord(r.text(FStatus))
		if s.status, ok = r.p.lay.status[w]; !ok {
			i := r.p.cols[FStatus][0]
			r.fail(unknownStatus, r.column(i), r.cell(i).Text)
		}
	}
	if s.status == stUnpaid && tailDue(r.text(FStage)) {
		s.status = stDeposit
	}
	if r.p.has(FAfter) {
		table := r.p.lay.after
		if table == nil {
			table = afterWords
		}
		var known bool
		if s.after, known = table[plainWord(r.text(FAfter))]; !known {
			i := r.p.cols[FAfter][0]
			r.fail(unknownStatus, r.column(i), r.cell(i).Text)
			ok = false
		}
	}
	return s, ok
}

// paidBefore is what the row's refund is measured against: the line where the
// row is one, else the order. Taobao's paid column is what is left after the
// refund, so the total decides when the two make it up.
func (r *row) paidBefore(refund money.Fen) money.Fen {
	if r.p.has(FLineNet) {
		return r.sum(FLineNet)
	}
	paid, total := r.sum(FPaid), r.sum(FTotal)
	if total > 0 && (paid == 0 || paid < total && paid+refund == total) {
		return total
	}
	return paid
}

// waybill strips what spreadsheets and people put into waybill cells
// (FORMATS §1.1, §3.1); the number of a second parcel stays after a comma.
func (r *row) waybill() string {
	s := r.id(FWaybill)
	if !strings.ContainsAny(s, waybillSigns) {
		return s
	}
	return strings.Trim(strings.Map(func(c rune) rune {
		if strings.ContainsRune(waybillSigns, c) && c != '-' && c != '—' {
			return -1
		}
		return c
	}, s), "-—")
}

const waybillSigns = " \t\u00a0\u3000\n\r@=\"'`-—"

func isCOD(method string) bool {
	m := strings.ToLower(method)
	return strings.Contains(m, "货到付款") || strings.Contains(m, "cash on delivery") || m == "cod"
}

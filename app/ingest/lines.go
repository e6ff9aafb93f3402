package ingest

import (
	"hash/maphash"
	"regexp"
	"strconv"
	"strings"

	"zhanggui/app/ingest/value"
	"zhanggui/app/money"
	"zhanggui/app/when"
)

// number is the order number of the row, "" when blank or unreadable.
func (r *row) number() string {
	no := r.id(FOrder)
	if own := r.p.lay.rules.number; own != nil {
		return own(no)
	}
	return no
}

// numbers reads a cell with several order numbers (FORMATS §0 Q8g).
func (r *row) numbers() []string {
	i, ok := r.filled(FOrder)
	if !ok {
		r.fail(noOrder, r.p.name(FOrder), "")
		return nil
	}
	list, err := value.IDs(r.cell(i))
	if err != nil {
		r.failCell(badID, i, err)
		return nil
	}
	if len(list) == 0 {
		r.fail(noOrder, r.p.name(FOrder), "")
	}
	return list
}

// continues tells a row below merged cells: it has goods and not one of the
// order's own facts (FORMATS §0 Q8e). A row that only lacks its number has
// some, and is refused.
func (r *row) continues() bool {
	for _, i := range r.p.orderCols {
		if strings.TrimSpace(r.cell(i).Text) != "" {
			return false
		}
	}
	for _, i := range r.p.goodsCols {
		if strings.TrimSpace(r.cell(i).Text) != "" {
			return true
		}
	}
	return false
}

var hashSeed = maphash.MakeSeed()

// hash stands for what the row says in the columns that are read.
func (r *row) hash() uint64 {
	var h maphash.Hash
	h.SetSeed(hashSeed)
	for _, i := range r.p.mapped {
		_, _ = h.WriteString(strings.TrimSpace(r.cell(i).Text)) // never fails
		_ = h.WriteByte(0x1f)
	}
	return h.Sum64()
}

// address joins street and detail.
func (r *row) address() string {
	street, rest := r.word(FStreet), r.text(FAddress)
	if street == "" || strings.HasPrefix(rest, street) {
		return rest
	}
	return street + rest
}

// shipBy is the platform's latest ship time. A text that is no time is no
// reason to refuse an order: it is noted and the settings' limit holds.
func (r *row) shipBy() when.Millis {
	i, ok := r.filled(FShipBy)
	if !ok {
		return 0
	}
	at, ok, err := value.Time(r.cell(i), r.rd.book.Date1904)
	if err != nil {
		if r.word(FShipBy) != "" {
			r.rd.note(r.n, "note.ingest.ship_by", "row", r.n, "column", r.column(i), "value", clip(r.cell(i).Text))
		}
		return 0
	}
	if !ok {
		return 0
	}
	return at
}

// plainLines is the usual way: the row is one goods line.
func plainLines(r *row, b *build, to []LineDraft) []LineDraft {
	if !r.p.can.Lines {
		return to
	}
	l := r.line(b)
	if own := r.p.lay.rules.line; own != nil {
		own(r, b, &l)
	}
	return append(to, l)
}

// line reads one goods line and refuses one that names no goods or no pieces.
func (r *row) line(b *build) LineDraft {
	l := LineDraft{
		SubNo: r.id(FSub), Code: r.id(FCode), PlatformSKU: r.id(FSKU), Title: r.text(FTitle), Spec: r.text(FSpec),
		UnitFen: r.sum(FUnit), RefundFen: r.size(FLineRef),
		Gift: isYes(r.text(FGift)), Waybill: r.waybill(), Courier: r.word(FCourier),
	}
	if l.Title == "" && l.Code == "" && l.PlatformSKU == "" {
		f := FTitle
		if !r.p.has(FTitle) {
			f = FCode
		}
		r.fail(valueMissing, r.p.name(f), "")
	}
	r.pieces(&l)
	if l.UnitFen < 0 {
		r.fail(negativeSum, r.p.name(FUnit), l.UnitFen.String())
	}
	return l
}

// pieces reads the quantity. A negative one is a return that stands among the
// sales: it is no order.
func (r *row) pieces(l *LineDraft) {
	if !r.p.has(FQty) {
		l.QtyUnknown = true
		return
	}
	q, ok := r.qty(FQty)
	switch {
	case !ok:
		r.fail(valueMissing, r.p.name(FQty), "")
	case q < 0:
		r.fail(negativeQty, r.p.name(FQty), strconv.FormatInt(q, 10))
	case q == 0:
		r.fail(badQty, r.p.name(FQty), "0")
	}
	l.Qty = q
}

func isYes(s string) bool {
	switch strings.ToLower(s) {
	case "是", "yes", "y", "true", "1", "赠品", "gift":
		return true
	}
	return false
}

// times gives unit price × pieces; a product out of range refuses the row.
func (r *row) times(l *LineDraft) fen {
	v, err := money.Mul(l.UnitFen, l.Qty)
	if err != nil || magnitude(v) > money.Max {
		r.fail(badAmount, r.p.name(FUnit), l.UnitFen.String())
		return 0
	}
	return v
}

// named is one entry of a cell that lists goods.
type named struct {
	title, code string
	qty         int64 // 0: not said
}

var (
	goodsCount = regexp.MustCompile(`\s*[(（]\s*(\d{1,6})\s*[件个]\s*[)）]`)
	goodsTimes = regexp.MustCompile(`\s*[x×*X]\s*(\d{1,6})$`)
)

// goodsList splits a cell like "茶(2件);杯(1件)" (Youzan) or "Product A x 1,
// Product B x 2" (WooCommerce). A title may hold the sign between goods, so
// the counts lead; without them kinds, when not 0, must agree.
func goodsList(s string, kinds int64) []named {
	s = strings.TrimSpace(s)
	if s == "" {
		return nil
	}
	if at := goodsCount.FindAllStringSubmatchIndex(s, -1); len(at) > 0 {
		if out, ok := byCount(s, at); ok {
			return out
		}
	}
	var best []named
	for _, sign := range []string{";", "；", ", ", "，", ",", "\n"} {
		if out, ok := byTimes(strings.Split(s, sign), sign); ok && len(out) > len(best) {
			best = out
		}
	}
	if best != nil {
		return best
	}
	for _, sign := range []string{";", "；", ",", "，", "、", "\n"} {
		if parts := trimmed(strings.Split(s, sign)); kinds > 1 && int64(len(parts)) == kinds {
			out := make([]named, len(parts))
			for i, t := range parts {
				out[i].title = t
			}
			return out
		}
	}
	return []named{{title: s}}
}

// byCount cuts behind every "(N件)"; ok is false when text is left over.
func byCount(s string, at [][]int) ([]named, bool) {
	var out []named
	from := 0
	for _, m := range at {
		title := strings.Trim(s[from:m[0]], " ;；,，、\n")
		n, err := strconv.ParseInt(s[m[2]:m[3]], 10, 32)
		if title == "" || err != nil {
			return nil, false
		}
		out = append(out, named{title: title, qty: n})
		from = m[1]
	}
	return out, strings.Trim(s[from:], " ;；,，、\n") == ""
}

// byTimes reads parts that end with "x N"; a part without a count is the first
// half of a title that holds the dividing sign itself.
func byTimes(parts []string, sign string) ([]named, bool) {
	var out []named
	held := ""
	for _, p := range parts {
		p = held + p
		m := goodsTimes.FindStringSubmatchIndex(strings.TrimSpace(p))
		if m == nil || m[0] == 0 {
			held = p + sign
			continue
		}
		p, held = strings.TrimSpace(p), ""
		n, err := strconv.ParseInt(p[m[2]:m[3]], 10, 32)
		if err != nil {
			return nil, false
		}
		out = append(out, named{title: strings.TrimSpace(p[:m[0]]), qty: n})
	}
	return out, len(out) > 0 && strings.TrimSpace(held) == ""
}

func trimmed(parts []string) []string {
	out := parts[:0:0]
	for _, p := range parts {
		if t := strings.TrimSpace(p); t != "" {
			out = append(out, t)
		}
	}
	return out
}

// listLines makes the lines of an order whose goods stand in one cell. total is
// the pieces of the whole order when the file says them, 0 otherwise: a single
// kind takes them all, and as many pieces as kinds make one each.
func (r *row) listLines(list []named, total int64, out []LineDraft) []LineDraft {
	for _, g := range list {
		l := LineDraft{Title: r.share(g.title), Code: r.share(g.code), Qty: g.qty, Waybill: r.waybill(), Courier: r.word(FCourier)}
		switch {
		case l.Qty > 0:
		case total > 0 && len(list) == 1:
			l.Qty = total
		case total > 0 && total == int64(len(list)):
			l.Qty = 1
		default:
			l.QtyUnknown = true
		}
		out = append(out, l)
	}
	if len(out) > 0 && out[0].QtyUnknown {
		r.rd.note(r.n, "note.ingest.qty_unknown", "row", r.n, "order", r.number(), "total", total)
	}
	return out
}

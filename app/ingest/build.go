package ingest

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/money"
)

// build is one order while its rows are collected.
type build struct {
	d      OrderDraft
	p      *plan
	sheet  string
	sums   []money.Fen // per amount column of the plan
	goods  money.Fen   // Σ quantity × unit price
	tally  tally
	hashes []uint64 // of its rows, beside d.Rows
	subs   map[string]uint64
	words  []string
	last   lineFacts
	bases  []money.Fen // per line: goods less the shop's discount, where a layout needs it
	blur   bool        // some line's share of the order's amounts is unknown
	bad    *Reject
	notes  []Note
}

// note keeps a remark on the order; it is dropped when the order is refused.
func (b *build) note(key string, pairs ...any) {
	row := 0
	if len(b.d.Rows) > 0 {
		row = b.d.Rows[0]
	}
	b.notes = append(b.notes, Note{Row: row, Key: key, Args: fault.Args(append([]any{"row", row}, pairs...)...)})
}

// sum adds the order's amounts of all columns of a field.
func (b *build) sum(p *plan, f Field) money.Fen {
	var s money.Fen
	for _, k := range p.byField[f] {
		s += b.sums[k]
	}
	return s
}

func (b *build) size(p *plan, f Field) money.Fen {
	var s money.Fen
	for _, k := range p.byField[f] {
		s += magnitude(b.sums[k])
	}
	return s
}

func fill(at *string, v string) {
	if *at == "" {
		*at = v
	}
}

func fillTime[T ~int64](at *T, v T) {
	if *at == 0 {
		*at = v
	}
}

// order takes the order's own facts from a row; what an earlier row said stays,
// blanks are filled by later ones (FORMATS §0 Q8d).
func (b *build) order(r *row) {
	d := &b.d
	fill(&d.ShopName, r.text(FShop))
	fill(&d.BuyerKey, r.id(FBuyer))
	fill(&d.Receiver, strings.TrimSpace(r.text(FReceiver)+" "+r.text(FLastName)))
	fill(&d.Phone, r.phone(FPhone))
	fill(&d.Province, r.word(FProvince))
	fill(&d.City, r.word(FCity))
	fill(&d.District, r.word(FDistrict))
	fill(&d.Address, r.address())
	fill(&d.Postcode, r.id(FPostcode))
	fill(&d.Country, r.word(FCountry))
	fill(&d.BuyerNote, r.word(FBuyerNote))
	fill(&d.SellerNote, r.word(FSellerNote))
	fill(&d.SellerFlag, r.word(FFlag))
	fillTime(&d.CreatedAt, r.time(FCreatedAt))
	fillTime(&d.PaidAt, r.time(FPaidAt))
	fillTime(&d.ShipBy, r.shipBy())
	d.COD = d.COD || isCOD(r.text(FPayMethod))
	d.Presale = d.Presale || isPresale(r.text(FStage)) || isYes(r.text(FStage))
	if code := strings.ToUpper(r.text(FCurrency)); code != "" {
		r.currency(code, r.p.cols[FCurrency][0])
	}
}

// facts takes what the row says of the order's state and gives the line's part.
// A further row without a status word, below merged cells or in Shopify's
// files, shares the state of the row above.
func (b *build) facts(r *row) lineFacts {
	if _, said := r.filled(FStatus); !said && r.p.has(FStatus) && len(b.d.Rows) > 1 {
		return b.last
	}
	l := b.newFacts(r)
	b.last = l
	return l
}

func (b *build) newFacts(r *row) lineFacts {
	s, ok := r.said()
	if !ok {
		return lineFacts{}
	}
	f, l := s.facts()
	if own := r.p.lay.rules.facts; own != nil {
		if f, l, ok = own(r, b, s); !ok {
			r.fail(unknownStatus, r.p.name(FStatus2), r.text(FStatus2)) // the first was read already
			return lineFacts{}
		}
	}
	b.tally.add(f)
	b.say(r)
	waybill, courier := s.waybill, r.word(FCourier)
	if waybill == "" && r.p.has(FExpress) {
		waybill, courier = splitExpress(r.text(FExpress))
	}
	if r.p.lay.Group == GroupMany && waybill != "" && b.d.Facts.Waybill != "" && !strings.Contains(","+b.d.Facts.Waybill+",", ","+waybill+",") {
		b.d.Facts.Waybill += "," + waybill // a second parcel of the order
	}
	fill(&b.d.Facts.Waybill, waybill)
	fill(&b.d.Facts.Courier, courier)
	return l
}

// say keeps the platform's own words, each once.
func (b *build) say(r *row) {
	for _, f := range []Field{FStatus, FStatus2, FAfter, FClose} {
		w := r.word(f)
		if w == "" || w == "订单未关闭" || len(b.words) >= 6 {
			continue
		}
		known := false
		for _, have := range b.words {
			known = known || have == w
		}
		if !known {
			b.words = append(b.words, w)
		}
	}
}

// add counts the row's amounts. An amount of the order that its rows repeat is
// counted once; rows that contradict each other are refused (FORMATS §0 Q8f).
func (b *build) add(r *row) {
	for k, a := range r.p.amounts {
		v := r.amounts[k]
		if v < 0 && neverNegative[a.field] {
			r.fail(negativeSum, a.name, v.String())
		}
		switch {
		case v == 0:
		case !a.once:
			b.sums[k] += v
		case b.sums[k] == 0:
			b.sums[k] = v
		case b.sums[k] != v:
			r.fail(orderAmounts, a.name, r.cell(a.at).Text, "order", b.d.Number, "other", b.sums[k])
		}
	}
	if q, ok := r.qty(FQty); ok {
		if v, err := money.Mul(r.sum(FUnit), q); err == nil {
			b.goods += v
		}
	}
}

// neverNegative are the amounts of an order that only a mistake makes negative;
// refunds and discounts are written with either sign.
var neverNegative = map[Field]bool{FGoods: true, FDue: true, FFreight: true, FTotal: true, FPaid: true, FReceived: true}

// close turns what was collected into the draft.
func (b *build) close(p *plan) {
	d := &b.d
	waybill, courier := d.Facts.Waybill, d.Facts.Courier
	d.Facts = b.tally.facts()
	d.Facts.Waybill, d.Facts.Courier, d.Facts.Words = waybill, courier, strings.Join(b.words, " / ")
	d.Has = p.can
	d.GoodsFen = b.sum(p, FGoods)
	if !p.has(FGoods) && p.has(FUnit) {
		d.GoodsFen = b.goods
	}
	d.FreightFen = b.sum(p, FFreight)
	d.ShopDiscountFen = b.size(p, FShopDisc)
	d.PlatformDiscountFen = b.size(p, FPlatDisc)
	d.TotalFen = b.sum(p, FTotal)
	d.PaidFen = b.sum(p, FPaid)
	d.RefundFen = b.size(p, FRefund)
	if !p.has(FRefund) {
		for i := range d.Lines {
			d.RefundFen += d.Lines[i].RefundFen
		}
	}
	d.place(p)
	if f := p.lay.rules.finish; f != nil {
		f(b, p)
	}
	d.Has.LineNet = d.Has.LineNet && !b.blur && len(d.Lines) > 0
	if !p.has(FTotal) && d.Has.LineNet && p.lay.Kind == KindOrders {
		d.TotalFen = netSum(d.Lines) + d.FreightFen
	}
	if d.Facts.Payment == domain.PayUnpaid { // 应付 and 实付 columns of unpaid orders say what is due
		if d.TotalFen == 0 {
			d.TotalFen = d.PaidFen
		}
		d.PaidFen = 0
	}
	for i := range d.Lines {
		d.Lines[i].standIn()
	}
	number(d.Lines)
}

// standIn lets title and spec stand for the platform's id of goods that carry
// no code at all, so that they too are tied to a SKU once and for all orders.
func (l *LineDraft) standIn() {
	const longest = 200 // what a channel code may hold, in bytes
	if l.Code != "" || l.PlatformSKU != "" || l.Title == "" {
		return
	}
	s := l.Title
	if l.Spec != "" {
		s += " / " + l.Spec
	}
	if len(s) > longest {
		sum := sha256.Sum256([]byte(s))
		head := []rune(s)
		for len(string(head)) > longest-17 {
			head = head[:len(head)-1]
		}
		s = string(head) + "#" + hex.EncodeToString(sum[:8])
	}
	l.PlatformSKU = s
}

// platformPart takes the platform's part of the discounts from what the shop
// receives: it is what the buyer did not pay of it.
func (b *build) platformPart(received money.Fen) {
	if d := &b.d; received > 0 && d.PaidFen > 0 {
		d.PlatformDiscountFen = max(0, received-d.PaidFen)
	}
}

// sharePlatform spreads the platform's part over the lines by their net.
func (d *OrderDraft) sharePlatform() {
	weights := make([]int64, len(d.Lines))
	for i := range d.Lines {
		weights[i] = int64(max(0, d.Lines[i].NetFen))
	}
	for i, part := range money.Split(d.PlatformDiscountFen, weights) {
		d.Lines[i].PlatformFen = part
	}
}

// place splits the address, or takes away from it what the region columns say.
func (d *OrderDraft) place(p *plan) {
	if !p.has(FProvince) && p.has(FAddress) && d.Country == "" {
		a := SplitAddress(d.Address)
		d.Province, d.City, d.District, d.Address = a.Province, a.City, a.District, a.Rest
		fill(&d.Postcode, a.Postcode)
		return
	}
	for _, part := range []string{d.Province, d.City, d.District} {
		if part != "" {
			d.Address = strings.TrimLeft(strings.TrimPrefix(d.Address, part), " ")
		}
	}
}

func netSum(lines []LineDraft) money.Fen {
	var s money.Fen
	for i := range lines {
		s += lines[i].NetFen
	}
	return s
}

// number tells honest repeats apart: equal lines without a sub-order number get
// 1, 2, 3… in the order of the rows.
func number(lines []LineDraft) {
	if len(lines) == 1 {
		lines[0].Occurrence = 1
		return
	}
	seen := make(map[string]int, len(lines))
	for i := range lines {
		l := &lines[i]
		if l.SubNo != "" {
			l.Occurrence = 1
			continue
		}
		k := l.goods()
		seen[k]++
		l.Occurrence = seen[k]
	}
}

func isPresale(s string) bool {
	l := strings.ToLower(s)
	for _, w := range []string{"预售", "定金", "尾款", "presale", "pre-sale"} {
		if strings.Contains(l, w) && !strings.Contains(l, "非预售") {
			return true
		}
	}
	return false
}

// tailDue tells a presale whose deposit is paid and whose tail is not.
func tailDue(stage string) bool {
	w := plainWord(stage)
	return strings.Contains(w, "尾款未付") || strings.Contains(w, "定金已付,等待付尾款") || strings.Contains(w, "待付尾款")
}

// splitExpress reads Douyin's 快递信息: "SF123-顺丰速运,<sku>-1".
func splitExpress(s string) (waybill, courier string) {
	first, _, _ := strings.Cut(strings.ReplaceAll(s, "，", ","), ",")
	waybill, courier, _ = strings.Cut(first, "-")
	return strings.TrimSpace(waybill), strings.TrimSpace(courier)
}

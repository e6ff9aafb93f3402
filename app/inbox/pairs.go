package inbox

import (
	"zhanggui/app/domain"
	"zhanggui/app/ingest"
)

// pairs says which lines of a draft are which lines of the order.
type pairs struct {
	line  []int // per draft line: index of the order's line, -1 for none
	extra []int // draft lines that the order does not have
	whole bool  // the draft names every line of the order that is still open, or no lines at all
	added bool  // extra lines were added to the order
	sure  bool  // the two name their lines alike: what is not found is really missing
}

// pair compares the lines. Reports of one platform name goods differently: only
// where sub-order numbers are on both sides, or something agrees, is a line
// that is not found a line that is not there.
func pair(o *domain.Order, d *ingest.OrderDraft) pairs {
	p := pairs{line: make([]int, len(d.Lines)), whole: true}
	if len(o.Lines) == 0 || len(d.Lines) == 0 {
		for i := range p.line {
			p.line[i] = -1
		}
		return p
	}
	numbered, met := true, map[int]bool{}
	for i := range d.Lines {
		at := findLine(o, &d.Lines[i])
		p.line[i] = at
		numbered = numbered && d.Lines[i].SubNo != ""
		if at < 0 {
			p.extra = append(p.extra, i)
			continue
		}
		met[at] = true
	}
	missing := 0
	for i := range o.Lines {
		numbered = numbered && o.Lines[i].SubNo != ""
		if !met[i] && (o.Lines[i].CancelQty == 0 || o.Lines[i].Open() > 0) {
			missing++
		}
	}
	p.sure = numbered || len(met) > 0 && (missing == 0 || len(p.extra) == 0)
	p.whole = !p.sure || missing == 0
	return p
}

// facts are what the file says of the order. A file that holds only some of its
// sub-orders (an export of those that were closed, say) tells nothing of the rest.
func (p *pairs) facts(o *domain.Order, d *ingest.OrderDraft) domain.PlatformFacts {
	if p.whole {
		return d.Facts
	}
	return d.Facts.OfSome(o.Platform)
}

// ownAmounts tells that the draft's amounts are those of its lines alone.
func (p *pairs) ownAmounts(d *ingest.OrderDraft) bool {
	if !d.Has.LineNet {
		return false
	}
	sum := d.FreightFen
	for i := range d.Lines {
		sum += d.Lines[i].NetFen
	}
	if d.Has.Paid && d.PaidFen != 0 {
		return d.PaidGrossFen()+d.PlatformDiscountFen == sum
	}
	return d.TotalFen == 0 || d.TotalFen == sum
}

// findLine matches a draft line: by sub-order number, else by code, spec and
// occurrence; -1 when the order has no such line.
func findLine(o *domain.Order, d *ingest.LineDraft) int {
	for i := range o.Lines {
		l := &o.Lines[i]
		if d.SubNo != "" || l.SubNo != "" {
			if d.SubNo == l.SubNo {
				return i
			}
			continue
		}
		if l.Code == d.Code && l.PlatformSKU == d.PlatformSKU && l.Title == d.Title && l.Spec == d.Spec && l.Occurrence == max(d.Occurrence, 1) {
			return i
		}
	}
	return -1
}

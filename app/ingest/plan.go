package ingest

import (
	"strings"

	"zhanggui/app/ingest/value"
)

// plan is a layout laid over one header: which physical column holds which
// field. Columns are found by name only, never by position.
type plan struct {
	lay       *Layout
	header    []string
	keys      []string // the header, normalised
	cols      map[Field][]int
	amounts   []amountCol
	byField   map[Field][]int // field -> places in amounts
	mapped    []int           // every column that is read, for comparing rows
	orderCols []int           // columns of the order's own facts
	goodsCols []int           // columns that make a row a goods line
	unknown   []string
	decimal   string // "," when amounts use a decimal comma
	dates     string // "dmy" or "mdy" for dates with slashes
	currency  string
	computed  string // the name of the total of files that have no amount column
	can       Fields // what drafts of this plan can hold at all
}

// amountCol is one amount column; each has a control total.
type amountCol struct {
	field Field
	at    int
	name  string
	once  bool
}

func newPlan(lay *Layout, header []string) *plan {
	p := &plan{lay: lay, header: header, cols: map[Field][]int{}, byField: map[Field][]int{}, currency: lay.Currency}
	where := map[string][]int{}
	for i, h := range header {
		k := value.HeaderKey(h)
		p.keys = append(p.keys, k)
		if k != "" {
			where[k] = append(where[k], i)
		}
	}
	for _, c := range lay.Columns {
		for _, n := range c.Names {
			if at := where[value.HeaderKey(n)]; len(at) > 0 {
				p.take(c, at)
				break
			}
		}
	}
	for i, k := range p.keys {
		if k != "" && !lay.known[k] && !reasonColumn(k) {
			p.unknown = append(p.unknown, strings.TrimSpace(header[i]))
		}
	}
	p.can = p.fields()
	p.computed = p.name(FQty) + " × " + p.name(FUnit)
	return p
}

// take gives a column's places to its field. A name that stands twice (Youzan's
// 分销员) gives a text field both places; of an amount only the first counts.
func (p *plan) take(c Column, at []int) {
	for _, i := range at {
		p.cols[c.Field] = append(p.cols[c.Field], i)
		p.mapped = append(p.mapped, i)
		if orderLevel[c.Field] {
			p.orderCols = append(p.orderCols, i)
		}
		if c.Field == FTitle || c.Field == FCode || c.Field == FSKU {
			p.goodsCols = append(p.goodsCols, i)
		}
	}
	if c.Field.Type() == TypeAmount {
		p.byField[c.Field] = append(p.byField[c.Field], len(p.amounts))
		p.amounts = append(p.amounts, amountCol{field: c.Field, at: at[0], name: strings.TrimSpace(p.header[at[0]]), once: c.Once})
	}
}

// has tells whether any column holds the field.
func (p *plan) has(f Field) bool { return len(p.cols[f]) > 0 }

func (p *plan) hasAny(fields ...Field) bool {
	for _, f := range fields {
		if p.has(f) {
			return true
		}
	}
	return false
}

// name is the header text of the field's first column, for messages.
func (p *plan) name(f Field) string {
	if at := p.cols[f]; len(at) > 0 {
		return strings.TrimSpace(p.header[at[0]])
	}
	return ""
}

// types tells how each column is read.
func (p *plan) types() []FieldType {
	out := make([]FieldType, len(p.header))
	for i := range out {
		out[i] = TypeText
	}
	for f, at := range p.cols {
		for _, i := range at {
			if out[i] == TypeText {
				out[i] = f.Type()
			}
		}
	}
	return out
}

// fields says what drafts of this plan can hold at all.
func (p *plan) fields() Fields {
	return Fields{
		Lines:     p.hasAny(FTitle, FCode, FSKU, FGoodsList) && p.lay.Group != GroupMany,
		Address:   p.hasAny(FAddress, FProvince),
		Phone:     p.has(FPhone),
		Notes:     p.hasAny(FBuyerNote, FSellerNote, FFlag),
		Amounts:   p.hasAny(FGoods, FDue, FTotal, FPaid, FReceived),
		Total:     p.has(FTotal),
		Paid:      p.has(FPaid),
		Refund:    p.hasAny(FRefund, FLineRef),
		Discounts: p.hasAny(FShopDisc, FPlatDisc),
		Freight:   p.has(FFreight),
		Buyer:     p.hasAny(FBuyer, FReceiver),
		Ship:      p.hasAny(FWaybill, FExpress),
		Status:    p.has(FStatus),
		Payment:   p.hasAny(FStatus, FPaidAt),
	}
}

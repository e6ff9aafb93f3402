package ingest

import (
	"bytes"
	"encoding/json"
	"io"
	"sort"
	"strings"
	"unicode/utf8"

	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/ingest/value"
)

// Mapping says which column of a file holds which field, for files that no
// built-in layout knows: made once in the window and remembered by the file's
// set of columns, or given by zg import --map FILE. As JSON:
//
//	{
//	  "name": "Online Retail",            what people call it
//	  "kind": "orders",                   orders | lines | products | opening
//	  "channel": "offline",               channel code, may be empty
//	  "columns": {                        field -> column name, as in the file's header
//	    "order_no": "InvoiceNo", "code": "StockCode", "title": "Description", "qty": "Quantity",
//	    "created_at": "InvoiceDate", "unit_price": "UnitPrice", "buyer": "CustomerID", "country": "Country"
//	  },
//	  "payment": "paid",                  paid | unpaid: of files without status and payment time
//	  "cancel_prefix": "C",               order numbers that begin so are cancellations and are refused
//	  "currency": "GBP",                  what the amounts are in, when no column says it
//	  "decimal": ".",                     "." (default) or "," as in 1.234,50
//	  "dates": "ymd",                     ymd (default), dmy or mdy, for dates such as 09/03/26
//	  "once": ["freight", "paid"],        amounts of the order that are repeated on each of its rows
//	  "status": {"已付款": "paid"},         status word -> unpaid, deposit, paid, part_shipped, shipped, completed,
//	                                      cancelled, refunded, refund_asked; common words need no entry
//	  "header_key": ""                    filled in by the program: the set of columns it belongs to
//	}
//
// Rows of one order number become one order; rows with a negative quantity are
// refused with all rows of their order. A line's net amount is "line_net", else
// quantity × unit price when the file has no amounts of the whole order.
type Mapping struct {
	Name         string            `json:"name"`
	HeaderKey    string            `json:"header_key,omitempty"`
	Channel      string            `json:"channel,omitempty"`
	Kind         Kind              `json:"kind"`
	Columns      map[Field]string  `json:"columns"`
	Payment      string            `json:"payment,omitempty"`
	CancelPrefix string            `json:"cancel_prefix,omitempty"`
	Currency     string            `json:"currency,omitempty"`
	Decimal      string            `json:"decimal,omitempty"`
	Dates        string            `json:"dates,omitempty"`
	Once         []Field           `json:"once,omitempty"`
	Status       map[string]string `json:"status,omitempty"`
}

// ReadMapping reads the JSON of one mapping and checks it.
// Errors: Invalid fault.ingest.mapping_json (no JSON, unknown names in it) and
// those of Validate.
func ReadMapping(r io.Reader) (Mapping, error) {
	var m Mapping
	dec := json.NewDecoder(io.LimitReader(r, 1<<20))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&m); err != nil {
		return m, fault.New(fault.Invalid, "fault.ingest.mapping_json", "detail", err.Error()).Because(err)
	}
	return m, m.Validate()
}

// ParseMapping is ReadMapping of bytes. Errors: as ReadMapping.
func ParseMapping(data []byte) (Mapping, error) { return ReadMapping(bytes.NewReader(data)) }

// JSON prints the mapping as ReadMapping reads it.
// Errors: none of a valid mapping; Internal otherwise.
func (m *Mapping) JSON() ([]byte, error) {
	data, err := json.MarshalIndent(m, "", "  ")
	return data, fault.Wrap(err, "mapping")
}

// meanings are the values of Mapping.Status.
var meanings = map[string]stance{
	"unpaid": stUnpaid, "deposit": stDeposit, "paid": stPaid, "part_shipped": stPart, "shipped": stShipped,
	"completed": stDone, "cancelled": stClosed, "refunded": stRefunded, "refund_asked": stAsked,
}

// StatusMeanings lists the values a status word can be mapped to.
func StatusMeanings() []string {
	var out []string
	for k := range meanings {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}

// Validate checks the mapping by itself. The faults of all wrong entries stand
// in Fields under the entry's JSON name ("columns.qty").
// Errors: Invalid fault.ingest.mapping.
func (m *Mapping) Validate() error {
	f := fault.New(fault.Invalid, "fault.ingest.mapping", "name", m.Name)
	if n := utf8.RuneCountInString(strings.TrimSpace(m.Name)); n == 0 || n > 60 {
		f.Field("name", "fault.ingest.mapping_name")
	}
	allowed := map[Field]bool{}
	for _, x := range MappableFields(m.Kind) {
		allowed[x] = true
	}
	if len(allowed) == 0 {
		f.Field("kind", "fault.ingest.mapping_kind")
	}
	m.checkColumns(f, allowed)
	m.checkOptions(f)
	if len(f.Fields) > 0 {
		return f
	}
	return nil
}

func (m *Mapping) checkColumns(f *fault.Error, allowed map[Field]bool) {
	used := map[string]Field{}
	for _, field := range m.fields() {
		column := value.HeaderKey(m.Columns[field])
		name := "columns." + string(field)
		switch {
		case !allowed[field]:
			f.Field(name, "fault.ingest.mapping_field")
		case column == "":
			f.Field(name, "fault.required")
		case used[column] != "":
			f.Field(name, "fault.ingest.mapping_column_twice")
		}
		used[column] = field
	}
	for _, need := range m.required() {
		if m.Columns[need] == "" {
			f.Field("columns."+string(need), "fault.required")
		}
	}
	if m.Kind == KindOrders && m.Columns[FStatus] == "" && m.Columns[FPaidAt] == "" && m.Payment == "" {
		f.Field("payment", "fault.ingest.mapping_payment")
	}
	if m.Kind == KindLines && m.Columns[FCode] == "" && m.Columns[FTitle] == "" && m.Columns[FSKU] == "" {
		f.Field("columns."+string(FCode), "fault.required")
	}
	if m.Kind == KindOpening && m.Columns[FValue] == "" && m.Columns[FUnitCost] == "" {
		f.Field("columns."+string(FValue), "fault.required")
	}
}

func (m *Mapping) checkOptions(f *fault.Error) {
	oneOf := func(name, v string, list ...string) {
		for _, x := range list {
			if v == x {
				return
			}
		}
		f.Field(name, "fault.ingest.mapping_choice")
	}
	oneOf("payment", m.Payment, "", "paid", "unpaid")
	oneOf("decimal", m.Decimal, "", ".", ",")
	oneOf("dates", m.Dates, "", "ymd", "dmy", "mdy")
	if len(m.Currency) != 0 && (len(m.Currency) != 3 || strings.ToUpper(m.Currency) != m.Currency) {
		f.Field("currency", "fault.ingest.mapping_currency")
	}
	for w, mean := range m.Status {
		if _, ok := meanings[mean]; !ok {
			f.Field("status."+w, "fault.ingest.mapping_choice")
		}
	}
	for _, x := range m.Once {
		if m.Columns[x] == "" || x.Type() != TypeAmount {
			f.Field("once", "fault.ingest.mapping_once")
		}
	}
}

func (m *Mapping) required() []Field {
	switch m.Kind {
	case KindOrders:
		return []Field{FOrder}
	case KindLines:
		return []Field{FOrder, FQty}
	case KindProducts:
		return []Field{FSKUCode, FTitle}
	case KindOpening:
		return []Field{FSKUCode, FQty}
	}
	return nil
}

// fields lists the mapped fields in a fixed order.
func (m *Mapping) fields() []Field {
	out := make([]Field, 0, len(m.Columns))
	for f := range m.Columns {
		out = append(out, f)
	}
	sort.Slice(out, func(i, k int) bool { return out[i] < out[k] })
	return out
}

// present counts the mapped columns that the header has.
func (m *Mapping) present(keys map[string]bool) int { return len(m.Columns) - len(m.absent(keys)) }

func (m *Mapping) absent(keys map[string]bool) []string {
	var out []string
	for _, f := range m.fields() {
		if !keys[value.HeaderKey(m.Columns[f])] {
			out = append(out, m.Columns[f])
		}
	}
	return out
}

// fits tells that the mapping was made for this set of columns; one without a
// header key fits wherever its columns are.
func (m *Mapping) fits(set string, keys map[string]bool) bool {
	if m.HeaderKey != "" && m.HeaderKey != set {
		return false
	}
	return len(m.Columns) > 0 && m.present(keys) == len(m.Columns)
}

// layout makes a layout of the mapping.
func (m *Mapping) layout() *Layout {
	once := map[Field]bool{}
	for _, f := range m.Once {
		once[f] = true
	}
	l := &Layout{Key: m.Name, Channel: m.Channel, Kind: m.Kind, Group: GroupLines, Currency: m.Currency, status: map[string]stance{}}
	for _, f := range m.fields() {
		l.Columns = append(l.Columns, Column{Field: f, Names: []string{m.Columns[f]}, Once: once[f]})
	}
	for w, s := range commonWords {
		l.status[w] = s
	}
	for w, mean := range m.Status {
		l.status[plainWord(w)] = meanings[mean]
	}
	l.rules.line, l.rules.finish, l.rules.facts = m.line, m.finish, m.facts
	l.index()
	return l
}

// adjust lays the mapping's options over a plan.
func (m *Mapping) adjust(p *plan) {
	p.decimal = m.Decimal
	if m.Dates != "ymd" {
		p.dates = m.Dates
	}
	if m.Payment != "" {
		p.can.Payment = true
	}
}

// facts refuses cancellations and fills in the payment of files that say nothing.
func (m *Mapping) facts(r *row, _ *build, s said) (domain.PlatformFacts, lineFacts, bool) {
	if m.CancelPrefix != "" && strings.HasPrefix(r.number(), m.CancelPrefix) {
		r.fail(cancellation, r.p.name(FOrder), r.number(), "prefix", m.CancelPrefix)
	}
	if s.status == stNone && s.paidAt == 0 && s.after == asNone && m.Payment == "paid" {
		s.status = stPaid
		if s.shippedAt != 0 || s.waybill != "" {
			s.status = stShipped
		}
	}
	f, l := s.facts()
	return f, l, true
}

// line gives the net of one line: its own column, else quantity × price when
// no amount of the whole order could contradict that.
func (m *Mapping) line(r *row, b *build, l *LineDraft) {
	l.PlatformFen = r.size(FLinePlat)
	switch {
	case r.p.has(FLineNet):
		l.NetFen = r.sum(FLineNet)
		if l.NetFen < 0 {
			r.fail(negativeSum, r.p.name(FLineNet), l.NetFen.String())
		}
	case r.p.has(FUnit) && !r.p.hasAny(FGoods, FShopDisc, FPlatDisc, FTotal, FPaid) && !l.QtyUnknown:
		l.NetFen = r.times(l)
	default:
		b.blur = true
	}
}

func (m *Mapping) finish(b *build, p *plan) {
	d := &b.d
	d.Has.LineNet = d.Has.Lines
	if !p.has(FPaid) && m.Payment == "paid" && d.Facts.Payment == domain.PayPaid && !b.blur {
		d.PaidFen = netSum(d.Lines) + d.FreightFen
	}
}

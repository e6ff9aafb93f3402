package domain

import (
	"regexp"
	"strings"

	"zhanggui/app/fault"
	"zhanggui/app/ids"
	"zhanggui/app/money"
	"zhanggui/app/when"
)

// ParcelState is where a parcel is.
type ParcelState string

// The states of a parcel.
const (
	ParcelPlanned ParcelState = "planned"     // a split says what will go into it
	ParcelShipped ParcelState = "shipped"     // waybill attached, goods and money posted
	ParcelHanded  ParcelState = "handed_over" // given to the courier: no undo any more
	ParcelVoided  ParcelState = "voided"      // its shipment was undone
)

// Parcel is what is sent: lines of one order, or of several when merged.
//
// Guarantees: a waybill number is used by one parcel that is not voided; a
// parcel line ships once; cost is frozen on its lines (rules.md §5.5.9).
type Parcel struct {
	ID        ids.ParcelID
	Order     ids.OrderID // the leading order
	No        int         // 1, 2, … within the order
	State     ParcelState
	Courier   string
	Waybill   string
	ShippedAt when.Millis
	HandedAt  when.Millis
	BizDay    when.Day
	EntrySeq  int64 // its journal entry, 0 before shipping
	Lines     []ParcelLine
	Version   int64
}

// Send marks the parcel as sent at an instant. One whose hand-over is already
// set goes straight to the courier.
func (p *Parcel) Send(now when.Millis) {
	p.State, p.ShippedAt, p.BizDay = ParcelShipped, now, now.Day()
	if p.HandedAt != 0 {
		p.State = ParcelHanded
	}
}

// HandOver marks the parcel as given to the courier; a second time changes nothing.
// Errors: Conflict fault.shipping.not_shipped.
func (p *Parcel) HandOver(now when.Millis) error {
	switch p.State {
	case ParcelHanded:
		return nil
	case ParcelShipped:
		p.State, p.HandedAt = ParcelHanded, now
		return nil
	}
	return fault.New(fault.Conflict, "fault.shipping.not_shipped", "waybill", p.Waybill)
}

// Unhand takes the hand-over back: the parcel waits for the courier again.
// Errors: Conflict fault.shipping.not_handed.
func (p *Parcel) Unhand() error {
	if p.State != ParcelHanded {
		return fault.New(fault.Conflict, "fault.shipping.not_handed", "waybill", p.Waybill)
	}
	p.State, p.HandedAt = ParcelShipped, 0
	return nil
}

// Void takes the shipment back; only before the hand-over.
// Errors: Conflict fault.shipping.handed_over, fault.shipping.not_shipped.
func (p *Parcel) Void() error {
	switch p.State {
	case ParcelHanded:
		return fault.New(fault.Conflict, "fault.shipping.handed_over", "waybill", p.Waybill, "at", p.HandedAt.Minute())
	case ParcelShipped:
		p.State = ParcelVoided
		return nil
	}
	return fault.New(fault.Conflict, "fault.shipping.not_shipped", "waybill", p.Waybill)
}

// ParcelLine is a number of units of one order line in a parcel. Items are the
// SKUs that leave for it: one for a plain line, several for a kit.
type ParcelLine struct {
	Order      ids.OrderID
	Line       ids.LineID
	Qty        int64
	RevenueFen money.Fen
	Returned   int64
	Items      []ParcelItem
}

// ParcelItem is the units of one SKU with the cost they were issued at.
type ParcelItem struct {
	SKU       ids.SKUID
	Qty       int64
	CostFen   money.Fen
	Returned  int64     // units taken back
	ReturnFen money.Fen // at this part of the issued cost
}

// ShipmentEvent is one row of a parcel's history.
type ShipmentEvent struct {
	Seq    int64
	Parcel ids.ParcelID
	At     when.Millis
	Kind   string // planned, shipped, undone, handed_over, hand_undone, returned, return_undone, tracking
	Text   string
	Actor  string
}

// ErrUsed builds the fault for a waybill number that another parcel carries.
func ErrUsed(waybill, order string) error {
	return fault.New(fault.Conflict, "fault.shipping.waybill_used", "waybill", waybill, "order", order)
}

// NormalWaybill cleans a number as people paste it: blanks, commas, quotes,
// @ and = go, letters become capitals (FORMATS §3.1). Errors: Invalid
// fault.shipping.waybill when nothing or something odd is left.
func NormalWaybill(s string) (string, error) {
	var b strings.Builder
	for _, r := range strings.ToUpper(s) {
		switch {
		case r >= '0' && r <= '9', r >= 'A' && r <= 'Z', r == '-':
			b.WriteRune(r)
		case r >= '０' && r <= '９': // full-width digits from an input method
			b.WriteRune(r - '０' + '0')
		case strings.ContainsRune(" \t\r\n,'\"@=`", r):
		default:
			return "", fault.New(fault.Invalid, "fault.shipping.waybill", "waybill", s).Field("waybill", "fault.shipping.waybill_chars")
		}
	}
	w := b.String()
	if len(w) < 5 || len(w) > 40 {
		return "", fault.New(fault.Invalid, "fault.shipping.waybill", "waybill", s).Field("waybill", "fault.shipping.waybill_length")
	}
	return w, nil
}

// Courier is one courier with the shapes its numbers may have. The shapes
// overlap: they suggest, they never decide (FORMATS §3.3).
type Courier struct {
	Code    string
	Aliases []string // names as platforms write them
	Shape   *regexp.Regexp
}

// Couriers lists the known couriers; the window's names are courier.<code>.
var Couriers = []Courier{
	{"sf", []string{"顺丰", "顺丰速运", "SF"}, regexp.MustCompile(`^(SF\d{10,16}|\d{12})$`)},
	{"yto", []string{"圆通", "圆通速递", "圆通快递", "YTO"}, regexp.MustCompile(`^(YT\d{10,16}|[A-Z0-9]{10,12}|88[A-Z0-9]{16})$`)},
	{"zto", []string{"中通", "中通快递", "ZTO"}, regexp.MustCompile(`^(7\d{11,13}|[A-Z0-9]{12})$`)},
	{"sto", []string{"申通", "申通快递", "STO"}, regexp.MustCompile(`^(33\d{10,12}|\d{12,15})$`)},
	{"yunda", []string{"韵达", "韵达快递", "韵达速递"}, regexp.MustCompile(`^(4\d{11,14}|\d{13,14})$`)},
	{"ems", []string{"EMS", "邮政EMS", "邮政特快"}, regexp.MustCompile(`^([A-Z]{2}\d{9}[A-Z]{2}|1\d{12}|[A-Z0-9]{13})$`)},
	{"post", []string{"邮政", "邮政快递包裹", "中国邮政"}, regexp.MustCompile(`^[A-Z0-9]{13}$`)},
	{"jd", []string{"京东", "京东快递", "京东物流"}, regexp.MustCompile(`^JD[A-Z]?\d{9,15}$`)},
	{"jt", []string{"极兔", "极兔速递"}, regexp.MustCompile(`^JT\d{10,}$`)},
	{"db", []string{"德邦", "德邦快递"}, regexp.MustCompile(`^(DPK)?\d{8,12}$`)},
	{"best", []string{"百世", "百世快递"}, regexp.MustCompile(`^([A-Z]\d{10,12}|[A-Z]{2}\d{9,11}|[A-Z]{3}\d{8,10}|[A-Z]{4}\d{7,9}|\d{11,14})$`)},
	{"self", []string{"自提", "送货", "自配送"}, nil},
	{"other", []string{"其他"}, nil},
}

// FindCourier finds a courier by code or by a name that platforms use.
func FindCourier(name string) (Courier, bool) {
	n := strings.TrimSpace(name)
	for _, c := range Couriers {
		if strings.EqualFold(c.Code, n) {
			return c, true
		}
		for _, a := range c.Aliases {
			if strings.EqualFold(a, n) {
				return c, true
			}
		}
	}
	return Courier{}, false
}

// SuggestCouriers lists the codes whose number shape fits, the prefixed ones first.
func SuggestCouriers(waybill string) []string {
	var exact, loose []string
	for _, c := range Couriers {
		if c.Shape == nil || !c.Shape.MatchString(waybill) {
			continue
		}
		if waybill[0] >= 'A' && strings.HasPrefix(c.Shape.String(), "^("+waybill[:2]) || strings.HasPrefix(c.Shape.String(), "^"+waybill[:2]) {
			exact = append(exact, c.Code)
		} else {
			loose = append(loose, c.Code)
		}
	}
	return append(exact, loose...)
}

// FitsCourier tells whether the number has a shape that the courier uses; true
// for couriers without a known shape.
func FitsCourier(code, waybill string) bool {
	c, ok := FindCourier(code)
	return ok && (c.Shape == nil || c.Shape.MatchString(waybill))
}

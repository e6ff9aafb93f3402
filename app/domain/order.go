package domain

import (
	"zhanggui/app/ids"
	"zhanggui/app/money"
	"zhanggui/app/when"
)

// Payment is the first of the four facts of an order (rules.md §5.1).
type Payment string

// Audit is the second fact: what service decided.
type Audit string

// Fulfilment is the third fact, kept per line; the order's is derived from its lines.
type Fulfilment string

// Closing is the fourth fact.
type Closing string

// The values of the four facts.
const (
	PayUnpaid       Payment = "unpaid"
	PayDeposit      Payment = "deposit"
	PayPaid         Payment = "paid"
	PayPartRefunded Payment = "part_refunded"
	PayRefunded     Payment = "refunded"

	AuditNew       Audit = "new"
	AuditException Audit = "exception"
	AuditPassed    Audit = "audited"
	AuditHold      Audit = "hold"

	FulNone     Fulfilment = "none"
	FulReserved Fulfilment = "reserved"
	FulPart     Fulfilment = "part_shipped" // some units shipped, some still here
	FulShipped  Fulfilment = "shipped"
	FulReturned Fulfilment = "returned" // all of it was shipped and came back

	ClosingOpen      Closing = "open"
	ClosingCompleted Closing = "completed"
	ClosingCancelled Closing = "cancelled"
)

// PlatformFacts is what the platform's file says of an order. It is kept apart
// from our own facts (rules.md §5.1.5) and may only move forward (§5.1.1).
type PlatformFacts struct {
	Payment     Payment `json:"payment"`
	Shipped     bool    `json:"shipped,omitempty"` // the platform says: all of it is on its way
	PartShipped bool    `json:"part_shipped,omitempty"`
	Completed   bool    `json:"completed,omitempty"`
	Cancelled   bool    `json:"cancelled,omitempty"`
	RefundAsked bool    `json:"refund_asked,omitempty"` // a refund is running, not decided
	Waybill     string  `json:"waybill,omitempty"`
	Courier     string  `json:"courier,omitempty"` // as the file names it
	Words       string  `json:"words,omitempty"`   // the platform's own status words
}

// Receiver is the person and place a parcel goes to. It is kept in a table of
// its own, so that it can be erased without touching the books.
type Receiver struct {
	Name     string `json:"name"`
	Phone    string `json:"phone"`
	Province string `json:"province"`
	City     string `json:"city"`
	District string `json:"district"`
	Address  string `json:"address"`
	Postcode string `json:"postcode,omitempty"`
	Country  string `json:"country,omitempty"`
	Edited   bool   `json:"edited,omitempty"` // corrected by hand: files no longer change it
}

// Order is one buyer's purchase on one shop.
//
// Guarantees, each with a test and where SQL can a constraint:
//   - one order per (channel, shop, platform number), DECIDED 2;
//   - net = sum of line nets + freight for every audited order (QUALITY I5);
//   - a platform file only moves it forward (rules.md §5.1.1), TestApply_Backward_Conflict;
//   - its deadlines are instants stored once (rules.md §5.1, deadlines);
//   - reserved units of a line never exceed what is still to ship.
type Order struct {
	ID       ids.OrderID
	ShopID   ids.ShopID
	Channel  string
	Number   string
	Customer ids.CustomerID
	BuyerKey string
	Manual   bool // entered by hand (phone, offline)
	External bool // was shipped or closed before we first saw it: no stock, no posting

	Payment  Payment
	Audit    Audit
	Fulfil   Fulfilment
	Closing  Closing
	Platform PlatformFacts

	Receiver   Receiver
	BuyerNote  string
	SellerNote string
	SellerFlag string
	COD        bool
	CODCalled  bool // the call before delivery was made and accepted
	Presale    bool

	CreatedAt when.Millis
	PaidAt    when.Millis
	TargetAt  when.Millis // ship target, amber; 0 until the clock starts
	LimitAt   when.Millis // ship limit, red
	AuditedAt when.Millis
	ShippedAt when.Millis // when the last unit left
	BizDay    when.Day    // the shop's day of payment, else of creation

	GoodsFen            money.Fen // list value of the goods
	FreightFen          money.Fen
	ShopDiscountFen     money.Fen
	PlatformDiscountFen money.Fen
	TotalFen            money.Fen // the file's own total
	PaidFen             money.Fen
	RefundFen           money.Fen
	NetFen              money.Fen // what the shop is owed: paid + platform-funded part

	HoldUntil  when.Millis
	HoldReason string
	MergeID    ids.OrderID // the leading order of a merged parcel, zero when alone

	Lines   []Line
	Checks  []Check
	Version int64
}

// Line is one goods line of an order.
type Line struct {
	ID          ids.LineID
	Pos         int
	SubNo       string
	Occurrence  int
	Code        string
	PlatformSKU string
	Title       string
	Spec        string
	SKU         ids.SKUID // zero: not mapped yet
	Qty         int64
	QtyUnknown  bool // the file gives one quantity for several goods
	UnitFen     money.Fen
	NetFen      money.Fen
	PlatformFen money.Fen
	RefundFen   money.Fen // given back before shipping
	Gift        bool
	ShippedQty  int64
	ReturnedQty int64
	CancelQty   int64
	Parts       []Part // what is reserved and shipped: the SKU itself, or the kit's parts frozen at mapping (§5.3.6)
}

// Part is one SKU that a line consists of, with the units per unit of the line.
type Part struct {
	SKU      ids.SKUID
	Qty      int64 // per unit of the line
	Reserved int64 // units of the SKU now reserved for the line
}

// Open is the number of units still to ship.
func (l *Line) Open() int64 { return l.Qty - l.ShippedQty - l.CancelQty }

// closed tells that nothing of the line is to be shipped any more because it was closed.
func (l *Line) closed() bool { return l.CancelQty > 0 && l.Open() == 0 }

// Mapped tells whether the program knows what to ship.
func (l *Line) Mapped() bool { return !l.SKU.Zero() && len(l.Parts) > 0 && !l.QtyUnknown }

// RevenueFen is the line's revenue after what was given back before shipping.
func (l *Line) RevenueFen() money.Fen { return l.NetFen - l.RefundFen }

// EarnedFen is what the units that left are worth, by cumulative rounding.
func (l *Line) EarnedFen() money.Fen {
	return money.Cumulative(l.RevenueFen(), l.Qty-l.CancelQty, 0, l.ShippedQty)
}

// Payable tells whether the order may be shipped as far as money goes:
// paid, or payable on delivery (DECIDED 1).
func (o *Order) Payable() bool {
	switch o.Payment {
	case PayPaid, PayPartRefunded:
		return true
	case PayUnpaid:
		return o.COD
	}
	return false
}

// Units sums the lines' open units.
func (o *Order) Units() int64 {
	var n int64
	for i := range o.Lines {
		n += o.Lines[i].Open()
	}
	return n
}

// Line returns the line with that id, nil when there is none.
func (o *Order) Line(id ids.LineID) *Line {
	for i := range o.Lines {
		if o.Lines[i].ID == id {
			return &o.Lines[i]
		}
	}
	return nil
}

// derive recomputes the order's fulfilment from its lines.
func (o *Order) derive() {
	var qty, shipped, returned, cancelled, reserved int64
	for i := range o.Lines {
		l := &o.Lines[i]
		qty += l.Qty
		shipped += l.ShippedQty
		returned += l.ReturnedQty
		cancelled += l.CancelQty
		for _, p := range l.Parts {
			reserved += p.Reserved
		}
	}
	switch {
	case shipped > 0 && shipped+cancelled >= qty && returned >= shipped:
		o.Fulfil = FulReturned
	case shipped > 0 && shipped+cancelled >= qty:
		o.Fulfil = FulShipped
	case shipped > 0:
		o.Fulfil = FulPart
	case o.External && (o.Platform.Shipped || o.Platform.Completed):
		o.Fulfil = FulShipped
	case reserved > 0:
		o.Fulfil = FulReserved
	default:
		o.Fulfil = FulNone
	}
}

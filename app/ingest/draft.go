package ingest

import (
	"strconv"

	"zhanggui/app/domain"
	"zhanggui/app/money"
	"zhanggui/app/when"
)

// Kind is what a file brings.
type Kind string

// The kinds of file.
const (
	KindOrders   Kind = "orders"   // orders, with or without their goods lines
	KindLines    Kind = "lines"    // goods lines of orders that another file holds (Taobao 宝贝报表)
	KindWaybills Kind = "waybills" // waybills of orders that another file holds (Douyin 运单表)
	KindProducts Kind = "products" // our product list template
	KindOpening  Kind = "opening"  // our opening stock template
	KindUnknown  Kind = "unknown"  // map the columns once, then it is known
)

// File is one file read whole: what it is, its drafts, what was refused and
// how it adds up.
type File struct {
	Name      string // base name, for people
	SHA256    string
	Size      int64
	Kind      Kind
	Layout    string // key of the built-in layout or the name of the remembered mapping
	Channel   string // channel code, "" when the layout does not tell
	Encoding  string
	Sheet     string // "" for text files
	HeaderRow int    // physical row, from 1
	Header    []string
	RowCount  int // data rows read, trailers and blanks not counted
	FirstDay  when.Day
	LastDay   when.Day
	Currency  string // of the file's amounts, "" when it names none; Totals are in it

	Orders   []OrderDraft
	Products []ProductDraft
	Opening  []OpeningDraft
	Rejected []Reject
	Totals   []Total
	Notes    []Note

	types []FieldType // per column of Header, for WriteRejected
}

// OrderDraft is one order as a file tells it. Fields that the layout does not
// hold are zero and not named in Has.
type OrderDraft struct {
	Number   string // the platform's order number
	ShopName string
	Currency string // of this draft's amounts: the shop's own when a rate was given, "" when unknown
	Rows     []int  // physical rows, for messages
	Has      Fields

	Facts domain.PlatformFacts

	BuyerKey   string // the platform's buyer name or id
	Receiver   string
	Phone      string
	Province   string
	City       string
	District   string
	Address    string // the rest of the address, or all of it when not split
	Postcode   string
	Country    string
	BuyerNote  string
	SellerNote string
	SellerFlag string

	CreatedAt when.Millis
	PaidAt    when.Millis
	ShipBy    when.Millis // the platform's own latest ship time; wins over our settings
	COD       bool
	Presale   bool

	GoodsFen            money.Fen // goods before discounts
	FreightFen          money.Fen
	ShopDiscountFen     money.Fen
	PlatformDiscountFen money.Fen // paid by the platform: still our revenue (rules.md §5.6.3)
	TotalFen            money.Fen // what the file calls the order's total (总金额)
	PaidFen             money.Fen // what the buyer paid (实付), as the file says it
	PaidNet             bool      // PaidFen is already less RefundFen, as Taobao writes it after a refund
	RefundFen           money.Fen

	Lines []LineDraft
}

// PaidGrossFen is what the buyer paid before any refund.
func (o *OrderDraft) PaidGrossFen() money.Fen {
	if o.PaidNet {
		return o.PaidFen + o.RefundFen
	}
	return o.PaidFen
}

// Fields says which facts the layout of a draft can hold at all, so that a file
// that is silent on a fact never wipes it out.
type Fields struct {
	Lines, LineNet, Address, Phone, Notes, Amounts, Total, Paid, Refund, Discounts, Freight, Buyer, Ship, Status bool
	Payment                                                                                                      bool // the payment fact: by status words, a payment time or the mapping
}

// LineDraft is one goods line. Occurrence numbers honest repeats inside one
// file (pains.md 9): equal rows without a sub-order number get 1, 2, 3…
type LineDraft struct {
	SubNo       string // the platform's sub-order number, "" when it has none
	Occurrence  int
	Code        string // the shop's own code (商家编码), "" when not filled
	PlatformSKU string // the platform's goods/SKU id; title and spec of goods without any code
	Title       string
	Spec        string
	Qty         int64 // 0 with QtyUnknown when several goods share one quantity
	QtyUnknown  bool
	UnitFen     money.Fen
	NetFen      money.Fen // after all discounts, platform-funded part included; only with Has.LineNet
	PlatformFen money.Fen // the part of NetFen that the platform pays
	RefundFen   money.Fen
	RefundAsked bool
	Refunded    bool
	Cancelled   bool // closed on the platform: never to be shipped from here
	Shipped     bool // the platform says so of this line
	Gift        bool
	Waybill     string
	Courier     string
	Rows        []int
}

// Key names a line inside its order, the same in every export of it: the
// sub-order number, else what the line says of its goods and its Occurrence.
func (l *LineDraft) Key() string {
	if l.SubNo != "" {
		return l.SubNo
	}
	return l.goods() + "\x1f" + strconv.Itoa(l.Occurrence)
}

// goods is the part of Key that honest repeats share. The price is not in it:
// it may be corrected between two exports.
func (l *LineDraft) goods() string {
	return l.Code + "\x1f" + l.PlatformSKU + "\x1f" + l.Title + "\x1f" + l.Spec
}

// ProductDraft is one row of the product list template: one SKU.
type ProductDraft struct {
	Row                                                int
	ProductCode, Title, SKUCode, Spec, Brand, Category string
	PriceFen                                           money.Fen
	CostFen                                            money.Fen
	HasCost                                            bool
	WeightG                                            int64
	Bin                                                string
	Barcodes                                           []BarcodeDraft
	Parts                                              []PartDraft // not empty: a kit
	Codes                                              []CodeDraft // the SKU's codes on channels
}

// BarcodeDraft is one barcode with the units it stands for.
type BarcodeDraft struct {
	Code    string
	PackQty int64
}

// PartDraft is one part of a kit.
type PartDraft struct {
	SKUCode string
	Qty     int64
}

// CodeDraft is the SKU's code on one channel.
type CodeDraft struct{ Channel, Code string }

// OpeningDraft is one row of the opening stock template. ValueFen is the value
// of all Qty units, not a unit cost (rules.md §5.5).
type OpeningDraft struct {
	Row      int
	SKUCode  string
	Qty      int64
	ValueFen money.Fen
	Bin      string
}

// Reject is one refused row: what, where, why, what to do. The message is the
// translation Key with Args; Code is short and stable ("E07") for people to quote.
type Reject struct {
	Order  string // the order it belonged to, "" when unknown
	Sheet  string // "" for text files
	Row    int
	Column string
	Value  string
	Code   string
	Key    string
	Args   map[string]string
	Cells  []string // the row as it stood, to be written out in the same layout
}

// Total is a control total: what the rows add up to and, when the file has a
// trailer, what it says itself. Accepted and refused rows together make Sum.
type Total struct {
	Column   string
	Sum      money.Fen
	Accepted money.Fen
	Declared money.Fen
	HasDecl  bool
	Computed bool // no column of the file: quantity × unit price of each row
}

// Note is something a person should know that refuses nothing: a date taken
// from the order number, a declared total that differs.
type Note struct {
	Row  int
	Key  string
	Args map[string]string
}

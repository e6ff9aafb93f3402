package sample

import (
	"io"
	"sort"
	"strconv"

	"zhanggui/app/fault"
	"zhanggui/app/money"
	"zhanggui/app/when"
)

// State is how far an order is on its platform.
type State int

// The states that every platform has a word for.
const (
	Unpaid    State = iota
	Paid            // to be shipped
	Shipped         // all of it on its way
	Completed       // closed in good order
	Closed          // cancelled, never paid
	Refunded        // paid, then cancelled: the money went back before shipping
)

// Order describes one order. Discounts are of the whole order; they are shared
// over the lines where the layout has them per line.
type Order struct {
	Number              string
	State               State
	Shop                string
	Buyer               string
	Receiver            string
	Phone               string
	Province            string
	City                string
	District            string
	Address             string
	Postcode            string
	Country             string
	BuyerNote           string
	SellerNote          string
	CreatedAt           when.Millis
	PaidAt              when.Millis
	ShippedAt           when.Millis
	ShipBy              when.Millis
	FreightFen          money.Fen
	ShopDiscountFen     money.Fen
	PlatformDiscountFen money.Fen
	Waybill             string
	Courier             string
	COD                 bool
	Lines               []Line
}

// Line is one goods line.
type Line struct {
	SubNo       string // "" takes the order's number with a counter
	Code        string // the shop's own code
	PlatformSKU string
	Title       string
	Spec        string
	Qty         int64
	UnitFen     money.Fen
}

// GoodsFen is the goods before discounts.
func (o *Order) GoodsFen() money.Fen {
	var s money.Fen
	for i := range o.Lines {
		s += o.Lines[i].gross()
	}
	return s
}

// PaidFen is what the buyer pays.
func (o *Order) PaidFen() money.Fen { return o.ReceivedFen() - o.PlatformDiscountFen }

// ReceivedFen is what the shop earns: goods less its own discount, plus freight.
func (o *Order) ReceivedFen() money.Fen { return o.GoodsFen() - o.ShopDiscountFen + o.FreightFen }

func (l *Line) gross() money.Fen { return l.UnitFen * money.Fen(l.Qty) }

// wasPaid tells that money was paid at some time.
func (o *Order) wasPaid() bool { return o.State != Unpaid && o.State != Closed }

// sent tells that the goods left.
func (o *Order) sent() bool { return o.State == Shipped || o.State == Completed }

// part is one line with its share of the order's amounts.
type part struct {
	Line
	shop, platform, freight money.Fen
	first                   bool
}

func (p *part) due() money.Fen      { return p.gross() - p.shop - p.platform }
func (p *part) received() money.Fen { return p.gross() - p.shop }

// parts shares the discounts over the lines; the freight stays with the first.
func (o *Order) parts() []part {
	weights := make([]int64, len(o.Lines))
	for i := range o.Lines {
		weights[i] = int64(o.Lines[i].gross())
	}
	shop, platform := money.Split(o.ShopDiscountFen, weights), money.Split(o.PlatformDiscountFen, weights)
	out := make([]part, len(o.Lines))
	for i := range o.Lines {
		out[i] = part{Line: o.Lines[i], shop: shop[i], platform: platform[i], first: i == 0}
		if i == 0 {
			out[i].freight = o.FreightFen
		}
		if out[i].SubNo == "" {
			out[i].SubNo = o.Number + strconv.Itoa(i+1)
		}
	}
	return out
}

// Layouts lists the layouts that Write knows, sorted. taobao_orders holds no
// goods; taobao_items brings them for the same orders.
func Layouts() []string {
	var out []string
	for k := range forms {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}

// Write writes orders in a built-in layout, by the key of ingest.Layout.
// Errors: NotFound fault.ingest.unknown_layout for a layout it does not know;
// those of w.
func Write(layoutKey string, orders []Order, w io.Writer) error {
	f, ok := forms[layoutKey]
	if !ok {
		return fault.New(fault.NotFound, "fault.ingest.unknown_layout", "file", layoutKey)
	}
	rows := make([][]string, 0, len(orders)+1)
	rows = append(rows, f.header)
	at := map[string]int{}
	for i, h := range f.header {
		if _, twice := at[h]; !twice {
			at[h] = i
		}
	}
	for i := range orders {
		for _, cells := range f.rows(&orders[i]) {
			line := make([]string, len(f.header))
			for name, v := range cells {
				k, ok := at[name]
				if !ok {
					return fault.New(fault.Internal, "fault.internal").Because(errColumn(name))
				}
				line[k] = v
			}
			rows = append(rows, line)
		}
	}
	return f.write(w, rows)
}

type errColumn string

func (e errColumn) Error() string { return "sample: no column " + string(e) }

// Header gives the column names of a layout, nil for one that is not known.
func Header(layoutKey string) []string { return append([]string(nil), forms[layoutKey].header...) }

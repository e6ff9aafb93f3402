package storetest

import (
	"context"
	"math/rand/v2"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
	"zhanggui/app/money"
	"zhanggui/app/when"
)

// Now is the instant at which the House's records are made: noon of 22 November 2026.
const Now = when.Millis(1_795_320_000_000)

// House is a shop with one account, a product of two SKUs and a kit.
type House struct {
	T     testing.TB
	Store core.Store
	IDs   *ids.Seeded
	Shop  domain.Shop
	Mug   *domain.SKU // plain, code MUG-1
	Lid   *domain.SKU // plain, code LID-1
	Set   *domain.SKU // a kit of 1 Mug and 2 Lids, code SET-1

	n atomic.Int64 // orders made, for their numbers
}

// New sets the House up in an empty store.
func New(t testing.TB, s core.Store) *House {
	t.Helper()
	h := &House{T: t, Store: s, IDs: ids.NewSeeded(2026)}
	h.Shop = domain.Shop{ID: ids.New[ids.ShopKind](h.IDs), Channel: "tmall", Code: "tm1", Name: "雨具旗舰店"}
	p := &domain.Product{ID: ids.New[ids.ProductKind](h.IDs), Code: "P-1", Title: "马克杯", Brand: "山海", Category: "杯壶"}
	h.Mug, h.Lid, h.Set = h.SKU(p.ID, "MUG-1", "蓝色 350ml"), h.SKU(p.ID, "LID-1", "杯盖"), h.SKU(p.ID, "SET-1", "套装")
	h.Mug.Barcodes = []domain.Barcode{{Code: "6901234567892", PackQty: 1}, {Code: "16901234567899", PackQty: 6}}
	h.Set.Kit, h.Set.Parts = true, []domain.KitPart{{SKU: h.Mug.ID, Qty: 1}, {SKU: h.Lid.ID, Qty: 2}}
	h.Write(func(tx core.Tx) {
		h.OK(tx.Catalog().SaveShop(&h.Shop))
		h.OK(tx.Catalog().SaveProduct(p))
		for _, s := range []*domain.SKU{h.Mug, h.Lid, h.Set} {
			h.OK(tx.Catalog().SaveSKU(s, "mkb"))
		}
	})
	return h
}

// SKU makes a plain SKU with valid defaults; nothing is saved.
func (h *House) SKU(product ids.ProductID, code, spec string) *domain.SKU {
	return &domain.SKU{ID: ids.New[ids.SKUKind](h.IDs), Product: product, Code: code, Spec: spec, PriceFen: 3900, WeightG: 320, Bin: "A-01-2", Title: "马克杯"}
}

// OK stops the test on an error.
func (h *House) OK(err error) {
	h.T.Helper()
	require.NoError(h.T, err)
}

// Fault checks an error's code and key.
func (h *House) Fault(err error, code fault.Code, key string) {
	h.T.Helper()
	require.Error(h.T, err)
	require.Equal(h.T, key, fault.Key(err), "%v", err)
	require.Equal(h.T, code, fault.From(err).Code)
}

// Write runs fn in one transaction that must succeed.
func (h *House) Write(fn func(tx core.Tx)) {
	h.T.Helper()
	h.OK(h.Try(func(tx core.Tx) error {
		fn(tx)
		return nil
	}))
}

// Try runs fn in a transaction, again while another writer is in the way, as
// core.Do does.
func (h *House) Try(fn func(tx core.Tx) error) error {
	for try := 0; ; try++ {
		err := h.Store.Write(context.Background(), fn)
		if !fault.Is(err, fault.Busy) || try == 200 {
			return err
		}
		time.Sleep(time.Duration(1+rand.IntN(10)) * time.Millisecond) // lets the other one finish
	}
}

// Read runs fn on a snapshot.
func (h *House) Read(fn func(r core.Reads)) {
	h.T.Helper()
	h.OK(h.Store.Read(context.Background(), func(r core.Reads) error {
		fn(r)
		return nil
	}))
}

// Order makes a paid order that is to be audited, of 2 Mugs; change sets what
// matters. Nothing is saved.
func (h *House) Order(change ...func(o *domain.Order)) *domain.Order {
	n := h.n.Add(1)
	o := &domain.Order{
		ID: ids.New[ids.OrderKind](h.IDs), ShopID: h.Shop.ID, Channel: h.Shop.Channel,
		Number: "4012345678901" + strconv.FormatInt(100_000+n, 10), BuyerKey: "buyer-" + strconv.FormatInt(n, 10),
		Payment: domain.PayPaid, Audit: domain.AuditNew, Fulfil: domain.FulNone, Closing: domain.ClosingOpen,
		Platform:  domain.PlatformFacts{Payment: domain.PayPaid, Words: "买家已付款，等待卖家发货"},
		Receiver:  domain.Receiver{Name: "沈佳宜", Phone: "138" + strconv.FormatInt(12_340_000+n, 10), Province: "浙江省", City: "杭州市", District: "西湖区", Address: "文三路 1 号"},
		CreatedAt: Now + when.Millis(n), PaidAt: Now + when.Millis(n), BizDay: Now.Day(),
		GoodsFen: 7800, TotalFen: 7800, PaidFen: 7800, NetFen: 7800,
		Lines: []domain.Line{h.Line(0, h.Mug.ID, 2)},
	}
	o.TargetAt, o.LimitAt = o.PaidAt+24*when.Hour, o.PaidAt+48*when.Hour
	for _, fn := range change {
		fn(o)
	}
	return o
}

// Line makes a goods line of a plain SKU at 39.00 a piece; a zero SKU is a line
// that no mapping is known for.
func (h *House) Line(pos int, sku ids.SKUID, qty int64) domain.Line {
	l := domain.Line{
		ID: ids.New[ids.LineKind](h.IDs), Pos: pos, Occurrence: 1, Code: "MUG-1", Title: "马克杯", Spec: "蓝色 350ml",
		SKU: sku, Qty: qty, UnitFen: 3900, NetFen: 3900 * money.Fen(qty),
	}
	if !sku.Zero() {
		l.Parts = []domain.Part{{SKU: sku, Qty: 1}}
	}
	return l
}

// Insert saves new orders.
func (h *House) Insert(list ...*domain.Order) {
	h.T.Helper()
	h.Write(func(tx core.Tx) { h.OK(tx.Orders().Insert(list, ids.ImportID{}, Now)) })
}

// Get loads an order afresh.
func (h *House) Get(id ids.OrderID) *domain.Order {
	h.T.Helper()
	var o *domain.Order
	h.Read(func(r core.Reads) {
		var err error
		o, err = r.Orders().Get(id)
		h.OK(err)
	})
	return o
}

// Receive books units in at a cost per unit on a day.
func (h *House) Receive(sku ids.SKUID, qty int64, unit money.Fen, day when.Day) {
	h.T.Helper()
	h.Write(func(tx core.Tx) {
		l, err := tx.Stock().Level(domain.DefaultWarehouse, sku)
		h.OK(err)
		value, _, err := l.Receive(qty, unit*money.Fen(qty))
		h.OK(err)
		m := h.Move(domain.MoveReceipt, qty, value)
		m.At, m.BizDay = day.Start()+when.Hour, day
		_, err = tx.Stock().Post(&l, m, 0)
		h.OK(err)
	})
}

// Move makes a move with valid defaults; warehouse, SKU and balances come from the level.
func (h *House) Move(reason domain.Reason, qty int64, value money.Fen) domain.Move {
	return domain.Move{At: Now, BizDay: Now.Day(), Reason: reason, Qty: qty, ValueFen: value, RefKind: "receipt", RefID: "R-1", Number: "R-1", ActorName: "王五"}
}

// Parcel makes a shipped parcel of an order's lines; nothing is saved.
func (h *House) Parcel(o *domain.Order, no int, waybill string) *domain.Parcel {
	p := &domain.Parcel{
		ID: ids.New[ids.ParcelKind](h.IDs), Order: o.ID, No: no, State: domain.ParcelShipped,
		Courier: "sf", Waybill: waybill, ShippedAt: Now + when.Hour, BizDay: Now.Day(),
	}
	for i := range o.Lines {
		l := &o.Lines[i]
		line := domain.ParcelLine{Order: o.ID, Line: l.ID, Qty: l.Qty, RevenueFen: l.NetFen}
		for _, part := range l.Parts {
			line.Items = append(line.Items, domain.ParcelItem{SKU: part.SKU, Qty: part.Qty * l.Qty, CostFen: 1500 * money.Fen(part.Qty*l.Qty)})
		}
		p.Lines = append(p.Lines, line)
	}
	return p
}

// Sale makes the entry of a shipped order of a SKU with freight.
func (h *House) Sale(number string, sku ids.SKUID, qty int64, revenue, cost, freight money.Fen, day when.Day) domain.Entry {
	h.T.Helper()
	e, err := domain.ShipmentEntry("ship", &domain.Order{Channel: h.Shop.Channel, ShopID: h.Shop.ID, Number: number},
		[]domain.Sale{{SKU: sku, Qty: qty, RevenueFen: revenue, CostFen: cost}}, freight, 0)
	h.OK(err)
	e.At, e.BizDay, e.RefID, e.ActorName = day.Start()+when.Hour, day, "parcel-"+number, "王五"
	return e
}

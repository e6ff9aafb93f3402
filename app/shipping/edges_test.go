package shipping_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
	"zhanggui/app/money"
	"zhanggui/app/orders"
	"zhanggui/app/shipping"
	"zhanggui/app/stock"
)

// A part that came back does not close the rest of the order.
func TestReturn_OfAPart_TheRestStillShips(t *testing.T) {
	t.Parallel()
	f, sku, o := shop(t)
	l := o.Lines[0].ID
	first, err := send(f, o, "781234567801", map[ids.LineID]int64{l: 1})
	require.NoError(t, err)
	require.NoError(t, f.Shipping.Return(f.As(auth.Warehouse), shipping.ReturnCmd{Parcel: first.Parcel, Line: l, Good: 1}))
	require.Equal(t, domain.StagePart, f.Reload(o).Stage())
	f.CheckClean()

	_, err = send(f, o, "781234567802", nil)

	require.NoError(t, err)
	require.Equal(t, int64(8), level(f, sku).OnHand)
	require.Equal(t, money.Fen(4000), balance(f, domain.AccReceivable))
	f.CheckClean()
}

// Two merged orders that leave in parts, named by either number, pay freight once each.
func TestShip_MergedInParts_FreightOnceEach(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	sku := f.SKU("A", 2000)
	f.Stock(sku, 10, 10000)
	a := f.Order(apptest.Line(sku, 2, 2000), apptest.Buyer("x"), apptest.Freight(600))
	b := f.Order(apptest.Line(sku, 3, 2000), apptest.Buyer("x"), apptest.Freight(500))
	f.Pass(a)
	f.Pass(b)
	lead, err := f.Orders.Merge(f.As(auth.Service), orders.MergeCmd{Orders: []ids.OrderID{a.ID, b.ID}})
	require.NoError(t, err)
	other := a
	if lead == a.ID {
		other = b
	}
	leading := f.Reload(&domain.Order{ID: lead})
	_, err = send(f, leading, "781234567801", map[ids.LineID]int64{leading.Lines[0].ID: 1})
	require.NoError(t, err)

	_, err = send(f, other, "781234567802", nil)

	require.NoError(t, err)
	require.Equal(t, money.Fen(2*2000+3*2000+600+500), balance(f, domain.AccReceivable))
	f.CheckClean()
}

// Undoing a part's shipment while the rest is held gives no reservation to an
// order that is not passed.
func TestUndo_OfAHeldOrder_ReservesNothing(t *testing.T) {
	t.Parallel()
	f, sku, o := shop(t)
	first, err := send(f, o, "781234567801", map[ids.LineID]int64{o.Lines[0].ID: 1})
	require.NoError(t, err)
	require.NoError(t, f.Orders.Hold(f.As(auth.Service), orders.HoldCmd{Order: o.ID, Reason: "等买家"}))

	require.NoError(t, f.Shipping.Undo(f.As(auth.Warehouse), shipping.UndoCmd{Parcel: first.Parcel}))

	require.Equal(t, domain.StageHold, f.Reload(o).Stage())
	require.Equal(t, int64(0), level(f, sku).Reserved)
	require.Equal(t, int64(10), level(f, sku).OnHand)
	f.CheckClean()
}

// The order whose goods come back may itself be waiting for them.
func TestReturn_WakesTheOrderItself(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	sku := f.SKU("A", 2000)
	f.Stock(sku, 2, 2000)
	o := f.Order(apptest.Line(sku, 2, 2000))
	f.Pass(o)
	first, err := send(f, o, "781234567801", map[ids.LineID]int64{o.Lines[0].ID: 1})
	require.NoError(t, err)
	_, err = f.App.Stock.Adjust(f.As(auth.Supervisor), stock.AdjustCmd{SKU: sku.ID, Delta: -1, Reason: stock.AdjustLost})
	require.NoError(t, err)
	require.Equal(t, domain.StageException, f.Reload(o).Stage())

	err = f.Shipping.Return(f.As(auth.Warehouse), shipping.ReturnCmd{Parcel: first.Parcel, Line: o.Lines[0].ID, Good: 1})

	require.NoError(t, err)
	require.Equal(t, domain.StageToAudit, f.Reload(o).Stage())
	f.CheckClean()
}

// A refund that a person waved through with a reason does not stop the parcel.
func TestShip_RefundWavedThrough_Leaves(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	sku := f.SKU("A", 2000)
	f.Stock(sku, 10, 10000)
	o := f.Order(apptest.Line(sku, 1, 2000), func(o *domain.Order) { o.Platform.RefundAsked = true })
	require.NoError(t, f.Orders.ReleaseCheck(f.As(auth.Service), orders.ReleaseCheckCmd{Order: o.ID, Check: domain.CheckRefundAsked, Reason: "买家电话撤回"}))
	f.Pass(o)

	_, err := send(f, o, "781234567801", nil)

	require.NoError(t, err)
}

// A courier's list names every order of a merged parcel, each with its number.
func TestShipList_MergedParcel_SameWaybillTwice_IsNoMistake(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	sku := f.SKU("A", 2000)
	f.Stock(sku, 10, 10000)
	a := f.Order(apptest.Line(sku, 1, 2000), apptest.Buyer("x"))
	b := f.Order(apptest.Line(sku, 2, 2000), apptest.Buyer("x"))
	f.Pass(a)
	f.Pass(b)
	_, err := f.Orders.Merge(f.As(auth.Service), orders.MergeCmd{Orders: []ids.OrderID{a.ID, b.ID}})
	require.NoError(t, err)
	rows, err := shipping.ParseList(a.Number + "\t中通\t781234567890\n" + b.Number + "\t中通\t781234567890\n")
	require.NoError(t, err)

	res, err := f.Shipping.ShipList(f.As(auth.Warehouse), rows, nil)

	require.NoError(t, err)
	require.Empty(t, res.Refused)
	require.Equal(t, 1, res.Already)
	require.Equal(t, int64(7), level(f, sku).OnHand)
	again, err := f.Shipping.ShipList(f.As(auth.Warehouse), rows, nil)
	require.NoError(t, err)
	require.Equal(t, 2, again.Already)
	f.CheckClean()
}

func TestShipList_TwoShopsShareANumber_NamedByShop(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	sku := f.SKU("A", 2000)
	f.Stock(sku, 10, 10000)
	a := f.Order(apptest.Line(sku, 1, 2000), apptest.Number("5001"))
	b := f.Order(apptest.Line(sku, 1, 2000), apptest.Number("5001"), apptest.Channel("jd"))
	f.Pass(a)
	f.Pass(b)

	res, err := f.Shipping.ShipList(f.As(auth.Warehouse), []shipping.ListRow{
		{Row: 1, Order: "5001", Courier: "zto", Waybill: "781234567890"},
		{Row: 2, Order: "jd:5001", Courier: "zto", Waybill: "781234567891"},
	}, nil)

	require.NoError(t, err)
	require.Len(t, res.Refused, 1)
	require.Equal(t, "fault.order.ambiguous", fault.Key(res.Refused[0].Err))
	require.Len(t, res.Shipped, 1)
	require.Equal(t, domain.StageShipped, f.Reload(b).Stage())
}

func TestParseList_FirstRowIsData_BadOneIsNamed(t *testing.T) {
	t.Parallel()
	mixed, err := shipping.ParseList("3001234567890012 中通 7812345?67890\n3001234567890013 中通 781234567891\n")
	require.NoError(t, err, "one bad row stops none of the others")
	require.Len(t, mixed, 2)
	require.Equal(t, "fault.shipping.list_row", fault.Key(mixed[0].Bad))
	require.Equal(t, "1", fault.From(mixed[0].Bad).Args["row"])
	require.NoError(t, mixed[1].Bad)
	_, err = shipping.ParseList("3001234567890012 中通 7812345?67890\n")
	require.Equal(t, "fault.shipping.list_row", fault.Key(err), "nothing in it is a list")

	rows, err := shipping.ParseList("订单号 快递 运单号\n3001234567890013 中通 781234567891\n")
	require.NoError(t, err)
	require.Len(t, rows, 1)
}

// A kit and its part on two lines each, sent in parts, undone, returned: nothing is lost.
func TestShip_KitAndPartsOnSeveralLines_EveryUnitAndFenAccounted(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	a, b := f.SKU("A", 1000), f.SKU("B", 500)
	kit := f.Kit("K", 1800, domain.KitPart{SKU: a.ID, Qty: 1}, domain.KitPart{SKU: b.ID, Qty: 2})
	f.Stock(a, 20, 7777)
	f.Stock(b, 30, 3333)
	o := f.Order(apptest.Line(kit, 3, 1799), apptest.Line(a, 2, 1000), apptest.Line(a, 1, 999), apptest.Line(kit, 1, 1800), apptest.Freight(700))
	f.Pass(o)
	units := map[ids.LineID]int64{o.Lines[0].ID: 2, o.Lines[1].ID: 1, o.Lines[2].ID: 1}
	one, err := send(f, o, "781234567801", units)
	require.NoError(t, err)
	two, err := send(f, o, "781234567802", nil)
	require.NoError(t, err)
	require.NoError(t, f.Shipping.Undo(f.As(auth.Warehouse), shipping.UndoCmd{Parcel: one.Parcel}))
	_, err = send(f, o, "781234567801", nil)
	require.NoError(t, err)
	require.Equal(t, f.Reload(o).NetFen, balance(f, domain.AccReceivable))
	require.NoError(t, f.Shipping.Return(f.As(auth.Warehouse), shipping.ReturnCmd{Parcel: two.Parcel, Line: o.Lines[3].ID, Defective: 1}))
	la, lb := level(f, a), level(f, b)
	require.Equal(t, int64(20-7+1), la.OnHand)
	require.Equal(t, int64(30-8+2), lb.OnHand)
	require.Equal(t, [2]int64{1, 2}, [2]int64{la.Unavailable, lb.Unavailable})
	f.CheckClean()

	// The defective ones are never promised again.
	big := f.Order(apptest.Line(a, la.Available()+1, 1000))
	res, err := f.Orders.Pass(f.As(auth.Service), orders.PassCmd{Orders: []ids.OrderID{big.ID}}, nil)
	require.NoError(t, err)
	require.Equal(t, 1, res.NeedYou)
	f.CheckClean()
	books := apptest.Look(f, func(r core.Reads) (map[domain.Account]money.Fen, error) { return r.Ledger().Balances("") })
	require.Equal(t, la.ValueFen+lb.ValueFen, books[domain.AccStock])
}

// All parcels together bring exactly what the line is worth, whichever of them
// was undone and sent again in between (DECIDED 4).
func TestShip_MiddleParcelSentAgain_SumStaysExact(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	sku := f.SKU("A", 2000)
	f.Stock(sku, 10, 10000)
	o := f.Order(apptest.Line(sku, 3, 33), func(o *domain.Order) { o.Lines[0].NetFen = 100 })
	f.Pass(o)
	one := map[ids.LineID]int64{o.Lines[0].ID: 1}
	_, err := send(f, o, "781234567801", one)
	require.NoError(t, err)
	middle, err := send(f, o, "781234567802", one)
	require.NoError(t, err)
	_, err = send(f, o, "781234567803", one)
	require.NoError(t, err)
	require.Equal(t, money.Fen(100), balance(f, domain.AccReceivable))
	require.NoError(t, f.Shipping.Undo(f.As(auth.Warehouse), shipping.UndoCmd{Parcel: middle.Parcel}))

	_, err = send(f, o, "781234567804", one)

	require.NoError(t, err)
	require.Equal(t, money.Fen(100), balance(f, domain.AccReceivable))
	f.CheckClean()
}

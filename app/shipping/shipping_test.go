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
)

// shop is a shop with one SKU (10 units worth 100.00) and a passed order of 3 at 20.00.
func shop(t *testing.T, options ...apptest.OrderOption) (*apptest.Fixture, domain.SKU, *domain.Order) {
	t.Helper()
	f := apptest.New(t)
	sku := f.SKU("A", 2000)
	f.Stock(sku, 10, 10000)
	o := f.Order(append([]apptest.OrderOption{apptest.Line(sku, 3, 2000)}, options...)...)
	res, err := f.Orders.Pass(f.As(auth.Service), orders.PassCmd{}, nil)
	require.NoError(t, err)
	require.Equal(t, 1, res.Passed)
	return f, sku, o
}

func level(f *apptest.Fixture, sku domain.SKU) domain.Level {
	return apptest.Look(f, func(r core.Reads) (domain.Level, error) { return r.Stock().Level(domain.DefaultWarehouse, sku.ID) })
}

func balance(f *apptest.Fixture, a domain.Account) money.Fen {
	return apptest.Look(f, func(r core.Reads) (map[domain.Account]money.Fen, error) { return r.Ledger().Balances("") })[a]
}

func send(f *apptest.Fixture, o *domain.Order, waybill string, units map[ids.LineID]int64) (shipping.ShipResult, error) {
	return f.Shipping.Ship(f.As(auth.Warehouse), shipping.ShipCmd{Order: o.ID, Units: units, Courier: "zto", Waybill: waybill})
}

func TestShip_Whole_MovesStockValueAndBooks(t *testing.T) {
	t.Parallel()
	f, sku, o := shop(t, func(o *domain.Order) { o.FreightFen = 600 })

	res, err := send(f, o, "781234567890", nil)

	require.NoError(t, err)
	require.Equal(t, int64(3), res.Units)
	require.False(t, res.Unusual)
	l := level(f, sku)
	require.Equal(t, [3]int64{7, 0, 7000}, [3]int64{l.OnHand, l.Reserved, int64(l.ValueFen)})
	require.Equal(t, money.Fen(6600), balance(f, domain.AccReceivable))
	require.Equal(t, money.Fen(-6600), balance(f, domain.AccSales))
	require.Equal(t, money.Fen(3000), balance(f, domain.AccCost))
	require.Equal(t, domain.StageShipped, f.Reload(o).Stage())
	f.CheckClean()
}

func TestShip_InParts_FreightOnce_SumExact(t *testing.T) {
	t.Parallel()
	f, _, o := shop(t, func(o *domain.Order) { o.FreightFen = 600 })
	l := o.Lines[0].ID

	first, err := send(f, o, "781234567801", map[ids.LineID]int64{l: 1})
	require.NoError(t, err)
	require.Equal(t, domain.StagePart, f.Reload(o).Stage())
	_, err = send(f, o, "781234567802", map[ids.LineID]int64{l: 2})
	require.NoError(t, err)
	require.Equal(t, money.Fen(6600), balance(f, domain.AccReceivable))

	// Undoing the first parcel takes the freight with it; sending it again posts it again.
	require.NoError(t, f.Shipping.Undo(f.As(auth.Warehouse), shipping.UndoCmd{Parcel: first.Parcel}))
	require.Equal(t, money.Fen(4000), balance(f, domain.AccReceivable))
	_, err = send(f, o, "781234567801", nil)
	require.NoError(t, err)
	require.Equal(t, money.Fen(6600), balance(f, domain.AccReceivable))
	f.CheckClean()
}

func TestShip_WaybillUsedBefore_Refused(t *testing.T) {
	t.Parallel()
	f, sku, o := shop(t)
	_, err := send(f, o, "781234567890", nil)
	require.NoError(t, err)
	other := f.Order(apptest.Line(sku, 1, 2000))
	_, err = f.Orders.Pass(f.As(auth.Service), orders.PassCmd{}, nil)
	require.NoError(t, err)

	_, err = send(f, other, " 7812 3456 7890 ", nil)

	require.Equal(t, "fault.shipping.waybill_used", fault.Key(err))
	require.Equal(t, o.Number, fault.From(err).Args["order"])
	require.Equal(t, int64(7), level(f, sku).OnHand)
}

func TestShip_NotPassed_RefusedAndNothingMoves(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	sku := f.SKU("A", 2000)
	f.Stock(sku, 10, 10000)
	o := f.Order(apptest.Line(sku, 1, 2000))

	_, err := send(f, o, "781234567890", nil)

	require.Equal(t, "fault.order.not_audited", fault.Key(err))
	require.Equal(t, int64(10), level(f, sku).OnHand)
	f.CheckClean()
}

func TestShip_Twice_SaysWhen(t *testing.T) {
	t.Parallel()
	f, _, o := shop(t)
	_, err := send(f, o, "781234567890", nil)
	require.NoError(t, err)

	_, err = send(f, o, "781234567891", nil)

	require.Equal(t, "fault.order.already_shipped", fault.Key(err))
	require.Equal(t, apptest.Start.Minute(), fault.From(err).Args["at"])
}

func TestShip_Merged_OneParcelForBoth(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	sku := f.SKU("A", 2000)
	f.Stock(sku, 10, 10000)
	same := func(o *domain.Order) { o.BuyerKey = "tb_1" }
	a := f.Order(apptest.Line(sku, 1, 2000), same)
	b := f.Order(apptest.Line(sku, 2, 2000), same)
	_, err := f.Orders.Merge(f.As(auth.Service), orders.MergeCmd{Orders: []ids.OrderID{a.ID, b.ID}})
	require.NoError(t, err)
	_, err = f.Orders.Pass(f.As(auth.Service), orders.PassCmd{}, nil)
	require.NoError(t, err)

	res, err := send(f, b, "781234567890", nil)

	require.NoError(t, err)
	require.Equal(t, 2, res.Orders)
	require.Equal(t, domain.StageShipped, f.Reload(a).Stage())
	require.Equal(t, domain.StageShipped, f.Reload(b).Stage())
	require.Equal(t, money.Fen(6000), balance(f, domain.AccReceivable))
	f.CheckClean()
}

func TestShip_PlannedParcels_OneByOne(t *testing.T) {
	t.Parallel()
	f, _, o := shop(t)
	l := o.Lines[0].ID
	require.NoError(t, f.Orders.Split(f.As(auth.Service), orders.SplitCmd{Order: o.ID, Plan: domain.SplitPlan{{l: 1}, {l: 2}}}))
	_, err := send(f, o, "781234567890", nil)
	require.Equal(t, "fault.shipping.has_plan", fault.Key(err))
	d, err := f.Orders.Get(f.As(auth.Warehouse), o.ID)
	require.NoError(t, err)

	for i, p := range d.Parcels {
		_, err := f.Shipping.Ship(f.As(auth.Warehouse), shipping.ShipCmd{
			Order: o.ID, Parcel: p.ID, Courier: "圆通", Waybill: "YT123456789012" + string(rune('0'+i)),
		})
		require.NoError(t, err)
	}

	require.Equal(t, domain.StageShipped, f.Reload(o).Stage())
	f.CheckClean()
}

func TestUndo_UntilHandedOver(t *testing.T) {
	t.Parallel()
	f, sku, o := shop(t)
	before := level(f, sku)
	res, err := send(f, o, "781234567890", nil)
	require.NoError(t, err)

	require.NoError(t, f.Shipping.Undo(f.As(auth.Warehouse), shipping.UndoCmd{Parcel: res.Parcel}))
	after := level(f, sku)
	after.Version = before.Version
	require.Equal(t, before, after)
	require.Zero(t, balance(f, domain.AccReceivable))
	require.Equal(t, domain.StageToShip, f.Reload(o).Stage())

	res, err = send(f, o, "781234567890", nil) // the number is free again
	require.NoError(t, err)
	handed, err := f.Shipping.HandOver(f.As(auth.Warehouse), shipping.HandOverCmd{Parcels: []ids.ParcelID{res.Parcel}})
	require.NoError(t, err)
	require.Equal(t, []ids.ParcelID{res.Parcel}, handed)
	err = f.Shipping.Undo(f.As(auth.Warehouse), shipping.UndoCmd{Parcel: res.Parcel})
	require.Equal(t, "fault.shipping.handed_over", fault.Key(err))
	f.CheckClean()
}

func TestReturn_AtIssuedCost_GoodAndDefective(t *testing.T) {
	t.Parallel()
	f, sku, o := shop(t)
	res, err := send(f, o, "781234567890", nil)
	require.NoError(t, err)
	f.Stock(sku, 10, 30000) // the average moves; the return must not care
	cmd := shipping.ReturnCmd{Parcel: res.Parcel, Line: o.Lines[0].ID, Good: 1, Defective: 1}

	require.NoError(t, f.Shipping.Return(f.As(auth.Warehouse), cmd))

	l := level(f, sku)
	require.Equal(t, int64(19), l.OnHand)
	require.Equal(t, int64(1), l.Unavailable)
	require.Equal(t, money.Fen(7000+30000+2000), l.ValueFen)
	require.Equal(t, money.Fen(2000), balance(f, domain.AccReceivable))
	require.Equal(t, money.Fen(1000), balance(f, domain.AccCost))
	require.Equal(t, "fault.order.return_too_many", fault.Key(f.Shipping.Return(f.As(auth.Warehouse), cmd)))
	f.CheckClean()
}

func TestShipList_BadRowsStopNothing(t *testing.T) {
	t.Parallel()
	f, sku, o := shop(t)
	second := f.Order(apptest.Line(sku, 1, 2000))
	_, err := f.Orders.Pass(f.As(auth.Service), orders.PassCmd{}, nil)
	require.NoError(t, err)
	rows, err := shipping.ParseList("订单号\t快递\t运单号\n" + o.Number + "\t中通\t7812 \n")
	require.Error(t, err, rows)
	rows, err = shipping.ParseList("订单号\t快递\t运单号\n" + o.Number + "\t中通\t781234567890\n999\tzto\t781234567891\nnothing to read here at all\n" + second.Number + ",SF1234567890123\n")
	require.NoError(t, err)
	require.Len(t, rows, 4)

	res, err := f.Shipping.ShipList(f.As(auth.Warehouse), rows, nil)

	require.NoError(t, err)
	require.Len(t, res.Shipped, 2)
	require.Equal(t, "sf", res.Shipped[1].Courier)
	require.Equal(t, 3, res.Refused[0].Row)
	require.Equal(t, "fault.order.unknown", fault.Key(res.Refused[0].Err))
	require.Equal(t, 4, res.Refused[1].Row)
	require.Equal(t, "fault.shipping.list_row", fault.Key(res.Refused[1].Err))
	f.CheckClean()
}

func TestSheet_WhatThePlatformNeeds(t *testing.T) {
	t.Parallel()
	f, _, o := shop(t)
	_, err := send(f, o, "781234567890", nil)
	require.NoError(t, err)

	rows, err := f.Shipping.Sheet(f.As(auth.Warehouse), f.Shop("tmall"), apptest.Start.Day(), apptest.Start.Day())

	require.NoError(t, err)
	require.Len(t, rows, 1)
	require.Equal(t, o.Number, rows[0].Number)
	require.Equal(t, "781234567890", rows[0].Waybill)
}

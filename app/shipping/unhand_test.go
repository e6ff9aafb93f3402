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
	"zhanggui/app/when"
)

func TestUnhand_WaitsForTheCourierAgain(t *testing.T) {
	t.Parallel()
	f, _, o := shop(t)
	res, err := send(f, o, "781234567890", nil)
	require.NoError(t, err)
	boss, parcels := f.As(auth.Supervisor), []ids.ParcelID{res.Parcel}
	err = f.Shipping.Unhand(boss, shipping.UnhandCmd{Parcels: parcels})
	require.Equal(t, "fault.shipping.not_handed", fault.Key(err))
	_, err = f.Shipping.HandOver(f.As(auth.Warehouse), shipping.HandOverCmd{Parcels: parcels})
	require.NoError(t, err)

	require.NoError(t, f.Shipping.Unhand(boss, shipping.UnhandCmd{Parcels: parcels}))

	p := apptest.Look(f, func(r core.Reads) (*domain.Parcel, error) { return r.Parcels().Get(res.Parcel) })
	require.Equal(t, domain.ParcelShipped, p.State)
	require.Zero(t, p.HandedAt)
	require.Len(t, f.Audit("audit.hand_undone"), 1)
	require.NoError(t, f.Shipping.Undo(f.As(auth.Warehouse), shipping.UndoCmd{Parcel: res.Parcel}), "and may be undone again")
	f.CheckClean()
}

func TestUnhand_LaterFacts_AreNamed_NothingChanges(t *testing.T) {
	t.Parallel()
	f, sku, o := shop(t)
	second := f.Order(apptest.Line(sku, 1, 2000))
	_, err := f.Orders.Pass(f.As(auth.Service), orders.PassCmd{}, nil)
	require.NoError(t, err)
	back, err := send(f, o, "781234567890", nil)
	require.NoError(t, err)
	there, err := send(f, second, "781234567891", nil)
	require.NoError(t, err)
	both := []ids.ParcelID{there.Parcel, back.Parcel}
	_, err = f.Shipping.HandOver(f.As(auth.Warehouse), shipping.HandOverCmd{Parcels: both})
	require.NoError(t, err)
	require.NoError(t, f.Shipping.Return(f.As(auth.Warehouse), shipping.ReturnCmd{Parcel: back.Parcel, Line: o.Lines[0].ID, Good: 1}))

	err = f.Shipping.Unhand(f.As(auth.Supervisor), shipping.UnhandCmd{Parcels: both})

	require.Equal(t, "fault.shipping.hand_returned", fault.Key(err))
	require.Equal(t, "781234567890", fault.From(err).Args["waybill"])
	p := apptest.Look(f, func(r core.Reads) (*domain.Parcel, error) { return r.Parcels().Get(there.Parcel) })
	require.Equal(t, domain.ParcelHanded, p.State, "together or not at all")
	f.Do(func(u *core.Unit) error {
		o, err := u.Orders().Get(second.ID)
		if err != nil {
			return err
		}
		o.Complete()
		return u.Orders().Save(o)
	})
	err = f.Shipping.Unhand(f.As(auth.Supervisor), shipping.UnhandCmd{Parcels: []ids.ParcelID{there.Parcel}})
	require.Equal(t, "fault.shipping.hand_completed", fault.Key(err))
}

func TestUnreturn_ExactlyBack_AppendedNotDeleted(t *testing.T) {
	t.Parallel()
	apptest.Both(t, func(t *testing.T, f *apptest.Fixture) {
		a, b := f.SKU("A", 2000), f.SKU("B", 1000)
		f.Stock(a, 10, 10001)
		f.Stock(b, 10, 3333)
		kit := f.Kit("AB", 4500, domain.KitPart{SKU: a.ID, Qty: 1}, domain.KitPart{SKU: b.ID, Qty: 2})
		o := f.Order(apptest.Line(kit, 3, 4500))
		f.Pass(o)
		res, err := send(f, o, "781234567890", nil)
		require.NoError(t, err)
		warehouse, line := f.As(auth.Warehouse), o.Lines[0].ID
		first := shipping.ReturnCmd{Parcel: res.Parcel, Line: line, Good: 1}
		require.NoError(t, f.Shipping.Return(warehouse, first))
		f.Clock.Advance(when.Minute)
		stock := [2]domain.Level{level(f, a), level(f, b)}
		books := [3]money.Fen{balance(f, domain.AccStock), balance(f, domain.AccReceivable), balance(f, domain.AccCost)}
		order := f.Reload(o)
		cmd := shipping.ReturnCmd{Parcel: res.Parcel, Line: line, Good: 1, Defective: 1}
		require.NoError(t, f.Shipping.Return(warehouse, cmd))
		require.Equal(t, domain.StageReturned, f.Reload(o).Stage())

		err = f.Shipping.Unreturn(warehouse, shipping.UnreturnCmd(first))
		require.Equal(t, "fault.shipping.no_return", fault.Key(err), "the last return was another one")
		require.NoError(t, f.Shipping.Unreturn(warehouse, shipping.UnreturnCmd(cmd)))

		now := [2]domain.Level{level(f, a), level(f, b)}
		for i := range now {
			now[i].Version = stock[i].Version
		}
		require.Equal(t, stock, now)
		require.Equal(t, books, [3]money.Fen{balance(f, domain.AccStock), balance(f, domain.AccReceivable), balance(f, domain.AccCost)})
		after := f.Reload(o)
		after.Version = order.Version
		require.Equal(t, order, after)
		require.Len(t, f.Audit("audit.returned"), 2)
		require.Len(t, f.Audit("audit.return_undone"), 1)
		f.CheckClean()
		require.NoError(t, f.Shipping.Unreturn(warehouse, shipping.UnreturnCmd(first)), "then the one before")
		require.Equal(t, "fault.shipping.no_return", fault.Key(f.Shipping.Unreturn(warehouse, shipping.UnreturnCmd(first))))
		require.NoError(t, f.Shipping.Return(warehouse, cmd), "and it can come back again")
		f.CheckClean()
	})
}

func TestUnreturn_GoodsWentOn_Refused(t *testing.T) {
	t.Parallel()
	f, sku, o := shop(t)
	res, err := send(f, o, "781234567890", nil)
	require.NoError(t, err)
	cmd := shipping.ReturnCmd{Parcel: res.Parcel, Line: o.Lines[0].ID, Good: 2}
	require.NoError(t, f.Shipping.Return(f.As(auth.Warehouse), cmd))
	promised := f.Order(apptest.Line(sku, 9, 2000))
	f.Pass(promised)
	before := level(f, sku)
	err = f.Shipping.Unreturn(f.As(auth.Warehouse), shipping.UnreturnCmd(cmd))
	require.Equal(t, "fault.stock.reserved", fault.Key(err))
	require.Equal(t, before, level(f, sku))
	f.Stock(sku, 9, 9000)
	err = f.Shipping.Unreturn(f.As(auth.Warehouse), shipping.UnreturnCmd(cmd))
	require.Equal(t, "fault.stock.later_moves", fault.Key(err))
	f.CheckClean()
}

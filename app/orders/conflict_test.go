package orders_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
	"zhanggui/app/orders"
	"zhanggui/app/shipping"
)

// against lets an import have said something else of the order and gives the contradiction.
func against(f *apptest.Fixture, o *domain.Order, fact, ours, theirs string) core.OpenConflict {
	imp := ids.ImportID{7}
	f.Do(func(u *core.Unit) error {
		return u.Orders().AddConflicts([]core.Contradiction{{Order: o.ID, Import: imp, At: u.Now, Fact: fact, Ours: ours, Theirs: theirs}})
	})
	list, err := f.Inbox.Conflicts(f.As(auth.Service), imp)
	require.NoError(f.T, err)
	return list[len(list)-1]
}

func TestSettle_OursStands_TheOrderGoesOn(t *testing.T) {
	t.Parallel()
	apptest.Both(t, func(t *testing.T, f *apptest.Fixture) {
		sku := f.SKU("A", 2000)
		f.Stock(sku, 5, 5000)
		o := f.Order(apptest.Line(sku, 1, 2000))
		c := against(f, o, "payment", "paid", "unpaid")
		require.Equal(t, o.Number, c.Number)
		pass(t, f)
		require.Equal(t, domain.StageException, f.Reload(o).Stage())
		cmd := orders.SettleCmd{Order: o.ID, Seq: c.Seq}

		require.NoError(t, f.Orders.Settle(f.As(auth.Service), cmd))

		require.Equal(t, domain.StageToAudit, f.Reload(o).Stage())
		left, err := f.Inbox.Conflicts(f.As(auth.Service), c.Import)
		require.NoError(t, err)
		require.Empty(t, left)
		require.Equal(t, "ours", f.Audit("audit.conflict_settled")[0].Args["side"])
		require.Equal(t, "fault.order.conflict_settled", fault.Key(f.Orders.Settle(f.As(auth.Service), cmd)))
		require.NoError(t, f.Orders.RestoreCheck(f.As(auth.Service), orders.RestoreCheckCmd{Order: o.ID, Check: domain.CheckFileConflict}), "and back")
		require.Equal(t, domain.StageException, f.Reload(o).Stage())
		f.CheckClean()
	})
}

func TestSettle_TheFileWins_TheFactMovesBack(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	sku := f.SKU("A", 2000)
	f.Stock(sku, 5, 5000)
	o := f.Order(apptest.Line(sku, 1, 2000))
	pass(t, f)
	c := against(f, o, "payment", "paid", "unpaid")

	require.NoError(t, f.Orders.Settle(f.As(auth.Service), orders.SettleCmd{Order: o.ID, Seq: c.Seq, File: true}))

	after := f.Reload(o)
	require.Equal(t, domain.PayUnpaid, after.Payment)
	require.Equal(t, domain.AuditNew, after.Audit)
	require.Zero(t, reserved(f, sku), "an unpaid order holds nothing")
	f.CheckClean()

	sent := f.Order(apptest.Line(sku, 1, 2000))
	pass(t, f)
	c = against(f, sent, "payment", "paid", "unpaid")
	_, err := f.Shipping.Ship(f.As(auth.Warehouse), shipping.ShipCmd{Order: sent.ID, Courier: "zto", Waybill: "781234567890"})
	require.NoError(t, err)
	err = f.Orders.Settle(f.As(auth.Service), orders.SettleCmd{Order: sent.ID, Seq: c.Seq, File: true})
	require.Equal(t, "fault.order.undo_shipped", fault.Key(err))
	require.Equal(t, domain.PayPaid, f.Reload(sent).Payment)
	c = against(f, sent, "cancelled", "shipped", "cancelled")
	err = f.Orders.Settle(f.As(auth.Service), orders.SettleCmd{Order: sent.ID, Seq: c.Seq, File: true})
	require.Equal(t, "fault.order.conflict_away", fault.Key(err))
	require.NoError(t, f.Orders.Settle(f.As(auth.Service), orders.SettleCmd{Order: sent.ID, Seq: c.Seq}))
	f.CheckClean()
}

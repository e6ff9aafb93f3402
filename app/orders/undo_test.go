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
	"zhanggui/app/when"
)

func TestUnpass_TogetherOrNotAtAll(t *testing.T) {
	t.Parallel()
	apptest.Both(t, func(t *testing.T, f *apptest.Fixture) {
		sku := f.SKU("A", 2000)
		f.Stock(sku, 5, 5000)
		one, two := f.Order(apptest.Line(sku, 2, 2000)), f.Order(apptest.Line(sku, 2, 2000))
		res := pass(t, f)
		require.ElementsMatch(t, []ids.OrderID{one.ID, two.ID}, res.Orders)
		waits := f.Order(apptest.Line(sku, 2, 2000))
		pass(t, f)
		require.Equal(t, domain.StageException, f.Reload(waits).Stage())

		require.NoError(t, f.Orders.Unpass(f.As(auth.Service), orders.UnpassCmd{Orders: res.Orders}))

		require.Equal(t, domain.StageToAudit, f.Reload(one).Stage())
		require.Equal(t, domain.StageToAudit, f.Reload(two).Stage())
		require.Zero(t, f.Reload(one).AuditedAt)
		require.Equal(t, domain.StageToAudit, f.Reload(waits).Stage(), "the goods are free for who waited")
		require.Zero(t, reserved(f, sku))
		require.Len(t, f.Audit("audit.unpassed"), 2)
		require.Len(t, f.Audit("audit.order_passed"), 2, "what was done stays in the log")

		pass(t, f, one.ID, two.ID)
		_, err := f.Shipping.Ship(f.As(auth.Warehouse), shipping.ShipCmd{Order: two.ID, Courier: "zto", Waybill: "781234567890"})
		require.NoError(t, err)
		err = f.Orders.Unpass(f.As(auth.Service), orders.UnpassCmd{Orders: []ids.OrderID{one.ID, two.ID}})
		require.Equal(t, "fault.order.undo_shipped", fault.Key(err))
		require.Equal(t, two.Number, fault.From(err).Args["order"], "names the one that has left")
		require.Equal(t, domain.StageToShip, f.Reload(one).Stage(), "the other stays passed too")
		f.CheckClean()
	})
}

func TestUnpass_WhatDependsOnIt_IsNamed(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	sku := f.SKU("A", 2000)
	f.Stock(sku, 20, 5000)
	other := f.SKU("B", 3000)
	f.Stock(other, 5, 5000)
	service := f.As(auth.Service)
	refused := func(o *domain.Order, key string) {
		t.Helper()
		before := f.Reload(o)
		err := f.Orders.Unpass(service, orders.UnpassCmd{Orders: []ids.OrderID{o.ID}})
		require.Equal(t, key, fault.Key(err))
		require.Equal(t, before, f.Reload(o), "nothing changed")
	}
	one, two := f.Order(apptest.Line(sku, 1, 2000), apptest.Buyer("b")), f.Order(apptest.Line(other, 1, 3000), apptest.Buyer("b"))
	split := f.Order(apptest.Line(sku, 2, 2000))
	held := f.Order(apptest.Line(sku, 1, 2000))
	gone := f.Order(apptest.Line(sku, 1, 2000))
	pass(t, f)
	_, err := f.Orders.Merge(service, orders.MergeCmd{Orders: []ids.OrderID{one.ID, two.ID}})
	require.NoError(t, err)
	line := split.Lines[0].ID
	require.NoError(t, f.Orders.Split(service, orders.SplitCmd{Order: split.ID, Plan: domain.SplitPlan{{line: 1}, {line: 1}}}))
	require.NoError(t, f.Orders.Hold(service, orders.HoldCmd{Order: held.ID, Reason: "等"}))
	require.NoError(t, f.Orders.Cancel(service, orders.CancelCmd{Order: gone.ID, Reason: "不要"}))

	refused(one, "fault.order.undo_merged")
	refused(split, "fault.order.undo_split")
	refused(held, "fault.order.not_passed")
	refused(gone, "fault.order.cancelled")
	require.Equal(t, "fault.order.unpass", fault.Key(f.Orders.Unpass(service, orders.UnpassCmd{})))
	f.CheckClean()
}

func TestUncancel_StandsWhereItStood(t *testing.T) {
	t.Parallel()
	apptest.Both(t, func(t *testing.T, f *apptest.Fixture) {
		sku := f.SKU("A", 2000)
		f.Stock(sku, 5, 5000)
		service := f.As(auth.Service)
		passed, noted := f.Order(apptest.Line(sku, 3, 2000)), f.Order(apptest.Line(sku, 1, 2000), apptest.Note("送人"))
		pass(t, f)
		before, was := f.Reload(passed), f.Reload(noted)
		for _, o := range []*domain.Order{passed, noted} {
			require.NoError(t, f.Orders.Cancel(service, orders.CancelCmd{Order: o.ID, Reason: "不要"}))
			require.NoError(t, f.Orders.Uncancel(service, orders.UncancelCmd{Order: o.ID}))
		}
		after, is := f.Reload(passed), f.Reload(noted)
		after.Version, is.Version = before.Version, was.Version
		require.Equal(t, before, after)
		require.Equal(t, was, is)
		require.Equal(t, int64(3), reserved(f, sku))
		require.Len(t, f.Audit("audit.uncancelled"), 2)
		require.Equal(t, "fault.order.not_cancelled", fault.Key(f.Orders.Uncancel(service, orders.UncancelCmd{Order: passed.ID})))
		f.CheckClean()
	})
}

func TestUncancel_GoodsGone_NamesThemAndStaysCancelled(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	sku := f.SKU("A", 2000)
	f.Stock(sku, 3, 5000)
	first := f.Order(apptest.Line(sku, 3, 2000))
	pass(t, f)
	require.NoError(t, f.Orders.Cancel(f.As(auth.Service), orders.CancelCmd{Order: first.ID, Reason: "不要"}))
	second := f.Order(apptest.Line(sku, 2, 2000))
	pass(t, f)
	require.Equal(t, domain.StageToShip, f.Reload(second).Stage())

	err := f.Orders.Uncancel(f.As(auth.Service), orders.UncancelCmd{Order: first.ID})

	require.Equal(t, "fault.order.uncancel_short", fault.Key(err))
	require.Equal(t, "A", fault.From(err).Args["sku"])
	require.Equal(t, domain.ClosingCancelled, f.Reload(first).Closing)
	require.Equal(t, int64(2), reserved(f, sku))
	f.CheckClean()
}

func TestUncancel_LinesClosedBefore_StayClosed(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	a, b := f.SKU("A", 2000), f.SKU("B", 3000)
	f.Stock(a, 5, 5000)
	f.Stock(b, 5, 5000)
	o := f.Order(apptest.Line(a, 1, 2000), apptest.Line(b, 2, 3000))
	f.Do(func(u *core.Unit) error {
		o, err := u.Orders().Get(o.ID)
		if err != nil {
			return err
		}
		o.CloseLine(&o.Lines[1])
		return u.Orders().Save(o)
	})
	require.NoError(t, f.Orders.Cancel(f.As(auth.Service), orders.CancelCmd{Order: o.ID, Reason: "不要"}))
	require.NoError(t, f.Orders.Uncancel(f.As(auth.Service), orders.UncancelCmd{Order: o.ID}))
	back := f.Reload(o)
	require.Equal(t, []int64{1, 0}, []int64{back.Lines[0].Open(), back.Lines[1].Open()})
}

func TestUncancel_CancelledOnThePlatform_Refused(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	sku := f.SKU("A", 2000)
	o := f.Order(apptest.Line(sku, 1, 2000))
	require.NoError(t, f.Orders.Cancel(f.As(auth.Service), orders.CancelCmd{Order: o.ID, Reason: "不要"}))
	f.Do(func(u *core.Unit) error {
		o, err := u.Orders().Get(o.ID)
		if err != nil {
			return err
		}
		o.Platform.Cancelled = true
		return u.Orders().Save(o)
	})
	err := f.Orders.Uncancel(f.As(auth.Service), orders.UncancelCmd{Order: o.ID})
	require.Equal(t, "fault.order.platform_cancelled", fault.Key(err))
}

func TestRestoreCheck_BlocksAgain_UntilPassed(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	sku := f.SKU("A", 2000)
	f.Stock(sku, 5, 5000)
	service := f.As(auth.Service)
	o := f.Order(apptest.Line(sku, 1, 2000), apptest.Note("送人"))
	release := orders.ReleaseCheckCmd{Order: o.ID, Check: domain.CheckBuyerNote, Reason: "看过"}
	restore := orders.RestoreCheckCmd{Order: o.ID, Check: domain.CheckBuyerNote}
	require.Equal(t, "fault.check.not_released", fault.Key(f.Orders.RestoreCheck(service, restore)))
	before := f.Reload(o)
	require.NoError(t, f.Orders.ReleaseCheck(service, release))
	require.NoError(t, f.Orders.RestoreCheck(service, restore))
	after := f.Reload(o)
	after.Version = before.Version
	require.Equal(t, before, after)

	require.NoError(t, f.Orders.ReleaseCheck(service, release))
	pass(t, f)
	err := f.Orders.RestoreCheck(service, restore)
	require.Equal(t, "fault.order.undo_passed", fault.Key(err))
	require.Equal(t, domain.StageToShip, f.Reload(o).Stage())
	f.CheckClean()
}

func TestRestoreCheck_ContradictionOfAFile_IsOpenAgain(t *testing.T) {
	t.Parallel()
	apptest.Both(t, func(t *testing.T, f *apptest.Fixture) {
		sku := f.SKU("A", 2000)
		o := f.Order(apptest.Line(sku, 1, 2000))
		f.Do(func(u *core.Unit) error {
			return u.Orders().AddConflicts([]core.Contradiction{{Order: o.ID, At: u.Now, Fact: "payment", Ours: "paid", Theirs: "unpaid"}})
		})
		service := f.As(auth.Service)
		require.NoError(t, f.Orders.FixAddress(service, orders.FixAddressCmd{Order: o.ID, Receiver: o.Receiver})) // checks it again
		require.Equal(t, domain.StageException, f.Reload(o).Stage())
		require.NoError(t, f.Orders.ReleaseCheck(service, orders.ReleaseCheckCmd{Order: o.ID, Check: domain.CheckFileConflict, Reason: "我们对"}))
		require.Equal(t, domain.StageToAudit, f.Reload(o).Stage())

		require.NoError(t, f.Orders.RestoreCheck(service, orders.RestoreCheckCmd{Order: o.ID, Check: domain.CheckFileConflict}))

		require.Equal(t, domain.StageException, f.Reload(o).Stage())
		open := apptest.Look(f, func(r core.Reads) ([]core.Contradiction, error) { return r.Orders().Conflicts(o.ID) })
		require.Zero(t, open[0].ResolvedAt)
		err := f.Orders.RestoreCheck(service, orders.RestoreCheckCmd{Order: o.ID, Check: domain.CheckFileConflict})
		require.Equal(t, "fault.check.not_released", fault.Key(err))
	})
}

func TestHoldAgainAndUndoCall_OnlyWhileItWaits(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	sku := f.SKU("A", 2000)
	f.Stock(sku, 5, 5000)
	service := f.As(auth.Service)
	o := f.Order(apptest.Line(sku, 1, 2000), apptest.COD())
	require.NoError(t, f.Orders.CODCall(service, orders.CODCallCmd{Order: o.ID, Accepted: true}))
	require.NoError(t, f.Orders.UndoCall(service, orders.UndoCallCmd{Order: o.ID}))
	require.False(t, f.Reload(o).CODCalled)
	require.Equal(t, domain.StageException, f.Reload(o).Stage())
	require.NoError(t, f.Orders.CODCall(service, orders.CODCallCmd{Order: o.ID, Accepted: true}))

	until := f.Clock.Now() + when.DaySpan
	require.NoError(t, f.Orders.Hold(service, orders.HoldCmd{Order: o.ID, Until: until, Reason: "等"}))
	require.NoError(t, f.Orders.ReleaseHold(service, orders.ReleaseHoldCmd{Order: o.ID}))
	require.NoError(t, f.Orders.HoldAgain(service, orders.HoldAgainCmd{Order: o.ID, Until: until, Reason: "等"}))
	require.Equal(t, domain.StageHold, f.Reload(o).Stage())
	require.Equal(t, until, f.Reload(o).HoldUntil)
	require.NoError(t, f.Orders.ReleaseHold(service, orders.ReleaseHoldCmd{Order: o.ID}))

	pass(t, f)
	require.Equal(t, "fault.order.undo_passed", fault.Key(f.Orders.UndoCall(service, orders.UndoCallCmd{Order: o.ID})))
	require.Equal(t, "fault.order.undo_passed", fault.Key(f.Orders.HoldAgain(service, orders.HoldAgainCmd{Order: o.ID, Reason: "等"})))
	require.Equal(t, domain.StageToShip, f.Reload(o).Stage())
	plain := f.Order(apptest.Line(sku, 1, 2000))
	require.Equal(t, "fault.order.not_cod", fault.Key(f.Orders.UndoCall(service, orders.UndoCallCmd{Order: plain.ID})))
	f.CheckClean()
}

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
	"zhanggui/app/money"
	"zhanggui/app/orders"
	"zhanggui/app/stock"
	"zhanggui/app/when"
)

func reserved(f *apptest.Fixture, sku domain.SKU) int64 {
	return apptest.Look(f, func(r core.Reads) (domain.Level, error) { return r.Stock().Level(domain.DefaultWarehouse, sku.ID) }).Reserved
}

func pass(t *testing.T, f *apptest.Fixture, list ...ids.OrderID) orders.PassResult {
	t.Helper()
	res, err := f.Orders.Pass(f.As(auth.Service), orders.PassCmd{Orders: list}, nil)
	require.NoError(t, err)
	return res
}

func TestPass_GoodOrdersPass_OthersStayWithReason(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	umbrella := f.SKU("YS-01", 4990)
	f.Stock(umbrella, 5, 10000)
	good := f.Order(apptest.Line(umbrella, 2, 4990))
	noted := f.Order(apptest.Line(umbrella, 1, 4990), func(o *domain.Order) { o.BuyerNote = "送人用" })
	unmapped := f.Order(apptest.Unmapped("NEW-1", 1, 1000))
	big := f.Order(apptest.Line(umbrella, 9, 4990))

	res := pass(t, f)

	require.Equal(t, 1, res.Passed)
	require.Equal(t, 3, res.NeedYou)
	require.Equal(t, map[domain.CheckCode]int{domain.CheckBuyerNote: 1, domain.CheckNoSKU: 1, domain.CheckShort: 1}, res.Reasons)
	require.Equal(t, domain.StageToShip, f.Reload(good).Stage())
	for _, o := range []*domain.Order{noted, unmapped, big} {
		require.Equal(t, domain.StageException, f.Reload(o).Stage(), o.Number)
	}
	require.Equal(t, int64(2), reserved(f, umbrella))
	f.CheckClean()
}

func TestPass_LastPieces_GoToTheNearestLimit(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	cup := f.SKU("BWB-1", 7900)
	f.Stock(cup, 1, 3000)
	later := f.Order(apptest.Line(cup, 1, 7900), apptest.PaidAt(apptest.Start-2*when.Hour))
	sooner := f.Order(apptest.Line(cup, 1, 7900), apptest.PaidAt(apptest.Start-20*when.Hour))

	pass(t, f)

	require.Equal(t, domain.StageToShip, f.Reload(sooner).Stage())
	require.Equal(t, domain.StageException, f.Reload(later).Stage())

	f.Stock(cup, 1, 3000) // the receipt wakes the one that waited
	require.Equal(t, domain.StageToAudit, f.Reload(later).Stage())
	pass(t, f)
	require.Equal(t, domain.StageToShip, f.Reload(later).Stage())
	f.CheckClean()
}

func TestPass_Kit_ReservesItsParts(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	a, b := f.SKU("A", 1000), f.SKU("B", 2000)
	f.Stock(a, 10, 5000)
	f.Stock(b, 10, 8000)
	kit := f.Kit("AB", 4500, domain.KitPart{SKU: a.ID, Qty: 1}, domain.KitPart{SKU: b.ID, Qty: 2})
	f.Order(apptest.Line(kit, 3, 4500))

	pass(t, f)

	require.Equal(t, int64(3), reserved(f, a))
	require.Equal(t, int64(6), reserved(f, b))
}

func TestMapSKU_AllLinesOfThatCode(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	sku := f.SKU("SX-36", 4500)
	f.Stock(sku, 10, 10000)
	one, two := f.Order(apptest.Unmapped("tb-36L", 1, 4500)), f.Order(apptest.Unmapped("TB-36l", 2, 4500))

	n, err := f.Orders.MapSKU(f.As(auth.Service), orders.MapSKUCmd{Channel: "tmall", Code: "TB-36L", SKU: sku.ID, Qty: 1})

	require.NoError(t, err)
	require.Equal(t, 2, n)
	require.Equal(t, 2, pass(t, f).Passed)
	require.Equal(t, sku.ID, f.Reload(one).Lines[0].SKU)
	require.Equal(t, sku.ID, f.Reload(two).Lines[0].SKU)
}

func TestReleaseCheck_WithReason_Passes(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	sku := f.SKU("A", 1000)
	f.Stock(sku, 5, 1000)
	o := f.Order(apptest.Line(sku, 1, 1000), func(o *domain.Order) { o.BuyerNote = "急" })

	err := f.Orders.ReleaseCheck(f.As(auth.Service), orders.ReleaseCheckCmd{Order: o.ID, Check: domain.CheckBuyerNote, Reason: "已联系"})

	require.NoError(t, err)
	require.Equal(t, domain.StageToAudit, f.Reload(o).Stage())
	require.Equal(t, 1, pass(t, f).Passed)
	require.Len(t, f.Audit("audit.check_released"), 1)
}

func TestHold_ReleasesGoods_WakesWhenDue(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	sku := f.SKU("A", 1000)
	f.Stock(sku, 5, 1000)
	o := f.Order(apptest.Line(sku, 2, 1000))
	pass(t, f)

	require.NoError(t, f.Orders.Hold(f.As(auth.Service), orders.HoldCmd{Order: o.ID, Until: apptest.Start + when.Hour, Reason: "买家出差"}))
	require.Equal(t, domain.StageHold, f.Reload(o).Stage())
	require.Zero(t, reserved(f, sku))

	require.Zero(t, pass(t, f).Passed)
	f.Clock.Advance(2 * when.Hour)
	require.Equal(t, 1, pass(t, f).Passed)
	f.CheckClean()
}

func TestFixAddress_ClearsTheCheck(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	sku := f.SKU("A", 1000)
	f.Stock(sku, 5, 1000)
	o := f.Order(apptest.Line(sku, 1, 1000), func(o *domain.Order) { o.Receiver = domain.Receiver{Name: "沈佳", City: "杭州"} })
	require.Equal(t, domain.CheckAddress, o.FirstBlocking().Code)

	r := domain.Receiver{Name: "沈佳", Phone: "13800004417", Province: "浙江", City: "杭州", Address: "学府街 1 号"}
	require.NoError(t, f.Orders.FixAddress(f.As(auth.Service), orders.FixAddressCmd{Order: o.ID, Receiver: r}))

	got := f.Reload(o)
	require.Nil(t, got.FirstBlocking())
	require.True(t, got.Receiver.Edited)
}

func TestCancel_ReleasesOnce_ThenRefused(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	sku := f.SKU("A", 1000)
	f.Stock(sku, 5, 1000)
	o := f.Order(apptest.Line(sku, 2, 1000))
	pass(t, f)
	cmd := orders.CancelCmd{Order: o.ID, Reason: "拍错"}

	require.NoError(t, f.Orders.Cancel(f.As(auth.Service), cmd))
	require.Zero(t, reserved(f, sku))

	require.Equal(t, "fault.order.cancelled", fault.Key(f.Orders.Cancel(f.As(auth.Service), cmd)))
	f.CheckClean()
}

func TestMerge_OneBuyer_AndBack(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	sku := f.SKU("A", 1000)
	f.Stock(sku, 9, 1000)
	same := func(o *domain.Order) { o.BuyerKey = "tb_1" }
	a, b := f.Order(apptest.Line(sku, 1, 1000), same), f.Order(apptest.Line(sku, 2, 1000), same)
	stranger := f.Order(apptest.Line(sku, 1, 1000))

	_, err := f.Orders.Merge(f.As(auth.Service), orders.MergeCmd{Orders: []ids.OrderID{a.ID, stranger.ID}})
	require.Equal(t, "fault.merge.buyer", fault.Key(err))

	lead, err := f.Orders.Merge(f.As(auth.Service), orders.MergeCmd{Orders: []ids.OrderID{a.ID, b.ID}})
	require.NoError(t, err)
	require.Equal(t, lead, f.Reload(b).MergeID)

	require.NoError(t, f.Orders.Unmerge(f.As(auth.Service), orders.UnmergeCmd{Order: b.ID}))
	require.True(t, f.Reload(a).MergeID.Zero())
	f.CheckClean()
}

func TestManual_NumbersItself_AndPasses(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	sku := f.SKU("A", 1999)
	f.Stock(sku, 9, 900)
	cmd := orders.ManualCmd{
		Shop: f.Shop("offline"), FreightFen: 600,
		Receiver: domain.Receiver{Name: "老王", Phone: "13900001111", City: "宁波", Address: "中山路 8 号"},
		Lines:    []orders.ManualLine{{SKU: sku.ID, Qty: 2, UnitFen: 1999}},
	}

	id, err := f.Orders.Manual(f.As(auth.Service), cmd)
	require.NoError(t, err)
	second, err := f.Orders.Manual(f.As(auth.Service), cmd)
	require.NoError(t, err)

	d, err := f.Orders.Get(f.As(auth.Service), id)
	require.NoError(t, err)
	require.Equal(t, "M20260423-0001", d.Order.Number)
	require.Equal(t, money.Fen(4598), d.Order.NetFen)
	d, err = f.Orders.Get(f.As(auth.Service), second)
	require.NoError(t, err)
	require.Equal(t, "M20260423-0002", d.Order.Number)
	require.Equal(t, domain.CheckDuplicate, d.Order.FirstBlocking().Code) // the same again within ten minutes
	f.CheckClean()
}

func TestManual_Incomplete_NamesTheFields(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)

	_, err := f.Orders.Manual(f.As(auth.Service), orders.ManualCmd{FreightFen: -1})

	require.Equal(t, map[string]string{"shop": "fault.required", "lines": "fault.order.lines", "freight": "fault.negative"}, fault.From(err).Fields)
}

func TestSplit_PlansParcels_SumsChecked(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	sku := f.SKU("A", 1000)
	f.Stock(sku, 9, 900)
	o := f.Order(apptest.Line(sku, 3, 1000))
	l := o.Lines[0].ID

	err := f.Orders.Split(f.As(auth.Service), orders.SplitCmd{Order: o.ID, Plan: domain.SplitPlan{{l: 1}, {l: 1}}})
	require.Equal(t, "fault.split.sum", fault.Key(err))
	require.NoError(t, f.Orders.Split(f.As(auth.Service), orders.SplitCmd{Order: o.ID, Plan: domain.SplitPlan{{l: 1}, {l: 2}}}))

	d, err := f.Orders.Get(f.As(auth.Service), o.ID)
	require.NoError(t, err)
	require.Len(t, d.Parcels, 2)
	require.NoError(t, f.Orders.Unsplit(f.As(auth.Service), orders.UnsplitCmd{Order: o.ID}))
	f.CheckClean()
}

func TestCountLoss_BelowPromises_FreesLatestDeadline(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	sku := f.SKU("A", 1000)
	f.Stock(sku, 3, 900)
	early := f.Order(apptest.Line(sku, 2, 1000), apptest.PaidAt(apptest.Start-10*when.Hour))
	late := f.Order(apptest.Line(sku, 1, 1000), apptest.PaidAt(apptest.Start-1*when.Hour))
	require.Equal(t, 2, pass(t, f).Passed)

	res, err := f.App.Stock.Adjust(f.As(auth.Supervisor), stock.AdjustCmd{SKU: sku.ID, Delta: -1, Reason: stock.AdjustLost})

	require.NoError(t, err)
	require.Equal(t, []string{late.Number}, res.Freed)
	require.Equal(t, domain.StageException, f.Reload(late).Stage())
	require.Equal(t, domain.StageToShip, f.Reload(early).Stage())
	f.CheckClean()
}

func TestList_WarehouseSeesNoCost_PromotionNoPersons(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	sku := f.SKU("A", 1000)
	f.Stock(sku, 3, 900)
	o := f.Order(apptest.Line(sku, 1, 1000))

	page, err := f.Orders.List(f.As(auth.Promotion), core.Query{})
	require.NoError(t, err)
	require.Contains(t, page.Rows[0].Receiver, "**")
	require.Contains(t, page.Rows[0].Phone, "****")
	d, err := f.Orders.Get(f.As(auth.Promotion), o.ID)
	require.NoError(t, err)
	require.Equal(t, "****", d.Order.Receiver.Address)

	levels, err := f.App.Stock.List(f.As(auth.Warehouse), core.Query{Totals: true})
	require.NoError(t, err)
	require.Zero(t, levels.Rows[0].ValueFen)
	require.NotContains(t, levels.Sums, "value_fen")
	_, err = f.App.Stock.List(f.As(auth.Warehouse), core.Query{Conds: []core.Cond{{Field: "value_fen", Op: ">", Value: "1"}}})
	require.True(t, fault.Is(err, fault.Denied)) // a hidden figure is not found by asking either
	_, err = f.Orders.List(f.As(auth.Promotion), core.Query{Page: core.Page{Sort: "phone"}})
	require.True(t, fault.Is(err, fault.Denied))
	levels, err = f.App.Stock.List(f.As(auth.Finance), core.Query{})
	require.NoError(t, err)
	require.Equal(t, money.Fen(900), levels.Rows[0].ValueFen)
}

package stock_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/money"
	"zhanggui/app/shipping"
	"zhanggui/app/stock"
)

func levelNow(f *apptest.Fixture, sku domain.SKU) domain.Level {
	return apptest.Look(f, func(r core.Reads) (domain.Level, error) { return r.Stock().Level(domain.DefaultWarehouse, sku.ID) })
}

// The warehouse gives no cost, not even unasked.
func TestReceive_CostWithoutSayingSo_IsNotTaken(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	sku := f.SKU("A", 2000)

	_, err := f.App.Stock.Receive(f.As(auth.Warehouse), stock.ReceiveCmd{SKU: sku.ID, Qty: 2, CostFen: 999_00})

	require.NoError(t, err)
	require.Equal(t, money.Fen(0), levelNow(f, sku).ValueFen)
	f.CheckClean()
}

// Taking a big correction back is a big correction; opening stock is opened and
// taken back by the same people.
func TestUndo_NeedsTheRightsOfWhatItUndoes(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	a, b := f.SKU("A", 2000), f.SKU("B", 2000)
	f.Stock(a, 100, 1_000_00)
	big, err := f.App.Stock.Adjust(f.As(auth.Supervisor), stock.AdjustCmd{SKU: a.ID, Delta: -50, Reason: stock.AdjustLost})
	require.NoError(t, err)
	small, err := f.App.Stock.Adjust(f.As(auth.Warehouse), stock.AdjustCmd{SKU: a.ID, Delta: -1, Reason: stock.AdjustLost})
	require.NoError(t, err)
	opening, err := f.App.Stock.Opening(f.As(auth.Finance), stock.OpeningCmd{SKU: b.ID, Qty: 5, ValueFen: 500})
	require.NoError(t, err)

	require.NoError(t, f.App.Stock.Undo(f.As(auth.Warehouse), stock.UndoCmd{Kind: "adjust", Doc: small.Doc}))
	err = f.App.Stock.Undo(f.As(auth.Warehouse), stock.UndoCmd{Kind: "opening", Doc: opening.Doc})
	require.True(t, fault.Is(err, fault.Denied), "%v", err)
	require.NoError(t, f.App.Stock.Undo(f.As(auth.Finance), stock.UndoCmd{Kind: "opening", Doc: opening.Doc}))
	c := f.SKU("C", 2000)
	f.Stock(c, 100, 1_000_00)
	big, err = f.App.Stock.Adjust(f.As(auth.Supervisor), stock.AdjustCmd{SKU: c.ID, Delta: -50, Reason: stock.AdjustLost})
	require.NoError(t, err)
	err = f.App.Stock.Undo(f.As(auth.Warehouse), stock.UndoCmd{Kind: "adjust", Doc: big.Doc})
	require.True(t, fault.Is(err, fault.Denied), "%v", err)
	require.Equal(t, int64(50), levelNow(f, c).OnHand)
	f.CheckClean()
}

func TestUndo_OfALoss_WakesWhoWaits(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	sku := f.SKU("A", 2000)
	f.Stock(sku, 1, 1000)
	o := f.Order(apptest.Line(sku, 1, 2000))
	f.Pass(o)
	lost, err := f.App.Stock.Adjust(f.As(auth.Supervisor), stock.AdjustCmd{SKU: sku.ID, Delta: -1, Reason: stock.AdjustLost})
	require.NoError(t, err)
	require.Equal(t, domain.StageException, f.Reload(o).Stage())

	require.NoError(t, f.App.Stock.Undo(f.As(auth.Supervisor), stock.UndoCmd{Kind: "adjust", Doc: lost.Doc}))

	require.Equal(t, domain.StageToAudit, f.Reload(o).Stage())
	f.CheckClean()
}

// What went below zero and was taken back leaves no provisional cost behind.
func TestUndo_OfACountBelowZero_LeavesNoProvisionalCost(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	sku := f.SKU("A", 2000)
	f.Stock(sku, 2, 200)
	low, err := f.App.Stock.Adjust(f.As(auth.Supervisor), stock.AdjustCmd{SKU: sku.ID, Delta: -5, Reason: stock.AdjustCount})
	require.NoError(t, err)
	require.NoError(t, f.App.Stock.Undo(f.As(auth.Supervisor), stock.UndoCmd{Kind: "adjust", Doc: low.Doc}))
	_, err = f.App.Stock.Adjust(f.As(auth.Supervisor), stock.AdjustCmd{SKU: sku.ID, Delta: -3, Reason: stock.AdjustCount})
	require.NoError(t, err)

	f.Stock(sku, 5, 750) // one of the five fills the hole, four stay at 1.50

	l := levelNow(f, sku)
	require.Equal(t, int64(4), l.OnHand)
	require.Equal(t, money.Fen(600), l.ValueFen)
	f.CheckClean()
}

// A return into a hole settles it as a receipt would: nothing without units has value.
func TestReturn_IntoAHole_LeavesNoValueWithoutUnits(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	sku := f.SKU("A", 2000)
	f.Stock(sku, 1, 120)
	o := f.Order(apptest.Line(sku, 1, 2000))
	f.Pass(o)
	sent := f.Ship(o)
	f.Stock(sku, 1, 10)
	f.Sell(apptest.Line(sku, 1, 2000))
	_, err := f.App.Stock.Adjust(f.As(auth.Supervisor), stock.AdjustCmd{SKU: sku.ID, Delta: -1, Reason: stock.AdjustCount})
	require.NoError(t, err)
	require.Equal(t, money.Fen(-10), levelNow(f, sku).ValueFen)

	require.NoError(t, f.Shipping.Return(f.As(auth.Warehouse), shipping.ReturnCmd{Parcel: sent.Parcel, Line: o.Lines[0].ID, Good: 1}))

	l := levelNow(f, sku)
	require.Equal(t, int64(0), l.OnHand)
	require.Equal(t, money.Fen(0), l.ValueFen)
	f.CheckClean()
}

// Defective goods that came back can be thrown away; then nothing is set aside any more.
func TestAdjust_Scrap_TakesTheDefectiveOnes(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	sku := f.SKU("A", 2000)
	f.Stock(sku, 5, 500)
	o := f.Order(apptest.Line(sku, 2, 2000))
	f.Pass(o)
	sent := f.Ship(o)
	require.NoError(t, f.Shipping.Return(f.As(auth.Warehouse), shipping.ReturnCmd{Parcel: sent.Parcel, Line: o.Lines[0].ID, Defective: 2}))
	l := levelNow(f, sku)
	require.Equal(t, [2]int64{5, 2}, [2]int64{l.OnHand, l.Unavailable})

	_, err := f.App.Stock.Adjust(f.As(auth.Warehouse), stock.AdjustCmd{SKU: sku.ID, Delta: -3, Reason: stock.AdjustScrap})
	require.True(t, fault.Is(err, fault.Conflict), "%v", err)
	res, err := f.App.Stock.Adjust(f.As(auth.Warehouse), stock.AdjustCmd{SKU: sku.ID, Delta: -2, Reason: stock.AdjustScrap})
	require.NoError(t, err)

	l = levelNow(f, sku)
	require.Equal(t, [3]int64{3, 0, 3}, [3]int64{l.OnHand, l.Unavailable, l.Available()})
	f.CheckClean()
	require.NoError(t, f.App.Stock.Undo(f.As(auth.Warehouse), stock.UndoCmd{Kind: "adjust", Doc: res.Doc}))
	l = levelNow(f, sku)
	require.Equal(t, [3]int64{5, 2, 3}, [3]int64{l.OnHand, l.Unavailable, l.Available()})
	f.CheckClean()
}

// More cannot be set aside than is there: a count that finds fewer takes the
// defective ones first when only those are left.
func TestAdjust_BelowTheDefective_SetsNoMoreAside(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	sku := f.SKU("A", 2000)
	f.Stock(sku, 1, 100)
	o := f.Order(apptest.Line(sku, 1, 2000))
	f.Pass(o)
	sent := f.Ship(o)
	require.NoError(t, f.Shipping.Return(f.As(auth.Warehouse), shipping.ReturnCmd{Parcel: sent.Parcel, Line: o.Lines[0].ID, Defective: 1}))

	_, err := f.App.Stock.Adjust(f.As(auth.Warehouse), stock.AdjustCmd{SKU: sku.ID, Delta: -1, Reason: stock.AdjustDamage})
	require.NoError(t, err)

	f.Stock(sku, 1, 100)
	l := levelNow(f, sku)
	require.Equal(t, int64(1), l.Available())
	f.CheckClean()
}

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
	"zhanggui/app/stock"
	"zhanggui/app/when"
)

func level(f *apptest.Fixture, sku domain.SKU) domain.Level {
	return apptest.Look(f, func(r core.Reads) (domain.Level, error) { return r.Stock().Level(domain.DefaultWarehouse, sku.ID) })
}

func TestReceive_WithoutCost_LastCostAndATask(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	sku := f.SKU("A", 2000)
	f.Stock(sku, 10, 10000)

	r, err := f.App.Stock.Receive(f.As(auth.Warehouse), stock.ReceiveCmd{SKU: sku.ID, Qty: 4})
	require.NoError(t, err)
	require.True(t, r.NoCost)
	require.Equal(t, money.Fen(14000), level(f, sku).ValueFen)
	tasks := apptest.Look(f, func(r core.Reads) ([]domain.Task, error) { return r.Tasks().Open() })
	require.Equal(t, "receipt_cost", tasks[0].Kind)

	require.NoError(t, f.App.Stock.Recost(f.As(auth.Finance), stock.RecostCmd{Doc: r.Doc, CostFen: 5200}))
	require.Equal(t, money.Fen(15200), level(f, sku).ValueFen)
	require.Empty(t, apptest.Look(f, func(r core.Reads) ([]domain.Task, error) { return r.Tasks().Open() }))
	f.CheckClean()
}

func TestReceive_CostFromTheWarehouse_Denied(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	sku := f.SKU("A", 2000)

	_, err := f.App.Stock.Receive(f.As(auth.Warehouse), stock.ReceiveCmd{SKU: sku.ID, Qty: 4, CostFen: 100, HasCost: true})

	require.True(t, fault.Is(err, fault.Denied))
	require.Zero(t, level(f, sku).OnHand)
}

func TestReceive_Kit_Refused(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	kit := f.Kit("K", 100, domain.KitPart{SKU: f.SKU("A", 2000).ID, Qty: 1})

	_, err := f.App.Stock.Receive(f.As(auth.Warehouse), stock.ReceiveCmd{SKU: kit.ID, Qty: 4})

	require.Equal(t, "fault.stock.kit", fault.Key(err))
}

func TestOpening_OncePerSKU(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	sku := f.SKU("A", 2000)
	cmd := stock.OpeningCmd{SKU: sku.ID, Qty: 8, ValueFen: 4000}

	_, err := f.App.Stock.Opening(f.As(auth.Finance), cmd)
	require.NoError(t, err)
	_, err = f.App.Stock.Opening(f.As(auth.Finance), cmd)

	require.Equal(t, "fault.stock.opening_late", fault.Key(err))
	require.Equal(t, int64(8), level(f, sku).OnHand)
	f.CheckClean()
}

func TestAdjust_AboveTheLimit_NeedsTheRight(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	sku := f.SKU("A", 2000)
	f.Stock(sku, 100, 100_000) // 10.00 each; the limit is 50.00

	_, err := f.App.Stock.Adjust(f.As(auth.Warehouse), stock.AdjustCmd{SKU: sku.ID, Delta: -6, Reason: stock.AdjustDamage})
	require.Equal(t, "fault.stock.adjust_limit", fault.Key(err))
	_, err = f.App.Stock.Adjust(f.As(auth.Warehouse), stock.AdjustCmd{SKU: sku.ID, Delta: -5, Reason: stock.AdjustDamage})
	require.NoError(t, err)
	_, err = f.App.Stock.Adjust(f.As(auth.Finance), stock.AdjustCmd{SKU: sku.ID, Delta: -6, Reason: stock.AdjustDamage})
	require.NoError(t, err)

	require.Equal(t, int64(89), level(f, sku).OnHand)
	f.CheckClean()
}

func TestUndo_Receipt_ExactlyBack_RefusedAfterLaterMove(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	sku := f.SKU("A", 2000)
	f.Stock(sku, 3, 1000)
	before := level(f, sku)
	r, err := f.App.Stock.Receive(f.As(auth.Finance), stock.ReceiveCmd{SKU: sku.ID, Qty: 7, CostFen: 999, HasCost: true})
	require.NoError(t, err)

	require.NoError(t, f.App.Stock.Undo(f.As(auth.Supervisor), stock.UndoCmd{Kind: "receipt", Doc: r.Doc}))
	after := level(f, sku)
	require.Equal(t, before.OnHand, after.OnHand)
	require.Equal(t, before.ValueFen, after.ValueFen)
	err = f.App.Stock.Undo(f.As(auth.Supervisor), stock.UndoCmd{Kind: "receipt", Doc: r.Doc})
	require.Equal(t, "fault.stock.undone", fault.Key(err))

	r, err = f.App.Stock.Receive(f.As(auth.Finance), stock.ReceiveCmd{SKU: sku.ID, Qty: 7, CostFen: 999, HasCost: true})
	require.NoError(t, err)
	f.Stock(sku, 1, 100)
	err = f.App.Stock.Undo(f.As(auth.Supervisor), stock.UndoCmd{Kind: "receipt", Doc: r.Doc})
	require.Equal(t, "fault.stock.later_moves", fault.Key(err))
	f.CheckClean()
}

func TestAsOf_PastDay_AsItWas(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	sku := f.SKU("A", 2000)
	f.Stock(sku, 3, 900)
	first := f.Clock.Now().Day()
	f.Clock.Advance(3 * when.DaySpan)
	f.Stock(sku, 5, 2000)

	for day, want := range map[when.Day][2]int64{first.Add(-1): {0, 0}, first: {3, 900}, first.Add(2): {3, 900}, first.Add(3): {8, 2900}} {
		page, err := f.App.Stock.AsOf(f.As(auth.Finance), day, core.Query{Conds: []core.Cond{{Field: "sku", Op: "=", Value: "A"}}})
		require.NoError(t, err)
		got := [2]int64{}
		if len(page.Rows) > 0 {
			got = [2]int64{page.Rows[0].OnHand, int64(page.Rows[0].ValueFen)}
		}
		require.Equal(t, want, got, day)
	}
}

package inbox_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/ingest/sample"
	"zhanggui/app/job"
	"zhanggui/app/money"
)

func TestCommit_AgainAfterUndo_IsNewAgain(t *testing.T) {
	t.Parallel()
	f, _, _ := stocked(t)
	first := bySub.in(t, f, "a.csv", lineA, lineB)
	undoImport(t, f, first)

	res := bySub.in(t, f, "a.csv", lineA, lineB)

	require.False(t, res.Skipped)
	require.Equal(t, int64(1), res.Import.New)
	require.Equal(t, int64(1), customerOf(f, "小明").Orders)
	passAll(t, f, 1)
	f.CheckClean()
	require.True(t, bySub.in(t, f, "a.csv", lineA, lineB).Skipped)
}

// An import that was stopped goes on with its refused rows once, and its mended
// rows come in by the next file.
func TestCommit_StoppedWithRefusedRows_GoesOn(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	rows := []cells{lineA.but("order_no", "8000", "sub_no", "80001", "qty", "-1")}
	for i := 0; i < 400; i++ {
		n := "7000" + pad(i)
		rows = append(rows, lineA.but("order_no", n, "sub_no", n+"1", "buyer", "b"+n))
	}
	src, target := bySub.source(t, "big.csv", rows...)
	p, err := f.Inbox.Preview(f.As(auth.Service), src, target, nil)
	require.NoError(t, err)
	require.Equal(t, 1, p.Counts[domain.RowRejected])
	ctx, stop := context.WithCancel(f.As(auth.Service))
	_, err = f.Inbox.Commit(ctx, p, func(pr job.Progress) {
		if pr.Done >= 150 {
			stop()
		}
	})
	require.True(t, fault.Is(err, fault.Cancelled))
	src, target = bySub.source(t, "big.csv", rows...)
	p, err = f.Inbox.Preview(f.As(auth.Service), src, target, nil)
	require.NoError(t, err)

	res, err := f.Inbox.Commit(f.As(auth.Service), p, nil)

	require.NoError(t, err)
	require.Equal(t, [3]int64{400, 1, 0}, [3]int64{res.Import.New, res.Import.Rejected, res.Import.Changed})
	kept, err := f.Inbox.Rows(f.As(auth.Service), res.Import.ID, core.Query{Chip: string(domain.RowRejected)})
	require.NoError(t, err)
	require.Len(t, kept.Rows, 1)
	mended := bySub.in(t, f, "mended.csv", rows[0].but("qty", "1"))
	require.Equal(t, int64(1), mended.Import.New)
	f.CheckClean()
}

// The goods report may come before the order report.
func TestCommit_LinesBeforeOrders_OneOrder(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	sku := f.SKU("YS-01", 4990)
	f.Stock(sku, 10, 1000)
	o := placed("3317220455819560123", func(o *sample.Order) { o.ShopDiscountFen = 980 })

	commit(t, f, file(t, "taobao_items", "items.csv", o))
	commit(t, f, file(t, "taobao_orders", "orders.csv", o))

	got := find(t, f, o.Number)
	require.Len(t, got.Lines, 1)
	require.Equal(t, money.Fen(9000), got.NetFen)
	require.Equal(t, money.Fen(9000), got.Lines[0].NetFen)
	passAll(t, f, 1)
	shipAll(t, f, o.Number, "781234567890")
	require.Equal(t, money.Fen(9000), owed(f, domain.AccReceivable))
	commit(t, f, file(t, "taobao_items", "items2.csv", o, placed("3317220455819560124")))
	require.Len(t, find(t, f, o.Number).Lines, 1)
	f.CheckClean()
}

// What others shipped before us takes nothing here, whatever files follow.
func TestCommit_External_TakesNothing(t *testing.T) {
	t.Parallel()
	f, a, _ := stocked(t)
	bySub.in(t, f, "a.csv", lineA.but("status", "已发货"))
	require.True(t, find(t, f, "9001").External)
	bySub.in(t, f, "b.csv", lineA.but("status", "已完成"), lineB.but("status", "已完成"))
	bySub.in(t, f, "c.csv", lineB.but("status", "已关闭", "line_refund", "30.00"))
	before := find(t, f, "9001")
	bySub.in(t, f, "d.csv", lineB.but("status", "已关闭", "line_refund", "30.00", "buyer_note", "x"))

	after := find(t, f, "9001")
	require.Equal(t, before.PaidFen, after.PaidFen)
	require.Equal(t, before.NetFen, after.NetFen)
	require.Equal(t, int64(20), levelOf(f, a).OnHand)
	require.Zero(t, owed(f, domain.AccReceivable))
	f.CheckClean()
}

// A disabled shop gets no orders just because it is the only one of its channel.
func TestCommit_OnlyADisabledShop_NewOne(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	f.Do(func(u *core.Unit) error {
		return u.Catalog().SaveShop(&domain.Shop{ID: [16]byte{7}, Channel: "pdd", Code: "pdd", Name: "旧店", Disabled: true})
	})

	res := commit(t, f, file(t, "pdd_orders", "a.csv", placed(pddNo)))

	require.NotEqual(t, domain.Shop{ID: [16]byte{7}}.ID, res.Plan.Shop.ID)
	require.Equal(t, "pdd-2", res.Plan.Shop.Code)
}

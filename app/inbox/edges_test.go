package inbox_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
	"zhanggui/app/inbox"
	"zhanggui/app/ingest"
	"zhanggui/app/money"
	"zhanggui/app/orders"
	"zhanggui/app/shipping"
	"zhanggui/app/when"
)

// export is a file of a platform that the shop mapped by hand: one row per
// sub-order. Cells that a row does not name are those of usual.
type export struct {
	columns []string
	fields  map[ingest.Field]string
}

// bySub has a state and amounts per sub-order; byOrder those of the order alone.
var (
	bySub = exportOf("order_no", "sub_no", "status", "code", "title", "qty", "unit_price", "line_net", "line_refund", "freight",
		"buyer", "receiver", "phone", "address", "created_at", "paid_at", "ship_by", "buyer_note")
	byOrder = exportOf("order_no", "status", "total", "paid", "refund", "code", "title", "qty", "unit_price", "freight",
		"buyer", "receiver", "phone", "address", "created_at", "paid_at")
)

func exportOf(columns ...string) export {
	e := export{columns: columns, fields: map[ingest.Field]string{}}
	for _, c := range columns {
		e.fields[ingest.Field(c)] = "col " + c
	}
	return e
}

var usual = map[string]string{
	"status": "已付款", "qty": "1", "buyer": "小明", "receiver": "沈佳", "phone": "13800004417", "address": "浙江省杭州市西湖区学府街 1 号",
	"created_at": "2026-04-22 20:00:00", "paid_at": "2026-04-22 20:01:00", "freight": "0", "refund": "0", "line_refund": "0",
}

type cells map[string]string

func (e export) source(t testing.TB, name string, rows ...cells) (inbox.Source, inbox.Target) {
	t.Helper()
	var b bytes.Buffer
	b.WriteString("\ufeff" + "col " + strings.Join(e.columns, ",col ") + "\n")
	for _, r := range rows {
		list := make([]string, len(e.columns))
		for i, c := range e.columns {
			v, ok := r[c]
			if !ok {
				v = usual[c]
			}
			list[i] = v
		}
		b.WriteString(strings.Join(list, ",") + "\n")
	}
	m := ingest.Mapping{
		Name: "导出", Kind: ingest.KindOrders, Channel: "own", Columns: e.fields, Once: []ingest.Field{"freight"},
		Status: map[string]string{
			"未付款": "unpaid", "已付款": "paid", "已发货": "shipped", "已完成": "completed", "已关闭": "refunded", "退款申请": "refund_asked", "付定金": "deposit",
		},
	}
	if _, ok := e.fields["paid"]; ok {
		m.Once = []ingest.Field{"freight", "paid", "total", "refund"}
	}
	return inbox.Source{Path: name, Data: bytes.NewReader(b.Bytes()), Size: int64(b.Len())}, inbox.Target{Mapping: &m}
}

func (e export) in(t testing.TB, f *apptest.Fixture, name string, rows ...cells) inbox.Result {
	t.Helper()
	src, target := e.source(t, name, rows...)
	p, err := f.Inbox.Preview(f.As(auth.Service), src, target, nil)
	require.NoError(t, err)
	require.Empty(t, p.File.Rejected)
	res, err := f.Inbox.Commit(f.As(auth.Service), p, nil)
	require.NoError(t, err)
	return res
}

func passAll(t testing.TB, f *apptest.Fixture, want int) {
	t.Helper()
	res, err := f.Orders.Pass(f.As(auth.Service), orders.PassCmd{}, nil)
	require.NoError(t, err)
	require.Equal(t, want, res.Passed, "%+v", res)
}

func shipAll(t testing.TB, f *apptest.Fixture, number, waybill string) shipping.ShipResult {
	t.Helper()
	res, err := f.Shipping.Ship(f.As(auth.Warehouse), shipping.ShipCmd{Order: find(t, f, number).ID, Courier: "zto", Waybill: waybill})
	require.NoError(t, err)
	return res
}

func owed(f *apptest.Fixture, a domain.Account) money.Fen {
	return apptest.Look(f, func(r core.Reads) (map[domain.Account]money.Fen, error) { return r.Ledger().Balances("") })[a]
}

func levelOf(f *apptest.Fixture, sku domain.SKU) domain.Level {
	return apptest.Look(f, func(r core.Reads) (domain.Level, error) { return r.Stock().Level(domain.DefaultWarehouse, sku.ID) })
}

func stocked(t testing.TB) (*apptest.Fixture, domain.SKU, domain.SKU) {
	f := apptest.New(t)
	a, b := f.SKU("A", 5000), f.SKU("B", 3000)
	f.Stock(a, 20, 20000)
	f.Stock(b, 20, 20000)
	return f, a, b
}

var (
	lineA = cells{"order_no": "9001", "sub_no": "90011", "code": "A", "title": "甲", "unit_price": "50.00", "line_net": "50.00"}
	lineB = cells{"order_no": "9001", "sub_no": "90012", "code": "B", "title": "乙", "unit_price": "30.00", "line_net": "30.00"}
)

// but is the row with other cells.
func (c cells) but(pairs ...string) cells {
	m := cells{}
	for k, v := range c {
		m[k] = v
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		m[pairs[i]] = pairs[i+1]
	}
	return m
}

func TestCommit_ReturnedOrder_PlatformClosesIt(t *testing.T) {
	t.Parallel()
	f, a, _ := stocked(t)
	bySub.in(t, f, "a.csv", lineA)
	passAll(t, f, 1)
	sent := shipAll(t, f, "9001", "781234567890")
	o := find(t, f, "9001")
	require.NoError(t, f.Shipping.Return(f.As(auth.Warehouse), shipping.ReturnCmd{Parcel: sent.Parcel, Line: o.Lines[0].ID, Good: 1}))

	bySub.in(t, f, "b.csv", lineA.but("status", "退款申请"))
	bySub.in(t, f, "c.csv", lineA.but("status", "已关闭", "line_refund", "50.00"))

	o = find(t, f, "9001")
	require.Equal(t, domain.ClosingCancelled, o.Closing)
	require.Equal(t, int64(20), levelOf(f, a).OnHand)
	require.Zero(t, owed(f, domain.AccReceivable))
	f.CheckClean()
}

func TestCommit_LineClosedAfterPassing_IsNotShipped(t *testing.T) {
	t.Parallel()
	f, a, b := stocked(t)
	bySub.in(t, f, "a.csv", lineA, lineB)
	passAll(t, f, 1)
	require.Equal(t, int64(1), levelOf(f, b).Reserved)

	bySub.in(t, f, "b.csv", lineA, lineB.but("status", "已关闭", "line_refund", "30.00"))

	o := find(t, f, "9001")
	require.Equal(t, int64(1), o.Lines[1].CancelQty)
	require.Equal(t, domain.StageToShip, o.Stage())
	require.Zero(t, levelOf(f, b).Reserved)
	f.CheckClean()
	shipAll(t, f, "9001", "781234567890")
	require.Equal(t, domain.StageShipped, find(t, f, "9001").Stage())
	require.Equal(t, money.Fen(5000), owed(f, domain.AccReceivable))
	require.Equal(t, int64(19), levelOf(f, a).OnHand)
	require.Equal(t, int64(20), levelOf(f, b).OnHand)
	f.CheckClean()
}

// A file filtered by state holds only some sub-orders: it says nothing of the others.
func TestCommit_FileOfSomeSubOrders_DoesNotCloseTheOthers(t *testing.T) {
	t.Parallel()
	f, _, b := stocked(t)
	bySub.in(t, f, "a.csv", lineA, lineB)
	passAll(t, f, 1)

	bySub.in(t, f, "closed.csv", lineB.but("status", "已关闭", "line_refund", "30.00"))

	o := find(t, f, "9001")
	require.Equal(t, domain.ClosingOpen, o.Closing)
	require.Equal(t, domain.StageToShip, o.Stage())
	require.Equal(t, [2]int64{0, 1}, [2]int64{o.Lines[0].CancelQty, o.Lines[1].CancelQty})
	require.Zero(t, levelOf(f, b).Reserved)
	require.Equal(t, domain.PayPartRefunded, o.Payment)
	shipAll(t, f, "9001", "781234567890")
	require.Equal(t, money.Fen(5000), owed(f, domain.AccReceivable))
	f.CheckClean()
}

func TestCommit_OrderOverTwoFiles_HasAllItsLines(t *testing.T) {
	t.Parallel()
	f, _, _ := stocked(t)
	bySub.in(t, f, "a.csv", lineA)
	require.Len(t, find(t, f, "9001").Lines, 1)

	bySub.in(t, f, "b.csv", lineA, lineB)

	o := find(t, f, "9001")
	require.Len(t, o.Lines, 2)
	require.Equal(t, money.Fen(8000), o.NetFen)
	passAll(t, f, 1)
	shipAll(t, f, "9001", "781234567890")
	require.Equal(t, money.Fen(8000), owed(f, domain.AccReceivable))
	f.CheckClean()
}

// The second file holds nothing but the sub-order that was missing.
func TestCommit_OtherSubOrderInTheNextFile_IsAdded(t *testing.T) {
	t.Parallel()
	f, _, _ := stocked(t)
	bySub.in(t, f, "a.csv", lineA)

	bySub.in(t, f, "b.csv", lineB)

	o := find(t, f, "9001")
	require.Len(t, o.Lines, 2)
	require.Equal(t, money.Fen(8000), o.NetFen)
	passAll(t, f, 1)
	f.CheckClean()
}

func TestCommit_MoreLinesAfterPassing_IsAConflict(t *testing.T) {
	t.Parallel()
	f, _, _ := stocked(t)
	bySub.in(t, f, "a.csv", lineA)
	passAll(t, f, 1)

	res := bySub.in(t, f, "b.csv", lineA, lineB)

	require.Equal(t, int64(1), res.Import.Conflict)
	o := find(t, f, "9001")
	require.Equal(t, domain.StageException, o.Stage())
	require.Len(t, o.Lines, 1)
	f.CheckClean()
}

// The seller lowered the price before the buyer paid.
func TestCommit_PriceChangedBeforePayment_LinesFollow(t *testing.T) {
	t.Parallel()
	f, _, _ := stocked(t)
	bySub.in(t, f, "a.csv", lineA.but("status", "未付款", "paid_at", ""), lineB.but("status", "未付款", "paid_at", ""))

	bySub.in(t, f, "b.csv", lineA.but("line_net", "45.00"), lineB)

	o := find(t, f, "9001")
	require.Equal(t, money.Fen(7500), o.NetFen)
	require.Equal(t, money.Fen(4500), o.Lines[0].NetFen)
	passAll(t, f, 1)
	f.CheckClean()
}

// A refund before shipping takes revenue away, however late it is known and
// however often it grows (rules.md §5.8).
func TestCommit_RefundsBeforeShipping_TakeTheRevenueAway(t *testing.T) {
	t.Parallel()
	f, _, _ := stocked(t)
	row := cells{"order_no": "9002", "code": "A", "title": "甲", "unit_price": "50.00", "qty": "2", "paid": "100.00", "total": "100.00"}
	byOrder.in(t, f, "a.csv", row.but("refund", "10.00"))
	byOrder.in(t, f, "b.csv", row.but("refund", "25.00"))
	passAll(t, f, 1)
	byOrder.in(t, f, "c.csv", row.but("refund", "40.00"))

	shipAll(t, f, "9002", "781234567890")

	require.Equal(t, money.Fen(6000), owed(f, domain.AccReceivable))
	f.CheckClean()
}

// The refund of a closed line is that line's, not a share of all.
func TestCommit_RefundOfAClosedLine_LeavesTheOthersWhole(t *testing.T) {
	t.Parallel()
	f, _, _ := stocked(t)
	a := cells{"order_no": "9003", "code": "A", "title": "甲", "unit_price": "50.00", "paid": "80.00", "total": "80.00", "refund": "30.00"}
	b := a.but("code", "B", "title", "乙", "unit_price", "30.00", "status", "已关闭")
	byOrder.in(t, f, "a.csv", a, b)
	passAll(t, f, 1)

	shipAll(t, f, "9003", "781234567890")

	require.Equal(t, money.Fen(5000), owed(f, domain.AccReceivable))
	f.CheckClean()
}

// Amounts of an order that has left, wholly or in part, are in the books.
func TestCommit_AmountsAfterShipping_DoNotMoveTheOrder(t *testing.T) {
	t.Parallel()
	f, _, _ := stocked(t)
	row := cells{"order_no": "9002", "code": "A", "title": "甲", "unit_price": "50.00", "qty": "2", "paid": "100.00", "total": "100.00"}
	byOrder.in(t, f, "a.csv", row)
	passAll(t, f, 1)
	o := find(t, f, "9002")
	_, err := f.Shipping.Ship(f.As(auth.Warehouse), shipping.ShipCmd{
		Order: o.ID, Units: map[ids.LineID]int64{o.Lines[0].ID: 1}, Courier: "zto", Waybill: "781234567891",
	})
	require.NoError(t, err)
	require.NoError(t, f.Orders.Hold(f.As(auth.Service), orders.HoldCmd{Order: o.ID, Reason: "等"}))

	byOrder.in(t, f, "b.csv", row.but("paid", "90.00", "total", "90.00"))

	require.Equal(t, money.Fen(10000), find(t, f, "9002").NetFen)
	require.NoError(t, f.Orders.ReleaseHold(f.As(auth.Service), orders.ReleaseHoldCmd{Order: o.ID}))
	f.CheckClean()
}

// Merged orders of which one is closed or goes elsewhere part company.
func TestCommit_MergedOrderClosedOrMoved_LeavesTheParcel(t *testing.T) {
	t.Parallel()
	for name, change := range map[string][]string{
		"closed": {"status", "已关闭", "line_refund", "30.00"},
		"moved":  {"address", "浙江省宁波市鄞州区新路 9 号"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f, _, _ := stocked(t)
			second := lineB.but("order_no", "9005", "sub_no", "90051")
			bySub.in(t, f, "a.csv", lineA, second)
			passAll(t, f, 2)
			a, b := find(t, f, "9001"), find(t, f, "9005")
			_, err := f.Orders.Merge(f.As(auth.Service), orders.MergeCmd{Orders: []ids.OrderID{a.ID, b.ID}})
			require.NoError(t, err)

			bySub.in(t, f, "b.csv", lineA.but("buyer_note", ""), second.but(change...))

			require.True(t, find(t, f, "9001").MergeID.Zero())
			require.True(t, find(t, f, "9005").MergeID.Zero())
			sent := shipAll(t, f, "9001", "781234567890")
			require.Equal(t, 1, sent.Orders)
			f.CheckClean()
		})
	}
}

// The clock of a presale starts when the rest is paid.
func TestCommit_Presale_ClockStartsAtTheTail(t *testing.T) {
	t.Parallel()
	f, _, _ := stocked(t)
	bySub.in(t, f, "a.csv", lineA.but("status", "付定金", "created_at", "2026-04-01 10:00:00", "paid_at", "2026-04-01 10:01:00"))
	require.Zero(t, find(t, f, "9001").LimitAt)

	bySub.in(t, f, "b.csv", lineA.but("created_at", "2026-04-01 10:00:00", "paid_at", "2026-04-22 20:01:00"))

	o := find(t, f, "9001")
	tail := when.At(2026, 4, 22, 20, 1, 0)
	require.Equal(t, tail, o.PaidAt)
	require.Equal(t, tail+48*when.Hour, o.LimitAt)
	require.Equal(t, when.Day("2026-04-22"), o.BizDay)
	f.CheckClean()
}

// Goods that a closed order set free wake the next one that waits for them.
func TestCommit_ClosedOrder_WakesWhoWaits(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	a := f.SKU("A", 5000)
	f.Stock(a, 1, 1000)
	second := lineA.but("order_no", "9005", "sub_no", "90051", "buyer", "小红", "phone", "13900001111")
	bySub.in(t, f, "a.csv", lineA, second)
	res, err := f.Orders.Pass(f.As(auth.Service), orders.PassCmd{}, nil)
	require.NoError(t, err)
	require.Equal(t, 1, res.Passed)
	require.Equal(t, domain.StageException, find(t, f, "9005").Stage())

	bySub.in(t, f, "b.csv", lineA.but("status", "已关闭", "line_refund", "50.00"))

	require.Equal(t, domain.StageToAudit, find(t, f, "9005").Stage())
	passAll(t, f, 1)
	f.CheckClean()
}

// The platform finishes the whole order when one parcel went out; what is still
// here stays on somebody's desk (rules.md §5.1.5).
func TestCommit_PlatformFinishesAPartShippedOrder_TheRestIsNotForgotten(t *testing.T) {
	t.Parallel()
	f, _, b := stocked(t)
	bySub.in(t, f, "a.csv", lineA, lineB)
	passAll(t, f, 1)
	o := find(t, f, "9001")
	_, err := f.Shipping.Ship(f.As(auth.Warehouse), shipping.ShipCmd{
		Order: o.ID, Units: map[ids.LineID]int64{o.Lines[0].ID: 1}, Courier: "zto", Waybill: "781234567891",
	})
	require.NoError(t, err)

	bySub.in(t, f, "b.csv", lineA.but("status", "已完成"), lineB.but("status", "已完成"))

	o = find(t, f, "9001")
	require.Equal(t, domain.StageException, o.Stage())
	require.Zero(t, levelOf(f, b).Reserved)
	f.CheckClean()
	require.NoError(t, f.Orders.ReleaseCheck(f.As(auth.Service), orders.ReleaseCheckCmd{Order: o.ID, Check: domain.CheckPlatformAhead, Reason: "分两包"}))
	passAll(t, f, 1)
	shipAll(t, f, "9001", "781234567892")
	require.Equal(t, money.Fen(8000), owed(f, domain.AccReceivable))
	f.CheckClean()
}

// What the buyer has in hands is not taken back by undo.
func TestCommit_FinishedOrder_ItsParcelIsNotUndone(t *testing.T) {
	t.Parallel()
	f, _, _ := stocked(t)
	bySub.in(t, f, "a.csv", lineA)
	passAll(t, f, 1)
	sent := shipAll(t, f, "9001", "781234567890")
	bySub.in(t, f, "b.csv", lineA.but("status", "已完成"))
	require.Equal(t, domain.StageCompleted, find(t, f, "9001").Stage())

	err := f.Shipping.Undo(f.As(auth.Warehouse), shipping.UndoCmd{Parcel: sent.Parcel})

	require.Equal(t, "fault.shipping.completed", fault.Key(err))
	require.Equal(t, "9001", fault.From(err).Args["order"])
	f.CheckClean()
}

// Where the file is right about lines that came after the audit, the order waits
// again and the same file, imported once more, brings them.
func TestSettle_TheFileWins_ItsLinesComeWithTheNextImport(t *testing.T) {
	t.Parallel()
	f, _, _ := stocked(t)
	bySub.in(t, f, "a.csv", lineA)
	passAll(t, f, 1)
	res := bySub.in(t, f, "b.csv", lineA, lineB)
	service := f.As(auth.Service)
	list, err := f.Inbox.Conflicts(service, res.Import.ID)
	require.NoError(t, err)
	require.NotEmpty(t, list)
	for _, c := range list {
		require.NoError(t, f.Orders.Settle(service, orders.SettleCmd{Order: c.Order, Seq: c.Seq, File: true}))
	}

	again := bySub.in(t, f, "b.csv", lineA, lineB)

	require.Zero(t, again.Import.Conflict)
	o := find(t, f, "9001")
	require.Len(t, o.Lines, 2)
	require.Equal(t, money.Fen(8000), o.NetFen)
	require.Equal(t, domain.StageToAudit, o.Stage())
	passAll(t, f, 1)
	f.CheckClean()
}

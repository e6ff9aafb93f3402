package inbox_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/app/catalog"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
	"zhanggui/app/inbox"
	"zhanggui/app/money"
	"zhanggui/app/stock"
)

func customerOf(f *apptest.Fixture, buyer string) core.CustomerRow {
	page := apptest.Look(f, func(r core.Reads) (core.Paged[core.CustomerRow], error) {
		return r.Customers().List(core.Query{Conds: []core.Cond{{Field: "buyer", Op: "=", Value: buyer}}})
	})
	if len(page.Rows) == 0 {
		return core.CustomerRow{}
	}
	return page.Rows[0]
}

func undoImport(t testing.TB, f *apptest.Fixture, res inbox.Result) {
	t.Helper()
	require.NoError(t, f.Inbox.Undo(f.As(auth.Supervisor), inbox.UndoCmd{Import: res.Import.ID}, nil))
}

func TestCustomers_SumsFollowPaymentAndUndo(t *testing.T) {
	t.Parallel()
	f, _, _ := stocked(t)
	row := cells{"order_no": "9002", "code": "A", "title": "甲", "unit_price": "50.00", "paid": "50.00", "total": "50.00"}
	nobody := row.but("order_no", "9004", "buyer", "")
	byOrder.in(t, f, "a.csv", row.but("status", "未付款", "paid_at", ""), nobody)
	require.Equal(t, money.Fen(0), customerOf(f, "小明").PaidFen)

	res := byOrder.in(t, f, "b.csv", row, nobody.but("buyer", "小红"))

	require.Equal(t, money.Fen(5000), customerOf(f, "小明").PaidFen)
	require.Equal(t, int64(1), customerOf(f, "小红").Orders)
	require.Equal(t, money.Fen(5000), customerOf(f, "小红").PaidFen)
	f.CheckClean()
	undoImport(t, f, res)
	require.Equal(t, money.Fen(0), customerOf(f, "小明").PaidFen)
	require.Equal(t, int64(0), customerOf(f, "小红").Orders)
	require.Equal(t, money.Fen(0), customerOf(f, "小红").PaidFen)
	f.CheckClean()
}

func TestUndo_TakesItsContradictionsWithIt(t *testing.T) {
	t.Parallel()
	f, _, _ := stocked(t)
	bySub.in(t, f, "a.csv", lineA)
	res := bySub.in(t, f, "b.csv", lineA.but("status", "未付款", "paid_at", ""))
	require.Equal(t, int64(1), res.Import.Conflict)

	undoImport(t, f, res)

	open := apptest.Look(f, func(r core.Reads) ([]core.Contradiction, error) { return r.Orders().Conflicts(find(t, f, "9001").ID) })
	require.Empty(t, open)
	passAll(t, f, 1)
	f.CheckClean()
}

// Who may not see persons gets none from the rows of an import, nor by asking for them.
func TestRows_WithoutPersons_ShowNone(t *testing.T) {
	t.Parallel()
	f, _, _ := stocked(t)
	bySub.in(t, f, "a.csv", lineA)
	res := bySub.in(t, f, "b.csv", lineA.but("address", "浙江省宁波市鄞州区新路 9 号"))
	require.Equal(t, int64(1), res.Import.Changed)

	page, err := f.Inbox.Rows(f.As(auth.Promotion), res.Import.ID, core.Query{})

	require.NoError(t, err)
	require.Len(t, page.Rows, 1)
	b, err := json.Marshal(page)
	require.NoError(t, err)
	require.NotContains(t, string(b), "13800004417")
	require.NotContains(t, string(b), "学府街")
	_, err = f.Inbox.Rows(f.As(auth.Promotion), res.Import.ID, core.Query{Conds: []core.Cond{{Field: "before", Op: "~", Value: "138"}}})
	require.True(t, fault.Is(err, fault.Denied), "%v", err)
	undoImport(t, f, res)
	require.Equal(t, "学府街 1 号", find(t, f, "9001").Receiver.Address)
}

// An import that leaves the receiver alone keeps no copy of it.
func TestRows_KeepTheReceiverOnlyWhenItChanged(t *testing.T) {
	t.Parallel()
	f, _, _ := stocked(t)
	bySub.in(t, f, "a.csv", lineA.but("status", "未付款", "paid_at", ""))
	res := bySub.in(t, f, "b.csv", lineA)

	page, err := f.Inbox.Rows(f.As(auth.Supervisor), res.Import.ID, core.Query{})

	require.NoError(t, err)
	require.NotEmpty(t, page.Rows[0].Before)
	require.NotContains(t, page.Rows[0].Before, "13800004417")
	undoImport(t, f, res)
	o := find(t, f, "9001")
	require.Equal(t, "13800004417", o.Receiver.Phone)
	require.Equal(t, domain.PayUnpaid, o.Payment)
	f.CheckClean()
}

func ownFile(name, text string) inbox.Source {
	return inbox.Source{Path: name, Data: bytes.NewReader([]byte(text)), Size: int64(len(text))}
}

func inFile(t testing.TB, f *apptest.Fixture, role auth.Role, name, text string) (inbox.Result, error) {
	t.Helper()
	p, err := f.Inbox.Preview(f.As(role), ownFile(name, text), inbox.Target{}, nil)
	require.NoError(t, err)
	return f.Inbox.Commit(f.As(role), p, nil)
}

const openingHead = "规格编码,期初数量,期初金额(总值),货位\n"

func TestOpening_UndoneAndCorrected_IsBooked(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	a := f.SKU("A", 5000)
	res, err := inFile(t, f, auth.Finance, "o.csv", openingHead+"A,10,100.00,A-1\n")
	require.NoError(t, err)
	undoImport(t, f, res)
	require.Equal(t, int64(0), levelOf(f, a).OnHand)

	res, err = inFile(t, f, auth.Finance, "o2.csv", openingHead+"A,12,120.00,A-1\n")

	require.NoError(t, err)
	require.Equal(t, int64(1), res.Import.New)
	require.Equal(t, int64(12), levelOf(f, a).OnHand)
	f.CheckClean()
}

// The template has a row per bin: all of them are the SKU's opening stock.
func TestOpening_SeveralBins_AllUnits(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	a := f.SKU("A", 5000)

	_, err := inFile(t, f, auth.Finance, "o.csv", openingHead+"A,10,100.00,A-1\nA,5,60.00,B-2\n")

	require.NoError(t, err)
	require.Equal(t, int64(15), levelOf(f, a).OnHand)
	require.Equal(t, money.Fen(16000), levelOf(f, a).ValueFen)
	f.CheckClean()
}

// A SKU without a place takes the bin of its opening stock, and undo takes it
// back; a place that somebody chose stays.
func TestOpening_Bin_OnlyWhereNoneIs(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	bare := f.SaveSKU(catalog.SaveSKUCmd{Code: "A", PriceFen: 1})
	placed := f.SaveSKU(catalog.SaveSKUCmd{Code: "B", PriceFen: 1, Bin: "Z-9"})
	bins := func() [2]string {
		return apptest.Look(f, func(r core.Reads) ([2]string, error) {
			all, err := r.Catalog().SKUs([]ids.SKUID{bare.ID, placed.ID})
			return [2]string{all[bare.ID].Bin, all[placed.ID].Bin}, err
		})
	}

	res, err := inFile(t, f, auth.Finance, "o.csv", openingHead+"A,10,100.00,\nA,5,60.00,B-2\nB,1,1.00,C-3\n")

	require.NoError(t, err)
	require.Equal(t, [2]string{"B-2", "Z-9"}, bins())
	undoImport(t, f, res)
	require.Equal(t, [2]string{"", "Z-9"}, bins())
	f.CheckClean()
}

// A SKU that moved before cannot be opened: that is refused with a reason, not
// called the same. The same opening again is the same.
func TestOpening_Late_IsRefused_SameAgain_IsSame(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	a, b := f.SKU("A", 5000), f.SKU("B", 5000)
	f.Stock(a, 3, 300)
	text := openingHead + "A,10,100.00,A-1\nB,4,40.00,\nC,1,1.00,\n"

	p, err := f.Inbox.Preview(f.As(auth.Finance), ownFile("o.csv", text), inbox.Target{}, nil)
	require.NoError(t, err)
	require.Equal(t, 2, p.Counts[domain.RowRejected])
	require.Equal(t, 1, p.Counts[domain.RowNew])
	_, err = f.Inbox.Commit(f.As(auth.Finance), p, nil)
	require.NoError(t, err)

	again, err := f.Inbox.Preview(f.As(auth.Finance), ownFile("o3.csv", text), inbox.Target{}, nil)
	require.NoError(t, err)
	require.Equal(t, 1, again.Counts[domain.RowSame])
	require.Equal(t, 2, again.Counts[domain.RowRejected])
	res, err := f.Inbox.Commit(f.As(auth.Finance), again, nil)
	require.NoError(t, err)
	require.Equal(t, int64(1), res.Import.Same)
	require.Equal(t, int64(4), levelOf(f, b).OnHand)
	f.CheckClean()
}

// A list of all goods has zeros in it.
func TestOpening_ZeroAndAbsurdQuantities_StopNothing(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	f.SKU("A", 5000)
	b := f.SKU("B", 5000)
	f.SKU("C", 5000)

	res, err := inFile(t, f, auth.Finance, "o.csv", openingHead+"A,0,0,\nC,900000000,1.00,\nB,4,40.00,\n")

	require.NoError(t, err)
	require.Equal(t, domain.ImportDone, res.Import.State)
	require.Equal(t, int64(4), levelOf(f, b).OnHand)
	require.Equal(t, int64(1), res.Import.Rejected)
	f.CheckClean()
}

// Opening stock is value: importing it needs the right to open stock.
func TestOpening_WithoutTheRight_Denied(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	a := f.SKU("A", 5000)
	_, err := inFile(t, f, auth.Warehouse, "o.csv", openingHead+"A,10,100.00,A-1\n")
	require.True(t, fault.Is(err, fault.Denied), "%v", err)
	require.Equal(t, int64(0), levelOf(f, a).OnHand)
}

const productHead = "规格编码,商品名称,商品编码,规格,售价,条码,组合明细,渠道编码\n"

func codesOf(f *apptest.Fixture, channel, code string) domain.CodeMap {
	return apptest.Look(f, func(r core.Reads) (map[string]domain.CodeMap, error) {
		return r.Catalog().MapCodes(channel, []string{code})
	})[domain.NormalCode(code)]
}

func TestProducts_Undo_TakesBackCodesAndTitles(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	old := f.SKU("OLD", 5000)
	before, err := f.Catalog.Get(f.As(auth.Supervisor), old.ID)
	require.NoError(t, err)
	require.NoError(t, f.Catalog.MapCode(f.As(auth.Supervisor), catalog.MapCodeCmd{Channel: "jd", Code: "J1", SKU: old.ID, Qty: 1}))
	res, err := inFile(t, f, auth.Supervisor, "p.csv", productHead+
		"NEW,新品,NP,大,10.00,690001,,tmall:T1;jd:J1\nOLD,改了名,P-OLD,标准,66.00,,,tmall:T2\n")
	require.NoError(t, err)
	require.Equal(t, [2]int64{1, 1}, [2]int64{res.Import.New, res.Import.Changed})

	undoImport(t, f, res)

	after, err := f.Catalog.Get(f.As(auth.Supervisor), old.ID)
	require.NoError(t, err)
	require.Equal(t, before.Product.Title, after.Product.Title)
	require.Equal(t, before.SKU.PriceFen, after.SKU.PriceFen)
	_, err = f.Catalog.GetByCode(f.As(auth.Supervisor), "NEW")
	require.True(t, fault.Is(err, fault.NotFound), "%v", err)
	require.Equal(t, old.ID, codesOf(f, "jd", "J1").SKU)
	require.True(t, codesOf(f, "tmall", "T1").SKU.Zero())
	require.True(t, codesOf(f, "tmall", "T2").SKU.Zero())
	f.CheckClean()
}

// A SKU with stock of its own cannot become a kit by import either; what cannot
// be written is refused before anything is.
func TestProducts_BadKitsAndBarcodes_RefusedInThePreview(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	a := f.SKU("A", 5000)
	f.SaveSKU(catalog.SaveSKUCmd{Code: "B", PriceFen: 1, Barcodes: []domain.Barcode{{Code: "690009", PackQty: 1}}})
	_, err := f.App.Stock.Receive(f.As(auth.Finance), stock.ReceiveCmd{SKU: a.ID, Qty: 3, CostFen: 30, HasCost: true})
	require.NoError(t, err)
	text := productHead +
		"K1,组合一,K1,,10.00,,LATER*2;B,\n" + // its part stands below
		"A,甲,P-A,,50.00,,B*2,\n" + // has stock
		"K2,组合二,K2,,10.00,,NOBODY,\n" + // part unknown
		"K3,组合三,K3,,10.00,,K1,\n" + // nested
		"X,撞码,X,,10.00,690009,,\n" + // barcode of B
		"Y,错渠道,Y,,10.00,,,nowhere:1\n" +
		"LATER,后来,LATER,,1.00,,,\n"

	p, err := f.Inbox.Preview(f.As(auth.Supervisor), ownFile("p.csv", text), inbox.Target{}, nil)
	require.NoError(t, err)
	var refused []string
	for _, r := range p.File.Rejected {
		refused = append(refused, r.Order)
		require.NotEmpty(t, r.Cells, r.Order)
	}
	require.ElementsMatch(t, []string{"A", "K2", "K3", "X", "Y"}, refused)
	res, err := f.Inbox.Commit(f.As(auth.Supervisor), p, nil)

	require.NoError(t, err)
	require.Equal(t, domain.ImportDone, res.Import.State)
	require.Equal(t, int64(2), res.Import.New)
	kit, err := f.Catalog.GetByCode(f.As(auth.Supervisor), "K1")
	require.NoError(t, err)
	require.Len(t, kit.Parts, 2)
	f.CheckClean()
}

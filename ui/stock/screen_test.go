package stock

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/i18n"
	"zhanggui/app/ids"
	"zhanggui/app/stock"
	"zhanggui/ui/kit"
	"zhanggui/ui/kit/kittest"
)

func at(t *testing.T, s *shop, role auth.Role) *desk {
	t.Helper()
	return sit(t, s.Fixture, role, kittest.Light, false, kittest.Large)
}

func TestList_ChipsAndValueByRight(t *testing.T) {
	s := fill(t)
	d := at(t, s, auth.Finance)
	require.Equal(t, len(goods)+1, d.s.list.Total())
	d.Tap("stock.list.chip.short")
	d.settle()
	require.Equal(t, 3, d.s.list.Total(), "all promised, less than none, and the kit of it")
	d.Tap("stock.list.chip.oversold")
	d.settle()
	r, ok := d.s.list.Current()
	require.True(t, ok)
	require.Equal(t, "XYD-5", r.SKU)

	_, _, seen := kit.FindRect("stock.list#header:value")
	require.True(t, seen)
	at(t, s, auth.Warehouse)
	_, _, seen = kit.FindRect("stock.list#header:value")
	require.False(t, seen, "no value without the right")
}

func TestReceive_Warehouse_NoCost_AsksFinance(t *testing.T) {
	s := fill(t)
	d := at(t, s, auth.Warehouse)
	d.cursor("MJ-3")
	stale := kit.ID(kit.NewLabel(""), "stock.receive.cost")
	d.Press("F9")
	require.Same(t, stale, kit.Find("stock.receive.cost"), "the form has no field for the cost")
	d.Press("Enter")
	require.True(t, d.open(), "no units yet")
	d.set("stock.receive.qty", "4*6")

	d.Press("Enter")
	d.settle()

	require.False(t, d.open())
	require.Equal(t, int64(36+24), s.level("MJ-3").OnHand)
	require.Contains(t, d.s.list.HintText(), "已请财务补录")
	d.Notes[len(d.Notes)-1].Undo(func(done bool) { require.True(d.T, done) })
	require.Equal(t, int64(36), s.level("MJ-3").OnHand)
	s.CheckClean()
}

func TestReceive_CartonBarcode_CountsItsUnits_WithCost(t *testing.T) {
	s := fill(t)
	d := at(t, s, auth.Finance)
	d.Press("F9")
	d.set("stock.receive.sku", "BOXMJ-3")
	d.set("stock.receive.qty", "2")
	d.set("stock.receive.cost", "480")

	d.Press("Enter")
	d.settle()

	l := s.level("MJ-3")
	require.Equal(t, int64(36+24), l.OnHand)
	require.Equal(t, int64(36*1600+48000), int64(l.ValueFen))
	d.Press("F9")
	d.set("stock.receive.sku", "不认识")
	d.set("stock.receive.qty", "1")
	d.Press("Enter")
	require.True(t, d.open(), "an unknown code stays in the form")
	s.CheckClean()
}

func TestAdjust_SignedWithReason_AndLimit(t *testing.T) {
	s := fill(t)
	d := at(t, s, auth.Warehouse)
	d.cursor("CJ-1")
	d.Press("F2", "Enter")
	require.True(t, d.open(), "zero is no correction")
	d.set("stock.adjust.qty", "-2")
	kit.Find("stock.adjust.reason").(*kit.Choice).Pick("lost")
	d.Press("Enter")
	d.settle()
	require.False(t, d.open())
	require.Equal(t, int64(208), s.level("CJ-1").OnHand)
	require.Contains(t, s.last("CJ-1").Note, "lost")

	d.Press("F2")
	d.set("stock.adjust.qty", "-100") // 900.00: over the limit of the settings
	d.Press("Enter")
	require.True(t, d.open())
	require.Equal(t, int64(208), s.level("CJ-1").OnHand)
	s.CheckClean()
}

func TestAdjust_BelowThePromised_NamesTheOrders(t *testing.T) {
	s := fill(t)
	d := at(t, s, auth.Finance)
	d.cursor("BWB-500W")
	d.Press("F2")
	d.set("stock.adjust.qty", "-3")
	d.Press("Enter")
	d.settle()
	require.Contains(t, d.s.list.HintText(), "1 单放回了占用")
}

func TestOpening_OnlyBeforeOtherMoves(t *testing.T) {
	s := fill(t)
	s.skus["NEW-1"] = s.article("NEW-1", "新品", "一", "", 1000)
	d := at(t, s, auth.Finance)
	d.cursor("NEW-1")
	d.Press("Alt+O")
	d.set("stock.opening.qty", "10")
	d.set("stock.opening.cost", "55")
	d.Press("Enter")
	d.settle()
	require.Equal(t, domain.MoveOpening, s.last("NEW-1").Reason)
	require.Equal(t, int64(5500), int64(s.level("NEW-1").ValueFen))

	d.Press("Alt+O")
	d.set("stock.opening.qty", "1")
	d.Press("Enter")
	require.True(t, d.open(), "once only, and it says so in the form")
	s.CheckClean()
}

func TestRecost_LastReceipt(t *testing.T) {
	s := fill(t)
	d := at(t, s, auth.Finance)
	d.cursor("CJ-1")
	d.Press("Alt+C")
	d.set("stock.recost.cost", "2100")
	d.Press("Enter")
	d.settle()
	require.Equal(t, int64(210000), int64(s.level("CJ-1").ValueFen))
	require.Contains(t, d.s.list.HintText(), "2,100.00")
	s.CheckClean()
}

func TestUndo_LastDocument_OrSaysWhyNot(t *testing.T) {
	s := fill(t)
	d := at(t, s, auth.Finance)
	d.cursor("XYD-5")
	d.Press("Alt+U", "Enter")
	d.settle()
	require.Equal(t, int64(2), s.level("XYD-5").OnHand)
	d.cursor("XYD-5")
	d.Press("Alt+U")
	require.Contains(t, d.s.list.HintText(), "已经撤销")
	d.cursor("YSCB-01")
	d.Press("Alt+U")
	require.Contains(t, d.s.list.HintText(), "发货台")
	require.False(t, d.open())
	s.CheckClean()
}

func TestAsOf_PastDay_AndBack(t *testing.T) {
	s := fill(t)
	d := at(t, s, auth.Finance)
	d.Press("Alt+D")
	d.set("stock.as_of.day", "+3")
	d.Press("Enter")
	require.True(t, d.open(), "not yet")
	d.set("stock.as_of.day", "2026-04-21")
	d.Press("Enter")
	d.settle()
	require.False(t, d.open())
	d.cursor("YSCB-01")
	r, _ := d.s.list.Current()
	require.Equal(t, int64(45-11-1), r.OnHand, "before today's sale")
	left, _ := d.s.list.FooterText()
	require.Contains(t, left, "截至 04-21")
	d.Press("Esc", "Esc")
	d.settle()
	d.cursor("YSCB-01")
	r, _ = d.s.list.Current()
	require.Equal(t, int64(30), r.OnHand)
}

func TestExport_ColumnsInSight(t *testing.T) {
	s := fill(t)
	d := at(t, s, auth.Finance)
	d.Picker.Path = filepath.Join(t.TempDir(), "库存.xlsx")
	d.s.list.HideColumn("bin", true)
	d.Press("Ctrl+E")
	book, err := excelize.OpenFile(d.Picker.Path)
	require.NoError(t, err)
	rows, err := book.GetRows(book.GetSheetName(0))
	require.NoError(t, err)
	require.NoError(t, book.Close())
	require.Equal(t, []string{"库存-20260423.xlsx"}, d.Picker.Named)
	require.Equal(t, "规格编码", rows[1][0], "the hidden column stays out")
	require.Len(t, rows, 2+len(goods)+1+1)
	require.Equal(t, "库存金额", rows[1][len(rows[1])-1])
}

func TestTopics_ReceiptElsewhere_Reloads(t *testing.T) {
	s := fill(t)
	d := at(t, s, auth.Warehouse)
	d.cursor("DD-46")
	s.Stock(s.skus["DD-46"], 1, 100)
	d.settle()
	r, _ := d.s.list.Current()
	require.Equal(t, int64(50), r.OnHand)
	d.s.Open("short")
	d.settle()
	require.Equal(t, 3, d.s.list.Total())
	d.s.Open("DD-46")
	d.settle()
	require.Equal(t, 1, d.s.list.Total())
}

func TestView_LevelsFromRealRules(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		available int64
		want      kit.StockLevel
		word      string
	}{{-1, kit.OutOfStock, "level.oversold"}, {0, kit.OutOfStock, "level.out"}, {1, kit.InStock, "level.normal"}} {
		l, word := level(core.StockRow{Available: c.available, OnHand: 9}, false)
		require.Equal(t, c.want, l)
		require.Equal(t, c.word, word)
	}
	_, word := level(core.StockRow{Available: 3, Kit: true}, true)
	require.Empty(t, word, "what a kit's parts allowed on a past day is not known")
	l, _ := level(core.StockRow{Available: -1, OnHand: 2}, true)
	require.Equal(t, kit.InStock, l)
	require.Equal(t, int64(233), int64(unitCost(700, 3)))
	require.Zero(t, unitCost(700, 0))
	require.Equal(t, "+3", signedText(3))
	require.Equal(t, "−2", signedText(-2))
}

func TestView_Query_PastKnowsNoPromises(t *testing.T) {
	t.Parallel()
	require.Equal(t, "reserved", query(kit.Query{Chip: chipReserved}).Chip)
	require.Empty(t, query(kit.Query{Chip: chipReserved, Filter: kit.NewValues(asOfKey, "2026-04-01")}).Chip)
	require.Equal(t, "short", query(kit.Query{Chip: chipShort, Filter: kit.NewValues(asOfKey, "2026-04-01")}).Chip)
	require.Empty(t, query(kit.Query{Chip: chipAll}).Chip)
}

func TestView_LastDoc_OnlyStockDocuments(t *testing.T) {
	t.Parallel()
	doc := ids.DocID{7}
	cmd, why := lastDoc([]core.MoveRow{{Reason: domain.MoveReceipt, RefKind: "receipt", RefID: doc.String()}})
	require.Empty(t, why)
	require.Equal(t, stock.UndoCmd{Kind: "receipt", Doc: doc}, cmd)
	for want, moves := range map[string][]core.MoveRow{
		"inventory.undo.none":      nil,
		"inventory.undo.already":   {{Reason: domain.MoveUndo, RefKind: "receipt", RefID: doc.String()}},
		"inventory.undo.elsewhere": {{Reason: domain.MoveShip, RefKind: "parcel"}},
	} {
		_, why := lastDoc(moves)
		require.Equal(t, want, why)
	}
	m, ok := lastReceipt([]core.MoveRow{
		{Reason: domain.MoveUndo, RefID: "b"}, {Reason: domain.MoveReceipt, RefID: "b"}, {Reason: domain.MoveReceipt, RefID: "a"},
	})
	require.True(t, ok)
	require.Equal(t, "a", m.RefID)
}

func TestView_Because_ReasonInWords(t *testing.T) {
	t.Parallel()
	tr := i18n.New(i18n.Chinese)
	require.Equal(t, "损坏 伞骨断 · 王铁柱", because(tr, core.MoveRow{RefKind: "adjust", Note: "damage 伞骨断", Actor: "王铁柱"}))
	require.Equal(t, "6928…2056 · 王铁柱", because(tr, core.MoveRow{RefKind: "parcel", Number: "6928441077312056", Actor: "王铁柱"}))
}

func TestUnderField_RefusalsStandInTheForm(t *testing.T) {
	t.Parallel()
	require.NoError(t, underField(nil, "x"))
	shown := fault.From(underField(fault.New(fault.Denied, "fault.stock.adjust_limit", "sku", "A", "limit", "1"), "qty"))
	require.Equal(t, fault.Invalid, shown.Code)
	require.Equal(t, "fault.stock.adjust_limit", shown.Fields["qty"])
	require.Equal(t, "A", shown.Args["sku"])
	busy := fault.New(fault.Busy, "fault.busy")
	require.Equal(t, error(busy), underField(busy, "qty"))
}

func TestExport_WithoutTheRight_KeyDoesNothing(t *testing.T) {
	s := fill(t)
	s.Grant(auth.Warehouse, map[auth.Action]bool{auth.ExportFile: false})
	d := at(t, s, auth.Warehouse)
	d.Picker.Path = filepath.Join(t.TempDir(), "库存.xlsx")
	d.Press("Ctrl+E")
	require.Empty(t, d.Picker.Named)
}

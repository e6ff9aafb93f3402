package inbox

import (
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/auth"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/i18n"
	"zhanggui/app/inbox"
	"zhanggui/app/ingest"
	"zhanggui/app/money"
	"zhanggui/app/when"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

func plan() *inbox.Plan {
	return &inbox.Plan{
		File: &ingest.File{Kind: ingest.KindOrders, Layout: "douyin_orders", Orders: make([]ingest.OrderDraft, 4), Rejected: []ingest.Reject{
			{Order: "B", Row: 9, Code: "E05", Key: "fault.ingest.bad_time"}, {Row: 2, Value: "4E+18", Code: "E07", Key: "fault.ingest.precision_lost"},
		}},
		Items: []inbox.Item{
			{Result: domain.RowSame, Number: "S", Rows: []int{3}},
			{Result: domain.RowNew, Number: "N", Rows: []int{7, 8}, Index: 1},
			{Result: domain.RowChanged, Number: "C", Rows: []int{5}, Index: 2, Changed: []string{"payment", "amount"}},
			{Result: domain.RowConflict, Number: "K", Rows: []int{6}, Index: 3, Against: []domain.Contradiction{{Fact: "payment", Ours: "paid", Theirs: "unpaid"}}},
			{Result: domain.RowRejected, Number: "B"},
		},
		Counts: map[domain.RowResult]int{domain.RowNew: 1, domain.RowChanged: 1, domain.RowSame: 1, domain.RowConflict: 1, domain.RowRejected: 2},
	}
}

func TestRecordsOf_ErrorsFirst_NoneTwice(t *testing.T) {
	t.Parallel()
	var got []string
	for _, r := range recordsOf(plan()) {
		got = append(got, string(r.result)+" "+i18n.Count(int64(r.row)))
	}
	require.Equal(t, []string{"rejected 2", "rejected 9", "conflict 6", "changed 5", "new 7", "same 3"}, got)
}

func TestNarrowed_ByChipAndSearch(t *testing.T) {
	t.Parallel()
	list := recordsOf(plan())
	require.Len(t, narrowed(list, chipAll, ""), 6)
	require.Len(t, narrowed(list, "rejected", ""), 2)
	require.Len(t, narrowed(list, chipAll, "4e+"), 1, "by the value of a refused row")
	require.Len(t, narrowed(list, "new", "n"), 1)
	require.Empty(t, narrowed(list, "same", "n"))
}

func TestRemark_SaysWhyAndWhat(t *testing.T) {
	t.Parallel()
	tr := i18n.New(i18n.Chinese)
	list := recordsOf(plan())
	require.Contains(t, remark(tr, list[0]), "E07 第")
	require.Equal(t, "付款：这里 已付款，文件 未付款", remark(tr, list[2]))
	require.Equal(t, "付款 · 金额", remark(tr, list[3]))
	require.Empty(t, remark(tr, list[4]))
	paid := when.At(2026, 4, 23, 9, 41, 0)
	item := &inbox.Item{Result: domain.RowChanged, Changed: []string{"payment", "paid_at", "amounts", "lines", "seller_note"}, Shifts: []inbox.Shift{
		{Fact: "payment", Word: "payment", Old: "unpaid", New: "paid"},
		{Fact: "paid_at", At: &[2]when.Millis{0, paid}},
		{Fact: "amounts", Sum: &[2]money.Fen{9900, 8900}},
		{Fact: "seller_note", New: "送礼"},
	}}
	require.Equal(t, "付款 未付款 → 已付款 · 付款时间 – → 04-23 09:41 · 金额 99.00 → 89.00 · 商品明细 · 卖家备注 – → 送礼",
		remark(tr, record{item: item, result: domain.RowChanged}))
}

func TestFactsOf_EachKind(t *testing.T) {
	t.Parallel()
	item := func() record { return record{item: &inbox.Item{}} }
	orders := &ingest.File{Kind: ingest.KindOrders, Orders: []ingest.OrderDraft{{
		CreatedAt: 5, TotalFen: 700, Lines: []ingest.LineDraft{{Title: "伞", Spec: "红", Qty: 2}, {Title: "杯", Qty: 1}},
		Facts: domain.PlatformFacts{Words: "待发货"},
	}}}
	v := factsOf(orders, item())
	require.Equal(t, facts{at: 5, goods: "伞 红", more: 1, units: 3, amount: 700, hasSum: true, status: "待发货"}, v)
	require.Equal(t, facts{}, factsOf(orders, record{reject: &ingest.Reject{}}))
	products := &ingest.File{Kind: ingest.KindProducts, Products: []ingest.ProductDraft{{Title: "伞", PriceFen: 500, CostFen: 200}}}
	require.Equal(t, facts{goods: "伞", amount: 500, hasSum: true}, factsOf(products, item()), "never the cost")
	opening := &ingest.File{Kind: ingest.KindOpening, Opening: []ingest.OpeningDraft{{Qty: 4, ValueFen: 800}}}
	require.True(t, factsOf(opening, item()).secrets)
}

func TestTone_OfACard(t *testing.T) {
	t.Parallel()
	good := plan()
	good.File.Rejected, good.Counts[domain.RowConflict] = nil, 0
	differs := plan()
	differs.File.Rejected = nil
	differs.File.Totals = []ingest.Total{{HasDecl: true, Declared: 2, Sum: 1}}
	for want, list := range map[theme.Status][]*file{
		theme.OK:     {{state: ready, plan: good}, {state: done}},
		theme.Urgent: {{state: ready, plan: plan()}, {state: refused}},
		theme.Warn:   {{state: ready, plan: differs}, {state: asks}, {state: partial}},
		theme.Info:   {{state: unknown}},
		theme.Idle:   {{state: already}, {state: waiting}, {state: reading}},
	} {
		for _, f := range list {
			require.Equal(t, want, f.tone(), "%+v", f)
		}
	}
}

func TestMainTotal_DeclaredFirst_ThenPaid_NeverZero(t *testing.T) {
	t.Parallel()
	f := &ingest.File{Layout: "douyin_orders", Totals: []ingest.Total{{Column: "运费"}, {Column: "订单应付金额", Sum: 5}, {Column: "x", Sum: 9}}}
	got, ok := mainTotal(f)
	require.True(t, ok)
	require.Equal(t, "订单应付金额", got.Column)
	f.Totals[2].HasDecl = true
	got, _ = mainTotal(f)
	require.Equal(t, "x", got.Column)
	f.Layout, f.Totals = "by hand", []ingest.Total{{Column: "a"}, {Column: "b", Sum: 1}}
	got, _ = mainTotal(f)
	require.Equal(t, "b", got.Column)
	_, ok = mainTotal(&ingest.File{})
	require.False(t, ok)
}

func TestQuestion_OnlyWhatAPersonMustSay(t *testing.T) {
	t.Parallel()
	require.Equal(t, askShop, question(fault.New(fault.Conflict, "fault.inbox.which_shop")))
	require.Equal(t, askRate, question(fault.New(fault.Invalid, "fault.ingest.currency")))
	require.Equal(t, askNothing, question(fault.New(fault.Invalid, "fault.ingest.no_rows")))
	require.Equal(t, auth.ImportStock, right(ingest.KindOpening))
	require.Equal(t, auth.ImportOrders, right(ingest.KindWaybills))
}

func TestOrdered_RequiredThenMappedThenRest(t *testing.T) {
	t.Parallel()
	list := ordered([]ingest.Field{"a", "b", "c", "d"}, map[ingest.Field]string{"b": "x", "d": "y"}, map[ingest.Field]bool{"d": true})
	require.Equal(t, []ingest.Field{"d", "b", "a", "c"}, list)
}

func TestSuggestFor_OwnLists_ByTheirNames(t *testing.T) {
	t.Parallel()
	m := suggestFor(ingest.KindProducts, []string{"规格编码", "商品名称", "别的"})
	require.Equal(t, "规格编码", m[ingest.FSKUCode])
	require.Equal(t, "商品名称", m[ingest.FTitle])
	require.Len(t, m, 2)
	require.Equal(t, "订单号", suggestFor(ingest.KindLines, []string{"订单号"})[ingest.FOrder])
}

func TestFirst_CutsWhatFromTodo(t *testing.T) {
	t.Parallel()
	what, todo := first("读不了。请重试。")
	require.Equal(t, "读不了", what)
	require.Equal(t, "请重试。", todo)
	what, todo = first("cannot read")
	require.Equal(t, "cannot read", what)
	require.Empty(t, todo)
}

func TestPeriod_OneDayOrTwo(t *testing.T) {
	t.Parallel()
	tr := i18n.New(i18n.Chinese)
	require.Equal(t, "04-22 至 04-23", period(tr, "2026-04-22", "2026-04-23", "2026-04-23"))
	require.Equal(t, "04-22", period(tr, "2026-04-22", "2026-04-22", "2026-04-23"))
	require.Empty(t, period(tr, "", "", "2026-04-23"))
	require.Empty(t, kit.Group4(""))
}

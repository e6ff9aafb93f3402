package orders

import (
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/i18n"
	"zhanggui/app/ids"
	"zhanggui/app/orders"
	"zhanggui/app/when"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

func TestListQuery_Chips_LeaveOutWhatIsPassed(t *testing.T) {
	t.Parallel()
	now := when.Millis(1000)
	stages := func(q core.Query) (list []string) {
		for _, c := range q.Conds {
			if c.Field == "stage" {
				list = append(list, c.Op+c.Value)
			}
		}
		return list
	}

	work := listQuery(kit.Query{Chip: chipWork, Page: core.Page{Sort: sortDue}}, now)
	require.Equal(t, "open", work.Chip)
	require.Equal(t, []string{"!=to_ship", "!=part_shipped", "!=hold"}, stages(work))
	require.Empty(t, work.Page.Sort, "the usual order: nearest limit first")

	late := listQuery(kit.Query{Chip: chipLate}, now)
	require.Contains(t, late.Conds, core.Cond{Field: "target_ms", Op: "<=", Value: "1000"})
	require.Equal(t, "mergeable", listQuery(kit.Query{Chip: chipMerge}, now).Chip)
	require.Empty(t, listQuery(kit.Query{Chip: chipAll}, now).Chip)
	require.Equal(t, "hold", listQuery(kit.Query{Chip: chipHold}, now).Chip)
	require.Equal(t, "limit_ms", listQuery(kit.Query{Page: core.Page{Sort: sortDue, Desc: true}}, now).Page.Sort)
}

func TestListQuery_Filter_BecomesConditions(t *testing.T) {
	t.Parallel()
	v := kit.NewValues("channel", "jd", "check", "no_sku", "paid", "2026-04-01..2026-04-23", "amount", "10..")

	q := listQuery(kit.Query{Chip: chipAll, Filter: v}, 0)

	require.Equal(t, []core.Cond{
		{Field: "channel", Op: "=", Value: "jd"},
		{Field: "checks", Op: "~", Value: "no_sku"},
		{Field: "paid_ms", Op: ">=", Value: "2026-04-01"},
		{Field: "paid_ms", Op: "<=", Value: "2026-04-23"},
		{Field: "paid_fen", Op: ">=", Value: "1000"},
	}, q.Conds)
}

func TestCountStages_SumsChannels_NeverTwice(t *testing.T) {
	t.Parallel()
	list := []core.StageCount{
		{Channel: "", Stage: domain.StageToAudit, N: 7},
		{Channel: "jd", Stage: domain.StageToAudit, N: 4},
		{Channel: "pdd", Stage: domain.StageToAudit, N: 3},
		{Channel: "jd", Stage: domain.StageException, N: 2},
	}
	all := countStages(list, "")
	require.Equal(t, 9, all[chipWork])
	require.Equal(t, 7, all[chipAudit])
	require.Equal(t, 0, all[chipHold])
	require.Equal(t, 6, countStages(list, "jd")[chipWork])

	channel, ok := onlyChannel(kit.Query{Filter: kit.NewValues("channel", "jd")})
	require.True(t, ok)
	require.Equal(t, "jd", channel)
	_, ok = onlyChannel(kit.Query{Filter: kit.NewValues("province", "浙")})
	require.False(t, ok)
	_, ok = onlyChannel(kit.Query{Search: "1"})
	require.False(t, ok)
}

func TestFixOf_EveryCheck_HasTheKeyThatClearsIt(t *testing.T) {
	t.Parallel()
	want := map[domain.CheckCode]kit.Chord{
		domain.CheckAddress: "1", domain.CheckNoSKU: "2", domain.CheckMerge: "4", domain.CheckShort: "5", domain.CheckBuyerNote: "6",
		domain.CheckAmount: "6", domain.CheckRefundAsked: "6", domain.CheckDuplicate: "6", domain.CheckPlatformAhead: "6",
		domain.CheckFileConflict: "6", domain.CheckCODCall: "8",
	}
	for code, key := range want {
		f, ok := fixOf(code)
		require.True(t, ok, code)
		require.Equal(t, key, f.key, code)
	}
	for _, code := range []domain.CheckCode{domain.CheckLinesMissing, domain.CheckQtyUnknown, domain.CheckPersonalErased} {
		_, ok := fixOf(code)
		require.False(t, ok, code)
	}
	zh, en := i18n.New(i18n.Chinese), i18n.New(i18n.English)
	for _, name := range checkNames {
		require.NotEmpty(t, explain(zh, domain.Check{Code: domain.CheckCode(name)}), name)
		require.NotEmpty(t, explain(en, domain.Check{Code: domain.CheckCode(name)}), name)
	}
	require.Equal(t, "Buyer note", checkWord(en, domain.CheckBuyerNote))
}

func TestOrdered_BlockingFirst_ReleasedLast(t *testing.T) {
	t.Parallel()
	list := ordered([]domain.Check{
		{Code: "a", Blocking: true, Released: true}, {Code: "b"}, {Code: "c", Blocking: true},
	})
	require.Equal(t, []domain.CheckCode{"c", "b", "a"}, []domain.CheckCode{list[0].Code, list[1].Code, list[2].Code})
	require.Equal(t, []theme.Status{theme.Warn, theme.Info, theme.OK}, []theme.Status{checkTone(list[0]), checkTone(list[1]), checkTone(list[2])})
}

func TestPassedText_NamesTheCommonestReasons(t *testing.T) {
	t.Parallel()
	text, more, tone := passedText(i18n.New(i18n.Chinese), orders.PassResult{
		Passed: 186, NeedYou: 7, Skipped: 2, Reasons: map[domain.CheckCode]int{domain.CheckNoSKU: 4, domain.CheckAddress: 3, domain.CheckShort: 0},
	})
	require.Equal(t, "186 单通过，7 单要处理", text)
	require.Equal(t, "商品未对应 4 · 地址不完整 3 · 2 单不用审", more)
	require.Equal(t, theme.Warn, tone)
	_, _, tone = passedText(i18n.New(i18n.English), orders.PassResult{Passed: 3})
	require.Equal(t, theme.Info, tone)
}

func TestFit_OneBuyerOneReceiver(t *testing.T) {
	t.Parallel()
	a := row{OrderRow: core.OrderRow{ID: ids.OrderID{1}, Shop: "s", Buyer: "b", Receiver: "唐", Phone: "1", Stage: domain.StageToAudit}}
	b := a
	b.ID = ids.OrderID{2}
	require.True(t, fit(a, b))
	require.False(t, fit(a, a))
	for name, change := range map[string]func(r *row){
		"other shop": func(r *row) { r.Shop = "t" }, "other phone": func(r *row) { r.Phone = "2" }, "cod": func(r *row) { r.COD = true },
		"merged": func(r *row) { r.Merge = ids.OrderID{9} }, "held": func(r *row) { r.Stage = domain.StageHold },
		"refund": func(r *row) { r.Checks = "refund_asked" }, "gone": func(r *row) { r.External = true },
	} {
		c := b
		change(&c)
		require.False(t, fit(a, c), name)
	}
	nobody := b
	nobody.Buyer = ""
	c := nobody
	c.ID = ids.OrderID{3}
	require.False(t, fit(nobody, c), "buyers nobody knows are not one")
}

func TestDueText_ByHowLate(t *testing.T) {
	t.Parallel()
	tr := i18n.New(i18n.Chinese)
	r := row{OrderRow: core.OrderRow{Stage: domain.StageToAudit, PaidAt: 1, TargetAt: 24 * when.Hour, LimitAt: 48 * when.Hour}, warn: 6 * when.Hour}
	for at, want := range map[when.Millis]struct {
		text string
		tone theme.Status
	}{
		when.Hour: {"距目标 23:00", theme.Idle}, 20 * when.Hour: {"距目标 4:00", theme.Warn}, 30 * when.Hour: {"距上限 18:00", theme.Alert},
		46 * when.Hour: {"距上限 2:00", theme.Urgent}, 49 * when.Hour: {"超上限 1:00", theme.Urgent},
	} {
		text, tone := dueText(tr, r, at)
		require.Equal(t, want.text, text)
		require.Equal(t, want.tone, tone)
	}
	r.Stage = domain.StageShipped
	text, _ := dueText(tr, r, 0)
	require.Empty(t, text)
}

func TestUnmapped_EachCodeOnce_ClosedLinesNot(t *testing.T) {
	t.Parallel()
	o := &domain.Order{Lines: []domain.Line{
		{Code: "A", Qty: 1}, {Code: "A", Qty: 2}, {Code: "B", Qty: 1, CancelQty: 1}, {SKU: ids.SKUID{1}, Code: "C", Qty: 1}, {PlatformSKU: "壶 红", Qty: 1},
	}}
	list := unmapped(o)
	require.Len(t, list, 2)
	require.Equal(t, []string{"A"}, list[0].Codes())
	require.Equal(t, []string{"壶 红"}, list[1].Codes())
}

func TestFactWord_SaysValuesInWords(t *testing.T) {
	t.Parallel()
	tr := i18n.New(i18n.Chinese)
	require.Equal(t, "已付款", factWord(tr, core.Contradiction{Fact: "payment"}, "paid"))
	require.Equal(t, "是", factWord(tr, core.Contradiction{Fact: "shipped"}, "true"))
	require.Equal(t, "已取消", factWord(tr, core.Contradiction{Fact: "cancelled"}, "cancelled"))
	require.Equal(t, "12.00", factWord(tr, core.Contradiction{Fact: "amount"}, "12.00"))
}

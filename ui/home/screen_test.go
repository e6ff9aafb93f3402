package home

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/dash"
	"zhanggui/app/domain"
	"zhanggui/app/finance"
	"zhanggui/app/i18n"
	"zhanggui/app/money"
	"zhanggui/app/when"
	"zhanggui/ui/kit"
	"zhanggui/ui/kit/kittest"
	"zhanggui/ui/theme"
)

// values are the tiles by key.
func values(d *desk) map[string]string {
	m := map[string]string{}
	for _, key := range []string{"sales", "orders", "units", "average", "profit", "on_time", "cost", "month_sales", "month_profit"} {
		if t, ok := kit.Find("today.tile." + key).(*kit.Tile); ok && has(d.page, t) {
			m[key] = t.Spec().Value
		}
	}
	return m
}

func has(s *screen, t *kit.Tile) bool {
	if s.tiles == nil {
		return false
	}
	for _, o := range s.tiles.Objects {
		if o == t {
			return true
		}
	}
	return false
}

func TestHome_EveryPostSeesItsOwn(t *testing.T) {
	f := busy(t)
	for role, want := range map[auth.Role][]string{
		auth.Supervisor: {"sales", "orders", "units", "average", "profit", "on_time"},
		auth.Finance:    {"sales", "cost", "profit", "orders", "month_sales", "month_profit"},
		auth.Promotion:  {"sales", "orders", "units", "average"},
		auth.Service:    {},
		auth.Warehouse:  {},
	} {
		d := at(t, f, role)
		got := values(d)
		require.Len(t, got, len(want), role)
		for _, key := range want {
			require.Contains(t, got, key, role)
		}
		require.Equal(t, role == auth.Supervisor, len(d.page.strip) > 0)
		require.Equal(t, role == auth.Promotion, d.page.products != nil)
		require.Positive(t, d.page.list.Total(), role)
	}
}

// TestHome_FiguresAreThoseOfFinance: the tiles and the table say what the finance page says.
func TestHome_FiguresAreThoseOfFinance(t *testing.T) {
	f := busy(t)
	d := at(t, f, auth.Supervisor)
	today := f.Clock.Now().Day()
	for _, p := range periods {
		d.Tap("today.period." + p)
		d.settle()
		from, to := days(p, today)
		want, err := f.Finance.Sales(f.As(auth.Finance), finance.SalesQuery{By: core.ByChannel, From: from, To: to})
		require.NoError(t, err)
		got := values(d)
		require.Equal(t, d.Tr.Tile(want.Total.RevenueFen), got["sales"], p)
		require.Equal(t, d.Tr.Tile(want.Total.ProfitFen), got["profit"], p)
		require.Equal(t, i18n.Count(want.Total.Units), got["units"], p)
		for _, r := range want.Rows {
			row, ok := rowOf(d.page.channels, r.Key)
			require.True(t, ok, r.Key)
			require.Equal(t, kit.Amount(r.RevenueFen), row.Cells[3], r.Key)
			require.Equal(t, kit.Amount(r.CostFen), row.Cells[4], r.Key)
			require.Equal(t, kit.Amount(r.ProfitFen), row.Cells[5], r.Key)
		}
	}
}

func rowOf(t *sheet, id string) (kit.Row, bool) {
	for _, r := range t.rows {
		if r.ID == id {
			return r, true
		}
	}
	return kit.Row{}, false
}

func TestHome_WithoutCost_NothingOfIt(t *testing.T) {
	f := busy(t)
	at(t, f, auth.Promotion)
	for _, key := range []string{"cost", "profit", "margin"} {
		_, _, seen := kit.FindRect("today.channels#header:" + key)
		require.False(t, seen, key)
	}
	f.Grant(auth.Finance, map[auth.Action]bool{auth.FinanceViewCost: false})
	d := at(t, f, auth.Finance)
	got := values(d)
	require.NotContains(t, got, "profit")
	require.NotContains(t, got, "cost")
}

func TestHome_WithoutReports_OnlyTheWork(t *testing.T) {
	f := busy(t)
	f.Grant(auth.Promotion, map[auth.Action]bool{auth.ReportsView: false})
	d := at(t, f, auth.Promotion)
	require.Nil(t, d.page.tiles)
	require.Positive(t, d.page.list.Total())
	d.Press("Alt+1")
	require.Equal(t, periodYesterday, d.page.period, "there is no period to choose")
}

func TestHome_FollowsByItself_AndAgain(t *testing.T) {
	f := busy(t)
	d := at(t, f, auth.Supervisor)
	before := kit.Find("today.strip.no_sku").(*kit.Breach).N()
	f.Order(apptest.Unmapped("NEW-1", 1, 2000))
	d.settle()
	require.Equal(t, before+1, kit.Find("today.strip.no_sku").(*kit.Breach).N())
	d.Press("F5")
	d.settle()
	require.Equal(t, before+1, kit.Find("today.strip.no_sku").(*kit.Breach).N())
	d.page.Hidden()
	d.Press("F5", "Alt+1")
	require.Equal(t, periodYesterday, d.page.period, "the keys are given back")
}

func TestHome_TilesAndRowsLeadOn(t *testing.T) {
	f := busy(t)
	d := at(t, f, auth.Supervisor)
	d.Tap("today.tile.sales")
	require.Equal(t, kittest.Opened{Screen: "finance", Arg: kit.Aim{Chip: "channel", Filter: kit.NewValues("period", "2026-04-22..2026-04-22")}}, d.Opened[0])
	d.Tap("today.tile.orders")
	require.Equal(t, kittest.Opened{Screen: "orders", Arg: kit.Aim{Chip: "all", Filter: kit.NewValues("placed", "2026-04-22..2026-04-22")}}, d.Opened[1])
	d.page.openChannel("jd")
	require.Equal(t, kit.NewValues("channel", "jd", "placed", "2026-04-22..2026-04-22"), d.Opened[2].Arg.(kit.Aim).Filter)
	d.page.openChannel("")
	require.Len(t, d.Opened, 3, "cost without a channel has no orders")

	p := at(t, f, auth.Promotion)
	p.page.openProduct("MJ-3")
	require.Equal(t, kittest.Opened{Screen: "products", Arg: kit.Aim{Search: "MJ-3"}}, p.Opened[0])
	p.Tap("today.tile.sales")
	require.Equal(t, kittest.Opened{Screen: "charts", Arg: kit.Aim{Chip: "trend", Filter: kit.NewValues("period", "2026-04-22..2026-04-22")}}, p.Opened[1],
		"promotion may not see the books, but the days that make them up")
}

func TestOpen_WithoutTheRight_SaysSo(t *testing.T) {
	f := quiet(t)
	d := at(t, f, auth.Finance)
	f.Grant(auth.Finance, map[auth.Action]bool{auth.StockView: false})
	d.Actor = f.Person(auth.Finance)
	d.page.open(dash.Item{Kind: dash.KindTask, N: 1, Record: "A"})
	require.Empty(t, d.Opened)
	require.Equal(t, "你没有打开这个页面的权限", d.page.list.HintText())
}

func TestFetch_AskedByItself_Reads(t *testing.T) {
	f := busy(t)
	d := at(t, f, auth.Service)
	page, err := d.page.fetch(d.Context(), kit.Query{Page: core.Page{Offset: 1, Limit: 2}})
	require.NoError(t, err)
	require.Len(t, page.Rows, 2)
	require.Greater(t, page.Total, 2)
	_, err = d.page.fetch(context.Background(), kit.Query{})
	require.Error(t, err, "nobody is signed in")
}

func TestTiles_Compared(t *testing.T) {
	t.Parallel()
	tr := i18n.New(i18n.Chinese)
	v := dash.Sales{
		From: "2026-04-22", To: "2026-04-22", Cost: true,
		Now:     dash.Figures{Orders: 10, PaidFen: 100_000, Units: 30, SalesFen: 90_000, CostFen: 40_000, ProfitFen: 50_000, MarginBP: 5556, Due: 4, OnTime: 3},
		Before:  dash.Figures{Orders: 8, PaidFen: 100_000, Units: 30, SalesFen: 100_000, ProfitFen: 20_000, Due: 4, OnTime: 4},
		WeekAgo: dash.Figures{Orders: 10, SalesFen: 45_000},
	}
	now := apptest.Start
	list := tiles(tr, auth.Supervisor, periodYesterday, v, now)
	require.Len(t, list, 6)
	require.Equal(t, []kit.Delta{{Label: "前日", Text: "10%", Tone: theme.Urgent}, {Label: "上周三", Text: "100%", Up: true, Tone: theme.OK}}, list[0].Deltas)
	require.Equal(t, []kit.Delta{{Label: "前日", Text: "25%", Up: true, Tone: theme.OK}}, list[1].Deltas, "equal to last week says nothing")
	require.Equal(t, "¥100.00", list[3].Value)
	require.Equal(t, "毛利率 55.6%", list[4].Band)
	require.Equal(t, "75.0%", list[5].Value)
	require.Equal(t, []kit.Delta{{Label: "前日", Text: "25pt", Tone: theme.Urgent}}, list[5].Deltas, "last week nothing was due")

	for _, tile := range tiles(tr, auth.Supervisor, periodToday, v, now) {
		require.Empty(t, tile.Deltas, "a day that is not over compares with none")
	}
	require.Equal(t, i18n.Dash, tiles(tr, auth.Supervisor, periodToday, v, now)[5].Value)
	week := tiles(tr, auth.Supervisor, periodWeek, v, now)
	require.Equal(t, "前 7 天", week[0].Deltas[0].Label)
	require.Len(t, week[0].Deltas, 1)
	v.Now.Orders = 0
	require.Equal(t, i18n.Dash, tiles(tr, auth.Supervisor, periodYesterday, v, now)[3].Value)
}

func TestChanges_AsShortAsTheyMayBe(t *testing.T) {
	t.Parallel()
	require.Equal(t, []string{"9.9%", "−3.2%", "10%", "250%"}, []string{percent(990), percent(-320), percent(1000), percent(25_000)})
	require.Equal(t, []string{"0.31pt", "−8.3pt", "25pt"}, []string{points(31), points(-830), points(2500)})
}

func TestDays_OfPeriods(t *testing.T) {
	t.Parallel()
	const today = when.Day("2026-04-23")
	for p, want := range map[string][2]when.Day{
		periodToday: {today, today}, periodYesterday: {"2026-04-22", "2026-04-22"}, periodWeek: {"2026-04-16", "2026-04-22"},
	} {
		from, to := days(p, today)
		require.Equal(t, want, [2]when.Day{from, to}, p)
	}
	tr := i18n.New(i18n.Chinese)
	require.Equal(t, "04-23 周四，截至 10:18", span(tr, today, today, apptest.Start))
	require.Equal(t, "04-16 至 04-22", span(tr, "2026-04-16", "2026-04-22", apptest.Start))
}

func TestPicture_WholeDaysOnly(t *testing.T) {
	t.Parallel()
	tr := i18n.New(i18n.Chinese)
	v := dash.Sales{}
	for i := range 61 {
		v.Days = append(v.Days, dash.DayRow{Day: when.Day("2026-02-22").Add(i), SalesFen: money.Fen(100 * (i + 1))})
	}
	c := picture(tr, v, "2026-04-23")
	require.Len(t, c.Series, 2)
	require.Equal(t, "04-22", c.Labels[29], "today is not over")
	require.Equal(t, 60.0, c.Series[0].Values[29])
	require.Equal(t, 30.0, c.Series[1].Values[29])
	require.Equal(t, "近 30 天合计 1,365，比前 30 天多 193.6%", c.Sentence)
	next := picture(tr, v, "2026-04-24")
	require.Equal(t, "04-23", next.Labels[29])
	require.Empty(t, picture(tr, dash.Sales{}, "2026-04-23").Series)
}

func TestBackupAge_OldAfterADay(t *testing.T) {
	t.Parallel()
	tr := i18n.New(i18n.Chinese)
	now := apptest.Start
	n, text := backupAge(tr, 0, now)
	require.Equal(t, "1 无", i18n.Count(n)+" "+text)
	n, text = backupAge(tr, now-8*when.Hour, now)
	require.Equal(t, "0 今天 02:18", i18n.Count(n)+" "+text)
	n, _ = backupAge(tr, now-25*when.Hour, now)
	require.EqualValues(t, 1, n)
}

func TestWhat_EveryKindHasWordsAWayAndATone(t *testing.T) {
	t.Parallel()
	kinds := []dash.Kind{
		dash.KindLimit, dash.KindTarget, dash.KindNear, dash.KindMiss, dash.KindPick, dash.KindToHand, dash.KindAudit, dash.KindCheck, dash.KindHold,
		dash.KindConflict, dash.KindImport, dash.KindOversold, dash.KindNegative, dash.KindTask, dash.KindNoCost, dash.KindUnequal, dash.KindOut,
		dash.KindSlow, dash.KindNoBarcode,
	}
	for _, lang := range []i18n.Lang{i18n.Chinese, i18n.English} {
		tr := i18n.New(lang)
		for _, k := range kinds {
			item := dash.Item{Kind: k, Check: domain.CheckShort, Task: "receipt_cost", Record: "R"}
			require.NotContains(t, what(tr, item), "⟦", k)
			require.NotEmpty(t, tone(item), k)
			require.NotEmpty(t, targetOf(item, auth.Warehouse, "2026-04-23").screen, k)
		}
		for _, key := range breachOrder {
			require.NotContains(t, breachWord(tr, key, usualPromise), "⟦")
		}
	}
	require.Equal(t, "超 24 小时", breachWord(i18n.New(i18n.Chinese), "target", usualPromise))
}

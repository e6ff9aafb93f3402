package dash_test

import (
	"context"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/app/dash"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/finance"
	"zhanggui/app/orders"
	"zhanggui/app/reporting"
	"zhanggui/app/settings"
	"zhanggui/app/stock"
	"zhanggui/app/when"
	"zhanggui/store/pgtest"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

const day1, day2, day3 = when.Day("2026-04-23"), when.Day("2026-04-24"), when.Day("2026-04-25")

// trade receives 100 mugs for 800.00, sells two on day 1 and one through another channel on day 2.
func trade(f *apptest.Fixture) {
	f.T.Helper()
	mug := f.SKU("MUG", 1990)
	f.Stock(mug, 100, 80_000)
	f.Sell(apptest.Line(mug, 2, 1990), apptest.Freight(600))
	f.Order(apptest.Line(mug, 1, 1990), apptest.Note("等我电话"))
	f.Clock.Set(day2.Start() + 10*when.Hour)
	f.Sell(apptest.Line(mug, 1, 2500), apptest.Channel("jd"))
	f.Clock.Set(day3.Start() + 10*when.Hour)
}

// TestSales_AgreesWithFinanceAndReports: what the home screen says is what the
// finance page and the daily report say.
func TestSales_AgreesWithFinanceAndReports(t *testing.T) {
	t.Parallel()
	apptest.Both(t, func(t *testing.T, f *apptest.Fixture) {
		trade(f)
		ctx := f.As(auth.Finance)
		for _, p := range [][2]when.Day{{day1, day1}, {day2, day2}, {day1, day2}, {day3, day3}} {
			v, err := f.Dash.Sales(ctx, p[0], p[1])
			require.NoError(t, err)
			page, err := f.Finance.Overview(ctx, p[0], p[1], "")
			require.NoError(t, err)
			require.Equal(t, page.Total.RevenueFen, v.Now.SalesFen, p)
			require.Equal(t, page.Total.CostFen, v.Now.CostFen, p)
			require.Equal(t, page.Total.ProfitFen, v.Now.ProfitFen, p)
			require.Equal(t, page.Total.MarginBP, v.Now.MarginBP, p)
			require.Equal(t, page.Total.Orders, v.Now.Parcels, p)
			require.Equal(t, page.Total.Units, v.Now.Units, p)
			require.Equal(t, page.Before.RevenueFen, v.Before.SalesFen, p)
			daily, err := f.Reporting.DailyReport(ctx, reporting.Period{From: p[0], To: p[1]})
			require.NoError(t, err)
			require.Equal(t, daily.Total.Orders, v.Now.Orders, p)
			require.Equal(t, daily.Total.PaidFen, v.Now.PaidFen, p)
			require.Equal(t, daily.Total.Due, v.Now.Due, p)
			require.Equal(t, daily.Total.OnTime, v.Now.OnTime, p)
			requireSums(t, v)
		}
		month, err := f.Finance.Sales(ctx, finance.SalesQuery{From: "2026-04-01", To: day2})
		require.NoError(t, err)
		v, err := f.Dash.Sales(ctx, day2, day2)
		require.NoError(t, err)
		require.Equal(t, month.Total.RevenueFen, v.Month.SalesFen)
		require.Equal(t, month.Total.ProfitFen, v.Month.ProfitFen)
		f.CheckClean()
	})
}

// requireSums wants the channels to add up to the total, the days to end at it.
func requireSums(t *testing.T, v dash.Sales) {
	t.Helper()
	var sum dash.Figures
	for _, c := range v.Channels {
		sum.SalesFen += c.SalesFen
		sum.CostFen += c.CostFen
		sum.ProfitFen += c.ProfitFen
		sum.Units += c.Units
		sum.Orders += c.Orders
	}
	require.Equal(t, v.Now.SalesFen, sum.SalesFen)
	require.Equal(t, v.Now.CostFen, sum.CostFen)
	require.Equal(t, v.Now.ProfitFen, sum.ProfitFen)
	require.Equal(t, v.Now.Units, sum.Units)
	require.Equal(t, v.Now.Orders, sum.Orders)
	require.Len(t, v.Days, 61)
	require.Equal(t, v.To, v.Days[60].Day)
}

func TestSales_ByChannel_BestProfitFirst_CostOnlyWithTheRight(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	trade(f)
	v, err := f.Dash.Sales(f.As(auth.Supervisor), day1, day2)
	require.NoError(t, err)
	require.Len(t, v.Channels, 2)
	require.Equal(t, "tmall", v.Channels[0].Channel)
	require.EqualValues(t, 2980, v.Channels[0].ProfitFen)
	require.EqualValues(t, 2, v.Channels[0].Orders)
	require.EqualValues(t, 6469, v.Channels[0].ShareBP)
	require.EqualValues(t, 3, v.Now.Orders)
	require.EqualValues(t, (4580+1990+2500)/3, v.Now.AverageFen())

	hidden, err := f.Dash.Sales(f.As(auth.Promotion), day1, day2)
	require.NoError(t, err)
	require.False(t, hidden.Cost)
	for _, c := range append(hidden.Channels, dash.ChannelRow{Figures: hidden.Now}, dash.ChannelRow{Figures: hidden.Before}, dash.ChannelRow{Figures: hidden.Month}) {
		require.Zero(t, c.CostFen+c.ProfitFen)
		require.Zero(t, c.MarginBP)
	}
	require.EqualValues(t, 7080, hidden.Now.SalesFen)

	day, err := f.Dash.Sales(f.As(auth.Supervisor), day2, day2)
	require.NoError(t, err)
	require.EqualValues(t, 4580, day.Before.SalesFen, "the day before")
	later, err := f.Dash.Sales(f.As(auth.Supervisor), day1.Add(7), day1.Add(7))
	require.NoError(t, err)
	require.EqualValues(t, 4580, later.WeekAgo.SalesFen, "the same weekday a week earlier")
	require.Zero(t, later.Now.AverageFen())
	require.Zero(t, later.Now.OnTimeBP())
}

func TestProducts_WithoutFreight_LargestFirst(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	trade(f)
	p, err := f.Dash.Products(f.As(auth.Promotion), day1, day2)
	require.NoError(t, err)
	require.Len(t, p.Rows, 1)
	require.EqualValues(t, 3, p.Total.Units)
	require.EqualValues(t, 6480, p.Total.SalesFen, "6.00 of freight belongs to no product")
}

func TestPeriods_Faults(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	ctx := f.As(auth.Supervisor)
	for _, p := range [][2]when.Day{{day2, day1}, {"soon", day1}, {day1, ""}, {"2025-01-01", day1}} {
		_, err := f.Dash.Sales(ctx, p[0], p[1])
		require.Equal(t, "fault.dash.period", fault.Key(err))
		_, err = f.Dash.Products(ctx, p[0], p[1])
		require.Equal(t, "fault.dash.period", fault.Key(err))
	}
	_, err := f.Dash.Products(ctx, day1, day1.Add(7))
	require.Equal(t, "fault.dash.period", fault.Key(err), "eight days")
}

// n is how much work of a kind there is, -1 when the person is not told.
func n(t *testing.T, f *apptest.Fixture, ctx context.Context, kind dash.Kind, check domain.CheckCode) int64 {
	t.Helper()
	w, err := f.Dash.Work(ctx)
	require.NoError(t, err)
	i, ok := w.Of(kind, check)
	if !ok {
		return -1
	}
	return i.N
}

func TestWork_CountsWhatWaits_NearestDueFirst(t *testing.T) {
	t.Parallel()
	apptest.Both(t, func(t *testing.T, f *apptest.Fixture) {
		now := f.Clock.Now() // 10:18
		mug := f.SKU("MUG", 1990)
		f.Stock(mug, 100, 80_000)
		pay := func(ago when.Millis) *domain.Order {
			return f.Order(apptest.Line(mug, 1, 1990), apptest.PaidAt(now-ago))
		}
		for _, ago := range []when.Millis{2 * when.Hour, 18 * when.Hour, 30 * when.Hour, 45 * when.Hour, 49 * when.Hour} {
			f.Pass(pay(ago))
		}
		pay(when.Hour)
		late := pay(50 * when.Hour)
		f.Order(apptest.Line(mug, 1, 1990), apptest.Note("等我电话"))
		held := pay(3 * when.Hour)
		require.NoError(t, f.Orders.Hold(f.As(auth.Service), orders.HoldCmd{Order: held.ID, Until: now + 2*when.Hour, Reason: "等"}))
		next := pay(3 * when.Hour)
		require.NoError(t, f.Orders.Hold(f.As(auth.Service), orders.HoldCmd{Order: next.ID, Until: now + 30*when.Hour, Reason: "等"}))
		shipped := f.Order(apptest.Line(mug, 1, 1990))
		f.Pass(shipped)
		f.Ship(f.Reload(shipped))

		boss, clerk, packer := f.As(auth.Supervisor), f.As(auth.Service), f.As(auth.Warehouse)
		require.EqualValues(t, 2, n(t, f, boss, dash.KindLimit, ""), "passed and unpassed")
		require.EqualValues(t, 2, n(t, f, boss, dash.KindTarget, ""))
		require.EqualValues(t, 2, n(t, f, clerk, dash.KindAudit, ""))
		require.EqualValues(t, 1, n(t, f, clerk, dash.KindCheck, domain.CheckBuyerNote))
		require.EqualValues(t, 0, n(t, f, clerk, dash.KindCheck, domain.CheckNoSKU))
		require.EqualValues(t, 1, n(t, f, clerk, dash.KindHold, ""), "only the one that ends today")
		require.EqualValues(t, 2, n(t, f, packer, dash.KindNear, ""), "45 h and 49 h")
		require.EqualValues(t, 1, n(t, f, packer, dash.KindTarget, ""), "30 h, not near the limit")
		require.EqualValues(t, 1, n(t, f, packer, dash.KindMiss, ""), "18 h: its 24 h end before 16:30")
		require.EqualValues(t, 5, n(t, f, packer, dash.KindPick, ""))
		require.EqualValues(t, 1, n(t, f, packer, dash.KindToHand, ""))
		require.EqualValues(t, -1, n(t, f, packer, dash.KindAudit, ""), "not the warehouse's")

		w, err := f.Dash.Work(clerk)
		require.NoError(t, err)
		require.Equal(t, dash.KindLimit, w.Items[0].Kind)
		require.Equal(t, late.Number, w.Items[0].Record, "the one that is most over")
		timed := w.Items[1:]
		for i := 1; i < len(timed); i++ {
			require.True(t, timed[i].DueAt == 0 || timed[i-1].DueAt <= timed[i].DueAt && timed[i-1].DueAt != 0, "%+v", timed)
		}
	})
}

func TestWork_OfGoodsAndBooks(t *testing.T) {
	t.Parallel()
	apptest.Both(t, func(t *testing.T, f *apptest.Fixture) {
		f.Clock.Set(apptest.Start - 100*when.DaySpan)
		old, sold := f.SKU("OLD", 1000), f.SKU("SOLD", 1000)
		f.Stock(old, 30, 3000)
		f.Stock(sold, 30, 3000)
		f.Clock.Set(apptest.Start - when.DaySpan)
		f.Sell(apptest.Line(sold, 2, 1000))
		free := f.SKU("FREE", 500)
		f.Stock(free, 5, 0)
		f.Sell(apptest.Line(free, 1, 500))
		f.Clock.Set(apptest.Start)
		f.SKU("EMPTY", 1000)
		got, err := f.App.Stock.Receive(f.As(auth.Warehouse), stock.ReceiveCmd{SKU: sold.ID, Qty: 3})
		require.NoError(t, err)
		require.True(t, got.NoCost)
		f.Order(apptest.Unmapped("X-1", 1, 100))

		promo, books := f.As(auth.Promotion), f.As(auth.Finance)
		require.EqualValues(t, 1, n(t, f, promo, dash.KindOut, ""), "EMPTY")
		require.EqualValues(t, 1, n(t, f, promo, dash.KindCheck, domain.CheckNoSKU))
		w, err := f.Dash.Work(promo)
		require.NoError(t, err)
		slow, ok := w.Of(dash.KindSlow, "")
		require.True(t, ok)
		require.Equal(t, "OLD", slow.Record)
		require.EqualValues(t, 30, slow.Qty)
		require.EqualValues(t, 1, n(t, f, books, dash.KindNoCost, ""), "FREE")
		require.EqualValues(t, 1, n(t, f, books, dash.KindTask, ""), "the receipt without cost")
		require.EqualValues(t, 0, n(t, f, books, dash.KindUnequal, ""))
		require.EqualValues(t, 0, n(t, f, books, dash.KindNegative, ""))
		require.EqualValues(t, 0, n(t, f, f.As(auth.Supervisor), dash.KindOversold, ""))
	})
}

func TestWork_WithoutTheRight_LeftOut(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	f.Grant(auth.Service, map[auth.Action]bool{auth.OrdersView: false})
	require.EqualValues(t, -1, n(t, f, f.As(auth.Service), dash.KindAudit, ""))
	require.EqualValues(t, 0, n(t, f, f.As(auth.Service), dash.KindImport, ""))
	f.Grant(auth.Finance, map[auth.Action]bool{auth.FinanceViewCost: false})
	require.EqualValues(t, -1, n(t, f, f.As(auth.Finance), dash.KindNoCost, ""))
}

func TestWave_NextCutAndWhatWaits(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	mug := f.SKU("MUG", 1990)
	f.Stock(mug, 10, 8000)
	f.Pass(f.Order(apptest.Line(mug, 1, 1990)))
	f.Order(apptest.Line(mug, 1, 1990))
	w, err := f.Dash.Wave(f.As(auth.Warehouse))
	require.NoError(t, err)
	require.EqualValues(t, 1, w.ToPick, "passed and not shipped")
	require.Equal(t, domain.Cut{No: 1, At: day1.Start() + 11*when.Hour}, w.Next)
	require.Equal(t, domain.Cut{No: 2, At: day1.Start() + 16*when.Hour + 30*when.Minute}, w.After)
	require.NoError(t, f.Settings.Set(f.As(auth.Supervisor), settings.SetCmd{Key: "ship.waves", Value: "09:00"}))
	w, err = f.Dash.Wave(f.As(auth.Service))
	require.NoError(t, err)
	require.Equal(t, domain.Cut{No: 1, At: day2.Start() + 9*when.Hour}, w.Next)
}

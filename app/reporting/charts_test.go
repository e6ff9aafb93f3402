package reporting_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/finance"
	"zhanggui/app/money"
	"zhanggui/app/reporting"
	"zhanggui/app/when"
)

func TestTrendReport_BesideThePeriodBeforeAndTheYearBefore(t *testing.T) {
	t.Parallel()
	apptest.Both(t, func(t *testing.T, f *apptest.Fixture) {
		f.Clock.Set(when.Day("2025-04-24").Start() + 10*when.Hour)
		mug := f.SKU("MUG", 1000)
		f.Stock(mug, 100, 50_000)
		f.Sell(apptest.Line(mug, 3, 1000))
		f.Clock.Set(day1.Start() + 10*when.Hour)
		f.Sell(apptest.Line(mug, 2, 1000))
		f.Clock.Set(day2.Start() + 10*when.Hour)
		f.Sell(apptest.Line(mug, 1, 1000))

		table, err := f.Reporting.TrendReport(f.As(auth.Service), reporting.Period{From: day2, To: day2})

		require.NoError(t, err)
		want := reporting.TrendRow{Day: day2, SalesFen: 1000, BeforeDay: day1, BeforeFen: 2000, YearDay: "2025-04-24", YearFen: 3000}
		require.Equal(t, []reporting.TrendRow{want}, table.Rows)
		require.Equal(t, reporting.TrendRow{SalesFen: 1000, BeforeFen: 2000, YearFen: 3000}, table.Total)
		leap, err := f.Reporting.TrendReport(f.As(auth.Service), reporting.Period{From: "2028-02-29", To: "2028-03-01"})
		require.NoError(t, err)
		require.Empty(t, leap.Rows[0].YearDay, "there was no such date")
		require.Equal(t, when.Day("2027-03-01"), leap.Rows[1].YearDay)
	})
}

func TestChannelReport_SharesAndProfit_ProfitOnlyWithTheRight(t *testing.T) {
	t.Parallel()
	apptest.Both(t, func(t *testing.T, f *apptest.Fixture) {
		trade(f)

		table, err := f.Reporting.ChannelReport(f.As(auth.Finance), reporting.Period{From: day2, To: day2})

		require.NoError(t, err)
		require.True(t, table.Cost)
		require.ElementsMatch(t, []reporting.ChannelRow{
			{Channel: "jd", Parcels: 1, SalesFen: 2500, ShareBP: money.Whole, ProfitFen: 1700, MarginBP: 6800},
			{Channel: "tmall", BeforeFen: 4580, BeforeProfitFen: 2980},
		}, table.Rows)
		require.EqualValues(t, 2980, table.Total.BeforeProfitFen)
		hidden, err := f.Reporting.ChannelReport(f.As(auth.Warehouse), reporting.Period{From: day2, To: day2})
		require.NoError(t, err)
		require.False(t, hidden.Cost)
		for _, r := range append(hidden.Rows, hidden.Total) {
			require.Zero(t, r.ProfitFen)
			require.Zero(t, r.BeforeProfitFen)
			require.Zero(t, r.MarginBP)
		}
		require.EqualValues(t, 2500, hidden.Total.SalesFen)
	})
}

func TestHourReport_WeekdaysAndHoursOfTheShop(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	trade(f) // Thursday 23 April at the fixture's hour, Friday 24 April at 10

	table, err := f.Reporting.HourReport(f.As(auth.Service), reporting.Period{From: day1, To: day3})

	require.NoError(t, err)
	require.Len(t, table.Rows, 24)
	require.EqualValues(t, 3, table.Total.Sum)
	require.Equal(t, [7]int64{3: 2, 4: 1}, table.Total.Orders)
	var sums [7]int64
	for hour, row := range table.Rows {
		require.Equal(t, hour, row.Hour)
		for day, n := range row.Orders {
			sums[day] += n
		}
	}
	require.Equal(t, table.Total.Orders, sums)
}

func TestOnTimeReport_DaysThatAreOver(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	mug := f.SKU("MUG", 1990)
	f.Stock(mug, 100, 80_000)
	prompt := f.Order(apptest.Line(mug, 1, 1990))
	late := f.Order(apptest.Line(mug, 1, 1990))
	f.Order(apptest.Line(mug, 1, 1990), apptest.Note("等我电话"))
	f.Pass(prompt)
	f.Ship(prompt)
	f.Clock.Set(f.Clock.Now() + 30*when.Hour) // past the target of 24 h, before the limit of 48 h
	f.Pass(late)
	f.Ship(late)
	p := reporting.Period{From: day1, To: day3}

	open, err := f.Reporting.OnTimeReport(f.As(auth.Warehouse), p)
	require.NoError(t, err)
	require.Empty(t, open.Rows, "the day of the limit is not over")

	f.Clock.Set(day3.End() + when.Hour)
	table, err := f.Reporting.OnTimeReport(f.As(auth.Warehouse), p)
	require.NoError(t, err)
	require.Equal(t, []reporting.OnTimeRow{{Day: day3, Due: 3, Target: 1, Limit: 2, TargetBP: 3333, LimitBP: 6667}}, table.Rows)
	daily, err := f.Reporting.DailyReport(f.As(auth.Warehouse), p)
	require.NoError(t, err)
	require.Equal(t, daily.Total.Due, table.Total.Due, "the same as the daily report")
	require.Equal(t, daily.Total.OnTime, table.Total.Limit)
	before, err := f.Reporting.OnTimeReport(f.As(auth.Warehouse), reporting.Period{From: "2027-01-01", To: "2027-01-31"})
	require.NoError(t, err)
	require.Empty(t, before.Rows, "nothing of the future")
}

// TestCharts_AgreeWithTheFinancePage holds the sums behind every chart of
// money against those of the finance page, to the fen.
func TestCharts_AgreeWithTheFinancePage(t *testing.T) {
	t.Parallel()
	apptest.Both(t, func(t *testing.T, f *apptest.Fixture) {
		trade(f)
		fin := f.As(auth.Finance)
		for _, p := range []reporting.Period{{From: day1, To: day3}, {From: day2, To: day2}, {From: "2026-04-01", To: "2026-04-30"}} {
			page, err := f.Finance.Overview(fin, p.From, p.To, "")
			require.NoError(t, err)
			trend, err := f.Reporting.TrendReport(fin, p)
			require.NoError(t, err)
			require.Equal(t, page.Total.RevenueFen, trend.Total.SalesFen)
			require.Equal(t, page.Before.RevenueFen, trend.Total.BeforeFen)
			channels, err := f.Reporting.ChannelReport(fin, p)
			require.NoError(t, err)
			require.Equal(t, page.Total.RevenueFen, channels.Total.SalesFen)
			require.Equal(t, page.Total.ProfitFen, channels.Total.ProfitFen)
			require.Equal(t, page.Before.ProfitFen, channels.Total.BeforeProfitFen)
			require.Equal(t, page.Total.MarginBP, channels.Total.MarginBP)
			products, err := f.Reporting.SalesReport(fin, p, core.BySKU)
			require.NoError(t, err)
			list, err := f.Finance.Sales(fin, finance.SalesQuery{By: core.BySKU, From: p.From, To: p.To})
			require.NoError(t, err)
			require.Equal(t, list.Total.RevenueFen, products.Total.SalesFen)
			require.Equal(t, page.Total.RevenueFen, products.Total.SalesFen, "with the freight")
		}
		stock, err := f.Reporting.StockReport(fin, "")
		require.NoError(t, err)
		page, err := f.Finance.Overview(fin, day1, day2, "")
		require.NoError(t, err)
		require.Equal(t, page.StockFen, stock.Total.ValueFen)
	})
}

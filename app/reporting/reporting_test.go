package reporting_test

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/reporting"
	"zhanggui/app/when"
	"zhanggui/store/pgtest"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

const day1, day2, day3 = when.Day("2026-04-23"), when.Day("2026-04-24"), when.Day("2026-04-25")

// trade receives 100 mugs for 800.00, sells two on day 1 and one on day 2.
func trade(f *apptest.Fixture) domain.SKU {
	f.T.Helper()
	mug := f.SKU("MUG", 1990)
	f.Stock(mug, 100, 80_000)
	f.Sell(apptest.Line(mug, 2, 1990), apptest.Freight(600))
	f.Order(apptest.Line(mug, 1, 1990), apptest.Note("等我电话"))
	f.Clock.Set(day2.Start() + 10*when.Hour)
	f.Sell(apptest.Line(mug, 1, 2500), apptest.Channel("jd"))
	return mug
}

func TestSalesReport_Grouped_CostOnlyWithTheRight(t *testing.T) {
	t.Parallel()
	apptest.Both(t, func(t *testing.T, f *apptest.Fixture) {
		trade(f)
		p := reporting.Period{From: day1, To: day3}

		table, err := f.Reporting.SalesReport(f.As(auth.Finance), p, core.BySKU)
		require.NoError(t, err)
		require.True(t, table.Cost)
		require.EqualValues(t, 7080, table.Total.SalesFen)
		require.EqualValues(t, 2400, table.Total.CostFen)
		require.EqualValues(t, 4680, table.Total.ProfitFen)
		require.EqualValues(t, 6610, table.Total.MarginBP)

		hidden, err := f.Reporting.SalesReport(f.As(auth.Warehouse), p, "")
		require.NoError(t, err)
		require.Equal(t, core.ByDay, hidden.By)
		require.False(t, hidden.Cost)
		require.EqualValues(t, 7080, hidden.Total.SalesFen)
		for _, r := range append(hidden.Rows, hidden.Total) {
			require.Zero(t, r.CostFen+r.ProfitFen)
			require.Zero(t, r.MarginBP)
		}
	})
}

func TestStockReport_AsOfAnyDay(t *testing.T) {
	t.Parallel()
	apptest.Both(t, func(t *testing.T, f *apptest.Fixture) {
		trade(f)
		for day, want := range map[when.Day][2]int64{"2026-04-22": {0, 0}, day1: {98, 78_400}, day2: {97, 77_600}, "": {97, 77_600}} {
			table, err := f.Reporting.StockReport(f.As(auth.Finance), day)
			require.NoError(t, err)
			require.EqualValues(t, want[0], table.Total.OnHand, day)
			require.EqualValues(t, want[1], table.Total.ValueFen, day)
		}
		hidden, err := f.Reporting.StockReport(f.As(auth.Service), "")
		require.NoError(t, err)
		require.False(t, hidden.Cost)
		require.EqualValues(t, 97, hidden.Total.OnHand)
		require.Zero(t, hidden.Total.ValueFen)
		require.Zero(t, hidden.Rows[0].ValueFen)
		_, err = f.Reporting.StockReport(f.As(auth.Finance), "yesterday")
		require.Equal(t, "fault.reporting.day", fault.Key(err))
	})
}

func TestDailyReport_EveryDayHasARow(t *testing.T) {
	t.Parallel()
	apptest.Both(t, func(t *testing.T, f *apptest.Fixture) {
		trade(f)

		table, err := f.Reporting.DailyReport(f.As(auth.Finance), reporting.Period{From: day1, To: day3})

		require.NoError(t, err)
		require.Len(t, table.Rows, 3)
		first := table.Rows[0]
		require.Equal(t, day1, first.Day)
		require.EqualValues(t, 2, first.Orders)
		require.EqualValues(t, 4580+1990, first.PaidFen)
		require.EqualValues(t, 1, first.Parcels)
		require.EqualValues(t, 2, first.Units)
		require.EqualValues(t, 4580, first.SalesFen)
		require.EqualValues(t, 2980, first.ProfitFen)
		require.Equal(t, reporting.DailyRow{Day: day3}, withoutDue(table.Rows[2]))
		require.EqualValues(t, 3, table.Total.Orders)
		require.EqualValues(t, 7080, table.Total.SalesFen)

		jd, err := f.Reporting.DailyReport(f.As(auth.Service), reporting.Period{From: day1, To: day2, Channel: "jd"})
		require.NoError(t, err)
		require.EqualValues(t, 2500, jd.Total.SalesFen)
		require.Zero(t, jd.Total.CostFen)
		f.CheckClean()
	})
}

func withoutDue(r reporting.DailyRow) reporting.DailyRow {
	r.Due, r.OnTime = 0, 0
	return r
}

func TestReports_Faults(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	boss := f.As(auth.Supervisor)
	for key, p := range map[string]reporting.Period{
		"fault.reporting.period":      {From: day2, To: day1},
		"fault.reporting.period_long": {From: "2010-01-01", To: day1},
	} {
		_, err := f.Reporting.SalesReport(boss, p, core.ByDay)
		require.Equal(t, key, fault.Key(err))
		_, err = f.Reporting.DailyReport(boss, p)
		require.Equal(t, key, fault.Key(err))
	}
	_, err := f.Reporting.SalesReport(boss, reporting.Period{From: "soon", To: ""}, core.ByDay)
	require.Len(t, fault.From(err).Fields, 2)
	_, err = f.Reporting.SalesReport(boss, reporting.Period{From: day1, To: day2}, "hour")
	require.Equal(t, "fault.reporting.grouping", fault.Key(err))
	f.Grant(auth.Service, map[auth.Action]bool{auth.ReportsView: false})
	_, err = f.Reporting.DailyReport(f.As(auth.Service), reporting.Period{From: day1, To: day2})
	require.True(t, fault.Is(err, fault.Denied))
}

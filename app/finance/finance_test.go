package finance_test

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/finance"
	"zhanggui/app/money"
	"zhanggui/app/shipping"
	"zhanggui/app/when"
	"zhanggui/store/pgtest"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

const day1, day2 = when.Day("2026-04-23"), when.Day("2026-04-24")

// trade sells on two days: a mug costs 8.00.
//
//	day 1  tmall 2 × 19.90 + freight 6.00 = 45.80, cost 16.00
//	day 2  jd    1 × 19.90 = 19.90, cost 8.00; tmall 1 × 25.00, cost 8.00
func trade(f *apptest.Fixture) (mug domain.SKU, first *domain.Order) {
	f.T.Helper()
	mug = f.SKU("MUG", 1990)
	f.Stock(mug, 100, 80_000)
	first = f.Sell(apptest.Line(mug, 2, 1990), apptest.Freight(600))
	f.Clock.Set(day2.Start() + 10*when.Hour)
	f.Sell(apptest.Line(mug, 1, 1990), apptest.Channel("jd"))
	f.Sell(apptest.Line(mug, 1, 2500))
	return mug, first
}

func TestSales_GroupedFromTheJournal(t *testing.T) {
	t.Parallel()
	apptest.Both(t, func(t *testing.T, f *apptest.Fixture) {
		trade(f)
		fin := f.As(auth.Finance)
		type line struct {
			key                 string
			units               int64
			sales, cost, profit money.Fen
			margin              money.BP
		}
		for by, want := range map[core.SalesBy][]line{
			core.ByDay:     {{"2026-04-23", 2, 4580, 1600, 2980, 6507}, {"2026-04-24", 2, 4490, 1600, 2890, 6437}},
			core.ByMonth:   {{"2026-04", 4, 9070, 3200, 5870, 6472}},
			core.ByChannel: {{"jd", 1, 1990, 800, 1190, 5980}, {"tmall", 3, 7080, 2400, 4680, 6610}},
			core.ByShop:    {{"jd", 1, 1990, 800, 1190, 5980}, {"tmall", 3, 7080, 2400, 4680, 6610}},
		} {
			table, err := f.Finance.Sales(fin, finance.SalesQuery{By: by, From: day1, To: day2})
			require.NoError(t, err)
			require.True(t, table.Cost)
			var got []line
			for _, r := range table.Rows {
				got = append(got, line{r.Key, r.Units, r.RevenueFen, r.CostFen, r.ProfitFen, r.MarginBP})
			}
			require.ElementsMatch(t, want, got, by)
			require.EqualValues(t, 9070, table.Total.RevenueFen)
			require.EqualValues(t, 5870, table.Total.ProfitFen)
		}
		jd, err := f.Finance.Sales(fin, finance.SalesQuery{From: day1, To: day2, Channel: "jd"})
		require.NoError(t, err)
		require.EqualValues(t, 1990, jd.Total.RevenueFen)
		f.CheckClean()
	})
}

func TestSales_WithoutTheRightToCost_NoCostNoProfit(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	trade(f)
	q := finance.SalesQuery{By: core.BySKU, From: day1, To: day2}
	for _, role := range []auth.Role{auth.Service, auth.Warehouse, auth.Promotion} {
		_, err := f.Finance.Sales(f.As(role), q)
		require.True(t, fault.Is(err, fault.Denied), role)
	}

	f.Grant(auth.Finance, map[auth.Action]bool{auth.FinanceViewCost: false})
	f.Grant(auth.Promotion, map[auth.Action]bool{auth.FinanceView: true})
	for _, role := range []auth.Role{auth.Finance, auth.Promotion} {
		table, err := f.Finance.Sales(f.As(role), q)
		require.NoError(t, err)
		require.False(t, table.Cost)
		for _, r := range append(table.Rows, table.Total) {
			require.Zero(t, r.CostFen)
			require.Zero(t, r.ProfitFen)
			require.Zero(t, r.MarginBP)
		}
		require.NotZero(t, table.Total.RevenueFen)
		view, err := f.Finance.Overview(f.As(role), day1, day2, "")
		require.NoError(t, err)
		require.Zero(t, view.StockFen)
		require.Zero(t, view.Total.CostFen)
		require.NotZero(t, view.ReceivableFen)
		_, err = f.Finance.TrialBalance(f.As(role), day1, day2)
		require.True(t, fault.Is(err, fault.Denied), "the journal shows cost in every second row")
		_, err = f.Finance.Entries(f.As(role), core.Query{})
		require.True(t, fault.Is(err, fault.Denied))
	}
}

func TestSales_Faults(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	for _, c := range []struct {
		key string
		q   finance.SalesQuery
	}{
		{"fault.finance.grouping", finance.SalesQuery{By: "hour", From: day1, To: day2}},
		{"fault.finance.period", finance.SalesQuery{From: day2, To: day1}},
		{"fault.finance.period", finance.SalesQuery{From: "2026-02-30", To: day1}},
		{"fault.finance.period", finance.SalesQuery{}},
		{"fault.finance.period_long", finance.SalesQuery{From: "2010-01-01", To: day1}},
	} {
		_, err := f.Finance.Sales(f.As(auth.Finance), c.q)
		require.Equal(t, c.key, fault.Key(err))
	}
	empty, err := f.Finance.Sales(f.As(auth.Finance), finance.SalesQuery{From: day1, To: day2})
	require.NoError(t, err)
	require.Empty(t, empty.Rows)
	require.Zero(t, empty.Total.MarginBP)
}

func TestOverview_TilesAndPeriodBefore(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	trade(f)

	v, err := f.Finance.Overview(f.As(auth.Supervisor), day2, day2, "")

	require.NoError(t, err)
	require.EqualValues(t, 4490, v.Total.RevenueFen)
	require.EqualValues(t, 4580, v.Before.RevenueFen, "the day before")
	require.EqualValues(t, 9070, v.ReceivableFen)
	require.EqualValues(t, 80_000-3200, v.StockFen)
	require.Len(t, v.Channels, 2)
	require.Len(t, v.Days, 1)
	jd, err := f.Finance.Overview(f.As(auth.Supervisor), day1, day2, "jd")
	require.NoError(t, err)
	require.EqualValues(t, 1990, jd.Total.RevenueFen)
	require.Zero(t, jd.ReceivableFen+jd.StockFen, "not kept by channel")
	_, err = f.Finance.Overview(f.As(auth.Supervisor), day2, day1, "")
	require.True(t, fault.Is(err, fault.Invalid))
}

func TestTrialBalance_OpeningPlusMovesIsClosing(t *testing.T) {
	t.Parallel()
	apptest.Both(t, func(t *testing.T, f *apptest.Fixture) {
		trade(f)

		tb, err := f.Finance.TrialBalance(f.As(auth.Finance), day2, day2)

		require.NoError(t, err)
		byAccount := map[domain.Account]finance.TrialRow{}
		for _, r := range tb.Rows {
			byAccount[r.Account] = r
		}
		require.Equal(t, finance.TrialRow{Account: domain.AccReceivable, OpeningFen: 4580, DebitFen: 4490, ClosingFen: 9070}, byAccount[domain.AccReceivable])
		require.Equal(t, finance.TrialRow{Account: domain.AccSales, OpeningFen: -4580, CreditFen: 4490, ClosingFen: -9070}, byAccount[domain.AccSales])
		require.Equal(t, finance.TrialRow{Account: domain.AccCost, OpeningFen: 1600, DebitFen: 1600, ClosingFen: 3200}, byAccount[domain.AccCost])
		require.NotContains(t, byAccount, domain.AccBank)
		require.Equal(t, tb.Total.DebitFen, tb.Total.CreditFen)
		require.Zero(t, tb.Total.OpeningFen)
		require.Zero(t, tb.Total.ClosingFen)
	})
}

func TestEntries_UndoIsAReversalBesideTheFirst(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	mug := f.SKU("MUG", 1990)
	f.Stock(mug, 10, 8_000)
	o := f.Order(apptest.Line(mug, 2, 1990))
	f.Pass(o)
	sent := f.Ship(o)
	require.NoError(t, f.Shipping.Undo(f.As(auth.Warehouse), shipping.UndoCmd{Parcel: sent.Parcel}))
	fin := f.As(auth.Finance)

	entries, err := f.Finance.EntriesOf(fin, "parcel", sent.Parcel.String())

	require.NoError(t, err)
	require.Len(t, entries, 2)
	require.Equal(t, entries[0].Seq, entries[1].ReversesSeq)
	one, err := f.Finance.Entry(fin, entries[1].Seq)
	require.NoError(t, err)
	require.Equal(t, entries[1], one)
	require.NoError(t, one.Balanced())
	list, err := f.Finance.Entries(fin, core.Query{Totals: true})
	require.NoError(t, err)
	require.Equal(t, list.Sums["debit_fen"], list.Sums["credit_fen"])
	_, err = f.Finance.Entry(fin, 999)
	require.True(t, fault.Is(err, fault.NotFound))
	table, err := f.Finance.Sales(fin, finance.SalesQuery{From: day1, To: day1})
	require.NoError(t, err)
	require.Zero(t, table.Total.RevenueFen)
	f.CheckClean()
}

package cards_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/app/fault"
	"zhanggui/app/finance"
	"zhanggui/app/i18n"
	"zhanggui/app/reporting"
	"zhanggui/app/when"
	"zhanggui/reports"
	"zhanggui/reports/cards"
	"zhanggui/store/pgtest"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

const from, to = when.Day("2026-04-23"), when.Day("2026-04-25")

var period = reporting.Period{From: from, To: to}

// shop sold for 45.80 on one day and 25.00 on the next, and nothing before.
func shop(t *testing.T) *apptest.Fixture {
	t.Helper()
	f := apptest.New(t)
	mug := f.SKU("MUG", 1990)
	f.Stock(mug, 100, 80_000)
	f.Sell(apptest.Line(mug, 2, 1990), apptest.Freight(600))
	f.Clock.Set(from.Add(1).Start() + 10*when.Hour)
	f.Sell(apptest.Line(mug, 1, 2500), apptest.Channel("jd"))
	f.Clock.Set(to.End() + when.Hour)
	return f
}

func look(lang i18n.Lang) cards.Look { return cards.Look{Tr: i18n.New(lang), Today: to.Add(1)} }

func make1(t *testing.T, ctx context.Context, f *apptest.Fixture, k cards.Kind) cards.Card {
	t.Helper()
	c, err := cards.Make(ctx, f.Reporting, k, look(i18n.Chinese), period)
	require.NoError(t, err)
	return c
}

func TestMake_EveryCard_SaysDrawsAndExports(t *testing.T) {
	t.Parallel()
	f := shop(t)
	fin := f.As(auth.Finance)
	for k, want := range map[cards.Kind]string{
		cards.Trend:    "销售 70.8",
		cards.Channels: "天猫最多，占 64.7%",
		cards.Products: "1 个商品中 1 个占到 80%",
		cards.Hours:    "共 2 单；",
		cards.OnTime:   "到期 1 单，目标内 100.0%，时限内 100.0%",
		cards.Profit:   "毛利 46.8，毛利率 66.1%",
		cards.Value:    "共 776，1 个规格",
	} {
		c := make1(t, fin, f, k)
		require.True(t, strings.HasPrefix(c.Chart.Sentence, want), "%s: %s", k, c.Chart.Sentence)
		require.NotEmpty(t, c.Chart.Title)
		require.Contains(t, []string{"ok", "info", "warn"}, c.Chart.Status, k)
		require.Len(t, c.Keys, len(c.Table.Rows), k)
		_, err := c.Chart.Image(context.Background(), reports.Look{W: 440, H: 300, Tr: i18n.New(i18n.English)})
		require.NoError(t, err, k)

		path := filepath.Join(t.TempDir(), "card.xlsx")
		var out bytes.Buffer
		require.NoError(t, c.Table.XLSX(&out), k)
		require.NoError(t, os.WriteFile(path, out.Bytes(), 0o600))
		book, err := excelize.OpenFile(path)
		require.NoError(t, err, k)
		require.Len(t, book.GetSheetList(), 2, "%s: the rows and the spreadsheet's own chart", k)
		require.NoError(t, book.Close())
	}
	_, err := cards.Make(fin, f.Reporting, "weather", look(i18n.Chinese), period)
	require.Equal(t, "fault.cards.kind", fault.Key(err))
}

func TestMake_Cost_OnlyWithTheRight(t *testing.T) {
	t.Parallel()
	f := shop(t)
	for _, k := range cards.All {
		_, err := cards.Make(f.As(auth.Warehouse), f.Reporting, k, look(i18n.Chinese), period)
		require.Equal(t, k.Cost(), fault.Is(err, fault.Denied), k)
	}
	c := make1(t, f.As(auth.Warehouse), f, cards.Products)
	require.Len(t, c.Table.Columns, 5, "without profit")
}

func TestMake_EmptyShop_SaysSo(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	for _, k := range cards.All {
		c := make1(t, f.As(auth.Finance), f, k)
		require.NotEmpty(t, c.Chart.Sentence, k)
		require.Equal(t, "info", c.Chart.Status, k)
		_, err := c.Chart.Image(context.Background(), reports.Look{W: 440, H: 300, Tr: i18n.New(i18n.Chinese)})
		require.NoError(t, err, k)
	}
}

// TestMake_DrawnValues_AgreeWithTheFinancePage adds up what is drawn.
func TestMake_DrawnValues_AgreeWithTheFinancePage(t *testing.T) {
	t.Parallel()
	f := shop(t)
	fin := f.As(auth.Finance)
	page, err := f.Finance.Overview(fin, from, to, "")
	require.NoError(t, err)
	drawn := func(k cards.Kind) float64 {
		sum := 0.0
		for _, v := range make1(t, fin, f, k).Chart.Series[0].Values {
			sum += v
		}
		return sum
	}
	sales, profit, stock := float64(page.Total.RevenueFen)/100, float64(page.Total.ProfitFen)/100, float64(page.StockFen)/100
	require.InDelta(t, sales, drawn(cards.Trend), 0.001)
	require.InDelta(t, sales, drawn(cards.Channels), 0.001)
	require.InDelta(t, profit, drawn(cards.Profit), 0.001)
	require.InDelta(t, stock, drawn(cards.Value), 0.001)
	freight, err := f.Finance.Sales(fin, finance.SalesQuery{By: "sku", From: from, To: to})
	require.NoError(t, err)
	goods := 0.0
	for _, r := range freight.Rows {
		if r.Key != "" {
			goods += float64(r.RevenueFen) / 100
		}
	}
	require.InDelta(t, goods, drawn(cards.Products), 0.001)
}

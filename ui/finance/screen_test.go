package finance

import (
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"zhanggui/app"
	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/finance"
	"zhanggui/app/i18n"
	"zhanggui/app/money"
	"zhanggui/app/when"
	"zhanggui/reports"
	"zhanggui/ui/kit"
	"zhanggui/ui/kit/kittest"
	"zhanggui/ui/theme"
)

func at(t *testing.T, f *apptest.Fixture, make func(kit.Env, *app.App) kit.Screen, role auth.Role) *desk {
	t.Helper()
	return sit(t, f, make, role, kittest.Light, false, kittest.Large)
}

// sale is a shop with one sale of today: 2 × 20.00 with 6.00 freight, cost 2 × 8.00.
func sale(t *testing.T) *apptest.Fixture {
	t.Helper()
	f := apptest.New(t)
	sku := f.SKU("A", 2000)
	f.Stock(sku, 10, 8000)
	f.Sell(apptest.Line(sku, 2, 2000), apptest.Freight(600))
	return f
}

func sheet(t *testing.T, path string) [][]string {
	t.Helper()
	book, err := excelize.OpenFile(path)
	require.NoError(t, err)
	rows, err := book.GetRows(book.GetSheetName(0))
	require.NoError(t, err)
	require.NoError(t, book.Close())
	return rows
}

func TestOverview_FiguresFromTheJournal_FollowSales(t *testing.T) {
	f := sale(t)
	d := at(t, f, New, auth.Finance)
	o := d.page.(*overview)
	require.Equal(t, []string{"¥46", "¥16", "¥30", "65.2%", "¥46"}, values(o))
	require.Equal(t, 1, o.list.Total())

	sku := f.SKU("B", 1000)
	f.Stock(sku, 1, 500)
	f.Sell(apptest.Line(sku, 1, 1000))
	d.settle()

	require.Equal(t, "¥56", values(o)[0], "the page followed by itself")
	d.Tap("finance.sales.chip.sku")
	d.settle()
	require.Equal(t, 3, o.list.Total(), "two products and the freight")
	require.NotNil(t, o.drawn.Load())
}

func values(o *overview) []string {
	var list []string
	for _, tile := range o.tiles.Objects {
		list = append(list, tile.(*kit.Tile).Spec().Value)
	}
	return list
}

func TestOverview_Period_TilesTableAndPicture(t *testing.T) {
	f := sale(t)
	d := at(t, f, New, auth.Finance)
	o := d.page.(*overview)
	d.Pick(o, "period", "yesterday")
	d.settle()
	require.Equal(t, 0, o.list.Total())
	require.Equal(t, "¥0", values(o)[0])
	d.Pick(o, "period", "last30")
	d.settle()
	require.Equal(t, 1, o.list.Total())
	d.Pick(o, kit.ChannelKey, "jd")
	d.settle()
	require.Equal(t, 0, o.list.Total(), "the sale was on another channel")
	require.Equal(t, "¥0", values(o)[0], "the tiles follow the channel")
	d.Pick(o, kit.ChannelKey, "")
	d.settle()
	require.Equal(t, 1, o.list.Total())
}

func TestOverview_WithoutCost_NothingOfIt(t *testing.T) {
	f := sale(t)
	f.Grant(auth.Finance, map[auth.Action]bool{auth.FinanceViewCost: false})
	d := at(t, f, New, auth.Finance)
	o := d.page.(*overview)
	require.Equal(t, []string{"¥46", "1", "2", "¥46"}, values(o))
	for _, key := range []string{"cost", "profit", "margin"} {
		_, _, seen := kit.FindRect("finance.sales#header:" + key)
		require.False(t, seen, key)
	}
	require.Len(t, o.drawn.Load().Series, 1, "sales alone")

	d.Picker.Path = filepath.Join(t.TempDir(), "销售.xlsx")
	d.Press("Ctrl+E")
	require.Equal(t, []string{"分组", "包裹", "件数", "销售额"}, sheet(t, d.Picker.Path)[1])
}

func TestOverview_Export_WorkbookAndPicture(t *testing.T) {
	f := sale(t)
	d := at(t, f, New, auth.Finance)
	d.Picker.Path = filepath.Join(t.TempDir(), "销售.xlsx")
	d.Press("Ctrl+E")
	rows := sheet(t, d.Picker.Path)
	require.Equal(t, "46.00", rows[2][3])
	require.Equal(t, "合计", rows[3][0])
	require.Equal(t, "销售-20260325-20260423.xlsx", d.Picker.Named[0])

	d.Picker.Path = filepath.Join(t.TempDir(), "图.png")
	d.Tap("finance.picture")
	file, err := os.Open(d.Picker.Path)
	require.NoError(t, err)
	img, err := png.Decode(file)
	require.NoError(t, err)
	require.NoError(t, file.Close())
	require.Equal(t, pictureWide*pictureScale, img.Bounds().Dx())
}

func TestTrial_Balances_OpensTheJournal(t *testing.T) {
	f := sale(t)
	d := at(t, f, NewTrial, auth.Finance)
	list := d.page.(*trial).list
	require.Equal(t, 5, list.Total())
	left, _ := list.FooterText()
	require.Contains(t, left, "借贷相等")
	d.Press("Down", "Enter")
	require.Equal(t, JournalID, d.Opened[0].Screen)
	arg := d.Opened[0].Arg.(kit.Values)
	require.Equal(t, string(domain.AccStock), arg.Text("account"))

	d.Picker.Path = filepath.Join(t.TempDir(), "试算.xlsx")
	d.Press("Ctrl+E")
	rows := sheet(t, d.Picker.Path)
	require.Equal(t, []string{"1122", "应收账款", "0.00", "46.00", "0.00", "46.00"}, rows[2])

	j := at(t, f, NewJournal, auth.Finance)
	page := j.page.(*journal)
	page.Open(arg)
	j.settle()
	require.Equal(t, 2, page.list.Total(), "receipt and shipment")
}

func TestJournal_ChipsFilterAndExport(t *testing.T) {
	f := sale(t)
	d := at(t, f, NewJournal, auth.Finance)
	page := d.page.(*journal)
	all := page.list.Total()
	d.Tap("finance.journal.chip.receipt")
	d.settle()
	require.Equal(t, 2, page.list.Total())
	d.Tap("finance.journal.chip.all")
	d.settle()
	kit.Find("finance.journal.filter.account").(*kit.Choice).Pick(string(domain.AccSales))
	d.settle()
	require.Equal(t, 2, page.list.Total(), "goods and freight")
	page.Open("没有这个单号")
	d.settle()
	require.Equal(t, 0, page.list.Total())
	d.Press("Esc")
	d.settle()
	require.Equal(t, all, page.list.Total())

	d.Picker.Path = filepath.Join(t.TempDir(), "凭证.xlsx")
	d.Press("Ctrl+E")
	require.Len(t, sheet(t, d.Picker.Path), 2+all)
}

func TestJournal_EntryOfAPosting_IsBalanced(t *testing.T) {
	t.Parallel()
	e := &domain.Entry{Postings: []domain.Posting{{Account: domain.AccStock, AmountFen: 700}, {Account: domain.AccPayable, AmountFen: -700}}}
	rows, total := postings(i18n.New(i18n.Chinese), e)
	require.Equal(t, 2, rows.Len())
	require.Equal(t, kit.Strong("7.00"), total.Cells[1])
	require.Equal(t, kit.Strong("7.00"), total.Cells[2])
	_, ok := rows.Row(2)
	require.False(t, ok)
}

func TestPeriod_Defaults(t *testing.T) {
	t.Parallel()
	const today = when.Day("2026-04-23")
	from, to := period(kit.Values{}, today)
	require.Equal(t, [2]when.Day{"2026-03-25", today}, [2]when.Day{from, to})
	from, to = period(kit.NewValues(periodKey, "2026-04-01.."), today)
	require.Equal(t, [2]when.Day{"2026-04-01", today}, [2]when.Day{from, to})
	from, to = before("2026-04-01", "2026-04-10")
	require.Equal(t, [2]when.Day{"2026-03-22", "2026-03-31"}, [2]when.Day{from, to})
	require.Equal(t, 1, days(today, today))
}

func row(key string, revenue, cost money.Fen) finance.SalesRow {
	return finance.SalesRow{
		SalesSum: core.SalesSum{Key: key, Orders: 1, RevenueFen: revenue, CostFen: cost}, ProfitFen: revenue - cost, MarginBP: money.Share(revenue-cost, revenue),
	}
}

func TestSortRows_UsualAndByColumn(t *testing.T) {
	t.Parallel()
	list := func() []finance.SalesRow {
		return []finance.SalesRow{row("b", 100, 90), row("c", 300, 10), row("a", 100, 20)}
	}
	keys := func(rows []finance.SalesRow) (s string) {
		for _, r := range rows {
			s += r.Key
		}
		return s
	}
	for _, c := range []struct {
		by     core.SalesBy
		column string
		desc   bool
		want   string
	}{
		{core.ByDay, "", false, "cba"},
		{core.ByChannel, "", false, "cab"},
		{core.ByChannel, "key", false, "abc"},
		{core.ByChannel, "cost", true, "bac"},
		{core.ByChannel, "profit", false, "bac"},
		{core.ByChannel, "margin", true, "cab"},
		{core.ByChannel, "orders", false, "abc"},
		{core.ByChannel, "units", true, "abc"},
	} {
		rows := list()
		sortRows(rows, c.by, c.column, c.desc)
		require.Equal(t, c.want, keys(rows), "%+v", c)
	}
	page := salesPage(finance.SalesTable{Rows: list(), Total: row("", 500, 120)}, kit.Query{Chip: "channel", Page: core.Page{Offset: 1, Limit: 1}})
	require.Equal(t, "a", keys(page.Rows))
	require.Equal(t, 3, page.Total)
	require.Equal(t, int64(500), page.Sums["sales"])
}

func TestPicture_EveryDayAndThePeriodBefore(t *testing.T) {
	t.Parallel()
	tr := i18n.New(i18n.Chinese)
	v := finance.Overview{
		From: "2026-04-20", To: "2026-04-22", Cost: true, Total: row("", 30000, 12000), Before: row("", 20000, 9000),
		Days: []finance.SalesRow{row("2026-04-20", 10000, 4000), row("2026-04-22", 20000, 8000)},
	}
	c := picture(tr, v, []finance.SalesRow{row("2026-04-18", 20000, 9000)}, "2026-04-23")
	require.Equal(t, []string{"04-20", "04-21", "04-22"}, c.Labels)
	require.Equal(t, []float64{100, 0, 200}, c.Series[0].Values)
	require.Equal(t, []float64{60, 0, 120}, c.Series[1].Values)
	require.Equal(t, []float64{0, 200, 0}, c.Series[2].Values)
	require.Equal(t, reports.Last, c.Series[2].Role)
	require.Equal(t, "销售 300，比前期 +50.0%；毛利率 60.0%", c.Sentence)
	require.Equal(t, string(theme.OK), c.Status)

	v.Cost = false
	require.Len(t, picture(tr, v, nil, "2026-04-23").Series, 1)
	v.From, v.To = "2026-01-01", "2026-06-30"
	long := picture(tr, v, nil, "2026-04-23")
	require.Equal(t, []string{"1月", "2月", "3月", "4月", "5月", "6月"}, long.Labels)
	require.Equal(t, 300.0, long.Series[0].Values[3])
	require.Empty(t, picture(tr, finance.Overview{From: "2026-04-01", To: "2026-04-02"}, nil, "2026-04-23").Series)
}

func TestTiles_ChangesSayGoodOrBad(t *testing.T) {
	t.Parallel()
	tr := i18n.New(i18n.Chinese)
	v := finance.Overview{To: "2026-04-23", Cost: true, Total: row("", 8000, 6000), Before: row("", 10000, 4000), ReceivableFen: 123456}
	list := tiles(tr, v, "2026-04-23")
	require.Equal(t, kit.Delta{Label: "前期", Text: "20.0%", Tone: theme.Urgent}, list[0].Deltas[0])
	require.Equal(t, kit.Delta{Label: "前期", Text: "50.0%", Up: true}, list[1].Deltas[0], "more cost is neither good nor bad")
	require.Equal(t, kit.Delta{Label: "前期", Text: "35.00pt", Tone: theme.Urgent}, list[3].Deltas[0])
	require.Equal(t, "¥1,235", list[4].Value)
	v.Before = finance.SalesRow{}
	require.Empty(t, tiles(tr, v, "2026-04-23")[0].Deltas, "nothing to compare with")
}

func TestEntryQuery_FilterBecomesConditions(t *testing.T) {
	t.Parallel()
	q := entryQuery(kit.Query{Chip: "ship", Filter: kit.NewValues(periodKey, "2026-04-01..2026-04-02", "account", "1405", "channel", "jd", "kind", "undo")})
	require.Equal(t, "ship", q.Chip)
	require.Equal(t, []core.Cond{
		{Field: "day", Op: ">=", Value: "2026-04-01"},
		{Field: "day", Op: "<=", Value: "2026-04-02"},
		{Field: "account", Op: "=", Value: "1405"},
		{Field: "kind", Op: "=", Value: "undo"},
		{Field: "channel", Op: "=", Value: "jd"},
	}, q.Conds)
	require.Empty(t, entryQuery(kit.Query{Chip: chipAll}).Chip)
}

func TestExports_WithoutTheRight_KeysDoNothing(t *testing.T) {
	f := sale(t)
	f.Grant(auth.Finance, map[auth.Action]bool{auth.ExportFile: false})
	for _, make := range []func(kit.Env, *app.App) kit.Screen{New, NewTrial, NewJournal} {
		d := at(t, f, make, auth.Finance)
		d.Picker.Path = filepath.Join(t.TempDir(), "x.xlsx")
		d.Press("Ctrl+E", "Alt+P")
		require.Empty(t, d.Picker.Named)
	}
}

func TestOverview_OpenedWithAnAim(t *testing.T) {
	f := sale(t)
	d := at(t, f, New, auth.Finance)
	o := d.page.(*overview)
	o.Open(kit.Aim{Chip: "channel", Filter: kit.NewValues(periodKey, "2026-04-23..2026-04-23")})
	d.settle()
	require.Equal(t, "channel", o.list.Query().Chip)
	require.Equal(t, 1, o.list.Total())
	require.Equal(t, "¥46", values(o)[0])
	o.Open(kit.Aim{Chip: "day", Filter: kit.NewValues(periodKey, "2026-04-22..2026-04-22")})
	d.settle()
	require.Equal(t, 0, o.list.Total())
	require.Equal(t, "¥0", values(o)[0], "the tiles follow")
	o.Open("something else")
	require.Equal(t, "day", o.list.Query().Chip)
}

package charts

import (
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/app/reporting"
	"zhanggui/app/when"
	"zhanggui/reports/cards"
	"zhanggui/ui/kit"
	"zhanggui/ui/kit/kittest"
)

func at(t *testing.T, f *apptest.Fixture, role auth.Role) *desk {
	t.Helper()
	return sit(t, f, role, kittest.Light, false, kittest.Large)
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

func (d *desk) screen() *screen { return d.page.(*screen) }

func (d *desk) says(k cards.Kind) string {
	for _, c := range d.screen().cards {
		if c.kind == k {
			if made := c.peek(); made != nil {
				return made.Chart.Sentence
			}
		}
	}
	return ""
}

func TestCards_FollowTheShopByThemselves(t *testing.T) {
	f := sale(t)
	d := at(t, f, auth.Finance)
	require.Equal(t, "销售 46", d.says(cards.Trend))

	sku := f.SKU("B", 1000)
	f.Stock(sku, 1, 500)
	f.Sell(apptest.Line(sku, 1, 1000))
	d.settle()

	require.Equal(t, "销售 56", d.says(cards.Trend))
}

func TestPeriod_ChoosesForAllCards(t *testing.T) {
	d := at(t, sale(t), auth.Finance)
	today := d.Clock.Now().Day()
	d.Pick(d.screen(), "period", "last90")
	d.settle()
	for _, c := range d.screen().cards {
		require.Equal(t, reporting.Period{From: today.Add(-89), To: today}, c.of())
	}
	d.Pick(d.screen(), "period", "yesterday")
	d.settle()
	require.Equal(t, "这段时间没有销售", d.says(cards.Channels))
	d.Pick(d.screen(), "period", "last30")
	d.settle()
	require.Equal(t, reporting.Period{From: today.Add(-29), To: today}, d.screen().period())
	require.Equal(t, "销售 46", d.says(cards.Trend))
}

func TestCards_WithoutCost_NoneOfIt(t *testing.T) {
	d := at(t, sale(t), auth.Warehouse)
	var kinds []cards.Kind
	for _, c := range d.screen().cards {
		kinds = append(kinds, c.kind)
	}
	require.Equal(t, []cards.Kind{cards.Trend, cards.Channels, cards.Products, cards.Hours, cards.OnTime}, kinds)
	d.screen().choose(2)
	d.Press("Enter")
	d.settle()
	require.Equal(t, 1, d.screen().rows.list.Total())
	_, _, seen := kit.FindRect("charts.rows#header:c5")
	require.False(t, seen, "no profit beside the products")
}

func TestArrows_ChooseTheCardBesideAboveAndBelow(t *testing.T) {
	d := at(t, sale(t), auth.Supervisor)
	s := d.screen()
	for _, c := range []struct {
		key  kit.Chord
		want cards.Kind
	}{
		{"Right", cards.Channels},
		{"Down", cards.Hours},
		{"Down", cards.Profit},
		{"Left", cards.OnTime},
		{"Up", cards.Products},
		{"Up", cards.Trend},
		{"Up", cards.Trend},
		{"Left", cards.Trend},
	} {
		d.Press(c.key)
		require.Equal(t, c.want, s.cards[s.chosen].kind, "%s", c.key)
		require.True(t, s.cards[s.chosen].face.Chosen())
	}
	chosen := 0
	for _, c := range s.cards {
		if c.face.Chosen() {
			chosen++
		}
	}
	require.Equal(t, 1, chosen)
	s.choose(len(s.cards) - 1)
	require.Positive(t, s.scroll.Offset.Y, "the last row comes into sight")
}

func TestEnter_OpensTheRows_AndGoesOnToTheRecords(t *testing.T) {
	f := sale(t)
	d := at(t, f, auth.Supervisor)
	today := string(d.Clock.Now().Day())
	month := string(when.Day(today).Add(-29)) + ".." + today
	open := func(k cards.Kind, keys ...kit.Chord) {
		for n, c := range d.screen().cards {
			if c.kind == k {
				d.screen().choose(n)
			}
		}
		d.Opened = nil
		d.Press("Enter")
		d.settle()
		require.NotNil(t, d.screen().rows, k)
		d.Press(keys...)
		d.Press("Enter")
	}

	open(cards.Trend, "End")
	require.Equal(t, journal, d.Opened[0].Screen)
	arg := d.Opened[0].Arg.(kit.Values)
	require.Equal(t, today+".."+today, arg.Text(periodKey))
	require.Equal(t, "5001", arg.Text("account"))
	d.Press("Esc")
	require.Nil(t, d.screen().rows, "Esc goes back to the cards")

	open(cards.Channels, "Home")
	require.Equal(t, "tmall", d.Opened[0].Arg.(kit.Values).Text("channel"))
	require.Equal(t, month, d.Opened[0].Arg.(kit.Values).Text(periodKey))
	d.Tap("charts.rows.back")

	open(cards.Products, "Home")
	require.Equal(t, journal, d.Opened[0].Screen)
	require.Equal(t, "A", d.Opened[0].Arg.(kit.Values).Text("sku"))
	d.Press("Esc")

	open(cards.Value, "Home")
	require.Equal(t, kittest.Opened{Screen: "stock", Arg: "A"}, d.Opened[0])
	d.Press("Esc")

	open(cards.Hours, "Home", "Down", "Down", "Down")
	require.Equal(t, kittest.Opened{Screen: "orders", Arg: kit.Aim{Chip: "all", Filter: kit.NewValues("paid", month, "hour", "3")}}, d.Opened[0])
	require.Equal(t, 24, d.screen().rows.list.Total())
	d.Press("Esc")
}

func TestClick_OpensTheRowsOfThatCard(t *testing.T) {
	d := at(t, sale(t), auth.Supervisor)
	d.Tap("charts.channels")
	d.settle()
	require.Equal(t, cards.Channels, d.screen().rows.card.kind)
	d.Pick(d.screen(), "period", "yesterday")
	d.settle()
	require.Zero(t, d.screen().rows.list.Total(), "the open rows follow the period")
}

func TestRows_SortedByAnyColumn(t *testing.T) {
	d := at(t, sold(t), auth.Supervisor)
	d.screen().choose(2)
	d.Press("Enter")
	d.settle()
	r := d.screen().rows
	first := func(q kit.Query) string {
		page, err := r.fetch(d.Context(), q)
		require.NoError(t, err)
		return page.Rows[0].key
	}
	var up, down kit.Query
	up.Page.Sort, down.Page.Sort, down.Page.Desc = "3", "3", true
	require.Equal(t, first(kit.Query{}), first(down), "the largest sales come first by themselves")
	require.NotEqual(t, first(up), first(down))
}

func TestExport_WorkbookWithItsOwnChart_AndPicture(t *testing.T) {
	d := at(t, sale(t), auth.Finance)
	d.screen().choose(1)
	d.Picker.Path = filepath.Join(t.TempDir(), "渠道.xlsx")
	d.Press("Ctrl+E")
	require.Equal(t, "渠道占比-20260325-20260423.xlsx", d.Picker.Named[0])
	book, err := excelize.OpenFile(d.Picker.Path)
	require.NoError(t, err)
	sheets := book.GetSheetList()
	require.Len(t, sheets, 2)
	rows, err := book.GetRows(sheets[0])
	require.NoError(t, err)
	require.Equal(t, []string{"天猫", "1", "46.00", "100.00%", "0.00"}, rows[2])
	raw, err := book.GetCellValue(sheets[0], "C3", excelize.Options{RawCellValue: true})
	require.NoError(t, err)
	require.Equal(t, "46", raw, "a number, not a text")
	require.NoError(t, book.Close())

	d.Picker.Path = filepath.Join(t.TempDir(), "图.png")
	d.Tap("charts.picture")
	file, err := os.Open(d.Picker.Path)
	require.NoError(t, err)
	img, err := png.Decode(file)
	require.NoError(t, err)
	require.NoError(t, file.Close())
	require.Equal(t, pictureWide*pictureScale, img.Bounds().Dx())
	require.Contains(t, d.Notes[len(d.Notes)-1].Text, "图.png")
}

func TestExport_NeedsItsRight(t *testing.T) {
	f := sale(t)
	f.Grant(auth.Finance, map[auth.Action]bool{auth.ExportFile: false})
	d := at(t, f, auth.Finance)
	require.False(t, d.Allows(auth.ExportFile))
	d.Press("Ctrl+E", "Alt+P")
	require.Empty(t, d.Picker.Named)
}

func TestCard_RedrawnForItsSizeAndTheTheme(t *testing.T) {
	d := at(t, sale(t), auth.Finance)
	c := d.screen().cards[0]
	ctx := d.Context()
	light, err := c.draw(ctx, kit.ChartSize{W: 800, H: 600, Scale: 2})
	require.NoError(t, err)
	require.Equal(t, 800, light.Bounds().Dx())
	dark, err := c.draw(ctx, kit.ChartSize{W: 800, H: 600, Scale: 2, Dark: true})
	require.NoError(t, err)
	require.NotEqual(t, light.At(2, 2), dark.At(2, 2))
}

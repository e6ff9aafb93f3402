package shell_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zhanggui/app/auth"
	"zhanggui/ui/kit"
	"zhanggui/ui/kit/kittest"
)

// TestExplain_FinanceLeadsToPostingsThatComeToTheFigure follows the tiles of the
// finance page and every row of its table in every grouping.
func TestExplain_FinanceLeadsToPostingsThatComeToTheFigure(t *testing.T) {
	g := window(t, traded(t), kittest.Small, registry)
	g.signIn(auth.Finance)
	follow := func(figure string, way int) kit.Explanation {
		g.open("finance")
		e := g.explain(figure)
		g.follow(way)
		return e
	}
	e := follow("finance.tile.sales", 0)
	require.Equal(t, value(t, e, ""), posted(t))
	e = follow("finance.tile.sales", 1)
	require.Equal(t, value(t, e, ""), total(t, "finance.sales", "sales"))
	e = follow("finance.tile.cost", 0)
	require.Equal(t, value(t, e, ""), -posted(t))
	e = follow("finance.tile.profit", 0)
	profit := value(t, e, "销售额") - value(t, e, "销售成本")
	require.Equal(t, profit, total(t, "finance.sales", "profit"))
	follow("finance.tile.profit", 1)
	sales := posted(t)
	follow("finance.tile.profit", 2)
	require.Equal(t, profit, sales+posted(t), "sales less cost")
	e = follow("finance.tile.receivable", 0)
	require.Equal(t, 1, records("finance.trial"))
	require.Equal(t, value(t, e, "余额"), total(t, "finance.trial", "closing"))
	g.press("Enter")
	g.settle()
	require.Equal(t, "finance.journal", g.s.Screen())
	follow("finance.tile.receivable", 1)
	require.Equal(t, value(t, e, "余额"), -posted(t))

	for _, by := range []string{"day", "channel", "sku", "shop"} {
		g.open("finance")
		g.tap("finance.sales.chip." + by)
		g.settle()
		n := records("finance.sales")
		require.Positive(t, n)
		for row := range n {
			for way, label := range []string{"销售额", "销售成本"} {
				g.open("finance")
				kit.Find("finance.sales").(*kit.Grid).SetCursor(row)
				e := g.explain("finance.sales#row")
				g.follow(way)
				sign := int64(1 - 2*way)
				require.Equal(t, value(t, e, label), sign*postedOrNone(t), "%s %s %s", by, e.Title, label)
			}
		}
	}
	g.open("finance")
	kit.Find("finance.sales").(*kit.Grid).SetCursor(0)
	e = g.explain("finance.sales#row")
	g.press("Esc", "Enter")
	g.settle()
	require.Equal(t, value(t, e, "销售额"), posted(t), "Enter on the row leads there too")
}

// TestExplain_OneChannel_LeadsToItsRowsAlone: the top bar's channel goes with the figures.
func TestExplain_OneChannel_LeadsToItsRowsAlone(t *testing.T) {
	g := window(t, traded(t), kittest.Small, registry)
	g.signIn(auth.Finance)
	g.open("finance")
	kit.Find("top.channel").(*kit.Choice).Pick("jd")
	g.settle()
	e := g.explain("finance.tile.sales")
	require.Len(t, e.Inputs, 2, "the channel and the total")
	g.follow(0)
	require.Equal(t, value(t, e, ""), posted(t))
	require.Positive(t, posted(t))
	g.open("finance")
	kit.Find("finance.sales").(*kit.Grid).SetCursor(0)
	e = g.explain("finance.sales#row")
	g.follow(0)
	require.Equal(t, value(t, e, "销售额"), posted(t))
}

// TestExplain_ChartsLeadToRecordsThatComeToTheFigure follows every card of the
// charts page, and every row behind it.
func TestExplain_ChartsLeadToRecordsThatComeToTheFigure(t *testing.T) {
	g := window(t, traded(t), kittest.Small, registry)
	g.signIn(auth.Supervisor)
	wall := func() {
		g.open("charts")
		g.press("Esc")
		g.settle()
	}
	follow := func(card string, way int) kit.Explanation {
		wall()
		e := g.explain("charts." + card)
		g.follow(way)
		return e
	}
	e := follow("trend", 1)
	require.Equal(t, value(t, e, "销售额"), total(t, "finance.sales", "sales"))
	e = follow("trend", 2)
	require.Equal(t, value(t, e, "销售额"), posted(t))
	e = follow("channels", 1)
	require.Equal(t, value(t, e, "销售额"), total(t, "finance.sales", "sales"))
	e = follow("products", 1)
	require.Equal(t, value(t, e, "件数"), total(t, "finance.sales", "units"), "by product, freight in a row of its own")
	e = follow("hours", 1)
	require.EqualValues(t, value(t, e, "合计"), records("orders.list"))
	e = follow("ontime", 1)
	require.EqualValues(t, value(t, e, "应发订单"), records("orders.list"))
	e = follow("ontime", 2)
	require.EqualValues(t, value(t, e, "应发订单")-value(t, e, "时限内发出"), records("orders.list"))
	require.Positive(t, records("orders.list"))
	e = follow("profit", 1)
	require.Equal(t, value(t, e, "毛利"), total(t, "finance.sales", "profit"))
	e = follow("value", 1)
	require.Equal(t, value(t, e, "库存金额"), total(t, "stock.list", "value"))

	for _, c := range []struct {
		card  string
		way   int
		equal func(e kit.Explanation)
	}{
		{"trend", 0, func(e kit.Explanation) { require.Equal(t, value(t, e, "销售额"), postedOrNone(t), e.Title) }},
		{"channels", 0, func(e kit.Explanation) { require.Equal(t, value(t, e, "销售额"), postedOrNone(t), e.Title) }},
		{"products", 0, func(e kit.Explanation) { require.Equal(t, value(t, e, "销售额"), postedOrNone(t), e.Title) }},
		{"hours", 0, func(e kit.Explanation) {
			require.EqualValues(t, value(t, e, "合计"), records("orders.list"), e.Title)
		}},
		{"ontime", 0, func(e kit.Explanation) {
			require.EqualValues(t, value(t, e, "应发订单"), records("orders.list"), e.Title)
		}},
		{"ontime", 1, func(e kit.Explanation) {
			require.EqualValues(t, value(t, e, "应发订单")-value(t, e, "时限内发出"), records("orders.list"), e.Title)
		}},
		{"profit", 0, func(e kit.Explanation) { require.Equal(t, value(t, e, "销售额"), postedOrNone(t), e.Title) }},
		{"value", 0, func(e kit.Explanation) {
			require.Equal(t, value(t, e, "库存金额"), total(t, "stock.list", "value"), e.Title)
		}},
	} {
		follow(c.card, 0)
		n := records("charts.rows")
		require.Positive(t, n, c.card)
		for row := range n {
			g.s.Open("charts") // its rows are still open
			g.later(time.Second)
			kit.Find("charts.rows").(*kit.Grid).SetCursor(row)
			e := g.explain("charts.rows#row")
			g.follow(c.way)
			c.equal(e)
		}
	}
}

// TestExplain_Promotion_SeesWhatItMay: figures it may see lead to the charts, never to the books.
func TestExplain_Promotion_SeesWhatItMay(t *testing.T) {
	g := window(t, traded(t), kittest.Small, registry)
	g.signIn(auth.Promotion)
	g.open("today")
	g.press("Alt+3")
	g.settle()
	want := value(t, g.explain("today.products#total"), "销售额")
	g.follow(0)
	require.Equal(t, "charts", g.s.Screen())
	require.Equal(t, want, total(t, "charts.rows", "c3"))
	e := g.explain("charts.rows#row")
	require.Equal(t, "库存", e.Ways[0].Word, "no postings: they show cost")
}

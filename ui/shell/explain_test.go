package shell_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"

	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/app/domain"
	"zhanggui/app/money"
	"zhanggui/app/when"
	"zhanggui/ui/kit"
	"zhanggui/ui/kit/kittest"
	"zhanggui/ui/shell"
)

// traded is a troubled shop that has sold for ten days: several channels, freight,
// orders sent late, unpaid ones and those that had left before they were known.
func traded(t *testing.T) *apptest.Fixture {
	t.Helper()
	f := troubled(t)
	lamp := f.SKU("LAMP", 12_900)
	f.Clock.Set(apptest.Start - 12*when.DaySpan)
	f.Stock(lamp, 200, 200*7000)
	channels := []string{"tmall", "jd", "pdd"}
	for n := range 30 {
		f.Clock.Set((apptest.Start - when.Millis(n/3+1)*when.DaySpan).Day().Start() + when.Millis(8+n%11)*when.Hour)
		o := f.Order(apptest.Line(lamp, int64(1+n%3), 12_900), apptest.Channel(channels[n%3]), apptest.Freight(money.Fen(600*(n%2))))
		f.Pass(o)
		f.Clock.Set(f.Clock.Now() + when.Millis(n%4)*17*when.Hour)
		if f.Clock.Now() > apptest.Start {
			f.Clock.Set(apptest.Start)
		}
		f.Ship(f.Reload(o))
	}
	f.Clock.Set(apptest.Start - when.DaySpan)
	f.Order(apptest.Line(lamp, 1, 12_900), apptest.Unpaid())
	f.Order(apptest.Line(lamp, 1, 12_900), func(o *domain.Order) { o.External = true })
	f.Clock.Set(apptest.Start)
	return f
}

// shown is the box that explains a figure just now.
func (g *ground) explained() *kit.Explainer {
	g.t.Helper()
	e, ok := kit.Find("explain").(*kit.Explainer)
	require.True(g.t, ok && g.s.Window().Canvas().Overlays().Top() != nil, "nothing is explained")
	return e
}

// explain asks for a figure of the screen in front, by keys alone.
func (g *ground) explain(id string) kit.Explanation {
	g.t.Helper()
	g.press("Shift+F1")
	first := g.explained().Figure()
	for g.explained().Figure() != id {
		g.press("Right")
		require.NotEqual(g.t, first, g.explained().Figure(), "%s is not among the figures", id)
	}
	return g.explained().Explanation()
}

// open opens a screen afresh and lets it read and draw.
func (g *ground) open(id string) {
	g.s.Open(id)
	g.settle()
}

// settle lets reloads come to rest. A card of the charts is read when it is drawn.
func (g *ground) settle() {
	g.later(time.Second)
	if g.s.Screen() == "charts" {
		g.s.Window().Canvas().Capture()
		g.later(time.Second)
	}
}

// follow takes a way from the figure explained.
func (g *ground) follow(n int) {
	g.press([]kit.Chord{"Enter", "2", "3"}[n])
	g.settle()
}

// value is a number of an explanation, by the label of its input; "" is the sum.
func value(t *testing.T, e kit.Explanation, label string) int64 {
	t.Helper()
	for _, in := range e.Inputs {
		if in.Label == label || label == "" && in.Sum {
			return number(t, in.Value)
		}
	}
	t.Fatalf("no %q among %+v", label, e.Inputs)
	return 0
}

// number reads a count, or an amount in fen.
func number(t *testing.T, s string) int64 {
	t.Helper()
	minus := strings.HasPrefix(s, "−")
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
	n, err := strconv.ParseInt(digits, 10, 64)
	require.NoError(t, err, s)
	if minus {
		return -n
	}
	return n
}

// total is a column of a list's total row.
func total(t *testing.T, list, column string) int64 {
	t.Helper()
	text, ok := kit.Find(list).(*kit.Grid).Total(column)
	require.True(t, ok, "%s has no total of %s", list, column)
	return number(t, text)
}

// posted is what the journal in front comes to, credits positive.
func posted(t *testing.T) int64 {
	return total(t, "finance.journal", "credit_fen") - total(t, "finance.journal", "debit_fen")
}

// TestExplain_EveryFigureOfEveryScreen: every tile, field, card, picture and total
// of every screen is among the figures that Shift+F1 explains, says what it is
// made of in both languages, and leads on or says why it does not.
func TestExplain_EveryFigureOfEveryScreen(t *testing.T) {
	f := traded(t)
	for _, language := range []string{"zh-CN", "en"} {
		for _, role := range auth.Roles {
			if language == "en" && role != auth.Supervisor && role != auth.Promotion { // between them they have every figure
				continue
			}
			g := window(t, f, kittest.Large, registry, lang(language))
			g.signIn(role)
			for _, entry := range shell.Registry {
				if !auth.Allows(f.Person(role), entry.Need) {
					continue
				}
				g.open(entry.ID)
				require.Equal(t, entry.ID, g.s.Screen())
				known := g.walk(t, entry.ID, role)
				for _, id := range figuresIn(g.s.Window().Content()) {
					require.Contains(t, known, id, "%s of %s cannot be explained", entry.ID, role)
				}
			}
			g.s.Window().Close()
		}
	}
}

// walk goes through the figures of the screen in front and gives their ids.
func (g *ground) walk(t *testing.T, screen string, role auth.Role) []string {
	t.Helper()
	var known []string
	g.press("Shift+F1")
	if g.s.Window().Canvas().Overlays().Top() == nil {
		return nil
	}
	for !slices.Contains(known, g.explained().Figure()) {
		id, e := g.explained().Figure(), g.explained().Explanation()
		known = append(known, id)
		require.NotEmpty(t, e.Title, "%s %s", role, id)
		require.NotEmpty(t, e.Formula, "%s %s", role, id)
		require.NotEmpty(t, e.At, "%s %s", role, id)
		require.True(t, len(e.Ways) > 0 || e.NoWay != "", "%s %s leads nowhere", role, id)
		_, _, seen := kit.FindRect(id)
		require.True(t, seen, "%s %s is not in the window", role, id)
		for _, text := range append([]string{e.Title, e.Value, e.Period, e.Formula, e.NoWay}, e.Notes...) {
			require.NotContains(t, text, "⟦", "%s %s", role, id)
		}
		for _, in := range e.Inputs {
			require.NotContains(t, in.Label+in.Value, "⟦", "%s %s", role, id)
			require.NotEmpty(t, in.Label, "%s %s", role, id)
		}
		g.press("Right")
	}
	g.press("Esc")
	require.Nil(t, g.s.Window().Canvas().Overlays().Top())
	require.Equal(t, screen, g.s.Screen())
	return known
}

// figuresIn are the ids of the parts of a window that show figures; a part
// without one fails the comparison with the figures known.
func figuresIn(o fyne.CanvasObject) []string {
	if o == nil || !o.Visible() {
		return nil
	}
	var list []string
	switch part := o.(type) {
	case *kit.Tile:
		list = append(list, part.Figure())
	case *kit.Breach:
		list = append(list, part.Figure())
	case *kit.ChartCard:
		list = append(list, part.Figure())
	case *kit.Chart:
		list = append(list, part.Figure())
	case *kit.Grid:
		if part.HasTotal() && part.Explained() {
			list = append(list, part.TotalFigure())
		}
	}
	switch o := o.(type) {
	case *fyne.Container:
		for _, child := range o.Objects {
			list = append(list, figuresIn(child)...)
		}
	case fyne.Widget:
		for _, child := range test.WidgetRenderer(o).Objects() {
			list = append(list, figuresIn(child)...)
		}
	}
	return list
}

// TestExplain_HomeLeadsToRowsThatComeToTheFigure follows every tile and channel
// of the home screen, for each period.
func TestExplain_HomeLeadsToRowsThatComeToTheFigure(t *testing.T) {
	f := traded(t)
	g := window(t, f, kittest.Large, registry)
	g.signIn(auth.Supervisor)
	for _, period := range []kit.Chord{"Alt+1", "Alt+2", "Alt+3"} {
		back := func() {
			g.press("Ctrl+0", period)
			g.settle()
		}
		back()
		e := g.explain("today.tile.sales")
		want := value(t, e, "")
		g.follow(0)
		require.Equal(t, "finance", g.s.Screen())
		require.Equal(t, want, sumOf(t, "finance.sales", "sales"), period)
		back()
		g.explain("today.tile.sales")
		g.follow(1)
		require.Equal(t, "charts", g.s.Screen())
		require.Equal(t, want, total(t, "charts.rows", "c1"), period)
		back()
		g.explain("today.tile.sales")
		g.follow(2)
		require.Equal(t, want, postedOrNone(t), period)

		back()
		want = value(t, g.explain("today.tile.units"), "")
		g.follow(0)
		require.Equal(t, want, sumOf(t, "finance.sales", "units"), period)
		back()
		g.explain("today.tile.units")
		g.follow(1)
		require.Equal(t, want, total(t, "charts.rows", "c2"), period)

		back()
		want = value(t, g.explain("today.tile.orders"), "")
		g.follow(0)
		require.EqualValues(t, want, records("orders.list"), period)
		back()
		e = g.explain("today.tile.average")
		orders, paid := value(t, e, "单数"), value(t, e, "实付")
		g.follow(0)
		require.EqualValues(t, orders, records("orders.list"), period)
		require.Contains(t, g.footer("orders.list"), "实付 ¥"+amountText(paid), period)

		back()
		e = g.explain("today.tile.profit")
		g.follow(0)
		require.Equal(t, value(t, e, "销售额")-value(t, e, "销售成本"), sumOf(t, "finance.sales", "profit"), period)

		back()
		e = g.explain("today.tile.on_time")
		g.follow(0)
		require.EqualValues(t, value(t, e, "到期订单"), records("orders.list"), period)
		back()
		g.explain("today.tile.on_time")
		g.follow(1)
		require.EqualValues(t, value(t, e, "到期订单")-value(t, e, "按时发完"), records("orders.list"), period)

		back()
		for row := 0; kit.Find("today.channels").(*kit.Grid).At(row) != nil; row++ {
			grid := kit.Find("today.channels").(*kit.Grid)
			grid.SetCursor(row)
			e = g.explain("today.channels#row")
			g.follow(0)
			require.EqualValues(t, value(t, e, "单数"), records("orders.list"), "%s %s", period, e.Title)
			back()
			kit.Find("today.channels").(*kit.Grid).SetCursor(row)
			g.explain("today.channels#row")
			g.follow(1)
			require.Equal(t, value(t, e, "销售额"), postedOrNone(t), "%s %s", period, e.Title)
			back()
		}
	}
	g.press("Ctrl+0")
	g.settle()
	want := number(t, g.explain("today.chart").Value)
	g.follow(0)
	require.Equal(t, want, total(t, "charts.rows", "c1"))
}

// sumOf is a total of the finance table, 0 when it has no rows.
func sumOf(t *testing.T, list, column string) int64 {
	if !kit.Find(list).(*kit.Grid).HasTotal() {
		return 0
	}
	return total(t, list, column)
}

func postedOrNone(t *testing.T) int64 {
	if records("finance.journal") == 0 {
		return 0
	}
	return posted(t)
}

// amountText is fen as an amount: 1,234.50.
func amountText(fen int64) string { return money.Fen(fen).Grouped() }

// footer is the text under a list.
func (g *ground) footer(id string) string {
	var texts []string
	var walk func(o fyne.CanvasObject)
	at, _, ok := kit.FindRect(id + ".foot")
	require.True(g.t, ok, id)
	walk = func(o fyne.CanvasObject) {
		if !o.Visible() {
			return
		}
		if l, is := o.(*kit.Label); is && fyne.CurrentApp().Driver().AbsolutePositionForObject(l).Y >= at.Y-2 {
			texts = append(texts, l.Text())
		}
		switch o := o.(type) {
		case *fyne.Container:
			for _, child := range o.Objects {
				walk(child)
			}
		case fyne.Widget:
			for _, child := range test.WidgetRenderer(o).Objects() {
				walk(child)
			}
		}
	}
	walk(g.s.Window().Content())
	return strings.Join(texts, " ")
}

package shell_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/ui/kit"
	"zhanggui/ui/kit/kittest"
)

// channels is a shop with an order on each of two channels that waits for shipping.
func channels(t *testing.T) *apptest.Fixture {
	t.Helper()
	f := apptest.New(t)
	mug := f.SKU("MUG", 1990)
	f.Stock(mug, 100, 150_000)
	f.Pass(f.Order(apptest.Line(mug, 1, 1990), apptest.Channel("jd")))
	f.Pass(f.Order(apptest.Line(mug, 1, 1990), apptest.Channel("tmall")))
	return f
}

func choice(id string) *kit.Choice { return kit.Find(id).(*kit.Choice) }

func TestTopBar_ChannelGoesFromScreenToScreen(t *testing.T) {
	g := window(t, channels(t), kittest.Large, registry)
	g.signIn(auth.Supervisor)
	require.False(t, g.seen("top.channel"), "home is of all channels")
	g.s.Open("shipping")
	require.Equal(t, 2, records("shipping.list"))

	g.press("Shift+F4", "Enter", "J") // by keys: 京东
	g.press("Enter")
	g.later(time.Second)
	require.Equal(t, "jd", choice("top.channel").Value())
	require.Equal(t, 1, records("shipping.list"))

	g.s.Open("orders")
	require.Equal(t, "jd", choice("top.channel").Value(), "the channel goes along")
	g.press("Ctrl+0")
	require.False(t, g.seen("top.channel"))
	g.s.Open("finance")
	require.Equal(t, "jd", choice("top.channel").Value())
	choice("top.channel").Pick("")
	g.later(time.Second)
	g.s.Open("shipping")
	require.Equal(t, "", choice("top.channel").Value())
	require.Equal(t, 2, records("shipping.list"))
}

func TestTopBar_ALinkSaysWhichChannelItMeans(t *testing.T) {
	g := window(t, channels(t), kittest.Large, registry)
	g.signIn(auth.Supervisor)
	g.s.Open("shipping")
	choice("top.channel").Pick("jd")
	g.later(time.Second)
	g.s.Route("shipping", kit.Aim{Chip: "open"})
	require.Equal(t, "", choice("top.channel").Value(), "the figure that was pressed counts all channels")
	require.Equal(t, 2, records("shipping.list"))
	g.s.Route("orders", kit.Aim{Chip: "all", Filter: kit.NewValues("channel", "tmall", "paid", "2026-04-23..2026-04-23")})
	require.Equal(t, "tmall", choice("top.channel").Value())
	require.Equal(t, "today", choice("top.paid").Value())
	require.Equal(t, 1, records("orders.list"))
	g.s.Open("shipping")
	require.Equal(t, "tmall", choice("top.channel").Value())
	require.Equal(t, 1, records("shipping.list"))
}

func TestTopBar_DaysStayWithTheirScreen(t *testing.T) {
	g := window(t, channels(t), kittest.Large, registry)
	g.signIn(auth.Supervisor)
	g.s.Open("finance")
	require.Equal(t, "last30", choice("top.period").Value())
	choice("top.period").Pick("own")
	kit.Find("top.period.own.from").(*kit.Entry).SetText("2026-04-20")
	kit.Find("top.period.own.to").(*kit.Entry).SetText("2026-04-01")
	g.press("Enter")
	g.later(time.Second)
	require.NotNil(t, kit.Find("top.period.own.to"), "the last day before the first is refused")
	kit.Find("top.period.own.to").(*kit.Entry).SetText("2026-04-22")
	g.press("Enter")
	g.later(time.Second)
	require.Equal(t, "now", choice("top.period").Value())
	g.s.Open("orders")
	require.Equal(t, "", choice("top.paid").Value(), "today's orders are not hidden by last month's figures")
	g.s.Open("finance")
	require.Equal(t, "now", choice("top.period").Value())
}

func TestTopBar_RememberedForThePerson(t *testing.T) {
	f := channels(t)
	g := window(t, f, kittest.Large, registry)
	g.signIn(auth.Supervisor)
	g.s.Open("shipping")
	choice("top.channel").Pick("jd")
	g.later(time.Minute)
	g.s.Window().Close()

	g = window(t, f, kittest.Large, registry)
	g.signIn(auth.Supervisor)
	g.s.Open("orders")
	require.Equal(t, "jd", choice("top.channel").Value())
}

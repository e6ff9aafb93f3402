package shell_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/app/domain"
	"zhanggui/app/orders"
	"zhanggui/app/settings"
	"zhanggui/app/stock"
	"zhanggui/app/when"
	"zhanggui/ui/kit"
	"zhanggui/ui/kit/kittest"
	"zhanggui/ui/shell"
)

// registry are the screens of the program.
func registry(_ *ground, o *shell.Options) { o.Screens = shell.Registry }

// troubled is a shop with work for everybody.
func troubled(t *testing.T) *apptest.Fixture {
	t.Helper()
	f := apptest.New(t)
	now := apptest.Start
	f.Clock.Set(now - 100*when.DaySpan)
	mug, old := f.SKU("MUG", 1990), f.SKU("OLD", 1000)
	f.Stock(mug, 100, 80_000)
	f.Stock(old, 30, 3000)
	f.Clock.Set(now - when.DaySpan)
	f.Sell(apptest.Line(mug, 2, 1990))
	f.Clock.Set(now)
	pay := func(ago when.Millis) *domain.Order {
		return f.Order(apptest.Line(mug, 1, 1990), apptest.PaidAt(now-ago))
	}
	for _, ago := range []when.Millis{2 * when.Hour, 18 * when.Hour, 19 * when.Hour, 30 * when.Hour, 45 * when.Hour, 49 * when.Hour} {
		f.Pass(pay(ago))
	}
	pay(when.Hour)
	pay(50 * when.Hour)
	pay(31 * when.Hour)
	f.Order(apptest.Line(mug, 1, 1990), apptest.Note("等我电话"))
	f.Order(apptest.Unmapped("X-1", 1, 100))
	f.Order(apptest.Line(mug, 1, 1990), apptest.COD())
	require.NoError(t, f.Orders.Hold(f.As(auth.Service), orders.HoldCmd{Order: pay(3 * when.Hour).ID, Until: now + 2*when.Hour, Reason: "等"}))
	require.NoError(t, f.Orders.Hold(f.As(auth.Service), orders.HoldCmd{Order: pay(3 * when.Hour).ID, Until: now + 30*when.Hour, Reason: "等"}))
	_, err := f.App.Stock.Receive(f.As(auth.Warehouse), stock.ReceiveCmd{SKU: old.ID, Qty: 3})
	require.NoError(t, err)
	f.SKU("EMPTY", 1000)
	free := f.SKU("FREE", 500)
	f.Clock.Set(now - when.DaySpan)
	f.Stock(free, 5, 0)
	f.Sell(apptest.Line(free, 1, 500))
	f.Clock.Set(now)
	return f
}

// records counts the rows of a list in front.
func records(id string) int {
	grid := kit.Find(id).(*kit.Grid)
	n := 0
	for grid.At(n) != nil {
		n++
	}
	return n
}

// TestHome_EveryRowLeadsToAsManyRecords: what a row counts is what the screen
// shows that Enter opens, for every post and every kind of work.
func TestHome_EveryRowLeadsToAsManyRecords(t *testing.T) {
	f := troubled(t)
	lists := map[string]string{"orders": "orders.list", "shipping": "shipping.list", "stock": "stock.list", "products": "products.list"}
	seen := map[string]bool{}
	for _, role := range auth.Roles {
		g := window(t, f, kittest.Large, registry)
		g.signIn(role)
		require.Equal(t, "today", g.s.Screen(), role)
		g.later(time.Second)
		work, err := f.Dash.Work(f.As(role))
		require.NoError(t, err)
		row := 0
		for _, item := range work.Items {
			if item.N == 0 {
				continue
			}
			g.press("Ctrl+0")
			g.later(time.Second)
			grid := kit.Find("today.work").(*kit.Grid)
			require.NotNil(t, grid.At(row), "%s %+v", role, item)
			require.True(t, strings.HasPrefix(grid.At(row).ID, string(item.Kind)), "%s: row %d is %s, not %s", role, row, grid.At(row).ID, item.Kind)
			grid.SetCursor(row)
			g.press("Enter")
			g.later(time.Second)
			row++
			at := g.s.Screen()
			require.NotEqual(t, "today", at, "%s %s leads nowhere", role, item.Kind)
			if id := lists[at]; id != "" {
				require.EqualValues(t, item.N, records(id), "%s %s %s on %s", role, item.Kind, item.Check, at)
			}
			seen[string(item.Kind)+at] = true
		}
	}
	for _, want := range []string{
		"limitorders", "targetorders", "targetshipping", "nearshipping", "missshipping", "pickshipping", "to_handshipping", "auditorders",
		"checkorders", "holdorders", "taskstock", "outproducts", "slowstock", "no_costfinance", "no_barcodeproducts",
	} {
		require.True(t, seen[want], want)
	}
}

// TestHome_StripLeadsToAsManyRecords does the same for the breaches.
func TestHome_StripLeadsToAsManyRecords(t *testing.T) {
	g := window(t, troubled(t), kittest.Large, registry)
	g.signIn(auth.Supervisor)
	for key, list := range map[string]string{
		"target": "orders.list", "limit": "orders.list", "short": "orders.list", "no_sku": "orders.list", "conflict": "orders.list", "oversold": "stock.list",
	} {
		g.press("Ctrl+0")
		g.later(time.Second)
		field := kit.Find("today.strip." + key).(*kit.Breach)
		n := field.N()
		g.s.Window().Canvas().Focus(field)
		g.press("Enter")
		g.later(time.Second)
		require.EqualValues(t, n, records(list), key)
	}
	for key, screen := range map[string]string{"import": "inbox", "backup": "settings.backup"} {
		g.press("Ctrl+0")
		g.tap("today.strip." + key)
		require.Equal(t, screen, g.s.Screen())
	}
}

func TestWaveClock_CountsDownWarnsAndGoesOnTomorrow(t *testing.T) {
	f := troubled(t)
	g := window(t, f, kittest.Large, registry)
	g.signIn(auth.Warehouse)
	require.Equal(t, "第一波 截单 11:00 还剩 0:42 待拣 6", g.text("top.wave"))
	require.Equal(t, "clock", waveIcon())

	g.later(time.Minute)
	require.Equal(t, "第一波 截单 11:00 还剩 0:41 待拣 6", g.text("top.wave"), "by itself, once a minute")

	f.Clock.Set(apptest.Start.Day().Start() + 10*when.Hour + 31*when.Minute)
	g.timers.Advance(time.Minute)
	require.Equal(t, "warn", waveIcon(), g.text("top.wave"))
	f.Clock.Set(apptest.Start.Day().Start() + 10*when.Hour + 51*when.Minute)
	g.timers.Advance(time.Minute)
	require.Equal(t, "urgent", waveIcon(), g.text("top.wave"))
	f.Clock.Set(apptest.Start.Day().Start() + 11*when.Hour)
	g.timers.Advance(time.Minute)
	require.Equal(t, "第二波 截单 16:30 还剩 5:30 待拣 6", g.text("top.wave"))
	f.Clock.Set(apptest.Start.Day().Start() + 20*when.Hour)
	g.timers.Advance(time.Minute)
	require.Equal(t, "明天第一波 截单 11:00 还剩 15:00 待拣 6", g.text("top.wave"))
}

func TestWaveClock_FollowsOrdersAndSettings(t *testing.T) {
	f := troubled(t)
	g := window(t, f, kittest.Large, registry)
	g.signIn(auth.Service)
	mug, err := f.Catalog.GetByCode(f.As(auth.Service), "MUG")
	require.NoError(t, err)
	f.Pass(f.Order(apptest.Line(mug.SKU, 1, 1990)))
	g.later(time.Second)
	require.Contains(t, g.text("top.wave"), "待拣 7", "when orders change")
	require.NoError(t, f.Settings.Set(f.As(auth.Supervisor), settings.SetCmd{Key: "ship.waves", Value: "06:00,07:00,08:00,09:00,21:00"}))
	g.later(time.Second)
	require.Contains(t, g.text("top.wave"), "第 5 波 截单 21:00", "when the settings change")
}

func TestWaveClock_OnlyForWhoSeesShipping(t *testing.T) {
	f := apptest.New(t)
	f.Grant(auth.Promotion, map[auth.Action]bool{auth.ShippingView: false})
	g := window(t, f, kittest.Small, registry, lang("en"))
	g.signIn(auth.Promotion)
	require.False(t, g.seen("top.wave"))
	g.s.Window().Close()

	g = window(t, f, kittest.Small, registry, lang("en"))
	g.signIn(auth.Finance)
	require.Equal(t, "Wave 1 closes 11:00 0:42 left 0 to pick", g.text("top.wave"))
}

func waveIcon() string { return kit.Find("top.wave").(*kit.Label).Icon() }

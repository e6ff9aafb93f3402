package shell_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"

	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/app/domain"
	"zhanggui/ui/kit"
	"zhanggui/ui/kit/kittest"
)

// busy is a shop with an order of 李明 that left and one that waits.
func busy(t *testing.T) *apptest.Fixture {
	t.Helper()
	f := apptest.New(t)
	mug := f.SKU("YSCB-01", 4900)
	f.Stock(mug, 100, 150_000)
	to := func(name, phone string) apptest.OrderOption {
		return func(o *domain.Order) {
			o.Receiver = domain.Receiver{Name: name, Phone: phone, Province: "浙江省", City: "杭州市", District: "西湖区", Address: "文三路 1 号", Country: "CN"}
		}
	}
	f.Sell(apptest.Line(mug, 2, 4900), apptest.Number("331722045581"), to("李明", "13812344417"))
	f.Order(apptest.Line(mug, 1, 4900), apptest.Number("331722049902"), to("刘敏", "13999990000"))
	return f
}

func desk(t *testing.T, role auth.Role) *ground {
	t.Helper()
	g := window(t, busy(t), kittest.Small, registry)
	g.signIn(role)
	g.press("Ctrl+2") // from home to the work
	return g
}

// has tells whether the palette shows a line.
func (g *ground) has(id string) bool {
	_, _, ok := kit.FindRect("palette#" + id)
	return ok && g.found()
}

// found tells whether the palette is open.
func (g *ground) found() bool { return g.s.Window().Canvas().Overlays().Top() != nil }

func (g *ground) search(text string) {
	g.t.Helper()
	g.press("Ctrl+K")
	g.typed(text)
}

func searchOf(list string) string { return kit.Find(list + ".search").(*kit.Entry).Text }

func TestPalette_EnterOpensTheScreenWithTheRecordFound(t *testing.T) {
	for _, c := range []struct{ typed, line, screen, list, find string }{
		{"331722045581", "order.331722045581", "orders", "orders.list", "331722045581"},
		{"9902", "order.331722049902", "orders", "orders.list", "331722049902"},
		{"lm", "person.刘敏", "orders", "orders.list", "刘敏"},
		{"李明", "person.李明", "orders", "orders.list", "李明"},
		{"yscb", "sku.YSCB-01", "stock", "stock.list", "YSCB-01"},
	} {
		g := desk(t, auth.Supervisor)
		g.search(c.typed)
		require.True(t, g.has(c.line), "%q finds %q", c.typed, c.line)
		g.press("Enter")
		require.False(t, g.found())
		require.Equal(t, c.screen, g.s.Screen(), c.typed)
		require.Equal(t, c.find, searchOf(c.list))
	}
}

func TestPalette_AParcelOpensWhereItIsSeen(t *testing.T) {
	g := desk(t, auth.Warehouse)
	hits, err := g.f.Search.Find(g.f.As(auth.Warehouse), "331722045581", 5)
	require.NoError(t, err)
	waybill := hits[0].Order.Waybill
	g.search(waybill)
	require.True(t, g.has("parcel."+waybill))
	g.press("Down", "Enter")
	require.Equal(t, "shipping", g.s.Screen())
	require.Equal(t, waybill, searchOf("shipping.list"))
	require.True(t, kit.Find("shipping.list.chip.to_hand").(*kit.Chip).Chosen())
}

func TestPalette_ScreensByWordInitialsAndMouse(t *testing.T) {
	g := desk(t, auth.Supervisor)
	for _, c := range []struct{ typed, screen string }{{"商品", "products"}, {"sp", "products"}, {"导入", "inbox"}, {"人员", "settings.staff"}} {
		g.search(c.typed)
		require.True(t, g.has("screen."+c.screen), "%q means %q", c.typed, c.screen)
		at, size, _ := kit.FindRect("palette#screen." + c.screen)
		test.TapCanvas(g.s.Window().Canvas(), at.Add(fyne.NewPos(size.Width/2, size.Height/2)))
		require.Equal(t, c.screen, g.s.Screen())
	}
	g = desk(t, auth.Warehouse)
	g.search("人员")
	require.False(t, g.has("screen.settings.staff"), "not for this post")
	g.press("Esc")
	require.False(t, g.found())
	g.tap("top.find")
	require.True(t, g.found(), "the field in the top bar is the way for the mouse")
	g.press("Ctrl+K")
	require.False(t, g.found())
}

func TestPalette_ActionsThatCanRunNow(t *testing.T) {
	g := desk(t, auth.Supervisor)
	require.Equal(t, "orders", g.s.Screen())
	g.press("Ctrl+K")
	require.True(t, g.has("action.orders.list.audit"))
	require.True(t, g.has("action.own.lock"))
	g.typed("撤销记录")
	g.press("Enter")
	require.Equal(t, "没有可以撤销的操作", g.text("status.last"))

	g.search("Ctrl+N")
	g.press("Enter")
	require.True(t, g.seen("orders.manual.ok"), "the action itself ran")
	g.press("Esc", "Ctrl+2", "Ctrl+PgDn")

	g.search("审核")
	require.False(t, g.has("action.orders.list.audit"), "that desk is not in front any more")
}

func TestPalette_OpenedLastComesFirst_PeopleAreNotKept(t *testing.T) {
	g := desk(t, auth.Supervisor)
	g.search("李明")
	g.press("Enter")
	g.search("5581")
	g.press("Enter")
	g.search("yscb")
	g.press("Enter", "Ctrl+K")
	require.True(t, g.has("recent.YSCB-01"))
	require.True(t, g.has("recent.331722045581"))
	require.False(t, g.has("recent.李明"))
	g.press("Down", "Enter")
	require.Equal(t, "orders", g.s.Screen())
	require.Equal(t, "331722045581", searchOf("orders.list"))
}

func TestGolden_Palette(t *testing.T) {
	for _, l := range kittest.Looks {
		t.Run(l.Name, func(t *testing.T) {
			g := window(t, busy(t), l.Size, as(l, registry)...)
			g.signIn(auth.Supervisor)
			g.search("5581")
			g.press("Enter", "Ctrl+K")
			g.golden("palette-empty-" + l.Name)
			g.typed("3317")
			g.golden("palette-results-" + l.Name)
			g.typed("zz")
			g.golden("palette-nothing-" + l.Name)
		})
	}
}

package home

import (
	"strconv"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/app/catalog"
	"zhanggui/app/domain"
	"zhanggui/app/money"
	"zhanggui/app/orders"
	"zhanggui/app/stock"
	"zhanggui/app/when"
	"zhanggui/ui/kit/kittest"
	"zhanggui/ui/theme"
)

// desk is the home of a post in a window.
type desk struct {
	*kittest.Env
	page *screen
}

func sit(t testing.TB, f *apptest.Fixture, role auth.Role, mode theme.Mode, english bool, size fyne.Size) *desk {
	t.Helper()
	env := kittest.New(t, mode)
	if english {
		env.English()
	}
	env.Actor, env.Bus, env.Env.Clock = f.Person(role), f.Engine.Bus(), f.Clock
	d := &desk{Env: env}
	d.page = New(env.Env, f.App).(*screen)
	env.Sit(d.page, kittest.TopBar, size)
	d.settle()
	return d
}

func at(t testing.TB, f *apptest.Fixture, role auth.Role) *desk {
	t.Helper()
	return sit(t, f, role, kittest.Light, false, kittest.Large)
}

// settle lets reloads and the picture come to rest. A picture is asked for while
// drawing, so the window is drawn once before.
func (d *desk) settle() {
	d.Timers.Advance(time.Second)
	d.Window.Canvas().Capture()
	d.Timers.Advance(time.Second)
}

var goods = []struct {
	code, title, spec string
	price, cost       money.Fen
}{
	{"BWB-750K", "保温杯 750ml", "墨黑", 9900, 4200},
	{"YSCB-01", "雨伞 长柄", "藏青", 5490, 2300},
	{"SNX-60", "收纳箱 60L", "透明", 9490, 5800},
	{"MJ-3", "纯棉毛巾", "三条装", 3990, 1600},
}

var channels = []string{"tmall", "jd", "tmall", "pdd", "douyin", "tmall", "jd", "wechat"}

// busy is a shop with two months of sales and work for everybody.
func busy(t testing.TB) *apptest.Fixture {
	t.Helper()
	f := apptest.New(t)
	f.Clock.Set(apptest.Start - 62*when.DaySpan)
	ctx := f.As(auth.Supervisor)
	var skus []domain.SKU
	for _, g := range goods {
		product, err := f.Catalog.SaveProduct(ctx, catalog.SaveProductCmd{Code: "P-" + g.code, Title: g.title, Category: "家居"})
		require.NoError(t, err)
		id, err := f.Catalog.SaveSKU(ctx, catalog.SaveSKUCmd{Product: product, Code: g.code, Spec: g.spec, PriceFen: g.price})
		require.NoError(t, err)
		card, err := f.Catalog.Get(ctx, id)
		require.NoError(t, err)
		skus = append(skus, card.SKU)
		f.Stock(card.SKU, 900, g.cost*900)
	}
	n := 0
	sell := func(ago, i int, qty int64) {
		n++
		f.Clock.Set(apptest.Start - when.Millis(ago)*when.DaySpan)
		f.Sell(apptest.Line(skus[i%3], qty, goods[i%3].price), apptest.Channel(channels[n%len(channels)]),
			apptest.Number(strconv.Itoa(6928_4410_7731_2056+n*7919)), apptest.Freight(600))
	}
	for ago := 60; ago > 0; ago-- {
		sell(ago, ago, int64(4+(ago*ago)%9+(60-ago)/10))
	}
	for i, ago := range []int{8, 8, 2, 2, 2, 1, 1, 1, 1, 1} {
		sell(ago, i, int64(3+i%4))
	}
	wait(t, f, skus)
	return f
}

// wait leaves orders in every kind of trouble.
func wait(t testing.TB, f *apptest.Fixture, skus []domain.SKU) {
	t.Helper()
	now := apptest.Start
	f.Clock.Set(now)
	for i, ago := range []when.Millis{2 * when.Hour, 7 * when.Hour, 19 * when.Hour, 26 * when.Hour, 45 * when.Hour, 50 * when.Hour} {
		o := f.Order(apptest.Line(skus[i%4], 1, 5000), apptest.PaidAt(now-ago), apptest.Channel(channels[i]))
		f.Pass(o)
	}
	for i, ago := range []when.Millis{when.Hour, 30 * when.Hour, 49 * when.Hour} {
		f.Order(apptest.Line(skus[i], 1, 5000), apptest.PaidAt(now-ago), apptest.Channel(channels[i+2]))
	}
	f.Order(apptest.Line(skus[0], 1, 9900), apptest.Note("包装好一点"))
	f.Order(apptest.Unmapped("OLD-77", 1, 2000), apptest.Channel("jd"))
	f.Order(apptest.Line(skus[1], 2, 5490), apptest.COD())
	held := f.Order(apptest.Line(skus[2], 1, 9490))
	err := f.Orders.Hold(f.As(auth.Service), orders.HoldCmd{Order: held.ID, Until: now + 5*when.Hour, Reason: "买家要求晚发"})
	require.NoError(t, err)
	out := f.SKU("KC-9", 1990)
	_, err = f.App.Stock.Receive(f.As(auth.Warehouse), stock.ReceiveCmd{SKU: out.ID, Qty: 0 + 3})
	require.NoError(t, err)
	empty := f.SKU("QH-1", 2990)
	f.Order(apptest.Line(empty, 1, 2990), apptest.PaidAt(now-3*when.Hour))
	f.Ship(passed(f, skus[3]))
}

func passed(f *apptest.Fixture, sku domain.SKU) *domain.Order {
	o := f.Order(apptest.Line(sku, 1, 3990))
	f.Pass(o)
	return f.Reload(o)
}

// quiet is a shop that has just begun.
func quiet(t testing.TB) *apptest.Fixture {
	t.Helper()
	return apptest.New(t)
}

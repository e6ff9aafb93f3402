package finance

import (
	"strconv"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"zhanggui/app"
	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/app/catalog"
	"zhanggui/app/domain"
	"zhanggui/app/money"
	"zhanggui/app/stock"
	"zhanggui/app/when"
	"zhanggui/ui/kit"
	"zhanggui/ui/kit/kittest"
	"zhanggui/ui/theme"
)

// desk is a page of the finance area in a window.
type desk struct {
	*kittest.Env
	page kit.Screen
}

// sit opens a page for a post, inside a frame as large as the shell's.
func sit(t testing.TB, f *apptest.Fixture, make func(kit.Env, *app.App) kit.Screen, role auth.Role, mode theme.Mode, english bool, size fyne.Size) *desk {
	t.Helper()
	env := kittest.New(t, mode)
	if english {
		env.English()
	}
	env.Actor, env.Bus = f.Person(role), f.Engine.Bus()
	d := &desk{Env: env, page: make(env.Env, f.App)}
	env.Sit(d.page, kittest.TopAndTabs, size)
	d.settle()
	return d
}

// settle lets reloads, the pane and the picture come to rest. A picture is asked
// for while drawing, so the window is drawn once before.
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

// sold is a shop with two months of sales; pages only read it, so tests share one.
func sold(t testing.TB) *apptest.Fixture {
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
		f.Stock(card.SKU, 500, g.cost*500)
	}
	for n := range 58 {
		f.Clock.Set(apptest.Start - when.Millis(60-n)*when.DaySpan)
		i := (n * 7) % len(skus)
		qty := int64(4 + (n*n)%9 + n/12)
		f.Sell(apptest.Line(skus[i], qty, goods[i].price), apptest.Channel(channels[n%len(channels)]),
			apptest.Number(strconv.Itoa(6928_4410_7731_2056+n*7919)), apptest.Freight(600))
	}
	f.Clock.Set(apptest.Start - 2*when.Hour)
	_, err := f.App.Stock.Adjust(f.As(auth.Finance), stock.AdjustCmd{SKU: skus[1].ID, Delta: -1, Reason: stock.AdjustDamage})
	require.NoError(t, err)
	f.Clock.Set(apptest.Start)
	return f
}

// quiet is a shop without sales.
func quiet(t testing.TB) *apptest.Fixture {
	t.Helper()
	return apptest.New(t)
}

package charts

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
	"zhanggui/app/when"
	"zhanggui/ui/kit"
	"zhanggui/ui/kit/kittest"
	"zhanggui/ui/theme"
)

// desk is the charts page in a window.
type desk struct {
	*kittest.Env
	page kit.Screen
}

// sit opens the page for a post, inside a frame as large as the shell's.
func sit(t testing.TB, f *apptest.Fixture, role auth.Role, mode theme.Mode, english bool, size fyne.Size) *desk {
	t.Helper()
	env := kittest.New(t, mode)
	if english {
		env.English()
	}
	env.Actor, env.Bus = f.Person(role), f.Engine.Bus()
	d := &desk{Env: env, page: New(env.Env, f.App)}
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
	{"MJ-3", "纯棉毛巾 家庭装", "三条装", 3990, 1600},
	{"CZ-8", "抽纸 量贩装 8 提", "原木", 3290, 2100},
	{"YJ-12", "晾衣架 防滑", "12 只", 1990, 800},
	{"TD-LED", "护眼台灯 三档调光", "白", 12900, 7000},
	{"BZ-2", "枕头 记忆棉", "一对", 15900, 8200},
	{"DX-5", "电线收纳 魔术贴", "5 米", 890, 260},
	{"GZ-30", "挂钩 无痕", "30 只", 1290, 380},
	{"XSP-S", "洗漱包 旅行", "灰", 2990, 1250},
	{"HP-6", "花盆 陶瓷", "6 寸", 2590, 1180},
}

var channels = []string{"tmall", "jd", "tmall", "pdd", "douyin", "tmall", "jd", "wechat"}

// sold is a shop with two months of sales, and one month a year before them;
// the page only reads it.
func sold(t testing.TB) *apptest.Fixture {
	t.Helper()
	f := apptest.New(t)
	day := func(back int, hour when.Millis) {
		f.Clock.Set((apptest.Start - when.Millis(back)*when.DaySpan).Day().Start() + hour*when.Hour)
	}
	day(400, 9)
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
	order := func(n, i int) *domain.Order {
		qty := int64(2 + (n*n)%5 + n/30)
		o := f.Order(apptest.Line(skus[i], qty, goods[i].price), apptest.Channel(channels[n%len(channels)]),
			apptest.Number(strconv.Itoa(6928_4410_7731_2056+n*7919)), apptest.Freight(600))
		f.Pass(o)
		return o
	}
	for n := range 30 {
		day(394-n, 11)
		f.Ship(order(n+200, n%5))
	}
	for n := range 116 {
		day(60-n/2, 8+when.Millis(n*7%15))
		o := order(n, (n%5)*(n%3)+n%2)
		if n%14 == 1 { // past the target, and one in two past the limit
			f.Clock.Set(f.Clock.Now() + (30+when.Millis(n%4)*10)*when.Hour)
		}
		f.Ship(o)
	}
	f.Clock.Set(apptest.Start)
	return f
}

// quiet is a shop without sales.
func quiet(t testing.TB) *apptest.Fixture {
	t.Helper()
	return apptest.New(t)
}

package products

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/app/catalog"
	"zhanggui/app/domain"
	"zhanggui/app/ids"
	"zhanggui/app/money"
	"zhanggui/ui/kit"
	"zhanggui/ui/kit/kittest"
	"zhanggui/ui/theme"
)

// desk is the product screen in a window on a shop of its own.
type desk struct {
	*kittest.Env
	f *apptest.Fixture
	s *screen
}

// sit opens the screen for a post on a shop, inside a frame as large as the shell's.
func sit(t testing.TB, f *apptest.Fixture, role auth.Role, mode theme.Mode, english bool, size fyne.Size) *desk {
	t.Helper()
	env := kittest.New(t, mode)
	if english {
		env.English()
	}
	env.Actor, env.Bus = f.Person(role), f.Engine.Bus()
	d := &desk{Env: env, f: f}
	d.s = New(env.Env, f.App).(*screen)
	env.Sit(d.s, kittest.TopAndTabs, size)
	d.settle()
	return d
}

func promotion(t testing.TB, f *apptest.Fixture) *desk {
	t.Helper()
	return sit(t, f, auth.Promotion, kittest.Light, false, kittest.Large)
}

func (d *desk) settle() { d.Timers.Advance(time.Second) }

func (d *desk) keys(chords ...kit.Chord) {
	d.Press(chords...)
	d.settle()
}

func (d *desk) open() bool { return d.Window.Canvas().Overlays().Top() != nil }

func (d *desk) entry(id string) *kit.Entry {
	d.T.Helper()
	e, ok := kit.Find("products.form." + id).(*kit.Entry)
	require.True(d.T, ok, id)
	return e
}

func (d *desk) fill(id, text string) {
	d.T.Helper()
	d.entry(id).SetText(text)
}

func (d *desk) save() {
	d.Tap("products.form.ok")
	d.settle()
}

func (d *desk) card(code string) catalog.Card {
	d.T.Helper()
	c, err := d.f.Catalog.GetByCode(d.f.As(auth.Supervisor), code)
	require.NoError(d.T, err)
	return c
}

func bars(codes ...string) (list []domain.Barcode) {
	for i, c := range codes {
		n := int64(1)
		if i > 0 {
			n = 6
		}
		list = append(list, domain.Barcode{Code: c, PackQty: n})
	}
	return list
}

// product makes a product once and gives its id.
func product(t testing.TB, f *apptest.Fixture, made map[string]ids.ProductID, code, title, category string) ids.ProductID {
	t.Helper()
	if id, ok := made[code]; ok {
		return id
	}
	id, err := f.Catalog.SaveProduct(f.As(auth.Supervisor), catalog.SaveProductCmd{Code: code, Title: title, Brand: "整日", Category: category})
	require.NoError(t, err)
	made[code] = id
	return id
}

// shop is a shop with products in every state.
func shop(t testing.TB) *apptest.Fixture {
	t.Helper()
	f := apptest.New(t)
	ctx := f.As(auth.Supervisor)
	var parts []domain.KitPart
	made := map[string]ids.ProductID{}
	for _, g := range []struct {
		product, code, title, spec, category, bin string
		price                                     money.Fen
		weight                                    int64
		barcodes                                  []domain.Barcode
		off                                       bool
		stock                                     int64
	}{
		{"YSCB", "YSCB-01", "雨伞 长柄", "藏青", "雨具", "A-03-12", 4990, 480, bars("6901234567892", "16901234567899"), false, 128},
		{"YSCB", "YSCB-02", "雨伞 长柄", "墨绿", "雨具", "A-03-13", 4990, 480, bars("6901234567915"), false, 36},
		{"BWB", "BWB-500W", "保温杯 500ml", "米白", "水杯", "B-01-4", 7900, 310, bars("6901234567908"), false, 0},
		{"BWB7", "BWB-750K", "保温杯 750ml", "墨黑", "水杯", "B-01-9", 9900, 420, bars("6901234567922"), false, 57},
		{"SNX", "SNX-36", "收纳箱", "36L 透明", "收纳", "C-02-1", 4500, 1450, nil, false, 40},
		{"SNX", "SNX-60", "收纳箱", "60L 透明", "收纳", "C-02-3", 9490, 2100, nil, false, 22},
		{"MJ", "MJ-3", "纯棉毛巾", "三条装", "家纺", "B-04-11", 3990, 280, bars("6901234567946"), false, 388},
		{"YG", "YG-12", "防滑衣架", "12 只", "清洁", "C-05-2", 2990, 560, bars("6901234567953"), false, 204},
		{"MFG", "MFG-3", "密封罐", "三件套", "厨房", "D-02-3", 6370, 0, bars("6901234567960"), false, 18},
		{"XYD", "XYD-5", "洗衣袋 五件套", "标准", "清洁", "C-05-4", 1990, 150, nil, true, 3},
	} {
		id := product(t, f, made, g.product, g.title, g.category)
		sku, err := f.Catalog.SaveSKU(ctx, catalog.SaveSKUCmd{
			Product: id, Code: g.code, Spec: g.spec, PriceFen: g.price, WeightG: g.weight, Bin: g.bin, Barcodes: g.barcodes, Disabled: g.off,
		})
		require.NoError(t, err)
		if g.stock > 0 {
			f.Stock(domain.SKU{ID: sku}, g.stock, g.price*money.Fen(g.stock)/2)
		}
		if len(parts) < 2 {
			parts = append(parts, domain.KitPart{SKU: sku, Qty: int64(1 + len(parts))})
		}
	}
	id := product(t, f, made, "SET", "雨伞礼盒", "雨具")
	set, err := f.Catalog.SaveSKU(ctx, catalog.SaveSKUCmd{Product: id, Code: "SET-YS", Spec: "三把装", PriceFen: 13900, Bin: "A-03-20", Parts: parts})
	require.NoError(t, err)
	require.NoError(t, f.Catalog.MapCode(ctx, catalog.MapCodeCmd{Channel: "jd", Code: "100123456789", SKU: set, Qty: 1}))
	require.NoError(t, f.Catalog.MapCode(ctx, catalog.MapCodeCmd{Channel: "pdd", Code: "YSLH-3", SKU: set, Qty: 2}))
	return f
}

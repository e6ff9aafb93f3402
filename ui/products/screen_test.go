package products

import (
	"os"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/app/catalog"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
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

func sit(t testing.TB, f *apptest.Fixture, role auth.Role, mode theme.Mode, english bool, size fyne.Size) *desk {
	t.Helper()
	env := kittest.New(t, mode)
	if english {
		env.English()
	}
	env.Actor, env.Bus = f.Person(role), f.Engine.Bus()
	d := &desk{Env: env, f: f, s: New(env.Env, f.App).(*screen)}
	bar := func(w, h float32) fyne.CanvasObject { return kit.Fixed(w, h, kit.NewBackground()) }
	env.Show(kit.Edges(bar(0, 48), bar(0, 24), bar(64, 0), nil, d.s.Build()), size)
	watch := kit.Watch(env.Env, d.s)
	t.Cleanup(func() { watch.Close(); d.s.Close() })
	d.s.Shown()
	watch.Show()
	d.settle()
	return d
}

func fen(n int64) money.Fen { return money.Fen(n) }

func (d *desk) settle() { d.Timers.Advance(time.Second) }

func (d *desk) set(id, text string) {
	d.T.Helper()
	e, ok := kit.Find(id).(*kit.Entry)
	require.True(d.T, ok, id)
	e.SetText(text)
}

// goods fills a shop with a few products in every state.
func goods(t testing.TB) *apptest.Fixture {
	t.Helper()
	f := apptest.New(t)
	ctx := f.As(auth.Supervisor)
	var parts []domain.KitPart
	for _, g := range []struct {
		code, title, spec, category, bin string
		price                            int64
		barcodes                         []domain.Barcode
		off                              bool
		stock                            int64
	}{
		{"YSCB-01", "雨伞 长柄", "藏青", "雨具", "A-03-12", 4990, []domain.Barcode{{Code: "6901234567892", PackQty: 1}, {Code: "16901234567899", PackQty: 6}}, false, 128},
		{"BWB-750K", "保温杯 750ml", "墨黑", "水杯", "B-01-9", 9900, []domain.Barcode{{Code: "6901234567908", PackQty: 1}}, false, 0},
		{"SNX-36", "收纳箱 36L", "透明", "收纳", "C-02-1", 4500, nil, false, 40},
		{"XYD-5", "洗衣袋 五件套", "标准", "清洁", "C-05-2", 1990, nil, true, 3},
	} {
		p, err := f.Catalog.SaveProduct(ctx, catalog.SaveProductCmd{Code: "P-" + g.code, Title: g.title, Brand: "整日", Category: g.category})
		require.NoError(t, err)
		id, err := f.Catalog.SaveSKU(ctx, catalog.SaveSKUCmd{
			Product: p, Code: g.code, Spec: g.spec, PriceFen: fen(g.price), WeightG: 420, Bin: g.bin, Barcodes: g.barcodes, Disabled: g.off,
		})
		require.NoError(t, err)
		if g.stock > 0 {
			f.Stock(domain.SKU{ID: id}, g.stock, 100_00)
		}
		if len(parts) < 2 {
			parts = append(parts, domain.KitPart{SKU: id, Qty: int64(len(parts) + 1)})
		}
	}
	p, err := f.Catalog.SaveProduct(ctx, catalog.SaveProductCmd{Code: "KIT-RAIN", Title: "雨天套装"})
	require.NoError(t, err)
	_, err = f.Catalog.SaveSKU(ctx, catalog.SaveSKUCmd{Product: p, Code: "KIT-RAIN", Spec: "伞＋杯", PriceFen: 12900, Parts: parts})
	require.NoError(t, err)
	return f
}

func TestProducts_Golden(t *testing.T) {
	f := goods(t)
	for name, look := range map[string]struct {
		mode    theme.Mode
		english bool
		size    fyne.Size
	}{
		"zh-light-1280": {kittest.Light, false, kittest.Small}, "zh-dark-1440": {kittest.Dark, false, kittest.Large},
		"en-light-1440": {kittest.Light, true, kittest.Large}, "en-dark-1280": {kittest.Dark, true, kittest.Small},
	} {
		t.Run(name, func(t *testing.T) {
			sit(t, f, auth.Promotion, look.mode, look.english, look.size).Golden("products-" + name)
		})
	}
	t.Run("empty", func(t *testing.T) {
		sit(t, apptest.New(t), auth.Promotion, kittest.Light, false, kittest.Small).Golden("products-empty")
	})
	t.Run("form", func(t *testing.T) {
		d := sit(t, f, auth.Promotion, kittest.Light, false, kittest.Small)
		d.s.list.Grid().SetCursor(0)
		d.settle()
		d.Press("F2")
		d.Golden("form-zh-light-1280")
	})
}

func TestEdit_SavesProductSKUAndKit(t *testing.T) {
	d := sit(t, goods(t), auth.Promotion, kittest.Light, false, kittest.Small)

	d.Press("F9")
	for field, text := range map[string]string{
		"code": "KIT-2", "title": "双人雨具", "spec": "两把", "price": "88", "barcodes": "6909999999999, 16909999999996×6", "parts": "YSCB-01×2",
	} {
		d.set("sku.form."+field, text)
	}
	d.Press("Enter")
	d.settle()

	card, err := d.f.Catalog.GetByCode(d.f.As(auth.Promotion), "KIT-2")
	require.NoError(t, err)
	require.Equal(t, "双人雨具", card.Product.Title)
	require.True(t, card.SKU.Kit)
	require.Equal(t, int64(2), card.SKU.Parts[0].Qty)
	require.Len(t, card.SKU.Barcodes, 2)
	require.Equal(t, fen(8800), card.SKU.PriceFen)
}

func TestEdit_OddList_FaultUnderItsField(t *testing.T) {
	_, err := parseCounted("690×0", "barcodes")
	require.Equal(t, map[string]string{"barcodes": "fault.products.list"}, fault.From(err).Fields)
	list, err := parseCounted("A, B*3、C x 2\nD", "parts")
	require.NoError(t, err)
	require.Equal(t, []counted{{"A", 1}, {"B", 3}, {"C", 2}, {"D", 1}}, list)
}

func TestRights_WarehouseLooksOnly(t *testing.T) {
	d := sit(t, goods(t), auth.Warehouse, kittest.Light, false, kittest.Small)

	d.Press("F9")

	require.Nil(t, d.Window.Canvas().Overlays().Top())
}

func TestTemplate_WritesAFileToFillIn(t *testing.T) {
	d := sit(t, goods(t), auth.Promotion, kittest.Light, false, kittest.Small)
	path := t.TempDir() + "/t.xlsx"

	d.s.writeTemplate(path)

	info, err := os.Stat(path)
	require.NoError(t, err)
	require.NotZero(t, info.Size())
}

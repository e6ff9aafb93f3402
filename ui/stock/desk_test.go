package stock

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/app/catalog"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/money"
	"zhanggui/app/stock"
	"zhanggui/app/when"
	"zhanggui/ui/kit"
	"zhanggui/ui/kit/kittest"
	"zhanggui/ui/theme"
)

// desk is the stock screen in a window on a shop of its own.
type desk struct {
	*kittest.Env
	s *screen
}

// sit opens the screen for a post, inside a frame as large as the shell's.
func sit(t testing.TB, f *apptest.Fixture, role auth.Role, mode theme.Mode, english bool, size fyne.Size) *desk {
	t.Helper()
	env := kittest.New(t, mode)
	if english {
		env.English()
	}
	env.Actor, env.Bus = f.Person(role), f.Engine.Bus()
	d := &desk{Env: env, s: New(env.Env, f.App).(*screen)}
	env.Sit(d.s, kittest.TopBar, size)
	d.settle()
	return d
}

// settle lets reloads and the pane come to rest.
func (d *desk) settle() { d.Timers.Advance(time.Second) }

// cursor puts the cursor on a SKU.
func (d *desk) cursor(code string) {
	d.T.Helper()
	for i := range d.s.list.Total() {
		d.s.list.Grid().SetCursor(i)
		if r, ok := d.s.list.Current(); ok && r.SKU == code {
			d.settle()
			return
		}
	}
	require.Fail(d.T, "no SKU "+code)
}

func (d *desk) set(id, text string) {
	d.T.Helper()
	e, ok := kit.Find(id).(*kit.Entry)
	require.True(d.T, ok, id)
	e.SetText(text)
}

// open tells whether a dialog is open.
func (d *desk) open() bool { return d.Window.Canvas().Overlays().Top() != nil }

// shop is a warehouse with goods in every state.
type shop struct {
	*apptest.Fixture
	skus map[string]domain.SKU
}

var goods = []struct {
	code, title, spec, bin string
	price, cost            money.Fen
	qty                    int64
}{
	{"BWB-500W", "保温杯 500ml", "米白", "B-01-4", 7900, 3100, 38},
	{"BWB-750K", "保温杯 750ml", "墨黑", "B-01-9", 9900, 4200, 188},
	{"CJ-1", "厨房剪刀", "不锈钢", "D-02-10", 2590, 900, 210},
	{"DD-46", "防滑地垫", "40×60", "D-01-2", 3200, 1250, 49},
	{"MFG-3", "密封罐", "三件套", "D-02-3", 6370, 2700, 68},
	{"MJ-3", "纯棉毛巾", "三条装", "B-04-11", 3990, 1600, 36},
	{"SNX-36", "收纳箱 36L", "透明", "C-02-1", 4500, 1900, 22},
	{"SNX-60", "收纳箱 60L", "透明", "C-02-3", 9490, 3800, 96},
	{"XYD-5", "洗衣袋", "五件套", "C-05-8", 1990, 620, 2},
	{"YG-12", "防滑衣架", "12 只", "C-05-2", 2990, 1100, 104},
	{"YSCB-01", "雨伞 长柄", "藏青", "A-03-12", 5490, 2300, 45},
	{"YSCB-02", "雨伞 长柄", "墨绿", "A-03-14", 5490, 2300, 236},
	{"YSZD-01", "三折自动伞", "黑", "A-03-8", 4990, 2050, 118},
	{"ZD-45", "棉麻坐垫 45cm", "灰", "D-01-7", 3200, 1400, 18},
}

func fill(t testing.TB) *shop {
	t.Helper()
	s := &shop{Fixture: apptest.New(t), skus: map[string]domain.SKU{}}
	s.Clock.Advance(-3 * when.DaySpan)
	for _, g := range goods {
		s.skus[g.code] = s.article(g.code, g.title, g.spec, g.bin, g.price)
		s.Stock(s.skus[g.code], g.qty, g.cost*money.Fen(g.qty))
	}
	ctx := s.As(auth.Supervisor)
	product, err := s.Catalog.SaveProduct(ctx, catalog.SaveProductCmd{Code: "P-LH-1", Title: "浴室礼盒", Category: "家居"})
	require.NoError(t, err)
	_, err = s.Catalog.SaveSKU(ctx, catalog.SaveSKUCmd{
		Product: product, Code: "LH-1", Spec: "两件", PriceFen: 6900, Bin: "E-01-1",
		Parts: []domain.KitPart{{SKU: s.skus["MJ-3"].ID, Qty: 1}, {SKU: s.skus["XYD-5"].ID, Qty: 1}},
	})
	require.NoError(t, err)
	s.Clock.Advance(when.DaySpan)
	s.Sell(apptest.Line(s.skus["YSCB-01"], 11, 5490), apptest.Number("6928441077312056"))
	s.adjust("YSCB-01", -1, stock.AdjustDamage, "伞骨断")
	s.Clock.Advance(2 * when.DaySpan)
	s.Pass(s.Order(apptest.Line(s.skus["BWB-500W"], 38, 7900)))
	s.Pass(s.Order(apptest.Line(s.skus["YSCB-01"], 15, 5490), apptest.Line(s.skus["SNX-36"], 11, 4500)))
	s.Sell(apptest.Line(s.skus["YSCB-01"], 3, 5490))
	s.adjust("XYD-5", -4, stock.AdjustCount, "")
	return s
}

func (s *shop) article(code, title, spec, bin string, price money.Fen) domain.SKU {
	s.T.Helper()
	ctx := s.As(auth.Supervisor)
	product, err := s.Catalog.SaveProduct(ctx, catalog.SaveProductCmd{Code: "P-" + code, Title: title, Category: "家居"})
	require.NoError(s.T, err)
	id, err := s.Catalog.SaveSKU(ctx, catalog.SaveSKUCmd{
		Product: product, Code: code, Spec: spec, PriceFen: price, Bin: bin,
		Barcodes: []domain.Barcode{{Code: "69" + code, PackQty: 1}, {Code: "BOX" + code, PackQty: 12}},
	})
	require.NoError(s.T, err)
	card, err := s.Catalog.Get(ctx, id)
	require.NoError(s.T, err)
	card.SKU.Title = title
	return card.SKU
}

func (s *shop) adjust(code string, delta int64, reason stock.AdjustReason, note string) {
	s.T.Helper()
	_, err := s.App.Stock.Adjust(s.As(auth.Finance), stock.AdjustCmd{SKU: s.skus[code].ID, Delta: delta, Reason: reason, Note: note})
	require.NoError(s.T, err)
}

func (s *shop) level(code string) domain.Level {
	s.T.Helper()
	l, err := s.App.Stock.Level(s.As(auth.Supervisor), s.skus[code].ID)
	require.NoError(s.T, err)
	return l
}

// last is the newest move of a SKU.
func (s *shop) last(code string) core.MoveRow {
	s.T.Helper()
	page, err := s.App.Stock.Moves(s.As(auth.Supervisor), core.Query{Conds: []core.Cond{{Field: "sku", Op: "=", Value: code}}})
	require.NoError(s.T, err)
	return page.Rows[0]
}

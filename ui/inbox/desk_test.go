package inbox

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/app/catalog"
	"zhanggui/app/ingest/sample"
	"zhanggui/app/money"
	"zhanggui/app/when"
	"zhanggui/ui/kit"
	"zhanggui/ui/kit/kittest"
	"zhanggui/ui/theme"
)

// desk is the inbox in a window on a shop of its own.
type desk struct {
	*kittest.Env
	f   *apptest.Fixture
	s   *screen
	dir string
}

// sit opens the inbox for a post on a shop, inside a frame as large as the shell's.
func sit(t testing.TB, f *apptest.Fixture, role auth.Role, mode theme.Mode, english bool, size fyne.Size) *desk {
	t.Helper()
	env := kittest.New(t, mode)
	if english {
		env.English()
	}
	env.Actor = f.Person(role)
	env.Bus = f.Engine.Bus()
	d := &desk{Env: env, f: f, dir: t.TempDir()}
	d.s = New(env.Env, f.App).(*screen)
	env.Sit(d.s, kittest.TopBar, size)
	d.settle()
	return d
}

func service(t testing.TB, f *apptest.Fixture) *desk {
	t.Helper()
	return sit(t, f, auth.Service, kittest.Light, false, kittest.Large)
}

func (d *desk) settle() { d.Timers.Advance(time.Second) }

func (d *desk) keys(chords ...kit.Chord) {
	d.Press(chords...)
	d.settle()
}

func (d *desk) open() bool { return d.Window.Canvas().Overlays().Top() != nil }

func (d *desk) button(id string) *kit.Button {
	b, _ := kit.Find("import." + id).(*kit.Button)
	return b
}

// drop drops files on the inbox.
func (d *desk) drop(paths ...string) {
	d.s.AddFiles(paths)
	d.settle()
}

// write writes a file of text.
func (d *desk) write(name, text string) string {
	d.T.Helper()
	path := filepath.Join(d.dir, name)
	require.NoError(d.T, os.WriteFile(path, []byte(text), 0o600))
	return path
}

// sample writes orders as a platform exports them.
func (d *desk) sample(name, layout string, list []sample.Order) string {
	d.T.Helper()
	path := filepath.Join(d.dir, name)
	w, err := os.Create(path)
	require.NoError(d.T, err)
	require.NoError(d.T, sample.Write(layout, list, w))
	require.NoError(d.T, w.Close())
	return path
}

// good is one article of the test shop.
type good struct {
	code, title, spec string
	price             money.Fen
}

var goods = []good{
	{"BWB-750K", "保温杯 750ml", "墨黑", 9900},
	{"YSCB-01", "雨伞 长柄", "藏青", 5490},
	{"SNX-60", "收纳箱 60L", "透明", 9490},
	{"MJ-3", "纯棉毛巾", "三条装", 3990},
	{"YG-12", "防滑衣架", "12 只", 2990},
	{"MFG-3", "密封罐", "三件套", 6370},
}

var buyers = []string{"沈云飞", "郭芳", "罗一鸣", "陈露", "何小满", "唐宁", "邓超然", "许诺"}

// batch makes n paid orders of a day, the first with number from.
func batch(from int64, n int) []sample.Order {
	var list []sample.Order
	for i := range n {
		at := when.At(2026, 4, 22, 9, 30, 0) + when.Millis(i)*37*when.Minute
		g := goods[i%len(goods)]
		o := sample.Order{
			Number: strconv.FormatInt(from+int64(i)*7919, 10), State: sample.Paid, Shop: "山海家居旗舰店", Buyer: "buyer" + strconv.Itoa(i),
			Receiver: buyers[i%len(buyers)], Phone: "138" + strconv.Itoa(10_004_417+i*313), Province: "浙江省", City: "杭州市", District: "西湖区",
			Address: "文三路 " + strconv.Itoa(100+i) + " 号", CreatedAt: at, PaidAt: at + 2*when.Minute, FreightFen: money.Fen(i%3) * 600,
			Lines: []sample.Line{{Code: g.code, Title: g.title, Spec: g.spec, Qty: int64(1 + i%3), UnitFen: g.price}},
		}
		if i%5 == 1 {
			h := goods[(i+2)%len(goods)]
			o.Lines = append(o.Lines, sample.Line{Code: h.code, Title: h.title, Spec: h.spec, Qty: 1, UnitFen: h.price})
		}
		if i%6 == 4 {
			o.State = sample.Unpaid
			o.PaidAt = 0
		}
		list = append(list, o)
	}
	return list
}

// shop is a fixture whose catalogue knows the goods.
func shop(t testing.TB) *apptest.Fixture {
	t.Helper()
	f := apptest.New(t)
	ctx := f.As(auth.Supervisor)
	for _, g := range goods {
		product, err := f.Catalog.SaveProduct(ctx, catalog.SaveProductCmd{Code: "P-" + g.code, Title: g.title})
		require.NoError(t, err)
		_, err = f.Catalog.SaveSKU(ctx, catalog.SaveSKUCmd{Product: product, Code: g.code, Spec: g.spec, PriceFen: g.price})
		require.NoError(t, err)
	}
	return f
}

// spoil replaces a text of a file, to have a row refused.
func (d *desk) spoil(path, old, bad string) {
	d.T.Helper()
	data, err := os.ReadFile(path)
	require.NoError(d.T, err)
	require.Contains(d.T, string(data), old)
	require.NoError(d.T, os.WriteFile(path, []byte(strings.Replace(string(data), old, bad, 1)), 0o600))
}

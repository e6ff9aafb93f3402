package orders

import (
	"strconv"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/app/catalog"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/ids"
	"zhanggui/app/money"
	"zhanggui/app/orders"
	"zhanggui/app/when"
	"zhanggui/ui/kit"
	"zhanggui/ui/kit/kittest"
	"zhanggui/ui/theme"
)

// desk is the order desk in a window on a shop of its own.
type desk struct {
	*kittest.Env
	f *apptest.Fixture
	s *screen
}

// sit opens the desk for a post on a shop, inside a frame as large as the shell's.
func sit(t testing.TB, f *apptest.Fixture, role auth.Role, mode theme.Mode, english bool, size fyne.Size) *desk {
	t.Helper()
	env := kittest.New(t, mode)
	if english {
		env.English()
	}
	env.Actor = f.Person(role)
	env.Bus = f.Engine.Bus()
	d := &desk{Env: env, f: f}
	d.s = New(env.Env, f.App).(*screen)
	env.Sit(d.s, kittest.TopAndTabs, size)
	d.settle()
	return d
}

// settle lets reloads and the pane come to rest.
func (d *desk) settle() { d.Timers.Advance(time.Second) }

// keys presses chords and lets what they started come to rest.
func (d *desk) keys(chords ...kit.Chord) {
	d.Press(chords...)
	d.settle()
}

// fill types into a field of a form.
func (d *desk) fill(id, text string) {
	d.T.Helper()
	e, ok := kit.Find(id).(*kit.Entry)
	require.True(d.T, ok, "no field %s", id)
	e.SetText(text)
}

func (d *desk) open() bool { return d.Window.Canvas().Overlays().Top() != nil }

// good is one article of the test shop.
type good struct {
	code, title, spec, bin string
	price                  money.Fen
}

var articles = []good{
	{"BWB-750K", "保温杯 750ml", "墨黑", "B-01-9", 9900},
	{"YSCB-01", "雨伞 长柄", "藏青", "A-03-12", 5490},
	{"SNX-60", "收纳箱 60L", "透明", "C-02-3", 9490},
	{"MJ-3", "纯棉毛巾", "三条装", "B-04-11", 3990},
	{"YG-12", "防滑衣架", "12 只", "C-05-2", 2990},
	{"MFG-3", "密封罐", "三件套", "D-02-3", 6370},
}

var buyers = []string{"沈云飞", "郭芳", "罗一鸣", "陈露", "何小满", "唐宁", "邓超然", "许诺", "曹阳", "彭湃", "苏梅", "蒋一航"}

var places = [][2]string{{"浙江", "杭州"}, {"山东", "济南"}, {"江苏", "南京"}, {"广东", "广州"}, {"河南", "郑州"}, {"上海", "上海"}, {"四川", "成都"}}

var channels = []string{"tmall", "jd", "pdd", "douyin", "wechat"}

// shop is a shop with orders that wait for service.
type shop struct {
	*apptest.Fixture
	skus []domain.SKU
	made int
}

// open makes a shop with its articles, 200 of each on hand.
func open(t testing.TB) *shop {
	t.Helper()
	s := &shop{Fixture: apptest.New(t)}
	ctx := s.As(auth.Supervisor)
	for _, g := range articles {
		product, err := s.Catalog.SaveProduct(ctx, catalog.SaveProductCmd{Code: "P-" + g.code, Title: g.title, Category: "家居"})
		require.NoError(t, err)
		id, err := s.Catalog.SaveSKU(ctx, catalog.SaveSKUCmd{Product: product, Code: g.code, Spec: g.spec, PriceFen: g.price, Bin: g.bin})
		require.NoError(t, err)
		card, err := s.Catalog.Get(ctx, id)
		require.NoError(t, err)
		card.SKU.Title = g.title
		s.skus = append(s.skus, card.SKU)
		s.Stock(card.SKU, 200, g.price*80)
	}
	_, err := s.Catalog.SaveShop(ctx, catalog.SaveShopCmd{Channel: "offline", Code: "store", Name: "门市部"})
	require.NoError(t, err)
	return s
}

// place brings in an order, each an hour and a half younger than the one before.
func (s *shop) place(more ...apptest.OrderOption) *domain.Order {
	i := s.made
	s.made++
	age := 47*when.Hour - when.Millis(i)*97*when.Minute
	if age < 5*when.Minute {
		age = 5 * when.Minute
	}
	where := places[i%len(places)]
	options := []apptest.OrderOption{
		apptest.Channel(channels[i%len(channels)]), apptest.Number(strconv.Itoa(6928_4410_7731_2056 + i*7919)),
		apptest.PaidAt(apptest.Start - age), apptest.Buyer("buyer-" + strconv.Itoa(i)),
		func(o *domain.Order) {
			o.CreatedAt = o.PaidAt - 3*when.Minute
			o.Receiver = domain.Receiver{
				Name: buyers[i%len(buyers)], Phone: "138" + strconv.Itoa(10_004_417+i*313), Province: where[0], City: where[1],
				District: "中心区", Address: "文三路 " + strconv.Itoa(100+i) + " 号", Country: "CN",
			}
		},
	}
	return s.Order(append(options, more...)...)
}

// item is a line of the n-th article.
func (s *shop) item(n int, qty int64) apptest.OrderOption {
	n %= len(s.skus)
	return apptest.Line(s.skus[n], qty, articles[n].price)
}

// good is an order that nothing keeps back.
func (s *shop) good() *domain.Order { return s.place(s.item(s.made, int64(1+s.made%3))) }

func receiver(change func(r *domain.Receiver)) apptest.OrderOption {
	return func(o *domain.Order) { change(&o.Receiver) }
}

// twins are two orders of one buyer to one address.
func (s *shop) twins() (a, b *domain.Order) {
	same := func(o *domain.Order) {
		o.Channel, o.BuyerKey, o.PaidAt = "tmall", "twin", apptest.Start-20*when.Hour
		o.CreatedAt = o.PaidAt - when.Minute
		o.Receiver = domain.Receiver{Name: "唐宁", Phone: "13800138000", Province: "上海", City: "上海", District: "徐汇区", Address: "漕溪路 8 号", Country: "CN"}
	}
	return s.place(s.item(0, 1), same), s.place(s.item(1, 2), same, func(o *domain.Order) { o.CreatedAt -= when.Hour })
}

// day is a shop on an ordinary morning: good orders and one of every trouble.
func day(t testing.TB) *shop {
	t.Helper()
	s := open(t)
	s.place(s.item(0, 1), apptest.Note("送人用，请不要放价格单。"))
	s.good()
	s.place(apptest.Unmapped("NEW-KETTLE-600", 1, 12900), s.item(3, 2))
	s.good()
	s.place(s.item(2, 1), receiver(func(r *domain.Receiver) { r.Phone = "" }))
	s.good()
	s.place(s.item(1, 2), func(o *domain.Order) { o.Platform.RefundAsked = true })
	s.place(s.item(4, 500))
	s.twins()
	s.place(s.item(5, 1), apptest.COD())
	for range 9 {
		s.good()
	}
	held := s.good()
	require.NoError(t, s.Orders.Hold(s.As(auth.Service), orders.HoldCmd{Order: held.ID, Until: apptest.Start + 3*when.DaySpan, Reason: "买家周六才在家"}))
	s.place(s.item(0, 1), apptest.Unpaid())
	return s
}

func (s *shop) stage(o *domain.Order) domain.Stage { return s.Reload(o).Stage() }

func (s *shop) detail(o *domain.Order) orders.Detail {
	s.T.Helper()
	d, err := s.Orders.Get(s.As(auth.Supervisor), o.ID)
	require.NoError(s.T, err)
	return d
}

// conflict lets a file have said something else of the order.
func (s *shop) conflict(o *domain.Order) {
	s.Do(func(u *core.Unit) error {
		err := u.Orders().AddConflicts([]core.Contradiction{{Order: o.ID, Import: ids.ImportID{1}, At: u.Now, Fact: "payment", Ours: "paid", Theirs: "unpaid"}})
		if err != nil {
			return err
		}
		full, err := u.Orders().Get(o.ID)
		if err != nil {
			return err
		}
		full.Recheck(domain.Surroundings{Conflicted: true})
		if err := full.Except(); err != nil {
			return err
		}
		return u.Orders().Save(full)
	})
}

package shipping

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
	"zhanggui/app/ids"
	"zhanggui/app/money"
	"zhanggui/app/orders"
	"zhanggui/app/when"
	"zhanggui/ui/kit"
	"zhanggui/ui/kit/kittest"
	"zhanggui/ui/theme"
)

// desk is the board in a window on a shop of its own.
type desk struct {
	*kittest.Env
	f     *apptest.Fixture
	s     *screen
	watch *kit.Watcher
}

// sit opens the board for a post on a shop, inside a frame as large as the shell's.
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
	d.watch = env.Sit(d.s, kittest.TopAndTabs, size)
	d.settle()
	return d
}

// settle lets reloads and the pane come to rest.
func (d *desk) settle() { d.Timers.Advance(time.Second) }

// good is one article of the test shop.
type good struct {
	code, title, spec, bin string
	price                  money.Fen
}

var goods = []good{
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

// sent is what the shop's tests want to know of it.
type shop struct {
	*apptest.Fixture
	skus   []domain.SKU
	orders []*domain.Order // all passed, the oldest first
}

// fill makes a shop with n orders to ship, from 49 hours to an hour old.
func fill(t testing.TB, n int) *shop {
	t.Helper()
	s := &shop{Fixture: apptest.New(t)}
	ctx := s.As(auth.Supervisor)
	for _, g := range goods {
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
	for i := range n {
		s.orders = append(s.orders, s.place(i, n))
	}
	res, err := s.Orders.Pass(s.As(auth.Service), orders.PassCmd{}, nil)
	require.NoError(t, err)
	for _, o := range s.orders {
		if s.Reload(o).Stage() == domain.StageException { // a note wants to be read first
			s.release(o)
		}
	}
	_, err = s.Orders.Pass(s.As(auth.Service), orders.PassCmd{}, nil)
	require.NoError(t, err, res)
	return s
}

// place brings in the i-th of n orders.
func (s *shop) place(i, n int) *domain.Order {
	age := when.Hour*49 - when.Millis(i)*48*when.Hour/when.Millis(max(n, 2))
	where := places[i%len(places)]
	options := []apptest.OrderOption{
		apptest.Line(s.skus[i%len(s.skus)], int64(1+i%3), goods[i%len(goods)].price), apptest.Channel(channels[i%len(channels)]),
		apptest.Number(strconv.Itoa(6928_4410_7731_2056 + i*7919)), apptest.PaidAt(apptest.Start - age), apptest.Buyer("b" + strconv.Itoa(i)),
		func(o *domain.Order) {
			o.CreatedAt = o.PaidAt - 3*when.Minute
			o.Receiver = domain.Receiver{
				Name: buyers[i%len(buyers)], Phone: "138" + strconv.Itoa(10_004_417+i*313), Province: where[0], City: where[1],
				District: "中心区", Address: "文三路 " + strconv.Itoa(100+i) + " 号", Country: "CN",
			}
		},
	}
	if i%5 == 0 {
		options = append(options, apptest.Line(s.skus[(i+3)%len(s.skus)], 2, goods[(i+3)%len(goods)].price))
	}
	if i%6 == 0 {
		options = append(options, apptest.Note("送人用，请不要放价格单。"))
	}
	return s.Order(options...)
}

func (s *shop) release(o *domain.Order) {
	s.T.Helper()
	for _, c := range s.Reload(o).Checks {
		require.NoError(s.T, s.Orders.ReleaseCheck(s.As(auth.Service), orders.ReleaseCheckCmd{Order: o.ID, Check: c.Code, Reason: "已看"}))
	}
}

func (s *shop) stage(i int) domain.Stage { return s.Reload(s.orders[i]).Stage() }

func (s *shop) parcels(i int) []*domain.Parcel {
	s.T.Helper()
	d, err := s.Orders.Get(s.As(auth.Supervisor), s.orders[i].ID)
	require.NoError(s.T, err)
	return d.Parcels
}

func lineID(o *domain.Order, i int) ids.LineID { return o.Lines[i].ID }

// partOf takes one unit of the first line of the i-th order.
func partOf(s *shop, i int) map[ids.LineID]int64 {
	return map[ids.LineID]int64{lineID(s.orders[i], 0): 1}
}

func parcelIDs(list []*domain.Parcel) []ids.ParcelID {
	out := make([]ids.ParcelID, len(list))
	for i, p := range list {
		out[i] = p.ID
	}
	return out
}

package demo

import (
	"math/rand/v2"
	"strconv"

	"zhanggui/app/domain"
	"zhanggui/app/ids"
	"zhanggui/app/money"
	"zhanggui/app/when"
)

// world is the shop's goods, buyers and the dice that choose among them.
type world struct {
	w       words
	rnd     *rand.Rand
	src     ids.Source
	size    size
	shops   map[string]domain.Shop
	goods   []good
	weights []int // running sums of the goods' popularity
	buyers  int
	serial  int64
	byID    map[ids.SKUID]*good
}

// good is a SKU with what the simulation needs of it.
type good struct {
	sku      *domain.SKU
	title    string
	cost     money.Fen // for one unit; receipts multiply it by their units
	stock    int64     // units not promised yet
	monthly  int64     // units expected to sell in thirty days
	outOfUse bool
}

// size is how big the shop is.
type size struct {
	orders, skus, days int
}

// sizeOf follows QUALITY's sizes S, M and L.
func sizeOf(orders int) size {
	switch {
	case orders <= 5_000:
		return size{orders, 60, 180}
	case orders <= 200_000:
		return size{orders, 2000, 365}
	}
	return size{orders, 2000, 3 * 365}
}

func newWorld(w words, s size, seed uint64) *world {
	return &world{
		w: w, rnd: rand.New(rand.NewPCG(seed, 20200223)), src: ids.NewSeeded(seed), size: s,
		buyers: max(s.orders*2/5, 50), shops: map[string]domain.Shop{},
	}
}

// makeGoods fills the catalogue: every spec of every good, in as many styles as
// the wanted number of SKUs needs.
func (w *world) makeGoods() (products []*domain.Product) {
	for style := 0; len(w.goods) < w.size.skus; style++ {
		for n, g := range w.w.Goods {
			if len(w.goods) >= w.size.skus {
				break
			}
			p := w.product(n, style)
			products = append(products, p)
			for i, spec := range g.Specs {
				if len(w.goods) >= w.size.skus {
					break
				}
				w.addGood(n, style, i, spec, p)
			}
		}
	}
	sum := 0
	for i := range w.goods {
		sum += 12_000/(i+8) + 10
		w.weights = append(w.weights, sum)
	}
	w.expect(sum)
	return products
}

func (w *world) product(n, style int) *domain.Product {
	g := w.w.Goods[n]
	title := g.Title
	if style > 0 {
		title += " " + w.w.Styles[style%len(w.w.Styles)]
		if round := style / len(w.w.Styles); round > 0 {
			title += " " + strconv.Itoa(round+1)
		}
	}
	return &domain.Product{
		ID: ids.New[ids.ProductKind](w.src), Code: "P" + pad(n*100+style+1001, 5),
		Title: title, Brand: g.Brand, Category: g.Category,
	}
}

func (w *world) addGood(n, style, i int, spec string, p *domain.Product) {
	g := w.w.Goods[n]
	at := len(w.goods)
	price := g.PriceFen + money.Fen(style*300+i*100)
	sku := &domain.SKU{
		ID: ids.New[ids.SKUKind](w.src), Product: p.ID, Code: p.Code + "-" + pad(i+1, 2), Spec: spec,
		PriceFen: price, WeightG: g.WeightG, Title: p.Title,
		Bin: string(rune('A'+at%6)) + "-" + pad(at/6%20+1, 2) + "-" + strconv.Itoa(at/120+1),
		Barcodes: []domain.Barcode{
			{Code: "69" + pad(4_000_000+at, 10) + strconv.Itoa(at%10), PackQty: 1},
		},
	}
	if at%9 == 4 {
		sku.Barcodes = append(sku.Barcodes, domain.Barcode{Code: "169" + pad(4_000_000+at, 10) + strconv.Itoa(at%10), PackQty: 6})
	}
	cost := price * money.Fen(38+at*7%24) / 100
	w.goods = append(w.goods, good{sku: sku, title: p.Title, cost: cost})
}

// expect spreads the orders over the goods to know what to stock for a month.
func (w *world) expect(sum int) {
	units := int64(w.size.orders) * 30 / int64(w.size.days) * 2
	for i := range w.goods {
		share := w.weights[i]
		if i > 0 {
			share -= w.weights[i-1]
		}
		w.goods[i].monthly = units*int64(share)/int64(sum) + 6
	}
}

// pick chooses a good by popularity.
func (w *world) pick() *good {
	n := w.rnd.IntN(w.weights[len(w.weights)-1])
	lo, hi := 0, len(w.weights)-1
	for lo < hi {
		mid := (lo + hi) / 2
		if w.weights[mid] <= n {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return &w.goods[lo]
}

func (w *world) channel() string {
	n := w.rnd.IntN(100)
	for _, c := range channels {
		if n -= c.share; n < 0 {
			return c.code
		}
	}
	return channels[0].code
}

// buyer is a person: the same number is always the same person.
type buyer struct {
	key      string
	receiver domain.Receiver
}

func (w *world) buyer(channel string) buyer {
	n := w.rnd.IntN(w.buyers)
	r := rand.New(rand.NewPCG(uint64(n), 77))
	place := w.w.Places[min(r.IntN(len(w.w.Places)), r.IntN(len(w.w.Places)))]
	name := pickOne(r, w.w.People.Surnames) + pickOne(r, w.w.People.Given)
	return buyer{
		key: channel[:2] + "_" + strconv.Itoa(100_000+n),
		receiver: domain.Receiver{
			Name: name, Phone: "1" + pickOne(r, []string{"38", "39", "50", "58", "77", "86", "99"}) + pad(r.IntN(100_000_000), 8),
			Province: place.Province, City: pickOne(r, place.Cities), District: pickOne(r, w.w.Districts),
			Address: pickOne(r, w.w.Streets) + strconv.Itoa(r.IntN(300)+1) + "-" + strconv.Itoa(r.IntN(30)+1) + "-" + strconv.Itoa(r.IntN(2000)+101),
			Country: "CN",
		},
	}
}

func pickOne(r *rand.Rand, list []string) string { return list[r.IntN(len(list))] }

// moment chooses a time of the day, busier in the evening.
func (w *world) moment(day when.Day) when.Millis {
	n, hour := w.rnd.IntN(100), 0
	for n -= hours[0]; n >= 0 && hour < 23; n -= hours[hour] {
		hour++
	}
	return day.Start() + when.Millis(hour)*when.Hour + when.Millis(w.rnd.IntN(3600))*when.Second
}

// number makes a platform's order number, each in its own shape (FORMATS §1).
func (w *world) number(channel string, at when.Millis) string {
	w.serial++
	tail := pad(int(w.serial), 9)
	switch channel {
	case "jd":
		return "29" + tail + "0"
	case "pdd":
		return at.Time().Format("060102") + "-" + "607198" + tail
	case "douyin":
		return "69" + pad(w.rnd.IntN(100_000_000), 8) + tail
	}
	return "33" + pad(w.rnd.IntN(100_000_000), 8) + tail
}

func (w *world) waybill() (courier, number string) {
	c := couriers[w.rnd.IntN(len(couriers))]
	w.serial++
	return c.code, c.head + pad(int(w.serial), c.digits-len(c.head)+1)
}

// pad prints n with leading zeros to at least the width.
func pad(n, width int) string {
	s := strconv.Itoa(n)
	for len(s) < width {
		s = "0" + s
	}
	return s
}

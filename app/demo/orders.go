package demo

import (
	"zhanggui/app/domain"
	"zhanggui/app/ids"
	"zhanggui/app/money"
	"zhanggui/app/when"
)

// order makes one paid order of the day; special cases are made by corner.go.
func (w *world) order(at when.Millis) *domain.Order {
	channel := w.channel()
	b := w.buyer(channel)
	o := &domain.Order{
		ID: ids.New[ids.OrderKind](w.src), ShopID: w.shops[channel].ID, Channel: channel, Number: w.number(channel, at),
		BuyerKey: b.key, Receiver: b.receiver, CreatedAt: at, PaidAt: at + when.Millis(5+w.rnd.IntN(240))*when.Second,
	}
	o.BizDay = o.PaidAt.Day()
	lines := 1
	if n := w.rnd.IntN(100); n >= 90 {
		lines = 3
	} else if n >= 62 {
		lines = 2
	}
	for i := 0; i < lines; i++ {
		w.addLine(o, w.pick(), w.units())
	}
	w.price(o)
	o.Adopt(domain.PlatformFacts{Payment: domain.PayPaid})
	return o
}

func (w *world) units() int64 {
	switch n := w.rnd.IntN(100); {
	case n >= 96:
		return 3
	case n >= 84:
		return 2
	}
	return 1
}

// addLine adds units of a good; a good that is already on the order gets more.
func (w *world) addLine(o *domain.Order, g *good, qty int64) {
	for i := range o.Lines {
		if o.Lines[i].SKU == g.sku.ID {
			o.Lines[i].Qty += qty
			return
		}
	}
	l := domain.Line{
		ID: ids.New[ids.LineKind](w.src), Pos: len(o.Lines) + 1, Occurrence: 1, Code: g.sku.Code,
		Title: g.title, Spec: g.sku.Spec, Qty: qty, UnitFen: g.sku.PriceFen,
	}
	l.Map(g.sku, 1)
	o.Lines = append(o.Lines, l)
}

// price gives the order its amounts: sometimes a discount, sometimes paid by
// the platform, freight on small orders.
func (w *world) price(o *domain.Order) {
	o.GoodsFen = 0
	for i := range o.Lines {
		o.GoodsFen += o.Lines[i].UnitFen * money.Fen(o.Lines[i].Qty)
	}
	o.ShopDiscountFen, o.PlatformDiscountFen, o.FreightFen = 0, 0, 0
	switch w.rnd.IntN(10) {
	case 0, 1:
		o.ShopDiscountFen = o.GoodsFen * 8 / 100
	case 2:
		o.ShopDiscountFen = o.GoodsFen * 12 / 100
		o.PlatformDiscountFen = o.GoodsFen * 5 / 100
	}
	if o.GoodsFen < 3000 {
		o.FreightFen = 600
	}
	o.TotalFen = o.GoodsFen + o.FreightFen - o.ShopDiscountFen
	o.PaidFen = o.TotalFen - o.PlatformDiscountFen
	o.NetFen = o.PaidFen + o.PlatformDiscountFen
	if err := o.ShareNet(); err != nil {
		panic("demo: " + err.Error()) // prices of the word list cannot overflow
	}
}

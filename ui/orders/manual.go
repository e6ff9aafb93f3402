package orders

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/ids"
	"zhanggui/app/money"
	"zhanggui/app/orders"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// manual enters an order taken by phone or over the counter.
func (s *screen) manual() {
	kit.Run(s.env, s.list.Owner().Lane("form"), func(ctx context.Context) ([]domain.Shop, error) {
		return s.app.Catalog.Shops(ctx)
	}, func(all []domain.Shop) {
		shops := manualShops(all)
		if len(shops) == 0 {
			s.list.Hint(theme.Warn, s.env.T("desk.why.no_shop"))
			return
		}
		s.openManual(shops)
	})
}

// manualShops are the shops an order can be entered for, our own ones first.
func manualShops(all []domain.Shop) []domain.Shop {
	var own, others []domain.Shop
	for _, shop := range all {
		switch {
		case shop.Disabled:
		case shop.Channel == "offline" || shop.Channel == "own":
			own = append(own, shop)
		default:
			others = append(others, shop)
		}
	}
	return append(own, others...)
}

func (s *screen) openManual(shops []domain.Shop) {
	var cmd orders.ManualCmd
	shop := shops[0].ID.String()
	items := make([]kit.Item, len(shops))
	for i, x := range shops {
		items[i] = kit.Item{Value: x.ID.String(), Word: kit.Join(s.env.Tr.Word("channel", x.Channel), x.Name)}
	}
	goods := newGoods(s)
	to := &cmd.Receiver
	kit.OpenForm(s.env, kit.FormSpec{
		ID: "orders.manual", Title: "desk.manual", Width: 720,
		Build: func(f *kit.Form) {
			kit.FormChoice(f, "shop", "field.shop", items, &shop).Wide(260)
			f.Bind("lines", "field.goods", goods.object, goods.text, goods.check, func(bool) {})
			f.Text("name", "field.receiver", &to.Name)
			f.Text("phone", "field.phone", &to.Phone)
			bindPlace(s.env, f, to)
			f.Text("address", "field.address", &to.Address)
			f.Text("note", "field.buyer_note", &cmd.BuyerNote)
			f.Money("freight", "field.freight", &cmd.FreightFen)
			f.Tick("cod", "desk.manual.cod", &cmd.COD)
			f.Text("number", "desk.manual.number", &cmd.Number)
		},
		Save: func(ctx context.Context) (err error) {
			if cmd.Shop, err = ids.Parse[ids.ShopKind](shop); err != nil {
				return err
			}
			cmd.Lines = goods.lines()
			_, err = s.app.Orders.Manual(ctx, cmd)
			return err
		},
		Done: func() { s.said(s.env.T("desk.manual.done")) },
	})
	s.env.Window.Canvas().Focus(goods.add)
}

// bindPlace puts province, city and district into one row.
func bindPlace(env kit.Env, f *kit.Form, to *domain.Receiver) {
	fields := []*string{&to.Province, &to.City, &to.District}
	entries := make([]*kit.Entry, len(fields))
	row := kit.Across(6)
	for i, key := range []string{"field.province", "field.city", "field.district"} {
		entries[i] = kit.ID(kit.NewEntry(env, env.T(key)).Wide(150), "orders.manual.place."+strconv.Itoa(i))
		row.Add(entries[i])
	}
	f.Bind("place", "desk.place", row, func() string {
		return entries[0].Text + "|" + entries[1].Text + "|" + entries[2].Text
	}, func() error {
		for i, v := range fields {
			*v = entries[i].Text
		}
		return nil
	}, func(bool) {})
}

// goods is the editor of a manual order's lines.
type goods struct {
	s      *screen
	rows   []*goodsRow
	add    *kit.Button
	sum    *kit.Label
	box    *fyne.Container
	object fyne.CanvasObject
}

// goodsRow is one line: a SKU, units, and the price of one.
type goodsRow struct {
	sku   domain.SKU
	qty   *kit.Entry
	price *kit.Entry
	gone  *kit.Button
}

// goodsHeight is the room for the lines: three of them, the rest scrolls.
const goodsHeight = 108

func newGoods(s *screen) *goods {
	g := &goods{s: s, box: kit.Down(4), sum: kit.NewLabel("").Small().Narrow().Align(kit.Right)}
	g.add = kit.ID(kit.NewButton(s.env, s.env.T("desk.manual.add"), "", g.pick).Small(), "orders.manual.add")
	foot := kit.Edges(nil, nil, container.NewCenter(g.add), nil, g.sum)
	g.object = kit.Fixed(590, goodsHeight+32, kit.Edges(nil, kit.Fixed(0, 30, foot), nil, nil, container.NewVScroll(g.box)))
	g.show()
	return g
}

// pick finds a SKU and adds a line of it.
func (g *goods) pick() {
	g.s.pick(pickSpec{
		id: "orders.goods", title: g.s.env.T("desk.manual.add"), ok: g.s.env.T("common.add"),
		picked: func(p *picker, r core.SKURow) {
			p.dialog.Close()
			g.put(skuOf(r))
		},
	})
}

// put adds a line of a SKU; one that is there already gets a unit more.
func (g *goods) put(sku domain.SKU) {
	for _, r := range g.rows {
		if n, err := r.qty.Qty(); r.sku.ID == sku.ID && err == nil {
			r.qty.SetText(strconv.FormatInt(n+1, 10))
			return
		}
	}
	env, at := g.s.env, strconv.Itoa(len(g.rows))
	r := &goodsRow{
		sku: sku, qty: kit.ID(kit.NewQtyEntry(env).Wide(64), "orders.manual.qty."+at), price: kit.ID(kit.NewMoneyEntry(env).Wide(92), "orders.manual.price."+at),
	}
	r.qty.SetText("1")
	r.price.SetText(sku.PriceFen.String())
	r.qty.OnChanged, r.price.OnChanged = func(string) { g.total() }, func(string) { g.total() }
	r.gone = kit.ID(kit.NewButton(env, "", "", func() { g.drop(r) }).Plain().Icon("x"), "orders.manual.drop."+at)
	g.rows = append(g.rows, r)
	g.show()
	env.Window.Canvas().Focus(r.qty)
}

func (g *goods) drop(r *goodsRow) {
	for i, x := range g.rows {
		if x == r {
			g.rows = append(g.rows[:i:i], g.rows[i+1:]...)
		}
	}
	g.show()
}

func (g *goods) show() {
	list := make([]fyne.CanvasObject, 0, len(g.rows))
	for _, r := range g.rows {
		name := kit.NewLine(kit.Part{Text: goodsName(r.sku.Title, r.sku.Spec)}, kit.Part{Text: r.sku.Code, Token: theme.MutedToken}).Narrow()
		list = append(list, kit.Edges(nil, nil, nil, kit.Across(6, kit.NewLabel("×").Muted(), r.qty, r.price, r.gone), name))
	}
	if len(list) == 0 {
		list = append(list, kit.Pad(8, 0, kit.NewLabel(g.s.env.T("desk.manual.no_goods")).Small().Muted()))
	}
	g.box.Objects = list
	g.total()
	g.object.Refresh()
}

func (g *goods) total() {
	var sum money.Fen
	var units int64
	for _, l := range g.lines() {
		if v, err := money.Mul(l.UnitFen, l.Qty); err == nil {
			sum += v
		}
		units += l.Qty
	}
	g.sum.SetText(kit.Join(g.s.env.Tr.N("format.pieces", units), g.s.env.Tr.Money(sum)))
}

// lines are the goods as typed; what cannot be read counts as 0 and is refused by check.
func (g *goods) lines() []orders.ManualLine {
	list := make([]orders.ManualLine, 0, len(g.rows))
	for _, r := range g.rows {
		qty, _ := r.qty.Qty()
		price, _ := r.price.Money()
		list = append(list, orders.ManualLine{SKU: r.sku.ID, Qty: qty, UnitFen: price})
	}
	return list
}

// text tells the lines apart from no lines, for the question before discarding.
func (g *goods) text() string {
	text := ""
	for _, r := range g.rows {
		text += r.sku.Code + " " + r.qty.Text + " " + r.price.Text + "|"
	}
	return text
}

// check marks what cannot be read.
func (g *goods) check() error {
	var first error
	for _, r := range g.rows {
		n, errQty := r.qty.Qty()
		_, errPrice := r.price.Money()
		r.qty.SetBad(errQty != nil || n < 1)
		r.price.SetBad(errPrice != nil)
		for _, err := range []error{errQty, errPrice} {
			if err != nil && first == nil {
				first = err
			}
		}
	}
	return first
}

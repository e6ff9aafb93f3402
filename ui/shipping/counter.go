package shipping

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/i18n"
	"zhanggui/app/ids"
	"zhanggui/app/orders"
	"zhanggui/app/shipping"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// queueLimit is how many orders the counter takes along; after them it is opened again.
const queueLimit = 200

// counter sends one order after another: the waybill is scanned, Enter ships, the
// field is empty again and the next order stands there. A refusal stops the
// scanning until somebody acknowledges it.
type counter struct {
	s     *screen
	d     *kit.Dialog
	queue []row // the first one is on the screen
	total int   // orders at the start
	sent  int

	at     orders.Detail // the order on the screen, as far as it is read
	last   shipping.ShipResult
	byHand bool   // the courier was chosen by hand for this order
	done   func() // lets the next scan come

	scan    *kit.Scan
	courier *kit.Choice
	guess   *kit.Label
	mark    *kit.Label     // shape and colour of what happened last
	result  *kit.Paragraph // and what it was
	head    *kit.Label
	undo    *kit.Button
	order   *fyne.Container
}

// The command barcodes that the counter knows (workflows 4.0).
const (
	commandNext = "CMD-NEXT"
	commandUndo = "CMD-UNDO"
)

// ship opens the counter with the ticked orders, else with those from the cursor on.
func (s *screen) ship(p kit.Picked[row]) {
	if p.Ticked && len(p.Rows) == p.Count {
		s.openCounter(p.Rows)
		return
	}
	q := orderQuery(p.Query, s.env.Clock.Now())
	q.Totals, q.Page.Limit = false, queueLimit
	if !p.Ticked {
		q.Page.Offset = max(0, s.list.Grid().CursorRow())
	}
	kit.Run(s.env, s.list.Owner().Lane("queue"), func(ctx context.Context) (core.Paged[row], error) {
		return s.fetchOrders(ctx, q, p.Query.Filter)
	}, func(page core.Paged[row]) {
		skip := map[string]bool{}
		for _, id := range p.Except {
			skip[id] = true
		}
		var queue []row
		for _, r := range page.Rows {
			if !skip[r.id()] {
				queue = append(queue, r)
			}
		}
		s.openCounter(queue)
	})
}

func (s *screen) openCounter(queue []row) {
	if len(queue) == 0 {
		s.list.Hint(theme.Info, s.env.T("board.counter.none"))
		return
	}
	c := &counter{s: s, queue: queue, total: len(queue), order: kit.Down(6)}
	env := s.env
	c.scan = kit.ID(kit.NewScan(env, env.T("board.counter.ghost"), c.scanned), "shipping.counter.scan")
	c.scan.OnChanged = c.typed
	c.courier = kit.ID(kit.NewChoice(env, s.courierItems(), s.present(), c.picked).Wide(150), "shipping.counter.courier")
	c.guess = kit.NewLabel("").Small().Muted().Narrow()
	c.mark, c.result = kit.NewLine(), kit.NewParagraph("")
	c.head = kit.NewLabel("").Small().Muted()
	c.undo = kit.ID(kit.NewButton(env, env.T("board.counter.undo"), "Alt+U", c.takeBack).Small(), "shipping.counter.undo")
	c.undo.SetOff(true)
	skip := kit.ID(kit.NewButton(env, env.T("board.counter.skip"), "Alt+N", c.skip).Small(), "shipping.counter.skip")
	body := kit.Down(12,
		kit.Fixed(0, 176, c.order), c.scan.Object(),
		kit.Edges(nil, nil, kit.Across(8, kit.NewLabel(env.T("field.courier")).Small().Muted(), c.courier), nil, kit.Pad(0, 10, c.guess)),
		kit.Fixed(0, 42, kit.Edges(nil, nil, kit.Fixed(22, 0, container.NewVBox(c.mark)), nil, c.result)))
	c.d = kit.OpenDialog(env, kit.DialogSpec{
		ID: "shipping.counter", Title: env.T("board.counter.title"), Width: 640, Body: body, Left: kit.Across(8, skip, c.undo),
		OK: env.T("action.ship"), Cancel: env.T("common.close"), OnOK: func(*kit.Dialog) { c.scan.OnEnter(c.scan.Text) },
	})
	c.d.Keys().On("Alt+N", c.skip)
	c.d.Keys().On("Alt+U", c.takeBack)
	c.d.Owner().OnFail(c.refused)
	c.show()
	c.d.Focus(c.scan)
}

// now is the order on the screen.
func (c *counter) now() row { return c.queue[0] }

// show puts the first order of the queue on the screen and reads its goods.
func (c *counter) show() {
	if len(c.queue) == 0 {
		c.finish()
		return
	}
	c.at, c.byHand = orders.Detail{}, false
	c.paint()
	id := c.now().order.ID
	kit.Run(c.s.env, c.d.Owner().Lane("order"), func(ctx context.Context) (orders.Detail, error) {
		return c.s.app.Orders.Get(ctx, id)
	}, func(d orders.Detail) {
		c.at = d
		c.paint()
	})
}

// finish is the end of the queue.
func (c *counter) finish() {
	c.d.Close()
	c.s.list.Hint(theme.OK, c.s.env.Tr.N("board.counter.finished", int64(c.sent)))
}

// paint draws the order on the screen.
func (c *counter) paint() {
	env, r := c.s.env, c.now()
	title := kit.NewLabel(kit.Group4(r.number())).Px(22).Narrow()
	left := kit.NewLabel(env.T("board.counter.left", "n", len(c.queue), "total", c.total)).Small().Muted()
	c.order.Objects = []fyne.CanvasObject{
		kit.Edges(nil, nil, nil, container.NewCenter(left), title),
		kit.NewLine(
			kit.Part{Text: env.Tr.Word("channel", r.channel())},
			kit.Part{Text: env.Tr.N("format.pieces", r.units())},
			kit.Part{Text: kit.Join(r.order.Receiver, phoneTail(r.order.Phone), r.order.Province), Token: theme.MutedToken},
		).Small().Narrow(),
	}
	if note := r.order.BuyerNote; note != "" {
		line := kit.NewLine(kit.Part{Icon: "note", Text: note, Token: theme.Urgent.Token()}).Small().Narrow()
		c.order.Objects = append(c.order.Objects, container.NewStack(kit.NewTint(theme.Urgent), kit.Pad(4, 8, line)))
	}
	c.order.Objects = append(c.order.Objects, c.goods(r)...)
	c.order.Refresh()
	c.d.Relay()
}

// goodsShown is how many lines of goods have room on the screen.
const goodsShown = 4

// goods are the lines that go into the parcel: bin, what, how many.
func (c *counter) goods(r row) []fyne.CanvasObject {
	env := c.s.env
	if c.at.Order == nil {
		return []fyne.CanvasObject{kit.NewLabel(r.order.Goods).Narrow()}
	}
	var lines []fyne.CanvasObject
	if _, plans := openParcel(c.at.Parcels); plans > 0 {
		lines = append(lines, kit.NewLine(kit.Part{Icon: "info", Text: env.T("board.counter.plan", "n", plans), Token: theme.Info.Token()}).Small())
	}
	units := openUnits(c.at)
	more := 0
	for i := range c.at.Order.Lines {
		l := &c.at.Order.Lines[i]
		switch {
		case units[l.ID] == 0:
		case len(lines) >= goodsShown:
			more++
		default:
			lines = append(lines, counterLine(c.at, l, units[l.ID]))
		}
	}
	if more > 0 {
		lines = append(lines, kit.NewLabel(env.Tr.N("board.more_goods", int64(more))).Small().Muted())
	}
	return lines
}

func counterLine(d orders.Detail, l *domain.Line, qty int64) fyne.CanvasObject {
	bin := ""
	if sku := d.SKUs[l.SKU]; sku != nil {
		bin = sku.Bin
	}
	return kit.Edges(nil, nil, kit.Fixed(72, 0, kit.NewLabel(bin).Narrow()), kit.NewLabel("×"+i18n.Count(qty)).Bold(),
		kit.NewLabel(strings.TrimSpace(l.Title+" "+l.Spec)).Narrow())
}

// openUnits are the units that the next parcel takes, by line: those of the
// first planned parcel, else all that are open.
func openUnits(d orders.Detail) map[ids.LineID]int64 {
	units := map[ids.LineID]int64{}
	for _, p := range d.Parcels {
		if p.State == domain.ParcelPlanned {
			for _, pl := range p.Lines {
				units[pl.Line] = pl.Qty
			}
			return units
		}
	}
	for i := range d.Order.Lines {
		if l := &d.Order.Lines[i]; l.Open() > 0 {
			units[l.ID] = l.Open()
		}
	}
	return units
}

// typed follows the number as it is typed: its shape suggests the courier.
func (c *counter) typed(text string) {
	code := kit.CleanCode(text)
	if want := c.chosen(code); want != c.courier.Value() {
		c.courier.Set(want)
	}
	c.guess.SetText(c.shape(code))
}

// chosen is the courier a number goes with: the one chosen by hand, else what its
// shape suggests beside the courier of the parcel before. What was suggested for
// the first digits does not count.
func (c *counter) chosen(code string) string {
	if c.byHand {
		return c.courier.Value()
	}
	return suggest(c.s.couriers(), code, c.s.present())
}

// shape says what the number looks like.
func (c *counter) shape(code string) string {
	clean, err := domain.NormalWaybill(code)
	fits := fitting(c.s.couriers(), clean)
	switch {
	case err != nil || len(clean) < 8:
		return ""
	case len(fits) == 0:
		return c.s.env.T("board.counter.no_shape")
	}
	words := make([]string, 0, 3)
	for _, code := range fits[:min(3, len(fits))] {
		words = append(words, c.s.env.Tr.Word("courier", code))
	}
	return c.s.env.T("board.counter.shape", "couriers", strings.Join(words, "、"))
}

// picked is a courier chosen by hand; the next thing is the waybill.
func (c *counter) picked(string) {
	c.byHand = true
	c.d.Focus(c.scan)
}

// scanned takes a waybill or a command barcode.
func (c *counter) scanned(code string, done func()) {
	switch code {
	case commandNext:
		c.skip()
		done()
		return
	case commandUndo:
		c.takeBack()
		done()
		return
	}
	if len(c.queue) == 0 {
		done()
		return
	}
	c.done = done
	r := c.now()
	cmd := shipping.ShipCmd{Order: r.order.ID, Courier: c.chosen(code), Waybill: code}
	kit.Act(c.s.env, c.d.Owner(), func(ctx context.Context) (shipped, error) { return c.s.sendNext(ctx, cmd) },
		func(res shipped) { c.accepted(r, res) })
}

// shipped is what left, and how many planned parcels of the order are still here.
type shipped struct {
	shipping.ShipResult
	plans int
}

// sendNext ships the order, or the first of its planned parcels.
func (s *screen) sendNext(ctx context.Context, cmd shipping.ShipCmd) (shipped, error) {
	d, err := s.app.Orders.Get(ctx, cmd.Order)
	if err != nil {
		return shipped{}, err
	}
	var plans int
	cmd.Parcel, plans = openParcel(d.Parcels)
	res, err := s.app.Shipping.Ship(ctx, cmd)
	return shipped{ShipResult: res, plans: max(0, plans-1)}, err
}

// accepted shows what left and goes on to the next order.
func (c *counter) accepted(r row, res shipped) {
	env := c.s.env
	c.sent++
	c.last, c.s.courier = res.ShipResult, res.Courier
	if res.Unusual {
		c.say(theme.Warn, c.s.sentText(res.ShipResult)+" · "+env.T("board.counter.unusual", "courier", env.Tr.Word("courier", res.Courier)))
	} else {
		c.say(theme.OK, c.s.sentText(res.ShipResult))
	}
	c.undo.SetOff(false)
	c.scan.Accept()
	c.guess.SetText("")
	c.s.said(res.ShipResult)
	if res.plans == 0 {
		c.queue = afterShipped(c.queue, r, res.Orders > 1)
	}
	c.show()
	c.free()
}

// free lets the next scan come.
func (c *counter) free() {
	if done := c.done; done != nil {
		c.done = nil
		done()
	}
}

// say shows what happened last; "" shows nothing.
func (c *counter) say(tone theme.Status, text string) {
	c.mark.SetParts()
	if tone != "" {
		c.mark.SetParts(kit.Part{Icon: string(tone), Token: tone.Token()})
	}
	c.result.In(tone.Token()).SetText(text)
}

// refused stops the scanning: somebody must see why before the next parcel.
func (c *counter) refused(err error) bool {
	text := strings.ReplaceAll(c.s.env.Tr.Fault(err), "\n", "  ")
	c.say(theme.Urgent, text)
	c.free()
	c.scan.Block(c.s.env.T("board.counter.blocked"), func() { c.say("", "") })
	return true
}

// skip leaves the order for later.
func (c *counter) skip() {
	if len(c.queue) == 0 || c.scan.Blocked() {
		return
	}
	c.queue = c.queue[1:]
	c.say("", "")
	c.show()
}

// takeBack undoes what was sent last from this counter; the order stands there again.
func (c *counter) takeBack() {
	last := c.last
	if last.Parcel.Zero() {
		return
	}
	kit.Act(c.s.env, c.d.Owner(), func(ctx context.Context) (struct{}, error) {
		return struct{}{}, c.s.app.Shipping.Undo(ctx, shipping.UndoCmd{Parcel: last.Parcel})
	}, func(struct{}) {
		c.last = shipping.ShipResult{}
		c.sent--
		c.undo.SetOff(true)
		text := c.s.env.T("board.undone", "order", last.Order, "waybill", last.Waybill)
		c.say(theme.Info, text)
		c.s.env.Tell(kit.Note{Text: text, Settles: []string{paper(last.Parcel)}})
	})
}

// sentText says what left: 已发 3317…8842 · 中通 7812…1234 · 2 件.
func (s *screen) sentText(r shipping.ShipResult) string {
	tr := s.env.Tr
	return tr.T("board.sent", "order", tail(r.Order), "courier", tr.Word("courier", r.Courier), "waybill", tail(r.Waybill),
		"units", tr.N("format.pieces", r.Units))
}

// saidAll notes a whole list that left; its undo takes every parcel back.
func (s *screen) saidAll(text string, sent []shipping.ShipResult) {
	note := kit.Note{Text: text}
	if len(sent) > 0 && s.env.Allows(shipping.UndoCmd{}.Action()) {
		list := make([]ids.ParcelID, len(sent))
		for i, r := range sent {
			list[i] = r.Parcel
		}
		note.Undo = s.takeBack(list...)
	}
	s.env.Tell(note)
}

// said notes what left in the status bar, with its undo.
func (s *screen) said(r shipping.ShipResult) {
	note := kit.Note{Text: s.sentText(r)}
	if s.env.Allows(shipping.UndoCmd{}.Action()) {
		note.Of, note.Undo = paper(r.Parcel), s.takeBack(r.Parcel)
	}
	s.env.Tell(note)
}

package shipping

import (
	"context"
	"sort"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/i18n"
	"zhanggui/app/ids"
	"zhanggui/app/money"
	"zhanggui/app/orders"
	"zhanggui/app/when"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// detail is what the pane shows of a row.
type detail struct {
	orders.Detail
	events []domain.ShipmentEvent // of all its parcels, oldest first
}

// loadDetail reads the order behind a row with the history of its parcels.
func (s *screen) loadDetail(ctx context.Context, order ids.OrderID) (detail, error) {
	d, err := s.app.Orders.Get(ctx, order)
	if err != nil {
		return detail{}, err
	}
	full := detail{Detail: d}
	for _, p := range d.Parcels {
		events, err := s.app.Shipping.Events(ctx, p.ID)
		if err != nil {
			return full, err
		}
		full.events = append(full.events, events...)
	}
	return full, nil
}

// detail is the pane at the right. What was read before stays while it is read again.
func (s *screen) detail(r row) fyne.CanvasObject {
	box := container.NewStack()
	if s.shown.Order != nil && s.shown.Order.ID == r.orderID() {
		box.Objects = []fyne.CanvasObject{s.pane(r, s.shown)}
	} else {
		box.Objects = []fyne.CanvasObject{kit.Pad(14, 14, s.paneHead(r))}
	}
	kit.Run(s.env, s.list.Owner().Lane("detail"), func(ctx context.Context) (detail, error) {
		return s.loadDetail(ctx, r.orderID())
	}, func(d detail) {
		s.shown = d
		box.Objects = []fyne.CanvasObject{s.pane(r, d)}
		box.Refresh()
	})
	return box
}

func (s *screen) paneHead(r row) fyne.CanvasObject {
	pill := kit.NewPill(stageTone(r.order.Stage), s.env.Tr.Word("state", string(r.order.Stage)))
	if r.isParcel {
		pill = kit.NewPill(parcelTone(r.parcel.State), s.env.Tr.Word("parcel", string(r.parcel.State)))
	}
	title := kit.NewLabel(kit.Group4(r.number())).Pane().Narrow()
	facts := kit.NewLine(
		kit.Part{Text: s.env.Tr.Word("channel", r.channel())},
		kit.Part{Text: s.env.Tr.N("format.pieces", r.units()), Token: theme.MutedToken},
	).Small().Narrow()
	return kit.Down(6, kit.Edges(nil, nil, nil, container.NewCenter(pill), title), facts)
}

func (s *screen) pane(r row, d detail) fyne.CanvasObject {
	body := kit.Down(0, kit.Pad(14, 14, s.paneHead(r)), kit.NewRule())
	if note := d.Order.BuyerNote; note != "" {
		line := kit.NewParagraph(s.env.T("board.buyer_note", "note", note)).In(theme.Urgent.Token())
		body.Add(kit.Pad(8, 14, container.NewStack(kit.NewTint(theme.Urgent), kit.Pad(6, 10, line))))
	}
	if note := d.Order.SellerNote; note != "" {
		body.Add(kit.Pad(8, 14, kit.NewParagraph(s.env.T("board.seller_note", "note", note)).Small()))
	}
	body.Add(kit.Pad(10, 14, s.goods(d)))
	body.Add(kit.NewRule())
	body.Add(kit.Pad(8, 14, s.facts(d)))
	body.Add(kit.NewRule())
	head := kit.NewLabel(s.env.T("board.timeline")).Small().Bold()
	body.Add(kit.Pad(10, 14, kit.Down(6, head, kit.NewTimeline(timeline(s.env.Tr, d, s.env.Clock.Now())))))
	return container.NewVScroll(body)
}

// goods lists what belongs into the parcel: what, how many, where it lies.
func (s *screen) goods(d detail) fyne.CanvasObject {
	box := kit.Down(8)
	var units int64
	for i := range d.Order.Lines {
		l := &d.Order.Lines[i]
		units += l.Qty - l.CancelQty
		box.Add(goodsLine(s.env, d, l))
	}
	total := s.env.T("board.sum", "units", s.env.Tr.N("format.pieces", units), "goods", d.Order.GoodsFen.Grouped())
	paid := kit.NewLine(kit.Part{Text: s.env.T("board.paid", "sum", s.env.Tr.Money(d.Order.PaidFen)), Bold: true}).Small()
	box.Add(kit.Edges(nil, nil, nil, paid, kit.NewLabel(total).Small().Muted().Narrow()))
	return box
}

func goodsLine(env kit.Env, d detail, l *domain.Line) fyne.CanvasObject {
	name := l.Title
	code, bin := l.Code, ""
	if sku := d.SKUs[l.SKU]; sku != nil {
		code, bin = sku.Code, sku.Bin
	}
	if l.Spec != "" {
		name += " " + l.Spec
	}
	sent := ""
	if l.ShippedQty > 0 {
		sent = env.T("board.sent_units", "n", l.ShippedQty)
	}
	top := kit.Edges(nil, nil, nil, kit.NewLabel("×"+i18n.Count(l.Qty-l.CancelQty)), kit.NewLabel(name).Narrow())
	where := kit.NewLabel(kit.Join(bin, code, sent)).Small().Muted().Narrow()
	return kit.Down(1, top, kit.Edges(nil, nil, nil, kit.NewLabel(money.Fen(l.NetFen).Grouped()).Small().Muted(), where))
}

// facts are receiver and parcels.
func (s *screen) facts(d detail) fyne.CanvasObject {
	o := d.Order
	to := o.Receiver
	box := kit.Down(0,
		kit.NewFact(s.env.T("field.receiver"), kit.Part{Text: kit.Join(to.Name, to.Phone)}),
		kit.NewFact(s.env.T("field.address"), kit.Part{Text: kit.Join(join(to.Province, to.City, to.District), to.Address)}))
	for _, p := range d.Parcels {
		if p.State == domain.ParcelVoided {
			continue
		}
		word := s.env.Tr.Word("parcel", string(p.State))
		number := kit.Group4(p.Waybill)
		if p.Waybill != "" {
			number = s.env.Tr.Word("courier", p.Courier) + " " + number
		}
		box.Add(kit.NewFact(s.env.T("board.parcel_no", "n", p.No), kit.Part{Text: number}, kit.Part{Text: word, Token: theme.MutedToken, Gap: 10}))
	}
	if !o.MergeID.Zero() {
		box.Add(kit.NewFact(s.env.T("action.merge"), kit.Part{Text: s.env.T("board.merged")}))
	}
	return box
}

// join puts the parts of a place into one text.
func join(parts ...string) string {
	text := ""
	for _, p := range parts {
		if p != "" && text != "" {
			text += " "
		}
		text += p
	}
	return text
}

// timeline is what happened to the order and its parcels, then what is awaited.
func timeline(tr i18n.Tr, d detail, now when.Millis) []kit.Event {
	o := d.Order
	type at struct {
		when when.Millis
		kit.Event
	}
	var list []at
	add := func(m when.Millis, key, who string) {
		if m != 0 {
			list = append(list, at{m, kit.Event{Text: tr.T(key), Who: who, Time: tr.Moment(m, now)}})
		}
	}
	channel := tr.Word("channel", o.Channel)
	add(o.CreatedAt, "board.event.created", channel)
	add(o.PaidAt, "board.event.paid", channel)
	add(o.AuditedAt, "board.event.passed", d.PassedBy())
	for _, line := range d.History {
		if key, ok := eventWords[line.Key]; ok {
			add(line.At, key, line.Actor)
		}
	}
	for _, e := range d.events {
		if key, ok := parcelWords[e.Kind]; ok {
			add(e.At, key, e.Actor)
		}
	}
	sort.SliceStable(list, func(i, j int) bool { return list[i].when < list[j].when })
	events := make([]kit.Event, 0, len(list)+2)
	for _, e := range list {
		events = append(events, e.Event)
	}
	return append(events, awaited(tr, d, now)...)
}

// eventWords are the steps of an order that its history keeps.
var eventWords = map[string]string{
	"audit.address_fixed":  "board.event.address",
	"audit.held":           "board.event.held",
	"audit.hold_ended":     "board.event.released",
	"audit.check_released": "board.event.check",
	"audit.merged":         "board.event.merged",
	"audit.split":          "board.event.split",
	"audit.cancelled":      "board.event.cancelled",
	"audit.cod_called":     "board.event.called",

	"audit.unpassed":        "board.event.unpassed",
	"audit.uncancelled":     "board.event.uncancelled",
	"audit.check_restored":  "board.event.check_restored",
	"audit.held_again":      "board.event.held_again",
	"audit.cod_call_undone": "board.event.call_undone",
}

// parcelWords are the steps of a parcel.
var parcelWords = map[string]string{
	"shipped":     "board.event.shipped",
	"undone":      "board.event.undone",
	"handed_over": "board.event.handed",
	"returned":    "board.event.returned",

	"hand_undone":   "board.event.hand_undone",
	"return_undone": "board.event.return_undone",
}

// awaited is the step that comes next and the one after it.
func awaited(tr i18n.Tr, d detail, now when.Millis) []kit.Event {
	next := func(state kit.EventState, key string) kit.Event { return kit.Event{State: state, Text: tr.T(key)} }
	switch d.Order.Stage() {
	case domain.StageToShip, domain.StagePart:
		e := next(kit.EventNow, "board.event.wait_ship")
		if d.Order.LimitAt != 0 {
			e.Time = tr.T("board.until", "time", tr.Moment(d.Order.LimitAt, now))
		}
		if d.Order.LimitAt != 0 && now >= d.Order.LimitAt-nearLimit {
			e.Tone = theme.Urgent
		}
		return []kit.Event{e, next(kit.EventNext, "board.event.hand")}
	case domain.StageShipped:
		for _, p := range d.Parcels {
			if p.State == domain.ParcelShipped {
				return []kit.Event{next(kit.EventNow, "board.event.wait_hand")}
			}
		}
	}
	return nil
}

// topics are the changes that concern the board.
var topics = []core.Topic{core.TopicOrders, core.TopicParcels, core.TopicCatalog, core.TopicSettings}

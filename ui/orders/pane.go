package orders

import (
	"context"
	"sort"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/i18n"
	"zhanggui/app/money"
	"zhanggui/app/orders"
	"zhanggui/app/when"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// detail is the pane at the right. What was read before stays while it is read again.
func (s *screen) detail(r row) fyne.CanvasObject {
	box := container.NewStack()
	if s.shown.Order != nil && s.shown.Order.ID == r.ID {
		box.Objects = []fyne.CanvasObject{s.pane(r, s.shown)}
	} else {
		box.Objects = []fyne.CanvasObject{kit.Pad(14, 14, s.paneHead(r))}
	}
	kit.Run(s.env, s.list.Owner().Lane("detail"), func(ctx context.Context) (orders.Detail, error) {
		return s.app.Orders.Get(ctx, r.ID)
	}, func(d orders.Detail) {
		s.shown = d
		box.Objects = []fyne.CanvasObject{s.pane(r, d)}
		box.Refresh()
	})
	return box
}

func (s *screen) paneHead(r row) fyne.CanvasObject {
	tr := s.env.Tr
	pill := kit.NewPill(stageTone(r.Stage), tr.Word("state", string(r.Stage)))
	title := kit.NewLabel(kit.Group4(r.Number)).Pane().Narrow()
	facts := []kit.Part{{Channel: r.Channel, Text: tr.Word("channel", r.Channel)}, {Text: r.Shop, Token: theme.MutedToken}}
	due, tone := dueText(tr, r, s.env.Clock.Now())
	line := kit.Edges(nil, nil, nil, kit.NewLine(kit.Part{Icon: dueIcon(tone), Text: due, Token: tone.Token()}).Small(), kit.NewLine(facts...).Small().Narrow())
	if due == "" {
		line = kit.Edges(nil, nil, nil, nil, kit.NewLine(facts...).Small().Narrow())
	}
	return kit.Down(6, kit.Edges(nil, nil, nil, container.NewCenter(pill), title), line)
}

// dueText is the deadline in words: 距 48 小时上限 2:05.
func dueText(tr i18n.Tr, r row, now when.Millis) (text string, tone theme.Status) {
	if !waits(r.Stage) || r.LimitAt == 0 {
		return "", theme.Idle
	}
	switch {
	case now >= r.LimitAt:
		return tr.T("desk.due.over", "span", i18n.HM(now-r.LimitAt)), theme.Urgent
	case now >= r.LimitAt-nearLimit:
		return tr.T("desk.due.limit", "span", i18n.HM(r.LimitAt-now)), theme.Urgent
	case now >= r.TargetAt:
		return tr.T("desk.due.limit", "span", i18n.HM(r.LimitAt-now)), theme.Alert
	case now >= r.TargetAt-r.warn:
		return tr.T("desk.due.target", "span", i18n.HM(r.TargetAt-now)), theme.Warn
	}
	return tr.T("desk.due.target", "span", i18n.HM(r.TargetAt-now)), theme.Idle
}

func dueIcon(tone theme.Status) string {
	if tone == theme.Idle {
		return "clock"
	}
	return string(tone)
}

func (s *screen) pane(r row, d orders.Detail) fyne.CanvasObject {
	body := kit.Down(0, kit.Pad(14, 14, s.paneHead(r)), kit.NewRule())
	section := func(v float32, o fyne.CanvasObject) {
		if o != nil {
			body.Add(kit.Pad(v, 14, o))
			body.Add(kit.NewRule())
		}
	}
	if note := d.Order.BuyerNote; note != "" {
		line := kit.NewParagraph(s.env.T("desk.buyer_note", "note", note)).In(theme.Urgent.Token())
		body.Add(kit.Pad(8, 14, container.NewStack(kit.NewTint(theme.Urgent), kit.Pad(6, 10, line))))
	}
	if note := d.Order.SellerNote; note != "" {
		body.Add(kit.Pad(8, 14, kit.NewParagraph(s.env.T("desk.seller_note", "note", note)).Small()))
	}
	section(10, s.checks(d))
	section(10, s.goods(d))
	section(8, s.estimate(d))
	section(8, s.facts(d))
	section(8, s.conflicts(d))
	events := timeline(s.env.Tr, d, s.env.Clock.Now())
	body.Add(kit.Pad(10, 14, kit.Down(6, s.head("common.history"), kit.NewTimeline(events))))
	return container.NewVScroll(body)
}

func (s *screen) head(key string) *kit.Label { return kit.NewLabel(s.env.T(key)).Small().Bold() }

// checks lists the failed checks, each with the key that clears it.
func (s *screen) checks(d orders.Detail) fyne.CanvasObject {
	o := d.Order
	open := !settled(o) && o.Stage() != domain.StageToShip && o.Stage() != domain.StagePart
	box := kit.Down(8)
	if o.Audit == domain.AuditHold {
		until := s.env.T("desk.hold.open")
		if o.HoldUntil != 0 {
			until = s.env.T("desk.hold.until", "day", s.env.Tr.Date(o.HoldUntil.Day(), s.env.Clock.Now().Day()))
		}
		box.Add(s.check(theme.Warn, until, o.HoldReason, s.button(fixHold, "desk.unhold")))
	}
	for _, c := range ordered(o.Checks) {
		var button fyne.CanvasObject
		if f, ok := fixOf(c.Code); ok && open && !c.Released {
			button = s.button(f, f.title)
		}
		box.Add(s.check(checkTone(c), checkWord(s.env.Tr, c.Code), explain(s.env.Tr, c), button))
	}
	if !open {
		if len(box.Objects) == 0 {
			return nil
		}
		return kit.Down(6, s.head("desk.checks"), box)
	}
	if len(box.Objects) == 0 {
		box.Add(s.check(theme.OK, s.env.T("desk.checks.none"), "", nil))
	}
	return kit.Down(8, s.head("desk.checks"), box, s.shape(d))
}

// shape offers what changes an order's parcels.
func (s *screen) shape(d orders.Detail) fyne.CanvasObject {
	row := kit.Across(6)
	if b := s.button(fixSplit, "action.split"); b != nil {
		row.Add(b)
	}
	merge := "action.merge"
	if !d.Order.MergeID.Zero() {
		merge = "desk.unmerge"
	}
	if b := s.button(fixMerge, merge); b != nil {
		row.Add(b)
	}
	return row
}

// button starts a fix; nil without the right.
func (s *screen) button(f fix, title string) fyne.CanvasObject {
	if !s.can(f) {
		return nil
	}
	return kit.ID(kit.NewButton(s.env, s.env.T(title), f.key, func() { s.start(f) }).Small(), "orders.pane.fix"+string(f.key))
}

// check is one line of the section: what failed, why, what clears it.
func (s *screen) check(tone theme.Status, word, why string, button fyne.CanvasObject) fyne.CanvasObject {
	line := kit.NewLine(kit.Part{Icon: string(tone), Text: word, Token: tone.Token(), Bold: true}).Narrow()
	var head fyne.CanvasObject = line
	if button != nil {
		head = kit.Edges(nil, nil, nil, container.NewCenter(button), line)
	}
	if why == "" {
		return head
	}
	return kit.Down(2, head, kit.Pad(0, 19, kit.NewParagraph(why).Small()))
}

// explain says why a check failed and what to do about it.
func explain(tr i18n.Tr, c domain.Check) string {
	if c.Released {
		return tr.T("desk.released", "reason", c.Reason)
	}
	key := "desk.check." + string(c.Code)
	if !tr.Has(key) {
		return ""
	}
	return tr.M(key, c.Args)
}

// goods lists what was bought, what it costs and what was paid.
func (s *screen) goods(d orders.Detail) fyne.CanvasObject {
	o, tr := d.Order, s.env.Tr
	box := kit.Down(8)
	for i := range o.Lines {
		box.Add(s.goodsLine(d, &o.Lines[i]))
	}
	if len(o.Lines) == 0 {
		box.Add(kit.NewLabel(s.env.T("desk.no_lines")).Small().Muted())
	}
	parts := []string{tr.N("format.pieces", o.Units()), s.env.T("desk.sum.goods", "sum", o.GoodsFen.Grouped())}
	add := func(key string, f money.Fen) {
		if f != 0 {
			parts = append(parts, tr.T(key, "sum", f.Grouped()))
		}
	}
	add("desk.sum.freight", o.FreightFen)
	add("desk.sum.shop_discount", -o.ShopDiscountFen)
	add("desk.sum.platform_discount", -o.PlatformDiscountFen)
	add("desk.sum.refund", -o.RefundFen)
	paid := kit.Part{Text: tr.T("desk.sum.paid", "sum", tr.Money(o.PaidFen)), Bold: true}
	if o.COD {
		paid.Text = tr.T("desk.sum.cod", "sum", tr.Money(o.NetFen))
	}
	box.Add(kit.NewParagraph(i18n.Join(parts...)).Small())
	net := kit.NewLabel(tr.T("desk.sum.net", "sum", tr.Money(o.NetFen))).Small().Muted().Narrow()
	box.Add(kit.Edges(nil, nil, nil, kit.NewLine(paid).Small(), net))
	return box
}

// estimate is what the order is expected to leave; nil where the engine gives none.
func (s *screen) estimate(d orders.Detail) fyne.CanvasObject {
	e := d.Estimate
	if e == nil {
		return nil
	}
	tr := s.env.Tr
	box := kit.Down(0, s.head("desk.estimate"), kit.NewFact(tr.T("desk.estimate.revenue"), kit.Part{Text: tr.Money(e.RevenueFen)}))
	fee := func(key string, fen money.Fen, rate money.BP) {
		if rate != 0 {
			box.Add(kit.NewFact(tr.T(key), kit.Part{Text: tr.Money(-fen)}, kit.Part{Text: i18n.Percent(rate, 2), Token: theme.MutedToken}))
		}
	}
	fee("desk.estimate.platform", e.PlatformFen, e.Fees.Platform)
	fee("desk.estimate.payment", e.PaymentFen, e.Fees.Payment)
	if !e.CostKnown {
		box.Add(kit.NewFact(tr.T("desk.estimate.cost"), kit.Part{Text: tr.T("desk.estimate.no_cost"), Token: theme.MutedToken}))
		return box
	}
	box.Add(kit.NewFact(tr.T("desk.estimate.cost"), kit.Part{Text: tr.Money(-e.CostFen)}))
	margin := kit.Part{Text: tr.Money(e.MarginFen()), Bold: true}
	if e.MarginFen() < 0 {
		margin.Token = theme.Urgent.Token()
	}
	share := kit.Part{Token: theme.MutedToken}
	if e.RevenueFen > 0 && e.MarginFen() >= 0 {
		share.Text = i18n.Percent(money.Share(e.MarginFen(), e.RevenueFen), 1)
	}
	box.Add(kit.NewFact(tr.T("desk.estimate.margin"), margin, share))
	return box
}

func (s *screen) goodsLine(d orders.Detail, l *domain.Line) fyne.CanvasObject {
	code, bin := l.Code, ""
	known := kit.Part{Token: theme.MutedToken}
	if sku := d.SKUs[l.SKU]; sku != nil {
		code, bin = sku.Code, sku.Bin
	} else {
		known = kit.Part{Icon: string(theme.Warn), Text: s.env.T("desk.unmapped"), Token: theme.Warn.Token()}
	}
	gift := ""
	if l.Gift {
		gift = s.env.T("desk.gift")
	}
	sent := ""
	if l.ShippedQty > 0 {
		sent = s.env.T("desk.sent_units", "n", l.ShippedQty)
	}
	qty := "×" + i18n.Count(l.Qty-l.CancelQty)
	if l.QtyUnknown {
		qty = "×?"
	}
	known.Text = i18n.Join(known.Text, code, bin, gift, sent)
	top := kit.Edges(nil, nil, nil, kit.NewLabel(qty), kit.NewLabel(goodsName(l.Title, l.Spec)).Narrow())
	return kit.Down(1, top, kit.Edges(nil, nil, nil, kit.NewLabel(l.NetFen.Grouped()).Small().Muted(), kit.NewLine(known).Small().Narrow()))
}

// facts are receiver and parcels.
func (s *screen) facts(d orders.Detail) fyne.CanvasObject {
	o, t := d.Order, s.env.T
	to := o.Receiver
	who := kit.Join(to.Name, to.Phone)
	if who == "" {
		who = i18n.Dash
	}
	box := kit.Down(0,
		kit.NewFact(t("field.receiver"), kit.Part{Text: who}),
		kit.NewFact(t("field.address"), kit.Part{Text: place(to.Province, to.City, to.District)}))
	if to.Address != "" {
		box.Add(kit.NewFact("", kit.Part{Text: to.Address}))
	}
	if o.BuyerKey != "" {
		box.Add(kit.NewFact(t("field.buyer"), kit.Part{Text: o.BuyerKey, Token: theme.MutedToken}))
	}
	for _, p := range d.Parcels {
		if p.State == domain.ParcelVoided {
			continue
		}
		number := ""
		if p.Waybill != "" {
			number = s.env.Tr.Word("courier", p.Courier) + " " + kit.Group4(p.Waybill)
		}
		box.Add(kit.NewFact(t("desk.parcel", "n", p.No), kit.Part{Text: number}, kit.Part{Text: s.env.Tr.Word("parcel", string(p.State)), Token: theme.MutedToken}))
	}
	if !o.MergeID.Zero() {
		box.Add(kit.NewFact(t("action.merge"), kit.Part{Icon: "merge", Text: t("desk.merged"), Token: theme.MutedToken}))
	}
	return box
}

// conflicts are what files said against what we know.
func (s *screen) conflicts(d orders.Detail) fyne.CanvasObject {
	box := kit.Down(2, s.head("desk.conflicts"))
	n := 0
	for _, c := range d.Conflicts {
		if c.ResolvedAt != 0 {
			continue
		}
		n++
		box.Add(kit.NewFact(s.env.Tr.Word("fact", c.Fact), kit.Part{Text: s.env.T("desk.conflict", "ours", factWord(s.env.Tr, c, c.Ours), "theirs", factWord(s.env.Tr, c, c.Theirs))}))
	}
	if n == 0 {
		return nil
	}
	return box
}

// factWord says a fact's value in words.
func factWord(tr i18n.Tr, c core.Contradiction, value string) string {
	switch {
	case value == "true":
		return tr.T("common.yes")
	case value == "false":
		return tr.T("common.no")
	case c.Fact == "payment":
		return tr.Word("payment", value)
	}
	return tr.Word("state", value)
}

// timeline is what happened to the order, then what is awaited.
func timeline(tr i18n.Tr, d orders.Detail, now when.Millis) []kit.Event {
	o := d.Order
	type at struct {
		when when.Millis
		kit.Event
	}
	var list []at
	add := func(m when.Millis, text, who string) {
		if m != 0 && text != "" {
			list = append(list, at{m, kit.Event{Text: text, Who: who, Time: tr.Moment(m, now)}})
		}
	}
	channel := tr.Word("channel", o.Channel)
	add(o.CreatedAt, tr.T("desk.event.created"), channel)
	add(o.PaidAt, tr.T("desk.event.paid"), channel)
	add(o.AuditedAt, tr.T("desk.event.passed"), d.PassedBy())
	for _, line := range d.History {
		add(line.At, eventText(tr, line), line.Actor)
	}
	sort.SliceStable(list, func(i, j int) bool { return list[i].when < list[j].when })
	events := make([]kit.Event, 0, len(list)+1)
	for _, e := range list {
		events = append(events, e.Event)
	}
	return append(events, awaited(tr, o, now)...)
}

// eventText is a line of the history in a few words; "" for what the timeline leaves out.
func eventText(tr i18n.Tr, line core.AuditLine) string {
	key := "desk.event." + strings.TrimPrefix(line.Key, "audit.")
	if !tr.Has(key) {
		return ""
	}
	return tr.M(key, line.Args)
}

// awaited is the step that comes next.
func awaited(tr i18n.Tr, o *domain.Order, now when.Millis) []kit.Event {
	e := kit.Event{State: kit.EventNow}
	switch o.Stage() {
	case domain.StageToAudit:
		e.Text = tr.T("desk.event.wait_audit")
	case domain.StageException:
		e.Text, e.Tone = tr.T("desk.event.wait_fix"), theme.Warn
	case domain.StageHold:
		e.Text, e.Tone = tr.T("desk.event.wait_hold"), theme.Warn
	case domain.StageToShip, domain.StagePart:
		e.Text = tr.T("desk.event.wait_ship")
	default:
		return nil
	}
	if o.LimitAt != 0 {
		e.Time = tr.T("desk.event.limit", "time", tr.Moment(o.LimitAt, now))
		if now >= o.LimitAt-nearLimit {
			e.Tone = theme.Urgent
		}
	}
	return []kit.Event{e}
}

package orders

import (
	"context"

	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/i18n"
	"zhanggui/app/ids"
	"zhanggui/app/orders"
	"zhanggui/app/when"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// start begins the fix of a key for what is picked. Hold and cancel take
// several orders, the others one.
func (s *screen) start(f fix) {
	if !s.can(f) {
		return
	}
	switch f {
	case fixHold:
		s.hold()
		return
	case fixCancel:
		s.cancel()
		return
	case fixMerge:
		s.merge()
		return
	}
	r, ok := s.one()
	if !ok {
		return
	}
	s.order(r.ID, func(d orders.Detail) {
		if settled(d.Order) {
			s.list.Hint(theme.Info, s.env.T("desk.why.settled"))
			return
		}
		switch f {
		case fixAddress:
			s.address(d)
		case fixSKU:
			s.mapSKU(d)
		case fixSplit:
			s.split(d)
		case fixRelease:
			s.release(d)
		case fixCall:
			s.call(d)
		}
	})
}

// record is the line under a form's title: whose order it is.
func (s *screen) record(o *domain.Order) *kit.Label {
	return kit.NewLabel(kit.Join(s.env.Tr.Word("channel", o.Channel), kit.Group4(o.Number), o.Receiver.Name)).Small().Muted().Narrow()
}

// address corrects the receiver.
func (s *screen) address(d orders.Detail) {
	cmd := orders.FixAddressCmd{Order: d.Order.ID, Receiver: d.Order.Receiver}
	to, back := &cmd.Receiver, s.readdress(d.Order)
	kit.OpenForm(s.env, kit.FormSpec{
		ID: "orders.address", Title: "desk.address.title",
		Build: func(f *kit.Form) {
			f.Add(s.record(d.Order))
			f.Text("name", "field.receiver", &to.Name)
			f.Text("phone", "field.phone", &to.Phone)
			f.Text("province", "field.province", &to.Province)
			f.Text("city", "field.city", &to.City)
			f.Text("district", "field.district", &to.District)
			f.Area("address", "field.address", 2, &to.Address)
			f.Text("postcode", "field.postcode", &to.Postcode)
		},
		Save: func(ctx context.Context) error { return s.app.Orders.FixAddress(ctx, cmd) },
		Done: func() {
			s.saidBack(s.env.T("desk.address.done", "order", i18n.Short(d.Order.Number)), back)
		},
	})
}

// said shows the result of a deed in the hint line and in the status bar.
func (s *screen) said(text string) {
	s.list.Hint(theme.OK, text)
	s.env.Say(text)
}

// release waves a check through with a reason.
func (s *screen) release(d orders.Detail) {
	codes := releasable(d.Order)
	if len(codes) == 0 {
		s.list.Hint(theme.Info, s.env.T("desk.why.nothing_to_release"))
		return
	}
	cmd := orders.ReleaseCheckCmd{Order: d.Order.ID, Check: codes[0]}
	items := make([]kit.Item, len(codes))
	for i, c := range codes {
		items[i] = kit.Item{Value: string(c), Word: checkWord(s.env.Tr, c)}
	}
	var reason *kit.Entry
	kit.OpenForm(s.env, kit.FormSpec{
		ID: "orders.release", Title: "desk.release.title", OK: "action.release",
		Build: func(f *kit.Form) {
			f.Add(s.record(d.Order))
			if d.Order.BuyerNote != "" {
				f.Add(kit.NewParagraph(s.env.T("desk.buyer_note", "note", d.Order.BuyerNote)).In(theme.Urgent.Token()))
			}
			kit.FormChoice(f, "check", "desk.checks", items, &cmd.Check)
			reason = f.Text("reason", "field.reason", &cmd.Reason)
		},
		Save: func(ctx context.Context) error { return s.app.Orders.ReleaseCheck(ctx, cmd) },
		Done: func() {
			text := s.env.T("desk.release.done", "order", i18n.Short(d.Order.Number), "check", s.env.Tr.Word("check", string(cmd.Check)))
			s.saidBack(text, func(ctx context.Context) error {
				return s.app.Orders.RestoreCheck(ctx, orders.RestoreCheckCmd{Order: cmd.Order, Check: cmd.Check})
			})
		},
	})
	s.env.Window.Canvas().Focus(reason)
}

// call records the call before a delivery that is paid at the door.
func (s *screen) call(d orders.Detail) {
	if !d.Order.COD {
		s.list.Hint(theme.Info, s.env.T("desk.why.not_cod"))
		return
	}
	cmd := orders.CODCallCmd{Order: d.Order.ID}
	answer := "yes"
	var note *kit.Entry
	kit.OpenForm(s.env, kit.FormSpec{
		ID: "orders.call", Title: "desk.call.title",
		Build: func(f *kit.Form) {
			f.Add(s.record(d.Order))
			f.Add(kit.NewLabel(kit.Join(d.Order.Receiver.Name, d.Order.Receiver.Phone, s.env.Tr.Money(d.Order.NetFen))).Narrow())
			kit.FormChoice(f, "accepted", "desk.call.answer", []kit.Item{
				{Value: "yes", Word: s.env.T("desk.call.yes")}, {Value: "no", Word: s.env.T("desk.call.no")},
			}, &answer)
			note = f.Text("note", "field.note", &cmd.Note)
		},
		Save: func(ctx context.Context) error {
			cmd.Accepted = answer == "yes"
			return s.app.Orders.CODCall(ctx, cmd)
		},
		Done: func() {
			s.saidBack(s.env.T("desk.call.done", "order", i18n.Short(d.Order.Number)), func(ctx context.Context) error {
				return s.app.Orders.UndoCall(ctx, orders.UndoCallCmd{Order: cmd.Order, Called: d.Order.CODCalled})
			})
		},
	})
	s.env.Window.Canvas().Focus(note)
}

// hold keeps the picked orders back; on orders that are held it ends that.
func (s *screen) hold() {
	p := s.list.Picked()
	if p.Count == 0 {
		return
	}
	if held(p) {
		s.unhold(p)
		return
	}
	var until when.Day
	var reason string
	var done many
	kit.OpenForm(s.env, kit.FormSpec{
		ID: "orders.hold", Title: "desk.hold.title", OK: "action.hold",
		Build: func(f *kit.Form) {
			f.Add(kit.NewLabel(s.whom(p)).Small().Muted().Narrow())
			f.Day("until", "field.hold_until", &until)
			f.Add(kit.NewLabel(s.env.T("desk.hold.text")).Small().Muted().Narrow())
			f.Text("reason", "field.reason", &reason)
		},
		Save: func(ctx context.Context) (err error) {
			at := until.Start()
			if until != "" && at <= s.env.Clock.Now() {
				return fault.New(fault.Invalid, "fault.desk.hold_day").Field("until", "fault.desk.hold_past")
			}
			done, err = s.forEach(ctx, p, func(ctx context.Context, id ids.OrderID) error {
				return s.app.Orders.Hold(ctx, orders.HoldCmd{Order: id, Until: at, Reason: reason})
			})
			return err
		},
		Done: func() { s.report(done, "desk.hold.done", s.releaseHold) },
	})
}

// held tells whether every picked order that is known is held.
func held(p kit.Picked[row]) bool {
	for _, r := range p.Rows {
		if r.Stage != domain.StageHold {
			return false
		}
	}
	return len(p.Rows) > 0
}

// whom says which orders a form is about.
func (s *screen) whom(p kit.Picked[row]) string {
	if r, ok := p.One(); ok {
		return kit.Join(s.env.Tr.Word("channel", r.Channel), kit.Group4(r.Number), r.Receiver)
	}
	return s.chosen(p)
}

// cancel cancels the picked orders with a reason.
func (s *screen) cancel() {
	p := s.list.Picked()
	if p.Count == 0 {
		return
	}
	var reason string
	var done many
	kit.OpenForm(s.env, kit.FormSpec{
		ID: "orders.cancel", Title: "desk.cancel.title", OK: "desk.fix.cancel",
		Build: func(f *kit.Form) {
			f.Add(kit.NewLabel(s.whom(p)).Small().Muted().Narrow())
			f.Add(kit.NewParagraph(s.env.T("desk.cancel.text")).In(theme.Urgent.Token()))
			f.Text("reason", "field.reason", &reason)
		},
		Save: func(ctx context.Context) (err error) {
			done, err = s.forEach(ctx, p, func(ctx context.Context, id ids.OrderID) error {
				return s.app.Orders.Cancel(ctx, orders.CancelCmd{Order: id, Reason: reason})
			})
			return err
		},
		Done: func() { s.report(done, "desk.cancel.done", s.uncancel) },
	})
}

// many is what became of a deed done to several orders.
type many struct {
	done  []ids.OrderID
	left  int
	first error // why the first of those left stays
}

// forEach does a deed to every picked order. One that its state does not allow is
// left and counted; anything else ends the run.
func (s *screen) forEach(ctx context.Context, p kit.Picked[row], deed func(ctx context.Context, id ids.OrderID) error) (many, error) {
	var m many
	list, err := s.picked(ctx, p)
	if err != nil {
		return m, err
	}
	for _, id := range list {
		err := deed(ctx, id)
		switch {
		case err == nil:
			m.done = append(m.done, id)
		case fault.Is(err, fault.Conflict) && len(list) > 1:
			if m.left++; m.first == nil {
				m.first = err
			}
		default:
			return m, err
		}
	}
	return m, nil
}

// each is forEach without a form; back takes the deed to one order back.
func (s *screen) each(p kit.Picked[row], key string, deed, back func(ctx context.Context, id ids.OrderID) error) {
	kit.Act(s.env, s.list.Owner(), func(ctx context.Context) (many, error) {
		return s.forEach(ctx, p, deed)
	}, func(m many) { s.report(m, key, back) })
}

// report says what became of a deed; back, when there is one, takes it back order by order.
func (s *screen) report(m many, key string, back func(ctx context.Context, id ids.OrderID) error) {
	text := s.env.Tr.N(key, int64(len(m.done)))
	if back == nil {
		s.env.Say(text)
	} else {
		s.tellBack(text, eachOf(m.done, back))
	}
	if m.left == 0 {
		s.list.Hint(theme.OK, text)
		return
	}
	s.list.SetHint(theme.Warn, kit.Join(text, s.env.Tr.N("desk.left", int64(m.left))), s.env.Tr.Fault(m.first), "")
}

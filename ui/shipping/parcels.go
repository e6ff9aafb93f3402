package shipping

import (
	"context"

	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/i18n"
	"zhanggui/app/ids"
	"zhanggui/app/orders"
	"zhanggui/app/shipping"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// tail shortens a long number.
func tail(number string) string { return i18n.Short(number) }

// pickedParcels are the ids of the picked parcels; "all that match" is read.
func (s *screen) pickedParcels(ctx context.Context, p kit.Picked[row]) ([]ids.ParcelID, error) {
	var list []ids.ParcelID
	if !p.All {
		for _, id := range p.IDs {
			parsed, err := ids.Parse[ids.ParcelKind](id)
			if err != nil {
				return nil, fault.Wrap(err, "parcel")
			}
			list = append(list, parsed)
		}
		return list, nil
	}
	skip := map[string]bool{}
	for _, id := range p.Except {
		skip[id] = true
	}
	q := parcelQuery(p.Query, s.today())
	q.Totals = false
	for q.Page = (core.Page{Limit: core.PageLimit}); ; q.Page.Offset += core.PageLimit {
		page, err := s.app.Shipping.Parcels(ctx, q)
		if err != nil {
			return nil, err
		}
		for _, r := range page.Rows {
			if !skip[r.ID.String()] {
				list = append(list, r.ID)
			}
		}
		if len(page.Rows) < core.PageLimit {
			return list, nil
		}
	}
}

// handOver gives parcels to the courier, at most a page in one transaction.
func (s *screen) handOver(p kit.Picked[row]) {
	kit.Act(s.env, s.list.Owner(), func(ctx context.Context) ([]ids.ParcelID, error) {
		list, err := s.pickedParcels(ctx, p)
		if err != nil {
			return nil, err
		}
		var handed []ids.ParcelID
		for len(list) > 0 {
			part := list[:min(len(list), core.PageLimit)]
			now, err := s.app.Shipping.HandOver(ctx, shipping.HandOverCmd{Parcels: part})
			handed = append(handed, now...)
			if err != nil {
				return handed, err
			}
			list = list[len(part):]
		}
		return handed, nil
	}, func(handed []ids.ParcelID) {
		s.list.Grid().TickNone()
		text := s.env.Tr.N("board.handed", int64(len(handed)))
		s.list.Hint(theme.OK, text)
		note := kit.Note{Text: text}
		if len(handed) > 0 && s.env.Allows(shipping.UnhandCmd{}.Action()) {
			note.Undo = s.unhand(handed)
		}
		s.env.Tell(note)
	})
}

// unhand is the undo of a hand-over, a page of parcels in one transaction as it
// was handed over. Where one page is refused, the next try goes on from there.
func (s *screen) unhand(list []ids.ParcelID) kit.Undoing {
	rest := list
	return kit.TakeBack(s.env, func(ctx context.Context) error {
		for len(rest) > 0 {
			part := rest[:min(len(rest), core.PageLimit)]
			if err := s.app.Shipping.Unhand(ctx, shipping.UnhandCmd{Parcels: part}); err != nil {
				return err
			}
			rest = rest[len(part):]
		}
		return nil
	})
}

// undoAsk asks before shipments are undone.
func (s *screen) undoAsk(p kit.Picked[row]) kit.Ask {
	return kit.Ask{
		ID: "shipping.undo", Title: s.env.Tr.N("board.undo.ask", int64(p.Count)), Text: s.env.T("board.undo.text"), OK: s.env.T("board.undo"),
	}
}

// undo takes shipments back; the first that cannot be undone stops the rest.
func (s *screen) undo(p kit.Picked[row]) {
	kit.Act(s.env, s.list.Owner(), func(ctx context.Context) ([]ids.ParcelID, error) {
		list, err := s.pickedParcels(ctx, p)
		if err != nil {
			return nil, err
		}
		_, err = s.undoAll(ctx, list)
		return list, err
	}, s.undone)
}

func (s *screen) undone(list []ids.ParcelID) {
	s.list.Grid().TickNone()
	text := s.env.Tr.N("board.undo.done", int64(len(list)))
	s.list.Hint(theme.OK, text)
	papers := make([]string, len(list))
	for i, id := range list {
		papers[i] = paper(id)
	}
	s.env.Tell(kit.Note{Text: text, Settles: papers})
}

// paper names a parcel, for the list of what can be undone.
func paper(id ids.ParcelID) string { return "parcel:" + id.String() }

// takeBack is the undo of shipments that just left. Where one of several is
// refused, the next try goes on from there.
func (s *screen) takeBack(list ...ids.ParcelID) kit.Undoing {
	rest := list
	return kit.TakeBack(s.env, func(ctx context.Context) error {
		n, err := s.undoAll(ctx, rest)
		rest = rest[n:]
		return err
	})
}

func (s *screen) undoAll(ctx context.Context, list []ids.ParcelID) (int, error) {
	for i, id := range list {
		if err := s.app.Shipping.Undo(ctx, shipping.UndoCmd{Parcel: id}); err != nil {
			return i, err
		}
	}
	return len(list), nil
}

// giveBack books goods of a parcel that came back.
func (s *screen) giveBack(p kit.Picked[row]) {
	r, ok := p.One()
	if !ok {
		s.list.Hint(theme.Info, s.env.T("board.why.one_parcel"))
		return
	}
	kit.Run(s.env, s.list.Owner().Lane("form"), func(ctx context.Context) (orders.Detail, error) {
		return s.app.Orders.Get(ctx, r.orderID())
	}, func(d orders.Detail) { s.openReturn(r, d) })
}

// returnable are the lines of a parcel of which something may still come back.
func returnable(d orders.Detail, parcel ids.ParcelID) []domain.ParcelLine {
	var lines []domain.ParcelLine
	for _, p := range d.Parcels {
		if p.ID != parcel {
			continue
		}
		for _, l := range p.Lines {
			if l.Qty > l.Returned {
				lines = append(lines, l)
			}
		}
	}
	return lines
}

func (s *screen) openReturn(r row, d orders.Detail) {
	lines := returnable(d, r.parcel.ID)
	if len(lines) == 0 {
		s.list.Hint(theme.Info, s.env.T("board.return.none", "waybill", r.parcel.Waybill))
		return
	}
	items := make([]kit.Item, len(lines))
	for i, l := range lines {
		items[i] = kit.Item{Value: l.Line.String(), Word: s.returnWord(d, l)}
	}
	cmd := shipping.ReturnCmd{Parcel: r.parcel.ID}
	line := items[0].Value
	var good *kit.Entry
	kit.OpenForm(s.env, kit.FormSpec{
		ID: "shipping.return", Title: "board.return.title", OK: "board.return",
		Build: func(f *kit.Form) {
			f.Add(kit.NewLabel(kit.Join(kit.Group4(r.number()), r.parcel.Waybill)).Small().Muted().Narrow())
			kit.FormChoice(f, "line", "field.goods", items, &line).Wide(400)
			good = f.Qty("good", "board.return.good", &cmd.Good)
			f.Qty("defective", "board.return.defective", &cmd.Defective)
			f.Add(kit.NewParagraph(s.env.T("board.return.text")).Small())
		},
		Save: func(ctx context.Context) error {
			id, err := ids.Parse[ids.LineKind](line)
			if err != nil {
				return fault.Wrap(err, "line")
			}
			cmd.Line = id
			return onField(s.app.Shipping.Return(ctx, cmd), "qty", "good")
		},
		Done: func() {
			text := s.env.T("board.return.done", "order", r.number())
			s.list.Hint(theme.OK, text)
			s.env.Tell(kit.Note{Text: text, Undo: kit.TakeBack(s.env, func(ctx context.Context) error {
				return s.app.Shipping.Unreturn(ctx, shipping.UnreturnCmd(cmd))
			})})
		},
	})
	s.env.Window.Canvas().Focus(good) // Enter on the choice would open it
}

func (s *screen) returnWord(d orders.Detail, l domain.ParcelLine) string {
	name := s.env.T("board.return.other_order")
	if line := d.Order.Line(l.Line); line != nil {
		name = join(line.Title, line.Spec)
	}
	return s.env.T("board.return.line", "goods", name, "n", l.Qty-l.Returned)
}

// onField moves what a fault says about one field to another field of the form.
func onField(err error, from, to string) error {
	f := fault.From(err)
	if err == nil || f.Fields[from] == "" {
		return err
	}
	moved := *f
	moved.Fields = map[string]string{to: f.Fields[from]}
	return &moved
}

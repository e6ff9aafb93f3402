package stock

import (
	"context"
	"strings"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/i18n"
	"zhanggui/app/ids"
	"zhanggui/app/money"
	"zhanggui/app/stock"
	"zhanggui/app/when"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// found finds a SKU by what was typed or scanned: its code, or a barcode that may
// stand for several units. Errors: as catalog.FindByScan, under the field "sku".
func (s *screen) found(ctx context.Context, code string) (domain.SKU, int64, error) {
	if strings.TrimSpace(code) == "" {
		return domain.SKU{}, 0, fault.New(fault.Invalid, "fault.stock.receipt").Field("sku", "fault.required")
	}
	scan, err := s.app.Catalog.FindByScan(ctx, code)
	return scan.SKU, scan.Qty, underField(err, "sku")
}

// underField shows a refusal under a field of the form instead of behind it.
func underField(err error, field string) error {
	f := fault.From(err)
	switch {
	case err == nil, len(f.Fields) > 0:
		return err
	case f.Code == fault.NotFound, f.Code == fault.Denied, f.Code == fault.Limit, f.Code == fault.Conflict:
		shown := fault.New(fault.Invalid, f.Key).Field(field, f.Key).Because(err)
		shown.Args = f.Args
		return shown
	}
	return err
}

// positive wants a number of units.
func positive(qty int64) error {
	if qty <= 0 {
		return fault.New(fault.Invalid, "fault.stock.receipt").Field("qty", "fault.positive")
	}
	return nil
}

// codeOf is the code of the picked row, "" when none or several are.
func codeOf(p kit.Picked[core.StockRow]) string {
	if r, ok := p.One(); ok && !r.Kit {
		return r.SKU
	}
	return ""
}

// receive books units in. People who may see cost give it; for the others the
// last cost is taken and finance is asked.
func (s *screen) receive(p kit.Picked[core.StockRow]) {
	code := codeOf(p)
	var cmd stock.ReceiveCmd
	var got stock.Receipt
	var qty *kit.Entry
	free, mayCost := false, s.env.Allows(auth.FinanceViewCost)
	kit.OpenForm(s.env, kit.FormSpec{
		ID: "stock.receive", Title: "action.receive", OK: "action.receive",
		Build: func(f *kit.Form) {
			f.Text("sku", "inventory.code", &code)
			qty = f.Qty("qty", "field.units", &cmd.Qty)
			if mayCost {
				f.Money("cost", "inventory.cost", &cmd.CostFen)
				f.Tick("free", "inventory.free", &free)
			}
			f.Text("note", "field.note", &cmd.Note)
			if !mayCost {
				f.Add(kit.NewParagraph(s.env.T("inventory.receive.no_cost")).Small())
			}
		},
		Save: func(ctx context.Context) error {
			if err := positive(cmd.Qty); err != nil {
				return err
			}
			sku, units, err := s.found(ctx, code)
			if err != nil {
				return err
			}
			ask := cmd
			ask.SKU, ask.HasCost = sku.ID, mayCost && (cmd.CostFen > 0 || free)
			ask.Qty *= units
			got, err = s.app.Stock.Receive(ctx, ask)
			return underField(err, "sku")
		},
		Done: func() { s.received(got) },
	})
	if code != "" {
		s.env.Window.Canvas().Focus(qty)
	}
}

func (s *screen) received(got stock.Receipt) {
	text := s.env.T("inventory.received", "sku", got.SKU, "n", i18n.Count(got.Qty), "on_hand", i18n.Count(got.OnHand))
	tone := theme.OK
	if got.Woken > 0 {
		text = i18n.Join(text, s.env.Tr.N("inventory.woken", int64(got.Woken)))
	}
	if got.NoCost {
		text, tone = i18n.Join(text, s.env.T("inventory.cost_asked")), theme.Info
	}
	s.booked(tone, text, stock.UndoCmd{Kind: "receipt", Doc: got.Doc})
}

// booked says what was done, with its undo in the status bar.
func (s *screen) booked(tone theme.Status, text string, cmd stock.UndoCmd) {
	s.list.Hint(tone, text)
	note := kit.Note{Text: text}
	if s.env.Allows(cmd.Action()) {
		note.Of, note.Undo = paper(cmd), kit.TakeBack(s.env, func(ctx context.Context) error { return s.app.Stock.Undo(ctx, cmd) })
	}
	s.env.Tell(note)
}

// opening books what was there when the shop began with the program.
func (s *screen) opening(p kit.Picked[core.StockRow]) {
	code := codeOf(p)
	var cmd stock.OpeningCmd
	var got stock.Receipt
	var qty *kit.Entry
	kit.OpenForm(s.env, kit.FormSpec{
		ID: "stock.opening", Title: "inventory.opening.title", OK: "common.save",
		Build: func(f *kit.Form) {
			f.Add(kit.NewParagraph(s.env.T("inventory.opening.text")).Small())
			f.Text("sku", "inventory.code", &code)
			qty = f.Qty("qty", "field.units", &cmd.Qty)
			f.Money("cost", "inventory.opening.value", &cmd.ValueFen)
		},
		Save: func(ctx context.Context) error {
			if err := positive(cmd.Qty); err != nil {
				return err
			}
			sku, units, err := s.found(ctx, code)
			if err != nil {
				return err
			}
			ask := cmd
			ask.SKU = sku.ID
			ask.Qty *= units
			got, err = s.app.Stock.Opening(ctx, ask)
			return underField(err, "sku")
		},
		Done: func() {
			text := s.env.T("inventory.opened", "sku", got.SKU, "n", i18n.Count(got.Qty))
			s.booked(theme.OK, text, stock.UndoCmd{Kind: "opening", Doc: got.Doc})
		},
	})
	if code != "" {
		s.env.Window.Canvas().Focus(qty)
	}
}

// adjust corrects a count by a signed number, never "to" a number.
func (s *screen) adjust(p kit.Picked[core.StockRow]) {
	r, ok := p.One()
	if !ok {
		return
	}
	cmd := stock.AdjustCmd{SKU: r.SKUID, Reason: stock.AdjustCount}
	var got stock.AdjustResult
	items := make([]kit.Item, len(stock.AdjustReasons))
	for i, reason := range stock.AdjustReasons {
		items[i] = kit.Item{Value: string(reason), Word: s.env.Tr.Word("adjust", string(reason))}
	}
	kit.OpenForm(s.env, kit.FormSpec{
		ID: "stock.adjust", Title: "action.adjust", OK: "common.save",
		Build: func(f *kit.Form) {
			f.Add(kit.NewLabel(kit.Join(r.SKU, name(r), s.env.T("inventory.adjust.now", "n", i18n.Count(r.OnHand)))).Narrow())
			delta := f.Qty("qty", "inventory.adjust.delta", &cmd.Delta)
			delta.WithTail(func(string) string {
				if n, err := delta.Qty(); err == nil && n != 0 {
					return s.env.T("inventory.adjust.then", "n", i18n.Count(r.OnHand+n))
				}
				return ""
			})
			kit.FormChoice(f, "reason", "field.reason", items, &cmd.Reason)
			f.Text("note", "field.note", &cmd.Note)
		},
		Save: func(ctx context.Context) (err error) {
			if cmd.Delta == 0 {
				return fault.New(fault.Invalid, "fault.stock.adjust").Field("qty", "fault.inventory.delta")
			}
			got, err = s.app.Stock.Adjust(ctx, cmd)
			return underField(err, "qty")
		},
		Done: func() {
			text := s.env.T("inventory.adjusted", "sku", r.SKU, "delta", signedText(cmd.Delta), "on_hand", i18n.Count(got.OnHand))
			tone := theme.OK
			if len(got.Freed) > 0 {
				text, tone = i18n.Join(text, s.env.Tr.N("inventory.freed", int64(len(got.Freed)), "orders", strings.Join(got.Freed, "、"))), theme.Warn
			}
			if got.Woken > 0 {
				text = i18n.Join(text, s.env.Tr.N("inventory.woken", int64(got.Woken)))
			}
			s.booked(tone, text, stock.UndoCmd{Kind: "adjust", Doc: got.Doc})
		},
	})
}

func signedText(n int64) string {
	if n > 0 {
		return "+" + i18n.Count(n)
	}
	return i18n.Count(n)
}

// recost gives the last receipt of a SKU its real cost.
func (s *screen) recost(p kit.Picked[core.StockRow]) {
	r, ok := p.One()
	if !ok {
		return
	}
	kit.Run(s.env, s.list.Owner().Lane("form"), func(ctx context.Context) ([]core.MoveRow, error) {
		return s.moves(ctx, r.SKU, kit.Query{}, movesShown)
	}, func(moves []core.MoveRow) {
		m, ok := lastReceipt(moves)
		if !ok {
			s.list.Hint(theme.Info, s.env.T("inventory.recost.none", "sku", r.SKU))
			return
		}
		s.openRecost(r, m)
	})
}

func (s *screen) openRecost(r core.StockRow, m core.MoveRow) {
	var cost money.Fen
	kit.OpenForm(s.env, kit.FormSpec{
		ID: "stock.recost", Title: "inventory.recost.title", OK: "common.save",
		Build: func(f *kit.Form) {
			when := s.env.Tr.Moment(m.At, s.env.Clock.Now())
			f.Add(kit.NewLabel(kit.Join(r.SKU, name(r), s.env.T("inventory.recost.of", "time", when, "n", i18n.Count(m.Qty)))).Narrow())
			f.Money("cost", "inventory.cost", &cost)
			f.Add(kit.NewParagraph(s.env.T("inventory.recost.text")).Small())
		},
		Save: func(ctx context.Context) error {
			doc, err := ids.Parse[ids.DocKind](m.RefID)
			if err != nil {
				return fault.Wrap(err, "receipt")
			}
			return underField(s.app.Stock.Recost(ctx, stock.RecostCmd{Doc: doc, CostFen: cost}), "cost")
		},
		Done: func() {
			s.list.Hint(theme.OK, s.env.T("inventory.recosted", "sku", r.SKU, "cost", s.env.Tr.Money(cost)))
		},
	})
}

// askDay asks for the past day to look at.
func (s *screen) askDay() {
	day := asOf(s.list.Query())
	today := s.env.Clock.Now().Day()
	kit.OpenForm(s.env, kit.FormSpec{
		ID: "stock.as_of", Title: "inventory.as_of.title", OK: "common.ok",
		Build: func(f *kit.Form) {
			f.Day("day", "field.day", &day)
			f.Add(kit.NewParagraph(s.env.T("inventory.as_of.text")).Small())
		},
		Save: func(context.Context) error {
			if day > today {
				return fault.New(fault.Invalid, "fault.invalid").Field("day", "fault.inventory.future")
			}
			return nil
		},
		Done: func() { s.showDay(day) },
	})
}

// showDay lists stock as it was at the end of a day; "" and today are now.
func (s *screen) showDay(day when.Day) {
	q := s.list.Query()
	if day == "" || day == s.env.Clock.Now().Day() {
		s.list.Show(q.Chip, q.Search, kit.Values{})
		return
	}
	s.list.Show(q.Chip, q.Search, kit.NewValues(asOfKey, string(day)))
	s.list.SetHint(theme.Info, s.env.T("inventory.as_of.hint", "day", s.env.Tr.Date(day, s.env.Clock.Now().Day())), s.env.T("inventory.as_of.back"), "Esc")
}

// undo takes back the last document of a SKU.
func (s *screen) undo(p kit.Picked[core.StockRow]) {
	r, ok := p.One()
	if !ok {
		return
	}
	kit.Run(s.env, s.list.Owner().Lane("form"), func(ctx context.Context) ([]core.MoveRow, error) {
		return s.moves(ctx, r.SKU, kit.Query{}, 1)
	}, func(moves []core.MoveRow) {
		cmd, why := lastDoc(moves)
		if why != "" {
			s.list.Hint(theme.Info, s.env.T(why, "sku", r.SKU))
			return
		}
		m := moves[0]
		what := s.env.Tr.Word("reason", string(m.Reason))
		kit.Confirm(s.env, kit.Ask{
			ID: "stock.undo", Title: s.env.T("inventory.undo.ask", "what", what, "sku", r.SKU, "n", signedText(m.Qty)),
			Text: s.env.T("inventory.undo.text"), OK: s.env.T("common.undo"),
		}, func() { s.takeBack(cmd) })
	})
}

func (s *screen) takeBack(cmd stock.UndoCmd) {
	kit.Act(s.env, s.list.Owner(), func(ctx context.Context) (struct{}, error) {
		return struct{}{}, s.app.Stock.Undo(ctx, cmd)
	}, func(struct{}) {
		text := s.env.T("inventory.undone", "what", s.env.Tr.Word("reason", cmd.Kind))
		s.list.Hint(theme.OK, text)
		s.env.Tell(kit.Note{Text: text, Settles: []string{paper(cmd)}})
	})
}

// paper names the document of a booking, for the list of what can be undone.
func paper(cmd stock.UndoCmd) string { return cmd.Kind + ":" + cmd.Doc.String() }

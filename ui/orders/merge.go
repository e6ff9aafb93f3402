package orders

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"

	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
	"zhanggui/app/job"
	"zhanggui/app/orders"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// merge puts the ticked orders into one parcel. For one order it offers those
// that fit to it; one that is merged already it offers to take apart.
func (s *screen) merge() {
	p := s.list.Picked()
	if p.Count > 1 {
		s.mergeNow(func(ctx context.Context) ([]ids.OrderID, error) { return s.picked(ctx, p) })
		return
	}
	r, ok := s.one()
	if !ok {
		return
	}
	if !r.Merge.Zero() {
		s.unmerge(r)
		return
	}
	kit.Run(s.env, s.list.Owner().Lane("form"), func(ctx context.Context) ([]row, error) {
		return s.mergeable(ctx, r)
	}, func(list []row) {
		if len(list) < 2 {
			s.list.Hint(theme.Info, s.env.T("desk.why.no_merge"))
			return
		}
		s.chooseMerge(r, list)
	})
}

// mergeable are r and the open orders of its buyer that fit to it. The check
// only stands on the order that came later, so the buyer's orders are asked for.
func (s *screen) mergeable(ctx context.Context, r row) ([]row, error) {
	page, err := s.read(ctx, core.Query{Chip: "open", Conds: []core.Cond{
		{Field: "shop", Op: "=", Value: r.Shop}, {Field: "buyer", Op: "=", Value: r.Buyer},
	}}, 0)
	list := []row{r}
	for _, x := range page.Rows {
		if fit(r, x) {
			list = append(list, x)
		}
	}
	return list, err
}

// chooseMerge asks which of the orders go together: all are ticked, Space leaves one out.
func (s *screen) chooseMerge(r row, list []row) {
	tr := s.env.Tr
	heads := []kit.Head{
		{Key: "number", Title: tr.T("field.order"), Width: 96},
		{Key: "goods", Title: tr.T("field.goods"), Width: 150, Flex: true},
		{Key: "units", Title: tr.T("field.units"), Width: 52, Align: kit.Right},
		{Key: "net", Title: tr.T("desk.net"), Width: 84, Align: kit.Right},
		{Key: "paid", Title: tr.T("field.paid_at"), Width: 104},
	}
	rows := make(fixedRows, len(list))
	for i, x := range list {
		rows[i] = &kit.Row{ID: rowID(x), Cells: []kit.Cell{
			kit.OrderNo(x.Number), kit.Text(x.Goods), kit.Count(x.Units), kit.Amount(x.NetFen), kit.Muted(tr.Moment(x.PaidAt, s.env.Clock.Now())),
		}}
	}
	grid := kit.NewGrid(s.env, "orders.merge.list", heads, rows, true)
	for _, x := range list {
		grid.Tick(rowID(x), true)
	}
	yes := func(d *kit.Dialog) {
		var chosen []ids.OrderID
		for _, x := range list {
			if grid.Ticked(rowID(x)) {
				chosen = append(chosen, x.ID)
			}
		}
		d.Close()
		s.mergeNow(func(context.Context) ([]ids.OrderID, error) { return chosen, nil })
	}
	d := kit.OpenDialog(s.env, kit.DialogSpec{
		ID: "orders.merge", Title: tr.T("desk.merge.title"), OK: tr.T("action.merge"), OnOK: yes,
		Body: kit.Down(8,
			kit.NewLabel(kit.Join(r.Receiver, place(r.Province, r.City), tr.Word("channel", r.Channel))).Small().Muted().Narrow(),
			kit.Fixed(0, float32(min(30+28*len(list), 254)), grid),
			kit.NewParagraph(tr.T("desk.merge.text")).Small()),
	})
	grid.OnOpen = func(int) { yes(d) }
	grid.SetCursor(0)
	d.Focus(grid)
}

// fixedRows are rows of a grid that are all there.
type fixedRows []*kit.Row

// Len is their number.
func (f fixedRows) Len() int { return len(f) }

// Row gives one.
func (f fixedRows) Row(i int) (*kit.Row, bool) {
	if i < 0 || i >= len(f) {
		return nil, false
	}
	return f[i], true
}

func (s *screen) mergeNow(list func(ctx context.Context) ([]ids.OrderID, error)) {
	kit.Act(s.env, s.list.Owner(), func(ctx context.Context) (merged, error) {
		chosen, err := list(ctx)
		if err != nil {
			return merged{}, err
		}
		lead, err := s.app.Orders.Merge(ctx, orders.MergeCmd{Orders: chosen})
		return merged{leads: []ids.OrderID{lead}, orders: len(chosen)}, err
	}, func(m merged) {
		s.list.Grid().TickNone()
		s.saidBack(s.env.Tr.N("desk.merge.done", int64(m.orders)), s.unmergeAll(m.leads...))
	})
}

func (s *screen) unmerge(r row) {
	kit.Confirm(s.env, kit.Ask{
		ID: "orders.unmerge", Title: s.env.T("desk.unmerge.title"), Text: s.env.T("desk.unmerge.text"), OK: s.env.T("desk.unmerge"),
	}, func() {
		kit.Act(s.env, s.list.Owner(), func(ctx context.Context) ([]ids.OrderID, error) {
			group, err := s.groupOf(ctx, r.Merge)
			if err != nil {
				return nil, err
			}
			return group, s.app.Orders.Unmerge(ctx, orders.UnmergeCmd{Order: r.ID})
		}, func(group []ids.OrderID) {
			s.saidBack(s.env.T("desk.unmerge.done"), func(ctx context.Context) error {
				_, err := s.app.Orders.Merge(ctx, orders.MergeCmd{Orders: group})
				return err
			})
		})
	})
}

// merged is the result of merging every group of the list.
type merged struct {
	leads        []ids.OrderID // of the parcels that came of it
	orders, left int
	first        error
}

// mergeGroups is F9 under 可合并: every group of one buyer becomes one parcel, with
// ticks only the groups of the ticked orders.
func (s *screen) mergeGroups(p kit.Picked[row]) {
	runJob(s, "orders.mergeall", "desk.job.merge", func(ctx context.Context, report job.Report) (merged, error) {
		list := p.Rows
		if !p.Ticked || len(p.Rows) < p.Count {
			p.All = p.All || !p.Ticked
			all, err := s.all(ctx, p)
			if err != nil {
				return merged{}, err
			}
			list = all
		}
		return s.mergeEach(ctx, list, report)
	}, func(m merged) {
		s.list.Grid().TickNone()
		if len(m.leads) == 0 && m.left == 0 {
			s.list.Hint(theme.Info, s.env.T("desk.why.no_merge"))
			return
		}
		text := s.env.T("desk.merge.groups", "n", len(m.leads), "orders", m.orders)
		if m.left > 0 {
			s.list.SetHint(theme.Warn, kit.Join(text, s.env.Tr.N("desk.left", int64(m.left))), s.env.Tr.Fault(m.first), "")
			s.tellBack(text, s.unmergeAll(m.leads...))
			return
		}
		s.saidBack(text, s.unmergeAll(m.leads...))
	})
}

// mergeEach merges each order of the list with its buyer's others, each buyer once.
func (s *screen) mergeEach(ctx context.Context, list []row, report job.Report) (merged, error) {
	var m merged
	seen := map[ids.OrderID]bool{}
	for i, r := range list {
		report.Say(i, len(list), "")
		if ctx.Err() != nil {
			return m, nil // stopped: what is merged stays
		}
		if seen[r.ID] || !free(r) {
			continue
		}
		g, err := s.mergeable(ctx, r)
		if err != nil {
			return m, err
		}
		for _, x := range g {
			seen[x.ID] = true
		}
		if len(g) < 2 {
			continue
		}
		lead, err := s.app.Orders.Merge(ctx, orders.MergeCmd{Orders: idsOf(g)})
		switch {
		case err == nil:
			m.leads = append(m.leads, lead)
			m.orders += len(g)
		case fault.Is(err, fault.Conflict):
			if m.left += len(g); m.first == nil {
				m.first = err
			}
		default:
			return m, err
		}
	}
	return m, nil
}

// splitParcels is how many parcels the split form offers; more are rare and
// planned in two steps.
const splitParcels = 5

// split plans the parcels of an order; one that is planned already can be put
// back together.
func (s *screen) split(d orders.Detail) {
	if planned(d.Parcels) > 0 {
		kit.Choose(s.env, kit.Question{
			ID: "orders.resplit", Title: s.env.T("desk.split.planned", "n", planned(d.Parcels)), Record: kit.Group4(d.Order.Number),
			Options: []kit.Option{
				{Title: s.env.T("desk.split.again"), Text: s.env.T("desk.split.again_text")},
				{Title: s.env.T("desk.unsplit"), Text: s.env.T("desk.unsplit_text")},
			},
		}, func(option int, _ bool) {
			if option == 0 {
				s.openSplit(d)
				return
			}
			kit.Act(s.env, s.list.Owner(), func(ctx context.Context) (bool, error) {
				return true, s.app.Orders.Unsplit(ctx, orders.UnsplitCmd{Order: d.Order.ID})
			}, func(bool) { s.saidBack(s.env.T("desk.unsplit.done"), s.replan(d.Order.ID, plannedOf(d.Parcels))) })
		})
		return
	}
	s.openSplit(d)
}

// splitLine is one goods line of the split form with its units per parcel.
type splitLine struct {
	line  *domain.Line
	cells []*kit.Entry
}

func (s *screen) openSplit(d orders.Detail) {
	lines := splitLines(s.env, d.Order)
	if len(lines) == 0 {
		s.list.Hint(theme.Info, s.env.T("desk.why.no_split"))
		return
	}
	cmd := orders.SplitCmd{Order: d.Order.ID}
	kit.OpenForm(s.env, kit.FormSpec{
		ID: "orders.split", Title: "desk.split.title", OK: "action.split", Width: 660,
		Build: func(f *kit.Form) {
			f.Add(s.record(d.Order))
			f.Add(kit.NewLabel(s.env.T("desk.split.text")).Small().Muted().Narrow())
			f.Add(splitHead(s.env))
			for i, l := range lines {
				f.Add(kit.NewLabel(s.env.T("desk.split.line", "goods", goodsName(l.line.Title, l.line.Spec), "n", l.line.Open())).Narrow())
				row := kit.Across(6)
				for _, e := range l.cells {
					row.Add(e)
				}
				f.Bind(lineField(i), "", row, l.text, l.check, func(bool) {})
			}
		},
		Save: func(ctx context.Context) error {
			plan, err := splitPlan(lines)
			if err != nil {
				return err
			}
			cmd.Plan = plan
			return s.app.Orders.Split(ctx, cmd)
		},
		Done: func() {
			s.saidBack(s.env.Tr.N("desk.split.done", int64(len(cmd.Plan))), s.replan(d.Order.ID, plannedOf(d.Parcels)))
		},
	})
	s.env.Window.Canvas().Focus(lines[0].cells[0])
}

// splitWidth is a column of the split form.
const splitWidth = 96

func splitHead(env kit.Env) fyne.CanvasObject {
	row := kit.Across(6)
	for i := range splitParcels {
		row.Add(kit.Fixed(splitWidth, 18, kit.NewLabel(env.T("desk.parcel", "n", i+1)).Small().Muted()))
	}
	return row
}

// splitLines are the lines with units still to ship. It proposes the first line
// for the first parcel and the others for the second; a single line is halved.
func splitLines(env kit.Env, o *domain.Order) []splitLine {
	var lines []splitLine
	for i := range o.Lines {
		l := &o.Lines[i]
		if l.Open() <= 0 {
			continue
		}
		sl := splitLine{line: l}
		for n := range splitParcels {
			sl.cells = append(sl.cells, kit.ID(kit.NewQtyEntry(env).Wide(splitWidth), "orders.split.cell."+strconv.Itoa(len(lines))+"."+strconv.Itoa(n)))
		}
		lines = append(lines, sl)
	}
	for i, l := range lines {
		at := min(i, 1)
		n := l.line.Open()
		if len(lines) == 1 && n > 1 {
			l.cells[1].SetText(strconv.FormatInt(n/2, 10))
			n -= n / 2
		}
		l.cells[at].SetText(strconv.FormatInt(n, 10))
	}
	return lines
}

// lineField names the field of a line, so that a fault stands under it.
func lineField(i int) string { return "line" + strconv.Itoa(i) }

func (l splitLine) text() string {
	text := ""
	for _, e := range l.cells {
		text += e.Text + "|"
	}
	return text
}

// check makes sure that the parcels together hold what is open.
func (l splitLine) check() error {
	var sum int64
	for _, e := range l.cells {
		n, err := e.Qty()
		e.SetBad(err != nil || n < 0)
		if err != nil {
			return err
		}
		if n < 0 {
			return fault.New(fault.Invalid, "fault.negative")
		}
		sum += n
	}
	if open := l.line.Open(); sum != open {
		return fault.New(fault.Invalid, "fault.desk.split_sum", "open", open, "sum", sum)
	}
	return nil
}

// splitPlan is the plan of the form; parcels without units are left out.
func splitPlan(lines []splitLine) (domain.SplitPlan, error) {
	var plan domain.SplitPlan
	for n := range splitParcels {
		parcel := map[ids.LineID]int64{}
		for _, l := range lines {
			units, err := l.cells[n].Qty()
			if err != nil {
				return nil, err
			}
			if units > 0 {
				parcel[l.line.ID] = units
			}
		}
		if len(parcel) > 0 {
			plan = append(plan, parcel)
		}
	}
	if len(plan) < 2 {
		return nil, fault.New(fault.Invalid, "fault.desk.split").Field(lineField(0), "fault.desk.split_one")
	}
	return plan, nil
}

package kit

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/app/fault"
	"zhanggui/ui/theme"
)

// Picked is what an action would work on now.
func (l *List[R]) Picked() Picked[R] {
	sel := l.grid.sel
	total := l.rows.Len()
	if n := sel.count(total); n > 0 {
		p := Picked[R]{All: sel.all, Count: n, Ticked: true, Query: l.query}
		if sel.all {
			p.Except = sel.list()
		} else {
			p.IDs = sel.list()
		}
		p.Rows = l.tickedRows(sel)
		return p
	}
	r, ok := l.Current()
	if !ok || l.cursorID == "" {
		return Picked[R]{Query: l.query}
	}
	if row, held := l.rows.Row(l.grid.cursor); held && row.Group {
		return Picked[R]{Query: l.query}
	}
	return Picked[R]{IDs: []string{l.cursorID}, Count: 1, Query: l.query, Rows: []R{r}}
}

// tickedRows are the ticked records in memory, in list order, then those whose page was dropped.
func (l *List[R]) tickedRows(sel *selection) []R {
	var rows []R
	seen := map[string]bool{}
	for n := 0; n*pageSize < l.rows.Len(); n++ {
		pg, ok := l.rows.held[n]
		if !ok {
			continue
		}
		for _, r := range pg.rows {
			if l.spec.Group != nil && l.spec.Group(r) != nil {
				continue
			}
			if id := l.spec.RowID(r); sel.has(id) {
				rows = append(rows, r)
				seen[id] = true
			}
		}
	}
	if !sel.all {
		for _, id := range sel.list() {
			if r, ok := l.known[id]; ok && !seen[id] {
				rows = append(rows, r)
			}
		}
	}
	return rows
}

// tickChanged keeps the records of ticked rows: their page may be dropped later.
func (l *List[R]) tickChanged() {
	if sel := l.grid.sel; sel.all {
		l.known = map[string]R{}
	} else {
		for _, r := range l.tickedRows(sel) {
			l.known[l.spec.RowID(r)] = r
		}
		for id := range l.known {
			if !sel.has(id) {
				delete(l.known, id)
			}
		}
	}
	l.refresh()
}

// refresh brings footer and buttons up to date.
func (l *List[R]) refresh() {
	if l.foot == nil || l.sheet != nil {
		return
	}
	l.foot.set(l.footLeft(), l.footRight())
	l.actions.refresh()
}

func (l *List[R]) footLeft() []Part {
	if !l.rows.loaded {
		return nil
	}
	facts := []string{l.env.Tr.N("kit.foot.count", int64(l.rows.Len()))}
	if l.spec.Footer != nil {
		facts = l.spec.Footer(l.rows.Len(), l.rows.sums)
	}
	parts := make([]Part, 0, len(facts))
	for i, f := range facts {
		part := Part{Text: f, Token: theme.MutedToken, Gap: 16}
		if i == 0 {
			part = Part{Text: f, Bold: true}
		}
		parts = append(parts, part)
	}
	return parts
}

func (l *List[R]) footRight() []Part {
	if !l.spec.Ticks || l.rows.Len() == 0 {
		return nil
	}
	total := int64(l.rows.Len())
	p := l.Picked()
	if !p.Ticked {
		return []Part{{Text: l.env.Tr.N("kit.foot.all", total), Token: theme.MutedToken}}
	}
	text := l.env.Tr.N("kit.foot.ticked", int64(p.Count))
	if l.spec.Chosen != nil {
		text = l.spec.Chosen(p)
	}
	parts := []Part{{Text: text, Token: theme.PrimaryToken, Bold: true}}
	if p.Count < int(total) {
		parts = append(parts, Part{Text: l.env.Tr.N("kit.foot.all", total), Token: theme.MutedToken, Gap: 16})
	}
	return parts
}

// copyLimit is how many rows one Ctrl+C takes; a file is the way for more (Ctrl+E).
const copyLimit = 5000

// copy puts the ticked rows, else the cursor row, on the clipboard as TSV. Rows
// that are not in memory are read first.
func (l *List[R]) copy() {
	p := l.Picked()
	switch {
	case p.Count == 0:
		return
	case p.Count > copyLimit:
		Fail(l.env, fault.New(fault.Limit, "fault.kit.copy_limit", "limit", copyLimit))
	case len(p.Rows) == p.Count:
		l.clip(p.Rows)
	default:
		l.copyAll(p)
	}
}

func (l *List[R]) copyAll(p Picked[R]) {
	sel := l.grid.sel.copy()
	fetch, q := l.spec.Fetch, l.query
	Run(l.env, l.owner.Lane("copy"), func(ctx context.Context) ([]R, error) {
		var rows []R
		for at := 0; at < copyLimit+pageSize; at += pageSize {
			q.Page.Offset, q.Page.Limit = at, pageSize
			got, err := fetch(ctx, q)
			if err != nil {
				return nil, err
			}
			for _, r := range got.Rows {
				if sel.has(l.spec.RowID(r)) {
					rows = append(rows, r)
				}
			}
			if len(got.Rows) < pageSize || len(rows) >= p.Count {
				break
			}
		}
		return rows, nil
	}, l.clip)
}

func (l *List[R]) clip(rows []R) {
	cells := make([]*Row, len(rows))
	for i, r := range rows {
		cells[i] = l.cells(r)
	}
	fyne.CurrentApp().Clipboard().SetContent(l.grid.TSV(cells))
	l.env.Say(l.env.Tr.N("kit.copied", int64(len(rows))))
}

// footer is the line under the table: facts left, ticks right.
type footer struct {
	left, right *Label
	pad         *pad
	object      fyne.CanvasObject
}

func newFooter() *footer {
	f := &footer{left: NewLine().Small().Narrow(), right: NewLine().Small(), pad: newPad(func() {})}
	m := theme.Current().Metrics()
	row := Edges(nil, nil, nil, f.right, f.left)
	f.object = container.NewStack(NewRaised(), Edges(NewRule(), nil, nil, nil, Fixed(0, m.Footer-1, Pad(0, 12, row))), f.pad)
	return f
}

func (f *footer) set(left, right []Part) {
	f.left.SetParts(left...)
	f.right.SetParts(right...)
	f.object.Refresh()
}

// FooterText is the footer as text, for tests: facts, then what is ticked.
func (l *List[R]) FooterText() (left, right string) { return l.foot.left.Text(), l.foot.right.Text() }

// actionBar is the row of buttons at the bottom (LOOK §6).
type actionBar[R any] struct {
	l       *List[R]
	actions []Action[R]
	buttons []*Button
	object  fyne.CanvasObject
}

func newActionBar[R any](l *List[R]) *actionBar[R] {
	b := &actionBar[R]{l: l}
	var row []fyne.CanvasObject
	seenMain := false
	actions := l.spec.Actions
	if s := l.spec.Sheet; s != nil {
		actions = slices.Insert(slices.Clone(actions), min(1, len(actions)), Action[R]{
			ID: "sheet", Title: "kit.sheet.enter", Key: "F2", Need: s.Need, Do: func(Picked[R]) { l.openSheet() },
		})
	}
	for _, a := range actions {
		if !l.env.Allows(a.Need) {
			continue
		}
		if a.Primary && !seenMain {
			seenMain = true
			if a.Key == "" {
				a.Key = mainKey
			}
		}
		button := NewButton(l.env, l.env.T(a.Title), a.Key, func() { b.run(a) })
		button.icon, button.primary = a.Icon, a.Primary
		b.actions, b.buttons = append(b.actions, a), append(b.buttons, ID(button, l.spec.ID+"."+a.ID))
		row = append(row, button)
	}
	if l.spec.Export != nil {
		row = append(row, ID(NewButton(l.env, l.env.T("common.export_excel"), "Ctrl+E", l.export), l.spec.ID+".export"))
	}
	if len(row) == 0 && l.spec.Detail == nil {
		b.object = NewRule()
		return b
	}
	var right fyne.CanvasObject
	if l.spec.Detail != nil {
		right = container.NewCenter(ID(NewButton(l.env, l.env.T("common.details"), "F6", l.TogglePane).Plain(), l.spec.ID+".f6"))
	}
	m := theme.Current().Metrics()
	bar := Edges(nil, nil, nil, right, container.New(&clipLayout{gap: 8}, row...))
	b.object = container.NewStack(NewSurface(), Edges(NewRule(), nil, nil, nil, Fixed(0, m.ActionBar-1, Pad(0, 12, bar))))
	return b
}

// bind gives the actions their keys.
func (b *actionBar[R]) bind(layer *Layer) {
	for i, a := range b.actions {
		if a.Key != "" {
			layer.On(a.Key, b.buttons[i].Press)
		}
	}
}

// refresh brings words and reasons up to date with what is picked.
func (b *actionBar[R]) refresh() {
	if b == nil || len(b.actions) == 0 {
		return
	}
	p := b.l.Picked()
	for i, a := range b.actions {
		if a.Label != nil {
			b.buttons[i].SetLabel(a.Label(p))
		}
		why := ""
		if a.Why != nil {
			why = a.Why(p)
		}
		b.buttons[i].SetWhy(why)
		if why == "" {
			b.buttons[i].SetOff(a.Rows && p.Count == 0)
		}
	}
	b.object.Refresh()
}

// run asks if need be and does the action on what is picked now.
func (b *actionBar[R]) run(a Action[R]) {
	p := b.l.Picked()
	if a.Rows && p.Count == 0 {
		return
	}
	b.l.hint.Clear()
	if a.Confirm == nil {
		a.Do(p)
		return
	}
	ask := a.Confirm(p)
	if ask.Title == "" {
		a.Do(p)
		return
	}
	if ask.ID == "" {
		ask.ID = b.l.spec.ID + "." + a.ID + ".confirm"
	}
	Confirm(b.l.env, ask, func() { a.Do(p) })
}

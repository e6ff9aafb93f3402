package kit

import (
	"context"

	"fyne.io/fyne/v2"

	"zhanggui/app/fault"
	"zhanggui/ui/theme"
)

// save writes all changes in one use case. Where something is refused nothing is
// written, and the cells say why.
func (m *sheetMode[R]) save() {
	m.view.commit()
	l := m.l
	n := m.view.model.count()
	switch {
	case n.cells == 0:
		l.hint.Say(theme.Info, l.env.T("kit.sheet.nothing"), "", "")
		return
	case n.bad > 0:
		m.toBad()
		return
	}
	m.view.model.forgive()
	changes := m.view.model.changes()
	var faults []CellFault
	lane := l.owner.Lane("sheet.save")
	lane.OnFail(func(err error) bool {
		for _, f := range faults {
			m.refuse(f)
		}
		if len(faults) > 0 && l.sheet == m {
			m.toBad()
			return true
		}
		return false
	})
	Act(l.env, lane, func(ctx context.Context) (_ bool, err error) {
		faults, err = m.spec.Save(ctx, changes)
		return true, err
	}, func(bool) { m.saved(changes, n) })
}

// refuse marks the cell of a change that was not saved.
func (m *sheetMode[R]) refuse(f CellFault) {
	row, known := m.at[f.Row]
	for col, c := range m.cols {
		if known && c.Key == f.Column {
			m.view.model.refuse(sheetCell{row, col}, m.l.env.Tr.Fault(f.Err))
		}
	}
}

// saved keeps the new values in sight and offers the way back.
func (m *sheetMode[R]) saved(changes []CellChange, n sheetCount) {
	l := m.l
	m.view.model.settle()
	m.refresh()
	l.grid.Refresh()
	text := l.env.T("kit.sheet.saved", "rows", Count(int64(n.rows)).text, "cells", Count(int64(n.cells)).text)
	l.hint.Say(theme.OK, text, "", "")
	back, save := reversed(changes), m.spec.Save
	undo := TakeBack(l.env, func(ctx context.Context) error {
		_, err := save(ctx, back)
		return err
	})
	l.env.Tell(Note{Text: text, Undo: func(ended func(done bool)) {
		undo(func(done bool) {
			if done && l.hint.Text() == text {
				l.hint.Clear()
			}
			ended(done)
		})
	}})
}

// toBad goes to the first marked cell, whose reason the hint line shows.
func (m *sheetMode[R]) toBad() {
	if at, ok := m.view.model.firstBad(); ok {
		m.view.goTo(at.row, at.col, false)
	}
	m.l.Focus()
}

// copied says what is on the clipboard.
func (m *sheetMode[R]) copied(b sheetBlock) {
	m.l.env.Say(m.l.env.T("kit.sheet.copied", "rows", Count(int64(b.rows())).text, "cols", Count(int64(b.cols())).text))
}

// paste writes one value at once; of a block it first shows what it would do.
func (m *sheetMode[R]) paste(block [][]string, over sheetBlock) {
	env := m.l.env
	cells := 0
	for _, line := range block {
		cells += len(line)
	}
	if cells > pasteCells {
		Fail(env, fault.New(fault.Limit, "fault.kit.paste_limit", "n", cells, "limit", pasteCells))
		return
	}
	p := m.view.model.plan(block, over)
	if cells == 1 && len(p.changes) <= 1 && p.locked+p.beyond == 0 {
		m.view.take(p)
		return
	}
	if len(p.changes) == 0 && p.beyond == 0 {
		m.l.hint.Say(theme.Info, env.T("kit.sheet.paste_same"), "", "")
		return
	}
	preview := m.preview(p)
	OpenDialog(env, DialogSpec{
		ID: m.l.spec.ID + ".sheet.paste", Width: 960, Body: preview, OK: env.T("common.paste"),
		Title: env.T("kit.sheet.paste", "rows", Count(int64(p.at.rows())).text, "cols", Count(int64(p.at.cols())).text),
		OnOK: func(d *Dialog) {
			d.Close()
			m.view.take(p)
			m.l.Focus()
		},
	})
}

// preview shows what a paste changes, line by line: row, column, before, after,
// and why a cell cannot be written or will be marked.
func (m *sheetMode[R]) preview(p pastePlan) fyne.CanvasObject {
	env := m.l.env
	heads := []Head{
		{Key: "row", Title: env.T("kit.sheet.row"), Width: 116},
		{Key: "col", Title: env.T("kit.sheet.column"), Width: 84},
		{Key: "from", Title: env.T("kit.sheet.before"), Width: 150},
		{Key: "to", Title: env.T("kit.sheet.after"), Width: 150},
		{Key: "why", Title: env.T("common.note"), Width: 330, Flex: true},
	}
	var lines staticRows
	for _, urgent := range []bool{true, false} { // what goes wrong first
		for _, c := range p.changes {
			if (c.locked || c.reason != "") == urgent {
				lines = append(lines, m.previewLine(c))
			}
		}
	}
	grid := NewGrid(env.WithHints(nil), m.l.spec.ID+".sheet.preview", heads, lines, false)
	return Down(8, NewLine(m.pasteSum(p)...), Fixed(0, 300, grid))
}

func (m *sheetMode[R]) previewLine(c pasteLine) *Row {
	env := m.l.env
	why, to := Text(""), Changed(c.to)
	switch {
	case c.locked && c.reason != "":
		why, to = Toned(theme.Urgent, env.T("kit.sheet.clash", "row", c.reason)), Muted(c.to)
	case c.locked:
		why, to = Toned(theme.Warn, env.T("kit.sheet.readonly")), Muted(c.to)
	case c.reason != "":
		why, to = Toned(theme.Urgent, firstLines(c.reason)), Toned(theme.Urgent, c.to)
	}
	return &Row{ID: Count(int64(c.row)).text + ":" + m.cols[c.col].Key, Cells: []Cell{
		Text(m.name(c.row)), Muted(m.cols[c.col].title(env)), Text(c.from), to, why,
	}}
}

// pasteSum is the sentence over the preview: 将修改 6 条 11 格，2 格不能写.
func (m *sheetMode[R]) pasteSum(p pastePlan) []Part {
	env := m.l.env
	parts := []Part{{Text: env.T("kit.sheet.will", "rows", Count(int64(p.rows)).text, "cells", Count(int64(p.cells)).text), Bold: true}}
	add := func(key string, n int, tone theme.Status) {
		if n > 0 {
			parts = append(parts, Part{Icon: string(tone), Text: env.Tr.N(key, int64(n)), Token: tone.Token(), Gap: 14})
		}
	}
	add("kit.sheet.will_bad", p.bad, theme.Urgent)
	add("kit.sheet.will_not", p.locked, theme.Warn)
	add("kit.sheet.will_beyond", p.beyond, theme.Warn)
	return parts
}

// staticRows are rows that are all in memory.
type staticRows []*Row

// Len is the number of rows.
func (s staticRows) Len() int { return len(s) }

// Row gives a row.
func (s staticRows) Row(i int) (*Row, bool) {
	if i < 0 || i >= len(s) {
		return nil, false
	}
	return s[i], true
}

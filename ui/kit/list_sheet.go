package kit

import (
	"context"

	"fyne.io/fyne/v2"

	"zhanggui/app/core"
	"zhanggui/app/fault"
	"zhanggui/ui/theme"
)

// sheetMode is a list in grid mode. Its rows are those of the filter when it was
// opened: they keep their places while values change, also when another desk
// writes; what was read again goes into the places it had.
type sheetMode[R any] struct {
	l     *List[R]
	spec  *Sheet[R]
	cols  []Column[R]
	list  []R
	at    map[string]int // row of an id
	view  *sheetView
	lane  *Owner
	bar   *sheetBar
	heads []Head // the grid's before
}

// openSheet reads the rows of the filter and goes into grid mode.
func (l *List[R]) openSheet() {
	if l.sheet != nil || l.rows.Len() == 0 {
		return
	}
	if n := l.rows.Len(); n > sheetRows {
		Fail(l.env, fault.New(fault.Limit, "fault.kit.sheet_limit", "n", n, "limit", sheetRows))
		return
	}
	Run(l.env, l.owner.Lane("sheet"), l.readAll(), func(list []R) {
		if len(list) > 0 && l.sheet == nil {
			l.enterSheet(list)
		}
	})
}

// readAll reads every row of the filter.
func (l *List[R]) readAll() func(ctx context.Context) ([]R, error) {
	fetch, q := l.spec.Fetch, l.query
	return func(ctx context.Context) ([]R, error) {
		var list []R
		for at := 0; at < sheetRows; at += core.PageLimit {
			q.Page.Offset, q.Page.Limit = at, core.PageLimit
			got, err := fetch(ctx, q)
			if err != nil {
				return nil, err
			}
			list = append(list, got.Rows...)
			if len(got.Rows) < core.PageLimit {
				break
			}
		}
		return list, nil
	}
}

func (l *List[R]) enterSheet(list []R) {
	m := &sheetMode[R]{l: l, spec: l.spec.Sheet, list: list, lane: l.owner.Lane("sheet"), heads: l.grid.heads}
	m.cols = l.sheetColumns()
	m.index()
	m.view = newSheetView(l.env, l.grid, newSheet(m, m.columns(), l.env.Tr.Fault, func(now string) string {
		return l.env.T("kit.sheet.moved", "now", now)
	}))
	m.view.onChange, m.view.onPaste, m.view.onCopied = m.refresh, m.paste, m.copied
	row, col := max(0, l.grid.cursor), m.firstColumn()
	l.sheet = m
	m.bar = newSheetBar(l.env, l.spec.ID, m)
	m.dress(true)
	m.view.goTo(row, col, false)
	l.Focus()
}

// sheetColumns are the columns of grid mode: those that can be edited and those that name the row.
func (l *List[R]) sheetColumns() []Column[R] {
	var cols []Column[R]
	for _, c := range l.spec.Columns {
		if l.env.Allows(c.Need) && (c.Edit != nil || c.Sheet != SheetUsual) {
			cols = append(cols, c)
		}
	}
	return cols
}

// firstColumn is where the cursor begins: the column clicked last, else the first
// that can be edited.
func (m *sheetMode[R]) firstColumn() int {
	first := -1
	clicked := ""
	if at := m.l.grid.lastColumn; at > 0 && at < len(m.heads) {
		clicked = m.heads[at].Key
	}
	for i, c := range m.cols {
		if c.Edit != nil && (first < 0 || c.Key == clicked) {
			first = i
		}
	}
	return max(0, first)
}

func (m *sheetMode[R]) columns() []sheetColumn {
	cols := make([]sheetColumn, len(m.cols))
	for i, c := range m.cols {
		cols[i] = sheetColumn{key: c.Key, title: c.title(m.l.env), edits: c.Edit != nil}
		if c.Edit != nil {
			cols[i].parse, cols[i].show = c.Edit.Parse, c.Edit.Show
		}
	}
	return cols
}

func (m *sheetMode[R]) index() {
	m.at = make(map[string]int, len(m.list))
	for i, r := range m.list {
		m.at[m.l.spec.RowID(r)] = i
	}
}

// size, id, name, owner, stored and shown make it the source of its sheet.
func (m *sheetMode[R]) size() int           { return len(m.list) }
func (m *sheetMode[R]) id(row int) string   { return m.l.spec.RowID(m.list[row]) }
func (m *sheetMode[R]) name(row int) string { return m.spec.Name(m.list[row]) }

func (m *sheetMode[R]) owner(row, col int) string {
	if e := m.cols[col].Edit; e != nil && e.Shared != nil {
		return e.Shared(m.list[row])
	}
	return m.id(row)
}

func (m *sheetMode[R]) stored(row, col int) string {
	if e := m.cols[col].Edit; e != nil {
		return e.Text(m.list[row])
	}
	return ""
}

func (m *sheetMode[R]) shown(row, col int) string {
	c := m.cols[col].cell(m.list[row])
	return c.plain(m.l.env.Tr, m.l.grid.now())
}

// Len and Row make it the rows of the grid.
func (m *sheetMode[R]) Len() int { return len(m.list) }

// Row gives a row with the values as they are now.
func (m *sheetMode[R]) Row(i int) (*Row, bool) {
	if i < 0 || i >= len(m.list) {
		return nil, false
	}
	row := &Row{ID: m.id(i), Cells: make([]Cell, len(m.cols))}
	for col, c := range m.cols {
		if c.Edit == nil {
			row.Cells[col] = c.cell(m.list[i])
			continue
		}
		at := sheetCell{i, col}
		text := m.view.model.value(at)
		e, _ := m.view.model.edit(at)
		if show := m.view.model.cols[col].show; show != nil && e.fault == "" {
			text = show(text)
		}
		row.Cells[col] = Text(text)
		if e.reason() != "" {
			row.Cells[col] = Toned(theme.Urgent, text)
		}
	}
	return row, true
}

// dress puts the list into grid mode or out of it: columns, bars, keys.
func (m *sheetMode[R]) dress(on bool) {
	l := m.l
	g := l.grid
	if on {
		heads := make([]Head, len(m.cols))
		for i, c := range m.cols {
			heads[i] = Head{Key: c.Key, Title: c.title(l.env), Width: c.Width, Min: c.Min, Align: c.Align, Flex: c.Flex}
		}
		g.rows, g.heads, g.ticks, g.sheet = m, heads, false, m.view
		g.total, g.OnWindow, g.OnCursor = nil, nil, nil
		l.overlay.Objects = []fyne.CanvasObject{m.view.over}
		l.head.Objects = []fyne.CanvasObject{m.bar.strip}
		l.foundation.Objects = []fyne.CanvasObject{m.bar.object}
	} else {
		g.rows, g.heads, g.ticks, g.sheet = l.rows, m.heads, l.spec.Ticks, nil
		g.OnWindow, g.OnCursor = l.rows.window, l.cursorMoved
		l.overlay.Objects = nil
		l.head.Objects = l.headUsual
		l.foundation.Objects = []fyne.CanvasObject{l.actions.object}
	}
	if l.layer != nil {
		l.Hidden()
		l.Shown()
	}
	l.hint.Clear()
	g.shift = 0
	g.relayout()
	l.object.Refresh()
	g.Refresh()
}

// leave ends grid mode; unsaved changes are asked about.
func (m *sheetMode[R]) leave() {
	m.view.commit()
	n := m.view.model.count()
	if n.cells == 0 {
		m.end()
		return
	}
	Confirm(m.l.env, Ask{
		ID: m.l.spec.ID + ".sheet.discard", Urgent: true, Title: m.l.env.Tr.N("kit.sheet.unsaved", int64(n.rows)),
		Text: m.l.env.T("kit.sheet.unsaved_text"), OK: m.l.env.T("kit.sheet.discard"),
	}, m.end)
}

func (m *sheetMode[R]) end() {
	l := m.l
	if l.sheet != m {
		return
	}
	l.cursorID = ""
	if m.view.row < len(m.list) {
		l.cursorID = m.id(m.view.row)
	}
	l.sheet = nil
	m.dress(false)
	l.refresh()
	l.Load()
	l.Focus()
}

// reload reads the rows again into the places they have.
func (m *sheetMode[R]) reload() {
	Run(m.l.env, m.lane, m.l.readAll(), func(list []R) {
		for _, r := range list {
			if i, ok := m.at[m.l.spec.RowID(r)]; ok {
				m.list[i] = r
			}
		}
		m.view.model.reread()
		m.l.grid.Refresh()
		m.refresh()
	})
}

// Unsaved is how many records were changed in grid mode and not saved.
func (l *List[R]) Unsaved() int {
	if l.sheet == nil {
		return 0
	}
	l.sheet.view.commit()
	return l.sheet.view.model.count().rows
}

package kit

import (
	"context"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/when"
	"zhanggui/ui/theme"
)

// List is a whole list screen: chips, filter bar, hint line, grid with paged rows,
// footer, action bar, detail pane. A screen gives it a ListSpec, puts Object into
// its page and calls Load when told to.
//
// Guarantees: rows never wait for counts; old rows stay, muted, until new ones
// come; ticks are dropped when the filter changes and kept when rows reload.
type List[R any] struct {
	env   Env
	spec  ListSpec[R]
	owner *Owner
	rows  *pages[R]
	grid  *Grid
	cols  []Column[R] // those the person may see and did not hide
	layer *Layer
	query Query
	usual Query // as the list was made

	chips   []*Chip
	chipRow *fyne.Container
	search  *Entry
	bar     *FilterBar
	drawer  fyne.CanvasObject
	hint    *Hint
	state   *State
	foot    *footer
	actions *actionBar[R]
	pane    *fyne.Container
	paneOn  paneState
	figures *Figures
	object  fyne.CanvasObject

	known    map[string]R // ticked records, kept when their page is dropped
	cursorID string
	read     when.Millis // when the rows were read, 0 for not yet
	settle   func()      // stops the waiting detail pane
	typing   func()      // stops the waiting search

	sheet      *sheetMode[R]   // grid mode, nil when it is off
	head       *fyne.Container // chips, search and filters, or the strip of grid mode
	headUsual  []fyne.CanvasObject
	overlay    *fyne.Container // the field of grid mode lies here, over the table
	foundation *fyne.Container // the action bar, or that of grid mode
	minute     func()          // stops the minute's redraw
}

// NewList builds a list. It reads nothing before Load.
func NewList[R any](env Env, spec ListSpec[R]) *List[R] {
	l := &List[R]{
		env: env, spec: spec, owner: NewOwner(), known: map[string]R{},
		settle: func() {}, typing: func() {}, minute: func() {},
	}
	l.env.Hints = l
	if !env.Allows(auth.ExportFile) { // neither button nor Ctrl+E
		l.spec.Export = nil
	}
	l.rows = newPages(l.env, l.owner.Lane("rows"), spec.Fetch, l.cells)
	l.rows.changed, l.rows.failed = l.arrived, l.failed
	l.owner.OnBusy(l.busy)
	l.query = Query{Chip: spec.Chip, Page: core.Page{Sort: spec.Sort, Desc: spec.Desc}}
	if l.query.Chip == "" && len(spec.Chips) > 0 {
		l.query.Chip = spec.Chips[0].Key
	}
	l.usual = l.query
	l.restore()
	l.chooseColumns()
	l.buildGrid()
	l.buildFigures()
	l.build()
	return l
}

// Object is the list to place in the window.
func (l *List[R]) Object() fyne.CanvasObject { return l.object }

// Grid is the list's table.
func (l *List[R]) Grid() *Grid { return l.grid }

// Owner is the list's owner, for actions started from it.
func (l *List[R]) Owner() *Owner { return l.owner }

// Env is the list's Env: its hints go to the list's hint line.
func (l *List[R]) Env() Env { return l.env }

// Query is what the list shows now.
func (l *List[R]) Query() Query { return l.query }

// Total is the number of rows that match, as far as it is known.
func (l *List[R]) Total() int { return l.rows.Len() }

// Load reads everything again. Cursor and ticks stay.
func (l *List[R]) Load() {
	if l.sheet != nil {
		l.sheet.reload()
		return
	}
	l.rows.reload(l.query)
	l.loadCounts()
}

// again is what a person reads again: the list, or all of its screen.
func (l *List[R]) again() {
	if l.spec.Again != nil {
		l.spec.Again()
		return
	}
	l.Load()
}

// Close cancels what the list reads.
func (l *List[R]) Close() {
	l.Hidden()
	l.owner.Close()
}

// Shown takes the keys and the focus: the list is in front.
func (l *List[R]) Shown() {
	if l.layer == nil && l.env.Keys != nil {
		l.layer = l.env.Keys.Push(l.spec.ID, false)
		if l.sheet != nil {
			l.sheet.bind(l.layer)
		} else {
			l.bind(l.layer)
		}
	}
	l.tickMinute()
	l.Focus()
}

// Hidden gives the keys back.
func (l *List[R]) Hidden() {
	if l.layer != nil {
		l.layer.Close()
		l.layer = nil
	}
	l.minute()
}

// Focus puts the keyboard into the table.
func (l *List[R]) Focus() {
	if l.env.Window != nil {
		l.env.Window.Canvas().Focus(l.grid)
	}
}

// Show replaces chip, search and filter (a link from another screen) and reads.
func (l *List[R]) Show(chip, search string, filter Values) {
	if l.sheet != nil {
		if n := l.Unsaved(); n > 0 { // unsaved changes stay in sight
			l.Hint(theme.Warn, l.env.Tr.N("kit.sheet.unsaved", int64(n)))
			return
		}
		l.sheet.end()
	}
	if chip != "" {
		l.query.Chip = chip
	}
	l.query.Search, l.query.Filter = search, filter
	l.markChip()
	if l.search != nil {
		setQuietly(l.search, search)
	}
	if l.bar != nil {
		l.bar.Set(filter)
		l.openDrawer(l.bar.more(filter))
	}
	l.requery()
}

// requery is a changed filter: ticks and cursor no longer mean anything.
func (l *List[R]) requery() {
	l.grid.TickNone()
	l.known = map[string]R{}
	l.cursorID = ""
	l.grid.ScrollTo(0)
	l.hint.Clear()
	l.Load()
	if l.spec.Changed != nil {
		l.spec.Changed()
	}
}

func (l *List[R]) loadCounts() {
	if l.spec.Counts == nil {
		return
	}
	q := l.query
	lane := l.owner.Lane("counts")
	Run(l.env, lane, func(ctx context.Context) (map[string]int, error) { return l.spec.Counts(ctx, q) }, func(counts map[string]int) {
		for i, c := range l.spec.Chips {
			n, ok := counts[c.Key]
			if !ok {
				n = -1
			}
			l.chips[i].SetCount(n)
		}
		l.chipRow.Refresh()
	})
}

// arrived takes over changed rows.
func (l *List[R]) arrived() {
	if l.sheet != nil { // asked for before grid mode
		return
	}
	l.grid.SetDim(false)
	if l.env.Clock != nil {
		l.read = l.env.Clock.Now()
	}
	if l.spec.Totals {
		l.grid.SetTotal(l.totalRow())
	}
	l.keepCursor()
	l.grid.Update()
	l.refresh()
	l.figures.Refresh()
	if l.rows.Len() == 0 {
		l.state.Empty(l.emptyText())
	} else {
		l.state.None()
	}
}

// keepCursor follows the record under the cursor to its new row.
func (l *List[R]) keepCursor() {
	if l.cursorID != "" {
		if row, ok := l.grid.rowOf(l.grid.cursor); ok && row.ID == l.cursorID {
			l.showDetail()
			return
		}
		if i := l.rows.find(l.cursorID); i >= 0 {
			l.grid.cursor = i
			l.showDetail()
			return
		}
	}
	if l.rows.Len() == 0 {
		l.grid.cursor, l.cursorID = -1, ""
		l.showDetail()
		return
	}
	l.grid.cursor = min(max(0, l.grid.cursor), l.rows.Len()-1)
	l.cursorMoved(l.grid.cursor)
}

func (l *List[R]) emptyText() Empty {
	if l.spec.Empty != nil {
		return l.spec.Empty(l.query)
	}
	if l.query.Search != "" || !l.query.Filter.Empty() {
		return Empty{
			Icon: "search", Title: l.env.T("common.no_match"), Text: l.env.T("common.no_match_hint"),
			Action: l.env.T("common.show_all"), Key: "Esc", Do: l.ClearFilter,
		}
	}
	return Empty{Title: l.env.T("common.empty")}
}

// ClearFilter takes search and filter away; the chip stays.
func (l *List[R]) ClearFilter() {
	l.keep(func(k *kept) { k.Filter = nil })
	l.Show("", "", Values{})
}

// failed shows that reading did not work: in the table when it has no rows, else as usual.
func (l *List[R]) failed(err error) {
	l.grid.SetDim(false)
	if l.rows.loaded && l.rows.Len() > 0 {
		Fail(l.env, err)
		return
	}
	title, text, _ := strings.Cut(l.env.Tr.Fault(err), "\n")
	l.state.Fail(title, text, NewButton(l.env, l.env.T("common.retry"), "F5", l.again))
}

// busy is told when reading takes longer than 200 ms.
func (l *List[R]) busy(busy bool) {
	if !busy {
		return
	}
	if l.rows.Len() > 0 {
		l.grid.SetDim(l.rows.stale)
		return
	}
	l.state.Loading("")
}

// Hint shows a hint line until the next action.
func (l *List[R]) Hint(tone theme.Status, text string) { l.hint.Say(tone, text, "", "") }

// SetHint shows a hint line with muted facts behind it and the one key that helps.
func (l *List[R]) SetHint(tone theme.Status, text, more string, key Chord) {
	l.hint.Say(tone, text, more, key)
}

// HintText is the hint shown, "" for none; in grid mode what is wrong with the cell.
func (l *List[R]) HintText() string {
	if text := l.hint.Text(); text != "" || l.sheet == nil {
		return text
	}
	return l.sheet.bar.text
}

// cells makes the cells of a record.
func (l *List[R]) cells(r R) *Row {
	if l.spec.Group != nil {
		if row := l.spec.Group(r); row != nil {
			row.Group = true
			return row
		}
	}
	row := &Row{ID: l.spec.RowID(r), Cells: make([]Cell, len(l.cols))}
	if l.spec.Dim != nil {
		row.Dim = l.spec.Dim(r)
	}
	for i, c := range l.cols {
		row.Cells[i] = c.cell(r)
	}
	return row
}

func (l *List[R]) totalRow() *Row {
	if l.rows.Len() == 0 {
		return nil
	}
	row := &Row{Cells: make([]Cell, len(l.cols))}
	for i, c := range l.cols {
		if c.Total != nil {
			row.Cells[i] = c.Total(l.rows.sums)
		}
	}
	return row
}

// tickMinute redraws once a minute while the list is in front: deadlines move on.
func (l *List[R]) tickMinute() {
	if !l.spec.Minute {
		return
	}
	l.minute()
	l.minute = l.env.after(time.Minute, func() {
		l.grid.Refresh()
		l.tickMinute()
	})
}

func (l *List[R]) build() {
	l.hint = NewHint()
	l.hint.came = func() { l.object.Refresh() }
	l.state = NewState(l.env)
	l.foot = newFooter()
	ID(l.foot.pad, l.spec.ID+".foot").press = func() { l.figures.Explain(l.wholeFigure()) }
	l.actions = newActionBar(l)
	top := []fyne.CanvasObject{}
	if row := l.topRow(); row != nil {
		top = append(top, row)
	}
	if l.drawer != nil {
		top = append(top, l.drawer)
	}
	l.headUsual, l.head = top, Down(0, top...)
	l.overlay, l.foundation = container.NewStack(), container.NewStack(l.actions.object)
	table := container.NewStack(NewSurface(), l.grid, l.overlay, container.New(&belowHeader{l.grid.headerHeight}, l.state.object))
	center := Edges(Down(0, l.head, l.hint), l.foot.object, nil, nil, table)
	l.pane = container.NewStack()
	l.pane.Hide()
	if n, err := strconv.Atoi(l.env.recall("pane." + l.spec.ID)); err == nil {
		l.paneOn = paneState(n)
	}
	body := container.New(&paneLayout{shown: l.PaneShown, fill: l.showDetail}, center, l.pane)
	l.object = Edges(nil, l.foundation, nil, nil, body)
	if l.bar != nil && !l.query.Filter.Empty() {
		l.bar.Set(l.query.Filter)
		l.openDrawer(l.bar.more(l.query.Filter))
	}
	l.refresh()
}

// belowHeader keeps the state box out of the header.
type belowHeader struct{ header func() int }

func (b *belowHeader) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	top := float32(b.header())
	for _, o := range objects {
		o.Move(fyne.NewPos(0, top))
		o.Resize(fyne.NewSize(size.Width, max(0, size.Height-top)))
	}
}

func (b *belowHeader) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(1, 1) }

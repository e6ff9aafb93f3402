package kit

import (
	"sort"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/ui/theme"
)

// paneState is a person's wish about the detail pane.
type paneState int

const (
	paneAuto paneState = iota // by the window's width
	paneShown
	paneHidden
)

// paneFrom is the window width from which the detail pane is on by itself (LOOK §4).
const paneFrom = 1360

// paneSettle is how long the cursor must rest before the pane is filled, so that
// running through a list does not read every record.
const paneSettle = 60 * time.Millisecond

// chooseColumns leaves out what the person may not see or has hidden.
func (l *List[R]) chooseColumns() {
	hidden := " " + l.env.recall("hidden."+l.spec.ID) + " "
	l.cols = l.cols[:0]
	for _, c := range l.spec.Columns {
		if c.Sheet != SheetOnly && l.env.Allows(c.Need) && !strings.Contains(hidden, " "+c.Key+" ") {
			l.cols = append(l.cols, c)
		}
	}
}

func (l *List[R]) heads() []Head {
	heads := make([]Head, len(l.cols))
	for i, c := range l.cols {
		heads[i] = Head{
			Key: c.Key, Title: c.title(l.env), Width: c.Width, Min: c.Min, Align: c.Align, Flex: c.Flex, Muted: c.Muted, Sort: c.Sort,
		}
	}
	return heads
}

func (l *List[R]) buildGrid() {
	g := NewGrid(l.env, l.spec.ID, l.heads(), l.rows, l.spec.Ticks)
	if l.spec.Tall > 0 || l.spec.Bare {
		g.Tall(l.spec.Tall, l.spec.Bare)
	}
	g.SetSort(l.query.Page.Sort, l.query.Page.Desc)
	g.OnWindow = l.rows.window
	g.OnCursor = l.cursorMoved
	g.OnTick = l.tickChanged
	g.OnToggle = l.spec.Fold
	g.OnCopy = l.copy
	g.OnSort = func(sort string, desc bool) {
		l.query.Page.Sort, l.query.Page.Desc = sort, desc
		l.keep(func(k *kept) { k.Sort, k.Desc = sort, desc })
		l.hint.Clear()
		l.Load()
	}
	if l.spec.Open != nil {
		g.OnOpen = func(i int) {
			if r, ok := l.rows.record(i); ok {
				l.spec.Open(r)
			}
		}
	}
	l.grid = g
}

// HideColumn hides a column or shows it again, and remembers it.
func (l *List[R]) HideColumn(key string, hide bool) {
	hidden := map[string]bool{}
	for _, k := range strings.Fields(l.env.recall("hidden." + l.spec.ID)) {
		hidden[k] = true
	}
	hidden[key] = hide
	var keys []string
	for k, on := range hidden {
		if on {
			keys = append(keys, k)
		}
	}
	sort.Strings(keys)
	l.env.remember("hidden."+l.spec.ID, strings.Join(keys, " "))
	l.columnsChanged()
}

// columnsChanged shows the columns as they are chosen now.
func (l *List[R]) columnsChanged() {
	l.chooseColumns()
	l.rows.redraw()
	if l.spec.Totals {
		l.grid.SetTotal(l.totalRow())
	}
	l.grid.SetHeads(l.heads())
}

// topRow is the row of chips, with search, filter and columns at its right end.
func (l *List[R]) topRow() fyne.CanvasObject {
	left := make([]fyne.CanvasObject, 0, 2*len(l.spec.Chips))
	for _, c := range l.spec.Chips {
		chip := NewChip(l.env, l.env.T(c.Title), c.Mark, func() { l.Choose(c.Key) })
		l.chips = append(l.chips, ID(chip, l.spec.ID+".chip."+c.Key))
		if c.Line {
			left = append(left, newDivider())
		}
		left = append(left, chip)
	}
	l.markChip()
	var right []fyne.CanvasObject
	if l.spec.Search != "" {
		right = append(right, l.buildSearch())
	}
	if len(l.spec.Filters) > 0 {
		l.bar = NewFilterBar(l.env, l.spec.ID+".filter", l.spec.Filters, func(v Values) {
			l.query.Filter = v
			l.keep(func(k *kept) { k.Filter = l.packed(v) })
			if l.bar.Bare() && !l.bar.more(v) {
				l.openDrawer(false)
			}
			l.requery()
		})
	}
	if l.bar != nil && (!l.bar.Bare() || len(l.bar.shy) > 0) {
		l.drawer = l.bar.Object()
		l.drawer.Hide()
	}
	if l.bar != nil && !l.bar.Bare() {
		l.bar.row.Add(ID(NewButton(l.env, l.env.T("kit.views"), "Alt+V", l.viewMenu).Small(), l.spec.ID+".views"))
		right = append(right, ID(NewButton(l.env, l.env.T("common.filter"), "F4", l.toggleDrawer).Plain().Icon("filter"), l.spec.ID+".f4"))
	}
	right = append(right, ID(NewButton(l.env, l.env.T("common.columns"), "", l.columnMenu).Plain().Icon("cols"), l.spec.ID+".columns"))
	if len(left) == 0 && l.search == nil && l.bar == nil {
		return nil
	}
	m := theme.Current().Metrics()
	l.chipRow = container.New(&clipLayout{gap: 8}, left...)
	row := Edges(nil, nil, nil, Across(8, right...), l.chipRow)
	return container.NewStack(NewSurface(), Fixed(0, m.Chips, Pad(0, 12, row)))
}

func (l *List[R]) buildSearch() fyne.CanvasObject {
	e := NewEntry(l.env, l.env.T(l.spec.Search)).Wide(190)
	e.Icon = theme.Current().Palette().Icon("search", theme.MutedToken)
	e.OnChanged = func(string) {
		l.typing()
		l.typing = l.env.after(typing, l.searchNow)
	}
	e.OnEnter = func(string) {
		l.typing()
		l.searchNow()
		l.Focus()
	}
	l.search = ID(e, l.spec.ID+".search")
	return Fixed(0, 28, e)
}

func (l *List[R]) searchNow() {
	text := strings.TrimSpace(l.search.Text)
	if text == l.query.Search {
		return
	}
	l.query.Search = text
	l.requery()
}

// Choose takes a chip as a click does.
func (l *List[R]) Choose(key string) {
	if l.query.Chip == key {
		return
	}
	l.query.Chip = key
	l.keep(func(k *kept) { k.Chip = key })
	l.markChip()
	l.requery()
}

func (l *List[R]) markChip() {
	for i, c := range l.spec.Chips {
		l.chips[i].SetChosen(c.Key == l.query.Chip)
	}
}

// TopFilters are the list's filters that stand in the window's top bar.
func (l *List[R]) TopFilters() []TopFilter { return l.bar.TopFilters() }

func (l *List[R]) toggleDrawer() {
	l.openDrawer(!l.drawer.Visible())
	if l.drawer.Visible() {
		l.bar.Focus()
	}
}

func (l *List[R]) openDrawer(open bool) {
	if l.drawer == nil || l.drawer.Visible() == open {
		return
	}
	if open {
		l.drawer.Show()
	} else {
		l.drawer.Hide()
	}
	l.object.Refresh()
}

// columnsUsual is the last item of the columns' menu.
const columnsUsual = "-usual"

// columnMenu lets a person hide columns, or have the list as it was made.
func (l *List[R]) columnMenu() {
	hidden := " " + l.env.recall("hidden."+l.spec.ID) + " "
	var items []Item
	for _, c := range l.spec.Columns {
		if word := c.title(l.env); word != "" && c.Sheet != SheetOnly && l.env.Allows(c.Need) {
			items = append(items, Item{Value: c.Key, Word: word, Ticked: !strings.Contains(hidden, " "+c.Key+" ")})
		}
	}
	items = append(items, Item{Value: columnsUsual, Word: l.env.T("kit.columns.usual")})
	openMenu(l.env, Find(l.spec.ID+".columns"), items, "", func(key string) {
		if key == columnsUsual {
			l.Reset()
			return
		}
		l.HideColumn(key, !strings.Contains(hidden, " "+key+" "))
	}, nil)
}

// bind gives the list its keys (workflows 4.0).
func (l *List[R]) bind(layer *Layer) {
	layer.On("F5", l.again)
	if l.search != nil {
		find := func() { l.env.Window.Canvas().Focus(l.search) }
		layer.On("F3", find)
		layer.On("Ctrl+F", find)
	}
	if l.bar != nil && !l.bar.Bare() {
		layer.On("F4", l.toggleDrawer)
		l.bindViews(layer)
	}
	if l.spec.Detail != nil {
		layer.On("F6", l.TogglePane)
	}
	if l.spec.Export != nil {
		layer.On("Ctrl+E", l.export)
	}
	layer.Try("Esc", l.escape)
	l.figures.Bind(layer)
	for _, c := range []Chord{"Up", "Down", "PgUp", "PgDn", "Home", "End", "Shift+Up", "Shift+Down"} {
		layer.Try(c, func() bool { return l.toGrid(c, true) })
	}
	for _, c := range []Chord{"Space", "Enter", "Left", "Right", "Ctrl+A", "Ctrl+C"} {
		layer.Try(c, func() bool { return l.toGrid(c, false) })
	}
	l.actions.bind(layer)
	layer.Offer(l.actions.commands)
}

// toGrid gives the table a key that nobody else wanted: a click on a button takes
// the focus away, and the arrows must go on working. fromFields takes it from a
// field too: ↓ in the search box goes into the table.
func (l *List[R]) toGrid(c Chord, fromFields bool) bool {
	focused := l.env.Window.Canvas().Focused()
	if focused == fyne.Focusable(l.grid) || (focused != nil && !fromFields) {
		return false
	}
	_, field := focused.(*Entry)
	l.Focus()
	if field { // the first press only changes the place
		return true
	}
	return l.grid.press(c)
}

// escape leaves a field for the table, then closes the drawer, then clears the filter.
func (l *List[R]) escape() bool {
	c := l.env.Window.Canvas()
	switch {
	case c.Focused() != fyne.Focusable(l.grid):
		l.Focus()
	case l.drawer != nil && l.drawer.Visible():
		l.openDrawer(false)
	case l.query.Search != "" || l.bar.more(l.query.Filter):
		l.keep(func(k *kept) { k.Filter = l.packed(l.bar.top(l.query.Filter)) })
		l.Show("", "", l.bar.top(l.query.Filter)) // the whole window's filters stay
	case !l.query.Filter.Empty() && l.rows.Len() == 0:
		l.ClearFilter()
	case l.hint.Visible():
		l.hint.Clear()
	default:
		return false
	}
	return true
}

func (l *List[R]) export() {
	keys := make([]string, len(l.grid.spans))
	for i, s := range l.grid.spans {
		keys[i] = l.grid.heads[s.col].Key
	}
	l.spec.Export(l.query, keys)
}

// cursorMoved remembers the record and fills the pane once the cursor rests.
func (l *List[R]) cursorMoved(i int) {
	l.cursorID = ""
	if row, ok := l.grid.rowOf(i); ok { // else its page is on the way: keepCursor takes the id then
		l.cursorID = row.ID
	}
	l.settle()
	l.actions.refresh()
	if l.spec.Detail != nil {
		l.settle = l.env.after(paneSettle, l.showDetail)
	}
}

// Current is the record under the cursor.
func (l *List[R]) Current() (R, bool) { return l.rows.record(l.grid.cursor) }

func (l *List[R]) showDetail() {
	if l.spec.Detail == nil || !l.PaneShown() {
		return
	}
	l.pane.Objects = []fyne.CanvasObject{NewSurface(), Edges(nil, nil, NewRule(), nil, nil)}
	if r, ok := l.Current(); ok {
		if row, held := l.rows.Row(l.grid.cursor); held && !row.Group {
			l.pane.Objects = append(l.pane.Objects, l.spec.Detail(r))
		}
	}
	l.pane.Refresh()
}

// TogglePane shows or hides the detail pane (F6) and remembers it.
func (l *List[R]) TogglePane() {
	if l.PaneShown() {
		l.paneOn = paneHidden
	} else {
		l.paneOn = paneShown
	}
	l.env.remember("pane."+l.spec.ID, strconv.Itoa(int(l.paneOn)))
	l.showDetail()
	l.object.Refresh()
}

// PaneShown tells whether the detail pane is in sight: as the person wished, else by the window's width.
func (l *List[R]) PaneShown() bool {
	switch {
	case l.spec.Detail == nil, l.sheet != nil: // grid mode takes the whole width
		return false
	case l.paneOn == paneAuto && l.env.Window != nil:
		return l.env.Window.Canvas().Size().Width >= paneFrom
	}
	return l.paneOn == paneShown
}

// paneLayout puts the detail pane at the right of the table.
type paneLayout struct {
	shown func() bool
	on    bool
	fill  func()
}

func (p *paneLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	table, pane := objects[0], objects[1]
	on := p.shown()
	if on != p.on {
		p.on = on
		if on {
			pane.Show()
			p.fill()
		} else {
			pane.Hide()
		}
	}
	var w float32
	if on {
		w = theme.Current().Metrics().DetailPane
		pane.Move(fyne.NewPos(size.Width-w, 0))
		pane.Resize(fyne.NewSize(w, size.Height))
	}
	table.Move(fyne.NewPos(0, 0))
	table.Resize(fyne.NewSize(size.Width-w, size.Height))
}

func (p *paneLayout) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

// clipLayout puts objects side by side and hides those that do not fit: chips
// must never push the table's width.
type clipLayout struct{ gap float32 }

func (l *clipLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	var x float32
	for _, o := range objects {
		want := o.MinSize()
		if x+want.Width > size.Width {
			o.Resize(fyne.NewSize(0, 0))
			continue
		}
		o.Resize(want)
		o.Move(fyne.NewPos(x, float32(int((size.Height-want.Height)/2))))
		x += want.Width + l.gap
	}
}

func (l *clipLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var h float32
	for _, o := range objects {
		h = max(h, o.MinSize().Height)
	}
	return fyne.NewSize(10, h)
}

package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

var (
	_ fyne.Focusable      = (*Grid)(nil)
	_ fyne.Shortcutable   = (*Grid)(nil)
	_ fyne.Scrollable     = (*Grid)(nil)
	_ fyne.Draggable      = (*Grid)(nil)
	_ fyne.DoubleTappable = (*Grid)(nil)
	_ fyne.Tappable       = (*Grid)(nil)
	_ desktop.Mouseable   = (*Grid)(nil)
	_ desktop.Hoverable   = (*Grid)(nil)
	_ desktop.Cursorable  = (*Grid)(nil)
	_ desktop.Keyable     = (*Grid)(nil)
)

// dragState is what a pressed mouse button is doing.
type dragState struct {
	mode dragMode
	col  int  // resized column
	grab int  // units between the pointer and what it holds
	on   bool // ticks painted over check boxes: on or off
	last int  // last row painted
	over int  // column edge under the pointer, -1 for none
}

type dragMode int

const (
	dragNone dragMode = iota
	dragThumb
	dragColumn
	dragTicks
)

// edgeReach is how near the pointer must be to a column's edge to take it.
const edgeReach = 4

// area is where a point of the grid lies.
type area int

const (
	areaNone area = iota
	areaHeader
	areaHeaderCheck
	areaEdge
	areaRow
	areaCheck
	areaBar
)

// hit tells what lies under a point: the area, and its row or column index.
func (g *Grid) hit(pos fyne.Position) (where area, index int) {
	x, y := int(pos.X), int(pos.Y)
	if y < g.headerHeight() {
		return g.hitHeader(x)
	}
	y -= g.headerHeight()
	if y >= g.view.height {
		return areaNone, -1
	}
	if x >= g.room() && g.view.max() > 0 {
		return areaBar, -1
	}
	row := g.view.rowAt(y)
	if row < 0 {
		return areaNone, -1
	}
	if g.ticks && x < g.tickWidth() {
		return areaCheck, row
	}
	return areaRow, row
}

func (g *Grid) hitHeader(x int) (area, int) {
	if g.ticks && x < g.tickWidth() {
		return areaHeaderCheck, -1
	}
	for n, s := range g.spans {
		end := s.x + s.w - g.shift
		if x >= end-edgeReach && x <= end+edgeReach {
			return areaEdge, n
		}
	}
	for n, s := range g.spans {
		if x >= s.x-g.shift && x < s.x+s.w-g.shift {
			return areaHeader, n
		}
	}
	return areaNone, -1
}

// MouseDown acts at once: waiting for a possible double click would feel slow.
func (g *Grid) MouseDown(ev *desktop.MouseEvent) {
	g.env.Keys.Touch()
	g.takeFocus()
	if ev.Button != desktop.MouseButtonPrimary {
		if where, row := g.hit(ev.Position); where == areaRow || where == areaCheck {
			g.SetCursor(row)
		}
		return
	}
	g.drag = dragState{over: -1, last: -1}
	switch where, i := g.hit(ev.Position); where {
	case areaHeaderCheck:
		g.headerCheck()
	case areaHeader:
		g.sortBy(g.spans[i].col)
	case areaEdge:
		g.drag.mode, g.drag.col = dragColumn, i
		g.drag.grab = g.spans[i].x + g.spans[i].w - int(ev.Position.X)
	case areaBar:
		g.pressBar(int(ev.Position.Y))
	case areaCheck:
		g.pressCheck(i)
	case areaRow:
		g.pressRow(i, ev.Modifier)
	}
}

// MouseUp ends what MouseDown began.
func (g *Grid) MouseUp(*desktop.MouseEvent) { g.DragEnd() }

// Tapped is there because Fyne gives double clicks only to what it can tap.
func (g *Grid) Tapped(*fyne.PointEvent) {}

// DoubleTapped opens the row.
func (g *Grid) DoubleTapped(ev *fyne.PointEvent) {
	switch where, i := g.hit(ev.Position); where {
	case areaRow:
		g.open(i)
	case areaEdge:
		g.resetWidth(i)
	}
}

func (g *Grid) pressRow(i int, mod fyne.KeyModifier) {
	if row, ok := g.rows.Row(i); ok && row.Group && g.OnToggle != nil {
		g.SetCursor(i)
		g.OnToggle(row.ID)
		return
	}
	switch {
	case mod&fyne.KeyModifierShift != 0 && g.cursor >= 0:
		g.tickRange(g.cursor, i)
	case mod&fyne.KeyModifierShortcutDefault != 0:
		g.toggleRow(i)
	}
	g.SetCursor(i)
}

func (g *Grid) pressCheck(i int) {
	row, ok := g.rows.Row(i)
	if !ok {
		return
	}
	if row.Group {
		if g.OnGroupTick != nil {
			g.OnGroupTick(row.ID)
		}
		return
	}
	g.drag.mode, g.drag.on, g.drag.last = dragTicks, !g.sel.has(row.ID), i
	g.Tick(row.ID, g.drag.on)
}

func (g *Grid) pressBar(y int) {
	y -= g.headerHeight() + 2
	pos, length, _ := g.view.thumb(g.view.height - 4)
	if y < pos || y >= pos+length { // a click beside the thumb jumps there
		g.view.drag(y-length/2, g.view.height-4)
		pos, _, _ = g.view.thumb(g.view.height - 4)
		g.Refresh()
	}
	g.drag.mode, g.drag.grab = dragThumb, y-pos
}

// Dragged moves the thumb, a column's edge, or paints ticks.
func (g *Grid) Dragged(ev *fyne.DragEvent) {
	x, y := int(ev.Position.X), int(ev.Position.Y)
	switch g.drag.mode {
	case dragThumb:
		g.view.drag(y-g.headerHeight()-2-g.drag.grab, g.view.height-4)
		g.Refresh()
	case dragColumn:
		s := g.spans[g.drag.col]
		g.setWidth(s.col, x+g.drag.grab-s.x)
	case dragTicks:
		g.paintTicks(g.view.rowAt(y - g.headerHeight()))
	}
}

// DragEnd remembers dragged widths.
func (g *Grid) DragEnd() {
	if g.drag.mode == dragColumn {
		g.env.remember("widths."+g.id, packWidths(g.heads, g.widths))
	}
	g.drag = dragState{over: -1, last: -1}
}

func (g *Grid) paintTicks(row int) {
	if row < 0 || row == g.drag.last {
		return
	}
	from, to := min(row, g.drag.last), max(row, g.drag.last)
	g.drag.last = row
	for i := from; i <= to; i++ {
		if r, ok := g.rows.Row(i); ok && !r.Group {
			g.sel.set(r.ID, g.drag.on)
		}
	}
	g.ticked()
}

func (g *Grid) setWidth(col, w int) {
	h := g.heads[col]
	g.widths[h.Key] = min(max(int(float32(w)/textScale()+0.5), columnLeast(h)), 1200)
	g.relayout()
	g.Refresh()
}

func (g *Grid) resetWidth(n int) {
	delete(g.widths, g.heads[g.spans[n].col].Key)
	g.env.remember("widths."+g.id, packWidths(g.heads, g.widths))
	g.relayout()
	g.Refresh()
}

func (g *Grid) headerCheck() {
	if g.sel.state(g.rows.Len()) == Unchecked {
		g.TickAll()
		return
	}
	g.TickNone()
}

// sortBy sorts by a column; the sorted one turns round.
func (g *Grid) sortBy(col int) {
	h := g.heads[col]
	if h.Sort == "" {
		return
	}
	desc := g.sort == h.Sort && !g.desc
	g.sort, g.desc = h.Sort, desc
	if g.OnSort != nil {
		g.OnSort(h.Sort, desc)
	}
	g.Refresh()
}

// Scrolled moves by three rows a notch; with Shift sideways.
func (g *Grid) Scrolled(ev *fyne.ScrollEvent) {
	g.env.Keys.Touch()
	if ev.Scrolled.DX != 0 && ev.Scrolled.DY == 0 {
		g.slide(-int(ev.Scrolled.DX * 2))
		return
	}
	g.wheel += ev.Scrolled.DY * wheelGain
	whole := int(g.wheel)
	g.wheel -= float32(whole)
	g.view.scrollTo(g.view.offset - whole)
	g.Refresh()
}

// wheelGain makes a notch of Fyne's 25 units three rows.
const wheelGain = 3.36

func (g *Grid) slide(by int) bool {
	over := max(0, g.width-g.room())
	to := min(max(0, g.shift+by), over)
	if to == g.shift {
		return false
	}
	g.shift = to
	g.Refresh()
	return true
}

// MouseIn starts hovering.
func (g *Grid) MouseIn(ev *desktop.MouseEvent) { g.MouseMoved(ev) }

// MouseMoved lights up the row under the pointer.
func (g *Grid) MouseMoved(ev *desktop.MouseEvent) {
	g.env.Keys.Touch()
	row := -1
	where, i := g.hit(ev.Position)
	if where == areaRow || where == areaCheck {
		row = i
	}
	g.drag.over = -1
	if where == areaEdge {
		g.drag.over = i
	}
	if row != g.hover {
		g.hover = row
		g.Refresh()
	}
}

// MouseOut ends hovering.
func (g *Grid) MouseOut() {
	g.drag.over = -1
	if g.hover >= 0 {
		g.hover = -1
		g.Refresh()
	}
}

// Cursor is the mouse pointer: an arrow both ways over a column's edge. The cursor row is CursorRow.
func (g *Grid) Cursor() desktop.Cursor {
	if g.drag.over >= 0 || g.drag.mode == dragColumn {
		return desktop.HResizeCursor
	}
	return desktop.DefaultCursor
}

func (g *Grid) takeFocus() {
	if g.focus {
		return
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(g); c != nil {
		c.Focus(g)
	}
}

// FocusGained and FocusLost follow the keyboard focus.
func (g *Grid) FocusGained() { g.focus = true }

// FocusLost follows the keyboard focus.
func (g *Grid) FocusLost() { g.focus = false }

// KeyDown follows the modifiers for drivers that do not tell them.
func (g *Grid) KeyDown(ev *fyne.KeyEvent) { g.env.Keys.Down(ev) }

// KeyUp follows the modifiers for drivers that do not tell them.
func (g *Grid) KeyUp(ev *fyne.KeyEvent) { g.env.Keys.Up(ev) }

// TypedRune does nothing: letters arrive as keys as well.
func (g *Grid) TypedRune(rune) {}

// TypedKey moves, ticks and opens; what the grid does not use goes to the screen.
func (g *Grid) TypedKey(ev *fyne.KeyEvent) {
	c := MakeChord(ev.Name, g.env.Keys.Mods())
	if !g.press(c) {
		g.env.Keys.Press(c)
	}
}

// TypedShortcut is Ctrl+A and Ctrl+C; the rest goes to the screen.
func (g *Grid) TypedShortcut(s fyne.Shortcut) {
	c := ShortcutChord(s)
	if !g.press(c) {
		g.env.Keys.Press(c)
	}
}

// press is the grid's key table; it tells whether the grid used the chord.
func (g *Grid) press(c Chord) bool {
	if to, ok := g.moves(c); ok {
		if strings.HasPrefix(string(c), "Shift+") {
			g.extend(to)
		} else {
			g.SetCursor(to)
		}
		return g.rows.Len() > 0
	}
	switch c {
	case "Space":
		return g.ticks && g.toggleRow(g.cursor)
	case "Enter":
		return g.open(g.cursor)
	case "Ctrl+A":
		if g.ticks {
			g.TickAll()
		}
		return g.ticks
	case "Ctrl+C":
		g.copy()
		return true
	case "Esc":
		if g.ticks && !g.sel.empty(g.rows.Len()) {
			g.TickNone()
			return true
		}
	case "Left":
		return g.fold(false) || g.slide(-80)
	case "Right":
		return g.fold(true) || g.slide(80)
	}
	return false
}

// moves tells where a moving chord leads.
func (g *Grid) moves(c Chord) (row int, ok bool) {
	at, last := max(g.cursor, 0), g.rows.Len()-1
	switch Chord(strings.TrimPrefix(string(c), "Shift+")) {
	case "Up":
		at--
	case "Down":
		if g.cursor >= 0 {
			at++
		}
	case "PgUp":
		at -= g.view.page()
	case "PgDn":
		at += g.view.page()
	case "Home":
		at = 0
	case "End":
		at = last
	default:
		return 0, false
	}
	return max(0, min(at, last)), true
}

// extend ticks from the cursor to a row and goes there.
func (g *Grid) extend(to int) {
	if g.ticks && g.cursor >= 0 {
		g.tickRange(g.cursor, to)
	}
	g.SetCursor(to)
}

func (g *Grid) tickRange(a, b int) {
	for i := min(a, b); i <= max(a, b); i++ {
		if row, ok := g.rows.Row(i); ok && !row.Group {
			g.sel.set(row.ID, true)
		}
	}
	g.ticked()
}

func (g *Grid) toggleRow(i int) bool {
	row, ok := g.rowOf(i)
	if !ok {
		return false
	}
	if row.Group {
		if g.OnGroupTick != nil {
			g.OnGroupTick(row.ID)
		}
		return true
	}
	g.sel.toggle(row.ID)
	g.ticked()
	return true
}

func (g *Grid) rowOf(i int) (*Row, bool) {
	if i < 0 || i >= g.rows.Len() {
		return nil, false
	}
	return g.rows.Row(i)
}

func (g *Grid) open(i int) bool {
	row, ok := g.rowOf(i)
	if !ok {
		return false
	}
	if row.Group && g.OnToggle != nil {
		g.OnToggle(row.ID)
		return true
	}
	if g.OnOpen == nil {
		return false
	}
	g.SetCursor(i)
	g.OnOpen(i)
	return true
}

// fold opens or closes the group under the cursor.
func (g *Grid) fold(open bool) bool {
	row, ok := g.rowOf(g.cursor)
	if !ok || !row.Group || row.Open == open || g.OnToggle == nil {
		return false
	}
	g.OnToggle(row.ID)
	return true
}

func (g *Grid) copy() {
	if g.OnCopy != nil {
		g.OnCopy()
		return
	}
	var rows []*Row
	for i := range g.rows.Len() {
		if row, ok := g.rows.Row(i); ok && !row.Group && g.sel.has(row.ID) {
			rows = append(rows, row)
		}
	}
	if len(rows) == 0 {
		if row, ok := g.rowOf(g.cursor); ok {
			rows = append(rows, row)
		}
	}
	fyne.CurrentApp().Clipboard().SetContent(g.TSV(rows))
}

// TSV is rows as tab-separated text of the columns in sight, one line each: what
// a spreadsheet takes. Tabs and line breaks inside a cell become blanks.
func (g *Grid) TSV(rows []*Row) string {
	var b strings.Builder
	clean := strings.NewReplacer("\t", " ", "\r", " ", "\n", " ")
	for _, row := range rows {
		for n, s := range g.spans {
			if n > 0 {
				b.WriteByte('\t')
			}
			if s.col < len(row.Cells) {
				b.WriteString(clean.Replace(row.Cells[s.col].plain(g.env.Tr, g.now())))
			}
		}
		b.WriteString("\r\n")
	}
	return b.String()
}

// part is Part: rows are looked up among those in sight.
func (g *Grid) part(name string) (fyne.Position, fyne.Size, bool) {
	kind, id, _ := strings.Cut(name, ":")
	head := g.headerHeight()
	switch kind {
	case "header-check":
		return fyne.NewPos(0, 0), fyne.NewSize(float32(g.tickWidth()), float32(head)), g.ticks
	case "header":
		for _, s := range g.spans {
			if g.heads[s.col].Key == id {
				return fyne.NewPos(float32(s.x-g.shift), 0), fyne.NewSize(float32(s.w), float32(head)), true
			}
		}
	case "row", "check":
		for i := g.view.first(); i < g.view.end(); i++ {
			row, ok := g.rows.Row(i)
			if !ok || row.ID != id {
				continue
			}
			y := float32(head + g.view.top(i))
			if kind == "check" {
				return fyne.NewPos(0, y), fyne.NewSize(float32(g.tickWidth()), float32(g.view.row)), g.ticks
			}
			return fyne.NewPos(float32(g.tickWidth()), y), fyne.NewSize(float32(g.room()-g.tickWidth()), float32(g.view.row)), true
		}
	}
	return fyne.Position{}, fyne.Size{}, false
}

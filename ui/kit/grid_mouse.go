package kit

import (
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

// MouseDown acts at once: waiting for a possible double click would feel slow.
func (g *Grid) MouseDown(ev *desktop.MouseEvent) {
	g.env.Keys.Touch()
	g.takeFocus()
	if g.sheet != nil && g.pressSheet(ev) {
		return
	}
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
		g.pressRow(i, int(ev.Position.X), ev.Modifier)
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
		if g.sheet != nil {
			g.sheet.edit(false, "")
			return
		}
		g.open(i)
	case areaEdge:
		g.resetWidth(i)
	}
}

func (g *Grid) pressRow(i, x int, mod fyne.KeyModifier) {
	if row, ok := g.rows.Row(i); ok && row.Group && g.OnToggle != nil {
		g.SetCursor(i)
		g.OnToggle(row.ID)
		return
	}
	g.lastColumn = max(0, g.columnAt(x))
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
	case dragNone:
		if g.sheet != nil {
			g.sheet.drag(g.view.rowAt(y-g.headerHeight()), g.columnAt(x))
		}
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
	if g.sheet != nil {
		g.sheet.dragging = false
	}
}

// pressSheet is MouseDown in grid mode: cells are chosen, nothing is sorted, ticked or opened.
func (g *Grid) pressSheet(ev *desktop.MouseEvent) bool {
	where, row := g.hit(ev.Position)
	switch where {
	case areaRow:
		g.sheet.click(row, g.columnAt(int(ev.Position.X)), ev.Modifier&fyne.KeyModifierShift != 0)
	case areaEdge, areaBar:
		return false
	}
	return true
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

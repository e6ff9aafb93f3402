package kit

import (
	"strings"

	"fyne.io/fyne/v2"
)

// FocusGained and FocusLost follow the keyboard focus.
func (g *Grid) FocusGained() {
	g.focus = true
	g.figures.Touch(g.RowFigure())
}

// FocusLost follows the keyboard focus.
func (g *Grid) FocusLost() { g.focus = false }

// KeyDown follows the modifiers for drivers that do not tell them.
func (g *Grid) KeyDown(ev *fyne.KeyEvent) { g.env.Keys.Down(ev) }

// KeyUp follows the modifiers for drivers that do not tell them.
func (g *Grid) KeyUp(ev *fyne.KeyEvent) { g.env.Keys.Up(ev) }

// TypedRune begins to type into a cell in grid mode; else it does nothing, as
// letters arrive as keys as well.
func (g *Grid) TypedRune(r rune) {
	if g.sheet != nil {
		g.sheet.typed(r)
	}
}

// AcceptsTab keeps Tab in the table in grid mode: it goes to the next cell.
func (g *Grid) AcceptsTab() bool { return g.sheet != nil }

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
	if g.sheet != nil {
		return g.sheet.press(c)
	}
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

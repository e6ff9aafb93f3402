package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/ui/theme"
)

// sheetView is a grid in grid mode: a cell cursor with a block, the field over the
// cell that is being typed, and the keys of a spreadsheet. List makes and ends it.
type sheetView struct {
	env   Env
	grid  *Grid
	model *sheet
	field *cellField
	over  *fyne.Container // holds the field, laid over the grid

	row, col   int // the cursor; the row is the grid's too
	toRow      int // the other corner of the block
	toCol      int
	fresh      bool // the field was opened by typing: arrows leave it
	editing    bool
	onChange   func() // a value, the cursor or the block changed
	onPaste    func(block [][]string, over sheetBlock)
	onCopied   func(b sheetBlock)
	dragging   bool
	wasWritten string // what the field held when it was opened
}

func newSheetView(env Env, g *Grid, model *sheet) *sheetView {
	v := &sheetView{env: env, grid: g, model: model, onChange: func() {}}
	v.field = newCellField(env, v)
	v.over = container.NewWithoutLayout(v.field)
	v.field.Hide()
	return v
}

// block is what is selected.
func (v *sheetView) block() sheetBlock {
	return sheetBlock{min(v.row, v.toRow), min(v.col, v.toCol), max(v.row, v.toRow), max(v.col, v.toCol)}
}

// goTo puts the cursor on a cell; with extend the block grows to it.
func (v *sheetView) goTo(row, col int, extend bool) {
	row = max(0, min(row, v.model.source.size()-1))
	col = max(0, min(col, len(v.model.cols)-1))
	if extend {
		v.toRow, v.toCol = row, col
		v.grid.view.reveal(row)
	} else {
		v.row, v.col, v.toRow, v.toCol = row, col, row, col
		v.grid.SetCursor(row)
	}
	v.grid.revealColumn(col)
	v.grid.Refresh()
	v.onChange()
}

// press is the key table of grid mode; false lets the key go on to the screen.
func (v *sheetView) press(c Chord) bool {
	if v.grid.rows.Len() == 0 {
		return false
	}
	if v.walk(c) {
		return true
	}
	switch c {
	case "F2":
		v.edit(false, "")
	case "Del", "Back":
		v.did(v.model.clear(v.block()))
	case "Ctrl+A":
		v.row, v.col = 0, 0
		v.goTo(v.model.source.size()-1, len(v.model.cols)-1, true)
	case "Ctrl+C":
		v.copy(false)
	case "Ctrl+Shift+C":
		v.copy(true)
	case "Ctrl+V", "Shift+Ins":
		v.paste()
	case "Ctrl+D":
		v.did(v.model.fill(v.block()))
	case "Ctrl+Z":
		return v.did(v.model.undo())
	case "Ctrl+Y":
		return v.did(v.model.redo())
	default:
		return letterOf(c) != 0 // the letter itself comes as a rune and begins to type
	}
	return true
}

// walk moves the cursor.
func (v *sheetView) walk(c Chord) bool {
	extend := strings.HasPrefix(string(c), "Shift+")
	row, col := v.row, v.col
	if extend {
		row, col = v.toRow, v.toCol
	}
	last := len(v.model.cols) - 1
	switch Chord(strings.TrimPrefix(string(c), "Shift+")) {
	case "Up":
		row--
	case "Down":
		row++
	case "Left":
		col--
	case "Right":
		col++
	case "PgUp":
		row -= v.grid.view.page()
	case "PgDn":
		row += v.grid.view.page()
	case "Home":
		col = 0
	case "End":
		col = last
	case "Ctrl+Home":
		row, col = 0, 0
	case "Ctrl+End":
		row, col = v.model.source.size()-1, last
	case "Enter":
		v.step(extend, 1, 0)
		return true
	case "Tab":
		v.step(extend, 0, 1)
		return true
	default:
		return false
	}
	v.goTo(row, col, extend)
	return true
}

// step is Enter and Tab: to the next cell, back with Shift. Tab goes from the last
// editable cell of a row to the first one of the next.
func (v *sheetView) step(back bool, rows, cols int) {
	if back {
		rows, cols = -rows, -cols
	}
	row, col := v.row+rows, v.col
	if cols != 0 {
		row, col = v.nextEditable(cols)
	}
	v.goTo(row, col, false)
}

func (v *sheetView) nextEditable(by int) (row, col int) {
	row, col = v.row, v.col
	for range len(v.model.cols) * 2 {
		col += by
		if col < 0 || col >= len(v.model.cols) {
			if row+by < 0 || row+by >= v.model.source.size() {
				return v.row, v.col
			}
			row += by
			col = 0
			if by < 0 {
				col = len(v.model.cols) - 1
			}
		}
		if v.model.cols[col].edits {
			return row, col
		}
	}
	return v.row, v.col
}

// typed begins to type over the cell under the cursor.
func (v *sheetView) typed(r rune) {
	if !v.env.Keys.Spent(r) {
		v.edit(true, string(r))
	}
}

// edit opens the field over the cell; fresh replaces what is there by text.
func (v *sheetView) edit(fresh bool, text string) {
	at := sheetCell{v.row, v.col}
	if v.editing || v.grid.rows.Len() == 0 || !v.model.cols[v.col].edits {
		v.onChange() // the hint says what cannot be written
		return
	}
	v.toRow, v.toCol = v.row, v.col
	v.wasWritten = v.model.value(at)
	if !fresh {
		text = v.wasWritten
	}
	v.editing, v.fresh = true, fresh
	v.grid.view.reveal(v.row)
	v.grid.revealColumn(v.col)
	v.field.SetText(text)
	v.field.CursorColumn = len([]rune(text))
	v.place()
	v.field.Show()
	v.field.Refresh()
	v.env.Window.Canvas().Focus(v.field)
	v.grid.Refresh()
	v.onChange()
}

// place moves the field with its cell. Scrolled out of sight it keeps what is typed.
func (v *sheetView) place() {
	at, size := v.grid.cellRect(v.row, v.col)
	if head := float32(v.grid.headerHeight()); at.Y < head || at.Y+size.Height > head+float32(v.grid.view.height) {
		at.Y = -2 * size.Height
	}
	v.field.Move(at)
	v.field.Resize(size)
}

// commit writes what was typed and closes the field.
func (v *sheetView) commit() {
	if !v.editing {
		return
	}
	text := v.field.Text
	v.close()
	at := sheetCell{v.row, v.col}
	if e, _ := v.model.edit(at); oneLine(text) != v.wasWritten || e.reason() != "" { // the same once more confirms it
		v.model.put([]sheetPut{{at, text}})
	}
	v.grid.Refresh()
	v.onChange()
}

// drop closes the field and forgets what was typed.
func (v *sheetView) drop() {
	v.close()
	v.grid.Refresh()
	v.onChange()
}

func (v *sheetView) close() {
	v.editing = false
	v.field.Hide()
	if c := v.env.Window.Canvas(); c.Focused() == fyne.Focusable(v.field) {
		c.Focus(v.grid)
	}
}

// fieldKey is what a key means while a cell is being typed; false leaves it to the field.
func (v *sheetView) fieldKey(c Chord) bool {
	switch c {
	case "Esc":
		v.drop()
	case "Enter", "Shift+Enter", "Tab", "Shift+Tab", "Up", "Down", "PgUp", "PgDn":
		v.commit()
		v.walk(c)
	case "Left", "Right":
		if !v.fresh {
			return false
		}
		v.commit()
		v.walk(c)
	case "F2":
		v.fresh = false // from now on the arrows move inside the text
	default:
		return false
	}
	return true
}

// copy puts the block on the clipboard, with the columns' titles over it when asked.
func (v *sheetView) copy(titled bool) {
	block := v.model.block(v.block())
	if titled {
		block = append([][]string{v.model.titlesOf(v.block())}, block...)
	}
	fyne.CurrentApp().Clipboard().SetContent(FormatTSV(block))
	v.onCopied(v.block())
}

// paste hands what is on the clipboard to the list, which shows what it would do.
func (v *sheetView) paste() {
	if block := ParseTSV(fyne.CurrentApp().Clipboard().Content()); len(block) > 0 {
		v.onPaste(block, v.block())
	}
}

// take writes a plan and selects the place it took.
func (v *sheetView) take(p pastePlan) {
	v.row, v.col = p.at.top, p.at.left
	v.toRow, v.toCol = p.at.bottom, p.at.right
	v.did(v.model.put(p.puts))
}

// did draws again when something changed.
func (v *sheetView) did(changed bool) bool {
	if changed {
		v.grid.Refresh()
		v.onChange()
	}
	return changed
}

// click puts the cursor where the mouse points; with Shift the block grows to it.
func (v *sheetView) click(row, col int, extend bool) {
	v.commit()
	if col >= 0 {
		v.dragging = true
		v.goTo(row, col, extend)
	}
}

// drag grows the block while the button is held.
func (v *sheetView) drag(row, col int) {
	if v.dragging && row >= 0 && col >= 0 && (row != v.toRow || col != v.toCol) {
		v.goTo(row, col, true)
	}
}

// cellField is the field over a cell. It is a usual field, so that an input method
// writes into it as into any other.
type cellField struct {
	Entry
	view *sheetView
}

func newCellField(env Env, v *sheetView) *cellField {
	f := &cellField{view: v}
	f.keys = env.Keys
	f.Wrapping, f.Scroll = fyne.TextWrapOff, fyne.ScrollHorizontalOnly
	f.ExtendBaseWidget(f)
	f.OnLeave = v.commit // a click elsewhere keeps what was typed
	return ID(f, v.grid.id+".cell")
}

// AcceptsTab takes Tab: it goes to the next cell.
func (f *cellField) AcceptsTab() bool { return true }

// TypedKey gives the keys of the table to the table.
func (f *cellField) TypedKey(ev *fyne.KeyEvent) {
	if !f.view.fieldKey(MakeChord(ev.Name, f.keys.Mods())) {
		f.Entry.TypedKey(ev)
	}
}

// TypedShortcut keeps undo inside the field: a deed that was done before grid mode
// must not be taken back from within a cell.
func (f *cellField) TypedShortcut(s fyne.Shortcut) {
	switch ShortcutChord(s) {
	case "Ctrl+Z", "Ctrl+Y":
		f.Entry.Entry.TypedShortcut(s)
	default:
		f.Entry.TypedShortcut(s)
	}
}

// MinSize is that of the cell.
func (f *cellField) MinSize() fyne.Size {
	return fyne.NewSize(20, theme.Current().Metrics().Row)
}

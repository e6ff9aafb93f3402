package kit

import "strings"

// sheetSource is what a sheet edits: rows with names, cells with the value that is
// stored, as a person would type it.
type sheetSource interface {
	size() int
	id(row int) string
	name(row int) string       // what messages call the row
	owner(row, col int) string // the record the value belongs to
	stored(row, col int) string
	shown(row, col int) string // how the table shows what is only read
}

// sheetColumn is one column of a sheet.
type sheetColumn struct {
	key, title string
	edits      bool
	parse      func(text string) (string, error) // nil: any text
	show       func(text string) string          // nil: as it is typed
}

// sheetCell is a place in a sheet.
type sheetCell struct{ row, col int }

// cellID names a value: rows that share a record share its cells.
type cellID struct{ col, owner string }

// cellEdit is a value that was typed and is not saved. fault says why it cannot be
// saved; then to is what was typed. refused says why it was not saved, or what
// happened to the stored value meanwhile: trying again is allowed.
type cellEdit struct {
	row      string // id of the row where it was typed
	from, to string
	fault    string
	refused  string
}

// reason is why the cell is marked, "" for none.
func (e cellEdit) reason() string {
	if e.fault != "" {
		return e.fault
	}
	return e.refused
}

// sheet is the model of grid mode: typed values over stored ones, and the way back.
//
// Guarantees: nothing leaves it before changes is asked; a value typed back to
// what is stored is no change (TestSheet_TypedBack_IsNoChange); undo takes back
// whole steps in order (TestSheet_Undo_WholeSteps).
type sheet struct {
	source sheetSource
	cols   []sheetColumn
	say    func(err error) string // a fault in words
	moved  func(now string) string

	edits  map[cellID]cellEdit
	landed map[cellID]string // saved, but not read again yet
	past   [][]sheetStep
	future [][]sheetStep
}

// sheetStep is one cell before and after a step; nil is "as stored".
type sheetStep struct {
	at            cellID
	before, after *cellEdit
}

// sheetPut is one value to write.
type sheetPut struct {
	sheetCell
	text string
}

func newSheet(source sheetSource, cols []sheetColumn, say func(error) string, moved func(string) string) *sheet {
	return &sheet{source: source, cols: cols, say: say, moved: moved, edits: map[cellID]cellEdit{}, landed: map[cellID]string{}}
}

func (s *sheet) at(c sheetCell) cellID {
	return cellID{s.cols[c.col].key, s.source.owner(c.row, c.col)}
}

// base is the stored value, as far as it is known.
func (s *sheet) base(c sheetCell) string {
	if text, ok := s.landed[s.at(c)]; ok {
		return text
	}
	return s.source.stored(c.row, c.col)
}

// value is what the cell holds now.
func (s *sheet) value(c sheetCell) string {
	if !s.cols[c.col].edits {
		return s.source.shown(c.row, c.col)
	}
	if e, ok := s.edits[s.at(c)]; ok {
		return e.to
	}
	return s.base(c)
}

// edit is the unsaved value of a cell.
func (s *sheet) edit(c sheetCell) (cellEdit, bool) {
	if !s.cols[c.col].edits {
		return cellEdit{}, false
	}
	e, ok := s.edits[s.at(c)]
	return e, ok
}

// wish is the edit that typing a text makes; nil when it is what is stored.
func (s *sheet) wish(c sheetCell, text string) *cellEdit {
	e := &cellEdit{row: s.source.id(c.row), from: s.base(c), to: oneLine(text)}
	if e.to == e.from {
		return nil
	}
	if parse := s.cols[c.col].parse; parse != nil {
		to, err := parse(e.to)
		if err != nil {
			e.fault = s.say(err)
			return e
		}
		e.to = to
	}
	if e.to == e.from {
		return nil
	}
	return e
}

// oneLine makes one trimmed line of what a cell of a spreadsheet may hold.
func oneLine(text string) string {
	if strings.ContainsAny(text, "\t\r\n\u00a0") {
		text = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ", "\t", " ", "\u00a0", " ").Replace(text)
	}
	return strings.TrimSpace(text)
}

// put writes values as one step; cells that are only read are left alone. It tells
// whether anything changed.
func (s *sheet) put(list []sheetPut) bool {
	var steps []sheetStep
	for _, p := range list {
		if !s.cols[p.col].edits {
			continue
		}
		at := s.at(p.sheetCell)
		step := sheetStep{at: at, after: s.wish(p.sheetCell, p.text)}
		if e, ok := s.edits[at]; ok {
			step.before = &e
		}
		if same(step.before, step.after) {
			continue
		}
		s.apply(at, step.after)
		steps = append(steps, step)
	}
	if len(steps) == 0 {
		return false
	}
	s.past, s.future = append(s.past, steps), nil
	return true
}

func same(a, b *cellEdit) bool {
	return a == b || (a != nil && b != nil && a.to == b.to && a.from == b.from && a.reason() == b.reason())
}

func (s *sheet) apply(at cellID, e *cellEdit) {
	if e == nil {
		delete(s.edits, at)
		return
	}
	s.edits[at] = *e
}

// undo takes the last step back; redo does it again.
func (s *sheet) undo() bool {
	if len(s.past) == 0 {
		return false
	}
	steps := s.past[len(s.past)-1]
	s.past, s.future = s.past[:len(s.past)-1], append(s.future, steps)
	for i := len(steps) - 1; i >= 0; i-- {
		s.apply(steps[i].at, steps[i].before)
	}
	return true
}

func (s *sheet) redo() bool {
	if len(s.future) == 0 {
		return false
	}
	steps := s.future[len(s.future)-1]
	s.future, s.past = s.future[:len(s.future)-1], append(s.past, steps)
	for _, st := range steps {
		s.apply(st.at, st.after)
	}
	return true
}

// sheetCount is what waits to be saved: records, cells, cells that cannot be.
type sheetCount struct{ rows, cells, bad int }

func (s *sheet) count() sheetCount {
	n := sheetCount{cells: len(s.edits)}
	rows := map[string]bool{}
	for _, e := range s.edits {
		rows[e.row] = true
		if e.fault != "" {
			n.bad++
		}
	}
	n.rows = len(rows)
	return n
}

// changes are the edits in the order of rows and columns.
func (s *sheet) changes() []CellChange {
	var list []CellChange
	s.each(func(c sheetCell, e cellEdit) bool {
		list = append(list, CellChange{Row: e.row, Column: s.cols[c.col].key, From: e.from, To: e.to})
		return true
	})
	return list
}

// each walks the edits by row and column, each once, until visit says false.
func (s *sheet) each(visit func(c sheetCell, e cellEdit) bool) {
	seen := map[cellID]bool{}
	for row := range s.source.size() {
		for col := range s.cols {
			c := sheetCell{row, col}
			e, ok := s.edit(c)
			if !ok || e.row != s.source.id(row) || seen[s.at(c)] {
				continue
			}
			seen[s.at(c)] = true
			if !visit(c, e) {
				return
			}
		}
	}
}

// forgive forgets why edits were refused: they are tried again.
func (s *sheet) forgive() {
	for at, e := range s.edits {
		e.refused = ""
		s.edits[at] = e
	}
}

// firstBad is the first marked cell.
func (s *sheet) firstBad() (at sheetCell, ok bool) {
	s.each(func(c sheetCell, e cellEdit) bool {
		if e.reason() != "" {
			at, ok = c, true
		}
		return !ok
	})
	return at, ok
}

// refuse marks a cell with the reason why it was not saved.
func (s *sheet) refuse(c sheetCell, reason string) {
	if e, ok := s.edit(c); ok {
		e.refused = reason
		s.edits[s.at(c)] = e
	}
}

// settle takes the edits for stored: they were saved. The way back begins anew.
func (s *sheet) settle() {
	for at, e := range s.edits {
		s.landed[at] = e.to
	}
	s.edits, s.past, s.future = map[cellID]cellEdit{}, nil, nil
}

// reread follows records that were read again: what others changed meanwhile
// under an unsaved edit is said at the cell, what is stored now is no edit.
func (s *sheet) reread() {
	s.landed = map[cellID]string{}
	for row := range s.source.size() {
		for col := range s.cols {
			c := sheetCell{row, col}
			e, ok := s.edit(c)
			if !ok {
				continue
			}
			switch now := s.source.stored(row, col); now {
			case e.from:
			case e.to:
				delete(s.edits, s.at(c))
			default:
				e.refused = s.moved(now)
				s.edits[s.at(c)] = e
			}
		}
	}
}

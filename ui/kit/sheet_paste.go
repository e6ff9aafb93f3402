package kit

// pastePlan is what a pasted block would do, before it does it.
type pastePlan struct {
	puts    []sheetPut
	changes []pasteLine // what it changes, and what it cannot write, in order
	rows    int         // records it changes
	cells   int         // cells it changes
	bad     int         // cells it changes to something that cannot be saved
	locked  int         // cells that cannot be written
	beyond  int         // cells past the last row or column
	at      sheetBlock  // the place it takes
}

// pasteLine is one line of the preview. reason is empty when all is well.
type pasteLine struct {
	sheetCell
	from, to string
	reason   string
	locked   bool
}

// sheetBlock is a rectangle of cells, both corners in it.
type sheetBlock struct{ top, left, bottom, right int }

func (b sheetBlock) has(row, col int) bool {
	return row >= b.top && row <= b.bottom && col >= b.left && col <= b.right
}

func (b sheetBlock) rows() int { return b.bottom - b.top + 1 }
func (b sheetBlock) cols() int { return b.right - b.left + 1 }

// plan works out what pasting a block over a selection does: one value fills the
// selection, anything larger begins at its first cell. A first row that repeats
// the columns' titles is left out.
func (s *sheet) plan(block [][]string, over sheetBlock) pastePlan {
	if len(block) > 1 && s.titles(block[0], over.left) {
		block = block[1:]
	}
	if len(block) == 1 && len(block[0]) == 1 {
		block = filled(block[0][0], over.rows(), over.cols())
	}
	p := pastePlan{at: sheetBlock{over.top, over.left, over.top, over.left}}
	writes := map[cellID]sheetPut{}
	changed := map[string]bool{}
	for r, line := range block {
		for c, text := range line {
			at := sheetCell{over.top + r, over.left + c}
			if at.row >= s.source.size() || at.col >= len(s.cols) {
				p.beyond++
				continue
			}
			p.at.bottom, p.at.right = max(p.at.bottom, at.row), max(p.at.right, at.col)
			if s.planned(&p, writes, at, text) {
				changed[s.source.id(at.row)] = true
			}
		}
	}
	p.rows = len(changed)
	return p
}

// planned adds one cell to a plan; it tells whether the cell changes.
func (s *sheet) planned(p *pastePlan, writes map[cellID]sheetPut, at sheetCell, text string) bool {
	line := pasteLine{sheetCell: at, from: s.value(at), to: oneLine(text)}
	if !s.cols[at.col].edits {
		if line.to != line.from && line.to != "" {
			line.locked = true
			p.locked++
			p.changes = append(p.changes, line)
		}
		return false
	}
	id := s.at(at)
	if before, twice := writes[id]; twice {
		if oneLine(before.text) != line.to {
			line.locked, line.reason = true, s.source.name(before.row)
			p.locked++
			p.changes = append(p.changes, line)
		}
		return false
	}
	writes[id] = sheetPut{at, text}
	p.puts = append(p.puts, writes[id])
	before, had := s.edits[id]
	after := s.wish(at, text)
	if (after == nil && !had) || (after != nil && had && after.to == before.to && after.fault == before.fault) {
		return false
	}
	if after != nil {
		line.to = after.to
		if line.reason = after.fault; line.reason != "" {
			p.bad++
		}
	}
	p.cells++
	p.changes = append(p.changes, line)
	return true
}

// titles tells whether a row repeats the titles of the columns from left.
func (s *sheet) titles(row []string, left int) bool {
	for i, text := range row {
		if left+i >= len(s.cols) || oneLine(text) != s.cols[left+i].title {
			return false
		}
	}
	return true
}

func filled(text string, rows, cols int) [][]string {
	block := make([][]string, rows)
	for r := range block {
		block[r] = make([]string, cols)
		for c := range block[r] {
			block[r][c] = text
		}
	}
	return block
}

// fill copies the first row of a block down; a block of one row takes the row above.
func (s *sheet) fill(b sheetBlock) bool {
	from := b.top
	if b.rows() == 1 {
		from--
	}
	if from < 0 {
		return false
	}
	var puts []sheetPut
	for row := from + 1; row <= b.bottom; row++ {
		for col := b.left; col <= b.right; col++ {
			if s.cols[col].edits {
				puts = append(puts, sheetPut{sheetCell{row, col}, s.value(sheetCell{from, col})})
			}
		}
	}
	return s.put(puts)
}

// clear empties the cells of a block.
func (s *sheet) clear(b sheetBlock) bool {
	var puts []sheetPut
	for row := b.top; row <= b.bottom; row++ {
		for col := b.left; col <= b.right; col++ {
			puts = append(puts, sheetPut{sheetCell{row, col}, ""})
		}
	}
	return s.put(puts)
}

// block is a rectangle as texts, for the clipboard.
func (s *sheet) block(b sheetBlock) [][]string {
	out := make([][]string, 0, b.rows())
	for row := b.top; row <= b.bottom; row++ {
		line := make([]string, 0, b.cols())
		for col := b.left; col <= b.right; col++ {
			line = append(line, s.value(sheetCell{row, col}))
		}
		out = append(out, line)
	}
	return out
}

// titlesOf are the titles of a block's columns.
func (s *sheet) titlesOf(b sheetBlock) []string {
	titles := make([]string, 0, b.cols())
	for _, c := range s.cols[b.left : b.right+1] {
		titles = append(titles, c.title)
	}
	return titles
}

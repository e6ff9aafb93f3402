package sheet

import "unicode/utf8"

// builder collects one row: the texts of a row share one string, so a row costs
// one allocation however many cells it has.
type builder struct {
	name  string
	lim   Limits
	row   int // the row's number, for faults
	cells []Cell
	spans []span
	buf   []byte
	size  int // bytes of texts that are not in buf
	from  int // where the open cell starts in buf
}

// span is where a cell's text stands in buf; cells with own texts have to < 0.
type span struct{ from, to int }

func (b *builder) reset(number int) {
	b.row, b.cells, b.spans, b.buf, b.size, b.from = number, b.cells[:0], b.spans[:0], b.buf[:0], 0, 0
}

// begin opens a cell whose text is then appended to buf.
func (b *builder) begin() { b.from = len(b.buf) }

// check refuses a cell or row that grows too long; call it while appending.
func (b *builder) check() error {
	if len(b.buf)-b.from > b.lim.Cell {
		return over("cell_too_big", b.name, b.lim.Cell, "row", b.row, "column", len(b.cells)+1)
	}
	if len(b.buf)+b.size > b.lim.Row {
		return over("row_too_big", b.name, b.lim.Row, "row", b.row)
	}
	return nil
}

// end closes the cell.
func (b *builder) end(num bool) error {
	if err := b.check(); err != nil {
		return err
	}
	return b.add(Cell{Num: num}, span{b.from, len(b.buf)})
}

// put adds a cell whose text exists already.
func (b *builder) put(c Cell) error {
	b.size += len(c.Text)
	b.from = len(b.buf)
	if len(c.Text) > b.lim.Cell {
		return over("cell_too_big", b.name, b.lim.Cell, "row", b.row, "column", len(b.cells)+1)
	}
	if err := b.check(); err != nil {
		return err
	}
	return b.add(c, span{0, -1})
}

func (b *builder) add(c Cell, s span) error {
	if len(b.cells) >= b.lim.Columns {
		return over("too_many_columns", b.name, b.lim.Columns, "row", b.row)
	}
	b.cells = append(b.cells, c)
	b.spans = append(b.spans, s)
	return nil
}

// pad adds empty cells up to n.
func (b *builder) pad(n int) error {
	if n > b.lim.Columns {
		return over("too_many_columns", b.name, b.lim.Columns, "row", b.row)
	}
	for len(b.cells) < n {
		b.cells = append(b.cells, Cell{})
		b.spans = append(b.spans, span{0, -1})
	}
	return nil
}

// trim drops empty cells at the row's end.
func (b *builder) trim() {
	n := len(b.cells)
	for n > 0 && b.empty(n-1) {
		n--
	}
	b.cells, b.spans = b.cells[:n], b.spans[:n]
}

func (b *builder) empty(i int) bool {
	c, s := b.cells[i], b.spans[i]
	if s.to >= 0 {
		return s.from == s.to
	}
	return c.Text == "" && !c.NoValue
}

// finish gives the row.
func (b *builder) finish() Row {
	text := string(b.buf)
	for i, s := range b.spans {
		if s.to >= 0 {
			b.cells[i].Text = text[s.from:s.to]
		}
	}
	return Row{Number: b.row, Cells: b.cells}
}

// valid tells that the texts in buf are UTF-8; markup files promise it.
func (b *builder) valid() bool { return utf8.Valid(b.buf) }

package sheet

import (
	"context"
	"encoding/binary"
	"math"
	"slices"
	"strconv"

	"zhanggui/app/fault"
)

// xlsReader collects the cells of one sheet, because writers exist that put
// them in any order, and then gives them row by row.
type xlsReader struct {
	s     *xlsSource
	ctx   context.Context
	cells []xlsCell
	texts []string // of LABEL, STRING, errors and truth values
	open  bool     // the last cell waits for its STRING
	text  int64    // bytes of texts
}

// xlsCell is one cell in 16 bytes, since there may be millions.
type xlsCell struct {
	row, col uint16
	kind     xlsKind
	bits     uint64 // float bits, index of a shared or an own text
}

type xlsKind uint8

const (
	xlsNumber xlsKind = iota
	xlsShared
	xlsText
)

// maxXLSCells bounds the cells held in memory: every cell of 65,536 rows and
// 128 columns.
const maxXLSCells = 1 << 23

// read collects the cells of the substream at off.
func (r *xlsReader) read(off int) error {
	rec, err := r.s.record(off)
	if err != nil {
		return err
	}
	if rec.id != recBOF {
		return xlsBroken(r.s.name, "sheet without BOF")
	}
	for depth, n := 1, 0; depth > 0; n++ {
		if n%(16*ctxEvery) == 0 && r.ctx.Err() != nil {
			return fault.From(r.ctx.Err())
		}
		rec, err = r.s.record(rec.next)
		if err != nil {
			return err
		}
		switch rec.id {
		case recBOF: // an embedded chart
			depth++
		case recEOF:
			depth--
		default:
			if depth == 1 {
				if err := r.take(rec); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// take books the cells of one record.
func (r *xlsReader) take(rec record) error {
	d := rec.data
	if n := leastLength(rec.id); n == 0 {
		return nil
	} else if len(d) < n {
		return xlsBroken(r.s.name, "cell record cut off")
	}
	switch rec.id {
	case recLabelSST:
		i := binary.LittleEndian.Uint32(d[6:])
		if int64(i) >= int64(len(r.s.table)) {
			return xlsBroken(r.s.name, "shared string index")
		}
		return r.add(d, 0, xlsShared, uint64(i))
	case recNumber:
		return r.number(d, 0, math.Float64frombits(binary.LittleEndian.Uint64(d[6:])))
	case recRK:
		return r.number(d, 0, rk(binary.LittleEndian.Uint32(d[6:])))
	case recMulRK:
		return r.mulRK(d)
	case recBoolErr:
		return r.own(d, boolErr(d[6], d[7]))
	case recLabel, recRString:
		return r.label(rec)
	case recFormula:
		return r.formula(d)
	case recString:
		return r.string(rec)
	}
	return nil
}

// leastLength is the shortest form of a record that holds cells, 0 for others.
func leastLength(id uint16) int {
	switch id {
	case recLabelSST, recRK, recMulRK:
		return 10
	case recNumber, recFormula:
		return 14
	case recBoolErr, recLabel, recRString:
		return 8
	case recString:
		return 2
	}
	return 0
}

// add books a cell; d begins with row and column, shift moves to the right.
func (r *xlsReader) add(d []byte, shift int, kind xlsKind, bits uint64) error {
	if len(r.cells) >= maxXLSCells {
		return over("too_many_cells", r.s.name, maxXLSCells)
	}
	col := int(binary.LittleEndian.Uint16(d[2:])) + shift
	if col >= r.s.lim.Columns {
		return over("too_many_columns", r.s.name, r.s.lim.Columns, "row", int(binary.LittleEndian.Uint16(d))+1)
	}
	r.open = false
	r.cells = append(r.cells, xlsCell{row: binary.LittleEndian.Uint16(d), col: uint16(col), kind: kind, bits: bits})
	return nil
}

func (r *xlsReader) number(d []byte, shift int, v float64) error {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return r.own(d, "#NUM!")
	}
	return r.add(d, shift, xlsNumber, math.Float64bits(v))
}

// own books a text that is not shared.
func (r *xlsReader) own(d []byte, text string) error {
	if err := r.keep(text); err != nil {
		return err
	}
	return r.add(d, 0, xlsText, uint64(len(r.texts)-1))
}

func (r *xlsReader) keep(text string) error {
	if len(text) > r.s.lim.Cell {
		return over("text_too_big", r.s.name, r.s.lim.Cell)
	}
	if r.text += int64(len(text)); r.text > r.s.lim.SharedText {
		return over("shared_too_big", r.s.name, r.s.lim.SharedStrings)
	}
	r.texts = append(r.texts, text)
	return nil
}

// rk unpacks Excel's short number: 30 bits of an integer or of a float,
// perhaps in hundredths.
func rk(v uint32) float64 {
	var f float64
	if v&2 != 0 {
		f = float64(int32(v) >> 2)
	} else {
		f = math.Float64frombits(uint64(v&^3) << 32)
	}
	if v&1 != 0 {
		f /= 100
	}
	return f
}

// mulRK books a run of short numbers.
func (r *xlsReader) mulRK(d []byte) error {
	for i := 0; 4+6*i+6+2 <= len(d); i++ {
		if err := r.number(d, i, rk(binary.LittleEndian.Uint32(d[4+6*i+2:]))); err != nil {
			return err
		}
	}
	return nil
}

// boolErr is the text of a truth value or an error cell.
func boolErr(v, isError byte) string {
	if isError == 0 {
		if v == 0 {
			return "FALSE"
		}
		return "TRUE"
	}
	switch v {
	case 0x00:
		return "#NULL!"
	case 0x07:
		return "#DIV/0!"
	case 0x0F:
		return "#VALUE!"
	case 0x17:
		return "#REF!"
	case 0x1D:
		return "#NAME?"
	case 0x24:
		return "#NUM!"
	}
	return "#N/A"
}

// label books a text that stands in the cell's own record.
func (r *xlsReader) label(rec record) error {
	p, _, err := r.s.pieces(rec)
	if err != nil {
		return err
	}
	p.at = 8
	text, err := p.chars(int(binary.LittleEndian.Uint16(rec.data[6:])))
	if err != nil {
		return xlsBroken(r.s.name, err.Error())
	}
	return r.own(rec.data, text)
}

// formula books a formula's kept result.
func (r *xlsReader) formula(d []byte) error {
	if d[12] != 0xFF || d[13] != 0xFF {
		return r.number(d, 0, math.Float64frombits(binary.LittleEndian.Uint64(d[6:])))
	}
	switch d[6] {
	case 0: // the text follows in a STRING record
		if err := r.own(d, ""); err != nil {
			return err
		}
		r.open = true
		return nil
	case 1:
		return r.own(d, boolErr(d[8], 0))
	case 2:
		return r.own(d, boolErr(d[8], 1))
	}
	return r.own(d, "")
}

// string fills the text of the formula before it.
func (r *xlsReader) string(rec record) error {
	if !r.open {
		return nil
	}
	r.open = false
	p, _, err := r.s.pieces(rec)
	if err != nil {
		return err
	}
	p.at = 2
	text, err := p.chars(int(binary.LittleEndian.Uint16(rec.data)))
	if err != nil {
		return xlsBroken(r.s.name, err.Error())
	}
	if err := r.keep(text); err != nil {
		return err
	}
	r.cells[len(r.cells)-1].bits = uint64(len(r.texts) - 1)
	return nil
}

// emit gives the rows.
func (r *xlsReader) emit(fn func(Row) error) error {
	place := func(c xlsCell) int { return int(c.row)<<16 | int(c.col) }
	compare := func(a, b xlsCell) int { return place(a) - place(b) }
	if !slices.IsSortedFunc(r.cells, compare) {
		slices.SortStableFunc(r.cells, compare)
	}
	b := builder{name: r.s.name, lim: r.s.lim}
	for i, n := 0, 0; i < len(r.cells); n++ {
		if n%ctxEvery == 0 && r.ctx.Err() != nil {
			return fault.From(r.ctx.Err())
		}
		row := r.cells[i].row
		b.reset(int(row) + 1)
		for ; i < len(r.cells) && r.cells[i].row == row; i++ {
			if err := r.cell(&b, r.cells[i]); err != nil {
				return err
			}
		}
		b.trim()
		if len(b.cells) == 0 {
			continue
		}
		if err := fn(b.finish()); err != nil {
			return err
		}
	}
	return nil
}

// cell adds one cell to the row; of two in one place the later one counts.
func (r *xlsReader) cell(b *builder, c xlsCell) error {
	if int(c.col) < len(b.cells) {
		b.cells, b.spans = b.cells[:c.col], b.spans[:c.col]
	}
	if err := b.pad(int(c.col)); err != nil {
		return err
	}
	switch c.kind {
	case xlsShared:
		return b.put(Cell{Text: r.s.table[c.bits]})
	case xlsText:
		return b.put(Cell{Text: r.texts[c.bits]})
	}
	b.begin()
	b.buf = appendNumber(b.buf, math.Float64frombits(c.bits))
	return b.end(true)
}

// appendNumber prints a stored float in its shortest exact form, without an
// exponent where a person would write none.
func appendNumber(dst []byte, v float64) []byte {
	if a := math.Abs(v); a != 0 && (a >= 1e21 || a < 1e-9) {
		return strconv.AppendFloat(dst, v, 'E', -1, 64)
	}
	return strconv.AppendFloat(dst, v, 'f', -1, 64)
}

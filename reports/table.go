package reports

import (
	"cmp"

	"zhanggui/app/fault"
	"zhanggui/app/i18n"
	"zhanggui/app/money"
	"zhanggui/app/when"
)

// Type is what a column holds; it decides alignment, number format and width.
type Type uint8

// The types of columns.
const (
	TypeText    Type = iota
	TypeID           // long numbers and codes: always text, never a number
	TypeMoney        // money.Fen, shown as 1,234.50
	TypeQty          // whole number
	TypeDay          // when.Day
	TypeTime         // when.Millis, to the second
	TypePercent      // money.BP, shown as 3.18%
)

// Column is one column of a Table.
type Column struct {
	Title string // in the reader's language
	Type  Type
	Width float64 // in characters of a workbook; 0 takes the type's usual width
}

// Cell is one typed value. The zero Cell is empty; it is written as nothing,
// not as zero.
type Cell struct {
	text string
	n    int64
	full bool
}

// Text is a cell of a text or id column; "" is empty.
func Text(s string) Cell { return Cell{text: s, full: s != ""} }

// Money is a cell of a money column.
func Money(f money.Fen) Cell { return Cell{n: int64(f), full: true} }

// Qty is a cell of a quantity column.
func Qty(n int64) Cell { return Cell{n: n, full: true} }

// Day is a cell of a day column; an unset day is empty.
func Day(d when.Day) Cell { return Cell{text: string(d), full: d != ""} }

// Time is a cell of a time column; an unset instant is empty.
func Time(m when.Millis) Cell { return Cell{n: int64(m), full: m != 0} }

// Percent is a cell of a percent column.
func Percent(bp money.BP) Cell { return Cell{n: int64(bp), full: true} }

// Empty is a cell without a value.
func Empty() Cell { return Cell{} }

// Table is typed rows with their columns, ready to be written in any form.
type Table struct {
	Title   string // the sheet's name and first line; "" leaves that line out
	Note    string // behind the title: period, unit of money
	Columns []Column
	Rows    [][]Cell
	// Each gives the rows one by one instead of Rows, for exports too large to
	// hold: it calls yield for every row and returns yield's first error.
	Each   func(yield func(row []Cell) error) error
	Totals []Cell      // the last line, "" where a column has no total; nil for none
	Chart  *SheetChart // a picture of its columns in workbooks; nil for none
}

// Add appends a row.
func (t *Table) Add(cells ...Cell) { t.Rows = append(t.Rows, cells) }

// Sum fills Totals from Rows: label in the first column and the sums of money
// and quantity columns. Errors: Limit when a sum leaves int64.
func (t *Table) Sum(label string) error {
	t.Totals = make([]Cell, len(t.Columns))
	for i, c := range t.Columns {
		if c.Type != TypeMoney && c.Type != TypeQty {
			continue
		}
		var sum money.Fen
		for _, row := range t.Rows {
			if i >= len(row) || !row[i].full {
				continue
			}
			next, err := money.Add(sum, money.Fen(row[i].n))
			if err != nil {
				return err
			}
			sum = next
		}
		t.Totals[i] = Cell{n: int64(sum), full: true}
	}
	if len(t.Totals) > 0 && !t.Totals[0].full {
		t.Totals[0] = Text(label)
	}
	return nil
}

// each calls fn for every row with its number, counted from 1.
func (t *Table) each(fn func(n int, row []Cell) error) error {
	n := 0
	give := func(row []Cell) error {
		n++
		if len(row) > len(t.Columns) {
			return fault.New(fault.Internal, "fault.report.columns", "row", n, "cells", len(row), "columns", len(t.Columns))
		}
		return fn(n, row)
	}
	if t.Each != nil {
		return t.Each(give)
	}
	for _, row := range t.Rows {
		if err := give(row); err != nil {
			return err
		}
	}
	return nil
}

// Show writes a cell of the column as a screen shows it; an empty one is "".
func (c Column) Show(cell Cell, tr i18n.Tr, today when.Day) string {
	switch {
	case !cell.full:
		return ""
	case cell.text != "" && c.Type == TypeDay && when.Day(cell.text).Start() != 0:
		return tr.DateWeek(when.Day(cell.text), today)
	case cell.text != "":
		return cell.text
	}
	switch c.Type {
	case TypeMoney:
		return i18n.Amount(money.Fen(cell.n))
	case TypePercent:
		return i18n.Percent(money.BP(cell.n), 1)
	case TypeTime:
		return when.Millis(cell.n).Minute()
	}
	return i18n.Count(cell.n)
}

// Compare orders two cells of a column: by number, then by text; empty ones first.
func (c Cell) Compare(o Cell) int { return cmp.Or(cmp.Compare(c.n, o.n), cmp.Compare(c.text, o.text)) }

// Right tells whether the column's values stand at the right.
func (c Column) Right() bool { return c.Type.right() }

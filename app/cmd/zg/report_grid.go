package main

import (
	"slices"

	"zhanggui/reports"
)

// column is one column of a report: its title, type and what it shows of a row.
type column[R any] struct {
	title string
	typ   reports.Type
	cell  func(R) value
	cost  bool // only for people who may see cost
	drawn bool // in the workbook's chart
}

// grid is a report as a table for files and as lines for people.
type grid struct {
	table reports.Table
	lines []string
}

// gridOf puts rows and their total under the columns that the person may see.
func gridOf[R any](kind reports.Kind, title, note, label string, columns []column[R], rows []R, total R, cost bool) grid {
	s := grid{table: reports.Table{Title: title, Note: note}}
	columns = slices.DeleteFunc(columns, func(col column[R]) bool { return col.cost && !cost })
	s.table.Chart = &reports.SheetChart{Title: title, Kind: kind}
	var right []bool
	lines := [][]string{{}}
	for i, col := range columns {
		if col.drawn {
			s.table.Chart.Values = append(s.table.Chart.Values, i)
		}
		s.table.Columns = append(s.table.Columns, reports.Column{Title: col.title, Type: col.typ})
		lines[0], right = append(lines[0], col.title), append(right, numeric(col.typ))
	}
	if len(s.table.Chart.Values) == 0 {
		s.table.Chart = nil
	}
	line := func(r R) (cells []reports.Cell, texts []string) {
		for _, col := range columns {
			v := col.cell(r)
			cells, texts = append(cells, v.cell(col.typ)), append(texts, v.show(col.typ))
		}
		return cells, texts
	}
	for _, r := range rows {
		cells, texts := line(r)
		s.table.Add(cells...)
		lines = append(lines, texts)
	}
	cells, texts := line(total)
	cells[0], texts[0] = reports.Text(label), label
	s.table.Totals = cells
	s.lines = append([]string{title + gap + note}, align(append(lines, texts), right)...)
	return s
}

func text[T ~string](s T) value { return value{text: string(s)} }

func number[T ~int32 | ~int64](n T) value { return value{n: int64(n)} }

// some makes an empty list of no rows, for JSON.
func some[R any](rows []R) []R {
	if rows == nil {
		return []R{}
	}
	return rows
}

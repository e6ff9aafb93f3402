package reports

import (
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"zhanggui/app/fault"
)

// SheetChart is a native chart in a workbook, on a sheet of its own, drawn by
// the spreadsheet from the table's columns.
type SheetChart struct {
	Title  string // of the chart and its sheet
	Kind   Kind   // Line, Bars, Stacked, Ranked, Share or Pareto; others become Bars
	Labels int    // column of the labels, counted from 0
	Values []int  // columns of the values; of Pareto the value and its running share
	Most   int    // how many rows are drawn, the first ones; 0 is all
}

// sheetKinds are the spreadsheet's own charts for our kinds.
var sheetKinds = map[Kind]excelize.ChartType{
	Line: excelize.Line, Bars: excelize.Col, Stacked: excelize.ColStacked, Ranked: excelize.Bar, Share: excelize.Doughnut,
}

// add puts the chart on a new sheet. A table without rows gets none.
func (c *SheetChart) add(s *sheet) error {
	last := s.line
	if s.table.Totals != nil {
		last--
	}
	if last <= s.header {
		return nil
	}
	name := sheetName(c.Title)
	if strings.EqualFold(name, s.name) {
		name = sheetName("2 " + name)
	}
	if _, err := s.book.NewSheet(name); err != nil {
		return fault.From(err)
	}
	if c.Most > 0 {
		last = min(last, s.header+c.Most)
	}
	main := c.build(s, last)
	if c.Kind != Pareto || len(main.Series) < 2 {
		return s.place(name, main)
	}
	// the running share is a line on an axis of its own
	share := *main
	share.Type, share.Series, share.YAxis = excelize.Line, main.Series[1:], excelize.ChartAxis{Secondary: true}
	main.Series = main.Series[:1]
	return s.place(name, main, &share)
}

// place puts a chart on its sheet; others are drawn into the same plot.
func (s *sheet) place(name string, main *excelize.Chart, others ...*excelize.Chart) error {
	if err := s.book.AddChart(name, "B2", main, others...); err != nil {
		return fault.From(err)
	}
	return nil
}

func (c *SheetChart) build(s *sheet, last int) *excelize.Chart {
	kind, ok := sheetKinds[c.Kind]
	if !ok {
		kind = excelize.Col
	}
	chart := &excelize.Chart{
		Type:      kind,
		Title:     excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: c.Title}}},
		Legend:    excelize.ChartLegend{Position: "bottom"},
		Dimension: excelize.ChartDimension{Width: 960, Height: 480},
		YAxis:     excelize.ChartAxis{MajorGridLines: true},
	}
	parts := c.Kind == Share // only there every value has a colour of its own
	chart.VaryColors = &parts
	for i, col := range c.Values {
		series := excelize.ChartSeries{
			Name:       s.span(col, s.header, s.header),
			Categories: s.span(c.Labels, s.header+1, last),
			Values:     s.span(col, s.header+1, last),
		}
		if !parts {
			series.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{hex(seriesColour(i + 1))}}
		}
		chart.Series = append(chart.Series, series)
	}
	return chart
}

// span names cells of one column: 'name'!$B$3:$B$9.
func (s *sheet) span(col, from, to int) string {
	letter, err := excelize.ColumnNumberToName(col + 1)
	if err != nil { // a column the table does not have
		letter = "A"
	}
	quoted := "'" + strings.ReplaceAll(s.name, "'", "''") + "'!$" + letter + "$"
	if from == to {
		return quoted + strconv.Itoa(from)
	}
	return quoted + strconv.Itoa(from) + ":$" + letter + "$" + strconv.Itoa(to)
}

package kit

import (
	"strings"

	"fyne.io/fyne/v2"
)

func (g *Grid) copy() {
	if g.OnCopy != nil {
		g.OnCopy()
		return
	}
	var rows []*Row
	for i := range g.rows.Len() {
		if row, ok := g.rows.Row(i); ok && !row.Group && g.sel.has(row.ID) {
			rows = append(rows, row)
		}
	}
	if len(rows) == 0 {
		if row, ok := g.rowOf(g.cursor); ok {
			rows = append(rows, row)
		}
	}
	fyne.CurrentApp().Clipboard().SetContent(g.TSV(rows))
}

// TSV is rows as tab-separated text of the columns in sight, one line each: what
// a spreadsheet takes. Tabs and line breaks inside a cell become blanks.
func (g *Grid) TSV(rows []*Row) string {
	var b strings.Builder
	clean := strings.NewReplacer("\t", " ", "\r", " ", "\n", " ")
	for _, row := range rows {
		for n, s := range g.spans {
			if n > 0 {
				b.WriteByte('\t')
			}
			if s.col < len(row.Cells) {
				b.WriteString(clean.Replace(row.Cells[s.col].plain(g.env.Tr, g.now())))
			}
		}
		b.WriteString("\r\n")
	}
	return b.String()
}

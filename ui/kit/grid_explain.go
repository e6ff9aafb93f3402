package kit

import "fyne.io/fyne/v2"

var _ fyne.SecondaryTappable = (*Grid)(nil)

// Explains makes the row under the cursor and the total row figures of a screen:
// the cursor touches the one, a right click explains either.
func (g *Grid) Explains(f *Figures) { g.figures = f }

// Explained tells whether its rows and total are among a screen's figures.
func (g *Grid) Explained() bool { return g.figures != nil }

// RowFigure and TotalFigure are the ids under which they stand among the figures.
func (g *Grid) RowFigure() string { return g.id + "#row" }

// TotalFigure is the id of the total row.
func (g *Grid) TotalFigure() string { return g.id + "#total" }

// Total is a column's text in the total row; ok is false without such a row or column.
func (g *Grid) Total(key string) (text string, ok bool) {
	for i, h := range g.heads {
		if g.total != nil && h.Key == key && i < len(g.total.Cells) {
			return g.total.Cells[i].text, true
		}
	}
	return "", false
}

// HasTotal tells whether there is a total row.
func (g *Grid) HasTotal() bool { return g.total != nil }

// TappedSecondary explains the row or the total under the pointer.
func (g *Grid) TappedSecondary(ev *fyne.PointEvent) {
	if g.sheet != nil { // cells are being edited
		return
	}
	switch where, _ := g.hit(ev.Position); where {
	case areaRow, areaCheck: // MouseDown has moved the cursor there
		g.figures.Explain(g.RowFigure())
	case areaTotal:
		g.figures.Explain(g.TotalFigure())
	}
}

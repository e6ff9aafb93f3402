package kit

import (
	"strings"

	"fyne.io/fyne/v2"

	"zhanggui/ui/theme"
)

// area is where a point of the grid lies.
type area int

const (
	areaNone area = iota
	areaHeader
	areaHeaderCheck
	areaEdge
	areaRow
	areaCheck
	areaBar
	areaTotal
)

// hit tells what lies under a point: the area, and its row or column index.
func (g *Grid) hit(pos fyne.Position) (where area, index int) {
	x, y := int(pos.X), int(pos.Y)
	if y < g.headerHeight() {
		return g.hitHeader(x)
	}
	y -= g.headerHeight()
	if y >= g.view.height {
		if g.total != nil {
			return areaTotal, -1
		}
		return areaNone, -1
	}
	if x >= g.room() && g.view.max() > 0 {
		return areaBar, -1
	}
	row := g.view.rowAt(y)
	if row < 0 {
		return areaNone, -1
	}
	if g.ticks && x < g.tickWidth() {
		return areaCheck, row
	}
	return areaRow, row
}

func (g *Grid) hitHeader(x int) (area, int) {
	if g.ticks && x < g.tickWidth() {
		return areaHeaderCheck, -1
	}
	for n, s := range g.spans {
		end := s.x + s.w - g.shift
		if x >= end-edgeReach && x <= end+edgeReach {
			return areaEdge, n
		}
	}
	for n, s := range g.spans {
		if x >= s.x-g.shift && x < s.x+s.w-g.shift {
			return areaHeader, n
		}
	}
	return areaNone, -1
}

// part is Part: rows are looked up among those in sight.
func (g *Grid) part(name string) (fyne.Position, fyne.Size, bool) {
	kind, id, _ := strings.Cut(name, ":")
	head := g.headerHeight()
	switch kind {
	case "header-check":
		return fyne.NewPos(0, 0), fyne.NewSize(float32(g.tickWidth()), float32(head)), g.ticks
	case "header":
		for _, s := range g.spans {
			if g.heads[s.col].Key == id {
				return fyne.NewPos(float32(s.x-g.shift), 0), fyne.NewSize(float32(s.w), float32(head)), true
			}
		}
	case "total":
		y := float32(head + g.view.height)
		return fyne.NewPos(0, y), fyne.NewSize(g.Size().Width, theme.Current().Metrics().Row), g.total != nil
	case "row", "check":
		if row, ok := g.rowOf(max(g.cursor, 0)); ok && id == "" {
			id = row.ID
		}
		for i := g.view.first(); i < g.view.end(); i++ {
			row, ok := g.rows.Row(i)
			if !ok || row.ID != id {
				continue
			}
			y := float32(head + g.view.top(i))
			if kind == "check" {
				return fyne.NewPos(0, y), fyne.NewSize(float32(g.tickWidth()), float32(g.view.row)), g.ticks
			}
			return fyne.NewPos(float32(g.tickWidth()), y), fyne.NewSize(float32(g.room()-g.tickWidth()), float32(g.view.row)), true
		}
	}
	return fyne.Position{}, fyne.Size{}, false
}

// cellRect is where a cell stands in the grid; it may be out of sight.
func (g *Grid) cellRect(row, col int) (fyne.Position, fyne.Size) {
	for _, s := range g.spans {
		if s.col == col {
			return fyne.NewPos(float32(s.x-g.shift), float32(g.headerHeight()+g.view.top(row))), fyne.NewSize(float32(s.w), float32(g.view.row))
		}
	}
	return fyne.Position{}, fyne.Size{}
}

// columnAt is the column at x, -1 beside all of them.
func (g *Grid) columnAt(x int) int {
	for _, s := range g.spans {
		if x >= s.x-g.shift && x < s.x+s.w-g.shift {
			return s.col
		}
	}
	return -1
}

// revealColumn scrolls sideways as little as needed to show a whole column.
func (g *Grid) revealColumn(col int) {
	for _, s := range g.spans {
		if s.col != col {
			continue
		}
		switch left, right := s.x-g.tickWidth(), s.x+s.w-g.room(); {
		case g.shift > left:
			g.shift = max(0, left)
		case g.shift < right:
			g.shift = right
		}
	}
}

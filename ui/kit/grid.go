package kit

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"zhanggui/app/when"
	"zhanggui/ui/theme"
)

// Grid is the one table surface: a window of rows drawn into one raster. It knows
// nothing of records; List feeds it. Rows come from Rows, ticks are kept by
// record id, the cursor is a row.
//
// Guarantees: a row's place is exact at any row count; ticks survive sorting,
// paging and reloading; keys it does not use go to Env.Keys.
type Grid struct {
	widget.BaseWidget

	// OnCursor is told when the cursor row changed; OnOpen is Enter or a double
	// click on a row; OnSort a click on a sortable header; OnTick a change of ticks.
	OnCursor func(row int)
	OnOpen   func(row int)
	OnSort   func(sort string, desc bool)
	OnTick   func()
	// OnWindow is told which rows are seen, before they are drawn.
	OnWindow func(first, end int)
	// OnCopy takes Ctrl+C; nil copies the ticked rows that are in memory, else the cursor row.
	OnCopy func()
	// OnToggle opens and closes a group; GroupState is its check box, OnGroupTick a click on it.
	OnToggle    func(id string)
	GroupState  func(id string) CheckState
	OnGroupTick func(id string)

	env    Env
	id     string // memory key of column widths
	heads  []Head
	rows   Rows
	total  *Row
	ticks  bool
	sel    *selection
	sort   string
	desc   bool
	dim    bool    // old rows while new ones are read
	tall   float32 // height of a row, 0 for the usual one
	bare   bool    // without header
	cursor int     // -1: none
	hover  int
	view   viewport
	shift  int // scrolled sideways
	widths map[string]int
	spans  []span
	width  int // of all columns
	wheel  float32
	drag   dragState
	focus  bool

	sheet      *sheetView // grid mode, nil when rows are only read
	lastColumn int        // column last clicked: where grid mode begins

	figures *Figures // of the screen: its rows and its total are figures

	raster *canvas.Raster
	buffer *image.RGBA
}

// NewGrid makes a grid. id names it in Memory and, with ID, in tests; ticks adds the check box column.
func NewGrid(env Env, id string, heads []Head, rows Rows, ticks bool) *Grid {
	g := &Grid{
		env: env, id: id, heads: heads, rows: rows, ticks: ticks,
		sel: newSelection(), cursor: -1, hover: -1,
		widths: unpackWidths(env.recall("widths." + id)),
	}
	g.view.row = g.rowUnits()
	g.raster = canvas.NewRaster(g.draw)
	g.ExtendBaseWidget(g)
	return ID(g, id)
}

// SetHeads replaces the columns (a chooser, another language).
func (g *Grid) SetHeads(heads []Head) {
	g.heads = heads
	g.relayout()
	g.Refresh()
}

// SetTotal sets the pinned total row; nil takes it away.
func (g *Grid) SetTotal(row *Row) {
	g.total = row
	g.relayout()
	g.Refresh()
}

// SetSort marks the sorted column without calling OnSort.
func (g *Grid) SetSort(sort string, desc bool) { g.sort, g.desc = sort, desc }

// SetDim mutes all rows: they are old and new ones are being read.
func (g *Grid) SetDim(dim bool) {
	if g.dim != dim {
		g.dim = dim
		g.Refresh()
	}
}

// CursorRow is the cursor row, -1 when there is none.
func (g *Grid) CursorRow() int { return g.cursor }

// At is a row in memory, nil when it is not there.
func (g *Grid) At(i int) *Row {
	row, _ := g.rowOf(i)
	return row
}

// SetCursor moves the cursor and scrolls it into sight; -1 takes it away.
func (g *Grid) SetCursor(row int) {
	row = min(row, g.rows.Len()-1)
	g.view.reveal(row)
	g.figures.Touch(g.RowFigure())
	if row != g.cursor {
		g.cursor = row
		if g.OnCursor != nil {
			g.OnCursor(row)
		}
	}
	g.Refresh()
}

// Ticked tells whether a record is ticked.
func (g *Grid) Ticked(id string) bool { return g.sel.has(id) }

// TickedCount is the number of ticked records of the whole filter.
func (g *Grid) TickedCount() int { return g.sel.count(g.rows.Len()) }

// Tick ticks or unticks a record.
func (g *Grid) Tick(id string, on bool) {
	g.sel.set(id, on)
	g.ticked()
}

// TickAll ticks everything the filter matches; TickNone nothing.
func (g *Grid) TickAll() {
	g.sel.selectAll()
	g.ticked()
}

// TickNone unticks everything.
func (g *Grid) TickNone() {
	g.sel.clear()
	g.ticked()
}

func (g *Grid) ticked() {
	if g.OnTick != nil {
		g.OnTick()
	}
	g.Refresh()
}

// InSight are the rows in sight: first, and one after the last.
func (g *Grid) InSight() (first, end int) { return g.view.first(), g.view.end() }

// ScrollTo scrolls so that the row is the first one, as far as the end allows.
func (g *Grid) ScrollTo(row int) {
	g.view.scrollTo(row * g.view.row)
	g.Refresh()
}

// Update takes over a changed number of rows and draws again.
func (g *Grid) Update() {
	if g.cursor >= g.rows.Len() {
		g.cursor = g.rows.Len() - 1
	}
	g.relayout()
	g.Refresh()
}

// Refresh draws again.
func (g *Grid) Refresh() {
	if g.OnWindow != nil && g.view.height > 0 {
		g.OnWindow(g.view.first(), g.view.end())
	}
	if m := g.rowUnits(); m != g.view.row {
		first := g.view.first()
		g.view.row = m
		g.relayout()
		g.view.scrollTo(first * m)
	}
	if g.sheet != nil && g.sheet.editing {
		g.sheet.place()
	}
	g.raster.Refresh()
}

// MinSize keeps room for a few rows.
func (g *Grid) MinSize() fyne.Size { return fyne.NewSize(200, float32(4*g.view.row)) }

// Resize lays the columns out for the new width.
func (g *Grid) Resize(size fyne.Size) {
	g.BaseWidget.Resize(size)
	g.relayout()
	g.Refresh()
}

func (g *Grid) relayout() {
	size := g.Size()
	height := int(size.Height) - g.headerHeight()
	if g.total != nil {
		height -= int(theme.Current().Metrics().Row)
	}
	g.view.resize(g.rows.Len(), height)
	heads, widths := scaled(g.heads, g.widths, textScale())
	g.spans, g.width = layoutColumns(heads, widths, g.tickWidth(), g.room())
	g.shift = min(g.shift, max(0, g.width-g.room()))
}

// room is the width for columns: all but the scroll bar's strip.
func (g *Grid) room() int { return int(g.Size().Width) - barWidth }

func (g *Grid) headerHeight() int {
	if g.bare {
		return 0
	}
	return int(theme.Current().Metrics().Header)
}

// rowUnits is the height of a row at the present text scale, a whole number.
func (g *Grid) rowUnits() int {
	if g.tall > 0 {
		return int(g.tall*textScale() + 0.5)
	}
	return int(theme.Current().Metrics().Row)
}

// Tall gives rows another height than 28 (38 for two lines, 54 for file cards,
// LOOK §3) and takes the header away when bare.
func (g *Grid) Tall(height float32, bare bool) *Grid {
	g.tall, g.bare = height, bare
	g.view.row = g.rowUnits()
	g.relayout()
	g.Refresh()
	return g
}

func (g *Grid) tickWidth() int {
	if g.ticks {
		return int(checkWidth*textScale() + 0.5)
	}
	return bareMargin
}

func textScale() float32 { return theme.Current().Metrics().Scale }

func (g *Grid) now() when.Millis {
	if g.env.Clock == nil {
		return 0
	}
	return g.env.Clock.Now()
}

// CreateRenderer shows the raster.
func (g *Grid) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(g.raster) }

// Part tells where "row:<id>", the cursor's "row", the "total", "check:<id>", "header:<column>" or "header-check" stands.
func (g *Grid) Part(name string) (fyne.Position, fyne.Size, bool) {
	return g.part(name)
}

package charts

import (
	"context"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/app/core"
	"zhanggui/reports"
	"zhanggui/reports/cards"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// line is one row behind a picture.
type line struct {
	n     int
	key   string // day, channel, SKU code or hour
	cells []reports.Cell
}

// rows is a card's picture with the table of what is drawn.
type rows struct {
	env    kit.Env
	card   *card
	chart  *kit.Chart
	list   *kit.List[line]
	object fyne.CanvasObject
}

// newRows makes the view of a card that was read; its columns stay those of now.
func newRows(env kit.Env, c *card, made *cards.Card, bar fyne.CanvasObject) *rows {
	r := &rows{env: env, card: c, chart: kit.ID(kit.NewChart(env, c.draw), "charts.large")}
	m := theme.Current().Metrics()
	r.list = kit.NewList(env, r.spec(made))
	table := container.NewStack(kit.NewSurface(), r.list.Object())
	body := container.New(&halves{gap: m.CardGap}, kit.NewCard("", "", nil, r.chart), table)
	r.object = container.NewStack(kit.NewBackground(), kit.Edges(nil, bar, nil, nil, kit.Pad(m.CardGap, m.ScreenMargin, body)))
	return r
}

// halves puts two objects side by side; the table takes a little more.
type halves struct{ gap float32 }

// Layout places both.
func (l *halves) Layout(o []fyne.CanvasObject, size fyne.Size) {
	w := float32(int((size.Width - l.gap) * 0.45))
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(fyne.NewSize(w, size.Height))
	o[1].Move(fyne.NewPos(w+l.gap, 0))
	o[1].Resize(fyne.NewSize(size.Width-w-l.gap, size.Height))
}

// MinSize is what both can be read at.
func (l *halves) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(600, 200) }

// load reads picture and table again.
func (r *rows) load() {
	r.chart.Reload()
	r.list.Load()
}

func (r *rows) close() {
	r.list.Close()
	r.chart.Close()
}

// widths are the widths of columns by what they hold.
var widths = map[reports.Type]int{reports.TypeText: 96, reports.TypeID: 110, reports.TypeMoney: 104, reports.TypeQty: 84, reports.TypeDay: 104, reports.TypePercent: 84}

func (r *rows) spec(made *cards.Card) kit.ListSpec[line] {
	tr := r.env.Tr
	spec := kit.ListSpec[line]{
		ID: "charts.rows", Fetch: r.fetch, RowID: func(l line) string { return strconv.Itoa(l.n) + " " + l.key }, Totals: true, Explain: r.explain, Whole: r.whole,
		Footer: func(total int, _ map[string]int64) []string {
			return []string{tr.N("common.rows", int64(total)), tr.MoneyUnit()}
		},
		Empty: func(kit.Query) kit.Empty {
			return kit.Empty{Icon: "chart", Title: tr.T("cards.says.nothing"), Text: tr.T("cards.empty_hint")}
		},
	}
	if len(ways(r.env, rowPlaces(r.card.kind, r.card.of(), ""))) > 0 {
		spec.Open = func(l line) {
			for _, way := range ways(r.env, rowPlaces(r.card.kind, r.card.of(), l.key))[:1] {
				way.Open()
			}
		}
	}
	for i, col := range made.Table.Columns {
		column := kit.Column[line]{
			Key: "c" + strconv.Itoa(i), Head: col.Title, Width: widths[col.Type], Min: 60, Sort: strconv.Itoa(i), Flex: col.Type == reports.TypeText && col.Width > 0,
			Cell: func(l line) kit.Cell { return kit.Text(r.text(col, l.cells, i)) },
			Total: func(map[string]int64) kit.Cell {
				if made := r.card.peek(); made != nil {
					return kit.Strong(r.text(col, made.Table.Totals, i))
				}
				return kit.Cell{}
			},
		}
		if col.Right() {
			column.Align = kit.Right
		}
		spec.Columns = append(spec.Columns, column)
	}
	return spec
}

// text is a cell as the table shows it; the columns are those of the opening.
func (r *rows) text(col reports.Column, cells []reports.Cell, i int) string {
	if i >= len(cells) {
		return ""
	}
	return col.Show(cells[i], r.env.Tr, r.env.Clock.Now().Day())
}

func (r *rows) fetch(ctx context.Context, q kit.Query) (core.Paged[line], error) {
	made, err := r.card.read(ctx)
	if err != nil {
		return core.Paged[line]{}, err
	}
	list := make([]line, len(made.Table.Rows))
	for i, cells := range made.Table.Rows {
		list[i] = line{n: i, key: made.Keys[i], cells: cells}
	}
	if at, err := strconv.Atoi(q.Page.Sort); err == nil && at < len(made.Table.Columns) {
		slices.SortStableFunc(list, func(a, b line) int {
			if q.Page.Desc {
				a, b = b, a
			}
			return a.cells[at].Compare(b.cells[at])
		})
	}
	page := q.Page.Clamp()
	from := min(page.Offset, len(list))
	return core.Paged[line]{Rows: list[from:min(len(list), from+page.Limit)], Total: len(list)}, nil
}

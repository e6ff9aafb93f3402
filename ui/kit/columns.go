package kit

import (
	"strconv"
	"strings"
)

// Align is where a cell's content stands.
type Align int

// Text stands left, numbers right, single icons in the middle.
const (
	Left Align = iota
	Right
	Center
)

// Head is a column of a Grid. Width is in units; the Flex column takes what is
// left over and shrinks down to Min first; then Muted columns go, last one first
// (LOOK §4). Sort is the name the source sorts by, "" for a column that cannot.
type Head struct {
	Key   string // stable name for memory and tests
	Title string // translated already
	Width int
	Min   int // least width when flexible or dragged; 0 is 36
	Align Align
	Flex  bool
	Muted bool // rarely read: text muted, first to go when the room is short
	Sort  string
}

const (
	checkWidth = 38 // the tick column
	bareMargin = 6  // left of the first column when there are no check boxes
	columnMin  = 36
)

// span is a laid-out column: index of its Head, left edge and width.
type span struct{ col, x, w int }

// layoutColumns places the columns into width. widths overrides by key what a
// person dragged. The columns begin at left, after the check boxes. The result may
// be wider than width; then the grid scrolls sideways.
func layoutColumns(heads []Head, widths map[string]int, left, width int) (spans []span, total int) {
	shown := make([]int, 0, len(heads))
	sum, flexAt := left, -1
	for i, h := range heads {
		shown = append(shown, i)
		sum += columnWidth(h, widths)
		if h.Flex {
			flexAt = i
		}
	}
	flexRoom := 0
	if flexAt >= 0 {
		flexRoom = columnWidth(heads[flexAt], widths) - columnLeast(heads[flexAt])
	}
	for i := len(shown) - 1; i >= 0 && sum-flexRoom > width; i-- {
		if h := heads[shown[i]]; h.Muted {
			sum -= columnWidth(h, widths)
			shown = append(shown[:i], shown[i+1:]...)
		}
	}
	x := left
	for _, i := range shown {
		w := columnWidth(heads[i], widths)
		if i == flexAt {
			w = max(columnLeast(heads[i]), w+width-sum)
		}
		spans = append(spans, span{col: i, x: x, w: w})
		x += w
	}
	return spans, x
}

func columnWidth(h Head, widths map[string]int) int {
	if w, ok := widths[h.Key]; ok {
		return max(w, columnLeast(h))
	}
	return max(h.Width, columnLeast(h))
}

func columnLeast(h Head) int {
	switch {
	case h.Min > 0:
		return h.Min
	case h.Flex: // narrower than half it says nothing
		return max(columnMin, h.Width/2)
	}
	return columnMin
}

// scaled are the heads at a text scale: wider text needs wider columns.
func scaled(heads []Head, widths map[string]int, scale float32) ([]Head, map[string]int) {
	if scale == 1 {
		return heads, widths
	}
	big := func(n int) int { return int(float32(n)*scale + 0.5) }
	out := make([]Head, len(heads))
	for i, h := range heads {
		h.Width, h.Min = big(h.Width), big(h.Min)
		out[i] = h
	}
	wide := make(map[string]int, len(widths))
	for k, w := range widths {
		wide[k] = big(w)
	}
	return out, wide
}

// packWidths and unpackWidths write dragged widths into one remembered value: "goods=210 paid=96".
func packWidths(heads []Head, widths map[string]int) string {
	var parts []string
	for _, h := range heads {
		if w, ok := widths[h.Key]; ok {
			parts = append(parts, h.Key+"="+strconv.Itoa(w))
		}
	}
	return strings.Join(parts, " ")
}

func unpackWidths(s string) map[string]int {
	widths := map[string]int{}
	for _, part := range strings.Fields(s) {
		key, value, ok := strings.Cut(part, "=")
		if w, err := strconv.Atoi(value); ok && err == nil && key != "" && w > 0 && w < 2000 {
			widths[key] = w
		}
	}
	return widths
}

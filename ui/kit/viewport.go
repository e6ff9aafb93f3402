package kit

// Sizes of the grid's scroll bar in units of the window.
const (
	barWidth = 10 // the strip at the right edge
	barThumb = 5  // the thumb in it
	thumbMin = 28 // shortest thumb that a hand can still take
)

// viewport is the arithmetic of a window of rows: which rows are seen, where they
// stand, how the scroll bar and the offset belong together. Everything is whole
// units, the row height too: 1,000,000 rows are 28,000,000 units, which a float32
// could not tell apart, and fractional rows drift (TECH A6).
//
// Guarantees: 0 <= offset <= max; the last row is fully seen at max
// (TestViewport_MillionRows_IsExact); thumb and offset agree at both ends
// (TestViewport_Thumb_ReachesBothEnds).
type viewport struct {
	row    int // height of a row, > 0
	rows   int // rows in all
	height int // height of the row area
	offset int // units scrolled away at the top
}

func (v *viewport) content() int { return v.rows * v.row }

// max is the largest offset.
func (v *viewport) max() int { return max(0, v.content()-v.height) }

// resize sets row count and height and keeps the offset inside.
func (v *viewport) resize(rows, height int) {
	v.rows, v.height = max(0, rows), max(0, height)
	v.scrollTo(v.offset)
}

// scrollTo sets the offset, limited to the content.
func (v *viewport) scrollTo(offset int) { v.offset = min(max(0, offset), v.max()) }

// first is the first row that is seen at least in part.
func (v *viewport) first() int { return v.offset / v.row }

// end is the row after the last one seen at least in part.
func (v *viewport) end() int {
	return min(v.rows, (v.offset+v.height+v.row-1)/v.row)
}

// page is how many rows a PgDn moves.
func (v *viewport) page() int { return max(1, v.height/v.row-1) }

// top is where a row stands in the row area; negative above it.
func (v *viewport) top(row int) int { return row*v.row - v.offset }

// rowAt is the row at y of the row area, -1 when there is none.
func (v *viewport) rowAt(y int) int {
	if y < 0 || y >= v.height {
		return -1
	}
	row := (v.offset + y) / v.row
	if row >= v.rows {
		return -1
	}
	return row
}

// reveal scrolls as little as needed to show the whole row.
func (v *viewport) reveal(row int) {
	if row < 0 || row >= v.rows {
		return
	}
	switch top := row * v.row; {
	case top < v.offset:
		v.scrollTo(top)
	case top+v.row > v.offset+v.height:
		v.scrollTo(top + v.row - v.height)
	}
}

// thumb is the place and length of the scroll bar's thumb in a track of the given
// length; shown is false when everything fits.
func (v *viewport) thumb(track int) (pos, length int, shown bool) {
	if v.max() == 0 || track <= 0 {
		return 0, 0, false
	}
	length = min(track, max(thumbMin, int(int64(track)*int64(v.height)/int64(v.content()))))
	pos = int(int64(track-length) * int64(v.offset) / int64(v.max()))
	return pos, length, true
}

// drag sets the offset from the thumb's place in the track; both ends are exact.
func (v *viewport) drag(pos, track int) {
	_, length, shown := v.thumb(track)
	if !shown || track == length {
		return
	}
	pos = min(max(0, pos), track-length)
	v.scrollTo(int((int64(pos)*int64(v.max()) + int64(track-length)/2) / int64(track-length)))
}

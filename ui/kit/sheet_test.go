package kit

import (
	"errors"
	"fmt"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// paper is a source in memory: column 0 names the row, 1 is shared by pairs of
// rows, 2 takes whole numbers, 3 anything.
type paper struct{ cells [][]string }

func newPaper(rows int) *paper {
	p := &paper{}
	for i := range rows {
		p.cells = append(p.cells, []string{fmt.Sprint("K", i), fmt.Sprint("商品", i/2), strconv.Itoa(10 * i), "A-" + strconv.Itoa(i)})
	}
	return p
}

func (p *paper) size() int           { return len(p.cells) }
func (p *paper) id(row int) string   { return fmt.Sprint("id", row) }
func (p *paper) name(row int) string { return p.cells[row][0] }
func (p *paper) owner(row, col int) string {
	if col == 1 {
		return fmt.Sprint("pair", row/2)
	}
	return p.id(row)
}
func (p *paper) stored(row, col int) string { return p.cells[row][col] }
func (p *paper) shown(row, col int) string  { return p.cells[row][col] }

func newPaperSheet(p *paper) *sheet {
	return newSheet(p, []sheetColumn{
		{key: "code", title: "编码"},
		{key: "title", title: "商品", edits: true},
		{key: "qty", title: "数量", edits: true, parse: func(text string) (string, error) {
			n, err := strconv.Atoi(text)
			if err != nil {
				return "", errors.New("not a number")
			}
			return strconv.Itoa(n), nil
		}},
		{key: "bin", title: "货位", edits: true},
	}, func(err error) string { return err.Error() }, func(now string) string { return "moved " + now })
}

func put(row, col int, text string) []sheetPut { return []sheetPut{{sheetCell{row, col}, text}} }

func TestSheet_TypedBack_IsNoChange(t *testing.T) {
	t.Parallel()
	s := newPaperSheet(newPaper(4))

	require.True(t, s.put(put(2, 2, " 21 ")))
	require.Equal(t, sheetCount{rows: 1, cells: 1}, s.count())
	require.True(t, s.put(put(2, 2, "020")), "the same number in another form")

	require.Zero(t, s.count())
	require.False(t, s.put(put(2, 0, "x")), "a column that is only read")
}

func TestSheet_BadValue_StaysAndIsMarked(t *testing.T) {
	t.Parallel()
	s := newPaperSheet(newPaper(4))

	s.put(put(1, 2, "一打"))

	require.Equal(t, "一打", s.value(sheetCell{1, 2}))
	require.Equal(t, sheetCount{rows: 1, cells: 1, bad: 1}, s.count())
	at, ok := s.firstBad()
	require.True(t, ok)
	require.Equal(t, sheetCell{1, 2}, at)
}

func TestSheet_SharedValue_IsOneChange(t *testing.T) {
	t.Parallel()
	s := newPaperSheet(newPaper(4))

	s.put(put(1, 1, "雨伞"))

	require.Equal(t, "雨伞", s.value(sheetCell{0, 1}), "the other row of the product follows")
	require.Equal(t, []CellChange{{Row: "id1", Column: "title", From: "商品0", To: "雨伞"}}, s.changes())
	p := s.plan([][]string{{"甲"}, {"乙"}}, sheetBlock{0, 1, 0, 1})
	require.Equal(t, 1, p.locked, "two rows of one product cannot be named differently")
	require.Equal(t, "K0", p.changes[1].reason)
	require.Len(t, p.puts, 1)
}

func TestSheet_Undo_WholeSteps(t *testing.T) {
	t.Parallel()
	s := newPaperSheet(newPaper(4))
	s.put(put(0, 3, "B-1"))
	s.put([]sheetPut{{sheetCell{0, 3}, "B-2"}, {sheetCell{1, 3}, "B-2"}})

	require.True(t, s.undo())
	require.Equal(t, "B-1", s.value(sheetCell{0, 3}))
	require.Equal(t, "A-1", s.value(sheetCell{1, 3}))
	require.True(t, s.redo())
	require.Equal(t, "B-2", s.value(sheetCell{1, 3}))
	require.True(t, s.undo())
	require.True(t, s.undo())
	require.False(t, s.undo())
	require.Zero(t, s.count())
}

// TestSheet_AnySteps_UndoneAreNone: whatever is typed, filled, cleared and pasted,
// undoing all of it leaves what is stored, and doing it again gives it back.
func TestSheet_AnySteps_UndoneAreNone(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := newPaperSheet(newPaper(5))
		corner := func(most int, name string) int { return rapid.IntRange(0, most).Draw(t, name) }
		text := rapid.SampledFrom([]string{"", "1", "20", "A-1", "x\ty", "商品0"})
		for range rapid.IntRange(1, 12).Draw(t, "steps") {
			top, left := corner(4, "top"), corner(3, "left")
			b := sheetBlock{top, left, top + rapid.IntRange(0, 4-top).Draw(t, "rows"), left + rapid.IntRange(0, 3-left).Draw(t, "cols")}
			switch rapid.IntRange(0, 4).Draw(t, "deed") {
			case 0:
				s.put(put(top, left, text.Draw(t, "text")))
			case 1:
				s.fill(b)
			case 2:
				s.clear(b)
			case 3:
				s.put(s.plan(ParseTSV(text.Draw(t, "block")), b).puts)
			case 4:
				s.undo()
			}
		}
		after := s.changes()

		steps := len(s.past)
		for s.undo() {
		}
		require.Zero(t, s.count())
		for range steps {
			require.True(t, s.redo())
		}
		require.ElementsMatch(t, cells(after), cells(s.changes()))
	})
}

// cells leaves out in which of the rows that share a value it was typed.
func cells(list []CellChange) (out [][3]string) {
	for _, c := range list {
		out = append(out, [3]string{c.Column, c.From, c.To})
	}
	return out
}

func TestSheet_Plan_CountsWhatItDoes(t *testing.T) {
	t.Parallel()
	s := newPaperSheet(newPaper(4))

	p := s.plan([][]string{
		{"编码", "商品", "数量"},
		{"K2", "商品1", "21"},
		{"K9", "商品1", "三十"},
		{"K5", "", "", "", "", ""},
	}, sheetBlock{2, 0, 2, 0})

	require.Equal(t, 2, p.rows, "the titles are no row")
	require.Equal(t, 2, p.cells)
	require.Equal(t, 1, p.bad)
	require.Equal(t, 1, p.locked, "K9 is not the code of that row")
	require.Equal(t, 6, p.beyond)
	require.Zero(t, s.count(), "a plan writes nothing")
	s.put(p.puts)
	require.Equal(t, sheetCount{rows: 2, cells: 2, bad: 1}, s.count())
}

func TestSheet_Plan_OneValueFillsTheBlock(t *testing.T) {
	t.Parallel()
	s := newPaperSheet(newPaper(4))

	p := s.plan([][]string{{"C-1"}}, sheetBlock{0, 3, 3, 3})

	require.Equal(t, 4, p.cells)
	require.Equal(t, sheetBlock{0, 3, 3, 3}, p.at)
}

func TestSheet_Fill_OneRowTakesTheRowAbove(t *testing.T) {
	t.Parallel()
	s := newPaperSheet(newPaper(4))

	require.False(t, s.fill(sheetBlock{0, 2, 0, 2}), "there is nothing above")
	require.True(t, s.fill(sheetBlock{2, 2, 2, 3}))
	require.Equal(t, "10", s.value(sheetCell{2, 2}))
	require.True(t, s.fill(sheetBlock{0, 2, 3, 2}))
	require.Equal(t, "0", s.value(sheetCell{3, 2}))
}

func TestSheet_Settle_NewValuesAreTheStoredOnes(t *testing.T) {
	t.Parallel()
	p := newPaper(2)
	s := newPaperSheet(p)
	s.put(put(0, 2, "7"))
	s.settle()

	require.Zero(t, s.count())
	require.False(t, s.undo(), "what is saved is taken back elsewhere")
	require.Equal(t, "7", s.value(sheetCell{0, 2}), "before it is read again")
	s.put(put(0, 2, "8"))
	require.Equal(t, "7", s.changes()[0].From)
	p.cells[0][2] = "7"
	s.reread()
	require.Equal(t, sheetCount{rows: 1, cells: 1}, s.count())
	_, bad := s.firstBad()
	require.False(t, bad)
}

func TestSheet_ChangedElsewhere_IsSaidAtTheCell(t *testing.T) {
	t.Parallel()
	p := newPaper(3)
	s := newPaperSheet(p)
	s.put([]sheetPut{{sheetCell{0, 3}, "B-1"}, {sheetCell{1, 3}, "B-2"}, {sheetCell{2, 3}, "B-3"}})
	p.cells[0][3], p.cells[1][3] = "C-9", "B-2"
	s.reread()

	e, _ := s.edit(sheetCell{0, 3})
	require.Equal(t, "moved C-9", e.reason())
	require.Equal(t, 2, s.count().cells, "what is stored now is no change")
	require.Zero(t, s.count().bad, "it may be saved: the service decides")
	s.put(put(0, 3, "B-1"))
	require.Equal(t, CellChange{Row: "id0", Column: "bin", From: "C-9", To: "B-1"}, s.changes()[0], "confirmed")
}

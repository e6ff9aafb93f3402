package kit_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"zhanggui/app/core"
	"zhanggui/app/fault"
	"zhanggui/app/i18n"
	"zhanggui/app/money"
	"zhanggui/ui/kit"
	"zhanggui/ui/kit/kittest"
	"zhanggui/ui/theme"
)

// ware is the record of the shelf: two of them share a title.
type ware struct {
	code, product, title, bin string
	price                     money.Fen
}

// shelf keeps wares in memory and writes changes all or none.
type shelf struct {
	wares []ware
	saves [][]kit.CellChange
	fault *kit.CellFault
}

func newShelf(n int) *shelf {
	s := &shelf{}
	names := []string{"雨伞 长柄", "保温杯 750ml", "纯棉毛巾 三条装", "收纳箱 36L", "防滑衣架"}
	for i := range n {
		p := i / 2
		s.wares = append(s.wares, ware{fmt.Sprintf("SP-%03d", i+1), fmt.Sprint(p), names[p%len(names)], fmt.Sprintf("A-%02d-%d", p+1, i%2+1), money.Fen(1990 + 1000*i)})
	}
	return s
}

func (s *shelf) fetch(_ context.Context, q kit.Query) (core.Paged[ware], error) {
	to := min(len(s.wares), q.Page.Offset+q.Page.Limit)
	return core.Paged[ware]{Rows: append([]ware{}, s.wares[min(q.Page.Offset, to):to]...), Total: len(s.wares)}, nil
}

func (s *shelf) find(code string) *ware {
	for i := range s.wares {
		if s.wares[i].code == code {
			return &s.wares[i]
		}
	}
	return nil
}

func (s *shelf) save(_ context.Context, changes []kit.CellChange) ([]kit.CellFault, error) {
	s.saves = append(s.saves, changes)
	if s.fault != nil {
		return []kit.CellFault{*s.fault}, s.fault.Err
	}
	for _, c := range changes {
		w := s.find(c.Row)
		switch c.Column {
		case "bin":
			w.bin = c.To
		case "price":
			w.price, _ = money.Parse(c.To)
		case "title":
			for i := range s.wares {
				if s.wares[i].product == w.product {
					s.wares[i].title = c.To
				}
			}
		}
	}
	return nil, nil
}

func (s *shelf) spec() kit.ListSpec[ware] {
	return kit.ListSpec[ware]{
		ID: "shelf", Fetch: s.fetch, RowID: func(w ware) string { return w.code }, Search: "common.search", Ticks: true,
		Columns: []kit.Column[ware]{
			{Key: "code", Head: "编码", Width: 110, Sheet: kit.SheetToo, Text: func(w ware) string { return w.code }},
			{Key: "title", Head: "商品", Width: 220, Flex: true, Text: func(w ware) string { return w.title }, Edit: &kit.Edit[ware]{
				Text: func(w ware) string { return w.title }, Shared: func(w ware) string { return w.product },
			}},
			{Key: "price", Head: "售价", Width: 100, Align: kit.Right, Cell: func(w ware) kit.Cell { return kit.Amount(w.price) }, Edit: &kit.Edit[ware]{
				Text: func(w ware) string { return w.price.String() },
				Parse: func(text string) (string, error) {
					v, err := money.Parse(text)
					return v.String(), err
				},
				Show: func(text string) string { v, _ := money.Parse(text); return i18n.Amount(v) },
			}},
			{Key: "bin", Head: "货位", Width: 120, Text: func(w ware) string { return w.bin }, Edit: &kit.Edit[ware]{Text: func(w ware) string { return w.bin }}},
			{Key: "state", Head: "状态", Width: 100, Cell: func(ware) kit.Cell { return kit.Pill(theme.OK, "在用") }},
		},
		Sheet: &kit.Sheet[ware]{Name: func(w ware) string { return w.code }, Save: s.save},
	}
}

// gridMode opens the shelf in grid mode.
func gridMode(t *testing.T, s *shelf) (*kittest.Env, *kit.List[ware]) {
	t.Helper()
	env := kittest.New(t, kittest.Light)
	list := kit.NewList(env.Env, s.spec())
	env.Show(list.Object(), kittest.Small)
	list.Shown()
	list.Load()
	env.Press("F2")
	require.NotNil(t, kit.Find("shelf.sheet.save"))
	return env, list
}

func clip(text string) { fyne.CurrentApp().Clipboard().SetContent(text) }

func clipped() string { return fyne.CurrentApp().Clipboard().Content() }

func left(list *kit.List[ware]) string {
	l, _ := list.FooterText()
	return l
}

func TestGridMode_TypeMoveSave(t *testing.T) {
	s := newShelf(6)
	env, list := gridMode(t, s)

	env.Press("Right") // from the title to the price
	env.Type("88.5")
	env.Press("Enter")
	env.Type("99")
	env.Press("Tab") // to the bin of the second row
	env.Type("B-01")
	env.Press("Down")
	require.Contains(t, left(list), "改了 2 条 · 3 格")
	require.Empty(t, s.saves, "nothing is written before it is saved")
	env.Press("F9")

	require.Equal(t, []kit.CellChange{
		{Row: "SP-001", Column: "price", From: "19.90", To: "88.50"},
		{Row: "SP-002", Column: "price", From: "29.90", To: "99.00"},
		{Row: "SP-002", Column: "bin", From: "A-01-2", To: "B-01"},
	}, s.saves[0])
	require.Equal(t, "已修改 2 条 · 3 格", list.HintText())
	require.NotContains(t, left(list), "改了")
}

func TestGridMode_SaveIsOneDeedToUndo(t *testing.T) {
	s := newShelf(4)
	env, list := gridMode(t, s)
	env.Press("Right", "Right")
	env.Type("Z-9")
	env.Press("Enter", "Ctrl+S")
	require.Equal(t, "Z-9", s.wares[0].bin)

	note := env.Notes[len(env.Notes)-1]
	require.NotNil(t, note.Undo)
	done := false
	note.Undo(func(ok bool) { done = ok })

	require.True(t, done)
	require.Equal(t, []kit.CellChange{{Row: "SP-001", Column: "bin", From: "Z-9", To: "A-01-1"}}, s.saves[1])
	require.Equal(t, "A-01-1", s.wares[0].bin)
	list.Load()
	env.Press("Up")
	env.Press("Ctrl+C")
	require.Equal(t, "A-01-1\r\n", clipped(), "the table followed")
}

func TestGridMode_F2EditsInside_EscCancels_SecondEscLeaves(t *testing.T) {
	s := newShelf(4)
	env, list := gridMode(t, s)

	env.Press("F2", "Left", "Left")
	env.Type("加大")
	env.Press("Esc")
	require.NotContains(t, left(list), "改了", "the cell is as it was")
	env.Press("F2")
	env.Type("加大")
	env.Press("Enter")
	require.Contains(t, left(list), "改了 1 条 · 1 格")
	env.Press("Esc")
	require.NotNil(t, kit.Find("shelf.sheet.discard.ok"), "it asks before dropping changes")
	env.Press("Esc")
	require.Contains(t, left(list), "改了 1 条", "back in the grid")
	env.Press("Esc")
	env.Tap("shelf.sheet.discard.ok")

	require.Empty(t, s.saves)
	env.Press("Space")
	require.Equal(t, 1, list.Picked().Count, "the list is a list again")
	require.True(t, list.Picked().Ticked)
}

func TestGridMode_PasteBlock_PreviewThenCells(t *testing.T) {
	s := newShelf(6)
	env, list := gridMode(t, s)
	env.Press("Home")
	clip("SP-001\t雨伞 加固\t12.50\tA-01-1\r\nSP-009\t雨伞 加固\t十二\t\"B\n02\"\r\n")
	env.Press("Ctrl+V")

	require.NotNil(t, kit.Find("shelf.sheet.preview"))
	require.NotContains(t, left(list), "改了", "a preview writes nothing")
	env.Golden("sheet-paste")
	env.Press("Enter")

	require.Contains(t, left(list), "改了 2 条 · 4 格")
	require.Contains(t, left(list), "1 格写得不对")
	env.Press("F9")
	require.Empty(t, s.saves, "a wrong cell stops the save")
	require.Contains(t, list.HintText(), "SP-002 的“售价”")
	env.Golden("sheet-bad")
	env.Type("12")
	env.Press("Enter", "F9")
	require.Len(t, s.saves[0], 4)
	require.Equal(t, "B 02", s.wares[1].bin)
	require.Equal(t, "雨伞 加固", s.wares[0].title)
}

func TestGridMode_PasteOverSelection_FillDown_UndoRedo(t *testing.T) {
	s := newShelf(6)
	env, list := gridMode(t, s)
	env.Press("Right", "Right", "Shift+Down", "Shift+Down")
	clip("C-01")
	env.Press("Ctrl+V")
	env.Press("Enter") // the preview of three cells
	require.Contains(t, left(list), "改了 3 条 · 3 格")
	env.Press("Ctrl+Z")
	require.NotContains(t, left(list), "改了")
	env.Press("Ctrl+Y")
	require.Contains(t, left(list), "改了 3 条 · 3 格")
	env.Press("Ctrl+Z", "Home", "End", "Up", "Shift+Down", "Shift+Down", "Ctrl+D")
	require.Contains(t, left(list), "改了 2 条 · 2 格")
	env.Press("F9")
	require.Equal(t, "A-01-1", s.wares[2].bin)
}

func TestGridMode_CopyBlock_IsWhatASpreadsheetReads(t *testing.T) {
	s := newShelf(4)
	env, list := gridMode(t, s)
	env.Press("Home", "Shift+End", "Shift+Down", "Ctrl+C")
	require.Equal(t, "SP-001\t雨伞 长柄\t19.90\tA-01-1\r\nSP-002\t雨伞 长柄\t29.90\tA-01-2\r\n", clipped())
	env.Press("Ctrl+V")
	require.Equal(t, "粘贴的内容和表里一样，没有要改的", list.HintText(), "what the table has already needs no preview")
	env.Press("Ctrl+Shift+C")
	require.True(t, strings.HasPrefix(clipped(), "编码\t商品\t售价\t货位\r\nSP-001\t"), "with the titles")
	env.Press("Ctrl+V")
	require.Equal(t, "粘贴的内容和表里一样，没有要改的", list.HintText(), "titles that come back are no row")
}

func TestGridMode_Refused_NamesTheCell_NothingIsLost(t *testing.T) {
	s := newShelf(4)
	env, list := gridMode(t, s)
	env.Press("Down", "Right", "Right")
	env.Type("X-1")
	env.Press("Enter")
	s.fault = &kit.CellFault{Row: "SP-002", Column: "bin", Err: fault.New(fault.Conflict, "fault.conflict_version")}
	env.Press("F9")
	require.Contains(t, list.HintText(), "SP-002 的“货位”")
	require.Contains(t, left(list), "改了 1 条 · 1 格")

	s.fault = nil
	env.Press("F9")
	require.Equal(t, "X-1", s.wares[1].bin, "trying again is allowed")
}

func TestGridMode_LettersAreText_NotKeysOfTheScreen(t *testing.T) {
	s := newShelf(4)
	env, list := gridMode(t, s)
	pressed := 0
	layer := env.Keys.Push("below", false)
	layer.On("J", func() { pressed++ })
	env.Press("J")
	env.Type("j订单")
	env.Press("Enter")

	require.Zero(t, pressed)
	require.Contains(t, left(list), "改了 1 条")
	env.Press("Up", "Ctrl+C")
	require.Equal(t, "j订单\r\n", clipped(), "what an input method commits goes into the cell whole")
}

func TestGridMode_UndoInACell_StaysInTheCell(t *testing.T) {
	env, list := gridMode(t, newShelf(4))
	env.Type("x")
	env.Press("Enter")
	taken := 0
	toast := env.Keys.Push("toast", false)
	toast.On("Ctrl+Z", func() { taken++ })
	env.Press("F2", "Ctrl+Z", "Ctrl+Z", "Ctrl+Y")
	require.Zero(t, taken)
	require.Contains(t, left(list), "改了 1 条", "nor is a step of the table taken back")
	env.Press("Esc", "Ctrl+Z")
	require.NotContains(t, left(list), "改了")
	env.Press("Ctrl+Z")
	require.Equal(t, 1, taken, "with nothing left to undo here the key goes on")
}

func TestGridMode_Mouse_ClickDragDouble(t *testing.T) {
	s := newShelf(6)
	env, list := gridMode(t, s)
	at := func(row, col int) fyne.Position {
		corner, _, ok := kit.FindRect("shelf")
		require.True(t, ok)
		part, size, ok := list.Grid().Part("row:" + s.wares[row].code)
		require.True(t, ok)
		head, _, ok := list.Grid().Part("header:" + []string{"code", "title", "price", "bin"}[col])
		require.True(t, ok)
		return corner.Add(fyne.NewPos(head.X+20, part.Y+size.Height/2))
	}
	env.Click(at(1, 3), 0)
	env.Click(at(3, 3), fyne.KeyModifierShift)
	env.Press("Ctrl+C")
	require.Equal(t, 3, strings.Count(clipped(), "\r\n"))
	env.Click(at(2, 2), 0)
	env.Type("5")
	env.Click(at(0, 2), 0)
	require.Contains(t, left(list), "改了 1 条", "a click elsewhere keeps what was typed")
	env.Tap("shelf.sheet.undo")
	require.NotContains(t, left(list), "改了")
}

func TestGridMode_OpenedElsewhere_UnsavedStay(t *testing.T) {
	s := newShelf(4)
	env, list := gridMode(t, s)
	env.Type("x")
	env.Press("Enter")
	list.Open("SP-003", "")
	require.Contains(t, left(list), "改了 1 条")
	require.Contains(t, list.HintText(), "还有 1 条改动没有保存")
	list.Hidden()
	list.Shown()
	env.Press("Ctrl+Z")
	list.Open("SP-003", "")
	require.Equal(t, "SP-003", list.Query().Search, "without changes a link leaves grid mode")
	env.Press("Space")
	require.Equal(t, 1, list.Picked().Count)
}

func TestGridMode_Golden(t *testing.T) {
	s := newShelf(40)
	for _, mode := range []theme.Mode{kittest.Light, kittest.Dark} {
		t.Run(string(mode), func(t *testing.T) {
			env := kittest.New(t, mode)
			list := kit.NewList(env.Env, s.spec())
			env.Show(list.Object(), kittest.Small)
			list.Shown()
			list.Load()
			env.Press("Down", "F2", "Right")
			env.Type("88")
			env.Press("Enter")
			env.Type("太贵")
			env.Press("Enter", "Right", "Shift+Down", "Shift+Down")
			env.Golden("sheet-" + string(mode))
			env.Press("Up", "F2")
			env.Golden("sheet-field-" + string(mode))
		})
	}
}

package kit_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"github.com/stretchr/testify/require"

	"zhanggui/ui/kit"
	"zhanggui/ui/kit/kittest"
)

func mouse(x, y float32) *desktop.MouseEvent {
	return &desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x, y)}, Button: desktop.MouseButtonPrimary}
}

func drag(g *kit.Grid, x0, y0, x1, y1 float32) {
	g.MouseDown(mouse(x0, y0))
	g.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos((x0+x1)/2, (y0+y1)/2)}})
	g.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x1, y1)}})
	g.DragEnd()
}

func TestGrid_KeyTable(t *testing.T) {
	tests := []struct {
		keys   []kit.Chord
		cursor int
		ticked int
	}{
		{[]kit.Chord{"Down"}, 1, 0},
		{[]kit.Chord{"Down", "Down", "Up"}, 1, 0},
		{[]kit.Chord{"Up"}, 0, 0},
		{[]kit.Chord{"End"}, 59, 0},
		{[]kit.Chord{"End", "Down"}, 59, 0},
		{[]kit.Chord{"End", "Home"}, 0, 0},
		{[]kit.Chord{"PgDn"}, 23, 0},
		{[]kit.Chord{"PgDn", "PgDn", "PgDn"}, 59, 0},
		{[]kit.Chord{"PgDn", "PgUp"}, 0, 0},
		{[]kit.Chord{"Space"}, 0, 1},
		{[]kit.Chord{"Space", "Space"}, 0, 0},
		{[]kit.Chord{"Shift+Down", "Shift+Down"}, 2, 3},
		{[]kit.Chord{"Shift+End"}, 59, 60},
		{[]kit.Chord{"Ctrl+A"}, 0, 60},
		{[]kit.Chord{"Ctrl+A", "Esc"}, 0, 0},
	}
	for _, tt := range tests {
		t.Run(string(tt.keys[len(tt.keys)-1]), func(t *testing.T) {
			env := kittest.New(t, kittest.Light)
			g := kit.NewGrid(env.Env, "keys", orderHeads(), orderRows(60), true)
			env.Show(g, kittest.Small)
			env.Focus(g)
			g.SetCursor(0)

			env.Press(tt.keys...)

			require.Equal(t, tt.cursor, g.CursorRow())
			require.Equal(t, tt.ticked, g.TickedCount())
			first, end := g.InSight()
			require.True(t, g.CursorRow() >= first && g.CursorRow() < end, "the cursor is in sight")
		})
	}
}

func TestGrid_ForeignKeys_GoToTheScreen(t *testing.T) {
	env := kittest.New(t, kittest.Light)
	g := kit.NewGrid(env.Env, "foreign", orderHeads(), orderRows(3), false)
	env.Show(g, kittest.Small)
	env.Focus(g)
	var got []kit.Chord
	layer := env.Keys.Push("screen", false)
	for _, c := range []kit.Chord{"F9", "Shift+F9", "Ctrl+E", "R", "Esc", "Enter", "Space", "Ctrl+A", "Right", "1"} {
		layer.On(c, func() { got = append(got, c) })
	}

	env.Press("F9", "Shift+F9", "Ctrl+E", "R", "Esc", "Enter", "Space", "Ctrl+A", "Right", "1")

	require.Equal(t, []kit.Chord{"F9", "Shift+F9", "Ctrl+E", "R", "Esc", "Enter", "Space", "Ctrl+A", "Right", "1"}, got)
}

func TestGrid_Mouse_SelectsTicksSortsOpens(t *testing.T) {
	env := kittest.New(t, kittest.Light)
	g := kit.NewGrid(env.Env, "mouse", orderHeads(), orderRows(60), true)
	var opened []int
	g.OnOpen = func(i int) { opened = append(opened, i) }
	env.Show(g, kittest.Small)
	row := func(i int) float32 { return 28 + float32(i)*28 + 14 }

	g.MouseDown(mouse(300, row(3)))
	g.MouseUp(mouse(300, row(3)))
	require.Equal(t, 3, g.CursorRow())
	require.Equal(t, fyne.Focusable(g), env.Window.Canvas().Focused())
	require.Zero(t, g.TickedCount())

	shift := mouse(300, row(6))
	shift.Modifier = fyne.KeyModifierShift
	g.MouseDown(shift)
	require.Equal(t, 4, g.TickedCount())
	ctrl := mouse(300, row(9))
	ctrl.Modifier = fyne.KeyModifierShortcutDefault
	g.MouseDown(ctrl)
	require.Equal(t, 5, g.TickedCount())
	g.DoubleTapped(&fyne.PointEvent{Position: fyne.NewPos(300, row(2))})
	require.Equal(t, []int{2}, opened)

	env.Tap("mouse#header-check")
	require.Zero(t, g.TickedCount(), "partly ticked: all off")
	env.Tap("mouse#header-check")
	require.Equal(t, 60, g.TickedCount())
	env.Tap("mouse#check:o4")
	require.Equal(t, 59, g.TickedCount())
	g.TickNone()
	drag(g, 16, row(1), 16, row(5))
	require.Equal(t, 5, g.TickedCount(), "a drag over check boxes paints ticks")

	second := mouse(300, row(8))
	second.Button = desktop.MouseButtonSecondary
	g.MouseDown(second)
	require.Equal(t, 8, g.CursorRow())
	g.MouseDown(mouse(300, 719))
	require.Equal(t, 24, g.CursorRow(), "a row seen in part")
}

func TestGrid_ScrollBar_ReachesBothEnds(t *testing.T) {
	env := kittest.New(t, kittest.Light)
	g := kit.NewGrid(env.Env, "bar", orderHeads(), orderRows(60), true)
	env.Show(g, kittest.Small)

	drag(g, 1276, 40, 1276, 719)
	_, end := g.InSight()
	require.Equal(t, 60, end)
	drag(g, 1276, 700, 1276, 0)
	first, _ := g.InSight()
	require.Equal(t, 0, first)
	g.MouseDown(mouse(1276, 400)) // beside the thumb: jumps there
	first, _ = g.InSight()
	require.Positive(t, first)
	g.DragEnd()

	g.ScrollTo(0)
	g.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -25)})
	first, _ = g.InSight()
	require.Equal(t, 3, first, "a notch is three rows")
	g.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, 1000)})
	first, _ = g.InSight()
	require.Equal(t, 0, first)
}

func TestGrid_Columns_ResizeAndRemember(t *testing.T) {
	env := kittest.New(t, kittest.Light)
	g := kit.NewGrid(env.Env, "cols", orderHeads(), orderRows(5), true)
	env.Show(g, kittest.Small)
	at, size, _ := g.Part("header:bin")
	edge := at.X + size.Width

	g.MouseMoved(mouse(edge, 10))
	require.Equal(t, desktop.HResizeCursor, g.Cursor())
	g.MouseOut()
	require.Equal(t, desktop.DefaultCursor, g.Cursor())
	drag(g, edge, 10, edge+40, 10)

	_, size, _ = g.Part("header:bin")
	require.EqualValues(t, 106, size.Width)
	require.Equal(t, "bin=106", env.Memory.Get("widths.cols"))
	again := kit.NewGrid(env.Env, "cols", orderHeads(), orderRows(5), true)
	env.Show(again, kittest.Small)
	_, size, _ = again.Part("header:bin")
	require.EqualValues(t, 106, size.Width)
	again.DoubleTapped(&fyne.PointEvent{Position: fyne.NewPos(edge+40, 10)})
	_, size, _ = again.Part("header:bin")
	require.EqualValues(t, 66, size.Width, "a double click takes the dragged width back")
}

func TestGrid_Sideways_WhenColumnsAreTooWide(t *testing.T) {
	env := kittest.New(t, kittest.Light)
	g := kit.NewGrid(env.Env, "wide", orderHeads(), orderRows(5), true)
	env.Show(g, fyne.NewSize(600, 300))
	env.Focus(g)
	before, _, _ := g.Part("header:paid")

	env.Press("Right", "Right")
	after, _, _ := g.Part("header:paid")
	require.EqualValues(t, 160, before.X-after.X)
	g.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(500, 0)})
	back, _, _ := g.Part("header:paid")
	require.Equal(t, before.X, back.X)
	env.Golden("grid-sideways")
}

func TestGrid_Parts_AreWhereTheyAreDrawn(t *testing.T) {
	env := kittest.New(t, kittest.Light)
	g := kit.NewGrid(env.Env, "where", orderHeads(), orderRows(60), true)
	env.Show(kit.Pad(20, 10, g), kittest.Small)

	at, size, ok := kit.FindRect("where#row:o2")
	require.True(t, ok)
	require.Equal(t, fyne.NewPos(10+38, 20+28+2*28), at)
	require.EqualValues(t, 28, size.Height)
	_, _, ok = kit.FindRect("where#row:o59")
	require.False(t, ok, "not in sight")
	_, _, ok = kit.FindRect("where#nonsense")
	require.False(t, ok)
}

func TestEntry_KeepsItsKeys_ForwardsTheRest(t *testing.T) {
	env := kittest.New(t, kittest.Light)
	e := kit.NewEntry(env.Env, "")
	env.Show(e, fyne.NewSize(300, 40))
	env.Focus(e)
	var got []kit.Chord
	layer := env.Keys.Push("screen", false)
	foreign := []kit.Chord{"F1", "F9", "F12", "Shift+F9", "Esc", "Up", "Down", "PgUp", "PgDn", "Enter", "Ctrl+E", "Ctrl+K", "Ctrl+1", "Ctrl+C", "Ctrl+Z", "Ctrl+Shift+1", "Alt+F4"}
	own := []kit.Chord{"Left", "Right", "Home", "End", "Back", "Del", "A", "Ctrl+A", "Ctrl+V", "Space"}
	for _, c := range append(append([]kit.Chord{}, foreign...), own...) {
		layer.On(c, func() { got = append(got, c) })
	}

	env.Press(foreign...)
	env.Press(own...)
	require.Equal(t, foreign, got)

	got = nil
	env.Type("abc")
	env.Press("Ctrl+Z")
	require.Empty(t, got, "there is something to undo in the field")
	require.Empty(t, e.Text)
	e.SetText("abc")
	env.Press("Ctrl+A", "Ctrl+C")
	require.Equal(t, "abc", fyne.CurrentApp().Clipboard().Content())
	env.Press("Ctrl+X")
	require.Empty(t, e.Text)
	require.Empty(t, got)
	entered := ""
	e.OnEnter = func(s string) { entered = s }
	env.Type("42")
	env.Press("Enter")
	require.Equal(t, "42", entered)
	require.Empty(t, got, "the field uses Enter now")
}

func TestEntry_OfSeveralLines_KeepsArrowsAndEnter(t *testing.T) {
	env := kittest.New(t, kittest.Light)
	e := kit.NewEntry(env.Env, "").Lines(3)
	env.Show(e, fyne.NewSize(300, 100))
	env.Focus(e)
	lost := 0
	layer := env.Keys.Push("screen", false)
	layer.On("Enter", func() { lost++ })
	layer.On("Up", func() { lost++ })
	env.Type("a")
	env.Press("Enter", "Up")
	require.Equal(t, "a\n", e.Text)
	require.Zero(t, lost)
	require.InDelta(t, 69, e.MinSize().Height, 1)
}

func TestMoneyEntry_ShowsAndTakesTheResult(t *testing.T) {
	env := kittest.New(t, kittest.Light)
	e := kit.NewMoneyEntry(env.Env)
	other := kit.NewEntry(env.Env, "")
	env.Show(kit.Across(8, e, other), fyne.NewSize(400, 60))
	env.Focus(e)
	env.Type("12*3+5")
	v, err := e.Money()
	require.NoError(t, err)
	require.EqualValues(t, 4100, v)
	env.Golden("entry-sum")

	env.Focus(other)
	require.Equal(t, "41.00", e.Text)
	e.SetText("12*")
	_, err = e.Money()
	require.Error(t, err)
	env.Focus(e)
	env.Focus(other)
	require.Equal(t, "12*", e.Text, "what cannot be read stays to be mended")
	e.SetText(" ")
	v, err = e.Money()
	require.NoError(t, err)
	require.Zero(t, v)
}

func TestDayAndQtyEntry_TakeTheResult(t *testing.T) {
	env := kittest.New(t, kittest.Light)
	d, q := kit.NewDayEntry(env.Env), kit.NewQtyEntry(env.Env)
	env.Show(kit.Across(8, d, q), fyne.NewSize(400, 60))
	env.Focus(d)
	env.Type("+3")
	env.Focus(q)
	require.Equal(t, "2026-04-26", d.Text)
	env.Type("3*12")
	n, err := q.Qty()
	require.NoError(t, err)
	require.EqualValues(t, 36, n)
	day, err := d.Day(env.Env)
	require.NoError(t, err)
	require.EqualValues(t, "2026-04-26", day)
	q.SetText("")
	n, err = q.Qty()
	require.NoError(t, err)
	require.Zero(t, n)
}

func TestChoice_OpensPicksByKeysAndMouse(t *testing.T) {
	env := kittest.New(t, kittest.Light)
	var got []string
	items := []kit.Item{{Value: "", Word: "全部渠道"}, {Value: "tmall", Word: "天猫"}, {Value: "jd", Word: "京东"}, {Value: "pdd", Word: "拼多多"}}
	c := kit.ID(kit.NewChoice(env.Env, items, "", func(v string) { got = append(got, v) }), "choice")
	env.Show(kit.Pad(20, 20, kit.Down(0, kit.Across(0, c))), fyne.NewSize(400, 300))
	env.Focus(c)

	env.Press("Down", "Down", "Down")
	env.Golden("choice-open")
	env.Press("Enter")
	require.Equal(t, "jd", c.Value())
	env.Press("Enter", "P", "Space")
	require.Equal(t, "pdd", c.Value(), "a letter jumps by value too")
	env.Press("Enter", "Home", "Esc")
	require.Equal(t, "pdd", c.Value())
	env.Tap("choice")
	env.Click(fyne.NewPos(60, 20+30+2+4+28+14), 0)
	require.Equal(t, "tmall", c.Value())
	env.Tap("choice")
	env.Click(fyne.NewPos(390, 290), 0)
	require.Nil(t, env.Window.Canvas().Overlays().Top(), "a click beside closes it")
	require.Equal(t, []string{"jd", "pdd", "tmall"}, got)
	require.Equal(t, fyne.Focusable(c), env.Window.Canvas().Focused(), "the focus comes back")
}

func TestButton_EnterSpaceClick_OffDoesNothing(t *testing.T) {
	env := kittest.New(t, kittest.Light)
	n := 0
	b := kit.ID(kit.NewButton(env.Env, "审核", "F9", func() { n++ }), "button")
	env.Show(kit.Pad(10, 10, b), fyne.NewSize(200, 60))
	env.Focus(b)
	env.Press("Enter", "Space", "F9")
	env.Tap("button")
	require.Equal(t, 3, n)
	b.SetWhy("还差 2 项")
	wide := b.MinSize().Width
	env.Tap("button")
	env.Press("Enter")
	require.Equal(t, 3, n)
	require.True(t, b.Off())
	require.Equal(t, desktop.DefaultCursor, b.Cursor())
	b.SetWhy("")
	require.Less(t, b.MinSize().Width, wide)
	require.Equal(t, desktop.PointerCursor, b.Cursor())
}

func TestTabs_TurnByMouseAndKeys(t *testing.T) {
	env := kittest.New(t, kittest.Light)
	var got []string
	tabs := kit.ID(kit.NewTabs(env.Env, []kit.Tab{{Key: "a", Word: "待审", Count: 7}, {Key: "b", Word: "波次", Count: 214}, {Key: "c", Word: "打包", Count: -1}}, func(k string) { got = append(got, k) }), "tabs")
	env.Show(kit.Across(0, tabs), fyne.NewSize(400, 60))
	env.Tap("tabs#tab:b")
	env.Tap("tabs#tab:b")
	env.Focus(tabs)
	env.Press("Right", "Right", "Left")
	tabs.SetCount("c", 3)
	require.Equal(t, []string{"b", "c", "b"}, got)
	require.Equal(t, "b", tabs.Active())
}

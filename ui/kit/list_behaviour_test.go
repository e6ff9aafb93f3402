package kit_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/fault"
	"zhanggui/ui/kit"
	"zhanggui/ui/kit/kittest"
)

func TestList_Pages_AreReadAheadAndOnce(t *testing.T) {
	s := &shop{total: 1_000_000}
	env, list := newShopList(t, s, kittest.Light, kittest.Small)
	require.Len(t, s.asked, 1, "one page fills the window")
	require.Equal(t, 200, s.asked[0].Page.Limit)

	list.Grid().ScrollTo(150)
	require.Len(t, s.asked, 2, "past the middle of a page the next one is read")
	require.Equal(t, 200, s.asked[1].Page.Offset)
	list.Grid().ScrollTo(160)
	list.Grid().ScrollTo(150)
	require.Len(t, s.asked, 2, "a page in memory is not read again")

	env.Press("End")
	require.Equal(t, 999_999, list.Grid().CursorRow())
	r, ok := list.Current()
	require.True(t, ok)
	require.Equal(t, order{999_999}, r)
	first, end := list.Grid().InSight()
	require.Equal(t, 1_000_000, end)
	require.Less(t, first, 999_990)
	env.Press("Home")
	require.Equal(t, 0, list.Grid().CursorRow())
}

func TestList_LatePage_OfAnOlderQuery_IsDropped(t *testing.T) {
	env, q := queued(t)
	s := &shop{total: 500}
	list := kit.NewList(env.Env, s.spec())
	env.Show(list.Object(), kittest.Small)
	list.Load()
	q.RunAll()
	require.Equal(t, 500, list.Total())

	list.Grid().ScrollTo(300) // asks for page 1
	waiting := q.Len()
	s.total = 3
	list.Choose("late") // asks everything anew
	q.RunAll()

	require.Positive(t, waiting)
	require.Equal(t, 3, list.Total(), "only the new filter's rows")
	require.Equal(t, "late", s.asked[len(s.asked)-1].Chip)
}

func TestList_Reload_KeepsOldRowsUntilNewOnesCome(t *testing.T) {
	env, q := queued(t)
	s := &shop{total: 50}
	list := kit.NewList(env.Env, s.spec())
	env.Show(list.Object(), kittest.Small)
	list.Load()
	q.RunAll()
	list.Grid().SetCursor(7)
	list.Grid().Tick("o3", true)

	s.total = 40
	list.Load()
	require.Equal(t, 50, list.Total(), "the old rows stay")
	q.RunAll()

	require.Equal(t, 40, list.Total())
	require.Equal(t, 7, list.Grid().CursorRow())
	require.True(t, list.Grid().Ticked("o3"), "ticks survive a reload")
	list.Choose("late")
	require.False(t, list.Grid().Ticked("o3"), "another filter means other rows")
}

func TestList_Cursor_FollowsItsRecord(t *testing.T) {
	env := kittest.New(t, kittest.Light)
	ids := []string{"a", "b", "c", "d"}
	spec := kit.ListSpec[string]{
		ID: "names", RowID: func(r string) string { return r },
		Columns: []kit.Column[string]{{Key: "n", Title: "common.count", Width: 100, Text: func(r string) string { return r }}},
		Fetch: func(context.Context, kit.Query) (core.Paged[string], error) {
			return core.Paged[string]{Rows: ids, Total: len(ids)}, nil
		},
	}
	list := kit.NewList(env.Env, spec)
	env.Show(list.Object(), kittest.Small)
	list.Shown()
	list.Load()
	env.Press("Down", "Down")
	r, _ := list.Current()
	require.Equal(t, "c", r)

	ids = []string{"c", "a", "b"}
	list.Load()
	r, _ = list.Current()
	require.Equal(t, "c", r, "the record moved, the cursor with it")
	require.Equal(t, 0, list.Grid().CursorRow())

	ids = []string{"x", "y"}
	list.Load()
	r, _ = list.Current()
	require.Equal(t, "x", r, "gone: the row stays")
}

func TestList_Actions_KeysAndRights(t *testing.T) {
	s := &shop{total: 30}
	env, list := newShopList(t, s, kittest.Light, kittest.Small)
	require.NotNil(t, kit.Find("orders.adjust"))

	env.Press("Down", "Down", "F9")
	require.Len(t, s.did, 1, "F9 is the main action")
	p := s.did[0]
	require.Equal(t, []string{"o2"}, p.IDs)
	require.False(t, p.Ticked)
	one, ok := p.One()
	require.True(t, ok)
	require.Equal(t, order{2}, one)

	env.Press("Space", "Shift+Down", "Shift+Down", "F12")
	require.Equal(t, []string{"o2", "o3", "o4"}, s.did[1].IDs)
	require.Equal(t, []order{{2}, {3}, {4}}, s.did[1].Rows)
	require.True(t, s.did[1].Ticked)

	env.Press("Ctrl+A", "Up", "Space", "F9")
	all := s.did[2]
	require.True(t, all.All)
	require.Equal(t, 29, all.Count)
	require.Equal(t, []string{"o3"}, all.Except)
	_, ok = all.One()
	require.False(t, ok)

	env.Press("Esc", "Enter")
	require.Equal(t, []order{{3}}, s.opened)
	require.Equal(t, 0, list.Grid().TickedCount())

	env.Tap("orders.audit")
	require.Len(t, s.did, 4)
}

func TestList_WithoutRight_HidesTheButton(t *testing.T) {
	env := kittest.New(t, kittest.Light)
	env.Actor = auth.Actor{Name: "何一帆", Role: auth.Promotion}
	spec := (&shop{total: 3}).spec()
	spec.ID = "narrow"
	spec.Columns[9].Need = auth.FinanceViewCost
	list := kit.NewList(env.Env, spec)
	env.Show(list.Object(), kittest.Small)

	require.Nil(t, kit.Find("narrow.adjust"))
	_, _, ok := kit.FindRect("narrow#header:paid")
	require.False(t, ok, "the column is left out")
	_, _, ok = kit.FindRect("narrow#header:goods")
	require.True(t, ok)
}

func TestList_NoRows_ActionsAreOff(t *testing.T) {
	s := &shop{}
	env, _ := newShopList(t, s, kittest.Light, kittest.Small)
	require.True(t, kit.Find("orders.audit").(*kit.Button).Off())
	env.Press("F9")
	require.Empty(t, s.did)
}

func TestList_Confirm_AsksFirst(t *testing.T) {
	s := &shop{total: 5}
	env := kittest.New(t, kittest.Light)
	spec := s.spec()
	spec.Actions[0].Confirm = func(p kit.Picked[order]) kit.Ask {
		if !p.Ticked {
			return kit.Ask{}
		}
		return kit.Ask{Title: fmt.Sprintf("审核 %d 单？", p.Count), Text: "没有问题的会通过。", OK: "审核"}
	}
	spec.Actions[0].Label = func(p kit.Picked[order]) string { return fmt.Sprintf("审核 %d 单", p.Count) }
	spec.Actions[1].Why = func(p kit.Picked[order]) string {
		if p.Ticked {
			return "一次一单"
		}
		return ""
	}
	list := kit.NewList(env.Env, spec)
	env.Show(list.Object(), kittest.Small)
	list.Shown()
	list.Load()

	env.Press("F9")
	require.Len(t, s.did, 1, "nothing to ask")
	env.Press("Space", "Shift+Down", "F9")
	require.Len(t, s.did, 1)
	require.Equal(t, "审核 2 单", kit.Find("orders.audit").(*kit.Button).Label())
	require.Equal(t, "一次一单", kit.Find("orders.note").(*kit.Button).Why())
	env.Press("F12", "F9")
	require.Len(t, s.did, 1, "the dialog lets no key through")
	env.Press("Esc")
	require.Len(t, s.did, 1)
	env.Press("F9", "Enter")
	require.Len(t, s.did, 2)
}

func TestList_SearchAndFilter(t *testing.T) {
	s := &shop{total: 30}
	env, list := newShopList(t, s, kittest.Light, kittest.Small)
	reads := len(s.asked)

	env.Press("F3")
	env.Type("雨伞")
	require.Len(t, s.asked, reads, "waits for more letters")
	env.Timers.Advance(300 * time.Millisecond)
	require.Equal(t, "雨伞", s.asked[len(s.asked)-1].Search)
	env.Press("F9")
	require.Len(t, s.did, 1, "F9 works while the field has the focus")
	env.Press("Down")
	require.Equal(t, fyne.Focusable(list.Grid()), env.Window.Canvas().Focused(), "↓ goes into the table")

	env.Press("F4")
	env.Type("沈")
	env.Press("Enter")
	require.Equal(t, "沈", s.asked[len(s.asked)-1].Filter.Text("buyer"))
	kit.Find("orders.filter.channel").(*kit.Choice).Pick("jd")
	kit.Find("orders.filter.paid").(*kit.Choice).Pick("last7")
	from, to := list.Query().Filter.Days("paid")
	require.Equal(t, "2026-04-17..2026-04-23", string(from)+".."+string(to))
	money := kit.Find("orders.filter.sum.from").(*kit.Entry)
	money.SetText("10*5")
	env.Timers.Advance(time.Second)
	a, _, hasFrom, hasTo := s.asked[len(s.asked)-1].Filter.Amounts("sum")
	require.True(t, hasFrom && !hasTo)
	require.EqualValues(t, 5000, a)
	money.SetText("x")
	require.True(t, money.Bad())

	env.Press("Esc", "Esc", "Esc")
	require.True(t, list.Query().Filter.Empty(), "out of the field, out of the drawer, filter away")
	require.Equal(t, "", list.Query().Search)
}

func TestList_Show_TakesALinkFromAnotherScreen(t *testing.T) {
	s := &shop{total: 30}
	_, list := newShopList(t, s, kittest.Light, kittest.Small)

	list.Show("late", "伞", kit.NewValues("channel", "jd", "paid", "2026-04-23..2026-04-23"))

	q := s.asked[len(s.asked)-1]
	require.Equal(t, "late", q.Chip)
	require.Equal(t, "伞", q.Search)
	require.Equal(t, "jd", q.Filter.Text("channel"))
	require.Equal(t, "today", kit.Find("orders.filter.paid").(*kit.Choice).Value())
	require.True(t, kit.Find("orders.chip.late").(*kit.Chip).Chosen())
	require.Equal(t, 7, kit.Find("orders.chip.late").(*kit.Chip).Count())
}

func TestList_Sort_ByHeaderClick(t *testing.T) {
	s := &shop{total: 30}
	env, list := newShopList(t, s, kittest.Light, kittest.Small)
	env.Tap("orders#header:paid")
	require.Equal(t, core.Page{Sort: "paid", Limit: 200}, s.asked[len(s.asked)-1].Page)
	env.Tap("orders#header:paid")
	require.True(t, s.asked[len(s.asked)-1].Page.Desc)
	reads := len(s.asked)
	env.Tap("orders#header:goods")
	require.Len(t, s.asked, reads, "a column without a sort")
	require.Equal(t, "paid", list.Query().Page.Sort)
}

func TestList_CopyTSV(t *testing.T) {
	s := &shop{total: 450}
	env, list := newShopList(t, s, kittest.Light, kittest.Small)
	env.Press("Ctrl+C")
	line := fyne.CurrentApp().Clipboard().Content()
	require.Equal(t, "48h 剩 2:05\tB-01-9\t保温杯 750ml 墨黑 +1 种\t3\t抖音\t6928441077312056\t沈** 4417\t浙江\t中通\t158.80\t已打包\t\r\n", line)

	env.Press("Ctrl+A", "Ctrl+C")
	lines := strings.Split(strings.TrimSuffix(fyne.CurrentApp().Clipboard().Content(), "\r\n"), "\r\n")
	require.Len(t, lines, 450, "pages that were not in memory are read")
	require.Equal(t, "已复制 450 行", env.Notes[len(env.Notes)-1].Text)

	s.total = 6000
	list.Load()
	env.Press("Ctrl+A", "Ctrl+C")
	require.Contains(t, list.HintText(), "5000")
}

func TestList_Export_SendsFilterAndColumnsInSight(t *testing.T) {
	s := &shop{total: 5}
	env, list := newShopList(t, s, kittest.Light, kittest.Small)
	list.HideColumn("qty", true)
	env.Press("Ctrl+E")
	require.Equal(t, []string{"all:due,bin,goods,channel,no,buyer,province,courier,paid,state,marks"}, s.exports)
	require.Equal(t, "qty", env.Memory.Get("hidden.orders"))
	list.HideColumn("qty", false)
	env.Press("Ctrl+E")
	require.Contains(t, s.exports[1], "qty")
}

func TestList_ColumnMenu_HidesAColumn(t *testing.T) {
	s := &shop{total: 5}
	env, _ := newShopList(t, s, kittest.Light, kittest.Small)
	env.Tap("orders.columns")
	require.NotNil(t, env.Window.Canvas().Overlays().Top())
	env.Press("Down", "Enter")
	require.Nil(t, env.Window.Canvas().Overlays().Top())
	require.Equal(t, "qty", env.Memory.Get("hidden.orders"), "the second titled column")
}

func TestList_Pane_ByWidthAndF6(t *testing.T) {
	s := &shop{total: 5}
	env, list := newShopList(t, s, kittest.Light, kittest.Small)
	require.False(t, list.PaneShown(), "under 1360 the pane is off")
	env.Press("F6")
	require.True(t, list.PaneShown())
	require.Less(t, list.Grid().Size().Width, float32(920))
	env.Press("F6")
	require.False(t, list.PaneShown())
	require.Equal(t, "2", env.Memory.Get("pane.orders"))

	env, list = newShopList(t, s, kittest.Light, kittest.Large)
	require.True(t, list.PaneShown())
	require.EqualValues(t, 1440-364, list.Grid().Size().Width)
	require.NotNil(t, env)
}

func TestList_Detail_WaitsForTheCursorToRest(t *testing.T) {
	s := &shop{total: 50}
	env := kittest.New(t, kittest.Light)
	spec := s.spec()
	var shown []int
	spec.Detail = func(o order) fyne.CanvasObject { shown = append(shown, o.n); return kit.NewSurface() }
	list := kit.NewList(env.Env, spec)
	env.Show(list.Object(), kittest.Large)
	list.Shown()
	list.Load()
	env.Timers.Advance(time.Second)
	shown = nil

	env.Press("Down", "Down", "Down", "Down")
	require.Empty(t, shown)
	env.Timers.Advance(60 * time.Millisecond)

	require.Equal(t, []int{4}, shown)
}

func TestList_Error_RetryAndOldRows(t *testing.T) {
	s := &shop{err: fault.New(fault.Unavailable, "fault.unavailable")}
	env, list := newShopList(t, s, kittest.Light, kittest.Small)
	require.Zero(t, list.Total())
	s.err, s.total = nil, 5
	env.Press("F5")
	require.Equal(t, 5, list.Total())

	s.err = fault.New(fault.Busy, "fault.busy")
	env.Press("F5")
	require.Equal(t, 5, list.Total(), "old rows stay")
	require.NotEmpty(t, list.HintText())
	env.Press("F12")
	require.Empty(t, list.HintText(), "a hint stays until the next action")
}

func TestList_Minute_MovesDeadlinesOn(t *testing.T) {
	env := kittest.New(t, kittest.Light)
	spec := (&shop{total: 5}).spec()
	spec.Minute = true
	list := kit.NewList(env.Env, spec)
	env.Show(list.Object(), kittest.Small)
	list.Shown()
	list.Load()
	before := env.Window.Canvas().Capture()

	env.Clock.Advance(60_000)
	env.Timers.Advance(time.Minute)

	bad, _ := kittest.Differ(before, env.Window.Canvas().Capture())
	require.Positive(t, bad)
	list.Hidden()
	env.Press("F9")
	require.NotNil(t, list, "hidden lists leave their keys")
}

func TestList_HiddenList_GivesKeysBack(t *testing.T) {
	s := &shop{total: 5}
	env, list := newShopList(t, s, kittest.Light, kittest.Small)
	list.Hidden()
	env.Press("F9")
	require.Empty(t, s.did)
	list.Shown()
	env.Press("F9")
	require.Len(t, s.did, 1)
	list.Close()
	require.True(t, list.Owner().Closed())
}

func TestList_UnknownTotal_GrowsWithWhatIsSeen(t *testing.T) {
	env := kittest.New(t, kittest.Light)
	spec := (&shop{}).spec()
	spec.Fetch = func(_ context.Context, q kit.Query) (core.Paged[order], error) {
		p := core.Paged[order]{Total: -1}
		for i := q.Page.Offset; i < min(450, q.Page.Offset+q.Page.Limit); i++ {
			p.Rows = append(p.Rows, order{i})
		}
		return p, nil
	}
	list := kit.NewList(env.Env, spec)
	env.Show(list.Object(), kittest.Small)
	list.Load()
	require.Equal(t, 201, list.Total(), "a full page: at least one more")
	list.Grid().ScrollTo(200)
	list.Grid().ScrollTo(400)
	list.Grid().ScrollTo(600)
	require.Equal(t, 450, list.Total())
}

func TestList_GroupRows_FoldAndAreNotRecords(t *testing.T) {
	env := kittest.New(t, kittest.Light)
	open := true
	var folded []string
	var picked []kit.Picked[string]
	spec := kit.ListSpec[string]{
		ID: "groups", RowID: func(r string) string { return r }, Ticks: true,
		Columns: []kit.Column[string]{
			{Key: "n", Title: "common.note", Width: 200, Text: func(r string) string { return r }},
			{Key: "sum", Title: "common.amount", Width: 100, Align: kit.Right, Cell: func(string) kit.Cell { return kit.Amount(15880) }},
		},
		Fetch: func(context.Context, kit.Query) (core.Paged[string], error) {
			rows := []string{"#天猫", "a", "b"}
			if !open {
				rows = rows[:1]
			}
			return core.Paged[string]{Rows: rows, Total: len(rows)}, nil
		},
		Group: func(r string) *kit.Row {
			if r[0] != '#' {
				return nil
			}
			return &kit.Row{ID: r, Open: open, Cells: []kit.Cell{kit.ChannelDot("tmall", r[1:]).With("结算日 03-29 · 7 单"), kit.Strong("1,006.60")}}
		},
		Actions: []kit.Action[string]{{ID: "go", Title: "action.open", Primary: true, Rows: true, Do: func(p kit.Picked[string]) { picked = append(picked, p) }}},
	}
	var list *kit.List[string]
	spec.Fold = func(id string) { folded = append(folded, id); open = !open; list.Load() }
	list = kit.NewList(env.Env, spec)
	env.Show(list.Object(), fyne.NewSize(600, 300))
	list.Shown()
	list.Load()
	env.Golden("list-groups")

	env.Press("F9", "Space")
	require.Empty(t, picked, "a heading is no record")
	env.Press("Left")
	require.Equal(t, 1, list.Total())
	env.Press("Right", "Enter", "Enter")
	require.Equal(t, []string{"#天猫", "#天猫", "#天猫", "#天猫"}, folded)
	env.Press("Down", "F9")
	require.Equal(t, []string{"a"}, picked[0].IDs)
}

func TestList_AfterAClick_ArrowsGoOn(t *testing.T) {
	s := &shop{total: 30}
	env, list := newShopList(t, s, kittest.Light, kittest.Small)
	env.Window.Canvas().Unfocus() // what a click on a button does

	env.Press("Down", "Down")
	require.Equal(t, 2, list.Grid().CursorRow())
	require.Equal(t, fyne.Focusable(list.Grid()), env.Window.Canvas().Focused())
	env.Window.Canvas().Unfocus()
	env.Press("Ctrl+A")
	require.Equal(t, 30, list.Grid().TickedCount())
	env.Window.Canvas().Unfocus()
	env.Press("Enter")
	require.Equal(t, []order{{2}}, s.opened)
	env.Press("F4")
	env.Press("Enter")
	require.Len(t, s.opened, 1, "Enter in a field is the field's")
}

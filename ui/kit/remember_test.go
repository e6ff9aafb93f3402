package kit_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"zhanggui/app/auth"
	"zhanggui/app/when"
	"zhanggui/ui/kit"
	"zhanggui/ui/kit/kittest"
)

// again makes the list anew for the same person, as at the next start.
func again(t *testing.T, env *kittest.Env, s *shop, size fyne.Size) *kit.List[order] {
	t.Helper()
	list := kit.NewList(env.Env, s.spec())
	env.Show(list.Object(), size)
	list.Shown()
	list.Load()
	return list
}

func TestList_RemembersChipSortFilterPane_NotTheSearch(t *testing.T) {
	s := &shop{total: 5}
	env, list := newShopList(t, s, kittest.Light, kittest.Small)
	list.Choose("late")
	sort := orderHeads()[3].Sort
	require.NotEmpty(t, sort)
	list.Grid().OnSort(sort, true)
	env.Press("F4")
	env.Type("沈")
	env.Timers.Advance(1e9)
	env.Press("Esc", "F6", "F3")
	env.Type("杯")
	env.Press("Enter")
	require.Equal(t, "杯", list.Query().Search)
	list.Close()

	list = again(t, env, s, kittest.Small)
	q := list.Query()
	require.Equal(t, "late", q.Chip)
	require.Equal(t, sort, q.Page.Sort)
	require.True(t, q.Page.Desc)
	require.Equal(t, "沈", q.Filter.Text("buyer"))
	require.Empty(t, q.Search)
	require.True(t, list.PaneShown())
	require.Equal(t, "沈", kit.Find("orders.filter.buyer").(*kit.Entry).Text, "the bar shows what narrows the list")
	require.True(t, kit.Find("orders.filter.buyer").Visible())

	env.Press("Esc")   // closes the drawer
	list.ClearFilter() // and what it held is forgotten
	list.Show("none", "x", kit.NewValues("buyer", "link"))
	list.Close()
	q = again(t, env, s, kittest.Small).Query()
	require.Equal(t, "late", q.Chip, "a link is no choice of the person")
	require.True(t, q.Filter.Empty())
}

func TestList_RemembersAPresetAsWhatItMeans(t *testing.T) {
	s := &shop{total: 5}
	env, list := newShopList(t, s, kittest.Light, kittest.Small)
	today := env.Clock.Now().Day()
	env.Press("F4")
	kit.Find("orders.filter.paid").(*kit.Choice).Pick("last7")
	from, to := list.Query().Filter.Days("paid")
	require.Equal(t, [2]when.Day{today.Add(-6), today}, [2]when.Day{from, to})
	list.Close()

	env.Env.Clock = when.NewFixed(env.Clock.Now() + 3*when.DaySpan)
	from, to = again(t, env, s, kittest.Small).Query().Filter.Days("paid")
	require.Equal(t, [2]when.Day{today.Add(-3), today.Add(3)}, [2]when.Day{from, to})
}

func TestList_WhatIsRememberedButGone_IsLeftOut(t *testing.T) {
	s := &shop{total: 5}
	env := kittest.New(t, kittest.Light)
	for _, text := range []string{`{"chip":"old","sort":"weight","filter":{"size":"L"}}`, `[]`, `{`} {
		env.Memory.Set("list.orders", text)
		q := again(t, env, s, kittest.Small).Query()
		require.Equal(t, "all", q.Chip, text)
		require.Equal(t, "due", q.Page.Sort)
		require.True(t, q.Filter.Empty())
	}
}

func TestList_ColumnMenu_BackToDefault(t *testing.T) {
	s := &shop{total: 5}
	env, list := newShopList(t, s, kittest.Light, kittest.Small)
	list.Choose("late")
	list.Grid().OnSort(orderHeads()[3].Sort, true)
	list.HideColumn("qty", true)
	env.Memory.Set("widths.orders", "goods=300")
	list.Close()
	list = again(t, env, s, kittest.Small)
	env.Press("F6")

	env.Tap("orders.columns")
	env.Press("End", "Enter")

	require.Equal(t, "all", list.Query().Chip)
	require.Equal(t, "due", list.Query().Page.Sort)
	require.False(t, list.PaneShown())
	for _, key := range []string{"list.orders", "hidden.orders", "widths.orders", "pane.orders"} {
		require.Empty(t, env.Memory.Get(key), key)
	}
	env.Press("Ctrl+E")
	require.Contains(t, s.exports[len(s.exports)-1], "qty", "the hidden column is back")
}

func TestList_Export_NotWithoutTheRight(t *testing.T) {
	s := &shop{total: 5}
	env := kittest.New(t, kittest.Light)
	env.Actor.Role = auth.Warehouse
	env.Actor.Grants = map[auth.Action]bool{auth.ExportFile: false}
	again(t, env, s, kittest.Small)
	env.Press("Ctrl+E")
	require.Empty(t, s.exports)
	for _, c := range env.Keys.Commands() {
		require.NotEqual(t, kit.Chord("Ctrl+E"), c.Key)
	}
}

func TestFilter_PresetsFitInEveryLanguage(t *testing.T) {
	for _, english := range []bool{false, true} {
		env := kittest.New(t, kittest.Light)
		if english {
			env.English()
		}
		kit.NewFilterBar(env.Env, "f", []kit.FilterField{{Key: "paid", Label: "x", Kind: kit.FilterDays}}, nil)
		choice := kit.Find("f.paid").(*kit.Choice)
		for _, key := range []string{"common.all", "common.today", "common.yesterday", "common.last7", "common.last30", "common.this_month", "common.last_month", "kit.days.own"} {
			label := kit.NewLabel(env.Tr.T(key))
			require.LessOrEqual(t, label.MinSize().Width+36, choice.MinSize().Width, env.Tr.T(key))
		}
	}
}

func TestKeys_Commands_AreWhatTheBarCanDoNow(t *testing.T) {
	s := &shop{total: 5}
	env, _ := newShopList(t, s, kittest.Light, kittest.Small)
	titles := func() (list []string) {
		for _, c := range env.Keys.Commands() {
			list = append(list, c.ID)
		}
		return list
	}
	require.Contains(t, titles(), "orders.audit")
	for _, c := range env.Keys.Commands() {
		if c.ID == "orders.audit" {
			c.Do()
		}
	}
	require.Len(t, s.did, 1)
	s.total = 0
	env.Press("F5")
	require.NotContains(t, titles(), "orders.audit", "nothing is picked")
	env.Keys.Push("dialog", true)
	require.Empty(t, titles(), "what lies under a dialog cannot be done now")
}

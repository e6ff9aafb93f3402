package kit_test

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"zhanggui/app/core"
	"zhanggui/ui/kit"
	"zhanggui/ui/kit/kittest"
	"zhanggui/ui/theme"
)

func TestList_Open_AimsChipsAndSearches(t *testing.T) {
	s := &shop{total: 5}
	_, list := newShopList(t, s, kittest.Light, kittest.Small)
	first := list.Query().Chip
	filter := kit.NewValues("channel", "jd")
	require.True(t, list.Open(kit.Aim{Chip: "late", Search: "杯", Filter: filter}, first))
	require.Equal(t, "late", list.Query().Chip)
	require.Equal(t, "杯", list.Query().Search)
	require.Equal(t, filter, list.Query().Filter)

	require.True(t, list.Open(kit.Aim{}, first), "nothing said is everything")
	require.Equal(t, first, list.Query().Chip)
	require.True(t, list.Query().Filter.Empty())
	require.True(t, list.Open("3317", first))
	require.Equal(t, "3317", list.Query().Search)
	require.False(t, list.Open(nil, first))
	require.False(t, list.Open("", first))
	require.False(t, list.Open(7, first))
	require.Equal(t, "3317", list.Query().Search, "what is not understood changes nothing")
}

func TestBreach_CountsAndLeadsOn(t *testing.T) {
	for _, mode := range []theme.Mode{kittest.Light, kittest.Dark} {
		env := kittest.New(t, mode)
		pressed := 0
		field := func(word string, tone theme.Status) *kit.Breach {
			return kit.NewBreach(env.Env, word, tone, func() { pressed++ })
		}
		late, none, unread, backup := field("超 24 小时", theme.Alert), field("超卖 SKU", theme.Urgent), field("文件矛盾", theme.Warn), field("", theme.Warn)
		late.Set(1234)
		none.Set(0)
		backup.SetWord("备份")
		backup.SetText(1, "昨天 03:00")
		require.EqualValues(t, 1234, late.N())
		require.Equal(t, "备份", backup.Word())
		env.Show(kit.Fixed(0, 46, kit.NewStrip(late, none, unread, backup)), fyne.NewSize(720, 46))
		env.Focus(late)
		env.Press("Enter", "Space")
		require.Equal(t, 2, pressed)
		env.Golden("strip-" + string(mode))
	}
}

func TestList_Again_ReadsTheWholeScreen(t *testing.T) {
	env := kittest.New(t, kittest.Light)
	again := 0
	list := kit.NewList(env.Env, kit.ListSpec[string]{
		ID: "again", Columns: []kit.Column[string]{{Key: "a"}}, RowID: func(s string) string { return s },
		Fetch: noRows, Again: func() { again++ },
	})
	env.Show(list.Object(), kittest.Small)
	list.Shown()
	env.Press("F5")
	require.Equal(t, 1, again)
	list.Close()
}

func noRows(context.Context, kit.Query) (core.Paged[string], error) { return core.Paged[string]{}, nil }

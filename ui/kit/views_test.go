package kit_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zhanggui/app/when"
	"zhanggui/ui/kit"
	"zhanggui/ui/kit/kittest"
)

// saveView keeps the present view under a name, by keys.
func saveView(env *kittest.Env, name string) {
	env.T.Helper()
	env.Press("Alt+V", "End", "Enter")
	env.Type(name)
	env.Press("Enter")
	env.Timers.Advance(time.Second)
}

func TestViews_SavedAndOpenedByKeys(t *testing.T) {
	s := &shop{total: 30}
	env, list := newShopList(t, s, kittest.Light, kittest.Small)
	env.Press("Ctrl+Shift+1")
	require.Contains(t, list.HintText(), "视图 1 还没有存")

	list.Show("late", "伞", kit.NewValues("channel", "jd"))
	env.Tap("orders#header:paid")
	kit.Find("orders.filter.paid").(*kit.Choice).Pick("last7")
	saveView(env, "京东迟的")
	require.Contains(t, list.HintText(), "Ctrl+Shift+1")

	list.Reset()
	env.Press("Ctrl+Shift+1")
	q := list.Query()
	require.Equal(t, "late", q.Chip)
	require.Equal(t, "伞", q.Search)
	require.Equal(t, "paid", q.Page.Sort)
	require.Equal(t, "jd", q.Filter.Text("channel"))
	q.Page.Limit = 200
	require.Equal(t, q, s.asked[len(s.asked)-1], "the rows are those of the view")
	require.Contains(t, list.HintText(), "京东迟的")
	list.Close()

	env.Env.Clock = when.NewFixed(env.Clock.Now() + 3*when.DaySpan)
	list = again(t, env, s, kittest.Small) // the next day, a new start
	env.Press("Ctrl+Shift+1")
	_, to := list.Query().Filter.Days("paid")
	require.Equal(t, env.Env.Clock.Now().Day(), to, "the last 7 days are those up to today")
}

func TestViews_SameNameReplaces_PresentOneIsDropped_NineAtMost(t *testing.T) {
	s := &shop{total: 30}
	env, list := newShopList(t, s, kittest.Light, kittest.Small)
	list.Show("late", "", kit.Values{})
	saveView(env, "我的")
	list.Show("all", "伞", kit.Values{})
	saveView(env, "我的")
	require.Equal(t, 1, strings.Count(env.Memory.Get("views.orders"), `"name"`))
	env.Press("Ctrl+Shift+1")
	require.Equal(t, "伞", list.Query().Search)

	env.Press("Alt+V", "End", "Enter") // drops what is looked at
	env.Press("Ctrl+Shift+1")
	require.Contains(t, list.HintText(), "还没有存")

	for i := range 10 {
		list.Show("all", strings.Repeat("x", i+1), kit.Values{})
		saveView(env, "视图"+strings.Repeat("一", i+1))
	}
	require.Contains(t, list.HintText(), "最多存 9 个")
	require.Equal(t, 9, strings.Count(env.Memory.Get("views.orders"), `"name"`))
}

func TestViews_NoNameIsRefused(t *testing.T) {
	s := &shop{total: 5}
	env, _ := newShopList(t, s, kittest.Light, kittest.Small)
	saveView(env, " ")
	require.NotNil(t, env.Window.Canvas().Overlays().Top(), "the form stays")
	require.Empty(t, env.Memory.Get("views.orders"))
}

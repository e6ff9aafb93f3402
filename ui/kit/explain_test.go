package kit_test

import (
	"context"
	"image"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"zhanggui/app/core"
	"zhanggui/app/i18n"
	"zhanggui/ui/kit"
	"zhanggui/ui/kit/kittest"
)

// figured is a window with two tiles, a picture and a list, all of them figures.
type figured struct {
	*kittest.Env
	figures *kit.Figures
	list    *kit.List[int]
	went    []string
}

func figuresIn(t *testing.T) *figured {
	t.Helper()
	f := &figured{Env: kittest.New(t, kittest.Light)}
	f.list = kit.NewList(f.Env.Env, kit.ListSpec[int]{
		ID: "numbers", RowID: func(n int) string { return i18n.Count(int64(n)) }, Totals: true,
		Columns: []kit.Column[int]{{
			Key: "n", Title: "common.count", Width: 80, Align: kit.Right, Text: func(n int) string { return i18n.Count(int64(n)) },
			Total: func(sums map[string]int64) kit.Cell { return kit.Strong(i18n.Count(sums["n"])) },
		}},
		Fetch: func(context.Context, kit.Query) (core.Paged[int], error) {
			return core.Paged[int]{Rows: []int{3, 4}, Total: 2, Sums: map[string]int64{"n": 7}}, nil
		},
		Explain: func(n int) kit.Explanation {
			return kit.Explanation{Title: "row", Value: i18n.Count(int64(n)), Formula: "n = n", NoWay: "nowhere"}
		},
		Whole: func(e kit.Explanation) kit.Explanation {
			e.Formula = "7 = 3 + 4"
			return e
		},
	})
	f.figures = f.list.Figures()
	explain := func(name string, ways int) func() kit.Explanation {
		return func() kit.Explanation {
			e := kit.Explanation{Title: name, Value: "1", Formula: name + " = 1"}
			for _, way := range []string{"first", "second", "third"}[:ways] {
				e.Ways = append(e.Ways, kit.Way{Word: way, Open: func() { f.went = append(f.went, name+" "+way) }})
			}
			return e
		}
	}
	f.figures.Before(func() []kit.Figure {
		return []kit.Figure{{ID: "one", Explain: explain("one", 3)}, {ID: "two", Explain: explain("two", 1)}, {ID: "picture", Explain: explain("picture", 0)}}
	})
	one := kit.Shows(kit.NewTile(f.Env.Env, kit.TileSpec{Title: "1"}, func() { f.went = append(f.went, "pressed") }), f.figures, "one")
	two := kit.Shows(kit.NewTile(f.Env.Env, kit.TileSpec{Title: "2"}, nil), f.figures, "two")
	blank := func(_ context.Context, s kit.ChartSize) (image.Image, error) {
		return image.NewRGBA(image.Rect(0, 0, s.W, s.H)), nil
	}
	picture := kit.Shows(kit.NewChart(f.Env.Env, blank), f.figures, "picture")
	top := kit.Fixed(0, 100, kit.Columns(3, 8, one, two, picture))
	f.Show(kit.Edges(top, nil, nil, nil, f.list.Object()), kittest.Small)
	f.list.Shown()
	f.list.Load()
	return f
}

func (f *figured) at() string {
	if f.Window.Canvas().Overlays().Top() == nil {
		return ""
	}
	return kit.Find("explain").(*kit.Explainer).Figure()
}

func TestExplainer_Keys_GoRoundTheFigures_AndToTheirRows(t *testing.T) {
	f := figuresIn(t)
	f.Press("Down", "Shift+F1")
	require.Equal(t, "numbers#row", f.at(), "the row under the cursor was touched last")
	require.Equal(t, "4", kit.Find("explain").(*kit.Explainer).Explanation().Value)
	f.Press("Right")
	require.Equal(t, "numbers#total", f.at())
	f.Press("Right", "Right")
	require.Equal(t, "two", f.at(), "after the last comes the first")
	f.Press("Left")
	require.Equal(t, "one", f.at())
	f.Press("3")
	require.Equal(t, []string{"one third"}, f.went)
	require.Empty(t, f.at(), "the box is gone")

	f.Press("Shift+F1")
	require.Equal(t, "one", f.at(), "touched last, though the table has the focus again")
	f.Press("Enter")
	require.Equal(t, "one first", f.went[1])
	f.Press("Shift+F1", "Down", "2")
	require.Equal(t, "two", f.at(), "there is no second way: the box stays")
	f.Press("F5", "Esc")
	require.Empty(t, f.at())
	f.Press("Shift+F1", "Shift+F1")
	require.Empty(t, f.at(), "the same key closes it")
	f.list.Hidden()
	f.Press("Shift+F1")
	require.Empty(t, f.at(), "the key is given back")
}

func TestExplainer_Mouse_RightClickExplains(t *testing.T) {
	f := figuresIn(t)
	for _, id := range []string{"one", "two", "picture", "numbers#total"} {
		f.RightClick(id)
		require.Equal(t, id, f.at())
		f.Press("Esc")
	}
	f.RightClick("numbers.foot")
	require.Equal(t, "numbers#total", f.at())
	f.Press("Esc")
	f.RightClick("numbers#row:4")
	require.Equal(t, "numbers#row", f.at())
	require.Equal(t, "4", kit.Find("explain").(*kit.Explainer).Explanation().Value)
	f.Click(fyne.NewPos(4, 700), 0)
	require.Empty(t, f.at(), "a click beside it closes it")

	f.RightClick("one")
	f.Tap("explainer.way2")
	require.Equal(t, []string{"one second"}, f.went, "and does not press the tile")
	f.Focus(kit.Find("two").(fyne.Focusable))
	f.Press("Shift+F1")
	require.Equal(t, "two", f.at(), "the focused figure")
}

func TestExplainer_NewNumbers_AreExplainedAtOnce(t *testing.T) {
	f := figuresIn(t)
	value, there := "1", true
	f.figures.Before(func() []kit.Figure {
		if !there {
			return nil
		}
		shown := value
		return []kit.Figure{{ID: "now", Explain: func() kit.Explanation { return kit.Explanation{Title: "now", Value: shown, Formula: "now"} }}}
	})
	f.figures.Explain("now")
	value = "2"
	f.list.Load()
	require.Equal(t, "2", kit.Find("explain").(*kit.Explainer).Explanation().Value)
	there = false
	f.figures.Refresh()
	require.Empty(t, f.at(), "a figure that is gone takes its box with it")
	f.figures.Refresh()
}

func TestExplainer_NothingToExplain(t *testing.T) {
	f := figuresIn(t)
	none := kit.NewFigures(f.Env.Env)
	require.False(t, none.Show())
	none.Explain("one")
	require.Empty(t, f.at())
	tile := kit.NewTile(f.Env.Env, kit.TileSpec{}, nil)
	tile.TappedSecondary(nil)
	require.Empty(t, tile.Figure())
	f.figures.Explain("gone")
	require.Empty(t, f.at())
}

func TestList_Whole_SaysWhichRowsCount(t *testing.T) {
	f := figuresIn(t)
	f.RightClick("numbers#total")
	e := kit.Find("explain").(*kit.Explainer).Explanation()
	require.Equal(t, "共 2 条", e.Value)
	require.Equal(t, "7 = 3 + 4", e.Formula)
	require.Equal(t, []kit.Input{{Label: "数量", Value: "7"}}, e.Inputs)
	require.Equal(t, "今天 10:18", e.At)
}

package kit_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"zhanggui/app/core"
	"zhanggui/app/i18n"
	"zhanggui/ui/kit"
	"zhanggui/ui/kit/kittest"
	"zhanggui/ui/theme"
)

// stockGrid shows the cells that the shipping list has not: levels, cover bars,
// changed and wrong values, keyed reasons, marks, muted columns, a total row.
func stockGrid(env *kittest.Env) *kit.Grid {
	heads := []kit.Head{
		{Key: "level", Title: "级别", Width: 80, Sort: "level"},
		{Key: "bin", Title: "库位", Width: 70},
		{Key: "sku", Title: "SKU", Width: 90, Muted: true},
		{Key: "name", Title: "品名", Width: 160, Flex: true},
		{Key: "onhand", Title: "在手", Width: 60, Align: kit.Right},
		{Key: "reserved", Title: "占用", Width: 60, Align: kit.Right, Muted: true},
		{Key: "free", Title: "可用", Width: 60, Align: kit.Right},
		{Key: "cover", Title: "可售天数", Width: 124},
		{Key: "result", Title: "结果", Width: 76},
		{Key: "old", Title: "实付", Width: 100, Align: kit.Right},
		{Key: "reason", Title: "原因", Width: 110},
		{Key: "marks", Title: "描述", Width: 48, Align: kit.Center},
	}
	levels := []struct {
		level kit.StockLevel
		word  string
		part  int
		text  string
	}{{kit.OutOfStock, "缺货", 0, "0.0"}, {kit.Critical, "告急", 43, "1.3"}, {kit.Low, "预警", 330, "9.8"}, {kit.InStock, "正常", 1000, "53.0"}}
	rows := make(fixedRows, 12)
	for i := range rows {
		l := levels[i%4]
		tone := l.level.Tone()
		rows[i] = &kit.Row{ID: fmt.Sprint("s", i), Dim: i == 9, Cells: []kit.Cell{
			kit.StockPill(l.level, l.word), kit.Text("B-01-4"), kit.Muted("BWB-500W"), kit.Text("保温杯 500ml 米白"), kit.Count(int64(i * 1500)), kit.CountOrDash(int64(i % 3)),
			kit.Count(int64(i)).In(tone), kit.Bar(l.text, l.part, 250, tone),
			kit.Pill(theme.Info, "变更"), kit.Changed("110.00"), kit.Keyed("3", "费率不符"), kit.Icons(kit.Mark{Icon: "check", Tone: theme.OK}),
		}}
		switch i % 4 {
		case 1:
			rows[i].Cells[8], rows[i].Cells[9] = kit.Pill(theme.Urgent, "错误"), kit.Toned(theme.Urgent, "2026-13-04")
			rows[i].Cells[11] = kit.Icons(kit.Mark{Icon: "urgent", Tone: theme.Urgent})
		case 2:
			rows[i].Cells[8], rows[i].Cells[9], rows[i].Cells[10] = kit.Pill(theme.Idle, "相同"), kit.AmountOrDash(0), kit.Cell{}
			rows[i].Cells[11] = kit.Icons(kit.Mark{Icon: "warn", Tone: theme.Warn})
		case 3:
			rows[i].Cells[9] = kit.Text("110.00").With("99.00")
		}
	}
	g := kit.NewGrid(env.Env, "stock", heads, rows, true)
	g.SetTotal(&kit.Row{Cells: []kit.Cell{{}, {}, {}, kit.Strong("合计 12 个 SKU"), kit.Strong("3,006"), kit.Text("290"), kit.Text("2,706")}})
	return g
}

func TestGrid_StockCells_Golden(t *testing.T) {
	for _, mode := range []theme.Mode{kittest.Light, kittest.Dark} {
		t.Run(string(mode), func(t *testing.T) {
			env := kittest.New(t, mode)
			g := stockGrid(env)
			env.Show(g, fyne.NewSize(1280, 420))
			g.SetCursor(2)
			g.Tick("s2", true)
			g.Tick("s5", true)

			require.Equal(t, 2, g.TickedCount())
			env.Golden("stock-" + string(mode))
		})
	}
}

func TestList_FileCards_Golden(t *testing.T) {
	env := kittest.New(t, kittest.Light)
	type file struct{ name, code, word, kind, day, fresh, changed, same string }
	files := []file{
		{"ExportOrderList202604231005.csv", "tmall", "天猫", "订单", "04-22–23", "新 186", "变 12", "同 237"},
		{"京东订单_20260423.xlsx", "jd", "京东", "订单", "04-23", "新 61", "变 4", "同 118"},
		{"账务明细_20260422.csv", "tmall", "天猫", "结算", "04-22 18:05 许静已导入", "", "", "同一文件，跳过"},
	}
	list := kit.NewList(env.Env, kit.ListSpec[file]{
		ID: "files", RowID: func(f file) string { return f.name }, Tall: 54, Bare: true, Dim: func(f file) bool { return f.fresh == "" },
		Columns: []kit.Column[file]{
			{Key: "name", Width: 220, Min: 160, Flex: true, Cell: func(f file) kit.Cell {
				return kit.Lines([]kit.Part{{Icon: "ok", Token: theme.OK.Token()}, {Text: f.name}}, []kit.Part{{Channel: f.code, Text: f.word, Gap: 20}, {Text: f.kind}, {Text: f.day}})
			}},
			{Key: "counts", Width: 150, Align: kit.Right, Cell: func(f file) kit.Cell {
				return kit.Lines(nil, []kit.Part{{Text: f.fresh, Token: theme.OK.Token()}, {Text: f.changed, Token: theme.Info.Token()}, {Text: f.same}})
			}},
		},
		Fetch: func(context.Context, kit.Query) (core.Paged[file], error) {
			return core.Paged[file]{Rows: files, Total: len(files)}, nil
		},
	})
	env.Show(list.Object(), fyne.NewSize(420, 300))
	list.Shown()
	list.Load()

	_, size, ok := kit.FindRect("files#row:京东订单_20260423.xlsx")
	require.True(t, ok)
	require.EqualValues(t, 54, size.Height)
	env.Golden("list-files")
	env.Press("Down", "Ctrl+C")
	require.Equal(t, "京东订单_20260423.xlsx 京东 订单 04-23\t新 61 变 4 同 118\r\n", fyne.CurrentApp().Clipboard().Content())
}

func TestFilterBar_Choices_AreChips(t *testing.T) {
	env := kittest.New(t, kittest.Light)
	var got []string
	bar := kit.NewFilterBar(env.Env, "bar", []kit.FilterField{{Key: "channel", Label: "渠道", Kind: kit.FilterChoices, Items: []kit.Item{{Value: "jd", Word: "京东"}, {Value: "pdd", Word: "拼多多"}}}},
		func(v kit.Values) { got = append(got, v.Text("channel")) })
	env.Show(bar.Object(), fyne.NewSize(600, 60))
	env.Tap("bar.channel.pdd")
	env.Tap("bar.channel.jd")
	env.Tap("bar.channel.pdd")
	require.Equal(t, []string{"pdd", "jd,pdd", "jd"}, got)
	bar.Set(kit.NewValues("channel", "pdd"))
	require.True(t, kit.Find("bar.channel.pdd").(*kit.Chip).Chosen())
	env.Tap("bar.clear")
	require.True(t, bar.Values().Empty())
	require.False(t, kit.Find("bar.channel.pdd").(*kit.Chip).Chosen())
}

func TestGrid_LargerText_KeepsWholeRows(t *testing.T) {
	env := kittest.New(t, kittest.Light)
	g := stockGrid(env)
	env.Show(g, fyne.NewSize(1280, 420))
	g.ScrollTo(4)
	fyne.CurrentApp().Settings().SetTheme(theme.New(kittest.Light, 1.3))
	g.Refresh()

	_, size, ok := g.Part("row:s4")

	require.True(t, ok)
	require.EqualValues(t, 36, size.Height, "28 × 1.3 rounded to a whole number")
	env.Golden("stock-large")
}

func TestGrid_Copy_WithoutList_TakesTickedElseCursor(t *testing.T) {
	env := kittest.New(t, kittest.Light)
	g := stockGrid(env)
	env.Show(g, fyne.NewSize(1280, 420))
	env.Focus(g)
	env.Press("Down", "Ctrl+C")
	require.Equal(t, "缺货\tB-01-4\tBWB-500W\t保温杯 500ml 米白\t0\t–\t0\t0.0\t变更\t110.00\t费率不符\t\r\n", fyne.CurrentApp().Clipboard().Content())
	g.Tick("s4", true)
	g.Tick("s5", true)
	env.Press("Ctrl+C")
	require.Len(t, fyne.CurrentApp().Clipboard().Content(), len(g.TSV([]*kit.Row{g.At(4), g.At(5)})))
}

func TestParts_LargerText_Golden(t *testing.T) {
	env := kittest.New(t, kittest.Light)
	fyne.CurrentApp().Settings().SetTheme(theme.New(kittest.Light, 1.4))
	env.Show(partsPage(env), kittest.Large)

	require.Equal(t, kittest.Large, env.Window.Canvas().Size())
	env.Golden("parts-large")
}

func TestParts_English_Golden(t *testing.T) {
	env := kittest.New(t, kittest.Light).English()
	spec := (&shop{total: 214}).spec()
	spec.Footer, spec.Chosen = nil, nil
	list := kit.NewList(env.Env, spec)
	env.Show(list.Object(), kittest.Small)
	list.Shown()
	list.Load()
	env.Press("Space", "F4")
	require.Equal(t, i18n.English, env.Tr.Lang())
	env.Golden("list-english")
}

func TestBlocked_CoversTheWork_KeysAndClick(t *testing.T) {
	for _, mode := range []theme.Mode{kittest.Light, kittest.Dark} {
		t.Run(string(mode), func(t *testing.T) {
			env := kittest.New(t, mode)
			var got []string
			say := func(s string) func() { return func() { got = append(got, s) } }
			b := kit.NewBlocked(env.Env, "blocked", kit.BlockedSpec{
				Headline: "条码不在本单", Record: "托盘 22 · 订单尾号 9560 · 10:16:27 · 本次扫描没有计数",
				Left: "刚才扫到", Picture: kit.NewSurface(), Name: "雨伞 长柄 墨绿", Facts: []string{"YSCB-02 · 库位 A-03-14", "条码 6 901234 567892"},
				Right: "请这样做", Steps: []string{"把这件拿出托盘 22，放回 A-03-14", "按 Esc，或扫命令条码 CMD-OK", "订单重新显示后，再扫正确的商品"},
				Actions: []kit.BlockedAction{{ID: "ok", Label: "我知道了，继续", Key: "Esc", Do: say("ok")}, {ID: "mark", Label: "标记异常", Key: "F10", Do: say("mark")}},
			})
			b.Bind(env.Keys.Push("blocked", true))
			env.Show(b.Object(), kittest.Small)
			env.Golden("blocked-" + string(mode))

			env.Press("F10", "Esc")
			env.Tap("blocked.ok")
			require.Equal(t, []string{"mark", "ok", "ok"}, got)
		})
	}
}

func TestExec_Go_AndAfter_ComeBackOnTheUIGoroutine(t *testing.T) {
	env := kittest.New(t, kittest.Light)
	env.Exec = kit.Go
	done := make(chan string, 2)
	kit.Run(env.Env, kit.NewOwner(), func(context.Context) (string, error) { return "worked", nil }, func(s string) { done <- s })
	require.Equal(t, "worked", <-done)
	stop := kit.After(time.Hour, func() { done <- "never" })
	stop()
	kit.After(time.Millisecond, func() { done <- "later" })
	require.Equal(t, "later", <-done)
}

func TestEnv_SmallThings(t *testing.T) {
	env := kittest.New(t, kittest.Light)
	env.Open("orders", 7)
	env.Say("好")
	require.Equal(t, []kittest.Opened{{Screen: "orders", Arg: 7}}, env.Opened)
	require.Equal(t, []kit.Note{{Text: "好"}}, env.Notes)
	bare := env.Env
	bare.Router, bare.Notify, bare.Memory, bare.After = nil, nil, nil, nil
	bare.Open("x", nil)
	bare.Say("y")
	require.Len(t, env.Notes, 1)
}

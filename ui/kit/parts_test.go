package kit_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"github.com/stretchr/testify/require"

	"zhanggui/app/job"
	"zhanggui/ui/kit"
	"zhanggui/ui/kit/kittest"
	"zhanggui/ui/theme"
)

// partsPage is LOOK's parts.png made of our parts.
func partsPage(env *kittest.Env) fyne.CanvasObject {
	caption := func(s string) fyne.CanvasObject { return kit.NewLabel(s).Tiny().Muted() }
	pills := kit.Across(12,
		kit.NewPill(theme.OK, "正常"), kit.NewPill(theme.Info, "变更"), kit.NewPill(theme.Warn, "提醒"), kit.NewPill(theme.Alert, "告急"),
		kit.NewPill(theme.Urgent, "紧急"), kit.NewPill(theme.Blocked, "拦截"), kit.NewPill(theme.Idle, "待办"))
	levels := kit.Across(12, kit.NewStockPill(kit.InStock, "正常"), kit.NewStockPill(kit.Low, "预警"), kit.NewStockPill(kit.Critical, "告急"), kit.NewStockPill(kit.OutOfStock, "缺货"))
	sum := kit.NewMoneyEntry(env.Env).Wide(145)
	sum.SetText("12*3+5")
	day := kit.NewDayEntry(env.Env).Wide(120)
	day.SetText("+3")
	bad := kit.NewDayEntry(env.Env).Wide(150)
	bad.SetText("2026-13-04")
	bad.SetBad(true)
	choice := kit.NewChoice(env.Env, []kit.Item{{Value: "", Word: "全部渠道"}}, "", nil)
	inputs := kit.Across(10, sum, day, bad, choice)
	off := kit.NewButton(env.Env, "锁定 2026-03", "", nil)
	off.SetWhy("还差 2 项")
	buttons := kit.Across(8, kit.NewButton(env.Env, "截单", "F9", nil).Primary(), kit.NewButton(env.Env, "打印", "F8", nil), off)
	chosen, plain, none := kit.NewChip(env.Env, "差异", kit.Mark{}, nil), kit.NewChip(env.Env, "近 48h", kit.Mark{Icon: "urgent", Tone: theme.Urgent}, nil), kit.NewChip(env.Env, "负数", kit.Mark{}, nil)
	chosen.SetCount(14)
	chosen.SetChosen(true)
	plain.SetCount(16438)
	none.SetCount(0)
	tick := kit.NewTick(env.Env, "本次导入都这样处理", nil)
	tick.Set(true)
	chips := kit.Across(8, chosen, plain, none, tick)
	tabs := kit.NewTabs(env.Env, []kit.Tab{{Key: "a", Word: "待审", Count: 7}, {Key: "b", Word: "波次", Count: 214}, {Key: "c", Word: "打包", Count: -1}}, nil)
	tabs.SetActive("b")
	warn, info := kit.NewHint(), kit.NewHint()
	warn.Say(theme.Warn, "快递账单缺合计行，核对后再提交", "", "")
	info.Say(theme.Info, "186 单通过，7 单要处理", "按订单号 16 单", "Enter")
	timeline := kit.NewTimeline([]kit.Event{
		{Text: "付款", Who: "抖音", Time: "04-21 12:23"},
		{Text: "打包 3/3 核对，3 号箱", Who: "赵大川", Time: "04-23 10:09"},
		{State: kit.EventNow, Text: "等待交接 中通", Time: "限 04-23 12:23", Tone: theme.Urgent},
		{State: kit.EventNext, Text: "揽收"},
	})
	tiles := kit.Columns(2, 10,
		kit.NewTile(env.Env, kit.TileSpec{
			Title: "GMV（已付款）", Value: "¥43,192", Band: "区间 3.8万–5.2万", Spark: []int64{3, 5, 2, 4, 3, 6, 5},
			Deltas: []kit.Delta{{Label: "前日", Text: "6.8%", Up: true, Tone: theme.OK}, {Label: "上周三", Text: "3.2%", Up: true, Tone: theme.OK}},
		}, nil),
		kit.NewTile(env.Env, kit.TileSpec{
			Title: "支付转化率", Value: "2.13%", Band: "低于下限 2.30%", Tone: theme.Urgent, Spark: []int64{5, 5, 6, 4, 3, 3, 1},
			Deltas: []kit.Delta{{Label: "前日", Text: "0.31pt", Tone: theme.Urgent}},
		}, nil))
	panel := kit.NewJobPanel(env.Env, "job", "导入 天猫 订单报表", func() {})
	panel.Set(job.Progress{Done: 9200, Total: 16482, Note: "common.loading"})
	left := kit.Down(6, caption("状态"), pills, caption("库存四级"), levels, caption("输入"), inputs, caption("按钮"), buttons, chips, tabs, warn, info, caption("时间线"), timeline)
	right := kit.Down(10, tiles, panel.Object(), kit.NewCard("渠道", "按贡献毛利排序", kit.NewLabel("金额单位：元").Small().Muted(), kit.Pad(8, 14, kit.Down(2,
		kit.NewFact("收件人", kit.Part{Text: "沈** · 138****4417 · 浙江 杭州 ****"}),
		kit.NewFact("面单", kit.Part{Text: "中通 7812 3456 9012 34"}, kit.Part{Icon: "copy", Token: theme.MutedToken}),
		kit.NewParagraph("差额等于应收的 10%。可能的原因：达人佣金按 25% 扣收，核对佣金设置后按 3，或按 9 留待查。").Small())),
	))
	return container.NewStack(kit.NewSurface(), kit.Pad(12, 14, kit.Columns(2, 14, left, kit.Pad(0, 14, right))))
}

func TestParts_Golden(t *testing.T) {
	for _, mode := range []theme.Mode{kittest.Light, kittest.Dark} {
		t.Run(string(mode), func(t *testing.T) {
			env := kittest.New(t, mode)
			page := partsPage(env)

			env.Show(page, kittest.Small)

			require.Equal(t, kittest.Small, env.Window.Canvas().Size(), "the page fits the smallest window")
			env.Golden("parts-" + string(mode))
		})
	}
}

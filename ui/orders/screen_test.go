package orders

import (
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/ui/kit"
	"zhanggui/ui/kit/kittest"
)

func service(t *testing.T, s *shop) *desk {
	t.Helper()
	return sit(t, s.Fixture, auth.Service, kittest.Light, false, kittest.Large)
}

func (d *desk) chip(key string) {
	d.T.Helper()
	d.Tap("orders.list.chip." + key)
	d.settle()
}

// show puts one order under the cursor.
func (d *desk) show(o *domain.Order) {
	d.T.Helper()
	d.s.Open(o.Number)
	d.settle()
	r, ok := d.s.list.Current()
	require.True(d.T, ok)
	require.Equal(d.T, o.ID, r.ID)
}

func (d *desk) button(id string) *kit.Button {
	b, _ := kit.Find(id).(*kit.Button)
	return b
}

func TestDesk_ListsWhatWaits_ByDeadline_WithCounts(t *testing.T) {
	s := day(t)
	d := service(t, s)

	first, ok := d.s.list.Current()
	require.True(t, ok)
	require.Equal(t, "沈云飞", first.Receiver, "the oldest payment first")
	require.Equal(t, 20, d.s.list.Total(), "held and unpaid orders are no open work")
	left, _ := d.s.list.FooterText()
	require.Equal(t, "共 20 单 535 件 应收合计 ¥17,260.00", left)
	for chip, n := range map[string]int{chipWork: 20, chipAudit: 15, chipException: 5, chipHold: 1, chipNote: 1, chipMerge: 1, chipAll: 22} {
		require.Equal(t, n, kit.Find("orders.list.chip."+chip).(*kit.Chip).Count(), chip)
		d.chip(chip)
		require.Equal(t, n, d.s.list.Total(), chip)
	}
	d.chip(chipLate)
	require.Equal(t, 13, d.s.list.Total())
}

func TestRow_SaysWhatIsWrong(t *testing.T) {
	s := open(t)
	s.place(apptest.Unmapped("K-1", 1, 100), apptest.Note("快点"))
	d := service(t, s)
	row := d.s.list.Grid().At(0)
	require.Contains(t, d.s.list.Grid().TSV([]*kit.Row{row}), "有买家留言 +1")
	require.Contains(t, d.s.list.Grid().TSV([]*kit.Row{row}), "异常")
}

func TestAudit_All_SaysHowManyNeedYou(t *testing.T) {
	s := day(t)
	d := service(t, s)
	require.Equal(t, "审核全部", d.button("orders.list.audit").Label())

	d.keys("F9")

	require.Equal(t, "14 单通过，6 单要处理", d.s.list.HintText())
	require.Equal(t, 6, d.s.list.Total(), "the list followed by itself")
	s.CheckClean()
}

func TestAudit_TickedOrders_Only(t *testing.T) {
	s := open(t)
	a, b, c := s.good(), s.good(), s.good()
	d := service(t, s)
	d.keys("Space", "Down", "Down", "Space")
	require.Equal(t, "审核 2 单", d.button("orders.list.audit").Label())

	d.keys("F9")

	require.Equal(t, []domain.Stage{domain.StageToShip, domain.StageToAudit, domain.StageToShip}, []domain.Stage{s.stage(a), s.stage(b), s.stage(c)})
	require.Equal(t, "2 单通过，0 单要处理", d.s.list.HintText())
}

func TestAudit_NarrowedList_TakesOnlyThose(t *testing.T) {
	s := open(t)
	a, b := s.good(), s.good()
	d := service(t, s)
	d.show(a)
	require.Equal(t, "审核列出的", d.button("orders.list.audit").Label())

	d.keys("F9")

	require.Equal(t, domain.StageToShip, s.stage(a))
	require.Equal(t, domain.StageToAudit, s.stage(b))
}

func TestAudit_AllTickedButOne(t *testing.T) {
	s := open(t)
	a, b, c := s.good(), s.good(), s.good()
	d := service(t, s)
	d.keys("Ctrl+A", "Down", "Space", "F9")
	require.Equal(t, []domain.Stage{domain.StageToShip, domain.StageToAudit, domain.StageToShip}, []domain.Stage{s.stage(a), s.stage(b), s.stage(c)})
}

func TestRights_ButtonsByRole(t *testing.T) {
	s := day(t)
	d := service(t, s)
	for _, id := range []string{"audit", "address", "sku", "hold", "release", "cancel", "manual"} {
		require.NotNil(t, d.button("orders.list."+id), id)
	}
	require.NotNil(t, d.button("orders.pane.fix6"))

	s2 := day(t)
	before := kit.Find("orders.list.audit")
	d = sit(t, s2.Fixture, auth.Finance, kittest.Light, false, kittest.Large)
	require.Same(t, before, kit.Find("orders.list.audit"), "finance has no such button")
	d.keys("F9", "7", "Ctrl+N")
	require.False(t, d.open())
	require.Equal(t, 20, d.s.list.Total())
	r, _ := d.s.list.Current()
	require.Equal(t, "沈**", r.Receiver)
}

func TestAddress_Fixed_ClearsTheCheck(t *testing.T) {
	s := open(t)
	o := s.place(s.item(0, 1), receiver(func(r *domain.Receiver) { r.Phone = "" }))
	d := service(t, s)
	require.Equal(t, domain.StageException, s.stage(o))

	d.keys("1", "Enter")
	form := kit.Find("orders.address.phone").(*kit.Entry)
	require.True(t, form.Bad(), "the fault lands under its field")
	require.True(t, d.open())
	d.fill("orders.address.phone", "13900001111")
	d.keys("Enter")

	require.False(t, d.open())
	require.Equal(t, domain.StageToAudit, s.stage(o))
	require.Contains(t, d.s.list.HintText(), "已改收件信息")
	s.CheckClean()
}

func TestMapSKU_MapsEveryOrderOfTheCode(t *testing.T) {
	s := open(t)
	a := s.place(apptest.Channel("jd"), apptest.Unmapped("NEW-1", 1, 9900))
	b := s.place(apptest.Channel("jd"), apptest.Unmapped("NEW-1", 2, 9900))
	d := service(t, s)

	d.keys("2")
	d.Type("雨伞")
	d.keys("Enter")
	list := kit.Find("orders.sku.list").(*kit.Grid)
	require.NotNil(t, list.At(0))
	require.Nil(t, list.At(1))
	d.fill("orders.sku.units", "2")
	d.keys("Enter")

	require.False(t, d.open())
	require.Equal(t, "编码 NEW-1 对应 YSCB-01，2 单已更新", d.s.list.HintText())
	require.Equal(t, s.skus[1].ID, s.Reload(a).Lines[0].SKU)
	require.EqualValues(t, 2, s.Reload(b).Lines[0].Parts[0].Qty)
	require.Equal(t, domain.StageToAudit, s.stage(b))
	d.keys("2")
	require.Contains(t, d.s.list.HintText(), "都已对应")
}

func TestSplit_SumMustFit_ThenPlansParcels(t *testing.T) {
	s := open(t)
	o := s.place(s.item(0, 3), s.item(3, 2))
	d := service(t, s)
	d.keys("3")
	d.fill("orders.split.cell.0.1", "5")
	d.keys("Enter")
	require.True(t, d.open(), "8 of 3")
	d.fill("orders.split.cell.0.0", "1")
	d.fill("orders.split.cell.0.1", "2")
	d.keys("Enter")

	require.False(t, d.open())
	require.Equal(t, "已拆成 2 个包裹", d.s.list.HintText())
	require.Equal(t, 2, planned(s.detail(o).Parcels))

	d.keys("3", "2", "Enter")
	require.Equal(t, 0, planned(s.detail(o).Parcels), "put back together")
	s.CheckClean()
}

func TestSplit_OneParcelOnly_Refused(t *testing.T) {
	s := open(t)
	s.place(s.item(0, 2))
	d := service(t, s)
	d.keys("3")
	d.fill("orders.split.cell.0.0", "2")
	d.fill("orders.split.cell.0.1", "")
	d.keys("Enter")
	require.True(t, d.open())
}

func TestMerge_OffersTheBuyersOthers_AndTakesApart(t *testing.T) {
	s := open(t)
	a, b := s.twins()
	s.good()
	d := service(t, s)
	d.show(a)

	d.keys("4")
	require.Equal(t, 2, kit.Find("orders.merge.list").(*kit.Grid).TickedCount())
	d.keys("Enter")

	require.Equal(t, s.Reload(a).MergeID, s.Reload(b).MergeID)
	require.False(t, s.Reload(a).MergeID.Zero())
	require.Equal(t, "已合并 2 单", d.s.list.HintText())
	d.keys("4", "Enter")
	require.True(t, s.Reload(a).MergeID.Zero())
	s.CheckClean()
}

func TestMerge_LessThanTwoChosen_SaysSo(t *testing.T) {
	s := open(t)
	a, b := s.twins()
	d := service(t, s)
	d.show(a)
	d.keys("4", "Space", "Enter")
	require.Equal(t, []bool{true, true}, []bool{s.Reload(a).MergeID.Zero(), s.Reload(b).MergeID.Zero()})
}

func TestMergeChip_F9MergesEveryGroup(t *testing.T) {
	s := open(t)
	a, _ := s.twins()
	alone := s.good()
	d := service(t, s)
	d.chip(chipMerge)
	require.Equal(t, "合并全部", d.button("orders.list.audit").Label())

	d.keys("F9")

	require.False(t, s.Reload(a).MergeID.Zero())
	require.True(t, s.Reload(alone).MergeID.Zero())
	require.Equal(t, "合成 1 个包裹，共 2 单", d.s.list.HintText())
	d.keys("F9")
	require.Equal(t, "没有可以合并的订单", d.s.list.HintText())
}

func TestHold_UntilADay_AndBack(t *testing.T) {
	s := open(t)
	a, b := s.good(), s.good()
	d := service(t, s)
	d.keys("Space", "Down", "Space", "5")
	d.fill("orders.hold.until", "-1")
	d.fill("orders.hold.reason", "周末才收")
	d.keys("Enter")
	require.True(t, kit.Find("orders.hold.until").(*kit.Entry).Bad(), "a day that is over")
	d.fill("orders.hold.until", "+3")
	d.keys("Enter")

	require.Equal(t, "已暂缓 2 单", d.s.list.HintText())
	require.Equal(t, domain.StageHold, s.stage(a))
	require.EqualValues(t, "2026-04-26", s.Reload(b).HoldUntil.Day())
	d.chip(chipHold)
	d.keys("5")
	require.Equal(t, domain.StageToAudit, s.stage(a))
	require.Equal(t, domain.StageHold, s.stage(b))
	s.CheckClean()
}

func TestRelease_NeedsAReason(t *testing.T) {
	s := open(t)
	o := s.place(s.item(0, 1), apptest.Note("送人"))
	d := service(t, s)
	d.keys("6", "Enter")
	require.True(t, kit.Find("orders.release.reason").(*kit.Entry).Bad())
	d.fill("orders.release.reason", "已看")
	d.keys("Enter")

	require.Equal(t, domain.StageToAudit, s.stage(o))
	d.keys("6")
	require.Contains(t, d.s.list.HintText(), "没有可以凭理由放行")
}

func TestEnter_SecondPress_StartsWhatClearsTheFirstCheck(t *testing.T) {
	s := open(t)
	s.place(s.item(0, 1), apptest.Note("送人"))
	d := sit(t, s.Fixture, auth.Service, kittest.Light, false, kittest.Small)
	require.False(t, d.s.list.PaneShown())
	d.keys("Enter")
	require.True(t, d.s.list.PaneShown())
	require.False(t, d.open())
	d.keys("Enter")
	require.NotNil(t, d.open())
	require.NotNil(t, kit.Find("orders.release.reason"))
}

func TestCancel_SeveralOrders_NamesThoseLeft(t *testing.T) {
	s := open(t)
	a, b := s.good(), s.good()
	d := service(t, s)
	d.keys("Ctrl+A", "7")
	d.fill("orders.cancel.reason", "买家不要了")
	s.Pass(b)
	s.Ship(b) // while the form is open
	d.keys("Enter")

	require.Equal(t, domain.StageCancelled, s.stage(a))
	require.Equal(t, domain.StageShipped, s.stage(b))
	s.CheckClean()
}

func TestCancel_OneShipped_IsLeftAndNamed(t *testing.T) {
	s := open(t)
	a, b := s.good(), s.good()
	d := service(t, s)
	d.chip(chipAll)
	d.keys("Ctrl+A")
	s.Pass(a)
	s.Ship(a)
	d.keys("7")
	d.fill("orders.cancel.reason", "都不要了")
	d.keys("Enter")

	require.Equal(t, domain.StageCancelled, s.stage(b))
	require.Contains(t, d.s.list.HintText(), "1 单没有办成")
}

func TestCall_AcceptedLetsItThrough(t *testing.T) {
	s := open(t)
	o := s.place(s.item(0, 1), apptest.COD())
	d := service(t, s)
	d.keys("8", "Enter")
	require.True(t, s.Reload(o).CODCalled)
	require.Equal(t, domain.StageToAudit, s.stage(o))
	plain := s.good()
	d.show(plain)
	d.keys("8")
	require.Contains(t, d.s.list.HintText(), "不是货到付款")
}

func TestManual_LinesAndFaultsUnderFields(t *testing.T) {
	s := open(t)
	d := service(t, s)
	d.keys("Ctrl+N")
	d.Tap("orders.manual.ok")
	require.True(t, d.open(), "nothing entered")
	d.Tap("orders.manual.add")
	d.settle()
	d.Type("mj")
	d.keys("Enter", "Enter")
	d.fill("orders.manual.qty.0", "3")
	d.fill("orders.manual.price.0", "35")
	d.Tap("orders.manual.add")
	d.settle()
	d.keys("Down", "Enter")
	d.Tap("orders.manual.drop.1")
	d.fill("orders.manual.name", "老顾客")
	d.fill("orders.manual.phone", "13700001111")
	d.fill("orders.manual.place.0", "浙江")
	d.fill("orders.manual.address", "门市自取")
	d.keys("Enter")

	require.False(t, d.open())
	require.Equal(t, 1, d.s.list.Total())
	r, _ := d.s.list.Current()
	require.Equal(t, "M20260423-0001", r.Number)
	require.Equal(t, "offline", r.Channel)
	require.EqualValues(t, 10500, r.NetFen)
	require.EqualValues(t, 3, r.Units)
	require.Equal(t, "浙江", r.Province)
	s.CheckClean()
}

func TestManual_Discard_Asks(t *testing.T) {
	s := open(t)
	d := service(t, s)
	d.keys("Ctrl+N")
	d.fill("orders.manual.name", "x")
	d.keys("Esc")
	require.NotNil(t, kit.Find("orders.manual.discard.ok"))
	d.keys("Enter")
	require.False(t, d.open())
}

func TestConflict_Released_OursStands(t *testing.T) {
	s := open(t)
	o := s.good()
	s.conflict(o)
	d := service(t, s)
	d.keys("6")
	d.fill("orders.release.reason", "平台导错了")
	d.keys("Enter")
	require.Equal(t, domain.StageToAudit, s.stage(o))
	require.NotZero(t, s.detail(o).Conflicts[0].ResolvedAt)
}

func TestSettledOrder_NothingCanBeChanged(t *testing.T) {
	s := open(t)
	o := s.Sell(s.item(0, 1))
	d := service(t, s)
	d.show(o)
	d.keys("1")
	require.False(t, d.open())
	require.Contains(t, d.s.list.HintText(), "已发货或已关闭")
}

func TestOpen_ChipOrNumber(t *testing.T) {
	s := day(t)
	d := service(t, s)
	d.s.Open(chipHold)
	require.Equal(t, 1, d.s.list.Total())
	d.s.Open(ids9())
	require.Equal(t, 0, d.s.list.Total())
	d.s.Open(nil)
	require.Equal(t, 0, d.s.list.Total())
	d.keys("Esc")
	require.Equal(t, 22, d.s.list.Total())
}

// ids9 is a number that no order has.
func ids9() string { return "999999999" }

func TestFilter_Check_CountsFollow(t *testing.T) {
	s := day(t)
	d := service(t, s)
	d.s.list.Show(chipAll, "", kit.NewValues("check", "no_sku"))
	d.settle()
	require.Equal(t, 1, d.s.list.Total())
	require.Equal(t, 1, kit.Find("orders.list.chip.work").(*kit.Chip).Count())
	require.Equal(t, -1, kit.Find("orders.list.chip.all").(*kit.Chip).Count(), "too dear to count")
	d.s.list.Show(chipWork, "", kit.NewValues("channel", "jd"))
	d.settle()
	require.Equal(t, d.s.list.Total(), kit.Find("orders.list.chip.work").(*kit.Chip).Count())
}

func TestRunJob_LongWork_ShowsItsPanelAndStops(t *testing.T) {
	s := open(t)
	for range 3 {
		s.good()
	}
	d := service(t, s)
	q := &kittest.Queue{}
	env := d.Env.Env
	env.Exec = q.Exec
	slow := New(env, s.App).(*screen)
	d.Show(kittest.Frame(slow.Build(), kittest.TopAndTabs), kittest.Large)
	slow.Shown()
	slow.Load()
	q.RunAll()
	d.Press("F9")
	require.Equal(t, 1, q.Len())
	d.settle()
	require.True(t, slow.job.Visible())
	d.Tap("orders.pass.stop")
	q.RunAll()
	require.False(t, slow.job.Visible())
	require.Contains(t, slow.list.HintText(), "已停止")
	slow.Close()
}

func TestTopics_OrdersAndCatalog(t *testing.T) {
	s := open(t)
	d := service(t, s)
	require.Contains(t, d.s.Topics(), core.TopicOrders)
	require.Contains(t, d.s.Topics(), core.TopicCatalog)
}

package inbox

import (
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/auth"
	"zhanggui/ui/kit"
	"zhanggui/ui/kit/kittest"
)

// morning drops the files of a morning: one was imported in part before, one was
// imported whole, one nobody knows, one cannot be read.
func morning(d *desk) {
	d.T.Helper()
	before := batch(3317_2204_5581_9560, 14)
	d.drop(d.sample("抖店订单_0422.csv", "douyin_orders", before[:9]), d.sample("账务明细_20260422.csv", "jd_orders", batch(2985_1140_0000_1140, 4)))
	d.keys("Shift+F9")
	d.s.files = nil
	again := batch(3317_2204_5581_9560, 22)
	again[2].State, again[4].State, again[4].PaidAt = 4, 1, again[4].CreatedAt+60_000
	again[6].BuyerNote = "周末送"
	mixed := d.sample("ExportOrderList202604231005.csv", "douyin_orders", again)
	d.spoil(mixed, "\t"+again[11].Number, "3.31722E+17")
	d.spoil(mixed, "2026-04-22 21:50:00", "2026-13-04")
	d.drop(
		mixed,
		d.sample("京东订单_20260423.csv", "jd_orders", batch(2985_1140_7710_1140, 6)),
		d.sample("mms_order_20260423.csv", "pdd_orders", batch(2604_7718_1140_0001, 11)),
		d.write("门店流水_4月上.csv", "单据号,日期,货号,品名,数量,单价,实收,会员\nA1,2026-04-20,MJ-3,毛巾,2,39.90,79.80,张三\nA2,2026-04-20,YG-12,衣架,1,29.90,29.90,李四\n"),
		d.dir+"/账务明细_20260422.csv",
		d.write("圆通运费_202604.xls", "%PDF-1.7 not a table at all"),
	)
}

func TestInbox_Golden(t *testing.T) {
	for _, look := range kittest.Looks {
		t.Run(look.Name, func(t *testing.T) {
			d := sit(t, shop(t), auth.Service, look.Mode, look.English, look.Size)
			morning(d)
			d.Golden("inbox-" + look.Name)
		})
	}
}

func TestInbox_States_Golden(t *testing.T) {
	d := service(t, shop(t))
	d.Golden("inbox-empty")
	morning(d)
	d.keys("Ctrl+PgDn")
	d.keys("F9")
	d.Golden("inbox-committed")
	d.s.cards.SetCursor(3)
	d.settle()
	d.Golden("inbox-unknown")
	d.s.cards.SetCursor(4)
	d.settle()
	d.Golden("inbox-already")
	d.s.cards.SetCursor(5)
	d.settle()
	d.Golden("inbox-refused")
	d.keys("Ctrl+Tab")
	d.Golden("inbox-history")
	require.NoError(t, d.f.Store.Close())
	d.s.history.list.Load()
	d.settle()
	d.Golden("inbox-history-error")
}

func TestMapping_Golden(t *testing.T) {
	for _, i := range []int{0, 6} {
		look := kittest.Looks[i]
		t.Run(look.Name, func(t *testing.T) {
			d := sit(t, shop(t), auth.Service, look.Mode, look.English, look.Size)
			d.drop(d.write("门店流水_4月上.csv", "单据号,日期,货号,品名,数量,单价,实收,会员\nA1,2026-04-20,MJ-3,毛巾,2,39.90,79.80,张三\nA2,2026-04-20,YG-12,衣架,1,29.90,29.90,李四\n"))
			d.keys("M")
			d.Golden("mapping-" + look.Name)
			d.keys("Enter")
			d.Golden("mapping-fault-" + look.Name)
		})
	}
}

func TestWriting_ShowsItsPanel_Golden(t *testing.T) {
	d := service(t, shop(t))
	q := &kittest.Queue{}
	env := d.Env.Env
	env.Exec = q.Exec
	slow := New(env, d.f.App).(*screen)
	d.Show(kittest.Frame(slow.Build(), kittest.TopBar), kittest.Large)
	slow.Shown()
	slow.Load()
	slow.AddFiles([]string{d.sample("抖店订单.csv", "douyin_orders", batch(3317_2204_5581_9560, 6))})
	q.RunAll()
	d.Press("F9")
	d.settle()
	require.True(t, slow.job.Visible())
	d.Golden("inbox-writing")
	q.RunAll()
	require.False(t, slow.job.Visible())
	require.Equal(t, done, slow.at.state)
	slow.Close()
	require.NotNil(t, kit.Find("import.commit.stop"))
}

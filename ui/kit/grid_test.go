package kit_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/money"
	"zhanggui/app/when"
	"zhanggui/ui/kit"
	"zhanggui/ui/kit/kittest"
	"zhanggui/ui/theme"
)

// fixedRows are rows in memory.
type fixedRows []*kit.Row

func (r fixedRows) Len() int                   { return len(r) }
func (r fixedRows) Row(i int) (*kit.Row, bool) { return r[i], r[i] != nil }

func orderHeads() []kit.Head {
	return []kit.Head{
		{Key: "due", Title: "时限", Width: 164, Sort: "due"},
		{Key: "bin", Title: "库位", Width: 66},
		{Key: "goods", Title: "商品", Width: 180, Min: 120, Flex: true},
		{Key: "qty", Title: "件", Width: 40, Align: kit.Right, Sort: "qty"},
		{Key: "channel", Title: "渠道", Width: 84},
		{Key: "no", Title: "订单号", Width: 92},
		{Key: "buyer", Title: "收件人", Width: 92},
		{Key: "province", Title: "省", Width: 46},
		{Key: "courier", Title: "快递", Width: 46},
		{Key: "paid", Title: "实付", Width: 76, Align: kit.Right, Sort: "paid"},
		{Key: "state", Title: "状态", Width: 84},
		{Key: "marks", Title: "", Width: 44},
	}
}

func due(left when.Millis, past24 bool) kit.Cell {
	d := kit.Deadline{}
	if past24 {
		d.Limit = kittest.Now + left
		d.From = d.Limit - 48*when.Hour
	} else {
		d.From = kittest.Now + left - 24*when.Hour
		d.Limit = d.From + 48*when.Hour
	}
	d.Target = d.From + 24*when.Hour
	return kit.Due(d)
}

func orderRow(i int) *kit.Row {
	type sample struct {
		due            kit.Cell
		bin, goods     string
		more           string
		qty            int64
		code, word, no string
		buyer, tail    string
		province, by   string
		paid           money.Fen
		state          kit.Cell
		marks          []kit.Mark
	}
	hm := func(h, m int) when.Millis { return when.Millis(h)*when.Hour + when.Millis(m)*when.Minute }
	note := kit.Mark{Icon: "note", Tone: theme.Urgent}
	samples := []sample{
		{due(hm(2, 5), true), "B-01-9", "保温杯 750ml 墨黑", "+1 种", 3, "douyin", "抖音", "6928441077312056", "沈**", "4417", "浙江", "中通", 15880, kit.Pill(theme.OK, "已打包"), []kit.Mark{note}},
		{due(hm(20, 40), true), "A-03-12", "雨伞 长柄 藏青 ×2", "", 2, "tmall", "天猫", "3317220455818842", "郭*", "0926", "山东", "中通", 10980, kit.Pill(theme.Info, "已拣"), nil},
		{due(hm(22, 14), true), "C-02-3", "收纳箱 60L 透明", "+1 种", 2, "jd", "京东", "298544101140", "罗**", "7731", "江苏", "圆通", 9490, kit.Pill(theme.Urgent, "缺货"), []kit.Mark{note}},
		{due(hm(0, 12), false), "B-01-4", "保温杯 500ml 米白", "", 1, "tmall", "天猫", "3317220455819015", "陈*", "3308", "广东", "中通", 7900, kit.Pill(theme.Info, "已拣"), []kit.Mark{{Icon: "gift"}}},
		{due(hm(1, 47), false), "A-03-8", "三折自动伞 黑", "", 1, "douyin", "抖音", "6928441077313391", "邓**", "2275", "四川", "中通", 4990, kit.Pill(theme.Blocked, "拦截"), nil},
		{due(hm(2, 30), false), "B-04-15", "浴巾 加厚 米色 ×2", "", 2, "jd", "京东", "298544101386", "许**", "6603", "北京", "顺丰", 9800, kit.Pill(theme.Idle, "待拣"), []kit.Mark{{Icon: "bolt"}, note}},
		{due(hm(6, 40), false), "B-01-5", "保温杯 500ml 松绿 ×2，一件给自己，一件送朋友，名字很长", "", 2, "wechat", "微信小店", "880120260457", "苏*", "3746", "浙江", "中通", 0, kit.Pill(theme.OK, "已打包"), []kit.Mark{{Icon: "gift"}}},
		{due(-hm(0, 20), true), "B-01-5", "竹砧板 中号", "", 1, "pdd", "拼多多", "260420260457", "蔡*", "6429", "天津", "顺丰", 4800, kit.Pill(theme.Warn, "提醒"), nil},
		{due(hm(11, 20), false), "C-02-1", "收纳箱 36L 透明", "+1 种", 2, "kuaishou", "快手", "331720269833", "姜**", "9270", "重庆", "中通", 9500, kit.Pill(theme.Alert, "告急"), []kit.Mark{{Icon: "merge"}}},
	}
	s := samples[i%len(samples)]
	return &kit.Row{ID: fmt.Sprint("o", i), Cells: []kit.Cell{
		s.due, kit.Text(s.bin), kit.Text(s.goods).With(s.more), kit.Count(s.qty), kit.ChannelDot(s.code, s.word), kit.OrderNo(s.no),
		kit.Text(s.buyer).With(s.tail), kit.Text(s.province), kit.Text(s.by), kit.Amount(s.paid), s.state, kit.Icons(s.marks...),
	}}
}

func orderRows(n int) fixedRows {
	rows := make(fixedRows, n)
	for i := range rows {
		rows[i] = orderRow(i)
	}
	return rows
}

func shippingGrid(t *testing.T, mode theme.Mode) (*kittest.Env, *kit.Grid) {
	env := kittest.New(t, mode)
	rows := orderRows(60)
	rows[8].Dim = true
	rows[10] = nil
	g := kit.NewGrid(env.Env, "grid", orderHeads(), rows, true)
	g.SetSort("due", false)
	env.Show(g, kittest.Small)
	g.SetCursor(0)
	g.Tick("o1", true)
	g.Tick("o4", true)
	return env, g
}

func TestGrid_Golden(t *testing.T) {
	for _, mode := range []theme.Mode{kittest.Light, kittest.Dark} {
		t.Run(string(mode), func(t *testing.T) {
			env, g := shippingGrid(t, mode)

			env.Hover(g, 300, 28+5*28+10)

			env.Golden("grid-" + string(mode))
		})
	}
}

func TestGrid_HiDPI_Golden(t *testing.T) {
	env, g := shippingGrid(t, kittest.Light)

	require.Equal(t, 0, g.CursorRow())
	env.GoldenAt("grid-150", 1.5)
}

package kit_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/fault"
	"zhanggui/app/i18n"
	"zhanggui/app/money"
	"zhanggui/ui/kit"
	"zhanggui/ui/kit/kittest"
	"zhanggui/ui/theme"
)

// order is the record of the list under test.
type order struct {
	n int
}

func (o order) id() string { return fmt.Sprint("o", o.n) }

// shop is a source of orders in memory that keeps what it was asked.
type shop struct {
	total   int
	asked   []kit.Query
	err     error
	exports []string
	did     []kit.Picked[order]
	opened  []order
}

func (s *shop) fetch(_ context.Context, q kit.Query) (core.Paged[order], error) {
	s.asked = append(s.asked, q)
	if s.err != nil {
		return core.Paged[order]{}, s.err
	}
	p := core.Paged[order]{Total: s.total, Sums: map[string]int64{"paid": 1786240}}
	for i := q.Page.Offset; i < min(s.total, q.Page.Offset+q.Page.Limit); i++ {
		p.Rows = append(p.Rows, order{i})
	}
	return p, nil
}

func (s *shop) spec() kit.ListSpec[order] {
	heads := orderHeads()
	titles := []string{"", "", "", "", "", "", "", "", "", "", "", ""}
	columns := make([]kit.Column[order], len(heads))
	for i, h := range heads {
		columns[i] = kit.Column[order]{
			Key: h.Key, Title: titles[i], Width: h.Width, Min: h.Min, Align: h.Align, Flex: h.Flex, Sort: h.Sort,
			Cell: func(o order) kit.Cell { return orderRow(o.n).Cells[i] },
		}
	}
	columns[3].Title, columns[9].Title, columns[2].Title = "common.count", "common.amount", "nav.products"
	columns[9].Total = func(sums map[string]int64) kit.Cell { return kit.Strong(i18n.Amount(money.Fen(sums["paid"]))) }
	return kit.ListSpec[order]{
		ID: "orders", Columns: columns, Fetch: s.fetch, RowID: order.id, Ticks: true, Sort: "due", Search: "common.search",
		Chips: []kit.ChipSpec{
			{Key: "all", Title: "common.all"},
			{Key: "late", Title: "nav.to_audit", Mark: kit.Mark{Icon: "urgent", Tone: theme.Urgent}, Line: true},
			{Key: "none", Title: "nav.returns_desk"},
		},
		Counts: func(context.Context, kit.Query) (map[string]int, error) {
			return map[string]int{"all": s.total, "late": 7, "none": 0}, nil
		},
		Filters: []kit.FilterField{
			{Key: "buyer", Label: "收件人"},
			{Key: "channel", Label: "渠道", Kind: kit.FilterChoice, Items: []kit.Item{{Value: "jd", Word: "京东"}}},
			{Key: "paid", Label: "付款日", Kind: kit.FilterDays},
			{Key: "sum", Label: "实付", Kind: kit.FilterMoney},
		},
		Actions: []kit.Action[order]{
			{ID: "audit", Title: "action.audit", Primary: true, Rows: true, Do: func(p kit.Picked[order]) { s.did = append(s.did, p) }},
			{ID: "note", Title: "action.note", Key: "F12", Rows: true, Do: func(p kit.Picked[order]) { s.did = append(s.did, p) }},
			{ID: "adjust", Title: "action.adjust", Key: "A", Need: auth.StockAdjust, Do: func(kit.Picked[order]) {}},
		},
		Open: func(o order) { s.opened = append(s.opened, o) },
		Footer: func(total int, sums map[string]int64) []string {
			return []string{fmt.Sprintf("共 %d 单", total), "实付合计 ¥" + money.Fen(sums["paid"]).Grouped()}
		},
		Chosen: func(p kit.Picked[order]) string { return fmt.Sprintf("已选 %d 单", p.Count) },
		Export: func(q kit.Query, columns []string) {
			s.exports = append(s.exports, q.Chip+":"+strings.Join(columns, ","))
		},
		Totals: true,
		Detail: func(o order) fyne.CanvasObject {
			return kit.Pad(14, 14, kit.Down(8, kit.NewLabel(kit.Group4("6928441077312056")).Pane(), kit.NewTimeline([]kit.Event{{Text: "付款", Time: "04-21 12:23"}})))
		},
	}
}

func newShopList(t *testing.T, s *shop, mode theme.Mode, size fyne.Size) (*kittest.Env, *kit.List[order]) {
	env := kittest.New(t, mode)
	list := kit.NewList(env.Env, s.spec())
	env.Show(list.Object(), size)
	list.Shown()
	list.Load()
	env.Timers.Advance(1e9)
	return env, list
}

func TestList_Golden(t *testing.T) {
	for _, mode := range []theme.Mode{kittest.Light, kittest.Dark} {
		for name, size := range map[string]fyne.Size{"1280": kittest.Small, "1440": kittest.Large} {
			t.Run(name+string(mode), func(t *testing.T) {
				env, list := newShopList(t, &shop{total: 214}, mode, size)
				env.Press("Down", "Space", "Down", "Space", "Down")

				list.SetHint(theme.Info, "186 单通过，7 单要处理", "按订单号 16 单", "")

				left, right := list.FooterText()
				require.Equal(t, "共 214 单 实付合计 ¥17,862.40", left)
				require.Equal(t, "已选 2 单 Ctrl+A 选中全部 214", right)
				env.Golden("list-" + name + "-" + string(mode))
			})
		}
	}
}

func TestList_States_Golden(t *testing.T) {
	for _, mode := range []theme.Mode{kittest.Light, kittest.Dark} {
		t.Run("empty"+string(mode), func(t *testing.T) {
			env, list := newShopList(t, &shop{}, mode, kittest.Small)
			list.Show("", "雨伞", kit.NewValues("channel", "jd", "paid", "2026-04-01..2026-04-30"))
			require.Equal(t, 0, list.Total())
			env.Golden("list-empty-" + string(mode))
		})
		t.Run("error"+string(mode), func(t *testing.T) {
			s := &shop{err: fault.New(fault.Unavailable, "fault.unavailable")}
			env, list := newShopList(t, s, mode, kittest.Small)
			require.Equal(t, 0, list.Total())
			env.Golden("list-error-" + string(mode))
		})
		t.Run("loading"+string(mode), func(t *testing.T) {
			env := kittest.New(t, mode)
			q := &kittest.Queue{}
			env.Exec = q.Exec
			list := kit.NewList(env.Env, (&shop{total: 9}).spec())
			env.Show(list.Object(), kittest.Small)
			list.Load()
			env.Timers.Advance(3e8)
			require.True(t, list.Owner().Busy())
			env.Golden("list-loading-" + string(mode))
		})
	}
}

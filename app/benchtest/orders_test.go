package benchtest

import (
	"bytes"
	"context"
	"fmt"
	"strconv"

	"github.com/stretchr/testify/require"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/ids"
	"zhanggui/app/inbox"
	"zhanggui/app/ingest/sample"
	"zhanggui/app/money"
	"zhanggui/app/orders"
	"zhanggui/app/when"
)

// The files of the import benchmarks: JD's csv in GB18030 and Xiaohongshu's
// workbook of 90 columns; both name the buyer, so that customers are kept too.
const (
	csvLayout  = "jd_orders"
	xlsxLayout = "xiaohongshu_orders"
)

// place makes n paid orders of new buyers; every fifth has two goods, so that
// 100,000 lines are 83,333 orders.
func (s *shop) place(n int) []sample.Order {
	s.b.Helper()
	s.choose()
	out := make([]sample.Order, 0, n)
	start := s.clock.Now() - when.Millis(n+10)*when.Second
	for i := range n {
		s.serial++
		at := start + when.Millis(i)*when.Second
		o := sample.Order{
			Number: fmt.Sprintf("88%011d", s.serial), State: sample.Paid, Shop: "山海家居", Buyer: "bench_" + strconv.Itoa(s.serial), Receiver: "林小满",
			Phone: fmt.Sprintf("138%08d", s.serial), Province: "广东省", City: "广州市", District: "越秀区",
			Address: fmt.Sprintf("某街道某路%d号某小区%d栋", s.serial%997, s.serial%31), CreatedAt: at, PaidAt: at + when.Minute, ShipBy: at + 2*when.DaySpan,
		}
		o.Lines = append(o.Lines, s.line(s.serial, 1+int64(s.serial%2)))
		if i%5 == 0 {
			o.Lines = append(o.Lines, s.line(s.serial+1, 1))
		}
		out = append(out, o)
	}
	return out
}

func (s *shop) line(i int, qty int64) sample.Line {
	g := s.goods[i*7919%len(s.goods)]
	return sample.Line{Code: g.SKU, PlatformSKU: "77" + g.SKU, Title: g.Title, Spec: g.Spec, Qty: qty, UnitFen: money.Fen(1990 + i%50*100)}
}

// ordersOf is how many orders have that many lines.
func ordersOf(lines int) int { return lines * 5 / 6 }

// file writes orders in a layout.
func (s *shop) file(layout string, list []sample.Order) inbox.Source {
	s.b.Helper()
	var buf bytes.Buffer
	require.NoError(s.b, sample.Write(layout, list, &buf))
	name := map[string]string{csvLayout: "orders.csv", xlsxLayout: "orders.xlsx"}[layout]
	return inbox.Source{Path: name, Data: bytes.NewReader(buf.Bytes()), Size: int64(buf.Len())}
}

// bring imports a file; every row must be taken.
func (s *shop) bring(src inbox.Source) inbox.Result {
	s.b.Helper()
	plan := s.preview(src)
	done, err := s.Inbox.Commit(s.as(auth.Service), plan, nil)
	require.NoError(s.b, err)
	require.Zero(s.b, done.Import.Rejected)
	require.EqualValues(s.b, len(plan.File.Orders), done.Import.New)
	return done
}

func (s *shop) preview(src inbox.Source) *inbox.Plan {
	s.b.Helper()
	plan, err := s.Inbox.Preview(s.as(auth.Service), src, inbox.Target{}, nil)
	require.NoError(s.b, err)
	require.Empty(s.b, plan.File.Rejected)
	return plan
}

// order is what a scanning clerk has in hand.
type order struct {
	id     ids.OrderID
	number string
}

// arrive brings in n orders that pass every check, and gives them as they wait
// to be audited.
func (s *shop) arrive(n int) []order {
	s.b.Helper()
	list := s.place(n)
	done := s.bring(s.file(csvLayout, list))
	keys := make([]core.OrderKey, n)
	for i := range list {
		keys[i] = core.OrderKey{Shop: done.Import.Shop, Number: list[i].Number}
	}
	out := make([]order, n)
	s.read(func(r core.Reads) error {
		found, err := r.Orders().FindByKeys(keys)
		for i, k := range keys {
			require.Contains(s.b, found, k)
			out[i] = order{found[k], k.Number}
		}
		return err
	})
	return out
}

// pass lets orders through to the warehouse.
func (s *shop) pass(list []order) {
	s.b.Helper()
	chosen := make([]ids.OrderID, len(list))
	for i, o := range list {
		chosen[i] = o.id
	}
	result, err := s.Orders.Pass(s.as(auth.Service), orders.PassCmd{Orders: chosen}, nil)
	require.NoError(s.b, err)
	require.Equal(s.b, len(list), result.Passed, "%v", result.Reasons)
}

// toShip brings in n orders and passes them.
func (s *shop) toShip(n int) []order {
	s.b.Helper()
	s.stockUp()
	list := s.arrive(n)
	s.pass(list)
	return list
}

// background is a context for reading past the rights.
func background() context.Context { return context.Background() }

package benchtest

import (
	"database/sql"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/when"
)

// keptSums is the least that shows the stock of every SKU.
const keptSums = `SELECT k.id, k.code, p.title, k.spec, k.bin, k.kit, l.on_hand, l.reserved, l.unavailable, l.incoming, l.value_fen
	FROM skus k JOIN products p ON p.id = k.product_id LEFT JOIN stock_levels l ON l.sku_id = k.id AND l.warehouse = 'main' ORDER BY k.code_key`

// BenchmarkB6_Stock reads the stock of every SKU as the screen does, page by
// page, beside one scan of the kept sums; and stock and value of a past day.
func BenchmarkB6_Stock(b *testing.B) {
	each(b, func(b *testing.B, s *shop) {
		f := s.floor()
		n := 0
		kept := func(int) {
			n = 0
			f.each(func(rows *sql.Rows) error {
				var id []byte
				var code, title, spec, bin string
				var kit bool
				var v [5]sql.NullInt64
				n++
				return rows.Scan(&id, &code, &title, &spec, &bin, &kit, &v[0], &v[1], &v[2], &v[3], &v[4])
			}, keptSums)
		}
		now := func(int) {
			require.Equal(b, n, s.stockPages(func(q core.Query) (core.Paged[core.StockRow], error) { return s.Stock.List(s.as(auth.Finance), q) }))
		}
		past := s.clock.Now().Day().Add(-150)
		kept(0)
		now(0)
		settle()
		a, z := turns(rounds, s.server, now, kept)
		o, g := median(cpus(a)), median(cpus(z))
		rows := []row{row{
			id: "B6", work: "stock of all SKUs, page by page; CPU", ours: ms(o) + ", " + ms(median(walls(a))) + " wall (" + grouped(n) + " rows)",
			floor: ms(g), ratio: times(ratio(o, g)), goal: s.goal(2),
		}.judged(ratio(o, g), s.limit(2))}
		rows = append(rows, s.past(b, "stock and value of all SKUs as of a past day, page by page; CPU", func() {
			require.Equal(b, n, s.stockPages(func(q core.Query) (core.Paged[core.StockRow], error) {
				return s.Stock.AsOf(s.as(auth.Finance), past, q)
			}))
		}), s.past(b, "report of stock value as of a past day; CPU", func() { s.valueOf(past) }))
		figures.add(b, s.of, rows...)
	})
}

// past measures something that has 300 ms.
func (s *shop) past(b *testing.B, work string, fn func()) row {
	b.Helper()
	fn()
	settle()
	var list []cost
	for range rounds {
		list = append(list, measure(s.server, fn))
	}
	o := median(cpus(list))
	return row{id: "B6", work: work, ours: ms(o) + ", " + ms(median(walls(list))) + " wall", goal: "≤ 300 ms CPU"}.within(o, 300*time.Millisecond)
}

func (s *shop) valueOf(day when.Day) {
	s.read(func(r core.Reads) error {
		list, err := r.Reports().StockValue(day)
		require.NotEmpty(s.b, list)
		return err
	})
}

// stockPages reads a stock list to its end.
func (s *shop) stockPages(list func(q core.Query) (core.Paged[core.StockRow], error)) (n int) {
	for offset := 0; ; offset += core.PageLimit {
		found, err := list(core.Query{Page: core.Page{Offset: offset, Limit: core.PageLimit}})
		require.NoError(s.b, err)
		n += len(found.Rows)
		if len(found.Rows) < core.PageLimit {
			return n
		}
	}
}

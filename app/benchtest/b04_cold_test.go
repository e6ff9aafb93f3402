package benchtest

import (
	"testing"
	"time"

	"zhanggui/app/core"
)

// BenchmarkB4_Cold shows the first pages after the computer was started: nothing
// of the file is in memory, no statement is prepared. What it takes is the
// disk's, so that it is shown and not judged.
func BenchmarkB4_Cold(b *testing.B) {
	once(b, func(b *testing.B, s *shop) {
		t := s.target()
		looks := func(s *shop) []look {
			return []look{
				s.orders(core.Query{Totals: true}).called("all orders: open"),
				s.orders(core.Query{Chip: "open", Totals: true}).called("shipping board: open"),
				s.orders(core.Query{Search: t.Number, Totals: true}).called("search for an order number"),
				s.orders(core.Query{Page: core.Page{Offset: s.of.orders / 2}, Totals: true}).called("all orders: page in the middle"),
			}
		}
		spent := map[string][]time.Duration{}
		for range rounds {
			for i := range looks(s) {
				within(b, func(tb testing.TB) {
					again := openShop(tb, s.of.engine, s.dsn)
					l := looks(again)[i]
					if forget(s.dsn) {
						spent[l.work] = append(spent[l.work], measure(nil, func() { l.fn() }).wall)
					}
				})
			}
		}
		var rows []row
		for _, l := range looks(s) {
			if list := spent[l.work]; len(list) > 0 {
				rows = append(rows, row{
					id: "B4", work: l.work + ", cold file cache; wall", ours: ms(median(list)) + ", longest " + ms(percentile(list, 100)), goal: "–", met: "shown only",
				})
			}
		}
		figures.add(b, s.of, rows...)
	})
}

package benchtest

import (
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/reporting"
)

// toChart is the time in which the rows behind one chart must be there.
const toChart = 150 * time.Millisecond

// BenchmarkB7_Charts reads the rows behind each chart of the charts page, over
// the usual 30 days and over the longest period on offer, 90 days. The periods
// begin within a month: the days at both ends come from single rows.
func BenchmarkB7_Charts(b *testing.B) {
	each(b, func(b *testing.B, s *shop) {
		ctx, today := s.as(auth.Finance), s.clock.Now().Day()
		var rows []row
		for _, days := range []int{30, 90} {
			p := reporting.Period{From: today.Add(1 - days), To: today}
			for _, c := range []struct {
				chart string
				read  func() (n int, err error)
			}{
				{"sales trend", func() (int, error) { t, err := s.Reporting.TrendReport(ctx, p); return len(t.Rows), err }},
				{"channels", func() (int, error) { t, err := s.Reporting.ChannelReport(ctx, p); return len(t.Rows), err }},
				{"products", func() (int, error) {
					t, err := s.Reporting.SalesReport(ctx, p, core.BySKU)
					return len(t.Rows), err
				}},
				{"paid hours", func() (int, error) { t, err := s.Reporting.HourReport(ctx, p); return int(t.Total.Sum), err }},
				{"on time", func() (int, error) { t, err := s.Reporting.OnTimeReport(ctx, p); return len(t.Rows), err }},
				{"stock value", func() (int, error) { t, err := s.Reporting.StockReport(ctx, ""); return len(t.Rows), err }},
			} {
				o, text := s.looked(look{fn: func() int {
					n, err := c.read()
					require.NoError(b, err)
					require.NotZero(b, n, c.chart)
					return n
				}})
				rows = append(rows, row{
					id: "B7", work: "rows of the chart " + c.chart + ", " + strconv.Itoa(days) + " days", ours: text, goal: "≤ 150 ms CPU",
				}.within(o, toChart))
			}
		}
		figures.add(b, s.of, rows...)
	})
}

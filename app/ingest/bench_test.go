package ingest_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/ingest"
	"zhanggui/app/ingest/sample"
	"zhanggui/app/ingest/sheet"
	"zhanggui/app/when"
)

// manyOrders makes n orders of one line (every fifth has two).
func manyOrders(n int) []sample.Order {
	out := make([]sample.Order, 0, n)
	start := when.At(2026, 1, 1, 0, 0, 0)
	for i := range n {
		at := start + when.Millis(i)*37*when.Second
		o := sample.Order{
			Number: fmt.Sprintf("69%017d", i), State: sample.State(1 + i%3), Receiver: "林**", Phone: fmt.Sprintf("138****%04d", i%10000), Province: "广东省", City: "广州市",
			District: "越秀区", Address: fmt.Sprintf("某街道某路%d号某小区%d栋", i%997, i%31), CreatedAt: at, PaidAt: at + when.Minute, ShippedAt: at + when.Hour, ShipBy: at + 2*when.DaySpan,
			FreightFen: 600, ShopDiscountFen: 500, Waybill: fmt.Sprintf("YT%013d", i), Courier: "圆通速递", BuyerNote: "尽快发货",
			Lines: []sample.Line{{Code: fmt.Sprintf("SKU-%04d", i%2000), PlatformSKU: fmt.Sprintf("77%012d", i%2000), Title: fmt.Sprintf("山前红茶 礼盒装 %d 号", i%2000), Spec: "颜色:红;规格:大", Qty: 1 + int64(i%3), UnitFen: 5900}},
		}
		if i%5 == 0 {
			o.Lines = append(o.Lines, sample.Line{Code: "CUP-1", PlatformSKU: "7700", Title: "白瓷杯", Qty: 1, UnitFen: 3350})
		}
		out = append(out, o)
	}
	return out
}

// lines100k is 100,000 goods lines in 83,334 orders.
func lines100k(b *testing.B, key string) []byte {
	b.Helper()
	var buf bytes.Buffer
	require.NoError(b, sample.Write(key, manyOrders(83_334), &buf))
	return buf.Bytes()
}

// BenchmarkRead reads 100,000 goods lines; the floor of the csv is the standard
// library splitting the same bytes, of the xlsx the rows alone.
func BenchmarkRead(b *testing.B) {
	for _, c := range []struct{ name, key string }{{"csv-74-columns", "douyin_orders"}, {"xlsx-61-columns", "kuaishou_orders"}} {
		data := lines100k(b, c.key)
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			var rows int
			var peak uint64
			for b.Loop() {
				f, err := ingest.Read(context.Background(), "f", bytes.NewReader(data), int64(len(data)), ingest.Options{})
				require.NoError(b, err)
				require.Empty(b, f.Rejected)
				rows = f.RowCount
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				peak = max(peak, m.HeapInuse)
			}
			b.ReportMetric(float64(rows), "rows")
			b.ReportMetric(float64(peak>>20), "heap-MB")
		})
		b.Run(c.name+"-rows-only", func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				book, err := sheet.Open("f", bytes.NewReader(data), int64(len(data)), sheet.DefaultLimits())
				require.NoError(b, err)
				require.NoError(b, book.Rows(context.Background(), 0, func(sheet.Row) error { return nil }))
				require.NoError(b, book.Close())
			}
		})
		if c.key == "douyin_orders" {
			b.Run(c.name+"-encoding/csv", func(b *testing.B) {
				b.SetBytes(int64(len(data)))
				for b.Loop() {
					r := csv.NewReader(bytes.NewReader(data))
					r.ReuseRecord, r.LazyQuotes = true, true
					for {
						if _, err := r.Read(); err != nil {
							break
						}
					}
				}
			})
		}
	}
}

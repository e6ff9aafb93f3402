package ingest_test

import (
	"bytes"
	"context"
	"io"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/i18n"
	"zhanggui/app/ingest"
	"zhanggui/app/ingest/sample"
	"zhanggui/app/money"
)

// FuzzRead feeds any bytes: no panic, every data row in an order or refused
// with its reason, amounts that add up, and rejected rows that can be written.
func FuzzRead(f *testing.F) {
	for _, key := range sample.Layouts() {
		var b bytes.Buffer
		require.NoError(f, sample.Write(key, sampleOrders()[1:4], &b))
		f.Add(b.Bytes())
	}
	f.Add(retailFile().csv())
	f.Add([]byte("运单号,订单编号,揽件时间,发货时间\nYT1,\"1,2\",,2026-05-01\n"))
	f.Add([]byte("规格编码,商品名称,商品编码,重量(克)\nA,茶,P,1kg\n"))
	f.Add([]byte("规格编码,期初数量,期初金额(总值)\nA,1,2\n"))
	retail := retailMapping()
	chinese := i18n.New(i18n.Chinese)
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := ingest.Read(context.Background(), "f", bytes.NewReader(data), int64(len(data)), ingest.Options{Mappings: []ingest.Mapping{retail}, MaxRows: 500})
		if err != nil {
			require.NotNil(t, file)
			return
		}
		checkWhole(t, file)
		require.NoError(t, ingest.WriteRejected(io.Discard, file, chinese))
	})
}

// checkWhole holds for every file that was read.
func checkWhole(t *testing.T, f *ingest.File) {
	t.Helper()
	numbers := map[string]bool{}
	for i := range f.Orders {
		o := &f.Orders[i]
		require.NotEmpty(t, o.Number)
		require.False(t, numbers[o.Number], "an order number stands once")
		numbers[o.Number] = true
		require.NotEmpty(t, o.Rows)
		keys := map[string]bool{}
		for k := range o.Lines {
			l := &o.Lines[k]
			require.True(t, l.Qty > 0 || l.QtyUnknown)
			require.False(t, keys[l.Key()], "a line key stands once in its order")
			keys[l.Key()] = true
			require.LessOrEqual(t, l.NetFen, money.Max)
		}
	}
	for _, e := range f.Rejected {
		require.NotEmpty(t, e.Code)
		require.Equal(t, ingest.Reasons()[e.Code], e.Key)
		require.Positive(t, e.Row)
		require.Greater(t, e.Row, f.HeaderRow*boolInt(e.Sheet == f.Sheet))
		require.False(t, e.Order != "" && numbers[e.Order] && e.Sheet == f.Sheet && f.Kind == ingest.KindOrders, "a refused order is not accepted too")
	}
	if f.Kind == ingest.KindOrders && len(f.Rejected) == 0 {
		for _, total := range f.Totals {
			require.Equal(t, total.Sum, total.Accepted, total.Column)
		}
	}
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

package ingest_test

import (
	"bytes"
	"context"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zhanggui/app/domain"
	"zhanggui/app/ingest"
	"zhanggui/app/ingest/sample"
	"zhanggui/app/money"
	"zhanggui/app/when"
)

// readBytes reads a file from memory.
func readBytes(t *testing.T, name string, data []byte, opt ingest.Options) *ingest.File {
	t.Helper()
	f, err := ingest.Read(context.Background(), name, bytes.NewReader(data), int64(len(data)), opt)
	require.NoError(t, err)
	return f
}

func tryBytes(data []byte, opt ingest.Options) (*ingest.File, error) {
	return ingest.Read(context.Background(), "file", bytes.NewReader(data), int64(len(data)), opt)
}

func clock(day, hour, min int) when.Millis { return when.At(2026, time.May, day, hour, min, 7) }

// sampleOrders is one order per state, with one or two lines and all amounts.
func sampleOrders() []sample.Order {
	var out []sample.Order
	for state := sample.Unpaid; state <= sample.Refunded; state++ {
		n := int(state) + 1
		o := sample.Order{
			Number: "26051" + strconv.Itoa(n) + "-60719897434226" + strconv.Itoa(n), State: state, Shop: "山前小店", Buyer: "buyer" + strconv.Itoa(n),
			Receiver: "林 小满", Phone: "1380000111" + strconv.Itoa(n), Province: "广东省", City: "广州市", District: "越秀区", Address: "梅花路1号2单元",
			Postcode: "510180", Country: "CN", BuyerNote: "不要香菜", SellerNote: "老客", CreatedAt: clock(n, 10, 0), PaidAt: clock(n, 10, 5),
			ShippedAt: clock(n, 18, 0), ShipBy: clock(n+2, 10, 5), FreightFen: 600, ShopDiscountFen: 501, PlatformDiscountFen: 299,
			Waybill: "YT880000000000" + strconv.Itoa(n), Courier: "圆通速递",
			Lines: []sample.Line{{Code: "TEA-0" + strconv.Itoa(n), PlatformSKU: "77001", Title: "山前红茶 250克", Spec: "颜色:红;规格:大", Qty: 2, UnitFen: 5900}},
		}
		if n%2 == 0 {
			o.Lines = append(o.Lines, sample.Line{Code: "CUP-1", PlatformSKU: "77002", Title: "白瓷杯", Spec: "单只", Qty: 1, UnitFen: 3350})
		}
		out = append(out, o)
	}
	return out
}

// holds says what a layout cannot tell.
type holds struct{ noLines, noCodes, noNet, noPlatform, noWaybill, noPhone, noAddress, noShipBy bool }

var layoutHolds = map[string]holds{
	"taobao_orders":      {noLines: true, noShipBy: true},
	"taobao_items":       {noShipBy: true, noPhone: true, noAddress: true},
	"jd_orders":          {noNet: true, noWaybill: true, noShipBy: true},
	"pdd_orders":         {},
	"douyin_orders":      {noWaybill: true},
	"wechat_orders":      {noShipBy: true},
	"kuaishou_orders":    {},
	"xiaohongshu_orders": {},
	"youzan_orders":      {noCodes: true, noWaybill: true, noShipBy: true},
	"shopify_orders":     {noNet: true, noPlatform: true, noWaybill: true, noShipBy: true},
	"woo_lines":          {noNet: true, noPlatform: true, noWaybill: true, noShipBy: true},
	"woo_legacy":         {noPlatform: true, noWaybill: true, noShipBy: true},
	"woo_analytics":      {noCodes: true, noPlatform: true, noWaybill: true, noPhone: true, noAddress: true, noShipBy: true},
}

func TestRead_EveryLayout_SampleFile_ExactOrders(t *testing.T) {
	t.Parallel()
	require.Len(t, layoutHolds, len(sample.Layouts()))
	for _, key := range sample.Layouts() {
		t.Run(key, func(t *testing.T) {
			t.Parallel()
			h, ok := layoutHolds[key]
			require.True(t, ok)
			orders := sampleOrders()
			var buf bytes.Buffer
			require.NoError(t, sample.Write(key, orders, &buf))

			f := readBytes(t, "x.csv", buf.Bytes(), ingest.Options{ShopCurrency: "CNY"})

			require.Empty(t, f.Rejected)
			require.Equal(t, key, f.Layout)
			require.Equal(t, 1, f.HeaderRow)
			require.Len(t, f.Orders, len(orders))
			for i := range orders {
				compare(t, h, &orders[i], &f.Orders[i])
			}
			for _, total := range f.Totals {
				require.Equal(t, total.Sum, total.Accepted, total.Column)
			}
			require.Equal(t, when.Day("2026-05-01"), f.FirstDay)
			require.Equal(t, when.Day("2026-05-06"), f.LastDay)
		})
	}
}

func compare(t *testing.T, h holds, want *sample.Order, got *ingest.OrderDraft) {
	t.Helper()
	require.Equal(t, want.Number, got.Number)
	compareFacts(t, h, want, got)
	require.Equal(t, want.CreatedAt.Minute(), got.CreatedAt.Minute())
	if !h.noAddress {
		require.Equal(t, [4]string{want.Province, want.City}, [4]string{got.Province, got.City})
		require.Equal(t, want.Address, got.Address)
		require.Equal(t, "林 小满", got.Receiver)
	}
	if !h.noPhone {
		require.Equal(t, want.Phone, got.Phone)
		require.Equal(t, want.BuyerNote, got.BuyerNote)
	}
	if !h.noShipBy {
		require.Equal(t, want.ShipBy, got.ShipBy)
	}
	if h.noLines {
		require.False(t, got.Has.Lines)
		require.Empty(t, got.Lines)
		return
	}
	require.True(t, got.Has.Lines)
	require.Len(t, got.Lines, len(want.Lines))
	for i, l := range want.Lines {
		g := got.Lines[i]
		require.Equal(t, l.Title, g.Title)
		require.Equal(t, l.Qty, g.Qty)
		require.False(t, g.QtyUnknown)
		if !h.noCodes {
			require.Equal(t, l.Code, g.Code)
		}
		require.Equal(t, 1, g.Occurrence)
	}
	compareMoney(t, h, want, got)
}

func compareFacts(t *testing.T, h holds, want *sample.Order, got *ingest.OrderDraft) {
	t.Helper()
	sent := want.State == sample.Shipped || want.State == sample.Completed
	pay := domain.PayPaid
	switch want.State {
	case sample.Unpaid, sample.Closed:
		pay = domain.PayUnpaid
	case sample.Refunded:
		pay = domain.PayRefunded
	}
	require.Equal(t, pay, got.Facts.Payment, got.Facts.Words)
	require.Equal(t, sent, got.Facts.Shipped, got.Facts.Words)
	require.Equal(t, want.State == sample.Closed || want.State == sample.Refunded, got.Facts.Cancelled, got.Facts.Words)
	require.False(t, got.Facts.RefundAsked)
	require.NotEmpty(t, got.Facts.Words)
	if !h.noWaybill && sent {
		require.Equal(t, want.Waybill, got.Facts.Waybill)
		require.Equal(t, want.Courier, got.Facts.Courier)
	}
}

// compareMoney: what the lines earn and the freight are what buyer and platform pay.
func compareMoney(t *testing.T, h holds, want *sample.Order, got *ingest.OrderDraft) {
	t.Helper()
	var net, platform money.Fen
	for _, l := range got.Lines {
		net += l.NetFen
		platform += l.PlatformFen
	}
	single := len(want.Lines) == 1 && got.Has.LineNet
	if h.noNet || !got.Has.LineNet {
		require.False(t, got.Has.LineNet)
		require.NotEqual(t, single, true)
	} else {
		earned := want.ReceivedFen() - want.FreightFen
		if h.noPlatform {
			earned -= want.PlatformDiscountFen
		}
		require.Equal(t, earned, net)
		if !h.noPlatform && got.Has.Paid {
			require.Equal(t, want.PlatformDiscountFen, platform)
		}
	}
	if got.Has.Paid && got.Has.Freight && got.Facts.Payment == domain.PayPaid {
		require.Equal(t, want.PaidFen(), got.PaidFen)
		if !h.noPlatform {
			require.Equal(t, want.ReceivedFen(), got.PaidFen+got.PlatformDiscountFen)
		}
	}
	if got.Facts.Payment == domain.PayUnpaid {
		require.Zero(t, got.PaidFen)
	}
}

package domain_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
	"zhanggui/app/money"
	"zhanggui/app/when"
)

type skuT = ids.SKUID

func skuID(n byte) ids.SKUID   { return ids.SKUID{15: n} }
func lineID(n byte) ids.LineID { return ids.LineID{15: n} }

// order makes a paid order of two mapped, reserved lines: 3 pieces for 20.00, 1 for 10.00.
func order() *domain.Order {
	o := &domain.Order{
		ID: ids.OrderID{1}, ShopID: ids.ShopID{1}, Channel: "tmall", Number: "3317220455819560", BuyerKey: "b1",
		Receiver:  domain.Receiver{Name: "沈佳", Phone: "13800004417", Province: "浙江", City: "杭州", Address: "学府街 1 号"},
		CreatedAt: when.At(2026, 4, 22, 9, 0, 0), PaidAt: when.At(2026, 4, 22, 9, 5, 0), NetFen: 3000, PaidFen: 3000,
		Lines: []domain.Line{
			{ID: lineID(1), Pos: 1, Title: "雨伞", Qty: 3, NetFen: 2000, SKU: skuID(1), Parts: []domain.Part{{SKU: skuID(1), Qty: 1, Reserved: 3}}},
			{ID: lineID(2), Pos: 2, Title: "毛巾", Qty: 1, NetFen: 1000, SKU: skuID(2), Parts: []domain.Part{{SKU: skuID(2), Qty: 1, Reserved: 1}}},
		},
	}
	o.Adopt(domain.PlatformFacts{Payment: domain.PayPaid})
	return o
}

func passed(t *testing.T) *domain.Order {
	t.Helper()
	o := order()
	o.Recheck(domain.Surroundings{})
	require.NoError(t, o.Pass(when.At(2026, 4, 22, 10, 0, 0)))
	return o
}

const noon = when.Millis(1776830400000)

func TestPass_BlockedByNote_NamesTheCheck(t *testing.T) {
	t.Parallel()
	o := order()
	o.BuyerNote = "送人用"
	o.Recheck(domain.Surroundings{})

	err := o.Pass(noon)

	require.Equal(t, "fault.order.blocked", fault.Key(err))
	require.Equal(t, domain.CheckBuyerNote, o.FirstBlocking().Code)
}

func TestRecheck_EveryCheck_Found(t *testing.T) {
	t.Parallel()
	cases := map[domain.CheckCode]func(o *domain.Order, s *domain.Surroundings){
		domain.CheckLinesMissing:  func(o *domain.Order, _ *domain.Surroundings) { o.Lines = nil },
		domain.CheckNoSKU:         func(o *domain.Order, _ *domain.Surroundings) { o.Lines[0].SKU = ids.SKUID{} },
		domain.CheckQtyUnknown:    func(o *domain.Order, _ *domain.Surroundings) { o.Lines[0].QtyUnknown = true },
		domain.CheckShort:         func(_ *domain.Order, s *domain.Surroundings) { s.Short = []string{"A"} },
		domain.CheckBuyerNote:     func(o *domain.Order, _ *domain.Surroundings) { o.BuyerNote = "急" },
		domain.CheckAddress:       func(o *domain.Order, _ *domain.Surroundings) { o.Receiver.Phone = " " },
		domain.CheckAmount:        func(o *domain.Order, _ *domain.Surroundings) { o.NetFen++ },
		domain.CheckRefundAsked:   func(o *domain.Order, _ *domain.Surroundings) { o.Platform.RefundAsked = true },
		domain.CheckDuplicate:     func(_ *domain.Order, s *domain.Surroundings) { s.Duplicate = "x" },
		domain.CheckMerge:         func(_ *domain.Order, s *domain.Surroundings) { s.MergeWith = "x" },
		domain.CheckCODCall:       func(o *domain.Order, _ *domain.Surroundings) { o.COD = true },
		domain.CheckPlatformAhead: func(o *domain.Order, _ *domain.Surroundings) { o.Platform.Shipped = true },
		domain.CheckFileConflict:  func(_ *domain.Order, s *domain.Surroundings) { s.Conflicted = true },
	}
	for code, spoil := range cases {
		t.Run(string(code), func(t *testing.T) {
			t.Parallel()
			o, s := order(), domain.Surroundings{}
			spoil(o, &s)

			o.Recheck(s)

			require.Len(t, o.Checks, 1)
			require.Equal(t, code, o.Checks[0].Code)
			require.Equal(t, code != domain.CheckMerge, o.Checks[0].Blocking)
		})
	}
}

func TestRelease_StaysWhileReasonStays_EndsWhenItChanges(t *testing.T) {
	t.Parallel()
	o := order()
	o.BuyerNote = "送人用"
	o.Recheck(domain.Surroundings{})
	require.NoError(t, o.Release(domain.CheckBuyerNote, "已联系"))

	o.Recheck(domain.Surroundings{})
	require.Nil(t, o.FirstBlocking())

	o.BuyerNote = "改地址"
	o.Recheck(domain.Surroundings{})
	require.NotNil(t, o.FirstBlocking())
}

func TestRelease_NeedsReasonAndKind(t *testing.T) {
	t.Parallel()
	o := order()
	o.Lines[0].SKU = ids.SKUID{}
	o.Recheck(domain.Surroundings{})

	require.Equal(t, "fault.check.reason", fault.Key(o.Release(domain.CheckNoSKU, " ")))
	require.Equal(t, "fault.check.not_releasable", fault.Key(o.Release(domain.CheckNoSKU, "ok")))
	require.Equal(t, "fault.check.not_failed", fault.Key(o.Release(domain.CheckAmount, "ok")))
}

func TestShip_InParts_RevenueIsExact(t *testing.T) {
	t.Parallel()
	o := passed(t)
	l := &o.Lines[0] // 20.00 over 3 pieces: 6.67, 6.66, 6.67

	var sum money.Fen
	for i := 0; i < 3; i++ {
		part, err := o.Ship(l, 1, noon)
		require.NoError(t, err)
		sum += part
		require.Equal(t, domain.FulPart, o.Fulfil)
	}
	_, err := o.Ship(&o.Lines[1], 1, noon)

	require.NoError(t, err)
	require.Equal(t, money.Fen(2000), sum)
	require.Equal(t, domain.FulShipped, o.Fulfil)
	require.Equal(t, domain.StageShipped, o.Stage())
	require.Zero(t, l.Parts[0].Reserved)
}

func TestShip_Refused_WithReason(t *testing.T) {
	t.Parallel()
	cases := map[string]func(o *domain.Order) (qty int64){
		"fault.order.not_audited":  func(o *domain.Order) int64 { require.NoError(t, o.Renew()); return 1 },
		"fault.order.too_many":     func(*domain.Order) int64 { return 4 },
		"fault.order.refund_asked": func(o *domain.Order) int64 { o.Platform.RefundAsked = true; return 1 },
		"fault.order.cancelled": func(o *domain.Order) int64 {
			require.NoError(t, o.Cancel())
			return 1
		},
	}
	for key, spoil := range cases {
		t.Run(key, func(t *testing.T) {
			o := passed(t)
			qty := spoil(o)

			_, err := o.Ship(&o.Lines[0], qty, noon)

			require.Equal(t, key, fault.Key(err))
		})
	}
}

func TestShip_RefundBeforeShipping_LessRevenue(t *testing.T) {
	t.Parallel()
	o := passed(t)
	o.RefundFen = 600
	o.ShareRefund() // by net: 4.00 and 2.00

	part, err := o.Ship(&o.Lines[0], 3, noon)

	require.NoError(t, err)
	require.Equal(t, money.Fen(1600), part)
}

func TestReturn_NotMoreThanShipped(t *testing.T) {
	t.Parallel()
	o := passed(t)
	_, err := o.Ship(&o.Lines[0], 2, noon)
	require.NoError(t, err)

	require.Equal(t, "fault.order.return_too_many", fault.Key(o.Return(&o.Lines[0], 3)))
	require.NoError(t, o.Return(&o.Lines[0], 2))
	require.Equal(t, "fault.order.return_too_many", fault.Key(o.Return(&o.Lines[0], 1)))
}

func TestCancel_AfterPartLeft_Refused(t *testing.T) {
	t.Parallel()
	o := passed(t)
	_, err := o.Ship(&o.Lines[0], 1, noon)
	require.NoError(t, err)

	require.Equal(t, "fault.order.part_shipped", fault.Key(o.Cancel()))
}

func TestUnship_BringsEverythingBack(t *testing.T) {
	t.Parallel()
	o := passed(t)
	_, err := o.Ship(&o.Lines[0], 3, noon)
	require.NoError(t, err)

	require.NoError(t, o.Unship(&o.Lines[0], 3))

	require.Equal(t, domain.FulReserved, o.Fulfil)
	require.Zero(t, o.ShippedAt)
	require.Equal(t, int64(3), o.Lines[0].Parts[0].Reserved)
}

func TestStartClock_TargetAndLimit(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name          string
		spoil         func(o *domain.Order)
		shipBy        when.Millis
		target, limit when.Millis
	}{
		{"paid", func(*domain.Order) {}, 0, when.At(2026, 4, 23, 9, 5, 0), when.At(2026, 4, 24, 9, 5, 0)},
		{"platform's date wins", func(*domain.Order) {}, when.At(2026, 4, 22, 20, 0, 0), when.At(2026, 4, 22, 20, 0, 0), when.At(2026, 4, 22, 20, 0, 0)},
		{"unpaid has none", func(o *domain.Order) { o.Payment, o.PaidAt = domain.PayUnpaid, 0 }, 0, 0, 0},
		{
			"on delivery from creation", func(o *domain.Order) { o.Payment, o.PaidAt, o.COD = domain.PayUnpaid, 0, true }, 0,
			when.At(2026, 4, 23, 9, 0, 0), when.At(2026, 4, 24, 9, 0, 0),
		},
		{"presale to its date", func(o *domain.Order) { o.Presale = true }, when.At(2026, 5, 20, 0, 0, 0), when.At(2026, 5, 20, 0, 0, 0), when.At(2026, 5, 20, 0, 0, 0)},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			o := order()
			c.spoil(o)

			o.StartClock(domain.Promise{Target: 24 * when.Hour, Limit: 48 * when.Hour}, c.shipBy)

			require.Equal(t, c.target.String(), o.TargetAt.String())
			require.Equal(t, c.limit.String(), o.LimitAt.String())
		})
	}
}

func TestStartClock_ChangedSetting_MovesNothing(t *testing.T) {
	t.Parallel()
	o := order()
	o.StartClock(domain.Promise{Target: 24 * when.Hour, Limit: 48 * when.Hour}, 0)
	was := o.LimitAt

	o.StartClock(domain.Promise{Target: when.Hour, Limit: 2 * when.Hour}, 0)

	require.Equal(t, was, o.LimitAt)
}

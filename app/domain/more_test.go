package domain_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
	"zhanggui/app/money"
	"zhanggui/app/when"
)

func TestStage_EveryWalk(t *testing.T) {
	t.Parallel()
	cases := map[domain.Stage]func(o *domain.Order){
		domain.StageUnpaid:    func(o *domain.Order) { o.Adopt(domain.PlatformFacts{}) },
		domain.StageToAudit:   func(*domain.Order) {},
		domain.StageException: func(o *domain.Order) { require.NoError(t, o.Except()) },
		domain.StageHold:      func(o *domain.Order) { require.NoError(t, o.Hold(0, "等")) },
		domain.StageToShip:    func(o *domain.Order) { require.NoError(t, o.Pass(noon)) },
		domain.StagePart: func(o *domain.Order) {
			require.NoError(t, o.Pass(noon))
			_, err := o.Ship(&o.Lines[0], 1, noon)
			require.NoError(t, err)
		},
		domain.StageShipped: func(o *domain.Order) { shipAll(t, o) },
		domain.StageReturned: func(o *domain.Order) {
			shipAll(t, o)
			for i := range o.Lines {
				require.NoError(t, o.Return(&o.Lines[i], o.Lines[i].ShippedQty))
			}
		},
		domain.StageCompleted: func(o *domain.Order) { o.Adopt(domain.PlatformFacts{Payment: domain.PayPaid, Completed: true}) },
		domain.StageCancelled: func(o *domain.Order) { o.Adopt(domain.PlatformFacts{Payment: domain.PayRefunded}) },
	}
	for _, want := range domain.Stages {
		t.Run(string(want), func(t *testing.T) {
			require.Contains(t, cases, want)
			o := order()
			cases[want](o)
			require.Equal(t, want, o.Stage())
		})
	}
}

func shipAll(t *testing.T, o *domain.Order) {
	t.Helper()
	require.NoError(t, o.Pass(noon))
	for i := range o.Lines {
		_, err := o.Ship(&o.Lines[i], o.Lines[i].Open(), noon)
		require.NoError(t, err)
	}
}

func TestOrder_ClosedOrShipped_RefusesWork(t *testing.T) {
	t.Parallel()
	shipped := order()
	shipAll(t, shipped)
	for key, o := range map[string]*domain.Order{
		"fault.order.already_shipped": shipped,
		"fault.order.external": func() *domain.Order {
			o := order()
			o.Adopt(domain.PlatformFacts{Payment: domain.PayPaid, Shipped: true})
			return o
		}(),
	} {
		require.Equal(t, key, fault.Key(o.Except()))
		require.Equal(t, key, fault.Key(o.Renew()))
		require.Equal(t, key, fault.Key(o.Hold(0, "x")))
		require.Equal(t, key, fault.Key(o.Pass(noon)))
		_, err := o.Ship(&o.Lines[0], 1, noon)
		require.Equal(t, key, fault.Key(err))
	}
}

func TestPass_UnpaidOrUnreserved_Refused(t *testing.T) {
	t.Parallel()
	o := order()
	o.Adopt(domain.PlatformFacts{Payment: domain.PayDeposit})
	require.Equal(t, "fault.order.not_paid", fault.Key(o.Pass(noon)))

	o = order()
	o.Lines[0].Parts[0].Reserved = 1
	require.Equal(t, "fault.order.not_reserved", fault.Key(o.Pass(noon)))
}

func TestHold_WithoutReason_Refused(t *testing.T) {
	t.Parallel()
	require.Equal(t, "fault.order.hold_reason", fault.Key(order().Hold(0, "")))
}

func TestUnship_MoreThanShipped_Refused(t *testing.T) {
	t.Parallel()
	o := passed(t)
	require.Equal(t, "fault.order.not_shipped", fault.Key(o.Unship(&o.Lines[0], 1)))
}

func TestOrder_UnitsAndMapping(t *testing.T) {
	t.Parallel()
	o := order()
	require.Equal(t, int64(4), o.Units())
	require.True(t, o.Lines[0].Mapped())
	require.Nil(t, o.Line(lineID(9)))
	o.Lines[0].QtyUnknown = true
	require.False(t, o.Lines[0].Mapped())
}

func TestParcel_Walk(t *testing.T) {
	t.Parallel()
	p := domain.Parcel{Waybill: "781234567890"}
	require.Equal(t, "fault.shipping.not_shipped", fault.Key(p.HandOver(noon)))
	require.Equal(t, "fault.shipping.not_shipped", fault.Key(p.Void()))

	p.Send(noon)
	require.Equal(t, domain.ParcelShipped, p.State)
	require.Equal(t, noon.Day(), p.BizDay)
	require.NoError(t, p.HandOver(noon))
	require.NoError(t, p.HandOver(noon+when.Hour))
	require.Equal(t, noon, p.HandedAt)
	require.Equal(t, "fault.shipping.handed_over", fault.Key(p.Void()))

	again := domain.Parcel{}
	again.Send(noon)
	require.NoError(t, again.Void())
	require.Equal(t, domain.ParcelVoided, again.State)
	require.ErrorContains(t, domain.ErrUsed("7", "9"), "fault.shipping.waybill_used")
}

func TestImport_Walk(t *testing.T) {
	t.Parallel()
	i := domain.Import{State: domain.ImportPartial}
	i.Resume()
	require.Equal(t, domain.ImportRunning, i.State)
	i.Close(domain.ImportDone, noon)
	require.Equal(t, domain.ImportDone, i.State)
	require.Equal(t, noon, i.DoneAt)
}

func TestSKU_Validate_NamesFields(t *testing.T) {
	t.Parallel()
	good := domain.SKU{ID: skuID(1), Code: "A-1"}
	require.NoError(t, good.Validate())

	bad := domain.SKU{
		ID: skuID(1), Code: "　", PriceFen: -1, WeightG: -1, Parts: []domain.KitPart{{SKU: skuID(1), Qty: 1}},
		Barcodes: []domain.Barcode{{Code: "690", PackQty: 0}},
	}
	require.Equal(t, map[string]string{
		"code": "fault.required", "price": "fault.negative", "weight": "fault.negative",
		"parts": "fault.catalog.kit_parts", "barcodes": "fault.catalog.barcode",
	}, fault.From(bad.Validate()).Fields)
}

func TestNormalCode_TwinsAreOne(t *testing.T) {
	t.Parallel()
	for _, twin := range []string{"ab-01", " AB-01 ", "ＡＢ－０１", "a\u200bb-01", "\u202eab-01", "AB-01\u3000"} {
		require.Equal(t, "ab-01", domain.NormalCode(twin), "%q", twin)
	}
	l := domain.Line{Code: "ＡＢ-01", PlatformSKU: "77"}
	require.True(t, l.HasCode("ab-01"))
	require.True(t, l.HasCode("77"))
	require.Equal(t, []string{"ＡＢ-01", "77"}, l.Codes())
	require.True(t, domain.KnownChannel("pdd"))
	require.False(t, domain.KnownChannel("ebay"))
}

func TestLine_MapKit_FreezesItsParts(t *testing.T) {
	t.Parallel()
	kit := domain.SKU{ID: skuID(9), Kit: true, Parts: []domain.KitPart{{SKU: skuID(1), Qty: 1}, {SKU: skuID(2), Qty: 3}}}
	var l domain.Line

	l.Map(&kit, 2)
	kit.Parts[1].Qty = 100

	require.Equal(t, []domain.Part{{SKU: skuID(1), Qty: 2}, {SKU: skuID(2), Qty: 6}}, l.Parts)
	require.Equal(t, skuID(9), l.SKU)
}

func TestLevel_OddInput_Refused(t *testing.T) {
	t.Parallel()
	var l domain.Level
	for _, q := range []int64{0, -1, 1_000_000_000} {
		_, _, err := l.Receive(q, 1)
		require.True(t, fault.Is(err, fault.Invalid))
	}
	_, _, err := l.Receive(1, -1)
	require.True(t, fault.Is(err, fault.Invalid))
	_, err = l.TakeBack(0, 1)
	require.True(t, fault.Is(err, fault.Invalid))
	_, err = l.Adjust(0)
	require.True(t, fault.Is(err, fault.Invalid))
	_, _, err = l.Recost(0, 1)
	require.True(t, fault.Is(err, fault.Invalid))
	require.Equal(t, domain.Level{}, l)
}

func TestLevel_Adjust_UpFromBelowZero(t *testing.T) {
	t.Parallel()
	var l domain.Level
	receive(t, &l, 2, 2000)
	_, err := l.Adjust(-5)
	require.NoError(t, err)
	require.Equal(t, int64(-3), l.Available())

	value, err := l.Adjust(3) // found again: at what they left with

	require.NoError(t, err)
	require.Equal(t, money.Fen(3000), value)
	require.Zero(t, l.ValueFen)
	require.Zero(t, l.ProvQty)
}

func TestLevel_LossFromNothing_AtLastCost(t *testing.T) {
	t.Parallel()
	var l domain.Level
	value, err := l.Adjust(-2) // never received: nothing is known of its cost
	require.NoError(t, err)
	require.Zero(t, value)

	l = domain.Level{}
	receive(t, &l, 4, 2000)
	issue(t, &l, 4)
	value, err = l.Adjust(-2)
	require.NoError(t, err)
	require.Equal(t, money.Fen(-1000), value)
}

func TestLevel_RecostBelowItsValue_NeverNegative(t *testing.T) {
	t.Parallel()
	var l domain.Level
	receive(t, &l, 10, 1000)

	value, variance, err := l.Recost(10, -1500)

	require.NoError(t, err)
	require.Equal(t, money.Fen(-1000), value)
	require.Equal(t, money.Fen(-500), variance)
	require.Zero(t, l.ValueFen)
}

func TestMoney_TooLarge_Refused(t *testing.T) {
	t.Parallel()
	l := domain.Level{OnHand: 1, ValueFen: math.MaxInt64 - 1}
	_, _, err := l.Receive(1, money.Max)
	require.True(t, fault.Is(err, fault.Limit))
	_, err = l.TakeBack(1, money.Max)
	require.True(t, fault.Is(err, fault.Limit))

	o := &domain.Order{Lines: []domain.Line{{Qty: math.MaxInt64, UnitFen: 2}}}
	require.True(t, fault.Is(o.ShareNet(), fault.Limit))
}

func TestStockEntry_VarianceToCostOfGoods(t *testing.T) {
	t.Parallel()
	e, err := domain.StockEntry("receipt", "A", skuID(1), 10, 11400, 600, domain.AccPayable)

	require.NoError(t, err)
	require.Equal(t, money.Fen(11400), e.Sum(domain.AccStock))
	require.Equal(t, money.Fen(600), e.Sum(domain.AccCost))
	require.Equal(t, money.Fen(-12000), e.Sum(domain.AccPayable))
	require.False(t, e.CarriesFreight())
}

func TestShareRefund_ToldByLine_Untouched(t *testing.T) {
	t.Parallel()
	o := order()
	o.RefundFen = 500
	o.Lines[1].RefundFen = 500
	o.ShareRefund()
	require.Zero(t, o.Lines[0].RefundFen)

	o = order()
	o.RefundFen = 9999 // more than the goods: the freight came back too
	o.ShareRefund()
	require.Equal(t, money.Fen(3000), o.Lines[0].RefundFen+o.Lines[1].RefundFen)
}

func TestApply_EachFactForward_AndBack(t *testing.T) {
	t.Parallel()
	o := passed(t)
	facts := domain.PlatformFacts{Payment: domain.PayPaid, PartShipped: true, RefundAsked: true, Words: "部分发货", Waybill: "7", Courier: "中通"}

	out := o.Apply(facts, all)
	require.ElementsMatch(t, []string{"part_shipped", "refund_asked", "waybill"}, out.Changed)
	require.Equal(t, "部分发货", o.Platform.Words)

	facts.RefundAsked, facts.Shipped = false, true
	out = o.Apply(facts, all)
	require.ElementsMatch(t, []string{"refund_asked", "shipped"}, out.Changed)

	out = o.Apply(domain.PlatformFacts{Payment: domain.PayPaid}, all)
	require.Equal(t, []domain.Contradiction{{Fact: "shipped", Ours: "true", Theirs: "false"}}, out.Contradictions)
}

func TestMaskPhone_ShortOnes(t *testing.T) {
	t.Parallel()
	require.Empty(t, domain.MaskPhone(""))
	require.Empty(t, domain.MaskName(""))
	require.Equal(t, "****34", domain.MaskPhone("1234"))
	require.Equal(t, "****", domain.MaskPhone("12"))
}

func TestDuplicates_UnmappedGoods_ByCode(t *testing.T) {
	t.Parallel()
	a, b := order(), order()
	b.ID[0]++
	for _, o := range []*domain.Order{a, b} {
		for i := range o.Lines {
			o.Lines[i].SKU, o.Lines[i].Code = ids.SKUID{}, "C"+o.Lines[i].Title
		}
	}
	b.CreatedAt -= when.Minute
	require.True(t, domain.Duplicates(a, b, 10*when.Minute))
	b.MergeInto(a.ID)
	require.Equal(t, a.ID, b.MergeID)
}

func TestSetting_UnknownAndBounds(t *testing.T) {
	t.Parallel()
	_, ok := domain.FindSetting("nothing.here")
	require.False(t, ok)
	for _, s := range domain.SettingList {
		require.NoError(t, s.Validate(s.Default), s.Key)
	}
	vat, _ := domain.FindSetting("tax.vat")
	require.Error(t, vat.Validate("2001"))
	require.Error(t, vat.Validate("-1"))
	currency, _ := domain.FindSetting("shop.currency")
	require.Error(t, currency.Validate("EURO"))
}

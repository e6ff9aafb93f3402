package domain_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"zhanggui/app/domain"
	"zhanggui/app/money"
	"zhanggui/app/when"
)

var all = domain.Known{Payment: true, Status: true}

func TestApply_Forward_Changes(t *testing.T) {
	t.Parallel()
	o := order()
	o.Adopt(domain.PlatformFacts{Payment: domain.PayUnpaid})

	out := o.Apply(domain.PlatformFacts{Payment: domain.PayPaid}, all)

	require.Equal(t, []string{"payment"}, out.Changed)
	require.Equal(t, domain.PayPaid, o.Payment)
}

func TestApply_Backward_Conflict(t *testing.T) {
	t.Parallel()
	ranks := []domain.Payment{domain.PayUnpaid, domain.PayDeposit, domain.PayPaid, domain.PayPartRefunded, domain.PayRefunded}
	for i, from := range ranks {
		for j, to := range ranks {
			o := order()
			o.Adopt(domain.PlatformFacts{Payment: from})

			out := o.Apply(domain.PlatformFacts{Payment: to}, all)

			switch {
			case j > i:
				require.Equal(t, to, o.Payment, "%s to %s", from, to)
				require.Contains(t, out.Changed, "payment")
			case j < i:
				require.Equal(t, from, o.Payment, "%s to %s", from, to)
				require.Equal(t, "payment", out.Contradictions[0].Fact)
			default:
				require.Empty(t, out.Changed)
				require.Empty(t, out.Contradictions)
			}
		}
	}
}

func TestApply_SilentFile_ChangesNothing(t *testing.T) {
	t.Parallel()
	o := order()
	o.Platform.Shipped = true

	out := o.Apply(domain.PlatformFacts{}, domain.Known{})

	require.Empty(t, out.Changed)
	require.Empty(t, out.Contradictions)
	require.True(t, o.Platform.Shipped)
}

func TestApply_CancelledUnshipped_AsksToCancel(t *testing.T) {
	t.Parallel()
	o := passed(t)

	out := o.Apply(domain.PlatformFacts{Payment: domain.PayPaid, Cancelled: true}, all)

	require.True(t, out.Cancel)
}

func TestApply_CancelledAfterShipping_Contradicts(t *testing.T) {
	t.Parallel()
	o := passed(t)
	for i := range o.Lines {
		_, err := o.Ship(&o.Lines[i], o.Lines[i].Qty, noon)
		require.NoError(t, err)
	}

	out := o.Apply(domain.PlatformFacts{Payment: domain.PayRefunded, Cancelled: true}, all)

	require.False(t, out.Cancel)
	require.Equal(t, "cancelled", out.Contradictions[0].Fact)
	require.Equal(t, domain.ClosingOpen, o.Closing)
}

func TestApply_CompletedAfterShipping_Completes(t *testing.T) {
	t.Parallel()
	o := passed(t)
	for i := range o.Lines {
		_, err := o.Ship(&o.Lines[i], o.Lines[i].Qty, noon)
		require.NoError(t, err)
	}
	_ = o.Apply(domain.PlatformFacts{Payment: domain.PayPaid, Shipped: true}, all)

	out := o.Apply(domain.PlatformFacts{Payment: domain.PayPaid, Completed: true}, all)

	require.Empty(t, out.Contradictions)
	require.Equal(t, domain.StageCompleted, o.Stage())
}

func TestAdopt_AlreadyShipped_TakesNoPartInStock(t *testing.T) {
	t.Parallel()
	o := order()

	o.Adopt(domain.PlatformFacts{Payment: domain.PayPaid, Shipped: true})

	require.True(t, o.External)
	require.Equal(t, domain.StageShipped, o.Stage())
	require.Error(t, o.Pass(noon))
}

func TestShareNet_LargestRemainder_VectorOfRules(t *testing.T) {
	t.Parallel()
	o := &domain.Order{NetFen: 8999, Lines: []domain.Line{
		{Qty: 1, UnitFen: 3333}, {Qty: 1, UnitFen: 3333}, {Qty: 1, UnitFen: 3333},
	}} // 99.99 less a discount of 10.00

	require.NoError(t, o.ShareNet())

	require.Equal(t, []money.Fen{3000, 3000, 2999}, []money.Fen{o.Lines[0].NetFen, o.Lines[1].NetFen, o.Lines[2].NetFen})
}

func TestShareNet_GiftTakesNothing(t *testing.T) {
	t.Parallel()
	o := &domain.Order{NetFen: 5600, FreightFen: 600, Lines: []domain.Line{{Qty: 1, UnitFen: 5000}, {Qty: 1, UnitFen: 900, Gift: true}}}

	require.NoError(t, o.ShareNet())

	require.Equal(t, money.Fen(5000), o.Lines[0].NetFen)
	require.Zero(t, o.Lines[1].NetFen)
}

// The lines and the freight always make what the order is owed (QUALITY I5).
func TestShareNet_AnyOrder_AddsUp(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		o := &domain.Order{NetFen: money.Fen(rapid.Int64Range(0, 1e9).Draw(t, "net"))}
		o.PlatformDiscountFen = money.Fen(rapid.Int64Range(0, int64(o.NetFen)).Draw(t, "platform"))
		for n := rapid.IntRange(1, 8).Draw(t, "n"); n > 0; n-- {
			o.Lines = append(o.Lines, domain.Line{
				Qty:     rapid.Int64Range(1, 20).Draw(t, "qty"),
				UnitFen: money.Fen(rapid.Int64Range(0, 100000).Draw(t, "unit")),
			})
		}

		require.NoError(t, o.ShareNet())

		var sum, platform money.Fen
		for _, l := range o.Lines {
			sum += l.NetFen
			platform += l.PlatformFen
		}
		require.Equal(t, o.NetFen, sum)
		require.Equal(t, o.PlatformDiscountFen, platform)
	})
}

func TestMergeable_EachCondition(t *testing.T) {
	t.Parallel()
	gap := 72 * when.Hour
	cases := map[string]func(o *domain.Order){
		"":         func(*domain.Order) {},
		"shop":     func(o *domain.Order) { o.ShopID[0]++ },
		"buyer":    func(o *domain.Order) { o.BuyerKey = "b2" },
		"receiver": func(o *domain.Order) { o.Receiver.Address = "别处" },
		"unpaid":   func(o *domain.Order) { o.Payment = domain.PayUnpaid },
		"held":     func(o *domain.Order) { require.NoError(t, o.Hold(0, "等")) },
		"refund":   func(o *domain.Order) { o.Platform.RefundAsked = true },
		"cod":      func(o *domain.Order) { o.COD = true },
		"presale":  func(o *domain.Order) { o.Presale = true },
		"gap":      func(o *domain.Order) { o.PaidAt += 73 * when.Hour },
		"shipped":  func(o *domain.Order) { require.NoError(t, o.Cancel()) },
	}
	for why, spoil := range cases {
		a, b := order(), order()
		b.ID[0]++
		b.Number = "3317220455819561"
		spoil(b)

		err := domain.Mergeable(a, b, gap)

		if why == "" {
			require.NoError(t, err)
			continue
		}
		require.ErrorContains(t, err, "fault.merge."+why)
	}
}

func TestDuplicates_SameGoodsWithinMinutes(t *testing.T) {
	t.Parallel()
	a, b := order(), order()
	b.ID[0]++
	b.CreatedAt += 9 * when.Minute
	require.True(t, domain.Duplicates(a, b, 10*when.Minute))

	b.CreatedAt += 2 * when.Minute
	require.False(t, domain.Duplicates(a, b, 10*when.Minute))

	b.CreatedAt = a.CreatedAt
	b.Lines[0].Qty++
	require.False(t, domain.Duplicates(a, b, 10*when.Minute))
}

func TestCheckSplit_SumsAndParcels(t *testing.T) {
	t.Parallel()
	o := passed(t)
	good := domain.SplitPlan{{lineID(1): 2}, {lineID(1): 1, lineID(2): 1}}
	require.NoError(t, o.CheckSplit(good))

	bad := map[string]domain.SplitPlan{
		"fault.split.one":   {{lineID(1): 3, lineID(2): 1}},
		"fault.split.empty": {{lineID(1): 3, lineID(2): 1}, {}},
		"fault.split.sum":   {{lineID(1): 2}, {lineID(2): 1}},
		"fault.split.line":  {{lineID(9): 2}, {lineID(2): 1}},
	}
	for key, plan := range bad {
		require.ErrorContains(t, o.CheckSplit(plan), key)
	}
}

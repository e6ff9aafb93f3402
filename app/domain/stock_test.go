package domain_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/money"
)

// receive, issue and adjust keep the vectors readable.
func receive(t require.TestingT, l *domain.Level, q int64, cost money.Fen) (value, variance money.Fen) {
	value, variance, err := l.Receive(q, cost)
	require.NoError(t, err)
	return value, variance
}

func issue(t require.TestingT, l *domain.Level, q int64) money.Fen {
	cost, err := l.Issue(q)
	require.NoError(t, err)
	return cost
}

func TestLevel_MovingAverage_VectorOfRules(t *testing.T) {
	t.Parallel()
	var l domain.Level

	receive(t, &l, 10, 20000)
	receive(t, &l, 5, 13000)
	require.Equal(t, money.Fen(33000), l.ValueFen)

	require.Equal(t, money.Fen(26400), issue(t, &l, 12))
	require.Equal(t, money.Fen(6600), l.ValueFen)

	receive(t, &l, 10, 25000)
	require.Equal(t, money.Fen(31600), l.ValueFen)
	require.Equal(t, money.Fen(31600), issue(t, &l, 13))
	require.Zero(t, l.ValueFen)
	require.Zero(t, l.OnHand)
}

func TestLevel_PublishedCases_AsOthersFound(t *testing.T) {
	t.Parallel()
	type step struct {
		qty  int64
		cost money.Fen // of a receipt, all units
	}
	cases := []struct {
		name  string
		steps []step
		value money.Fen
		qty   int64
	}{
		{"A3.1", []step{{10, 10000}, {10, 20000}, {-15, 0}}, 7500, 5},
		{"A3.14", []step{{1, 100}, {1, 100}, {1, 101}, {-3, 0}}, 0, 0},
		{"A3.16", []step{{1000, 17000}, {800, 18400}, {-1000, 0}, {-800, 0}}, 0, 0},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var l domain.Level
			for _, s := range c.steps {
				if s.qty > 0 {
					receive(t, &l, s.qty, s.cost)
					continue
				}
				issue(t, &l, -s.qty)
			}
			require.Equal(t, c.value, l.ValueFen)
			require.Equal(t, c.qty, l.OnHand)
		})
	}
}

func TestLevel_SalesReturn_AtIssuedCost(t *testing.T) {
	t.Parallel()
	// A3.18: +1@13.13, +1@12.20; -2; customer return +2: value out = value back.
	var l domain.Level
	receive(t, &l, 1, 1313)
	receive(t, &l, 1, 1220)
	out := issue(t, &l, 2)

	variance, err := l.TakeBack(2, out)
	require.NoError(t, err)
	require.Zero(t, variance)

	require.Equal(t, money.Fen(2533), l.ValueFen)
	require.Equal(t, int64(2), l.OnHand)
}

func TestLevel_FreeGoods_CountInTheAverage(t *testing.T) {
	t.Parallel()
	var l domain.Level
	receive(t, &l, 10, 10000)
	receive(t, &l, 10, 0)

	require.Equal(t, money.Fen(500), issue(t, &l, 1))
}

func TestLevel_IssueMoreThanThere_Refused(t *testing.T) {
	t.Parallel()
	l := domain.Level{OnHand: 3, ValueFen: 300}

	_, err := l.Issue(4)

	require.True(t, fault.Is(err, fault.Conflict))
	require.Equal(t, int64(3), l.OnHand)
}

func TestLevel_CountGainAtZero_LastCost(t *testing.T) {
	t.Parallel()
	var l domain.Level
	receive(t, &l, 4, 1000)
	issue(t, &l, 4)

	value, err := l.Adjust(2)

	require.NoError(t, err)
	require.Equal(t, money.Fen(500), value)
	require.Equal(t, money.Fen(500), l.ValueFen)
}

func TestLevel_BelowZero_NextReceiptBooksVariance(t *testing.T) {
	t.Parallel()
	var l domain.Level
	receive(t, &l, 2, 2000) // 10.00 each

	value, err := l.Adjust(-5) // a back-dated correction: 3 units missing
	require.NoError(t, err)
	require.Equal(t, money.Fen(-5000), value)
	require.Equal(t, int64(-3), l.OnHand)
	require.Equal(t, money.Fen(-3000), l.ValueFen)

	into, variance := receive(t, &l, 10, 12000) // 12.00 each: the 3 missing cost 6.00 more
	require.Equal(t, money.Fen(600), variance)
	require.Equal(t, money.Fen(11400), into)
	require.Equal(t, int64(7), l.OnHand)
	require.Equal(t, money.Fen(8400), l.ValueFen) // 7 at 12.00
}

func TestLevel_Recost_ClosedProfitStays(t *testing.T) {
	t.Parallel()
	var l domain.Level
	receive(t, &l, 10, 10000)
	issue(t, &l, 4)

	value, variance, err := l.Recost(10, 2000) // the goods were 2.00 dearer each

	require.NoError(t, err)
	require.Equal(t, money.Fen(1200), value)   // 6 units still here
	require.Equal(t, money.Fen(800), variance) // 4 units sold: cost of goods, not their frozen lines
	require.Equal(t, money.Fen(7200), l.ValueFen)
}

// Any sequence: what came in is what went out plus what is left, to the fen,
// and an empty shelf is worth exactly nothing.
func TestLevel_AnySequence_KeepsValue(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var l domain.Level
		var in, out money.Fen
		for n := rapid.IntRange(1, 60).Draw(t, "steps"); n > 0; n-- {
			q := rapid.Int64Range(1, 50).Draw(t, "q")
			if rapid.Bool().Draw(t, "in") {
				cost := money.Fen(rapid.Int64Range(0, 1_000_000).Draw(t, "cost"))
				receive(t, &l, q, cost)
				in += cost
			} else if l.OnHand > 0 {
				out += issue(t, &l, min(q, l.OnHand))
			}
			require.Equal(t, in-out, l.ValueFen)
			require.GreaterOrEqual(t, l.ValueFen, money.Fen(0))
			if l.OnHand == 0 {
				require.Zero(t, l.ValueFen)
			}
		}
	})
}

func TestKitAvailable_LeastPartDecides(t *testing.T) {
	t.Parallel()
	a, b := skuID(1), skuID(2)
	have := map[[16]byte]int64{a: 7, b: 9}

	n := domain.KitAvailable([]domain.KitPart{{SKU: a, Qty: 2}, {SKU: b, Qty: 4}}, func(id skuT) int64 { return have[id] })

	require.Equal(t, int64(2), n)
}

package money_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"zhanggui/app/money"
)

// sum adds parts up.
func sum(parts []money.Fen) (s money.Fen) {
	for _, p := range parts {
		s += p
	}
	return s
}

func TestSplit_Vectors(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		id      string
		total   money.Fen
		weights []int64
		want    []money.Fen
	}{
		{"§5.11.5 T: 10.00 over three lines of 33.33", 1000, []int64{3333, 3333, 3333}, []money.Fen{334, 333, 333}},
		{"C2.1 one line", 300, []int64{123}, []money.Fen{300}},
		{"C2.2 exact shares", 300, []int64{4000, 2000, 2000}, []money.Fen{150, 75, 75}},
		{"C2.3", 299, []int64{4300, 1400, 2300}, []money.Fen{161, 52, 86}},
		{"C2.5", 95, []int64{10, 20, 10, 30, 50, 20, 10, 40}, []money.Fen{5, 10, 5, 15, 25, 10, 5, 20}},
		{"C2.7 a line of nothing takes nothing", 40, []int64{10, 0}, []money.Fen{40, 0}},
		{"C2.7 only lines of nothing: equally", 10, []int64{0, 0}, []money.Fen{5, 5}},
		{"C2.7 nothing over nothing", 0, []int64{0, 0}, []money.Fen{0, 0}},
		{"B4.6 platform fee 1.01 over nets 80 and 20", 101, []int64{8000, 2000}, []money.Fen{81, 20}},
		{"C3.3 20 over goods 30 and freight 10", 2000, []int64{3000, 1000}, []money.Fen{1500, 500}},
		{"C4.4 400 across 200 and 600", 40_000, []int64{20_000, 60_000}, []money.Fen{10_000, 30_000}},
		{"a refund is shared with the same magnitudes", -1000, []int64{3333, 3333, 3333}, []money.Fen{-334, -333, -333}},
		{"no lines", 1000, nil, []money.Fen{}},
		{"an uneven remainder of equals goes to the earlier lines", 5, []int64{0, 0, 0}, []money.Fen{2, 2, 1}},
		{"weights whose sum leaves int64", 10, []int64{math.MaxInt64, math.MaxInt64}, []money.Fen{5, 5}},
	} {
		require.Equal(t, c.want, money.Split(c.total, c.weights), c.id)
	}
}

// TestSplit_Basket is rules.md §5.11.6 T: A 129.00 × 2, B 89.00, C 59.00 (not
// in the 满减); 满减 40.00, then a coupon of 30.00 on everything.
func TestSplit_Basket(t *testing.T) {
	t.Parallel()
	a, b, c := money.Fen(25_800), money.Fen(8_900), money.Fen(5_900)

	tier := money.Split(4000, []int64{int64(a), int64(b)})
	require.Equal(t, []money.Fen{2974, 1026}, tier)
	a, b = a-tier[0], b-tier[1]
	require.Equal(t, money.Fen(36_600), a+b+c)

	coupon := money.Split(3000, []int64{int64(a), int64(b), int64(c)})
	require.Equal(t, []money.Fen{1871, 645, 484}, coupon)
	a, b, c = a-coupon[0], b-coupon[1], c-coupon[2]

	require.Equal(t, []money.Fen{20_955, 7_229, 5_416}, []money.Fen{a, b, c})
	require.Equal(t, money.Fen(33_600), a+b+c)
}

func TestSplit_SumsAndStaysFair(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		total := rapid.Int64Range(-int64(money.Max), int64(money.Max)).Draw(t, "total")
		weights := rapid.SliceOfN(rapid.Int64Range(0, int64(money.Max)), 1, 40).Draw(t, "weights")

		parts := money.Split(money.Fen(total), weights)

		require.Equal(t, money.Fen(total), sum(parts))
		var whole int64
		for _, w := range weights {
			whole += w
		}
		for i, p := range parts {
			if whole == 0 {
				continue
			}
			exact, err := money.MulDiv(money.Fen(total), weights[i], whole)
			require.NoError(t, err)
			require.InDelta(t, int64(exact), int64(p), 1, "no part is further than one fen from its exact share")
			if weights[i] == 0 {
				require.Zero(t, p)
			}
		}
	})
}

func TestSplit_OnNets_NeverBelowZero(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		nets := rapid.SliceOfN(rapid.Int64Range(0, 1_000_000), 1, 20).Draw(t, "nets")
		var whole int64
		for _, n := range nets {
			whole += n
		}
		total := rapid.Int64Range(0, whole).Draw(t, "total")

		parts := money.Split(money.Fen(total), nets)

		for i, p := range parts {
			require.LessOrEqual(t, int64(p), nets[i], "line %d", i)
		}
	})
}

func TestSpread_CapsAndReSpreads(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		id      string
		total   money.Fen
		weights []int64
		caps    []money.Fen
		want    []money.Fen
		left    money.Fen
	}{
		{"§5.11.7 T: 400 − 380 leaves 20 for a cut of 50", 5000, []int64{40_000}, []money.Fen{2000}, []money.Fen{2000}, 3000},
		{"§5.11.7: the rest of a capped line goes to the others", 9000, []int64{100, 100, 100}, []money.Fen{2000, 9000, 9000}, []money.Fen{2000, 3500, 3500}, 0},
		{"two rounds of caps", 9000, []int64{100, 100, 100}, []money.Fen{1000, 3500, 9000}, []money.Fen{1000, 3500, 4500}, 0},
		{"nobody can take it all", 900, []int64{1, 1}, []money.Fen{100, 200}, []money.Fen{100, 200}, 600},
		{"no cap reached is Split", 1000, []int64{3333, 3333, 3333}, []money.Fen{3333, 3333, 3333}, []money.Fen{334, 333, 333}, 0},
		{"nothing to give", 0, []int64{1, 1}, []money.Fen{5, 5}, []money.Fen{0, 0}, 0},
		{"no lines", 70, nil, nil, []money.Fen{}, 70},
	} {
		parts, left := money.Spread(c.total, c.weights, c.caps)
		require.Equal(t, c.want, parts, c.id)
		require.Equal(t, c.left, left, c.id)
	}
}

func TestSpread_SumsAndKeepsCaps(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 15).Draw(t, "n")
		weights := rapid.SliceOfN(rapid.Int64Range(0, 100_000), n, n).Draw(t, "weights")
		limits := rapid.SliceOfN(rapid.Int64Range(0, 100_000), n, n).Draw(t, "caps")
		total := money.Fen(rapid.Int64Range(0, 2_000_000).Draw(t, "total"))
		caps := make([]money.Fen, n)
		for i, v := range limits {
			caps[i] = money.Fen(v)
		}

		parts, left := money.Spread(total, weights, caps)

		require.Equal(t, total, sum(parts)+left)
		for i, p := range parts {
			require.GreaterOrEqual(t, p, money.Fen(0))
			require.LessOrEqual(t, p, caps[i])
		}
		require.Equal(t, max(0, total-sum(caps)), left, "nothing is left while a line has room")
	})
}

// TestCumulative_PartialRefund is rules.md §5.8 T.
func TestCumulative_PartialRefund(t *testing.T) {
	t.Parallel()
	require.Equal(t, money.Fen(10_478), money.Cumulative(20_955, 2, 0, 1))
	require.Equal(t, money.Fen(10_477), money.Cumulative(20_955, 2, 1, 1))

	// 3 × 100.00 with −10 %: two returned give 180.00, not 200.00.
	require.Equal(t, money.Fen(18_000), money.Cumulative(27_000, 3, 0, 2))
}

func TestCumulative_MoreThanIsLeft_CappedAtTheLine(t *testing.T) {
	t.Parallel()
	require.Equal(t, money.Fen(10_477), money.Cumulative(20_955, 2, 1, 5))
	require.Equal(t, money.Fen(0), money.Cumulative(20_955, 2, 2, 1))
	require.Equal(t, money.Fen(0), money.Cumulative(20_955, 0, 0, 1), "a line of no units has nothing to give back")
}

func TestCumulative_SumsToNet(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		net := money.Fen(rapid.Int64Range(-int64(money.Max), int64(money.Max)).Draw(t, "net"))
		q := rapid.Int64Range(1, 10_000).Draw(t, "q")

		var taken int64
		var got money.Fen
		for taken < q {
			k := rapid.Int64Range(1, q-taken).Draw(t, "k")
			got += money.Cumulative(net, q, taken, k)
			taken += k
		}

		require.Equal(t, net, got)
	})
}

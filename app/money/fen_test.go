package money_test

import (
	"math"
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"zhanggui/app/fault"
	"zhanggui/app/money"
)

func TestAdd_LeavesInt64_Limit(t *testing.T) {
	t.Parallel()

	got, err := money.Add(math.MaxInt64-1, 1)
	require.NoError(t, err)
	require.Equal(t, money.Fen(math.MaxInt64), got)

	for _, c := range [][2]money.Fen{{math.MaxInt64, 1}, {math.MinInt64, -1}, {math.MinInt64, math.MinInt64}} {
		_, err = money.Add(c[0], c[1])
		require.True(t, fault.Is(err, fault.Limit), "%d + %d", c[0], c[1])
		require.Equal(t, "fault.money.overflow", fault.Key(err))
	}
}

func TestAdd_AgreesWithBigNumbers(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.Int64().Draw(t, "a"), rapid.Int64().Draw(t, "b")

		got, err := money.Add(money.Fen(a), money.Fen(b))

		want := new(big.Int).Add(big.NewInt(a), big.NewInt(b))
		if !want.IsInt64() {
			require.Error(t, err)
			return
		}
		require.NoError(t, err)
		require.Equal(t, want.Int64(), int64(got))
	})
}

func TestMul_AgreesWithBigNumbers(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		price, qty := rapid.Int64().Draw(t, "price"), rapid.Int64().Draw(t, "qty")

		got, err := money.Mul(money.Fen(price), qty)

		want := new(big.Int).Mul(big.NewInt(price), big.NewInt(qty))
		if !want.IsInt64() || want.Int64() == math.MinInt64 { // the far end is refused: it has no positive twin
			require.True(t, fault.Is(err, fault.Limit))
			return
		}
		require.NoError(t, err)
		require.Equal(t, want.Int64(), int64(got))
	})
}

func TestMul_Overflow_Limit(t *testing.T) {
	t.Parallel()
	// QUALITY: quantity 10^9 at 9.2e18 must be refused, never wrap round.
	_, err := money.Mul(9_200_000_000_000_000_000, 1_000_000_000)
	require.True(t, fault.Is(err, fault.Limit))

	got, err := money.Mul(-12_900, 2)
	require.NoError(t, err)
	require.Equal(t, money.Fen(-25_800), got)
}

func TestMulDiv_AgreesWithBigNumbers(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		value, num := rapid.Int64().Draw(t, "value"), rapid.Int64().Draw(t, "num")
		den := rapid.Int64Range(1, math.MaxInt64).Draw(t, "den")

		got, err := money.MulDiv(money.Fen(value), num, den)

		want := roundedQuotient(value, num, den)
		if !want.IsInt64() || want.Int64() == math.MinInt64 {
			require.True(t, fault.Is(err, fault.Limit))
			return
		}
		require.NoError(t, err)
		require.Equal(t, want.Int64(), int64(got))
	})
}

// roundedQuotient is value×num÷den, half away from zero, by schoolbook means.
func roundedQuotient(value, num, den int64) *big.Int {
	n := new(big.Int).Mul(big.NewInt(value), big.NewInt(num))
	size := new(big.Int).Abs(n)
	size.Mul(size, big.NewInt(2)).Add(size, big.NewInt(den))
	size.Div(size, new(big.Int).Mul(big.NewInt(2), big.NewInt(den)))
	if n.Sign() < 0 {
		size.Neg(size)
	}
	return size
}

func TestMulDiv_Vectors(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name            string
		value, num, den int64
		want            int64
	}{
		{"half rounds up", 5, 1, 2, 3},
		{"half of a debt rounds away from zero", -5, 1, 2, -3},
		{"negative factor", 5, -1, 2, -3},
		{"below half", 7, 1, 3, 2},
		{"moving average §5.5 T: 12 of 15 worth 330.00", 33_000, 12, 15, 26_400},
		{"moving average §5.5 T: all 13 of 13 worth 316.00", 31_600, 13, 13, 31_600},
		{"no intermediate overflow", math.MaxInt64, math.MaxInt64, math.MaxInt64, math.MaxInt64},
	} {
		got, err := money.MulDiv(money.Fen(c.value), c.num, c.den)
		require.NoError(t, err, c.name)
		require.Equal(t, c.want, int64(got), c.name)
	}
}

func TestMulDiv_Impossible_Limit(t *testing.T) {
	t.Parallel()
	for _, den := range []int64{0, -1} {
		_, err := money.MulDiv(1, 1, den)
		require.True(t, fault.Is(err, fault.Limit))
		require.Equal(t, "fault.money.divisor", fault.Key(err))
	}
	for _, c := range [][3]int64{
		{math.MaxInt64, 3, 1},                         // just above int64
		{math.MaxInt64, math.MaxInt64, 2},             // above 64 bits
		{math.MinInt64, math.MinInt64, math.MaxInt64}, // 2^63 exactly
	} {
		_, err := money.MulDiv(money.Fen(c[0]), c[1], c[2])
		require.Equal(t, "fault.money.overflow", fault.Key(err), "%v", c)
	}
}

func TestPercent_Vectors(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		id    string
		value money.Fen
		rate  money.BP
		want  money.Fen
	}{
		{"C2.9 20 % of 60.00", 6000, 2000, 1200},
		{"C2.10 10.5 % of 60.00", 6000, 1050, 630},
		{"C3.1 10 % of 1.06", 106, 1000, 11},
		{"C3.1 10 % of 2.06", 206, 1000, 21},
		{"C3.1 10 % of 3.06", 306, 1000, 31},
		{"C3.1 10 % of 4.06", 406, 1000, 41},
		{"§5.8 10 % of three at 100.00", 30_000, 1000, 3000},
		{"100 %", 12_345, money.Whole, 12_345},
		{"0 %", 12_345, 0, 0},
	} {
		got, err := money.Percent(c.value, c.rate)
		require.NoError(t, err, c.id)
		require.Equal(t, c.want, got, c.id)
	}
}

func TestFen_Prints(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		fen            money.Fen
		plain, grouped string
	}{
		{0, "0.00", "0.00"},
		{5, "0.05", "0.05"},
		{-5, "-0.05", "−0.05"},
		{99_999, "999.99", "999.99"},
		{100_000, "1000.00", "1,000.00"},
		{-123_450, "-1234.50", "−1,234.50"},
		{123_456_789_012, "1234567890.12", "1,234,567,890.12"},
		{math.MinInt64, "-92233720368547758.08", "−92,233,720,368,547,758.08"},
	} {
		require.Equal(t, c.plain, c.fen.String())
		require.Equal(t, c.grouped, c.fen.Grouped())
	}
}

package money_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/money"
)

func TestShare_RoundsHalfAwayAndStopsAtTheEnds(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		part, whole money.Fen
		want        money.BP
	}{
		{1, 3, 3333},
		{2, 3, 6667},
		{-1, 3, -3333},
		{1, -3, -3333},
		{-1, -3, 3333},
		{5, 100_000, 1},
		{4, 100_000, 0},
		{0, 0, 0},
		{7, 0, 0},
		{100, 100, money.Whole},
		{math.MaxInt64, 1, math.MaxInt32},
		{-math.MaxInt64, 1, math.MinInt32},
		{math.MaxInt32, 1, math.MaxInt32},
		{-math.MaxInt32, 1, math.MinInt32},
	} {
		require.Equal(t, c.want, money.Share(c.part, c.whole), "%d of %d", c.part, c.whole)
	}
}

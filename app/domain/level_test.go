package domain_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"zhanggui/app/domain"
	"zhanggui/app/money"
)

// Whatever happens to a SKU, no units means no value, a hole has exactly its
// provisional cost, and nothing is lost between moves and variances.
func TestLevel_AnySequence_ValueGoesWithUnits(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var l domain.Level
		var in money.Fen // all that came in less all that went out, variances too
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			q := rapid.Int64Range(1, 9).Draw(t, "q")
			fen := money.Fen(rapid.Int64Range(0, 900).Draw(t, "fen"))
			before := l
			switch rapid.IntRange(0, 4).Draw(t, "what") {
			case 0:
				value, variance, err := l.Receive(q, fen)
				require.NoError(t, err)
				require.Equal(t, fen, value+variance)
				in += value
			case 1:
				if cost, err := l.Issue(q); err == nil {
					in -= cost
				}
			case 2:
				value, err := l.Adjust(q)
				require.NoError(t, err)
				in += value
			case 3:
				value, err := l.Adjust(-q)
				require.NoError(t, err)
				in += value
			case 4:
				variance, err := l.TakeBack(q, fen)
				require.NoError(t, err)
				l.Settle(variance)
				in += fen - variance
			}
			require.Equal(t, in, l.ValueFen)
			if l.OnHand == 0 {
				require.Zero(t, l.ValueFen)
			}
			if l.OnHand >= 0 {
				require.Zero(t, l.ProvQty)
				require.Zero(t, l.ProvFen)
			} else {
				require.Equal(t, -l.OnHand, l.ProvQty)
				require.Equal(t, -l.ValueFen, l.ProvFen)
			}
			undone := l
			undone.Undo(domain.Move{Qty: l.OnHand - before.OnHand, ValueFen: l.ValueFen - before.ValueFen})
			require.Equal(t, [4]int64{before.OnHand, int64(before.ValueFen), before.ProvQty, int64(before.ProvFen)},
				[4]int64{undone.OnHand, int64(undone.ValueFen), undone.ProvQty, int64(undone.ProvFen)})
		}
	})
}

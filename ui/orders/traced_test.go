package orders

import (
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/core"
	"zhanggui/ui/kit"
)

func TestTrace_AmongAllTheStoresChip_ElsewhereItsConditions(t *testing.T) {
	t.Parallel()
	ask := func(chip string, pairs ...string) core.Query {
		return listQuery(kit.Query{Chip: chip, Filter: kit.NewValues(pairs...)}, 1_776_910_680_000)
	}
	q := ask(chipAll, "due", "2026-04-20..2026-04-22", "sent", "late")
	require.Equal(t, "due", q.Chip)
	require.Equal(t, []core.Cond{{Field: "limit_ms", Op: ">=", Value: "2026-04-20"}, {Field: "limit_ms", Op: "<=", Value: "2026-04-22"}, {Field: "sent", Op: "=", Value: "late"}}, q.Conds)
	q = ask(chipAudit, "due", "2026-04-20..2026-04-22")
	require.Equal(t, chipAudit, q.Chip)
	require.Len(t, q.Conds, 6)
	q = ask(chipAll, "placed", "2026-04-20..2026-04-20")
	require.Empty(t, q.Chip)
	require.Equal(t, []core.Cond{{Field: "day", Op: ">=", Value: "2026-04-20"}, {Field: "day", Op: "<=", Value: "2026-04-20"}}, q.Conds)
	q = ask(chipAll, "hour", "9")
	require.Equal(t, []core.Cond{{Field: "paid_ms", Op: ">", Value: "0"}, {Field: "paid_hour", Op: "=", Value: "9"}}, q.Conds)
	require.Empty(t, ask(chipAll).Conds)
}

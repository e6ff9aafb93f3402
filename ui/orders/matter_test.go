package orders

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/core"
	"zhanggui/app/when"
	"zhanggui/ui/kit"
)

func TestNarrow_TheStoresChipsAmongAll_ConditionsElsewhere(t *testing.T) {
	t.Parallel()
	const now = when.Millis(1_776_910_680_000)
	ask := func(chip, matter string) core.Query {
		return listQuery(kit.Query{Chip: chip, Filter: kit.NewValues(matterKey, matter)}, now)
	}
	for matter, chip := range map[string]string{matterLimit: "late_limit", matterTarget: "late_target", matterConflict: "conflict"} {
		q := ask(chipAll, matter)
		require.Equal(t, chip, q.Chip)
		require.Empty(t, q.Conds)
	}
	at := strconv.FormatInt(int64(now), 10)
	q := ask(chipAudit, matterLimit)
	require.Equal(t, chipAudit, q.Chip)
	require.Equal(t, []core.Cond{{Field: "limit_ms", Op: ">", Value: "0"}, {Field: "limit_ms", Op: "<=", Value: at}}, q.Conds)
	require.Len(t, ask(chipAudit, matterTarget).Conds, 3)
	require.Equal(t, []core.Cond{{Field: "checks", Op: "~", Value: "file_conflict"}}, ask(chipException, matterConflict).Conds)
	held := ask(chipAll, matterHold)
	require.Equal(t, "hold", held.Chip)
	require.Equal(t, strconv.FormatInt(int64(now.Day().End()-1), 10), held.Conds[1].Value)
}

package backup_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
)

// A broken figure is told to everybody who may check, the amounts beside it
// only to who may see cost.
func TestCheck_WithoutCost_NamesTheRecordNotTheAmount(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	mug := stocked(f)
	f.Do(func(u *core.Unit) error { return u.Stock().SetUnavailable(domain.DefaultWarehouse, mug.ID, 3) })
	found := func(role auth.Role) string {
		results, err := f.Backup.Check(f.As(role), true, nil)
		require.NoError(t, err)
		var all []string
		for _, r := range results {
			all = append(all, r.Broken...)
		}
		return strings.Join(all, "\n")
	}

	require.Contains(t, found(auth.Finance), "value_fen=8000")
	told := found(auth.Warehouse)
	require.Contains(t, told, mug.ID.String())
	require.Contains(t, told, "unavailable=3")
	require.NotContains(t, told, "8000")
}

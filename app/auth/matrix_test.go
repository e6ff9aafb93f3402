package auth_test

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/auth"
	"zhanggui/app/ids"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestMatrix_Golden compares every role × action with testdata/matrix.golden,
// so that no right changes unseen. Renew it with -update and read the difference.
func TestMatrix_Golden(t *testing.T) {
	t.Parallel()
	roles := append(append([]auth.Role{}, auth.Roles...), auth.System)
	var b strings.Builder
	for _, action := range auth.Actions {
		b.WriteString(string(action))
		for _, role := range roles {
			if auth.Allows(auth.Actor{Role: role}, action) {
				b.WriteString(" " + string(role))
			}
		}
		b.WriteByte('\n')
	}

	golden := filepath.Join("testdata", "matrix.golden")
	if *update {
		require.NoError(t, os.MkdirAll("testdata", 0o755))
		require.NoError(t, os.WriteFile(golden, []byte(b.String()), 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	require.Equal(t, string(want), b.String())
}

func TestActions_NamedOnceEach(t *testing.T) {
	t.Parallel()
	seen := map[auth.Action]bool{}
	for _, a := range auth.Actions {
		require.False(t, seen[a], a)
		seen[a] = true
		require.Regexp(t, `^[a-z]+\.[a-z_]+$`, string(a))
	}
}

// TestAllows_CostIsForMoneyRolesOnly is the rule: warehouse, service
// and promotion see no cost and no profit unless it is granted to the person.
func TestAllows_CostIsForMoneyRolesOnly(t *testing.T) {
	t.Parallel()
	for _, role := range []auth.Role{auth.Warehouse, auth.Service, auth.Promotion} {
		require.False(t, auth.Allows(auth.Actor{Role: role}, auth.FinanceViewCost), role)
		granted := auth.Actor{Role: role, Grants: map[auth.Action]bool{auth.FinanceViewCost: true}}
		require.True(t, auth.Allows(granted, auth.FinanceViewCost), role)
	}
}

func TestAllows_PersonalExceptions(t *testing.T) {
	t.Parallel()
	withdrawn := map[auth.Action]bool{auth.OrdersAudit: false}

	require.False(t, auth.Allows(auth.Actor{Role: auth.Service, Grants: withdrawn}, auth.OrdersAudit))
	require.True(t, auth.Allows(auth.Actor{Role: auth.Service, Grants: withdrawn}, auth.OrdersView))
	require.True(t, auth.Allows(auth.Actor{Role: auth.Supervisor, Grants: withdrawn}, auth.OrdersAudit),
		"nobody can lock the supervisor out")
	require.True(t, auth.Allows(auth.Actor{Role: auth.System, Grants: withdrawn}, auth.OrdersAudit))
}

func TestAllows_NobodyLockedOrUnknown_Nothing(t *testing.T) {
	t.Parallel()
	for _, a := range auth.Actions {
		require.False(t, auth.Allows(auth.Actor{}, a), a)
		require.False(t, auth.Allows(auth.Actor{Role: auth.Supervisor, Locked: true}, a), a)
		require.False(t, auth.Allows(auth.Actor{Role: "owner"}, a), a)
		require.False(t, auth.Allows(auth.Actor{Grants: map[auth.Action]bool{a: true}}, a), a)
	}
}

func TestRole_ValidIsForPersons(t *testing.T) {
	t.Parallel()
	for _, r := range auth.Roles {
		require.True(t, r.Valid(), r)
	}
	for _, r := range []auth.Role{"", auth.System, "owner"} {
		require.False(t, r.Valid(), r)
	}
}

func TestFrom_TakesOutWhatWithPutIn(t *testing.T) {
	t.Parallel()
	_, ok := auth.From(context.Background())
	require.False(t, ok)

	want := auth.Actor{ID: ids.StaffID{1}, Name: "王五", Role: auth.Warehouse}
	got, ok := auth.From(auth.With(context.Background(), want))
	require.True(t, ok)
	require.Equal(t, want, got)
}

package demo_test

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/core"
	"zhanggui/app/demo"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/when"
	"zhanggui/store"
)

var until = when.At(2026, 4, 23, 10, 18, 0)

func open(t testing.TB) core.Store {
	t.Helper()
	st, err := store.Open(context.Background(), filepath.Join(t.TempDir(), "demo.zhanggui"),
		store.Options{Process: "p", Clock: when.NewFixed(until), NoSync: true})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, st.Close()) })
	return st
}

func fill(t testing.TB, st core.Store, orders int, seed uint64) demo.Result {
	t.Helper()
	res, err := demo.Run(context.Background(), st, when.NewFixed(until), demo.Options{
		Orders: orders, Seed: seed, Until: until, Hash: func(pin string) (string, error) { return "hash of " + pin, nil },
	}, nil)
	require.NoError(t, err)
	return res
}

// orderRows reads every order of a shop as the list shows it.
func orderRows(t testing.TB, st core.Store) []core.OrderRow {
	t.Helper()
	var all []core.OrderRow
	err := st.Read(context.Background(), func(r core.Reads) error {
		for offset := 0; ; offset += core.PageLimit {
			page, err := r.Orders().List(core.Query{Page: core.Page{Offset: offset, Limit: core.PageLimit, Sort: "number"}}, until)
			all = append(all, page.Rows...)
			if err != nil || len(page.Rows) < core.PageLimit {
				return err
			}
		}
	})
	require.NoError(t, err)
	return all
}

func TestRun_EveryState_AndCheckIsClean(t *testing.T) {
	t.Parallel()
	st := open(t)

	res := fill(t, st, 2000, 1)

	require.Equal(t, 2000, res.Orders)
	require.Len(t, res.People, 5)
	stages, checks := map[domain.Stage]bool{}, map[domain.CheckCode]bool{}
	rows := orderRows(t, st)
	require.Len(t, rows, 2000, "as many orders as were asked for")
	for _, r := range rows {
		stages[r.Stage] = true
	}
	for _, s := range []domain.Stage{
		domain.StageUnpaid, domain.StageToAudit, domain.StageException, domain.StageHold, domain.StageToShip,
		domain.StagePart, domain.StageShipped, domain.StageCompleted, domain.StageCancelled,
	} {
		require.True(t, stages[s], "no order is %s", s)
	}
	err := st.Read(context.Background(), func(r core.Reads) error {
		blocked, err := r.Orders().Blocked()
		for code := range blocked {
			checks[code] = true
		}
		return err
	})
	require.NoError(t, err)
	for _, c := range []domain.CheckCode{
		domain.CheckLinesMissing, domain.CheckNoSKU, domain.CheckBuyerNote, domain.CheckAddress, domain.CheckAmount,
		domain.CheckRefundAsked, domain.CheckCODCall, domain.CheckDuplicate,
	} {
		require.True(t, checks[c], "no order is kept back by %s", c)
	}
	results, err := st.Check(context.Background(), true, nil)
	require.NoError(t, err)
	for _, r := range results {
		require.Zero(t, r.Bad, "%s: %v", r.Name, r.Broken)
	}
}

func TestRun_SameSeed_SameShop(t *testing.T) {
	t.Parallel()
	a, b, other := open(t), open(t), open(t)
	fill(t, a, 300, 7)
	fill(t, b, 300, 7)
	fill(t, other, 300, 8)

	require.Equal(t, orderRows(t, a), orderRows(t, b))
	require.NotEqual(t, orderRows(t, a), orderRows(t, other))
}

func TestRun_AnyNumber_ExactlyThatMany(t *testing.T) {
	t.Parallel()
	for _, n := range []int{1, 2, 13, 14, 50} {
		st := open(t)

		res := fill(t, st, n, 1)

		require.Equal(t, n, res.Orders)
		require.Len(t, orderRows(t, st), n)
	}
}

func TestRun_ShopWithPeople_Refused(t *testing.T) {
	t.Parallel()
	st := open(t)
	fill(t, st, 50, 1)

	_, err := demo.Run(context.Background(), st, when.NewFixed(until), demo.Options{Until: until, Hash: func(string) (string, error) { return "x", nil }}, nil)

	require.Equal(t, "fault.demo.not_empty", fault.Key(err))
}

func TestRun_ImpossibleNumber_Refused(t *testing.T) {
	t.Parallel()
	_, err := demo.Run(context.Background(), open(t), when.NewFixed(until), demo.Options{Orders: 2_000_000}, nil)

	require.Equal(t, "fault.demo.orders", fault.Key(err))
}

func BenchmarkRun(b *testing.B) {
	for b.Loop() {
		fill(b, open(b), 10_000, 1)
	}
}

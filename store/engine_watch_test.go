package store

import (
	"context"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/core"
	"zhanggui/app/when"
	"zhanggui/store/pgtest"
)

// announce commits change rows of a process.
func announce(t *testing.T, s *store, process string, at when.Millis, list ...core.Change) {
	t.Helper()
	require.NoError(t, s.Write(context.Background(), func(tx core.Tx) error { return tx.Log().AddChanges(process, at, list) }))
}

// watched runs Watch and gives what it hands on.
func watched(t *testing.T, s *store) <-chan []core.Change {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	heard := make(chan []core.Change, 100)
	ready := make(chan struct{})
	var once sync.Once
	var running sync.WaitGroup
	running.Go(func() {
		once.Do(func() { close(ready) })
		if err := s.watch(ctx, quickPoll, func(list []core.Change) { heard <- list }); err != nil {
			t.Error(err)
		}
	})
	<-ready
	t.Cleanup(func() {
		stop()
		running.Wait()
	})
	return heard
}

func TestWatch_OthersChanges_HeardOnce_OwnSkipped(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, dsn string) {
		mine, other := opened(t, dsn, options()), opened(t, dsn, options())
		announce(t, other, "other", 1, core.Change{Topic: core.TopicStaff, IDs: []string{"before"}})
		heard := watched(t, mine)
		// Watching has begun when it hands on the first of these.
		begun := make(chan struct{})
		go func() {
			for n := 0; ; n++ {
				select {
				case <-begun:
					return
				default:
					_ = other.Write(context.Background(), func(tx core.Tx) error {
						return tx.Log().AddChanges("other", 1, []core.Change{{Topic: core.TopicJobs}})
					})
				}
			}
		}()
		first := <-heard
		close(begun)
		require.Equal(t, core.TopicJobs, first[0].Topic)

		announce(t, mine, mine.opt.Process, 2, core.Change{Topic: core.TopicStock, IDs: []string{"own"}})
		announce(t, other, "other", 2, core.Change{Topic: core.TopicOrders, IDs: []string{"a"}}, core.Change{Topic: core.TopicOrders, IDs: []string{"b"}},
			core.Change{Topic: core.TopicStock})

		got := map[core.Topic][]string{}
		for len(got) < 2 {
			for _, c := range <-heard {
				if c.Topic != core.TopicJobs {
					got[c.Topic] = append(got[c.Topic], c.IDs...)
				}
			}
		}
		require.Equal(t, map[core.Topic][]string{core.TopicOrders: {"a", "b"}, core.TopicStock: nil}, got)
	})
}

func TestWatch_Postgres_LateCommitBelowNewerRows_IsHeard(t *testing.T) {
	t.Parallel()
	s := opened(t, pgtest.New(t), options())
	ctx := context.Background()
	w := &watching{s: s, seen: map[int64]bool{}}
	always := func() (bool, error) { return true, nil }
	require.NoError(t, w.start(ctx))

	late, err := s.begin(ctx, true)
	require.NoError(t, err)
	_, err = late.Insert(ctx, `INSERT INTO changes (process, at_ms, topic, refs) VALUES ('late', 1, 'orders', '["late"]')`)
	require.NoError(t, err)
	announce(t, s, "quick", 2, core.Change{Topic: core.TopicStock, IDs: []string{"quick"}})
	got, err := w.poll(ctx, always)
	require.NoError(t, err)
	require.Equal(t, []core.Change{{Topic: core.TopicStock, IDs: []string{"quick"}}}, got)
	require.NoError(t, late.commit())

	got, err = w.poll(ctx, always)
	require.NoError(t, err)
	require.Equal(t, []core.Change{{Topic: core.TopicOrders, IDs: []string{"late"}}}, got)
	for range overlapPolls + 3 {
		got, err = w.poll(ctx, always)
		require.NoError(t, err)
		require.Empty(t, got, "each is heard once")
	}
	require.LessOrEqual(t, len(w.seen), 2)
}

func TestWatch_StoreClosed_Ends(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, dsn string) {
		s := opened(t, dsn, options())
		done := make(chan error)
		go func() { done <- s.Watch(context.Background(), func([]core.Change) {}) }()
		require.NoError(t, s.Close())

		if err := <-done; err != nil {
			require.Contains(t, err.Error(), "closed") // it may not have begun before the end
		}
	})
}

func TestPrune_OldChangesGo_NewestStays(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, dsn string) {
		clock := when.NewFixed(when.At(2026, 11, 22, 9, 0, 0))
		opt := options()
		opt.Clock = clock
		s := opened(t, dsn, opt)
		old := clock.Now() - changesKept - 1
		announce(t, s, "p", old, core.Change{Topic: core.TopicStock}, core.Change{Topic: core.TopicOrders}, core.Change{Topic: core.TopicStaff})

		require.NoError(t, s.pruneChanges(context.Background()))

		require.EqualValues(t, 1, count(t, s, `SELECT COUNT(seq) FROM changes`))
		top := count(t, s, `SELECT MAX(seq) FROM changes`)
		announce(t, s, "p", clock.Now(), core.Change{Topic: core.TopicStock})
		require.NoError(t, s.pruneChanges(context.Background()))
		require.Greater(t, count(t, s, `SELECT MAX(seq) FROM changes`), top, "numbers never come again")
		require.EqualValues(t, 1, count(t, s, `SELECT COUNT(seq) FROM changes`))
	})
}

func TestJoinTopics_ManySwallowsNames(t *testing.T) {
	t.Parallel()

	got := joinTopics([]core.Change{{Topic: "a", IDs: []string{"1"}}, {Topic: "b"}, {Topic: "a", IDs: []string{"2"}}, {Topic: "b", IDs: []string{"3"}}})

	require.Equal(t, []core.Change{{Topic: "a", IDs: []string{"1", "2"}}, {Topic: "b"}}, got)
}

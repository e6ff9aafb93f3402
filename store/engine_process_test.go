package store

import (
	"context"
	"strconv"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/core"
	"zhanggui/app/when"
)

func TestTwoProcesses_TenThousandWrites_NoBusyNoneLost(t *testing.T) {
	t.Parallel()
	dsn := newFile(t)
	s := opened(t, dsn, options())
	other := start(t, "count", dsn, 5000)
	require.Equal(t, "ready", other.says(t))
	ctx, stop := context.WithCancel(context.Background())
	seen := make(chan string, 1)
	var watching sync.WaitGroup
	watching.Go(func() {
		_ = s.watch(ctx, quickPoll, func(list []core.Change) {
			if len(list[0].IDs) == 0 { // a poll was missed: anything may have changed, it does not say by whom
				return
			}
			select {
			case seen <- list[0].IDs[0]:
			default:
			}
		})
	})

	_, err := other.in.Write([]byte("go\n"))
	require.NoError(t, err)
	require.NoError(t, countThrough(s, s.opt.Process, 5000))
	require.Equal(t, "done", other.says(t))

	require.Equal(t, "10000", settings(t, s)["n"])
	require.NotEqual(t, s.opt.Process, <-seen, "the window hears of the other process")
	stop()
	watching.Wait()
	require.NoError(t, s.Seal(context.Background()))
	require.Empty(t, broken(t, s, true))
}

func TestTwoProcesses_Postgres_NoneLost(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, dsn string) {
		s := opened(t, dsn, options())
		other := start(t, "count", dsn, 150)
		require.Equal(t, "ready", other.says(t))
		_, err := other.in.Write([]byte("go\n"))
		require.NoError(t, err)
		require.NoError(t, countThrough(s, s.opt.Process, 150))
		require.Equal(t, "done", other.says(t))

		require.Equal(t, "300", settings(t, s)["n"])
	})
}

func TestKilled_HoldingTheLock_HealsAndSaysSo(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, dsn string) {
		s := opened(t, dsn, options())
		require.NoError(t, set(s, "kept", "yes"))
		other := start(t, "hold", dsn, 0)
		require.Equal(t, "ready", other.says(t))
		info, err := s.Info(context.Background())
		require.NoError(t, err)
		require.Len(t, info.Others, 1)
		require.Equal(t, "hold", info.Others[0].User)
		require.Equal(t, other.cmd.Process.Pid, info.Others[0].PID)

		other.kill(t)

		require.NoError(t, set(s, "after", "yes"), "the lock went with the process")
		require.NoError(t, s.Close())
		again := opened(t, dsn, options())
		info, err = again.Info(context.Background())
		require.NoError(t, err)
		require.True(t, info.UncleanStart)
		require.Empty(t, info.Others)
		require.Equal(t, map[string]string{"kept": "yes", "after": "yes"}, settings(t, again))
		require.NoError(t, again.Close())
		info, err = opened(t, dsn, options()).Info(context.Background())
		require.NoError(t, err)
		require.False(t, info.UncleanStart, "told once")
	})
}

func TestKilled_Anywhere_NoAcknowledgedWriteLost(t *testing.T) {
	t.Parallel()
	dsn := newFile(t)
	require.NoError(t, opened(t, dsn, options()).Close())
	for round := range 10 {
		other := start(t, "ack", dsn, 0)
		last := 0
		for range 1 + round*7 {
			n, err := strconv.Atoi(other.says(t))
			require.NoError(t, err)
			last = n
		}
		other.kill(t)

		s, err := Open(context.Background(), dsn, options())
		require.NoError(t, err)
		have, err := strconv.Atoi(settings(t, s)["acked"])
		require.NoError(t, err)
		require.GreaterOrEqual(t, have, last)
		require.Empty(t, broken(t, s, true))
		require.NoError(t, s.Close())
	}
}

func TestStale_SilentForLong_IsNoNeighbour(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, dsn string) {
		clock := when.NewFixed(when.At(2026, 11, 22, 9, 0, 0))
		opt := options()
		opt.Clock, opt.Desk = clock, "other-desk"
		opened(t, dsn, opt)
		mine := options()
		mine.Clock = clock
		s := opened(t, dsn, mine)
		info, err := s.Info(context.Background())
		require.NoError(t, err)
		require.Len(t, info.Others, 1)

		clock.Advance(staleAfter + 1)

		info, err = s.Info(context.Background())
		require.NoError(t, err)
		require.Empty(t, info.Others)
		require.False(t, info.UncleanStart, "what another desk does is its own business")
	})
}

package auth_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"zhanggui/app/auth"
	"zhanggui/app/when"
)

func TestLockAfter_FreeThenDoublingToFifteenMinutes(t *testing.T) {
	t.Parallel()
	for failures, want := range map[int]when.Millis{
		-1: 0, 0: 0, 1: 0, 4: 0,
		5: 30 * when.Second, 6: when.Minute, 7: 2 * when.Minute, 8: 4 * when.Minute, 9: 8 * when.Minute,
		10: 15 * when.Minute, 11: 15 * when.Minute, 1_000_000_000: 15 * when.Minute,
	} {
		require.Equal(t, want, auth.LockAfter(failures), "%d failures", failures)
	}
}

// TestLockAfter_AtMost105GuessesADay tries at every first allowed moment, in
// any window of 24 hours within three days (QUALITY R20).
func TestLockAfter_AtMost105GuessesADay(t *testing.T) {
	t.Parallel()
	start := when.At(2026, time.November, 22, 8, 0, 0)
	var tries []when.Millis
	for now := start; now < start+3*when.DaySpan; {
		tries = append(tries, now)
		now += auth.LockAfter(len(tries))
	}

	most := 0
	for first := range tries {
		n := 0
		for _, at := range tries[first:] {
			if at-tries[first] < when.DaySpan {
				n++
			}
		}
		most = max(most, n)
	}

	require.Equal(t, 104, most)
	require.LessOrEqual(t, most, 105)
}

func TestLockedFor_RunsDown(t *testing.T) {
	t.Parallel()
	last := when.At(2026, time.November, 22, 8, 0, 0)

	require.Zero(t, auth.LockedFor(4, last, last))
	require.Equal(t, 30*when.Second, auth.LockedFor(5, last, last))
	require.Equal(t, 10*when.Second, auth.LockedFor(5, last, last+20*when.Second))
	require.Zero(t, auth.LockedFor(5, last, last+30*when.Second))
	require.Zero(t, auth.LockedFor(5, last, last+when.DaySpan))
}

func TestLockedFor_ClockSetBack_NotShorter(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		failures := rapid.IntRange(0, 40).Draw(t, "failures")
		last := when.At(2026, time.November, 22, 8, 0, 0)
		back := when.Millis(rapid.Int64Range(1, int64(400*when.DaySpan)).Draw(t, "back"))

		require.Equal(t, auth.LockAfter(failures), auth.LockedFor(failures, last, last-back))
	})
}

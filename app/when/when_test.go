package when_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"zhanggui/app/when"
)

func TestMillis_DayBordersAreShanghais(t *testing.T) {
	t.Parallel()
	lastMoment := when.Of(time.Date(2026, 11, 22, 15, 59, 59, 999e6, time.UTC))

	require.Equal(t, when.Day("2026-11-22"), lastMoment.Day())
	require.Equal(t, when.Day("2026-11-23"), (lastMoment + 1).Day())
	require.Equal(t, when.At(2026, time.November, 23, 0, 0, 0), lastMoment+1)
}

func TestMillis_Unset_PrintsNothing(t *testing.T) {
	t.Parallel()
	require.Equal(t, when.Millis(0), when.Of(time.Time{}))
	require.Empty(t, when.Millis(0).String())
	require.Empty(t, when.Millis(0).Minute())
	require.Empty(t, when.Millis(0).Day())
	require.Empty(t, when.Day("").Month())
	require.Zero(t, when.Day("").Start())
}

func TestMillis_Prints(t *testing.T) {
	t.Parallel()
	m := when.At(2026, time.November, 22, 10, 18, 5)

	require.Equal(t, "2026-11-22 10:18:05", m.String())
	require.Equal(t, "2026-11-22 10:18", m.Minute())
	require.Equal(t, m, when.Of(m.Time()))
}

func TestDay_SpansLeapDaysAndYears(t *testing.T) {
	t.Parallel()
	require.Equal(t, when.Day("2024-02-29"), when.Day("2024-02-28").Add(1))
	require.Equal(t, when.Day("2027-01-01"), when.Day("2026-12-31").Add(1))
	require.Equal(t, when.Day("2026-12-31"), when.Day("2027-01-01").Add(-1))
	require.Equal(t, when.Day("2024-03-01").Start(), when.Day("2024-02-29").End())
	require.Equal(t, "2024-02", when.Day("2024-02-29").Month())
}

func TestDay_HoldsEveryInstantOfItself(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := when.Millis(rapid.Int64Range(1, 4_102_444_800_000).Draw(t, "instant")) // to the year 2100

		d := m.Day()

		require.LessOrEqual(t, d.Start(), m)
		require.Greater(t, d.End(), m)
		require.Equal(t, when.DaySpan, d.End()-d.Start())
		parsed, err := when.ParseDay(string(d))
		require.NoError(t, err)
		require.Equal(t, d, parsed)
	})
}

func TestParseDay_NotADay_Refused(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"", "2024-02-30", "2024-13-01", "20240201", "2024-2-1", "明天"} {
		_, err := when.ParseDay(s)
		require.Error(t, err, s)
	}
}

func TestFixed_StandsUntilMoved(t *testing.T) {
	t.Parallel()
	var clock when.Clock
	fixed := when.NewFixed(when.At(2026, time.November, 22, 8, 0, 0))
	clock = fixed
	require.Equal(t, "2026-11-22 08:00:00", clock.Now().String())

	fixed.Advance(90 * when.Minute)
	require.Equal(t, "2026-11-22 09:30:00", clock.Now().String())

	fixed.Set(when.Day("2027-01-01").Start())
	require.Equal(t, when.Day("2027-01-01"), clock.Now().Day())
}

func TestSystem_MovesForward(t *testing.T) {
	t.Parallel()
	span := when.Stopwatch()
	first := when.System{}.Now()

	require.Greater(t, first, when.At(2026, time.January, 1, 0, 0, 0))
	require.GreaterOrEqual(t, when.System{}.Now(), first)
	require.GreaterOrEqual(t, span(), time.Duration(0))
}

package domain_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zhanggui/app/domain"
	"zhanggui/app/when"
)

func TestNextCuts_TodayThenTomorrow(t *testing.T) {
	t.Parallel()
	at := func(day, hour, minute int) when.Millis { return when.At(2026, time.April, day, hour, minute, 0) }
	two := []string{"11:00", "16:30"}
	for _, c := range []struct {
		name        string
		waves       []string
		now         when.Millis
		next, after domain.Cut
	}{
		{"before the first", two, at(23, 10, 18), domain.Cut{No: 1, At: at(23, 11, 0)}, domain.Cut{No: 2, At: at(23, 16, 30)}},
		{"a cut-off just now is over", two, at(23, 11, 0), domain.Cut{No: 2, At: at(23, 16, 30)}, domain.Cut{No: 1, At: at(24, 11, 0)}},
		{"after the last", two, at(23, 20, 0), domain.Cut{No: 1, At: at(24, 11, 0)}, domain.Cut{No: 2, At: at(24, 16, 30)}},
		{"over the month's end", two, when.At(2026, time.April, 30, 18, 0, 0), domain.Cut{No: 1, At: when.At(2026, time.May, 1, 11, 0, 0)}, domain.Cut{No: 2, At: when.At(2026, time.May, 1, 16, 30, 0)}},
		{"one wave a day", []string{"15:00"}, at(23, 15, 1), domain.Cut{No: 1, At: at(24, 15, 0)}, domain.Cut{No: 1, At: at(25, 15, 0)}},
		{"a campaign's four", []string{"09:00", "11:00", "15:00", "20:00"}, at(23, 14, 59), domain.Cut{No: 3, At: at(23, 15, 0)}, domain.Cut{No: 4, At: at(23, 20, 0)}},
		{"none", nil, at(23, 10, 0), domain.Cut{}, domain.Cut{}},
		{"no times", []string{"soon", "1x:00"}, at(23, 10, 0), domain.Cut{}, domain.Cut{}},
	} {
		next, after := domain.NextCuts(c.waves, c.now)
		require.Equal(t, c.next, next, c.name)
		require.Equal(t, c.after, after, c.name)
	}
}

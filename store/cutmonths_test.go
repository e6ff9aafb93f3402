package store

import (
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/when"
)

func TestCutMonths_FewestRows(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		from, to when.Day
		want     cut
	}{
		{"2026-04-01", "2026-04-30", cut{first: "2026-04", last: "2026-04"}},
		{"2026-04-05", "2026-04-08", cut{days: []stretch{{"2026-04-05", "2026-04-08", 1}}}},
		{"2026-04-03", "2026-04-29", cut{first: "2026-04", last: "2026-04", days: []stretch{{"2026-04-01", "2026-04-02", -1}, {"2026-04-30", "2026-04-30", -1}}}},
		{"2026-01-25", "2026-04-05", cut{first: "2026-02", last: "2026-03", days: []stretch{{"2026-01-25", "2026-01-31", 1}, {"2026-04-01", "2026-04-05", 1}}}},
		{"2025-12-05", "2026-01-28", cut{first: "2025-12", last: "2026-01", days: []stretch{{"2025-12-01", "2025-12-04", -1}, {"2026-01-29", "2026-01-31", -1}}}},
	} {
		require.Equal(t, c.want, cutMonths(c.from, c.to), "%s to %s", c.from, c.to)
	}
}

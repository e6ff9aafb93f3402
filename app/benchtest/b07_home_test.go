package benchtest

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zhanggui/app/auth"
	"zhanggui/app/when"
)

// toHome is the time in which the figures of the home screen must be there.
const toHome = 150 * time.Millisecond

// BenchmarkB7_Home reads what the home screen shows: the figures of yesterday
// and of a week beside those before, what each post has to do, the wave clock.
func BenchmarkB7_Home(b *testing.B) {
	each(b, func(b *testing.B, s *shop) {
		day := s.lastDay()
		figure := func(role auth.Role, from, to when.Day) func() int {
			return func() int {
				v, err := s.Dash.Sales(s.as(role), from, to)
				require.NoError(s.b, err)
				return len(v.Channels)
			}
		}
		looks := []look{
			{"figures of a day", figure(auth.Supervisor, day, day)},
			{"figures of a week", figure(auth.Supervisor, day.Add(-6), day)},
			{"products of a day", func() int {
				p, err := s.Dash.Products(s.as(auth.Promotion), day, day)
				require.NoError(s.b, err)
				return len(p.Rows)
			}},
			{"wave clock", func() int {
				w, err := s.Dash.Wave(s.as(auth.Warehouse))
				require.NoError(s.b, err)
				return int(w.ToPick)
			}},
		}
		for _, role := range auth.Roles {
			looks = append(looks, look{"work of " + string(role), func() int {
				w, err := s.Dash.Work(s.as(role))
				require.NoError(s.b, err)
				return len(w.Items)
			}})
		}
		var rows []row
		for _, l := range looks {
			o, text := s.looked(l)
			rows = append(rows, row{id: "B7", work: "home: " + l.work, ours: text, goal: "≤ 150 ms CPU"}.within(o, toHome))
		}
		figures.add(b, s.of, rows...)
	})
}

// lastDay is the last whole day of the shop.
func (s *shop) lastDay() when.Day { return s.clock.Now().Day().Add(-1) }

package dash

import (
	"context"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
)

// Wave is what the clock in the top bar shows: the cut-off that comes next, the
// one after it, and how many orders are passed and have not left.
type Wave struct {
	Next   domain.Cut `json:"next"`
	After  domain.Cut `json:"after"`
	Waves  []string   `json:"waves"` // the day's cut-offs, so that the clock goes on without reading
	ToPick int64      `json:"to_pick"`
}

// Wave reads the next cut-off and what waits for it, from the kept counters.
// Errors: Denied.
func (s *Service) Wave(ctx context.Context) (Wave, error) {
	return core.Read(ctx, s.e, auth.ShippingView, func(r core.Reads) (Wave, error) {
		stored, err := r.Settings().All()
		if err != nil {
			return Wave{}, err
		}
		w := Wave{Waves: domain.ParseSettings(stored).Waves}
		w.Next, w.After = domain.NextCuts(w.Waves, s.e.Now())
		counts, err := r.Orders().StageCounts()
		for _, c := range counts {
			if c.Stage == domain.StageToShip || c.Stage == domain.StagePart {
				w.ToPick += c.N
			}
		}
		return w, err
	})
}

package kit

import (
	"context"

	"zhanggui/app/fault"
)

// Undoing takes an action back. It calls ended once: with true when it is taken
// back, with false when it was refused or the person thought better of it. What
// is refused has been shown, and nothing has changed.
type Undoing func(ended func(done bool))

// TakeBack makes an Undoing of the reverse use case. It belongs to no screen:
// the one that acted may be closed by then. A refusal is shown the usual way.
func TakeBack(env Env, work func(ctx context.Context) error) Undoing {
	env.Hints = nil // the list that acted may not be in front
	return func(ended func(done bool)) {
		owner := NewOwner()
		owner.OnFail(func(error) bool {
			ended(false)
			return false
		})
		Act(env, owner, func(ctx context.Context) (bool, error) {
			err := work(ctx)
			if fault.Is(err, fault.Cancelled) {
				return false, nil
			}
			return true, err
		}, ended)
	}
}

package core

import (
	"context"

	"zhanggui/app/auth"
)

// ActorOf reads the actor's present row, so that a caller can leave out what
// the person may not see (cost, whole phone numbers). The engine has already
// checked the use case's right when a service asks.
func ActorOf(ctx context.Context, r Reads) (auth.Actor, error) {
	actor, _ := auth.From(ctx)
	return refresh(r.Staff(), actor)
}

// Guard refuses a query that filters or sorts by fields the actor may not see:
// a hidden figure must not be found by asking "value > 100" either.
// Errors: Denied fault.auth.denied.
func Guard(actor auth.Actor, q Query, need auth.Action, fields ...string) error {
	if auth.Allows(actor, need) {
		return nil
	}
	for _, hidden := range fields {
		asked := q.Page.Sort == hidden
		for _, c := range q.Conds {
			asked = asked || c.Field == hidden
		}
		if asked {
			return denied(need)
		}
	}
	return nil
}

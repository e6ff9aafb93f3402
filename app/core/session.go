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

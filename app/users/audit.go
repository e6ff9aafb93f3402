package users

import (
	"context"

	"zhanggui/app/auth"
	"zhanggui/app/core"
)

// AuditLog lists who changed what and when, newest first unless sorted.
// Errors: Denied without audit.view; Invalid for an unknown field.
func (s *Service) AuditLog(ctx context.Context, q core.Query) (core.Paged[core.AuditLine], error) {
	return core.Read(ctx, s.e, auth.AuditView, func(r core.Reads) (core.Paged[core.AuditLine], error) {
		return r.Log().ListAudit(q)
	})
}

package users

import (
	"context"

	"zhanggui/app/auth"
	"zhanggui/app/core"
)

// valued are the entities whose lines hold values of stock.
var valued = map[string]bool{"receipt": true, "opening": true, "adjust": true}

// AuditLog lists who changed what and when, newest first unless sorted. Lines
// about the value of stock keep their figures from people who may not see cost.
// Errors: Denied without audit.view; Invalid for an unknown field.
func (s *Service) AuditLog(ctx context.Context, q core.Query) (core.Paged[core.AuditLine], error) {
	return core.Read(ctx, s.e, auth.AuditView, func(r core.Reads) (core.Paged[core.AuditLine], error) {
		actor, err := core.ActorOf(ctx, r)
		if err != nil {
			return core.Paged[core.AuditLine]{}, err
		}
		if err := core.Guard(actor, q, auth.FinanceViewCost, "before", "after", "args"); err != nil {
			return core.Paged[core.AuditLine]{}, err
		}
		page, err := r.Log().ListAudit(q)
		if err == nil && !auth.Allows(actor, auth.FinanceViewCost) {
			for i := range page.Rows {
				if l := &page.Rows[i]; valued[l.Entity] {
					l.Before, l.After = "", ""
					delete(l.Args, "cost")
				}
			}
		}
		return page, err
	})
}

package orders

import (
	"context"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/flow"
	"zhanggui/app/ids"
	"zhanggui/app/job"
)

// PassCmd lets orders through to the warehouse: those without a blocking check
// pass and get their goods reserved, the others stay (workflows.md 4.2.4).
// Orders empty means "every order that waits", in allocation order.
type PassCmd struct{ Orders []ids.OrderID }

// Action is the right it needs.
func (PassCmd) Action() auth.Action { return auth.OrdersAudit }

// Validate allows any selection.
func (PassCmd) Validate() error { return nil }

// PassResult says "186 passed, 7 need you".
type PassResult struct {
	Passed  int                      `json:"passed"`
	NeedYou int                      `json:"need_you"`
	Skipped int                      `json:"skipped"` // not waiting for audit any more
	Reasons map[domain.CheckCode]int `json:"reasons"` // why orders stay, by check
	Blocked []Blocked                `json:"blocked"`
	Orders  []ids.OrderID            `json:"-"` // those that passed, for taking it back
}

// Blocked is an order that stays, with its first reason.
type Blocked struct {
	Order string           `json:"order"`
	Check domain.CheckCode `json:"check"`
}

// blockedShown is how many blocked orders a result names; the list screen has them all.
const blockedShown = 200

// passChunk is the number of orders in one transaction: small enough that a
// scanning clerk never waits for it.
const passChunk = 100

// allLimit is the most orders one pass takes (CONVENTIONS 18).
const allLimit = 200_000

// Pass passes the orders in chunks, each one transaction. Cancelling stops
// after the present chunk; what passed stays passed.
func (s *Service) Pass(ctx context.Context, cmd PassCmd, report job.Report) (PassResult, error) {
	total := PassResult{Reasons: map[domain.CheckCode]int{}}
	list := cmd.Orders
	if len(list) == 0 {
		if err := s.wakeHolds(ctx); err != nil {
			return total, err
		}
		var err error
		list, err = core.Read(ctx, s.e, auth.OrdersAudit, func(r core.Reads) ([]ids.OrderID, error) {
			return r.Orders().ToPass(allLimit)
		})
		if err != nil {
			return total, err
		}
	}
	for start := 0; start < len(list); start += passChunk {
		if err := ctx.Err(); err != nil {
			return total, fault.From(err)
		}
		chunk := list[start:min(start+passChunk, len(list))]
		part, err := core.Do(ctx, s.e, PassCmd{Orders: chunk}, func(u *core.Unit) (PassResult, error) {
			return passChunkOf(u, chunk)
		})
		if err != nil {
			return total, err
		}
		total.add(part)
		report.Say(min(start+passChunk, len(list)), len(list), "job.pass")
	}
	if len(cmd.Orders) == 0 {
		return total, s.countStaying(ctx, &total)
	}
	return total, nil
}

// countStaying replaces the counts of this run by those of everything that
// waits for a person, so that "7 need you" is what the exception list shows.
func (s *Service) countStaying(ctx context.Context, total *PassResult) error {
	_, err := core.Read(ctx, s.e, auth.OrdersAudit, func(r core.Reads) (bool, error) {
		blocked, err := r.Orders().Blocked()
		if err != nil {
			return false, err
		}
		total.Reasons = map[domain.CheckCode]int{}
		for code, n := range blocked {
			total.Reasons[code] = int(n)
		}
		stages, err := r.Orders().StageCounts()
		total.NeedYou = 0
		for _, c := range stages {
			if c.Stage == domain.StageException && c.Channel != "" {
				total.NeedYou += int(c.N)
			}
		}
		return true, err
	})
	return err
}

// passChunkOf tries each order of a chunk inside one transaction.
func passChunkOf(u *core.Unit, chunk []ids.OrderID) (PassResult, error) {
	res := PassResult{Reasons: map[domain.CheckCode]int{}}
	set, err := flow.Settings(u)
	if err != nil {
		return res, err
	}
	list, err := u.Orders().GetMany(chunk)
	if err != nil {
		return res, err
	}
	for _, o := range list {
		if st := o.Stage(); st != domain.StageToAudit && st != domain.StageException {
			res.Skipped++
			continue
		}
		was := o.Audit
		if err := passOne(u, o, set); err != nil {
			return res, err
		}
		flow.Announce(u, o)
		if c := o.FirstBlocking(); c != nil {
			res.NeedYou++
			res.Reasons[c.Code]++
			res.Blocked = append(res.Blocked, Blocked{Order: o.Number, Check: c.Code})
			if was != o.Audit {
				u.Audit("order", o.ID.String(), "audit.order_stayed", auditFact{was}, auditFact{o.Audit}, "order", o.Number, "check", c.Code)
			}
			continue
		}
		res.Passed++
		res.Orders = append(res.Orders, o.ID)
		u.Audit("order", o.ID.String(), "audit.order_passed", auditFact{was}, auditFact{o.Audit}, "order", o.Number)
	}
	u.Audit("orders", "", "audit.passed", nil, nil, "passed", res.Passed, "stayed", res.NeedYou)
	return res, nil
}

// auditFact is the changed field of an order in the audit log.
type auditFact struct {
	Audit domain.Audit `json:"audit"`
}

// passOne checks, reserves and passes an order, or sends it to the exceptions.
func passOne(u *core.Unit, o *domain.Order, set domain.Settings) error {
	if err := flow.Recheck(u, o, set, nil); err != nil {
		return err
	}
	if o.FirstBlocking() == nil {
		short, err := flow.Reserve(u, o)
		if err != nil {
			return err
		}
		if len(short) > 0 {
			if err := flow.Recheck(u, o, set, short); err != nil {
				return err
			}
		}
	}
	if o.FirstBlocking() != nil {
		if err := o.Except(); err != nil {
			return err
		}
	} else if err := o.Pass(u.Now); err != nil {
		return err
	}
	return u.Orders().Save(o)
}

func (r *PassResult) add(p PassResult) {
	r.Passed += p.Passed
	r.Orders = append(r.Orders, p.Orders...)
	r.NeedYou += p.NeedYou
	r.Skipped += p.Skipped
	for code, n := range p.Reasons {
		r.Reasons[code] += n
	}
	if room := blockedShown - len(r.Blocked); room > 0 {
		r.Blocked = append(r.Blocked, p.Blocked[:min(room, len(p.Blocked))]...)
	}
}

// wakeHolds puts held orders whose day has come back into the audit list.
func (s *Service) wakeHolds(ctx context.Context) error {
	due, err := core.Read(ctx, s.e, auth.OrdersAudit, func(r core.Reads) ([]ids.OrderID, error) {
		return r.Orders().HoldsDue(s.e.Now())
	})
	if err != nil {
		return err
	}
	for _, id := range due {
		if err := s.ReleaseHold(ctx, ReleaseHoldCmd{Order: id}); err != nil && !fault.Is(err, fault.Conflict) {
			return err
		}
	}
	return nil
}

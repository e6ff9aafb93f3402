package users

import (
	"context"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
)

// SetPINCmd sets a new PIN: the own one with the old PIN, or as supervisor
// that of somebody else, which also ends a lock-out.
type SetPINCmd struct {
	ID  ids.StaffID // zero: the own PIN
	Old string      // the present PIN, for the own one only
	PIN string
}

// Action is the right it needs: everybody may change the own PIN.
func (c SetPINCmd) Action() auth.Action {
	if c.ID.Zero() {
		return auth.SelfManage
	}
	return auth.UsersManage
}

// Validate checks the digits as far as they do not depend on the post.
// Errors: Invalid with fields.
func (c SetPINCmd) Validate() error {
	e := fault.New(fault.Invalid, "fault.users.pin")
	checkPIN(e, auth.Service, c.PIN) // the least that every post asks; the post's own length is checked with the row
	return orNil(e)
}

// SetPIN stores the new PIN. Errors: Denied (also fault.users.sign_in for a
// wrong old PIN); Limit fault.users.locked; Invalid; NotFound.
func (s *Service) SetPIN(ctx context.Context, cmd SetPINCmd) error {
	actor, _ := auth.From(ctx)
	if cmd.ID == actor.ID {
		cmd.ID = ids.StaffID{}
	}
	hash, err := s.hash(ctx, cmd, cmd.PIN)
	if err != nil {
		return err
	}
	own := cmd.ID.Zero()
	if own {
		if _, err := s.tryOwn(ctx, actor.ID, cmd.Old, "audit.pin_proved"); err != nil {
			return err
		}
	}
	_, err = core.Do(ctx, s.e, cmd, func(u *core.Unit) (bool, error) {
		id := cmd.ID
		if own {
			id = u.Actor.ID
		}
		return true, setPIN(u, id, cmd.PIN, hash)
	})
	return err
}

func setPIN(u *core.Unit, id ids.StaffID, pin, hash string) error {
	p, err := u.Staff().Get(id)
	if err != nil {
		return err
	}
	if err := auth.ValidatePIN(p.Role, pin); err != nil {
		return err
	}
	p.PINHash = hash
	clearFailures(p)
	if err := u.Staff().Save(p); err != nil {
		return err
	}
	u.Audit("staff", p.ID.String(), "audit.pin_set", nil, nil, "name", p.Name)
	u.Changed(core.TopicStaff, p.ID.String())
	return nil
}

func clearFailures(p *domain.Staff) { p.Failures, p.FailedAt, p.LockedUntil = 0, 0, 0 }

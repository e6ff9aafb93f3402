package users

import (
	"context"
	"strings"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
)

// ChangeCmd changes a person's name, post, rights, or whether the person may
// work at all. It says everything anew: what is left empty becomes empty.
type ChangeCmd struct {
	ID       ids.StaffID
	Version  int64
	Name     string
	Role     auth.Role
	Disabled bool
	Grants   map[auth.Action]bool
	PIN      string // needed only for a post that wants more digits than the one before; "" keeps the PIN
}

// Action is the right it needs.
func (ChangeCmd) Action() auth.Action { return auth.UsersManage }

// Validate checks name, role, rights and a new PIN. Errors: Invalid with fields.
func (c ChangeCmd) Validate() error {
	e := fault.New(fault.Invalid, "fault.users.person", "name", c.Name, "limit", nameLimit)
	if c.ID.Zero() {
		_ = e.Field("id", "fault.required")
	}
	checkName(e, "name", c.Name)
	if !c.Role.Valid() {
		_ = e.Field("role", "fault.required")
	}
	checkGrants(e, c.Grants)
	if c.PIN != "" {
		checkPIN(e, c.Role, c.PIN)
	}
	return orNil(e)
}

// Change writes the person. Errors: Denied; Invalid, fault.users.pin_needed
// when the new post wants a longer PIN; NotFound; Conflict fault.staff.name_used,
// fault.conflict_version, fault.users.last_supervisor.
func (s *Service) Change(ctx context.Context, cmd ChangeCmd) error {
	cmd.Name = strings.TrimSpace(cmd.Name)
	hash, err := s.hash(ctx, cmd, cmd.PIN)
	if err != nil {
		return err
	}
	_, err = core.Do(ctx, s.e, cmd, func(u *core.Unit) (bool, error) {
		p, err := u.Staff().Get(cmd.ID)
		if err != nil {
			return false, err
		}
		if p.Version != cmd.Version {
			return false, fault.New(fault.Conflict, "fault.conflict_version")
		}
		before := factsOf(p)
		if hash == "" && cmd.Role.PINLength() > p.Role.PINLength() {
			return false, fault.New(fault.Invalid, "fault.users.pin_needed", "name", p.Name, "least", cmd.Role.PINLength()).
				Field("pin", "fault.required")
		}
		p.Name, p.Role, p.Disabled, p.Grants = cmd.Name, cmd.Role, cmd.Disabled, cmd.Grants
		if hash != "" {
			p.PINHash = hash
		}
		if err := keepSupervisor(u, p); err != nil {
			return false, err
		}
		if err := u.Staff().Save(p); err != nil {
			return false, err
		}
		u.Audit("staff", p.ID.String(), "audit.staff_changed", before, factsOf(p), "name", p.Name)
		u.Changed(core.TopicStaff, p.ID.String())
		return true, nil
	})
	return err
}

// keepSupervisor refuses a change after which nobody could manage the team.
func keepSupervisor(u *core.Unit, changed *domain.Staff) error {
	if changed.Role == auth.Supervisor && !changed.Disabled {
		return nil
	}
	staff, err := u.Staff().List()
	if err != nil {
		return err
	}
	for i := range staff {
		if p := &staff[i]; p.ID != changed.ID && p.Role == auth.Supervisor && !p.Disabled {
			return nil
		}
	}
	return fault.New(fault.Conflict, "fault.users.last_supervisor", "name", changed.Name)
}

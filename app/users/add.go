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

// AddCmd adds a person to the team.
type AddCmd struct {
	Name   string
	Role   auth.Role
	PIN    string
	Grants map[auth.Action]bool // personal exceptions: true granted, false withdrawn
}

// Action is the right it needs.
func (AddCmd) Action() auth.Action { return auth.UsersManage }

// Validate checks name, role, PIN and rights. Errors: Invalid with fields.
func (c AddCmd) Validate() error {
	e := fault.New(fault.Invalid, "fault.users.person", "name", c.Name, "limit", nameLimit)
	checkName(e, "name", c.Name)
	if !c.Role.Valid() {
		_ = e.Field("role", "fault.required")
	}
	checkPIN(e, c.Role, c.PIN)
	checkGrants(e, c.Grants)
	return orNil(e)
}

// Add adds the person. Errors: Denied; Invalid; Conflict fault.staff.name_used.
func (s *Service) Add(ctx context.Context, cmd AddCmd) (ids.StaffID, error) {
	cmd.Name = strings.TrimSpace(cmd.Name)
	hash, err := s.hash(ctx, cmd, cmd.PIN)
	if err != nil {
		return ids.StaffID{}, err
	}
	return core.Do(ctx, s.e, cmd, func(u *core.Unit) (ids.StaffID, error) {
		p := domain.Staff{ID: ids.StaffID(u.IDs.NewID()), Name: cmd.Name, Role: cmd.Role, PINHash: hash, Grants: cmd.Grants}
		if err := u.Staff().Save(&p); err != nil {
			return p.ID, err
		}
		u.Audit("staff", p.ID.String(), "audit.staff_added", nil, factsOf(&p), "name", p.Name, "role", p.Role)
		u.Changed(core.TopicStaff, p.ID.String())
		return p.ID, nil
	})
}

// hash checks right and fields first and then hashes the PIN; "" stays "".
func (s *Service) hash(ctx context.Context, cmd core.Command, pin string) (string, error) {
	if err := s.allowed(ctx, cmd.Action()); err != nil {
		return "", err
	}
	if err := cmd.Validate(); err != nil {
		return "", err
	}
	if pin == "" {
		return "", nil
	}
	return s.pins.Hash(pin)
}

// facts are the fields that the audit shows before and after; never the PIN.
type facts struct {
	Name     string               `json:"name"`
	Role     auth.Role            `json:"role"`
	Disabled bool                 `json:"disabled"`
	Grants   map[auth.Action]bool `json:"grants,omitempty"`
}

func factsOf(p *domain.Staff) facts {
	return facts{Name: p.Name, Role: p.Role, Disabled: p.Disabled, Grants: p.Grants}
}

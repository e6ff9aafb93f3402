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

// InitCmd sets up a shop in an empty database.
type InitCmd struct {
	Shop     string // name of the shop
	Owner    string // name of the first person, a supervisor
	PIN      string
	Currency string // book currency, three letters; "" is CNY (DECIDED 5)
}

// Action is the right it needs; Init runs as the system, for nobody exists yet.
func (InitCmd) Action() auth.Action { return auth.UsersManage }

// Validate checks names, PIN and currency. Errors: Invalid with fields.
func (c InitCmd) Validate() error {
	e := fault.New(fault.Invalid, "fault.users.init", "limit", nameLimit)
	checkName(e, "shop", c.Shop)
	checkName(e, "owner", c.Owner)
	checkPIN(e, auth.Supervisor, c.PIN)
	if !isCurrency(c.Currency) {
		_ = e.Field("currency", "fault.users.currency")
	}
	return orNil(e)
}

func isCurrency(s string) bool {
	if len(s) != 3 {
		return false
	}
	for _, c := range []byte(s) {
		if c < 'A' || c > 'Z' {
			return false
		}
	}
	return true
}

// Init makes the first supervisor and names the shop. It needs nobody signed
// in and works once.
// Errors: Invalid; Conflict fault.users.not_empty when the data has people.
func (s *Service) Init(ctx context.Context, cmd InitCmd) (auth.Actor, error) {
	if cmd.Currency == "" {
		cmd.Currency = "CNY"
	}
	cmd.Shop, cmd.Owner = strings.TrimSpace(cmd.Shop), strings.TrimSpace(cmd.Owner)
	if err := cmd.Validate(); err != nil {
		return auth.Actor{}, err
	}
	hash, err := s.pins.Hash(cmd.PIN)
	if err != nil {
		return auth.Actor{}, err
	}
	return core.Do(asSystem(ctx), s.e, cmd, func(u *core.Unit) (auth.Actor, error) {
		people, err := u.Staff().List()
		if err != nil {
			return auth.Actor{}, err
		}
		if len(people) > 0 {
			return auth.Actor{}, fault.New(fault.Conflict, "fault.users.not_empty")
		}
		owner := domain.Staff{ID: ids.StaffID(u.IDs.NewID()), Name: cmd.Owner, Role: auth.Supervisor, PINHash: hash}
		if err := u.Staff().Save(&owner); err != nil {
			return auth.Actor{}, err
		}
		if err := u.Settings().Set("shop.name", cmd.Shop); err != nil {
			return auth.Actor{}, err
		}
		if err := u.Settings().Set("shop.currency", cmd.Currency); err != nil {
			return auth.Actor{}, err
		}
		u.Audit("staff", owner.ID.String(), "audit.shop_made", nil,
			map[string]string{"shop": cmd.Shop, "owner": cmd.Owner, "currency": cmd.Currency}, "shop", cmd.Shop, "name", cmd.Owner)
		u.Changed(core.TopicStaff, owner.ID.String())
		u.Changed(core.TopicSettings)
		return actorOf(&owner), nil
	})
}

func actorOf(s *domain.Staff) auth.Actor {
	return auth.Actor{ID: s.ID, Name: s.Name, Role: s.Role, Grants: s.Grants}
}

package users

import (
	"context"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
	"zhanggui/app/when"
)

// nameLimit is the most characters of a name: what a rail and a slip can show.
const nameLimit = 40

// Service manages the team. Make it with New.
type Service struct {
	e     *core.Engine
	pins  auth.Params
	decoy func() string // a hash nobody knows the PIN of, for unknown names
}

// New makes the service; pins is the work one PIN hash costs.
func New(e *core.Engine, pins auth.Params) *Service {
	return &Service{e: e, pins: pins, decoy: sync.OnceValue(func() string {
		hash, err := pins.Hash("no such person")
		if err != nil {
			return ""
		}
		return hash
	})}
}

// Person is one member of the team as lists show it; the PIN's hash stays inside.
type Person struct {
	ID          ids.StaffID          `json:"id"`
	Name        string               `json:"name"`
	Role        auth.Role            `json:"role"`
	Disabled    bool                 `json:"disabled"`
	Grants      map[auth.Action]bool `json:"grants,omitempty"`
	Failures    int                  `json:"failures"`
	LockedUntil when.Millis          `json:"locked_until_ms"`
	Version     int64                `json:"version"`
}

func personOf(s *domain.Staff) Person {
	return Person{
		ID: s.ID, Name: s.Name, Role: s.Role, Disabled: s.Disabled, Grants: s.Grants,
		Failures: s.Failures, LockedUntil: s.LockedUntil, Version: s.Version,
	}
}

// List lists the whole team, disabled people too.
// Errors: Denied without users.manage.
func (s *Service) List(ctx context.Context) ([]Person, error) {
	return core.Read(ctx, s.e, auth.UsersManage, func(r core.Reads) ([]Person, error) {
		staff, err := r.Staff().List()
		if err != nil {
			return nil, err
		}
		people := make([]Person, 0, len(staff))
		for i := range staff {
			people = append(people, personOf(&staff[i]))
		}
		return people, nil
	})
}

// Me is the person signed in, read afresh.
type Me struct {
	Actor auth.Actor
	Prefs string // JSON that the window owns, "" at first
}

// Me gives the person signed in with present rights and preferences.
// Errors: Denied when signed out, disabled or locked.
func (s *Service) Me(ctx context.Context) (Me, error) {
	return core.Read(ctx, s.e, auth.SelfManage, func(r core.Reads) (Me, error) {
		actor, err := core.ActorOf(ctx, r)
		if err != nil || actor.ID.Zero() {
			return Me{Actor: actor}, err
		}
		staff, err := r.Staff().Get(actor.ID)
		if err != nil {
			return Me{}, err
		}
		return Me{Actor: actor, Prefs: staff.Prefs}, nil
	})
}

// allowed checks a right before slow work (hashing a PIN) that must not happen
// while the transaction holds the one writer.
func (s *Service) allowed(ctx context.Context, need auth.Action) error {
	_, err := core.Read(ctx, s.e, need, func(core.Reads) (bool, error) { return true, nil })
	return err
}

// checkName limits a name and refuses what cannot be seen. Names are kept as
// typed, without blanks around.
func checkName(e *fault.Error, field, name string) {
	switch {
	case strings.TrimSpace(name) == "":
		_ = e.Field(field, "fault.required")
	case utf8.RuneCountInString(name) > nameLimit:
		_ = e.Field(field, "fault.users.name_long")
	case strings.ContainsFunc(name, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) }):
		_ = e.Field(field, "fault.users.name_signs")
	}
}

// checkGrants wants known rights only.
func checkGrants(e *fault.Error, grants map[auth.Action]bool) {
	known := map[auth.Action]bool{}
	for _, a := range auth.Actions {
		known[a] = true
	}
	for a := range grants {
		if !known[a] {
			_ = e.Field("grants", "fault.users.right_unknown")
		}
	}
}

// checkPIN puts a PIN's fault under its field.
func checkPIN(e *fault.Error, role auth.Role, pin string) {
	if err := auth.ValidatePIN(role, pin); err != nil {
		f := fault.From(err)
		_ = e.Field("pin", f.Key)
		for k, v := range f.Args {
			if e.Args == nil {
				e.Args = map[string]string{}
			}
			e.Args[k] = v
		}
	}
}

// orNil gives the fault when it names a field.
func orNil(e *fault.Error) error {
	if len(e.Fields) > 0 {
		return e
	}
	return nil
}

// asSystem runs what happens before anybody is signed in. The audit shows 系统.
func asSystem(ctx context.Context) context.Context { return auth.With(ctx, auth.SystemActor) }

package users

import (
	"context"
	"encoding/json"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/fault"
)

// prefsLimit is the most bytes of preferences: column widths of every screen fit in it ten times.
const prefsLimit = 64 << 10

// PrefsCmd keeps what the window remembers for the person: language, theme,
// text size, columns. It is the window's JSON; nothing else reads it.
type PrefsCmd struct{ Prefs string }

// Action is the right it needs.
func (PrefsCmd) Action() auth.Action { return auth.SelfManage }

// Validate wants JSON of a sane size. Errors: Invalid; Limit.
func (c PrefsCmd) Validate() error {
	if len(c.Prefs) > prefsLimit {
		return fault.New(fault.Limit, "fault.users.prefs_long", "limit", prefsLimit)
	}
	if !json.Valid([]byte(c.Prefs)) {
		return fault.New(fault.Invalid, "fault.users.prefs")
	}
	return nil
}

// SavePrefs stores the preferences of the person signed in.
// Errors: Denied; Invalid; Limit; NotFound for the system, which has none.
func (s *Service) SavePrefs(ctx context.Context, cmd PrefsCmd) error {
	_, err := core.Do(ctx, s.e, cmd, func(u *core.Unit) (bool, error) {
		p, err := u.Staff().Get(u.Actor.ID)
		if err != nil {
			return false, err
		}
		p.Prefs = cmd.Prefs
		u.Audit("staff", p.ID.String(), "audit.prefs_saved", nil, nil, "name", p.Name)
		u.Changed(core.TopicStaff, p.ID.String())
		return true, u.Staff().Save(p)
	})
	return err
}

package users

import (
	"context"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/flow"
	"zhanggui/app/when"
)

// Face is one person on the sign-in screen.
type Face struct {
	Name        string
	Role        auth.Role
	PINLength   int         // least digits
	LockedUntil when.Millis // 0 when the person may try
}

// Welcome is what the sign-in screen shows before anybody is known.
type Welcome struct {
	Empty    bool // no people yet: the first start
	Shop     string
	Currency string
	Faces    []Face // enabled people, in the order of their posts, then by age
}

// Welcome reads the sign-in screen. It needs nobody signed in: names and posts
// of colleagues are no secret at the shop's own desk.
func (s *Service) Welcome(ctx context.Context) (Welcome, error) {
	return core.Read(asSystem(ctx), s.e, auth.UsersManage, func(r core.Reads) (Welcome, error) {
		set, err := flow.SettingsOf(r.Settings())
		if err != nil {
			return Welcome{}, err
		}
		staff, err := r.Staff().List()
		if err != nil {
			return Welcome{}, err
		}
		w := Welcome{Empty: len(staff) == 0, Shop: set.ShopName, Currency: set.Currency}
		for _, role := range auth.Roles {
			for i := range staff {
				if p := &staff[i]; p.Role == role && !p.Disabled {
					w.Faces = append(w.Faces, Face{Name: p.Name, Role: p.Role, PINLength: p.Role.PINLength(), LockedUntil: p.LockedUntil})
				}
			}
		}
		return w, nil
	})
}

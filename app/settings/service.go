package settings

import (
	"context"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
)

// Service reads and writes the settings. Make it with New.
type Service struct{ e *core.Engine }

// New makes the service.
func New(e *core.Engine) *Service { return &Service{e: e} }

// Value is one setting with what is stored and what it would be otherwise.
type Value struct {
	Key     string             `json:"key"`
	Value   string             `json:"value"`
	Default string             `json:"default"`
	Kind    domain.SettingKind `json:"kind"`
	Min     int64              `json:"min"`
	Max     int64              `json:"max"`
}

// All lists every setting in the order of the settings screen.
// Errors: Denied.
func (s *Service) All(ctx context.Context) ([]Value, error) {
	return core.Read(ctx, s.e, auth.SettingsView, func(r core.Reads) ([]Value, error) {
		stored, err := r.Settings().All()
		if err != nil {
			return nil, err
		}
		list := make([]Value, 0, len(domain.SettingList))
		for _, def := range domain.SettingList {
			list = append(list, Value{
				Key: def.Key, Value: present(stored, def), Default: def.Default, Kind: def.Kind, Min: def.Min, Max: def.Max,
			})
		}
		return list, nil
	})
}

// Typed gives the settings as the rules use them. Errors: Denied.
func (s *Service) Typed(ctx context.Context) (domain.Settings, error) {
	return core.Read(ctx, s.e, auth.SettingsView, func(r core.Reads) (domain.Settings, error) {
		stored, err := r.Settings().All()
		return domain.ParseSettings(stored), err
	})
}

// present is the stored value, or the default where none fits (as domain.ParseSettings).
func present(stored map[string]string, def domain.Setting) string {
	if v, ok := stored[def.Key]; ok && def.Validate(v) == nil {
		return v
	}
	return def.Default
}

package store

import (
	"strings"

	"zhanggui/store/sqlkit"
)

// innerSettings is the beginning of the names that the store keeps for itself.
const innerSettings = "check."

// All gives the stored settings; absent ones have their defaults.
func (r settingRepo) All() (map[string]string, error) {
	all := map[string]string{}
	err := sqlkit.Each(r.t.ctx, r.t.q, func(s sqlkit.Scanner) error {
		var name, value string
		err := s.Scan(&name, &value)
		if !strings.HasPrefix(name, innerSettings) {
			all[name] = value
		}
		return err
	}, `SELECT name, value FROM settings ORDER BY name`)
	return all, err
}

// Set stores a value, which the service has validated.
func (r settingRepo) Set(key, value string) error {
	_, err := sqlkit.Exec(r.t.ctx, r.t.q, `INSERT INTO settings (name, value) VALUES ($1, $2)
		ON CONFLICT (name) DO UPDATE SET value = excluded.value`, key, value)
	return err
}

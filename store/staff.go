package store

import (
	"encoding/json"

	"zhanggui/app/auth"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
	"zhanggui/store/sqlkit"
)

const staffColumns = `id, name, role, pin_hash, disabled, grants, failures, locked_until_ms, failed_at_ms, prefs, version`

func scanStaff(s sqlkit.Scanner) (*domain.Staff, error) {
	var p domain.Staff
	var grants string
	err := s.Scan(&p.ID, &p.Name, &p.Role, &p.PINHash, &p.Disabled, &grants, &p.Failures, &p.LockedUntil, &p.FailedAt, &p.Prefs, &p.Version)
	if err == nil && grants != "" {
		err = json.Unmarshal([]byte(grants), &p.Grants)
	}
	return &p, err
}

// Get loads a person. Errors: NotFound fault.staff.unknown.
func (r staffRepo) Get(id ids.StaffID) (*domain.Staff, error) {
	return sqlkit.OneOr(r.t.ctx, r.t.q, fault.New(fault.NotFound, "fault.staff.unknown", "name", id), scanStaff,
		`SELECT `+staffColumns+` FROM staff WHERE id = $1`, id)
}

// ByName loads a person by the exact name. Errors: NotFound fault.staff.unknown.
func (r staffRepo) ByName(name string) (*domain.Staff, error) {
	return sqlkit.OneOr(r.t.ctx, r.t.q, fault.New(fault.NotFound, "fault.staff.unknown", "name", name), scanStaff,
		`SELECT `+staffColumns+` FROM staff WHERE name = $1`, name)
}

// List gives the whole team, oldest first; a shop has a handful of people.
func (r staffRepo) List() ([]domain.Staff, error) {
	return sqlkit.Rows(r.t.ctx, r.t.q, func(s sqlkit.Scanner) (domain.Staff, error) {
		p, err := scanStaff(s)
		return *p, err
	}, `SELECT `+staffColumns+` FROM staff ORDER BY id`)
}

// Save inserts a person (version 0) or writes the row; the version is checked
// and counted up. Errors: Conflict fault.staff.name_used, fault.conflict_version.
func (r staffRepo) Save(s *domain.Staff) error {
	used, err := sqlkit.Rows(r.t.ctx, r.t.q, sqlkit.Value[int64], `SELECT 1 FROM staff WHERE name = $1 AND id <> $2`, s.Name, s.ID)
	if err != nil {
		return err
	}
	if len(used) > 0 {
		return fault.New(fault.Conflict, "fault.staff.name_used", "name", s.Name).Field("name", "fault.taken")
	}
	grants, err := grantsText(s.Grants)
	if err != nil {
		return err
	}
	if s.Version == 0 {
		_, err = sqlkit.Exec(r.t.ctx, r.t.q, `INSERT INTO staff (`+staffColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1)`,
			s.ID, s.Name, s.Role, s.PINHash, s.Disabled, grants, s.Failures, s.LockedUntil, s.FailedAt, s.Prefs)
	} else {
		err = sqlkit.ExecOne(r.t.ctx, r.t.q, sqlkit.ErrChanged(), `UPDATE staff SET name = $2, role = $3, pin_hash = $4, disabled = $5, grants = $6,
			failures = $7, locked_until_ms = $8, failed_at_ms = $9, prefs = $10, version = version + 1 WHERE id = $1 AND version = $11`,
			s.ID, s.Name, s.Role, s.PINHash, s.Disabled, grants, s.Failures, s.LockedUntil, s.FailedAt, s.Prefs, s.Version)
	}
	if err == nil {
		s.Version++
	}
	return err
}

// grantsText keeps personal exceptions as a JSON object, "" for none.
func grantsText(grants map[auth.Action]bool) (string, error) {
	if len(grants) == 0 {
		return "", nil
	}
	b, err := json.Marshal(grants)
	return string(b), err
}

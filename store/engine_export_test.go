package store

import (
	"context"
	"errors"

	"zhanggui/app/core"
)

// CheckAfter runs a check as it would be after edits past the program, and
// takes the edits back: triggers and foreign keys do not stand in their way.
func CheckAfter(s core.Store, full bool, edits ...string) ([]core.CheckResult, error) {
	st := s.(*store)
	back := errors.New("back")
	var results []core.CheckResult
	err := st.run(context.Background(), true, func(ses *session) error {
		for _, text := range append(withoutWalls(st), edits...) {
			if _, err := ses.Exec(context.Background(), text); err != nil {
				return err
			}
		}
		c := &checking{s: st, ctx: context.Background(), full: full}
		if err := c.run(ses); err != nil {
			return err
		}
		results = c.results()
		return back
	})
	if errors.Is(err, back) {
		return results, nil
	}
	return results, err
}

func withoutWalls(s *store) []string {
	if s.name() == "postgres" {
		return []string{`SET LOCAL session_replication_role = 'replica'`}
	}
	walls := []string{`PRAGMA defer_foreign_keys = 1`}
	for _, l := range append(ledgers, ledger{table: "audit_seals"}) {
		walls = append(walls, `DROP TRIGGER `+l.table+`_u`, `DROP TRIGGER `+l.table+`_d`)
	}
	return walls
}

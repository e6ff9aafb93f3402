package store

import (
	"encoding/json"

	"zhanggui/app/domain"
	"zhanggui/store/sqlkit"
)

const taskColumns = `id, kind, ref_kind, ref_id, number, role, due_ms, made_ms, done_ms, outcome, args, done_by`

func scanTask(s sqlkit.Scanner) (domain.Task, error) {
	var t domain.Task
	var args string
	err := s.Scan(&t.ID, &t.Kind, &t.RefKind, &t.RefID, &t.Number, &t.Role, &t.DueAt, &t.MadeAt, &t.DoneAt, &t.Outcome, &args, &t.DoneBy)
	if err == nil {
		t.Args, err = readArgs(args)
	}
	return t, err
}

// Open lists the tasks that are not done, the nearest due first (index tasks_open).
func (r taskRepo) Open() ([]domain.Task, error) {
	return sqlkit.Rows(r.t.ctx, r.t.q, scanTask, `SELECT `+taskColumns+` FROM tasks WHERE done_ms = 0 ORDER BY due_ms, id`)
}

// OfRef lists the tasks about one record, done ones too (index tasks_ref).
func (r taskRepo) OfRef(refKind, refID string) ([]domain.Task, error) {
	return sqlkit.Rows(r.t.ctx, r.t.q, scanTask,
		`SELECT `+taskColumns+` FROM tasks WHERE ref_kind = $1 AND ref_id = $2 ORDER BY made_ms, id`, refKind, refID)
}

// Save adds a task or writes how it ended.
func (r taskRepo) Save(t *domain.Task) error {
	args, err := argsText(t.Args)
	if err != nil {
		return err
	}
	_, err = sqlkit.Exec(r.t.ctx, r.t.q, `INSERT INTO tasks (`+taskColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
		ON CONFLICT (id) DO UPDATE SET role = excluded.role, due_ms = excluded.due_ms, done_ms = excluded.done_ms,
			outcome = excluded.outcome, args = excluded.args, done_by = excluded.done_by`,
		t.ID, t.Kind, t.RefKind, t.RefID, t.Number, t.Role, t.DueAt, t.MadeAt, t.DoneAt, t.Outcome, args, t.DoneBy)
	return err
}

// argsText keeps the arguments of a sentence as a JSON object, "" for none.
// encoding/json sorts the keys, so equal arguments are equal texts.
func argsText(args map[string]string) (string, error) {
	if len(args) == 0 {
		return "", nil
	}
	b, err := json.Marshal(args)
	return string(b), err
}

// readArgs is the way back of argsText.
func readArgs(text string) (map[string]string, error) {
	if text == "" {
		return nil, nil
	}
	var args map[string]string
	err := json.Unmarshal([]byte(text), &args)
	return args, err
}

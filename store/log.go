package store

import (
	"encoding/json"
	"strconv"
	"strings"

	"zhanggui/app/core"
	"zhanggui/app/fault"
	"zhanggui/app/when"
	"zhanggui/store/sqlkit"
)

const auditColumns = `at_ms, actor_id, actor, role, action, entity, entity_id, msg, args, before_json, after_json, desk, version`

var auditList = strings.Split(auditColumns, ", ")

func scanAudit(s sqlkit.Scanner) (core.AuditLine, error) {
	var l core.AuditLine
	var args string
	err := s.Scan(&l.Seq, &l.At, &l.ActorID, &l.Actor, &l.Role, &l.Action, &l.Entity, &l.EntityID, &l.Key, &args, &l.Before, &l.After, &l.Desk, &l.Version)
	if err == nil {
		l.Args, err = readArgs(args)
	}
	return l, err
}

// auditFields are the fields that a filter of the audit list may name. The
// value says whether the field is a number.
var auditFields = map[string]struct {
	column string
	number bool
}{
	"seq": {"seq", true}, "at": {"at_ms", true}, "actor": {"actor", false}, "role": {"role", false}, "action": {"action", false},
	"entity": {"entity", false}, "entity_id": {"entity_id", false}, "key": {"msg", false}, "desk": {"desk", false}, "version": {"version", false},
}

var auditOps = map[string]string{"=": " = ?", "!=": " <> ?", "<": " < ?", "<=": " <= ?", ">": " > ?", ">=": " >= ?"}

// ListAudit lists the audit log, newest first. The chip is an entity's name;
// the search text looks into actor, entity id and key.
// Errors: Invalid fault.list.field, fault.list.op, fault.list.value, fault.list.sort.
func (r logRepo) ListAudit(q core.Query) (core.Paged[core.AuditLine], error) {
	var result core.Paged[core.AuditLine]
	w := sqlkit.NewWhere()
	if q.Chip != "" {
		w.Add("entity = ?", q.Chip)
	}
	if q.Search != "" {
		like := sqlkit.Contains(q.Search)
		w.Any([]string{`lower(actor) LIKE lower(?) ESCAPE '\'`, `entity_id = ?`, `msg LIKE ? ESCAPE '\'`, `lower(args) LIKE lower(?) ESCAPE '\'`},
			like, q.Search, like, like)
	}
	for _, c := range q.Conds {
		if err := auditCond(w, c); err != nil {
			return result, err
		}
	}
	page, err := sqlkit.Sort{Columns: map[string]string{"seq": "seq", "at": "at_ms", "actor": "actor", "action": "action"}, Usual: "seq DESC", Key: "seq"}.SQL(q.Page)
	if err != nil {
		return result, err
	}
	result.Total = -1
	if q.Totals {
		n, err := sqlkit.One(r.t.ctx, r.t.q, sqlkit.Value[int64], `SELECT COUNT(seq) FROM audit_log`+w.SQL(), w.Args()...)
		if err != nil {
			return result, err
		}
		result.Total = int(n)
	}
	result.Rows, err = sqlkit.Rows(r.t.ctx, r.t.q, scanAudit, `SELECT seq, `+auditColumns+` FROM audit_log`+w.SQL()+page, w.Args()...)
	return result, err
}

func auditCond(w *sqlkit.Where, c core.Cond) error {
	f, ok := auditFields[c.Field]
	if !ok {
		return fault.New(fault.Invalid, "fault.list.field", "field", c.Field)
	}
	if c.Op == "~" {
		if f.number {
			return fault.New(fault.Invalid, "fault.list.op", "field", c.Field, "op", c.Op)
		}
		w.Add(`lower(`+f.column+`) LIKE lower(?) ESCAPE '\'`, sqlkit.Contains(c.Value))
		return nil
	}
	op, ok := auditOps[c.Op]
	if !ok {
		return fault.New(fault.Invalid, "fault.list.op", "field", c.Field, "op", c.Op)
	}
	if !f.number {
		w.Add(f.column+op, c.Value)
		return nil
	}
	n, err := strconv.ParseInt(c.Value, 10, 64)
	if err != nil {
		day, err := when.ParseDay(c.Value)
		if err != nil || c.Field != "at" {
			return fault.New(fault.Invalid, "fault.list.value", "field", c.Field, "value", c.Value)
		}
		n = int64(day.Start())
	}
	w.Add(f.column+op, n)
	return nil
}

// AddAudit appends lines to the audit log, in their order.
func (r logRepo) AddAudit(lines []core.AuditLine) error {
	rows := make([][]any, len(lines))
	for i := range lines {
		l := &lines[i]
		args, err := argsText(l.Args)
		if err != nil {
			return err
		}
		rows[i] = []any{l.At, l.ActorID, l.Actor, l.Role, l.Action, l.Entity, l.EntityID, l.Key, args, l.Before, l.After, l.Desk, l.Version}
	}
	_, err := sqlkit.InsertMany(r.t.ctx, r.t.q, "audit_log", auditList, "", rows)
	return err
}

// AddChanges leaves the announcement for other processes (Watch reads it).
func (r logRepo) AddChanges(process string, at when.Millis, changes []core.Change) error {
	for _, c := range changes {
		refs, err := json.Marshal(c.IDs)
		if err != nil {
			return err
		}
		if _, err := sqlkit.Exec(r.t.ctx, r.t.q, `INSERT INTO changes (process, at_ms, topic, refs) VALUES ($1, $2, $3, $4)`,
			process, at, c.Topic, string(refs)); err != nil {
			return err
		}
	}
	return nil
}

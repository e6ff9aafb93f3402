package core

import (
	"zhanggui/app/auth"
	"zhanggui/app/ids"
	"zhanggui/app/when"
)

// AuditLine is one row of the audit log: who changed what, when, from where,
// before and after. Key and Args make the sentence in either language; Before
// and After hold the changed fields as JSON objects.
type AuditLine struct {
	Seq      int64             `json:"seq"`
	At       when.Millis       `json:"at"`
	ActorID  ids.StaffID       `json:"actor_id"`
	Actor    string            `json:"actor"`
	Role     auth.Role         `json:"role"`
	Action   auth.Action       `json:"action"`
	Entity   string            `json:"entity"`
	EntityID string            `json:"entity_id"`
	Key      string            `json:"key"`
	Args     map[string]string `json:"args,omitempty"`
	Before   string            `json:"before,omitempty"`
	After    string            `json:"after,omitempty"`
	Desk     string            `json:"desk"`
	Version  string            `json:"version"`
}

// LogReads reads the audit log.
type LogReads interface {
	ListAudit(q Query) (Paged[AuditLine], error)
}

// LogRepo writes the audit log and the change rows of a transaction.
type LogRepo interface {
	LogReads
	AddAudit(lines []AuditLine) error
	AddChanges(process string, at when.Millis, changes []Change) error
}

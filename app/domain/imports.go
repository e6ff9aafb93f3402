package domain

import (
	"zhanggui/app/ids"
	"zhanggui/app/money"
	"zhanggui/app/when"
)

// ImportState is how far an import is.
type ImportState string

// The states of an import. Running ones found at start were interrupted: they
// are continued or undone.
const (
	ImportRunning ImportState = "running"
	ImportDone    ImportState = "done"
	ImportUndone  ImportState = "undone"
	ImportPartial ImportState = "partial" // cancelled between chunks; may be continued or undone
)

// RowResult is what became of one record of a file.
type RowResult string

// The results.
const (
	RowNew      RowResult = "new"
	RowChanged  RowResult = "changed"
	RowSame     RowResult = "same"
	RowConflict RowResult = "conflict" // contradicted what we know: shown, nothing changed
	RowRejected RowResult = "rejected"
)

// Import is one file that was committed.
type Import struct {
	ID       ids.ImportID
	File     string
	SHA256   string
	Kind     string
	Layout   string
	Channel  string
	Shop     ids.ShopID
	Encoding string
	Header   int
	State    ImportState
	At       when.Millis
	DoneAt   when.Millis
	By       string
	New      int64
	Changed  int64
	Same     int64
	Conflict int64
	Rejected int64
	Chunks   int64 // committed so far
	Totals   []ImportTotal
	Version  int64
}

// Resume takes up an import that was interrupted.
func (i *Import) Resume() { i.State = ImportRunning }

// Close ends a run: done, partial after a cancel, or undone.
func (i *Import) Close(s ImportState, now when.Millis) { i.State, i.DoneAt = s, now }

// ImportTotal is one control total of an import.
type ImportTotal struct {
	Column   string    `json:"column"`
	Sum      money.Fen `json:"sum"`
	Accepted money.Fen `json:"accepted"`
	Declared money.Fen `json:"declared,omitempty"`
	HasDecl  bool      `json:"has_declared,omitempty"`
}

// ImportRow is one record of an import: an order, a SKU, or a refused row.
// Before and After hold the record's import-owned fields as JSON, so that undo
// restores exactly what was changed (rules.md §5.13.1).
type ImportRow struct {
	Seq     int64
	Import  ids.ImportID
	Rows    string // physical rows, "12" or "12,13"
	Result  RowResult
	RefKind string // order, sku, stock
	RefID   string
	Number  string
	Column  string
	Value   string
	Code    string
	Key     string
	Args    map[string]string
	Before  string
	After   string
}

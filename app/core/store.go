package core

import (
	"context"

	"zhanggui/app/when"
)

// Store is the shop's data. Implementations: SQLite (one file, one writer, many
// readers) and PostgreSQL, through the same SQL.
type Store interface {
	// Read runs fn on one consistent snapshot; writing is impossible there.
	Read(ctx context.Context, fn func(Reads) error) error
	// Write runs fn in one serializable transaction, without retrying.
	// Errors: whatever fn returns; Busy on a serialization conflict; Conflict and
	// Invalid for broken constraints; Unavailable when the disk or server fails.
	Write(ctx context.Context, fn func(Tx) error) error
	// Watch calls fn with the changes that other processes commit, until ctx ends.
	Watch(ctx context.Context, fn func([]Change)) error
	// Backup writes a complete, verified copy to path: a temporary name first,
	// synced, checked, then renamed. An existing file is only replaced at the end.
	Backup(ctx context.Context, path string, report func(done, total int)) (BackupInfo, error)
	// Seal hashes the ledger rows committed since the last seal into audit_seals.
	Seal(ctx context.Context) error
	// Check verifies every invariant; full walks everything, otherwise what
	// changed since the last clean full run (DECIDED 15).
	Check(ctx context.Context, full bool, report func(done, total int)) ([]CheckResult, error)
	// Info describes the data for status bar and messages.
	Info(ctx context.Context) (Info, error)
	Close() error
}

// Info describes an open store.
type Info struct {
	Engine        string      `json:"engine"` // "sqlite" or "postgres"
	Place         string      `json:"place"`  // the file, or host/database without the password
	SchemaVersion int64       `json:"schema_version"`
	SizeBytes     int64       `json:"size_bytes"`
	UncleanStart  bool        `json:"unclean_start"` // the last process did not close it
	Others        []Neighbour `json:"others"`        // other processes that have it open
	Notes         []string    `json:"notes"`         // translation keys of warnings, e.g. a folder that a cloud program copies
}

// Neighbour is another process that has the same data open.
type Neighbour struct {
	Desk  string      `json:"desk"`
	User  string      `json:"user"`
	PID   int         `json:"pid"`
	Since when.Millis `json:"since"`
}

// BackupInfo describes a finished backup.
type BackupInfo struct {
	Path      string      `json:"path"`
	SizeBytes int64       `json:"size_bytes"`
	SHA256    string      `json:"sha256"`
	At        when.Millis `json:"at"`
	Orders    int64       `json:"orders"`
	Moves     int64       `json:"moves"`
	SealHead  string      `json:"seal_head"` // last seal's hash: kept outside the file too (QUALITY I7)
}

// CopyState is how a copy in the folder of the daily backups stands by its name,
// its note and its size; only reading it whole proves it (CopyFacts).
type CopyState string

// The states of a copy.
const (
	CopyWhole CopyState = "whole" // as its note says
	CopyCut   CopyState = "cut"   // not the size that its note says
	CopyBare  CopyState = "bare"  // without a note: it was not finished, or moved without it
)

// Copy is one copy in the folder of the daily backups.
type Copy struct {
	BackupInfo
	State CopyState `json:"state"`
}

// CopyFacts is what reading a copy whole found in it. Last is its newest audit
// line: where its data stands, and the proof of whose data it is; nil when it
// has none or cannot be read here (a server's dump).
type CopyFacts struct {
	BackupInfo
	Noted   bool       `json:"noted"` // size and hash are those of the note beside it
	Version int64      `json:"version"`
	Shop    string     `json:"shop"`
	Last    *AuditLine `json:"last,omitempty"`
}

// CheckResult is one invariant: how many records were looked at and what is broken.
type CheckResult struct {
	Name   string   `json:"name"` // stable, e.g. "I1 on_hand = sum(moves)"
	Count  int64    `json:"count"`
	Broken []string `json:"broken"` // at most 20 examples, first bad sequence first
	Bad    int64    `json:"bad"`
	Note   string   `json:"note,omitempty"` // translation key of a remark (rows not yet sealed)
}

// Tx is one write transaction: the repositories of every area.
type Tx interface {
	Orders() OrderRepo
	Stock() StockRepo
	Parcels() ParcelRepo
	Ledger() LedgerRepo
	Catalog() CatalogRepo
	Customers() CustomerRepo
	Imports() ImportRepo
	Staff() StaffRepo
	Settings() SettingRepo
	Tasks() TaskRepo
	Log() LogRepo
}

// Reads is one snapshot to read from.
type Reads interface {
	Orders() OrderReads
	Stock() StockReads
	Parcels() ParcelReads
	Ledger() LedgerReads
	Catalog() CatalogReads
	Customers() CustomerReads
	Imports() ImportReads
	Staff() StaffReads
	Settings() SettingReads
	Tasks() TaskReads
	Log() LogReads
	Reports() ReportReads
}

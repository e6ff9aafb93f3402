package core

import (
	"zhanggui/app/domain"
	"zhanggui/app/ids"
	"zhanggui/app/money"
	"zhanggui/app/when"
)

// CustomerRow is one row of the customer list.
type CustomerRow struct {
	ID       ids.CustomerID `json:"id"`
	Channel  string         `json:"channel"`
	Buyer    string         `json:"buyer"`
	Name     string         `json:"name"`
	Phone    string         `json:"phone"`
	Province string         `json:"province"`
	City     string         `json:"city"`
	FirstDay when.Day       `json:"first_day"`
	LastDay  when.Day       `json:"last_day"`
	Orders   int64          `json:"orders"`
	PaidFen  money.Fen      `json:"paid_fen"`
}

// CustomerReads reads customers.
type CustomerReads interface {
	List(q Query) (Paged[CustomerRow], error)
	// FindMany finds customers of a channel by buyer key.
	FindMany(channel string, keys []string) (map[string]ids.CustomerID, error)
}

// CustomerRepo writes customers.
type CustomerRepo interface {
	CustomerReads
	// Upsert adds customers or widens what is known of them (last name, phone,
	// place, first and last day); Orders and PaidFen are added to the kept sums.
	Upsert(list []domain.Customer) error
}

// ImportReads reads imports.
type ImportReads interface {
	Get(id ids.ImportID) (*domain.Import, error)
	// BySHA finds done imports of the same bytes into the same shop, newest first.
	BySHA(sha string) ([]domain.Import, error)
	// Unfinished lists imports that were interrupted.
	Unfinished() ([]domain.Import, error)
	List(q Query) (Paged[domain.Import], error)
	// Rows lists the records of an import; chips are the results.
	Rows(id ids.ImportID, q Query) (Paged[domain.ImportRow], error)
	// LaterRows tells which records of the import were changed by a later import:
	// reference id -> file name of the later one.
	LaterRows(id ids.ImportID) (map[string]string, error)
	Mappings() ([]SavedMapping, error)
}

// SavedMapping is a column mapping made once; Body is its JSON (ingest.Mapping).
type SavedMapping struct {
	Name      string
	HeaderKey string
	Body      string
}

// ImportRepo writes imports.
type ImportRepo interface {
	ImportReads
	Insert(i *domain.Import) error
	Save(i *domain.Import) error
	AddRows(rows []domain.ImportRow) error
	SaveMapping(m SavedMapping) error
}

// StaffReads reads the team.
type StaffReads interface {
	Get(id ids.StaffID) (*domain.Staff, error)
	ByName(name string) (*domain.Staff, error)
	List() ([]domain.Staff, error)
}

// StaffRepo writes the team.
type StaffRepo interface {
	StaffReads
	// Save inserts (version 0) or writes a person; version checked. Errors: Conflict fault.staff.name_used.
	Save(s *domain.Staff) error
}

// SettingReads reads the settings: numbers and texts by key, absent means default.
type SettingReads interface {
	All() (map[string]string, error)
}

// SettingRepo writes the settings.
type SettingRepo interface {
	SettingReads
	Set(key, value string) error
}

// TaskReads reads the tasks between roles.
type TaskReads interface {
	Open() ([]domain.Task, error)
	OfRef(refKind, refID string) ([]domain.Task, error)
}

// TaskRepo writes tasks.
type TaskRepo interface {
	TaskReads
	Save(t *domain.Task) error
}

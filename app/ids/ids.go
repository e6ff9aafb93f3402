package ids

import (
	"database/sql/driver"
	"fmt"

	"github.com/google/uuid"
)

// kind tells the id types apart at compile time.
type kind interface {
	~struct{}
}

// ID is a document's id. The zero value means "none" and is stored as an empty value.
type ID[K kind] [16]byte

// The kinds, for New and Parse.
type (
	OrderKind    struct{}
	LineKind     struct{}
	ParcelKind   struct{}
	SKUKind      struct{}
	ProductKind  struct{}
	ShopKind     struct{}
	StaffKind    struct{}
	CustomerKind struct{}
	ImportKind   struct{}
	DocKind      struct{}
	TaskKind     struct{}
)

// The ids of the documents.
type (
	OrderID    = ID[OrderKind]
	LineID     = ID[LineKind]
	ParcelID   = ID[ParcelKind]
	SKUID      = ID[SKUKind]
	ProductID  = ID[ProductKind]
	ShopID     = ID[ShopKind]
	StaffID    = ID[StaffKind]
	CustomerID = ID[CustomerKind]
	ImportID   = ID[ImportKind]
	DocID      = ID[DocKind] // a receipt, an adjustment, a hand-made journal entry
	TaskID     = ID[TaskKind]
)

// Source makes ids. Demo data and tests use a seeded one (DECIDED 22).
type Source interface{ NewID() [16]byte }

// Random is the ordinary source: UUIDv7 of the present time.
type Random struct{}

// NewID makes a UUIDv7. It panics only when the system has no randomness.
func (Random) NewID() [16]byte { return uuid.Must(uuid.NewV7()) }

// New makes an id of the wanted kind from src.
func New[K kind](src Source) ID[K] { return ID[K](src.NewID()) }

// Parse reads the printed form. Errors: a plain error when it is not a UUID.
func Parse[K kind](s string) (ID[K], error) {
	u, err := uuid.Parse(s)
	return ID[K](u), err
}

// Zero tells that the id means "none".
func (id ID[K]) Zero() bool { return id == ID[K]{} }

// String prints the UUID, "" for none.
func (id ID[K]) String() string {
	if id.Zero() {
		return ""
	}
	return uuid.UUID(id).String()
}

// MarshalText prints the id into JSON.
func (id ID[K]) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// UnmarshalText reads the printed form; "" gives none.
func (id *ID[K]) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*id = ID[K]{}
		return nil
	}
	u, err := uuid.ParseBytes(b)
	*id = ID[K](u)
	return err
}

// Value stores the id in 16 bytes, none as NULL: only columns of optional references allow it.
func (id ID[K]) Value() (driver.Value, error) {
	if id.Zero() {
		return nil, nil
	}
	return id[:], nil
}

// Scan reads 16 bytes; NULL gives none.
func (id *ID[K]) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*id = ID[K]{}
	case []byte:
		if len(v) != 16 {
			return fmt.Errorf("ids: %d bytes instead of 16", len(v))
		}
		copy(id[:], v)
	default:
		return fmt.Errorf("ids: cannot read %T", src)
	}
	return nil
}

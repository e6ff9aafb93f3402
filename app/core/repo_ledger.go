package core

import (
	"zhanggui/app/domain"
	"zhanggui/app/money"
	"zhanggui/app/when"
)

// EntryRow is one posting with its entry, as lists show it.
type EntryRow struct {
	Seq       int64          `json:"seq"`
	At        when.Millis    `json:"at_ms"`
	Day       when.Day       `json:"day"`
	Kind      string         `json:"kind"`
	Number    string         `json:"number"`
	RefKind   string         `json:"ref_kind"`
	RefID     string         `json:"ref_id"`
	Reverses  int64          `json:"reverses"`
	Account   domain.Account `json:"account"`
	Channel   string         `json:"channel"`
	Shop      string         `json:"shop"`
	SKU       string         `json:"sku"`
	Qty       int64          `json:"qty"`
	DebitFen  money.Fen      `json:"debit_fen"`
	CreditFen money.Fen      `json:"credit_fen"`
	Actor     string         `json:"actor"`
}

// LedgerReads reads the journal.
type LedgerReads interface {
	// Get loads an entry with its postings. Errors: NotFound.
	Get(seq int64) (*domain.Entry, error)
	OfRef(refKind, refID string) ([]*domain.Entry, error)
	List(q Query) (Paged[EntryRow], error)
	// Balances sums the journal by account up to the end of a day ("" for all).
	Balances(to when.Day) (map[domain.Account]money.Fen, error)
}

// LedgerRepo writes the journal and the sums kept beside it.
type LedgerRepo interface {
	LedgerReads
	// Post appends a balanced entry and adds its sales and cost postings to the
	// daily sums (sales_daily by day and shop, sales_monthly by month, shop and SKU).
	Post(e *domain.Entry) (seq int64, err error)
}

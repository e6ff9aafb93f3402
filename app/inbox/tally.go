package inbox

import (
	"encoding/json"
	"strconv"
	"strings"

	"zhanggui/app/domain"
	"zhanggui/app/ids"
	"zhanggui/app/ingest"
	"zhanggui/app/when"
)

// tally collects the rows and counts of one chunk.
type tally struct {
	imp  domain.Import
	rows []domain.ImportRow
	now  when.Millis
}

// add counts a record; "same" leaves no row: nothing happened to it.
func (t *tally) add(row domain.ImportRow) {
	switch row.Result {
	case domain.RowNew:
		t.imp.New++
	case domain.RowChanged:
		t.imp.Changed++
	case domain.RowSame:
		t.imp.Same++
		return
	case domain.RowConflict:
		t.imp.Conflict++
	}
	row.Import = t.imp.ID
	t.rows = append(t.rows, row)
}

func rejectRow(imp ids.ImportID, r ingest.Reject) domain.ImportRow {
	return domain.ImportRow{
		Import: imp, Rows: strconv.Itoa(r.Row), Result: domain.RowRejected, RefKind: "order", Number: r.Order,
		Column: r.Column, Value: short(r.Value), Code: r.Code, Key: r.Key, Args: r.Args,
	}
}

// short keeps a value readable in a list; the file of refused rows has it whole.
func short(s string) string {
	const most = 200
	if len(s) <= most {
		return s
	}
	cut := most
	for cut > 0 && s[cut]&0xc0 == 0x80 {
		cut--
	}
	return s[:cut] + "…"
}

func rowList(rows []int) string {
	parts := make([]string, len(rows))
	for i, n := range rows {
		parts[i] = strconv.Itoa(n)
	}
	return strings.Join(parts, ",")
}

// state is what undo needs of a record: the version it had after the import,
// and for a changed one the whole order before.
type state struct {
	Version int64         `json:"version"`
	Order   *domain.Order `json:"order,omitempty"`
	Bare    bool          `json:"bare,omitempty"` // the order's receiver did not change and is left out: this log outlives it

	Product        bool            `json:"product,omitempty"` // the product was made with the SKU
	WasProduct     *domain.Product `json:"was_product,omitempty"`
	ProductVersion int64           `json:"product_version,omitempty"` // after the import changed it
	Bin            string          `json:"bin,omitempty"`             // the place that opening stock gave a SKU without one
	Codes          []codeChange    `json:"codes,omitempty"`           // channel codes that the import tied to the SKU
}

// codeChange is a channel code that an import tied to a SKU; Was is what it was
// tied to before, nil for nothing.
type codeChange struct {
	Channel string          `json:"channel"`
	Code    string          `json:"code"`
	Was     *domain.CodeMap `json:"was,omitempty"`
}

// stateBefore is an order as it was before an import changed it.
func stateBefore(o *domain.Order, receiver bool) string {
	s := state{Version: o.Version, Order: o}
	if !receiver {
		bare := *o
		bare.Receiver = domain.Receiver{}
		s.Order, s.Bare = &bare, true
	}
	return s.String()
}

func (s state) String() string {
	b, err := json.Marshal(s)
	if err != nil {
		panic("inbox: state: " + err.Error()) // plain structs always marshal
	}
	return string(b)
}

package core

import (
	"zhanggui/app/domain"
	"zhanggui/app/ids"
	"zhanggui/app/money"
	"zhanggui/app/when"
)

// StockRow is one row of the stock list. ValueFen is left out by the service
// for people without finance.view_cost.
type StockRow struct {
	SKUID       ids.SKUID `json:"sku_id"`
	SKU         string    `json:"sku"`
	Title       string    `json:"title"`
	Spec        string    `json:"spec"`
	Bin         string    `json:"bin"`
	Warehouse   string    `json:"warehouse"`
	Kit         bool      `json:"kit"`
	OnHand      int64     `json:"on_hand"`
	Reserved    int64     `json:"reserved"`
	Unavailable int64     `json:"unavailable"`
	Available   int64     `json:"available"`
	Incoming    int64     `json:"incoming"`
	ValueFen    money.Fen `json:"value_fen"`
}

// MoveRow is one row of the ledger list.
type MoveRow struct {
	Seq        int64         `json:"seq"`
	At         when.Millis   `json:"at_ms"`
	Day        when.Day      `json:"day"`
	SKU        string        `json:"sku"`
	Title      string        `json:"title"`
	Warehouse  string        `json:"warehouse"`
	Reason     domain.Reason `json:"reason"`
	Qty        int64         `json:"qty"`
	ValueFen   money.Fen     `json:"value_fen"`
	BalanceQty int64         `json:"balance_qty"`
	BalanceFen money.Fen     `json:"balance_fen"`
	RefKind    string        `json:"ref_kind"`
	RefID      string        `json:"ref_id"`
	Number     string        `json:"number"`
	Note       string        `json:"note"`
	Actor      string        `json:"actor"`
}

// StockReads reads stock.
type StockReads interface {
	// Level gives the level of a SKU; a SKU that never moved has a zero level.
	Level(warehouse string, sku ids.SKUID) (domain.Level, error)
	Levels(warehouse string, skus []ids.SKUID) (map[ids.SKUID]domain.Level, error)
	// List lists stock. Chips: "short" (available <= 0), "reserved", "oversold" (available < 0), "kit".
	List(q Query) (Paged[StockRow], error)
	// AsOf lists stock and value as they were at the end of a day.
	AsOf(day when.Day, q Query) (Paged[StockRow], error)
	ListMoves(q Query) (Paged[MoveRow], error)
	// MovesOf gives the moves of a document in order, for undo.
	MovesOf(refKind, refID string) ([]domain.Move, error)
	// LaterMoves tells whether the SKU moved after a ledger row (undo of receipts).
	LaterMoves(warehouse string, sku ids.SKUID, after int64) (bool, error)
}

// StockRepo writes stock.
type StockRepo interface {
	StockReads
	// Reserve promises units with one guarded statement (rules.md §5.3.4):
	// ok is false and nothing changes when fewer are available.
	Reserve(warehouse string, order ids.OrderID, line ids.LineID, sku ids.SKUID, qty int64) (ok bool, err error)
	// Unreserve gives back units of a line's reservation. Errors: Conflict when it holds fewer.
	Unreserve(warehouse string, line ids.LineID, sku ids.SKUID, qty int64) error
	// Post writes a move and the level after it. The level must be the one read
	// in this transaction (version checked). take also takes that many units from
	// the line's reservation (shipping), with the guard that they are reserved.
	// Errors: Conflict fault.stock.changed, fault.stock.not_reserved.
	Post(l *domain.Level, m domain.Move, take int64) (seq int64, err error)
	// SetIncoming and SetUnavailable correct those figures alone.
	SetUnavailable(warehouse string, sku ids.SKUID, delta int64) error
}

package core

import (
	"zhanggui/app/domain"
	"zhanggui/app/ids"
	"zhanggui/app/money"
	"zhanggui/app/when"
)

// OrderKey names an order as the platform does (DECIDED 2).
type OrderKey struct {
	Shop   ids.ShopID
	Number string
}

// OrderRow is one row of the order lists. Receiver fields are masked by the
// service for people without orders.persons.
type OrderRow struct {
	ID         ids.OrderID    `json:"id"`
	Number     string         `json:"number"`
	Channel    string         `json:"channel"`
	Shop       string         `json:"shop"` // shop code
	Stage      domain.Stage   `json:"stage"`
	Payment    domain.Payment `json:"payment"`
	Audit      domain.Audit   `json:"audit"`
	Fulfil     string         `json:"fulfil"`
	Closing    domain.Closing `json:"closing"`
	External   bool           `json:"external"`
	CreatedAt  when.Millis    `json:"created_ms"`
	PaidAt     when.Millis    `json:"paid_ms"`
	TargetAt   when.Millis    `json:"target_ms"`
	LimitAt    when.Millis    `json:"limit_ms"`
	ShippedAt  when.Millis    `json:"shipped_ms"`
	Day        when.Day       `json:"day"`
	Goods      string         `json:"goods"` // "title spec" of the first line, for lists
	LineCount  int64          `json:"line_count"`
	Units      int64          `json:"units"`
	TotalFen   money.Fen      `json:"total_fen"`
	PaidFen    money.Fen      `json:"paid_fen"`
	RefundFen  money.Fen      `json:"refund_fen"`
	NetFen     money.Fen      `json:"net_fen"`
	Buyer      string         `json:"buyer"`
	Receiver   string         `json:"receiver"`
	Phone      string         `json:"phone"`
	Province   string         `json:"province"`
	City       string         `json:"city"`
	BuyerNote  string         `json:"buyer_note"`
	SellerNote string         `json:"seller_note"`
	COD        bool           `json:"cod"`
	Checks     string         `json:"checks"` // codes of failed checks, comma between
	Merge      ids.OrderID    `json:"merge"`
	Courier    string         `json:"courier"` // of the last parcel
	Waybill    string         `json:"waybill"`
	HoldUntil  when.Millis    `json:"hold_until_ms"`
	HoldReason string         `json:"hold_reason"`
}

// LineRow is one row of the list of goods lines.
type LineRow struct {
	ID         ids.LineID   `json:"id"`
	Order      ids.OrderID  `json:"order_id"`
	Number     string       `json:"order"`
	Channel    string       `json:"channel"`
	Stage      domain.Stage `json:"stage"`
	Day        when.Day     `json:"day"`
	SubNo      string       `json:"sub_no"`
	Code       string       `json:"code"`
	SKU        string       `json:"sku"`
	Title      string       `json:"title"`
	Spec       string       `json:"spec"`
	Qty        int64        `json:"qty"`
	ShippedQty int64        `json:"shipped_qty"`
	Returned   int64        `json:"returned_qty"`
	CancelQty  int64        `json:"cancelled_qty"`
	UnitFen    money.Fen    `json:"unit_fen"`
	NetFen     money.Fen    `json:"net_fen"`
}

// Contradiction is an open conflict row: a file said what we know to be otherwise.
type Contradiction struct {
	Seq        int64        `json:"seq"`
	Order      ids.OrderID  `json:"order_id"`
	Import     ids.ImportID `json:"import_id"`
	At         when.Millis  `json:"at_ms"`
	Fact       string       `json:"fact"`
	Ours       string       `json:"ours"`
	Theirs     string       `json:"theirs"`
	ResolvedAt when.Millis  `json:"resolved_ms"`
}

// OpenConflict is an open contradiction of an import with the order it is about.
type OpenConflict struct {
	Contradiction
	Number  string `json:"order"`
	Channel string `json:"channel"`
}

// StageCount is a counter kept with every save (DECIDED 18).
type StageCount struct {
	Channel string
	Stage   domain.Stage
	N       int64
}

// OrderReads reads orders.
type OrderReads interface {
	// Get loads an order whole: receiver, lines with parts and reservations, checks. Errors: NotFound.
	Get(id ids.OrderID) (*domain.Order, error)
	// GetMany loads several, in the order of the ids; missing ones are left out.
	GetMany(list []ids.OrderID) ([]*domain.Order, error)
	// FindByKeys gives the ids of the orders that exist, by key, in one query per 500.
	FindByKeys(keys []OrderKey) (map[OrderKey]ids.OrderID, error)
	// FindByNumber finds orders by platform number over all shops, case kept.
	FindByNumber(number string) ([]ids.OrderID, error)
	// List lists orders. Chips: a stage name, "open" (to_audit…part_shipped), "due_soon", "late_target",
	// "late_limit", "due" (has or had a limit of ours to keep), "with_note", "conflict", "mergeable". Search: number, waybill, phone tail, receiver, goods title.
	List(q Query, now when.Millis) (Paged[OrderRow], error)
	ListLines(q Query) (Paged[LineRow], error)
	// Recall finds a few orders, newest first, by a scrap of a number: whole, its beginning, its end among
	// the newest; with persons by the last digits of the phone too. Bounded however big the shop is.
	Recall(text string, persons bool, limit int) ([]OrderRow, error)
	// RecallPeople finds receivers whose name is meant and gives the newest order of each, latest first.
	RecallPeople(match func(name string) bool, begins string, limit int) ([]OrderRow, error)
	// IDs gives the ids of a whole filter result in list order, at most limit (batch actions on "all that match").
	IDs(q Query, now when.Millis, limit int) ([]ids.OrderID, error)
	// StageCounts are the kept counters; channel "" for all.
	StageCounts() ([]StageCount, error)
	// ToPass lists the orders that could be passed, in allocation order (rules.md §5.3.2:
	// nearest limit, oldest payment, then id).
	ToPass(limit int) ([]ids.OrderID, error)
	// Blocked counts the exception orders by blocking check.
	Blocked() (map[domain.CheckCode]int64, error)
	// SameBuyer gives the open orders of a buyer in a shop other than the given one,
	// for duplicate and merge checks; at most 20.
	SameBuyer(shop ids.ShopID, buyerKey string, not ids.OrderID) ([]ids.OrderID, error)
	// OpenOfBuyers gives the orders of those buyers in a shop that are still open
	// (not shipped, completed or cancelled), by buyer key; one query per 500 keys.
	OpenOfBuyers(shop ids.ShopID, buyerKeys []string) (map[string][]ids.OrderID, error)
	// ReservedFor lists the orders that hold reservations of a SKU, latest limit first (DECIDED 10).
	ReservedFor(warehouse string, sku ids.SKUID) ([]ids.OrderID, error)
	// WithCode lists the open orders that hold an unmapped line with the code on the channel.
	WithCode(channel, code string) ([]ids.OrderID, error)
	// ShortOf lists exception orders with a short_stock check that want the SKU, allocation order.
	ShortOf(sku ids.SKUID) ([]ids.OrderID, error)
	// HoldsDue lists held orders whose hold ended before now.
	HoldsDue(now when.Millis) ([]ids.OrderID, error)
	// InMerge lists the orders of a merged parcel by its leading order (index orders_merge).
	InMerge(lead ids.OrderID) ([]ids.OrderID, error)
	Conflicts(order ids.OrderID) ([]Contradiction, error)
	// OpenConflicts lists the contradictions that an import brought and nobody settled, oldest first, at most a page.
	OpenConflicts(imp ids.ImportID) ([]OpenConflict, error)
}

// OrderRepo writes orders.
type OrderRepo interface {
	OrderReads
	// Insert adds new orders with receiver, lines, parts and checks (multi-row statements).
	// Errors: Conflict when a key exists.
	Insert(list []*domain.Order, imp ids.ImportID, now when.Millis) error
	// Save writes the order's own row, platform facts, lines, parts and checks; the version is checked.
	// Errors: Conflict fault.order.changed when somebody saved it meanwhile.
	Save(o *domain.Order) error
	// SaveReceiver writes the receiver alone.
	SaveReceiver(id ids.OrderID, r domain.Receiver) error
	AddConflicts(list []Contradiction) error
	ResolveConflicts(order ids.OrderID, now when.Millis) error
	// ResolveConflict closes one contradiction.
	ResolveConflict(seq int64, now when.Millis) error
	// ReopenConflicts opens the contradictions again that were resolved last and tells how many.
	ReopenConflicts(order ids.OrderID) (int64, error)
	// DropConflicts removes the contradictions that an import brought (undo of it).
	DropConflicts(imp ids.ImportID) error
	// Delete removes orders without a trace in stock or money (undo of an import).
	// Errors: Conflict when a parcel, reservation or posting depends on one.
	Delete(list []ids.OrderID) error
}

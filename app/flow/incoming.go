package flow

import (
	"strings"

	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
	"zhanggui/app/money"
)

// Incoming is units coming in with their cost: a receipt or opening stock.
type Incoming struct {
	Reason  domain.Reason
	Kind    string
	Against domain.Account
	Doc     ids.DocID
	Qty     int64
	CostFen money.Fen // of all units
	Note    string
}

// Book moves the units in, posts stock against the other account and wakes the
// orders that were short of the SKU. It returns how many it woke.
func (in Incoming) Book(u *core.Unit, sku *domain.SKU, level *domain.Level) (woken int, err error) {
	level.Warehouse, level.SKU = domain.DefaultWarehouse, sku.ID
	value, variance, err := level.Receive(in.Qty, in.CostFen)
	if err != nil {
		return 0, err
	}
	ref := Ref{Kind: in.Kind, ID: in.Doc.String(), Number: sku.Code, Note: strings.TrimSpace(in.Note)}
	if _, err := Move(u, level, domain.Move{Reason: in.Reason, Qty: in.Qty, ValueFen: value}, ref, 0); err != nil {
		return 0, err
	}
	e, err := domain.StockEntry(in.Kind, sku.Code, sku.ID, in.Qty, value, variance, in.Against)
	if err != nil {
		return 0, err
	}
	if _, err := Entry(u, e, ref); err != nil {
		return 0, err
	}
	u.Changed(core.TopicStock, sku.ID.String())
	u.Changed(core.TopicFinance)
	set, err := Settings(u)
	if err != nil {
		return 0, err
	}
	return Reallocate(u, domain.DefaultWarehouse, sku.ID, set)
}

// CanOpen tells whether the SKU may still get opening stock: it never moved,
// or nothing but an opening that was taken back.
func CanOpen(r core.StockReads, sku *domain.SKU, level domain.Level) (bool, error) {
	if level.Version == 0 {
		return true, nil
	}
	page, err := r.ListMoves(movesOf(sku, ""))
	if err != nil || len(page.Rows) == 0 {
		return err == nil, err
	}
	last := page.Rows[0] // an opening is the first move and is taken back only while it is the last
	return last.RefKind == "opening" && last.Reason == domain.MoveUndo, nil
}

// SameOpening tells whether this very opening of the SKU stands: a file that
// comes twice.
func SameOpening(r core.StockReads, sku *domain.SKU, qty int64, value money.Fen) (bool, error) {
	page, err := r.ListMoves(movesOf(sku, domain.MoveOpening))
	if err != nil || len(page.Rows) == 0 {
		return false, err
	}
	was := page.Rows[0]
	if was.Qty != qty || was.ValueFen != value {
		return false, nil
	}
	all, err := r.MovesOf("opening", was.RefID)
	return err == nil && len(all) == 1, err // a second one takes it back
}

// movesOf asks for the newest move of a SKU, of one reason or of any.
func movesOf(sku *domain.SKU, reason domain.Reason) core.Query {
	return core.Query{
		Chip: string(reason), Conds: []core.Cond{{Field: "sku", Op: "=", Value: sku.Code}}, Page: core.Page{Limit: 1},
	}
}

// Opening books opening stock against capital: once per SKU, before it moved.
// It returns the units on hand. Errors: Conflict fault.stock.opening_late, fault.stock.kit.
func Opening(u *core.Unit, sku *domain.SKU, qty int64, value money.Fen, doc ids.DocID) (int64, error) {
	if sku.Kit {
		return 0, fault.New(fault.Conflict, "fault.stock.kit", "sku", sku.Code)
	}
	level, err := u.Stock().Level(domain.DefaultWarehouse, sku.ID)
	if err != nil {
		return 0, err
	}
	may, err := CanOpen(u.Stock(), sku, level)
	if err != nil {
		return 0, err
	}
	if !may {
		return 0, fault.New(fault.Conflict, "fault.stock.opening_late", "sku", sku.Code)
	}
	in := Incoming{Reason: domain.MoveOpening, Kind: "opening", Against: domain.AccCapital, Doc: doc, Qty: qty, CostFen: value}
	if _, err := in.Book(u, sku, &level); err != nil {
		return 0, err
	}
	return level.OnHand, nil
}

// UndoMove posts the exact opposite of a move for a reason, when nothing happened
// to the SKU since and no promise stands on the units.
// Errors: Conflict fault.stock.later_moves, fault.stock.reserved.
func UndoMove(u *core.Unit, m domain.Move, reason domain.Reason) error {
	later, err := u.Stock().LaterMoves(m.Warehouse, m.SKU, m.Seq)
	if err != nil {
		return err
	}
	if later {
		return fault.New(fault.Conflict, "fault.stock.later_moves", "sku", m.Number)
	}
	level, err := u.Stock().Level(m.Warehouse, m.SKU)
	if err != nil {
		return err
	}
	if m.Qty > 0 && level.Available() < m.Qty-m.Unsaleable { // defective ones were never available
		return fault.New(fault.Conflict, "fault.stock.reserved", "sku", m.Number, "reserved", level.Reserved)
	}
	level.Undo(m)
	back := domain.Move{Reason: reason, Qty: -m.Qty, ValueFen: -m.ValueFen, Unsaleable: -m.Unsaleable, ReversesSeq: m.Seq}
	_, err = Move(u, &level, back, Ref{Kind: m.RefKind, ID: m.RefID, Number: m.Number, Line: m.LineID}, 0)
	u.Changed(core.TopicStock, m.SKU.String())
	return err
}

package flow

import (
	"bytes"
	"sort"

	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/ids"
)

// Ref names the document that a stock move or a journal entry belongs to.
type Ref struct {
	Kind   string // parcel, receipt, opening, adjust
	ID     string
	Number string // what people look for
	Line   ids.LineID
	Note   string
}

// Move writes a stock move with the level after it, stamped with the unit's
// time and actor. take is the units it takes from the line's reservation.
func Move(u *core.Unit, l *domain.Level, m domain.Move, ref Ref, take int64) (int64, error) {
	m.Warehouse, m.SKU = l.Warehouse, l.SKU
	m.At, m.BizDay = u.Now, u.Today()
	m.BalanceQty, m.BalanceFen = l.OnHand, l.ValueFen
	m.RefKind, m.RefID, m.LineID, m.Note = ref.Kind, ref.ID, ref.Line, ref.Note
	m.Number = ref.Number
	m.Actor, m.ActorName = u.Actor.ID, u.Actor.Name
	return u.Stock().Post(l, m, take)
}

// TakeBack books units in again at the cost they left with. Where they fill a
// hole of provisional cost, the variance goes to cost of goods (rules.md §5.5.7).
func TakeBack(u *core.Unit, level *domain.Level, m domain.Move, ref Ref) error {
	variance, err := level.TakeBack(m.Qty, m.ValueFen)
	if err != nil {
		return err
	}
	if _, err := Move(u, level, m, ref, 0); err != nil || variance == 0 {
		return err
	}
	level.Settle(variance)
	own := Ref{Kind: "variance", ID: ids.New[ids.DocKind](u.IDs).String(), Number: ref.Number, Note: ref.Note}
	if _, err := Move(u, level, domain.Move{Reason: domain.MoveVariance, ValueFen: -variance}, own, 0); err != nil {
		return err
	}
	e, err := domain.StockEntry("variance", ref.Number, level.SKU, 0, -variance, variance, domain.AccCost)
	if err != nil {
		return err
	}
	_, err = Entry(u, e, own)
	return err
}

// Entry posts a balanced journal entry, stamped with the unit's time and actor.
func Entry(u *core.Unit, e domain.Entry, ref Ref) (int64, error) {
	if err := e.Balanced(); err != nil {
		return 0, err
	}
	e.At, e.BizDay = u.Now, u.Today()
	e.Actor, e.ActorName = u.Actor.ID, u.Actor.Name
	e.RefKind, e.RefID = ref.Kind, ref.ID
	if e.Number == "" {
		e.Number = ref.Number
	}
	return u.Ledger().Post(&e)
}

// Reverse posts the entry that undoes the one with the number seq.
func Reverse(u *core.Unit, seq int64, kind string) error {
	old, err := u.Ledger().Get(seq)
	if err != nil {
		return err
	}
	rev := old.Reverse(kind)
	_, err = Entry(u, rev, Ref{Kind: old.RefKind, ID: old.RefID, Number: old.Number})
	return err
}

// FreeOversold releases reservations when a correction left fewer units than
// are promised: the orders with the latest deadline lose theirs first and go
// back to the exceptions as short (DECIDED 10). It returns their numbers.
func FreeOversold(u *core.Unit, warehouse string, sku ids.SKUID, set domain.Settings) ([]string, error) {
	level, err := u.Stock().Level(warehouse, sku)
	if err != nil || level.Available() >= 0 {
		return nil, err
	}
	queue, err := u.Orders().ReservedFor(warehouse, sku)
	if err != nil {
		return nil, err
	}
	code, err := skuCode(u, sku)
	if err != nil {
		return nil, err
	}
	var freed []string
	for _, id := range queue {
		level, err := u.Stock().Level(warehouse, sku)
		if err != nil || level.Available() >= 0 {
			return freed, err
		}
		o, err := u.Orders().Get(id)
		if err != nil {
			return freed, err
		}
		if err := Release(u, o); err != nil {
			return freed, err
		}
		if err := Recheck(u, o, set, []string{code}); err != nil {
			return freed, err
		}
		if err := Settle(u, o); err != nil {
			return freed, err
		}
		if err := u.Orders().Save(o); err != nil {
			return freed, err
		}
		Announce(u, o)
		freed = append(freed, o.Number)
	}
	return freed, nil
}

// Reallocate offers newly available units of a SKU to the orders that are
// short of it, in allocation order (rules.md §5.3.2): their shortage clears and
// they return to the audit list, where the next pass reserves them.
// It returns how many orders it woke.
func Reallocate(u *core.Unit, warehouse string, sku ids.SKUID, set domain.Settings) (int, error) {
	waiting, err := u.Orders().ShortOf(sku)
	if err != nil || len(waiting) == 0 {
		return 0, err
	}
	level, err := u.Stock().Level(warehouse, sku)
	if err != nil {
		return 0, err
	}
	left, woken := level.Available(), 0
	for _, id := range waiting {
		o, err := u.Orders().Get(id)
		if err != nil {
			return woken, err
		}
		need := unitsOf(o, sku)
		if need > left {
			continue
		}
		left -= need
		if err := Recheck(u, o, set, nil); err != nil {
			return woken, err
		}
		if err := Settle(u, o); err != nil {
			return woken, err
		}
		if err := u.Orders().Save(o); err != nil {
			return woken, err
		}
		Announce(u, o)
		woken++
	}
	return woken, nil
}

// Offer runs Reallocate for SKUs whose units were set free, in a fixed order.
func Offer(u *core.Unit, skus map[ids.SKUID]bool) error {
	if len(skus) == 0 {
		return nil
	}
	set, err := Settings(u)
	if err != nil {
		return err
	}
	list := make([]ids.SKUID, 0, len(skus))
	for id := range skus {
		list = append(list, id)
	}
	sort.Slice(list, func(i, j int) bool { return bytes.Compare(list[i][:], list[j][:]) < 0 })
	for _, id := range list {
		if _, err := Reallocate(u, domain.DefaultWarehouse, id, set); err != nil {
			return err
		}
	}
	return nil
}

// Held counts the units that an order has reserved, by SKU.
func Held(o *domain.Order) map[ids.SKUID]int64 {
	held := map[ids.SKUID]int64{}
	for i := range o.Lines {
		for _, p := range o.Lines[i].Parts {
			if p.Reserved > 0 {
				held[p.SKU] += p.Reserved
			}
		}
	}
	return held
}

// Freed adds to skus those of which the order holds fewer units than before.
func Freed(skus map[ids.SKUID]bool, before map[ids.SKUID]int64, o *domain.Order) {
	now := Held(o)
	for id, n := range before {
		if now[id] < n {
			skus[id] = true
		}
	}
}

func unitsOf(o *domain.Order, sku ids.SKUID) int64 {
	var n int64
	for i := range o.Lines {
		for _, p := range o.Lines[i].Parts {
			if p.SKU == sku {
				n += p.Qty*o.Lines[i].Open() - p.Reserved
			}
		}
	}
	return n
}

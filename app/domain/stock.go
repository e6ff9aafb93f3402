package domain

import (
	"zhanggui/app/fault"
	"zhanggui/app/ids"
	"zhanggui/app/money"
	"zhanggui/app/when"
)

// DefaultWarehouse is the one warehouse a shop starts with (DECIDED 8).
const DefaultWarehouse = "main"

// Reason is why units moved.
type Reason string

// The reasons of a stock move.
const (
	MoveOpening  Reason = "opening"
	MoveReceipt  Reason = "receipt"
	MoveShip     Reason = "ship"
	MoveUnship   Reason = "unship" // reversal of a shipment that was not handed over
	MoveReturn   Reason = "return"
	MoveAdjust   Reason = "adjust"
	MoveRecost   Reason = "recost" // value only: finance gave the cost later (DECIDED 9)
	MoveVariance Reason = "variance"
	MoveUndo     Reason = "undo" // reversal of a receipt, an opening or an adjustment
)

// Level is the stock of one SKU in one warehouse: the running sum of its moves.
//
// Guarantees: on hand = sum of moves (I1); reserved >= 0; available =
// on hand - reserved - unavailable; no reservation or shipment takes it below 0
// (I2), only a correction can, and then it is listed as 超卖; the value is in
// fen and never a rounded unit cost (rules.md §5.5).
type Level struct {
	Warehouse   string
	SKU         ids.SKUID
	OnHand      int64
	Reserved    int64
	Unavailable int64 // defective or in quarantine: counted, never sold
	Incoming    int64
	ValueFen    money.Fen // value of OnHand
	LastQty     int64     // the last receipt's units and value: the last known cost
	LastFen     money.Fen
	ProvQty     int64     // units issued below zero at a provisional cost (§5.5.7)
	ProvFen     money.Fen // and that cost
	Version     int64
}

// Available is what may still be promised.
func (l *Level) Available() int64 { return l.OnHand - l.Reserved - l.Unavailable }

// Move is one append-only row of the stock ledger. Qty and ValueFen are signed;
// the balances after the move make stock and value as of any past day one look-up.
type Move struct {
	Seq         int64
	Warehouse   string
	SKU         ids.SKUID
	At          when.Millis
	BizDay      when.Day
	Reason      Reason
	Qty         int64
	ValueFen    money.Fen
	BalanceQty  int64
	BalanceFen  money.Fen
	Unsaleable  int64 // change of Unavailable that goes with the move
	RefKind     string
	RefID       string
	Number      string // the order or document number people look for
	LineID      ids.LineID
	Note        string
	Actor       ids.StaffID
	ActorName   string
	ReversesSeq int64
}

// maxUnits is the most units one document may move (QUALITY corpus: 10^9 is a typing slip).
const maxUnits = 100_000_000

// costOf is the cost of q units at the level's moving average: round(value × q ÷ qty),
// all of the value when q takes the rest (§5.5.2). With nothing on hand it is the
// last known cost.
func (l *Level) costOf(q int64) (money.Fen, error) {
	switch {
	case l.OnHand > 0 && q == l.OnHand:
		return l.ValueFen, nil
	case l.OnHand > 0 && q < l.OnHand:
		return money.MulDiv(l.ValueFen, q, l.OnHand)
	case l.OnHand > 0:
		return l.beyond(q)
	case l.LastQty > 0:
		return money.MulDiv(l.LastFen, q, l.LastQty)
	}
	return 0, nil
}

// beyond prices an issue that takes more than there is: all of the value and
// the missing units at the present average.
func (l *Level) beyond(q int64) (money.Fen, error) {
	extra, err := money.MulDiv(l.ValueFen, q-l.OnHand, l.OnHand)
	if err != nil {
		return 0, err
	}
	return money.Add(l.ValueFen, extra)
}

// Receive books units in at their landed cost (§5.5.1); free goods come in at 0
// and count in the average (§5.5.5). When the stock was below zero, the
// difference between the cost now and the provisional cost of the units issued
// before goes to variance (§5.5.7). It returns the move's value and the variance.
func (l *Level) Receive(q int64, cost money.Fen) (value, variance money.Fen, err error) {
	if q <= 0 || q > maxUnits || cost < 0 {
		return 0, 0, fault.New(fault.Invalid, "fault.stock.qty", "qty", q)
	}
	value = cost
	if l.OnHand < 0 && l.ProvQty > 0 {
		settled := min(q, l.ProvQty)
		real, err := money.MulDiv(cost, settled, q)
		if err != nil {
			return 0, 0, err
		}
		prov, err := money.MulDiv(l.ProvFen, settled, l.ProvQty)
		if err != nil {
			return 0, 0, err
		}
		variance = real - prov
		value = cost - variance
	}
	sum, err := money.Add(l.ValueFen, value)
	if err != nil {
		return 0, 0, err
	}
	l.OnHand += q
	l.ValueFen = sum
	l.provide()
	if cost > 0 || l.LastQty == 0 {
		l.LastQty, l.LastFen = q, cost
	}
	return value, variance, nil
}

// Issue books units out at the moving average and returns their cost (§5.5.2).
// It refuses to go below what is on hand. Errors: Conflict fault.stock.short.
func (l *Level) Issue(q int64) (money.Fen, error) {
	if q <= 0 || q > l.OnHand {
		return 0, fault.New(fault.Conflict, "fault.stock.short", "qty", q, "on_hand", l.OnHand)
	}
	cost, err := l.costOf(q)
	if err != nil {
		return 0, err
	}
	l.OnHand -= q
	l.ValueFen -= cost
	return cost, nil
}

// provide keeps the provisional units and their cost what the rule says: those
// that were issued below zero, at the value that is below zero (§5.5.7).
func (l *Level) provide() {
	l.ProvQty, l.ProvFen = 0, 0
	if l.OnHand < 0 {
		l.ProvQty, l.ProvFen = -l.OnHand, -l.ValueFen
	}
}

// TakeBack books units in at the cost they were issued at: a sales return
// (§5.5.3) or the reversal of a shipment. Where the stock was below zero they
// settle the provisional cost as a receipt would: the difference is a variance
// that Settle then takes off the value.
func (l *Level) TakeBack(q int64, issued money.Fen) (variance money.Fen, err error) {
	if q <= 0 {
		return 0, fault.New(fault.Invalid, "fault.stock.qty", "qty", q)
	}
	v, err := money.Add(l.ValueFen, issued)
	if err != nil {
		return 0, err
	}
	if l.OnHand < 0 && l.ProvQty > 0 {
		settled := min(q, l.ProvQty)
		real, err := money.MulDiv(issued, settled, q)
		if err != nil {
			return 0, err
		}
		prov, err := money.MulDiv(l.ProvFen, settled, l.ProvQty)
		if err != nil {
			return 0, err
		}
		variance = real - prov
	}
	l.OnHand += q
	l.ValueFen = v
	l.provide()
	return variance, nil
}

// Settle takes a variance off the value: it is booked to cost of goods.
func (l *Level) Settle(variance money.Fen) {
	l.ValueFen -= variance
	l.provide()
}

// Undo takes a move back exactly: the level is what it was before.
func (l *Level) Undo(m Move) {
	l.OnHand -= m.Qty
	l.ValueFen -= m.ValueFen
	l.provide()
}

// Beyond is how many more units are set aside than there are, as a change of
// Unavailable: a correction that leaves fewer than were set aside has taken
// those.
func (l *Level) Beyond() int64 { return min(0, max(l.OnHand, 0)-l.Unavailable) }

// Adjust corrects the count by a signed number of units, the only movement that
// may go below zero. A gain comes in at the present average, else at the last
// cost, else at 0 (§5.5.6); a loss leaves at the average, beyond zero at a
// provisional cost that the next receipt settles (§5.5.7). It returns the
// signed value of the move.
func (l *Level) Adjust(delta int64) (money.Fen, error) {
	if delta == 0 || delta > maxUnits || delta < -maxUnits {
		return 0, fault.New(fault.Invalid, "fault.stock.qty", "qty", delta)
	}
	q := delta
	if q < 0 {
		q = -q
	}
	cost, err := l.adjustCost(q, delta > 0)
	if err != nil {
		return 0, err
	}
	if delta < 0 {
		cost = -cost
	}
	l.OnHand += delta
	l.ValueFen += cost
	if l.OnHand == 0 && l.ValueFen != 0 { // climbing back to exactly zero leaves no stray value
		cost -= l.ValueFen
		l.ValueFen = 0
	}
	l.provide()
	return cost, nil
}

func (l *Level) adjustCost(q int64, gain bool) (money.Fen, error) {
	if gain && l.OnHand > 0 {
		return money.MulDiv(l.ValueFen, q, l.OnHand)
	}
	if gain && l.OnHand < 0 && l.ProvQty > 0 {
		return money.MulDiv(l.ProvFen, q, l.ProvQty)
	}
	return l.costOf(q)
}

// Recost changes the value of a receipt after the fact (DECIDED 9): the part
// that belongs to units still on hand changes the stock's value, the part of
// units already issued goes to variance (§5.5.4, §5.5.9: closed profit stays).
func (l *Level) Recost(received int64, diff money.Fen) (value, variance money.Fen, err error) {
	still := min(received, max(l.OnHand, 0))
	if received <= 0 {
		return 0, 0, fault.New(fault.Invalid, "fault.stock.qty", "qty", received)
	}
	value, err = money.MulDiv(diff, still, received)
	if err != nil {
		return 0, 0, err
	}
	if l.ValueFen+value < 0 {
		value = -l.ValueFen
	}
	l.ValueFen += value
	l.provide()
	return value, diff - value, nil
}

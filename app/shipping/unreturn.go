package shipping

import (
	"context"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/flow"
	"zhanggui/app/ids"
	"zhanggui/app/money"
)

// UnreturnCmd takes the last return of a parcel line back; the units say which it was.
type UnreturnCmd struct {
	Parcel    ids.ParcelID
	Line      ids.LineID
	Good      int64
	Defective int64
}

// Action is the right it needs.
func (UnreturnCmd) Action() auth.Action { return auth.StockReceive }

// Validate wants a parcel line and units.
func (c UnreturnCmd) Validate() error { return ReturnCmd(c).Validate() }

// Unreturn undoes Return: the opposite moves and the opposite entry are
// appended, and the units count as away again.
// Errors: Conflict fault.shipping.no_return when the last return was another
// one; fault.stock.later_moves, .reserved when the goods moved or were promised
// since; fault.order.cancelled.
func (s *Service) Unreturn(ctx context.Context, cmd UnreturnCmd) error {
	_, err := core.Do(ctx, s.e, cmd, func(u *core.Unit) (struct{}, error) {
		var none struct{}
		p, err := u.Parcels().Get(cmd.Parcel)
		if err != nil {
			return none, err
		}
		pl, err := lineOf(p, cmd.Line)
		if err != nil {
			return none, err
		}
		return none, giveAway(u, p, pl, cmd)
	})
	return err
}

func giveAway(u *core.Unit, p *domain.Parcel, pl *domain.ParcelLine, cmd UnreturnCmd) error {
	o, err := u.Orders().Get(pl.Order)
	if err != nil {
		return err
	}
	l := o.Line(pl.Line)
	units := cmd.Good + cmd.Defective
	if err := o.Unreturn(l, units); err != nil {
		return err
	}
	moves, err := u.Stock().MovesOf("parcel", p.ID.String())
	if err != nil {
		return err
	}
	none := fault.New(fault.Conflict, "fault.shipping.no_return", "order", o.Number, "line", l.Title)
	var last domain.Move
	for i := range pl.Items {
		it := &pl.Items[i]
		m, ok := lastReturn(moves, pl.Line, it.SKU)
		if per := it.Qty / pl.Qty; !ok || m.Qty != per*units || m.Unsaleable != per*cmd.Defective {
			return none
		}
		if err := flow.UndoMove(u, m, domain.MoveReturn); err != nil {
			return err
		}
		it.Returned -= m.Qty
		it.ReturnFen -= m.ValueFen
		last = m
	}
	pl.Returned -= units
	if err := reverseReturn(u, p, pl, o, l, last, units); err != nil {
		return err
	}
	u.Audit("order", o.ID.String(), "audit.return_undone", cmd, nil, "order", o.Number, "good", cmd.Good, "defective", cmd.Defective)
	return saveReturn(u, p, o, "return_undone")
}

// lastReturn is the newest return of a SKU for a line that was not taken back.
func lastReturn(moves []domain.Move, line ids.LineID, sku ids.SKUID) (domain.Move, bool) {
	undone := map[int64]bool{}
	var last domain.Move
	for _, m := range moves {
		if m.ReversesSeq != 0 {
			undone[m.ReversesSeq] = true
		}
	}
	for _, m := range moves {
		if m.Reason == domain.MoveReturn && m.ReversesSeq == 0 && m.LineID == line && m.SKU == sku && !undone[m.Seq] && m.Seq > last.Seq {
			last = m
		}
	}
	return last, last.Seq != 0
}

// reverseReturn posts the opposite of the return's entry: the one of that
// moment and that revenue that nobody reversed.
func reverseReturn(u *core.Unit, p *domain.Parcel, pl *domain.ParcelLine, o *domain.Order, l *domain.Line, m domain.Move, units int64) error {
	entries, err := u.Ledger().OfRef("parcel", p.ID.String())
	if err != nil {
		return err
	}
	undone := map[int64]bool{}
	for _, e := range entries {
		undone[e.ReversesSeq] = true
	}
	revenue := money.Cumulative(pl.RevenueFen, pl.Qty, pl.Returned, units)
	for i := len(entries) - 1; i >= 0; i-- {
		e := entries[i]
		if e.Kind == "return" && e.ReversesSeq == 0 && !undone[e.Seq] && e.Number == o.Number && e.At == m.At && brought(e, l.SKU, units, revenue) {
			return flow.Reverse(u, e.Seq, "return")
		}
	}
	return fault.New(fault.Conflict, "fault.shipping.no_return", "order", o.Number, "line", l.Title)
}

// brought tells whether the entry is of a return of so many units at that revenue.
func brought(e *domain.Entry, sku ids.SKUID, units int64, revenue money.Fen) bool {
	for _, p := range e.Postings {
		if p.Account == domain.AccSales && p.SKU == sku && p.Qty == units {
			return e.Sum(domain.AccReceivable) == -revenue
		}
	}
	return false
}

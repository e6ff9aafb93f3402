package store

import (
	"fmt"

	"zhanggui/app/domain"
	"zhanggui/app/ids"
	"zhanggui/app/money"
	"zhanggui/store/sqlkit"
)

// checkBatch is how many documents one step of a walk loads.
const checkBatch = 500

// checkParcels is I3 and the parcels' half of I5: what a parcel holds left
// stock exactly once, what came back came in exactly once, and every order in
// a shipped parcel has exactly one entry.
func (c *checking) checkParcels() error {
	w := &parcelWalk{
		c: c, moves: c.finding("I3 parcel items = moves"), entries: c.finding("I5 one entry per order and parcel"),
		sums: c.finding("I5 entries = parcel lines + freight"), kept: c.finding("I8 parcel units, orders"), freight: map[ids.OrderID]int{},
	}
	c.books.items = amounts{}
	if !c.full {
		return w.touched()
	}
	if err := w.loadSeveral(); err != nil {
		return err
	}
	total, err := c.number(`SELECT COUNT(id) FROM parcels`)
	if err != nil {
		return err
	}
	var last ids.ParcelID
	for done := int64(0); ; {
		batch, err := sqlkit.Rows(c.ctx, c.ses, sqlkit.Value[ids.ParcelID], `SELECT id FROM parcels WHERE id > $1 ORDER BY id LIMIT 500`, last[:])
		if err != nil {
			return err
		}
		if len(batch) == 0 {
			return w.strays()
		}
		if err := w.check(batch); err != nil {
			return err
		}
		last = batch[len(batch)-1]
		done += int64(len(batch))
		c.within(done, total)
	}
}

// parcelWalk checks parcels batch by batch.
type parcelWalk struct {
	c       *checking
	moves   *finding
	entries *finding
	sums    *finding
	kept    *finding
	freight map[ids.OrderID]int // orders in several parcels: how many of these carry freight; full checks only
	matched int64               // moves that belong to a parcel that was looked at
}

// touched checks the parcels that moved goods or money since the mark.
func (w *parcelWalk) touched() error {
	texts, err := sqlkit.Rows(w.c.ctx, w.c.ses, sqlkit.Value[string], `SELECT ref_id FROM stock_moves WHERE seq > $1 AND ref_kind = 'parcel'
		UNION SELECT ref_id FROM journal_entries WHERE seq > $2 AND ref_kind = 'parcel'`, w.c.since.Moves, w.c.since.Entries)
	if err != nil {
		return err
	}
	batch := make([]ids.ParcelID, 0, checkBatch)
	for i, text := range texts {
		id, err := ids.Parse[ids.ParcelKind](text)
		if err != nil {
			w.moves.broke("ref", text, "parcel", "unknown")
			continue
		}
		if batch = append(batch, id); len(batch) == checkBatch || i == len(texts)-1 {
			if err := w.check(batch); err != nil {
				return err
			}
			batch = batch[:0]
			w.c.within(int64(i), int64(len(texts)))
		}
	}
	return w.check(batch)
}

// strays finds moves that name a parcel which is not there: those that no
// parcel of the full walk accounted for.
func (w *parcelWalk) strays() error {
	n, err := w.c.number(`SELECT COUNT(seq) FROM stock_moves WHERE ref_kind = 'parcel'`)
	if err != nil {
		return err
	}
	if n != w.matched {
		w.moves.broke("moves", n, "matched", w.matched)
	}
	return nil
}

// itemKey is one SKU of one line of one parcel.
type itemKey struct {
	parcel ids.ParcelID
	line   ids.LineID
	sku    ids.SKUID
}

// itemSum is what a parcel says of it, or what the moves say.
type itemSum struct {
	ships, unships        int64
	qty, returned         int64
	cost, returnFen, back money.Fen
}

type parcelFacts struct {
	lead    ids.OrderID
	state   domain.ParcelState
	waybill string
	units   int64
	count   int64
	orders  map[string]*orderEntries // by order number
}

// orderEntries are the entries that a parcel has for one of its orders.
type orderEntries struct {
	n     int64     // shipped less unshipped
	owed  money.Fen // what they are to bring
	known bool      // all of them were read
}

// of gives the entries of an order's number.
func (p *parcelFacts) of(number string) *orderEntries {
	e := p.orders[number]
	if e == nil {
		e = &orderEntries{known: true}
		p.orders[number] = e
	}
	return e
}

func (p parcelFacts) gone() bool {
	return p.state == domain.ParcelShipped || p.state == domain.ParcelHanded
}

// check compares a batch of parcels with moves and journal.
func (w *parcelWalk) check(batch []ids.ParcelID) error {
	return sqlkit.In(batch, 1, func(marks string, args []any) error {
		parcels, err := w.load(marks, args)
		if err != nil {
			return err
		}
		if err := w.compareItems(parcels, marks, args); err != nil {
			return err
		}
		return w.compareEntries(parcels, marks, args)
	})
}

func (w *parcelWalk) load(marks string, args []any) (map[ids.ParcelID]*parcelFacts, error) {
	parcels := map[ids.ParcelID]*parcelFacts{}
	return parcels, w.c.each(func(row sqlkit.Scanner) error {
		var id ids.ParcelID
		p := &parcelFacts{orders: map[string]*orderEntries{}}
		err := row.Scan(&id, &p.lead, &p.state, &p.waybill, &p.units, &p.count)
		parcels[id] = p
		return err
	}, `SELECT id, order_id, state, waybill, units, orders FROM parcels WHERE id IN (`+marks+`)`, args...)
}

// texts are the ids of a batch as ledgers write them. A statement that ran
// before may have turned them into bytes.
func texts(args []any) []any {
	list := make([]any, len(args))
	for i, a := range args {
		switch v := a.(type) {
		case fmt.Stringer:
			list[i] = v.String()
		case []byte:
			list[i] = ids.DocID(v).String()
		}
	}
	return list
}

func (w *parcelWalk) compareItems(parcels map[ids.ParcelID]*parcelFacts, marks string, args []any) error {
	moved, err := w.movesOf(marks, texts(args))
	if err != nil {
		return err
	}
	err = w.c.each(func(row sqlkit.Scanner) error {
		var k itemKey
		var it itemSum
		if err := row.Scan(&k.parcel, &k.line, &k.sku, &it.qty, &it.cost, &it.returned, &it.returnFen); err != nil {
			return err
		}
		w.moves.count++
		m := moved[k]
		delete(moved, k)
		w.compareItem(k, parcels[k.parcel], it, m)
		return nil
	}, `SELECT parcel_id, line_id, sku_id, qty, cost_fen, returned, return_fen FROM parcel_items WHERE parcel_id IN (`+marks+`)`, args...)
	for k, m := range moved {
		w.moves.broke("parcel", k.parcel, "line", k.line, "sku", k.sku, "item", "missing", "ships", m.ships, "returned", m.returned)
	}
	return err
}

// compareItem wants one outbound move of the item's units and cost, and its
// reversal too when the parcel was voided.
func (w *parcelWalk) compareItem(k itemKey, p *parcelFacts, it itemSum, m itemSum) {
	if p == nil || (!p.gone() && p.state != domain.ParcelVoided) {
		w.moves.broke("parcel", k.parcel, "sku", k.sku, "item", it.qty, "state", "planned")
		return
	}
	wantBack := int64(1)
	if p.gone() {
		wantBack = 0
	}
	ok := m.ships == 1 && m.unships == wantBack && m.qty == it.qty && m.cost == it.cost && m.returned == it.returned && m.returnFen == it.returnFen &&
		(wantBack == 0 || m.back == it.cost)
	if !ok {
		w.moves.broke("parcel", k.parcel, "waybill", p.waybill, "sku", k.sku, "qty", it.qty, "moved", m.qty, "ships", m.ships, "unships", m.unships,
			"cost_fen", int64(it.cost), "moved_fen", int64(m.cost), "returned", it.returned, "moved_back", m.returned)
	}
	sums := w.c.books.items
	sums.add("ship", -it.qty, -it.cost)
	if wantBack == 1 {
		sums.add("unship", it.qty, it.cost)
	}
	sums.add("return", it.returned, it.returnFen)
}

// movesOf adds up the moves of the parcels (index stock_moves_ref).
func (w *parcelWalk) movesOf(marks string, args []any) (map[itemKey]itemSum, error) {
	moved := map[itemKey]itemSum{}
	return moved, w.c.each(func(row sqlkit.Scanner) error {
		var ref, reason string
		var k itemKey
		var qty int64
		var fen money.Fen
		if err := row.Scan(&ref, &k.line, &k.sku, &reason, &qty, &fen); err != nil {
			return err
		}
		w.matched++
		id, err := ids.Parse[ids.ParcelKind](ref)
		if err != nil {
			return nil // it was asked for by its text, so it is none of ours
		}
		k.parcel = id
		m := moved[k]
		switch domain.Reason(reason) {
		case domain.MoveShip:
			m.ships, m.qty, m.cost = m.ships+1, m.qty-qty, m.cost-fen
		case domain.MoveUnship:
			m.unships, m.back = m.unships+1, m.back+fen
		case domain.MoveReturn:
			m.returned, m.returnFen = m.returned+qty, m.returnFen+fen
		default:
			w.moves.broke("parcel", ref, "sku", k.sku, "reason", reason)
		}
		moved[k] = m
		return nil
	}, `SELECT ref_id, line_id, sku_id, reason, qty, value_fen FROM stock_moves WHERE ref_id IN (`+marks+`) AND ref_kind = 'parcel'`, args...)
}

// loadSeveral finds the orders that are in several parcels under way: their
// freight must stand in one of them only.
func (w *parcelWalk) loadSeveral() error {
	return w.c.each(func(row sqlkit.Scanner) error {
		id, err := sqlkit.Value[ids.OrderID](row)
		w.freight[id] = 0
		return err
	}, `SELECT l.order_id FROM parcel_lines l JOIN parcels p ON p.id = l.parcel_id WHERE p.state IN ('shipped', 'handed_over')
		GROUP BY l.order_id HAVING COUNT(DISTINCT l.parcel_id) > 1`)
}

// compareEntries wants one ship entry, not reversed, for every order of a
// parcel that left, and none for the others; it brings what the parcel's lines
// say, and in one parcel of the order the buyer's freight.
func (w *parcelWalk) compareEntries(parcels map[ids.ParcelID]*parcelFacts, marks string, args []any) error {
	err := w.c.each(func(row sqlkit.Scanner) error {
		var seq int64
		var ref, kind, number string
		if err := row.Scan(&seq, &ref, &kind, &number); err != nil {
			return err
		}
		id, err := ids.Parse[ids.ParcelKind](ref)
		p := parcels[id]
		if err != nil || p == nil {
			w.entries.broke("parcel", ref, "order", number, "parcel", "missing")
			return nil
		}
		fen, known := w.c.owed(seq)
		e := p.of(number)
		switch kind {
		case "ship":
			e.n++
		case "unship":
			e.n--
		default:
			return nil
		}
		e.owed, e.known = e.owed+fen, e.known && known
		return nil
	}, `SELECT seq, ref_id, kind, number FROM journal_entries WHERE ref_id IN (`+marks+`) AND ref_kind = 'parcel'`, texts(args)...)
	if err != nil {
		return err
	}
	units, orders := map[ids.ParcelID]int64{}, map[ids.ParcelID]int64{}
	err = w.c.each(func(row sqlkit.Scanner) error {
		var id ids.ParcelID
		var l lineSums
		if err := row.Scan(&id, &l.order, &l.number, &l.freight, &l.qty, &l.revenue); err != nil {
			return err
		}
		units[id] += l.qty
		orders[id]++
		if parcels[id].lead == l.order {
			orders[id]-- // the leading order counts whether it is in the parcel or not
		}
		w.compareEntry(id, parcels[id], l)
		return nil
	}, `SELECT l.parcel_id, o.id, o.number, o.freight_fen, CAST(SUM(l.qty) AS BIGINT), CAST(SUM(l.revenue_fen) AS BIGINT)
		FROM parcel_lines l JOIN orders o ON o.id = l.order_id WHERE l.parcel_id IN (`+marks+`) GROUP BY l.parcel_id, o.id, o.number, o.freight_fen`, args...)
	for id, p := range parcels {
		for number, e := range p.orders {
			if e.n != 0 {
				w.entries.broke("parcel", id, "waybill", p.waybill, "order", number, "entries", e.n, "want", 0)
			}
		}
		w.kept.count++
		if p.units != units[id] || p.count != orders[id]+1 {
			w.kept.broke("parcel", id, "waybill", p.waybill, "units", p.units, "lines", units[id], "orders", p.count, "want", orders[id]+1)
		}
	}
	return err
}

// lineSums is what a parcel holds of one order.
type lineSums struct {
	order            ids.OrderID
	number           string
	freight, revenue money.Fen
	qty              int64
}

func (w *parcelWalk) compareEntry(id ids.ParcelID, p *parcelFacts, l lineSums) {
	w.entries.count++
	e := p.of(l.number)
	want := int64(0)
	if p.gone() {
		want = 1
	}
	if e.n != want {
		w.entries.broke("parcel", id, "waybill", p.waybill, "order", l.number, "entries", e.n, "want", want)
	}
	delete(p.orders, l.number)
	if e.n != want || !e.known {
		return
	}
	w.sums.count++
	lines := l.revenue
	if !p.gone() {
		lines, l.freight = 0, 0 // undone: nothing is left of it
	}
	switch rest := e.owed - lines; {
	case rest != 0 && rest != l.freight:
		w.sums.broke("parcel", id, "waybill", p.waybill, "order", l.number, "owed_fen", int64(e.owed), "lines_fen", int64(lines), "freight_fen", int64(l.freight))
	case rest != 0:
		if n, several := w.freight[l.order]; several {
			w.freight[l.order] = n + 1
			if n > 0 {
				w.sums.broke("order", l.number, "freight_fen", int64(rest), "parcels", n+1)
			}
		}
	}
}

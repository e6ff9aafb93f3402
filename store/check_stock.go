package store

import (
	"zhanggui/app/domain"
	"zhanggui/app/ids"
	"zhanggui/app/money"
	"zhanggui/store/sqlkit"
)

// shelf is the place that a balance belongs to.
type shelf struct {
	warehouse string
	sku       ids.SKUID
}

// balance is what the moves of a shelf add up to.
type balance struct {
	qty        int64
	fen        money.Fen
	unsaleable int64
}

// amounts are sums by reason of a move or kind of an entry (I4).
type amounts map[string]balance

func (a amounts) add(name string, qty int64, fen money.Fen) {
	b := a[name]
	a[name] = balance{qty: b.qty + qty, fen: b.fen + fen}
}

// books are the sums that one phase leaves for checkConservation.
type books struct {
	moves   amounts     // stock moves by reason
	entries amounts     // stock account postings by kind of entry
	items   amounts     // parcel items by what the moves must have done; full checks only
	owed    []money.Fen // receivable of each shipment's entry and its reversal, by seq from since.Entries+1
}

// checkStock is I1 and I2: the balances chain, levels are the sums of the
// moves, reserved is the sum of the reservations, nothing is oversold unless a
// correction did it.
func (c *checking) checkStock() error {
	last, err := c.checkMoves()
	if err != nil {
		return err
	}
	if err := c.checkLevels(last); err != nil {
		return err
	}
	if err := c.checkReserved(); err != nil {
		return err
	}
	return c.checkOversold()
}

// checkMoves walks the ledger in its own order. last gives the balance of
// every shelf that moved since the mark.
func (c *checking) checkMoves() (map[shelf]*balance, error) {
	f := c.finding("I1 balances of moves")
	last, err := c.startBalances()
	if err != nil {
		return nil, err
	}
	c.books.moves = amounts{}
	err = c.each(func(row sqlkit.Scanner) error {
		var seq int64
		var at shelf
		var reason string
		var m domain.Move
		if err := row.Scan(&seq, &at.warehouse, &at.sku, &reason, &m.Qty, &m.ValueFen, &m.BalanceQty, &m.BalanceFen, &m.Unsaleable); err != nil {
			return err
		}
		f.count++
		b := last[at]
		if b == nil {
			b = &balance{}
			last[at] = b
		}
		b.qty, b.fen, b.unsaleable = b.qty+m.Qty, b.fen+m.ValueFen, b.unsaleable+m.Unsaleable
		if b.qty != m.BalanceQty || b.fen != m.BalanceFen {
			f.broke("seq", seq, "sku", at.sku, "warehouse", at.warehouse, "balance", m.BalanceQty, "sum", b.qty, "balance_fen", int64(m.BalanceFen), "sum_fen", int64(b.fen))
			b.qty, b.fen = m.BalanceQty, m.BalanceFen // so that one wrong row is one finding
		}
		c.books.moves.add(reason, m.Qty, m.ValueFen)
		c.within(seq-c.since.Moves, c.now.Moves-c.since.Moves)
		return nil
	}, `SELECT seq, warehouse, sku_id, reason, qty, value_fen, balance_qty, balance_fen, unsaleable FROM stock_moves WHERE seq > $1 ORDER BY seq`, c.since.Moves)
	return last, err
}

// startBalances gives, for an incremental check, the balances at the mark of
// the shelves that moved since.
func (c *checking) startBalances() (map[shelf]*balance, error) {
	start := map[shelf]*balance{}
	if c.full {
		return start, nil
	}
	return start, c.each(func(row sqlkit.Scanner) error {
		var at shelf
		var b balance
		err := row.Scan(&at.warehouse, &at.sku, &b.qty, &b.fen, &b.unsaleable)
		start[at] = &b
		return err
	}, `SELECT m.warehouse, m.sku_id, m.balance_qty, m.balance_fen,
		(SELECT CAST(COALESCE(SUM(u.unsaleable), 0) AS BIGINT) FROM stock_moves u WHERE u.sku_id = m.sku_id AND u.warehouse = m.warehouse AND u.seq <= m.seq)
		FROM stock_moves m WHERE m.seq IN (SELECT MAX(o.seq) FROM stock_moves o JOIN
			(SELECT DISTINCT sku_id, warehouse FROM stock_moves WHERE seq > $1) t ON t.sku_id = o.sku_id AND t.warehouse = o.warehouse
			WHERE o.seq <= $1 GROUP BY o.sku_id, o.warehouse)`, c.since.Moves)
}

// checkLevels compares the kept figures with the sums of the moves.
func (c *checking) checkLevels(last map[shelf]*balance) error {
	f := c.finding("I1 levels = sums of moves")
	seen := map[shelf]bool{}
	err := c.each(func(row sqlkit.Scanner) error {
		var at shelf
		var l domain.Level
		if err := row.Scan(&at.warehouse, &at.sku, &l.OnHand, &l.ValueFen, &l.Unavailable); err != nil {
			return err
		}
		seen[at] = true
		b, moved := last[at]
		if !moved && !c.full {
			return nil // untouched since it was found right
		}
		f.count++
		if b == nil {
			b = &balance{}
		}
		if b.qty != l.OnHand || b.fen != l.ValueFen || b.unsaleable != l.Unavailable {
			f.broke("sku", at.sku, "warehouse", at.warehouse, "on_hand", l.OnHand, "moves", b.qty, "value_fen", int64(l.ValueFen), "moves_fen", int64(b.fen),
				"unavailable", l.Unavailable, "moves_unavailable", b.unsaleable)
		}
		return nil
	}, `SELECT warehouse, sku_id, on_hand, value_fen, unavailable FROM stock_levels ORDER BY sku_id, warehouse`)
	for at := range last {
		if !seen[at] {
			f.broke("sku", at.sku, "warehouse", at.warehouse, "level", "missing")
		}
	}
	return err
}

// checkReserved compares reserved units with the reservations, both ways.
func (c *checking) checkReserved() error {
	f := c.finding("I1 reserved = reservations")
	held := map[shelf]int64{}
	err := c.each(func(row sqlkit.Scanner) error {
		var at shelf
		var n int64
		err := row.Scan(&at.warehouse, &at.sku, &n)
		held[at] = n
		return err
	}, `SELECT warehouse, sku_id, CAST(SUM(qty) AS BIGINT) FROM reservations GROUP BY sku_id, warehouse`)
	if err != nil {
		return err
	}
	err = c.each(func(row sqlkit.Scanner) error {
		var at shelf
		var reserved int64
		if err := row.Scan(&at.warehouse, &at.sku, &reserved); err != nil {
			return err
		}
		f.count++
		if reserved != held[at] || reserved < 0 {
			f.broke("sku", at.sku, "warehouse", at.warehouse, "reserved", reserved, "reservations", held[at])
		}
		delete(held, at)
		return nil
	}, `SELECT warehouse, sku_id, reserved FROM stock_levels ORDER BY sku_id, warehouse`)
	for at, n := range held {
		f.broke("sku", at.sku, "warehouse", at.warehouse, "reserved", 0, "reservations", n)
	}
	return err
}

// checkOversold lists what was promised or issued beyond what is there. Only a
// correction of the count may do that (I2); then it is no fault of the program.
func (c *checking) checkOversold() error {
	f := c.finding("I2 available >= 0 unless a count took it")
	return c.each(func(row sqlkit.Scanner) error {
		var at shelf
		var code string
		var available int64
		var adjusted bool
		if err := row.Scan(&at.warehouse, &code, &available, &adjusted); err != nil {
			return err
		}
		f.count++
		if !adjusted {
			f.broke("sku", code, "warehouse", at.warehouse, "available", available)
		}
		return nil
	}, `SELECT l.warehouse, k.code, l.on_hand - l.reserved - l.unavailable,
		EXISTS (SELECT 1 FROM stock_moves m WHERE m.sku_id = l.sku_id AND m.warehouse = l.warehouse AND m.reason = 'adjust' AND m.qty < 0)
		FROM stock_levels l JOIN skus k ON k.id = l.sku_id WHERE l.on_hand - l.reserved - l.unavailable < 0 ORDER BY k.code`)
}

// conserved are the reasons of stock moves whose value stands under the same
// name in the journal.
var conserved = []domain.Reason{
	domain.MoveOpening, domain.MoveReceipt, domain.MoveShip, domain.MoveUnship, domain.MoveReturn,
	domain.MoveAdjust, domain.MoveRecost, domain.MoveVariance, domain.MoveUndo,
}

// checkConservation is I4: for every reason the value that moved is the value
// that the journal has on the stock account, and the units that left and came
// back are those of the parcels.
func (c *checking) checkConservation() error {
	f := c.finding("I4 moves = journal by reason")
	for _, reason := range conserved {
		m, e := c.books.moves[string(reason)], c.books.entries[string(reason)]
		f.count++
		if m.fen != e.fen {
			f.broke("reason", reason, "moves_fen", int64(m.fen), "journal_fen", int64(e.fen))
		}
	}
	for name, m := range c.books.moves {
		if !known(name) {
			f.broke("reason", name, "moves_fen", int64(m.fen))
		}
	}
	if !c.full {
		return nil
	}
	f = c.finding("I4 moves = parcels by reason")
	for _, reason := range []domain.Reason{domain.MoveShip, domain.MoveUnship, domain.MoveReturn} {
		m, p := c.books.moves[string(reason)], c.books.items[string(reason)]
		f.count++
		if m.qty != p.qty || m.fen != p.fen {
			f.broke("reason", reason, "moves", m.qty, "parcels", p.qty, "moves_fen", int64(m.fen), "parcels_fen", int64(p.fen))
		}
	}
	return nil
}

func known(reason string) bool {
	for _, r := range conserved {
		if string(r) == reason {
			return true
		}
	}
	return false
}

package store

import (
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
	"zhanggui/store/sqlkit"
)

const levelSelect = `SELECT warehouse, sku_id, on_hand, reserved, unavailable, incoming, value_fen,
	last_qty, last_fen, prov_qty, prov_fen, version FROM stock_levels`

func scanLevel(s sqlkit.Scanner) (domain.Level, error) {
	var l domain.Level
	err := s.Scan(&l.Warehouse, &l.SKU, &l.OnHand, &l.Reserved, &l.Unavailable, &l.Incoming, &l.ValueFen,
		&l.LastQty, &l.LastFen, &l.ProvQty, &l.ProvFen, &l.Version)
	return l, err
}

// Level gives the level of a SKU (primary key); a SKU that never moved has a
// zero level of version 0.
func (r stockRepo) Level(warehouse string, sku ids.SKUID) (domain.Level, error) {
	rows, err := sqlkit.Rows(r.t.ctx, r.t.q, scanLevel, levelSelect+` WHERE sku_id = $1 AND warehouse = $2`, sku, warehouse)
	if err != nil || len(rows) == 0 {
		return domain.Level{Warehouse: warehouse, SKU: sku}, err
	}
	return rows[0], nil
}

// Levels gives the levels of several SKUs (primary key); SKUs that never moved
// have zero levels.
func (r stockRepo) Levels(warehouse string, skus []ids.SKUID) (map[ids.SKUID]domain.Level, error) {
	levels := make(map[ids.SKUID]domain.Level, len(skus))
	for _, id := range skus {
		levels[id] = domain.Level{Warehouse: warehouse, SKU: id}
	}
	err := sqlkit.In(skus, 2, func(marks string, args []any) error {
		rows, err := sqlkit.Rows(r.t.ctx, r.t.q, scanLevel,
			levelSelect+` WHERE warehouse = $1 AND sku_id IN (`+marks+`)`, append([]any{warehouse}, args...)...)
		for _, l := range rows {
			levels[l.SKU] = l
		}
		return err
	})
	return levels, err
}

// Reserve promises units with one guarded statement: it changes nothing and
// says false when fewer are available (rules.md §5.3.4).
func (r stockRepo) Reserve(warehouse string, order ids.OrderID, line ids.LineID, sku ids.SKUID, qty int64) (bool, error) {
	if qty <= 0 {
		return false, fault.New(fault.Invalid, "fault.stock.qty", "qty", qty)
	}
	n, err := sqlkit.Exec(r.t.ctx, r.t.q, `UPDATE stock_levels SET reserved = reserved + $1
		WHERE sku_id = $2 AND warehouse = $3 AND on_hand - unavailable - reserved >= $4`, qty, sku, warehouse, qty)
	if err != nil || n == 0 {
		return false, err
	}
	_, err = sqlkit.Exec(r.t.ctx, r.t.q, `INSERT INTO reservations (line_id, sku_id, warehouse, order_id, qty) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (line_id, sku_id, warehouse) DO UPDATE SET qty = reservations.qty + excluded.qty`, line, sku, warehouse, order, qty)
	return err == nil, err
}

// Unreserve gives back units of a line's reservation.
// Errors: Conflict fault.stock.not_reserved when it holds fewer.
func (r stockRepo) Unreserve(warehouse string, line ids.LineID, sku ids.SKUID, qty int64) error {
	if qty <= 0 {
		return fault.New(fault.Invalid, "fault.stock.qty", "qty", qty)
	}
	if err := r.take(warehouse, line, sku, qty); err != nil {
		return err
	}
	return sqlkit.ExecOne(r.t.ctx, r.t.q, r.notReserved(sku, qty), `UPDATE stock_levels SET reserved = reserved - $1
		WHERE sku_id = $2 AND warehouse = $3 AND reserved >= $4`, qty, sku, warehouse, qty)
}

// take takes units out of a line's reservation; most often all of them.
func (r stockRepo) take(warehouse string, line ids.LineID, sku ids.SKUID, qty int64) error {
	n, err := sqlkit.Exec(r.t.ctx, r.t.q, `DELETE FROM reservations WHERE line_id = $1 AND sku_id = $2 AND warehouse = $3 AND qty = $4`,
		line, sku, warehouse, qty)
	if err != nil || n == 1 {
		return err
	}
	return sqlkit.ExecOne(r.t.ctx, r.t.q, r.notReserved(sku, qty), `UPDATE reservations SET qty = qty - $1
		WHERE line_id = $2 AND sku_id = $3 AND warehouse = $4 AND qty > $5`, qty, line, sku, warehouse, qty)
}

func (r stockRepo) notReserved(sku ids.SKUID, qty int64) error {
	return fault.New(fault.Conflict, "fault.stock.not_reserved", "sku", sku, "qty", qty)
}

// Post writes a move and the level after it and gives the move's number. The
// level's version is checked; reserved and unavailable are changed by the
// move's own amounts, because others may have reserved since the level was
// read. l is brought to what is now stored.
// Errors: Conflict fault.stock.changed, fault.stock.not_reserved.
func (r stockRepo) Post(l *domain.Level, m domain.Move, take int64) (int64, error) {
	if take > 0 {
		if err := r.take(l.Warehouse, m.LineID, l.SKU, take); err != nil {
			return 0, err
		}
	}
	if err := r.saveLevel(l, m.Unsaleable, take); err != nil {
		return 0, err
	}
	l.Version++
	l.Reserved -= take
	l.Unavailable += m.Unsaleable
	return r.t.q.Insert(r.t.ctx, `INSERT INTO stock_moves (warehouse, sku_id, at_ms, biz_day, reason, qty, value_fen, balance_qty, balance_fen,
		unsaleable, ref_kind, ref_id, number, line_id, note, actor_id, actor, reverses_seq)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
		l.Warehouse, l.SKU, m.At, m.BizDay, m.Reason, m.Qty, m.ValueFen, l.OnHand, l.ValueFen,
		m.Unsaleable, m.RefKind, m.RefID, m.Number, m.LineID, m.Note, m.Actor, m.ActorName, m.ReversesSeq)
}

func (r stockRepo) saveLevel(l *domain.Level, unsaleable, take int64) error {
	changed := fault.New(fault.Conflict, "fault.stock.changed", "sku", l.SKU)
	if l.Version == 0 {
		return sqlkit.ExecOne(r.t.ctx, r.t.q, changed, `INSERT INTO stock_levels (warehouse, sku_id, on_hand, reserved, unavailable, incoming,
			value_fen, last_qty, last_fen, prov_qty, prov_fen, version) VALUES ($1, $2, $3, 0, $4, $5, $6, $7, $8, $9, $10, 1)
			ON CONFLICT (sku_id, warehouse) DO NOTHING`, l.Warehouse, l.SKU, l.OnHand, unsaleable, l.Incoming,
			l.ValueFen, l.LastQty, l.LastFen, l.ProvQty, l.ProvFen)
	}
	return sqlkit.ExecOne(r.t.ctx, r.t.q, changed, `UPDATE stock_levels SET on_hand = $1, value_fen = $2, last_qty = $3, last_fen = $4,
		prov_qty = $5, prov_fen = $6, incoming = $7, reserved = reserved - $8, unavailable = unavailable + $9, version = version + 1
		WHERE sku_id = $10 AND warehouse = $11 AND version = $12 AND reserved >= $13 AND unavailable + $14 >= 0`,
		l.OnHand, l.ValueFen, l.LastQty, l.LastFen, l.ProvQty, l.ProvFen, l.Incoming, take, unsaleable,
		l.SKU, l.Warehouse, l.Version, take, unsaleable)
}

// SetUnavailable adds to the units that are counted but never sold.
// Errors: Conflict fault.stock.unavailable when fewer are set aside than taken back.
func (r stockRepo) SetUnavailable(warehouse string, sku ids.SKUID, delta int64) error {
	n, err := sqlkit.Exec(r.t.ctx, r.t.q, `UPDATE stock_levels SET unavailable = unavailable + $1
		WHERE sku_id = $2 AND warehouse = $3 AND unavailable + $4 >= 0`, delta, sku, warehouse, delta)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "fault.stock.unavailable", "sku", sku, "qty", delta)
	}
	return err
}

const moveSelect = `SELECT seq, warehouse, sku_id, at_ms, biz_day, reason, qty, value_fen, balance_qty, balance_fen,
	unsaleable, ref_kind, ref_id, number, line_id, note, actor_id, actor, reverses_seq FROM stock_moves`

func scanMove(s sqlkit.Scanner) (domain.Move, error) {
	var m domain.Move
	err := s.Scan(&m.Seq, &m.Warehouse, &m.SKU, &m.At, &m.BizDay, &m.Reason, &m.Qty, &m.ValueFen, &m.BalanceQty, &m.BalanceFen,
		&m.Unsaleable, &m.RefKind, &m.RefID, &m.Number, &m.LineID, &m.Note, &m.Actor, &m.ActorName, &m.ReversesSeq)
	return m, err
}

// MovesOf gives the moves of a document in order (index stock_moves_ref).
func (r stockRepo) MovesOf(refKind, refID string) ([]domain.Move, error) {
	return sqlkit.Rows(r.t.ctx, r.t.q, scanMove, moveSelect+` WHERE ref_id = $1 AND ref_kind = $2 ORDER BY seq`, refID, refKind)
}

// LaterMoves tells whether the SKU moved after a ledger row (index
// stock_moves_sku reaches the SKU; its newest days hold the later rows). A later
// move that was taken back does not count, nor does its reversal: what was done
// one after the other can be undone one after the other.
func (r stockRepo) LaterMoves(warehouse string, sku ids.SKUID, after int64) (bool, error) {
	rows, err := sqlkit.Rows(r.t.ctx, r.t.q, sqlkit.Value[int64],
		`SELECT m.seq FROM stock_moves m WHERE m.sku_id = $1 AND m.warehouse = $2 AND m.seq > $3 AND m.reverses_seq <= $4
			AND NOT EXISTS (SELECT 1 FROM stock_moves r WHERE r.sku_id = m.sku_id AND r.warehouse = m.warehouse AND r.seq > m.seq AND r.reverses_seq = m.seq)
			ORDER BY m.biz_day DESC, m.seq DESC LIMIT 1`, sku, warehouse, after, after)
	return len(rows) > 0, err
}

package benchtest

import (
	"database/sql"
	"strings"
	"testing"
)

// passed is how many orders one pass of B8 takes.
const passed = 5000

// chunk is how many of them share a transaction, as in the program: a scanning
// clerk beside it must not wait for all 5,000.
const chunk = 100

// BenchmarkB8_Pass lets 5,000 orders through: their checks and reservations.
func BenchmarkB8_Pass(b *testing.B) {
	each(b, func(b *testing.B, s *shop) {
		n := passed
		if s.of.engine == "postgres" || s.of.orders < 100_000 {
			n = passed / 5
		}
		s.stockUp()
		f := s.floor()
		var batches [][]order
		for range 2 * rounds {
			batches = append(batches, s.arrive(n))
		}
		settle()
		b.ResetTimer()
		a, z := turns(rounds, s.server, func(i int) { s.pass(batches[2*i]) }, func(i int) { f.pass(batches[2*i+1]) })
		b.StopTimer()
		o, g := median(cpus(a)), median(cpus(z))
		figures.add(b, s.of, row{
			id: "B8", work: "pass " + grouped(n) + " orders: checks, reservations; CPU", ours: ms(o) + ", " + ms(median(walls(a))) + " wall",
			floor: ms(g) + ", " + ms(median(walls(z))) + " wall", ratio: times(ratio(o, g)), goal: s.goal(3),
		}.judged(ratio(o, g), s.limit(3)))
	})
}

// limit is the goal of a ratio: that of SQLite, or B16's.
func (s *shop) limit(sqlite float64) float64 {
	if s.of.engine == "postgres" {
		return 4
	}
	return sqlite
}

func (s *shop) goal(sqlite float64) string {
	return "≤ " + strings.TrimSuffix(times(s.limit(sqlite)), ".00") + " × floor"
}

// pass writes the same rows as the audit pass.
func (f *floor) pass(list []order) {
	for len(list) > 0 {
		n := min(chunk, len(list))
		f.passChunk(list[:n])
		list = list[n:]
	}
}

func (f *floor) passChunk(list []order) {
	type promise struct {
		order, line, sku []byte
		qty              int64
	}
	now := int64(f.now)
	args := make([]any, len(list))
	for i, o := range list {
		args[i] = o.id[:]
	}
	f.begin()
	channels := map[string]int64{}
	var wanted []promise
	f.each(func(rows *sql.Rows) error {
		var p promise
		var channel string
		var pos int64
		err := rows.Scan(&p.order, &channel, &p.line, &p.sku, &p.qty, &pos)
		if pos == 1 {
			channels[channel]++
		}
		wanted = append(wanted, p)
		return err
	}, `SELECT o.id, o.channel, l.id, l.sku_id, l.qty, l.pos FROM orders o JOIN order_lines l ON l.order_id = o.id
		WHERE o.id IN `+marks(1, len(list))+` ORDER BY o.limit_ms, o.paid_ms, o.id, l.pos`, args...)
	for _, p := range wanted {
		f.one(`UPDATE stock_levels SET reserved = reserved + ? WHERE sku_id = ? AND warehouse = 'main' AND on_hand - unavailable - reserved >= ?`, p.qty, p.sku, p.qty)
		f.exec(`INSERT INTO reservations (line_id, sku_id, warehouse, order_id, qty) VALUES (?, ?, 'main', ?, ?)`, p.line, p.sku, p.order, p.qty)
	}
	var refs []string
	values, lines := strings.Repeat(", (?, 'bench', 'service', 'orders.audit', 'order', ?, 'audit.order_passed', ?, '{\"audit\":\"new\"}', '{\"audit\":\"audited\"}', 'desk-1', 'bench')", len(list)), []any(nil)
	for _, o := range list {
		f.one(`UPDATE orders SET audit = 'audited', fulfil = 'reserved', stage = 'to_ship', audited_ms = ?, version = version + 1 WHERE id = ?`, now, o.id[:])
		refs = append(refs, `"`+o.id.String()+`"`)
		lines = append(lines, now, o.id.String(), `{"order":"`+o.number+`"}`)
	}
	for channel, n := range channels {
		f.exec(`INSERT INTO stage_counts (channel, stage, n) VALUES (?, 'to_audit', ?), (?, 'to_ship', ?)
			ON CONFLICT (channel, stage) DO UPDATE SET n = stage_counts.n + excluded.n`, channel, -n, channel, n)
	}
	f.exec(`INSERT INTO audit_log (at_ms, actor, role, action, entity, entity_id, msg, args, before_json, after_json, desk, version)
		VALUES (?, 'bench', 'service', 'orders.audit', 'orders', '', 'audit.passed', '{"passed":"100","stayed":"0"}', '', '', 'desk-1', 'bench')`+values, append([]any{now}, lines...)...)
	f.exec(`INSERT INTO changes (process, at_ms, topic, refs) VALUES ('floor', ?, 'orders', ?), ('floor', ?, 'stock', 'null')`, now, "["+strings.Join(refs, ",")+"]", now)
	f.commit()
}

package benchtest

import (
	"database/sql"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zhanggui/app/auth"
	"zhanggui/app/ids"
	"zhanggui/app/shipping"
	"zhanggui/app/when"
)

// perRound is how many orders are shipped in a row before the other has its turn.
const perRound = 60

// BenchmarkB1_Ship ships orders one by one as a scanning clerk does: the order
// by its number, then the waybill, through rights, rules and audit.
func BenchmarkB1_Ship(b *testing.B) {
	each(b, func(b *testing.B, s *shop) {
		queue := s.toShip(2*rounds*perRound + 2)
		f := s.floor()
		next := func() order {
			o := queue[0]
			queue = queue[1:]
			return o
		}
		s.scan(next()) // statements are prepared once a day
		f.ship(next())
		settle()
		var mine, theirs []time.Duration
		b.ResetTimer()
		a, z := turns(rounds, s.server, func(int) {
			for range perRound {
				o := next()
				mine = append(mine, measure(nil, func() { s.scan(o) }).wall)
			}
		}, func(int) {
			for range perRound {
				o := next()
				theirs = append(theirs, measure(nil, func() { f.ship(o) }).wall)
			}
		})
		b.StopTimer()
		s.reportShip(b, a, z, mine, theirs)
	})
}

func (s *shop) reportShip(b *testing.B, a, z []cost, mine, theirs []time.Duration) {
	goal50, goal99, goalCPU := 3.0, 5.0, 3.0
	id := "B1"
	if s.of.engine == "postgres" {
		goal50, goal99, goalCPU = 4, 4, 4
	}
	line := func(work string, o, f time.Duration, goal float64, note string) row {
		return row{
			id: id, work: work, ours: ms(o), floor: ms(f), ratio: times(ratio(o, f)), goal: "≤ " + strconv.FormatFloat(goal, 'f', -1, 64) + " × floor" + note,
		}.judged(ratio(o, f), goal)
	}
	figures.add(b, s.of,
		line("ship one order by scan, wall, p50", median(mine), median(theirs), goal50, ""),
		line("ship one order by scan, wall, p99", percentile(mine, 99), percentile(theirs, 99), goal99, ""),
		line("ship one order by scan, CPU", median(cpus(a))/perRound, median(cpus(z))/perRound, goalCPU, " (of p50)"),
	)
}

// waybills gives numbers that nobody has used.
var waybills counter

func newWaybill() string {
	return "SF" + strconv.FormatInt(int64(when.System{}.Now()), 10) + strconv.FormatUint(100+waybills.next(), 10)
}

// scan is what the program does when order and waybill are scanned.
func (s *shop) scan(o order) {
	s.b.Helper()
	done, err := s.Shipping.ShipList(s.as(auth.Warehouse), []shipping.ListRow{{Row: 1, Order: o.number, Courier: "sf", Waybill: newWaybill()}}, nil)
	require.NoError(s.b, err)
	require.Len(s.b, done.Shipped, 1, "%v", done.Refused)
}

// goods is a line as the floor needs it.
type goods struct {
	line, sku          []byte
	qty, net           int64
	onHand, value, one int64
}

// ship writes the same rows as a scan does.
func (f *floor) ship(o order) {
	waybill := newWaybill()
	id := f.ids.NewID()
	parcel, text := id[:], ids.ParcelID(id).String()
	now, day := int64(f.now), string(f.now.Day())
	f.begin()
	var order, shop []byte
	var channel string
	var freight int64
	var lines []goods
	f.each(func(rows *sql.Rows) error {
		var g goods
		err := rows.Scan(&order, &shop, &channel, &freight, &g.line, &g.sku, &g.qty, &g.net, &g.onHand, &g.value)
		lines = append(lines, g)
		return err
	}, `SELECT o.id, o.shop_id, o.channel, o.freight_fen, l.id, l.sku_id, l.qty, l.net_fen, v.on_hand, v.value_fen
		FROM orders o JOIN order_lines l ON l.order_id = o.id JOIN stock_levels v ON v.sku_id = l.sku_id AND v.warehouse = 'main'
		WHERE o.number = ? ORDER BY l.pos`, o.number)
	var units, owed, cost int64
	for i := range lines {
		g := &lines[i]
		g.one = g.value * g.qty / g.onHand
		units, owed, cost = units+g.qty, owed+g.net, cost+g.one
		f.one(`DELETE FROM reservations WHERE line_id = ? AND sku_id = ? AND warehouse = 'main'`, g.line, g.sku)
		f.one(`UPDATE stock_levels SET on_hand = on_hand - ?, reserved = reserved - ?, value_fen = value_fen - ?, version = version + 1
			WHERE sku_id = ? AND warehouse = 'main' AND reserved >= ?`, g.qty, g.qty, g.one, g.sku, g.qty)
		f.exec(`INSERT INTO stock_moves (warehouse, sku_id, at_ms, biz_day, reason, qty, value_fen, balance_qty, balance_fen, unsaleable, ref_kind, ref_id,
			number, line_id, note, actor, reverses_seq) VALUES ('main', ?, ?, ?, 'ship', ?, ?, ?, ?, 0, 'parcel', ?, ?, ?, '', 'bench', 0)`,
			g.sku, now, day, -g.qty, -g.one, g.onHand-g.qty, g.value-g.one, text, o.number, g.line)
		f.one(`UPDATE order_lines SET shipped_qty = qty WHERE id = ?`, g.line)
	}
	seq := f.seq(`INSERT INTO journal_entries (at_ms, biz_day, kind, ref_kind, ref_id, number, reverses_seq, actor)
		VALUES (?, ?, 'ship', 'parcel', ?, ?, 0, 'bench')`, now, day, text, o.number)
	f.postings(seq, day, channel, shop, lines, freight, owed, cost)
	f.sums(day, channel, shop, lines, freight, units, owed, cost)
	f.exec(`INSERT INTO parcels (id, order_id, no, state, courier, waybill, shipped_ms, handed_ms, biz_day, entry_seq, units, orders, version)
		VALUES (?, ?, 1, 'shipped', 'sf', ?, ?, 0, ?, ?, ?, 1, 1)`, parcel, order, waybill, now, day, seq, units)
	for i, g := range lines {
		f.exec(`INSERT INTO parcel_lines (parcel_id, line_id, pos, order_id, qty, revenue_fen, returned) VALUES (?, ?, ?, ?, ?, ?, 0)`, parcel, g.line, i, order, g.qty, g.net)
		f.exec(`INSERT INTO parcel_items (parcel_id, line_id, sku_id, qty, cost_fen, returned, return_fen) VALUES (?, ?, ?, ?, ?, 0, 0)`, parcel, g.line, g.sku, g.qty, g.one)
	}
	f.exec(`INSERT INTO shipment_events (parcel_id, at_ms, kind, text, actor) VALUES (?, ?, 'shipped', ?, 'bench')`, parcel, now, "sf "+waybill)
	f.one(`UPDATE orders SET fulfil = 'shipped', stage = 'shipped', shipped_ms = ?, units = 0, courier = 'sf', waybill = ?, version = version + 1 WHERE id = ?`, now, waybill, order)
	f.exec(`UPDATE stage_counts SET n = n + CASE stage WHEN 'shipped' THEN 1 ELSE -1 END WHERE channel = ? AND stage IN ('to_ship', 'shipped')`, channel)
	document := ids.OrderID(order).String()
	f.exec(`INSERT INTO audit_log (at_ms, actor, role, action, entity, entity_id, msg, args, before_json, after_json, desk, version)
		VALUES (?, 'bench', 'warehouse', 'shipping.ship', 'order', ?, 'audit.shipped', ?, '', ?, 'desk-1', 'bench')`, now, document,
		`{"courier":"sf","order":"`+o.number+`","waybill":"`+waybill+`"}`, `{"courier":"sf","fulfil":"shipped","parcel":"`+text+`","waybill":"`+waybill+`"}`)
	f.exec(`INSERT INTO changes (process, at_ms, topic, refs) VALUES ('floor', ?, 'orders', ?), ('floor', ?, 'parcels', ?), ('floor', ?, 'stock', ?), ('floor', ?, 'finance', 'null')`,
		now, `["`+document+`"]`, now, `["`+text+`"]`, now, `["`+ids.SKUID(lines[0].sku).String()+`"]`, now)
	f.commit()
}

// postings adds sales and cost per line, freight, receivable and stock.
func (f *floor) postings(seq int64, day, channel string, shop []byte, lines []goods, freight, owed, cost int64) {
	n := 0
	var args []any
	add := func(account string, sku []byte, qty, amount int64) {
		n++
		args = append(args, seq, n, day, account, channel, shop, sku, qty, amount)
	}
	for _, g := range lines {
		add("5001", g.sku, -g.qty, -g.net)
		add("5401", g.sku, g.qty, g.one)
	}
	if freight != 0 {
		add("5001", nil, 0, -freight)
	}
	add("1122", nil, 0, owed+freight)
	add("1405", nil, 0, -cost)
	f.exec(`INSERT INTO postings (entry_seq, no, biz_day, account, channel, shop_id, sku_id, qty, amount_fen) VALUES `+marks(n, 9), args...)
}

// sums adds to the kept sums of the day and the month.
func (f *floor) sums(day, channel string, shop []byte, lines []goods, freight, units, owed, cost int64) {
	f.exec(`INSERT INTO sales_daily (biz_day, channel, shop_id, parcels, units, revenue_fen, cost_fen) VALUES (?, ?, ?, 1, ?, ?, ?)
		ON CONFLICT (biz_day, shop_id) DO UPDATE SET parcels = sales_daily.parcels + 1, units = sales_daily.units + excluded.units,
		revenue_fen = sales_daily.revenue_fen + excluded.revenue_fen, cost_fen = sales_daily.cost_fen + excluded.cost_fen`, day, channel, shop, units, owed+freight, cost)
	n := 0
	var args []any
	add := func(sku []byte, units, revenue, cost int64) {
		n++
		args = append(args, day[:7], channel, shop, sku, units, revenue, cost)
	}
	for _, g := range lines {
		add(g.sku, g.qty, g.net, g.one)
	}
	if freight != 0 {
		add(make([]byte, 16), 0, freight, 0)
	}
	f.exec(`INSERT INTO sales_monthly (month, channel, shop_id, sku_id, units, revenue_fen, cost_fen) VALUES `+marks(n, 7)+`
		ON CONFLICT (month, shop_id, sku_id) DO UPDATE SET units = sales_monthly.units + excluded.units,
		revenue_fen = sales_monthly.revenue_fen + excluded.revenue_fen, cost_fen = sales_monthly.cost_fen + excluded.cost_fen`, args...)
}

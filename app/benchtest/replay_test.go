package benchtest

import (
	"database/sql"
	"strings"
	"testing"
	"time"

	"zhanggui/app/ids"
	"zhanggui/app/inbox"
)

// chunkOfImport is how many orders one transaction of an import holds, as in
// the program.
const chunkOfImport = 50

// table is one that an import adds rows to, and how its rows of a chunk are found.
type table struct {
	name    string
	columns string
	where   string // one IN with the ids of the orders follows
	asText  bool   // the ids are texts there
}

var importTables = []table{
	{"customers", "id, channel, buyer_key, name, phone, province, city, first_day, last_day, orders, paid_fen", "id IN (SELECT customer_id FROM orders WHERE id IN ", false},
	{"orders", `id, shop_id, channel, number, customer_id, buyer_key, manual, external, payment, audit, fulfil, closing, stage, buyer_note, seller_note,
		seller_flag, cod, cod_called, presale, created_ms, paid_ms, target_ms, limit_ms, audited_ms, shipped_ms, biz_day, goods_fen, freight_fen,
		shop_discount_fen, platform_discount_fen, total_fen, paid_fen, refund_fen, net_fen, goods_text, line_count, units, province, check_codes,
		hold_until_ms, hold_reason, merge_id, courier, waybill, version`, "(id IN ", false},
	{"receivers", "order_id, name, phone, phone_tail, province, city, district, address, postcode, country, edited", "(order_id IN ", false},
	{"platform_facts", "order_id, payment, shipped, part_shipped, completed, cancelled, refund_asked, waybill, courier, words", "(order_id IN ", false},
	{"order_lines", `id, order_id, pos, sub_no, occurrence, code, platform_sku, title, spec, sku_id, qty, qty_unknown, unit_fen, net_fen, platform_fen,
		refund_fen, gift, shipped_qty, returned_qty, cancel_qty`, "(order_id IN ", false},
	{"order_checks", "order_id, code, pos, blocking, released, reason, args", "(order_id IN ", false},
	{"import_rows", "import_id, file_rows, result, ref_kind, ref_id, number, col, value, code, msg, args, before_json, after_json", "(ref_id IN ", true},
}

// rowsPerInsert is how many rows one statement of the floor adds.
const rowsPerInsert = 128

// replay writes the rows that an import made into a fresh copy of the shop, in
// the same transactions, with multi-row prepared statements, and gives what the
// writing alone cost.
func replay(tb testing.TB, done *shop, result inbox.Result) cost {
	return replayInto(tb, done, result, openFloor(tb, copied(tb, done.of.engine), done.clock.Now()))
}

func replayInto(tb testing.TB, done *shop, result inbox.Result, to *floor) (total cost) {
	from := openFloor(tb, done.dsn, done.clock.Now())
	var orders []ids.OrderID
	var texts []string
	from.each(func(rows *sql.Rows) error {
		var text string
		err := rows.Scan(&text)
		if err != nil {
			return err
		}
		id, err := ids.Parse[ids.OrderKind](text)
		orders, texts = append(orders, id), append(texts, text)
		return err
	}, `SELECT ref_id FROM import_rows WHERE import_id = ? AND ref_kind = 'order' ORDER BY seq`, result.Import.ID[:])
	var server func() time.Duration
	if to.postgres {
		server = done.server
	}
	spent := func(fn func()) {
		c := measure(server, fn)
		total.cpu, total.wall = total.cpu+c.cpu, total.wall+c.wall
	}
	beforeOrders(from, to, result)
	for start := 0; start < len(orders); start += chunkOfImport {
		end := min(start+chunkOfImport, len(orders))
		byID, byText := make([]any, 0, chunkOfImport), make([]any, 0, chunkOfImport)
		for i := start; i < end; i++ {
			byID, byText = append(byID, orders[i][:]), append(byText, texts[i])
		}
		chunk := make([][][]any, len(importTables))
		for i, t := range importTables {
			keys := byID
			if t.asText {
				keys = byText
			}
			chunk[i] = from.rows(t, keys)
		}
		spent(func() {
			to.begin()
			for i, t := range importTables {
				to.insert(t, chunk[i])
			}
			to.countChunk(result, chunk[1], texts[start:end])
			to.commit()
		})
	}
	return total
}

// beforeOrders copies the import's own row, and its shop when the import made it.
func beforeOrders(from, to *floor, result inbox.Result) {
	for _, t := range []table{
		{"shops", "id, channel, code, name, disabled", "(id IN ", false},
		{"imports", `id, file, sha256, kind, layout, channel, shop_id, encoding, header_row, state, at_ms, done_ms, actor, n_new, n_changed, n_same,
			n_conflict, n_rejected, chunks, totals, version`, "(id IN ", false},
	} {
		id := result.Import.ID[:]
		if t.name == "shops" {
			id = result.Import.Shop[:]
		}
		rows := from.rows(t, []any{id})
		if t.name == "shops" && len(to.rows(t, []any{id})) > 0 {
			continue
		}
		to.insert(t, rows)
	}
}

// rows reads a table's rows of some orders.
func (f *floor) rows(t table, keys []any) (list [][]any) {
	width := strings.Count(t.columns, ",") + 1
	end := ")"
	f.each(func(rows *sql.Rows) error {
		values := make([]any, width)
		dest := make([]any, width)
		for i := range values {
			dest[i] = &values[i]
		}
		err := rows.Scan(dest...)
		list = append(list, values)
		return err
	}, `SELECT `+t.columns+` FROM `+t.name+` WHERE `+t.where+marks(1, len(keys))+end, keys...)
	return list
}

func (f *floor) insert(t table, rows [][]any) {
	for len(rows) > 0 {
		n := min(rowsPerInsert, len(rows))
		width := len(rows[0])
		args := make([]any, 0, n*width)
		for _, r := range rows[:n] {
			args = append(args, r...)
		}
		f.exec(`INSERT INTO `+t.name+` (`+t.columns+`) VALUES `+marks(n, width), args...)
		rows = rows[n:]
	}
}

// countChunk keeps the counters, the import's progress, audit and announcement.
func (f *floor) countChunk(result inbox.Result, orders [][]any, refs []string) {
	type day struct {
		day  string
		n    int64
		paid int64
	}
	days, stages := map[string]day{}, map[string]int64{}
	for _, o := range orders {
		d := days[o[25].(string)]
		days[o[25].(string)] = day{o[25].(string), d.n + 1, d.paid + o[31].(int64)}
		stages[o[12].(string)]++
	}
	channel, shop := result.Import.Channel, result.Import.Shop[:]
	for stage, n := range stages {
		f.exec(`INSERT INTO stage_counts (channel, stage, n) VALUES (?, ?, ?) ON CONFLICT (channel, stage) DO UPDATE SET n = stage_counts.n + excluded.n`, channel, stage, n)
	}
	for _, d := range days {
		f.exec(`INSERT INTO orders_daily (biz_day, channel, shop_id, orders, paid_fen) VALUES (?, ?, ?, ?, ?) ON CONFLICT (biz_day, shop_id)
			DO UPDATE SET orders = orders_daily.orders + excluded.orders, paid_fen = orders_daily.paid_fen + excluded.paid_fen`, d.day, channel, shop, d.n, d.paid)
	}
	now := int64(f.now)
	f.one(`UPDATE imports SET n_new = n_new + ?, chunks = chunks + 1, version = version + 1 WHERE id = ?`, len(orders), result.Import.ID[:])
	f.exec(`INSERT INTO audit_log (at_ms, actor, role, action, entity, entity_id, msg, args, before_json, after_json, desk, version)
		VALUES (?, 'bench', 'service', 'import.orders', 'import', ?, 'audit.import_chunk', '{"file":"orders.csv","from":"1","to":"50"}', '',
		'{"changed":0,"new":150,"same":0}', 'desk-1', 'bench')`, now, result.Import.ID.String())
	f.exec(`INSERT INTO changes (process, at_ms, topic, refs) VALUES ('floor', ?, 'orders', ?), ('floor', ?, 'imports', ?), ('floor', ?, 'customers', 'null')`,
		now, `["`+strings.Join(refs, `","`)+`"]`, now, `["`+result.Import.ID.String()+`"]`, now)
}

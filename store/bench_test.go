package store_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	_ "modernc.org/sqlite" // the floor's own connection

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/ids"
	"zhanggui/app/money"
	"zhanggui/app/when"
	"zhanggui/store"
	"zhanggui/store/pgtest"
	"zhanggui/store/storetest"
)

// The benchmarks measure the repositories beside their floors: the least SQL
// that does the same durable work through the same driver with prepared
// statements (QUALITY, "Benchmarks"). ZHANGGUI_BENCH_ORDERS sets the size (2,000
// unless set; 1,000,000 is size L and fills in some minutes), ZHANGGUI_BENCH_FILE
// keeps the filled file for the next run.
const (
	benchOrdersEnv = "ZHANGGUI_BENCH_ORDERS"
	benchFileEnv   = "ZHANGGUI_BENCH_FILE"
)

// benchDays is the span of the history: three years.
const benchDays = 1095

// toShip is how many orders wait to be shipped.
const toShip = 3000

// bench is a filled shop.
type bench struct {
	*storetest.House
	dsn    string
	n      int
	skus   []*domain.SKU
	levels map[ids.SKUID]*domain.Level
	queue  []ids.OrderID // waiting to be shipped
}

func benchSize(b *testing.B) int {
	n, err := strconv.Atoi(os.Getenv(benchOrdersEnv))
	if err != nil {
		return 2000
	}
	require.Positive(b, n)
	return n
}

// onSQLite gives a filled file with the durability of every day.
func onSQLite(b *testing.B) *bench {
	file := os.Getenv(benchFileEnv)
	if file == "" {
		file = filepath.Join(b.TempDir(), "bench.zhanggui")
	}
	_, err := os.Stat(file)
	known := err == nil
	s := benchStore(b, file)
	if known {
		return reopen(b, s, file)
	}
	return fill(b, s, file)
}

func onPostgres(b *testing.B) *bench {
	dsn := pgtest.New(b)
	return fill(b, benchStore(b, dsn), dsn)
}

func benchStore(b *testing.B, dsn string) core.Store {
	s, err := store.Open(context.Background(), dsn, store.Options{Process: "bench", Desk: "desk", User: "wang", PID: os.Getpid(), Clock: when.System{}})
	require.NoError(b, err)
	b.Cleanup(func() { require.NoError(b, s.Close()) })
	return s
}

// reopen finds in a kept file what fill would have returned.
func reopen(b *testing.B, s core.Store, dsn string) *bench {
	f := &bench{House: &storetest.House{T: b, Store: s, IDs: ids.NewSeeded(uint64(when.System{}.Now()))}, dsn: dsn}
	f.Read(func(r core.Reads) {
		shops, err := r.Catalog().Shops()
		f.OK(err)
		f.Shop = shops[0]
		f.queue, err = r.Orders().IDs(core.Query{Chip: "to_ship"}, storetest.Now, toShip)
		f.OK(err)
		counts, err := r.Orders().StageCounts()
		f.OK(err)
		for _, c := range counts {
			f.n += int(c.N)
		}
	})
	return f
}

// fill makes the history: a receipt per SKU, then orders that were shipped, and
// those that wait. It goes through the repositories, 500 orders a transaction.
func fill(b *testing.B, s core.Store, dsn string) *bench {
	f := &bench{House: storetest.New(b, s), dsn: dsn, n: benchSize(b), levels: map[ids.SKUID]*domain.Level{}}
	start := storetest.Now.Day().Add(-benchDays)
	f.Write(func(tx core.Tx) {
		for i := range min(f.n, 2000) {
			sku := f.SKU(f.Mug.Product, fmt.Sprintf("B-%04d", i), "规格 "+strconv.Itoa(i))
			f.OK(tx.Catalog().SaveSKU(sku, "mkb"))
			f.skus = append(f.skus, sku)
			l := &domain.Level{Warehouse: domain.DefaultWarehouse, SKU: sku.ID}
			value, _, err := l.Receive(1_000_000, 1_500_000_00)
			f.OK(err)
			m := f.Move(domain.MoveReceipt, 1_000_000, value)
			m.BizDay = start
			_, err = tx.Stock().Post(l, m, 0)
			f.OK(err)
			f.levels[sku.ID] = l
		}
	})
	for done := 0; done < f.n; done += 500 {
		f.Write(func(tx core.Tx) { f.chunk(tx, done, min(500, f.n-done), start) })
	}
	for done := 0; done < toShip; done += 500 {
		f.Write(func(tx core.Tx) { f.waiting(tx, 500) })
	}
	return f
}

func (f *bench) sku(i int) *domain.SKU { return f.skus[(i*7919)%len(f.skus)] }

// chunk inserts orders of the history that were shipped and finished.
func (f *bench) chunk(tx core.Tx, from, n int, start when.Day) {
	list := make([]*domain.Order, n)
	for i := range list {
		at := start.Add((from+i)*benchDays/f.n).Start() + when.Millis(9+(from+i)%12)*when.Hour
		list[i] = f.Order(func(o *domain.Order) {
			o.CreatedAt, o.PaidAt, o.BizDay, o.TargetAt, o.LimitAt = at, at, at.Day(), at+24*when.Hour, at+48*when.Hour
			o.Audit, o.Fulfil, o.Closing, o.ShippedAt = domain.AuditPassed, domain.FulShipped, domain.ClosingCompleted, at+when.Hour
			o.Lines[0] = f.Line(0, f.sku(from+i).ID, 1)
			if (from+i)%2 == 0 {
				o.Lines = append(o.Lines, f.Line(1, f.sku(from+i+1).ID, 1))
			}
			for j := range o.Lines {
				o.Lines[j].ShippedQty = 1
			}
		})
	}
	f.OK(tx.Orders().Insert(list, ids.ImportID{}, storetest.Now))
	for i, o := range list {
		p := f.Parcel(o, 1, "SF"+strconv.Itoa(100_000_000+from+i))
		p.State, p.ShippedAt, p.HandedAt, p.BizDay = domain.ParcelHanded, o.ShippedAt, o.ShippedAt+when.Hour, o.ShippedAt.Day()
		f.book(tx, o, p, f.levels, 0)
	}
}

// waiting inserts audited orders with their reservations.
func (f *bench) waiting(tx core.Tx, n int) {
	list := make([]*domain.Order, n)
	for i := range list {
		list[i] = f.Order(func(o *domain.Order) {
			o.Audit, o.Fulfil = domain.AuditPassed, domain.FulReserved
			o.Lines[0] = f.Line(0, f.sku(len(f.queue)+i).ID, 1)
			o.NetFen, o.PaidFen, o.TotalFen, o.GoodsFen = 3900, 3900, 3900, 3900
		})
	}
	f.OK(tx.Orders().Insert(list, ids.ImportID{}, storetest.Now))
	for _, o := range list {
		ok, err := tx.Stock().Reserve(domain.DefaultWarehouse, o.ID, o.Lines[0].ID, o.Lines[0].SKU, 1)
		f.OK(err)
		require.True(f.T, ok)
		f.queue = append(f.queue, o.ID)
	}
}

// book writes what a shipped parcel leaves: moves, journal, parcel, history.
func (f *bench) book(tx core.Tx, o *domain.Order, p *domain.Parcel, levels map[ids.SKUID]*domain.Level, take int64) {
	var sales []domain.Sale
	for i := range p.Lines {
		it := &p.Lines[i].Items[0]
		l := levels[it.SKU]
		cost, err := l.Issue(it.Qty)
		f.OK(err)
		m := domain.Move{
			At: p.ShippedAt, BizDay: p.BizDay, Reason: domain.MoveShip, Qty: -it.Qty, ValueFen: -cost, RefKind: "parcel", RefID: p.ID.String(),
			Number: o.Number, LineID: p.Lines[i].Line, ActorName: "王五",
		}
		_, err = tx.Stock().Post(l, m, take)
		f.OK(err)
		it.CostFen = cost
		sales = append(sales, domain.Sale{SKU: it.SKU, Qty: it.Qty, RevenueFen: p.Lines[i].RevenueFen, CostFen: cost})
	}
	e, err := domain.ShipmentEntry("ship", o, sales, o.FreightFen, 0)
	f.OK(err)
	e.At, e.BizDay, e.RefID, e.ActorName = p.ShippedAt, p.BizDay, p.ID.String(), "王五"
	p.EntrySeq, err = tx.Ledger().Post(&e)
	f.OK(err)
	f.OK(tx.Parcels().Insert(p))
	f.OK(tx.Parcels().AddEvent(domain.ShipmentEvent{Parcel: p.ID, At: p.ShippedAt, Kind: "shipped", Actor: "王五"}))
}

// ship does in one transaction what the use case does through the repositories.
func (f *bench) ship(id ids.OrderID) {
	waybill := ids.DocID(f.IDs.NewID()).String() // as long as any and new on a kept file
	f.Write(func(tx core.Tx) {
		o, err := tx.Orders().Get(id)
		f.OK(err)
		used, err := tx.Parcels().ByWaybill(waybill)
		f.OK(err)
		require.True(f.T, used.Zero())
		l, err := tx.Stock().Level(domain.DefaultWarehouse, o.Lines[0].SKU)
		f.OK(err)
		revenue, err := o.Ship(&o.Lines[0], o.Lines[0].Open(), storetest.Now+when.Hour)
		f.OK(err)
		p := f.Parcel(o, 1, waybill)
		p.Lines[0].RevenueFen = revenue
		f.book(tx, o, p, map[ids.SKUID]*domain.Level{l.SKU: &l}, p.Lines[0].Items[0].Qty)
		f.OK(tx.Orders().Save(o))
		f.OK(tx.Log().AddAudit([]core.AuditLine{{
			At: storetest.Now, Actor: "王五", Role: auth.Warehouse, Action: auth.OrdersView, Entity: "order", EntityID: id.String(),
			Key: "audit.shipped", Desk: "desk", Version: "1", Before: `{"fulfil":"reserved"}`, After: `{"fulfil":"shipped"}`,
		}}))
		f.OK(tx.Log().AddChanges("bench", storetest.Now, []core.Change{{Topic: core.TopicOrders, IDs: []string{id.String()}}}))
	})
}

// BenchmarkB1_Ship_SQLite ships orders one by one, ours and the floor in turns.
func BenchmarkB1_Ship_SQLite(b *testing.B) {
	f := onSQLite(b)
	floor := openFloor(b, f)
	compare(b, func(int) { f.ship(f.take()) }, func(int) { floor.ship(f.take()) })
}

func (f *bench) take() ids.OrderID {
	require.NotEmpty(f.T, f.queue, "all waiting orders are shipped: use fewer turns (-benchtime 1000x)")
	id := f.queue[0]
	f.queue = f.queue[1:]
	return id
}

// compare runs both in turns and reports medians, 99th percentiles and ratios.
func compare(b *testing.B, ours, floor func(i int)) {
	b.Helper()
	var a, z []time.Duration
	for i := range min(20, b.N) { // prepares the statements
		if i%2 == 0 {
			ours(-1 - i)
		} else {
			floor(-1 - i)
		}
	}
	b.ResetTimer()
	for i := range b.N {
		a = append(a, timed(func() { ours(i) }))
		z = append(z, timed(func() { floor(i) }))
	}
	b.StopTimer()
	report := func(name string, at float64) {
		o, g := percentile(a, at), percentile(z, at)
		b.ReportMetric(float64(o.Microseconds()), name+"-ours-µs")
		b.ReportMetric(float64(g.Microseconds()), name+"-floor-µs")
		b.ReportMetric(float64(o)/float64(g), name+"-ratio")
	}
	report("p50", 0.5)
	report("p99", 0.99)
}

func timed(fn func()) time.Duration {
	span := when.Stopwatch()
	fn()
	return span()
}

func percentile(list []time.Duration, at float64) time.Duration {
	sorted := append([]time.Duration(nil), list...)
	sort.Slice(sorted, func(i, j int) bool { return sorted[i] < sorted[j] })
	return sorted[int(float64(len(sorted)-1)*at)]
}

// floorDB is a connection of its own with the least statements.
type floorDB struct {
	b    *testing.B
	c    *sql.Conn
	stmt map[string]*sql.Stmt
	ids  *ids.Seeded
	shop ids.ShopID
}

func openFloor(b *testing.B, f *bench) *floorDB {
	db, err := sql.Open("sqlite", "file:"+f.dsn+"?_pragma=busy_timeout(5000)&_pragma=foreign_keys(1)&_pragma=synchronous(FULL)&_pragma=journal_mode(WAL)")
	require.NoError(b, err)
	c, err := db.Conn(context.Background())
	require.NoError(b, err)
	b.Cleanup(func() {
		require.NoError(b, c.Close())
		require.NoError(b, db.Close())
	})
	return &floorDB{b: b, c: c, stmt: map[string]*sql.Stmt{}, ids: ids.NewSeeded(uint64(when.System{}.Now()) + 99), shop: f.Shop.ID}
}

func (d *floorDB) prepared(query string) *sql.Stmt {
	if s, ok := d.stmt[query]; ok {
		return s
	}
	s, err := d.c.PrepareContext(context.Background(), query)
	require.NoError(d.b, err)
	d.stmt[query] = s
	return s
}

func (d *floorDB) exec(query string, args ...any) sql.Result {
	result, err := d.prepared(query).Exec(args...)
	require.NoError(d.b, err, query)
	return result
}

// ship writes the same rows as the repositories do, knowing beforehand all
// that can be known.
func (d *floorDB) ship(id ids.OrderID) {
	waybill := ids.DocID(d.ids.NewID()).String()
	parcel, now, day := d.ids.NewID(), int64(storetest.Now+when.Hour), string(storetest.Now.Day())
	text := ids.ParcelID(parcel).String()
	d.exec(`BEGIN IMMEDIATE`)
	var line, sku []byte
	var number string
	var onHand, value int64
	require.NoError(d.b, d.prepared(`SELECT l.id, l.sku_id, o.number, v.on_hand, v.value_fen FROM orders o JOIN order_lines l ON l.order_id = o.id
		JOIN stock_levels v ON v.sku_id = l.sku_id AND v.warehouse = 'main' WHERE o.id = ?`).QueryRow(id[:]).Scan(&line, &sku, &number, &onHand, &value))
	cost := value / onHand
	d.exec(`DELETE FROM reservations WHERE line_id = ? AND sku_id = ? AND warehouse = 'main'`, line, sku)
	d.exec(`UPDATE stock_levels SET on_hand = on_hand - 1, reserved = reserved - 1, value_fen = value_fen - ?, version = version + 1
		WHERE sku_id = ? AND warehouse = 'main'`, cost, sku)
	d.exec(`INSERT INTO stock_moves (warehouse, sku_id, at_ms, biz_day, reason, qty, value_fen, balance_qty, balance_fen, unsaleable, ref_kind, ref_id, number,
		line_id, note, actor, reverses_seq) VALUES ('main', ?, ?, ?, 'ship', -1, ?, ?, ?, 0, 'parcel', ?, ?, ?, '', '王五', 0)`,
		sku, now, day, -cost, onHand-1, value-cost, text, number, line)
	seq, err := d.exec(`INSERT INTO journal_entries (at_ms, biz_day, kind, ref_kind, ref_id, number, reverses_seq, actor)
		VALUES (?, ?, 'ship', 'parcel', ?, ?, 0, '王五')`, now, day, text, number).LastInsertId()
	require.NoError(d.b, err)
	shop := d.shop[:]
	d.exec(`INSERT INTO postings (entry_seq, no, biz_day, account, channel, shop_id, sku_id, qty, amount_fen) VALUES
		(?1, 1, ?2, '5001', 'tmall', ?3, ?4, -1, -3900), (?1, 2, ?2, '5401', 'tmall', ?3, ?4, 1, ?5),
		(?1, 3, ?2, '1122', 'tmall', ?3, NULL, 0, 3900), (?1, 4, ?2, '1405', 'tmall', ?3, NULL, 0, -?5)`, seq, day, shop, sku, cost)
	d.exec(`INSERT INTO sales_daily (biz_day, channel, shop_id, parcels, units, revenue_fen, cost_fen) VALUES (?, 'tmall', ?, 1, 1, 3900, ?)
		ON CONFLICT (biz_day, shop_id) DO UPDATE SET parcels = parcels + 1, units = units + 1, revenue_fen = revenue_fen + 3900, cost_fen = cost_fen + excluded.cost_fen`, day, shop, cost)
	d.exec(`INSERT INTO sales_monthly (month, channel, shop_id, sku_id, units, revenue_fen, cost_fen) VALUES (?, 'tmall', ?, ?, 1, 3900, ?)
		ON CONFLICT (month, shop_id, sku_id) DO UPDATE SET units = units + 1, revenue_fen = revenue_fen + 3900, cost_fen = cost_fen + excluded.cost_fen`, day[:7], shop, sku, cost)
	d.exec(`INSERT INTO parcels (id, order_id, no, state, courier, waybill, shipped_ms, handed_ms, biz_day, entry_seq, units, orders, version)
		VALUES (?, ?, 1, 'shipped', 'sf', ?, ?, 0, ?, ?, 1, 1, 1)`, parcel[:], id[:], waybill, now, day, seq)
	d.exec(`INSERT INTO parcel_lines (parcel_id, line_id, pos, order_id, qty, revenue_fen, returned) VALUES (?, ?, 0, ?, 1, 3900, 0)`, parcel[:], line, id[:])
	d.exec(`INSERT INTO parcel_items (parcel_id, line_id, sku_id, qty, cost_fen, returned, return_fen) VALUES (?, ?, ?, 1, ?, 0, 0)`, parcel[:], line, sku, cost)
	d.exec(`INSERT INTO shipment_events (parcel_id, at_ms, kind, text, actor) VALUES (?, ?, 'shipped', '', '王五')`, parcel[:], now)
	d.exec(`UPDATE order_lines SET shipped_qty = shipped_qty + 1 WHERE id = ?`, line)
	d.exec(`UPDATE orders SET fulfil = 'shipped', stage = 'shipped', shipped_ms = ?, units = 0, courier = 'sf', waybill = ?, version = version + 1 WHERE id = ?`, now, waybill, id[:])
	d.exec(`UPDATE stage_counts SET n = n + CASE stage WHEN 'shipped' THEN 1 ELSE -1 END WHERE channel = 'tmall' AND stage IN ('to_ship', 'shipped')`)
	d.exec(`INSERT INTO audit_log (at_ms, actor, role, action, entity, entity_id, msg, args, before_json, after_json, desk, version)
		VALUES (?, '王五', 'warehouse', 'orders.view', 'order', ?, 'audit.shipped', '', '{"fulfil":"reserved"}', '{"fulfil":"shipped"}', 'desk', '1')`, now, id.String())
	d.exec(`INSERT INTO changes (process, at_ms, topic, refs) VALUES ('bench', ?, 'orders', ?)`, now, `["`+id.String()+`"]`)
	d.exec(`COMMIT`)
}

// BenchmarkB1_Ship_Postgres has its floor in the other engine's figures: the
// ratio to SQLite on the same machine is what counts (B16).
func BenchmarkB1_Ship_Postgres(b *testing.B) {
	f := onPostgres(b)
	var list []time.Duration
	for range b.N {
		list = append(list, timed(func() { f.ship(f.take()) }))
	}
	b.ReportMetric(float64(percentile(list, 0.5).Microseconds()), "p50-ours-µs")
	b.ReportMetric(float64(percentile(list, 0.99).Microseconds()), "p99-ours-µs")
}

// BenchmarkB6_Stock_SQLite reads the stock of all SKUs as the screen does, page
// by page, beside one scan of the kept sums; and the same as of a past day.
func BenchmarkB6_Stock_SQLite(b *testing.B) {
	f := onSQLite(b)
	floor := openFloor(b, f)
	kept := func(int) {
		rows, err := floor.prepared(`SELECT k.id, k.code, p.title, k.spec, k.bin, k.kit, l.on_hand, l.reserved, l.unavailable, l.incoming, l.value_fen
			FROM skus k JOIN products p ON p.id = k.product_id LEFT JOIN stock_levels l ON l.sku_id = k.id AND l.warehouse = 'main' ORDER BY k.code_key`).Query()
		require.NoError(b, err)
		for rows.Next() {
			var id []byte
			var code, title, spec, bin string
			var kit bool
			var n [5]sql.NullInt64
			require.NoError(b, rows.Scan(&id, &code, &title, &spec, &bin, &kit, &n[0], &n[1], &n[2], &n[3], &n[4]))
		}
		require.NoError(b, rows.Close())
	}
	b.Run("now", func(b *testing.B) {
		compare(b, func(int) {
			f.pages(func(r core.Reads, q core.Query) (core.Paged[core.StockRow], error) { return r.Stock().List(q) })
		}, kept)
	})
	b.Run("past_day", func(b *testing.B) {
		day := storetest.Now.Day().Add(-benchDays / 2)
		compare(b, func(int) {
			f.pages(func(r core.Reads, q core.Query) (core.Paged[core.StockRow], error) { return r.Stock().AsOf(day, q) })
		}, kept)
	})
	b.Run("past_day_report", func(b *testing.B) {
		day := storetest.Now.Day().Add(-benchDays / 2)
		compare(b, func(int) {
			f.Read(func(r core.Reads) {
				_, err := r.Reports().StockValue(day)
				f.OK(err)
			})
		}, kept)
	})
}

// pages reads a stock list to its end.
func (f *bench) pages(read func(r core.Reads, q core.Query) (core.Paged[core.StockRow], error)) {
	f.Read(func(r core.Reads) {
		for offset := 0; ; offset += core.PageLimit {
			page, err := read(r, core.Query{Page: core.Page{Offset: offset, Limit: core.PageLimit}})
			f.OK(err)
			if len(page.Rows) < core.PageLimit {
				return
			}
		}
	})
}

// BenchmarkB4_Orders_SQLite reads a page of the order list: opened, by chips,
// sorted, in the middle and at the end; and searches (B5).
func BenchmarkB4_Orders_SQLite(b *testing.B) {
	f := onSQLite(b)
	for _, c := range []struct {
		name string
		q    core.Query
	}{
		{"open", core.Query{}},
		{"open_counted", core.Query{Totals: true}},
		{"to_ship", core.Query{Chip: "to_ship", Totals: true}},
		{"to_ship_by_goods", core.Query{Chip: "to_ship", Page: core.Page{Sort: "goods"}}},
		{"to_ship_by_receiver", core.Query{Chip: "to_ship", Page: core.Page{Sort: "receiver", Desc: true}}},
		{"completed", core.Query{Chip: "completed"}},
		{"late_limit", core.Query{Chip: "late_limit", Totals: true}},
		{"due_soon", core.Query{Chip: "due_soon", Totals: true}},
		{"with_note", core.Query{Chip: "with_note"}},
		{"middle", core.Query{Page: core.Page{Offset: f.n / 2}}},
		{"end", core.Query{Page: core.Page{Offset: f.n - 100}}},
		{"by_created", core.Query{Page: core.Page{Sort: "created_ms"}}},
		{"by_day", core.Query{Page: core.Page{Sort: "day", Desc: true}}},
		{"by_number", core.Query{Page: core.Page{Sort: "number"}}},
		{"by_paid", core.Query{Page: core.Page{Sort: "paid_fen"}}},
		{"of_a_day", core.Query{Conds: []core.Cond{{Field: "day", Op: "=", Value: string(storetest.Now.Day().Add(-30))}}}},
		{"search_number", core.Query{Search: "4012345678901100007"}},
		{"search_digits", core.Query{Search: "40123456789011000"}},
		{"search_tail", core.Query{Search: "0007"}},
		{"search_waybill", core.Query{Search: "SF100000007"}},
		{"search_name", core.Query{Search: "沈佳宜"}},
		{"search_nothing", core.Query{Search: "没有"}},
	} {
		b.Run(c.name, func(b *testing.B) {
			var list []time.Duration
			for range b.N {
				list = append(list, timed(func() {
					f.Read(func(r core.Reads) {
						_, err := r.Orders().List(c.q, storetest.Now)
						f.OK(err)
					})
				}))
			}
			b.ReportMetric(float64(percentile(list, 0.5).Microseconds()), "p50-µs")
		})
	}
}

// BenchmarkB2_Insert_SQLite adds orders in chunks of an import.
func BenchmarkB2_Insert_SQLite(b *testing.B) {
	f := onSQLite(b)
	if len(f.skus) == 0 {
		b.Fatal("the insert benchmark fills its own file: unset " + benchFileEnv)
	}
	b.ResetTimer()
	for range b.N {
		f.Write(func(tx core.Tx) {
			list := make([]*domain.Order, 200)
			for i := range list {
				list[i] = f.Order(func(o *domain.Order) {
					o.Lines[0] = f.Line(0, f.sku(i).ID, 1)
					o.PaidFen = money.Fen(i)
				})
			}
			f.OK(tx.Orders().Insert(list, ids.ImportID{}, storetest.Now))
		})
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/200, "µs/order")
}

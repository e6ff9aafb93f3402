package store

import (
	"sort"
	"strings"

	"zhanggui/app/domain"
	"zhanggui/app/ids"
	"zhanggui/app/money"
	"zhanggui/app/when"
	"zhanggui/store/sqlkit"
)

// checkOrders is the orders' half of I5, I6 and the orders' sums of I8: every
// order (or those touched since the mark) with its lines, checks, reservations
// and parcels.
func (c *checking) checkOrders() error {
	w := &orderWalk{
		c: c, sums: c.finding("I5 order = lines + freight"), states: c.finding("I6 states"), traces: c.finding("I6 order has a trace"),
		shipped: c.finding("I3 lines shipped = parcels"), revenue: c.finding("I5 revenue of parcels = lines"),
		promised: c.finding("I1 reservations = open units of passed orders"), kept: c.finding("I8 order units, line_count, check_codes"),
		stages: map[stageKey]int64{}, days: map[dayKey]dayDelta{},
	}
	demo, err := c.number(`SELECT COUNT(seq) FROM audit_log WHERE entity = 'demo'`)
	if err != nil {
		return err
	}
	w.demo = demo > 0
	walk := w.all
	if !c.full {
		walk = w.touched
	}
	if err := walk(); err != nil {
		return err
	}
	if err := c.checkWhole(); err != nil {
		return err
	}
	if err := w.compareStages(); err != nil {
		return err
	}
	return w.compareDays()
}

// orderWalk checks orders batch by batch.
type orderWalk struct {
	c                                   *checking
	sums, states, traces, shipped, kept *finding
	revenue, promised                   *finding
	demo                                bool // demo data audits its days, not its orders
	stages                              map[stageKey]int64
	days                                map[dayKey]dayDelta
}

func (w *orderWalk) all() error {
	total, err := w.c.number(`SELECT COUNT(id) FROM orders`)
	if err != nil {
		return err
	}
	var last ids.OrderID
	for done := int64(0); ; {
		batch, err := sqlkit.Rows(w.c.ctx, w.c.ses, sqlkit.Value[ids.OrderID], `SELECT id FROM orders WHERE id > $1 ORDER BY id LIMIT 500`, last[:])
		if err != nil || len(batch) == 0 {
			return err
		}
		if err := w.check(batch); err != nil {
			return err
		}
		last = batch[len(batch)-1]
		done += int64(len(batch))
		w.c.within(done, total)
	}
}

// touched checks the orders that the audit or an import names since the mark.
func (w *orderWalk) touched() error {
	texts, err := sqlkit.Rows(w.c.ctx, w.c.ses, sqlkit.Value[string], `SELECT entity_id FROM audit_log WHERE seq > $1 AND entity = 'order'
		UNION SELECT ref_id FROM import_rows WHERE seq > $2 AND ref_kind = 'order'`, w.c.since.Audit, w.c.since.Imports)
	if err != nil {
		return err
	}
	batch := make([]ids.OrderID, 0, checkBatch)
	for i, text := range texts {
		id, err := ids.Parse[ids.OrderKind](text)
		if err != nil {
			continue // a refused row names no order
		}
		if batch = append(batch, id); len(batch) == checkBatch {
			if err := w.check(batch); err != nil {
				return err
			}
			batch = batch[:0]
			w.c.within(int64(i), int64(len(texts)))
		}
	}
	return w.check(batch)
}

// orderFacts is what the checks need of an order.
type orderFacts struct {
	domain.Order
	stage      domain.Stage
	units      int64
	lineCount  int64
	checkCodes string
	lines      []lineFacts
	codes      []string // of checks nobody released
	amountOK   bool     // a person has let a difference of the amounts pass
	reserved   int64
	held       map[partKey]int64 // reserved units by line and SKU
	traced     bool
}

type lineFacts struct {
	id                             ids.LineID
	sku                            ids.SKUID
	qty, shipped, returned, cancel int64
	net, refund                    money.Fen
}

// partKey is one SKU of a line.
type partKey struct {
	line ids.LineID
	sku  ids.SKUID
}

func (w *orderWalk) check(batch []ids.OrderID) error {
	return sqlkit.In(batch, 1, func(marks string, args []any) error {
		orders := map[ids.OrderID]*orderFacts{}
		for _, load := range []func(map[ids.OrderID]*orderFacts, string, []any) error{w.loadOrders, w.loadLines, w.loadChecks, w.loadReserved, w.loadTraces} {
			if err := load(orders, marks, args); err != nil {
				return err
			}
		}
		for _, o := range orders {
			w.checkOrder(o)
		}
		if err := w.comparePromised(orders, marks, args); err != nil {
			return err
		}
		return w.compareShipped(orders, marks, args)
	})
}

func (w *orderWalk) loadOrders(orders map[ids.OrderID]*orderFacts, marks string, args []any) error {
	return w.c.each(func(row sqlkit.Scanner) error {
		o := &orderFacts{}
		err := row.Scan(&o.ID, &o.ShopID, &o.Channel, &o.Number, &o.External, &o.Payment, &o.Audit, &o.Fulfil, &o.Closing, &o.COD,
			&o.FreightFen, &o.NetFen, &o.PaidFen, &o.BizDay, &o.stage, &o.units, &o.lineCount, &o.checkCodes)
		orders[o.ID] = o
		return err
	}, `SELECT id, shop_id, channel, number, external, payment, audit, fulfil, closing, cod,
		freight_fen, net_fen, paid_fen, biz_day, stage, units, line_count, check_codes FROM orders WHERE id IN (`+marks+`)`, args...)
}

func (w *orderWalk) loadLines(orders map[ids.OrderID]*orderFacts, marks string, args []any) error {
	return w.c.each(func(row sqlkit.Scanner) error {
		var id ids.OrderID
		var l lineFacts
		if err := row.Scan(&id, &l.id, &l.sku, &l.qty, &l.shipped, &l.returned, &l.cancel, &l.net, &l.refund); err != nil {
			return err
		}
		if o := orders[id]; o != nil {
			o.lines = append(o.lines, l)
		}
		return nil
	}, `SELECT order_id, id, sku_id, qty, shipped_qty, returned_qty, cancel_qty, net_fen, refund_fen FROM order_lines WHERE order_id IN (`+marks+`)`, args...)
}

func (w *orderWalk) loadChecks(orders map[ids.OrderID]*orderFacts, marks string, args []any) error {
	return w.c.each(func(row sqlkit.Scanner) error {
		var id ids.OrderID
		var code string
		var released bool
		if err := row.Scan(&id, &code, &released); err != nil {
			return err
		}
		o := orders[id]
		switch {
		case o == nil:
		case !released:
			o.codes = append(o.codes, code)
		case domain.CheckCode(code) == domain.CheckAmount:
			o.amountOK = true
		}
		return nil
	}, `SELECT order_id, code, released FROM order_checks WHERE order_id IN (`+marks+`)`, args...)
}

func (w *orderWalk) loadReserved(orders map[ids.OrderID]*orderFacts, marks string, args []any) error {
	return w.c.each(func(row sqlkit.Scanner) error {
		var id ids.OrderID
		var k partKey
		var n int64
		err := row.Scan(&id, &k.line, &k.sku, &n)
		if o := orders[id]; o != nil {
			if o.held == nil {
				o.held = map[partKey]int64{}
			}
			o.reserved += n
			o.held[k] += n
		}
		return err
	}, `SELECT order_id, line_id, sku_id, qty FROM reservations WHERE order_id IN (`+marks+`)`, args...)
}

// comparePromised wants every open unit of a passed order promised to its own
// line, and nothing else to any.
func (w *orderWalk) comparePromised(orders map[ids.OrderID]*orderFacts, marks string, args []any) error {
	parts := map[ids.LineID][]domain.Part{}
	err := w.c.each(func(row sqlkit.Scanner) error {
		var id ids.LineID
		var p domain.Part
		err := row.Scan(&id, &p.SKU, &p.Qty)
		parts[id] = append(parts[id], p)
		return err
	}, `SELECT p.line_id, p.sku_id, p.qty FROM line_parts p JOIN order_lines l ON l.id = p.line_id JOIN orders o ON o.id = l.order_id
		WHERE l.order_id IN (`+marks+`) AND o.stage IN ('to_ship', 'part_shipped')`, args...)
	for _, o := range orders {
		if len(o.held) > 0 || o.passedOpen() {
			w.promised.count++
		}
		if o.passedOpen() {
			for _, l := range o.lines {
				w.takePromised(o, l, parts[l.id])
			}
		}
		for k, n := range o.held {
			w.promised.broke("order", o.Number, "line", k.line, "sku", k.sku, "reserved", n, "open", 0)
		}
	}
	return err
}

// passedOpen tells that the order waits for the warehouse.
func (o *orderFacts) passedOpen() bool {
	return o.stage == domain.StageToShip || o.stage == domain.StagePart
}

// takePromised compares one line and leaves in held what belongs to no line.
func (w *orderWalk) takePromised(o *orderFacts, l lineFacts, parts []domain.Part) {
	open := l.qty - l.shipped - l.cancel
	if len(parts) == 0 {
		parts = []domain.Part{{SKU: l.sku, Qty: 1}}
	}
	for _, p := range parts {
		k := partKey{l.id, p.SKU}
		if want := p.Qty * open; o.held[k] != want {
			w.promised.broke("order", o.Number, "line", l.id, "sku", p.SKU, "reserved", o.held[k], "open", want)
		}
		delete(o.held, k)
	}
}

// loadTraces notes which orders an import or the audit knows.
func (w *orderWalk) loadTraces(orders map[ids.OrderID]*orderFacts, marks string, args []any) error {
	if w.demo {
		return nil
	}
	names := texts(args)
	note := func(row sqlkit.Scanner) error {
		text, err := sqlkit.Value[string](row)
		if err != nil {
			return err
		}
		if id, err := ids.Parse[ids.OrderKind](text); err == nil && orders[id] != nil {
			orders[id].traced = true
		}
		return nil
	}
	if err := w.c.each(note, `SELECT DISTINCT ref_id FROM import_rows WHERE ref_id IN (`+marks+`)`, names...); err != nil {
		return err
	}
	return w.c.each(note, `SELECT DISTINCT entity_id FROM audit_log WHERE entity = 'order' AND entity_id IN (`+marks+`)`, names...)
}

// checkOrder looks at one order with everything that hangs on it.
func (w *orderWalk) checkOrder(o *orderFacts) {
	w.stages[stageKey{o.Channel, o.stage}]++
	day := w.days[dayKey{o.BizDay, o.ShopID}]
	w.days[dayKey{o.BizDay, o.ShopID}] = dayDelta{o.Channel, day.orders + 1, day.paid + o.PaidFen}
	w.checkSum(o)
	w.checkStates(o)
	w.checkKept(o)
	if !w.demo {
		w.traces.count++
		if !o.traced {
			w.traces.broke("order", o.Number, "id", o.ID)
		}
	}
}

// checkSum: what is owed for an audited order is its lines and its freight,
// unless a person let a difference pass.
func (w *orderWalk) checkSum(o *orderFacts) {
	if o.Audit != domain.AuditPassed || o.External || o.amountOK {
		return
	}
	w.sums.count++
	sum := o.FreightFen
	for _, l := range o.lines {
		sum += l.net
	}
	if sum != o.NetFen {
		w.sums.broke("order", o.Number, "net_fen", int64(o.NetFen), "sum_fen", int64(sum))
	}
}

// checkStates: the stage is what the facts say, the fulfilment what the
// quantities say, and only an audited open order holds reservations.
func (w *orderWalk) checkStates(o *orderFacts) {
	w.states.count++
	var qty, shipped, returned, cancelled int64
	for _, l := range o.lines {
		qty, shipped, returned, cancelled = qty+l.qty, shipped+l.shipped, returned+l.returned, cancelled+l.cancel
	}
	want := o.Fulfil
	switch {
	case shipped > 0 && shipped+cancelled >= qty && returned >= shipped:
		want = domain.FulReturned
	case shipped > 0 && shipped+cancelled >= qty:
		want = domain.FulShipped
	case shipped > 0:
		want = domain.FulPart
	case o.reserved > 0:
		want = domain.FulReserved
	case !o.External:
		want = domain.FulNone
	}
	switch {
	case o.stage != o.Stage():
		w.states.broke("order", o.Number, "stage", o.stage, "facts", o.Stage())
	case o.Fulfil != want:
		w.states.broke("order", o.Number, "fulfil", o.Fulfil, "lines", want)
	case o.reserved > 0 && (o.Audit != domain.AuditPassed || o.Closing == domain.ClosingCancelled):
		w.states.broke("order", o.Number, "reserved", o.reserved, "audit", o.Audit, "closing", o.Closing)
	case o.Closing == domain.ClosingCancelled && shipped > returned:
		w.states.broke("order", o.Number, "closing", o.Closing, "shipped", shipped, "returned", returned)
	}
}

// checkKept compares the columns that lists show with what they are made of.
func (w *orderWalk) checkKept(o *orderFacts) {
	w.kept.count++
	var units int64
	for _, l := range o.lines {
		units += l.qty - l.shipped - l.cancel
	}
	sort.Strings(o.codes)
	codes := strings.Join(o.codes, ",")
	if units != o.units || int64(len(o.lines)) != o.lineCount || codes != o.checkCodes {
		w.kept.broke("order", o.Number, "units", o.units, "want_units", units, "line_count", o.lineCount, "want_lines", len(o.lines),
			"check_codes", o.checkCodes, "want_codes", codes)
	}
}

// compareShipped compares the lines' shipped and returned units with the
// parcels that left (index parcel_lines_order).
func (w *orderWalk) compareShipped(orders map[ids.OrderID]*orderFacts, marks string, args []any) error {
	type sent struct {
		qty, returned int64
		revenue       money.Fen
	}
	parcels := map[ids.LineID]sent{}
	err := w.c.each(func(row sqlkit.Scanner) error {
		var id ids.LineID
		var s sent
		err := row.Scan(&id, &s.qty, &s.returned, &s.revenue)
		parcels[id] = s
		return err
	}, `SELECT l.line_id, CAST(SUM(l.qty) AS BIGINT), CAST(SUM(l.returned) AS BIGINT), CAST(SUM(l.revenue_fen) AS BIGINT) FROM parcel_lines l JOIN parcels p ON p.id = l.parcel_id
		WHERE l.order_id IN (`+marks+`) AND p.state IN ('shipped', 'handed_over') GROUP BY l.line_id`, args...)
	if err != nil {
		return err
	}
	for _, o := range orders {
		for _, l := range o.lines {
			w.shipped.count++
			s := parcels[l.id]
			if s.qty != l.shipped || s.returned != l.returned {
				w.shipped.broke("order", o.Number, "line", l.id, "shipped", l.shipped, "parcels", s.qty, "returned", l.returned, "parcels_returned", s.returned)
			}
			if l.shipped == 0 || l.shipped+l.cancel != l.qty || o.Closing == domain.ClosingCancelled {
				continue // rounded parts of a line add up when all of it has left
			}
			w.revenue.count++
			if want := l.net - l.refund; s.revenue != want {
				w.revenue.broke("order", o.Number, "line", l.id, "revenue_fen", int64(s.revenue), "line_fen", int64(want))
			}
		}
	}
	return nil
}

// compareStages compares the counters behind the chips.
func (w *orderWalk) compareStages() error {
	if !w.c.full { // counting all is quick; the walk saw only some
		clear(w.stages)
		err := w.c.each(func(row sqlkit.Scanner) error {
			var k stageKey
			var n int64
			err := row.Scan(&k.channel, &k.stage, &n)
			w.stages[k] = n
			return err
		}, `SELECT channel, stage, COUNT(id) FROM orders GROUP BY channel, stage`)
		if err != nil {
			return err
		}
	}
	f := w.c.finding("I8 stage_counts = orders")
	err := w.c.each(func(row sqlkit.Scanner) error {
		var k stageKey
		var n int64
		if err := row.Scan(&k.channel, &k.stage, &n); err != nil {
			return err
		}
		f.count++
		if n != w.stages[k] {
			f.broke("channel", k.channel, "stage", k.stage, "kept", n, "orders", w.stages[k])
		}
		delete(w.stages, k)
		return nil
	}, `SELECT channel, stage, n FROM stage_counts ORDER BY channel, stage`)
	for k, n := range w.stages {
		f.broke("channel", k.channel, "stage", k.stage, "kept", 0, "orders", n)
	}
	return err
}

// compareDays compares orders_daily; an incremental check the days that it saw.
func (w *orderWalk) compareDays() error {
	f := w.c.finding("I8 orders_daily = orders")
	if !w.c.full {
		if err := w.countDays(); err != nil {
			return err
		}
	}
	seen := map[when.Day]bool{}
	for k := range w.days {
		seen[k.day] = true
	}
	err := w.c.each(func(row sqlkit.Scanner) error {
		var k dayKey
		var have dayDelta
		if err := row.Scan(&k.day, &k.shop, &have.channel, &have.orders, &have.paid); err != nil {
			return err
		}
		if !w.c.full && !seen[k.day] {
			return nil
		}
		f.count++
		want := w.days[k]
		if have.orders != want.orders || have.paid != want.paid {
			f.broke("day", k.day, "shop", k.shop, "kept", have.orders, "orders", want.orders, "kept_fen", int64(have.paid), "orders_fen", int64(want.paid))
		}
		delete(w.days, k)
		return nil
	}, `SELECT biz_day, shop_id, channel, orders, paid_fen FROM orders_daily ORDER BY biz_day, shop_id`)
	for k, want := range w.days {
		f.broke("day", k.day, "shop", k.shop, "kept", 0, "orders", want.orders)
	}
	return err
}

// countDays adds up the days that the walk touched (index orders_day).
func (w *orderWalk) countDays() error {
	set := map[when.Day]bool{}
	for k := range w.days {
		set[k.day] = true
	}
	clear(w.days)
	days := make([]when.Day, 0, len(set))
	for d := range set {
		days = append(days, d)
	}
	return sqlkit.In(days, 1, func(marks string, args []any) error {
		return w.c.each(func(row sqlkit.Scanner) error {
			var k dayKey
			var d dayDelta
			err := row.Scan(&k.day, &k.shop, &d.channel, &d.orders, &d.paid)
			w.days[k] = d
			return err
		}, `SELECT biz_day, shop_id, channel, COUNT(id), CAST(SUM(paid_fen) AS BIGINT) FROM orders WHERE biz_day IN (`+marks+`) GROUP BY biz_day, shop_id, channel`, args...)
	})
}

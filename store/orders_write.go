package store

import (
	"sort"
	"strconv"
	"strings"

	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
	"zhanggui/app/when"
	"zhanggui/store/sqlkit"
)

var orderCols = []string{
	"id", "shop_id", "channel", "number", "customer_id", "buyer_key", "manual", "external",
	"payment", "audit", "fulfil", "closing", "stage", "buyer_note", "seller_note", "seller_flag", "cod", "cod_called", "presale",
	"created_ms", "paid_ms", "target_ms", "limit_ms", "audited_ms", "shipped_ms", "biz_day",
	"goods_fen", "freight_fen", "shop_discount_fen", "platform_discount_fen", "total_fen", "paid_fen", "refund_fen", "net_fen",
	"goods_text", "line_count", "units", "province", "check_codes", "hold_until_ms", "hold_reason", "merge_id",
	"courier", "waybill", "version",
}

// orderRow gives the values of orderCols; the derived ones (stage, goods, units,
// check codes, province) come from the order itself, courier and waybill from
// its parcels.
func orderRow(o *domain.Order) []any {
	return []any{
		o.ID, o.ShopID, o.Channel, o.Number, o.Customer, o.BuyerKey, o.Manual, o.External,
		o.Payment, o.Audit, o.Fulfil, o.Closing, o.Stage(), o.BuyerNote, o.SellerNote, o.SellerFlag, o.COD, o.CODCalled, o.Presale,
		o.CreatedAt, o.PaidAt, o.TargetAt, o.LimitAt, o.AuditedAt, o.ShippedAt, o.BizDay,
		o.GoodsFen, o.FreightFen, o.ShopDiscountFen, o.PlatformDiscountFen, o.TotalFen, o.PaidFen, o.RefundFen, o.NetFen,
		goodsText(o), len(o.Lines), o.Units(), o.Receiver.Province, checkCodes(o.Checks), o.HoldUntil, o.HoldReason, o.MergeID,
		"", "", 1,
	}
}

// goodsText is "title spec" of the first line, for lists.
func goodsText(o *domain.Order) string {
	if len(o.Lines) == 0 {
		return ""
	}
	return strings.TrimSpace(o.Lines[0].Title + " " + o.Lines[0].Spec)
}

// checkCodes lists the failed checks that nobody released, sorted, comma between.
func checkCodes(checks []domain.Check) string {
	var codes []string
	for _, c := range checks {
		if !c.Released {
			codes = append(codes, string(c.Code))
		}
	}
	sort.Strings(codes)
	return strings.Join(codes, ",")
}

var receiverCols = []string{"order_id", "name", "phone", "phone_tail", "province", "city", "district", "address", "postcode", "country", "edited"}

func receiverRow(id ids.OrderID, r domain.Receiver) []any {
	return []any{id, r.Name, r.Phone, phoneTail(r.Phone), r.Province, r.City, r.District, r.Address, r.Postcode, r.Country, r.Edited}
}

// phoneTail is the last four digits of a phone number, what people search by;
// extensions behind a dash or comma do not count ("13812345678-1234").
func phoneTail(phone string) string {
	if i := strings.IndexAny(phone, "-,，转"); i >= 11 {
		phone = phone[:i]
	}
	var digits []byte
	for _, b := range []byte(phone) {
		if b >= '0' && b <= '9' {
			digits = append(digits, b)
		}
	}
	if len(digits) < 4 {
		return ""
	}
	return string(digits[len(digits)-4:])
}

var factCols = []string{"order_id", "payment", "shipped", "part_shipped", "completed", "cancelled", "refund_asked", "waybill", "courier", "words"}

func factRow(id ids.OrderID, f domain.PlatformFacts) []any {
	return []any{id, f.Payment, f.Shipped, f.PartShipped, f.Completed, f.Cancelled, f.RefundAsked, f.Waybill, f.Courier, f.Words}
}

var checkCols = []string{"order_id", "code", "pos", "blocking", "released", "reason", "args"}

func checkRows(rows [][]any, o *domain.Order) ([][]any, error) {
	for i, c := range o.Checks {
		args, err := argsText(c.Args)
		if err != nil {
			return nil, err
		}
		rows = append(rows, []any{o.ID, c.Code, i, c.Blocking, c.Released, c.Reason, args})
	}
	return rows, nil
}

// Insert adds new orders whole with few statements and counts them. It sets
// their version to 1. The import and the moment are kept by its own rows.
// Errors: Conflict fault.order.exists when a number of the shop is there already.
func (r orderRepo) Insert(list []*domain.Order, _ ids.ImportID, _ when.Millis) error {
	var orders, receivers, facts, lines, parts, checks [][]any
	var err error
	for _, o := range list {
		orders = append(orders, orderRow(o))
		receivers = append(receivers, receiverRow(o.ID, o.Receiver))
		facts = append(facts, factRow(o.ID, o.Platform))
		for i := range o.Lines {
			lines = append(lines, lineRow(o.ID, &o.Lines[i]))
			parts = partRows(parts, &o.Lines[i])
		}
		if checks, err = checkRows(checks, o); err != nil {
			return err
		}
	}
	added, err := sqlkit.InsertMany(r.t.ctx, r.t.q, "orders", orderCols, ` ON CONFLICT (shop_id, number) DO NOTHING`, orders)
	if err != nil {
		return err
	}
	if added != int64(len(list)) {
		return fault.New(fault.Conflict, "fault.order.exists", "order", r.doubled(list))
	}
	for _, part := range []struct {
		table string
		cols  []string
		rows  [][]any
	}{
		{"receivers", receiverCols, receivers},
		{"platform_facts", factCols, facts},
		{"order_lines", lineCols, lines},
		{"line_parts", partCols, parts},
		{"order_checks", checkCols, checks},
	} {
		if _, err := sqlkit.InsertMany(r.t.ctx, r.t.q, part.table, part.cols, "", part.rows); err != nil {
			return err
		}
	}
	for _, o := range list {
		o.Version = 1
		r.t.kept.add(o, 1)
		r.t.remember(o)
	}
	return nil
}

// doubled names an order that was there before, for the message.
func (r orderRepo) doubled(list []*domain.Order) string {
	keys := make([]core.OrderKey, len(list))
	for i, o := range list {
		keys[i] = core.OrderKey{Shop: o.ShopID, Number: o.Number}
	}
	found, err := r.FindByKeys(keys)
	if err != nil {
		return ""
	}
	seen := map[core.OrderKey]bool{}
	for i, o := range list {
		if id, ok := found[keys[i]]; ok && (id != o.ID || seen[keys[i]]) {
			return o.Number
		}
		seen[keys[i]] = true
	}
	return ""
}

// savedCols are the columns of the order's own row that Save writes, savedRow
// their values.
var savedCols = []string{
	"customer_id", "buyer_key", "manual", "external", "payment", "audit", "fulfil", "closing", "stage",
	"buyer_note", "seller_note", "seller_flag", "cod", "cod_called", "presale",
	"created_ms", "paid_ms", "target_ms", "limit_ms", "audited_ms", "shipped_ms", "biz_day",
	"goods_fen", "freight_fen", "shop_discount_fen", "platform_discount_fen", "total_fen", "paid_fen", "refund_fen", "net_fen",
	"goods_text", "line_count", "units", "province", "check_codes", "hold_until_ms", "hold_reason", "merge_id",
}

func savedRow(o *domain.Order) []any {
	return []any{
		o.Customer, o.BuyerKey, o.Manual, o.External, o.Payment, o.Audit, o.Fulfil, o.Closing, o.Stage(),
		o.BuyerNote, o.SellerNote, o.SellerFlag, o.COD, o.CODCalled, o.Presale,
		o.CreatedAt, o.PaidAt, o.TargetAt, o.LimitAt, o.AuditedAt, o.ShippedAt, o.BizDay,
		o.GoodsFen, o.FreightFen, o.ShopDiscountFen, o.PlatformDiscountFen, o.TotalFen, o.PaidFen, o.RefundFen, o.NetFen,
		goodsText(o), len(o.Lines), o.Units(), o.Receiver.Province, checkCodes(o.Checks), o.HoldUntil, o.HoldReason, o.MergeID,
	}
}

// saveRow names only the columns that changed: SQLite rewrites the entries of
// every index that has a named column, changed or not.
func (r orderRepo) saveRow(was, o *domain.Order) error {
	before, after := savedRow(was), savedRow(o)
	set, args := []byte("UPDATE orders SET version = version + 1"), []any{o.ID, o.Version}
	for i, col := range savedCols {
		if before[i] == after[i] {
			continue
		}
		args = append(args, after[i])
		set = append(append(append(append(set, ", "...), col...), " = $"...), strconv.Itoa(len(args))...)
	}
	changed := fault.New(fault.Conflict, "fault.order.changed", "order", o.Number)
	return sqlkit.ExecOne(r.t.ctx, r.t.q, changed, string(set)+" WHERE id = $1 AND version = $2", args...)
}

// Save writes of the order's own row, platform facts, lines, parts and checks
// what changed; the version is checked and counted up.
// Errors: Conflict fault.order.changed; NotFound.
func (r orderRepo) Save(o *domain.Order) error {
	was, err := r.stored(o.ID)
	if err != nil {
		return err
	}
	if err := r.saveRow(was, o); err != nil {
		return err
	}
	if err := r.saveFacts(was, o); err != nil {
		return err
	}
	if err := r.saveLines(was, o); err != nil {
		return err
	}
	if err := r.saveChecks(was, o); err != nil {
		return err
	}
	r.t.kept.add(was, -1)
	r.t.kept.add(o, 1)
	o.Version++
	r.t.remember(o)
	return nil
}

func (r orderRepo) saveFacts(was, o *domain.Order) error {
	if was.Platform == o.Platform {
		return nil
	}
	_, err := sqlkit.Exec(r.t.ctx, r.t.q, `UPDATE platform_facts SET payment = $2, shipped = $3, part_shipped = $4, completed = $5,
		cancelled = $6, refund_asked = $7, waybill = $8, courier = $9, words = $10 WHERE order_id = $1`, factRow(o.ID, o.Platform)...)
	return err
}

func (r orderRepo) saveChecks(was, o *domain.Order) error {
	old, err := checkRows(nil, was)
	if err != nil {
		return err
	}
	rows, err := checkRows(nil, o)
	if err != nil || sameRows(old, rows) {
		return err
	}
	if len(old) > 0 {
		if _, err := sqlkit.Exec(r.t.ctx, r.t.q, `DELETE FROM order_checks WHERE order_id = $1`, o.ID); err != nil {
			return err
		}
	}
	_, err = sqlkit.InsertMany(r.t.ctx, r.t.q, "order_checks", checkCols, "", rows)
	return err
}

func sameRows(a, b [][]any) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !sameRow(a[i], b[i]) {
			return false
		}
	}
	return true
}

// SaveReceiver writes the receiver alone. The order's version stays: the
// receiver has no fact that an order's decisions rest on. Errors: NotFound.
func (r orderRepo) SaveReceiver(id ids.OrderID, rec domain.Receiver) error {
	unknown := fault.New(fault.NotFound, "fault.order.unknown", "order", id)
	err := sqlkit.ExecOne(r.t.ctx, r.t.q, unknown, `UPDATE receivers SET name = $2, phone = $3, phone_tail = $4, province = $5, city = $6,
		district = $7, address = $8, postcode = $9, country = $10, edited = $11 WHERE order_id = $1`, receiverRow(id, rec)...)
	if err != nil {
		return err
	}
	if o, ok := r.t.orders[id]; ok {
		o.Receiver = rec
	}
	_, err = sqlkit.Exec(r.t.ctx, r.t.q, `UPDATE orders SET province = $2 WHERE id = $1`, id, rec.Province)
	return err
}

// AddConflicts stores what files said against what we know.
func (r orderRepo) AddConflicts(list []core.Contradiction) error {
	rows := make([][]any, 0, len(list))
	for _, c := range list {
		rows = append(rows, []any{c.Order, c.Import, c.At, c.Fact, c.Ours, c.Theirs, c.ResolvedAt})
	}
	_, err := sqlkit.InsertMany(r.t.ctx, r.t.q, "contradictions",
		[]string{"order_id", "import_id", "at_ms", "fact", "ours", "theirs", "resolved_ms"}, "", rows)
	return err
}

// ResolveConflicts closes the open contradictions of an order (index contradictions_order).
func (r orderRepo) ResolveConflicts(order ids.OrderID, now when.Millis) error {
	_, err := sqlkit.Exec(r.t.ctx, r.t.q, `UPDATE contradictions SET resolved_ms = $2 WHERE order_id = $1 AND resolved_ms = 0`, order, now)
	return err
}

// ResolveConflict closes one contradiction by its key.
func (r orderRepo) ResolveConflict(seq int64, now when.Millis) error {
	_, err := sqlkit.Exec(r.t.ctx, r.t.q, `UPDATE contradictions SET resolved_ms = $2 WHERE seq = $1 AND resolved_ms = 0`, seq, now)
	return err
}

// ReopenConflicts opens the contradictions again that the last resolving closed
// (index contradictions_order).
func (r orderRepo) ReopenConflicts(order ids.OrderID) (int64, error) {
	return sqlkit.Exec(r.t.ctx, r.t.q, `UPDATE contradictions SET resolved_ms = 0 WHERE order_id = $1 AND resolved_ms > 0
		AND resolved_ms = (SELECT MAX(c.resolved_ms) FROM contradictions c WHERE c.order_id = $2)`, order, order)
}

// DropConflicts removes the contradictions that an import brought, resolved
// ones too: they leave with it. Conflict rows are few, so a walk will do.
func (r orderRepo) DropConflicts(imp ids.ImportID) error {
	_, err := sqlkit.Exec(r.t.ctx, r.t.q, `DELETE FROM contradictions WHERE import_id = $1`, imp)
	return err
}

// Delete removes orders that left no trace in stock or money.
// Errors: Conflict fault.order.in_use naming one that a parcel, a reservation
// or a merged order depends on; NotFound when one is not there.
func (r orderRepo) Delete(list []ids.OrderID) error {
	if err := r.refuseUsed(list); err != nil {
		return err
	}
	for _, id := range list {
		o, err := r.stored(id)
		if err != nil {
			return err
		}
		r.t.kept.add(o, -1)
		delete(r.t.orders, id)
	}
	return r.deleteRows(list)
}

func (r orderRepo) deleteRows(list []ids.OrderID) error {
	return sqlkit.In(list, 1, func(marks string, args []any) error {
		for _, stmt := range []string{
			`DELETE FROM line_parts WHERE line_id IN (SELECT id FROM order_lines WHERE order_id IN (`,
			`DELETE FROM order_lines WHERE order_id IN (`,
			`DELETE FROM order_checks WHERE order_id IN (`,
			`DELETE FROM contradictions WHERE order_id IN (`,
			`DELETE FROM platform_facts WHERE order_id IN (`,
			`DELETE FROM receivers WHERE order_id IN (`,
			`DELETE FROM orders WHERE id IN (`,
		} {
			end := `)`
			if strings.Contains(stmt, "SELECT") {
				end = `))`
			}
			if _, err := sqlkit.Exec(r.t.ctx, r.t.q, stmt+marks+end, args...); err != nil {
				return err
			}
		}
		return nil
	})
}

// refuseUsed looks for what depends on the orders (indexes parcels_order,
// parcel_lines_order, reservations_order, orders_merge).
func (r orderRepo) refuseUsed(list []ids.OrderID) error {
	going := make(map[ids.OrderID]bool, len(list))
	for _, id := range list {
		going[id] = true
	}
	return sqlkit.In(list, 1, func(marks string, args []any) error {
		used, err := sqlkit.Rows(r.t.ctx, r.t.q, sqlkit.Value[string],
			`SELECT number FROM orders WHERE id IN (SELECT order_id FROM parcels WHERE order_id IN (`+marks+`)
			UNION SELECT order_id FROM parcel_lines WHERE order_id IN (`+marks+`)
			UNION SELECT order_id FROM reservations WHERE order_id IN (`+marks+`)) ORDER BY number`, args...)
		if err != nil {
			return err
		}
		if len(used) > 0 {
			return fault.New(fault.Conflict, "fault.order.in_use", "order", used[0], "n", len(used))
		}
		merged, err := sqlkit.Rows(r.t.ctx, r.t.q, scanPair[ids.OrderID, string],
			`SELECT id, number FROM orders WHERE merge_id IN (`+marks+`) ORDER BY number`, args...)
		if err != nil {
			return err
		}
		for _, m := range merged {
			if !going[m.a] {
				return fault.New(fault.Conflict, "fault.order.in_use", "order", m.b, "n", 1)
			}
		}
		return nil
	})
}

// pair is a row of two columns.
type pair[A, B any] struct {
	a A
	b B
}

func scanPair[A, B any](s sqlkit.Scanner) (pair[A, B], error) {
	var p pair[A, B]
	err := s.Scan(&p.a, &p.b)
	return p, err
}

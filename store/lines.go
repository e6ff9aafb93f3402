package store

import (
	"zhanggui/app/domain"
	"zhanggui/app/ids"
	"zhanggui/store/sqlkit"
)

var lineCols = []string{
	"id", "order_id", "pos", "sub_no", "occurrence", "code", "platform_sku", "title", "spec", "sku_id",
	"qty", "qty_unknown", "unit_fen", "net_fen", "platform_fen", "refund_fen", "gift",
	"shipped_qty", "returned_qty", "cancel_qty",
}

func lineRow(order ids.OrderID, l *domain.Line) []any {
	return []any{
		l.ID, order, l.Pos, l.SubNo, l.Occurrence, l.Code, l.PlatformSKU, l.Title, l.Spec, l.SKU,
		l.Qty, l.QtyUnknown, l.UnitFen, l.NetFen, l.PlatformFen, l.RefundFen, l.Gift,
		l.ShippedQty, l.ReturnedQty, l.CancelQty,
	}
}

// lineUpsert rewrites a line that is there already; position and ids never change.
const lineUpsert = ` ON CONFLICT (id) DO UPDATE SET pos = excluded.pos, sub_no = excluded.sub_no, occurrence = excluded.occurrence,
	code = excluded.code, platform_sku = excluded.platform_sku, title = excluded.title, spec = excluded.spec, sku_id = excluded.sku_id,
	qty = excluded.qty, qty_unknown = excluded.qty_unknown, unit_fen = excluded.unit_fen, net_fen = excluded.net_fen,
	platform_fen = excluded.platform_fen, refund_fen = excluded.refund_fen, gift = excluded.gift,
	shipped_qty = excluded.shipped_qty, returned_qty = excluded.returned_qty, cancel_qty = excluded.cancel_qty`

// lineUpdate writes what a day's work changes on a line: the counts. Index: primary key.
const lineUpdate = `UPDATE order_lines SET shipped_qty = $1, returned_qty = $2, cancel_qty = $3 WHERE id = $4 AND order_id = $5`

// readLines adds lines with parts and reservations to the orders (index: the
// UNIQUE of order_id, pos; parts and reservations by primary key). A kit's line comes as one row
// per part. A line with a SKU and no parts of its own has one: the SKU itself.
func (r orderRepo) readLines(found map[ids.OrderID]*domain.Order, marks string, args []any) error {
	return sqlkit.Each(r.t.ctx, r.t.q, func(s sqlkit.Scanner) error {
		var l domain.Line
		var order ids.OrderID
		var p domain.Part
		err := s.Scan(&l.ID, &order, &l.Pos, &l.SubNo, &l.Occurrence, &l.Code, &l.PlatformSKU, &l.Title, &l.Spec, &l.SKU,
			&l.Qty, &l.QtyUnknown, &l.UnitFen, &l.NetFen, &l.PlatformFen, &l.RefundFen, &l.Gift,
			&l.ShippedQty, &l.ReturnedQty, &l.CancelQty, &p.SKU, &p.Qty, &p.Reserved)
		o, ok := found[order]
		if err != nil || !ok {
			return err
		}
		last := len(o.Lines) - 1
		if last < 0 || o.Lines[last].ID != l.ID {
			o.Lines = append(o.Lines, l)
			last++
		}
		if !l.SKU.Zero() {
			o.Lines[last].Parts = append(o.Lines[last].Parts, p)
		}
		return nil
	}, `SELECT l.id, l.order_id, l.pos, l.sub_no, l.occurrence, l.code, l.platform_sku, l.title, l.spec, l.sku_id,
	l.qty, l.qty_unknown, l.unit_fen, l.net_fen, l.platform_fen, l.refund_fen, l.gift, l.shipped_qty, l.returned_qty, l.cancel_qty,
	COALESCE(p.sku_id, l.sku_id), COALESCE(p.qty, 1), COALESCE(v.qty, 0)
	FROM order_lines l
	LEFT JOIN line_parts p ON p.line_id = l.id
	LEFT JOIN reservations v ON v.line_id = l.id AND v.sku_id = COALESCE(p.sku_id, l.sku_id) AND v.warehouse = 'main'
	WHERE l.order_id IN (`+marks+`) ORDER BY l.order_id, l.pos, p.sku_id`, args...)
}

// ownParts tells whether the parts must be written: a plain line is one unit of
// its own SKU and has no rows.
func ownParts(l *domain.Line) bool {
	return len(l.Parts) > 1 || len(l.Parts) == 1 && (l.Parts[0].SKU != l.SKU || l.Parts[0].Qty != 1)
}

func partRows(rows [][]any, l *domain.Line) [][]any {
	if ownParts(l) {
		for _, p := range l.Parts {
			rows = append(rows, []any{l.ID, p.SKU, p.Qty})
		}
	}
	return rows
}

var partCols = []string{"line_id", "sku_id", "qty"}

// saveLines brings the lines in the database from what they were to what they
// are now, touching only those that changed.
func (r orderRepo) saveLines(was, now *domain.Order) error {
	old := make(map[ids.LineID]*domain.Line, len(was.Lines))
	for i := range was.Lines {
		old[was.Lines[i].ID] = &was.Lines[i]
	}
	var rewrite, parts [][]any
	var drop []ids.LineID // whose parts are written anew
	for i := range now.Lines {
		l := &now.Lines[i]
		o, known := old[l.ID]
		delete(old, l.ID)
		switch {
		case !known:
			rewrite = append(rewrite, lineRow(now.ID, l))
			parts = partRows(parts, l)
			continue
		case sameRow(lineRow(now.ID, o), lineRow(now.ID, l)):
		case sameButCounts(o, l, now.ID):
			if _, err := sqlkit.Exec(r.t.ctx, r.t.q, lineUpdate, l.ShippedQty, l.ReturnedQty, l.CancelQty, l.ID, now.ID); err != nil {
				return err
			}
		default:
			rewrite = append(rewrite, lineRow(now.ID, l))
		}
		if !sameParts(o, l) {
			drop = append(drop, l.ID)
			parts = partRows(parts, l)
		}
	}
	for id := range old {
		drop = append(drop, id)
	}
	if err := r.deleteParts(drop); err != nil {
		return err
	}
	for id := range old {
		if _, err := sqlkit.Exec(r.t.ctx, r.t.q, `DELETE FROM order_lines WHERE id = $1`, id); err != nil {
			return err
		}
	}
	if _, err := sqlkit.InsertMany(r.t.ctx, r.t.q, "order_lines", lineCols, lineUpsert, rewrite); err != nil {
		return err
	}
	_, err := sqlkit.InsertMany(r.t.ctx, r.t.q, "line_parts", partCols, "", parts)
	return err
}

func (r orderRepo) deleteParts(lines []ids.LineID) error {
	return sqlkit.In(lines, 1, func(marks string, args []any) error {
		_, err := sqlkit.Exec(r.t.ctx, r.t.q, `DELETE FROM line_parts WHERE line_id IN (`+marks+`)`, args...)
		return err
	})
}

func sameButCounts(a, b *domain.Line, order ids.OrderID) bool {
	c := *a
	c.ShippedQty, c.ReturnedQty, c.CancelQty = b.ShippedQty, b.ReturnedQty, b.CancelQty
	return sameRow(lineRow(order, &c), lineRow(order, b))
}

func sameRow(a, b []any) bool {
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return len(a) == len(b)
}

// sameParts compares the parts' rows; what is reserved is StockRepo's.
func sameParts(a, b *domain.Line) bool {
	if !ownParts(a) || !ownParts(b) {
		return ownParts(a) == ownParts(b)
	}
	if len(a.Parts) != len(b.Parts) {
		return false
	}
	qty := make(map[ids.SKUID]int64, len(a.Parts))
	for _, p := range a.Parts {
		qty[p.SKU] = p.Qty
	}
	for _, p := range b.Parts {
		if qty[p.SKU] != p.Qty {
			return false
		}
	}
	return true
}

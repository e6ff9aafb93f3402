package store

import (
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
	"zhanggui/app/when"
	"zhanggui/store/sqlkit"
)

const parcelSelect = `SELECT id, order_id, no, state, courier, waybill, shipped_ms, handed_ms, biz_day, entry_seq, version FROM parcels`

func scanParcel(s sqlkit.Scanner) (*domain.Parcel, error) {
	p := &domain.Parcel{}
	err := s.Scan(&p.ID, &p.Order, &p.No, &p.State, &p.Courier, &p.Waybill, &p.ShippedAt, &p.HandedAt, &p.BizDay, &p.EntrySeq, &p.Version)
	return p, err
}

// Get loads a parcel with lines and items. Errors: NotFound fault.shipping.unknown_parcel.
func (r parcelRepo) Get(id ids.ParcelID) (*domain.Parcel, error) {
	list, err := r.load(parcelSelect+` WHERE id = $1`, id)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, fault.New(fault.NotFound, "fault.shipping.unknown_parcel", "parcel", id)
	}
	return list[0], nil
}

// OfOrder lists the parcels that hold something of an order or lead it, voided
// ones too (indexes parcels_order, parcel_lines_order).
func (r parcelRepo) OfOrder(order ids.OrderID) ([]*domain.Parcel, error) {
	return r.load(parcelSelect+` WHERE id IN (SELECT id FROM parcels WHERE order_id = $1
		UNION SELECT parcel_id FROM parcel_lines WHERE order_id = $1) ORDER BY no, id`, order)
}

func (r parcelRepo) load(query string, args ...any) ([]*domain.Parcel, error) {
	list, err := sqlkit.Rows(r.t.ctx, r.t.q, scanParcel, query, args...)
	if err != nil {
		return nil, err
	}
	found := make(map[ids.ParcelID]*domain.Parcel, len(list))
	keys := make([]ids.ParcelID, len(list))
	for i, p := range list {
		found[p.ID], keys[i] = p, p.ID
	}
	return list, r.readContents(found, keys)
}

// readContents adds lines and items (both by primary key), lines in the order
// of the goods lines they are made of.
func (r parcelRepo) readContents(found map[ids.ParcelID]*domain.Parcel, keys []ids.ParcelID) error {
	return sqlkit.In(keys, 1, func(marks string, args []any) error {
		return sqlkit.Each(r.t.ctx, r.t.q, func(s sqlkit.Scanner) error {
			var id ids.ParcelID
			var l domain.ParcelLine
			var it domain.ParcelItem
			if err := s.Scan(&id, &l.Line, &l.Order, &l.Qty, &l.RevenueFen, &l.Returned,
				&it.SKU, &it.Qty, &it.CostFen, &it.Returned, &it.ReturnFen); err != nil {
				return err
			}
			p := found[id]
			last := len(p.Lines) - 1
			if last < 0 || p.Lines[last].Line != l.Line {
				p.Lines = append(p.Lines, l)
				last++
			}
			if !it.SKU.Zero() {
				p.Lines[last].Items = append(p.Lines[last].Items, it)
			}
			return nil
		}, `SELECT l.parcel_id, l.line_id, l.order_id, l.qty, l.revenue_fen, l.returned,
			i.sku_id, COALESCE(i.qty, 0), COALESCE(i.cost_fen, 0), COALESCE(i.returned, 0), COALESCE(i.return_fen, 0)
			FROM parcel_lines l LEFT JOIN parcel_items i ON i.parcel_id = l.parcel_id AND i.line_id = l.line_id
			WHERE l.parcel_id IN (`+marks+`) ORDER BY l.parcel_id, l.pos, l.line_id, i.sku_id`, args...)
	})
}

// ByWaybill finds the parcel in use with the number, zero when it is free
// (index parcels_waybill).
func (r parcelRepo) ByWaybill(waybill string) (ids.ParcelID, error) {
	rows, err := sqlkit.Rows(r.t.ctx, r.t.q, sqlkit.Value[ids.ParcelID],
		`SELECT id FROM parcels WHERE waybill = $1 AND state IN ('shipped', 'handed_over')`, waybill)
	if err != nil || len(rows) == 0 {
		return ids.ParcelID{}, err
	}
	return rows[0], nil
}

// Events gives a parcel's history in order (index shipment_events_parcel).
func (r parcelRepo) Events(parcel ids.ParcelID) ([]domain.ShipmentEvent, error) {
	return sqlkit.Rows(r.t.ctx, r.t.q, func(s sqlkit.Scanner) (domain.ShipmentEvent, error) {
		var e domain.ShipmentEvent
		err := s.Scan(&e.Seq, &e.Parcel, &e.At, &e.Kind, &e.Text, &e.Actor)
		return e, err
	}, `SELECT seq, parcel_id, at_ms, kind, text, actor FROM shipment_events WHERE parcel_id = $1 ORDER BY seq`, parcel)
}

// AddEvent appends a row to a parcel's history.
func (r parcelRepo) AddEvent(e domain.ShipmentEvent) error {
	_, err := sqlkit.Exec(r.t.ctx, r.t.q, `INSERT INTO shipment_events (parcel_id, at_ms, kind, text, actor) VALUES ($1, $2, $3, $4, $5)`,
		e.Parcel, e.At, e.Kind, e.Text, e.Actor)
	return err
}

// WaybillSheet gives a shop's numbers of the days [from, to], one row per order
// and sub-order number in each parcel, oldest first (index parcels_day).
func (r parcelRepo) WaybillSheet(shop ids.ShopID, from, to when.Day) ([]core.WaybillRow, error) {
	return sqlkit.Rows(r.t.ctx, r.t.q, func(s sqlkit.Scanner) (core.WaybillRow, error) {
		var w core.WaybillRow
		err := s.Scan(&w.Number, &w.SubNo, &w.Courier, &w.Waybill, &w.Shipped)
		return w, err
	}, `SELECT DISTINCT o.number, g.sub_no, p.courier, p.waybill, p.shipped_ms
		FROM parcels p JOIN parcel_lines l ON l.parcel_id = p.id JOIN orders o ON o.id = l.order_id JOIN order_lines g ON g.id = l.line_id
		WHERE p.biz_day >= $1 AND p.biz_day <= $2 AND p.state IN ('shipped', 'handed_over') AND o.shop_id = $3
		ORDER BY p.shipped_ms, o.number, g.sub_no, p.waybill`, from, to, shop)
}

// Insert adds a parcel with lines and items and sets its version to 1. Courier
// and waybill are copied to the orders it holds, for their lists.
// Errors: Conflict fault.shipping.waybill_used.
func (r parcelRepo) Insert(p *domain.Parcel) error {
	n, err := sqlkit.Exec(r.t.ctx, r.t.q, `INSERT INTO parcels (id, order_id, no, state, courier, waybill, shipped_ms, handed_ms, biz_day, entry_seq,
		units, orders, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1) ON CONFLICT DO NOTHING`,
		p.ID, p.Order, p.No, p.State, p.Courier, p.Waybill, p.ShippedAt, p.HandedAt, p.BizDay, p.EntrySeq, parcelUnits(p), len(ordersOf(p)))
	if err != nil {
		return err
	}
	if n == 0 {
		return r.used(p)
	}
	if err := r.insertContents(p); err != nil {
		return err
	}
	p.Version = 1
	return r.copyWaybill(p)
}

// used is the fault of a parcel whose number or id another one has.
func (r parcelRepo) used(p *domain.Parcel) error {
	rows, err := sqlkit.Rows(r.t.ctx, r.t.q, sqlkit.Value[string], `SELECT o.number FROM parcels p JOIN orders o ON o.id = p.order_id
		WHERE p.waybill = $1 AND p.state IN ('shipped', 'handed_over') AND p.id <> $2`, p.Waybill, p.ID)
	switch {
	case err != nil:
		return err
	case len(rows) > 0:
		return domain.ErrUsed(p.Waybill, rows[0])
	}
	return sqlkit.ErrChanged()
}

func parcelUnits(p *domain.Parcel) int64 {
	var n int64
	for _, l := range p.Lines {
		n += l.Qty
	}
	return n
}

// ordersOf lists the orders of a parcel, the leading one first.
func ordersOf(p *domain.Parcel) []ids.OrderID {
	list := []ids.OrderID{p.Order}
	for _, l := range p.Lines {
		list = append(list, l.Order)
	}
	return unique(list)
}

func (r parcelRepo) insertContents(p *domain.Parcel) error {
	lines, items := contentRows(p)
	_, err := sqlkit.InsertMany(r.t.ctx, r.t.q, "parcel_lines",
		[]string{"parcel_id", "line_id", "pos", "order_id", "qty", "revenue_fen", "returned"}, "", lines)
	if err != nil {
		return err
	}
	_, err = sqlkit.InsertMany(r.t.ctx, r.t.q, "parcel_items",
		[]string{"parcel_id", "line_id", "sku_id", "qty", "cost_fen", "returned", "return_fen"}, "", items)
	return err
}

func contentRows(p *domain.Parcel) (lines, items [][]any) {
	for pos, l := range p.Lines {
		lines = append(lines, []any{p.ID, l.Line, pos, l.Order, l.Qty, l.RevenueFen, l.Returned})
		for _, it := range l.Items {
			items = append(items, []any{p.ID, l.Line, it.SKU, it.Qty, it.CostFen, it.Returned, it.ReturnFen})
		}
	}
	return lines, items
}

// copyWaybill gives the orders of a parcel the number of their newest parcel
// in use, "" when there is none any more.
func (r parcelRepo) copyWaybill(p *domain.Parcel) error {
	courier, waybill := p.Courier, p.Waybill
	switch p.State {
	case domain.ParcelPlanned:
		return nil
	case domain.ParcelVoided:
		return r.restoreWaybill(p)
	}
	for _, id := range ordersOf(p) {
		if _, err := sqlkit.Exec(r.t.ctx, r.t.q, `UPDATE orders SET courier = $2, waybill = $3 WHERE id = $1`, id, courier, waybill); err != nil {
			return err
		}
	}
	return nil
}

func (r parcelRepo) restoreWaybill(p *domain.Parcel) error {
	for _, id := range ordersOf(p) {
		rows, err := sqlkit.Rows(r.t.ctx, r.t.q, scanPair[string, string], `SELECT courier, waybill FROM parcels
			WHERE state IN ('shipped', 'handed_over') AND id IN (SELECT id FROM parcels WHERE order_id = $1
			UNION SELECT parcel_id FROM parcel_lines WHERE order_id = $1) ORDER BY shipped_ms DESC, id DESC LIMIT 1`, id)
		if err != nil {
			return err
		}
		var last pair[string, string]
		if len(rows) > 0 {
			last = rows[0]
		}
		if _, err := sqlkit.Exec(r.t.ctx, r.t.q, `UPDATE orders SET courier = $2, waybill = $3 WHERE id = $1`, id, last.a, last.b); err != nil {
			return err
		}
	}
	return nil
}

// Save writes a parcel's row, and lines and items when they changed; the
// version is checked and counted up.
// Errors: Conflict fault.conflict_version, fault.shipping.waybill_used; NotFound.
func (r parcelRepo) Save(p *domain.Parcel) error {
	was, err := r.Get(p.ID)
	if err != nil {
		return err
	}
	if p.State == domain.ParcelShipped || p.State == domain.ParcelHanded {
		other, err := r.ByWaybill(p.Waybill)
		if err != nil {
			return err
		}
		if !other.Zero() && other != p.ID {
			return r.used(p)
		}
	}
	err = sqlkit.ExecOne(r.t.ctx, r.t.q, sqlkit.ErrChanged(), `UPDATE parcels SET order_id = $3, no = $4, state = $5, courier = $6, waybill = $7,
		shipped_ms = $8, handed_ms = $9, biz_day = $10, entry_seq = $11, units = $12, orders = $13, version = version + 1
		WHERE id = $1 AND version = $2`,
		p.ID, p.Version, p.Order, p.No, p.State, p.Courier, p.Waybill, p.ShippedAt, p.HandedAt, p.BizDay, p.EntrySeq, parcelUnits(p), len(ordersOf(p)))
	if err != nil {
		return err
	}
	if err := r.saveContents(was, p); err != nil {
		return err
	}
	p.Version++
	if was.State == p.State && was.Waybill == p.Waybill && was.Courier == p.Courier {
		return nil
	}
	return r.copyWaybill(p)
}

func (r parcelRepo) saveContents(was, p *domain.Parcel) error {
	oldLines, oldItems := contentRows(was)
	lines, items := contentRows(p)
	if sameRows(oldLines, lines) && sameRows(oldItems, items) {
		return nil
	}
	if err := r.deleteContents(p.ID); err != nil {
		return err
	}
	return r.insertContents(p)
}

func (r parcelRepo) deleteContents(id ids.ParcelID) error {
	if _, err := sqlkit.Exec(r.t.ctx, r.t.q, `DELETE FROM parcel_items WHERE parcel_id = $1`, id); err != nil {
		return err
	}
	_, err := sqlkit.Exec(r.t.ctx, r.t.q, `DELETE FROM parcel_lines WHERE parcel_id = $1`, id)
	return err
}

// DeletePlanned removes the planned parcels that an order leads, with their
// history (index parcels_order).
func (r parcelRepo) DeletePlanned(order ids.OrderID) error {
	planned, err := sqlkit.Rows(r.t.ctx, r.t.q, sqlkit.Value[ids.ParcelID],
		`SELECT id FROM parcels WHERE order_id = $1 AND state = 'planned' ORDER BY id`, order)
	if err != nil {
		return err
	}
	for _, id := range planned {
		if err := r.deleteContents(id); err != nil {
			return err
		}
		if _, err := sqlkit.Exec(r.t.ctx, r.t.q, `DELETE FROM shipment_events WHERE parcel_id = $1`, id); err != nil {
			return err
		}
		if _, err := sqlkit.Exec(r.t.ctx, r.t.q, `DELETE FROM parcels WHERE id = $1`, id); err != nil {
			return err
		}
	}
	return nil
}

package store

import (
	"strings"

	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/ids"
	"zhanggui/app/when"
	"zhanggui/store/sqlkit"
)

// openStages are the stages of work that is still to be done in the house.
const openStages = `('to_audit', 'exception', 'hold', 'to_ship', 'part_shipped')`

// openOrUnpaid are the stages of orders that are neither sent nor closed.
const openOrUnpaid = `('unpaid', 'to_audit', 'exception', 'hold', 'to_ship', 'part_shipped')`

func (r orderRepo) ids(query string, args ...any) ([]ids.OrderID, error) {
	return sqlkit.Rows(r.t.ctx, r.t.q, sqlkit.Value[ids.OrderID], query, args...)
}

// FindByKeys finds orders by shop and number (index: UNIQUE of shop_id, number).
func (r orderRepo) FindByKeys(keys []core.OrderKey) (map[core.OrderKey]ids.OrderID, error) {
	found := make(map[core.OrderKey]ids.OrderID, len(keys))
	byShop := map[ids.ShopID][]string{}
	for _, k := range keys {
		byShop[k.Shop] = append(byShop[k.Shop], k.Number)
	}
	for shop, numbers := range byShop {
		err := sqlkit.In(numbers, 2, func(marks string, args []any) error {
			rows, err := sqlkit.Rows(r.t.ctx, r.t.q, scanPair[string, ids.OrderID],
				`SELECT number, id FROM orders WHERE shop_id = $1 AND number IN (`+marks+`)`, append([]any{shop}, args...)...)
			for _, p := range rows {
				found[core.OrderKey{Shop: shop, Number: p.a}] = p.b
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return found, nil
}

// FindByNumber finds orders of all shops by number (index orders_number).
func (r orderRepo) FindByNumber(number string) ([]ids.OrderID, error) {
	return r.ids(`SELECT id FROM orders WHERE number = $1 ORDER BY id`, number)
}

// ToPass lists the orders to be audited in allocation order (index orders_stage).
func (r orderRepo) ToPass(limit int) ([]ids.OrderID, error) {
	return r.ids(`SELECT id FROM orders WHERE stage = 'to_audit' ORDER BY limit_ms, paid_ms, id LIMIT $1`, limit)
}

// SameBuyer gives a buyer's newest orders that are neither sent nor closed, at
// most 20 (index orders_buyer).
func (r orderRepo) SameBuyer(shop ids.ShopID, buyerKey string, not ids.OrderID) ([]ids.OrderID, error) {
	return r.ids(`SELECT id FROM orders WHERE shop_id = $1 AND buyer_key = $2 AND stage IN `+openOrUnpaid+` AND id <> $3
		ORDER BY id DESC LIMIT 20`, shop, buyerKey, not[:])
}

// OpenOfBuyers gives the orders of several buyers that are neither sent nor
// closed, newest first, by buyer key (index orders_buyer).
func (r orderRepo) OpenOfBuyers(shop ids.ShopID, buyerKeys []string) (map[string][]ids.OrderID, error) {
	found := map[string][]ids.OrderID{}
	err := sqlkit.In(unique(buyerKeys), 2, func(marks string, args []any) error {
		rows, err := sqlkit.Rows(r.t.ctx, r.t.q, scanPair[string, ids.OrderID],
			`SELECT buyer_key, id FROM orders WHERE shop_id = $1 AND buyer_key IN (`+marks+`) AND stage IN `+openOrUnpaid+`
			ORDER BY buyer_key, id DESC`, append([]any{shop}, args...)...)
		for _, p := range rows {
			found[p.a] = append(found[p.a], p.b)
		}
		return err
	})
	return found, err
}

// ReservedFor lists the orders that hold reservations of a SKU, the latest
// limit first (index reservations_sku).
func (r orderRepo) ReservedFor(warehouse string, sku ids.SKUID) ([]ids.OrderID, error) {
	return r.ids(`SELECT o.id FROM orders o WHERE o.id IN (SELECT v.order_id FROM reservations v WHERE v.sku_id = $1 AND v.warehouse = $2)
		ORDER BY o.limit_ms DESC, o.paid_ms DESC, o.id DESC`, sku, warehouse)
}

// WithCode lists the orders that are neither sent nor closed and hold an
// unmapped line with the code, the shop's or the platform's, without regard to
// case and width (indexes order_lines_unmapped, order_lines_unmapped_sku).
func (r orderRepo) WithCode(channel, code string) ([]ids.OrderID, error) {
	return r.ids(`SELECT o.id FROM orders o WHERE o.channel = $1 AND o.stage IN `+openOrUnpaid+` AND o.id IN (
		SELECT l.order_id FROM order_lines l WHERE l.sku_id IS NULL AND lower(l.code) IN ($2, $3)
		UNION SELECT m.order_id FROM order_lines m WHERE m.sku_id IS NULL AND lower(m.platform_sku) IN ($2, $3))
		ORDER BY o.limit_ms, o.paid_ms, o.id`, channel, domain.NormalCode(code), strings.ToLower(code))
}

// ShortOf lists the exception orders with an open short_stock check that want
// the SKU, in allocation order (index order_checks_code; the lines by order).
func (r orderRepo) ShortOf(sku ids.SKUID) ([]ids.OrderID, error) {
	return r.ids(`SELECT o.id FROM order_checks c JOIN orders o ON o.id = c.order_id
		WHERE c.code = 'short_stock' AND o.stage = 'exception' AND EXISTS (
			SELECT 1 FROM order_lines l LEFT JOIN line_parts p ON p.line_id = l.id
			WHERE l.order_id = o.id AND COALESCE(p.sku_id, l.sku_id) = $1 AND l.shipped_qty + l.cancel_qty < l.qty)
		ORDER BY o.limit_ms, o.paid_ms, o.id`, sku)
}

// HoldsDue lists the held orders whose hold ended (index orders_stage by stage:
// few orders are held).
func (r orderRepo) HoldsDue(now when.Millis) ([]ids.OrderID, error) {
	return r.ids(`SELECT id FROM orders WHERE stage = 'hold' AND hold_until_ms > 0 AND hold_until_ms <= $1
		ORDER BY limit_ms, paid_ms, id`, now)
}

// InMerge lists the orders of a merged parcel (index orders_merge).
func (r orderRepo) InMerge(lead ids.OrderID) ([]ids.OrderID, error) {
	return r.ids(`SELECT id FROM orders WHERE merge_id = $1 ORDER BY id`, lead)
}

// Conflicts gives the contradictions of an order, resolved ones too (index contradictions_order).
func (r orderRepo) Conflicts(order ids.OrderID) ([]core.Contradiction, error) {
	return sqlkit.Rows(r.t.ctx, r.t.q, func(s sqlkit.Scanner) (core.Contradiction, error) {
		var c core.Contradiction
		err := s.Scan(&c.Seq, &c.Order, &c.Import, &c.At, &c.Fact, &c.Ours, &c.Theirs, &c.ResolvedAt)
		return c, err
	}, `SELECT seq, order_id, import_id, at_ms, fact, ours, theirs, resolved_ms FROM contradictions WHERE order_id = $1 ORDER BY seq`, order)
}

// OpenConflicts lists the open contradictions of an import with their orders.
// Conflict rows are few, so a walk will do.
func (r orderRepo) OpenConflicts(imp ids.ImportID) ([]core.OpenConflict, error) {
	return sqlkit.Rows(r.t.ctx, r.t.q, func(s sqlkit.Scanner) (core.OpenConflict, error) {
		var c core.OpenConflict
		err := s.Scan(&c.Seq, &c.Order, &c.Import, &c.At, &c.Fact, &c.Ours, &c.Theirs, &c.ResolvedAt, &c.Number, &c.Channel)
		return c, err
	}, `SELECT c.seq, c.order_id, c.import_id, c.at_ms, c.fact, c.ours, c.theirs, c.resolved_ms, o.number, o.channel
		FROM contradictions c JOIN orders o ON o.id = c.order_id WHERE c.import_id = $1 AND c.resolved_ms = 0 ORDER BY c.seq LIMIT 500`, imp)
}

// unique drops repeated keys and keeps the order of the rest.
func unique[K comparable](keys []K) []K {
	seen := make(map[K]bool, len(keys))
	list := make([]K, 0, len(keys))
	for _, k := range keys {
		if !seen[k] {
			seen[k] = true
			list = append(list, k)
		}
	}
	return list
}

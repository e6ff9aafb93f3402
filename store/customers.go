package store

import (
	"sort"

	"zhanggui/app/domain"
	"zhanggui/app/ids"
	"zhanggui/store/sqlkit"
)

// FindMany finds customers of a channel by buyer key (index: UNIQUE of channel, buyer_key).
func (r customerRepo) FindMany(channel string, keys []string) (map[string]ids.CustomerID, error) {
	found := make(map[string]ids.CustomerID, len(keys))
	err := sqlkit.In(unique(keys), 2, func(marks string, args []any) error {
		rows, err := sqlkit.Rows(r.t.ctx, r.t.q, scanPair[string, ids.CustomerID],
			`SELECT buyer_key, id FROM customers WHERE channel = $1 AND buyer_key IN (`+marks+`)`, append([]any{channel}, args...)...)
		for _, p := range rows {
			found[p.a] = p.b
		}
		return err
	})
	return found, err
}

// customerWiden keeps the newest name, phone and place that say something, the
// first and last day, and adds orders and amount.
const customerWiden = ` ON CONFLICT (channel, buyer_key) DO UPDATE SET
	name = CASE WHEN excluded.name <> '' AND excluded.last_day >= customers.last_day THEN excluded.name ELSE customers.name END,
	phone = CASE WHEN excluded.phone <> '' AND excluded.last_day >= customers.last_day THEN excluded.phone ELSE customers.phone END,
	province = CASE WHEN excluded.province <> '' AND excluded.last_day >= customers.last_day THEN excluded.province ELSE customers.province END,
	city = CASE WHEN excluded.city <> '' AND excluded.last_day >= customers.last_day THEN excluded.city ELSE customers.city END,
	first_day = CASE WHEN excluded.first_day <> '' AND (customers.first_day = '' OR excluded.first_day < customers.first_day)
		THEN excluded.first_day ELSE customers.first_day END,
	last_day = CASE WHEN excluded.last_day > customers.last_day THEN excluded.last_day ELSE customers.last_day END,
	orders = customers.orders + excluded.orders, paid_fen = customers.paid_fen + excluded.paid_fen`

// Upsert adds customers or widens what is known of them. Orders and PaidFen
// are added to the kept sums and may be negative (undo of an import). The id of
// a customer that is there already stays.
func (r customerRepo) Upsert(list []domain.Customer) error {
	rows := make([][]any, 0, len(list))
	for _, c := range joinCustomers(list) {
		rows = append(rows, []any{c.ID, c.Channel, c.BuyerKey, c.Name, c.Phone, c.Province, c.City, c.FirstDay, c.LastDay, c.Orders, c.PaidFen})
	}
	_, err := sqlkit.InsertMany(r.t.ctx, r.t.q, "customers",
		[]string{"id", "channel", "buyer_key", "name", "phone", "province", "city", "first_day", "last_day", "orders", "paid_fen"}, customerWiden, rows)
	return err
}

// joinCustomers makes one of several mentions of a buyer, because a statement
// may touch a row only once, and sorts them, so that desks lock in one order.
func joinCustomers(list []domain.Customer) []domain.Customer {
	at := map[[2]string]int{}
	var joined []domain.Customer
	for _, c := range list {
		key := [2]string{c.Channel, c.BuyerKey}
		i, known := at[key]
		if !known {
			at[key] = len(joined)
			joined = append(joined, c)
			continue
		}
		joined[i] = widen(joined[i], c)
	}
	sort.Slice(joined, func(i, j int) bool {
		if joined[i].Channel != joined[j].Channel {
			return joined[i].Channel < joined[j].Channel
		}
		return joined[i].BuyerKey < joined[j].BuyerKey
	})
	return joined
}

// widen does in Go what customerWiden does in SQL.
func widen(old, c domain.Customer) domain.Customer {
	if c.LastDay >= old.LastDay {
		old.Name, old.Phone = or(c.Name, old.Name), or(c.Phone, old.Phone)
		old.Province, old.City = or(c.Province, old.Province), or(c.City, old.City)
		old.LastDay = c.LastDay
	}
	if c.FirstDay != "" && (old.FirstDay == "" || c.FirstDay < old.FirstDay) {
		old.FirstDay = c.FirstDay
	}
	old.Orders += c.Orders
	old.PaidFen += c.PaidFen
	return old
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

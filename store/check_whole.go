package store

import "zhanggui/store/sqlkit"

// checkWhole looks for orders that lack a part of theirs or are tied to what is
// not there; buyers' sums are added up in full checks only.
func (c *checking) checkWhole() error {
	f := c.finding("I10 orders have receiver and platform facts")
	for _, table := range []string{"receivers", "platform_facts"} {
		orders, err := c.number(`SELECT COUNT(id) FROM orders`)
		if err != nil {
			return err
		}
		parts, err := c.number(`SELECT COUNT(order_id) FROM ` + table)
		if err != nil {
			return err
		}
		f.count += orders
		if orders == parts { // each refers to another order: the keys see to that
			continue
		}
		err = c.each(func(row sqlkit.Scanner) error {
			number, err := sqlkit.Value[string](row)
			f.broke("order", number, table, "missing")
			return err
		}, `SELECT o.number FROM orders o WHERE NOT EXISTS (SELECT 1 FROM `+table+` t WHERE t.order_id = o.id) ORDER BY o.number`)
		if err != nil {
			return err
		}
	}
	if err := c.checkMerges(); err != nil || !c.full {
		return err
	}
	return c.checkBuyers()
}

// checkMerges: the leading order of a merged parcel is one of its own.
func (c *checking) checkMerges() error {
	f := c.finding("I10 merged orders have their lead")
	return c.each(func(row sqlkit.Scanner) error {
		var number string
		var whole bool
		err := row.Scan(&number, &whole)
		f.count++
		if !whole {
			f.broke("order", number, "lead", "missing")
		}
		return err
	}, `SELECT o.number, EXISTS (SELECT 1 FROM orders m WHERE m.id = o.merge_id AND m.merge_id = m.id AND m.shop_id = o.shop_id)
		FROM orders o WHERE o.merge_id IS NOT NULL ORDER BY o.number`)
}

// checkBuyers is the buyers' half of I8: number and amount of their orders.
func (c *checking) checkBuyers() error {
	f := c.finding("I8 customers = orders")
	n, err := c.number(`SELECT COUNT(id) FROM customers`)
	if err != nil {
		return err
	}
	f.count = n
	return c.each(func(row sqlkit.Scanner) error {
		var channel, buyer string
		var kept, orders, keptFen, ordersFen int64
		err := row.Scan(&channel, &buyer, &kept, &keptFen, &orders, &ordersFen)
		f.broke("channel", channel, "buyer", buyer, "kept", kept, "orders", orders, "kept_fen", keptFen, "orders_fen", ordersFen)
		return err
	}, `SELECT c.channel, c.buyer_key, c.orders, c.paid_fen, COALESCE(o.n, 0), COALESCE(o.fen, 0) FROM customers c
		LEFT JOIN (SELECT customer_id, COUNT(*) AS n, CAST(SUM(paid_fen) AS BIGINT) AS fen FROM orders WHERE customer_id IS NOT NULL GROUP BY customer_id) o
		ON o.customer_id = c.id WHERE c.orders <> COALESCE(o.n, 0) OR c.paid_fen <> COALESCE(o.fen, 0) ORDER BY c.channel, c.buyer_key`)
}

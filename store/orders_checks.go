package store

import (
	"zhanggui/app/domain"
	"zhanggui/store/sqlkit"
)

// Blocked counts the exception orders by their blocking checks that nobody
// released (index orders_stage, then the key of order_checks); an order with two
// checks counts in both.
func (r orderRepo) Blocked() (map[domain.CheckCode]int64, error) {
	rows, err := sqlkit.Rows(r.t.ctx, r.t.q, scanPair[domain.CheckCode, int64],
		`SELECT c.code, CAST(COUNT(*) AS BIGINT) FROM orders o JOIN order_checks c ON c.order_id = o.id
		WHERE o.stage = 'exception' AND c.blocking AND NOT c.released GROUP BY c.code`)
	counts := make(map[domain.CheckCode]int64, len(rows))
	for _, p := range rows {
		counts[p.a] = p.b
	}
	return counts, err
}

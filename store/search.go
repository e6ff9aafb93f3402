package store

import (
	"strconv"
	"strings"

	"zhanggui/app/ids"
	"zhanggui/store/sqlkit"
)

// exactLimit is the most orders that a search by an index shows: more is no search.
const exactLimit = 200

// searchOrders narrows the list to a search text. First what an index finds:
// number (whole, or its first digits), waybill, buyer, phone tail. When that
// finds nothing, the orders that contain every word in number, waybill, goods
// or the receiver's name.
func (r orderRepo) searchOrders(p *picked, search string) error {
	search = strings.TrimSpace(search)
	found, err := r.exactOrders(search)
	if err != nil {
		return err
	}
	if len(found) > 0 {
		p.oneOf(found)
		return nil
	}
	words := strings.Fields(search)
	found, few, err := r.containing(longest(words))
	if err != nil {
		return err
	}
	if few {
		p.oneOf(found)
	}
	if !few || len(words) > 1 {
		p.needs["r"] = true
		p.like(search, "o.number", "o.waybill", "o.goods_text", "r.name")
	}
	return nil
}

// oneOf keeps the orders of a list. The texts of the statements stay few because
// In's lengths are rounded.
func (p *picked) oneOf(found []ids.OrderID) {
	conds := make([]string, 0, 1)
	var args []any
	_ = sqlkit.In(found, 1, func(_ string, values []any) error { // fn gives no error
		conds = append(conds, `o.id IN (`+sqlMarks(len(values))+`)`)
		args = append(args, values...)
		return nil
	})
	if len(conds) == 0 {
		conds = append(conds, "1 = 0")
	}
	p.w.Any(conds, args...)
}

func longest(words []string) string {
	best := ""
	for _, w := range words {
		if len(w) > len(best) {
			best = w
		}
	}
	return best
}

// exactOrders finds by indexes: orders_number, orders_waybill, parcels_waybill,
// orders_buyer, receivers_tail.
func (r orderRepo) exactOrders(search string) ([]ids.OrderID, error) {
	all, err := r.ids(`SELECT id FROM orders WHERE number = $1
		UNION SELECT id FROM orders WHERE waybill = $2 AND waybill <> ''
		UNION SELECT order_id FROM parcel_lines WHERE parcel_id IN (SELECT id FROM parcels WHERE waybill = $3 AND state IN ('shipped', 'handed_over'))
		UNION SELECT id FROM orders WHERE shop_id IN (SELECT id FROM shops) AND buyer_key = $4`, search, search, search, search)
	if err != nil {
		return nil, err
	}
	if len(search) >= 4 && digits(search) {
		tailed, err := r.ids(`SELECT order_id FROM receivers WHERE phone_tail = $1 AND phone LIKE $2 ESCAPE '\' ORDER BY order_id DESC LIMIT $3`,
			search[len(search)-4:], sqlkit.Contains(search), exactLimit)
		if err != nil {
			return nil, err
		}
		all = append(all, tailed...)
	}
	if next, ok := nextPrefix(search); ok && len(all) == 0 {
		return r.ids(`SELECT id FROM orders WHERE number >= $1 AND number < $2 ORDER BY number LIMIT $3`, search, next, exactLimit)
	}
	return unique(all), nil
}

func digits(s string) bool {
	for _, b := range []byte(s) {
		if b < '0' || b > '9' {
			return false
		}
	}
	return s != ""
}

// nextPrefix gives the first text after all numbers that begin with these
// digits, which sort alike under every collation; not for 999.
func nextPrefix(search string) (string, bool) {
	if len(search) < 4 || len(search) > 18 || !digits(search) || search[0] == '0' {
		return "", false
	}
	n, err := strconv.ParseInt(search, 10, 64)
	next := strconv.FormatInt(n+1, 10)
	return next, err == nil && len(next) == len(search)
}

// Bounds of containing: beyond them a word is so common that walking the list
// finds a page of it at once.
const (
	fewOrders = 2000
	fewTexts  = 500
	allTexts  = 20_000 // distinct goods texts that are looked through
)

// goodsTexts steps through the distinct goods texts (index orders_goods): a shop
// has some thousands, however many orders it has.
const goodsTexts = `WITH RECURSIVE t(x, n) AS (
	SELECT MIN(goods_text), 1 FROM orders
	UNION ALL SELECT (SELECT MIN(o.goods_text) FROM orders o WHERE o.goods_text > t.x), t.n + 1 FROM t WHERE t.x IS NOT NULL AND t.n <= $1)
	SELECT x, n FROM t WHERE x IS NOT NULL`

// containing finds the orders that contain a word, by walking indexes that hold
// all that is compared: receivers_name, orders_goods, and for letters and digits
// orders_number and orders_waybill. few is false when there are too many of them
// or too many texts to look through.
func (r orderRepo) containing(word string) (found []ids.OrderID, few bool, err error) {
	pattern := sqlkit.Contains(word)
	queries := []string{`SELECT order_id FROM receivers WHERE ` + contains("name", word) + ` LIMIT $2`}
	if ascii(word) {
		queries = append(queries, `SELECT id FROM orders WHERE `+contains("number", word)+` LIMIT $2`,
			`SELECT id FROM orders WHERE waybill <> '' AND `+contains("waybill", word)+` LIMIT $2`)
	}
	for _, query := range queries {
		list, err := r.ids(query, pattern, fewOrders+1)
		if err != nil || len(list) > fewOrders {
			return nil, false, err
		}
		found = append(found, list...)
	}
	texts, few, err := r.goodsContaining(word)
	if err != nil || !few {
		return nil, false, err
	}
	err = sqlkit.In(texts, 2, func(marks string, args []any) error {
		list, err := r.ids(`SELECT id FROM orders WHERE goods_text IN (`+marks+`) LIMIT $1`, append([]any{fewOrders + 1}, args...)...)
		found = append(found, list...)
		return err
	})
	return unique(found), len(found) <= fewOrders, err
}

// goodsContaining lists the goods texts that contain a word; few is false when
// there are too many of them or not all could be looked through.
func (r orderRepo) goodsContaining(word string) (texts []string, few bool, err error) {
	few = true
	fold := strings.ToLower(word)
	err = sqlkit.Each(r.t.ctx, r.t.q, func(s sqlkit.Scanner) error {
		var text string
		var n int
		if err := s.Scan(&text, &n); err != nil {
			return err
		}
		few = few && n <= allTexts
		if strings.Contains(strings.ToLower(text), fold) {
			texts = append(texts, text)
		}
		return nil
	}, goodsTexts, allTexts)
	return texts, few && len(texts) <= fewTexts, err
}

// contains compares without regard to case where the word has any: folding
// costs more than comparing.
func contains(column, word string) string {
	if strings.ToLower(word) == strings.ToUpper(word) {
		return column + ` LIKE $1 ESCAPE '\'`
	}
	return `lower(` + column + `) LIKE lower($1) ESCAPE '\'`
}

func ascii(s string) bool {
	for _, b := range []byte(s) {
		if b >= 0x80 {
			return false
		}
	}
	return true
}

package store

import (
	"strconv"
	"strings"
	"unicode"

	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/ids"
	"zhanggui/store/sqlkit"
)

// Bounds of a search: whatever is typed, it is answered in a bounded number of
// steps, because it is answered at every key.
const (
	exactLimit  = 200    // most orders shown for a number: more is no search
	foundLimit  = 1000   // most orders gathered for a word
	narrowLimit = 10_000 // a chip with no more orders is simply walked
	walkLimit   = 50_000 // so is one with no more when a word is found too often
	textLimit   = 500    // most goods texts or names looked up for a word
	stepLimit   = 5000   // most distinct goods texts or names looked through
	newestLimit = 10_000 // orders entered last, whose every text is looked through
)

// searchOrders narrows the list to a search text. First what an index finds
// exactly: number (whole, or its first digits), waybill, buyer, phone tail. Then
// the orders that contain every word in number, waybill, goods or the
// receiver's name:
//
//   - in the work that is open and in small chips, anywhere;
//   - in all of history, numbers, waybills and names that begin with it, goods
//     and names that contain it as long as there are not too many different
//     ones, and anything that contains it among the newest 10,000;
//   - when that gave nothing, anywhere in history.
//
// A word that is found more than a thousand times shows the newest, or the ones
// that the other conditions leave.
func (r orderRepo) searchOrders(p *picked, q core.Query) error {
	search := strings.TrimSpace(q.Search)
	found, err := r.exactOrders(search)
	if err != nil {
		return err
	}
	if len(found) > 0 {
		p.oneOf(found)
		return nil
	}
	left, err := r.chipRows(q.Chip)
	if err != nil {
		return err
	}
	words := strings.Fields(search)
	if q.Chip != "" && left <= narrowLimit || len(words) == 0 {
		p.contains(search)
		return nil
	}
	found, whole, err := r.findWords(words)
	if err != nil {
		return err
	}
	if !whole && (len(q.Conds) > 0 || left <= walkLimit) {
		p.contains(search) // what the conditions leave is not all among the newest
		return nil
	}
	p.oneOf(found)
	if len(words) > 1 {
		p.contains(search)
	}
	return nil
}

// contains asks for every word in number, waybill, goods or the receiver's name.
func (p *picked) contains(search string) {
	p.needs["r"] = true
	p.like(search, "o.number", "o.waybill", "o.goods_text", "r.name")
}

// chipRows tells how many orders a chip leaves at most.
func (r orderRepo) chipRows(chip string) (int64, error) {
	counts, err := r.t.stageCounts()
	var n int64
	for _, c := range counts {
		closed := history[c.Stage]
		if chip == "" || string(c.Stage) == chip || !closed && !history[domain.Stage(chip)] {
			n += c.N
		}
	}
	return n, err
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

// findWords finds the orders that hold every word, or, when there are several
// words, some orders among which they are. whole is false when there may be more.
func (r orderRepo) findWords(words []string) (found []ids.OrderID, whole bool, err error) {
	known := &knownTexts{}
	if len(words) > 1 { // all of them in one text, which each word alone finds too often
		f := &wordSearch{r: r, texts: known}
		if err := f.inGoods(words...); err != nil {
			return nil, false, err
		}
		found = f.found
		if f.cut {
			return unique(found), false, nil
		}
	}
	for _, word := range words {
		f := &wordSearch{r: r, word: word, texts: known}
		if err := f.run(); err != nil {
			return nil, false, err
		}
		if !f.cut {
			return f.found, true, nil
		}
		found = append(found, f.found...)
	}
	return unique(found), false, nil
}

// knownTexts are the distinct goods texts and names of all orders, up to stepLimit,
// read when the first word needs them.
type knownTexts struct {
	goods, names         []string
	goodsRest, namesRest bool // there are more
	goodsRead, namesRead bool
}

// holding gives the texts that contain every word, without regard to case.
func holding(list []string, words ...string) []string {
	var found []string
	for _, text := range list {
		fold, all := strings.ToLower(text), true
		for _, word := range words {
			all = all && strings.Contains(fold, strings.ToLower(word))
		}
		if all {
			found = append(found, text)
		}
	}
	return found
}

// wordSearch gathers the orders that hold one word.
type wordSearch struct {
	r     orderRepo
	word  string
	texts *knownTexts
	found []ids.OrderID
	cut   bool // a bound was reached: there may be more
}

// run takes the routes that the word's letters allow.
func (f *wordSearch) run() error {
	steps := []func() error{func() error { return f.inGoods(f.word) }, f.inNames, f.inNewest}
	if ascii(f.word) {
		steps = append([]func() error{f.numbersFrom}, steps...)
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	if len(f.found) == 0 {
		return f.everywhere()
	}
	f.found = unique(f.found)
	return nil
}

// full tells that more than enough is found; what is left out then is noted.
func (f *wordSearch) full() bool {
	f.cut = f.cut || len(f.found) > foundLimit
	return len(f.found) > foundLimit
}

// add runs a query of ids whose last argument is the limit.
func (f *wordSearch) add(query string, args ...any) error {
	if f.full() {
		return nil
	}
	list, err := f.r.ids(query, append(args, foundLimit+1)...)
	f.found = append(f.found, list...)
	f.cut = f.cut || len(list) > foundLimit
	return err
}

// numbersFrom adds the numbers and waybills that begin with the word, the highest
// first (indexes orders_number, orders_waybill).
func (f *wordSearch) numbersFrom() error {
	for _, word := range unique([]string{f.word, strings.ToUpper(f.word)}) {
		cond, args := f.r.t.begins("number", word)
		if err := f.add(`SELECT id FROM orders WHERE `+cond+` ORDER BY number DESC LIMIT $3`, args...); err != nil {
			return err
		}
		cond, args = f.r.t.begins("waybill", word)
		if err := f.add(`SELECT id FROM orders WHERE waybill <> '' AND `+cond+` ORDER BY waybill DESC LIMIT $3`, args...); err != nil {
			return err
		}
	}
	return nil
}

// begins gives the condition, with $1 and $2, that a column begins with a text.
// SQLite compares bytes, so that a range of its index holds them; the order of
// a PostgreSQL database may be any.
func (t *tx) begins(column, word string) (cond string, args []any) {
	if t.eng == "postgres" {
		return `starts_with(` + column + `, $1) AND $2 <> ''`, []any{word, word}
	}
	return column + ` >= $1 AND ` + column + ` < $2`, []any{word, word + string(unicode.MaxRune)}
}

// Stepping through the distinct texts of an index (orders_goods, receivers_name):
// a shop has some thousands of goods texts, however many orders it has.
const (
	goodsTexts = `WITH RECURSIVE t(x, n) AS (
	SELECT MIN(goods_text), 1 FROM orders
	UNION ALL SELECT (SELECT MIN(o.goods_text) FROM orders o WHERE o.goods_text > t.x), t.n + 1 FROM t WHERE t.x IS NOT NULL AND t.n <= $1)
	SELECT x, n FROM t WHERE x IS NOT NULL`
	nameTexts = `WITH RECURSIVE t(x, n) AS (
	SELECT MIN(name), 1 FROM receivers
	UNION ALL SELECT (SELECT MIN(o.name) FROM receivers o WHERE o.name > t.x), t.n + 1 FROM t WHERE t.x IS NOT NULL AND t.n <= $1)
	SELECT x, n FROM t WHERE x IS NOT NULL`
)

const (
	ordersOfGoods = `SELECT id FROM orders WHERE goods_text = $1 ORDER BY id DESC LIMIT $2`
	ordersOfName  = `SELECT order_id FROM receivers WHERE name = $1 ORDER BY order_id DESC LIMIT $2`
)

// inGoods adds the orders whose first line's text contains the words.
func (f *wordSearch) inGoods(words ...string) error {
	t := f.texts
	if f.full() {
		return nil
	}
	if !t.goodsRead {
		var err error
		if t.goods, t.goodsRest, err = f.distinct(goodsTexts); err != nil {
			return err
		}
		t.goodsRead = true
	}
	return f.ofTexts(holding(t.goods, words...), ordersOfGoods)
}

// inNames adds the orders of receivers whose name contains the word; where
// there are too many different names, those that begin with it. Digits are no name.
func (f *wordSearch) inNames() error {
	t := f.texts
	if digits(f.word) || f.full() {
		return nil
	}
	if !t.namesRead {
		var err error
		if t.names, t.namesRest, err = f.distinct(nameTexts); err != nil {
			return err
		}
		t.namesRead = true
	}
	if !t.namesRest {
		return f.ofTexts(holding(t.names, f.word), ordersOfName)
	}
	cond, args := f.r.t.begins("name", f.word)
	return f.add(`SELECT order_id FROM receivers WHERE `+cond+` ORDER BY name DESC LIMIT $3`, args...)
}

// distinct steps through the texts of an index; rest tells that there are more
// than may be looked through.
func (f *wordSearch) distinct(query string) (list []string, rest bool, err error) {
	rows, err := sqlkit.Rows(f.r.t.ctx, f.r.t.q, scanPair[string, int], query, stepLimit)
	for _, p := range rows {
		list = append(list, p.a)
		rest = rest || p.b > stepLimit
	}
	return list, rest, err
}

// ofTexts adds the newest orders of each text, as many of each as there is room
// for. query takes a text and a limit.
func (f *wordSearch) ofTexts(texts []string, query string) error {
	if len(texts) > textLimit {
		texts, f.cut = texts[:textLimit], true
	}
	each := foundLimit/max(len(texts), 1) + 1
	for _, text := range texts {
		list, err := f.r.ids(query, text, each)
		if err != nil {
			return err
		}
		f.found = append(f.found, list...)
		f.cut = f.cut || len(list) == each
	}
	return nil
}

// inNewest looks through the orders entered last for what the other routes may
// have left out (primary keys: ids rise with the time of entering).
func (f *wordSearch) inNewest() error {
	if f.full() {
		return nil
	}
	from, err := f.r.ids(`SELECT id FROM orders ORDER BY id DESC LIMIT 1 OFFSET $1`, newestLimit)
	if err != nil {
		return err
	}
	after := []byte{}
	if len(from) > 0 {
		after = from[0][:]
	}
	if columns := f.columns(); len(columns) > 0 {
		conds, args := f.likes(columns, []any{after})
		if err := f.add(`SELECT id FROM orders WHERE id > $1 AND (`+conds+`) ORDER BY id DESC LIMIT `+mark(len(args)+1), args...); err != nil {
			return err
		}
	}
	if !f.namesMissed() {
		return nil
	}
	conds, args := f.likes([]string{"name"}, []any{after})
	return f.add(`SELECT order_id FROM receivers WHERE order_id > $1 AND `+conds+` ORDER BY order_id DESC LIMIT `+mark(len(args)+1), args...)
}

// everywhere looks through all of history for what the other routes have left
// out, entry by entry of the indexes: the last resort, so that what is there is
// found.
func (f *wordSearch) everywhere() error {
	for _, column := range f.columns() {
		conds, args := f.likes([]string{column}, nil)
		if column == "waybill" {
			conds += ` AND waybill <> ''` // the condition of its index
		}
		if err := f.add(`SELECT id FROM orders WHERE `+conds+` LIMIT `+mark(len(args)+1), args...); err != nil {
			return err
		}
	}
	if !f.namesMissed() {
		return nil
	}
	conds, args := f.likes([]string{"name"}, nil)
	return f.add(`SELECT order_id FROM receivers WHERE `+conds+` LIMIT `+mark(len(args)+1), args...)
}

// columns are those of orders in which the word may stand without having been found.
func (f *wordSearch) columns() []string {
	var list []string
	if ascii(f.word) {
		list = append(list, "number", "waybill")
	}
	if f.texts.goodsRest {
		list = append(list, "goods_text")
	}
	return list
}

// namesMissed tells whether names were only compared at their beginning.
func (f *wordSearch) namesMissed() bool { return f.texts.namesRest && !digits(f.word) }

// likes asks for the word in one of the columns, with the arguments behind args.
func (f *wordSearch) likes(columns []string, args []any) (string, []any) {
	conds := make([]string, len(columns))
	for i, column := range columns {
		args = append(args, sqlkit.Contains(f.word))
		conds[i] = like(column, mark(len(args)), f.word)
	}
	return strings.Join(conds, " OR "), args
}

func mark(n int) string { return "$" + strconv.Itoa(n) }

// like compares without regard to case where the word has any: folding costs
// more than comparing.
func like(column, mark, word string) string {
	if strings.ToLower(word) == strings.ToUpper(word) {
		return column + ` LIKE ` + mark + ` ESCAPE '\'`
	}
	return `lower(` + column + `) LIKE lower(` + mark + `) ESCAPE '\'`
}

func ascii(s string) bool {
	for _, b := range []byte(s) {
		if b >= 0x80 {
			return false
		}
	}
	return true
}

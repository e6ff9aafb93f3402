package store

import (
	"strings"

	"zhanggui/app/core"
	"zhanggui/app/ids"
	"zhanggui/store/sqlkit"
)

// Bounds of a recall: it is answered at every key, whatever is typed.
const (
	recallPart  = 4    // letters of a number that are enough to look for its beginning or end
	recallMost  = 50   // most rows of one answer
	recallNames = 5000 // newest receivers whose names are looked through where there are too many names
)

// Recall finds the orders a person means by a scrap of a number: the whole
// number or waybill, their beginning, and their end among the orders entered
// last; with persons the last digits of a phone too. Newest first. Each step is
// an index or the newest orders: nothing here walks history.
func (r orderRepo) Recall(text string, persons bool, limit int) ([]core.OrderRow, error) {
	limit = min(limit, recallMost)
	found, err := r.ids(`SELECT id FROM orders WHERE number = $1
		UNION SELECT id FROM orders WHERE waybill = $2 AND waybill <> ''
		UNION SELECT order_id FROM parcel_lines WHERE parcel_id IN (SELECT id FROM parcels WHERE waybill = $3 AND state IN ('shipped', 'handed_over'))`,
		text, text, text)
	if err != nil {
		return nil, err
	}
	if len(found) == 0 && partOfNumber(text) {
		if found, err = r.recallPart(text, persons, limit); err != nil {
			return nil, err
		}
	}
	return r.newest(found, limit)
}

// partOfNumber tells whether a text can be a part of an order number or a
// waybill: letters and at least one digit, no blank.
func partOfNumber(text string) bool {
	return len(text) >= recallPart && ascii(text) && strings.ContainsAny(text, "0123456789") && !strings.ContainsAny(text, " \t")
}

// recallPart looks for numbers, waybills and phones of which the text is a part.
func (r orderRepo) recallPart(text string, persons bool, limit int) ([]ids.OrderID, error) {
	var found []ids.OrderID
	add := func(query string, args ...any) error {
		list, err := r.ids(query, append(args, limit)...)
		found = append(found, list...)
		return err
	}
	if persons && digits(text) {
		if err := add(`SELECT order_id FROM receivers WHERE phone_tail = $1 AND phone LIKE $2 ESCAPE '\' ORDER BY order_id DESC LIMIT $3`,
			text[len(text)-4:], sqlkit.Contains(text)); err != nil {
			return nil, err
		}
	}
	for _, word := range unique([]string{text, strings.ToUpper(text)}) {
		cond, args := r.t.begins("number", word)
		if err := add(`SELECT id FROM orders WHERE `+cond+` ORDER BY number DESC LIMIT $3`, args...); err != nil {
			return nil, err
		}
		cond, args = r.t.begins("waybill", word)
		if err := add(`SELECT id FROM orders WHERE waybill <> '' AND `+cond+` ORDER BY waybill DESC LIMIT $3`, args...); err != nil {
			return nil, err
		}
	}
	from, err := r.ids(`SELECT id FROM orders ORDER BY id DESC LIMIT 1 OFFSET $1`, newestLimit)
	if err != nil {
		return nil, err
	}
	after := []byte{}
	if len(from) > 0 {
		after = from[0][:]
	}
	end := sqlkit.Ends(text)
	err = add(`SELECT id FROM orders WHERE id > $1 AND (`+like("number", "$2", text)+` OR `+like("waybill", "$3", text)+`)
		ORDER BY id DESC LIMIT $4`, after, end, end)
	return unique(found), err
}

// newest gives the rows of those orders, the one entered last first.
func (r orderRepo) newest(found []ids.OrderID, limit int) ([]core.OrderRow, error) {
	if len(found) == 0 {
		return nil, nil
	}
	p, err := orderList.pick(r.t, core.Query{})
	if err != nil {
		return nil, err
	}
	p.oneOf(unique(found))
	p.order = []ord{{"o.id", true}}
	return pageOf[core.OrderRow](p, core.Page{Limit: limit})
}

// RecallPeople finds receivers by name and gives the newest order of each, the
// latest first. match tells whether a name is meant. Where a shop has more than
// stepLimit different names, the names of its newest orders are asked, and
// those that begin with the text.
func (r orderRepo) RecallPeople(match func(name string) bool, begins string, limit int) ([]core.OrderRow, error) {
	names, err := r.someNames(begins)
	if err != nil {
		return nil, err
	}
	var found []ids.OrderID
	for _, name := range names {
		if name == "" || !match(name) {
			continue
		}
		list, err := r.ids(ordersOfName, name, 1)
		if err != nil {
			return nil, err
		}
		if found = append(found, list...); len(found) >= recallMost {
			break
		}
	}
	return r.newest(found, min(limit, recallMost))
}

// someNames gives all receivers' names, or, where there are too many different
// ones, those of the newest orders and those that begin with the text.
func (r orderRepo) someNames(begins string) ([]string, error) {
	t := &knownTexts{}
	f := &wordSearch{r: r, texts: t}
	var err error
	if t.names, t.namesRest, err = f.distinct(nameTexts); err != nil || !t.namesRest {
		return t.names, err
	}
	cond, args := r.t.begins("name", begins)
	first, err := sqlkit.Rows(r.t.ctx, r.t.q, sqlkit.Value[string], `SELECT DISTINCT name FROM receivers WHERE `+cond+` LIMIT $3`, append(args, recallMost)...)
	if err != nil {
		return nil, err
	}
	newest, err := sqlkit.Rows(r.t.ctx, r.t.q, sqlkit.Value[string],
		`SELECT name FROM (SELECT name, order_id FROM receivers ORDER BY order_id DESC LIMIT $1) n ORDER BY order_id DESC`, recallNames)
	return unique(append(first, newest...)), err
}

// Recall finds parcels by waybill: the whole number, its beginning, and its end
// among the parcels recorded last. Newest first; voided ones are left out.
func (r parcelRepo) Recall(text string, limit int) ([]core.ParcelRow, error) {
	limit = min(limit, recallMost)
	const inUse = `state IN ('shipped', 'handed_over')`
	list := func(query string, args ...any) ([]ids.ParcelID, error) {
		return sqlkit.Rows(r.t.ctx, r.t.q, sqlkit.Value[ids.ParcelID], query, args...)
	}
	found, err := list(`SELECT id FROM parcels WHERE `+inUse+` AND waybill = $1`, text)
	if err != nil {
		return nil, err
	}
	if len(found) == 0 && partOfNumber(text) {
		for _, word := range unique([]string{text, strings.ToUpper(text)}) {
			cond, args := r.t.begins("waybill", word)
			more, err := list(`SELECT id FROM parcels WHERE `+inUse+` AND `+cond+` ORDER BY waybill DESC LIMIT $3`, append(args, limit)...)
			if err != nil {
				return nil, err
			}
			found = append(found, more...)
		}
		more, err := list(`SELECT id FROM (SELECT id, waybill, state FROM parcels ORDER BY id DESC LIMIT $1) n
			WHERE `+inUse+` AND `+like("waybill", "$2", text)+` ORDER BY id DESC LIMIT $3`, newestLimit, sqlkit.Ends(text), limit)
		if err != nil {
			return nil, err
		}
		found = append(found, more...)
	}
	if len(found) == 0 {
		return nil, nil
	}
	p, err := parcelList.pick(r.t, core.Query{})
	if err != nil {
		return nil, err
	}
	keys := unique(found)
	args := make([]any, len(keys))
	for i, id := range keys {
		args[i] = id
	}
	p.w.Add(`p.id IN (`+sqlMarks(len(args))+`)`, args...)
	p.order = []ord{{"p.id", true}}
	return pageOf[core.ParcelRow](p, core.Page{Limit: limit})
}

package dash

import (
	"slices"
	"strconv"

	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/when"
)

// nearLimit is how long before its limit an order is near it (LOOK §5: 44 of 48 h).
const nearLimit = 4 * when.Hour

func cond(field, op, value string) core.Cond { return core.Cond{Field: field, Op: op, Value: value} }

func at(field, op string, m when.Millis) core.Cond {
	return cond(field, op, strconv.FormatInt(int64(m), 10))
}

// passed keeps orders that service has not let through out of the open ones.
var passed = []core.Cond{
	cond("stage", "!=", string(domain.StageToAudit)), cond("stage", "!=", string(domain.StageException)), cond("stage", "!=", string(domain.StageHold)),
}

// first counts the orders of a query and names the one that is due first.
func (d desk) first(kind Kind, q core.Query) (Item, error) {
	q.Totals, q.Page.Limit = true, 1
	page, err := d.r.Orders().List(q, d.now)
	item := Item{Kind: kind, N: int64(max(page.Total, 0))}
	if len(page.Rows) == 1 {
		o := page.Rows[0]
		item.Record, item.Channel, item.Name = o.Number, o.Channel, o.Goods
		item.clock(o, d.now)
	}
	return item, err
}

// clock takes an order's deadline over.
func (i *Item) clock(o core.OrderRow, now when.Millis) {
	if o.LimitAt == 0 {
		return
	}
	i.From, i.Target, i.Limit = o.PaidAt, o.TargetAt, o.LimitAt
	if i.From == 0 {
		i.From = o.CreatedAt
	}
	i.DueAt = i.Target
	if now >= i.Target {
		i.DueAt = i.Limit
	}
}

func (d desk) one(kind Kind, q core.Query) ([]Item, error) {
	item, err := d.first(kind, q)
	return []Item{item}, err
}

// late are all orders past target and past limit, whoever has them.
func (d desk) late() ([]Item, error) {
	limit, err := d.first(KindLimit, core.Query{Chip: "late_limit"})
	if err != nil {
		return nil, err
	}
	target, err := d.first(KindTarget, core.Query{Chip: "late_target"})
	return []Item{limit, target}, err
}

// lateToShip are the warehouse's own: passed, past the target, not near the limit.
func (d desk) lateToShip() ([]Item, error) {
	return d.one(KindTarget, core.Query{Chip: "late_target", Conds: append(slices.Clone(passed), at("limit_ms", ">", d.now+nearLimit))})
}

func (d desk) near() ([]Item, error) {
	return d.one(KindNear, core.Query{Chip: "open", Conds: append(slices.Clone(passed), at("limit_ms", ">", 0), at("limit_ms", "<=", d.now+nearLimit))})
}

// miss are those whose target lies before the cut-off after the next.
func (d desk) miss() ([]Item, error) {
	_, after := domain.NextCuts(d.set.Waves, d.now)
	if after.At == 0 {
		return nil, nil
	}
	return d.one(KindMiss, core.Query{Chip: "open", Conds: append(slices.Clone(passed), at("target_ms", ">", d.now), at("target_ms", "<=", after.At))})
}

// pick is all that waits: no deadline of its own, so it stands behind those that have one.
func (d desk) pick() ([]Item, error) {
	item, err := d.first(KindPick, core.Query{Chip: "open", Conds: passed})
	item.DueAt = 0
	return []Item{item}, err
}

func (d desk) audit() ([]Item, error) {
	return d.one(KindAudit, core.Query{Chip: string(domain.StageToAudit)})
}

// checks are the exceptions by what stops them.
func (d desk) checks() ([]Item, error) {
	blocked, err := d.r.Orders().Blocked()
	if err != nil {
		return nil, err
	}
	var items []Item
	for code := range blocked {
		items = append(items, Item{Kind: KindCheck, Check: code})
	}
	slices.SortFunc(items, func(a, b Item) int { return compare(string(a.Check), string(b.Check)) })
	for i := range items {
		if items[i], err = d.check(items[i].Check); err != nil {
			return nil, err
		}
	}
	for _, code := range []domain.CheckCode{domain.CheckShort, domain.CheckNoSKU} { // the strip shows these at 0 too
		if _, has := blocked[code]; !has {
			items = append(items, Item{Kind: KindCheck, Check: code})
		}
	}
	return items, nil
}

func compare(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func (d desk) check(code domain.CheckCode) (Item, error) {
	item, err := d.first(KindCheck, core.Query{Chip: string(domain.StageException), Conds: []core.Cond{cond("checks", "~", string(code))}})
	item.Check = code
	return item, err
}

// unmapped are the orders whose codes no SKU is mapped to.
func (d desk) unmapped() ([]Item, error) {
	item, err := d.check(domain.CheckNoSKU)
	return []Item{item}, err
}

// holds are those that end before the day does.
func (d desk) holds() ([]Item, error) {
	end := d.now.Day().End() - 1
	q := core.Query{Chip: string(domain.StageHold), Conds: []core.Cond{at("hold_until_ms", ">", 0), at("hold_until_ms", "<=", end)}}
	q.Page.Sort = "hold_until_ms"
	q.Totals, q.Page.Limit = true, 1
	page, err := d.r.Orders().List(q, d.now)
	item := Item{Kind: KindHold, N: int64(max(page.Total, 0))}
	if len(page.Rows) == 1 {
		o := page.Rows[0]
		item.Record, item.Channel, item.Name, item.DueAt = o.Number, o.Channel, o.Goods, o.HoldUntil
	}
	return []Item{item}, err
}

func (d desk) conflicts() ([]Item, error) { return d.one(KindConflict, core.Query{Chip: "conflict"}) }

// toHand are the parcels that nobody has given to the courier.
func (d desk) toHand() ([]Item, error) {
	q := core.Query{Chip: string(domain.ParcelShipped), Totals: true, Page: core.Page{Limit: 1, Sort: "shipped_ms"}}
	page, err := d.r.Parcels().List(q)
	item := Item{Kind: KindToHand, N: int64(max(page.Total, 0))}
	if len(page.Rows) == 1 {
		p := page.Rows[0]
		item.Record, item.Channel, item.Qty = p.Waybill, p.Channel, p.Units
		item.From = p.ShippedAt
	}
	return []Item{item}, err
}

package store

import (
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/ids"
	"zhanggui/app/when"
	"zhanggui/store/sqlkit"
)

// orderList is served by orders_created (all), orders_stage (chips) and
// orders_day; other conditions and orders walk what these leave.
var orderList = list{
	name: "orders", base: "orders o", keys: []string{"o.id"},
	joins: []join{
		{"r", "JOIN receivers r ON r.order_id = o.id"},
		{"s", "JOIN shops s ON s.id = o.shop_id"},
	},
	fields: map[string]field{
		"id":            {sql: "o.id", kind: ident},
		"number":        {sql: "o.number"},
		"channel":       {sql: "o.channel"},
		"shop":          {sql: "s.code", join: "s", equal: "o.shop_id = (SELECT x.id FROM shops x WHERE x.code = ?)"},
		"stage":         {sql: "o.stage"},
		"payment":       {sql: "o.payment"},
		"audit":         {sql: "o.audit"},
		"fulfil":        {sql: "o.fulfil"},
		"closing":       {sql: "o.closing"},
		"external":      {sql: "o.external", kind: flag},
		"created_ms":    {sql: "o.created_ms", kind: instant},
		"paid_ms":       {sql: "o.paid_ms", kind: instant},
		"target_ms":     {sql: "o.target_ms", kind: instant},
		"limit_ms":      {sql: "o.limit_ms", kind: instant},
		"shipped_ms":    {sql: "o.shipped_ms", kind: instant},
		"day":           {sql: "o.biz_day", kind: day},
		"goods":         {sql: "o.goods_text"},
		"line_count":    {sql: "o.line_count", kind: number},
		"units":         {sql: "o.units", kind: number},
		"total_fen":     {sql: "o.total_fen", kind: number},
		"paid_fen":      {sql: "o.paid_fen", kind: number},
		"refund_fen":    {sql: "o.refund_fen", kind: number},
		"net_fen":       {sql: "o.net_fen", kind: number},
		"buyer":         {sql: "o.buyer_key"},
		"receiver":      {sql: "r.name", join: "r"},
		"phone":         {sql: "r.phone", join: "r"},
		"province":      {sql: "o.province"},
		"city":          {sql: "r.city", join: "r"},
		"buyer_note":    {sql: "o.buyer_note"},
		"seller_note":   {sql: "o.seller_note"},
		"cod":           {sql: "o.cod", kind: flag},
		"checks":        {sql: "o.check_codes"},
		"merge":         {sql: "o.merge_id", kind: ident, null: true},
		"courier":       {sql: "o.courier"},
		"waybill":       {sql: "o.waybill"},
		"hold_until_ms": {sql: "o.hold_until_ms", kind: instant},
		"hold_reason":   {sql: "o.hold_reason"},
		"paid_hour":     {sql: "((o.paid_ms + 28800000) / 3600000 % 24)", kind: number}, // of the shop's day
		"sent":          {sql: sentSQL},
	},
	usual: []ord{{"o.created_ms", true}},
	sums:  []string{"units", "total_fen", "paid_fen", "refund_fen", "net_fen"},
}

// sentSQL is how an order kept its deadlines, as the on-time report counts it:
// target, limit, or late for what had not left by its limit.
const sentSQL = `CASE WHEN o.fulfil IN ('shipped', 'returned') AND o.shipped_ms > 0 AND o.shipped_ms <= o.limit_ms
	THEN CASE WHEN o.shipped_ms <= o.target_ms THEN 'target' ELSE 'limit' END ELSE 'late' END`

// Chips are listed in the order of their index: work to be done by its limit,
// history the newest first.
var (
	byLimit   = []ord{{"o.limit_ms", false}, {"o.paid_ms", false}}
	byHistory = []ord{{"o.limit_ms", true}, {"o.paid_ms", true}}
)

// List lists orders. Without a chip the newest stand first; a chip's work by
// its limit, a chip's history the newest first.
// Errors: Invalid fault.list.unknown_field, .bad_op, .bad_value, .unknown_chip.
func (r orderRepo) List(q core.Query, now when.Millis) (core.Paged[core.OrderRow], error) {
	p, err := r.pickOrders(q, now)
	if err != nil {
		return core.Paged[core.OrderRow]{}, err
	}
	return rows[core.OrderRow](p, q)
}

// IDs gives the ids of a whole filter result in list order. Errors as List.
func (r orderRepo) IDs(q core.Query, now when.Millis, limit int) ([]ids.OrderID, error) {
	p, err := r.pickOrders(q, now)
	if err != nil {
		return nil, err
	}
	query := p.pageKeys(core.Page{Offset: q.Page.Offset, Limit: limit})
	return sqlkit.Rows(r.t.ctx, r.t.q, sqlkit.Value[ids.OrderID], query, p.w.Args()...)
}

func (r orderRepo) pickOrders(q core.Query, now when.Millis) (*picked, error) {
	p, err := orderList.pick(r.t, q)
	if err != nil {
		return nil, err
	}
	if err := r.orderChip(p, q, now); err != nil {
		return nil, err
	}
	if q.Search != "" {
		return p, r.searchOrders(p, q)
	}
	p.known, err = r.knownCount(q)
	return p, err
}

// orderChip adds the condition of a chip. Late chips do not overlap: past the
// target but not the limit, and past the limit.
func (r orderRepo) orderChip(p *picked, q core.Query, now when.Millis) error {
	order := byLimit
	switch q.Chip {
	case "":
		return nil
	case "open":
		p.w.Add(`o.stage IN ` + openStages)
	case "due_soon":
		settings, err := settingRepo(r).All()
		if err != nil {
			return err
		}
		set := domain.ParseSettings(settings)
		p.w.Add(`o.stage IN `+openStages+` AND o.target_ms > ? AND o.target_ms <= ?`, now, now+set.Promise.Target-set.Amber)
	case "late_target":
		p.w.Add(`o.stage IN `+openStages+` AND o.target_ms > 0 AND o.target_ms <= ? AND o.limit_ms > ?`, now, now)
	case "late_limit":
		p.w.Add(`o.stage IN `+openStages+` AND o.limit_ms > 0 AND o.limit_ms <= ?`, now)
	case "due": // what the on-time report counts; which days is a condition on limit_ms
		p.w.Add(`o.stage IN `+dueStages+` AND o.external = ? AND o.limit_ms > 0`, false)
	case "with_note":
		p.w.Add(`o.stage IN ` + openStages + ` AND (o.buyer_note <> '' OR o.seller_note <> '')`)
	case "conflict":
		p.w.Add(`o.id IN (SELECT x.order_id FROM contradictions x WHERE x.resolved_ms = 0)`)
	case "mergeable":
		p.w.Add(`o.stage IN ` + openStages + ` AND o.id IN (SELECT x.order_id FROM order_checks x WHERE x.code = 'merge_candidate')`)
	default:
		if !knownStage(q.Chip) {
			return p.badChip(q.Chip)
		}
		p.w.Add(`o.stage = ?`, q.Chip)
		if history[domain.Stage(q.Chip)] {
			order = byHistory
		}
	}
	if q.Page.Sort == "" {
		p.order = order
	}
	return nil
}

// history are the stages of orders that have left or are closed.
var history = map[domain.Stage]bool{
	domain.StageShipped: true, domain.StageCompleted: true, domain.StageReturned: true, domain.StageCancelled: true, domain.StageUnpaid: true,
}

func knownStage(s string) bool {
	for _, known := range domain.Stages {
		if string(known) == s {
			return true
		}
	}
	return false
}

// knownCount tells from the kept counters how many rows a filter has that names
// nothing but stage and channel; -1 when the counters cannot tell.
func (r orderRepo) knownCount(q core.Query) (int, error) {
	if q.Chip != "" && q.Chip != "open" && !knownStage(q.Chip) {
		return -1, nil
	}
	for _, c := range q.Conds {
		if c.Op != "=" && c.Op != "!=" || c.Field != "stage" && c.Field != "channel" {
			return -1, nil
		}
	}
	if !q.Totals && q.Page.Offset == 0 {
		return -1, nil // nobody asks
	}
	counts, err := r.t.stageCounts()
	if err != nil {
		return -1, err
	}
	var n int64
	for _, c := range counts {
		if counted(c, q) {
			n += c.N
		}
	}
	return int(n), nil
}

func counted(c core.StageCount, q core.Query) bool {
	switch q.Chip {
	case "", string(c.Stage):
	case "open":
		if history[c.Stage] {
			return false
		}
	default:
		return false
	}
	for _, cond := range q.Conds {
		have := c.Channel
		if cond.Field == "stage" {
			have = string(c.Stage)
		}
		if (have == cond.Value) != (cond.Op == "=") {
			return false
		}
	}
	return true
}

// lineList is served by the UNIQUE of order_id, pos; ids rise with time, so the
// newest orders stand first.
var lineList = list{
	name: "lines", base: "order_lines l", keys: []string{"l.id"},
	joins: []join{
		{"o", "JOIN orders o ON o.id = l.order_id"},
		{"k", "LEFT JOIN skus k ON k.id = l.sku_id"},
	},
	fields: map[string]field{
		"id":            {sql: "l.id", kind: ident},
		"order_id":      {sql: "l.order_id", kind: ident},
		"order":         {sql: "o.number", join: "o", equal: "l.order_id IN (SELECT x.id FROM orders x WHERE x.number = ?)"},
		"channel":       {sql: "o.channel", join: "o"},
		"stage":         {sql: "o.stage", join: "o"},
		"day":           {sql: "o.biz_day", kind: day, join: "o"},
		"sub_no":        {sql: "l.sub_no"},
		"code":          {sql: "l.code"},
		"sku":           {sql: "COALESCE(k.code, '')", join: "k"},
		"title":         {sql: "l.title"},
		"spec":          {sql: "l.spec"},
		"qty":           {sql: "l.qty", kind: number},
		"shipped_qty":   {sql: "l.shipped_qty", kind: number},
		"returned_qty":  {sql: "l.returned_qty", kind: number},
		"cancelled_qty": {sql: "l.cancel_qty", kind: number},
		"unit_fen":      {sql: "l.unit_fen", kind: number},
		"net_fen":       {sql: "l.net_fen", kind: number},
	},
	usual: []ord{{"l.order_id", true}, {"l.pos", false}},
	sums:  []string{"qty", "shipped_qty", "net_fen"},
}

// ListLines lists goods lines. Chips: "unmapped" (no SKU), "open" (units still
// to ship). Search: the order's number, code, title, spec.
func (r orderRepo) ListLines(q core.Query) (core.Paged[core.LineRow], error) {
	p, err := lineList.pick(r.t, q)
	if err != nil {
		return core.Paged[core.LineRow]{}, err
	}
	switch q.Chip {
	case "":
	case "unmapped":
		p.w.Add(`l.sku_id IS NULL`)
	case "open":
		p.needs["o"] = true
		p.w.Add(`o.stage IN ` + openOrUnpaid + ` AND l.shipped_qty + l.cancel_qty < l.qty`)
	default:
		return core.Paged[core.LineRow]{}, p.badChip(q.Chip)
	}
	if q.Search != "" {
		found, err := r.FindByNumber(q.Search)
		if err != nil {
			return core.Paged[core.LineRow]{}, err
		}
		if len(found) > 0 {
			p.w.Add(`l.order_id IN (SELECT x.id FROM orders x WHERE x.number = ?)`, q.Search)
		} else {
			p.like(q.Search, "l.code", "l.title", "l.spec", "l.sub_no")
		}
	}
	return rows[core.LineRow](p, q)
}

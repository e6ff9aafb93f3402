package dash

import (
	"context"
	"sort"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/money"
	"zhanggui/app/when"
)

// Kind names a kind of work; a check of orders is "check." and its code.
type Kind string

// The kinds.
const (
	KindLimit     Kind = "limit"      // orders past their limit (48 h), not shipped
	KindTarget    Kind = "target"     // past their target (24 h) but not yet the limit
	KindNear      Kind = "near"       // passed orders near their limit, or past it
	KindMiss      Kind = "miss"       // passed orders that miss their target unless they leave with the next wave
	KindPick      Kind = "pick"       // passed orders that have not left
	KindToHand    Kind = "to_hand"    // parcels shipped, not handed over
	KindAudit     Kind = "audit"      // orders to audit
	KindCheck     Kind = "check"      // exceptions by their check: Check names it
	KindHold      Kind = "hold"       // holds that end today
	KindConflict  Kind = "conflict"   // orders about which a file said otherwise
	KindImport    Kind = "import"     // imports that stopped half-way
	KindOversold  Kind = "oversold"   // SKUs with more promised than there is
	KindNegative  Kind = "negative"   // SKUs below zero: their cost is provisional
	KindTask      Kind = "task"       // a task of the post: Task names its kind
	KindNoCost    Kind = "no_cost"    // SKUs that left yesterday without cost
	KindUnequal   Kind = "unequal"    // debits and credits differ
	KindOut       Kind = "out"        // SKUs in use with nothing to sell
	KindSlow      Kind = "slow"       // a SKU in stock that nobody bought since last month began
	KindNoBarcode Kind = "no_barcode" // SKUs that cannot be scanned
)

// Item is one line of work: how much of it there is, and the record that is due first.
type Item struct {
	Kind    Kind              `json:"kind"`
	Check   domain.CheckCode  `json:"check,omitempty"`
	Task    string            `json:"task,omitempty"`
	Args    map[string]string `json:"args,omitempty"`   // of the task's sentence
	N       int64             `json:"n"`                // 0 stays for the strip of breaches
	Record  string            `json:"record,omitempty"` // order number, SKU code, file
	Channel string            `json:"channel,omitempty"`
	Name    string            `json:"name,omitempty"` // goods, product
	Qty     int64             `json:"qty,omitempty"`
	SumFen  money.Fen         `json:"sum_fen,omitempty"`
	From    when.Millis       `json:"from_ms,omitempty"` // of an order's clock
	Target  when.Millis       `json:"target_ms,omitempty"`
	Limit   when.Millis       `json:"limit_ms,omitempty"`
	DueAt   when.Millis       `json:"due_ms,omitempty"` // what the list is sorted by, 0 for no time
}

// Work is what waits for a post.
type Work struct {
	Now   when.Millis `json:"now_ms"`
	Items []Item      `json:"items"` // the nearest due first; what has no time last
	// Promise is the shop's, for the words of the strip; Warn the span before the
	// target at which a clock turns amber.
	Promise domain.Promise `json:"promise"`
	Warn    when.Millis    `json:"warn"`
}

// Of is the item of a kind, ok false when the person may not see it or it is not of the post.
func (w Work) Of(kind Kind, check domain.CheckCode) (Item, bool) {
	for _, i := range w.Items {
		if i.Kind == kind && i.Check == check {
			return i, true
		}
	}
	return Item{}, false
}

// Work reads what waits for the post of the person signed in. Kinds whose
// records the person may not see are left out. Errors: Denied.
func (s *Service) Work(ctx context.Context) (Work, error) {
	return core.Read(ctx, s.e, auth.DashView, func(r core.Reads) (Work, error) {
		actor, err := core.ActorOf(ctx, r)
		if err != nil {
			return Work{}, err
		}
		stored, err := r.Settings().All()
		if err != nil {
			return Work{}, err
		}
		d := desk{r: r, actor: actor, now: s.e.Now(), set: domain.ParseSettings(stored)}
		w := Work{Now: d.now, Promise: d.set.Promise, Warn: d.set.Promise.Target - d.set.Amber}
		for _, f := range desks[actor.Role] {
			if !auth.Allows(actor, f.need) {
				continue
			}
			items, err := f.read(d)
			if err != nil {
				return w, err
			}
			w.Items = append(w.Items, items...)
		}
		sortItems(w.Items)
		return w, nil
	})
}

// sortItems puts the nearest due first; what is near its limit stands before
// everything else, what has no time after it.
func sortItems(items []Item) {
	rank := func(i Item) int {
		switch {
		case i.Kind == KindLimit || i.Kind == KindNear:
			return 0
		case i.DueAt != 0:
			return 1
		}
		return 2
	}
	sort.SliceStable(items, func(a, b int) bool {
		x, y := items[a], items[b]
		if rank(x) != rank(y) {
			return rank(x) < rank(y)
		}
		return x.DueAt < y.DueAt
	})
}

// desk is what reading needs.
type desk struct {
	r     core.Reads
	actor auth.Actor
	now   when.Millis
	set   domain.Settings
}

// finder reads one kind of work.
type finder struct {
	need auth.Action
	read func(d desk) ([]Item, error)
}

var (
	late     = []finder{{auth.OrdersView, desk.late}}
	service  = []finder{{auth.OrdersView, desk.audit}, {auth.OrdersView, desk.checks}, {auth.OrdersView, desk.holds}, {auth.OrdersView, desk.conflicts}}
	waves    = []finder{{auth.ShippingView, desk.near}, {auth.ShippingView, desk.miss}, {auth.ShippingView, desk.toHand}}
	files    = []finder{{auth.ImportView, desk.imports}}
	oversold = []finder{{auth.StockView, desk.oversold}}
	tasks    = []finder{{auth.DashView, desk.tasks}}
)

// desks say which work is whose (workflows 4.1 to 4.5).
var desks = map[auth.Role][]finder{
	auth.Supervisor: join(late, service, waves, files, oversold, tasks),
	auth.Service:    join(late, service, files, tasks),
	auth.Warehouse: join(waves, []finder{{auth.ShippingView, desk.lateToShip}, {auth.ShippingView, desk.pick}}, oversold, tasks,
		[]finder{{auth.CatalogView, desk.noBarcode}}),
	auth.Finance: join(tasks, []finder{
		{auth.FinanceViewCost, desk.negative}, {auth.FinanceViewCost, desk.noCost}, {auth.FinanceViewCost, desk.unequal},
	}, files, []finder{{auth.OrdersView, desk.conflicts}}),
	auth.Promotion: join([]finder{{auth.CatalogView, desk.out}}, oversold, []finder{{auth.OrdersView, desk.unmapped}, {auth.StockView, desk.slow}}, files, tasks),
}

func join(lists ...[]finder) []finder {
	var all []finder
	for _, l := range lists {
		all = append(all, l...)
	}
	return all
}

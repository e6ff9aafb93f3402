package demo

import (
	"context"
	"log/slog"
	"sort"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/flow"
	"zhanggui/app/ids"
	"zhanggui/app/job"
	"zhanggui/app/when"
)

// Options say which example shop to make.
type Options struct {
	Orders int         // 1 to 1,000,000; 0 is 2,000
	Seed   uint64      // 0 is 1
	Until  when.Millis // the shop's present; 0 is the store's clock, to the hour
	Hash   func(pin string) (string, error)
	Desk   string
	Log    *slog.Logger
}

// Limits of the number of orders.
const (
	defaultOrders = 2_000
	maxOrders     = 1_000_000
)

// Result says what was made.
type Result struct {
	Orders int      `json:"orders"`
	SKUs   int      `json:"skus"`
	From   when.Day `json:"from"`
	To     when.Day `json:"to"`
	People []Person `json:"people"`
}

// StepCmd is one step of the making; each is audited as demo data.
type StepCmd struct{}

// Action is the right it needs.
func (StepCmd) Action() auth.Action { return auth.DemoLoad }

// Validate has nothing to check.
func (StepCmd) Validate() error { return nil }

// Run fills an empty shop. Errors: Invalid fault.demo.orders; Conflict
// fault.demo.not_empty; Cancelled between days (what was made stays and can be
// thrown away with the file).
func Run(ctx context.Context, store core.Store, clock when.Clock, opt Options, report job.Report) (Result, error) {
	if opt.Orders == 0 {
		opt.Orders = defaultOrders
	}
	if opt.Orders < 1 || opt.Orders > maxOrders {
		return Result{}, fault.New(fault.Invalid, "fault.demo.orders", "n", opt.Orders, "limit", maxOrders)
	}
	if opt.Seed == 0 {
		opt.Seed = 1
	}
	if opt.Until == 0 {
		opt.Until = clock.Now() / when.Hour * when.Hour
	}
	texts, err := loadWords()
	if err != nil {
		return Result{}, err
	}
	w := newWorld(texts, sizeOf(opt.Orders), opt.Seed)
	fixed := when.NewFixed(opt.Until)
	m := &maker{
		w: w, opt: opt, clock: fixed, report: report,
		e: core.NewEngine(core.Deps{Store: store, Clock: fixed, IDs: w.src, Bus: core.NewBus(), Desk: opt.Desk, Version: "demo", Log: opt.Log}),
	}
	return m.run(auth.With(ctx, auth.SystemActor))
}

// maker carries one run.
type maker struct {
	w      *world
	opt    Options
	clock  *when.Fixed
	report job.Report
	e      *core.Engine
	actors map[auth.Role]auth.Actor
	queue  []*domain.Order // placed, not shipped yet
	made   int
}

func (m *maker) run(ctx context.Context) (Result, error) {
	last := m.opt.Until.Day()
	first := last.Add(1 - m.w.size.days)
	m.clock.Set(first.Start() - when.DaySpan)
	if err := m.setup(ctx); err != nil {
		return Result{}, err
	}
	for n := 0; n < m.w.size.days; n++ {
		if err := ctx.Err(); err != nil {
			return Result{}, fault.From(err)
		}
		day := first.Add(n)
		if err := m.day(ctx, day, n, day == last); err != nil {
			return Result{}, err
		}
		m.report.Say(m.made, m.opt.Orders, "job.demo")
	}
	m.clock.Set(m.opt.Until)
	if err := m.corners(ctx); err != nil {
		return Result{}, err
	}
	people, err := People()
	if err != nil {
		return Result{}, err
	}
	if err := m.e.Store().Seal(ctx); err != nil {
		return Result{}, err
	}
	return Result{Orders: m.made, SKUs: len(m.w.goods), From: first, To: last, People: people}, nil
}

// as puts a person of the example shop into the context.
func (m *maker) as(ctx context.Context, r auth.Role) context.Context {
	return auth.With(ctx, m.actors[r])
}

// step runs one bulk transaction.
func (m *maker) step(ctx context.Context, note string, n int, fn func(u *core.Unit) error) error {
	_, err := core.Do(ctx, m.e, StepCmd{}, func(u *core.Unit) (struct{}, error) {
		u.Audit("demo", "", "audit.demo", nil, nil, "step", note, "n", n)
		return struct{}{}, fn(u)
	})
	return err
}

// share is how many orders of the whole number fall on day n: the weekend and
// the end of the period sell more.
func (m *maker) share(n int) int {
	weight := func(i int) int {
		v := 80 + 40*i/m.w.size.days
		if i%7 >= 5 {
			v += 30
		}
		return v
	}
	sum, upTo := 0, 0
	for i := 0; i < m.w.size.days; i++ {
		sum += weight(i)
		if i <= n {
			upTo = sum
		}
	}
	before := upTo - weight(n)
	usual := m.opt.Orders - m.odd()
	return usual*upTo/sum - usual*before/sum
}

// oddOrders is how many orders special makes.
const oddOrders = 13

// odd is how many of the orders asked for are odd ones: a tiny shop has fewer.
func (m *maker) odd() int { return min(oddOrders, m.opt.Orders/2) }

// bulk is how many orders one transaction of history holds.
const bulk = 250

// day simulates one day: goods arrive, orders come in, the wave goes out.
func (m *maker) day(ctx context.Context, day when.Day, n int, last bool) error {
	m.clock.Set(day.Start() + 8*when.Hour)
	if n%7 == 0 {
		if err := m.restock(ctx); err != nil {
			return err
		}
	}
	placed, err := m.place(ctx, day, m.share(n), last)
	if err != nil {
		return err
	}
	m.queue = append(m.queue, placed...)
	if last {
		return nil // the present day's orders wait on the screens
	}
	return m.wave(ctx, day)
}

// place writes the day's orders, the earliest first.
func (m *maker) place(ctx context.Context, day when.Day, n int, last bool) ([]*domain.Order, error) {
	until := day.End()
	if last {
		until = m.opt.Until
	}
	list := make([]*domain.Order, 0, n)
	for i := 0; i < n; i++ {
		at := m.w.moment(day)
		if at >= until-10*when.Minute {
			at = day.Start() + (at-day.Start())*(until-day.Start()-15*when.Minute)/when.DaySpan
		}
		list = append(list, m.w.order(at))
	}
	sortByTime(list)
	for start := 0; start < len(list); start += bulk {
		part := list[start:min(start+bulk, len(list))]
		m.clock.Set(part[len(part)-1].PaidAt + when.Minute)
		if err := m.step(ctx, "orders", len(part), func(u *core.Unit) error { return m.insert(u, part) }); err != nil {
			return nil, err
		}
		m.made += len(part)
	}
	return list, nil
}

func sortByTime(list []*domain.Order) {
	sort.SliceStable(list, func(i, j int) bool { return list[i].PaidAt < list[j].PaidAt })
}

func (m *maker) insert(u *core.Unit, list []*domain.Order) error {
	set, err := flow.Settings(u)
	if err != nil {
		return err
	}
	people := map[string]*domain.Customer{}
	keys := map[string][]string{}
	for _, o := range list {
		o.StartClock(set.Promise, 0)
		k := o.Channel + " " + o.BuyerKey
		c := people[k]
		if c == nil {
			c = &domain.Customer{
				Channel: o.Channel, BuyerKey: o.BuyerKey, Name: o.Receiver.Name, Phone: o.Receiver.Phone,
				Province: o.Receiver.Province, City: o.Receiver.City, FirstDay: o.BizDay,
			}
			people[k] = c
			keys[o.Channel] = append(keys[o.Channel], o.BuyerKey)
		}
		c.LastDay, c.Orders, c.PaidFen = o.BizDay, c.Orders+1, c.PaidFen+o.PaidFen
	}
	var all []domain.Customer
	for _, ch := range channels {
		found, err := u.Customers().FindMany(ch.code, keys[ch.code])
		if err != nil {
			return err
		}
		for _, key := range keys[ch.code] {
			c := people[ch.code+" "+key]
			if c.ID = found[key]; c.ID.Zero() {
				c.ID = ids.New[ids.CustomerKind](u.IDs)
			}
			all = append(all, *c)
		}
	}
	if err := u.Customers().Upsert(all); err != nil {
		return err
	}
	for _, o := range list {
		o.Customer = people[o.Channel+" "+o.BuyerKey].ID
	}
	u.Changed(core.TopicOrders)
	return u.Orders().Insert(list, ids.ImportID{}, u.Now)
}

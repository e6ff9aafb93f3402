package inbox

import (
	"encoding/json"

	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/flow"
	"zhanggui/app/ids"
	"zhanggui/app/ingest"
)

// writer writes one chunk of orders in the present transaction.
type writer struct {
	u     *core.Unit
	t     *tally
	set   domain.Settings
	shop  domain.Shop
	chunk chunk

	fresh  []*domain.Order
	drafts []*ingest.OrderDraft // of fresh, by index
	buyers map[string][]*domain.Order
	freed  map[ids.SKUID]bool // SKUs that changed orders gave back
}

func (w *writer) run() error {
	w.freed = map[ids.SKUID]bool{}
	for _, d := range w.chunk.drafts {
		if o := w.chunk.known[d.Number]; o != nil {
			if err := w.update(o, d); err != nil {
				return err
			}
			continue
		}
		if w.t.imp.Kind == string(ingest.KindWaybills) {
			continue // refused by the preview: a waybill file makes no orders
		}
		o, err := newOrder(w.u.IDs, w.shop, d, w.chunk.codes, w.set.Promise, w.t.now)
		if err != nil {
			return err
		}
		w.chunk.known[d.Number] = o // the same number again in a later row of the chunk
		w.fresh, w.drafts = append(w.fresh, o), append(w.drafts, d)
	}
	people, err := w.customers()
	if err != nil {
		return err
	}
	if err := w.u.Customers().Upsert(people); err != nil {
		return err
	}
	if err := w.check(); err != nil {
		return err
	}
	if err := w.u.Orders().Insert(w.fresh, w.t.imp.ID, w.t.now); err != nil {
		return err
	}
	for i, o := range w.fresh {
		w.t.add(domain.ImportRow{
			Rows: rowList(w.drafts[i].Rows), Result: domain.RowNew, RefKind: "order", RefID: o.ID.String(), Number: o.Number,
			After: state{Version: 1}.String(),
		})
		w.u.Changed(core.TopicOrders, o.ID.String())
	}
	return flow.Offer(w.u, w.freed)
}

// customers ties the new orders to their buyers.
func (w *writer) customers() ([]domain.Customer, error) {
	byKey := map[string]*domain.Customer{}
	var keys []string
	for _, o := range w.fresh {
		if o.BuyerKey == "" {
			continue
		}
		c := byKey[o.BuyerKey]
		if c == nil {
			c = &domain.Customer{Channel: o.Channel, BuyerKey: o.BuyerKey, FirstDay: o.BizDay, LastDay: o.BizDay}
			byKey[o.BuyerKey] = c
			keys = append(keys, o.BuyerKey)
		}
		c.Name, c.Phone, c.Province, c.City = o.Receiver.Name, o.Receiver.Phone, o.Receiver.Province, o.Receiver.City
		c.FirstDay, c.LastDay = min(c.FirstDay, o.BizDay), max(c.LastDay, o.BizDay)
		c.Orders++
		c.PaidFen += o.PaidFen
	}
	if len(keys) == 0 {
		return nil, nil
	}
	found, err := w.u.Customers().FindMany(w.shop.Channel, keys)
	if err != nil {
		return nil, err
	}
	list := make([]domain.Customer, 0, len(keys))
	for _, k := range keys {
		c := byKey[k]
		id, ok := found[k]
		if !ok {
			id = ids.New[ids.CustomerKind](w.u.IDs)
		}
		c.ID = id
		list = append(list, *c)
	}
	for _, o := range w.fresh {
		if c := byKey[o.BuyerKey]; c != nil {
			o.Customer = c.ID
		}
	}
	w.u.Changed(core.TopicCustomers)
	return list, nil
}

// check runs the automatic checks of the new orders against the buyers' other
// open orders, looked up once for the chunk.
func (w *writer) check() error {
	if err := w.loadBuyers(); err != nil {
		return err
	}
	for _, o := range w.fresh {
		if o.External || o.Closing != domain.ClosingOpen {
			continue
		}
		flow.RecheckAmong(o, w.buyers[o.BuyerKey], w.set, nil, false)
		if o.FirstBlocking() != nil {
			if err := o.Except(); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *writer) loadBuyers() error {
	w.buyers = map[string][]*domain.Order{}
	seen := map[string]bool{}
	var keys []string
	for _, o := range w.fresh {
		if o.BuyerKey == "" || o.External || o.Closing != domain.ClosingOpen {
			continue
		}
		if !seen[o.BuyerKey] {
			seen[o.BuyerKey] = true
			keys = append(keys, o.BuyerKey)
		}
	}
	if len(keys) == 0 {
		return nil
	}
	open, err := w.u.Orders().OpenOfBuyers(w.shop.ID, keys)
	if err != nil {
		return err
	}
	for key, list := range open {
		others, err := w.u.Orders().GetMany(list)
		if err != nil {
			return err
		}
		w.buyers[key] = append(w.buyers[key], others...)
	}
	for _, o := range w.fresh {
		if seen[o.BuyerKey] && !o.External && o.Closing == domain.ClosingOpen {
			w.buyers[o.BuyerKey] = append(w.buyers[o.BuyerKey], o)
		}
	}
	return nil
}

// update moves an order that exists forward.
func (w *writer) update(o *domain.Order, d *ingest.OrderDraft) error {
	before := clone(o)
	out, err := mergeDraft(o, d, w.u.IDs, w.chunk.codes, w.set.Promise)
	if err != nil {
		return err
	}
	row := domain.ImportRow{Rows: rowList(d.Rows), RefKind: "order", RefID: o.ID.String(), Number: o.Number, Result: out.result()}
	if row.Result == domain.RowSame {
		w.t.add(row)
		return nil
	}
	news, err := w.news(o, out.against)
	if err != nil {
		return err
	}
	if len(out.changed) == 0 && len(news) == 0 {
		row.Result = domain.RowSame // the same contradiction as last time: it already waits for a person
		w.t.add(row)
		return nil
	}
	if err := flow.AddContradictions(w.u, o, w.t.imp.ID, news, w.t.now); err != nil {
		return err
	}
	if err := w.recount(before, o); err != nil {
		return err
	}
	if err := w.settle(o, out); err != nil {
		return err
	}
	flow.Freed(w.freed, flow.Held(before), o)
	row.Before = stateBefore(before, out.receiver)
	row.After = state{Version: o.Version}.String()
	row.Args = map[string]string{"changed": join(out.changed)}
	row.Key = "inbox.changed"
	w.t.add(row)
	flow.Announce(w.u, o)
	return nil
}

// recount adds to the buyer's sums what the file changed, and ties an order to
// its buyer when the file is the first to name him.
func (w *writer) recount(before, o *domain.Order) error {
	if o.BuyerKey == "" || !o.Customer.Zero() && o.PaidFen == before.PaidFen {
		return nil
	}
	c := domain.Customer{ID: o.Customer, Channel: o.Channel, BuyerKey: o.BuyerKey, PaidFen: o.PaidFen - before.PaidFen}
	if o.Customer.Zero() {
		found, err := w.u.Customers().FindMany(w.shop.Channel, []string{o.BuyerKey})
		if err != nil {
			return err
		}
		id, ok := found[o.BuyerKey]
		if !ok {
			id = ids.New[ids.CustomerKind](w.u.IDs)
		}
		o.Customer = id
		c = domain.Customer{
			ID: id, Channel: o.Channel, BuyerKey: o.BuyerKey, Name: o.Receiver.Name, Phone: o.Receiver.Phone, Province: o.Receiver.Province,
			City: o.Receiver.City, FirstDay: o.BizDay, LastDay: o.BizDay, Orders: 1, PaidFen: o.PaidFen,
		}
	}
	w.u.Changed(core.TopicCustomers)
	return w.u.Customers().Upsert([]domain.Customer{c})
}

// leave takes the order out of a merged parcel; members that are in this chunk
// are read again, because they were saved.
func (w *writer) leave(o *domain.Order) error {
	others, err := flow.Leave(w.u, o)
	if err != nil {
		return err
	}
	for _, m := range others {
		if _, ok := w.chunk.known[m.Number]; ok {
			w.chunk.known[m.Number] = m
		}
	}
	return nil
}

// news leaves out contradictions that are already open.
func (w *writer) news(o *domain.Order, against []domain.Contradiction) ([]domain.Contradiction, error) {
	if len(against) == 0 {
		return nil, nil
	}
	open, err := w.u.Orders().Conflicts(o.ID)
	if err != nil {
		return nil, err
	}
	var list []domain.Contradiction
	for _, c := range against {
		known := false
		for _, old := range open {
			known = known || (old.Fact == c.Fact && old.Ours == c.Ours && old.Theirs == c.Theirs)
		}
		if !known {
			list = append(list, c)
		}
	}
	return list, nil
}

// settle checks, cancels or re-opens the order as its new facts ask, and saves
// it. An order that is cancelled or goes elsewhere leaves its merged parcel;
// goods of closed lines are free again.
func (w *writer) settle(o *domain.Order, out diff) error {
	if out.cancel || out.receiver {
		if err := w.leave(o); err != nil {
			return err
		}
	}
	if out.cancel || has(out.changed, "line_cancelled") {
		if err := w.u.Parcels().DeletePlanned(o.ID); err != nil {
			return err
		}
	}
	switch {
	case out.cancel:
		if err := flow.Cancel(w.u, o); err != nil {
			return err
		}
	case !o.External && o.Closing == domain.ClosingOpen:
		if err := flow.Trim(w.u, o); err != nil {
			return err
		}
		if err := flow.Recheck(w.u, o, w.set, nil); err != nil {
			return err
		}
		if err := flow.Settle(w.u, o); err != nil {
			return err
		}
	}
	if out.receiver {
		if err := w.u.Orders().SaveReceiver(o.ID, o.Receiver); err != nil {
			return err
		}
	}
	return w.u.Orders().Save(o)
}

func has(list []string, name string) bool {
	for _, v := range list {
		if v == name {
			return true
		}
	}
	return false
}

// clone copies an order deeply through JSON, the form undo keeps it in.
func clone(o *domain.Order) *domain.Order {
	b, err := json.Marshal(o)
	if err != nil {
		panic("inbox: clone: " + err.Error()) // plain structs always marshal
	}
	c := &domain.Order{}
	if err := json.Unmarshal(b, c); err != nil {
		panic("inbox: clone: " + err.Error())
	}
	return c
}

func join(list []string) string {
	s := ""
	for i, v := range list {
		if i > 0 {
			s += ","
		}
		s += v
	}
	return s
}

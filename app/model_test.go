package app_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
	"zhanggui/app/money"
	"zhanggui/app/orders"
	"zhanggui/app/shipping"
	"zhanggui/app/stock"
	"zhanggui/app/when"
)

// The random model test (QUALITY R13): sequences of daily work against a small
// model in memory; whatever is refused must leave everything as it was.

// modelSeeds and modelSteps are the short version; ZHANGGUI_SOAK=1 runs a million
// steps on each engine. A server takes five times as long for a step, so the
// short version gives it a tenth.
const (
	modelSeeds  = 10
	modelSteps  = 20_000
	serverSteps = 2_000
	soakSteps   = 100_000
)

func TestModel_RandomWork_InvariantsHold(t *testing.T) {
	t.Parallel()
	for seed := uint64(1); seed <= modelSeeds; seed++ {
		t.Run("seed "+strconv.FormatUint(seed, 10), func(t *testing.T) {
			apptest.Both(t, func(t *testing.T, f *apptest.Fixture) {
				m, steps := newModel(t, f, seed), modelSteps
				if strings.HasPrefix(f.DSN, "postgres://") {
					steps = serverSteps
				}
				if os.Getenv("ZHANGGUI_SOAK") != "" {
					steps = soakSteps
				}
				for n := 1; n <= steps; n++ {
					m.step(n)
					if n%500 == 0 {
						m.evening()
						m.compare(n)
					}
				}
				m.compare(steps)
				f.CheckClean()
			})
		})
	}
}

// model is what the shop must look like, by the simplest book-keeping.
type model struct {
	t       *testing.T
	f       *apptest.Fixture
	rnd     *rand.Rand
	skus    []domain.SKU
	kit     domain.SKU
	onHand  map[ids.SKUID]int64
	orders  []ids.OrderID
	parcel  []ids.ParcelID
	docs    []stockDoc
	back    []goodsBack // returns that were not taken back
	serial  int
	settled int // of orders, those that an evening came to
}

// goodsBack is a return with the units that came in by it.
type goodsBack struct {
	cmd   shipping.UnreturnCmd
	items []domain.ParcelItem
}

type stockDoc struct {
	kind string
	doc  ids.DocID
	sku  ids.SKUID
	qty  int64
}

func newModel(t *testing.T, f *apptest.Fixture, seed uint64) *model {
	m := &model{t: t, f: f, rnd: rand.New(rand.NewPCG(seed, 13)), onHand: map[ids.SKUID]int64{}}
	for i := 0; i < 6; i++ {
		m.skus = append(m.skus, f.SKU(fmt.Sprintf("S%d", i), money.Fen(1990+i*1000)))
	}
	m.kit = f.Kit("K", 5000, domain.KitPart{SKU: m.skus[0].ID, Qty: 1}, domain.KitPart{SKU: m.skus[1].ID, Qty: 2})
	return m
}

// step does one random thing. Refusals are part of the game, mistakes of the
// program (Internal) and lost tries (Busy) are not.
func (m *model) step(n int) {
	m.f.Clock.Advance(when.Millis(m.rnd.IntN(40)) * when.Minute)
	moves := []func() error{
		m.newOrder, m.newOrder, m.newOrder, m.receive, m.receive, m.pass, m.ship, m.ship, m.ship, m.shipPart,
		m.undoShipment, m.handOver, m.takeBack, m.adjust, m.cancel, m.hold, m.release, m.undoDoc, m.merge, m.unmerge,
		m.unpass, m.uncancel, m.holdAgain, m.restoreCheck, m.unhand, m.unhand, m.unreturn, m.unreturn,
	}
	which := m.rnd.IntN(len(moves))
	err := moves[which]()
	if err != nil {
		code := fault.From(err).Code
		require.Contains(m.t, []fault.Code{fault.Conflict, fault.Invalid, fault.NotFound}, code, "step %d, move %d: %v", n, which, err)
	}
}

func (m *model) as(r auth.Role) context.Context { return m.f.As(r) }

func (m *model) sku() domain.SKU { return m.skus[m.rnd.IntN(len(m.skus))] }

func (m *model) anyOrder() ids.OrderID {
	if len(m.orders) == 0 {
		return ids.OrderID{}
	}
	if m.rnd.IntN(3) > 0 { // mostly the latest
		return m.orders[len(m.orders)-1-m.rnd.IntN(min(len(m.orders), 12))]
	}
	return m.orders[m.rnd.IntN(len(m.orders))]
}

func (m *model) anyParcel() ids.ParcelID {
	if len(m.parcel) == 0 {
		return ids.ParcelID{}
	}
	return m.parcel[len(m.parcel)-1-m.rnd.IntN(min(len(m.parcel), 10))]
}

func (m *model) newOrder() error {
	cmd := orders.ManualCmd{
		Shop:     m.f.Shop("offline"),
		Receiver: domain.Receiver{Name: "张三", Phone: fmt.Sprintf("1390000%04d", m.rnd.IntN(60)), City: "杭州", Address: "学府街 1 号"},
	}
	if m.rnd.IntN(4) == 0 {
		cmd.FreightFen = 600
	}
	for i := 0; i <= m.rnd.IntN(3); i++ {
		s := m.sku()
		if m.rnd.IntN(6) == 0 {
			s = m.kit
		}
		cmd.Lines = append(cmd.Lines, orders.ManualLine{SKU: s.ID, Qty: 1 + m.rnd.Int64N(3), UnitFen: s.PriceFen - money.Fen(m.rnd.IntN(500))})
	}
	id, err := m.f.Orders.Manual(m.as(auth.Service), cmd)
	if err == nil {
		m.orders = append(m.orders, id)
	}
	return err
}

func (m *model) receive() error {
	s, qty := m.sku(), 1+m.rnd.Int64N(12)
	r, err := m.f.App.Stock.Receive(m.as(auth.Finance), stock.ReceiveCmd{
		SKU: s.ID, Qty: qty, CostFen: money.Fen(m.rnd.Int64N(20_000)), HasCost: m.rnd.IntN(8) > 0,
	})
	if err == nil {
		m.onHand[s.ID] += qty
		m.docs = append(m.docs, stockDoc{"receipt", r.Doc, s.ID, qty})
	}
	return err
}

func (m *model) adjust() error {
	s, delta := m.sku(), m.rnd.Int64N(9)-5
	r, err := m.f.App.Stock.Adjust(m.as(auth.Supervisor), stock.AdjustCmd{SKU: s.ID, Delta: delta, Reason: stock.AdjustCount})
	if err == nil {
		m.onHand[s.ID] += delta
		m.docs = append(m.docs, stockDoc{"adjust", r.Doc, s.ID, delta})
	}
	return err
}

func (m *model) undoDoc() error {
	if len(m.docs) == 0 {
		return nil
	}
	d := m.docs[len(m.docs)-1-m.rnd.IntN(min(len(m.docs), 4))]
	err := m.f.App.Stock.Undo(m.as(auth.Supervisor), stock.UndoCmd{Kind: d.kind, Doc: d.doc})
	if err == nil {
		m.onHand[d.sku] -= d.qty
	}
	return err
}

func (m *model) pass() error {
	_, err := m.f.Orders.Pass(m.as(auth.Service), orders.PassCmd{}, nil)
	return err
}

func (m *model) ship() error { return m.send(nil) }

func (m *model) shipPart() error {
	id := m.anyOrder()
	if id.Zero() {
		return nil
	}
	d, err := m.f.Orders.Get(m.as(auth.Service), id)
	require.NoError(m.t, err)
	l := d.Order.Lines[m.rnd.IntN(len(d.Order.Lines))]
	return m.sendOf(id, map[ids.LineID]int64{l.ID: 1})
}

func (m *model) send(units map[ids.LineID]int64) error { return m.sendOf(m.anyOrder(), units) }

func (m *model) sendOf(id ids.OrderID, units map[ids.LineID]int64) error {
	m.serial++
	r, err := m.f.Shipping.Ship(m.as(auth.Warehouse), shipping.ShipCmd{
		Order: id, Units: units, Courier: "zto", Waybill: fmt.Sprintf("78%010d", m.serial-m.rnd.IntN(30)/29),
	})
	if err != nil {
		return err
	}
	m.parcel = append(m.parcel, r.Parcel)
	m.book(r.Parcel, -1)
	return nil
}

// book takes a parcel's items out of the model's shelves, or back.
func (m *model) book(id ids.ParcelID, sign int64) {
	p := apptest.Look(m.f, func(r core.Reads) (*domain.Parcel, error) { return r.Parcels().Get(id) })
	for _, l := range p.Lines {
		for _, it := range l.Items {
			m.onHand[it.SKU] += sign * it.Qty
		}
	}
}

func (m *model) undoShipment() error {
	id := m.anyParcel()
	err := m.f.Shipping.Undo(m.as(auth.Warehouse), shipping.UndoCmd{Parcel: id})
	if err == nil {
		m.book(id, 1)
	}
	return err
}

func (m *model) handOver() error {
	_, err := m.f.Shipping.HandOver(m.as(auth.Warehouse), shipping.HandOverCmd{Parcels: []ids.ParcelID{m.anyParcel()}})
	return err
}

func (m *model) takeBack() error {
	id := m.anyParcel()
	if id.Zero() {
		return nil
	}
	p := apptest.Look(m.f, func(r core.Reads) (*domain.Parcel, error) { return r.Parcels().Get(id) })
	l := p.Lines[m.rnd.IntN(len(p.Lines))]
	good, bad := m.rnd.Int64N(2), m.rnd.Int64N(2)
	err := m.f.Shipping.Return(m.as(auth.Warehouse), shipping.ReturnCmd{Parcel: id, Line: l.Line, Good: good, Defective: bad})
	if err == nil {
		b := goodsBack{cmd: shipping.UnreturnCmd{Parcel: id, Line: l.Line, Good: good, Defective: bad}}
		for _, it := range l.Items {
			n := it.Qty / l.Qty * (good + bad)
			m.onHand[it.SKU] += n
			b.items = append(b.items, domain.ParcelItem{SKU: it.SKU, Qty: n})
		}
		m.back = append(m.back, b)
	}
	return err
}

func (m *model) cancel() error {
	if m.rnd.IntN(3) > 0 {
		return nil
	}
	return m.f.Orders.Cancel(m.as(auth.Service), orders.CancelCmd{Order: m.anyOrder(), Reason: "买家取消"})
}

// evening gives up on old orders that nothing left of: a shop does not carry
// hundreds of them along, and every one makes each later step longer.
func (m *model) evening() {
	for ; len(m.orders)-m.settled > 60; m.settled++ {
		err := m.f.Orders.Cancel(m.as(auth.Service), orders.CancelCmd{Order: m.orders[m.settled], Reason: "一直没货"})
		require.True(m.t, err == nil || fault.Is(err, fault.Conflict), "%v", err)
	}
}

func (m *model) hold() error {
	return m.f.Orders.Hold(m.as(auth.Service), orders.HoldCmd{Order: m.anyOrder(), Reason: "等", Until: m.f.Clock.Now() + 3*when.Hour})
}

func (m *model) release() error {
	return m.f.Orders.ReleaseCheck(m.as(auth.Service), orders.ReleaseCheckCmd{
		Order: m.anyOrder(), Check: domain.CheckDuplicate, Reason: "不是重复",
	})
}

// unpass takes the audit of one order back, or of two together.
func (m *model) unpass() error {
	if m.rnd.IntN(2) > 0 { // rather seldom: most orders are to leave
		return nil
	}
	list := []ids.OrderID{m.anyOrder()}
	if other := m.anyOrder(); m.rnd.IntN(3) == 0 && other != list[0] {
		list = append(list, other)
	}
	return m.f.Orders.Unpass(m.as(auth.Service), orders.UnpassCmd{Orders: list})
}

// uncancel brings one of the latest back: those that an evening gave up stay so.
func (m *model) uncancel() error {
	if len(m.orders) == 0 {
		return nil
	}
	late := m.orders[len(m.orders)-1-m.rnd.IntN(min(len(m.orders), 20))]
	return m.f.Orders.Uncancel(m.as(auth.Service), orders.UncancelCmd{Order: late})
}

func (m *model) holdAgain() error {
	return m.f.Orders.HoldAgain(m.as(auth.Service), orders.HoldAgainCmd{Order: m.anyOrder(), Reason: "等", Until: m.f.Clock.Now() + when.Hour})
}

func (m *model) restoreCheck() error {
	return m.f.Orders.RestoreCheck(m.as(auth.Service), orders.RestoreCheckCmd{Order: m.anyOrder(), Check: domain.CheckDuplicate})
}

func (m *model) unhand() error {
	return m.f.Shipping.Unhand(m.as(auth.Warehouse), shipping.UnhandCmd{Parcels: []ids.ParcelID{m.anyParcel()}})
}

// unreturn takes the latest return back, or tries an older one, which the goods'
// later moves may forbid.
func (m *model) unreturn() error {
	if len(m.back) == 0 {
		return nil
	}
	at := len(m.back) - 1 - m.rnd.IntN(min(len(m.back), 3))
	b := m.back[at]
	err := m.f.Shipping.Unreturn(m.as(auth.Warehouse), b.cmd)
	if err == nil {
		for _, it := range b.items {
			m.onHand[it.SKU] -= it.Qty
		}
		m.back = append(m.back[:at], m.back[at+1:]...)
	}
	return err
}

func (m *model) merge() error {
	_, err := m.f.Orders.Merge(m.as(auth.Service), orders.MergeCmd{Orders: []ids.OrderID{m.anyOrder(), m.anyOrder()}})
	return err
}

func (m *model) unmerge() error {
	return m.f.Orders.Unmerge(m.as(auth.Service), orders.UnmergeCmd{Order: m.anyOrder()})
}

// compare holds the shelves of the program against those of the model, and the
// reservations against what the passed orders still want.
func (m *model) compare(n int) {
	var all []ids.SKUID
	for _, s := range m.skus {
		all = append(all, s.ID)
	}
	levels := apptest.Look(m.f, func(r core.Reads) (map[ids.SKUID]domain.Level, error) {
		return r.Stock().Levels(domain.DefaultWarehouse, all)
	})
	want := m.wanted()
	var value money.Fen
	for _, id := range all {
		require.Equal(m.t, m.onHand[id], levels[id].OnHand, "step %d: on hand", n)
		require.Equal(m.t, want[id], levels[id].Reserved, "step %d: reserved", n)
		value += levels[id].ValueFen
	}
	books := apptest.Look(m.f, func(r core.Reads) (map[domain.Account]money.Fen, error) { return r.Ledger().Balances("") })
	require.Equal(m.t, value, books[domain.AccStock], "step %d: value of stock and account 1405", n)
}

func (m *model) wanted() map[ids.SKUID]int64 {
	want := map[ids.SKUID]int64{}
	list := apptest.Look(m.f, func(r core.Reads) ([]*domain.Order, error) { return r.Orders().GetMany(m.orders) })
	for _, o := range list {
		if o.Audit != domain.AuditPassed || o.Closing != domain.ClosingOpen {
			continue
		}
		for _, l := range o.Lines {
			for _, p := range l.Parts {
				want[p.SKU] += p.Qty * l.Open()
			}
		}
	}
	return want
}

package storetest

import (
	"sync"
	"sync/atomic"

	"github.com/stretchr/testify/require"

	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
	"zhanggui/app/money"
	"zhanggui/app/when"
)

var stockTests = map[string]func(h *House){
	"Level_NeverMoved_Zero":                    levelZero,
	"Post_EveryField_ReadBack":                 postEveryField,
	"Post_StaleLevel_Conflict":                 postStale,
	"Post_TakesTheReservation":                 postTakes,
	"Post_TakeMoreThanReserved_Conflict":       postTakeTooMany,
	"Reserve_OnlyWhatIsAvailable":              reserveGuard,
	"Reserve_RaceForTheLastUnit_OneWins":       reserveRace,
	"Unreserve_MoreThanHeld_Conflict":          unreserveTooMany,
	"SetUnavailable_NotBelowZero":              setUnavailable,
	"LaterMoves_SeesOnlyLaterOnesOfTheSKU":     laterMoves,
	"LaterMoves_WhatWasTakenBack_DoesNotCount": undoneMoves,
	"AsOf_GivesTheBalancesOfTheDay":            asOf,
	"List_KitsByTheirParts_ChipsSearchSums":    stockListed,
	"ListMoves_NewestFirst_SearchByOrderOrSKU": movesListed,
}

const main = domain.DefaultWarehouse

func levelZero(h *House) {
	h.Read(func(r core.Reads) {
		l, err := r.Stock().Level(main, h.Mug.ID)
		h.OK(err)
		require.Equal(h.T, domain.Level{Warehouse: main, SKU: h.Mug.ID}, l)
		all, err := r.Stock().Levels(main, []ids.SKUID{h.Mug.ID, h.Lid.ID})
		h.OK(err)
		require.Equal(h.T, map[ids.SKUID]domain.Level{h.Mug.ID: l, h.Lid.ID: {Warehouse: main, SKU: h.Lid.ID}}, all)
	})
}

func postEveryField(h *House) {
	o := h.Order()
	h.Insert(o)
	l := domain.Level{Warehouse: main, SKU: h.Mug.ID, OnHand: 5, Incoming: 7, ValueFen: 7500, LastQty: 5, LastFen: 7500, ProvQty: 1, ProvFen: 2}
	m := domain.Move{
		At: Now, BizDay: "2026-11-20", Reason: domain.MoveReturn, Qty: 5, ValueFen: 7500, Unsaleable: 2, RefKind: "return", RefID: "T-1",
		Number: "T-1", LineID: o.Lines[0].ID, Note: "杯口有缺", Actor: ids.StaffID{4}, ActorName: "王五", ReversesSeq: 3,
	}

	h.Write(func(tx core.Tx) {
		seq, err := tx.Stock().Post(&l, m, 0)
		h.OK(err)
		m.Seq, m.Warehouse, m.SKU, m.BalanceQty, m.BalanceFen = seq, main, h.Mug.ID, 5, 7500
		h.noZero(m)
		l.OnHand, l.ValueFen = 4, 6000
		second := m
		second.Qty, second.ValueFen, second.Unsaleable, second.Reason = -1, -1500, -1, domain.MoveAdjust
		seq2, err := tx.Stock().Post(&l, second, 0)
		h.OK(err)
		require.Greater(h.T, seq2, seq)
	})

	h.Read(func(r core.Reads) {
		got, err := r.Stock().Level(main, h.Mug.ID)
		h.OK(err)
		require.Equal(h.T, domain.Level{
			Warehouse: main, SKU: h.Mug.ID, OnHand: 4, Unavailable: 1, Incoming: 7, ValueFen: 6000,
			LastQty: 5, LastFen: 7500, ProvQty: 1, ProvFen: 2, Version: 2,
		}, got)
		require.Equal(h.T, l, got)
		moves, err := r.Stock().MovesOf("return", "T-1")
		h.OK(err)
		require.Len(h.T, moves, 2)
		require.Equal(h.T, m, moves[0])
		require.Equal(h.T, int64(4), moves[1].BalanceQty)
		none, err := r.Stock().MovesOf("receipt", "T-1")
		h.OK(err)
		require.Empty(h.T, none)
	})
}

func postStale(h *House) {
	h.Receive(h.Mug.ID, 5, 100, Now.Day())
	var old domain.Level
	h.Read(func(r core.Reads) {
		var err error
		old, err = r.Stock().Level(main, h.Mug.ID)
		h.OK(err)
	})
	h.Receive(h.Mug.ID, 1, 100, Now.Day())

	for _, l := range []domain.Level{old, {Warehouse: main, SKU: h.Mug.ID, OnHand: 1}} {
		err := h.Try(func(tx core.Tx) error {
			_, err := tx.Stock().Post(&l, h.Move(domain.MoveAdjust, 1, 0), 0)
			return err
		})
		h.Fault(err, fault.Conflict, "fault.stock.changed")
	}
	h.Read(func(r core.Reads) {
		moves, err := r.Stock().MovesOf("receipt", "R-1")
		h.OK(err)
		require.Len(h.T, moves, 2)
	})
}

// reserved makes an order of qty Mugs that are reserved.
func (h *House) reserved(qty int64) *domain.Order {
	h.T.Helper()
	o := h.Order(func(o *domain.Order) { o.Lines[0].Qty = qty })
	h.Insert(o)
	h.Write(func(tx core.Tx) {
		ok, err := tx.Stock().Reserve(main, o.ID, o.Lines[0].ID, h.Mug.ID, qty)
		h.OK(err)
		require.True(h.T, ok)
	})
	return o
}

// ship posts units of the order's first line out of its reservation.
func (h *House) ship(tx core.Tx, o *domain.Order, qty int64, parcel ids.ParcelID) error {
	l, err := tx.Stock().Level(main, h.Mug.ID)
	h.OK(err)
	cost, err := l.Issue(qty)
	if err != nil {
		return err
	}
	m := h.Move(domain.MoveShip, -qty, -cost)
	m.LineID, m.RefKind, m.RefID, m.Number = o.Lines[0].ID, "parcel", parcel.String(), o.Number
	_, err = tx.Stock().Post(&l, m, qty)
	return err
}

func postTakes(h *House) {
	h.Receive(h.Mug.ID, 10, 100, Now.Day())
	o := h.reserved(5)

	h.Write(func(tx core.Tx) { h.OK(h.ship(tx, o, 2, ids.ParcelID{1})) })
	require.Equal(h.T, int64(3), h.Get(o.ID).Lines[0].Parts[0].Reserved)
	h.Write(func(tx core.Tx) { h.OK(h.ship(tx, o, 3, ids.ParcelID{1})) })

	require.Zero(h.T, h.Get(o.ID).Lines[0].Parts[0].Reserved)
	h.Read(func(r core.Reads) {
		l, err := r.Stock().Level(main, h.Mug.ID)
		h.OK(err)
		require.Equal(h.T, int64(5), l.OnHand)
		require.Zero(h.T, l.Reserved)
		require.Equal(h.T, money.Fen(500), l.ValueFen)
		found, err := r.Orders().ReservedFor(main, h.Mug.ID)
		h.OK(err)
		require.Empty(h.T, found)
	})
}

func postTakeTooMany(h *House) {
	h.Receive(h.Mug.ID, 10, 100, Now.Day())
	o := h.reserved(2)

	err := h.Try(func(tx core.Tx) error { return h.ship(tx, o, 3, ids.ParcelID{1}) })

	h.Fault(err, fault.Conflict, "fault.stock.not_reserved")
	h.Read(func(r core.Reads) {
		l, err := r.Stock().Level(main, h.Mug.ID)
		h.OK(err)
		require.Equal(h.T, int64(10), l.OnHand)
		require.Equal(h.T, int64(2), l.Reserved)
	})
}

func reserveGuard(h *House) {
	h.Receive(h.Mug.ID, 5, 100, Now.Day())
	o := h.Order()
	h.Insert(o)
	line := o.Lines[0].ID

	h.Write(func(tx core.Tx) {
		h.OK(tx.Stock().SetUnavailable(main, h.Mug.ID, 1))
		for _, step := range []struct {
			sku ids.SKUID
			qty int64
			ok  bool
		}{{h.Mug.ID, 5, false}, {h.Mug.ID, 3, true}, {h.Mug.ID, 2, false}, {h.Mug.ID, 1, true}, {h.Mug.ID, 1, false}, {h.Lid.ID, 1, false}} {
			ok, err := tx.Stock().Reserve(main, o.ID, line, step.sku, step.qty)
			h.OK(err)
			require.Equal(h.T, step.ok, ok, "%+v", step)
		}
		_, err := tx.Stock().Reserve(main, o.ID, line, h.Mug.ID, 0)
		h.Fault(err, fault.Invalid, "fault.stock.qty")
	})

	require.Equal(h.T, int64(4), h.Get(o.ID).Lines[0].Parts[0].Reserved)
	h.Write(func(tx core.Tx) {
		h.OK(tx.Stock().Unreserve(main, line, h.Mug.ID, 3))
		h.OK(tx.Stock().Unreserve(main, line, h.Mug.ID, 1))
	})
	h.Read(func(r core.Reads) {
		l, err := r.Stock().Level(main, h.Mug.ID)
		h.OK(err)
		require.Zero(h.T, l.Reserved)
		require.Equal(h.T, int64(1), l.Unavailable)
	})
}

// reserveRace lets 32 orders at once ask for the last unit (QUALITY R14).
func reserveRace(h *House) {
	h.Receive(h.Mug.ID, 1, 100, Now.Day())
	const desks = 32
	orders := make([]*domain.Order, desks)
	for i := range orders {
		orders[i] = h.Order()
	}
	h.Insert(orders...)
	var won atomic.Int64
	var wg sync.WaitGroup
	errs := make(chan error, desks)
	for _, o := range orders {
		wg.Add(1)
		go func() {
			defer wg.Done()
			var ok bool
			errs <- h.Try(func(tx core.Tx) (err error) {
				ok, err = tx.Stock().Reserve(main, o.ID, o.Lines[0].ID, h.Mug.ID, 1)
				return err
			})
			if ok {
				won.Add(1)
			}
		}()
	}
	wg.Wait()
	close(errs)
	for err := range errs {
		h.OK(err)
	}

	require.Equal(h.T, int64(1), won.Load())
	h.Read(func(r core.Reads) {
		l, err := r.Stock().Level(main, h.Mug.ID)
		h.OK(err)
		require.Equal(h.T, int64(1), l.Reserved)
		found, err := r.Orders().ReservedFor(main, h.Mug.ID)
		h.OK(err)
		require.Len(h.T, found, 1)
	})
}

func unreserveTooMany(h *House) {
	h.Receive(h.Mug.ID, 5, 100, Now.Day())
	o := h.reserved(2)

	for _, qty := range []int64{3, 0} {
		err := h.Try(func(tx core.Tx) error { return tx.Stock().Unreserve(main, o.Lines[0].ID, h.Mug.ID, qty) })
		require.Error(h.T, err)
	}
	err := h.Try(func(tx core.Tx) error { return tx.Stock().Unreserve(main, o.Lines[0].ID, h.Lid.ID, 1) })

	h.Fault(err, fault.Conflict, "fault.stock.not_reserved")
	require.Equal(h.T, int64(2), h.Get(o.ID).Lines[0].Parts[0].Reserved)
}

func setUnavailable(h *House) {
	h.Receive(h.Mug.ID, 5, 100, Now.Day())
	h.Write(func(tx core.Tx) { h.OK(tx.Stock().SetUnavailable(main, h.Mug.ID, 2)) })

	err := h.Try(func(tx core.Tx) error { return tx.Stock().SetUnavailable(main, h.Mug.ID, -3) })

	h.Fault(err, fault.Conflict, "fault.stock.unavailable")
	h.Read(func(r core.Reads) {
		l, err := r.Stock().Level(main, h.Mug.ID)
		h.OK(err)
		require.Equal(h.T, int64(2), l.Unavailable)
		require.Equal(h.T, int64(3), l.Available())
	})
}

func laterMoves(h *House) {
	h.Receive(h.Mug.ID, 5, 100, "2026-11-20")
	h.Receive(h.Lid.ID, 5, 100, "2026-11-21")
	h.Read(func(r core.Reads) {
		moves, err := r.Stock().MovesOf("receipt", "R-1")
		h.OK(err)
		later, err := r.Stock().LaterMoves(main, h.Mug.ID, moves[0].Seq)
		h.OK(err)
		require.False(h.T, later)
	})
	h.Receive(h.Mug.ID, 1, 100, "2026-11-19") // booked later for an earlier day

	h.Read(func(r core.Reads) {
		moves, err := r.Stock().MovesOf("receipt", "R-1")
		h.OK(err)
		later, err := r.Stock().LaterMoves(main, h.Mug.ID, moves[0].Seq)
		h.OK(err)
		require.True(h.T, later)
		later, err = r.Stock().LaterMoves("elsewhere", h.Mug.ID, moves[0].Seq)
		h.OK(err)
		require.False(h.T, later)
	})
}

// undoneMoves: a later move that was taken back stands in nobody's way, its
// reversal neither; a move that came after both does.
func undoneMoves(h *House) {
	h.Receive(h.Mug.ID, 5, 100, "2026-11-20")
	h.Receive(h.Mug.ID, 2, 60, "2026-11-20")
	later := func(want bool) {
		h.T.Helper()
		h.Read(func(r core.Reads) {
			moves, err := r.Stock().MovesOf("receipt", "R-1")
			h.OK(err)
			got, err := r.Stock().LaterMoves(main, h.Mug.ID, moves[0].Seq)
			h.OK(err)
			require.Equal(h.T, want, got)
		})
	}
	later(true)
	h.Write(func(tx core.Tx) {
		moves, err := tx.Stock().MovesOf("receipt", "R-1")
		h.OK(err)
		m := moves[1]
		l, err := tx.Stock().Level(main, h.Mug.ID)
		h.OK(err)
		l.Undo(m)
		back := h.Move(domain.MoveUndo, -m.Qty, -m.ValueFen)
		back.ReversesSeq = m.Seq
		_, err = tx.Stock().Post(&l, back, 0)
		h.OK(err)
	})
	later(false)
	h.Receive(h.Mug.ID, 1, 10, "2026-11-19")
	later(true)
}

func asOf(h *House) {
	h.Receive(h.Mug.ID, 5, 100, "2026-11-10")
	h.Receive(h.Mug.ID, 5, 300, "2026-11-12")
	h.Receive(h.Mug.ID, 2, 100, "2026-11-12")
	h.Receive(h.Lid.ID, 9, 10, "2026-11-15")

	want := map[when.Day][4]int64{ // units and value of Mug, then of Lid
		"2026-11-09": {0, 0, 0, 0}, "2026-11-10": {5, 500, 0, 0}, "2026-11-11": {5, 500, 0, 0},
		"2026-11-12": {12, 2200, 0, 0}, "2026-11-22": {12, 2200, 9, 90},
	}
	for day, w := range want {
		h.Read(func(r core.Reads) {
			page, err := r.Stock().AsOf(day, core.Query{Totals: true})
			h.OK(err)
			got := map[string]core.StockRow{}
			for _, row := range page.Rows {
				got[row.SKU] = row
			}
			require.Equal(h.T, w, [4]int64{got["MUG-1"].OnHand, int64(got["MUG-1"].ValueFen), got["LID-1"].OnHand, int64(got["LID-1"].ValueFen)}, day)
			require.Equal(h.T, 3, page.Total)
			require.Equal(h.T, w[1]+w[3], page.Sums["value_fen"])
			values, err := r.Reports().StockValue(day)
			h.OK(err)
			var sum money.Fen
			for _, v := range values {
				sum += v.ValueFen
			}
			require.Equal(h.T, money.Fen(w[1]+w[3]), sum)
			if day == "2026-11-22" {
				now, err := r.Reports().StockValue("")
				h.OK(err)
				require.Equal(h.T, len(values), len(now))
				require.Equal(h.T, values[0].ValueFen, now[0].ValueFen)
			}
			short, err := r.Stock().AsOf(day, core.Query{Chip: "short", Search: "杯盖", Page: core.Page{Sort: "on_hand"}})
			h.OK(err)
			require.Equal(h.T, w[2] == 0, len(short.Rows) == 1)
			kits, err := r.Stock().AsOf(day, core.Query{Chip: "kit"})
			h.OK(err)
			require.Len(h.T, kits.Rows, 1)
			_, err = r.Stock().AsOf(day, core.Query{Chip: "reserved"})
			h.Fault(err, fault.Invalid, "fault.list.unknown_chip")
		})
	}
}

func stockListed(h *House) {
	h.Receive(h.Mug.ID, 5, 100, Now.Day())
	h.Receive(h.Lid.ID, 7, 10, Now.Day())
	h.reserved(3)

	codes := func(q core.Query) []string {
		var list []string
		h.Read(func(r core.Reads) {
			page, err := r.Stock().List(q)
			h.OK(err)
			for _, row := range page.Rows {
				list = append(list, row.SKU)
			}
		})
		return list
	}
	h.Read(func(r core.Reads) {
		page, err := r.Stock().List(core.Query{Totals: true})
		h.OK(err)
		require.Equal(h.T, []core.StockRow{
			{SKUID: h.Lid.ID, SKU: "LID-1", Title: "马克杯", Spec: "杯盖", Bin: "A-01-2", Warehouse: main, OnHand: 7, Available: 7, ValueFen: 70},
			{SKUID: h.Mug.ID, SKU: "MUG-1", Title: "马克杯", Spec: "蓝色 350ml", Bin: "A-01-2", Warehouse: main, OnHand: 5, Reserved: 3, Available: 2, ValueFen: 500},
			{SKUID: h.Set.ID, SKU: "SET-1", Title: "马克杯", Spec: "套装", Bin: "A-01-2", Warehouse: main, Kit: true, Available: 2}, // 2 Mugs, 7 Lids
		}, page.Rows)
		require.Equal(h.T, 3, page.Total)
		require.Equal(h.T, int64(570), page.Sums["value_fen"])
	})
	require.Equal(h.T, []string{"MUG-1"}, codes(core.Query{Chip: "reserved"}))
	require.Equal(h.T, []string{"SET-1"}, codes(core.Query{Chip: "kit"}))
	require.Empty(h.T, codes(core.Query{Chip: "short"}))
	require.Equal(h.T, []string{"LID-1"}, codes(core.Query{Search: "杯盖"}))
	require.Equal(h.T, []string{"MUG-1"}, codes(core.Query{Search: "MKB 350ML"}))

	h.Write(func(tx core.Tx) { // a count finds fewer than are promised
		l, err := tx.Stock().Level(main, h.Mug.ID)
		h.OK(err)
		value, err := l.Adjust(-4)
		h.OK(err)
		_, err = tx.Stock().Post(&l, h.Move(domain.MoveAdjust, -4, value), 0)
		h.OK(err)
	})
	require.Equal(h.T, []string{"MUG-1"}, codes(core.Query{Chip: "oversold"}))
	require.Equal(h.T, []string{"MUG-1", "SET-1"}, codes(core.Query{Chip: "short"}))
}

func movesListed(h *House) {
	h.Receive(h.Mug.ID, 5, 100, "2026-11-20")
	h.Receive(h.Lid.ID, 7, 10, "2026-11-21")
	o := h.reserved(2)
	p := h.Parcel(o, 1, "SF1")
	h.Write(func(tx core.Tx) {
		h.OK(h.ship(tx, o, 2, p.ID))
		h.OK(tx.Parcels().Insert(p))
	})

	h.Read(func(r core.Reads) {
		page, err := r.Stock().ListMoves(core.Query{Totals: true})
		h.OK(err)
		require.Equal(h.T, 3, page.Total)
		require.Equal(h.T, int64(10), page.Sums["qty"])
		top := page.Rows[0]
		top.Seq = 0
		require.Equal(h.T, core.MoveRow{
			At: Now, Day: Now.Day(), SKU: "MUG-1", Title: "马克杯", Warehouse: main, Reason: domain.MoveShip, Qty: -2, ValueFen: -200,
			BalanceQty: 3, BalanceFen: 300, RefKind: "parcel", RefID: p.ID.String(), Number: o.Number, Actor: "王五",
		}, top)
		for search, n := range map[string]int{"lid-1": 1, o.Number: 1, "R-1": 2, "nix": 0} {
			page, err := r.Stock().ListMoves(core.Query{Search: search})
			h.OK(err)
			require.Len(h.T, page.Rows, n, search)
		}
		page, err = r.Stock().ListMoves(core.Query{Chip: "receipt", Conds: []core.Cond{{Field: "sku", Op: "=", Value: "MUG-1"}}})
		h.OK(err)
		require.Len(h.T, page.Rows, 1)
	})
}

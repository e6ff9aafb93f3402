package storetest

import (
	"context"
	"errors"
	"math/rand/v2"
	"reflect"
	"sort"
	"strconv"
	"sync"

	"github.com/stretchr/testify/require"

	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
	"zhanggui/app/money"
	"zhanggui/app/when"
)

var orderTests = map[string]func(h *House){
	"Insert_EveryField_ReadBack":               insertEveryField,
	"Save_EveryField_ReadBack":                 saveEveryField,
	"Save_RandomEdits_ReadBack":                saveRandomEdits,
	"Save_NotReadHere_ReadBack":                saveNotReadHere,
	"Save_StaleVersion_Conflict":               saveStale,
	"Save_Parallel_NoneLost":                   saveParallel,
	"Insert_NumberThere_ConflictNamesIt":       insertDoubled,
	"Insert_ThreeHundred_CountedAndReadBack":   insertMany,
	"Write_Fails_LeavesNothing":                rollback,
	"Get_Unknown_NotFound":                     getUnknown,
	"SaveReceiver_ChangesPlaceAndTail":         saveReceiver,
	"Counters_FollowEverySave":                 countersFollow,
	"Delete_Untouched_LeavesNothing":           deleteUntouched,
	"Delete_ReservedShippedOrMerged_Conflict":  deleteUsed,
	"Conflicts_AddedAndResolved":               conflicts,
	"Line_PlainPart_HasNoRow_KitIsFrozen":      lineParts,
	"Reservations_ShowInParts_AndAreNotSaved":  reservedParts,
	"Read_SeesOneSnapshot_AndMayNotWrite":      snapshot,
	"Text_OddSigns_ReadBack":                   oddText,
	"Amounts_OfTheLargestSize_ReadBackExactly": largeAmounts,
}

// full makes an order in which no field is empty.
func (h *House) full() *domain.Order {
	lead := h.Order()
	h.Insert(lead)
	customer := domain.Customer{ID: ids.New[ids.CustomerKind](h.IDs), Channel: "tmall", BuyerKey: "b-" + lead.Number, FirstDay: Now.Day(), LastDay: Now.Day()}
	h.Write(func(tx core.Tx) { h.OK(tx.Customers().Upsert([]domain.Customer{customer})) })
	kit := h.Line(1, h.Set.ID, 3)
	kit.SubNo, kit.PlatformSKU, kit.QtyUnknown, kit.Gift = "401-2", "PS-9", true, true
	kit.PlatformFen, kit.RefundFen, kit.ShippedQty, kit.ReturnedQty, kit.CancelQty = 120, 30, 2, 1, 1
	kit.Parts = sortParts([]domain.Part{{SKU: h.Mug.ID, Qty: 1}, {SKU: h.Lid.ID, Qty: 2}})
	return h.Order(func(o *domain.Order) {
		o.Customer, o.Manual, o.External = customer.ID, true, true
		o.Payment, o.Audit, o.Fulfil, o.Closing = domain.PayPartRefunded, domain.AuditHold, domain.FulPart, domain.ClosingOpen
		o.Platform = domain.PlatformFacts{
			Payment: domain.PayPartRefunded, Shipped: true, PartShipped: true, Completed: true, Cancelled: true,
			RefundAsked: true, Waybill: "SF1", Courier: "顺丰速运", Words: "部分发货",
		}
		o.Receiver = domain.Receiver{
			Name: "欧阳娜娜", Phone: "13912344417-8801", Province: "上海", City: "上海市", District: "徐汇区",
			Address: "天平路 9 弄", Postcode: "200030", Country: "CN", Edited: true,
		}
		o.BuyerNote, o.SellerNote, o.SellerFlag = "请包好", "老客户", "red"
		o.COD, o.CODCalled, o.Presale = true, true, true
		o.AuditedAt, o.ShippedAt, o.HoldUntil, o.HoldReason = Now+1, Now+2, Now+3, "等补货"
		o.FreightFen, o.ShopDiscountFen, o.PlatformDiscountFen, o.RefundFen = 800, 500, 200, 100
		o.MergeID = lead.ID
		o.Lines = append(o.Lines, kit)
		o.Checks = []domain.Check{
			{Code: domain.CheckShort, Blocking: true, Args: map[string]string{"sku": "MUG-1, LID-1"}},
			{Code: domain.CheckBuyerNote, Blocking: true, Released: true, Reason: "已电话确认", Args: map[string]string{"note": "请包好"}},
			{Code: domain.CheckMerge},
		}
	})
}

func sortParts(parts []domain.Part) []domain.Part {
	sort.Slice(parts, func(i, j int) bool { return string(parts[i].SKU[:]) < string(parts[j].SKU[:]) })
	return parts
}

// noZero fails when a field of a struct is empty, so that a new field cannot
// be forgotten in a round trip.
func (h *House) noZero(v any, except ...string) {
	h.T.Helper()
	val := reflect.ValueOf(v)
	for i := range val.NumField() {
		name := val.Type().Field(i).Name
		if !contains(except, name) {
			require.False(h.T, val.Field(i).IsZero(), "%s.%s is empty: the round trip would not notice its loss", val.Type().Name(), name)
		}
	}
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

func insertEveryField(h *House) {
	o := h.full()
	h.noZero(*o, "Version")
	h.noZero(o.Platform)
	h.noZero(o.Receiver)
	h.noZero(o.Lines[1])
	h.noZero(o.Checks[1])

	h.Insert(o)

	require.Equal(h.T, int64(1), o.Version)
	require.Equal(h.T, o, h.Get(o.ID))
}

func saveEveryField(h *House) {
	plain, full := h.Order(), h.full()
	h.Insert(plain)
	now := *full
	now.ID, now.ShopID, now.Channel, now.Number, now.Version = plain.ID, plain.ShopID, plain.Channel, plain.Number, plain.Version
	now.Receiver = plain.Receiver // SaveReceiver's

	h.Write(func(tx core.Tx) {
		_, err := tx.Orders().Get(plain.ID)
		h.OK(err)
		h.OK(tx.Orders().Save(&now))
	})

	require.Equal(h.T, int64(2), now.Version)
	require.Equal(h.T, &now, h.Get(plain.ID))
}

func saveNotReadHere(h *House) {
	o := h.full()
	h.Insert(o)
	o.Lines = o.Lines[1:]
	o.Lines[0].ShippedQty, o.Checks, o.SellerNote = 1, nil, "改过"

	h.Write(func(tx core.Tx) { h.OK(tx.Orders().Save(o)) })

	require.Equal(h.T, o, h.Get(o.ID))
}

// saveRandomEdits walks an order through edits of lines, parts and checks: what
// was saved is what is read, whatever changed.
func saveRandomEdits(h *House) {
	rnd := rand.New(rand.NewPCG(1, 2))
	o := h.Order()
	h.Insert(o)
	for range 60 {
		h.Write(func(tx core.Tx) {
			if rnd.IntN(2) == 0 { // Save must find the old state by itself the other times
				_, err := tx.Orders().Get(o.ID)
				h.OK(err)
			}
			for range 1 + rnd.IntN(3) {
				h.edit(o, rnd)
				h.OK(tx.Orders().Save(o))
			}
		})
		require.Equal(h.T, o, h.Get(o.ID))
	}
	h.countersAgree()
}

func (h *House) edit(o *domain.Order, rnd *rand.Rand) {
	o.SellerNote = strconv.Itoa(rnd.IntN(1000))
	o.PaidFen = money.Fen(rnd.IntN(1_000_000))
	switch rnd.IntN(7) {
	case 0:
		pos := 0
		for _, l := range o.Lines {
			pos = max(pos, l.Pos+1)
		}
		o.Lines = append(o.Lines, h.Line(pos, h.Lid.ID, int64(1+rnd.IntN(5))))
	case 1:
		if len(o.Lines) > 1 {
			i := rnd.IntN(len(o.Lines))
			o.Lines = append(append([]domain.Line(nil), o.Lines[:i]...), o.Lines[i+1:]...)
		}
	case 2:
		o.Lines[rnd.IntN(len(o.Lines))].ShippedQty = int64(rnd.IntN(2))
	case 3:
		l := &o.Lines[rnd.IntN(len(o.Lines))]
		l.SKU, l.Parts = h.Set.ID, sortParts([]domain.Part{{SKU: h.Mug.ID, Qty: int64(1 + rnd.IntN(2))}, {SKU: h.Lid.ID, Qty: 2}})
	case 4:
		l := &o.Lines[rnd.IntN(len(o.Lines))]
		l.SKU, l.Parts = ids.SKUID{}, nil
	case 5:
		o.Checks = nil
		if rnd.IntN(2) == 0 {
			o.Checks = []domain.Check{{Code: domain.CheckNoSKU, Blocking: true, Args: map[string]string{"code": o.SellerNote}}, {Code: domain.CheckAddress}}
		}
	case 6:
		o.Audit = []domain.Audit{domain.AuditNew, domain.AuditException, domain.AuditPassed, domain.AuditHold}[rnd.IntN(4)]
		o.Platform.RefundAsked = rnd.IntN(2) == 0
	}
}

func saveStale(h *House) {
	o := h.Order()
	h.Insert(o)
	other := h.Get(o.ID)
	other.SellerNote = "先到"
	h.Write(func(tx core.Tx) { h.OK(tx.Orders().Save(other)) })

	o.SellerNote = "后到"
	err := h.Try(func(tx core.Tx) error { return tx.Orders().Save(o) })

	h.Fault(err, fault.Conflict, "fault.order.changed")
	require.Equal(h.T, "先到", h.Get(o.ID).SellerNote)
	require.Equal(h.T, int64(1), o.Version)
}

func saveParallel(h *House) {
	o := h.Order()
	h.Insert(o)
	const desks, times = 6, 8
	var wg sync.WaitGroup
	errs := make(chan error, desks*times)
	for range desks {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for range times {
				errs <- h.Try(func(tx core.Tx) error {
					fresh, err := tx.Orders().Get(o.ID)
					if err != nil {
						return err
					}
					fresh.RefundFen++
					return tx.Orders().Save(fresh)
				})
			}
		}()
	}
	wg.Wait()
	close(errs)
	for err := range errs {
		h.OK(err)
	}

	got := h.Get(o.ID)
	require.Equal(h.T, money.Fen(desks*times), got.RefundFen)
	require.Equal(h.T, int64(1+desks*times), got.Version)
}

func insertDoubled(h *House) {
	o := h.Order()
	h.Insert(o)

	err := h.Try(func(tx core.Tx) error {
		return tx.Orders().Insert([]*domain.Order{h.Order(), h.Order(func(n *domain.Order) { n.Number = o.Number })}, ids.ImportID{}, Now)
	})

	h.Fault(err, fault.Conflict, "fault.order.exists")
	require.Equal(h.T, o.Number, fault.From(err).Args["order"])
	h.countersAgree()
}

func insertMany(h *House) {
	list := make([]*domain.Order, 301)
	keys := make([]core.OrderKey, 0, len(list)+1)
	want := make([]ids.OrderID, len(list))
	for i := range list {
		list[i] = h.Order(func(o *domain.Order) {
			o.Lines = append(o.Lines, h.Line(1, h.Lid.ID, 1))
			o.BizDay = when.Day("2026-11-01").Add(i % 20)
		})
		keys = append(keys, core.OrderKey{Shop: h.Shop.ID, Number: list[i].Number})
		want[i] = list[i].ID
	}
	keys = append(keys, core.OrderKey{Shop: h.Shop.ID, Number: "none"}, core.OrderKey{Number: list[0].Number})

	h.Insert(list...)

	h.Read(func(r core.Reads) {
		found, err := r.Orders().FindByKeys(append(keys, keys...))
		h.OK(err)
		require.Len(h.T, found, len(list))
		require.Equal(h.T, want[7], found[keys[7]])
		got, err := r.Orders().GetMany(append([]ids.OrderID{{1}}, want...))
		h.OK(err)
		require.Equal(h.T, list, got)
	})
	h.countersAgree()
}

func rollback(h *House) {
	o, gone := h.Order(), h.Order()
	h.Insert(o)
	stop := errors.New("the clerk changed his mind")

	err := h.Try(func(tx core.Tx) error {
		h.OK(tx.Orders().Insert([]*domain.Order{gone}, ids.ImportID{}, Now))
		fresh, err := tx.Orders().Get(o.ID)
		h.OK(err)
		fresh.SellerNote = "weg"
		h.OK(tx.Orders().Save(fresh))
		return stop
	})

	require.ErrorIs(h.T, err, stop)
	require.Empty(h.T, h.Get(o.ID).SellerNote)
	h.Read(func(r core.Reads) {
		found, err := r.Orders().FindByNumber(gone.Number)
		h.OK(err)
		require.Empty(h.T, found)
	})
	h.countersAgree()
}

func getUnknown(h *House) {
	h.Read(func(r core.Reads) {
		_, err := r.Orders().Get(ids.OrderID{7})
		h.Fault(err, fault.NotFound, "fault.order.unknown")
	})
	o := h.Order()
	h.Fault(h.Try(func(tx core.Tx) error { return tx.Orders().Save(o) }), fault.NotFound, "fault.order.unknown")
	h.Fault(h.Try(func(tx core.Tx) error { return tx.Orders().SaveReceiver(o.ID, o.Receiver) }), fault.NotFound, "fault.order.unknown")
}

func saveReceiver(h *House) {
	o := h.Order()
	h.Insert(o)
	rec := domain.Receiver{Name: "李四", Phone: "13700009999", Province: "四川省", City: "成都市", Address: "人民南路", Edited: true}

	h.Write(func(tx core.Tx) {
		fresh, err := tx.Orders().Get(o.ID)
		h.OK(err)
		h.OK(tx.Orders().SaveReceiver(o.ID, rec))
		fresh.Receiver = rec
		h.OK(tx.Orders().Save(fresh)) // the same version: the receiver is no part of it
	})

	require.Equal(h.T, rec, h.Get(o.ID).Receiver)
	h.Read(func(r core.Reads) {
		page, err := r.Orders().List(core.Query{Search: "9999"}, Now)
		h.OK(err)
		require.Len(h.T, page.Rows, 1)
		require.Equal(h.T, "四川省", page.Rows[0].Province)
	})
}

// countersAgree compares the kept counters with the orders themselves.
func (h *House) countersAgree() {
	h.T.Helper()
	h.Read(func(r core.Reads) {
		want := map[core.StageCount]int64{}
		days := map[when.Day]core.SalesSum{}
		list, err := r.Orders().IDs(core.Query{}, Now, 10_000)
		h.OK(err)
		orders, err := r.Orders().GetMany(list)
		h.OK(err)
		for _, o := range orders {
			want[core.StageCount{Channel: o.Channel, Stage: o.Stage()}]++
			d := days[o.BizDay]
			days[o.BizDay] = core.SalesSum{Key: string(o.BizDay), Orders: d.Orders + 1, RevenueFen: d.RevenueFen + o.PaidFen}
		}
		got := map[core.StageCount]int64{}
		counts, err := r.Orders().StageCounts()
		h.OK(err)
		for _, c := range counts {
			got[core.StageCount{Channel: c.Channel, Stage: c.Stage}] = c.N
		}
		require.Equal(h.T, want, got)
		sums, err := r.Reports().Orders("2000-01-01", "2099-12-31", "")
		h.OK(err)
		for _, s := range sums {
			require.Equal(h.T, days[when.Day(s.Key)], s)
			delete(days, when.Day(s.Key))
		}
		require.Empty(h.T, days)
	})
}

func countersFollow(h *House) {
	a, b := h.Order(), h.Order(func(o *domain.Order) { o.Channel, o.BizDay = "jd", "2026-11-20" })
	h.Insert(a, b)
	h.countersAgree()

	h.Write(func(tx core.Tx) {
		h.OK(a.Hold(Now+when.Hour, "等"))
		a.PaidFen = 100
		h.OK(tx.Orders().Save(a))
		b.BizDay, b.PaidFen = "2026-11-21", 5
		h.OK(b.Cancel())
		h.OK(tx.Orders().Save(b))
		h.OK(tx.Orders().Save(b))
	})

	h.countersAgree()
	h.Read(func(r core.Reads) {
		stages, err := r.Reports().Stages()
		h.OK(err)
		require.Equal(h.T, []core.StageCount{{Channel: "jd", Stage: domain.StageCancelled, N: 1}, {Channel: "tmall", Stage: domain.StageHold, N: 1}}, stages)
	})
}

func deleteUntouched(h *House) {
	stay, a, b := h.Order(), h.full(), h.Order()
	h.Insert(stay, a, b)
	h.Write(func(tx core.Tx) {
		h.OK(tx.Orders().AddConflicts([]core.Contradiction{{Order: a.ID, At: Now, Fact: "payment", Ours: "paid", Theirs: "unpaid"}}))
	})

	h.Write(func(tx core.Tx) { h.OK(tx.Orders().Delete([]ids.OrderID{a.ID, b.ID})) })

	h.Read(func(r core.Reads) {
		got, err := r.Orders().GetMany([]ids.OrderID{a.ID, b.ID, stay.ID})
		h.OK(err)
		require.Equal(h.T, []*domain.Order{stay}, got)
		lines, err := r.Orders().ListLines(core.Query{Conds: []core.Cond{{Field: "order_id", Op: "=", Value: a.ID.String()}}})
		h.OK(err)
		require.Empty(h.T, lines.Rows)
	})
	h.countersAgree()
	h.Insert(b) // the number is free again
}

func deleteUsed(h *House) {
	h.Receive(h.Mug.ID, 10, 1500, Now.Day())
	reserved, shipped, lead := h.Order(), h.Order(), h.Order()
	merged := h.Order(func(o *domain.Order) { o.MergeID = lead.ID })
	h.Insert(reserved, shipped, lead, merged)
	h.Write(func(tx core.Tx) {
		ok, err := tx.Stock().Reserve(domain.DefaultWarehouse, reserved.ID, reserved.Lines[0].ID, h.Mug.ID, 2)
		h.OK(err)
		require.True(h.T, ok)
		h.OK(tx.Parcels().Insert(h.Parcel(shipped, 1, "SF100")))
	})

	for _, o := range []*domain.Order{reserved, shipped, lead} {
		err := h.Try(func(tx core.Tx) error { return tx.Orders().Delete([]ids.OrderID{o.ID}) })
		h.Fault(err, fault.Conflict, "fault.order.in_use")
	}
	h.Write(func(tx core.Tx) { h.OK(tx.Orders().Delete([]ids.OrderID{lead.ID, merged.ID})) })
	h.countersAgree()
}

func conflicts(h *House) {
	o := h.Order()
	h.Insert(o)
	imp := ids.ImportID{9}
	rows := []core.Contradiction{
		{Order: o.ID, Import: imp, At: Now, Fact: "payment", Ours: "paid", Theirs: "unpaid"},
		{Order: o.ID, At: Now + 1, Fact: "shipped", Ours: "true", Theirs: "false"},
	}
	h.Write(func(tx core.Tx) { h.OK(tx.Orders().AddConflicts(rows)) })
	h.Read(func(r core.Reads) {
		got, err := r.Orders().Conflicts(o.ID)
		h.OK(err)
		require.Len(h.T, got, 2)
		require.Less(h.T, got[0].Seq, got[1].Seq)
		rows[0].Seq, rows[1].Seq = got[0].Seq, got[1].Seq
		require.Equal(h.T, rows, got)
		page, err := r.Orders().List(core.Query{Chip: "conflict", Totals: true}, Now)
		h.OK(err)
		require.Equal(h.T, 1, page.Total)
	})

	h.Write(func(tx core.Tx) { h.OK(tx.Orders().ResolveConflicts(o.ID, Now+2)) })

	h.Read(func(r core.Reads) {
		got, err := r.Orders().Conflicts(o.ID)
		h.OK(err)
		require.Equal(h.T, Now+2, got[1].ResolvedAt)
		page, err := r.Orders().List(core.Query{Chip: "conflict"}, Now)
		h.OK(err)
		require.Empty(h.T, page.Rows)
	})

	h.Write(func(tx core.Tx) {
		h.OK(tx.Orders().AddConflicts([]core.Contradiction{{Order: o.ID, At: Now, Fact: "payment", Ours: "a", Theirs: "b", ResolvedAt: Now}}))
		n, err := tx.Orders().ReopenConflicts(o.ID)
		h.OK(err)
		require.EqualValues(h.T, 2, n, "those that were resolved last, not the older one")
		got, err := tx.Orders().Conflicts(o.ID)
		h.OK(err)
		require.Zero(h.T, got[0].ResolvedAt)
		require.Equal(h.T, Now, got[2].ResolvedAt)
		h.OK(tx.Orders().ResolveConflicts(o.ID, Now+3))
	})
	h.Write(func(tx core.Tx) {
		h.OK(tx.Orders().AddConflicts([]core.Contradiction{{Order: o.ID, Import: imp, At: Now, Fact: "amount", Ours: "1", Theirs: "2"}}))
		open, err := tx.Orders().OpenConflicts(imp)
		h.OK(err)
		require.Len(h.T, open, 1, "of that import, and open")
		require.Equal(h.T, []string{o.Number, o.Channel, "amount"}, []string{open[0].Number, open[0].Channel, open[0].Fact})
		h.OK(tx.Orders().ResolveConflict(open[0].Seq, Now+4))
		open, err = tx.Orders().OpenConflicts(imp)
		h.OK(err)
		require.Empty(h.T, open)
	})

	h.Write(func(tx core.Tx) { h.OK(tx.Orders().DropConflicts(imp)) })

	h.Read(func(r core.Reads) {
		got, err := r.Orders().Conflicts(o.ID)
		h.OK(err)
		require.Len(h.T, got, 2, "those of other imports stay")
		require.Equal(h.T, "shipped", got[0].Fact)
	})
}

func lineParts(h *House) {
	plain, pack, kit := h.Line(0, h.Mug.ID, 1), h.Line(1, h.Mug.ID, 1), h.Line(2, h.Set.ID, 1)
	pack.Parts = []domain.Part{{SKU: h.Mug.ID, Qty: 6}} // a code that stands for six
	kit.Parts = sortParts([]domain.Part{{SKU: h.Mug.ID, Qty: 1}, {SKU: h.Lid.ID, Qty: 2}})
	unknown := h.Line(3, ids.SKUID{}, 1)
	o := h.Order(func(o *domain.Order) { o.Lines = []domain.Line{plain, pack, kit, unknown} })

	h.Insert(o)

	require.Equal(h.T, o, h.Get(o.ID))
	h.Set.Parts = []domain.KitPart{{SKU: h.Mug.ID, Qty: 5}}
	h.Write(func(tx core.Tx) { h.OK(tx.Catalog().SaveSKU(h.Set, "")) })
	require.Equal(h.T, o, h.Get(o.ID), "an order keeps the parts of its day (§5.3.6)")
}

func reservedParts(h *House) {
	h.Receive(h.Mug.ID, 10, 1500, Now.Day())
	o := h.Order()
	h.Insert(o)

	h.Write(func(tx core.Tx) {
		fresh, err := tx.Orders().Get(o.ID)
		h.OK(err)
		ok, err := tx.Stock().Reserve(domain.DefaultWarehouse, o.ID, o.Lines[0].ID, h.Mug.ID, 2)
		h.OK(err)
		require.True(h.T, ok)
		fresh.Lines[0].Parts[0].Reserved = 99 // Save must not believe the struct
		h.OK(tx.Orders().Save(fresh))
	})

	require.Equal(h.T, int64(2), h.Get(o.ID).Lines[0].Parts[0].Reserved)
}

func snapshot(h *House) {
	o := h.Order()
	h.Insert(o)
	h.OK(h.Store.Read(context.Background(), func(r core.Reads) error {
		before, err := r.Orders().Get(o.ID)
		h.OK(err)
		h.Write(func(tx core.Tx) {
			fresh, err := tx.Orders().Get(o.ID)
			h.OK(err)
			fresh.SellerNote = "später"
			h.OK(tx.Orders().Save(fresh))
		})
		again, err := r.Orders().Get(o.ID)
		h.OK(err)
		require.Equal(h.T, before, again)
		return nil
	}))
	err := h.Store.Read(context.Background(), func(r core.Reads) error {
		writer, ok := r.Orders().(core.OrderRepo)
		if !ok {
			return nil // a store may also not have the methods at all
		}
		fresh, err := writer.Get(o.ID)
		h.OK(err)
		fresh.SellerNote = "nie"
		return writer.Save(fresh)
	})
	require.NotEqual(h.T, "nie", h.Get(o.ID).SellerNote, "%v", err)
}

func oddText(h *House) {
	for _, s := range []string{"𠮷野家 🧧 ½", "a'b\"c`d;--", "100%_\\", " \tend ", "ﷺ\u200b"} {
		o := h.Order(func(o *domain.Order) { o.BuyerNote, o.Lines[0].Title = s, s })
		h.Insert(o)
		require.Equal(h.T, o, h.Get(o.ID))
	}
}

func largeAmounts(h *House) {
	o := h.Order(func(o *domain.Order) {
		o.TotalFen, o.PaidFen, o.NetFen, o.RefundFen = money.Max, money.Max, -money.Max, 1<<62
		o.Lines[0].NetFen = 1<<63 - 1
	})

	h.Insert(o)

	require.Equal(h.T, o, h.Get(o.ID))
}

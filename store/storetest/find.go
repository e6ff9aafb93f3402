package storetest

import (
	"github.com/stretchr/testify/require"

	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/ids"
	"zhanggui/app/when"
)

var findTests = map[string]func(h *House){
	"FindByNumber_AllShops":                findByNumber,
	"ToPass_AllocationOrder":               toPass,
	"SameBuyer_OpenOnesOfTheShop":          sameBuyer,
	"ReservedFor_LatestLimitFirst":         reservedFor,
	"WithCode_UnmappedAndOpen_AnyCase":     withCode,
	"ShortOf_ExceptionsThatWantTheSKU":     shortOf,
	"Blocked_CountsExceptionsByCheck":      blocked,
	"HoldsDue_EndedOnes":                   holdsDue,
	"InMerge_OrdersOfTheLead":              inMerge,
	"GetMany_Order_Missing_LongList_Limit": getManyLong,
}

// idsOf lists ids for comparison.
func idsOf(list ...*domain.Order) []ids.OrderID {
	all := make([]ids.OrderID, len(list))
	for i, o := range list {
		all[i] = o.ID
	}
	return all
}

func findByNumber(h *House) {
	other := domain.Shop{ID: ids.New[ids.ShopKind](h.IDs), Channel: "jd", Code: "jd1", Name: "京东店"}
	h.Write(func(tx core.Tx) { h.OK(tx.Catalog().SaveShop(&other)) })
	a := h.Order()
	b := h.Order(func(o *domain.Order) { o.ShopID, o.Channel, o.Number = other.ID, "jd", a.Number })
	c := h.Order(func(o *domain.Order) { o.Number = a.Number + "x" })
	h.Insert(a, b, c)

	h.Read(func(r core.Reads) {
		found, err := r.Orders().FindByNumber(a.Number)
		h.OK(err)
		require.Equal(h.T, idsOf(a, b), found)
		byKey, err := r.Orders().FindByKeys([]core.OrderKey{{Shop: other.ID, Number: a.Number}, {Shop: other.ID, Number: c.Number}})
		h.OK(err)
		require.Equal(h.T, map[core.OrderKey]ids.OrderID{{Shop: other.ID, Number: a.Number}: b.ID}, byKey)
	})
}

func toPass(h *House) {
	at := func(limit, paid when.Millis) func(*domain.Order) {
		return func(o *domain.Order) { o.LimitAt, o.PaidAt = limit, paid }
	}
	late, soon, older := h.Order(at(30, 9)), h.Order(at(20, 8)), h.Order(at(20, 7))
	tie := h.Order(at(20, 7))
	held := h.Order(func(o *domain.Order) { o.Audit = domain.AuditHold })
	unpaid := h.Order(func(o *domain.Order) { o.Payment = domain.PayUnpaid })
	h.Insert(late, soon, older, tie, held, unpaid)

	h.Read(func(r core.Reads) {
		found, err := r.Orders().ToPass(100)
		h.OK(err)
		require.Equal(h.T, idsOf(older, tie, soon, late), found)
		found, err = r.Orders().ToPass(2)
		h.OK(err)
		require.Equal(h.T, idsOf(older, tie), found)
	})
}

func sameBuyer(h *House) {
	buyer := func(o *domain.Order) { o.BuyerKey = "沈佳宜" }
	a, b, c := h.Order(buyer), h.Order(buyer), h.Order(buyer)
	gone := h.Order(buyer, func(o *domain.Order) { o.Closing = domain.ClosingCancelled })
	other := h.Order()
	h.Insert(a, b, c, gone, other)

	h.Read(func(r core.Reads) {
		found, err := r.Orders().SameBuyer(h.Shop.ID, "沈佳宜", b.ID)
		h.OK(err)
		require.Equal(h.T, idsOf(c, a), found)
		byKey, err := r.Orders().OpenOfBuyers(h.Shop.ID, []string{"沈佳宜", other.BuyerKey, "nobody", "沈佳宜"})
		h.OK(err)
		require.Equal(h.T, map[string][]ids.OrderID{"沈佳宜": idsOf(c, b, a), other.BuyerKey: idsOf(other)}, byKey)
	})
	for range 25 {
		h.Insert(h.Order(buyer))
	}
	h.Read(func(r core.Reads) {
		found, err := r.Orders().SameBuyer(h.Shop.ID, "沈佳宜", b.ID)
		h.OK(err)
		require.Len(h.T, found, 20)
	})
}

func reservedFor(h *House) {
	h.Receive(h.Mug.ID, 100, 1500, Now.Day())
	h.Receive(h.Lid.ID, 100, 200, Now.Day())
	early, late := h.Order(), h.Order()
	kit := h.Order(func(o *domain.Order) {
		o.LimitAt = early.LimitAt - 1
		o.Lines = []domain.Line{h.Line(0, h.Mug.ID, 1), h.Line(1, h.Mug.ID, 1)}
	})
	h.Insert(early, late, kit)
	h.Write(func(tx core.Tx) {
		for _, o := range []*domain.Order{early, late, kit} {
			for _, l := range o.Lines {
				ok, err := tx.Stock().Reserve(domain.DefaultWarehouse, o.ID, l.ID, h.Mug.ID, l.Qty)
				h.OK(err)
				require.True(h.T, ok)
			}
		}
	})

	h.Read(func(r core.Reads) {
		found, err := r.Orders().ReservedFor(domain.DefaultWarehouse, h.Mug.ID)
		h.OK(err)
		require.Equal(h.T, idsOf(late, early, kit), found)
		found, err = r.Orders().ReservedFor(domain.DefaultWarehouse, h.Lid.ID)
		h.OK(err)
		require.Empty(h.T, found)
	})
}

func withCode(h *House) {
	unmapped := func(code, platform string) func(*domain.Order) {
		return func(o *domain.Order) {
			l := h.Line(0, ids.SKUID{}, 1)
			l.Code, l.PlatformSKU = code, platform
			o.Lines = []domain.Line{l}
		}
	}
	a, b := h.Order(unmapped("Mug-Blue", "")), h.Order(unmapped("", "MUG-BLUE"))
	mapped := h.Order(func(o *domain.Order) { o.Lines[0].Code = "mug-blue" })
	closed := h.Order(unmapped("mug-blue", ""), func(o *domain.Order) { o.Closing = domain.ClosingCompleted })
	jd := h.Order(unmapped("mug-blue", ""), func(o *domain.Order) { o.Channel = "jd" })
	h.Insert(a, b, mapped, closed, jd)

	h.Read(func(r core.Reads) {
		found, err := r.Orders().WithCode("tmall", "ＭＵＧ-blue")
		h.OK(err)
		require.Equal(h.T, idsOf(a, b), found)
		found, err = r.Orders().WithCode("jd", "mug-blue")
		h.OK(err)
		require.Equal(h.T, idsOf(jd), found)
	})
}

func shortOf(h *House) {
	short := func(sku ids.SKUID, limit when.Millis) func(*domain.Order) {
		return func(o *domain.Order) {
			o.Lines[0].SKU, o.Lines[0].Parts = sku, []domain.Part{{SKU: sku, Qty: 1}}
			o.Audit, o.LimitAt = domain.AuditException, limit
			o.Checks = []domain.Check{{Code: domain.CheckShort, Blocking: true, Args: map[string]string{"sku": "x"}}}
		}
	}
	second, first := h.Order(short(h.Mug.ID, 20)), h.Order(short(h.Mug.ID, 10))
	kit := h.Order(short(h.Set.ID, 30), func(o *domain.Order) {
		o.Lines[0].Parts = sortParts([]domain.Part{{SKU: h.Mug.ID, Qty: 1}, {SKU: h.Lid.ID, Qty: 2}})
	})
	other := h.Order(short(h.Lid.ID, 5))
	otherCheck := h.Order(short(h.Mug.ID, 5), func(o *domain.Order) { o.Checks[0].Code = domain.CheckAddress })
	back := h.Order(short(h.Mug.ID, 5), func(o *domain.Order) { o.Audit = domain.AuditNew })
	h.Insert(second, first, kit, other, otherCheck, back)

	h.Read(func(r core.Reads) {
		found, err := r.Orders().ShortOf(h.Mug.ID)
		h.OK(err)
		require.Equal(h.T, idsOf(first, second, kit), found)
	})
}

func holdsDue(h *House) {
	hold := func(until when.Millis) func(*domain.Order) {
		return func(o *domain.Order) { o.Audit, o.HoldUntil, o.HoldReason = domain.AuditHold, until, "等" }
	}
	due, open, later := h.Order(hold(Now-1)), h.Order(hold(0)), h.Order(hold(Now+1))
	past := h.Order(func(o *domain.Order) { o.HoldUntil = Now - 5 }) // no longer held
	h.Insert(due, open, later, past)

	h.Read(func(r core.Reads) {
		found, err := r.Orders().HoldsDue(Now)
		h.OK(err)
		require.Equal(h.T, idsOf(due), found)
	})
}

func inMerge(h *House) {
	lead := h.Order()
	lead.MergeID = lead.ID
	second := h.Order(func(o *domain.Order) { o.MergeID = lead.ID })
	h.Insert(lead, second, h.Order())

	h.Read(func(r core.Reads) {
		found, err := r.Orders().InMerge(lead.ID)
		h.OK(err)
		require.Equal(h.T, idsOf(lead, second), found)
	})
}

func getManyLong(h *House) {
	a, b := h.Order(), h.Order()
	h.Insert(a, b)
	list := []ids.OrderID{b.ID}
	for range 1200 {
		list = append(list, ids.New[ids.OrderKind](h.IDs))
	}
	list = append(list, a.ID)

	h.Read(func(r core.Reads) {
		got, err := r.Orders().GetMany(list)
		h.OK(err)
		require.Equal(h.T, []*domain.Order{b, a}, got)
	})
}

func blocked(h *House) {
	failed := func(audit domain.Audit, checks ...domain.Check) func(*domain.Order) {
		return func(o *domain.Order) { o.Audit, o.Checks = audit, checks }
	}
	address, short := domain.Check{Code: domain.CheckAddress, Blocking: true}, domain.Check{Code: domain.CheckShort, Blocking: true}
	released := domain.Check{Code: domain.CheckAmount, Blocking: true, Released: true, Reason: "已核对"}
	h.Insert(
		h.Order(failed(domain.AuditException, address, short, released)),
		h.Order(failed(domain.AuditException, short, domain.Check{Code: domain.CheckMerge})),
		h.Order(failed(domain.AuditNew, short)),
	)

	h.Read(func(r core.Reads) {
		got, err := r.Orders().Blocked()
		h.OK(err)
		require.Equal(h.T, map[domain.CheckCode]int64{domain.CheckAddress: 1, domain.CheckShort: 2}, got)
	})
}

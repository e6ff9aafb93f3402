package storetest

import (
	"github.com/stretchr/testify/require"

	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/when"
)

var reportTests = map[string]func(h *House){
	"OnTime_ByTheDayOfTheLimit":    onTime,
	"OnTime_TargetIsTheOwnPromise": onTarget,
	"PaidHours_ByHourOfTheWeek":    paidHours,
	"Orders_ByDayAndChannel":       ordersByDay,
	"StockValue_LeavesOutNothing":  stockValue,
}

func onTime(h *House) {
	day := when.Day("2026-11-20")
	due := func(limit, shipped when.Millis) func(*domain.Order) {
		return func(o *domain.Order) { o.LimitAt, o.ShippedAt = limit, shipped }
	}
	sent := func(o *domain.Order) { o.Fulfil = domain.FulShipped }
	h.Insert(
		h.Order(due(day.Start(), day.Start()), sent),                                                                // in time at the last moment
		h.Order(due(day.Start()+when.Hour, day.Start()+2*when.Hour), sent),                                          // too late
		h.Order(due(day.End()-1, 0)),                                                                                // not sent
		h.Order(due(day.End()-1, day.Start()), func(o *domain.Order) { o.Fulfil = domain.FulPart }),                 // only a part sent
		h.Order(due(day.End(), day.Start()), sent),                                                                  // due the next day
		h.Order(due(day.Start(), 0), func(o *domain.Order) { o.Closing = domain.ClosingCancelled }),                 // nothing is due
		h.Order(due(day.Start(), day.Start()), sent, func(o *domain.Order) { o.External = true }),                   // not ours
		h.Order(due(day.Start(), day.Start()), sent, func(o *domain.Order) { o.Closing = domain.ClosingCompleted }), // finished since
		h.Order(due(day.Start(), day.Start()), func(o *domain.Order) { o.Fulfil = domain.FulReturned }),             // came back since
		h.Order(due(0, 0), func(o *domain.Order) { o.Payment, o.PaidFen, o.PaidAt = domain.PayUnpaid, 0, 0 }),       // has no limit
	)

	h.Read(func(r core.Reads) {
		got, err := r.Reports().OnTime(day, day)
		h.OK(err)
		require.Equal(h.T, []core.OnTimeDay{{Day: day, Due: 6, Good: 3, Early: 3}}, got)
		got, err = r.Reports().OnTime(day, day.Add(1))
		h.OK(err)
		require.Equal(h.T, []core.OnTimeDay{{Day: day, Due: 6, Good: 3, Early: 3}, {Day: day.Add(1), Due: 1, Good: 1, Early: 1}}, got)
	})
}

func onTarget(h *House) {
	day := when.Day("2026-11-20")
	due := func(target, shipped when.Millis) func(*domain.Order) {
		return func(o *domain.Order) {
			o.TargetAt, o.LimitAt, o.ShippedAt = target, day.End()-1, shipped
			o.Fulfil = domain.FulShipped
		}
	}
	h.Insert(
		h.Order(due(day.Start(), day.Start())),   // at the last moment of the target
		h.Order(due(day.Start(), day.Start()+1)), // within the limit only
		h.Order(due(day.Start(), day.End())),     // too late for both
	)

	h.Read(func(r core.Reads) {
		got, err := r.Reports().OnTime(day, day)
		h.OK(err)
		require.Equal(h.T, []core.OnTimeDay{{Day: day, Due: 3, Good: 2, Early: 1}}, got)
	})
}

func paidHours(h *House) {
	monday := when.Day("2026-11-16")
	paid := func(at when.Millis) func(*domain.Order) { return func(o *domain.Order) { o.PaidAt = at } }
	h.Insert(
		h.Order(paid(monday.Start())), h.Order(paid(monday.Start()+when.Hour-1)), // Monday, first hour
		h.Order(paid(monday.Add(6).End()-1)),             // Sunday, last hour
		h.Order(paid(monday.Add(7).Start()+9*when.Hour)), // Monday of the next week
		h.Order(paid(monday.Start()-1)),                  // the week before
		h.Order(func(o *domain.Order) { o.Payment, o.PaidFen, o.PaidAt, o.LimitAt = domain.PayUnpaid, 0, 0, 0 }), // not paid
	)

	h.Read(func(r core.Reads) {
		got, err := r.Reports().PaidHours(monday, monday.Add(6))
		h.OK(err)
		require.ElementsMatch(h.T, []core.HourCount{{Weekday: 0, Hour: 0, Orders: 2}, {Weekday: 6, Hour: 23, Orders: 1}}, got)
		got, err = r.Reports().PaidHours(monday, monday.Add(13))
		h.OK(err)
		require.Len(h.T, got, 3)
	})
}

func ordersByDay(h *House) {
	other := domain.Shop{ID: [16]byte{1}, Channel: "jd", Code: "jd1", Name: "京东店"}
	h.Write(func(tx core.Tx) { h.OK(tx.Catalog().SaveShop(&other)) })
	at := func(day when.Day) func(*domain.Order) { return func(o *domain.Order) { o.BizDay = day } }
	jd := func(o *domain.Order) { o.ShopID, o.Channel, o.PaidFen = other.ID, "jd", 100 }
	h.Insert(h.Order(at("2026-11-20")), h.Order(at("2026-11-20"), jd), h.Order(at("2026-11-21"), jd), h.Order(at("2026-12-01")))

	h.Read(func(r core.Reads) {
		got, err := r.Reports().Orders("2026-11-01", "2026-11-30", "")
		h.OK(err)
		require.Equal(h.T, []core.SalesSum{{Key: "2026-11-20", Orders: 2, RevenueFen: 7900}, {Key: "2026-11-21", Orders: 1, RevenueFen: 100}}, got)
		got, err = r.Reports().Orders("2026-11-01", "2026-11-30", "tmall")
		h.OK(err)
		require.Equal(h.T, []core.SalesSum{{Key: "2026-11-20", Orders: 1, RevenueFen: 7800}}, got)
	})
}

func stockValue(h *House) {
	h.Receive(h.Mug.ID, 5, 100, Now.Day())

	h.Read(func(r core.Reads) {
		got, err := r.Reports().StockValue("")
		h.OK(err)
		require.Len(h.T, got, 1) // the lid never moved, the kit is nothing of its own
		require.Equal(h.T, "MUG-1", got[0].SKU)
		require.EqualValues(h.T, 500, got[0].ValueFen)
	})
}

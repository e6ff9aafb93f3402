package storetest

import (
	"strings"

	"github.com/stretchr/testify/require"

	"zhanggui/app/core"
	"zhanggui/app/domain"
)

var recallTests = map[string]func(h *House){
	"Orders_WholeBeginningAndEndOfANumber": recallOrders,
	"People_ByTheMatchNewestOfEach":        recallPeople,
	"Parcels_WholeBeginningAndEnd":         recallParcels,
}

func recallOrders(h *House) {
	a := h.Order(func(o *domain.Order) { o.Number, o.Receiver.Phone = "330188990011", "13800004417" })
	b := h.Order(func(o *domain.Order) { o.Number, o.Receiver.Phone = "330199224417", "13911110000" })
	c := h.Order(func(o *domain.Order) { o.Number, o.Receiver.Phone = "wx-77_ab", "13911112222" })
	h.Insert(a, b, c)
	p := h.Parcel(c, 1, "SF9988776655")
	h.Write(func(tx core.Tx) { h.OK(tx.Parcels().Insert(p)) })

	h.Read(func(r core.Reads) {
		numbers := func(text string, persons bool) (list []string) {
			rows, err := r.Orders().Recall(text, persons, 5)
			h.OK(err)
			for _, row := range rows {
				list = append(list, row.Number)
			}
			return list
		}
		require.Equal(h.T, []string{a.Number}, numbers(a.Number, true), "whole")
		require.Equal(h.T, []string{b.Number, a.Number}, numbers("3301", true), "beginning, newest first")
		require.Equal(h.T, []string{b.Number, a.Number}, numbers("4417", true), "end of a number, end of a phone")
		require.Equal(h.T, []string{b.Number}, numbers("4417", false), "phones only for who may see them")
		require.Equal(h.T, []string{c.Number}, numbers("SF9988776655", true), "waybill")
		require.Equal(h.T, []string{c.Number}, numbers("77_AB", true), "any case, and _ is no joker")
		require.Empty(h.T, numbers("77%A", true))
		require.Empty(h.T, numbers("330", true), "three letters are not enough for a part")
		require.Len(h.T, numbers("3301", true)[:1], 1)
		rows, err := r.Orders().Recall("3301", true, 1)
		h.OK(err)
		require.Len(h.T, rows, 1)
	})
}

func recallPeople(h *House) {
	named := func(name string) *domain.Order {
		return h.Order(func(o *domain.Order) { o.Receiver.Name = name })
	}
	first, again, other, none := named("李明"), named("李明"), named("李小明"), named("")
	h.Insert(first, again, other, none)

	h.Read(func(r core.Reads) {
		rows, err := r.Orders().RecallPeople(func(name string) bool { return strings.HasPrefix(name, "李") }, "李", 5)
		h.OK(err)
		require.Len(h.T, rows, 2)
		require.Equal(h.T, []string{other.Number, again.Number}, []string{rows[0].Number, rows[1].Number})
		rows, err = r.Orders().RecallPeople(func(string) bool { return true }, "李", 1)
		h.OK(err)
		require.Len(h.T, rows, 1)
		rows, err = r.Orders().RecallPeople(func(string) bool { return false }, "王", 5)
		h.OK(err)
		require.Empty(h.T, rows)
	})
}

func recallParcels(h *House) {
	a, b, gone := h.Order(), h.Order(), h.Order()
	h.Insert(a, b, gone)
	sent, handed, voided := h.Parcel(a, 1, "YT880011"), h.Parcel(b, 1, "YT880022"), h.Parcel(gone, 1, "YT880033")
	handed.State, handed.HandedAt = domain.ParcelHanded, Now
	voided.State = domain.ParcelVoided
	h.Write(func(tx core.Tx) {
		for _, p := range []*domain.Parcel{sent, handed, voided} {
			h.OK(tx.Parcels().Insert(p))
		}
	})

	h.Read(func(r core.Reads) {
		waybills := func(text string) (list []string) {
			rows, err := r.Parcels().Recall(text, 5)
			h.OK(err)
			for _, row := range rows {
				list = append(list, row.Waybill)
			}
			return list
		}
		require.Equal(h.T, []string{"YT880011"}, waybills("YT880011"))
		require.Equal(h.T, []string{"YT880022", "YT880011"}, waybills("yt88"))
		require.Equal(h.T, []string{"YT880022"}, waybills("0022"))
		require.Empty(h.T, waybills("0033"), "voided ones are out of use")
		require.Empty(h.T, waybills("YT8"))
	})
}

package storetest

import (
	"strconv"

	"github.com/stretchr/testify/require"

	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
)

var customerTests = map[string]func(h *House){
	"Upsert_New_ReadBack":              customerNew,
	"Upsert_Again_WidensAndAdds":       customerAgain,
	"Upsert_SameBuyerTwiceInOneCall":   customerTwice,
	"Upsert_NegativeSums_TakeBack":     customerBack,
	"FindMany_ByChannelAndKey":         customersFound,
	"List_ChipSearchSums_NewestFirst":  customersListed,
	"Upsert_Thousand_InOneTransaction": customersMany,
}

func (h *House) customer(key string) domain.Customer {
	return domain.Customer{
		ID: ids.New[ids.CustomerKind](h.IDs), Channel: "tmall", BuyerKey: key, Name: "沈佳宜", Phone: "13812344417",
		Province: "浙江省", City: "杭州市", FirstDay: "2026-11-10", LastDay: "2026-11-12", Orders: 2, PaidFen: 7800,
	}
}

// rowOf reads a customer through the list, which shows every field.
func (h *House) rowOf(key string) core.CustomerRow {
	h.T.Helper()
	var row core.CustomerRow
	h.Read(func(r core.Reads) {
		page, err := r.Customers().List(core.Query{Conds: []core.Cond{{Field: "buyer", Op: "=", Value: key}}})
		h.OK(err)
		require.Len(h.T, page.Rows, 1)
		row = page.Rows[0]
	})
	return row
}

func (h *House) upsert(list ...domain.Customer) {
	h.T.Helper()
	h.Write(func(tx core.Tx) { h.OK(tx.Customers().Upsert(list)) })
}

func customerNew(h *House) {
	c := h.customer("b1")
	h.noZero(c)

	h.upsert(c)

	require.Equal(h.T, core.CustomerRow{
		ID: c.ID, Channel: "tmall", Buyer: "b1", Name: "沈佳宜", Phone: "13812344417", Province: "浙江省", City: "杭州市",
		FirstDay: "2026-11-10", LastDay: "2026-11-12", Orders: 2, PaidFen: 7800,
	}, h.rowOf("b1"))
}

func customerAgain(h *House) {
	c := h.customer("b1")
	h.upsert(c)
	newer := h.customer("b1")
	newer.Name, newer.Phone, newer.City, newer.FirstDay, newer.LastDay, newer.Orders, newer.PaidFen = "沈小姐", "", "宁波市", "2026-11-20", "2026-11-21", 1, 100
	older := h.customer("b1")
	older.Name, older.FirstDay, older.LastDay, older.Orders, older.PaidFen = "旧名", "2026-01-01", "2026-01-02", 1, 10

	h.upsert(newer)
	h.upsert(older)

	require.Equal(h.T, core.CustomerRow{
		ID: c.ID, Channel: "tmall", Buyer: "b1", Name: "沈小姐", Phone: "13812344417", Province: "浙江省", City: "宁波市",
		FirstDay: "2026-01-01", LastDay: "2026-11-21", Orders: 4, PaidFen: 7910,
	}, h.rowOf("b1"))
}

func customerTwice(h *House) {
	a, b := h.customer("b1"), h.customer("b1")
	b.Name, b.LastDay, b.FirstDay = "新名", "2026-11-30", "2026-11-01"

	h.upsert(a, b, h.customer("b2"))

	row := h.rowOf("b1")
	require.Equal(h.T, a.ID, row.ID)
	require.Equal(h.T, "新名", row.Name)
	require.Equal(h.T, int64(4), row.Orders)
	require.EqualValues(h.T, "2026-11-01", row.FirstDay)
	require.EqualValues(h.T, "2026-11-30", row.LastDay)
}

func customerBack(h *House) {
	h.upsert(h.customer("b1"))

	h.upsert(domain.Customer{ID: ids.New[ids.CustomerKind](h.IDs), Channel: "tmall", BuyerKey: "b1", Orders: -1, PaidFen: -800})

	row := h.rowOf("b1")
	require.Equal(h.T, int64(1), row.Orders)
	require.EqualValues(h.T, 7000, row.PaidFen)
	require.Equal(h.T, "沈佳宜", row.Name)
	require.EqualValues(h.T, "2026-11-10", row.FirstDay)
	require.EqualValues(h.T, "2026-11-12", row.LastDay)
}

func customersFound(h *House) {
	a, b := h.customer("b1"), h.customer("b1")
	b.Channel = "jd"
	h.upsert(a, b)

	h.Read(func(r core.Reads) {
		found, err := r.Customers().FindMany("jd", []string{"b1", "b2", "b1"})
		h.OK(err)
		require.Equal(h.T, map[string]ids.CustomerID{"b1": b.ID}, found)
	})
}

func customersMany(h *House) {
	list := make([]domain.Customer, 1000)
	keys := make([]string, len(list))
	for i := range list {
		keys[i] = "b" + strconv.Itoa(i)
		list[i] = h.customer(keys[i])
	}

	h.upsert(list...)

	h.Read(func(r core.Reads) {
		found, err := r.Customers().FindMany("tmall", keys)
		h.OK(err)
		require.Len(h.T, found, len(list))
	})
}

func customersListed(h *House) {
	a, b := h.customer("b1"), h.customer("b2")
	b.Name, b.Phone, b.LastDay, b.Orders = "欧阳", "13900000000", "2026-11-20", 1
	h.upsert(a, b)

	h.Read(func(r core.Reads) {
		page, err := r.Customers().List(core.Query{Totals: true})
		h.OK(err)
		require.Equal(h.T, 2, page.Total)
		require.Equal(h.T, int64(15600), page.Sums["paid_fen"])
		require.Equal(h.T, "b2", page.Rows[0].Buyer)
		for search, n := range map[string]int{"欧阳": 1, "4417": 1, "b": 2, "nix": 0} {
			page, err := r.Customers().List(core.Query{Search: search})
			h.OK(err)
			require.Len(h.T, page.Rows, n, search)
		}
		page, err = r.Customers().List(core.Query{Chip: "repeat"})
		h.OK(err)
		require.Len(h.T, page.Rows, 1)
		_, err = r.Customers().List(core.Query{Chip: "vip"})
		h.Fault(err, fault.Invalid, "fault.list.unknown_chip")
	})
}

package storetest

import (
	"github.com/stretchr/testify/require"

	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
	"zhanggui/app/when"
)

var parcelTests = map[string]func(h *House){
	"Insert_EveryField_ReadBack":              parcelEveryField,
	"Insert_WaybillInUse_ConflictNamesOrder":  waybillUsed,
	"Save_StaleVersion_Conflict":              parcelStale,
	"Save_Void_FreesNumberAndRestoresTheLast": parcelVoided,
	"DeletePlanned_OnlyPlannedOnes":           deletePlanned,
	"Events_InOrder":                          parcelEvents,
	"WaybillSheet_DaysShopAndMergedOrders":    waybillSheet,
	"List_StatesSearchTotals":                 parcelsListed,
}

func (h *House) parcel(id ids.ParcelID) *domain.Parcel {
	h.T.Helper()
	var p *domain.Parcel
	h.Read(func(r core.Reads) {
		var err error
		p, err = r.Parcels().Get(id)
		h.OK(err)
	})
	return p
}

// waybillOf is what an order's list row shows.
func (h *House) waybillOf(o *domain.Order) string {
	h.T.Helper()
	var waybill string
	h.Read(func(r core.Reads) {
		page, err := r.Orders().List(core.Query{Conds: []core.Cond{{Field: "id", Op: "=", Value: o.ID.String()}}}, Now)
		h.OK(err)
		require.Len(h.T, page.Rows, 1)
		waybill = page.Rows[0].Courier + " " + page.Rows[0].Waybill
	})
	return waybill
}

func parcelEveryField(h *House) {
	lead := h.Order(func(o *domain.Order) { o.Lines = append(o.Lines, h.Line(1, h.Set.ID, 1)) })
	lead.Lines[1].Parts = sortParts([]domain.Part{{SKU: h.Mug.ID, Qty: 1}, {SKU: h.Lid.ID, Qty: 2}})
	merged := h.Order()
	h.Insert(lead, merged)
	p := h.Parcel(lead, 2, "SF1234567890")
	p.Lines = append(p.Lines, h.Parcel(merged, 1, "x").Lines...)
	p.State, p.HandedAt, p.EntrySeq = domain.ParcelHanded, Now+2*when.Hour, 77
	p.Lines[0].Returned, p.Lines[0].Items[0].Returned, p.Lines[0].Items[0].ReturnFen = 1, 1, 1500
	h.noZero(*p, "Version")
	h.noZero(p.Lines[0])
	h.noZero(p.Lines[0].Items[0])

	h.Write(func(tx core.Tx) { h.OK(tx.Parcels().Insert(p)) })

	require.Equal(h.T, int64(1), p.Version)
	require.Equal(h.T, p, h.parcel(p.ID))
	h.Read(func(r core.Reads) {
		for _, o := range []*domain.Order{lead, merged} {
			list, err := r.Parcels().OfOrder(o.ID)
			h.OK(err)
			require.Equal(h.T, []*domain.Parcel{p}, list)
		}
		id, err := r.Parcels().ByWaybill("SF1234567890")
		h.OK(err)
		require.Equal(h.T, p.ID, id)
		_, err = r.Parcels().Get(ids.ParcelID{3})
		h.Fault(err, fault.NotFound, "fault.shipping.unknown_parcel")
	})
	require.Equal(h.T, "sf SF1234567890", h.waybillOf(merged))

	p.Courier, p.Waybill, p.No, p.EntrySeq, p.BizDay, p.ShippedAt, p.HandedAt = "zto", "75312345678901", 3, 78, "2026-11-23", Now+1, Now+2
	p.Lines = p.Lines[:2]
	p.Lines[0].Returned, p.Lines[0].Items[0].Returned = 2, 2
	h.Write(func(tx core.Tx) { h.OK(tx.Parcels().Save(p)) })
	require.Equal(h.T, int64(2), p.Version)
	require.Equal(h.T, p, h.parcel(p.ID))
	require.Equal(h.T, "zto 75312345678901", h.waybillOf(lead))
}

func waybillUsed(h *House) {
	a, b := h.Order(), h.Order()
	h.Insert(a, b)
	h.Write(func(tx core.Tx) { h.OK(tx.Parcels().Insert(h.Parcel(a, 1, "SF1"))) })

	err := h.Try(func(tx core.Tx) error { return tx.Parcels().Insert(h.Parcel(b, 1, "SF1")) })
	h.Fault(err, fault.Conflict, "fault.shipping.waybill_used")
	require.Equal(h.T, a.Number, fault.From(err).Args["order"])

	planned := h.Parcel(b, 1, "")
	planned.State, planned.ShippedAt, planned.BizDay = domain.ParcelPlanned, 0, ""
	h.Write(func(tx core.Tx) { h.OK(tx.Parcels().Insert(planned)) })
	err = h.Try(func(tx core.Tx) error {
		p, err := tx.Parcels().Get(planned.ID)
		h.OK(err)
		p.State, p.Waybill = domain.ParcelShipped, "SF1"
		return tx.Parcels().Save(p)
	})
	h.Fault(err, fault.Conflict, "fault.shipping.waybill_used")
	h.Read(func(r core.Reads) {
		free, err := r.Parcels().ByWaybill("SF2")
		h.OK(err)
		require.True(h.T, free.Zero())
	})
}

func parcelStale(h *House) {
	o := h.Order()
	h.Insert(o)
	p := h.Parcel(o, 1, "SF1")
	h.Write(func(tx core.Tx) { h.OK(tx.Parcels().Insert(p)) })
	other := h.parcel(p.ID)
	h.Write(func(tx core.Tx) { h.OK(tx.Parcels().Save(other)) })

	p.Waybill = "SF9"
	err := h.Try(func(tx core.Tx) error { return tx.Parcels().Save(p) })

	h.Fault(err, fault.Conflict, "fault.conflict_version")
	require.Equal(h.T, "SF1", h.parcel(p.ID).Waybill)
}

func parcelVoided(h *House) {
	o := h.Order()
	h.Insert(o)
	first, second := h.Parcel(o, 1, "SF1"), h.Parcel(o, 2, "SF2")
	second.ShippedAt++
	first.Lines[0].Qty, second.Lines[0].Qty = 1, 1
	h.Write(func(tx core.Tx) {
		h.OK(tx.Parcels().Insert(first))
		h.OK(tx.Parcels().Insert(second))
	})
	require.Equal(h.T, "sf SF2", h.waybillOf(o))

	void := func(p *domain.Parcel) {
		h.Write(func(tx core.Tx) {
			h.OK(p.Void())
			h.OK(tx.Parcels().Save(p))
		})
	}
	void(second)
	require.Equal(h.T, "sf SF1", h.waybillOf(o))
	void(first)
	require.Equal(h.T, " ", h.waybillOf(o))

	again := h.Parcel(o, 3, "SF1") // the number is free again
	h.Write(func(tx core.Tx) { h.OK(tx.Parcels().Insert(again)) })
	h.Read(func(r core.Reads) {
		list, err := r.Parcels().OfOrder(o.ID)
		h.OK(err)
		require.Equal(h.T, []*domain.Parcel{first, second, again}, list)
	})
}

func deletePlanned(h *House) {
	o, other := h.Order(), h.Order()
	h.Insert(o, other)
	sent := h.Parcel(o, 1, "SF1")
	plan := func(o *domain.Order, no int) *domain.Parcel {
		p := h.Parcel(o, no, "")
		p.State, p.ShippedAt, p.BizDay, p.Courier = domain.ParcelPlanned, 0, "", ""
		return p
	}
	planned, kept := plan(o, 2), plan(other, 1)
	h.Write(func(tx core.Tx) {
		for _, p := range []*domain.Parcel{sent, planned, kept} {
			h.OK(tx.Parcels().Insert(p))
			h.OK(tx.Parcels().AddEvent(domain.ShipmentEvent{Parcel: p.ID, At: Now, Kind: "planned"}))
		}
	})

	h.Write(func(tx core.Tx) { h.OK(tx.Parcels().DeletePlanned(o.ID)) })

	h.Read(func(r core.Reads) {
		list, err := r.Parcels().OfOrder(o.ID)
		h.OK(err)
		require.Equal(h.T, []*domain.Parcel{sent}, list)
		list, err = r.Parcels().OfOrder(other.ID)
		h.OK(err)
		require.Equal(h.T, []*domain.Parcel{kept}, list)
		events, err := r.Parcels().Events(planned.ID)
		h.OK(err)
		require.Empty(h.T, events)
	})
}

func parcelEvents(h *House) {
	o := h.Order()
	h.Insert(o)
	p := h.Parcel(o, 1, "SF1")
	events := []domain.ShipmentEvent{
		{Parcel: p.ID, At: Now, Kind: "shipped", Text: "已发货", Actor: "王五"},
		{Parcel: p.ID, At: Now - when.Hour, Kind: "tracking", Text: "已揽收", Actor: "系统"}, // a later row may tell of earlier
	}
	h.Write(func(tx core.Tx) {
		h.OK(tx.Parcels().Insert(p))
		for _, e := range events {
			h.OK(tx.Parcels().AddEvent(e))
		}
	})

	h.Read(func(r core.Reads) {
		got, err := r.Parcels().Events(p.ID)
		h.OK(err)
		require.Len(h.T, got, 2)
		for i := range got {
			h.noZero(got[i])
			events[i].Seq = got[i].Seq
		}
		require.Equal(h.T, events, got)
	})
}

func waybillSheet(h *House) {
	other := domain.Shop{ID: ids.New[ids.ShopKind](h.IDs), Channel: "tmall", Code: "tm2", Name: "二店"}
	h.Write(func(tx core.Tx) { h.OK(tx.Catalog().SaveShop(&other)) })
	lead := h.Order(func(o *domain.Order) {
		o.Lines = append(o.Lines, h.Line(1, h.Lid.ID, 1))
		o.Lines[0].SubNo, o.Lines[1].SubNo = "S1", "S2"
	})
	merged, foreign, early := h.Order(), h.Order(func(o *domain.Order) { o.ShopID = other.ID }), h.Order()
	h.Insert(lead, merged, foreign, early)
	p := h.Parcel(lead, 1, "SF1")
	p.Lines = append(p.Lines, h.Parcel(merged, 1, "").Lines...)
	before := h.Parcel(early, 1, "SF3")
	before.BizDay, before.ShippedAt = Now.Day().Add(-1), Now-when.DaySpan
	h.Write(func(tx core.Tx) {
		h.OK(tx.Parcels().Insert(p))
		h.OK(tx.Parcels().Insert(h.Parcel(foreign, 1, "SF2")))
		h.OK(tx.Parcels().Insert(before))
	})

	h.Read(func(r core.Reads) {
		got, err := r.Parcels().WaybillSheet(h.Shop.ID, Now.Day(), Now.Day())
		h.OK(err)
		row := core.WaybillRow{Courier: "sf", Waybill: "SF1", Shipped: p.ShippedAt}
		a, b, c := row, row, row
		a.Number, a.SubNo, b.Number, b.SubNo, c.Number = lead.Number, "S1", lead.Number, "S2", merged.Number
		require.Equal(h.T, []core.WaybillRow{a, b, c}, got)
		got, err = r.Parcels().WaybillSheet(h.Shop.ID, Now.Day().Add(-1), Now.Day())
		h.OK(err)
		require.Len(h.T, got, 4)
		require.Equal(h.T, early.Number, got[0].Number)
	})
}

func parcelsListed(h *House) {
	a, b := h.Order(), h.Order()
	h.Insert(a, b)
	first, second := h.Parcel(a, 1, "SF111"), h.Parcel(b, 1, "YT222")
	second.ShippedAt, second.State, second.HandedAt = first.ShippedAt+1, domain.ParcelHanded, first.ShippedAt+2
	first.Lines = append(first.Lines, h.Parcel(b, 1, "").Lines...)
	first.Lines[1].Qty, second.Lines[0].Qty = 1, 1
	h.Write(func(tx core.Tx) {
		h.OK(tx.Parcels().Insert(first))
		h.OK(tx.Parcels().Insert(second))
	})

	h.Read(func(r core.Reads) {
		page, err := r.Parcels().List(core.Query{Totals: true})
		h.OK(err)
		require.Equal(h.T, []core.ParcelRow{
			{
				ID: second.ID, Order: b.ID, Number: b.Number, Channel: "tmall", Shop: "tm1", No: 1, State: domain.ParcelHanded, Courier: "sf", Waybill: "YT222",
				Units: 1, Orders: 1, ShippedAt: second.ShippedAt, HandedAt: second.HandedAt, Day: Now.Day(), Province: "浙江省",
			},
			{
				ID: first.ID, Order: a.ID, Number: a.Number, Channel: "tmall", Shop: "tm1", No: 1, State: domain.ParcelShipped, Courier: "sf", Waybill: "SF111",
				Units: 3, Orders: 2, ShippedAt: first.ShippedAt, Day: Now.Day(), Province: "浙江省",
			},
		}, page.Rows)
		require.Equal(h.T, 2, page.Total)
		require.Equal(h.T, int64(4), page.Sums["units"])
		for search, n := range map[string]int{"SF111": 1, "yt2": 1, b.Number: 2, "nix": 0, "401234": 2} {
			page, err := r.Parcels().List(core.Query{Search: search})
			h.OK(err)
			require.Len(h.T, page.Rows, n, search)
		}
		for chip, n := range map[string]int{"planned": 0, "shipped": 1, "handed_over": 1, "voided": 0} {
			page, err := r.Parcels().List(core.Query{Chip: chip})
			h.OK(err)
			require.Len(h.T, page.Rows, n, chip)
		}
		_, err = r.Parcels().List(core.Query{Chip: "lost"})
		h.Fault(err, fault.Invalid, "fault.list.unknown_chip")
	})
}

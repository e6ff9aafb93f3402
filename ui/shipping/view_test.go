package shipping

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/i18n"
	"zhanggui/app/ids"
	"zhanggui/app/settings"
	"zhanggui/app/shipping"
	"zhanggui/app/when"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

func TestSuggest_ShapeProposes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, number, present string
		want                  string
	}{
		{"nothing chosen yet", "SF1234567890123", "", "sf"},
		{"the present one fits too", "781234567890", "zto", "zto"},
		{"the present one cannot be", "JT12345678901", "zto", "jt"},
		{"no shape keeps what there is", "12345", "sto", "sto"},
		{"not a number yet", "7", "", ""},
	} {
		require.Equal(t, c.want, suggest(domain.Couriers, c.number, c.present), c.name)
	}
}

func TestOrderQuery_Chips_OnlyPassedOrders(t *testing.T) {
	t.Parallel()
	now := when.At(2026, 4, 23, 10, 0, 0)
	open := orderQuery(kit.Query{Chip: chipOpen, Page: core.Page{Sort: sortDue}}, now)
	require.Equal(t, "open", open.Chip)
	require.Len(t, open.Conds, 3, "what service still has to do is not on the board")
	require.Empty(t, open.Page.Sort, "by the limit, which an index serves")
	require.Equal(t, "limit_ms", orderQuery(kit.Query{Chip: chipOpen, Page: core.Page{Sort: sortDue, Desc: true}}, now).Page.Sort)
	require.Equal(t, "part_shipped", orderQuery(kit.Query{Chip: chipPart}, now).Chip)

	near := orderQuery(kit.Query{Chip: chipNear}, now).Conds
	require.Equal(t, core.Cond{Field: "limit_ms", Op: "<=", Value: "1776924000000"}, near[len(near)-1])
	filtered := orderQuery(kit.Query{Chip: chipNote, Filter: kit.NewValues("channel", "jd", "province", "浙江")}, now).Conds
	require.Contains(t, filtered, core.Cond{Field: "channel", Op: "=", Value: "jd"})
	require.Contains(t, filtered, core.Cond{Field: "province", Op: "~", Value: "浙江"})
}

func TestParcelQuery_Chips(t *testing.T) {
	t.Parallel()
	hand := parcelQuery(kit.Query{Chip: chipToHand, Page: core.Page{Sort: sortDue}}, "2026-04-23")
	require.Equal(t, "shipped", hand.Chip)
	require.Empty(t, hand.Page.Sort)
	sent := parcelQuery(kit.Query{Chip: chipSent, Page: core.Page{Sort: "number"}}, "2026-04-23")
	require.Equal(t, "order", sent.Page.Sort)
	require.Contains(t, sent.Conds, core.Cond{Field: "shipped_ms", Op: "=", Value: "2026-04-23"})
}

func TestDeadline_ClockOfCashOnDelivery_BeginsAtTheOrder(t *testing.T) {
	t.Parallel()
	d := deadline(core.OrderRow{CreatedAt: 5, TargetAt: 10, LimitAt: 20}, 3)
	require.Equal(t, kit.Deadline{From: 5, Target: 10, Limit: 20, WarnBefore: 3, UrgentBefore: nearLimit}, d)
	set := domain.ParseSettings(nil)
	require.Equal(t, 6*when.Hour, warnSpan(set), "amber at 18 of 24 hours")
}

func TestTones_StatesHaveTheirColour(t *testing.T) {
	t.Parallel()
	require.Equal(t, theme.Idle, stageTone(domain.StageToShip))
	require.Equal(t, theme.Info, stageTone(domain.StagePart))
	require.Equal(t, theme.OK, stageTone(domain.StageShipped))
	require.Equal(t, theme.Warn, stageTone(domain.StageHold))
	require.Equal(t, theme.Blocked, stageTone(domain.StageCancelled))
	require.Equal(t, theme.Info, parcelTone(domain.ParcelShipped))
	require.Equal(t, theme.OK, parcelTone(domain.ParcelHanded))
	require.Equal(t, theme.Idle, parcelTone(domain.ParcelVoided))
}

func TestNotes_IconsSayWhatIsSpecial(t *testing.T) {
	t.Parallel()
	require.Empty(t, notes(core.OrderRow{}))
	marks := notes(core.OrderRow{Merge: ids.OrderID{1}, COD: true, BuyerNote: "快", SellerNote: "x"})
	require.Equal(t, []kit.Mark{{Icon: "merge"}, {Icon: "yuan", Tone: theme.Info}, {Icon: "note", Tone: theme.Urgent}}, marks)
	require.Equal(t, []kit.Mark{{Icon: "note"}}, notes(core.OrderRow{SellerNote: "x"}))
}

func TestAfterShipped_MergedOrdersLeaveTogether(t *testing.T) {
	t.Parallel()
	one := func(id, merge byte) row {
		r := row{order: core.OrderRow{ID: ids.OrderID{id}}}
		if merge > 0 {
			r.order.Merge = ids.OrderID{merge}
		}
		return r
	}
	queue := []row{one(1, 1), one(2, 0), one(3, 1)}
	require.Len(t, afterShipped(queue, queue[0], true), 1)
	require.Len(t, afterShipped(queue, queue[0], false), 2)
	require.Len(t, afterShipped(queue, queue[1], true), 2)
}

func TestOpenParcel_FirstPlanned(t *testing.T) {
	t.Parallel()
	id, n := openParcel([]*domain.Parcel{
		{ID: ids.ParcelID{1}, State: domain.ParcelShipped}, {ID: ids.ParcelID{2}, State: domain.ParcelPlanned}, {ID: ids.ParcelID{3}, State: domain.ParcelPlanned},
	})
	require.Equal(t, ids.ParcelID{2}, id)
	require.Equal(t, 2, n)
}

func TestPartUnits_LimitsEachLine(t *testing.T) {
	t.Parallel()
	a, b := &domain.Line{ID: ids.LineID{1}, Qty: 3}, &domain.Line{ID: ids.LineID{2}, Qty: 2, ShippedQty: 1}
	lines := []*domain.Line{a, b}
	got, err := partUnits(lines, []int64{2, 0})
	require.NoError(t, err)
	require.Equal(t, map[ids.LineID]int64{a.ID: 2}, got)
	_, err = partUnits(lines, []int64{1, 2})
	require.Equal(t, "fault.ship.too_many", fault.From(err).Fields[unitField(1)])
	_, err = partUnits(lines, []int64{0, 0})
	require.Equal(t, "fault.ship.no_units", fault.From(err).Fields[unitField(0)])
}

func TestRefused_CanBePastedAgain(t *testing.T) {
	t.Parallel()
	list := []shipping.RefusedRow{{
		ListRow: shipping.ListRow{Row: 7, Order: "42", Courier: "zto", Waybill: "781234567890"},
		Err:     fault.New(fault.NotFound, "fault.order.unknown", "order", "42"),
	}}
	require.Equal(t, "42\tzto\t781234567890\n", refusedText(list))
	again, err := shipping.ParseList(refusedText(list))
	require.NoError(t, err)
	require.Equal(t, "781234567890", again[0].Waybill)
	rows := refusedRows(i18n.New(i18n.Chinese), list)
	require.Equal(t, 1, rows.Len())
	_, ok := rows.Row(1)
	require.False(t, ok)
}

func TestClipped_OnlyWhatLooksLikeAList(t *testing.T) {
	t.Parallel()
	require.Equal(t, "1 zto 781234567890", clipped("1 zto 781234567890"))
	require.Empty(t, clipped("你好，世界"))
	require.Empty(t, clipped("一段话"))
	require.Empty(t, clipped(""))
}

func TestPhoneTail_AsMuchAsThereIs(t *testing.T) {
	t.Parallel()
	require.Equal(t, "4417", phoneTail("138****4417"))
	require.Equal(t, "12", phoneTail("12"))
}

func TestWaybillTable_TextsStayTexts(t *testing.T) {
	t.Parallel()
	table := waybillTable(i18n.New(i18n.English), []core.WaybillRow{{Number: "0012", SubNo: "1", Courier: "zto", Waybill: "781234567890", Shipped: 1}})
	require.Len(t, table.Columns, 5)
	require.Len(t, table.Rows, 1)
}

func TestMissConds_UntilTheCutOffAfterTheNext(t *testing.T) {
	t.Parallel()
	now := when.Day("2026-04-23").Start() + 10*when.Hour
	waves := []string{"11:00", "16:30"}
	require.Empty(t, missConds(kit.Values{}, waves, now))
	require.Empty(t, missConds(kit.NewValues(missKey, missKey), nil, now))
	until := strconv.FormatInt(int64(when.Day("2026-04-23").Start()+16*when.Hour+30*when.Minute), 10)
	require.Equal(t, core.Cond{Field: "target_ms", Op: "<=", Value: until}, missConds(kit.NewValues(missKey, missKey), waves, now)[1])
}

// What the shop does not offer is not suggested, and the usual one comes first.
func TestCouriers_OnlyThoseOffered(t *testing.T) {
	s := fill(t, 1)
	boss := s.As(auth.Supervisor)
	require.NoError(t, s.Settings.SetCourier(boss, settings.CourierCmd{Code: "yto", Usual: true}))
	require.NoError(t, s.Settings.SetCourier(boss, settings.CourierCmd{Code: "zto", Off: true}))
	d := warehouse(t, s)
	items := d.s.courierItems()
	require.Equal(t, "yto", items[0].Value)
	require.Len(t, items, len(domain.Couriers)-1)
	require.Equal(t, "yto", d.s.present())
	d.s.courier = "zto"
	require.Equal(t, "yto", d.s.present(), "the last one is off now")
	require.NotContains(t, fitting(d.s.couriers(), "781234567890"), "zto")
}

package storetest

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/stretchr/testify/require"

	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
	"zhanggui/app/money"
	"zhanggui/app/when"
)

var listTests = map[string]func(h *House){
	"EveryField_Conditions_And_Sorting":     everyFieldOfEveryList,
	"UnknownFieldOpValue_Refused":           badConditions,
	"Orders_PagesJoinToTheWhole":            orderPages,
	"Orders_ChipsAndCounts":                 orderChips,
	"Orders_Search":                         orderSearch,
	"Orders_NoMoreThanTheLimit":             orderLimit,
	"Orders_InstantsByDay":                  orderDays,
	"Lines_ChipsAndSearch":                  lineChips,
	"Orders_TotalsOfFilter_SumWhatIsListed": orderTotals,
}

// field is one json field of a row type, for the brute-force comparison.
type field struct {
	name  string
	index int
}

func fieldsOf(t reflect.Type) []field {
	var list []field
	for i := range t.NumField() {
		if tag, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ","); tag != "" {
			list = append(list, field{tag, i})
		}
	}
	return list
}

// everyField compares the list's conditions and sorting on every json field
// with the same done in Go on all its rows.
func everyField[T any](h *House, call func(q core.Query) (core.Paged[T], error)) {
	h.T.Helper()
	name := reflect.TypeFor[T]().Name()
	all := func(q core.Query) []T {
		h.T.Helper()
		q.Page.Limit = core.PageLimit
		page, err := call(q)
		require.NoError(h.T, err, "%s %+v", name, q)
		return page.Rows
	}
	rows := all(core.Query{})
	require.Greater(h.T, len(rows), 1, name)
	fields := fieldsOf(reflect.TypeFor[T]())
	require.Len(h.T, fields, reflect.TypeFor[T]().NumField(), "%s: a field without json name", name)
	for _, f := range fields {
		at := func(row T) reflect.Value { return reflect.ValueOf(row).Field(f.index) }
		for _, desc := range []bool{false, true} {
			sorted := all(core.Query{Page: core.Page{Sort: f.name, Desc: desc}})
			require.Len(h.T, sorted, len(rows), f.name)
			for i := 1; i < len(sorted); i++ {
				c := compare(at(sorted[i-1]), at(sorted[i]))
				require.True(h.T, c == 0 || (c < 0) != desc, "%s sorted by %s desc=%v", name, f.name, desc)
			}
		}
		for _, pivot := range rows {
			for _, op := range []string{"=", "!=", "<", "<=", ">", ">=", "~"} {
				if !fits(at(pivot), op) {
					continue
				}
				want := 0
				for _, row := range rows {
					if holds(at(row), op, at(pivot)) {
						want++
					}
				}
				got := all(core.Query{Conds: []core.Cond{{Field: f.name, Op: op, Value: textOf(at(pivot))}}})
				require.Len(h.T, got, want, "%s: %s %s %q", name, f.name, op, textOf(at(pivot)))
			}
		}
	}
}

// fits tells whether the operation is meant for the field's kind.
func fits(v reflect.Value, op string) bool {
	switch v.Kind() {
	case reflect.Bool, reflect.Array:
		return op == "=" || op == "!="
	case reflect.String:
		return op != "~" || v.Type() != reflect.TypeFor[when.Day]() && v.Len() > 0
	}
	return op != "~"
}

func holds(v reflect.Value, op string, pivot reflect.Value) bool {
	c := compare(v, pivot)
	switch op {
	case "=":
		return c == 0
	case "!=":
		return c != 0
	case "<":
		return c < 0
	case "<=":
		return c <= 0
	case ">":
		return c > 0
	case ">=":
		return c >= 0
	}
	return strings.Contains(strings.ToLower(v.String()), strings.ToLower(pivot.String()))
}

func compare(a, b reflect.Value) int {
	switch a.Kind() {
	case reflect.String:
		return strings.Compare(a.String(), b.String())
	case reflect.Bool:
		return cmp.Compare(strconv.FormatBool(a.Bool()), strconv.FormatBool(b.Bool())) // false before true
	case reflect.Array:
		return strings.Compare(textOf(a), textOf(b))
	}
	return cmp.Compare(a.Int(), b.Int())
}

// textOf prints a value as a condition's text: instants and amounts as numbers.
func textOf(v reflect.Value) string {
	if v.CanInt() {
		return strconv.FormatInt(v.Int(), 10)
	}
	return fmt.Sprint(v.Interface())
}

// filled fills the house with rows of every list.
func (h *House) filled() *domain.Import {
	h.T.Helper()
	h.Receive(h.Mug.ID, 40, 1500, "2026-11-20")
	h.Receive(h.Lid.ID, 9, 200, "2026-11-21")
	full, plain := h.full(), h.Order(func(o *domain.Order) { o.Channel, o.Platform.Waybill = "jd", "" })
	unmapped := h.Order(func(o *domain.Order) {
		o.Lines[0].SKU, o.Lines[0].Parts, o.Lines[0].Code = ids.SKUID{}, nil, "未知-1"
	})
	h.Insert(full, plain, unmapped)
	sent := h.reserved(2)
	p := h.Parcel(sent, 1, "SF1234567890")
	done := h.Parcel(plain, 1, "YT1")
	done.State, done.HandedAt, done.Courier = domain.ParcelHanded, Now+5, "yto"
	planned := h.Parcel(full, 1, "")
	planned.State, planned.ShippedAt, planned.BizDay = domain.ParcelPlanned, 0, ""
	h.Write(func(tx core.Tx) {
		h.OK(h.ship(tx, sent, 2, p.ID))
		h.OK(tx.Parcels().Insert(p))
		h.OK(tx.Parcels().Insert(done))
		h.OK(tx.Parcels().Insert(planned))
	})
	e := h.Sale(sent.Number, h.Mug.ID, 2, 7800, 3000, 800, Now.Day())
	h.post(&e)
	undo := e.Reverse("unship")
	undo.At, undo.BizDay, undo.ActorName = Now, "2026-11-23", "李四"
	h.post(&undo)
	other := h.customer("另一位")
	other.Name, other.Orders, other.LastDay, other.Channel = "Müller", 1, "2026-11-30", "jd"
	h.upsert(h.customer("b1"), other)
	imp, imp2 := h.imp("订单.csv", Now), h.imp("Goods.xlsx", Now+1)
	imp2.State, imp2.Totals, imp2.Shop, imp2.New = domain.ImportRunning, nil, ids.ShopID{}, 9
	h.insertImport(imp, imp2)
	h.Write(func(tx core.Tx) {
		h.OK(tx.Imports().AddRows([]domain.ImportRow{
			{Import: imp.ID, Rows: "3", Result: domain.RowNew, Number: "4012", Args: map[string]string{"a": "b"}},
			{Import: imp.ID, Rows: "4", Result: domain.RowRejected, Column: "数量", Value: "两个", Code: "qty", Key: "fault.stock.qty", RefKind: "order", RefID: "x", Before: "{}", After: "{}"},
		}))
	})
	return imp
}

func everyFieldOfEveryList(h *House) {
	imp := h.filled()
	h.Read(func(r core.Reads) {
		everyField(h, func(q core.Query) (core.Paged[core.OrderRow], error) { return r.Orders().List(q, Now) })
		everyField(h, r.Orders().ListLines)
		everyField(h, r.Parcels().List)
		everyField(h, r.Catalog().List)
		everyField(h, r.Stock().List)
		everyField(h, r.Stock().ListMoves)
		everyField(h, r.Ledger().List)
		everyField(h, r.Customers().List)
		everyField(h, func(q core.Query) (core.Paged[core.StockRow], error) { return r.Stock().AsOf("2026-11-20", q) })
		for _, name := range []string{
			"id", "file", "sha256", "kind", "layout", "channel", "shop_id", "encoding", "header_row", "state", "at_ms", "done_ms", "actor",
			"new", "changed", "same", "conflict", "rejected", "chunks", "totals", "version",
		} {
			page, err := r.Imports().List(core.Query{Page: core.Page{Sort: name}})
			require.NoError(h.T, err, name)
			require.Len(h.T, page.Rows, 2, name)
		}
		page, err := r.Imports().List(core.Query{Conds: []core.Cond{{Field: "new", Op: ">", Value: "5"}, {Field: "file", Op: "~", Value: "goods"}}})
		h.OK(err)
		require.Len(h.T, page.Rows, 1)
		for _, name := range []string{"seq", "import_id", "rows", "result", "ref_kind", "ref_id", "number", "column", "value", "code", "message", "args", "before", "after"} {
			page, err := r.Imports().Rows(imp.ID, core.Query{Page: core.Page{Sort: name, Desc: true}})
			require.NoError(h.T, err, name)
			require.Len(h.T, page.Rows, 2, name)
		}
	})
}

func badConditions(h *House) {
	h.Read(func(r core.Reads) {
		list := func(conds ...core.Cond) error {
			_, err := r.Orders().List(core.Query{Conds: conds}, Now)
			return err
		}
		err := list(core.Cond{Field: "colour", Op: "=", Value: "x"})
		h.Fault(err, fault.Invalid, "fault.list.unknown_field")
		require.Contains(h.T, fault.From(err).Args["known"], "buyer_note, channel, checks, city")
		h.Fault(list(core.Cond{Field: "o.stage) OR (1=1", Op: "=", Value: "x"}), fault.Invalid, "fault.list.unknown_field")
		for _, c := range []core.Cond{
			{Field: "paid_fen", Op: "~", Value: "1"},
			{Field: "number", Op: "LIKE", Value: "1"},
			{Field: "number", Op: "", Value: "1"},
			{Field: "cod", Op: "<", Value: "true"},
			{Field: "id", Op: ">", Value: h.Mug.ID.String()},
			{Field: "day", Op: "~", Value: "2026"},
		} {
			h.Fault(list(c), fault.Invalid, "fault.list.bad_op")
		}
		for _, c := range []core.Cond{
			{Field: "paid_fen", Op: "=", Value: "12.50"},
			{Field: "paid_ms", Op: "=", Value: "yesterday"},
			{Field: "cod", Op: "=", Value: "perhaps"},
			{Field: "id", Op: "=", Value: "4012"},
			{Field: "day", Op: ">", Value: "22.11."},
			{Field: "number", Op: "=", Value: strings.Repeat("长", 3000)},
		} {
			h.Fault(list(c), fault.Invalid, "fault.list.bad_value")
		}
		_, err = r.Orders().List(core.Query{Page: core.Page{Sort: "colour"}}, Now)
		h.Fault(err, fault.Invalid, "fault.list.unknown_field")
		_, err = r.Orders().List(core.Query{Chip: "colour"}, Now)
		h.Fault(err, fault.Invalid, "fault.list.unknown_chip")
		_, err = r.Orders().IDs(core.Query{Chip: "colour"}, Now, 5)
		h.Fault(err, fault.Invalid, "fault.list.unknown_chip")
		_, err = r.Orders().ListLines(core.Query{Chip: "colour"})
		h.Fault(err, fault.Invalid, "fault.list.unknown_chip")
		_, err = r.Stock().List(core.Query{Chip: "colour"})
		h.Fault(err, fault.Invalid, "fault.list.unknown_chip")
		for _, call := range []func(q core.Query) error{
			func(q core.Query) error { _, err := r.Orders().ListLines(q); return err },
			func(q core.Query) error { _, err := r.Parcels().List(q); return err },
			func(q core.Query) error { _, err := r.Catalog().List(q); return err },
			func(q core.Query) error { _, err := r.Stock().List(q); return err },
			func(q core.Query) error { _, err := r.Stock().AsOf("2026-11-20", q); return err },
			func(q core.Query) error { _, err := r.Stock().ListMoves(q); return err },
			func(q core.Query) error { _, err := r.Ledger().List(q); return err },
			func(q core.Query) error { _, err := r.Customers().List(q); return err },
			func(q core.Query) error { _, err := r.Imports().List(q); return err },
			func(q core.Query) error { _, err := r.Imports().Rows(ids.ImportID{1}, q); return err },
		} {
			h.Fault(call(core.Query{Conds: []core.Cond{{Field: "colour", Op: "=", Value: "x"}}}), fault.Invalid, "fault.list.unknown_field")
		}
	})
}

// orderPages joins pages of 7 to the whole list, with counters known (a page
// beyond the middle comes from the other end) and not known.
func orderPages(h *House) {
	var list []*domain.Order
	for i := range 40 {
		list = append(list, h.Order(func(o *domain.Order) {
			o.CreatedAt = Now + when.Millis(i%5) // many alike
			o.LimitAt, o.PaidAt = Now+when.Millis(i%3), Now+when.Millis(i%2)
			if i%4 == 0 {
				o.Closing, o.Channel = domain.ClosingCompleted, "jd"
			}
		}))
	}
	h.Insert(list...)
	for _, q := range []core.Query{
		{},
		{Chip: "to_audit"},
		{Chip: "completed"},
		{Chip: "open"},
		{Conds: []core.Cond{{Field: "channel", Op: "=", Value: "jd"}}},
		{Conds: []core.Cond{{Field: "channel", Op: "!=", Value: "jd"}, {Field: "stage", Op: "=", Value: "to_audit"}}},
		{Conds: []core.Cond{{Field: "province", Op: "=", Value: "浙江省"}}},
		{Page: core.Page{Sort: "limit_ms", Desc: true}},
		{Page: core.Page{Sort: "receiver"}},
		{Chip: "open", Conds: []core.Cond{{Field: "stage", Op: "!=", Value: "hold"}}},
	} {
		h.Read(func(r core.Reads) {
			want, err := r.Orders().IDs(q, Now, 1000)
			h.OK(err)
			require.NotEmpty(h.T, want)
			var got []ids.OrderID
			for offset := 0; offset < 50; offset += 7 {
				paged := q
				paged.Page.Offset, paged.Page.Limit, paged.Totals = offset, 7, offset%2 == 0
				page, err := r.Orders().List(paged, Now)
				h.OK(err)
				for _, row := range page.Rows {
					got = append(got, row.ID)
				}
				if paged.Totals {
					require.Equal(h.T, len(want), page.Total, "%+v", q)
				} else {
					require.Equal(h.T, -1, page.Total)
				}
			}
			require.Equal(h.T, want, got, "%+v", q)
			some, err := r.Orders().IDs(q, Now, 3)
			h.OK(err)
			require.Equal(h.T, want[:3], some)
		})
	}
}

func orderChips(h *House) {
	target := func(target, limit when.Millis) func(*domain.Order) {
		return func(o *domain.Order) { o.TargetAt, o.LimitAt = Now+target, Now+limit }
	}
	fine := h.Order(target(20*when.Hour, 44*when.Hour))
	soon := h.Order(target(5*when.Hour, 29*when.Hour))
	late := h.Order(target(-when.Hour, 23*when.Hour))
	breach := h.Order(target(-25*when.Hour, -when.Hour), func(o *domain.Order) { o.Audit = domain.AuditPassed })
	unset := h.Order(target(-Now, -Now), func(o *domain.Order) { o.SellerNote = "记得" })
	noted := h.Order(target(20*when.Hour, 44*when.Hour), func(o *domain.Order) {
		o.BuyerNote, o.Checks = "送礼", []domain.Check{{Code: domain.CheckMerge}}
	})
	gone := h.Order(target(-50*when.Hour, -26*when.Hour), func(o *domain.Order) {
		o.Closing, o.BuyerNote, o.Checks = domain.ClosingCancelled, "x", []domain.Check{{Code: domain.CheckMerge}}
	})
	sent := func(after when.Millis) *domain.Order {
		return h.Order(target(-30*when.Hour, -6*when.Hour), func(o *domain.Order) {
			o.Audit, o.Fulfil, o.ShippedAt = domain.AuditPassed, domain.FulShipped, Now-30*when.Hour+after
			o.PaidAt = Now - 54*when.Hour
		})
	}
	early, good, tardy := sent(-when.Hour), sent(when.Hour), sent(25*when.Hour)
	foreign := sent(-when.Hour)
	foreign.External = true
	h.Insert(fine, soon, late, breach, unset, noted, gone, early, good, tardy, foreign)

	h.Read(func(r core.Reads) {
		for chip, want := range map[string][]*domain.Order{
			"due_soon": {soon}, "late_target": {late}, "late_limit": {breach}, "with_note": {unset, noted}, "mergeable": {noted}, "conflict": {},
			"open": {unset, breach, late, soon, fine, noted}, "to_audit": {unset, late, soon, fine, noted}, "to_ship": {breach}, "cancelled": {gone}, "hold": {},
		} {
			page, err := r.Orders().List(core.Query{Chip: chip, Totals: true}, Now)
			h.OK(err)
			got := []ids.OrderID{}
			for _, row := range page.Rows {
				got = append(got, row.ID)
			}
			require.Equal(h.T, idsOf(want...), got, chip)
			require.Equal(h.T, len(want), page.Total, chip)
		}
		due := []core.Cond{{Field: "limit_ms", Op: ">=", Value: string((Now - when.DaySpan).Day())}, {Field: "limit_ms", Op: "<=", Value: string(Now.Day())}}
		days, err := r.Reports().OnTime((Now - when.DaySpan).Day(), Now.Day())
		h.OK(err)
		var told [3]int64
		for _, d := range days {
			told[0], told[1], told[2] = told[0]+d.Due, told[1]+d.Good, told[2]+d.Early
		}
		count := func(conds ...core.Cond) int64 {
			page, err := r.Orders().List(core.Query{Chip: "due", Conds: append(slices.Clone(due), conds...), Totals: true}, Now)
			h.OK(err)
			return int64(page.Total)
		}
		kept := func(how string) core.Cond { return core.Cond{Field: "sent", Op: "=", Value: how} }
		require.Equal(h.T, told[0], count(), "as many as the on-time report counts")
		require.Equal(h.T, told[2], count(kept("target")))
		require.Equal(h.T, told[1], count(kept("target"))+count(kept("limit")))
		require.Equal(h.T, told[0]-told[1], count(kept("late")))
		require.Equal(h.T, [3]int64{4, 2, 1}, told)
		hours, err := r.Reports().PaidHours((Now - 54*when.Hour).Day(), (Now - 54*when.Hour).Day())
		h.OK(err)
		require.Len(h.T, hours, 1)
		page, err := r.Orders().List(core.Query{Totals: true, Conds: []core.Cond{
			{Field: "paid_ms", Op: "=", Value: string((Now - 54*when.Hour).Day())}, {Field: "paid_hour", Op: "=", Value: strconv.Itoa(hours[0].Hour)},
		}}, Now)
		h.OK(err)
		require.EqualValues(h.T, hours[0].Orders, page.Total)
		target, limit, err := r.Reports().Late(Now)
		h.OK(err)
		require.Equal(h.T, [2]int64{1, 1}, [2]int64{target, limit})
	})
	h.Write(func(tx core.Tx) { h.OK(tx.Settings().Set("ship.amber_hours", "23")) })
	h.Read(func(r core.Reads) {
		page, err := r.Orders().List(core.Query{Chip: "due_soon"}, Now)
		h.OK(err)
		require.Empty(h.T, page.Rows, "amber begins one hour before the target")
	})
}

func orderSearch(h *House) {
	a := h.Order(func(o *domain.Order) {
		o.Number, o.Receiver.Name, o.Receiver.Phone, o.Lines[0].Title = "200112-417", "欧阳娜娜", "13912344417-8801", "长柄雨伞 100%防水"
	})
	b := h.Order(func(o *domain.Order) { o.Receiver.Phone, o.BuyerKey = "13900004417", "buyer_x" })
	c := h.Order(func(o *domain.Order) { o.Number = "9999000011112222" })
	h.Insert(a, b, c)
	h.Write(func(tx core.Tx) { h.OK(tx.Parcels().Insert(h.Parcel(c, 1, "SF1234567890"))) })

	h.Read(func(r core.Reads) {
		for search, want := range map[string][]*domain.Order{
			"200112-417": {a}, "4417": {b, a}, "44417": {a}, "13900004417": {b}, "SF1234567890": {c}, "99990000": {c}, "9999": {c},
			"欧阳": {a}, "雨伞": {a}, "雨伞 娜娜": {a}, "雨伞 无": {}, "buyer_x": {b}, "100%防": {a}, "buyer%x": {}, "417": {a}, "sf1234": {c}, "一二三四": {},
		} {
			page, err := r.Orders().List(core.Query{Search: search, Totals: true}, Now)
			h.OK(err)
			got := []ids.OrderID{}
			for _, row := range page.Rows {
				got = append(got, row.ID)
			}
			require.ElementsMatch(h.T, idsOf(want...), got, search)
			require.Equal(h.T, len(want), page.Total, search)
		}
		page, err := r.Orders().List(core.Query{Search: "4417", Conds: []core.Cond{{Field: "buyer", Op: "=", Value: "buyer_x"}}}, Now)
		h.OK(err)
		require.Len(h.T, page.Rows, 1)
	})
}

func orderLimit(h *House) {
	list := make([]*domain.Order, core.PageLimit+20)
	for i := range list {
		list[i] = h.Order()
	}
	h.Insert(list...)

	h.Read(func(r core.Reads) {
		page, err := r.Orders().List(core.Query{Page: core.Page{Limit: 100_000}}, Now)
		h.OK(err)
		require.Len(h.T, page.Rows, core.PageLimit)
		page, err = r.Orders().List(core.Query{}, Now)
		h.OK(err)
		require.Len(h.T, page.Rows, 200)
	})
}

func orderDays(h *House) {
	day := Now.Day()
	last, first, next, unset := h.Order(), h.Order(), h.Order(), h.Order()
	last.ShippedAt, first.ShippedAt, next.ShippedAt = day.Start()-1, day.Start(), day.End()
	h.Insert(last, first, next, unset)

	h.Read(func(r core.Reads) {
		for op, want := range map[string][]*domain.Order{"=": {first}, "!=": {unset, next, last}, "<": {last}, "<=": {first, last}, ">": {next}, ">=": {next, first}} {
			page, err := r.Orders().List(core.Query{Conds: []core.Cond{{Field: "shipped_ms", Op: op, Value: string(day)}}}, Now)
			h.OK(err)
			var got []ids.OrderID
			for _, row := range page.Rows {
				got = append(got, row.ID)
			}
			require.Equal(h.T, idsOf(want...), got, op)
		}
	})
}

func lineChips(h *House) {
	a := h.Order(func(o *domain.Order) {
		o.Lines = append(o.Lines, h.Line(1, ids.SKUID{}, 1))
		o.Lines[1].Code, o.Lines[1].Title = "X-1", "茶壶"
		o.Lines[0].ShippedQty = 2
	})
	b := h.Order(func(o *domain.Order) { o.Closing = domain.ClosingCancelled })
	h.Insert(a, b)

	h.Read(func(r core.Reads) {
		for q, n := range map[[2]string]int{{"", ""}: 3, {"unmapped", ""}: 1, {"open", ""}: 1, {"", a.Number}: 2, {"", "茶壶"}: 1, {"", "x-1"}: 1, {"open", a.Number}: 1} {
			page, err := r.Orders().ListLines(core.Query{Chip: q[0], Search: q[1], Totals: true})
			h.OK(err)
			require.Len(h.T, page.Rows, n, "%v", q)
			require.Equal(h.T, n, page.Total)
		}
		page, err := r.Orders().ListLines(core.Query{})
		h.OK(err)
		require.Equal(h.T, b.Lines[0].ID, page.Rows[0].ID, "the newest order first")
		require.Equal(h.T, a.Lines[0].ID, page.Rows[1].ID)
	})
}

func orderTotals(h *House) {
	for i := range 12 {
		h.Insert(h.Order(func(o *domain.Order) {
			o.PaidFen, o.Receiver.City = money.Fen(100*i), []string{"杭州市", "宁波市"}[i%2]
		}))
	}

	h.Read(func(r core.Reads) {
		for _, q := range []core.Query{{}, {Chip: "to_audit"}, {Conds: []core.Cond{{Field: "city", Op: "=", Value: "宁波市"}}}, {Search: "沈佳宜"}} {
			q.Totals = true
			page, err := r.Orders().List(q, Now)
			h.OK(err)
			var paid int64
			for _, row := range page.Rows {
				paid += int64(row.PaidFen)
			}
			require.Equal(h.T, len(page.Rows), page.Total)
			require.Equal(h.T, paid, page.Sums["paid_fen"])
		}
		page, err := r.Orders().List(core.Query{Totals: true, Chip: "returned"}, Now)
		h.OK(err)
		require.Zero(h.T, page.Total)
		require.Equal(h.T, int64(0), page.Sums["paid_fen"])
	})
}

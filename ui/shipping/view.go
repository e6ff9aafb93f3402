package shipping

import (
	"strconv"
	"strings"

	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/i18n"
	"zhanggui/app/ids"
	"zhanggui/app/when"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// row is one line of the board: an order that waits, or a parcel that left.
type row struct {
	order    core.OrderRow
	parcel   core.ParcelRow
	isParcel bool
	warn     when.Millis // span before the target at which the deadline turns amber
}

func (r row) id() string {
	if r.isParcel {
		return r.parcel.ID.String()
	}
	return r.order.ID.String()
}

// orderID is the order behind the row, the leading one of a merged parcel.
func (r row) orderID() ids.OrderID {
	if r.isParcel {
		return r.parcel.Order
	}
	return r.order.ID
}

func (r row) number() string {
	if r.isParcel {
		return r.parcel.Number
	}
	return r.order.Number
}

func (r row) units() int64 {
	if r.isParcel {
		return r.parcel.Units
	}
	return r.order.Units
}

func (r row) channel() string {
	if r.isParcel {
		return r.parcel.Channel
	}
	return r.order.Channel
}

// The chips: first the orders to send, by how late they are, then the parcels.
const (
	chipOpen   = "open"
	chipNear   = "near_limit" // or past it
	chipLate   = "past_target"
	chipPart   = "part"
	chipNote   = "note"
	chipToHand = "to_hand"
	chipSent   = "sent_today"
)

// The chips that list parcels, for who opens the board at one.
const (
	ChipToHand = chipToHand
	ChipSent   = chipSent
)

// orderChips are the chips that list orders.
var orderChips = []string{chipOpen, chipNear, chipLate, chipPart, chipNote}

// ofParcels tells whether a chip lists parcels.
func ofParcels(chip string) bool { return chip == chipToHand || chip == chipSent }

// nearLimit is how long before the limit an order is "near" it (LOOK §5: 44 of 48 h).
const nearLimit = 4 * when.Hour

// passedOnly keeps the open orders that service has not let through off the board.
var passedOnly = []core.Cond{
	{Field: "stage", Op: "!=", Value: string(domain.StageToAudit)},
	{Field: "stage", Op: "!=", Value: string(domain.StageException)},
	{Field: "stage", Op: "!=", Value: string(domain.StageHold)},
}

// orderQuery asks for the orders of a chip.
func orderQuery(q kit.Query, now when.Millis) core.Query {
	out := core.Query{Search: q.Search, Page: q.Page, Totals: true, Chip: "open", Conds: append([]core.Cond{}, passedOnly...)}
	if out.Page.Sort == sortDue {
		out.Page.Sort = "limit_ms"
		if !out.Page.Desc {
			out.Page.Sort = "" // the usual order of the chips: by the limit, then by payment
		}
	}
	add := func(field, op string, at when.Millis) {
		out.Conds = append(out.Conds, core.Cond{Field: field, Op: op, Value: strconv.FormatInt(int64(at), 10)})
	}
	switch q.Chip {
	case chipNear:
		add("limit_ms", ">", 0)
		add("limit_ms", "<=", now+nearLimit)
	case chipLate:
		out.Chip = "late_target"
		add("limit_ms", ">", now+nearLimit)
	case chipPart:
		out.Chip, out.Conds = string(domain.StagePart), nil
	case chipNote:
		out.Chip = "with_note"
	}
	out.Conds = append(out.Conds, filterConds(q.Filter)...)
	return out
}

// filterConds are the conditions of the filter bar.
func filterConds(v kit.Values) []core.Cond {
	var conds []core.Cond
	if ch := v.Text("channel"); ch != "" {
		conds = append(conds, core.Cond{Field: "channel", Op: "=", Value: ch})
	}
	if p := v.Text("province"); p != "" {
		conds = append(conds, core.Cond{Field: "province", Op: "~", Value: p})
	}
	return conds
}

// missKey is the filter for the orders that miss their target unless they leave
// with the next wave: the home screen opens the board with it.
const missKey = "miss"

// missConds are its conditions at an instant.
func missConds(v kit.Values, waves []string, now when.Millis) []core.Cond {
	_, after := domain.NextCuts(waves, now)
	if v.Text(missKey) == "" || after.At == 0 {
		return nil
	}
	return []core.Cond{
		{Field: "target_ms", Op: ">", Value: strconv.FormatInt(int64(now), 10)},
		{Field: "target_ms", Op: "<=", Value: strconv.FormatInt(int64(after.At), 10)},
	}
}

// sortDue is the board's usual order.
const sortDue = "due"

// parcelSorts are the fields of parcels behind the sort names of the columns.
var parcelSorts = map[string]string{sortDue: "shipped_ms", "units": "units", "channel": "channel", "number": "order", "courier": "courier"}

// parcelQuery asks for the parcels of a chip.
func parcelQuery(q kit.Query, today when.Day) core.Query {
	out := core.Query{Search: q.Search, Page: q.Page, Totals: true, Conds: filterConds(q.Filter)}
	out.Page.Sort = parcelSorts[q.Page.Sort]
	if q.Page.Sort == sortDue && !q.Page.Desc {
		out.Page.Sort = "" // the newest first
	}
	switch q.Chip {
	case chipToHand:
		out.Chip = string(domain.ParcelShipped)
	case chipSent:
		out.Conds = append(out.Conds,
			core.Cond{Field: "shipped_ms", Op: "=", Value: string(today)},
			core.Cond{Field: "state", Op: "!=", Value: string(domain.ParcelVoided)})
	}
	return out
}

// stageTone is the status that goes with a stage.
func stageTone(s domain.Stage) theme.Status {
	switch s {
	case domain.StagePart:
		return theme.Info
	case domain.StageShipped, domain.StageCompleted:
		return theme.OK
	case domain.StageException, domain.StageHold:
		return theme.Warn
	case domain.StageCancelled:
		return theme.Blocked
	}
	return theme.Idle
}

// parcelTone is the status that goes with a parcel's state.
func parcelTone(s domain.ParcelState) theme.Status {
	switch s {
	case domain.ParcelShipped:
		return theme.Info
	case domain.ParcelHanded:
		return theme.OK
	}
	return theme.Idle
}

// deadline is the time left to send an order. The bar begins when the clock did:
// at payment, for cash on delivery at the order's creation.
func deadline(o core.OrderRow, warn when.Millis) kit.Deadline {
	from := o.PaidAt
	if from == 0 {
		from = o.CreatedAt
	}
	return kit.Deadline{From: from, Target: o.TargetAt, Limit: o.LimitAt, WarnBefore: warn, UrgentBefore: nearLimit}
}

// warnSpan is how long before the target the deadline turns amber.
func warnSpan(set domain.Settings) when.Millis { return set.Promise.Target - set.Amber }

// receiver is who gets it: the name and the tail of the phone, as much as the
// person may see (the service masks both).
func receiver(o core.OrderRow) kit.Cell {
	return kit.Text(o.Receiver).With(phoneTail(o.Phone))
}

func phoneTail(phone string) string {
	plain := strings.TrimRight(phone, " ")
	if len(plain) <= 4 {
		return plain
	}
	return plain[len(plain)-4:]
}

// waybill is courier and number in a cell; the number is copied whole.
func waybill(tr i18n.Tr, courier, number string) kit.Cell {
	if number == "" {
		return kit.Cell{}
	}
	return kit.Text(tr.Word("courier", courier)).With(i18n.Short(number)).Copying(number)
}

// suggest says which courier goes with a waybill: the present one when the number
// has its shape, else the first of those offered whose shape fits. It suggests, it
// never decides (FORMATS §3.3).
func suggest(offered []domain.Courier, number, present string) string {
	clean, err := domain.NormalWaybill(number)
	if err != nil || (present != "" && domain.FitsCourier(present, clean)) {
		return present
	}
	if fits := fitting(offered, clean); len(fits) > 0 {
		return fits[0]
	}
	return present
}

// fitting are the couriers offered whose numbers look like this one.
func fitting(offered []domain.Courier, clean string) []string {
	var fits []string
	for _, code := range domain.SuggestCouriers(clean) {
		if offers(offered, code) {
			fits = append(fits, code)
		}
	}
	return fits
}

func offers(list []domain.Courier, code string) bool {
	for _, c := range list {
		if c.Code == code {
			return true
		}
	}
	return false
}

// notes are the small icons at the end of a row.
func notes(o core.OrderRow) []kit.Mark {
	var marks []kit.Mark
	if !o.Merge.Zero() {
		marks = append(marks, kit.Mark{Icon: "merge"})
	}
	if o.COD {
		marks = append(marks, kit.Mark{Icon: "yuan", Tone: theme.Info})
	}
	if o.BuyerNote != "" {
		marks = append(marks, kit.Mark{Icon: "note", Tone: theme.Urgent})
	} else if o.SellerNote != "" {
		marks = append(marks, kit.Mark{Icon: "note"})
	}
	return marks
}

// openParcel is the first planned parcel of a split order, zero when it was not
// split; left is how many are planned.
func openParcel(parcels []*domain.Parcel) (id ids.ParcelID, left int) {
	for _, p := range parcels {
		if p.State == domain.ParcelPlanned {
			if left == 0 {
				id = p.ID
			}
			left++
		}
	}
	return id, left
}

// afterShipped drops from a queue the order that left and those that shared its parcel.
func afterShipped(queue []row, sent row, merged bool) []row {
	var rest []row
	for _, r := range queue {
		same := r.order.ID == sent.order.ID
		together := merged && !sent.order.Merge.Zero() && r.order.Merge == sent.order.Merge
		if !same && !together {
			rest = append(rest, r)
		}
	}
	return rest
}

package orders

import (
	"sort"
	"strconv"
	"strings"
	"unicode"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/i18n"
	"zhanggui/app/ids"
	"zhanggui/app/orders"
	"zhanggui/app/when"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// row is one order of the list with what its deadline is drawn by.
type row struct {
	core.OrderRow
	warn when.Millis // span before the target at which the deadline turns amber
}

func rowID(r row) string { return r.ID.String() }

// The chips: what waits for service, then what makes an order special, then the rest.
const (
	chipWork      = "work"
	chipAudit     = string(domain.StageToAudit)
	chipException = string(domain.StageException)
	chipHold      = string(domain.StageHold)
	chipLate      = "late"
	chipNote      = "note"
	chipMerge     = "merge"
	chipAll       = "all"
)

// nearLimit is how long before the limit a deadline is urgent (LOOK §5: 44 of 48 h).
const nearLimit = 4 * when.Hour

// sortDue is the desk's usual order: nearest limit, then oldest payment.
const sortDue = "due"

// listQuery asks for the orders of a chip. Chips of work leave out what service
// has let through already.
func listQuery(q kit.Query, now when.Millis) core.Query {
	out := core.Query{Search: q.Search, Page: q.Page, Totals: true, Conds: filterConds(q.Filter)}
	if out.Page.Sort == sortDue {
		out.Page.Sort = "limit_ms"
		if !out.Page.Desc {
			out.Page.Sort = "" // the usual order of the chips
		}
	}
	not := func(stages ...domain.Stage) {
		for _, s := range stages {
			out.Conds = append(out.Conds, core.Cond{Field: "stage", Op: "!=", Value: string(s)})
		}
	}
	switch q.Chip {
	case chipWork:
		out.Chip = "open"
		not(domain.StageToShip, domain.StagePart, domain.StageHold)
	case chipLate:
		out.Chip = "open"
		not(domain.StageToShip, domain.StagePart)
		out.Conds = append(out.Conds,
			core.Cond{Field: "target_ms", Op: ">", Value: "0"},
			core.Cond{Field: "target_ms", Op: "<=", Value: strconv.FormatInt(int64(now), 10)})
	case chipNote:
		out.Chip = "with_note"
		not(domain.StageToShip, domain.StagePart)
	case chipMerge:
		out.Chip = "mergeable"
	case chipAll:
	default:
		out.Chip = q.Chip
	}
	narrow(&out, q, now)
	trace(&out, q)
	return out
}

// filterConds are the conditions of the filter bar.
func filterConds(v kit.Values) []core.Cond {
	var conds []core.Cond
	add := func(field, op, value string) {
		if value != "" {
			conds = append(conds, core.Cond{Field: field, Op: op, Value: value})
		}
	}
	add("channel", "=", v.Text("channel"))
	add("stage", "=", v.Text("stage"))
	add("checks", "~", v.Text("check"))
	add("province", "~", v.Text("province"))
	from, to := v.Days("paid")
	add("paid_ms", ">=", string(from))
	add("paid_ms", "<=", string(to))
	low, high, hasLow, hasHigh := v.Amounts("amount")
	if hasLow {
		add("paid_fen", ">=", strconv.FormatInt(int64(low), 10))
	}
	if hasHigh {
		add("paid_fen", "<=", strconv.FormatInt(int64(high), 10))
	}
	return conds
}

// stageChips are the chips whose counts are the kept counters.
var stageChips = map[string][]domain.Stage{
	chipWork:  {domain.StageToAudit, domain.StageException},
	chipAudit: {domain.StageToAudit}, chipException: {domain.StageException}, chipHold: {domain.StageHold},
	chipAll: domain.Stages,
}

// countStages sums the kept counters per chip, of one channel or ("") of all.
func countStages(list []core.StageCount, channel string) map[string]int {
	of := map[domain.Stage]int64{}
	for _, c := range list {
		if c.Channel != "" && (channel == "" || c.Channel == channel) { // "" is the sum of all channels
			of[c.Stage] += c.N
		}
	}
	counts := map[string]int{}
	for chip, stages := range stageChips {
		n := int64(0)
		for _, s := range stages {
			n += of[s]
		}
		counts[chip] = int(n)
	}
	return counts
}

// onlyChannel tells whether the kept counters can answer a query, and for which channel.
func onlyChannel(q kit.Query) (channel string, ok bool) {
	if q.Search != "" {
		return "", false
	}
	for _, k := range q.Filter.Keys() {
		if k != "channel" {
			return "", false
		}
	}
	return q.Filter.Text("channel"), true
}

// stageTone is the status that goes with a stage.
func stageTone(s domain.Stage) theme.Status {
	switch s {
	case domain.StageException, domain.StageHold:
		return theme.Warn
	case domain.StageToShip, domain.StagePart:
		return theme.Info
	case domain.StageShipped, domain.StageCompleted:
		return theme.OK
	case domain.StageReturned:
		return theme.Alert
	}
	return theme.Idle
}

// deadline is the time left to send an order. The bar begins when the clock did:
// at payment, for cash on delivery at the order's creation.
func deadline(r row) kit.Deadline {
	from := r.PaidAt
	if from == 0 {
		from = r.CreatedAt
	}
	return kit.Deadline{From: from, Target: r.TargetAt, Limit: r.LimitAt, WarnBefore: r.warn, UrgentBefore: nearLimit}
}

// waits tells whether an order still has to be sent, so that its deadline counts.
func waits(s domain.Stage) bool {
	switch s {
	case domain.StageToAudit, domain.StageException, domain.StageHold, domain.StageToShip, domain.StagePart:
		return true
	}
	return false
}

// closed tells whether nothing more happens to an order: its row is dim.
func closed(s domain.Stage) bool {
	return s == domain.StageCancelled || s == domain.StageCompleted || s == domain.StageReturned
}

// notes are the small icons of a row: what the buyer and we wrote, merged, paid at the door.
func notes(r row) []kit.Mark {
	var marks []kit.Mark
	if r.BuyerNote != "" {
		marks = append(marks, kit.Mark{Icon: "note", Tone: theme.Urgent})
	}
	if r.SellerNote != "" {
		marks = append(marks, kit.Mark{Icon: "note"})
	}
	if !r.Merge.Zero() {
		marks = append(marks, kit.Mark{Icon: "merge"})
	}
	if r.COD {
		marks = append(marks, kit.Mark{Icon: "yuan", Tone: theme.Info})
	}
	return marks
}

// checkCodes are the failed checks of a row.
func checkCodes(r row) []domain.CheckCode {
	var list []domain.CheckCode
	for _, c := range strings.Split(r.Checks, ",") {
		if c != "" {
			list = append(list, domain.CheckCode(c))
		}
	}
	return list
}

// checksCell names the first failed check of an order that waits and how many more there are.
func checksCell(tr i18n.Tr, r row) kit.Cell {
	if r.Stage == domain.StageHold {
		return kit.Text(r.HoldReason)
	}
	list := checkCodes(r)
	if len(list) == 0 || !waits(r.Stage) {
		return kit.Cell{}
	}
	cell := kit.Text(checkWord(tr, list[0]))
	if len(list) > 1 {
		cell = cell.With("+" + i18n.Count(int64(len(list)-1)))
	}
	return cell
}

// checkWord is a check's name as a title: the texts have it as part of a sentence.
func checkWord(tr i18n.Tr, code domain.CheckCode) string {
	return upper(tr.Word("check", string(code)))
}

// upper makes the first letter a capital; Han has none.
func upper(s string) string {
	r := []rune(s)
	if len(r) == 0 {
		return s
	}
	r[0] = unicode.ToUpper(r[0])
	return string(r)
}

// fix is a way to clear a check: the key that starts it.
type fix struct {
	key   kit.Chord
	title string // translation key
	need  auth.Action
}

// The fixes by their keys (workflows 4.2.5). 8 is the call before a delivery paid at the door.
var (
	fixAddress = fix{"1", "desk.fix.address", auth.OrdersEdit}
	fixSKU     = fix{"2", "desk.fix.sku", auth.OrdersEdit}
	fixSplit   = fix{"3", "action.split", auth.OrdersSplit}
	fixMerge   = fix{"4", "action.merge", auth.OrdersSplit}
	fixHold    = fix{"5", "action.hold", auth.OrdersAudit}
	fixRelease = fix{"6", "action.release", auth.OrdersAudit}
	fixCancel  = fix{"7", "desk.fix.cancel", auth.OrdersCancel}
	fixCall    = fix{"8", "desk.fix.call", auth.OrdersAudit}
)

// fixOf is what clears a check; ok is false when nothing at this desk does.
func fixOf(code domain.CheckCode) (f fix, ok bool) {
	switch code {
	case domain.CheckAddress:
		return fixAddress, true
	case domain.CheckNoSKU:
		return fixSKU, true
	case domain.CheckShort:
		return fixHold, true
	case domain.CheckMerge:
		return fixMerge, true
	case domain.CheckCODCall:
		return fixCall, true
	}
	return fixRelease, code.Releasable()
}

// checkTone is how loud a check is.
func checkTone(c domain.Check) theme.Status {
	switch {
	case c.Released:
		return theme.OK
	case !c.Blocking:
		return theme.Info
	}
	return theme.Warn
}

// ordered are the checks with those that block first and released ones last.
func ordered(list []domain.Check) []domain.Check {
	out := append([]domain.Check(nil), list...)
	rank := func(c domain.Check) int {
		switch {
		case c.Released:
			return 2
		case c.Blocking:
			return 0
		}
		return 1
	}
	sort.SliceStable(out, func(i, j int) bool { return rank(out[i]) < rank(out[j]) })
	return out
}

// releasable are the checks that a reason clears and that nobody released yet.
func releasable(o *domain.Order) []domain.CheckCode {
	var list []domain.CheckCode
	for _, c := range o.Checks {
		if c.Blocking && !c.Released && c.Code.Releasable() {
			list = append(list, c.Code)
		}
	}
	return list
}

// unmapped are the lines whose code no SKU is mapped to, each code once.
func unmapped(o *domain.Order) []*domain.Line {
	var list []*domain.Line
	seen := map[string]bool{}
	for i := range o.Lines {
		l := &o.Lines[i]
		if !l.SKU.Zero() || l.Open() <= 0 {
			continue
		}
		if codes := l.Codes(); len(codes) > 0 && !seen[codes[0]] {
			seen[codes[0]] = true
			list = append(list, l)
		}
	}
	return list
}

// passedText is the result line of an audit: how many passed, how many stay, and why.
func passedText(tr i18n.Tr, r orders.PassResult) (text, more string, tone theme.Status) {
	text = tr.T("desk.passed", "n", i18n.Count(int64(r.Passed)), "left", i18n.Count(int64(r.NeedYou)))
	type reason struct {
		code domain.CheckCode
		n    int
	}
	var list []reason
	for code, n := range r.Reasons {
		if n > 0 {
			list = append(list, reason{code, n})
		}
	}
	sort.Slice(list, func(i, j int) bool {
		if list[i].n != list[j].n {
			return list[i].n > list[j].n
		}
		return list[i].code < list[j].code
	})
	const named = 4 // as many as fit into one line
	var facts []string
	for _, x := range list[:min(named, len(list))] {
		facts = append(facts, tr.Word("check", string(x.code))+" "+i18n.Count(int64(x.n)))
	}
	if r.Skipped > 0 {
		facts = append(facts, tr.N("desk.skipped", int64(r.Skipped)))
	}
	tone = theme.Info
	if r.NeedYou > 0 {
		tone = theme.Warn
	}
	return text, i18n.Join(facts...), tone
}

// fit tells whether two open orders could share a parcel as far as a list shows
// it; the service has the last word (rules.md §5.4).
func fit(a, b row) bool {
	return a.ID != b.ID && a.Shop == b.Shop && a.Buyer == b.Buyer && a.Buyer != "" && a.Receiver == b.Receiver && a.Phone == b.Phone &&
		a.Province == b.Province && a.City == b.City && a.COD == b.COD && free(a) && free(b)
}

// free tells whether an order could go into a parcel with others.
func free(r row) bool {
	return r.Merge.Zero() && !r.External && (r.Stage == domain.StageToAudit || r.Stage == domain.StageException || r.Stage == domain.StageToShip) &&
		!strings.Contains(r.Checks, string(domain.CheckRefundAsked))
}

// idsOf are the ids of rows.
func idsOf(list []row) []ids.OrderID {
	out := make([]ids.OrderID, len(list))
	for i, r := range list {
		out[i] = r.ID
	}
	return out
}

// planned are the parcels a split has planned and nobody sent yet.
func planned(list []*domain.Parcel) int {
	n := 0
	for _, p := range list {
		if p.State == domain.ParcelPlanned {
			n++
		}
	}
	return n
}

// place is a receiver's place in one text.
func place(parts ...string) string {
	var kept []string
	for _, p := range parts {
		if p = strings.TrimSpace(p); p != "" && (len(kept) == 0 || kept[len(kept)-1] != p) {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, " ")
}

// goodsName is what a line is called.
func goodsName(title, spec string) string { return place(title, spec) }

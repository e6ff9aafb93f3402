package orders

import (
	"strconv"

	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/i18n"
	"zhanggui/app/when"
	"zhanggui/ui/kit"
)

// matterKey is the filter by what makes an order urgent: the home screen opens
// the desk with it, on any chip.
const matterKey = "matter"

// The matters.
const (
	matterLimit    = "limit"    // past the limit, not shipped
	matterTarget   = "target"   // past the target, not yet the limit
	matterHold     = "hold_end" // held until today
	matterConflict = "conflict" // a file says otherwise
)

func matterItems(t i18n.Tr) []kit.Item {
	return []kit.Item{
		{Value: matterTarget, Word: t.T("home.matter.target")},
		{Value: matterLimit, Word: t.T("home.matter.limit")},
		{Value: matterHold, Word: t.T("home.matter.hold")},
		{Value: matterConflict, Word: t.T("home.matter.conflict")},
	}
}

// narrow keeps the orders of a matter. Among all orders the store's own chips say
// it; on another chip its conditions are added.
func narrow(out *core.Query, q kit.Query, now when.Millis) {
	at := func(field, op string, m when.Millis) {
		out.Conds = append(out.Conds, core.Cond{Field: field, Op: op, Value: strconv.FormatInt(int64(m), 10)})
	}
	switch q.Filter.Text(matterKey) {
	case matterLimit:
		if q.Chip == chipAll {
			out.Chip = "late_limit"
			return
		}
		at("limit_ms", ">", 0)
		at("limit_ms", "<=", now)
	case matterTarget:
		if q.Chip == chipAll {
			out.Chip = "late_target"
			return
		}
		at("target_ms", ">", 0)
		at("target_ms", "<=", now)
		at("limit_ms", ">", now)
	case matterHold:
		if q.Chip == chipAll {
			out.Chip = string(domain.StageHold)
		}
		at("hold_until_ms", ">", 0)
		at("hold_until_ms", "<=", now.Day().End()-1)
	case matterConflict:
		if q.Chip == chipAll {
			out.Chip = "conflict"
			return
		}
		out.Conds = append(out.Conds, core.Cond{Field: "checks", Op: "~", Value: string(domain.CheckFileConflict)})
	}
}

package orders

import (
	"fmt"
	"strconv"

	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/i18n"
	"zhanggui/ui/kit"
)

// The filters with which figures of other screens open the orders they count.
const (
	placedKey = "placed" // the day an order counts on: of its payment, else of its creation
	hourKey   = "hour"   // the hour of the payment
	dueKey    = "due"    // the day of its limit
	sentKey   = "sent"   // how it kept its limit
)

// sentWays are how an order kept its deadlines, as the on-time report counts it.
var sentWays = []string{"target", "limit", "late"}

func tracedFields(tr i18n.Tr) []kit.FilterField {
	hours := make([]kit.Item, 24)
	for h := range hours {
		hours[h] = kit.Item{Value: strconv.Itoa(h), Word: fmt.Sprintf("%02d:00", h)}
	}
	sent := make([]kit.Item, len(sentWays))
	for i, w := range sentWays {
		sent[i] = kit.Item{Value: w, Word: tr.T("explain.sent." + w)}
	}
	return []kit.FilterField{
		{Key: hourKey, Label: tr.T("explain.hour"), Kind: kit.FilterChoice, Items: hours, Wide: 80, Shy: true},
		{Key: placedKey, Label: tr.T("explain.placed"), Kind: kit.FilterDays, Shy: true},
		{Key: dueKey, Label: tr.T("explain.due_day"), Kind: kit.FilterDays, Shy: true},
		{Key: sentKey, Label: tr.T("explain.sent"), Kind: kit.FilterChoice, Items: sent, Wide: 110, Shy: true},
	}
}

// trace keeps the orders of a figure. Among all orders the store's chip enters
// the index by the limit; on another chip its conditions are added.
func trace(out *core.Query, q kit.Query) {
	add := func(field, op, value string) {
		if value != "" {
			out.Conds = append(out.Conds, core.Cond{Field: field, Op: op, Value: value})
		}
	}
	from, to := q.Filter.Days(placedKey)
	add("day", ">=", string(from))
	add("day", "<=", string(to))
	if hour := q.Filter.Text(hourKey); hour != "" {
		add("paid_ms", ">", "0")
		add("paid_hour", "=", hour)
	}
	from, to = q.Filter.Days(dueKey)
	sent := q.Filter.Text(sentKey)
	if from == "" && to == "" && sent == "" {
		return
	}
	if out.Chip == "" {
		out.Chip = "due"
	} else {
		add("external", "=", "false")
		add("limit_ms", ">", "0")
		for _, s := range []domain.Stage{domain.StageUnpaid, domain.StageCancelled} {
			add("stage", "!=", string(s))
		}
	}
	add("limit_ms", ">=", string(from))
	add("limit_ms", "<=", string(to))
	add("sent", "=", sent)
}

package home

import (
	"context"
	"unicode"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/dash"
	"zhanggui/app/domain"
	"zhanggui/app/i18n"
	"zhanggui/app/when"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// target is where something leads: a screen under the name the window's
// registry gives it, with what its list shall show.
type target struct {
	screen string
	need   auth.Action
	aim    any
}

// nearLimit is how long before the limit a deadline is urgent (LOOK §5: 44 of 48 h).
const nearLimit = 4 * when.Hour

// spec is the list of work.
func (s *screen) spec() kit.ListSpec[dash.Item] {
	tr := s.env.Tr
	wide := func(zh, en int) int {
		if tr.Lang() == i18n.English {
			return en
		}
		return zh
	}
	columns := []kit.Column[dash.Item]{
		{Key: "tone", Width: 26, Cell: func(i dash.Item) kit.Cell {
			t := tone(i)
			return kit.Icons(kit.Mark{Icon: string(t), Tone: t})
		}},
		{Key: "what", Title: "home.what", Width: 190, Min: 120, Flex: true, Text: func(i dash.Item) string { return what(tr, i) }},
		{Key: "n", Title: "common.count", Width: wide(48, 54), Align: kit.Right, Cell: func(i dash.Item) kit.Cell { return kit.Count(i.N) }},
	}
	if s.plan == (plan{}) { // there is room for the record that is due first
		columns = append(columns,
			kit.Column[dash.Item]{Key: "channel", Title: "field.channel", Width: wide(96, 112), Muted: true, Cell: func(i dash.Item) kit.Cell {
				if i.Channel == "" {
					return kit.Cell{}
				}
				return kit.ChannelDot(i.Channel, tr.Word("channel", i.Channel))
			}},
			kit.Column[dash.Item]{Key: "record", Title: "home.first", Width: 150, Cell: func(i dash.Item) kit.Cell { return kit.OrderNo(i.Record) }},
			kit.Column[dash.Item]{Key: "goods", Title: "field.goods", Width: 220, Muted: true, Text: func(i dash.Item) string { return i.Name }})
	}
	columns = append(columns, kit.Column[dash.Item]{Key: "due", Title: "field.deadline", Width: wide(156, 168), Cell: s.dueCell})
	return kit.ListSpec[dash.Item]{
		ID: "today.work", Columns: columns, Fetch: s.fetch, RowID: rowID, Minute: true, Open: s.open, Again: s.Load, Explain: s.explainWork,
		Whole: func(e kit.Explanation) kit.Explanation {
			e.Formula, e.Notes = tr.T("explain.due_work"), kit.Notes(tr, "now")
			return e
		},
		Footer: func(total int, _ map[string]int64) []string {
			facts := []string{tr.N("home.foot", int64(total))}
			if s.balanced {
				facts = append(facts, tr.T("home.balanced"))
			}
			return facts
		},
		Empty: func(kit.Query) kit.Empty {
			return kit.Empty{Icon: "check", Title: tr.T("home.empty"), Text: tr.T("home.empty_hint")}
		},
	}
}

func rowID(i dash.Item) string {
	id := string(i.Kind)
	switch i.Kind {
	case dash.KindCheck:
		id += "." + string(i.Check)
	case dash.KindSlow, dash.KindTask:
		id += "." + i.Record + i.From.String()
	}
	return id
}

// fetch gives the rows that Load has read; asked again by itself it reads.
func (s *screen) fetch(ctx context.Context, q kit.Query) (core.Paged[dash.Item], error) {
	w := s.ready.Swap(nil)
	if w == nil {
		read, err := s.app.Dash.Work(ctx)
		if err != nil {
			return core.Paged[dash.Item]{}, err
		}
		w = &read
	}
	var rows []dash.Item
	for _, i := range w.Items {
		if i.N > 0 {
			rows = append(rows, i)
		}
	}
	page := q.Page.Clamp()
	from := min(page.Offset, len(rows))
	return core.Paged[dash.Item]{Rows: rows[from:min(len(rows), from+page.Limit)], Total: len(rows)}, nil
}

// tone is how loud a kind of work is.
func tone(i dash.Item) theme.Status {
	switch i.Kind {
	case dash.KindLimit, dash.KindNear, dash.KindOversold, dash.KindUnequal, dash.KindOut:
		return theme.Urgent
	case dash.KindTarget, dash.KindNegative:
		return theme.Alert
	case dash.KindMiss, dash.KindCheck, dash.KindHold, dash.KindConflict, dash.KindImport, dash.KindNoCost:
		return theme.Warn
	case dash.KindAudit, dash.KindPick, dash.KindToHand, dash.KindTask:
		return theme.Info
	}
	return theme.Idle
}

// what says what is to be done.
func what(tr i18n.Tr, i dash.Item) string {
	switch i.Kind {
	case dash.KindCheck:
		return upper(tr.Word("check", string(i.Check)))
	case dash.KindTask:
		return tr.M("task."+i.Task, i.Args)
	case dash.KindSlow:
		return tr.T("home.work.slow", "name", i.Name)
	case dash.KindUnequal:
		return tr.T("home.work.unequal", "sum", i18n.Amount(i.SumFen))
	}
	return tr.T("home.work." + string(i.Kind))
}

// upper makes the first letter a capital: checks are worded as part of a sentence.
func upper(s string) string {
	r := []rune(s)
	if len(r) > 0 {
		r[0] = unicode.ToUpper(r[0])
	}
	return string(r)
}

// dueCell is the clock of the record that is due first.
func (s *screen) dueCell(i dash.Item) kit.Cell {
	tr, now := s.env.Tr, s.env.Clock.Now()
	switch {
	case i.Limit != 0:
		return kit.Due(kit.Deadline{From: i.From, Target: i.Target, Limit: i.Limit, WarnBefore: s.warn, UrgentBefore: nearLimit})
	case i.DueAt != 0:
		cell := kit.Text(tr.Left(i.DueAt - now))
		if i.DueAt <= now {
			cell = cell.In(theme.Urgent)
		}
		return cell
	case i.Kind == dash.KindSlow:
		return kit.Muted(tr.N("home.in_stock", i.Qty))
	case i.From != 0:
		return kit.Muted(tr.T("home.since", "at", tr.Moment(i.From, now)))
	}
	return kit.Cell{}
}

// open leads to the records of a row.
func (s *screen) open(i dash.Item) {
	t := targetOf(i, s.env.Actor().Role, s.env.Clock.Now().Day())
	if s.env.Allows(t.need) {
		s.env.Open(t.screen, t.aim)
		return
	}
	s.list.Hint(theme.Info, s.env.T("home.no_way"))
}

// orderDesk is the order desk on all its orders, narrowed by one field.
func orderDesk(chip, key, value string) target {
	return target{"orders", auth.OrdersView, kit.Aim{Chip: chip, Filter: kit.NewValues(key, value)}}
}

// targetOf is where the records of an item are: the screen's list then holds as
// many as the item counts.
func targetOf(i dash.Item, role auth.Role, today when.Day) target {
	board := func(a kit.Aim) target { return target{"shipping", auth.ShippingView, a} }
	store := func(a kit.Aim) target { return target{"stock", auth.StockView, a} }
	goods := func(a kit.Aim) target { return target{"products", auth.CatalogView, a} }
	switch i.Kind {
	case dash.KindLimit:
		return orderDesk("all", "matter", "limit")
	case dash.KindTarget:
		if role == auth.Warehouse {
			return board(kit.Aim{Chip: "past_target"})
		}
		return orderDesk("all", "matter", "target")
	case dash.KindNear:
		return board(kit.Aim{Chip: "near_limit"})
	case dash.KindMiss:
		return board(kit.Aim{Chip: "open", Filter: kit.NewValues("miss", "miss")})
	case dash.KindPick:
		return board(kit.Aim{Chip: "open"})
	case dash.KindToHand:
		return board(kit.Aim{Chip: "to_hand"})
	case dash.KindAudit:
		return target{"orders", auth.OrdersView, kit.Aim{Chip: string(domain.StageToAudit)}}
	case dash.KindCheck:
		return orderDesk(string(domain.StageException), "check", string(i.Check))
	case dash.KindHold:
		return orderDesk(string(domain.StageHold), "matter", "hold_end")
	case dash.KindConflict:
		return orderDesk("all", "matter", "conflict")
	case dash.KindImport:
		return target{"inbox", auth.ImportView, "history"}
	case dash.KindOversold:
		return store(kit.Aim{Chip: "oversold"})
	case dash.KindNegative:
		return store(kit.Aim{Filter: kit.NewValues("below", "0")})
	case dash.KindSlow, dash.KindTask:
		return store(kit.Aim{Search: i.Record})
	case dash.KindOut:
		return goods(kit.Aim{Filter: kit.NewValues("supply", "out")})
	case dash.KindNoBarcode:
		return goods(kit.Aim{Chip: "no_barcode"})
	case dash.KindNoCost:
		return sales(string(core.BySKU), today.Add(-1), today.Add(-1))
	}
	return target{"finance.trial", auth.FinanceViewCost, nil} // unequal
}

// sales is the finance page on a period.
func sales(by string, from, to when.Day) target {
	return target{"finance", auth.FinanceView, kit.Aim{Chip: by, Filter: kit.NewValues("period", string(from)+".."+string(to))}}
}

// The strip of breaches.
const breachBackup = "backup"

var breachOrder = []string{"target", "limit", "short", "no_sku", "conflict", "import", "oversold", breachBackup}

var breachKinds = map[string]struct {
	kind  dash.Kind
	check domain.CheckCode
	tone  theme.Status
	to    target
}{
	"target":     {dash.KindTarget, "", theme.Alert, orderDesk("all", "matter", "target")},
	"limit":      {dash.KindLimit, "", theme.Urgent, orderDesk("all", "matter", "limit")},
	"short":      {dash.KindCheck, domain.CheckShort, theme.Warn, orderDesk(string(domain.StageException), "check", string(domain.CheckShort))},
	"no_sku":     {dash.KindCheck, domain.CheckNoSKU, theme.Warn, orderDesk(string(domain.StageException), "check", string(domain.CheckNoSKU))},
	"conflict":   {dash.KindConflict, "", theme.Warn, orderDesk("all", "matter", "conflict")},
	"import":     {dash.KindImport, "", theme.Warn, target{"inbox", auth.ImportView, "history"}},
	"oversold":   {dash.KindOversold, "", theme.Urgent, target{"stock", auth.StockView, kit.Aim{Chip: "oversold"}}},
	breachBackup: {"", "", theme.Warn, target{"settings.backup", auth.CheckRun, nil}},
}

// usualPromise is what the strip says before the settings are read.
var usualPromise = domain.ParseSettings(nil).Promise

// breachWord names a field; the hours are the shop's promise.
func breachWord(tr i18n.Tr, key string, p domain.Promise) string {
	hours := map[string]when.Millis{"target": p.Target, "limit": p.Limit}[key]
	return tr.T("home.breach."+key, "n", int64(hours/when.Hour))
}

// backupOld is the age from which the last backup is a breach: one is made every day.
const backupOld = 24 * when.Hour

// backupAge says when the last copy was made; n is 1 when that is too long ago.
func backupAge(tr i18n.Tr, at, now when.Millis) (n int64, text string) {
	if at == 0 {
		return 1, tr.T("common.none")
	}
	if now-at > backupOld {
		n = 1
	}
	return n, tr.Moment(at, now)
}

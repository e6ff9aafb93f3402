package orders

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/app"
	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/i18n"
	"zhanggui/app/money"
	"zhanggui/app/orders"
	"zhanggui/app/when"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// screen is the order desk.
type screen struct {
	env    kit.Env // its hints go to the list
	app    *app.App
	list   *kit.List[row]
	layer  *kit.Layer // the fixes' keys, below the list's
	shown  orders.Detail
	job    *fyne.Container // where long work shows its progress
	object fyne.CanvasObject
}

// New makes the order desk.
func New(env kit.Env, a *app.App) kit.Screen {
	s := &screen{app: a, env: env, job: container.NewStack()}
	s.list = kit.NewList(env, s.spec())
	s.env = s.list.Env()
	s.job.Hide()
	s.object = kit.Edges(s.job, nil, nil, nil, s.list.Object())
	return s
}

// Build gives the list to place in the window.
func (s *screen) Build() fyne.CanvasObject { return s.object }

// Load reads the list again.
func (s *screen) Load() { s.list.Load() }

// TopFilters are the list's in the top bar.
func (s *screen) TopFilters() []kit.TopFilter { return s.list.TopFilters() }

// Topics are what makes the desk stale.
func (s *screen) Topics() []core.Topic {
	return []core.Topic{core.TopicOrders, core.TopicParcels, core.TopicCatalog, core.TopicSettings}
}

// Shown takes the keys.
func (s *screen) Shown() {
	if s.layer == nil && s.env.Keys != nil {
		s.layer = s.env.Keys.Push("orders.fix", false)
		for _, f := range s.fixes() {
			s.layer.On(f.key, func() { s.start(f) })
		}
	}
	s.list.Shown()
}

// Hidden gives the keys back.
func (s *screen) Hidden() {
	s.list.Hidden()
	if s.layer != nil {
		s.layer.Close()
		s.layer = nil
	}
}

// Close drops what is being read.
func (s *screen) Close() {
	s.Hidden()
	s.list.Close()
}

// Open shows what another screen asks for: a kit.Aim, a chip's name, or an order's number to search.
func (s *screen) Open(arg any) { s.list.Open(arg, chipAll) }

// chips are the filters of the desk: my open work first.
var chips = []kit.ChipSpec{
	{Key: chipWork, Title: "desk.chip.work"},
	{Key: chipAudit, Title: "desk.chip.audit"},
	{Key: chipException, Title: "desk.chip.exception"},
	{Key: chipHold, Title: "desk.chip.hold"},
	{Key: chipLate, Title: "desk.chip.late", Mark: kit.Mark{Icon: "alert", Tone: theme.Alert}, Line: true},
	{Key: chipNote, Title: "desk.chip.note"},
	{Key: chipMerge, Title: "desk.chip.merge"},
	{Key: chipAll, Title: "common.all"},
}

func (s *screen) spec() kit.ListSpec[row] {
	return kit.ListSpec[row]{
		ID: "orders.list", Columns: s.columns(), Fetch: s.fetch, RowID: rowID, Ticks: true, Minute: true,
		Sort: sortDue, Chips: chips, Counts: s.counts, Search: "desk.search", Filters: s.filters(),
		Dim:     func(r row) bool { return closed(r.Stage) },
		Actions: s.actions(), Open: s.open, Detail: s.detail, Empty: s.empty,
		Footer: func(total int, sums map[string]int64) []string {
			tr := s.env.Tr
			facts := []string{tr.N("desk.foot", int64(total))}
			if sums != nil {
				facts = append(facts, tr.N("format.pieces", sums["units"]), tr.T("desk.foot.net", "sum", tr.Money(money.Fen(sums["net_fen"]))))
				if s.list.Query().Filter.Text(placedKey) != "" { // opened from what was paid on average
					facts = append(facts, tr.T("explain.foot.paid", "sum", tr.Money(money.Fen(sums["paid_fen"]))))
				}
			}
			return facts
		},
		Chosen: func(p kit.Picked[row]) string { return s.chosen(p) },
	}
}

// wide is a column's width: English words are longer.
func (s *screen) wide(zh, en int) int {
	if s.env.Tr.Lang() == i18n.English {
		return en
	}
	return zh
}

func (s *screen) columns() []kit.Column[row] {
	tr := s.env.Tr
	return []kit.Column[row]{
		{Key: "due", Title: "field.deadline", Width: 160, Sort: sortDue, Cell: func(r row) kit.Cell {
			if !waits(r.Stage) {
				return kit.Cell{}
			}
			return kit.Due(deadline(r))
		}},
		{Key: "channel", Title: "field.channel", Width: s.wide(88, 108), Sort: "channel", Cell: func(r row) kit.Cell {
			return kit.ChannelDot(r.Channel, tr.Word("channel", r.Channel))
		}},
		{Key: "number", Title: "field.order", Width: 92, Sort: "number", Cell: func(r row) kit.Cell { return kit.OrderNo(r.Number) }},
		{Key: "notes", Width: 46, Cell: func(r row) kit.Cell { return kit.Icons(notes(r)...) }},
		{Key: "goods", Title: "field.goods", Width: 190, Min: 110, Flex: true, Sort: "goods", Cell: func(r row) kit.Cell {
			cell := kit.Text(r.Goods)
			if r.LineCount > 1 {
				cell = cell.With(tr.N("desk.more_goods", r.LineCount-1))
			}
			return cell
		}},
		{Key: "units", Title: "field.units", Width: s.wide(48, 52), Align: kit.Right, Sort: "units", Cell: func(r row) kit.Cell { return kit.Count(r.Units) }},
		{Key: "net", Title: "desk.net", Width: 84, Align: kit.Right, Sort: "net_fen", Cell: func(r row) kit.Cell { return kit.Amount(r.NetFen) }},
		{Key: "receiver", Title: "field.receiver", Width: s.wide(64, 88), Muted: true, Text: func(r row) string { return r.Receiver }},
		{Key: "province", Title: "field.province", Width: s.wide(56, 72), Muted: true, Text: func(r row) string { return r.Province }},
		{Key: "checks", Title: "desk.checks", Width: s.wide(128, 172), Cell: func(r row) kit.Cell { return checksCell(tr, r) }},
		{Key: "state", Title: "field.status", Width: s.wide(92, 128), Cell: func(r row) kit.Cell {
			return kit.Pill(stageTone(r.Stage), tr.Word("state", string(r.Stage)))
		}},
	}
}

func (s *screen) filters() []kit.FilterField {
	t := s.env.Tr
	items := func(area string, codes []string) []kit.Item {
		list := make([]kit.Item, len(codes))
		for i, c := range codes {
			list[i] = kit.Item{Value: c, Word: t.Word(area, c)}
		}
		return list
	}
	var stages []string
	for _, st := range domain.Stages {
		stages = append(stages, string(st))
	}
	return append([]kit.FilterField{
		kit.ChannelFilter(s.env), kit.DaysFilter(s.env, "paid", "field.paid_at", ""),
		{Key: matterKey, Label: t.T("home.matter"), Kind: kit.FilterChoice, Items: matterItems(t), Wide: 150},
		{Key: "check", Label: t.T("desk.checks"), Kind: kit.FilterChoice, Items: items("check", checkNames), Wide: 150},
		{Key: "stage", Label: t.T("field.status"), Kind: kit.FilterChoice, Items: items("state", stages)},
		{Key: "province", Label: t.T("field.province"), Kind: kit.FilterText, Wide: 80},
		{Key: "amount", Label: t.T("field.paid"), Kind: kit.FilterMoney},
	}, tracedFields(t)...)
}

// checkNames are the checks one may filter by.
var checkNames = []string{
	string(domain.CheckNoSKU), string(domain.CheckShort), string(domain.CheckBuyerNote), string(domain.CheckAddress),
	string(domain.CheckAmount), string(domain.CheckRefundAsked), string(domain.CheckDuplicate), string(domain.CheckMerge),
	string(domain.CheckCODCall), string(domain.CheckLinesMissing), string(domain.CheckQtyUnknown),
	string(domain.CheckPlatformAhead), string(domain.CheckFileConflict),
}

func (s *screen) fetch(ctx context.Context, q kit.Query) (core.Paged[row], error) {
	set, err := s.app.Settings.Typed(ctx)
	if err != nil {
		return core.Paged[row]{}, err
	}
	return s.read(ctx, listQuery(q, s.env.Clock.Now()), set.Promise.Target-set.Amber)
}

// read reads one page of orders.
func (s *screen) read(ctx context.Context, q core.Query, warn when.Millis) (core.Paged[row], error) {
	page, err := s.app.Orders.List(ctx, q)
	out := core.Paged[row]{Total: page.Total, Sums: page.Sums, Rows: make([]row, len(page.Rows))}
	for i, o := range page.Rows {
		out.Rows[i] = row{o, warn}
	}
	return out, err
}

// counts takes the counts of stages from the kept counters; late, with note and
// mergeable are counted among the open orders. What a filter makes expensive to
// count stands without a count. When reading fails the rows say so.
func (s *screen) counts(ctx context.Context, q kit.Query) (map[string]int, error) {
	counts := map[string]int{}
	channel, kept := onlyChannel(q)
	if kept {
		list, err := s.app.Orders.StageCounts(ctx)
		if err != nil {
			return counts, nil
		}
		counts = countStages(list, channel)
	}
	now := s.env.Clock.Now()
	q.Page = core.Page{Limit: 1}
	for _, c := range chips {
		if _, have := counts[c.Key]; have || (!kept && c.Key == chipAll) {
			continue
		}
		q.Chip = c.Key
		page, err := s.app.Orders.List(ctx, listQuery(q, now))
		if err != nil {
			return counts, nil
		}
		counts[c.Key] = page.Total
	}
	return counts, nil
}

func (s *screen) chosen(p kit.Picked[row]) string {
	tr := s.env.Tr
	text := tr.N("desk.chosen", int64(p.Count))
	if len(p.Rows) < p.Count { // not all of them are in memory
		return text
	}
	var units int64
	var net money.Fen
	for _, r := range p.Rows {
		units += r.Units
		net += r.NetFen
	}
	return i18n.Join(text, tr.N("format.pieces", units), tr.Money(net))
}

func (s *screen) empty(q kit.Query) kit.Empty {
	t := s.env.T
	if q.Search != "" || !q.Filter.Empty() {
		return kit.Empty{
			Icon: "search", Title: t("common.no_match"), Text: t("common.no_match_hint"),
			Action: t("common.show_all"), Key: "Esc", Do: s.list.ClearFilter,
		}
	}
	switch q.Chip {
	case chipWork:
		return kit.Empty{
			Icon: "check", Title: t("desk.empty.work"), Text: t("desk.empty.work_hint"),
			Action: t("nav.import"), Key: "Ctrl+I", Do: func() { s.env.Open("inbox", nil) },
		}
	case chipAll:
		return kit.Empty{
			Icon: "inbox", Title: t("desk.empty.all"), Text: t("desk.empty.all_hint"),
			Action: t("nav.import"), Key: "Ctrl+I", Do: func() { s.env.Open("inbox", nil) },
		}
	}
	return kit.Empty{
		Icon: "check", Title: t("desk.empty.chip"), Text: t("desk.empty.chip_hint"),
		Action: t("desk.chip.work"), Do: func() { s.list.Choose(chipWork) },
	}
}

// actions are the buttons of the bar, by use; split, merge and the call have
// their keys and stand in the pane.
func (s *screen) actions() []kit.Action[row] {
	list := []kit.Action[row]{{
		ID: "audit", Title: "action.audit", Primary: true, Need: auth.OrdersAudit,
		Label: func(p kit.Picked[row]) string { return s.mainLabel(p) }, Do: s.main,
	}}
	for _, f := range []struct {
		fix
		id string
	}{{fixAddress, "address"}, {fixSKU, "sku"}, {fixHold, "hold"}, {fixRelease, "release"}, {fixCancel, "cancel"}} {
		if s.can(f.fix) {
			list = append(list, kit.Action[row]{ID: f.id, Title: f.title, Key: f.key, Rows: true, Need: f.need, Do: func(kit.Picked[row]) { s.start(f.fix) }})
		}
	}
	return append(list, kit.Action[row]{
		ID: "manual", Title: "desk.manual", Key: "Ctrl+N", Need: auth.OrdersEdit, Do: func(kit.Picked[row]) { s.manual() },
	})
}

// can tells whether the person may use a fix. An address can only be corrected
// by who sees it whole.
func (s *screen) can(f fix) bool {
	return s.env.Allows(f.need) && (f != fixAddress || s.env.Allows(auth.OrdersPersons))
}

// fixes are those the person may use, by their digits.
func (s *screen) fixes() []fix {
	var list []fix
	for _, f := range []fix{fixAddress, fixSKU, fixSplit, fixMerge, fixHold, fixRelease, fixCancel, fixCall} {
		if s.can(f) {
			list = append(list, f)
		}
	}
	return list
}

// open is Enter on a row: the details, and when they are in sight the next step.
func (s *screen) open(r row) {
	if !s.list.PaneShown() {
		s.list.TogglePane()
		return
	}
	for _, code := range checkCodes(r) {
		if f, ok := fixOf(code); ok && s.can(f) && waits(r.Stage) {
			s.start(f)
			return
		}
	}
}

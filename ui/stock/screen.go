// Package stock is the stock screen: what lies in the warehouse, what is promised
// and what may still be sold, now or at the end of a past day; receipts, opening
// stock, corrections and their undo; the ledger of every SKU. Value is shown only
// to people who may see cost.
package stock

import (
	"context"

	"fyne.io/fyne/v2"

	"zhanggui/app"
	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/i18n"
	"zhanggui/app/money"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// screen is the list of SKUs with their stock.
type screen struct {
	env   kit.Env // its hints go to the list
	app   *app.App
	list  *kit.List[core.StockRow]
	shown detail
}

// New makes the screen.
func New(env kit.Env, a *app.App) kit.Screen {
	s := &screen{app: a, env: env}
	s.list = kit.NewList(env, s.spec())
	s.env = s.list.Env()
	return s
}

// Build gives the list to place in the window.
func (s *screen) Build() fyne.CanvasObject { return s.list.Object() }

// Load reads the list again.
func (s *screen) Load() { s.list.Load() }

// Topics are what makes it stale.
func (s *screen) Topics() []core.Topic { return []core.Topic{core.TopicStock, core.TopicCatalog} }

// Shown takes the keys.
func (s *screen) Shown() { s.list.Shown() }

// Hidden gives the keys back.
func (s *screen) Hidden() { s.list.Hidden() }

// Close drops what is being read.
func (s *screen) Close() { s.list.Close() }

// Open shows what another screen asks for: a kit.Aim, a chip's name, or a SKU's code to search.
func (s *screen) Open(arg any) { s.list.Open(arg, chipAll) }

func (s *screen) spec() kit.ListSpec[core.StockRow] {
	tr := s.env.Tr
	export := s.export
	if !s.env.Allows(auth.ExportFile) {
		export = nil
	}
	return kit.ListSpec[core.StockRow]{
		ID: "stock.list", Columns: s.columns(), Fetch: s.fetch, RowID: func(r core.StockRow) string { return r.SKUID.String() },
		Sort: "sku", Search: "inventory.search", Totals: true, Explain: s.explain, Whole: s.whole,
		Chips: []kit.ChipSpec{
			{Key: chipAll, Title: "common.all"},
			{Key: chipShort, Title: "level.out", Mark: kit.Mark{Icon: "x", Tone: theme.Urgent}, Line: true},
			{Key: chipOversold, Title: "level.oversold", Mark: kit.Mark{Icon: "x", Tone: theme.Urgent}},
			{Key: chipReserved, Title: "inventory.chip.reserved", Line: true},
			{Key: chipKit, Title: "inventory.chip.kit"},
		},
		Counts: s.counts, Actions: s.actions(), Open: s.open, Detail: s.detail, Export: export,
		Footer: func(total int, _ map[string]int64) []string {
			facts := []string{tr.N("inventory.foot", int64(total))}
			if s.list.Query().Filter.Text(belowKey) != "" {
				facts = append(facts, tr.T("home.below"))
			}
			if day := asOf(s.list.Query()); day != "" {
				facts = append(facts, tr.T("inventory.as_of.foot", "day", tr.Date(day, s.env.Clock.Now().Day())))
			}
			return facts
		},
		Empty: s.empty,
	}
}

func (s *screen) columns() []kit.Column[core.StockRow] {
	tr := s.env.Tr
	sum := func(field string) func(sums map[string]int64) kit.Cell {
		return func(sums map[string]int64) kit.Cell { return kit.Strong(i18n.Count(sums[field])) }
	}
	kept := func(field string) func(sums map[string]int64) kit.Cell { // what leaves no history has no past sum either
		return func(sums map[string]int64) kit.Cell {
			if s.past() {
				return kit.Muted(i18n.Dash)
			}
			return sum(field)(sums)
		}
	}
	wide := func(zh, en int) int {
		if tr.Lang() == i18n.English {
			return en
		}
		return zh
	}
	return []kit.Column[core.StockRow]{
		{Key: "level", Title: "inventory.level", Width: wide(84, 104), Sort: "available", Cell: func(r core.StockRow) kit.Cell {
			l, word := level(r, s.past())
			if word == "" {
				return kit.Cell{}
			}
			return kit.StockPill(l, tr.T(word))
		}},
		{Key: "bin", Title: "field.bin", Width: 78, Sort: "bin", Text: func(r core.StockRow) string { return r.Bin }},
		{Key: "sku", Title: "field.sku", Width: 120, Sort: "sku", Text: func(r core.StockRow) string { return r.SKU }},
		{Key: "name", Title: "field.goods", Width: 200, Min: 110, Flex: true, Sort: "title", Cell: func(r core.StockRow) kit.Cell {
			cell := kit.Text(name(r))
			if r.Kit {
				cell = cell.With(tr.T("inventory.kit"))
			}
			return cell
		}, Total: func(map[string]int64) kit.Cell { return kit.Strong(tr.T("common.total")) }},
		{
			Key: "on_hand", Title: "field.on_hand", Width: wide(72, 80), Align: kit.Right, Sort: "on_hand", Total: sum("on_hand"),
			Cell: func(r core.StockRow) kit.Cell { return own(r, r.OnHand) },
		},
		{
			Key: "reserved", Title: "field.reserved", Width: wide(64, 84), Align: kit.Right, Sort: "reserved", Total: kept("reserved"),
			Cell: func(r core.StockRow) kit.Cell { return rare(r, r.Reserved) },
		},
		{
			Key: "unavailable", Title: "field.unavailable", Width: wide(66, 96), Align: kit.Right, Sort: "unavailable", Total: kept("unavailable"),
			Cell: func(r core.StockRow) kit.Cell { return rare(r, r.Unavailable) },
		},
		{Key: "available", Title: "field.available", Width: wide(72, 84), Align: kit.Right, Sort: "available", Cell: func(r core.StockRow) kit.Cell { return availableCell(r, s.past()) }},
		{
			Key: "incoming", Title: "field.incoming", Width: wide(64, 84), Align: kit.Right, Sort: "incoming", Total: kept("incoming"), Muted: true,
			Cell: func(r core.StockRow) kit.Cell { return rare(r, r.Incoming) },
		},
		{
			Key: "value", Title: "field.value", Width: wide(104, 108), Align: kit.Right, Sort: "value_fen", Need: auth.FinanceViewCost,
			Total: func(sums map[string]int64) kit.Cell { return kit.Strong(i18n.Amount(money.Fen(sums["value_fen"]))) },
			Cell: func(r core.StockRow) kit.Cell {
				if r.Kit {
					return kit.Muted(i18n.Dash)
				}
				return kit.Amount(r.ValueFen)
			},
		},
	}
}

// past tells whether a past day is looked at: what was promised then is not known.
func (s *screen) past() bool { return asOf(s.list.Query()) != "" }

func (s *screen) fetch(ctx context.Context, q kit.Query) (core.Paged[core.StockRow], error) {
	if day := asOf(q); day != "" {
		return s.app.Stock.AsOf(ctx, day, query(q))
	}
	return s.app.Stock.List(ctx, query(q))
}

// counts counts the chips. When reading fails the rows say so; a second message
// would only stand in the way.
func (s *screen) counts(ctx context.Context, q kit.Query) (map[string]int, error) {
	counts := map[string]int{}
	q.Page = core.Page{Limit: 1}
	past := asOf(q) != ""
	for _, key := range chipKeys {
		if past && (key == chipOversold || key == chipReserved) {
			continue // a past day knows no promises
		}
		q.Chip = key
		page, err := s.fetch(ctx, q)
		if err != nil {
			return counts, nil
		}
		counts[key] = page.Total
	}
	return counts, nil
}

func (s *screen) empty(q kit.Query) kit.Empty {
	t := s.env.T
	all := kit.Empty{Icon: "search", Text: t("common.no_match_hint"), Action: t("common.show_all"), Key: "Esc", Do: s.list.ClearFilter}
	switch {
	case q.Search != "" || !q.Filter.Empty():
		all.Title = t("common.no_match")
		return all
	case q.Chip == chipShort:
		return kit.Empty{Title: t("inventory.empty.short"), Text: t("inventory.empty.short_hint"), Action: t("common.show_all"), Do: func() { s.list.Choose(chipAll) }}
	case q.Chip != chipAll:
		return kit.Empty{Title: t("inventory.empty.chip"), Text: t("inventory.empty.chip_hint"), Action: t("common.show_all"), Do: func() { s.list.Choose(chipAll) }}
	}
	return kit.Empty{Title: t("inventory.empty.all"), Text: t("inventory.empty.all_hint")}
}

func (s *screen) actions() []kit.Action[core.StockRow] {
	noKit := func(p kit.Picked[core.StockRow]) string {
		if r, ok := p.One(); ok && r.Kit {
			return s.env.T("inventory.why.kit")
		}
		return ""
	}
	return []kit.Action[core.StockRow]{
		{ID: "receive", Title: "action.receive", Primary: true, Need: auth.StockReceive, Do: s.receive},
		{ID: "adjust", Title: "action.adjust", Key: "F2", Rows: true, Need: auth.StockAdjust, Why: noKit, Do: s.adjust},
		{ID: "opening", Title: "inventory.opening", Key: "Alt+O", Rows: true, Need: auth.StockOpening, Do: s.opening},
		{ID: "recost", Title: "inventory.recost", Key: "Alt+C", Rows: true, Need: auth.FinancePost, Do: s.recost},
		{ID: "as_of", Title: "inventory.as_of", Key: "Alt+D", Do: func(kit.Picked[core.StockRow]) { s.askDay() }},
		{ID: "undo", Title: "inventory.undo", Key: "Alt+U", Rows: true, Need: auth.StockAdjust, Do: s.undo},
	}
}

// open is Enter: the ledger in the pane.
func (s *screen) open(core.StockRow) {
	if !s.list.PaneShown() {
		s.list.TogglePane()
	}
}

package finance

import (
	"context"
	"fmt"
	"io"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/app"
	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/i18n"
	"zhanggui/app/money"
	"zhanggui/reports"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// journal is the page of the journal: every posting with its entry.
type journal struct {
	env   kit.Env
	app   *app.App
	list  *kit.List[core.EntryRow]
	began bool
}

// kinds are the kinds of entries; the first chipKinds of them are chips, for all
// have no room beside the search box.
var kinds = []string{"ship", "return", "receipt", "opening", "adjust", "recost", "unship", "undo"}

const chipKinds = 5

// NewJournal makes the page of the journal. It needs auth.FinanceViewCost: every
// second row is cost.
func NewJournal(env kit.Env, a *app.App) kit.Screen {
	j := &journal{env: env, app: a}
	j.list = kit.NewList(env, j.spec())
	j.env = j.list.Env()
	return j
}

// Build gives the list to place in the window.
func (j *journal) Build() fyne.CanvasObject { return j.list.Object() }

// Load reads the postings again, the first time those of the usual period.
func (j *journal) Load() {
	if !j.began {
		j.began = true
		today := j.env.Clock.Now().Day()
		j.list.Show("", "", j.list.Query().Filter.With(periodKey, string(today.Add(1-usualDays))+".."+string(today)))
		return
	}
	j.list.Load()
}

// TopFilters are the list's in the top bar.
func (j *journal) TopFilters() []kit.TopFilter { return j.list.TopFilters() }

// Topics are what makes it stale.
func (j *journal) Topics() []core.Topic {
	return []core.Topic{core.TopicFinance, core.TopicStock, core.TopicParcels}
}

// Shown takes the keys.
func (j *journal) Shown() { j.list.Shown() }

// Hidden gives the keys back.
func (j *journal) Hidden() { j.list.Hidden() }

// Close drops what is being read.
func (j *journal) Close() { j.list.Close() }

// Open shows what another screen asks for: a filter, or a document's number.
func (j *journal) Open(arg any) {
	switch arg := arg.(type) {
	case kit.Values:
		j.began = true
		j.list.Show(chipAll, "", arg)
	case string:
		j.began = true
		j.list.Show(chipAll, arg, kit.Values{})
	}
}

func (j *journal) spec() kit.ListSpec[core.EntryRow] {
	tr := j.env.Tr
	kindItems := make([]kit.Item, len(kinds))
	for i, k := range kinds {
		kindItems[i] = kit.Item{Value: k, Word: tr.Word("entry", k)}
	}
	export := j.export
	if !j.env.Allows(auth.ExportFile) {
		export = nil
	}
	spec := kit.ListSpec[core.EntryRow]{
		ID: "finance.journal", Columns: j.columns(), Fetch: j.fetch, RowID: entryID, Totals: true, Search: "books.journal.search",
		Chips: []kit.ChipSpec{{Key: chipAll, Title: "common.all"}},
		Filters: []kit.FilterField{
			kit.ChannelFilter(j.env), kit.DaysFilter(j.env, periodKey, "field.period", ""),
			{Key: "account", Label: tr.T("field.account"), Kind: kit.FilterChoice, Items: accountItems(tr), Wide: 180},
			{Key: "shop", Label: tr.T("field.shop"), Kind: kit.FilterText, Wide: 110, Shy: true},
			{Key: "sku", Label: tr.T("field.sku"), Kind: kit.FilterText, Wide: 120, Shy: true},
			{Key: withoutKey, Label: tr.T("explain.without"), Kind: kit.FilterChoice, Shy: true, Items: []kit.Item{
				{Value: "channel", Word: tr.T("field.channel")}, {Value: "shop", Word: tr.T("field.shop")}, {Value: "sku", Word: tr.T("field.sku")},
			}},
			{Key: "kind", Label: tr.T("field.kind"), Kind: kit.FilterChoice, Items: kindItems},
		},
		Detail: j.detail, Export: export, Open: func(core.EntryRow) {
			if !j.list.PaneShown() {
				j.list.TogglePane()
			}
		},
		Footer: func(total int, _ map[string]int64) []string {
			return []string{tr.N("books.journal.foot", int64(total)), tr.MoneyUnit()}
		},
		Empty: func(q kit.Query) kit.Empty {
			e := kit.Empty{Icon: "yuan", Title: tr.T("books.journal.empty"), Text: tr.T("books.empty_hint")}
			if q.Search != "" || !q.Filter.Empty() {
				e = kit.Empty{
					Icon: "search", Title: tr.T("common.no_match"), Text: tr.T("common.no_match_hint"),
					Action: tr.T("common.show_all"), Key: "Esc", Do: j.list.ClearFilter,
				}
			}
			return e
		},
	}
	for _, k := range kinds[:chipKinds] {
		spec.Chips = append(spec.Chips, kit.ChipSpec{Key: k, Title: "entry." + k})
	}
	return spec
}

// entryID tells postings apart: a posting has no number of its own in the list.
func entryID(r core.EntryRow) string {
	return fmt.Sprintf("%d/%s/%s/%s/%d/%d", r.Seq, r.Account, r.Channel, r.SKU, r.Qty, r.DebitFen-r.CreditFen)
}

func (j *journal) columns() []kit.Column[core.EntryRow] {
	tr := j.env.Tr
	wide := func(zh, en int) int {
		if tr.Lang() == i18n.English {
			return en
		}
		return zh
	}
	amount := func(key, title string, of func(core.EntryRow) money.Fen) kit.Column[core.EntryRow] {
		return kit.Column[core.EntryRow]{
			Key: key, Title: title, Width: 100, Align: kit.Right, Sort: key,
			Cell: func(r core.EntryRow) kit.Cell { return kit.AmountOrDash(of(r)) },
			Total: func(sums map[string]int64) kit.Cell {
				if sums == nil { // too many postings to be summed
					return kit.Muted(i18n.Dash)
				}
				return kit.Strong(i18n.Amount(money.Fen(sums[key])))
			},
		}
	}
	return []kit.Column[core.EntryRow]{
		{Key: "seq", Title: "field.entry", Width: 64, Align: kit.Right, Sort: "seq", Text: func(r core.EntryRow) string { return strconv.FormatInt(r.Seq, 10) }},
		{Key: "at", Title: "field.time", Width: 104, Cell: func(r core.EntryRow) kit.Cell {
			return kit.Muted(tr.Moment(r.At, j.env.Clock.Now()))
		}},
		{Key: "kind", Title: "field.kind", Width: wide(96, 132), Cell: func(r core.EntryRow) kit.Cell {
			return kit.Pill(entryTone(r.Kind), tr.Word("entry", r.Kind))
		}},
		{Key: "number", Title: "field.document", Width: 104, Sort: "number", Cell: func(r core.EntryRow) kit.Cell { return kit.OrderNo(r.Number) }},
		{
			Key: "account", Title: "field.account", Width: 160, Min: 110, Flex: true, Sort: "account",
			Cell:  func(r core.EntryRow) kit.Cell { return kit.Text(string(r.Account)).With(account(tr, r.Account)) },
			Total: func(map[string]int64) kit.Cell { return kit.Strong(tr.T("common.total")) },
		},
		{Key: "channel", Title: "field.channel", Width: wide(96, 112), Muted: true, Cell: func(r core.EntryRow) kit.Cell {
			if r.Channel == "" {
				return kit.Cell{}
			}
			return kit.ChannelDot(r.Channel, tr.Word("channel", r.Channel))
		}},
		{Key: "sku", Title: "field.sku", Width: 100, Muted: true, Text: func(r core.EntryRow) string { return r.SKU }},
		{Key: "qty", Title: "field.units", Width: 56, Align: kit.Right, Muted: true, Cell: func(r core.EntryRow) kit.Cell { return kit.CountOrDash(r.Qty) }},
		amount("debit_fen", "field.debit", func(r core.EntryRow) money.Fen { return r.DebitFen }),
		amount("credit_fen", "field.credit", func(r core.EntryRow) money.Fen { return r.CreditFen }),
	}
}

func (j *journal) fetch(ctx context.Context, q kit.Query) (core.Paged[core.EntryRow], error) {
	return j.app.Finance.Entries(ctx, entryQuery(q))
}

// detail is the whole entry of a posting.
func (j *journal) detail(r core.EntryRow) fyne.CanvasObject {
	box := container.NewStack(kit.Pad(14, 14, j.head(r)))
	kit.Run(j.env, j.list.Owner().Lane("detail"), func(ctx context.Context) (*domain.Entry, error) {
		return j.app.Finance.Entry(ctx, r.Seq)
	}, func(e *domain.Entry) {
		box.Objects[0] = j.pane(r, e)
		box.Refresh()
	})
	return box
}

func (j *journal) head(r core.EntryRow) fyne.CanvasObject {
	pill := kit.NewPill(entryTone(r.Kind), j.env.Tr.Word("entry", r.Kind))
	title := kit.NewLabel(j.env.T("books.entry", "n", r.Seq)).Pane().Narrow()
	return kit.Down(6, kit.Edges(nil, nil, nil, container.NewCenter(pill), title), kit.NewLabel(kit.Group4(r.Number)).Small().Muted().Narrow())
}

func (j *journal) pane(r core.EntryRow, e *domain.Entry) fyne.CanvasObject {
	tr, now := j.env.Tr, j.env.Clock.Now()
	facts := kit.Down(0,
		kit.NewFact(tr.T("field.time"), kit.Part{Text: tr.Moment(e.At, now)}),
		kit.NewFact(tr.T("field.day"), kit.Part{Text: tr.Date(e.BizDay, now.Day())}),
		kit.NewFact(tr.T("field.operator"), kit.Part{Text: e.ActorName}))
	if e.ReversesSeq != 0 {
		facts.Add(kit.NewFact(tr.T("books.reverses"), kit.Part{Text: tr.T("books.entry", "n", e.ReversesSeq)}))
	}
	heads := []kit.Head{
		{Key: "account", Title: tr.T("field.account"), Width: 120, Flex: true, Min: 80},
		{Key: "debit", Title: tr.T("field.debit"), Width: 92, Align: kit.Right},
		{Key: "credit", Title: tr.T("field.credit"), Width: 92, Align: kit.Right},
	}
	rows, total := postings(tr, e)
	grid := kit.NewGrid(j.env, "finance.postings", heads, rows, false)
	grid.SetTotal(total)
	return kit.Edges(kit.Down(0, kit.Pad(14, 14, j.head(r)), kit.NewRule(), kit.Pad(8, 14, facts), kit.NewRule()), nil, nil, nil, grid)
}

// fixedRows are rows of a grid that are all there.
type fixedRows []*kit.Row

// Len is their number.
func (f fixedRows) Len() int { return len(f) }

// Row gives one.
func (f fixedRows) Row(i int) (*kit.Row, bool) {
	if i < 0 || i >= len(f) {
		return nil, false
	}
	return f[i], true
}

// postings are the lines of an entry and its total: debits equal credits.
func postings(tr i18n.Tr, e *domain.Entry) (rows fixedRows, total *kit.Row) {
	var debit, credit money.Fen
	for i, p := range e.Postings {
		var d, c money.Fen
		if p.AmountFen > 0 {
			d = p.AmountFen
		} else {
			c = -p.AmountFen
		}
		debit, credit = debit+d, credit+c
		rows = append(rows, &kit.Row{ID: strconv.Itoa(i), Cells: []kit.Cell{
			kit.Text(string(p.Account)).With(account(tr, p.Account)), kit.AmountOrDash(d), kit.AmountOrDash(c),
		}})
	}
	return rows, &kit.Row{Cells: []kit.Cell{
		kit.Strong(tr.T("common.total")), kit.Strong(i18n.Amount(debit)), kit.Strong(i18n.Amount(credit)),
	}}
}

// exportLimit is the most postings of one file: a workbook beyond is no use to a person.
const exportLimit = 200_000

// export writes the postings of the filter to a workbook, page by page.
func (j *journal) export(q kit.Query, _ []string) {
	from, to := q.Filter.Days(periodKey)
	name := j.env.T("books.file.journal", "period", stamp(string(from), string(to)))
	save(j.env, j.list.Owner(), name, ".xlsx", j.env.T("common.export_excel"), func(ctx context.Context, w io.Writer) error {
		table := journalTable(j.env.Tr)
		table.Each = func(yield func(row []reports.Cell) error) error { return j.each(ctx, q, yield) }
		return table.XLSX(w)
	}, func(path string) { j.list.Hint(theme.OK, j.env.T("common.exported", "file", path)) })
}

// each yields every posting of a filter.
func (j *journal) each(ctx context.Context, q kit.Query, yield func(row []reports.Cell) error) error {
	ask := entryQuery(q)
	ask.Totals = false
	for ask.Page.Offset, ask.Page.Limit = 0, core.PageLimit; ; ask.Page.Offset += core.PageLimit {
		if ask.Page.Offset >= exportLimit {
			return fault.New(fault.Limit, "fault.books.too_many", "limit", exportLimit)
		}
		page, err := j.app.Finance.Entries(ctx, ask)
		if err != nil {
			return err
		}
		for _, r := range page.Rows {
			if err := yield(journalRow(j.env.Tr, r)); err != nil {
				return err
			}
		}
		if len(page.Rows) < core.PageLimit {
			return nil
		}
	}
}

func journalTable(tr i18n.Tr) *reports.Table {
	return &reports.Table{Title: tr.T("nav.journal"), Note: tr.MoneyUnit(), Columns: []reports.Column{
		{Title: tr.T("field.entry"), Type: reports.TypeQty},
		{Title: tr.T("field.time"), Type: reports.TypeTime},
		{Title: tr.T("field.kind")},
		{Title: tr.T("field.document"), Type: reports.TypeID, Width: 22},
		{Title: tr.T("books.account_no"), Type: reports.TypeID, Width: 8},
		{Title: tr.T("field.account"), Width: 16},
		{Title: tr.T("field.channel")},
		{Title: tr.T("field.shop"), Type: reports.TypeID},
		{Title: tr.T("field.sku"), Type: reports.TypeID},
		{Title: tr.T("field.units"), Type: reports.TypeQty},
		{Title: tr.T("field.debit"), Type: reports.TypeMoney},
		{Title: tr.T("field.credit"), Type: reports.TypeMoney},
		{Title: tr.T("field.operator")},
	}}
}

func journalRow(tr i18n.Tr, r core.EntryRow) []reports.Cell {
	channel := ""
	if r.Channel != "" {
		channel = tr.Word("channel", r.Channel)
	}
	return []reports.Cell{
		reports.Qty(r.Seq), reports.Time(r.At), reports.Text(tr.Word("entry", r.Kind)), reports.Text(r.Number), reports.Text(string(r.Account)),
		reports.Text(account(tr, r.Account)), reports.Text(channel), reports.Text(r.Shop), reports.Text(r.SKU), reports.Qty(r.Qty),
		reports.Money(r.DebitFen), reports.Money(r.CreditFen), reports.Text(r.Actor),
	}
}

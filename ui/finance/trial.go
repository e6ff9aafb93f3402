package finance

import (
	"context"
	"io"

	"fyne.io/fyne/v2"

	"zhanggui/app"
	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/finance"
	"zhanggui/app/i18n"
	"zhanggui/app/money"
	"zhanggui/reports"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// trial is the page of the trial balance.
type trial struct {
	env  kit.Env
	app  *app.App
	list *kit.List[finance.TrialRow]
}

// JournalID is the screen that Enter on an account opens, under the name the
// window's registry gives it; its argument is the filter.
const JournalID = "finance.journal"

// TrialID is this page under the name the window's registry gives it.
const TrialID = "finance.trial"

// accountKey is the field of the account in the filter bars of this area.
const accountKey = "account"

// NewTrial makes the page of the trial balance. It needs auth.FinanceViewCost.
func NewTrial(env kit.Env, a *app.App) kit.Screen {
	t := &trial{env: env, app: a}
	t.list = kit.NewList(env, t.spec())
	t.env = t.list.Env()
	return t
}

// Build gives the list to place in the window.
func (t *trial) Build() fyne.CanvasObject { return t.list.Object() }

// Load reads the accounts again.
func (t *trial) Load() { t.list.Load() }

// TopFilters are the list's in the top bar.
func (t *trial) TopFilters() []kit.TopFilter { return t.list.TopFilters() }

// Topics are what makes it stale.
func (t *trial) Topics() []core.Topic {
	return []core.Topic{core.TopicFinance, core.TopicStock, core.TopicParcels}
}

// Shown takes the keys.
func (t *trial) Shown() { t.list.Shown() }

// Hidden gives the keys back.
func (t *trial) Hidden() { t.list.Hidden() }

// Close drops what is being read.
func (t *trial) Close() { t.list.Close() }

// Open shows what another screen asks for: a filter of period and account.
func (t *trial) Open(arg any) {
	if v, ok := arg.(kit.Values); ok {
		t.list.Show("", "", v)
	}
}

func (t *trial) spec() kit.ListSpec[finance.TrialRow] {
	tr := t.env.Tr
	amount := func(key, title string, of func(finance.TrialRow) money.Fen) kit.Column[finance.TrialRow] {
		return kit.Column[finance.TrialRow]{
			Key: key, Title: title, Width: 150, Align: kit.Right,
			Cell:  func(r finance.TrialRow) kit.Cell { return balanceCell(of(r)) },
			Total: func(sums map[string]int64) kit.Cell { return kit.Strong(i18n.Amount(money.Fen(sums[key]))) },
		}
	}
	export := t.export
	if !t.env.Allows(auth.ExportFile) {
		export = nil
	}
	return kit.ListSpec[finance.TrialRow]{
		ID: "finance.trial", Fetch: t.fetch, RowID: func(r finance.TrialRow) string { return string(r.Account) }, Totals: true,
		Columns: []kit.Column[finance.TrialRow]{
			{Key: "account", Title: "books.account_no", Width: 90, Text: func(r finance.TrialRow) string { return string(r.Account) }},
			{
				Key: "name", Title: "field.account", Width: 180, Flex: true, Text: func(r finance.TrialRow) string { return account(tr, r.Account) },
				Total: func(map[string]int64) kit.Cell { return kit.Strong(tr.T("common.total")) },
			},
			amount("opening", "books.opening", func(r finance.TrialRow) money.Fen { return r.OpeningFen }),
			amount("debit", "field.debit", func(r finance.TrialRow) money.Fen { return r.DebitFen }),
			amount("credit", "field.credit", func(r finance.TrialRow) money.Fen { return r.CreditFen }),
			amount("closing", "books.closing", func(r finance.TrialRow) money.Fen { return r.ClosingFen }),
		},
		Filters: []kit.FilterField{
			kit.DaysFilter(t.env, periodKey, "field.period", usual),
			{Key: accountKey, Label: tr.T("field.account"), Kind: kit.FilterChoice, Items: accountItems(tr), Wide: 180, Shy: true},
		},
		Open: t.open, Export: export, Explain: t.explain, Whole: t.whole,
		Footer: func(total int, sums map[string]int64) []string {
			facts := []string{tr.N("books.trial.foot", int64(total)), tr.T("books.trial.balanced")}
			switch {
			case t.list.Query().Filter.Text(accountKey) != "": // one account alone is not balanced
				facts = facts[:1]
			case sums["debit"] != sums["credit"]:
				facts[1] = tr.T("books.trial.unbalanced", "diff", i18n.Amount(money.Fen(sums["debit"]-sums["credit"])))
			}
			return append(facts, tr.MoneyUnit())
		},
		Empty: func(kit.Query) kit.Empty {
			return kit.Empty{Icon: "yuan", Title: tr.T("books.trial.empty"), Text: tr.T("books.empty_hint")}
		},
	}
}

func (t *trial) fetch(ctx context.Context, q kit.Query) (core.Paged[finance.TrialRow], error) {
	from, to := period(q.Filter, t.env.Clock.Now().Day())
	b, err := t.app.Finance.TrialBalance(ctx, from, to)
	if err != nil {
		return core.Paged[finance.TrialRow]{}, err
	}
	if only := domain.Account(q.Filter.Text(accountKey)); only != "" {
		b = b.Only(only)
	}
	return core.Paged[finance.TrialRow]{Rows: window(b.Rows, q.Page), Total: len(b.Rows), Sums: map[string]int64{
		"opening": int64(b.Total.OpeningFen), "debit": int64(b.Total.DebitFen), "credit": int64(b.Total.CreditFen), "closing": int64(b.Total.ClosingFen),
	}}, nil
}

// open shows the postings of an account in the journal.
func (t *trial) open(r finance.TrialRow) {
	from, to := period(t.list.Query().Filter, t.env.Clock.Now().Day())
	t.env.Open(JournalID, kit.NewValues(periodKey, string(from)+".."+string(to), accountKey, string(r.Account)))
}

func (t *trial) export(q kit.Query, _ []string) {
	from, to := period(q.Filter, t.env.Clock.Now().Day())
	name := t.env.T("books.file.trial", "period", stamp(string(from), string(to)))
	save(t.env, t.list.Owner(), name, ".xlsx", t.env.T("common.export_excel"), func(ctx context.Context, w io.Writer) error {
		b, err := t.app.Finance.TrialBalance(ctx, from, to)
		if err != nil {
			return err
		}
		if only := domain.Account(q.Filter.Text(accountKey)); only != "" {
			b = b.Only(only)
		}
		table := trialTable(t.env.Tr, b)
		return table.XLSX(w)
	}, func(path string) { t.list.Hint(theme.OK, t.env.T("common.exported", "file", path)) })
}

// trialTable is the trial balance as a file.
func trialTable(tr i18n.Tr, b finance.TrialBalance) *reports.Table {
	t := &reports.Table{Title: tr.T("books.trial.title"), Note: i18n.Join(string(b.From)+" – "+string(b.To), tr.MoneyUnit()), Columns: []reports.Column{
		{Title: tr.T("books.account_no"), Type: reports.TypeID, Width: 10},
		{Title: tr.T("field.account"), Width: 20},
		{Title: tr.T("books.opening"), Type: reports.TypeMoney},
		{Title: tr.T("field.debit"), Type: reports.TypeMoney},
		{Title: tr.T("field.credit"), Type: reports.TypeMoney},
		{Title: tr.T("books.closing"), Type: reports.TypeMoney},
	}}
	row := func(no, name string, r finance.TrialRow) []reports.Cell {
		return []reports.Cell{
			reports.Text(no), reports.Text(name), reports.Money(r.OpeningFen), reports.Money(r.DebitFen), reports.Money(r.CreditFen), reports.Money(r.ClosingFen),
		}
	}
	for _, r := range b.Rows {
		t.Rows = append(t.Rows, row(string(r.Account), account(tr, r.Account), r))
	}
	t.Totals = row(tr.T("common.total"), "", b.Total)
	return t
}

// accountItems are the accounts for a filter.
func accountItems(tr i18n.Tr) []kit.Item {
	items := make([]kit.Item, len(domain.Accounts))
	for i, a := range domain.Accounts {
		items[i] = kit.Item{Value: string(a), Word: string(a) + " " + account(tr, a)}
	}
	return items
}

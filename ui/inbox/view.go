package inbox

import (
	"sort"
	"strconv"
	"strings"

	"zhanggui/app/auth"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/i18n"
	"zhanggui/app/inbox"
	"zhanggui/app/ingest"
	"zhanggui/app/money"
	"zhanggui/app/when"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// state is where a file of the inbox is.
type state int

const (
	waiting state = iota // to be read
	reading
	ready   // its preview is there
	asks    // which shop, channel or rate: a person must say
	unknown // its columns must be mapped once
	already // the same bytes were imported before
	refused // it cannot be read
	done    // committed
	partial // stopped half-way: continue or undo
)

// file is one file of the inbox. Everything but path changes on the UI goroutine only.
type file struct {
	path   string
	name   string
	state  state
	target inbox.Target
	plan   *inbox.Plan
	known  *ingest.Recognition // of a file that could not be read, as far as it is known
	err    error               // why it is refused or what it asks
	result *domain.Import      // of a committed one
	rows   []record            // of the plan, errors first
}

// record is one line of the preview.
type record struct {
	id     string
	item   *inbox.Item    // nil for a refused row
	reject *ingest.Reject // nil for a record that goes in
	result domain.RowResult
	row    int // physical row of the file
}

// results in the order of the preview: what needs a person first.
var results = []domain.RowResult{domain.RowRejected, domain.RowConflict, domain.RowChanged, domain.RowNew, domain.RowSame}

// recordsOf lists the records of a plan, errors first, each kind in the file's order.
func recordsOf(p *inbox.Plan) []record {
	byResult := map[domain.RowResult][]record{}
	for i := range p.File.Rejected {
		r := &p.File.Rejected[i]
		byResult[domain.RowRejected] = append(byResult[domain.RowRejected], record{id: "r" + strconv.Itoa(i), reject: r, result: domain.RowRejected, row: r.Row})
	}
	for i := range p.Items {
		it := &p.Items[i]
		if it.Result == domain.RowRejected { // stands among the refused rows already
			continue
		}
		byResult[it.Result] = append(byResult[it.Result], record{id: "i" + strconv.Itoa(i), item: it, result: it.Result, row: firstRow(it.Rows)})
	}
	var list []record
	for _, res := range results {
		part := byResult[res]
		sort.SliceStable(part, func(i, j int) bool { return part[i].row < part[j].row })
		list = append(list, part...)
	}
	return list
}

func firstRow(rows []int) int {
	if len(rows) == 0 {
		return 0
	}
	return rows[0]
}

// chipAll shows every record; the other chips are the results.
const chipAll = "all"

// narrowed are the records of a chip whose number or value contains the search.
func narrowed(list []record, chip, search string) []record {
	if chip == chipAll && search == "" {
		return list
	}
	search = strings.ToLower(strings.TrimSpace(search))
	var kept []record
	for _, r := range list {
		if (chip == chipAll || string(r.result) == chip) && strings.Contains(strings.ToLower(r.text()), search) {
			kept = append(kept, r)
		}
	}
	return kept
}

// text is what a record is searched by.
func (r record) text() string {
	if r.reject != nil {
		return r.reject.Order + " " + r.reject.Value
	}
	return r.item.Number
}

// number is the order number or SKU code of a record.
func (r record) number() string {
	if r.reject != nil {
		return r.reject.Order
	}
	return r.item.Number
}

// resultTone is the status of a result.
func resultTone(r domain.RowResult) theme.Status {
	switch r {
	case domain.RowRejected:
		return theme.Urgent
	case domain.RowConflict:
		return theme.Warn
	case domain.RowChanged:
		return theme.Info
	case domain.RowNew:
		return theme.OK
	}
	return theme.Idle
}

// facts are the values of a record that the grid shows.
type facts struct {
	at      when.Millis
	goods   string
	more    int // further goods lines
	units   int64
	amount  money.Fen
	hasSum  bool
	status  string
	secrets bool // the amount is a cost
}

// factsOf reads the values of a record from its draft.
func factsOf(f *ingest.File, r record) facts {
	if r.item == nil {
		return facts{}
	}
	i := r.item.Index
	switch f.Kind {
	case ingest.KindProducts:
		if i < len(f.Products) {
			p := &f.Products[i]
			return facts{goods: join(p.Title, p.Spec), amount: p.PriceFen, hasSum: p.PriceFen != 0}
		}
		return facts{}
	case ingest.KindOpening:
		if i < len(f.Opening) {
			o := &f.Opening[i]
			return facts{goods: o.Bin, units: o.Qty, amount: o.ValueFen, hasSum: true, secrets: true}
		}
		return facts{}
	}
	if i >= len(f.Orders) {
		return facts{}
	}
	return orderFacts(&f.Orders[i])
}

func orderFacts(o *ingest.OrderDraft) facts {
	v := facts{at: o.PaidAt, amount: o.PaidFen, hasSum: o.Has.Paid || o.PaidFen != 0, status: o.Facts.Words}
	if v.at == 0 {
		v.at = o.CreatedAt
	}
	if !v.hasSum && o.TotalFen != 0 {
		v.amount, v.hasSum = o.TotalFen, true
	}
	for i := range o.Lines {
		v.units += o.Lines[i].Qty
	}
	if len(o.Lines) > 0 {
		v.goods, v.more = join(o.Lines[0].Title, o.Lines[0].Spec), len(o.Lines)-1
	}
	return v
}

// join puts the parts of a name into one text.
func join(a, b string) string { return strings.TrimSpace(a + " " + b) }

// remark says what will happen to a record: why it is refused, which facts
// change, what contradicts.
func remark(tr i18n.Tr, r record) string {
	switch {
	case r.reject != nil:
		return r.reject.Code + " " + tr.M(r.reject.Key, r.reject.Args)
	case r.result == domain.RowConflict && len(r.item.Against) > 0:
		c := r.item.Against[0]
		return tr.T("box.against", "fact", tr.Word("fact", c.Fact), "ours", valueWord(tr, c.Fact, c.Ours), "theirs", valueWord(tr, c.Fact, c.Theirs))
	case len(r.item.Changed) > 0:
		return changeWords(tr, r.item)
	}
	return ""
}

// changeWords says what changes, with the old and the new value where a fact has one: "金额 99.00 → 89.00".
func changeWords(tr i18n.Tr, item *inbox.Item) string {
	words := make([]string, len(item.Changed))
	for i, name := range item.Changed {
		words[i] = tr.Word("fact", name)
		for _, s := range item.Shifts {
			if s.Fact == name {
				words[i] += " " + shiftWords(tr, s)
			}
		}
	}
	return i18n.Join(words...)
}

// instant is a date and a time; the year stands there only when it is not that of near.
func instant(tr i18n.Tr, m, near when.Millis) string {
	if m == 0 {
		return i18n.Dash
	}
	return tr.Date(m.Day(), near.Day()) + " " + i18n.Clock(m)
}

func shiftWords(tr i18n.Tr, s inbox.Shift) string {
	old, now := s.Old, s.New
	switch {
	case s.Sum != nil:
		old, now = i18n.Amount(s.Sum[0]), i18n.Amount(s.Sum[1])
	case s.At != nil:
		old, now = instant(tr, s.At[0], s.At[1]), instant(tr, s.At[1], s.At[1])
	case s.Word != "":
		old, now = tr.Word(s.Word, old), tr.Word(s.Word, now)
	}
	if old == "" {
		old = i18n.Dash
	}
	return old + " → " + now
}

// valueWord says a fact's value in words.
func valueWord(tr i18n.Tr, fact, value string) string {
	switch {
	case value == "true":
		return tr.T("common.yes")
	case value == "false":
		return tr.T("common.no")
	case fact == "payment":
		return tr.Word("payment", value)
	}
	return tr.Word("state", value)
}

// writes is how many records a commit would write.
func writes(p *inbox.Plan) int {
	return p.Counts[domain.RowNew] + p.Counts[domain.RowChanged] + p.Counts[domain.RowConflict]
}

// committable tells whether F9 would do something.
func (f *file) committable() bool {
	return (f.state == ready || f.state == partial) && f.plan != nil && (writes(f.plan) > 0 || f.state == partial)
}

// right is what committing a kind of file needs.
func right(k ingest.Kind) auth.Action {
	if k == ingest.KindProducts || k == ingest.KindOpening {
		return auth.ImportStock
	}
	return auth.ImportOrders
}

// tone is the status of a file's card.
func (f *file) tone() theme.Status {
	switch f.state {
	case unknown:
		return theme.Info
	case asks, partial:
		return theme.Warn
	case refused:
		return theme.Urgent
	case done:
		return theme.OK
	case ready:
		switch {
		case len(f.plan.File.Rejected) > 0:
			return theme.Urgent
		case differs(f.plan.File) || f.plan.Counts[domain.RowConflict] > 0:
			return theme.Warn
		}
		return theme.OK
	}
	return theme.Idle
}

// differs tells whether a total of the file is not what its rows add up to.
func differs(f *ingest.File) bool {
	for _, t := range f.Totals {
		if t.HasDecl && t.Declared != t.Sum {
			return true
		}
	}
	return false
}

// mainTotal is the control total people look at: one that differs from what the
// file declares itself, else one it declares, else what was paid, else the first
// that is not zero.
func mainTotal(f *ingest.File) (ingest.Total, bool) {
	if len(f.Totals) == 0 {
		return ingest.Total{}, false
	}
	tests := []func(t ingest.Total) bool{
		func(t ingest.Total) bool { return t.HasDecl && t.Declared != t.Sum },
		func(t ingest.Total) bool { return t.HasDecl },
	}
	for _, field := range []ingest.Field{ingest.FPaid, ingest.FReceived, ingest.FTotal, ingest.FDue} {
		tests = append(tests, func(t ingest.Total) bool { return t.Sum != 0 && columnOf(f.Layout, field, t.Column) })
	}
	tests = append(tests, func(t ingest.Total) bool { return t.Sum != 0 })
	for _, fits := range tests {
		for _, t := range f.Totals {
			if fits(t) {
				return t, true
			}
		}
	}
	return f.Totals[0], true
}

// columnOf tells whether a column holds the field in a built-in layout.
func columnOf(layout string, field ingest.Field, column string) bool {
	lay := ingest.LayoutByKey(layout)
	if lay == nil {
		return false
	}
	for _, c := range lay.Columns {
		if c.Field != field {
			continue
		}
		for _, n := range c.Names {
			if n == column {
				return true
			}
		}
	}
	return false
}

// layoutName is what a file's layout is called: a platform's own, or the name of a mapping.
func layoutName(tr i18n.Tr, layout string) string { return tr.Word("layout", layout) }

// period is the days that a file covers.
func period(tr i18n.Tr, from, to, today when.Day) string {
	switch {
	case from == "" && to == "":
		return ""
	case from == to || to == "":
		return tr.Date(from, today)
	}
	return tr.T("box.period", "from", tr.Date(from, today), "to", tr.Date(to, today))
}

// encodingName is the encoding as people know it.
func encodingName(tr i18n.Tr, f *ingest.File) string {
	if f.Encoding == "" {
		return tr.T("box.workbook")
	}
	return strings.ToUpper(f.Encoding)
}

// counts are the small counts of a card or of the sums under the cards.
func counts(tr i18n.Tr, n map[domain.RowResult]int) []kit.Part {
	var parts []kit.Part
	add := func(res domain.RowResult, key string, token theme.Token) {
		if n[res] > 0 {
			parts = append(parts, kit.Part{Text: tr.T(key, "n", i18n.Count(int64(n[res]))), Token: token, Gap: 10})
		}
	}
	add(domain.RowNew, "box.n.new", theme.OK.Token())
	add(domain.RowChanged, "box.n.changed", theme.Info.Token())
	add(domain.RowConflict, "box.n.conflict", theme.Warn.Token())
	add(domain.RowRejected, "box.n.rejected", theme.Urgent.Token())
	add(domain.RowSame, "box.n.same", theme.MutedToken)
	return parts
}

// countsOf are the counts of a committed import.
func countsOf(i *domain.Import) map[domain.RowResult]int {
	return map[domain.RowResult]int{
		domain.RowNew: int(i.New), domain.RowChanged: int(i.Changed), domain.RowSame: int(i.Same),
		domain.RowConflict: int(i.Conflict), domain.RowRejected: int(i.Rejected),
	}
}

// first cuts a fault's text into what is wrong and what to do.
func first(text string) (what, todo string) {
	text = strings.ReplaceAll(text, "\n", " ")
	for _, stop := range []string{"。", ". "} {
		if a, b, ok := strings.Cut(text, stop); ok {
			return a, strings.TrimSpace(b)
		}
	}
	return text, ""
}

// question tells what a file asks for, "" when it asks nothing.
func question(err error) ask {
	switch fault.Key(err) {
	case "fault.inbox.which_shop", "fault.inbox.which_channel", "fault.inbox.other_channel", "fault.shop.unknown":
		return askShop
	case "fault.ingest.currency":
		return askRate
	}
	return askNothing
}

// ask is what only a person can say of a file.
type ask int

const (
	askNothing ask = iota
	askShop
	askRate
)

// stateTone is the status of a past import.
func stateTone(s domain.ImportState) theme.Status {
	switch s {
	case domain.ImportDone:
		return theme.OK
	case domain.ImportRunning, domain.ImportPartial:
		return theme.Warn
	}
	return theme.Idle
}

// unfinished tells whether an import was not finished.
func unfinished(i domain.Import) bool {
	return i.State == domain.ImportRunning || i.State == domain.ImportPartial
}

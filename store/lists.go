package store

import (
	"reflect"
	"sort"
	"strconv"
	"strings"

	"zhanggui/app/core"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
	"zhanggui/app/when"
	"zhanggui/store/sqlkit"
)

// kind is what a field's values are: it decides how a condition's text is read.
type kind uint8

const (
	text    kind = iota // compared as it stands; ~ without regard to case
	number              // whole numbers and fen
	instant             // milliseconds or a day
	day                 // a day, "" for none
	flag                // true, false
	ident               // a document's id
)

// field is one name that conditions and sorting may use.
type field struct {
	sql   string
	kind  kind
	join  string // the join beside the base table that sql needs, "" for none
	null  bool   // an optional reference; "none" sorts first
	equal string // a condition with one ? that finds "= value" by an index; "" for the plain one
}

// join is a table that adds exactly one row (or none, when LEFT) per base row.
type join struct{ name, sql string }

// ord is one term of an ORDER BY.
type ord struct {
	sql  string
	desc bool
}

// list describes one list: where its rows come from, the field behind every
// json name of its row type, and its usual order. The page of keys is picked
// from the base table and the joins that conditions and sorting need; the row's
// other tables are read for the page's rows alone.
type list struct {
	name   string
	base   string // table and alias
	keys   []string
	joins  []join
	fields map[string]field
	usual  []ord
	sums   []string // fields summed in the footer
	small  bool     // a few thousand rows at most: the first page is read without picking keys first
}

// picked is a list call being built.
type picked struct {
	t     *tx
	l     *list
	w     *sqlkit.Where
	needs map[string]bool
	order []ord
	known int  // rows of the filter when counters tell, else -1
	quick bool // an index holds all that the footer sums: summed however many rows there are
}

// pick starts a call with the conditions and sorting of q. args are arguments
// the base already uses as $1, $2, ….
// Errors: Invalid fault.list.unknown_field, fault.list.bad_op, fault.list.bad_value.
func (l *list) pick(t *tx, q core.Query, args ...any) (*picked, error) {
	p := &picked{t: t, l: l, w: sqlkit.NewWhere(args...), needs: map[string]bool{}, order: l.usual, known: -1}
	for _, c := range q.Conds {
		if err := p.cond(c); err != nil {
			return nil, err
		}
	}
	if q.Page.Sort != "" {
		f, err := p.field(q.Page.Sort)
		if err != nil {
			return nil, err
		}
		if f.null {
			f.sql = `COALESCE(` + f.sql + `, '')`
		}
		p.order = []ord{{f.sql, q.Page.Desc}}
	}
	return p, nil
}

// field looks a name up and notes the join it needs.
func (p *picked) field(name string) (field, error) {
	f, ok := p.l.fields[name]
	if !ok {
		return f, fault.New(fault.Invalid, "fault.list.unknown_field", "list", p.l.name, "field", name, "known", strings.Join(p.l.names(), ", "))
	}
	p.needs[f.join] = true
	return f, nil
}

// names lists the fields, sorted.
func (l *list) names() []string {
	list := make([]string, 0, len(l.fields))
	for name := range l.fields {
		list = append(list, name)
	}
	sort.Strings(list)
	return list
}

func (p *picked) badChip(chip string) error {
	return fault.New(fault.Invalid, "fault.list.unknown_chip", "list", p.l.name, "chip", chip)
}

var sqlOps = map[string]string{"=": " = ?", "!=": " <> ?", "<": " < ?", "<=": " <= ?", ">": " > ?", ">=": " >= ?"}

// valueLimit is the most bytes of a condition's value: 2,000 characters.
const valueLimit = 8000

// cond adds one condition.
func (p *picked) cond(c core.Cond) error {
	f, err := p.field(c.Field)
	if err != nil {
		return err
	}
	op, known := sqlOps[c.Op]
	switch {
	case c.Op == "~" && f.kind == text:
		p.w.Add(`lower(`+f.sql+`) LIKE lower(?) ESCAPE '\'`, sqlkit.Contains(c.Value))
		return nil
	case !known || f.kind >= flag && c.Op != "=" && c.Op != "!=":
		return fault.New(fault.Invalid, "fault.list.bad_op", "list", p.l.name, "field", c.Field, "op", c.Op)
	case f.kind == instant && !whole(c.Value):
		return p.within(f, c)
	}
	v, err := p.value(f, c)
	switch {
	case err != nil:
		return err
	case v == nil && c.Op == "=":
		p.w.Add(f.sql + ` IS NULL`)
	case v == nil:
		p.w.Add(f.sql + ` IS NOT NULL`)
	case f.kind == ident && c.Op == "!=": // "none" differs from every id
		p.w.Add(`(`+f.sql+` IS NULL OR `+f.sql+` <> ?)`, v)
	case f.equal != "" && c.Op == "=":
		p.w.Add(f.equal, v)
	default:
		p.w.Add(f.sql+op, v)
	}
	return nil
}

// value reads a condition's text as the field's kind; nil is the id "none".
func (p *picked) value(f field, c core.Cond) (any, error) {
	bad := fault.New(fault.Invalid, "fault.list.bad_value", "list", p.l.name, "field", c.Field, "value", c.Value)
	if len(c.Value) > valueLimit {
		return nil, bad
	}
	switch f.kind {
	case number, instant:
		n, err := strconv.ParseInt(c.Value, 10, 64)
		if err != nil {
			return nil, bad.Because(err)
		}
		return n, nil
	case day:
		if _, err := when.ParseDay(c.Value); err != nil && c.Value != "" {
			return nil, bad.Because(err)
		}
	case flag:
		b, err := strconv.ParseBool(c.Value)
		if err != nil {
			return nil, bad.Because(err)
		}
		return b, nil
	case ident:
		if c.Value == "" {
			return nil, nil
		}
		id, err := ids.Parse[ids.DocKind](c.Value)
		if err != nil {
			return nil, bad.Because(err)
		}
		return id[:], nil
	}
	return c.Value, nil
}

func whole(s string) bool {
	_, err := strconv.ParseInt(s, 10, 64)
	return err == nil
}

// within compares an instant with a whole day: "= 2026-11-22" is any moment of
// it, "<= 2026-11-22" is before its end. An instant that is not set is on no day.
func (p *picked) within(f field, c core.Cond) error {
	d, err := when.ParseDay(c.Value)
	if err != nil {
		return fault.New(fault.Invalid, "fault.list.bad_value", "list", p.l.name, "field", c.Field, "value", c.Value).Because(err)
	}
	switch c.Op {
	case "=":
		p.w.Add(f.sql+` >= ? AND `+f.sql+` < ?`, d.Start(), d.End())
	case "!=":
		p.w.Add(`(`+f.sql+` < ? OR `+f.sql+` >= ?)`, d.Start(), d.End())
	case "<":
		p.w.Add(f.sql+` > 0 AND `+f.sql+` < ?`, d.Start())
	case "<=":
		p.w.Add(f.sql+` > 0 AND `+f.sql+` < ?`, d.End())
	case ">":
		p.w.Add(f.sql+` >= ?`, d.End())
	case ">=":
		p.w.Add(f.sql+` >= ?`, d.Start())
	}
	return nil
}

// like adds "one of the columns contains the text", for every word of it.
func (p *picked) like(search string, columns ...string) {
	for _, word := range strings.Fields(search) {
		conds := make([]string, len(columns))
		args := make([]any, len(columns))
		for i, c := range columns {
			conds[i], args[i] = `lower(`+c+`) LIKE lower(?) ESCAPE '\'`, sqlkit.Contains(word)
		}
		p.w.Any(conds, args...)
	}
}

// from gives the FROM part with the joins that are needed, all when all is true.
func (p *picked) from(all bool) string {
	var b strings.Builder
	b.WriteString(p.l.base)
	for _, j := range p.l.joins {
		if all || p.needs[j.name] {
			b.WriteString(" " + j.sql)
		}
	}
	return b.String()
}

// orderBy ends with the keys, which run in the direction of the last term, so
// that an index serves both. back turns every direction round.
func (p *picked) orderBy(back bool) string {
	terms := append([]ord(nil), p.order...)
	desc := len(terms) > 0 && terms[len(terms)-1].desc
	for _, k := range p.l.keys {
		terms = append(terms, ord{k, desc})
	}
	seen := map[string]bool{}
	var parts []string
	for _, o := range terms {
		if seen[o.sql] {
			continue
		}
		seen[o.sql] = true
		if o.desc != back {
			parts = append(parts, o.sql+" DESC")
		} else {
			parts = append(parts, o.sql)
		}
	}
	return " ORDER BY " + strings.Join(parts, ", ")
}

// pageKeys gives the statement of the page's keys as k1, k2, …. A page beyond
// the middle of a list of known length is picked from the other end.
func (p *picked) pageKeys(page core.Page) string {
	back := false
	if p.known >= 0 && page.Offset > p.known/2 {
		back = true
		left := max(p.known-page.Offset, 0)
		page.Limit = min(page.Limit, left)
		page.Offset = left - page.Limit
	}
	cols := make([]string, len(p.l.keys))
	for i, k := range p.l.keys {
		cols[i] = k + " AS k" + strconv.Itoa(i+1)
	}
	return `SELECT ` + strings.Join(cols, ", ") + ` FROM ` + p.from(false) + p.w.SQL() + p.orderBy(back) +
		` LIMIT ` + p.w.Arg(page.Limit) + ` OFFSET ` + p.w.Arg(page.Offset)
}

// sumLimit is the most rows whose footer is summed: beyond, a person would wait
// for a sum that nobody reads off a list.
const sumLimit = 20_000

// totals counts the rows and sums the footer's columns.
func (p *picked) totals(total *int, sums *map[string]int64) error {
	n := int64(p.known)
	if n < 0 {
		var err error
		n, err = sqlkit.One(p.t.ctx, p.t.q, sqlkit.Value[int64], `SELECT COUNT(*) FROM `+p.from(false)+p.w.SQL(), p.w.Args()...)
		if err != nil {
			return err
		}
	}
	*total = int(n)
	if n > sumLimit && !p.quick || len(p.l.sums) == 0 {
		return nil
	}
	cols := make([]string, len(p.l.sums))
	values := make([]int64, len(p.l.sums))
	for i, name := range p.l.sums {
		f, err := p.field(name)
		if err != nil {
			return err
		}
		cols[i] = `CAST(COALESCE(SUM(` + f.sql + `), 0) AS BIGINT)`
	}
	_, err := sqlkit.One(p.t.ctx, p.t.q, func(s sqlkit.Scanner) (bool, error) {
		dest := make([]any, len(values))
		for i := range values {
			dest[i] = &values[i]
		}
		return true, s.Scan(dest...)
	}, `SELECT `+strings.Join(cols, ", ")+` FROM `+p.from(false)+p.w.SQL(), p.w.Args()...)
	*sums = make(map[string]int64, len(values))
	for i, name := range p.l.sums {
		(*sums)[name] = values[i]
	}
	return err
}

// rows reads one page of T; the fields are those of T's json names.
func rows[T any](p *picked, q core.Query) (core.Paged[T], error) {
	result := core.Paged[T]{Total: -1}
	if q.Totals {
		if err := p.totals(&result.Total, &result.Sums); err != nil {
			return result, err
		}
	}
	var err error
	result.Rows, err = pageOf[T](p, q.Page.Clamp())
	return result, err
}

// pageOf reads the rows of one page, whose limit the caller has bounded.
func pageOf[T any](p *picked, page core.Page) ([]T, error) {
	var cols, on []string
	for _, name := range jsonNames[T]() {
		cols = append(cols, p.l.fields[name].sql)
	}
	for i, k := range p.l.keys {
		on = append(on, k+" = page.k"+strconv.Itoa(i+1))
	}
	if p.l.small && page.Offset == 0 { // further down, the rows before would be joined for nothing
		query := `SELECT ` + strings.Join(cols, ", ") + ` FROM ` + p.from(true) + p.w.SQL() + p.orderBy(false) +
			` LIMIT ` + p.w.Arg(page.Limit)
		return sqlkit.Rows(p.t.ctx, p.t.q, scanJSON[T], query, p.w.Args()...)
	}
	inner := p.pageKeys(page)
	return sqlkit.Rows(p.t.ctx, p.t.q, scanJSON[T], `SELECT `+strings.Join(cols, ", ")+` FROM (`+inner+`) page JOIN `+p.l.base+
		` ON `+strings.Join(on, " AND ")+p.joinsSQL()+p.orderBy(false), p.w.Args()...)
}

func (p *picked) joinsSQL() string {
	var b strings.Builder
	for _, j := range p.l.joins {
		b.WriteString(" " + j.sql)
	}
	return b.String()
}

// jsonNames lists the json names of a row type in the order of its fields.
func jsonNames[T any]() []string {
	t := reflect.TypeFor[T]()
	names := make([]string, t.NumField())
	for i := range names {
		names[i], _, _ = strings.Cut(t.Field(i).Tag.Get("json"), ",")
	}
	return names
}

// scanJSON reads the columns into the fields of T in their order.
func scanJSON[T any](s sqlkit.Scanner) (T, error) {
	var row T
	v := reflect.ValueOf(&row).Elem()
	dest := make([]any, v.NumField())
	for i := range dest {
		dest[i] = v.Field(i).Addr().Interface()
	}
	return row, s.Scan(dest...)
}

// lists are all lists by the name that the command line uses.
var lists = map[string]*list{
	"orders": &orderList, "lines": &lineList, "parcels": &parcelList, "skus": &skuList, "stock": &stockList,
	"moves": &moveList, "entries": &entryList, "customers": &customerList, "imports": &importList, "import_rows": &importRowList,
}

// ListFields gives the fields that conditions and sorting of a list may name,
// sorted; nil for an unknown list. Lists: orders, lines, parcels, skus, stock,
// moves, entries, customers, imports, import_rows.
func ListFields(name string) []string {
	if l, ok := lists[name]; ok {
		return l.names()
	}
	return nil
}

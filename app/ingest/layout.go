package ingest

import (
	"strings"

	"zhanggui/app/domain"
	"zhanggui/app/ingest/value"
)

// Group says how rows become orders (the letters of FORMATS §0 Q8). Rows of one
// order need not stand together; cells merged downwards (e) are understood in
// every layout that has goods lines.
type Group string

// The grouping rules.
const (
	GroupRow    Group = "a" // one row per order; goods lines come in a second file or in one cell
	GroupLines  Group = "b" // one row per goods line, amounts belong to the row
	GroupCells  Group = "c" // as b, but one row can hold several goods joined with ";"
	GroupFirst  Group = "d" // only the first row carries the order's facts
	GroupRepeat Group = "f" // order amounts are repeated on each goods line: counted once
	GroupMany   Group = "g" // one cell holds several order numbers
)

// Column is one column of a layout. Names are the spellings platforms have used
// for it, newest first; the first that stands in the header is read.
type Column struct {
	Field    Field
	Names    []string
	Required bool // the layout is not recognised without it
	Mark     bool // tells this layout from those of other platforms
	Once     bool // an amount of the order that is repeated, or blank, on its further rows
}

// Layout is one kind of file of one platform.
type Layout struct {
	Key      string
	NameKey  string // translation key
	Channel  string // channel code; "" when the layout is no platform's
	Kind     Kind
	Group    Group
	Currency string // what its amounts are in, "" when a column or nobody says it
	Columns  []Column
	Known    []string // further columns of the same export that are not needed
	Marks    int      // how many columns with Mark must be there, at least

	hashNo bool // order numbers begin with "#"
	status map[string]stance
	after  map[string]afterSale
	rules  rules
	known  map[string]bool // every name, normalised
}

// rules are the parts of reading a row that one platform does its own way; nil
// means the usual way.
type rules struct {
	number func(string) string                                                    // the order number as we keep it
	lines  func(r *row, b *build, to []LineDraft) []LineDraft                     // the goods lines of one row
	line   func(r *row, b *build, l *LineDraft)                                   // amounts of one goods line
	facts  func(r *row, b *build, s said) (domain.PlatformFacts, lineFacts, bool) // what the status words say
	finish func(b *build, p *plan)                                                // the whole order
}

// Layouts lists the built-in layouts in a fixed order. Callers must not change them.
func Layouts() []*Layout { return builtIn }

// LayoutByKey finds a built-in layout, nil when there is none.
func LayoutByKey(key string) *Layout {
	for _, l := range builtIn {
		if l.Key == key {
			return l
		}
	}
	return nil
}

// builtIn is the registry. Layouts of one platform stand together, narrower
// ones first: of two that fit equally well the first is taken.
var builtIn = ready(
	taobaoItems(), taobaoOrders(), jdOrders(), pddOrders(), douyinOrders(), douyinWaybills(), wechatOrders(),
	kuaishouOrders(), xiaohongshuOrders(), youzanOrders(), shopifyOrders(),
	wooLines(), wooLegacy(), wooAnalytics(), productList(), openingStock(),
)

func ready(layouts ...*Layout) []*Layout {
	for _, l := range layouts {
		l.NameKey = "layout." + l.Key
		l.index()
	}
	return layouts
}

// index makes the set of names that count as known.
func (l *Layout) index() {
	l.known = make(map[string]bool)
	for _, c := range l.Columns {
		for _, n := range c.Names {
			l.known[value.HeaderKey(n)] = true
		}
	}
	for _, n := range l.Known {
		l.known[value.HeaderKey(n)] = true
	}
}

// missing lists the required columns that header lacks, by their newest name.
func (l *Layout) missing(header map[string]bool) []string {
	var out []string
	for _, c := range l.Columns {
		if c.Required && !anyName(c.Names, header) {
			out = append(out, c.Names[0])
		}
	}
	return out
}

// marked counts the telling columns that header has.
func (l *Layout) marked(header map[string]bool) int {
	n := 0
	for _, c := range l.Columns {
		if c.Mark && anyName(c.Names, header) {
			n++
		}
	}
	return n
}

func anyName(names []string, header map[string]bool) bool {
	for _, n := range names {
		if header[value.HeaderKey(n)] {
			return true
		}
	}
	return false
}

// names splits a list of column names as FORMATS prints them.
func names(list string) []string { return strings.Split(list, ",") }

func join(list []string) string { return strings.Join(list, ", ") }

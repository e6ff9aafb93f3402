package kit

import (
	"context"

	"fyne.io/fyne/v2"

	"zhanggui/app/auth"
)

// Column is a column of a List. Title is a translation key; give Text for plain
// text or Cell for anything else. Copy is what Ctrl+C and Ctrl+E take when it
// differs from the cell's text.
type Column[R any] struct {
	Key   string
	Title string
	Head  string // the title itself, of a column that is known only with its data
	Width int
	Min   int
	Align Align
	Flex  bool
	Muted bool
	Sort  string
	Need  auth.Action // the column is left out without this right
	Text  func(r R) string
	Cell  func(r R) Cell
	Total func(sums map[string]int64) Cell // of the pinned total row
	Edit  *Edit[R]                         // the column can be edited in grid mode
	Sheet SheetPlace                       // where it stands in grid mode
}

// ChipSpec is one filter chip. Title is a translation key; Line puts a divider before it.
type ChipSpec struct {
	Key   string
	Title string
	Mark  Mark
	Line  bool
}

// Action is one button of the action bar; its key works as long as the list is
// in front. Title is a translation key. The first Primary one is the main action;
// the main action's key is F9.
type Action[R any] struct {
	ID      string
	Title   string
	Key     Chord
	Icon    string
	Primary bool
	Need    auth.Action // hidden without this right
	Rows    bool        // needs ticked rows or a cursor row
	// Why tells why the action cannot run now (translated), "" when it can.
	Why func(p Picked[R]) string
	// Label replaces the title when it depends on the rows: 提交 435 行.
	Label func(p Picked[R]) string
	// Confirm asks before; an Ask without a Title does not ask.
	Confirm func(p Picked[R]) Ask
	Do      func(p Picked[R])
}

// Picked is what an action works on: the ticked records, or the record under the
// cursor when none is ticked.
type Picked[R any] struct {
	All    bool     // everything that matches Query except Except
	IDs    []string // the records when not All
	Except []string // unticked records when All
	Count  int      // how many they are
	Ticked bool     // they were ticked, not just under the cursor
	Query  Query    // the list's filter: what All means
	Rows   []R      // those in memory, in list order
}

// One is the only record picked; ok is false when there are none or several.
func (p Picked[R]) One() (r R, ok bool) {
	if p.Count != 1 || len(p.Rows) != 1 {
		return r, false
	}
	return p.Rows[0], true
}

// Empty is what a list says when nothing matches. Texts are translated.
type Empty struct {
	Icon   string
	Title  string // what is not here: 没有缺货的 SKU
	Text   string // one line what to do
	Action string // word of the one button, "" for none
	Key    Chord
	Do     func()
}

// ListSpec says what a list shows. ID, Columns, Fetch and RowID must be given.
type ListSpec[R any] struct {
	ID      string
	Columns []Column[R]
	Fetch   Fetch[R]
	RowID   func(r R) string

	Ticks bool            // check boxes, Space, Ctrl+A
	Tall  float32         // height of a row: 38 for two lines, 54 for file cards; 0 is 28
	Bare  bool            // no header
	Dim   func(r R) bool  // same, closed: muted
	Group func(r R) *Row  // a heading row instead of columns; nil for a plain record
	Fold  func(id string) // opens and closes a group
	Chips []ChipSpec      // the first one is chosen at the start
	Chip  string          // another chip to start with
	Sort  string          // how the list starts: a column's Sort
	Desc  bool
	// Counts gives the counts of the chips; rows never wait for it (DECIDED 18).
	Counts  func(ctx context.Context, q Query) (map[string]int, error)
	Filters []FilterField
	Search  string // ghost text key of the search box (F3), "" for no box

	Actions []Action[R]
	Open    func(r R)                   // Enter and double click
	Detail  func(r R) fyne.CanvasObject // the pane at the right (F6) for the record under the cursor
	// Sheet is grid mode (F2); nil for a list that is only read.
	Sheet *Sheet[R]
	// Footer gives the facts at the left: the count first, Medium, then sums.
	Footer func(total int, sums map[string]int64) []string
	// Chosen gives the facts about ticked rows at the right: 已选 3 单 · 6 件.
	Chosen func(p Picked[R]) string
	// Totals shows the pinned total row made of the columns' Total.
	Totals bool
	// Explain says where the figures of a row come from (Shift+F1); nil where a row
	// is a record and not a figure. Whole completes what is said of all rows: the
	// formula, what is in them and what is not.
	Explain func(r R) Explanation
	Whole   func(e Explanation) Explanation
	Empty   func(q Query) Empty
	// Export is Ctrl+E: the list's query and the keys of the columns in sight.
	Export func(q Query, columns []string)
	// Again is what F5 and 重试 read where more than the list is stale; nil is the list alone.
	Again func()
	// Changed is told that chip, search or filter changed: what else the screen shows of them is read again.
	Changed func()
	// Minute redraws once a minute: the list shows deadlines.
	Minute bool
}

// title is what stands over the column, "" for none.
func (c Column[R]) title(env Env) string {
	if c.Head != "" || c.Title == "" {
		return c.Head
	}
	return env.T(c.Title)
}

func (c Column[R]) cell(r R) Cell {
	switch {
	case c.Cell != nil:
		return c.Cell(r)
	case c.Text != nil:
		return Text(c.Text(r))
	}
	return Cell{}
}

// mainKey is the key of the main action.
const mainKey Chord = "F9"

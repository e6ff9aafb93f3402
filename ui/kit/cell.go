package kit

import (
	"strings"

	"zhanggui/app/i18n"
	"zhanggui/app/money"
	"zhanggui/app/when"
	"zhanggui/ui/theme"
)

// Cell is what stands in one field of a grid. Make one with the functions below;
// the zero Cell is empty. Text is what Ctrl+C copies.
type Cell struct {
	kind  cellKind
	text  string
	extra string       // a second, muted text behind the first
	tone  theme.Status // colour of text or pill; "" is plain
	icons []Mark
	code  string // channel code
	level StockLevel
	bar   *barCell
	due   *Deadline
	muted bool
	bold  bool
	lines *[2][]Part
	copy  string // what to copy where it differs from text
}

type cellKind uint8

const (
	cellText cellKind = iota
	cellPill
	cellDot
	cellDue
	cellLevel
	cellBar
	cellIcons
	cellChanged
	cellKey
	cellLines
)

// Mark is a small icon in a cell or on a chip; Tone "" is the colour of muted text.
type Mark struct {
	Icon string
	Tone theme.Status
}

// Text is plain text.
func Text(s string) Cell { return Cell{text: s} }

// Muted is text that is rarely read.
func Muted(s string) Cell { return Cell{text: s, muted: true} }

// Strong is Medium text, for totals and group rows.
func Strong(s string) Cell { return Cell{text: s, bold: true} }

// Toned is text in a status' ink (an invalid value in theme.Urgent).
func Toned(tone theme.Status, s string) Cell { return Cell{text: s, tone: tone} }

// With puts a muted text behind a cell's text: "保温杯 750ml" "+1 种".
func (c Cell) With(extra string) Cell {
	c.extra = extra
	return c
}

// Copying sets what Ctrl+C takes from the cell (the whole order number of a shortened one).
func (c Cell) Copying(s string) Cell {
	c.copy = s
	return c
}

// In gives the cell's text a status' ink.
func (c Cell) In(tone theme.Status) Cell {
	c.tone = tone
	return c
}

// Count is a whole number with thousands commas; a true zero is muted.
func Count(n int64) Cell { return Cell{text: i18n.Count(n), muted: n == 0} }

// CountOrDash is Count, but zero reads "–": nothing there.
func CountOrDash(n int64) Cell {
	if n == 0 {
		return Cell{text: i18n.Dash, muted: true}
	}
	return Count(n)
}

// Amount is money in a table, "1,234.50"; a true zero is 0.00 muted (LOOK §2).
func Amount(f money.Fen) Cell { return Cell{text: i18n.Amount(f), muted: f == 0} }

// AmountOrDash is Amount, but zero reads "–": there is no such amount.
func AmountOrDash(f money.Fen) Cell {
	if f == 0 {
		return Cell{text: i18n.Dash, muted: true}
	}
	return Amount(f)
}

// Pill is a status: colour, shape and word.
func Pill(tone theme.Status, word string) Cell { return Cell{kind: cellPill, tone: tone, text: word} }

// ChannelDot is a channel: its fixed colour and its word.
func ChannelDot(code, word string) Cell { return Cell{kind: cellDot, code: code, text: word} }

// Icons is a row of small icons (buyer note, gift, urgent).
func Icons(marks ...Mark) Cell { return Cell{kind: cellIcons, icons: marks} }

// Changed is a value that an import changes: info tint behind it.
func Changed(s string) Cell { return Cell{kind: cellChanged, text: s} }

// Keyed is a key cap and a word: the digit that sets a reason and the reason.
func Keyed(key, s string) Cell { return Cell{kind: cellKey, code: key, text: s} }

// Lines is two lines of parts, the lower one small and muted, for lists with tall
// rows (files of an import, approvals).
func Lines(top, bottom []Part) Cell {
	var words []string
	for _, p := range append(append([]Part{}, top...), bottom...) {
		if p.Text != "" {
			words = append(words, p.Text)
		}
	}
	return Cell{kind: cellLines, lines: &[2][]Part{top, bottom}, copy: strings.Join(words, " ")}
}

// OrderNo is an order number in a list: first four … last four; Ctrl+C takes all of it.
func OrderNo(no string) Cell {
	if r := []rune(no); len(r) > 10 {
		return Cell{text: string(r[:4]) + "…" + string(r[len(r)-4:]), copy: no}
	}
	return Cell{text: no}
}

// Long is a long number whole, grouped by four; Ctrl+C takes it without the blanks.
func Long(no string) Cell { return Cell{text: Group4(no), copy: no} }

// Group4 groups a long number of digits by four with a blank (LOOK §2); anything
// else is left alone.
func Group4(no string) string {
	if len(no) < 10 || strings.Trim(no, "0123456789") != "" {
		return no
	}
	var b strings.Builder
	for i := 0; i < len(no); i += 4 {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(no[i:min(len(no), i+4)])
	}
	return b.String()
}

// Deadline is the time left to ship: a bar from From to Limit with a tick at
// Target (LOOK §5). Instants are those stored with the order.
type Deadline struct {
	From   when.Millis // payment
	Target when.Millis // the shop's own aim, usually 24 h
	Limit  when.Millis // the platform's hard limit, usually 48 h
	// WarnBefore and UrgentBefore are the settings; 0 means 6 h before the target
	// and 4 h before the limit.
	WarnBefore, UrgentBefore when.Millis
}

// Due is the deadline cell. A deadline without a limit is an empty cell.
func Due(d Deadline) Cell {
	if d.Limit == 0 {
		return Cell{}
	}
	return Cell{kind: cellDue, due: &d}
}

// dueState is how a deadline stands at an instant.
type dueState struct {
	tone  theme.Status // Idle while there is plenty of time
	limit string       // "24h"
	left  when.Millis  // negative when past the limit
	part  int          // of the bar that is used up, 0..1000
	tick  int          // where the target stands, 0..1000
}

func (d Deadline) at(now when.Millis) dueState {
	warn, urgent := d.WarnBefore, d.UrgentBefore
	if warn == 0 {
		warn = 6 * when.Hour
	}
	if urgent == 0 {
		urgent = 4 * when.Hour
	}
	s := dueState{tone: theme.Idle}
	if span := d.Limit - d.From; span > 0 {
		s.part = int(min(1000, max(0, (now-d.From)*1000/span)))
		s.tick = int(min(1000, max(0, (d.Target-d.From)*1000/span)))
	}
	goal := d.Target
	switch {
	case now >= d.Limit:
		s.tone, goal = theme.Blocked, d.Limit
	case now >= d.Limit-urgent:
		s.tone, goal = theme.Urgent, d.Limit
	case now >= d.Target:
		s.tone, goal = theme.Alert, d.Limit
	case now >= d.Target-warn:
		s.tone = theme.Warn
	}
	s.left = goal - now
	s.limit = i18n.Count(int64((goal-d.From+when.Hour/2)/when.Hour)) + "h"
	return s
}

// StockLevel is how well a SKU is supplied (LOOK §5).
type StockLevel int

// The stock levels, from empty to well.
const (
	OutOfStock StockLevel = iota // 缺货
	Critical                     // 告急: below the safety stock
	Low                          // 预警: at the reorder point
	InStock                      // 正常
)

// Tone is the status that goes with a stock level.
func (l StockLevel) Tone() theme.Status {
	switch l {
	case OutOfStock:
		return theme.Urgent
	case Critical:
		return theme.Alert
	case Low:
		return theme.Warn
	}
	return theme.OK
}

// StockPill is a stock level: three little bars and a word.
func StockPill(l StockLevel, word string) Cell {
	return Cell{kind: cellLevel, level: l, tone: l.Tone(), text: word}
}

type barCell struct {
	part, tick int // 0..1000
	tone       theme.Status
}

// Bar is a number with a small bar: days of cover (0–30 days, tick at the
// supplier's lead time), pace of a goal. part and tick are in thousandths; a
// negative tick is not drawn.
func Bar(text string, part, tick int, tone theme.Status) Cell {
	return Cell{kind: cellBar, text: text, bar: &barCell{min(1000, max(0, part)), min(1000, tick), tone}}
}

// Words is the cell's text as it is drawn, without what follows it muted.
func (c Cell) Words() string { return c.text }

// plain is what Ctrl+C takes of the cell.
func (c Cell) plain(tr i18n.Tr, now when.Millis) string {
	switch {
	case c.copy != "":
		return c.copy
	case c.kind == cellDue:
		s := c.due.at(now)
		return s.limit + " " + tr.Left(s.left)
	case c.extra != "":
		return c.text + " " + c.extra
	}
	return c.text
}

// Row is one line of a grid.
type Row struct {
	ID    string // of the record; ticks are kept by it
	Cells []Cell // one per Head
	Dim   bool   // same, closed: everything muted
	Group bool   // a group's heading with its subtotals
	Open  bool   // of a group: its rows are shown
}

// Rows is what a grid draws. Row is called while drawing and must answer from
// memory; ok is false for a row that is on its way, drawn as "…".
type Rows interface {
	Len() int
	Row(i int) (row *Row, ok bool)
}

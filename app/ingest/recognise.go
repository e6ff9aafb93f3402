package ingest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"sort"
	"strings"

	"zhanggui/app/ingest/sheet"
	"zhanggui/app/ingest/value"
)

// Recognition says what a file is, or what is missing to know it.
type Recognition struct {
	Kind      Kind   // KindUnknown: the columns must be mapped once
	Layout    string // key of the built-in layout or name of the mapping
	NameKey   string // translation key of the layout's name; "" for a mapping
	Channel   string
	Sheet     string // "" for text files
	HeaderRow int    // physical row from 1; 0 when there is nothing like a header
	Header    []string
	HeaderKey string     // what a Mapping for this file remembers it by
	Unknown   []string   // columns that nobody reads
	Missing   []string   // when a layout nearly fits: its columns that are not there
	Near      string     // that layout's key
	Suggested Mapping    // for KindUnknown: the best guess per field
	Sample    [][]string // up to five rows below the header
	Others    []string   // visible sheets with rows that are not read

	layout *Layout
	hits   []hit
}

// hit is one sheet with its header.
type hit struct {
	sheet   int
	name    string
	row     int
	header  []string
	mapping *Mapping
}

// Recognise finds the header anywhere in the first 45 rows of the visible
// sheets and the layout it belongs to: a mapping remembered for exactly this
// set of columns, else the built-in layout with the most known columns among
// those whose required columns are there. The book's rows may be read again
// afterwards.
// Errors: those of Book.Rows. Not to know the file is no error.
func Recognise(ctx context.Context, book *sheet.Book, mappings []Mapping) (Recognition, error) {
	return recognise(ctx, book, mappings, nil)
}

func recognise(ctx context.Context, book *sheet.Book, mappings []Mapping, forced *Mapping) (Recognition, error) {
	var best candidate
	var others []candidate
	for i, s := range book.Sheets {
		if s.Hidden {
			continue
		}
		c, err := scan(ctx, book, i, mappings, forced)
		if err != nil {
			return Recognition{}, err
		}
		others = append(others, c)
		if c.better(best) {
			best = c
		}
	}
	return best.recognition(others), nil
}

// candidate is the best header row of one sheet.
type candidate struct {
	hit
	layout  *Layout
	score   int
	near    *Layout
	missing []string
	sample  [][]string
	filled  bool // the sheet has rows at all
}

func (c candidate) better(than candidate) bool {
	if (c.layout != nil) != (than.layout != nil) {
		return c.layout != nil
	}
	return c.score > than.score
}

// scan reads the head of one sheet.
func scan(ctx context.Context, book *sheet.Book, at int, mappings []Mapping, forced *Mapping) (candidate, error) {
	best := candidate{hit: hit{sheet: at, name: book.Sheets[at].Name}}
	err := book.Rows(ctx, at, func(r sheet.Row) error {
		if r.Number > headerRows+5 {
			return sheet.Stop
		}
		if blankRow(r.Cells) {
			return nil
		}
		best.filled = true
		if r.Number <= headerRows {
			c := judge(r, mappings, forced)
			c.sheet, c.name, c.filled = at, book.Sheets[at].Name, true
			if c.better(best) {
				best = c
				return nil
			}
		}
		if best.row > 0 && len(best.sample) < 5 {
			best.sample = append(best.sample, cellTexts(r.Cells))
		}
		return nil
	})
	return best, err
}

func cellTexts(cells []sheet.Cell) []string {
	out := make([]string, len(cells))
	for i := range cells {
		out[i] = cells[i].Text
	}
	return out
}

// judge tries a row as header.
func judge(r sheet.Row, mappings []Mapping, forced *Mapping) candidate {
	header := trimEnd(cellTexts(r.Cells))
	keys := make(map[string]bool, len(header))
	for _, h := range header {
		if k := value.HeaderKey(h); k != "" {
			keys[k] = true
		}
	}
	c := candidate{hit: hit{row: r.Number, header: header}}
	if forced != nil {
		c.score = forced.present(keys)
		if c.score == len(forced.Columns) {
			c.layout, c.mapping = forced.layout(), forced
		} else {
			c.missing = forced.absent(keys)
		}
		return c
	}
	set := HeaderSet(header)
	for i := range mappings {
		m := &mappings[i]
		if m.fits(set, keys) && len(m.Columns) > c.score {
			c.layout, c.mapping, c.score = m.layout(), m, len(keys)+1 // above every built-in layout
		}
	}
	if c.layout == nil {
		c.builtIn(keys)
	}
	return c
}

// builtIn finds the layout with the most known names.
func (c *candidate) builtIn(keys map[string]bool) {
	nearScore := 0
	for _, l := range builtIn {
		n := 0
		for k := range keys {
			if l.known[k] {
				n++
			}
		}
		marks, missing := l.marked(keys), l.missing(keys)
		switch {
		case len(missing) == 0 && marks >= l.Marks && n > c.score:
			c.layout, c.score = l, n
		case marks > 0 && len(missing) > 0 && n > nearScore && n >= 4:
			nearScore, c.near, c.missing = n, l, missing
		}
	}
	if c.layout == nil {
		c.score = headerLikeness(keys)
	}
}

// headerLikeness ranks rows of unknown files: known names first, then the
// number of cells that are words and not figures, as a header's are.
func headerLikeness(keys map[string]bool) int {
	known, words := 0, 0
	for k := range keys {
		if allNames()[k] {
			known++
		}
		if c := k[0]; c < '0' || c > '9' {
			words++
		}
	}
	if words < 2 { // a title line
		return 0
	}
	return known*100 + min(words, 99)
}

// recognition turns the best candidate into the answer.
func (c candidate) recognition(others []candidate) Recognition {
	r := Recognition{
		Kind: KindUnknown, Sheet: c.name, HeaderRow: c.row, Header: c.header, HeaderKey: HeaderSet(c.header),
		Missing: c.missing, Sample: c.sample, layout: c.layout,
	}
	if c.near != nil {
		r.Near = c.near.Key
	}
	if c.layout == nil {
		r.Suggested = Suggest(c.header)
		return r
	}
	r.Missing, r.Near = nil, ""
	r.Kind, r.Layout, r.NameKey, r.Channel = c.layout.Kind, c.layout.Key, c.layout.NameKey, c.layout.Channel
	r.Unknown = newPlan(c.layout, c.header).unknown
	for _, o := range others {
		switch {
		case o.layout != nil && o.layout.Key == c.layout.Key:
			r.hits = append(r.hits, o.hit)
		case o.filled:
			r.Others = append(r.Others, o.name)
		}
	}
	return r
}

// noteRecognition tells people what was found where.
func (rd *reader) noteRecognition(r Recognition) {
	if r.HeaderRow > 1 {
		rd.note(r.HeaderRow, "note.ingest.header_row", "row", r.HeaderRow)
	}
	for _, s := range r.Others {
		rd.note(0, "note.ingest.sheet_not_read", "sheet", s)
	}
}

// HeaderSet stands for a set of column names whatever their order, spelling of
// brackets, blanks and repetitions; the column that rejected rows carry their
// reason in is not part of it. "" for an empty header.
func HeaderSet(header []string) string {
	seen := map[string]bool{}
	var keys []string
	for _, h := range header {
		k := value.HeaderKey(h)
		if k == "" || seen[k] || reasonColumn(k) {
			continue
		}
		seen[k] = true
		keys = append(keys, k)
	}
	if len(keys) == 0 {
		return ""
	}
	sort.Strings(keys)
	sum := sha256.Sum256([]byte(strings.Join(keys, "\x1f")))
	return hex.EncodeToString(sum[:16])
}

func trimEnd(header []string) []string {
	for len(header) > 0 && strings.TrimSpace(header[len(header)-1]) == "" {
		header = header[:len(header)-1]
	}
	return header
}

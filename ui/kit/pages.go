package kit

import (
	"context"

	"zhanggui/app/core"
)

// pageSize is how many rows are read at once, and keepPages how many pages stay
// in memory: enough for a long drag of the scroll bar, far below what a million
// rows would take.
const (
	pageSize  = 200
	keepPages = 40
)

// Query is what a list asks its source for. It is a copy: the source may use it
// on any goroutine.
type Query struct {
	Page   core.Page
	Chip   string // key of the chosen chip
	Search string
	Filter Values // of the filter bar
}

// Fetch reads one page. Total -1 means "not counted": the list then counts what it sees.
type Fetch[R any] func(ctx context.Context, q Query) (core.Paged[R], error)

// pages is the paged source of a list: it answers from memory and reads missing
// pages in the background. Everything but the reading happens on the UI goroutine.
//
// Guarantees: a page is asked for once at a time; pages of an older query never
// mix with those of the present one (TestPages_*); old rows stay until the first
// new page is there.
type pages[R any] struct {
	env     Env
	owner   *Owner
	fetch   Fetch[R]
	query   Query
	row     func(r R) *Row
	changed func() // rows or total changed
	failed  func(err error)

	gen     int
	total   int
	counted bool // total came from the source
	sums    map[string]int64
	held    map[int]*page[R]
	asked   map[int]bool
	inLane  map[string]int // page that a lane is reading
	stale   bool           // held belongs to an older query
	loaded  bool           // something was read at least once
	seen    int            // counts uses, for dropping the longest unused page
	first   int            // rows in sight
	end     int
}

type page[R any] struct {
	rows  []R
	drawn []*Row // the rows as cells, made when first drawn
	used  int
}

func newPages[R any](env Env, owner *Owner, fetch Fetch[R], row func(r R) *Row) *pages[R] {
	return &pages[R]{env: env, owner: owner, fetch: fetch, row: row, held: map[int]*page[R]{}, asked: map[int]bool{}, inLane: map[string]int{}}
}

// Len is the number of rows known.
func (p *pages[R]) Len() int { return p.total }

// Row gives a row as cells; a missing one is asked for by window, not here.
func (p *pages[R]) Row(i int) (*Row, bool) {
	pg, ok := p.held[i/pageSize]
	if !ok || i%pageSize >= len(pg.rows) {
		return nil, false
	}
	n := i % pageSize
	if pg.drawn[n] == nil {
		pg.drawn[n] = p.row(pg.rows[n])
	}
	return pg.drawn[n], true
}

// record is the record of a row.
func (p *pages[R]) record(i int) (r R, ok bool) {
	pg, held := p.held[i/pageSize]
	if i < 0 || !held || i%pageSize >= len(pg.rows) {
		return r, false
	}
	return pg.rows[i%pageSize], true
}

// find looks a record up by id among the rows in memory; -1 when it is not there.
func (p *pages[R]) find(id string) int {
	for n, pg := range p.held {
		for i := range pg.rows {
			if row, ok := p.Row(n*pageSize + i); ok && row.ID == id {
				return n*pageSize + i
			}
		}
	}
	return -1
}

// reload asks everything anew: the query changed or the data did. The pages in
// sight come first; old rows stay until they are there.
func (p *pages[R]) reload(q Query) {
	p.gen++
	p.query = q
	p.stale = true
	p.asked, p.inLane = map[int]bool{}, map[string]int{}
	p.owner.Cancel()
	p.ask(p.first / pageSize)
}

// window says which rows are in sight: missing pages are asked for, the next page ahead too.
func (p *pages[R]) window(first, end int) {
	p.first, p.end = first, end
	if p.stale || end <= first {
		return
	}
	p.seen++
	from, to := first/pageSize, (end-1)/pageSize
	for n := from; n <= to; n++ {
		if pg, ok := p.held[n]; ok {
			pg.used = p.seen
		} else {
			p.ask(n)
		}
	}
	if next := to + 1; next*pageSize < p.total && end > to*pageSize+pageSize/2 {
		if _, ok := p.held[next]; !ok {
			p.ask(next)
		}
	}
}

// ask reads one page in the background, each in its own lane so that pages do not cancel each other.
func (p *pages[R]) ask(n int) {
	if p.asked[n] {
		return
	}
	q, gen := p.query, p.gen
	q.Page.Offset, q.Page.Limit = n*pageSize, pageSize
	fetch := p.fetch
	name := laneOf(n)
	if old, reading := p.inLane[name]; reading { // it is cancelled by this one and may be asked for again
		delete(p.asked, old)
	}
	p.asked[n], p.inLane[name] = true, n
	lane := p.owner.Lane(name)
	lane.OnFail(func(err error) bool { return p.fail(gen, n, err) })
	Run(p.env, lane, func(ctx context.Context) (core.Paged[R], error) { return fetch(ctx, q) },
		func(got core.Paged[R]) { p.take(gen, n, got) })
}

// lanes is how many pages may be read at the same time.
const lanes = 4

func laneOf(n int) string { return string(rune('a' + n%lanes)) }

func (p *pages[R]) take(gen, n int, got core.Paged[R]) {
	if gen != p.gen {
		return
	}
	p.done(n)
	if p.stale {
		p.stale, p.loaded = false, true
		p.held = map[int]*page[R]{}
		p.total, p.counted = 0, false
	}
	p.count(n, got)
	p.seen++
	p.held[n] = &page[R]{rows: got.Rows, drawn: make([]*Row, len(got.Rows)), used: p.seen}
	p.drop()
	if p.first >= p.total && p.total > 0 { // fewer rows than before: the window moved
		p.first = 0
	}
	if p.changed != nil {
		p.changed()
	}
}

// count takes over total and sums, or counts what was seen.
func (p *pages[R]) count(n int, got core.Paged[R]) {
	if got.Total >= 0 {
		p.total, p.counted, p.sums = got.Total, true, got.Sums // sums of the filter before are none of this one
	} else if !p.counted {
		p.total = max(p.total, n*pageSize+len(got.Rows))
		if len(got.Rows) == pageSize { // there may be more: room for one row to scroll to
			p.total = max(p.total, (n+1)*pageSize+1)
		}
	}
}

// drop forgets the pages unused for longest.
func (p *pages[R]) drop() {
	for len(p.held) > keepPages {
		oldest, at := -1, 0
		for n, pg := range p.held {
			if oldest < 0 || pg.used < at {
				oldest, at = n, pg.used
			}
		}
		delete(p.held, oldest)
	}
}

func (p *pages[R]) fail(gen, n int, err error) bool {
	if gen != p.gen {
		return true
	}
	p.done(n)
	if p.failed == nil {
		return false
	}
	p.failed(err)
	return true
}

func (p *pages[R]) done(n int) {
	delete(p.asked, n)
	if name := laneOf(n); p.inLane[name] == n {
		delete(p.inLane, name)
	}
}

// redraw forgets the cells so that they are made again (language, clock).
func (p *pages[R]) redraw() {
	for _, pg := range p.held {
		pg.drawn = make([]*Row, len(pg.rows))
	}
}

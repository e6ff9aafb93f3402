package store

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"zhanggui/app/core"
	"zhanggui/app/fault"
	"zhanggui/app/when"
	"zhanggui/store/sqlkit"
)

// examples is the most broken records that one result names.
const examples = 20

// fullMark is the setting that remembers the last clean full check.
const fullMark = innerSettings + "full"

// checkMark is how far the last clean full check had come: an incremental one
// trusts what is older (DECIDED 15).
type checkMark struct {
	At      when.Millis `json:"at"`
	Moves   int64       `json:"moves"`
	Entries int64       `json:"entries"`
	Audit   int64       `json:"audit"`
	Imports int64       `json:"imports"`
	Seal    int64       `json:"seal"`
}

// Check verifies the invariants of the trade and of the store's own sums on
// one snapshot (QUALITY I1–I10). A broken one is a result, not an error.
// report gets per cent. Errors: Cancelled; Unavailable when data cannot be read.
func (s *store) Check(ctx context.Context, full bool, report func(done, total int)) ([]core.CheckResult, error) {
	c := &checking{s: s, ctx: ctx, full: full, report: report}
	err := s.run(ctx, false, c.run)
	if err != nil {
		return nil, err
	}
	if c.full && c.clean() && !s.opt.ReadOnly {
		err = s.rememberFull(ctx, c.now)
	}
	return c.results(), err
}

// rememberFull notes a clean full check for the incremental ones after it.
func (s *store) rememberFull(ctx context.Context, m checkMark) error {
	b, err := json.Marshal(m)
	if err != nil {
		return err
	}
	err = s.run(ctx, true, func(ses *session) error {
		_, err := ses.Exec(ctx, `INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
			fullMark, string(b))
		return err
	})
	if fault.Is(err, fault.Busy) {
		return nil // the next incremental check only looks at more
	}
	return err
}

// checking is one run of Check.
type checking struct {
	s      *store
	ctx    context.Context
	ses    *session
	full   bool
	since  checkMark // rows up to here are trusted; zero when full
	now    checkMark // the newest rows of the snapshot
	report progress
	base   int // per cent done before the present phase
	weight int // per cent of the present phase
	said   int // per cent last reported
	list   []*finding
	books  books
}

// finding gathers one result.
type finding struct {
	name   string
	count  int64
	bad    int64
	broken []string
	note   string
}

// finding starts a result; name is stable.
func (c *checking) finding(name string) *finding {
	f := &finding{name: name}
	c.list = append(c.list, f)
	return f
}

// broke counts a broken record; facts are pairs of a name and a value, because
// what people read must not depend on a language.
func (f *finding) broke(facts ...any) {
	f.bad++
	if len(f.broken) >= examples {
		return
	}
	var b strings.Builder
	for i := 0; i+1 < len(facts); i += 2 {
		if i > 0 {
			b.WriteByte(' ')
		}
		fmt.Fprintf(&b, "%v=%v", facts[i], facts[i+1])
	}
	f.broken = append(f.broken, b.String())
}

func (c *checking) clean() bool {
	for _, f := range c.list {
		if f.bad > 0 {
			return false
		}
	}
	return true
}

func (c *checking) results() []core.CheckResult {
	list := make([]core.CheckResult, len(c.list))
	for i, f := range c.list {
		list[i] = core.CheckResult{Name: f.name, Count: f.count, Broken: f.broken, Bad: f.bad, Note: f.note}
	}
	return list
}

// run walks the phases; the weights are about their shares of the time.
func (c *checking) run(ses *session) error {
	c.ses = ses
	if err := c.readMarks(); err != nil {
		return err
	}
	phases := []struct {
		weight int
		check  func() error
	}{
		{7, c.checkPages},
		{10, c.checkStock},
		{15, c.checkJournal},
		{15, c.checkParcels},
		{20, c.checkOrders},
		{2, c.checkConservation},
		{20, c.checkSeals},
		{1, c.checkKeys},
		{10, c.checkReferences},
	}
	for _, p := range phases {
		c.weight = p.weight
		if err := p.check(); err != nil {
			return err
		}
		c.within(1, 1)
		c.base += p.weight
	}
	return nil
}

// within reports how far the present phase is.
func (c *checking) within(done, total int64) {
	if total <= 0 {
		return
	}
	percent := c.base + int(int64(c.weight)*min(done, total)/total)
	if percent > c.said {
		c.said = percent
		c.report.say(percent, 100)
	}
}

// readMarks finds where the tables end and where the last clean full check ended.
func (c *checking) readMarks() error {
	c.now.At = c.s.opt.Clock.Now()
	for _, m := range []struct {
		query string
		to    *int64
	}{
		{`SELECT CAST(COALESCE(MAX(seq), 0) AS BIGINT) FROM stock_moves`, &c.now.Moves},
		{`SELECT CAST(COALESCE(MAX(seq), 0) AS BIGINT) FROM journal_entries`, &c.now.Entries},
		{`SELECT CAST(COALESCE(MAX(seq), 0) AS BIGINT) FROM audit_log`, &c.now.Audit},
		{`SELECT CAST(COALESCE(MAX(seq), 0) AS BIGINT) FROM import_rows`, &c.now.Imports},
		{`SELECT CAST(COALESCE(MAX(seq), 0) AS BIGINT) FROM audit_seals`, &c.now.Seal},
	} {
		n, err := c.number(m.query)
		if err != nil {
			return err
		}
		*m.to = n
	}
	if c.full {
		return nil
	}
	texts, err := sqlkit.Rows(c.ctx, c.ses, sqlkit.Value[string], `SELECT value FROM settings WHERE name = $1`, fullMark)
	if err != nil {
		return err
	}
	if len(texts) == 0 || json.Unmarshal([]byte(texts[0]), &c.since) != nil {
		c.full, c.since = true, checkMark{} // there was no clean full check yet
	}
	return nil
}

// number reads one whole number.
func (c *checking) number(query string, args ...any) (int64, error) {
	return sqlkit.One(c.ctx, c.ses, sqlkit.Value[int64], query, args...)
}

// each streams a result.
func (c *checking) each(fn func(sqlkit.Scanner) error, query string, args ...any) error {
	return sqlkit.Each(c.ctx, c.ses, fn, query, args...)
}

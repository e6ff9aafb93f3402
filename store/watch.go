package store

import (
	"context"
	"encoding/json"
	"time"

	"zhanggui/app/core"
	"zhanggui/app/when"
	"zhanggui/store/sqlkit"
)

// pollEvery is how often Watch looks for changes of other processes.
const pollEvery = 2 * time.Second

// overlapPolls is how many polls back Watch looks again: on PostgreSQL a
// transaction may commit its row after rows with higher numbers, up to about
// ten seconds later.
const overlapPolls = 6

// changesKept is how long change rows are kept.
const changesKept = when.DaySpan

// prunePolls is how many polls lie between two prunings: about an hour.
const prunePolls = 1800

// Watch calls fn with the changes that other processes commit, until ctx or
// the store ends. A look that fails (a server restarting) is tried again at the
// next poll; then it announces every topic, because rows may have been missed.
func (s *store) Watch(ctx context.Context, fn func([]core.Change)) error {
	return s.watch(ctx, pollEvery, fn)
}

func (s *store) watch(ctx context.Context, every time.Duration, fn func([]core.Change)) error {
	moved, stop, err := s.watcher(ctx)
	if err != nil {
		return s.fault(err)
	}
	defer stop()
	w := &watching{s: s, seen: map[int64]bool{}}
	if err := w.start(ctx); err != nil {
		return err
	}
	t := time.NewTicker(every)
	defer t.Stop()
	for polls, missed := 1, false; ; polls++ {
		select {
		case <-ctx.Done():
			return nil
		case <-s.life.Done():
			return nil
		case <-t.C:
		}
		changes, err := w.poll(ctx, moved)
		switch {
		case err != nil:
			missed = true
			continue
		case missed:
			changes, missed = everything(), false
		}
		if len(changes) > 0 {
			fn(changes)
		}
		if polls%prunePolls == 0 {
			_ = s.pruneChanges(ctx) // the next hour tries again
		}
	}
}

// everything says that any topic may have changed.
func everything() []core.Change {
	var list []core.Change
	for _, topic := range []core.Topic{
		core.TopicOrders, core.TopicStock, core.TopicParcels, core.TopicCatalog, core.TopicCustomers,
		core.TopicImports, core.TopicFinance, core.TopicStaff, core.TopicSettings, core.TopicJobs, core.TopicTasks,
	} {
		list = append(list, core.Change{Topic: topic})
	}
	return list
}

// watching is what one Watch remembers between its polls.
type watching struct {
	s      *store
	last   int64          // the highest seq seen
	floors []int64        // last as it was at the polls before, oldest first
	seen   map[int64]bool // seqs above the oldest floor that were handed on
}

// startBack is how many numbers before the highest a row may still appear when
// watching starts.
const startBack = 500

// start takes what is there now as seen.
func (w *watching) start(ctx context.Context) error {
	return w.s.run(ctx, false, func(ses *session) error {
		var err error
		w.last, err = sqlkit.One(ctx, ses, sqlkit.Value[int64], `SELECT CAST(COALESCE(MAX(seq), 0) AS BIGINT) FROM changes`)
		if err != nil {
			return err
		}
		w.floors = []int64{w.last - startBack}
		return sqlkit.Each(ctx, ses, func(row sqlkit.Scanner) error {
			seq, err := sqlkit.Value[int64](row)
			w.seen[seq] = true
			return err
		}, `SELECT seq FROM changes WHERE seq > $1`, w.floors[0])
	})
}

type changeRow struct {
	seq     int64
	process string
	change  core.Change
}

func scanChange(s sqlkit.Scanner) (changeRow, error) {
	var c changeRow
	var refs string
	err := s.Scan(&c.seq, &c.process, &c.change.Topic, &refs)
	if err == nil {
		err = json.Unmarshal([]byte(refs), &c.change.IDs)
	}
	return c, err
}

// poll reads the rows that are new to us and joins them by topic.
func (w *watching) poll(ctx context.Context, moved func() (bool, error)) ([]core.Change, error) {
	if any, err := moved(); err != nil || !any {
		return nil, err
	}
	var rows []changeRow
	err := w.s.run(ctx, false, func(ses *session) error {
		var err error
		rows, err = sqlkit.Rows(ctx, ses, scanChange, `SELECT seq, process, topic, refs FROM changes WHERE seq > $1 ORDER BY seq`, w.floors[0])
		return err
	})
	if err != nil {
		return nil, err
	}
	return w.take(rows), nil
}

// take hands on what was not seen and moves the window of remembered polls.
func (w *watching) take(rows []changeRow) []core.Change {
	var fresh []core.Change
	for _, r := range rows {
		if w.seen[r.seq] {
			continue
		}
		w.seen[r.seq] = true
		w.last = max(w.last, r.seq)
		if r.process != w.s.opt.Process {
			fresh = append(fresh, r.change)
		}
	}
	w.floors = append(w.floors, w.last)
	if len(w.floors) > overlapPolls {
		w.floors = w.floors[1:]
	}
	for seq := range w.seen {
		if seq <= w.floors[0] {
			delete(w.seen, seq)
		}
	}
	return joinTopics(fresh)
}

// joinTopics makes one change per topic; one that means "many" swallows the rest.
func joinTopics(list []core.Change) []core.Change {
	var joined []core.Change
	at := map[core.Topic]int{}
	for _, c := range list {
		i, ok := at[c.Topic]
		switch {
		case !ok:
			at[c.Topic] = len(joined)
			joined = append(joined, c)
		case len(c.IDs) == 0 || len(joined[i].IDs) == 0:
			joined[i].IDs = nil
		default:
			joined[i].IDs = append(joined[i].IDs, c.IDs...)
		}
	}
	return joined
}

// pruneChanges removes rows older than a day. The newest row stays: SQLite
// counts on from it, and a watcher's last seen number must never come again.
func (s *store) pruneChanges(ctx context.Context) error {
	return s.run(ctx, true, func(ses *session) error {
		_, err := ses.Exec(ctx, `DELETE FROM changes WHERE at_ms < $1 AND seq < (SELECT MAX(seq) FROM changes)`, s.opt.Clock.Now()-changesKept)
		return err
	})
}

// watcher asks SQLite's data_version on a connection of its own: it moves
// whenever any other connection commits, and asking costs nothing.
func (e *sqliteEngine) watcher(ctx context.Context) (func() (bool, error), func(), error) {
	c, err := e.readers.Conn(ctx)
	if err != nil {
		return nil, nil, err
	}
	var last int64
	if err := c.QueryRowContext(ctx, "PRAGMA data_version").Scan(&last); err != nil {
		_ = c.Close() // the first error is the one to tell
		return nil, nil, err
	}
	moved := func() (bool, error) {
		var now int64
		if err := c.QueryRowContext(context.WithoutCancel(ctx), "PRAGMA data_version").Scan(&now); err != nil {
			return false, e.fault(err)
		}
		was := last
		last = now
		return now != was, nil
	}
	return moved, func() { _ = c.Close() }, nil
}

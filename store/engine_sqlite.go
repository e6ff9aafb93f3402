package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	_ "modernc.org/sqlite" // the driver "sqlite"

	"zhanggui/app/fault"
	"zhanggui/app/when"
)

// readerCount is how many reads run at once; SQLite reads mostly from memory,
// so more would only wait for processors.
const readerCount = 4

// busyWait is how long a write waits for another process before it is Busy.
const busyWait = 5 * time.Second

// longWrite is the hold after which a writer lets other processes go first.
const longWrite = 5 * time.Millisecond

// sqliteEngine is one file: one writing connection and readerCount reading ones.
type sqliteEngine struct {
	path       string
	opt        Options
	writers    *sql.DB
	readers    *sql.DB
	writing    chan *lane    // holds the one writing lane while it is free; nil when read-only
	reading    chan *lane    // holds the free reading lanes
	crowded    atomic.Bool   // another process has the file open
	untidy     atomic.Int64  // nanoseconds of long writes since the log was folded
	unexamined bool          // after an unclean exit: the next checks look at every page
	gone       chan struct{} // closed by close
	once       sync.Once
}

// lane is one pinned connection with its prepared statements. Only the holder
// of the lane touches it.
type lane struct {
	db    *sql.DB
	c     *sql.Conn
	cache *statements
	held  time.Duration // how long the last transaction lasted
}

func (e *sqliteEngine) name() string  { return "sqlite" }
func (e *sqliteEngine) place() string { return e.path }

// connect opens the pools of a file that has passed every check.
func (e *sqliteEngine) connect(ctx context.Context, frozen bool) error {
	var err error
	if e.readers, err = sql.Open("sqlite", readerURI(e.path, frozen)); err != nil {
		return err
	}
	e.gone = make(chan struct{})
	e.reading = make(chan *lane, readerCount)
	if !e.opt.ReadOnly {
		if e.writers == nil {
			e.writers, err = sql.Open("sqlite", writerURI(e.path, e.opt))
			if err != nil {
				return err
			}
		}
		e.writers.SetMaxOpenConns(2) // the lane's and the one of tidy
		e.writers.SetMaxIdleConns(1)
		l, err := newLane(ctx, e.writers)
		if err != nil {
			return err
		}
		// From here on waiting for the lock is ours (see lock), SQLite need not.
		if _, err := l.c.ExecContext(ctx, "PRAGMA busy_timeout = 0"); err != nil {
			return errors.Join(err, l.c.Close())
		}
		e.writing = make(chan *lane, 1)
		e.writing <- l
	}
	for range readerCount {
		l, err := newLane(ctx, e.readers)
		if err != nil {
			return err
		}
		e.reading <- l
	}
	return nil
}

func newLane(ctx context.Context, db *sql.DB) (*lane, error) {
	c, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	return &lane{db: db, c: c, cache: &statements{list: map[string]*sql.Stmt{}}}, nil
}

// repair replaces a connection that is of no use any more. A transaction that
// SQLite itself has rolled back leaves a sound one.
func (l *lane) repair() {
	ctx := context.Background()
	if _, err := l.c.ExecContext(ctx, "BEGIN"); err == nil {
		if _, err = l.c.ExecContext(ctx, "ROLLBACK"); err == nil {
			return
		}
	}
	l.cache.close()
	// The pool throws a connection away that is called bad; it must not come back.
	_ = l.c.Raw(func(any) error { return driver.ErrBadConn })
	if fresh, err := newLane(ctx, l.db); err == nil {
		l.c, l.cache = fresh.c, fresh.cache
	} // else the next to use it meets the error, and tries again after it
}

// begin takes a lane, in the order of asking, and starts a transaction on it.
func (e *sqliteEngine) begin(ctx context.Context, write bool) (*session, error) {
	lanes := e.reading
	if write {
		lanes = e.writing
	}
	var l *lane
	select {
	case l = <-lanes:
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-e.gone:
		return nil, fault.New(fault.Unavailable, "fault.store.closed")
	}
	var err error
	if write {
		err = e.lock(ctx, l)
	} else {
		_, err = l.c.ExecContext(context.WithoutCancel(ctx), "BEGIN")
	}
	if err != nil {
		lanes <- l
		return nil, err
	}
	held := when.Stopwatch()
	free := func(healthy bool) {
		if !healthy {
			l.repair()
		}
		l.held = held()
		much := write && e.wrote(l.held)
		lanes <- l
		if much {
			_ = e.tidy(context.WithoutCancel(ctx)) // what is left now is for the next one
		}
	}
	return &session{e: e, c: l.c, cache: l.cache, write: write, free: free}, nil
}

// lock waits for the file's write lock. It asks every few milliseconds instead
// of SQLite's growing pauses, and after a long write of its own it stands back
// for a moment, so that two busy processes take turns.
func (e *sqliteEngine) lock(ctx context.Context, l *lane) error {
	if e.crowded.Load() && l.held > longWrite {
		if err := nap(ctx, 3*time.Millisecond); err != nil {
			return err
		}
	}
	waited := when.Stopwatch()
	for {
		_, err := l.c.ExecContext(context.WithoutCancel(ctx), "BEGIN IMMEDIATE")
		if err == nil || !fault.Is(e.fault(err), fault.Busy) || waited() > busyWait {
			return err
		}
		if err := nap(ctx, time.Millisecond+time.Duration(rand.IntN(3000))*time.Microsecond); err != nil {
			return err
		}
	}
}

// tidyAfter is how much time long writes may have taken since the log was folded.
const tidyAfter = 100 * time.Millisecond

// wrote adds up how long the lane was held by long writes, an import's chunks for
// example, and tells when the one that just ended should fold the log: it does
// so after giving the lane back, so that a scan in between never has to.
func (e *sqliteEngine) wrote(held time.Duration) bool {
	if held < longWrite {
		return false
	}
	if e.untidy.Add(int64(held)) < int64(tidyAfter) {
		return false
	}
	e.untidy.Store(0)
	return true
}

// tidy moves what is in the write-ahead log into the file while nobody waits
// for it: a commit that must do so itself takes many times as long. It goes on
// beside readers and writers and stops where they are.
func (e *sqliteEngine) tidy(ctx context.Context) error {
	_, err := e.writers.ExecContext(ctx, "PRAGMA wal_checkpoint(PASSIVE)")
	return err
}

// nap waits, unless ctx ends first.
func nap(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// sizeBytes is the file with what is still in the write-ahead log.
func (e *sqliteEngine) sizeBytes(context.Context) (int64, error) {
	var total int64
	for _, path := range []string{e.path, e.path + "-wal"} {
		st, err := os.Stat(path)
		if err == nil {
			total += st.Size()
		} else if !errors.Is(err, os.ErrNotExist) {
			return 0, e.fault(err)
		}
	}
	return total, nil
}

// closeWait is how long close waits for transactions that are under way.
const closeWait = 10 * time.Second

// close releases the file. The readers go first, so that the writer, as the
// last, folds the write-ahead log into the file and removes it.
func (e *sqliteEngine) close() error {
	var err error
	e.once.Do(func() {
		ctx, cancel := context.WithTimeout(context.Background(), closeWait)
		defer cancel()
		if e.gone != nil {
			close(e.gone)
		}
		err = errors.Join(drain(ctx, e.reading, readerCount), closeDB(e.readers), drain(ctx, e.writing, 1), closeDB(e.writers))
	})
	return e.fault(err)
}

// drain closes the connections of n lanes as they become free.
func drain(ctx context.Context, lanes chan *lane, n int) error {
	if lanes == nil {
		return nil
	}
	var err error
	for range n {
		select {
		case l := <-lanes:
			l.cache.close()
			err = errors.Join(err, l.c.Close())
		case <-ctx.Done():
			return err
		}
	}
	return err
}

func closeDB(db *sql.DB) error {
	if db == nil {
		return nil
	}
	return db.Close()
}

// folder is where the file lies.
func (e *sqliteEngine) folder() string { return filepath.Dir(e.path) }

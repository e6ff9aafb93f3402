package store

import (
	"context"
	"sync"
	"time"

	"zhanggui/store/sqlkit"
)

// sealBounds: with one writer at a time every row that a snapshot shows is final,
// and so is every number below it.
func (e *sqliteEngine) sealBounds(ctx context.Context) (map[string]int64, error) {
	bounds := map[string]int64{}
	err := transact(ctx, e, false, func(ses *session) error {
		for _, l := range ledgers {
			n, err := sqlkit.One(ctx, ses, sqlkit.Value[int64], `SELECT COALESCE(MAX(`+l.columns[0]+`), 0) FROM `+l.table)
			if err != nil {
				return err
			}
			bounds[l.table] = n
		}
		return nil
	})
	return bounds, err
}

// sealLimits remembers the looks that Seal took at a PostgreSQL server.
//
// A number is given out before its row is committed, so a row may appear below
// ones that are visible already. Who takes a number of a ledger holds a write
// lock on its table from before until the end of the transaction. So: note the
// numbers given out so far, then who holds write locks; when none of those is
// left, every row up to the noted numbers is there for good or will never be
// (DECIDED 14). A transaction that stays open holds back the looks taken after
// it began, not the older ones.
type sealLimits struct {
	mu    sync.Mutex // guards looks
	looks []sealLook // oldest first
}

// sealLook is one look: the numbers given out and who was writing then.
type sealLook struct {
	last    map[string]int64
	writers map[string]bool
}

// looksKept is how many looks are remembered; Seal runs every few minutes.
const looksKept = 50

// sealWait is how long Seal waits for the writers of the newest look.
const (
	sealWaits = 20
	sealWait  = 50 * time.Millisecond
)

// sealBounds takes a look and gives the newest one whose writers have all ended.
func (e *postgresEngine) sealBounds(ctx context.Context) (map[string]int64, error) {
	look, err := e.takeLook(ctx)
	if err != nil {
		return nil, err
	}
	e.limits.mu.Lock()
	defer e.limits.mu.Unlock()
	e.limits.looks = append(e.limits.looks, look)
	if len(e.limits.looks) > looksKept {
		e.limits.looks = e.limits.looks[1:]
	}
	for wait := 0; ; wait++ {
		writing, err := e.writersNow(ctx)
		if err != nil {
			return nil, err
		}
		best := e.limits.settled(writing)
		if best == len(e.limits.looks)-1 || wait == sealWaits {
			if best < 0 {
				return map[string]int64{}, nil
			}
			e.limits.looks = e.limits.looks[best:]
			return e.limits.looks[0].last, nil
		}
		if err := nap(ctx, sealWait); err != nil {
			return nil, err
		}
	}
}

// settled finds the newest look whose writers have ended, -1 for none.
func (s *sealLimits) settled(writing map[string]bool) int {
	for i := len(s.looks) - 1; i >= 0; i-- {
		open := false
		for w := range s.looks[i].writers {
			open = open || writing[w]
		}
		if !open {
			return i
		}
	}
	return -1
}

// takeLook reads the numbers first and the locks after: who took a number
// before the first reading is seen at the second, unless he has ended.
func (e *postgresEngine) takeLook(ctx context.Context) (sealLook, error) {
	look := sealLook{last: map[string]int64{}}
	err := transact(ctx, e, false, func(ses *session) error {
		for _, l := range ledgers {
			if l.columns[0] != "seq" {
				continue // postings follow their entries
			}
			// A sequence is read as it is now, not as of the snapshot.
			n, err := sqlkit.One(ctx, ses, sqlkit.Value[int64], `SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM `+l.table+`_seq_seq`)
			if err != nil {
				return err
			}
			look.last[l.table] = n
		}
		return nil
	})
	if err != nil {
		return look, err
	}
	look.writers, err = e.writersNow(ctx)
	return look, err
}

// writersNow names the transactions that hold a write lock on a ledger.
func (e *postgresEngine) writersNow(ctx context.Context) (map[string]bool, error) {
	writers := map[string]bool{}
	err := transact(ctx, e, false, func(ses *session) error {
		return sqlkit.Each(ctx, ses, func(row sqlkit.Scanner) error {
			id, err := sqlkit.Value[string](row)
			writers[id] = true
			return err
		}, `SELECT DISTINCT virtualtransaction FROM pg_locks
			WHERE locktype = 'relation' AND mode = 'RowExclusiveLock' AND granted
			AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
			AND relation IN (to_regclass('audit_log'), to_regclass('stock_moves'), to_regclass('journal_entries'),
				to_regclass('postings'), to_regclass('import_rows'))`)
	})
	return writers, err
}

package store

import (
	"context"
	"slices"
	"sync"

	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
	"zhanggui/app/when"
	"zhanggui/store/sqlkit"
)

// Options is what opening a store needs to know. Clock is needed.
type Options struct {
	Process      string     // unique for this run; "" registers nowhere (short look-ups)
	Desk         string     // the computer's name
	User         string     // the system user
	PID          int        // the process number
	Clock        when.Clock // for heartbeats, seals and names of backups
	ReadOnly     bool       // open data that cannot or must not be written
	NoSync       bool       // tests only: a power cut may lose the file
	NoBackup     bool       // migrate an existing PostgreSQL database without pg_dump: its owner has made a backup
	BackupFolder string     // where backups are kept; "" is the folder of the file
	ExamineUpTo  int64      // after an unclean exit a file of so many bytes is examined before it opens; 0 is 400 MB
}

// engine is what differs between SQLite and PostgreSQL.
type engine interface {
	name() string  // "sqlite" or "postgres"
	place() string // for people: the file, or host/database without the password
	// begin takes a connection and starts a transaction on it.
	begin(ctx context.Context, write bool) (*session, error)
	// fault turns a driver's error into a fault; faults and nil stay.
	fault(err error) error
	sizeBytes(ctx context.Context) (int64, error)
	// watcher gives a function that tells whether anything was committed since
	// its last call; PostgreSQL always says yes.
	watcher(ctx context.Context) (moved func() (bool, error), stop func(), err error)
	// sealBounds gives the seq up to which each ledger's rows are final.
	sealBounds(ctx context.Context) (map[string]int64, error)
	backup(ctx context.Context, path string, report progress) (core.BackupInfo, error)
	backupFolder() string
	tidy(ctx context.Context) error // small chores, now and then
	close() error
}

// store implements core.Store on either engine.
type store struct {
	engine
	opt     Options
	notes   []string // translation keys of warnings about the place
	unclean bool
	life    context.Context // ends at Close
	end     context.CancelFunc
	running sync.WaitGroup // the heartbeat
	closing sync.Once
}

// tx is one transaction of either engine: what the repositories are views of.
type tx struct {
	ctx context.Context
	q   sqlkit.Q
	eng string // "sqlite" or "postgres"

	orders map[ids.OrderID]*domain.Order // what the database holds of orders met here (orders.go)
	kept   counterDelta                  // not yet in the kept counters (counters.go)
}

// Open opens a shop's data, makes it when there is none, and brings it to the
// program's schema. dsn is the path of a file, or a URL postgres://….
//
// Errors, all Unavailable unless said: fault.store.newer (a newer program made
// it), .damaged, .not_database, .foreign, .read_only, .network (a file on a
// share), .disk_full, .missing, .offline, .login; Cancelled. None of them has
// changed the data.
func Open(ctx context.Context, dsn string, opt Options) (core.Store, error) {
	if opt.Clock == nil {
		panic("store: Options.Clock is missing")
	}
	if opt.ExamineUpTo == 0 {
		opt.ExamineUpTo = 400 << 20 // one to two seconds, which people wait for (QUALITY R1)
	}
	s := &store{opt: opt}
	s.life, s.end = context.WithCancel(context.Background())
	var err error
	if isPostgres(dsn) {
		s.engine, err = openPostgres(ctx, dsn, opt)
	} else {
		s.engine, s.notes, s.unclean, err = openSQLite(ctx, dsn, opt)
	}
	if err != nil {
		s.end()
		return nil, err
	}
	if err := s.enter(ctx); err != nil {
		s.end()
		_ = s.engine.close() // the first error is the one to tell
		return nil, err
	}
	return s, nil
}

// Read runs fn on one snapshot; writing fails there.
func (s *store) Read(ctx context.Context, fn func(core.Reads) error) error {
	return s.run(ctx, false, func(ses *session) error {
		return fn(reads{&tx{ctx: ctx, q: ses, eng: s.name()}})
	})
}

// Write runs fn in one serializable transaction.
func (s *store) Write(ctx context.Context, fn func(core.Tx) error) error {
	return s.run(ctx, true, func(ses *session) error {
		t := &tx{ctx: ctx, q: ses, eng: s.name()}
		if err := fn(t); err != nil {
			return err
		}
		return t.settle()
	})
}

// run is the one way to a transaction, for the repositories and for the
// store's own work.
func (s *store) run(ctx context.Context, write bool, fn func(ses *session) error) error {
	if err := s.usable(write); err != nil {
		return err
	}
	return transact(ctx, s.engine, write, fn)
}

// usable refuses work after Close, and writing what was opened read-only.
func (s *store) usable(write bool) error {
	if s.life.Err() != nil {
		return fault.New(fault.Unavailable, "fault.store.closed")
	}
	if write && s.opt.ReadOnly {
		return fault.New(fault.Unavailable, "fault.store.opened_read_only", "file", s.place())
	}
	return nil
}

// transact begins, runs fn and commits, or rolls back when fn fails or panics.
func transact(ctx context.Context, e engine, write bool, fn func(ses *session) error) error {
	ses, err := e.begin(ctx, write)
	if err != nil {
		return e.fault(err)
	}
	finished := false
	defer func() {
		if !finished {
			ses.rollback()
		}
	}()
	err = fn(ses)
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return e.fault(err)
	}
	finished = true
	return ses.commit()
}

// clockSlack is how far the clocks of several computers may differ before
// somebody is told.
const clockSlack = 5 * when.Minute

// Info describes the data for status bar and messages.
func (s *store) Info(ctx context.Context) (core.Info, error) {
	info := core.Info{Engine: s.name(), Place: s.place(), UncleanStart: s.unclean, Notes: slices.Clone(s.notes)}
	err := s.run(ctx, false, func(ses *session) error {
		var err error
		if info.SchemaVersion, err = schemaVersion(ctx, ses); err != nil {
			return err
		}
		if info.Others, err = s.neighbours(ctx, ses); err != nil {
			return err
		}
		last, err := sqlkit.Rows(ctx, ses, sqlkit.Value[when.Millis], `SELECT at_ms FROM audit_log ORDER BY seq DESC LIMIT 1`)
		if len(last) == 1 && last[0] > s.opt.Clock.Now()+clockSlack {
			info.Notes = append(info.Notes, "store.note.clock_back")
		}
		return err
	})
	if err != nil {
		return info, err
	}
	info.SizeBytes, err = s.sizeBytes(ctx)
	return info, err
}

// Close says goodbye to the neighbours and releases file or server. It may be
// called twice.
func (s *store) Close() error {
	var err error
	s.closing.Do(func() {
		s.leave()
		s.end()
		s.running.Wait()
		err = s.engine.close()
	})
	return err
}

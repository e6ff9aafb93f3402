package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"zhanggui/app/fault"
	"zhanggui/app/when"
	"zhanggui/store/sqlkit"
)

// poolSize is the most connections of one desktop: a window with its jobs needs
// a few, and ten desktops must fit into a server's usual hundred.
const poolSize = 8

// postgresEngine is one database on a server.
type postgresEngine struct {
	opt Options
	cfg *pgx.ConnConfig
	db  *sql.DB

	limits sealLimits
}

func (e *postgresEngine) name() string  { return "postgres" }
func (e *postgresEngine) place() string { return postgresPlace(e.cfg) }

// openPostgres connects, looks whether the database may be used, and migrates it.
func openPostgres(ctx context.Context, dsn string, opt Options) (engine, error) {
	cfg, err := pgx.ParseConfig(dsn)
	if err != nil {
		return nil, fault.New(fault.Invalid, "fault.store.url").Because(err)
	}
	cfg.RuntimeParams["application_name"] = "zhanggui"
	cfg.RuntimeParams["timezone"] = "UTC"
	// A desktop that is put to sleep in the middle of a transaction must not
	// hold up the others for ever.
	cfg.RuntimeParams["idle_in_transaction_session_timeout"] = "300000"
	if cfg.ConnectTimeout == 0 {
		cfg.ConnectTimeout = 10 * time.Second
	}
	e := &postgresEngine{opt: opt, cfg: cfg, db: stdlib.OpenDB(*cfg)}
	e.db.SetMaxOpenConns(poolSize)
	e.db.SetConnMaxIdleTime(5 * time.Minute)
	if err := e.prepare(ctx); err != nil {
		_ = e.db.Close() // the first error is the one to tell
		return nil, e.fault(err)
	}
	return e, nil
}

// prepareLock is the advisory lock under which one desktop at a time brings a
// database up; the number is arbitrary but must never change.
const prepareLock = "5277831904417"

// prepare checks the schema and brings it up, one desktop at a time: whoever
// comes second finds it done.
func (e *postgresEngine) prepare(ctx context.Context) error {
	have, used, err := e.look(ctx)
	if err != nil {
		return err
	}
	if err := checkVersion(e.place(), have, used, e.opt.ReadOnly); err != nil || have == headVersion() {
		return err
	}
	c, err := e.db.Conn(ctx)
	if err != nil {
		return err
	}
	defer c.Close()
	if _, err := c.ExecContext(ctx, "SELECT pg_advisory_lock("+prepareLock+")"); err != nil {
		return err
	}
	err = e.bringUp(ctx)
	_, unlockErr := c.ExecContext(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock("+prepareLock+")")
	return errors.Join(err, unlockErr)
}

// bringUp backs up what is there and migrates it.
func (e *postgresEngine) bringUp(ctx context.Context) error {
	have, used, err := e.look(ctx)
	if err != nil || have == headVersion() {
		return err
	}
	if err := checkVersion(e.place(), have, used, false); err != nil {
		return err
	}
	if used && !e.opt.NoBackup {
		if err := e.backupBefore(ctx, headVersion()); err != nil {
			return err
		}
	}
	return migratePostgres(ctx, e.db)
}

// look tells the schema version and whether the database holds tables already.
func (e *postgresEngine) look(ctx context.Context) (version int64, used bool, err error) {
	err = transact(ctx, e, false, func(ses *session) error {
		n, err := sqlkit.One(ctx, ses, sqlkit.Value[int64], `SELECT COUNT(table_name) FROM information_schema.tables
			WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'`)
		if err != nil || n == 0 {
			return err
		}
		used = true
		ours, err := sqlkit.One(ctx, ses, sqlkit.Value[int64], `SELECT COUNT(table_name) FROM information_schema.tables
			WHERE table_schema = current_schema() AND table_name = 'goose_db_version'`)
		if err != nil || ours == 0 {
			version = -1
			return err
		}
		version, err = schemaVersion(ctx, ses)
		return err
	})
	return version, used, err
}

// begin takes a connection of the pool and starts a transaction on it.
func (e *postgresEngine) begin(ctx context.Context, write bool) (*session, error) {
	c, err := e.db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	start := "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
	if write {
		start = "BEGIN ISOLATION LEVEL SERIALIZABLE"
	}
	if _, err := c.ExecContext(ctx, start); err != nil {
		_ = c.Close() // the first error is the one to tell
		return nil, err
	}
	return &session{e: e, c: c, write: write, free: func(bool) { _ = c.Close() }}, nil // the pool throws a broken one away
}

func (e *postgresEngine) sizeBytes(ctx context.Context) (int64, error) {
	var n int64
	err := transact(ctx, e, false, func(ses *session) error {
		var err error
		n, err = sqlkit.One(ctx, ses, sqlkit.Value[int64], `SELECT pg_database_size(current_database())`)
		return err
	})
	return n, err
}

// watcher cannot ask cheaply whether anything happened, so it always says yes;
// the query for new rows is an index look-up.
func (e *postgresEngine) watcher(context.Context) (func() (bool, error), func(), error) {
	return func() (bool, error) { return true, nil }, func() {}, nil
}

// tidy has nothing to do: the server looks after itself.
func (e *postgresEngine) tidy(context.Context) error { return nil }

func (e *postgresEngine) close() error { return e.fault(e.db.Close()) }

// stamp names a moment in a file's name: 20261122-101805 in the shop's zone.
func stamp(at when.Millis) string { return at.Time().Format("20060102-150405") }

package store

import (
	"context"
	"database/sql"

	"zhanggui/app/fault"
	"zhanggui/store/sqlkit"
)

// session is one connection inside a transaction. It implements sqlkit.Q.
type session struct {
	e      engine
	c      *sql.Conn
	cache  *statements        // nil where the driver keeps prepared statements itself
	write  bool               //
	broken error              // the first failed statement: nothing may be committed after it
	free   func(healthy bool) // gives the connection back
}

// statements are the prepared statements of one connection, by text.
type statements struct{ list map[string]*sql.Stmt }

// statementsLimit is far above the number of texts the repositories have; a
// list with free filters may make more.
const statementsLimit = 500

// get prepares a text once. When the limit is reached all are forgotten: that is
// rare and keeps the common case a look-up.
func (s *statements) get(ctx context.Context, c *sql.Conn, query string) (*sql.Stmt, error) {
	if stmt, ok := s.list[query]; ok {
		return stmt, nil
	}
	if len(s.list) >= statementsLimit {
		s.close()
	}
	stmt, err := c.PrepareContext(ctx, unnumbered(query))
	if err != nil {
		return nil, err
	}
	s.list[query] = stmt
	return stmt, nil
}

func (s *statements) close() {
	for _, stmt := range s.list {
		_ = stmt.Close() // the connection itself reports trouble
	}
	s.list = map[string]*sql.Stmt{}
}

// context checks for cancelling before each statement. A statement of a write
// is not interrupted half-way: it is short, and watching the context costs a
// goroutine per statement. Reading is interrupted.
func (s *session) context(ctx context.Context) (context.Context, error) {
	if s.broken != nil {
		return nil, s.broken
	}
	if err := ctx.Err(); err != nil {
		return nil, fault.From(err)
	}
	if s.write {
		return context.WithoutCancel(ctx), nil
	}
	return ctx, nil
}

// Exec runs a statement and tells how many rows it changed.
func (s *session) Exec(ctx context.Context, query string, args ...any) (int64, error) {
	result, err := s.exec(ctx, query, args)
	if err != nil {
		return 0, err
	}
	n, err := result.RowsAffected()
	return n, s.failed(err)
}

func (s *session) exec(ctx context.Context, query string, args []any) (sql.Result, error) {
	ctx, err := s.context(ctx)
	if err != nil {
		return nil, err
	}
	if args, err = sqlkit.Plain(args); err != nil {
		return nil, err
	}
	if s.cache == nil {
		result, err := s.c.ExecContext(ctx, query, args...)
		return result, s.failed(err)
	}
	stmt, err := s.cache.get(ctx, s.c, query)
	if err != nil {
		return nil, s.failed(err)
	}
	result, err := stmt.ExecContext(ctx, args...)
	return result, s.failed(err)
}

// Insert adds one row to a table numbered by the database and gives its seq.
func (s *session) Insert(ctx context.Context, query string, args ...any) (int64, error) {
	if s.e.name() == "postgres" {
		return sqlkit.One(ctx, s, sqlkit.Value[int64], query+" RETURNING seq", args...)
	}
	result, err := s.exec(ctx, query, args)
	if err != nil {
		return 0, err
	}
	seq, err := result.LastInsertId()
	return seq, s.failed(err)
}

// Query runs a statement that gives rows.
func (s *session) Query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	ctx, err := s.context(ctx)
	if err != nil {
		return nil, err
	}
	if args, err = sqlkit.Plain(args); err != nil {
		return nil, err
	}
	if s.cache == nil {
		rows, err := s.c.QueryContext(ctx, query, args...)
		return rows, s.failed(err)
	}
	stmt, err := s.cache.get(ctx, s.c, query)
	if err != nil {
		return nil, s.failed(err)
	}
	rows, err := stmt.QueryContext(ctx, args...)
	return rows, s.failed(err)
}

// Fault turns an error met while reading rows into a fault and keeps the
// transaction from being committed when it came from the driver.
func (s *session) Fault(err error) error { return s.failed(err) }

// failed remembers the first error of the database: PostgreSQL would turn a
// later COMMIT into a silent ROLLBACK, and both engines must behave alike.
func (s *session) failed(err error) error {
	if err == nil {
		return nil
	}
	mapped := s.e.fault(err)
	if s.broken == nil && !isFault(err) {
		s.broken = mapped
	}
	return mapped
}

// plain runs a statement of the transaction itself, past cancelling.
func (s *session) plain(query string) error {
	_, err := s.c.ExecContext(context.Background(), query)
	return err
}

// commit ends the transaction for good, or reports why nothing was changed.
func (s *session) commit() error {
	if s.broken != nil {
		s.rollback()
		return s.broken
	}
	if err := s.plain("COMMIT"); err != nil {
		mapped := s.e.fault(err)
		s.rollback()
		if fault.Key(mapped) == "fault.store.offline" && s.write {
			return fault.New(fault.Unavailable, "fault.store.commit_unknown", "place", s.e.place()).Because(err)
		}
		return mapped
	}
	s.free(true)
	return nil
}

// rollback undoes everything. SQLite has rolled back already after some
// errors; then this fails and that is fine. A connection on which it fails
// otherwise is thrown away with its transaction.
func (s *session) rollback() {
	err := s.plain("ROLLBACK")
	s.free(err == nil)
}

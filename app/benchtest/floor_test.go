package benchtest

import (
	"context"
	"database/sql"
	"errors"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/ids"
	"zhanggui/app/when"
)

// floor is a connection of its own that does with the least statements what the
// program does: prepared once, and knowing beforehand all that can be known.
type floor struct {
	b        testing.TB
	c        *sql.Conn
	postgres bool
	stmt     map[string]*sql.Stmt
	ids      ids.Source
	now      when.Millis
}

// connect opens a data source of either engine past the program, as durable as
// the program has it.
func connect(dsn string) (*sql.DB, error) {
	if strings.HasPrefix(dsn, "postgres://") {
		return sql.Open("pgx", dsn)
	}
	return sql.Open("sqlite", "file:"+dsn+"?_pragma=busy_timeout(5000)&_pragma=foreign_keys(1)&_pragma=synchronous(FULL)"+
		"&_pragma=journal_mode(WAL)&_pragma=temp_store(MEMORY)&_pragma=cache_size(-20000)")
}

func (s *shop) floor() *floor { return openFloor(s.b, s.dsn, s.clock.Now()) }

func openFloor(b testing.TB, dsn string, now when.Millis) *floor {
	b.Helper()
	db, err := connect(dsn)
	require.NoError(b, err)
	c, err := db.Conn(context.Background())
	require.NoError(b, err)
	f := &floor{b: b, c: c, postgres: strings.HasPrefix(dsn, "postgres://"), stmt: map[string]*sql.Stmt{}, ids: ids.Random{}, now: now}
	b.Cleanup(func() {
		for _, s := range f.stmt {
			_ = s.Close() // the connection says when something is wrong
		}
		require.NoError(b, errors.Join(c.Close(), db.Close()))
	})
	return f
}

// command runs statements one by one on a connection of their own.
func command(dsn string, statements ...string) error {
	db, err := connect(dsn)
	if err != nil {
		return err
	}
	for _, s := range statements {
		if _, err = db.ExecContext(context.Background(), s); err != nil {
			break
		}
	}
	return errors.Join(err, db.Close())
}

// backendOf gives a process of the server that serves dsn.
func backendOf(b testing.TB, dsn string) (pid int) {
	b.Helper()
	db, err := connect(dsn)
	require.NoError(b, err)
	require.NoError(b, db.QueryRow("SELECT pg_backend_pid()").Scan(&pid))
	parent := parentOf(strconv.Itoa(pid))
	require.NoError(b, db.Close())
	require.NotEmpty(b, parent)
	n, err := strconv.Atoi(parent)
	require.NoError(b, err)
	return n
}

// numbered turns ? into $1, $2, … for PostgreSQL.
func (f *floor) numbered(query string) string {
	if !f.postgres {
		return query
	}
	var b strings.Builder
	n := 0
	for _, r := range query {
		if r != '?' {
			b.WriteRune(r)
			continue
		}
		n++
		b.WriteString("$" + strconv.Itoa(n))
	}
	return b.String()
}

func (f *floor) prepared(query string) *sql.Stmt {
	if s, ok := f.stmt[query]; ok {
		return s
	}
	s, err := f.c.PrepareContext(context.Background(), f.numbered(query))
	require.NoError(f.b, err, query)
	f.stmt[query] = s
	return s
}

func (f *floor) exec(query string, args ...any) {
	_, err := f.prepared(query).Exec(args...)
	require.NoError(f.b, err, query)
}

// one runs a statement that must change one row.
func (f *floor) one(query string, args ...any) {
	result, err := f.prepared(query).Exec(args...)
	require.NoError(f.b, err, query)
	n, err := result.RowsAffected()
	require.NoError(f.b, err)
	require.EqualValues(f.b, 1, n, query)
}

// seq adds a row to a table that the database numbers.
func (f *floor) seq(query string, args ...any) (seq int64) {
	if f.postgres {
		require.NoError(f.b, f.prepared(query+" RETURNING seq").QueryRow(args...).Scan(&seq))
		return seq
	}
	result, err := f.prepared(query).Exec(args...)
	require.NoError(f.b, err, query)
	seq, err = result.LastInsertId()
	require.NoError(f.b, err)
	return seq
}

// each reads a result row by row.
func (f *floor) each(fn func(rows *sql.Rows) error, query string, args ...any) {
	rows, err := f.prepared(query).Query(args...)
	require.NoError(f.b, err, query)
	for rows.Next() {
		require.NoError(f.b, fn(rows))
	}
	require.NoError(f.b, errors.Join(rows.Err(), rows.Close()))
}

func (f *floor) begin() {
	if f.postgres {
		f.plain("BEGIN ISOLATION LEVEL SERIALIZABLE")
	} else {
		f.plain("BEGIN IMMEDIATE")
	}
}

func (f *floor) commit() { f.plain("COMMIT") }

func (f *floor) plain(query string) {
	_, err := f.c.ExecContext(context.Background(), query)
	require.NoError(f.b, err, query)
}

// marks gives n groups of cols placeholders: "(?, ?), (?, ?)".
func marks(n, cols int) string {
	group := "(" + strings.Repeat("?, ", cols-1) + "?)"
	return strings.Repeat(group+", ", n-1) + group
}

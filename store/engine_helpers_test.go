package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"os"
	"path/filepath"
	"strconv"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/stretchr/testify/require"

	"zhanggui/app/core"
	"zhanggui/app/fault"
	"zhanggui/app/when"
	"zhanggui/store/pgtest"
	"zhanggui/store/sqlkit"
)

// engines runs a test on both engines; dsn is of a place that holds nothing yet.
func engines(t *testing.T, test func(t *testing.T, dsn string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		test(t, newFile(t))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		test(t, pgtest.New(t))
	})
}

// newFile is a place for a SQLite file with every character that a URI minds.
func newFile(t *testing.T) string { return filepath.Join(t.TempDir(), "店 #1 100%?.zhanggui") }

var processes atomic.Int64

// options are those of a fresh process of this computer.
func options() Options {
	return Options{
		Process: "process-" + strconv.FormatInt(processes.Add(1), 10), Desk: "desk", User: "wang", PID: os.Getpid(),
		Clock: when.System{}, NoSync: true,
	}
}

// opened opens a store and closes it when the test ends.
func opened(t *testing.T, dsn string, opt Options) *store {
	t.Helper()
	s, err := Open(context.Background(), dsn, opt)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s.(*store)
}

// do runs statements in one write transaction.
func do(s *store, statements ...string) error {
	return s.run(context.Background(), true, func(ses *session) error {
		for _, text := range statements {
			if _, err := ses.Exec(context.Background(), text); err != nil {
				return err
			}
		}
		return nil
	})
}

// set writes a setting through the ordinary door.
func set(s core.Store, key, value string) error {
	return s.Write(context.Background(), func(tx core.Tx) error { return tx.Settings().Set(key, value) })
}

// settings reads them all.
func settings(t *testing.T, s core.Store) map[string]string {
	t.Helper()
	var all map[string]string
	require.NoError(t, s.Read(context.Background(), func(r core.Reads) error {
		var err error
		all, err = r.Settings().All()
		return err
	}))
	return all
}

// count reads one number.
func count(t *testing.T, s *store, query string) int64 {
	t.Helper()
	var n int64
	require.NoError(t, s.run(context.Background(), false, func(ses *session) error {
		var err error
		n, err = sqlkit.One(context.Background(), ses, sqlkit.Value[int64], query)
		return err
	}))
	return n
}

// raw opens the data past the store, as somebody with a database tool would.
func raw(t *testing.T, dsn string) *sql.DB {
	t.Helper()
	var db *sql.DB
	if isPostgres(dsn) {
		cfg, err := pgx.ParseConfig(dsn)
		require.NoError(t, err)
		db = stdlib.OpenDB(*cfg)
	} else {
		var err error
		db, err = sql.Open("sqlite", sqliteURI(dsn, nil)+"?_pragma=busy_timeout(5000)")
		require.NoError(t, err)
	}
	db.SetMaxOpenConns(2)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	return db
}

// run runs statements past the store.
func run(t *testing.T, db *sql.DB, statements ...string) {
	t.Helper()
	for _, text := range statements {
		_, err := db.Exec(text)
		require.NoError(t, err, text)
	}
}

// digest is a file's content in short.
func digest(t *testing.T, path string) [32]byte {
	t.Helper()
	b, err := os.ReadFile(path)
	require.NoError(t, err)
	return sha256.Sum256(b)
}

// requireFault wants a fault of that code and key.
func requireFault(t *testing.T, err error, code fault.Code, key string) *fault.Error {
	t.Helper()
	require.Error(t, err)
	f := fault.From(err)
	require.Equal(t, key, f.Key, f.Error())
	require.Equal(t, code, f.Code)
	return f
}

// results gives the bad results of a check by name.
func broken(t *testing.T, s core.Store, full bool) map[string][]string {
	t.Helper()
	list, err := s.Check(context.Background(), full, nil)
	require.NoError(t, err)
	require.NotEmpty(t, list)
	bad := map[string][]string{}
	for _, r := range list {
		if r.Bad > 0 {
			bad[r.Name] = r.Broken
		}
	}
	return bad
}

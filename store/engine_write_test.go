package store

import (
	"context"
	"errors"
	"os"
	"strconv"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/core"
	"zhanggui/app/fault"
	"zhanggui/store/pgtest"
	"zhanggui/store/sqlkit"
)

func TestWrite_Fails_LeavesNothing(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, dsn string) {
		s := opened(t, dsn, options())
		ctx, cancel := context.WithCancel(context.Background())
		own := errors.New("own")

		require.ErrorIs(t, s.Write(ctx, func(tx core.Tx) error {
			require.NoError(t, tx.Settings().Set("a", "1"))
			return own
		}), own)
		require.Panics(t, func() {
			_ = s.Write(ctx, func(tx core.Tx) error {
				require.NoError(t, tx.Settings().Set("b", "1"))
				panic("mistake")
			})
		})
		err := s.Write(ctx, func(tx core.Tx) error {
			require.NoError(t, tx.Settings().Set("c", "1"))
			cancel()
			return tx.Settings().Set("d", "1")
		})
		requireFault(t, err, fault.Cancelled, "fault.cancelled")

		require.NoError(t, set(s, "e", "1"), "the connection is fit for the next")
		require.Equal(t, map[string]string{"e": "1"}, settings(t, s))
	})
}

func TestWrite_BrokenStatement_IsNeverCommitted(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, dsn string) {
		s := opened(t, dsn, options())

		err := s.run(context.Background(), true, func(ses *session) error {
			ctx := context.Background()
			_, err := ses.Exec(ctx, `INSERT INTO settings (name, value) VALUES ('a', '1')`)
			require.NoError(t, err)
			_, err = ses.Exec(ctx, `INSERT INTO settings (name, value) VALUES ('a', '2')`)
			requireFault(t, err, fault.Conflict, "fault.store.exists")
			_, err = ses.Exec(ctx, `INSERT INTO settings (name, value) VALUES ('b', '1')`)
			requireFault(t, err, fault.Conflict, "fault.store.exists")
			return nil // as if the caller had swallowed it
		})

		requireFault(t, err, fault.Conflict, "fault.store.exists")
		require.Empty(t, settings(t, s))
	})
}

func TestErrors_Constraints_AreToldApart(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, dsn string) {
		s := opened(t, dsn, options())
		require.NoError(t, do(s, `INSERT INTO audit_log (at_ms, actor, role, action, entity, entity_id, msg, args, before_json, after_json, desk, version)
			VALUES (1, '', '', '', '', '', '', '', '', '', '', '')`))
		id := "'0123456789abcdef'"
		for _, c := range []struct {
			text, key string
			code      fault.Code
		}{
			{`INSERT INTO mappings (name, header_key, body) VALUES ('a', '', ''), ('a', '', '')`, "fault.store.exists", fault.Conflict},
			{`INSERT INTO shops (id, channel, code, name, disabled) VALUES (` + blob(dsn, "'short'") + `, 'tmall', 'a', 'a', FALSE)`, "fault.store.rule", fault.Conflict},
			{`INSERT INTO kit_parts (kit_id, part_id, qty) VALUES (` + blob(dsn, id) + `, ` + blob(dsn, "'fedcba9876543210'") + `, 1)`, "fault.store.reference", fault.Invalid},
			{`INSERT INTO mappings (name, header_key) VALUES ('a', '')`, "fault.store.value", fault.Internal},
			{`UPDATE audit_log SET actor = 'x'`, "fault.store.append_only", fault.Conflict},
			{`DELETE FROM audit_log`, "fault.store.append_only", fault.Conflict},
			{`SELECT nonsense FROM nowhere`, "fault.internal", fault.Internal},
		} {
			requireFault(t, do(s, c.text), c.code, c.key)
		}
		require.Empty(t, settings(t, s))
	})
}

// blob writes a literal of bytes for either engine.
func blob(dsn, quoted string) string {
	if isPostgres(dsn) {
		return quoted + "::bytea"
	}
	return "CAST(" + quoted + " AS BLOB)"
}

func TestRead_Writing_IsImpossible(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, dsn string) {
		s := opened(t, dsn, options())

		err := s.run(context.Background(), false, func(ses *session) error {
			_, err := ses.Exec(context.Background(), `INSERT INTO settings (name, value) VALUES ('a', '1')`)
			return err
		})

		require.True(t, fault.Is(err, fault.Unavailable), "%v", err)
		require.Empty(t, settings(t, s))
	})
}

func TestRead_Snapshot_DoesNotSeeLaterWrites(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, dsn string) {
		s := opened(t, dsn, options())
		require.NoError(t, set(s, "a", "1"))

		require.NoError(t, s.Read(context.Background(), func(r core.Reads) error {
			first, err := r.Settings().All()
			require.NoError(t, err)
			require.NoError(t, set(s, "a", "2"))
			again, err := r.Settings().All()
			require.Equal(t, first, again)
			return err
		}))
		require.Equal(t, "2", settings(t, s)["a"])
	})
}

func TestRead_Cancelled_Stops(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, dsn string) {
		s := opened(t, dsn, options())
		ctx, cancel := context.WithCancel(context.Background())

		err := s.Read(ctx, func(r core.Reads) error {
			cancel()
			_, err := r.Settings().All()
			return err
		})

		requireFault(t, err, fault.Cancelled, "fault.cancelled")
		require.Empty(t, settings(t, s), "the connection is fit for the next")
	})
}

// count up reads and writes a number: two that run at once must not lose one.
func countUp(s core.Store) error {
	return s.Write(context.Background(), func(tx core.Tx) error {
		all, err := tx.Settings().All()
		if err != nil {
			return err
		}
		n, _ := strconv.Atoi(all["n"]) // "" counts as 0
		return tx.Settings().Set("n", strconv.Itoa(n+1))
	})
}

func TestWrite_ManyAtOnce_NoneLost(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, dsn string) {
		s := opened(t, dsn, options())
		var group sync.WaitGroup
		for range 8 {
			group.Go(func() {
				for done := 0; done < 25; {
					err := countUp(s)
					if err == nil {
						done++
					} else if !fault.Is(err, fault.Busy) {
						t.Error(err)
						return
					}
				}
			})
		}
		group.Wait()

		require.Equal(t, "200", settings(t, s)["n"])
	})
}

func TestSession_StatementsLimit_KeepsWorking(t *testing.T) {
	t.Parallel()
	s := opened(t, newFile(t), options())

	require.NoError(t, s.run(context.Background(), false, func(ses *session) error {
		for n := range statementsLimit + 50 {
			got, err := sqlkit.One(context.Background(), ses, sqlkit.Value[int], "SELECT "+strconv.Itoa(n))
			require.NoError(t, err)
			require.Equal(t, n, got)
		}
		require.LessOrEqual(t, len(ses.cache.list), statementsLimit)
		return nil
	}))
}

func TestWrite_DiskFull_SaysHowMuchAndGoesOn(t *testing.T) {
	t.Parallel()
	s := opened(t, newFile(t), options())
	e := s.engine.(*sqliteEngine)
	limit := func(pages string) {
		require.NoError(t, transact(context.Background(), e, false, func(*session) error { return nil }))
		l := <-e.writing
		_, err := l.c.ExecContext(context.Background(), "PRAGMA max_page_count = "+pages)
		require.NoError(t, err)
		e.writing <- l
	}
	limit("1") // SQLite takes the present size as the least
	long := string(make([]byte, 200_000))

	var err error
	for n := 0; err == nil && n < 100; n++ {
		err = set(s, "k"+strconv.Itoa(n), long)
	}

	f := requireFault(t, err, fault.Unavailable, "fault.store.disk_full")
	require.NotEmpty(t, f.Args["free"])
	require.Equal(t, "100", f.Args["needed"])
	require.Empty(t, broken(t, s, true))
	limit("1000000")
	require.NoError(t, set(s, "after", "1"))
}

func TestPostgres_ConnectionCut_SaidAndHealed(t *testing.T) {
	t.Parallel()
	dsn := pgtest.New(t)
	s := opened(t, dsn, options())
	db := raw(t, dsn)
	ctx := context.Background()
	cut := func(ses *session) {
		pid, err := sqlkit.One(ctx, ses, sqlkit.Value[int64], `SELECT pg_backend_pid()`)
		require.NoError(t, err)
		_, err = db.Exec(`SELECT pg_terminate_backend($1, 5000)`, pid)
		require.NoError(t, err)
	}

	err := s.run(ctx, true, func(ses *session) error {
		cut(ses)
		_, err := ses.Exec(ctx, `INSERT INTO settings (name, value) VALUES ('a', '1')`)
		return err
	})
	requireFault(t, err, fault.Unavailable, "fault.store.offline")
	err = s.run(ctx, true, func(ses *session) error {
		_, err := ses.Exec(ctx, `INSERT INTO settings (name, value) VALUES ('a', '1')`)
		require.NoError(t, err)
		cut(ses)
		return nil
	})
	requireFault(t, err, fault.Unavailable, "fault.store.commit_unknown")

	require.NoError(t, set(s, "b", "1"))
	require.Equal(t, map[string]string{"b": "1"}, settings(t, s))
}

func TestSQLite_ConnectionStuckInATransaction_IsReplaced(t *testing.T) {
	t.Parallel()
	s := opened(t, newFile(t), options())
	require.NoError(t, set(s, "a", "1"))
	e := s.engine.(*sqliteEngine)
	l := <-e.writing
	_, err := l.c.ExecContext(context.Background(), "BEGIN IMMEDIATE")
	require.NoError(t, err)
	stuck := l.c

	l.repair()

	require.NotSame(t, stuck, l.c)
	e.writing <- l
	require.NoError(t, set(s, "a", "2"), "the lock went with the old connection")
	same := l.c
	l.repair()
	require.Same(t, same, l.c, "a sound one stays")
}

func TestTidy_LogGoesIntoTheFile(t *testing.T) {
	t.Parallel()
	dsn := newFile(t)
	s := opened(t, dsn, options())
	require.NoError(t, set(s, "a", "一号店"))

	require.NoError(t, s.tidy(context.Background()))

	b, err := os.ReadFile(dsn)
	require.NoError(t, err)
	require.Contains(t, string(b), "一号店")
	require.NoError(t, set(s, "b", "1"), "and work goes on")
}

package store

import (
	"context"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/core"
	"zhanggui/app/when"
	"zhanggui/store/pgtest"
)

// engines runs a test on both engines; dsn is of a place that holds nothing yet.
func engines(t *testing.T, test func(t *testing.T, dsn string)) {
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		test(t, filepath.Join(t.TempDir(), "店 #1 100%?.zhanggui"))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		test(t, pgtest.New(t))
	})
}

var processes atomic.Int64

// options are those of a fresh process of this computer.
func options() Options {
	return Options{Process: "p" + string(rune('a'+processes.Add(1))), Desk: "desk", User: "wang", PID: os.Getpid(), Clock: when.System{}, NoSync: true}
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
func do(t *testing.T, s *store, statements ...string) {
	t.Helper()
	require.NoError(t, s.run(context.Background(), true, func(ses *session) error {
		for _, text := range statements {
			if _, err := ses.Exec(context.Background(), text); err != nil {
				return err
			}
		}
		return nil
	}))
}

// set writes a setting through the ordinary door.
func set(s *store, key, value string) error {
	return s.Write(context.Background(), func(tx core.Tx) error { return tx.Settings().Set(key, value) })
}

// settings reads them all.
func settings(t *testing.T, s *store) map[string]string {
	t.Helper()
	var all map[string]string
	require.NoError(t, s.Read(context.Background(), func(r core.Reads) error {
		var err error
		all, err = r.Settings().All()
		return err
	}))
	return all
}

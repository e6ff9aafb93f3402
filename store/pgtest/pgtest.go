package pgtest

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"os"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"
)

// EnvDSN names the environment variable with the URL of a running server to use instead.
const EnvDSN = "ZHANGGUI_PG_DSN"

// shared is the one server of this test binary.
var shared struct {
	once  sync.Once
	admin string // URL of a database from which others can be made
	stop  func() error
	err   error
}

var made atomic.Int64 // databases made so far, part of their names

// Main runs the tests and stops the server, if one was started. Use it as
// os.Exit(pgtest.Main(m)) in TestMain.
func Main(m *testing.M) int {
	code := m.Run()
	if err := Stop(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return max(code, 1)
	}
	return code
}

// Stop ends the server that this binary started, if any. New fails afterwards.
func Stop() error {
	shared.once.Do(func() { shared.err = errors.New("pgtest: stopped before the first use") })
	if shared.stop == nil {
		return nil
	}
	stop := shared.stop
	shared.stop, shared.err = nil, errors.New("pgtest: the server has been stopped")
	return stop()
}

// New gives the URL of a fresh, empty UTF-8 database, and drops it when the
// test ends. The first call starts the server. Its user is a superuser unless
// the server came from EnvDSN.
func New(t testing.TB) string {
	t.Helper()
	admin, err := server()
	if err != nil {
		t.Fatal(err)
	}
	name, err := databaseName()
	if err != nil {
		t.Fatal(err)
	}
	quoted := pgx.Identifier{name}.Sanitize()
	if err := run(admin, "CREATE DATABASE "+quoted+
		" TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'"); err != nil {
		t.Fatalf("pgtest: making a database: %v", err)
	}
	t.Cleanup(func() {
		// FORCE: a test about a lost connection may leave one open.
		if err := run(admin, "DROP DATABASE IF EXISTS "+quoted+" WITH (FORCE)"); err != nil {
			t.Errorf("pgtest: dropping %s: %v", name, err)
		}
	})
	u, err := url.Parse(admin)
	if err != nil {
		t.Fatalf("pgtest: %s is not a URL: %v", EnvDSN, err)
	}
	u.Path = "/" + name
	return u.String()
}

// server gives the URL of the running server and starts it at the first call.
func server() (string, error) {
	shared.once.Do(func() {
		if shared.admin = os.Getenv(EnvDSN); shared.admin == "" {
			shared.admin, shared.stop, shared.err = start()
		}
	})
	return shared.admin, shared.err
}

// databaseName is unique on the server even when several binaries share it.
func databaseName() (string, error) {
	random, err := token()
	return fmt.Sprintf("zhanggui_test_%s_%d", random[:8], made.Add(1)), err
}

func token() (string, error) {
	b := make([]byte, 16)
	_, err := rand.Read(b)
	return hex.EncodeToString(b), err
}

// run executes one statement on a connection of its own.
func run(dsn, sql string) error {
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return err
	}
	_, err = conn.Exec(ctx, sql)
	return errors.Join(err, conn.Close(ctx))
}

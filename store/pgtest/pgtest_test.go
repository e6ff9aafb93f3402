package pgtest_test

import (
	"context"
	"os"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"zhanggui/store/pgtest"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

func open(t *testing.T, url string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(context.Background(), url)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, conn.Close(context.Background())) })
	return conn
}

func scalar(t *testing.T, conn *pgx.Conn, sql string) string {
	t.Helper()
	var v string
	require.NoError(t, conn.QueryRow(context.Background(), sql).Scan(&v))
	return v
}

func TestNew_IsUTF8AndOrdersByCode(t *testing.T) {
	t.Parallel()
	conn := open(t, pgtest.New(t))

	require.Equal(t, "UTF8", scalar(t, conn, `SHOW server_encoding`))
	require.Equal(t, "C.UTF-8", scalar(t, conn, `SELECT datcollate FROM pg_database WHERE datname = current_database()`))
	require.Equal(t, "掌柜", scalar(t, conn, `SELECT '掌柜'`))
	require.Equal(t, "0", scalar(t, conn, `SELECT CAST(count(*) AS TEXT) FROM pg_tables WHERE schemaname = 'public'`))
}

func TestNew_EachTestHasItsOwnDatabase(t *testing.T) {
	t.Parallel()
	one, two := open(t, pgtest.New(t)), open(t, pgtest.New(t))
	_, err := one.Exec(context.Background(), `CREATE TABLE goods (n BIGINT)`)
	require.NoError(t, err)

	require.Equal(t, "0", scalar(t, two, `SELECT CAST(count(*) AS TEXT) FROM pg_tables WHERE schemaname = 'public'`))
}

func TestNew_TestOver_DatabaseGone(t *testing.T) {
	t.Parallel()
	var name string
	t.Run("inner", func(t *testing.T) {
		name = scalar(t, open(t, pgtest.New(t)), `SELECT current_database()`)
	})

	conn := open(t, pgtest.New(t))
	var n int
	require.NoError(t, conn.QueryRow(context.Background(), `SELECT count(*) FROM pg_database WHERE datname = $1`, name).Scan(&n))
	require.Zero(t, n)
}

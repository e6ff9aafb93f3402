package store_test

import (
	"context"
	"fmt"
	"net/url"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"zhanggui/app/core"
	"zhanggui/store/pgtest"
	"zhanggui/store/storetest"
)

func TestContract_Postgres(t *testing.T) {
	t.Parallel()
	copies := postgresCopies(t)
	storetest.Run(t, func(t *testing.T) core.Store { return openStore(t, copies(t)) })
}

// postgresCopies migrates one database and gives a copy of it to every test,
// which is quicker than migrating each.
func postgresCopies(t *testing.T) func(t *testing.T) string {
	t.Helper()
	template := pgtest.New(t)
	t.Run("migrate", func(t *testing.T) { openStore(t, template) }) // closed at its end: a template has no users
	admin, err := url.Parse(template)
	require.NoError(t, err)
	name := admin.Path[1:]
	admin.Path = "/postgres"
	var made atomic.Int64
	return func(t *testing.T) string {
		copied := fmt.Sprintf("%s_%d", name, made.Add(1))
		command(t, admin.String(), "CREATE DATABASE "+pgx.Identifier{copied}.Sanitize()+" TEMPLATE "+pgx.Identifier{name}.Sanitize())
		t.Cleanup(func() {
			command(t, admin.String(), "DROP DATABASE "+pgx.Identifier{copied}.Sanitize()+" WITH (FORCE)")
		})
		own := *admin
		own.Path = "/" + copied
		return own.String()
	}
}

// command runs a statement of the administrator on a connection of its own.
func command(t *testing.T, dsn, query string) {
	t.Helper()
	conn, err := pgx.Connect(context.Background(), dsn)
	require.NoError(t, err)
	_, err = conn.Exec(context.Background(), query)
	require.NoError(t, err)
	require.NoError(t, conn.Close(context.Background()))
}

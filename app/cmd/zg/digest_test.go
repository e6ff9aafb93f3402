package main

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// journals are the tables that grow by every run: who signed in, what was
// announced, what was sealed, which process has the file open.
var journals = []string{"audit_log", "audit_seals", "changes", "processes", "goose_db_version", "counters", "meta"}

// digests gives a hash of the rows of every table but the journals.
func digests(t testing.TB, file string) map[string]string {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+file+"?mode=ro")
	require.NoError(t, err)
	defer func() { require.NoError(t, db.Close()) }()
	found := map[string]string{}
	for _, table := range names(t, db, `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`) {
		if slices.Contains(journals, table) {
			continue
		}
		found[table] = digest(t, db, table)
	}
	require.Greater(t, len(found), 15)
	return found
}

func digest(t testing.TB, db *sql.DB, table string) string {
	t.Helper()
	columns := names(t, db, `SELECT name FROM pragma_table_info('`+table+`') ORDER BY cid`)
	rows, err := db.Query(`SELECT "` + strings.Join(columns, `", "`) + `" FROM "` + table + `"`)
	require.NoError(t, err)
	defer rows.Close()
	var lines []string
	for rows.Next() {
		values := make([]any, len(columns))
		dest := make([]any, len(columns))
		for i := range values {
			dest[i] = &values[i]
		}
		require.NoError(t, rows.Scan(dest...))
		lines = append(lines, fmt.Sprintf("%q", values))
	}
	require.NoError(t, rows.Err())
	slices.Sort(lines)
	sum := sha256.Sum256([]byte(strings.Join(lines, "\n")))
	return fmt.Sprint(len(lines), " ", hex.EncodeToString(sum[:]))
}

func names(t testing.TB, db *sql.DB, query string) []string {
	t.Helper()
	rows, err := db.Query(query)
	require.NoError(t, err)
	defer rows.Close()
	var list []string
	for rows.Next() {
		var s string
		require.NoError(t, rows.Scan(&s))
		list = append(list, s)
	}
	require.NoError(t, rows.Err())
	return list
}

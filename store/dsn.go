package store

import (
	"net/url"
	"path/filepath"
	"strings"

	"github.com/jackc/pgx/v5"
)

// isPostgres tells a server's URL from a file's path.
func isPostgres(dsn string) bool {
	return strings.HasPrefix(dsn, "postgres://") || strings.HasPrefix(dsn, "postgresql://")
}

// sqliteURI makes the URI of a file: every character of the path that means
// something in a URI is escaped (Chinese, blanks, ?, #, %).
func sqliteURI(path string, query url.Values) string {
	slashed := filepath.ToSlash(path)
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed // C:/shop -> /C:/shop
	}
	u := url.URL{Scheme: "file", Path: slashed, RawQuery: query.Encode()}
	return u.String()
}

// pragmas are the settings of every connection. They stand in the URI, because a
// PRAGMA sent by Exec reaches only one connection of a pool.
func pragmas(noSync bool) url.Values {
	q := url.Values{}
	for _, p := range []string{"busy_timeout(5000)", "foreign_keys(1)", "temp_store(MEMORY)", "cache_size(-20000)"} {
		q.Add("_pragma", p)
	}
	sync := "synchronous(FULL)"
	if noSync {
		sync = "synchronous(OFF)"
	}
	q.Add("_pragma", sync)
	q.Set("_defensive", "1")
	q.Set("_dqs", "0")
	return q
}

// writerURI opens the file for writing and makes it when missing.
func writerURI(path string, opt Options) string {
	q := pragmas(opt.NoSync)
	q.Add("_pragma", "journal_mode(WAL)")
	q.Add("_pragma", "wal_autocheckpoint(8000)")     // 32 MB: usually tidy comes first
	q.Add("_pragma", "journal_size_limit(67108864)") // and after a bulk import the log shrinks to 64 MB
	q.Set("_txlock", "immediate")
	return sqliteURI(path, q)
}

// readerURI opens an existing file for reading. frozen says that nothing else
// can be writing it (a copy, a read-only medium): then no side files are needed.
func readerURI(path string, frozen bool) string {
	q := pragmas(false)
	q.Set("mode", "ro")
	if frozen {
		q.Set("immutable", "1")
	}
	return sqliteURI(path, q)
}

// postgresPlace is host/database for people, never with the password.
func postgresPlace(cfg *pgx.ConnConfig) string {
	return cfg.Host + "/" + cfg.Database
}

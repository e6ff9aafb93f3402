package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"io"
	"io/fs"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/pressly/goose/v3"

	"zhanggui/app/fault"
	"zhanggui/store/sqlkit"
)

//go:embed migrations/*.sql
var embedded embed.FS

// migrationFS shows the files of one engine: the portable ones and its own.
// For SQLite the portable ones are put into its words.
type migrationFS struct{ engine string }

func (m migrationFS) other() string {
	if m.engine == "sqlite" {
		return ".postgres.sql"
	}
	return ".sqlite.sql"
}

// ReadDir lists the engine's files.
func (m migrationFS) ReadDir(string) ([]fs.DirEntry, error) {
	all, err := embedded.ReadDir("migrations")
	var list []fs.DirEntry
	for _, f := range all {
		if !strings.HasSuffix(f.Name(), m.other()) {
			list = append(list, f)
		}
	}
	return list, err
}

// Open gives a file's text.
func (m migrationFS) Open(name string) (fs.File, error) {
	f, err := embedded.Open("migrations/" + strings.TrimPrefix(name, "./"))
	if err != nil || m.engine != "sqlite" || strings.HasSuffix(name, ".sqlite.sql") {
		return f, err
	}
	b, err := io.ReadAll(f)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return textFile{strings.NewReader(forSQLite(string(b))), f}, nil
}

// textFile is a file whose text was replaced.
type textFile struct {
	*strings.Reader
	file fs.File
}

func (t textFile) Read(b []byte) (int, error) { return t.Reader.Read(b) }
func (t textFile) Stat() (fs.FileInfo, error) { return t.file.Stat() }
func (t textFile) Close() error               { return t.file.Close() }

var (
	wholeWords  = regexp.MustCompile(`\b(BIGINT|BOOLEAN)\b`)
	byteaWord   = regexp.MustCompile(`\bBYTEA\b`)
	createTable = regexp.MustCompile(`(?s)(CREATE TABLE [^;]*\n\));`)
)

// forSQLite writes a portable migration in SQLite's types and makes its tables STRICT.
func forSQLite(text string) string {
	text = wholeWords.ReplaceAllString(text, "INTEGER")
	text = byteaWord.ReplaceAllString(text, "BLOB")
	return createTable.ReplaceAllString(text, "$1 STRICT;")
}

// headVersion is the newest schema that this program knows.
func headVersion() int64 {
	files, err := embedded.ReadDir("migrations")
	if err != nil {
		panic("store: embedded migrations: " + err.Error())
	}
	number, _, _ := strings.Cut(files[len(files)-1].Name(), "_")
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		panic("store: migration without a number: " + files[len(files)-1].Name())
	}
	return n
}

// schemaVersion reads the schema version, 0 when nothing was migrated yet.
func schemaVersion(ctx context.Context, q sqlkit.Q) (int64, error) {
	return sqlkit.One(ctx, q, sqlkit.Value[int64], `SELECT CAST(COALESCE(MAX(version_id), 0) AS BIGINT) FROM goose_db_version WHERE is_applied`)
}

// checkVersion refuses data of a newer program and data that is not ours
// (version -1: tables, but none of our versions).
func checkVersion(place string, have int64, used, readOnly bool) error {
	head := headVersion()
	switch {
	case have > head:
		return fault.New(fault.Unavailable, "fault.store.newer", "file", place, "have", have, "know", head)
	case used && have < 0:
		return fault.New(fault.Unavailable, "fault.store.foreign", "file", place)
	case readOnly && have < head:
		return fault.New(fault.Unavailable, "fault.store.old_read_only", "file", place, "have", max(have, 0), "know", head)
	}
	return nil
}

// provider prepares goose for one engine. Each file is one transaction that
// holds its version row too.
func provider(db *sql.DB, engine string) (*goose.Provider, error) {
	dialect := goose.DialectPostgres
	if engine == "sqlite" {
		dialect = goose.DialectSQLite3
	}
	return goose.NewProvider(dialect, db, migrationFS{engine}, goose.WithDisableGlobalRegistry(true))
}

// migratePostgres brings the database to the head version; the caller holds the
// lock that keeps other desktops out.
func migratePostgres(ctx context.Context, db *sql.DB) error {
	p, err := provider(db, "postgres")
	if err != nil {
		return err
	}
	_, err = p.Up(ctx)
	return err
}

// migrateTries is how often a second process that opens the same new file
// tries again while the first is migrating it.
const migrateTries = 40

// migrateSQLite brings the file to the head version. Two processes may try at
// once: each step runs under the write lock, so the slower one finds its step
// taken, fails, sees that the version moved and goes on from there.
func migrateSQLite(ctx context.Context, e *sqliteEngine) error {
	for try := 1; ; try++ {
		before, err := fileVersion(ctx, e.writers)
		if err == nil {
			err = upSQLite(ctx, e.writers)
		}
		if err == nil {
			return nil
		}
		after, lookErr := fileVersion(ctx, e.writers)
		moved := lookErr == nil && after > before
		if (!moved && !fault.Is(e.fault(err), fault.Busy)) || try == migrateTries {
			return err
		}
		if err := nap(ctx, 50*time.Millisecond); err != nil {
			return err
		}
	}
}

func upSQLite(ctx context.Context, db *sql.DB) error {
	p, err := provider(db, "sqlite")
	if err != nil {
		return err
	}
	_, err = p.Up(ctx)
	return err
}

// fileVersion reads the schema version of an open file, -1 without a version table.
func fileVersion(ctx context.Context, db *sql.DB) (int64, error) {
	var n int64
	row := db.QueryRowContext(ctx, `SELECT COUNT(name) FROM sqlite_master WHERE type = 'table' AND name = 'goose_db_version'`)
	if err := row.Scan(&n); err != nil || n == 0 {
		return -1, err
	}
	row = db.QueryRowContext(ctx, `SELECT COALESCE(MAX(version_id), 0) FROM goose_db_version WHERE is_applied`)
	err := row.Scan(&n)
	return n, err
}

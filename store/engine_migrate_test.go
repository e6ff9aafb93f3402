package store

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zhanggui/app/fault"
	"zhanggui/store/pgtest"
)

// oldRows are rows that data of each version may hold; later versions must
// keep them. A new migration gets its line here.
var oldRows = []struct {
	since int64
	text  string
	check string
}{
	{1, `INSERT INTO settings (name, value) VALUES ('shop.name', '旧店')`, `SELECT COUNT(name) FROM settings WHERE value = '旧店'`},
	{2, `INSERT INTO audit_log (at_ms, actor, role, action, entity, entity_id, msg, args, before_json, after_json, desk, version)
		VALUES (1, '王五', 'warehouse', 'x', 'x', 'x', 'x', '', '', '', 'd', 'v')`, `SELECT COUNT(seq) FROM audit_log WHERE actor = '王五'`},
	{
		3, `INSERT INTO products (id, code, code_key, title, brand, category, version) VALUES (@id, 'A1', 'a1', '杯', '', '', 1)`,
		`SELECT COUNT(id) FROM products WHERE title = '杯'`,
	},
	{4, `INSERT INTO stage_counts (channel, stage, n) VALUES ('tmall', 'to_audit', 3)`, `SELECT COUNT(n) FROM stage_counts WHERE n = 3`},
	{5, `INSERT INTO mappings (name, header_key, body) VALUES ('m', 'h', 'b')`, `SELECT COUNT(name) FROM mappings WHERE body = 'b'`},
	{
		6, `INSERT INTO sales_daily (biz_day, channel, shop_id, parcels, units, revenue_fen, cost_fen) VALUES ('2026-01-01', 'tmall', @id, 1, 1, 1, 1)`,
		`SELECT COUNT(biz_day) FROM sales_daily WHERE parcels = 1`,
	},
}

// atVersion brings empty data to an old version with rows in it.
func atVersion(t *testing.T, dsn string, version int64) {
	t.Helper()
	engine, id := "sqlite", `CAST('0123456789abcdef' AS BLOB)`
	if isPostgres(dsn) {
		engine, id = "postgres", `'0123456789abcdef'::bytea`
	}
	db := raw(t, dsn)
	p, err := provider(db, engine)
	require.NoError(t, err)
	_, err = p.UpTo(context.Background(), version)
	require.NoError(t, err)
	for _, r := range oldRows {
		if r.since <= version {
			run(t, db, strings.ReplaceAll(r.text, "@id", id))
		}
	}
	require.NoError(t, db.Close())
}

func TestMigrate_FromEveryVersion_KeepsRowsAndBacksUp(t *testing.T) {
	t.Parallel()
	for version := int64(1); version < headVersion(); version++ {
		t.Run(strconv.FormatInt(version, 10), func(t *testing.T) {
			t.Parallel()
			engines(t, func(t *testing.T, dsn string) {
				atVersion(t, dsn, version)
				opt := options()
				opt.BackupFolder = filepath.Join(t.TempDir(), "backups")

				s := opened(t, dsn, opt)

				for _, r := range oldRows {
					if r.since <= version {
						require.EqualValues(t, 1, count(t, s, r.check), r.check)
					}
				}
				kept, ok := LastBackup(opt.BackupFolder, s.place())
				require.True(t, ok)
				require.Contains(t, filepath.Base(kept.Path), ".before-v"+strconv.FormatInt(headVersion(), 10)+".bak")
				if !isPostgres(dsn) {
					old, err := sql.Open("sqlite", readerURI(kept.Path, true))
					require.NoError(t, err)
					defer old.Close()
					have, err := fileVersion(context.Background(), old)
					require.NoError(t, err)
					require.Equal(t, version, have)
				}
			})
		})
	}
}

func TestMigrate_PostgresWithoutBackupFolder_RefusedOrOnOwnRisk(t *testing.T) {
	t.Parallel()
	dsn := pgtest.New(t)
	atVersion(t, dsn, 2)

	_, err := Open(context.Background(), dsn, options())
	requireFault(t, err, fault.Unavailable, "fault.store.backup_place")
	opt := options()
	opt.NoBackup = true

	s := opened(t, dsn, opt)

	require.EqualValues(t, 1, count(t, s, oldRows[1].check))
}

func TestMigrate_OldDataReadOnly_Refused(t *testing.T) {
	t.Parallel()
	dsn := newFile(t)
	atVersion(t, dsn, 3)
	before := digest(t, dsn)
	opt := options()
	opt.ReadOnly = true

	_, err := Open(context.Background(), dsn, opt)

	requireFault(t, err, fault.Unavailable, "fault.store.old_read_only")
	require.Equal(t, before, digest(t, dsn))
}

func TestMigrate_ManyAtOnce_AllArrive(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, dsn string) {
		var group sync.WaitGroup
		for n := range 6 {
			opt := options()
			group.Go(func() {
				s, err := Open(context.Background(), dsn, opt)
				if err == nil {
					err = s.Close()
				}
				if err != nil {
					t.Errorf("process %d: %v", n, err)
				}
			})
		}
		group.Wait()

		require.Empty(t, broken(t, opened(t, dsn, options()), true))
	})
}

// columnsOf lists "table.column" of an engine.
func columnsOf(t *testing.T, s *store, query string) []string {
	t.Helper()
	var list []string
	require.NoError(t, s.run(context.Background(), false, func(ses *session) error {
		rows, err := ses.Query(context.Background(), query)
		if err != nil {
			return err
		}
		for rows.Next() {
			var name string
			require.NoError(t, rows.Scan(&name))
			list = append(list, name)
		}
		return rows.Close()
	}))
	return list
}

func TestMigrate_BothEngines_SameColumns(t *testing.T) {
	t.Parallel()
	lite, pg := opened(t, newFile(t), options()), opened(t, pgtest.New(t), options())

	const ofLite = `SELECT m.name || '.' || c.name || CASE c."notnull" WHEN 1 THEN '' ELSE '?' END FROM sqlite_master m JOIN pragma_table_info(m.name) c
		WHERE m.type = 'table' AND m.name NOT LIKE 'goose%' AND m.name NOT LIKE 'sqlite%' AND c.pk = 0 ORDER BY m.name, c.name`
	const ofPG = `SELECT c.table_name || '.' || c.column_name || CASE c.is_nullable WHEN 'NO' THEN '' ELSE '?' END FROM information_schema.columns c
		WHERE c.table_schema = current_schema() AND c.table_name NOT LIKE 'goose%' AND NOT EXISTS (SELECT 1 FROM information_schema.key_column_usage k
			JOIN information_schema.table_constraints t ON t.constraint_name = k.constraint_name AND t.constraint_type = 'PRIMARY KEY'
			WHERE k.table_name = c.table_name AND k.column_name = c.column_name) ORDER BY c.table_name COLLATE "C", c.column_name COLLATE "C"`
	want := columnsOf(t, lite, ofLite)
	require.Greater(t, len(want), 200)
	require.Equal(t, want, columnsOf(t, pg, ofPG))

	loose := count(t, lite, `SELECT COUNT(name) FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'goose%' AND name NOT LIKE 'sqlite%'`)
	require.Zero(t, loose, "every table is STRICT")
}

func TestMigrate_FullFolder_NothingHappened(t *testing.T) {
	t.Parallel()
	dsn := newFile(t)
	atVersion(t, dsn, 3)
	before := digest(t, dsn)
	opt := options()
	opt.BackupFolder = filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(opt.BackupFolder, nil, 0o600)) // a file where the folder should be

	_, err := Open(context.Background(), dsn, opt)

	requireFault(t, err, fault.Unavailable, "fault.store.backup_write")
	require.Equal(t, before, digest(t, dsn))
}

func TestForSQLite_TypesAndStrict(t *testing.T) {
	t.Parallel()

	got := forSQLite("CREATE TABLE a (\n  id BYTEA,\n  n BIGINT,\n  ok BOOLEAN,\n  CHECK (n > 0)\n);\nCREATE INDEX i ON a (n);\n")

	require.Equal(t, "CREATE TABLE a (\n  id BLOB,\n  n INTEGER,\n  ok INTEGER,\n  CHECK (n > 0)\n) STRICT;\nCREATE INDEX i ON a (n);\n", got)
}

func TestMigrate_Killed_NextOpeningFinishes(t *testing.T) {
	t.Parallel()
	old := newFile(t)
	atVersion(t, old, 1)
	bytes, err := os.ReadFile(old)
	require.NoError(t, err)
	for round := range 12 {
		dsn := newFile(t)
		require.NoError(t, os.WriteFile(dsn, bytes, 0o600))
		other := start(t, "idle", dsn, 0)
		require.NoError(t, nap(context.Background(), time.Duration(round*3)*time.Millisecond)) // anywhere in its way
		other.kill(t)

		s := opened(t, dsn, options())

		require.EqualValues(t, 1, count(t, s, oldRows[0].check))
		require.Empty(t, broken(t, s, true))
		require.NoError(t, s.Close())
	}
}

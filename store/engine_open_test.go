package store

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/core"
	"zhanggui/app/fault"
	"zhanggui/app/when"
)

func TestOpen_New_MigratesAndKeeps(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, dsn string) {
		s := opened(t, dsn, options())
		require.NoError(t, set(s, "shop.name", "一号店"))
		info, err := s.Info(context.Background())
		require.NoError(t, err)
		require.Equal(t, headVersion(), info.SchemaVersion)
		require.Positive(t, info.SizeBytes)
		require.Empty(t, info.Others)
		require.Empty(t, info.Notes)
		require.False(t, info.UncleanStart)
		require.NotContains(t, info.Place, "password")
		require.NoError(t, s.Close())

		again := opened(t, dsn, options())

		require.Equal(t, map[string]string{"shop.name": "一号店"}, settings(t, again))
	})
}

func TestOpen_EmptyFile_IsNew(t *testing.T) {
	t.Parallel()
	path := newFile(t)
	require.NoError(t, os.WriteFile(path, nil, 0o600))

	s := opened(t, path, options())

	require.NoError(t, set(s, "a", "b"))
}

func TestOpen_Closed_RefusesAndIsCalm(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, dsn string) {
		s := opened(t, dsn, options())
		require.NoError(t, s.Close())
		require.NoError(t, s.Close())

		requireFault(t, set(s, "a", "b"), fault.Unavailable, "fault.store.closed")
		requireFault(t, s.Seal(context.Background()), fault.Unavailable, "fault.store.closed")
	})
}

func TestOpen_Newer_RefusedUnchanged(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, dsn string) {
		require.NoError(t, opened(t, dsn, options()).Close())
		db := raw(t, dsn)
		run(t, db, `INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, true)`)
		require.NoError(t, db.Close())
		var before [32]byte
		if !isPostgres(dsn) {
			before = digest(t, dsn)
		}

		_, err := Open(context.Background(), dsn, options())

		f := requireFault(t, err, fault.Unavailable, "fault.store.newer")
		require.Equal(t, "9999", f.Args["have"])
		if !isPostgres(dsn) {
			require.Equal(t, before, digest(t, dsn))
			left, err := filepath.Glob(filepath.Join(filepath.Dir(dsn), "*"))
			require.NoError(t, err)
			require.Len(t, left, 1, "nothing lies beside it")
		}
	})
}

func TestOpen_OtherProgramsData_Refused(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, dsn string) {
		db := raw(t, dsn)
		run(t, db, `CREATE TABLE notes (text TEXT)`, `INSERT INTO notes (text) VALUES ('x')`)
		require.NoError(t, db.Close())

		_, err := Open(context.Background(), dsn, options())

		requireFault(t, err, fault.Unavailable, "fault.store.foreign")
	})
}

func TestOpen_WrongPlace_Refused(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	text := filepath.Join(folder, "letter.zhanggui")
	require.NoError(t, os.WriteFile(text, []byte(strings.Repeat("sehr geehrte Damen und Herren ", 20)), 0o600))
	short := filepath.Join(folder, "short.zhanggui")
	require.NoError(t, os.WriteFile(short, []byte("SQLite"), 0o600))
	readOnly := options()
	readOnly.ReadOnly = true
	for _, c := range []struct {
		name, path, key string
		opt             Options
	}{
		{"text", text, "fault.store.not_database", options()},
		{"short", short, "fault.store.not_database", options()},
		{"folder", folder, "fault.store.is_folder", options()},
		{"no folder", filepath.Join(folder, "no", "x.zhanggui"), "fault.store.no_folder", options()},
		{"file as folder", filepath.Join(text, "x.zhanggui"), "fault.store.no_folder", options()},
		{"missing, read-only", filepath.Join(folder, "none.zhanggui"), "fault.store.missing", readOnly},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Open(context.Background(), c.path, c.opt)

			requireFault(t, err, fault.Unavailable, c.key)
		})
	}
	left, err := os.ReadDir(folder)
	require.NoError(t, err)
	require.Len(t, left, 2, "nothing was made")
}

func TestOpen_PostgresNotThere_SaysWhat(t *testing.T) {
	t.Parallel()
	for url, key := range map[string]string{
		"postgres://u:secret@127.0.0.1:1/shop?connect_timeout=2": "fault.store.offline",
		"postgres://u:p@[::1": "fault.store.url",
	} {
		_, err := Open(context.Background(), url, options())

		require.Equal(t, key, fault.Key(err))
		require.NotContains(t, fault.From(err).Args["place"], "secret")
	}
}

func TestOpen_ReadOnly_ReadsAndNeverWrites(t *testing.T) {
	t.Parallel()
	path := newFile(t)
	s := opened(t, path, options())
	require.NoError(t, set(s, "a", "b"))
	require.NoError(t, s.Close())
	before := digest(t, path)
	opt := options()
	opt.ReadOnly = true

	ro := opened(t, path, opt)

	require.Equal(t, "b", settings(t, ro)["a"])
	requireFault(t, set(ro, "a", "c"), fault.Unavailable, "fault.store.opened_read_only")
	requireFault(t, ro.Seal(context.Background()), fault.Unavailable, "fault.store.opened_read_only")
	require.Empty(t, broken(t, ro, true))
	require.NoError(t, ro.Close())
	require.Equal(t, before, digest(t, path))
}

func TestCheckPlace_NetworkAndCloud(t *testing.T) {
	t.Parallel()
	cloud := filepath.Join(t.TempDir(), "OneDrive - 某某商贸")
	require.NoError(t, os.Mkdir(cloud, 0o700))
	local := func(string) string { return "ext4" }

	notes, err := checkPlace(filepath.Join(cloud, "shop.zhanggui"), local)
	require.NoError(t, err)
	require.Equal(t, []string{"store.note.onedrive"}, notes)
	require.Equal(t, []string{"store.note.nutstore"}, cloudNotes("/home/wang/坚果云同步/店"))
	require.Empty(t, cloudNotes("/home/wang/documents"))

	for kind := range networkKinds {
		_, err := checkPlace(filepath.Join(cloud, "shop.zhanggui"), func(string) string { return kind })
		f := requireFault(t, err, fault.Unavailable, "fault.store.network")
		require.Equal(t, kind, f.Args["kind"])
	}
	s := opened(t, filepath.Join(cloud, "shop.zhanggui"), options())
	info, err := s.Info(context.Background())
	require.NoError(t, err)
	require.Equal(t, []string{"store.note.onedrive"}, info.Notes)
}

func TestInfo_OtherProcesses_AreNamed(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, dsn string) {
		one := opened(t, dsn, options())
		opt := options()
		opt.User = "li"
		two := opened(t, dsn, opt)

		info, err := two.Info(context.Background())
		require.NoError(t, err)
		require.Equal(t, []core.Neighbour{{Desk: "desk", User: "wang", PID: os.Getpid(), Since: info.Others[0].Since}}, info.Others)
		require.NoError(t, one.Close())
		info, err = two.Info(context.Background())
		require.NoError(t, err)
		require.Empty(t, info.Others)
	})
}

func TestInfo_ClockBeforeTheLastRecord_IsNoted(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, dsn string) {
		clock := when.NewFixed(when.At(2026, 11, 22, 9, 0, 0))
		opt := options()
		opt.Clock = clock
		s := opened(t, dsn, opt)
		require.NoError(t, s.Write(context.Background(), func(tx core.Tx) error {
			return tx.Log().AddAudit([]core.AuditLine{{At: clock.Now(), Actor: "王五"}})
		}))
		info, err := s.Info(context.Background())
		require.NoError(t, err)
		require.Empty(t, info.Notes)

		clock.Advance(-when.DaySpan)

		info, err = s.Info(context.Background())
		require.NoError(t, err)
		require.Equal(t, []string{"store.note.clock_back"}, info.Notes)
	})
}

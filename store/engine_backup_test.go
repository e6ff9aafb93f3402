package store

import (
	"context"
	"encoding/hex"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/fault"
	"zhanggui/app/when"
	"zhanggui/store/pgtest"
)

func TestBackup_WhileWriting_IsWholeAndRestores(t *testing.T) {
	t.Parallel()
	dsn := newFile(t)
	s := opened(t, dsn, options())
	require.NoError(t, set(s, "n", "1"))
	require.NoError(t, do(s, auditRow))
	require.NoError(t, s.Seal(context.Background()))
	var writing sync.WaitGroup
	stop := make(chan struct{})
	writing.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
				if err := countUp(s); err != nil {
					t.Error(err)
					return
				}
			}
		}
	})
	path := filepath.Join(t.TempDir(), BackupName(s.place(), when.At(2026, 11, 22, 10, 18, 5)))
	require.Equal(t, "店 #1 100%?-20261122-101805.zgbackup", filepath.Base(path))
	var steps []int

	info, err := s.Backup(context.Background(), path, func(done, total int) {
		require.Equal(t, backupSteps, total)
		steps = append(steps, done)
	})

	close(stop)
	writing.Wait()
	require.NoError(t, err)
	require.Equal(t, []int{0, 1, 2, 3, 4, 5}, steps)
	require.NotEmpty(t, info.SealHead)
	sum := digest(t, path)
	require.Equal(t, hex.EncodeToString(sum[:]), info.SHA256)
	last, ok := LastBackup(filepath.Dir(path), s.place())
	require.True(t, ok)
	require.Equal(t, info, last)
	left, err := os.ReadDir(filepath.Dir(path))
	require.NoError(t, err)
	require.Len(t, left, 2, "the copy and its note, no leftovers")

	target := filepath.Join(t.TempDir(), "restored.zhanggui")
	restored, aside, err := Restore(context.Background(), path, target, options(), nil)
	require.NoError(t, err)
	require.Empty(t, aside)
	require.Equal(t, info.SHA256, restored.SHA256)
	back := opened(t, target, options())
	require.NotEmpty(t, settings(t, back)["n"])
	require.Empty(t, broken(t, back, true))
}

func TestRestore_Replaced_IsKeptAside(t *testing.T) {
	t.Parallel()
	dsn := newFile(t)
	s := opened(t, dsn, options())
	require.NoError(t, set(s, "v", "old"))
	path := filepath.Join(t.TempDir(), "x.zgbackup")
	_, err := s.Backup(context.Background(), path, nil)
	require.NoError(t, err)
	require.NoError(t, set(s, "v", "new"))

	_, _, err = Restore(context.Background(), path, dsn, options(), nil)
	requireFault(t, err, fault.Unavailable, "fault.store.in_use")
	require.NoError(t, s.Close())
	other := start(t, "unknown", dsn, 0)
	require.Equal(t, "ready", other.says(t))
	_, _, err = Restore(context.Background(), path, dsn, options(), nil)
	requireFault(t, err, fault.Unavailable, "fault.store.in_use")
	_, err = other.in.Write([]byte("end\n"))
	require.NoError(t, err)
	require.Equal(t, "done", other.says(t))
	_, aside, err := Restore(context.Background(), path, dsn, options(), nil)
	require.NoError(t, err)

	require.Contains(t, aside, ".replaced-")
	require.Equal(t, "old", settings(t, opened(t, dsn, options()))["v"])
	require.Equal(t, "new", settings(t, opened(t, aside, options()))["v"])
}

func TestRestore_TargetCrashed_SideFilesGoWithIt(t *testing.T) {
	t.Parallel()
	dsn := newFile(t)
	s := opened(t, dsn, options())
	require.NoError(t, set(s, "v", "old"))
	path := filepath.Join(t.TempDir(), "x.zgbackup")
	_, err := s.Backup(context.Background(), path, nil)
	require.NoError(t, err)
	require.NoError(t, s.Close())
	other := start(t, "ack", dsn, 0)
	last := ""
	for range 5 {
		last = other.says(t)
	}
	other.kill(t)
	require.FileExists(t, dsn+"-wal")
	require.NoError(t, os.WriteFile(dsn, []byte("not a database any more"), 0o600))

	_, aside, err := Restore(context.Background(), path, dsn, options(), nil)
	require.NoError(t, err)

	require.FileExists(t, aside+"-wal")
	got := settings(t, opened(t, dsn, options()))
	require.Equal(t, "old", got["v"])
	require.NotEqual(t, last, got["acked"], "the old log is not mixed in")
}

func TestRestore_BadBackup_RefusedNothingTouched(t *testing.T) {
	t.Parallel()
	dsn := newFile(t)
	s := opened(t, dsn, options())
	require.NoError(t, set(s, "v", string(make([]byte, 100_000))))
	folder := t.TempDir()
	good := filepath.Join(folder, "good.zgbackup")
	_, err := s.Backup(context.Background(), good, nil)
	require.NoError(t, err)
	require.NoError(t, s.Close())
	whole, err := os.ReadFile(good)
	require.NoError(t, err)
	note, err := os.ReadFile(good + infoEnd)
	require.NoError(t, err)
	before := digest(t, dsn)
	flipped := append([]byte(nil), whole...)
	flipped[len(flipped)-20_000] ^= 1 // inside the long text: no page is broken
	for name, bytes := range map[string][]byte{
		"flipped": flipped, "short": whole[:len(whole)/2], "empty": {}, "text": []byte("x"), "tail": whole[:len(whole)-1],
	} {
		path := filepath.Join(folder, name+".zgbackup")
		require.NoError(t, os.WriteFile(path, bytes, 0o600))
		require.NoError(t, os.WriteFile(path+infoEnd, note, 0o600))

		_, _, err := Restore(context.Background(), path, dsn, options(), nil)

		requireFault(t, err, fault.Unavailable, "fault.store.backup_bad")
	}
	_, _, err = Restore(context.Background(), filepath.Join(folder, "none"), dsn, options(), nil)
	requireFault(t, err, fault.Unavailable, "fault.store.missing")
	require.Equal(t, before, digest(t, dsn))
}

func TestBackup_NoRoomOrNoFolder_OlderStays(t *testing.T) {
	t.Parallel()
	s := opened(t, newFile(t), options())
	path := filepath.Join(t.TempDir(), "x.zgbackup")
	_, err := s.Backup(context.Background(), path, nil)
	require.NoError(t, err)
	before := digest(t, path)

	_, err = s.Backup(context.Background(), filepath.Join(t.TempDir(), "no", "x.zgbackup"), nil)
	requireFault(t, err, fault.Unavailable, "fault.store.backup_write")
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	_, err = s.Backup(cancelled, path, nil)
	requireFault(t, err, fault.Cancelled, "fault.cancelled")

	require.Equal(t, before, digest(t, path))
	left, err := os.ReadDir(filepath.Dir(path))
	require.NoError(t, err)
	require.Len(t, left, 2)
}

func TestKeepBackups_NewestStay(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	s := opened(t, newFile(t), options())
	clock := when.NewFixed(when.At(2026, 11, 1, 3, 0, 0))
	s.engine.(*sqliteEngine).opt.Clock = clock
	for range 16 {
		_, err := s.Backup(context.Background(), filepath.Join(folder, BackupName(s.place(), clock.Now())), nil)
		require.NoError(t, err)
		clock.Advance(when.DaySpan)
	}
	unfinished := filepath.Join(folder, BackupName(s.place(), clock.Now()))
	require.NoError(t, os.WriteFile(unfinished, []byte("half"), 0o600)) // no note: not finished

	gone, err := KeepBackups(folder, s.place(), 14)

	require.NoError(t, err)
	require.Len(t, gone, 2)
	last, ok := LastBackup(folder, s.place())
	require.True(t, ok)
	require.Equal(t, when.At(2026, 11, 16, 3, 0, 0), last.At)
	require.Len(t, backups(folder, s.place()), 14)
	require.FileExists(t, unfinished)
	_, ok = LastBackup(folder, "/other/place.zhanggui")
	require.False(t, ok)
}

func TestBackup_Postgres_DumpWithCounts(t *testing.T) {
	t.Parallel()
	dsn := pgtest.New(t)
	s := opened(t, dsn, options())
	require.NoError(t, do(s, auditRow))
	require.NoError(t, s.Seal(context.Background()))
	path := filepath.Join(t.TempDir(), BackupName(s.place(), 1))

	info, err := s.Backup(context.Background(), path, nil)

	require.NoError(t, err)
	require.NotEmpty(t, info.SealHead)
	require.Positive(t, info.SizeBytes)
	b, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, "PGDMP", string(b[:5]))
	last, ok := LastBackup(filepath.Dir(path), s.place())
	require.True(t, ok)
	require.Equal(t, info, last)
}

// auditRow is a row for the ledgers of tests.
const auditRow = `INSERT INTO audit_log (at_ms, actor, role, action, entity, entity_id, msg, args, before_json, after_json, desk, version)
	VALUES (1, '王五', 'warehouse', 'x', 'test', 'x', 'x', '', '', '', 'd', 'v')`

func TestBackup_BusyName_CountsOn(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	for n := range 3 {
		name := freeName(filepath.Join(folder, "x"))
		if n > 0 {
			require.Equal(t, filepath.Join(folder, "x-"+strconv.Itoa(n+1)), name)
		}
		require.NoError(t, os.WriteFile(name, nil, 0o600))
	}
}

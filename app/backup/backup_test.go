package backup_test

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/app/backup"
	"zhanggui/app/catalog"
	"zhanggui/app/core"
	"zhanggui/app/fault"
	"zhanggui/app/job"
	"zhanggui/app/settings"
	"zhanggui/app/when"
	"zhanggui/store"
	"zhanggui/store/pgtest"
)

func TestMake_WholeCopyAuditedWithItsSeal(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	f.Order()
	fin := f.As(auth.Finance)
	require.NoError(t, f.Backup.Seal(fin))
	path := filepath.Join(f.Folder, "副本 1.zgbackup")
	var steps []job.Progress

	info, err := f.Backup.Make(fin, path, func(p job.Progress) { steps = append(steps, p) })

	require.NoError(t, err)
	require.EqualValues(t, 1, info.Orders)
	require.NotEmpty(t, info.SealHead)
	require.NotEmpty(t, steps)
	verified, err := store.VerifyBackup(context.Background(), path, nil)
	require.NoError(t, err)
	require.Equal(t, info.SHA256, verified.SHA256)
	line := f.Audit("audit.backup_made")[0]
	require.Equal(t, "副本 1.zgbackup", line.Args["file"])
	require.Contains(t, line.After, info.SealHead, "the proof outside the file (I7)")
	f.CheckClean()
}

func TestMake_PicturesAreInTheCopy(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	sku := f.SKU("MUG", 1990)
	var file bytes.Buffer
	require.NoError(t, png.Encode(&file, image.NewNRGBA(image.Rect(0, 0, 640, 480))))
	_, set, err := f.Catalog.SetPicture(f.As(auth.Promotion), catalog.SetPictureCmd{SKU: sku.ID, File: file.Bytes()})
	require.NoError(t, err)
	path, target := filepath.Join(f.Folder, "a.zgbackup"), filepath.Join(t.TempDir(), "b.zhanggui")
	_, err = f.Backup.Make(f.As(auth.Finance), path, nil)
	require.NoError(t, err)

	options := store.Options{Clock: f.Clock, NoSync: true}
	_, _, err = store.Restore(context.Background(), path, target, options, nil)

	require.NoError(t, err)
	restored, err := store.Open(context.Background(), target, options)
	require.NoError(t, err)
	defer func() { require.NoError(t, restored.Close()) }()
	require.NoError(t, restored.Read(context.Background(), func(r core.Reads) error {
		got, err := r.Catalog().Picture(sku.ID)
		require.NoError(t, err)
		require.Equal(t, set, got)
		return nil
	}))
}

func TestMake_Faults(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	fin := f.As(auth.Finance)
	link := filepath.Join(f.Folder, "link")
	require.NoError(t, os.Symlink(f.DSN, link))
	for path, key := range map[string]string{
		"":                                      "fault.backup.no_path",
		f.DSN:                                   "fault.backup.own_file",
		link:                                    "fault.backup.own_file",
		filepath.Join(f.Folder, "missing", "x"): "fault.backup.no_folder",
	} {
		_, err := f.Backup.Make(fin, path, nil)
		require.Equal(t, key, fault.Key(err), path)
	}
	_, err := f.Backup.Make(f.As(auth.Service), filepath.Join(f.Folder, "x"), nil)
	require.True(t, fault.Is(err, fault.Denied))
	require.NoFileExists(t, filepath.Join(f.Folder, "x"))
	gone, stop := context.WithCancel(fin)
	stop()
	_, err = f.Backup.Make(gone, filepath.Join(f.Folder, "y"), nil)
	require.True(t, fault.Is(err, fault.Cancelled))
	require.Empty(t, f.Audit("audit.backup_made"))
	f.CheckClean()
}

func TestDaily_OncePerDay_KeepsTheNewest(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	system := f.As(auth.System)
	require.NoError(t, f.Settings.Set(f.As(auth.Supervisor), settings.SetCmd{Key: "backup.keep", Value: "3"}))
	_, ok, err := f.Backup.Last(f.As(auth.Warehouse))
	require.NoError(t, err)
	require.False(t, ok)

	var paths []string
	for range 5 {
		daily, err := f.Backup.Daily(system, nil)
		require.NoError(t, err)
		require.True(t, daily.Made)
		paths = append(paths, daily.Info.Path)
		again, err := f.Backup.Daily(system, nil)
		require.NoError(t, err)
		require.False(t, again.Made)
		require.Equal(t, daily.Info.SHA256, again.Info.SHA256)
		f.Clock.Advance(when.DaySpan)
	}

	for _, old := range paths[:2] {
		require.NoFileExists(t, old)
	}
	for _, kept := range paths[2:] {
		require.FileExists(t, kept)
	}
	last, ok, err := f.Backup.Last(f.As(auth.Warehouse))
	require.NoError(t, err)
	require.True(t, ok)
	require.Equal(t, paths[4], last.Path)
}

func TestDaily_FolderOfTheSettings_OrAFault(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	boss := f.As(auth.Supervisor)
	other := filepath.Join(f.Folder, "另一块盘")
	require.NoError(t, f.Settings.Set(boss, settings.SetCmd{Key: "backup.folder", Value: other}))
	daily, err := f.Backup.Daily(boss, nil)
	require.NoError(t, err)
	require.Equal(t, other, filepath.Dir(daily.Info.Path))

	require.NoError(t, f.Settings.Set(boss, settings.SetCmd{Key: "backup.folder", Value: filepath.Join(f.DSN, "in-a-file")}))
	_, err = f.Backup.Daily(boss, nil)
	require.Equal(t, "fault.backup.folder", fault.Key(err))
	require.True(t, fault.Is(err, fault.Unavailable))
	_, err = f.Backup.Daily(f.As(auth.Warehouse), nil)
	require.True(t, fault.Is(err, fault.Denied))
}

func TestCheck_IsAResultAndNeedsTheRight(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	f.Sell(apptest.Line(stocked(f), 1, 1990))
	for _, full := range []bool{true, false} {
		results, err := f.Backup.Check(f.As(auth.Warehouse), full, nil)
		require.NoError(t, err)
		require.NotEmpty(t, results)
		require.Zero(t, backup.Broken(results))
	}
	_, err := f.Backup.Check(f.As(auth.Promotion), true, nil)
	require.True(t, fault.Is(err, fault.Denied))
	require.EqualValues(t, 5, backup.Broken([]core.CheckResult{{Bad: 2}, {Bad: 0}, {Bad: 3}}))
}

func TestSealAndInfo_Rights(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	require.NoError(t, f.Backup.Seal(f.As(auth.System)))
	require.True(t, fault.Is(f.Backup.Seal(f.As(auth.Warehouse)), fault.Denied))
	info, err := f.Backup.Info(f.As(auth.Promotion))
	require.NoError(t, err)
	require.Equal(t, "sqlite", info.Engine)
	require.Equal(t, f.DSN, info.Place)
	_, err = f.Backup.Info(context.Background())
	require.True(t, fault.Is(err, fault.Denied))
}

func TestRestoreRights_SupervisorOnly_Audited(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	require.NoError(t, f.Backup.MayRestore(f.As(auth.Supervisor)))
	require.True(t, fault.Is(f.Backup.MayRestore(f.As(auth.Finance)), fault.Denied))
	info := core.BackupInfo{At: apptest.Start, SHA256: "abc"}
	require.NoError(t, f.Backup.NoteRestore(f.As(auth.System), "x.zgbackup", info, "钱多"))
	line := f.Audit("audit.restored")[0]
	require.Equal(t, map[string]string{"file": "x.zgbackup", "at": "2026-04-23 10:18", "name": "钱多"}, line.Args)
	require.True(t, fault.Is(f.Backup.NoteRestore(f.As(auth.Warehouse), "x", info, ""), fault.Denied))
}

// TestMake_OnPostgres_SameUseCase needs pg_dump, which comes with the server's packages.
func TestMake_OnPostgres_SameUseCase(t *testing.T) {
	t.Parallel()
	f := apptest.NewPG(t)
	f.Order()

	daily, err := f.Backup.Daily(f.As(auth.System), nil)

	require.NoError(t, err)
	require.True(t, daily.Made)
	require.EqualValues(t, 1, daily.Info.Orders)
	require.Len(t, f.Audit("audit.backup_made"), 1)
}

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

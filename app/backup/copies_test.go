package backup_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/fault"
	"zhanggui/app/when"
)

func TestCopies_EveryFileWithItsState(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	boss := f.As(auth.Supervisor)
	none, err := f.Backup.Copies(boss)
	require.NoError(t, err)
	require.Empty(t, none.List)
	require.Equal(t, 14, none.Keep)

	first, err := f.Backup.Daily(boss, nil)
	require.NoError(t, err)
	f.Clock.Advance(when.DaySpan)
	second, err := f.Backup.Daily(boss, nil)
	require.NoError(t, err)
	require.NoError(t, os.Truncate(first.Info.Path, 4096))
	require.NoError(t, os.Remove(second.Info.Path+".json"))

	kept, err := f.Backup.Copies(f.As(auth.Warehouse))
	require.NoError(t, err)
	require.Equal(t, filepath.Dir(first.Info.Path), kept.Folder)
	states := map[string]core.CopyState{}
	for _, c := range kept.List {
		states[c.Path] = c.State
	}
	require.Equal(t, map[string]core.CopyState{first.Info.Path: core.CopyCut, second.Info.Path: core.CopyBare}, states)
	_, err = f.Backup.Copies(f.As(auth.Promotion))
	require.True(t, fault.Is(err, fault.Denied))
}

func TestTest_SaysWhatIsInItAndWhatIsNewer(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	boss := f.As(auth.Supervisor)
	f.Order()
	require.NoError(t, f.Backup.Seal(f.As(auth.System)))
	daily, err := f.Backup.Daily(boss, nil)
	require.NoError(t, err)
	f.Clock.Advance(when.Hour)
	f.Order()
	f.Order()

	got, err := f.Backup.Test(boss, daily.Info.Path, nil)

	require.NoError(t, err)
	require.Equal(t, daily.Info, got.BackupInfo)
	require.True(t, got.Own)
	require.True(t, got.Noted)
	require.Equal(t, apptest.Shop, got.Shop)
	require.EqualValues(t, 1, got.CopyFacts.Orders)
	require.EqualValues(t, 2, got.Newer())
	require.EqualValues(t, 5, got.Changes, "the copy's own line and two of each order")
	require.Equal(t, f.Clock.Now(), got.LastAt)
	require.NotEmpty(t, got.SealHead)
}

func TestTest_CopyOfOtherData_IsNotOurs(t *testing.T) {
	t.Parallel()
	f, other := apptest.New(t), apptest.New(t)
	other.Order()
	path := filepath.Join(other.Folder, "x.zgbackup")
	_, err := other.Backup.Make(other.As(auth.Supervisor), path, nil)
	require.NoError(t, err)

	got, err := f.Backup.Test(f.As(auth.Supervisor), path, nil)

	require.NoError(t, err)
	require.False(t, got.Own)
	require.Zero(t, got.Changes)
	require.Zero(t, got.Newer())
}

func TestTest_Faults_ChangeNothing(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	boss := f.As(auth.Supervisor)
	daily, err := f.Backup.Daily(boss, nil)
	require.NoError(t, err)
	whole, err := os.ReadFile(daily.Info.Path)
	require.NoError(t, err)
	whole[len(whole)/2] ^= 0xff
	require.NoError(t, os.WriteFile(daily.Info.Path, whole, 0o600))

	for path, key := range map[string]string{
		daily.Info.Path: "fault.store.backup_bad",
		"":              "fault.backup.no_path",
		f.DSN:           "fault.backup.own_data",
		f.DSN + ".none": "fault.store.missing",
	} {
		_, err := f.Backup.Test(boss, path, nil)
		require.Equal(t, key, fault.Key(err), path)
	}
	stopped, stop := context.WithCancel(boss)
	stop()
	_, err = f.Backup.Test(stopped, daily.Info.Path, nil)
	require.True(t, fault.Is(err, fault.Cancelled))
	_, err = f.Backup.Test(f.As(auth.Promotion), daily.Info.Path, nil)
	require.True(t, fault.Is(err, fault.Denied))
	after, err := os.ReadFile(daily.Info.Path)
	require.NoError(t, err)
	require.Equal(t, whole, after)
}

// TestTest_OnPostgres reads the dump's table of contents and its bytes.
func TestTest_OnPostgres_DumpAgainstItsNote(t *testing.T) {
	t.Parallel()
	f := apptest.NewPG(t)
	f.Order()
	boss := f.As(auth.Supervisor)
	daily, err := f.Backup.Daily(boss, nil)
	require.NoError(t, err)
	f.Order()

	got, err := f.Backup.Test(boss, daily.Info.Path, nil)

	require.NoError(t, err)
	require.True(t, got.Noted)
	require.Nil(t, got.Last)
	require.EqualValues(t, 1, got.Newer())
	kept, err := f.Backup.Copies(boss)
	require.NoError(t, err)
	require.Len(t, kept.List, 1)

	require.NoError(t, os.Truncate(daily.Info.Path, daily.Info.SizeBytes/2))
	_, err = f.Backup.Test(boss, daily.Info.Path, nil)
	require.Equal(t, "fault.store.backup_bad", fault.Key(err))
}

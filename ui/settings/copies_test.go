package settings

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/app/when"
	"zhanggui/ui/kit"
	"zhanggui/ui/kit/kittest"
)

// TestCopies_ByKeysAlone makes a copy, tests it and has it restored without the mouse.
func TestCopies_ByKeysAlone(t *testing.T) {
	restored = nil
	f := apptest.New(t)
	f.Order()
	d := at(t, f, NewBackup, auth.Supervisor)
	page := d.page.(*safety)
	d.Press("Alt+T")
	require.Contains(t, page.hint.Text(), "先选一份备份")
	d.Press("F9")
	d.settle()
	f.Clock.Advance(when.Hour)
	f.Order()
	page.Load()
	d.settle()
	require.Len(t, page.copies.rows, 1)

	d.Press("Alt+T")
	d.settle()
	require.True(t, d.open())
	d.Press("Enter")
	require.False(t, d.open())
	require.True(t, page.copies.tests[page.copies.rows[0].ID].good)

	d.Press("Alt+R")
	d.settle()
	require.True(t, d.open())
	d.Press("Esc")
	require.False(t, d.open())
	require.Empty(t, restored, "asked, not agreed")
	d.Press("Alt+R", "Enter")
	d.settle()
	require.Equal(t, []string{page.copies.rows[0].ID}, restored)

	d.Picker.Paths = []string{page.copies.rows[0].ID}
	d.Press("Alt+O", "Enter")
	d.settle()
	require.Len(t, restored, 2, "the same from a file that the person chooses")
}

func TestCopies_BadCopy_IsMarkedAndNeverRestored(t *testing.T) {
	restored = nil
	f := apptest.New(t)
	d := at(t, f, NewBackup, auth.Supervisor)
	page := d.page.(*safety)
	d.Press("F9")
	d.settle()
	page.Load()
	d.settle()
	path := page.copies.rows[0].ID
	whole, err := os.ReadFile(path)
	require.NoError(t, err)
	whole[len(whole)/2] ^= 0xff
	require.NoError(t, os.WriteFile(path, whole, 0o600))

	d.Press("Alt+R")
	d.settle()

	result, ok := page.copies.tests[path]
	require.True(t, ok)
	require.False(t, result.good)
	d.Press("Esc", "Enter")
	require.Empty(t, restored)
}

func TestCopies_AnotherDeskInTheData_NoRestoring(t *testing.T) {
	restored = nil
	f := apptest.New(t)
	d := at(t, f, NewBackup, auth.Supervisor)
	page := d.page.(*safety)
	d.Press("F9")
	d.settle()
	second := f.Second(t)
	page.Load()
	d.settle()
	d.Press("Alt+R")
	d.settle()
	require.False(t, d.open(), "no question: it cannot be done now")
	require.Contains(t, page.hint.Text(), "先在那里退出")
	require.NoError(t, second.Close())
	require.Empty(t, restored)
}

func TestCopies_Plan_ChangesTheSettings(t *testing.T) {
	f := apptest.New(t)
	d := at(t, f, NewBackup, auth.Supervisor)
	page := d.page.(*safety)
	other := filepath.Join(t.TempDir(), "另一块盘")
	d.Press("Alt+E")
	d.set("settings.plan.backup.keep", "5")
	d.set("settings.plan.backup.folder", other)
	d.Press("Enter")
	d.settle()
	require.False(t, d.open())
	require.Equal(t, 5, stored(t, f).BackupKeep)
	require.Equal(t, other, page.copies.kept.Folder)
	require.Len(t, f.Audit("audit.setting_changed"), 2)
	d.Press("F9")
	d.settle()
	require.DirExists(t, other)

	d.Press("Alt+E")
	d.set("settings.plan.backup.keep", "0")
	d.Press("Enter")
	require.True(t, d.open(), "at least one copy stays")
}

func TestCopies_Stop_TestsNothing(t *testing.T) {
	f := apptest.New(t)
	_, err := f.Backup.Daily(f.As(auth.System), nil)
	require.NoError(t, err)
	env := kittest.New(t, kittest.Light)
	env.Actor, env.Bus = f.Person(auth.Supervisor), f.Engine.Bus()
	page := NewBackup(env.Env, f.App).(*safety)
	env.Show(kittest.Frame(page.Build(), kittest.TopAndTabs), kittest.Small)
	page.Load()
	page.Shown()
	_, ok := page.keys["Alt+R"]
	require.False(t, ok, "the shell cannot restore here, so there is no button")
	q := &kittest.Queue{}
	page.env.Exec = q.Exec
	env.Press("Alt+T")
	env.Tap("settings.copies.stop")
	q.RunAll()
	require.Equal(t, "已停止", page.hint.Text())
	require.Empty(t, page.copies.tests)
	require.Nil(t, env.Window.Canvas().Overlays().Top())
	require.IsType(t, &kit.Grid{}, env.Window.Canvas().Focused())
	page.Close()
}

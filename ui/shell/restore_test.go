package shell_test

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app"
	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/app/boot"
	"zhanggui/app/core"
	"zhanggui/app/job"
	"zhanggui/ui/kit/kittest"
	"zhanggui/ui/shell"
)

// real has the window open and restore the data as the program does.
func real(t *testing.T) change {
	return func(g *ground, o *shell.Options) {
		require.NoError(t, g.f.Store.Close())
		places := boot.Places{Data: g.f.Folder, Logs: filepath.Join(g.f.Folder, "logs")}
		cfg := func(place string) boot.Config {
			return boot.Config{Data: place, Places: places, Desk: "desk-1", Clock: g.f.Clock, PINs: auth.Cheap(), Short: true, NoSync: true}
		}
		o.Open = func(ctx context.Context, d shell.Data) (*app.App, func() error, error) {
			g.opened = append(g.opened, d)
			a, end, err := boot.Open(ctx, cfg(d.Place))
			if err != nil {
				return nil, nil, err
			}
			once := sync.OnceValue(end)
			t.Cleanup(func() { _ = once() }) // the window lives as long as the test
			return a, once, nil
		}
		o.Restore = func(ctx context.Context, place, backup string, by auth.Actor, report job.Report) (string, error) {
			done, err := boot.Restore(ctx, cfg(place), backup, func(*app.App) (auth.Actor, error) { return by, nil }, report)
			return done.Aside, err
		}
	}
}

// copied is a shop of one order with a copy of it, and an order that came later.
func copied(t *testing.T) (*apptest.Fixture, string) {
	t.Helper()
	f := apptest.New(t)
	f.Order(apptest.Number("IN-THE-COPY"))
	daily, err := f.Backup.Daily(f.As(auth.Supervisor), nil)
	require.NoError(t, err)
	f.Order(apptest.Number("LATER"))
	return f, daily.Info.Path
}

// over is how many dialogs lie over the window.
func (g *ground) over() int { return len(g.s.Window().Canvas().Overlays().List()) }

func (g *ground) restoreFrom(file string) {
	g.t.Helper()
	env := g.screen[g.s.Screen()].env
	require.NotNil(g.t, env.Restore)
	env.Restore(file)
}

func TestRestore_FromTheWindow_GoesOnWithTheRestoredData(t *testing.T) {
	f, path := copied(t)
	g := window(t, f, kittest.Small, real(t))
	g.signIn(auth.Supervisor)

	g.restoreFrom(path)

	require.Equal(t, "signin", g.s.Page(), "the person signs in again, nothing else is done by hand")
	require.Equal(t, 1, g.over())
	g.press("Enter")
	require.Zero(t, g.over())
	aside, err := filepath.Glob(f.DSN + ".replaced-*")
	require.NoError(t, err)
	require.NotEmpty(t, aside, "the file before is kept")
	g.signIn(auth.Supervisor)
	require.Equal(t, "work", g.s.Page())
	a, end, err := boot.Open(t.Context(), boot.Config{Data: f.DSN, Places: boot.Places{Data: f.Folder, Logs: f.Folder}, PINs: auth.Cheap(), Short: true})
	require.NoError(t, err)
	t.Cleanup(func() { _ = end() })
	list, err := a.Orders.List(f.As(auth.Supervisor), core.Query{})
	require.NoError(t, err)
	require.Len(t, list.Rows, 1)
	require.Equal(t, "IN-THE-COPY", list.Rows[0].Number)
}

func TestRestore_AnotherDeskInTheData_NothingIsReplaced(t *testing.T) {
	f, path := copied(t)
	g := window(t, f, kittest.Small, real(t))
	g.signIn(auth.Supervisor)
	f.Second(t)
	before, err := os.Stat(f.DSN)
	require.NoError(t, err)

	g.restoreFrom(path)

	require.Equal(t, "signin", g.s.Page())
	require.Equal(t, 1, g.over(), "says why")
	g.press("Enter")
	after, err := os.Stat(f.DSN)
	require.NoError(t, err)
	require.True(t, os.SameFile(before, after))
	g.signIn(auth.Supervisor)
	require.Equal(t, "work", g.s.Page(), "work goes on with the data as it was")
}

func TestRestore_WithoutTheRight_EvenFromBehind_NothingIsReplaced(t *testing.T) {
	f, path := copied(t)
	g := window(t, f, kittest.Small, real(t))
	g.signIn(auth.Finance)
	g.restoreFrom(path)
	require.Equal(t, "signin", g.s.Page())
	none, err := filepath.Glob(f.DSN + ".replaced-*")
	require.NoError(t, err)
	require.Empty(t, none)
}

func TestRestore_ReadOnlyOrServer_IsNotOffered(t *testing.T) {
	g := window(t, apptest.New(t), kittest.Small)
	g.signIn(auth.Supervisor)
	require.Nil(t, g.screen[g.s.Screen()].env.Restore, "the program was started without a way to restore")
}

func TestRestore_UnsavedChanges_AsksFirst(t *testing.T) {
	f, path := copied(t)
	g := window(t, f, kittest.Small, real(t))
	g.signIn(auth.Supervisor)
	g.screen[g.s.Screen()].unsaved = 2

	g.restoreFrom(path)

	require.Equal(t, "work", g.s.Page())
	g.press("Esc")
	require.Equal(t, "work", g.s.Page(), "nothing happened")
	g.restoreFrom(path)
	g.tap("unsaved.ok")
	require.Equal(t, "signin", g.s.Page())
	require.Equal(t, 1, g.over(), "says what was restored")
}

package boot

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zhanggui/app"
	"zhanggui/app/auth"
	"zhanggui/app/catalog"
	"zhanggui/app/core"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
	"zhanggui/app/job"
	"zhanggui/app/users"
	"zhanggui/app/when"
	"zhanggui/store"
)

var start = when.At(2026, time.April, 23, 10, 18, 0)

func config(t *testing.T) Config {
	t.Helper()
	folder := t.TempDir()
	return Config{
		Data: filepath.Join(folder, "shop.zhanggui"), Version: "test", Desk: "desk-1", Clock: when.NewFixed(start),
		Places: Places{Data: folder, Logs: filepath.Join(folder, "logs")}, PINs: auth.Cheap(), NoSync: true,
	}
}

func open(t *testing.T, cfg Config) (*app.App, func()) {
	t.Helper()
	a, end, err := Open(t.Context(), cfg)
	require.NoError(t, err)
	ended := false
	finish := func() {
		if !ended {
			ended = true
			require.NoError(t, end())
		}
	}
	t.Cleanup(finish)
	return a, finish
}

func system() context.Context { return auth.With(context.Background(), auth.SystemActor) }

func initShop(t *testing.T, a *app.App) auth.Actor {
	t.Helper()
	owner, err := a.Users.Init(t.Context(), users.InitCmd{Shop: "一号店", Owner: "钱多", PIN: "604815"})
	require.NoError(t, err)
	return owner
}

func TestOpen_FirstStart_MakesFileAndFoldersAtTheDefaultPlace(t *testing.T) {
	t.Parallel()
	cfg := config(t)
	cfg.Data = ""
	cfg.Places.Data = filepath.Join(cfg.Places.Data, "new", "zhanggui")
	a, end := open(t, cfg)
	initShop(t, a)
	end()

	require.FileExists(t, filepath.Join(cfg.Places.Data, DataFile))
	text, err := os.ReadFile(filepath.Join(cfg.Places.Logs, "zhanggui.log"))
	require.NoError(t, err)
	require.Contains(t, string(text), `"action":"users.manage"`)
	for _, personal := range []string{"钱多", "604815", "一号店"} {
		require.NotContains(t, string(text), personal)
	}

	again, _ := open(t, cfg)
	w, err := again.Users.Welcome(t.Context())
	require.NoError(t, err)
	require.Equal(t, "一号店", w.Shop)
}

func TestOpen_Seeded_SameIDs(t *testing.T) {
	t.Parallel()
	make := func() string {
		cfg := config(t)
		cfg.IDs = ids.NewSeeded(1)
		a, _ := open(t, cfg)
		return initShop(t, a).ID.String()
	}
	require.Equal(t, make(), make())
}

func TestOpen_CannotBe_FaultAndNothingLeftOpen(t *testing.T) {
	t.Parallel()
	cfg := config(t)
	require.NoError(t, os.WriteFile(cfg.Data, []byte(strings.Repeat("no database", 1000)), 0o600))
	_, _, err := Open(t.Context(), cfg)
	require.True(t, fault.Is(err, fault.Unavailable))
	require.Equal(t, "fault.store.not_database", fault.Key(err))

	blocked := config(t)
	blocked.Data = ""
	blocked.Places.Data = filepath.Join(cfg.Data, "under-a-file")
	_, _, err = Open(t.Context(), blocked)
	require.Equal(t, "fault.boot.folder", fault.Key(err))
}

func TestOpen_NoLogFolder_WorksSilently(t *testing.T) {
	t.Parallel()
	cfg := config(t)
	cfg.Places.Logs = filepath.Join(cfg.Data, "logs")
	require.NoError(t, os.MkdirAll(filepath.Dir(cfg.Data), 0o700))
	cfg.Data += "2"
	require.NoError(t, os.WriteFile(strings.TrimSuffix(cfg.Data, "2"), nil, 0o600))
	a, _ := open(t, cfg)
	initShop(t, a)
}

func TestOpenLog_StartsAnewWhenLarge(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path := filepath.Join(folder, "zhanggui.log")
	require.NoError(t, os.WriteFile(path, bytes.Repeat([]byte("x"), logLimit+1), 0o600))
	log, file := openLog(folder)
	log.Info("hello")
	require.NoError(t, file.Close())

	fresh, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Less(t, len(fresh), 1000)
	old, err := os.Stat(path + ".1")
	require.NoError(t, err)
	require.EqualValues(t, logLimit+1, old.Size())
}

// TestOpen_TwoDesks_NewsArrives is the whole way from one desk's save to the
// other's bus.
func TestOpen_TwoDesks_NewsArrives(t *testing.T) {
	t.Parallel()
	cfg := config(t)
	one, _ := open(t, cfg)
	owner := initShop(t, one)
	other := cfg
	other.Desk = "desk-2"
	two, _ := open(t, other)
	heard := make(chan core.Change, 100)
	two.Engine.Bus().Subscribe(func(list []core.Change) {
		for _, c := range list {
			heard <- c
		}
	})

	as := auth.With(t.Context(), owner)
	for n := 1; ; n++ { // the first ones may come before the other desk watches
		_, err := one.Catalog.SaveProduct(as, catalog.SaveProductCmd{Code: strings.Repeat("p", n), Title: "伞"})
		require.NoError(t, err)
		select {
		case c := <-heard:
			require.Equal(t, core.TopicCatalog, c.Topic)
			info, err := two.Backup.Info(as)
			require.NoError(t, err)
			require.Equal(t, "desk-1", info.Others[0].Desk)
			return
		case <-time.After(3 * time.Second):
			require.Less(t, n, 10, "no news")
		}
	}
}

func TestRound_SealsAndBacksUpOncePerDay(t *testing.T) {
	t.Parallel()
	cfg := config(t)
	cfg.Short = true
	a, _ := open(t, cfg)
	initShop(t, a)
	b := newBeside(a, slog.New(slog.NewTextHandler(io.Discard, nil)))

	b.round(system())
	b.round(system())

	jobs := a.Jobs.List()
	require.Len(t, jobs, 1)
	done, err := a.Jobs.Wait(t.Context(), jobs[0].ID)
	require.NoError(t, err)
	require.Equal(t, job.Done, done.State, done.Fault)
	last, ok, err := a.Backup.Last(system())
	require.NoError(t, err)
	require.True(t, ok)
	require.NotEmpty(t, last.SealHead, "sealed before it was copied")
	require.Equal(t, filepath.Join(cfg.Places.Data, "backups"), filepath.Dir(last.Path))

	cfg.Clock.(*when.Fixed).Advance(when.DaySpan)
	b.round(system())
	require.Len(t, a.Jobs.List(), 2)
	_, err = a.Jobs.Wait(t.Context(), a.Jobs.List()[0].ID)
	require.NoError(t, err)
}

// TestOpen_UncleanEnd_IsCheckedAsAJob copies a file while it is open, which is
// what a power cut leaves behind.
func TestOpen_UncleanEnd_IsCheckedAsAJob(t *testing.T) {
	t.Parallel()
	cfg := config(t)
	a, _ := open(t, cfg)
	initShop(t, a)
	crashed := config(t)
	crashed.Clock = when.NewFixed(start + when.Hour) // the dead process has been silent since
	for _, end := range []string{"", "-wal"} {
		data, err := os.ReadFile(cfg.Data + end)
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(crashed.Data+end, data, 0o600))
	}

	again, _ := open(t, crashed)

	jobs := again.Jobs.List()
	require.Len(t, jobs, 1)
	require.Equal(t, "check", jobs[0].Kind)
	s, err := again.Jobs.Wait(t.Context(), jobs[0].ID)
	require.NoError(t, err)
	require.Equal(t, job.Done, s.State, s.Fault)
	w, err := again.Users.Welcome(t.Context())
	require.NoError(t, err)
	require.Len(t, w.Faces, 1, "nothing that was committed is lost")
}

func TestOpen_CleanEnd_NothingToCheck(t *testing.T) {
	t.Parallel()
	cfg := config(t)
	a, end := open(t, cfg)
	initShop(t, a)
	end()
	again, _ := open(t, cfg)
	require.Empty(t, again.Jobs.List())
}

// TestOpen_ReadOnly_PeopleCanSignInAndLook is the way out when the file cannot
// be written: nothing is recorded, a standing lock-out counts.
func TestOpen_ReadOnly_PeopleCanSignInAndLook(t *testing.T) {
	t.Parallel()
	cfg := config(t)
	a, end := open(t, cfg)
	owner := initShop(t, a)
	_, err := a.Users.Add(auth.With(t.Context(), owner), users.AddCmd{Name: "锁住的人", Role: auth.Service, PIN: "5820"})
	require.NoError(t, err)
	for range 5 {
		_, err := a.Users.SignIn(t.Context(), "锁住的人", "0000")
		require.Error(t, err)
	}
	end()
	cfg.ReadOnly = true
	before, err := os.ReadFile(cfg.Data)
	require.NoError(t, err)

	salvage, finish := open(t, cfg)
	actor, err := salvage.Users.SignIn(t.Context(), "钱多", "604815")
	require.NoError(t, err)
	_, err = salvage.Catalog.List(auth.With(t.Context(), actor), core.Query{})
	require.NoError(t, err)
	_, err = salvage.Users.SignIn(t.Context(), "钱多", "604816")
	require.Equal(t, "fault.users.sign_in", fault.Key(err))
	_, err = salvage.Users.SignIn(t.Context(), "没有这个人", "604815")
	require.Equal(t, "fault.users.sign_in", fault.Key(err))
	_, err = salvage.Users.SignIn(t.Context(), "锁住的人", "5820")
	require.Equal(t, "fault.users.locked", fault.Key(err))
	_, err = salvage.Catalog.SaveProduct(auth.With(t.Context(), actor), catalog.SaveProductCmd{Code: "A", Title: "伞"})
	require.Equal(t, "fault.store.opened_read_only", fault.Key(err))
	finish()

	after, err := os.ReadFile(cfg.Data)
	require.NoError(t, err)
	require.Equal(t, before, after)
}

func TestRestore_PutsTheBackupBackAndAuditsIt(t *testing.T) {
	t.Parallel()
	cfg := config(t)
	a, end := open(t, cfg)
	owner := initShop(t, a)
	as := auth.With(t.Context(), owner)
	copyPath := filepath.Join(filepath.Dir(cfg.Data), "copy.zgbackup")
	_, err := a.Backup.Make(as, copyPath, nil)
	require.NoError(t, err)
	_, err = a.Catalog.SaveProduct(as, catalog.SaveProductCmd{Code: "LATER", Title: "伞"})
	require.NoError(t, err)
	end()

	_, err = Restore(t.Context(), cfg, copyPath, func(*app.App) (auth.Actor, error) {
		return auth.Actor{ID: owner.ID, Name: owner.Name, Role: owner.Role, Locked: true}, nil
	}, nil)
	require.True(t, fault.Is(err, fault.Denied), "only who may")

	done, err := Restore(t.Context(), cfg, copyPath, func(a *app.App) (auth.Actor, error) {
		return a.Users.SignIn(t.Context(), "钱多", "604815")
	}, nil)

	require.NoError(t, err)
	require.FileExists(t, done.Aside)
	back, _ := open(t, cfg)
	list, err := back.Catalog.List(as, core.Query{})
	require.NoError(t, err)
	require.Empty(t, list.Rows)
	var lines core.Paged[core.AuditLine]
	require.NoError(t, back.Engine.Store().Read(t.Context(), func(r core.Reads) error {
		lines, err = r.Log().ListAudit(core.Query{})
		return err
	}))
	keys := map[string]core.AuditLine{}
	for _, l := range lines.Rows {
		keys[l.Key] = l
	}
	require.Equal(t, "钱多", keys["audit.restored"].Args["name"])
}

func TestRestore_DamagedData_NeedsNobody_ServerRefused(t *testing.T) {
	t.Parallel()
	cfg := config(t)
	a, end := open(t, cfg)
	owner := initShop(t, a)
	copyPath := filepath.Join(filepath.Dir(cfg.Data), "copy.zgbackup")
	_, err := a.Backup.Make(auth.With(t.Context(), owner), copyPath, nil)
	require.NoError(t, err)
	end()
	nobody := func(*app.App) (auth.Actor, error) {
		t.Error("there is nobody to ask")
		return auth.Actor{}, nil
	}
	require.NoError(t, os.WriteFile(cfg.Data, []byte(strings.Repeat("rubbish", 4000)), 0o600))

	_, err = Restore(t.Context(), cfg, copyPath, nobody, nil)
	require.NoError(t, err)
	require.NoError(t, os.Remove(cfg.Data))
	_, err = Restore(t.Context(), cfg, copyPath, nobody, nil)
	require.NoError(t, err)

	server := cfg
	server.Data = "postgres://u@127.0.0.1:1/db"
	_, err = Restore(t.Context(), server, copyPath, nobody, nil)
	require.Equal(t, "fault.boot.restore_server", fault.Key(err))
	_, err = Restore(t.Context(), cfg, cfg.Data+".missing", nobody, nil)
	require.Equal(t, "fault.store.missing", fault.Key(err))
	_, err = store.VerifyBackup(t.Context(), copyPath, nil)
	require.NoError(t, err)
}

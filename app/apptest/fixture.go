package apptest

import (
	"context"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zhanggui/app"
	"zhanggui/app/auth"
	"zhanggui/app/backup"
	"zhanggui/app/core"
	"zhanggui/app/ids"
	"zhanggui/app/users"
	"zhanggui/app/when"
	"zhanggui/store"
	"zhanggui/store/pgtest"
)

// Start is where every fixture's clock stands at first, a Thursday.
var Start = when.At(2026, time.April, 23, 10, 18, 0)

// Shop is the name of the fixture's shop.
const Shop = "山海家居"

// team is who works in every fixture: one person per post.
var team = []struct {
	role auth.Role
	name string
	pin  string
}{
	{auth.Supervisor, "赵大川", "604815"},
	{auth.Service, "沈小雨", "5820"},
	{auth.Warehouse, "王铁柱", "8163"},
	{auth.Finance, "李静", "739146"},
	{auth.Promotion, "周晓", "4097"},
}

// PIN is the PIN of the person with that post.
func PIN(role auth.Role) string {
	for _, p := range team {
		if p.role == role {
			return p.pin
		}
	}
	return ""
}

// Fixture is the program of one test.
type Fixture struct {
	*app.App
	T      testing.TB
	Store  core.Store
	Clock  *when.Fixed
	DSN    string // the file, or the server's URL
	Folder string // of this test alone; backups go to Folder/backups

	asking   sync.Mutex // tests may ask for people from several goroutines
	people   map[auth.Role]auth.Actor
	ids      *ids.Seeded
	opened   int
	shops    map[string]ids.ShopID
	orders   int
	waybills int
}

// New gives the program with the team on a fresh SQLite file.
func New(t testing.TB) *Fixture {
	t.Helper()
	return onFile(t, withTeam)
}

// Empty gives the program on a fresh SQLite file without people, as at the
// first start.
func Empty(t testing.TB) *Fixture {
	t.Helper()
	return onFile(t, migrated)
}

// NewPG gives the program with the team on a fresh PostgreSQL database.
// The test binary needs pgtest.Main in its TestMain.
func NewPG(t testing.TB) *Fixture {
	t.Helper()
	f := &Fixture{T: t, DSN: pgtest.New(t), Folder: t.TempDir()}
	f.open()
	f.hire()
	return f
}

// Both runs a test on each engine.
func Both(t *testing.T, test func(t *testing.T, f *Fixture)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { t.Parallel(); test(t, New(t)) })
	t.Run("postgres", func(t *testing.T) { t.Parallel(); test(t, NewPG(t)) })
}

// migrated and withTeam make the template files, once per test binary.
var (
	migrated = sync.OnceValues(func() ([]byte, error) { return template(func(*Fixture) {}) })
	withTeam = sync.OnceValues(func() ([]byte, error) { return template((*Fixture).hire) })
)

// template gives the bytes of a file after fill.
func template(fill func(f *Fixture)) (file []byte, err error) {
	folder, err := os.MkdirTemp("", "zhanggui-template-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	t := &builder{}
	defer t.finish(&err)
	f := &Fixture{T: t, Folder: folder, DSN: filepath.Join(folder, "shop.zhanggui"), opened: 1000}
	f.open()
	fill(f)
	require.NoError(t, f.Store.Close())
	return os.ReadFile(f.DSN)
}

func onFile(t testing.TB, template func() ([]byte, error)) *Fixture {
	t.Helper()
	file, err := template()
	require.NoError(t, err)
	folder := t.TempDir()
	f := &Fixture{T: t, Folder: folder, DSN: filepath.Join(folder, "shop.zhanggui")}
	require.NoError(t, os.WriteFile(f.DSN, file, 0o600))
	f.open()
	return f
}

// open opens the data and builds the services; the test closes it at its end.
func (f *Fixture) open() {
	f.T.Helper()
	if f.Clock == nil {
		f.Clock = when.NewFixed(Start)
	}
	f.opened++ // the template and every restart have a seed of their own, so that no id comes twice
	f.ids = ids.NewSeeded(uint64(f.opened))
	process := ids.DocID(ids.Random{}.NewID()).String()
	opened, err := store.Open(context.Background(), f.DSN, store.Options{
		Process: process, Desk: "desk-1", User: "tester", PID: os.Getpid(), Clock: f.Clock, NoSync: true, BackupFolder: f.backups(),
	})
	require.NoError(f.T, err)
	f.T.Cleanup(func() { _ = opened.Close() }) // closed already after Reopen
	f.Store = opened
	engine := core.NewEngine(core.Deps{
		Store: opened, Clock: f.Clock, IDs: f.ids, Bus: core.NewBus(),
		Desk: "desk-1", Process: process, Version: "test", Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
	f.App = app.New(engine, app.Options{
		PINs:    auth.Cheap(),
		Backups: backup.Files{Folder: f.backups(), Name: store.BackupName, Last: store.LastBackup, Keep: store.KeepBackups, List: store.Copies, Read: store.ReadCopy},
	})
	f.T.Cleanup(f.Jobs.Close)
	f.people, f.shops = nil, map[string]ids.ShopID{}
}

func (f *Fixture) backups() string { return filepath.Join(f.Folder, "backups") }

// Reopen ends the program and starts it again on the same data, as after a
// restart of the computer.
func (f *Fixture) Reopen() {
	f.T.Helper()
	f.Jobs.Close()
	require.NoError(f.T, f.Store.Close())
	f.open()
}

// Second opens the same data as another desk does; the caller closes it.
func (f *Fixture) Second(t testing.TB) core.Store {
	t.Helper()
	second, err := store.Open(context.Background(), f.DSN, store.Options{
		Process: ids.DocID(ids.Random{}.NewID()).String(), Desk: "desk-2", User: "tester", PID: os.Getpid(), Clock: f.Clock, NoSync: true,
	})
	require.NoError(t, err)
	t.Cleanup(func() { _ = second.Close() }) // closed already by the test
	return second
}

// hire sets the shop up with the team, through the use cases.
func (f *Fixture) hire() {
	f.T.Helper()
	ctx := context.Background()
	owner, err := f.Users.Init(ctx, users.InitCmd{Shop: Shop, Owner: team[0].name, PIN: team[0].pin})
	require.NoError(f.T, err)
	for _, p := range team[1:] {
		_, err := f.Users.Add(auth.With(ctx, owner), users.AddCmd{Name: p.name, Role: p.role, PIN: p.pin})
		require.NoError(f.T, err)
	}
}

// Person is who has the post, as the desk would carry the person.
func (f *Fixture) Person(role auth.Role) auth.Actor {
	f.T.Helper()
	f.asking.Lock()
	defer f.asking.Unlock()
	if f.people == nil {
		staff := Look(f, func(r core.Reads) (map[auth.Role]auth.Actor, error) {
			list, err := r.Staff().List()
			people := map[auth.Role]auth.Actor{auth.System: auth.SystemActor}
			for _, s := range list {
				if _, ok := people[s.Role]; !ok {
					people[s.Role] = auth.Actor{ID: s.ID, Name: s.Name, Role: s.Role, Grants: s.Grants}
				}
			}
			return people, err
		})
		f.people = staff
	}
	require.Contains(f.T, f.people, role)
	return f.people[role]
}

// As is a context in which that post works.
func (f *Fixture) As(role auth.Role) context.Context {
	f.T.Helper()
	return auth.With(context.Background(), f.Person(role))
}

// CheckClean runs the full check and requires that nothing is broken.
func (f *Fixture) CheckClean() {
	f.T.Helper()
	results, err := f.Store.Check(context.Background(), true, nil)
	require.NoError(f.T, err)
	require.NotEmpty(f.T, results)
	for _, r := range results {
		require.Zero(f.T, r.Bad, "%s: %v", r.Name, r.Broken)
	}
}

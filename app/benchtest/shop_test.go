package benchtest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zhanggui/app"
	"zhanggui/app/auth"
	"zhanggui/app/backup"
	"zhanggui/app/core"
	"zhanggui/app/demo"
	"zhanggui/app/ids"
	"zhanggui/app/money"
	"zhanggui/app/stock"
	"zhanggui/app/when"
	"zhanggui/store"
	"zhanggui/store/pgtest"
)

// What the environment may say.
const (
	envOrders = "ZHANGGUI_BENCH_ORDERS" // size of the shop that is made, 20,000 unless set
	envShop   = "ZHANGGUI_BENCH_SHOP"   // a SQLite shop that is there already; it is only copied
	envSeed   = "ZHANGGUI_BENCH_SEED"   // of the shop, 1 unless set
	envRounds = "ZHANGGUI_BENCH_ROUNDS" // how often everything is measured, 9 unless set
)

// until is the present of the shops made here.
var until = when.At(2026, time.November, 20, 18, 0, 0)

func number64(name string, usual uint64) uint64 {
	n, err := strconv.ParseUint(os.Getenv(name), 10, 64)
	if err != nil {
		return usual
	}
	return n
}

// base is the prepared shop of one engine, made at its first use and never
// opened for work: benchmarks work on copies.
type base struct {
	once sync.Once
	dsn  string
	err  error
	drop func() error // nil for a shop that was given
}

// prepared holds both bases.
type prepared struct{ sqlite, postgres base }

var bases = &prepared{}

// of gives the engine's base.
func (p *prepared) of(b testing.TB, engine string) string {
	b.Helper()
	one := &p.sqlite
	if engine == "postgres" {
		one = &p.postgres
	}
	one.once.Do(func() {
		if engine == "postgres" {
			one.postgres(b)
		} else {
			one.file(b)
		}
	})
	require.NoError(b, one.err, "the shop could not be prepared")
	return one.dsn
}

func (p *prepared) remove() {
	if p.sqlite.drop != nil {
		if err := p.sqlite.drop(); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
	}
}

// file takes the shop that the environment names, or makes one in a temporary folder.
func (o *base) file(b testing.TB) {
	if o.dsn = os.Getenv(envShop); o.dsn != "" {
		if st, err := os.Stat(o.dsn + "-wal"); err == nil && st.Size() > 0 {
			o.err = errors.New(o.dsn + " is open or was not closed: its write-ahead log lies beside it")
		}
		return
	}
	var folder string
	if folder, o.err = os.MkdirTemp("", "zhanggui-bench-"); o.err != nil {
		return
	}
	o.drop = func() error { return os.RemoveAll(folder) }
	o.dsn = filepath.Join(folder, "base.zhanggui")
	o.err = o.fill(b, 20_000)
}

// postgres makes a shop in a database of its own, in which durability is as in
// real life: the test server has none.
func (o *base) postgres(b testing.TB) {
	o.dsn = pgtest.New(keeper{b})
	if o.err = o.fill(b, 20_000); o.err != nil {
		return
	}
	o.err = command(o.dsn, "ALTER SYSTEM SET fsync = on", "ALTER SYSTEM SET synchronous_commit = on",
		"ALTER SYSTEM SET full_page_writes = on", "SELECT pg_reload_conf()", "VACUUM ANALYZE", "CHECKPOINT")
}

// keeper is a TB whose end is the end of the binary: the database it is given
// to is dropped with the server.
type keeper struct{ testing.TB }

// Cleanup does nothing.
func (keeper) Cleanup(func()) {}

func (o *base) fill(b testing.TB, usual uint64) error {
	size := int(number64(envOrders, usual))
	watch := when.Stopwatch()
	st, err := store.Open(context.Background(), o.dsn, store.Options{Process: "prepare", Clock: when.NewFixed(until), NoSync: true})
	if err != nil {
		return err
	}
	_, err = demo.Run(context.Background(), st, when.NewFixed(until), demo.Options{
		Orders: size, Seed: number64(envSeed, 1), Until: until, Hash: func(string) (string, error) { return "nobody signs in here", nil },
	}, nil)
	b.Logf("a shop of %s orders made in %s", grouped(size), watch().Round(time.Second))
	return errors.Join(err, st.Close())
}

// copied gives a copy of the base that the benchmark may change.
func copied(b testing.TB, engine string) string {
	b.Helper()
	from := bases.of(b, engine)
	if engine == "postgres" {
		return copiedDatabase(b, from)
	}
	to := filepath.Join(b.TempDir(), "shop.zhanggui")
	require.NoError(b, copyFile(from, to))
	return to
}

// copyFile shares the blocks where the file system can.
func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close())
}

func copiedDatabase(b testing.TB, from string) string {
	admin, err := url.Parse(from)
	require.NoError(b, err)
	name := admin.Path[1:]
	own := *admin
	own.Path = admin.Path + "_" + strconv.FormatUint(copies.next(), 10)
	admin.Path = "/postgres"
	require.NoError(b, command(admin.String(), `CREATE DATABASE "`+own.Path[1:]+`" TEMPLATE "`+name+`"`))
	b.Cleanup(func() { require.NoError(b, command(admin.String(), `DROP DATABASE "`+own.Path[1:]+`" WITH (FORCE)`)) })
	return own.String()
}

// counter numbers things.
type counter struct {
	mu sync.Mutex // guards n
	n  uint64
}

func (c *counter) next() uint64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n++
	return c.n
}

var copies counter

// shop is the whole program on a copy, durable as in real life.
type shop struct {
	*app.App
	b      testing.TB
	of     shopOf
	store  core.Store
	dsn    string
	clock  *when.Fixed
	people map[auth.Role]auth.Actor
	goods  []core.StockRow // what is ordered in the files made here
	serial int
	server func() time.Duration // processor time of the database server, nil for SQLite
}

// each runs a benchmark on both engines, each on a copy of its own, once: the
// harness repeats by itself and does not need b.N.
func each(b *testing.B, bench func(b *testing.B, s *shop)) {
	for _, engine := range []string{"sqlite", "postgres"} {
		b.Run(engine, func(b *testing.B) {
			if b.N == 1 {
				bench(b, newShop(b, engine))
			}
		})
	}
}

// once runs a benchmark of SQLite alone.
func once(b *testing.B, bench func(b *testing.B, s *shop)) {
	b.Run("sqlite", func(b *testing.B) {
		if b.N == 1 {
			bench(b, newShop(b, "sqlite"))
		}
	})
}

func newShop(b testing.TB, engine string) *shop {
	b.Helper()
	return openShop(b, engine, copied(b, engine))
}

// openShop opens a copy with the services of an ordinary start.
func openShop(b testing.TB, engine, dsn string) *shop {
	b.Helper()
	s := &shop{b: b, dsn: dsn, clock: when.NewFixed(until), of: shopOf{engine: engine, seed: number64(envSeed, 1)}}
	n := copies.next()
	opened, err := store.Open(context.Background(), dsn, store.Options{
		Process: "bench-" + strconv.FormatUint(n, 10), Desk: "desk-1", User: "bench", PID: os.Getpid(), Clock: s.clock,
	})
	require.NoError(b, err)
	b.Cleanup(func() { require.NoError(b, opened.Close()) })
	s.store = opened
	engineOf := core.NewEngine(core.Deps{
		Store: opened, Clock: s.clock, IDs: ids.Random{}, Bus: core.NewBus(),
		Desk: "desk-1", Process: "bench", Version: "bench", Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
	s.App = app.New(engineOf, app.Options{
		PINs:    auth.Cheap(),
		Backups: backup.Files{Folder: b.TempDir(), Name: store.BackupName, Last: store.LastBackup, Keep: store.KeepBackups, List: store.Copies, Read: store.ReadCopy},
	})
	b.Cleanup(s.Jobs.Close)
	s.meet()
	if engine == "postgres" {
		s.server = serverCPU(backendOf(b, dsn))
	}
	return s
}

// meet finds out who works here, how big the shop is and what time it is.
func (s *shop) meet() {
	s.people = map[auth.Role]auth.Actor{}
	s.read(func(r core.Reads) error {
		list, err := r.Staff().List()
		for _, p := range list {
			s.people[p.Role] = auth.Actor{ID: p.ID, Name: p.Name, Role: p.Role, Grants: p.Grants}
		}
		if err != nil {
			return err
		}
		counts, err := r.Orders().StageCounts()
		for _, c := range counts {
			s.of.orders += int(c.N)
		}
		if err != nil {
			return err
		}
		newest, err := r.Orders().List(core.Query{Page: core.Page{Limit: 1}}, until)
		if err == nil && len(newest.Rows) == 1 {
			s.clock.Set(newest.Rows[0].CreatedAt + 30*when.Minute)
		}
		return err
	})
}

func (s *shop) read(fn func(r core.Reads) error) {
	s.b.Helper()
	require.NoError(s.b, s.store.Read(context.Background(), fn))
}

// as is a context in which that post works.
func (s *shop) as(role auth.Role) context.Context {
	s.b.Helper()
	require.Contains(s.b, s.people, role)
	return auth.With(context.Background(), s.people[role])
}

// stockUp buys plenty of the goods that the orders made here will want.
func (s *shop) stockUp() {
	s.b.Helper()
	s.choose()
	for _, g := range s.goods {
		_, err := s.Stock.Receive(s.as(auth.Finance), stock.ReceiveCmd{SKU: g.SKUID, Qty: 100_000, CostFen: money.Fen(100_000 * 12_34), HasCost: true})
		require.NoError(s.b, err)
	}
}

// choose picks up to 500 SKUs, spread over the catalogue.
func (s *shop) choose() {
	s.b.Helper()
	if s.goods != nil {
		return
	}
	var all []core.StockRow
	for offset := 0; ; offset += core.PageLimit {
		page, err := s.Stock.List(s.as(auth.Warehouse), core.Query{Page: core.Page{Offset: offset, Limit: core.PageLimit}})
		require.NoError(s.b, err)
		for _, g := range page.Rows {
			if !g.Kit {
				all = append(all, g)
			}
		}
		if len(page.Rows) < core.PageLimit {
			break
		}
	}
	step := max(len(all)/500, 1)
	for i := 0; i < len(all); i += step {
		s.goods = append(s.goods, all[i])
	}
	require.NotEmpty(s.b, s.goods)
}

// settle brings the memory of the process to rest before something is measured.
func settle() {
	runtime.GC()
	runtime.GC()
}

package app_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zhanggui/app"
	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/ids"
	"zhanggui/app/inbox"
	"zhanggui/app/ingest/sample"
	"zhanggui/app/job"
	"zhanggui/app/orders"
	"zhanggui/app/shipping"
	"zhanggui/app/when"
	"zhanggui/store"
)

// The kill test (QUALITY R1): a process that works is killed at a random
// moment; whatever it had acknowledged is there, nothing is half-done, every
// invariant holds, and the file opens again without anybody's help.

const (
	victimEnv  = "ZHANGGUI_VICTIM"
	victimFile = "ZHANGGUI_VICTIM_FILE"
	killsEach  = 50
	soakKills  = 1250
)

// scenarios are what the victim does over and over.
var scenarios = map[string]func(v *victim) error{
	"ship": (*victim).ship, "import": (*victim).imports, "backup": (*victim).backup, "migration": (*victim).migration,
}

// acknowledged says how to prove that what a line of the victim says is there.
var acknowledged = map[string]func(t *testing.T, st core.Store, file string, words []string){
	"ship": shippedIsThere, "import": importedIsThere, "backup": backupIsWhole, "migration": migratedIsThere,
}

func TestKill_AnyMoment_NothingAcknowledgedIsLost(t *testing.T) {
	t.Parallel()
	kills := killsEach
	if os.Getenv("ZHANGGUI_SOAK") != "" {
		kills = soakKills
	}
	for name := range scenarios {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rnd := rand.New(rand.NewPCG(1, uint64(len(name))))
			for n := 0; n < kills; n += 10 {
				file := freshFile(t)
				for i := 0; i < 10; i++ {
					lines := killOnce(t, name, file, rnd)
					afterKill(t, name, file, lines)
				}
			}
		})
	}
}

// freshFile makes a shop with one SKU and plenty of stock.
func freshFile(t *testing.T) string {
	f := apptest.New(t)
	f.Stock(f.SKU("YS-01", 4990), 100_000, 100_000_00)
	f.Shop("offline")
	require.NoError(t, f.Store.Close())
	return f.DSN
}

// killOnce starts the victim, lets it work for a moment and kills it. It
// returns what it had acknowledged.
func killOnce(t *testing.T, scenario, file string, rnd *rand.Rand) []string {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), victimEnv+"="+scenario, victimFile+"="+file)
	var trouble bytes.Buffer
	cmd.Stderr = &trouble
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	lines := make(chan []string)
	first := make(chan struct{})
	go func() {
		var all []string
		sc := bufio.NewScanner(out)
		for sc.Scan() {
			if len(all) == 0 {
				close(first)
			}
			all = append(all, sc.Text())
		}
		if len(all) == 0 {
			close(first)
		}
		lines <- all
	}()
	<-first // it said "ready"
	time.Sleep(time.Duration(rnd.IntN(120_000)) * time.Microsecond)
	require.NoError(t, cmd.Process.Kill())
	all := <-lines
	_ = cmd.Wait() // it was killed
	require.Empty(t, trouble.String())
	require.NotEmpty(t, all)
	return all
}

// afterKill opens the file as the next start would and looks at everything.
func afterKill(t *testing.T, scenario, file string, lines []string) {
	t.Helper()
	st, err := store.Open(context.Background(), file, store.Options{Process: "survivor", Clock: when.System{}, NoSync: true})
	require.NoError(t, err)
	defer func() { require.NoError(t, st.Close()) }()
	for _, line := range lines {
		if words := strings.Fields(line); words[0] == "ACK" {
			acknowledged[scenario](t, st, file, words[1:])
		}
	}
	results, err := st.Check(context.Background(), true, nil)
	require.NoError(t, err)
	for _, r := range results {
		require.Zero(t, r.Bad, "%s: %v", r.Name, r.Broken)
	}
}

// victim is the process that will be killed.
type victim struct {
	app  *app.App
	ctx  context.Context
	file string
	run  string
	shop ids.ShopID
	sku  ids.SKUID
}

func beVictim(scenario, file string) error {
	v := &victim{file: file, run: strconv.Itoa(os.Getpid()) + "-" + strconv.FormatInt(int64(when.System{}.Now()), 36)}
	if scenario != "migration" {
		if err := v.open(file); err != nil {
			return err
		}
	}
	fmt.Println("ready")
	for {
		if err := scenarios[scenario](v); err != nil {
			return err
		}
	}
}

func (v *victim) open(file string) error {
	st, err := store.Open(context.Background(), file, store.Options{Process: v.run, PID: os.Getpid(), Clock: when.System{}})
	if err != nil {
		return err
	}
	v.ctx = auth.With(context.Background(), auth.SystemActor)
	v.app = app.New(core.NewEngine(core.Deps{
		Store: st, Clock: when.System{}, IDs: ids.Random{}, Bus: core.NewBus(), Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	}), app.Options{})
	return st.Read(v.ctx, func(r core.Reads) error {
		shops, err := r.Catalog().Shops()
		if err != nil {
			return err
		}
		for _, s := range shops {
			if s.Channel == "offline" {
				v.shop = s.ID
			}
		}
		sku, err := r.Catalog().SKUByCode("YS-01")
		if err == nil {
			v.sku = sku.ID
		}
		return err
	})
}

var serial int

func (v *victim) order() (ids.OrderID, string, error) {
	serial++
	number := "K" + v.run + "-" + strconv.Itoa(serial)
	id, err := v.app.Orders.Manual(v.ctx, orders.ManualCmd{
		Shop: v.shop, Number: number, BuyerKey: number,
		Receiver: domain.Receiver{Name: "张三", Phone: "13900001111", City: "杭州", Address: number},
		Lines:    []orders.ManualLine{{SKU: v.sku, Qty: 2, UnitFen: 4990}},
	})
	return id, number, err
}

func (v *victim) ship() error {
	id, number, err := v.order()
	if err != nil {
		return err
	}
	if _, err := v.app.Orders.Pass(v.ctx, orders.PassCmd{Orders: []ids.OrderID{id}}, nil); err != nil {
		return err
	}
	if _, err := v.app.Shipping.Ship(v.ctx, shipping.ShipCmd{Order: id, Courier: "zto", Waybill: number}); err != nil {
		return err
	}
	fmt.Println("ACK", number)
	return nil
}

func shippedIsThere(t *testing.T, st core.Store, _ string, words []string) {
	t.Helper()
	require.NoError(t, st.Read(context.Background(), func(r core.Reads) error {
		parcel, err := r.Parcels().ByWaybill(strings.ToUpper(words[0]))
		require.NoError(t, err)
		require.False(t, parcel.Zero(), "acknowledged shipment %s is lost", words[0])
		return nil
	}))
}

// importSize is a few chunks, so that kills fall inside and between them.
const importSize = 600

func (v *victim) imports() error {
	serial++
	name := v.run + "-" + strconv.Itoa(serial)
	list := make([]sample.Order, importSize)
	for i := range list {
		list[i] = sample.Order{
			Number: "260422-" + strconv.FormatInt(int64(when.System{}.Now())%1e9, 10) + strconv.Itoa(os.Getpid()%1000) + strconv.Itoa(serial*1000+i), State: sample.Paid,
			Buyer: "b", CreatedAt: apptest.Start, PaidAt: apptest.Start + when.Minute,
			Lines: []sample.Line{{Code: "YS-01", Title: "雨伞", Qty: 1, UnitFen: 4990}},
		}
	}
	var b bytes.Buffer
	if err := sample.Write("pdd_orders", list, &b); err != nil {
		return err
	}
	src := inbox.Source{Path: name + ".csv", Data: bytes.NewReader(b.Bytes()), Size: int64(b.Len())}
	p, err := v.app.Inbox.Preview(v.ctx, src, inbox.Target{}, nil)
	if err != nil {
		return err
	}
	_, err = v.app.Inbox.Commit(v.ctx, p, func(pr job.Progress) {
		for _, o := range list[max(0, pr.Done-150):pr.Done] {
			fmt.Println("ACK", o.Number)
		}
	})
	return err
}

func importedIsThere(t *testing.T, st core.Store, _ string, words []string) {
	t.Helper()
	require.NoError(t, st.Read(context.Background(), func(r core.Reads) error {
		found, err := r.Orders().FindByNumber(words[0])
		require.NoError(t, err)
		require.Len(t, found, 1, "acknowledged order %s", words[0])
		return nil
	}))
}

func (v *victim) backup() error {
	if _, _, err := v.order(); err != nil {
		return err
	}
	serial++
	path := filepath.Join(filepath.Dir(v.file), "copy-"+v.run+"-"+strconv.Itoa(serial)+".zhanggui")
	info, err := v.app.Engine.Store().Backup(v.ctx, path, nil)
	if err != nil {
		return err
	}
	fmt.Println("ACK", path, info.SHA256)
	return nil
}

// backupIsWhole opens the copy; files under a final name are never half-written.
func backupIsWhole(t *testing.T, _ core.Store, _ string, words []string) {
	t.Helper()
	copied, err := store.Open(context.Background(), words[0], store.Options{Process: "copy", Clock: when.System{}, NoSync: true})
	require.NoError(t, err)
	info, err := copied.Info(context.Background())
	require.NoError(t, err)
	require.NotZero(t, info.SchemaVersion)
	require.NoError(t, copied.Close())
	require.NoError(t, os.Remove(words[0]))
}

// migration makes new files: every migration runs from the first to the last.
func (v *victim) migration() error {
	serial++
	path := filepath.Join(filepath.Dir(v.file), "new-"+v.run+"-"+strconv.Itoa(serial)+".zhanggui")
	fmt.Println("TRY", path)
	st, err := store.Open(context.Background(), path, store.Options{Process: v.run, PID: os.Getpid(), Clock: when.System{}})
	if err != nil {
		return err
	}
	fmt.Println("ACK", path)
	return st.Close()
}

func migratedIsThere(t *testing.T, _ core.Store, file string, _ []string) {
	t.Helper()
	list, err := filepath.Glob(filepath.Join(filepath.Dir(file), "new-*.zhanggui"))
	require.NoError(t, err)
	for _, path := range list { // finished or not: each opens again and is whole
		st, err := store.Open(context.Background(), path, store.Options{Process: "again", Clock: when.System{}, NoSync: true})
		require.NoError(t, err, path)
		results, err := st.Check(context.Background(), true, nil)
		require.NoError(t, err)
		for _, r := range results {
			require.Zero(t, r.Bad, r.Name)
		}
		require.NoError(t, st.Close())
		require.NoError(t, os.Remove(path))
	}
}

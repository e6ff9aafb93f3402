package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/csv"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/ingest/sample"
)

// manyOrders writes a file that takes several chunks.
func (d *desk) manyOrders(n int) string {
	var list []string
	for i := range n {
		list = append(list, "260422-607198974"+strconv.Itoa(100_000+i))
	}
	return d.orderFile("pdd_orders", "many.csv", placed(list...))
}

// trigger ends a run when a word comes up on the error stream.
type trigger struct {
	word string
	pull func()
}

func (w trigger) Write(b []byte) (int, error) {
	if strings.Contains(string(b), w.word) {
		w.pull()
	}
	return len(b), nil
}

// TestImport_Cancelled_WhatStandsIsSaid_ContinuesLater stops between two chunks,
// as Ctrl+C does.
func TestImport_Cancelled_WhatStandsIsSaid_ContinuesLater(t *testing.T) {
	t.Parallel()
	d := newDesk(t).founded()
	file := d.manyOrders(1000)
	ctx, cancel := context.WithCancel(context.Background())
	d.ctx, d.watch = ctx, trigger{d.commitWord(), cancel}

	r := d.fails(1, "import", file)
	d.ctx, d.watch = context.Background(), nil

	require.Contains(t, r.err, "zg import "+file)
	done := len(d.rows("orders"))
	require.Positive(t, done)
	require.Less(t, done, 1000)
	note := d.run("hold", "none", "--reason", "r").err
	require.Contains(t, note, "zg import "+file)
	require.Contains(t, note, "zg undo import")
	d.ok("check", "--full")

	d.ok("import", file)

	require.Equal(t, 1000, len(d.rows("orders")))
	require.NotContains(t, d.run("hold", "none", "--reason", "r").err, "zg import")
	d.ok("check", "--full")
}

// commitWord begins the progress of writing in the desk's language.
func (d *desk) commitWord() string {
	c := &call{env: &environment{get: func(string) string { return d.lang }}}
	c.speak()
	return strings.SplitN(newProgress(c.env, c.tr).line(progressOf("job.commit", 1, 10)), " 1", 2)[0]
}

// TestImport_Interrupted_Binary sends the program the signal of Ctrl+C, and
// kills it: both leave whole orders, and the rest comes later.
func TestImport_Interrupted_Binary(t *testing.T) {
	t.Parallel()
	for name, signal := range map[string]os.Signal{"interrupt": os.Interrupt, "kill": os.Kill} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newBinaryDesk(t).founded()
			file := d.manyOrders(15_000) // long enough that the signal comes in the middle
			cmd := d.command([]string{"--data", d.data, "import", file, "--as", owner})
			errs, err := cmd.StderrPipe()
			require.NoError(t, err)
			require.NoError(t, cmd.Start())

			said := signalAt(t, cmd, errs, d.commitWord(), signal)

			done := len(d.rows("orders"))
			require.Positive(t, done)
			require.Less(t, done, 15_000)
			if signal == os.Interrupt {
				require.Equal(t, 1, cmd.ProcessState.ExitCode())
				require.Contains(t, said, "zg import "+file)
			}
			r := d.ok("import", file)
			require.Contains(t, r.err, "zg undo import") // the note about the one that was not finished
			require.Equal(t, 15_000, len(d.rows("orders")))
			d.ok("check", "--full")
		})
	}
}

// signalAt waits for a word on the program's error stream, sends the signal and
// gives all that was said.
func signalAt(t *testing.T, cmd *exec.Cmd, errs io.Reader, word string, signal os.Signal) string {
	t.Helper()
	var said strings.Builder
	sc := bufio.NewScanner(errs)
	sent := false
	for sc.Scan() {
		said.WriteString(sc.Text() + "\n")
		if !sent && strings.HasPrefix(sc.Text(), word) {
			require.NoError(t, cmd.Process.Signal(signal))
			sent = true
		}
	}
	require.True(t, sent, said.String())
	require.Error(t, cmd.Wait())
	return said.String()
}

// TestImport_RefusedRows_EachWithReason_FileComesBack takes the refused rows
// out, mends them and brings them in.
func TestImport_RefusedRows_EachWithReason_FileComesBack(t *testing.T) {
	t.Parallel()
	d := newDesk(t).founded().stocked()
	var b bytes.Buffer
	list := placed("260422-607198974342268", "260422-607198974342269")
	require.NoError(t, sample.Write("pdd_orders", list, &b))
	broken := strings.Replace(b.String(), ",2,", ",two,", 1)
	file := d.path("broken.csv")
	require.NoError(t, os.WriteFile(file, []byte(broken), 0o600))
	out := d.path("rejects.csv")
	var doc struct{ Files []fileReport }

	d.read(&doc, "import", file, "--rejects", out)

	r := doc.Files[0]
	require.Equal(t, int64(1), r.New)
	require.NotEmpty(t, r.Rejected)
	bad := 0
	for _, e := range r.Rejected {
		require.NotEmpty(t, e.Message)
		require.NotEmpty(t, e.Code)
		require.Positive(t, e.Row)
		if e.Value == "two" {
			bad++
			require.NotEmpty(t, e.Column)
		}
	}
	require.Equal(t, 1, bad)
	for name, total := range r.Totals {
		require.LessOrEqual(t, total.Accepted, total.Sum, name)
	}
	data, err := os.ReadFile(out)
	require.NoError(t, err)
	records, err := csv.NewReader(strings.NewReader(string(data))).ReadAll()
	require.NoError(t, err)
	require.Equal(t, len(r.Rejected)+1, len(records))

	mended := d.path("mended.csv")
	require.NoError(t, os.WriteFile(mended, []byte(strings.ReplaceAll(string(data), "two", "2")), 0o600))
	d.read(&doc, "import", mended)
	require.Equal(t, int64(1), doc.Files[0].New)
	require.Equal(t, 2, len(d.rows("orders")))

	text := d.ok("import", file, "--dry-run").out
	require.Contains(t, text, "“two”")
}

func TestImport_WholeFileRefused_ExitOneOthersGoOn(t *testing.T) {
	t.Parallel()
	d := newDesk(t).founded()
	bad := d.path("bad.csv")
	require.NoError(t, os.WriteFile(bad, []byte("colour,mood\nred,good\nblue,bad\n"), 0o600))
	good := d.orderFile("pdd_orders", "pdd.csv", placed("260422-607198974342268"))

	r := d.fails(1, "import", bad, d.path("missing.csv"), d.folder, good, "--json")

	require.Contains(t, r.out, `"error":{"code":`)
	require.Equal(t, 1, len(d.rows("orders")))
	require.Contains(t, d.fails(1, "import", bad).err, "bad.csv")
	require.Contains(t, d.fails(1, "import", good, "--channel", "jd").err, "pdd")
	require.Contains(t, d.fails(1, "import", good, "--shop", "nowhere").err, "nowhere")
}

// TestImport_Pattern_EveryFile: shells of Windows leave patterns to the program.
func TestImport_Pattern_EveryFile(t *testing.T) {
	t.Parallel()
	d := newDesk(t).founded()
	d.orderFile("pdd_orders", "a1.csv", placed("260422-607198974342268"))
	d.orderFile("pdd_orders", "a2.csv", placed("260422-607198974342269"))
	d.ok("import", d.path("a*.csv"))
	require.Equal(t, 2, len(d.rows("orders")))
	require.Contains(t, d.fails(1, "import", d.path("b*.csv")).err, "b*.csv")
}

// TestImport_NothingImported_ExitOne: refused rows alone are no failure, unless
// they are all there is.
func TestImport_NothingImported_ExitOne(t *testing.T) {
	t.Parallel()
	d := newDesk(t).founded().stocked()
	var b bytes.Buffer
	require.NoError(t, sample.Write("pdd_orders", placed("260422-607198974342268"), &b))
	file := d.path("broken.csv")
	require.NoError(t, os.WriteFile(file, []byte(strings.ReplaceAll(b.String(), ",2,", ",two,")), 0o600))
	r := d.fails(1, "import", file, "--json")
	require.Contains(t, r.out, "fault.cli.nothing_imported")
	require.Contains(t, r.out, `"rejected":[{`)
}

// TestImport_MappingAndRate_Remembered is a file that no layout knows, in
// another currency.
func TestImport_MappingAndRate_Remembered(t *testing.T) {
	t.Parallel()
	d := newDesk(t).founded()
	file, mapping := d.path("retail.csv"), d.path("retail.json")
	require.NoError(t, os.WriteFile(file, []byte("InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID\n"+
		"536365,85123A,WHITE HANGING HEART,6,2010-12-01 08:26,2.50,17850\n"), 0o600))
	require.NoError(t, os.WriteFile(mapping, []byte(`{"name":"Online Retail","kind":"orders","channel":"offline","payment":"paid","currency":"GBP",
		"columns":{"order_no":"InvoiceNo","code":"StockCode","title":"Description","qty":"Quantity","created_at":"InvoiceDate","unit_price":"UnitPrice","buyer":"CustomerID"}}`), 0o600))

	d.fails(1, "import", file)
	require.Contains(t, d.fails(1, "import", file, "--map", mapping).err, "GBP")
	d.fails(1, "import", file, "--map", d.path("none.json"))
	d.ok("import", file, "--map", mapping, "--rate", "9.1", "--dry-run")
	require.Empty(t, d.rows("orders"))
	d.ok("import", file, "--map", mapping, "--rate", "9.1")

	require.Equal(t, 6*250*9.1, d.rows("orders")[0]["net_fen"])
	require.NoError(t, os.WriteFile(file, []byte("InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID\n"+
		"536366,85123A,WHITE HANGING HEART,1,2010-12-02 08:26,2.50,17850\n"), 0o600))
	d.ok("import", file, "--rate", "9.1") // the mapping is remembered by the header
	require.Equal(t, 2, len(d.rows("orders")))
}

// TestImport_Overlap_OnlyTheNewOnes: a file with known and new orders.
func TestImport_Overlap_OnlyTheNewOnes(t *testing.T) {
	t.Parallel()
	d := newDesk(t).founded()
	first := placed("260422-607198974342268", "260422-607198974342269", "260422-607198974342270")
	d.ok("import", d.orderFile("pdd_orders", "a.csv", first[:2]))
	var doc struct{ Files []fileReport }

	d.read(&doc, "import", d.orderFile("pdd_orders", "b.csv", first))

	require.Equal(t, [3]int64{1, 0, 2}, [3]int64{doc.Files[0].New, doc.Files[0].Changed, doc.Files[0].Same})
	require.False(t, doc.Files[0].Skipped)
	d.ok("undo", "import", doc.Files[0].Import)
	require.Equal(t, 2, len(d.rows("orders")))
	d.fails(1, "undo", "import", doc.Files[0].Import)
	d.fails(1, "undo", "import", "not-an-id")
}

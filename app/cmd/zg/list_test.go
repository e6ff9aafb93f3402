package main

import (
	"encoding/csv"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// exampleDesk is the example shop with one import of its own, so that every
// list but the tasks has rows, and a receipt without cost for these.
func exampleDesk(t *testing.T) *desk {
	d := newDesk(t)
	var made struct {
		Orders int
		People []struct{ Name, Role, PIN string }
	}
	d.as = ""
	d.read(&made, "demo", "--orders", "150", "--seed", "7", "--until", "2026-04-23T10:18")
	require.GreaterOrEqual(t, made.Orders, 150) // the corner cases of the last day come on top
	require.Len(t, made.People, 5)
	d.as, d.pin = made.People[0].Name, made.People[0].PIN
	d.ok("import", d.orderFile("pdd_orders", "pdd.csv", placed("260422-607198974342268")))
	d.ok("receive", d.rows("skus", "--where", "kit = false", "--limit", "1")[0]["code"].(string), "3")
	return d
}

// keyOf names the field that tells the rows of a list apart.
var keyOf = map[string][]string{
	"stock": {"sku_id"}, "moves": {"seq"}, "entries": {"seq", "account", "sku", "debit_fen", "credit_fen"}, "audit": {"seq"},
}

func key(list string, row map[string]any) string {
	names, ok := keyOf[list]
	if !ok {
		names = []string{"id"}
	}
	var parts []string
	for _, n := range names {
		parts = append(parts, word(row[n]))
	}
	return strings.Join(parts, " ")
}

// word is a JSON value as a condition writes it.
func word(v any) string {
	switch v := v.(type) {
	case float64:
		return strconv.FormatInt(int64(v), 10)
	case bool:
		return strconv.FormatBool(v)
	case string:
		return v
	}
	return ""
}

// TestList_EveryField_FindsItsRow asks every list by every field for the value
// that its first row has, and sorts by the field.
func TestList_EveryField_FindsItsRow(t *testing.T) {
	t.Parallel()
	d := exampleDesk(t)
	for _, l := range lists() {
		first := d.rows(l.name, "--limit", "1")
		require.Len(t, first, 1, l.name)
		require.ElementsMatch(t, l.fields, keysOf(first[0]), l.name)
		for _, field := range l.conditions() {
			if v := first[0][field]; v == nil || word(v) == "" && v != "" {
				continue // a list or a map: conditions compare its text
			}
			found := d.rows(l.name, "--where", field+" = "+word(first[0][field]), "--limit", "1000")
			var keys []string
			for _, r := range found {
				require.Equal(t, first[0][field], r[field], "%s.%s", l.name, field)
				keys = append(keys, key(l.name, r))
			}
			require.True(t, slices.Contains(keys, key(l.name, first[0])), "%s.%s", l.name, field)
		}
	}
}

func TestList_SortByEveryField_BothWays(t *testing.T) {
	t.Parallel()
	d := exampleDesk(t)
	for _, l := range lists() {
		for _, field := range l.conditions() {
			if l.name == "audit" && field != "seq" && field != "at" && field != "actor" && field != "action" {
				d.fails(2, "list", l.name, "--sort", field)
				continue
			}
			words := []string{l.name, "--sort", field}
			if l.name == "audit" { // it grows by every run
				words = append(words, "--where", "seq <= 100")
			}
			up, down := d.rows(words...), d.rows(append(words, "--desc")...)
			require.Equal(t, len(up), len(down), "%s by %s", l.name, field)
			if n, ok := up[0][field].(float64); ok {
				last := up[len(up)-1][field].(float64)
				require.LessOrEqual(t, n, last, "%s by %s", l.name, field)
				require.Equal(t, last, down[0][field], "%s by %s", l.name, field)
			}
		}
	}
}

// TestList_MoreThanOnePage_AllRowsOnce walks over the limit of 500 rows a page.
func TestList_MoreThanOnePage_AllRowsOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t).founded()
	var many []string
	for i := range 1203 {
		many = append(many, "260422-60719897434"+strconv.Itoa(1000+i))
	}
	list := placed(many...)
	for i := range list { // all of them in the same minute: more than a page has
		list[i].CreatedAt, list[i].PaidAt = list[0].CreatedAt, list[0].PaidAt
	}
	d.ok("import", d.orderFile("pdd_orders", "pdd.csv", list))
	var doc struct {
		Rows  []map[string]any
		Total int
		Sums  map[string]int64
	}
	seen := map[string]bool{}

	d.read(&doc, "list", "orders")

	for _, r := range doc.Rows {
		seen[r["id"].(string)] = true
	}
	require.Equal(t, 1203, len(doc.Rows))
	require.Equal(t, 1203, len(seen))
	require.Equal(t, 1203, doc.Total)
	require.Equal(t, int64(1203*13200), doc.Sums["net_fen"])
	require.Equal(t, 700, len(d.rows("orders", "--limit", "700")))
	require.Equal(t, 203, len(d.rows("orders", "--offset", "1000")))
	require.Empty(t, d.rows("orders", "--limit", "0"))
	require.Empty(t, d.rows("orders", "--where", "net_fen < 0"))
	require.Len(t, d.rows("orders", "--where", "units >= 3", "--where", "number ~ 4341002"), 1)
	text := d.ok("list", "orders")
	require.True(t, strings.Contains(text.out, many[0]))
	require.Contains(t, text.err, "1,203 of 1,203")
}

// TestList_CSV_EveryColumn reads the exported file back.
func TestList_CSV_EveryColumn(t *testing.T) {
	t.Parallel()
	d := exampleDesk(t)
	for _, l := range lists() {
		file := d.path(l.name + ".csv")
		var doc struct{ Rows int }
		d.read(&doc, "list", l.name, "--csv", file)
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		records, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(data), "\ufeff"))).ReadAll()
		require.NoError(t, err, l.name)
		require.Equal(t, doc.Rows+1, len(records), l.name)
		require.Len(t, records[0], len(l.fields), l.name)
		require.Positive(t, doc.Rows, l.name)
	}
}

// TestList_WarehouseWithoutCost_ValueLeftOut: a hidden figure is not 0, it is not there.
func TestList_WarehouseWithoutCost_ValueLeftOut(t *testing.T) {
	t.Parallel()
	d := newDesk(t).founded().stocked()
	d.newPIN = "8163"
	d.ok("staff", "add", "Wang", "--role", "warehouse")
	d.as, d.pin = "Wang", "8163"
	for _, name := range []string{"stock", "moves"} {
		require.NotContains(t, d.rows(name)[0], "value_fen")
		require.NotContains(t, d.ok("list", name).out, "Value")
		d.fails(1, "list", name, "--where", "value_fen > 100")
	}
	var report struct {
		Cost  bool
		Total map[string]any
	}
	d.read(&report, "report", "stock")
	require.False(t, report.Cost)
	require.NotContains(t, d.ok("report", "stock").out, "value")
}

// TestReport_PastStock_TellsOnlyWhatIsKept: what was promised then is not known, so it is not there.
func TestReport_PastStock_TellsOnlyWhatIsKept(t *testing.T) {
	t.Parallel()
	d := newDesk(t).founded().stocked()
	var now, past struct {
		Rows []map[string]any
	}
	d.read(&now, "report", "stock")
	d.read(&past, "report", "stock", "--to", "2099-12-31")

	require.Equal(t, now.Rows[0]["on_hand"], past.Rows[0]["on_hand"])
	require.Contains(t, now.Rows[0], "reserved")
	for _, field := range []string{"reserved", "unavailable", "available", "incoming"} {
		require.NotContains(t, past.Rows[0], field)
	}
	require.NotContains(t, d.ok("report", "stock", "--to", "2099-12-31").out, "Reserved")
}

// TestList_WalkOverPages_SameAsOffsets compares the walk through a long list
// with pages that are asked for one by one.
func TestList_WalkOverPages_SameAsOffsets(t *testing.T) {
	t.Parallel()
	d := exampleDesk(t)
	for name := range walks {
		words := []string{name}
		if name == "audit" { // it grows by every run
			words = append(words, "--where", "seq <= "+word(d.rows("audit", "--limit", "1")[0]["seq"]))
		}
		var pages []map[string]any
		for offset := 0; ; offset += 499 {
			page := d.rows(append(words, "--offset", strconv.Itoa(offset), "--limit", "499")...)
			pages = append(pages, page...)
			if len(page) < 499 {
				break
			}
		}
		require.True(t, reflect.DeepEqual(pages, d.rows(words...)), name)
	}
}

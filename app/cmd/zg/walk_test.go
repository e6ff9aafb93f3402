package main

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/ingest/sample"
)

// walk is a way through every command once, with the same extra flags behind each.
type walk struct {
	d     *desk
	extra []string
	check func(words []string, r result)
	seen  map[string]bool
}

func (w *walk) step(words ...string) {
	w.d.t.Helper()
	r := w.d.ok(append(words, w.extra...)...)
	w.seen[words[0]] = true
	w.check(words, r)
}

// everyCommand runs every command of the table with success, and gives the
// names that it ran.
func everyCommand(d *desk, extra []string, check func(words []string, r result)) map[string]bool {
	d.t.Helper()
	w := &walk{d: d, extra: extra, check: check, seen: map[string]bool{}}
	w.step("version")
	w.step("help")
	w.step("help", "ship")
	w.step("init", "--shop", "Hill and Sea", "--owner", owner)
	if d.lang != "en" || len(extra) > 0 { // the example shop speaks Chinese
		w.step("demo", "--orders", "20", "--data", d.path("demo.zhanggui"))
	}
	w.step("template", "products", d.path("empty.xlsx"))
	w.step("template", "opening", d.path("empty2.xlsx"))
	d.stocked()
	file := d.orderFile("shopify_orders", "orders.csv", english("#1001", "#1002", "#1003", "#1004", "#1005", "#1006"))
	w.step("import", file, "--dry-run")
	w.step("import", file)
	w.step("import", file)
	w.orders()
	w.goods()
	w.people()
	w.books()
	return w.seen
}

func (w *walk) orders() {
	w.step("hold", "#1001", "--reason", "asked to wait", "--until", "2030-01-01")
	w.step("release", "#1001")
	w.step("merge", "#1005", "#1006")
	w.step("unmerge", "#1005")
	w.step("audit", "#1001")
	w.step("audit", "--all")
	w.step("map", "shopify", "CUP-OLD", "CUP-1", "2")
	w.step("split", "#1002", "1:2", "2:1")
	w.step("split", "#1002", "--undo")
	w.step("split", "#1002", "1:2", "2:1")
	w.step("ship", "#1002", "--parcel", "2", "--courier", "sf", "--waybill", "SF1234567890122")
	w.step("ship", "#1001", "--courier", "sf", "--waybill", "SF1234567890123", "--line", "1:1")
	require.NoError(w.d.t, os.WriteFile(w.d.path("list.txt"), []byte("#1003 sf SF1234567890124\n"), 0o600))
	w.step("ship", "--list", w.d.path("list.txt"))
	w.step("undo", "shipment", "SF1234567890124")
	w.step("handover", "SF1234567890123")
	w.step("return", "SF1234567890123", "CUP-1", "--defective", "1")
	w.step("cancel", "#1004", "--reason", "changed mind")
	w.step("waybills", "shopify", "--from", "2026-01-01", "--to", "2099-01-01", "--out", w.d.path("sheet.csv"))
}

func (w *walk) goods() {
	w.step("receive", "CUP-1", "10")
	w.step("receive", "CUP-1", "10", "--cost", "9000", "--note", "late")
	doc := w.d.rows("moves", "--where", "reason = receipt", "--limit", "1")[0]["ref_id"].(string)
	w.step("undo", "receipt", doc)
	w.step("adjust", "TEA-1", "-2", "--reason", "damage")
	products := w.d.path("more.xlsx")
	w.d.ok("template", "products", products, "--lang", "en")
	w.d.fill(products, map[string]string{"SKU code": "POT-1", "Product name": "Tea pot", "Product code": "P-POT", "Price": "99"})
	w.step("import", products)
	w.step("import", w.d.orderFile("shopify_orders", "late.csv", english("#2001", "#2002")))
	w.step("opening", "POT-1", "5", "--value", "25000")
	w.step("undo", "import", w.d.rows("imports", "--where", "file ~ late")[0]["id"].(string))
}

func (w *walk) people() {
	w.d.newPIN = "5820"
	w.step("staff", "add", "Shen", "--role", "service")
	w.step("staff", "grant", "Shen", "finance.view_cost", "stock.receive")
	w.step("staff", "disable", "Shen")
	w.step("staff", "enable", "Shen")
	w.d.newPIN = "7093"
	w.step("staff", "pin", "Shen")
	w.step("setting")
	w.step("setting", "ship.limit_hours", "40")
	w.step("setting", "ship.limit_hours")
}

func (w *walk) books() {
	for _, l := range listNames() {
		w.step("list", l)
		w.step("list", l, "--limit", "0")
	}
	w.step("list", "orders", "--csv", w.d.path("orders.csv.out"))
	for _, what := range []string{"sales", "stock", "daily", "trend", "channels", "products", "hours", "ontime", "profit", "value"} {
		w.step("report", what)
		w.step("report", what, "--out", w.d.path(what+".csv"))
	}
	w.step("seal")
	w.step("check", "--full")
	w.step("backup", w.d.path("copy.zhanggui"))
	w.step("restore", w.d.path("copy.zhanggui"))
}

// english are orders without a Chinese character.
func english(numbers ...string) []sample.Order {
	list := placed(numbers...)
	for i := range list {
		list[i].Province, list[i].City, list[i].District = "Guangdong", "Guangzhou", ""
	}
	// the last two are one buyer's, who can be sent both in one parcel
	n := len(list)
	list[n-1].Buyer, list[n-1].Phone, list[n-1].Address = list[n-2].Buyer, list[n-2].Phone, list[n-2].Address
	list[n-1].Lines[0].Qty = 3
	return list
}

func TestEveryCommand_JSON_OneDocument(t *testing.T) {
	t.Parallel()
	seen := everyCommand(newDesk(t), []string{"--json"}, func(words []string, r result) { oneDocument(t, r.out) })
	for _, c := range commands() {
		require.True(t, seen[c.name], c.name)
	}
}

func TestEveryCommand_English_NoHan(t *testing.T) {
	t.Parallel()
	everyCommand(newDesk(t), nil, func(words []string, r result) {
		noHan(t, r.out)
		noHan(t, r.err)
		require.NotContains(t, r.out+r.err, "{", words)
	})
}

func TestEveryCommand_Chinese_AllTranslated(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.lang = "zh_CN.UTF-8"
	everyCommand(d, nil, func(words []string, r result) {
		require.NotContains(t, r.out+r.err, "⟦", words)
		require.NotContains(t, r.out+r.err, "{", words)
	})
}

package main

import (
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"zhanggui/app/i18n"
	"zhanggui/app/ingest/sample"
	"zhanggui/store/pgtest"
)

// numbers are two order numbers of each platform, as it numbers them. The goods
// report of Taobao goes with its order report.
var numbers = map[string][]string{
	"taobao_orders": {"3317220455819560123", "3317220455819560124"}, "taobao_items": {"3317220455819560123", "3317220455819560124"},
	"jd_orders": {"298511408812", "298511408813"}, "pdd_orders": {"260422-607198974342268", "260422-607198974342269"},
	"douyin_orders": {"6928441077312056123", "6928441077312056124"}, "wechat_orders": {"3720000000000000123", "3720000000000000124"},
	"kuaishou_orders": {"2412300012345678", "2412300012345679"}, "xiaohongshu_orders": {"P800347296683184211", "P800347296683184212"},
	"youzan_orders": {"E20260422200000123456", "E20260422200000123457"}, "shopify_orders": {"#1547", "#1548"},
	"woo_lines": {"8001", "8002"}, "woo_legacy": {"8003", "8004"}, "woo_analytics": {"8005", "8006"},
}

// notShipped are the layouts whose goods have no code: nothing says what to send.
var notShipped = map[string]bool{"youzan_orders": true, "woo_analytics": true}

func TestMainPath_SQLite_Binary(t *testing.T) {
	t.Parallel()
	d := newBinaryDesk(t)
	walkMainPath(t, d)
	restored(t, d)
}

func TestMainPath_PostgreSQL_Binary(t *testing.T) {
	t.Parallel()
	d := newBinaryDesk(t)
	d.data = pgtest.New(t)
	walkMainPath(t, d)

	r := d.fails(1, "restore", d.path("copy.zip"), "--json")
	require.Contains(t, r.out, `"error"`)
	require.NotContains(t, r.out+r.err, "password")
}

// walkMainPath goes from an empty disk to the books, as a person would.
func walkMainPath(t *testing.T, d *desk) {
	t.Helper()
	var made struct{ Shop, Owner, Currency string }
	d.read(&made, "init", "--shop", "Hill and Sea", "--owner", owner)
	require.Equal(t, "CNY", made.Currency)
	d.fails(1, "init", "--shop", "Again", "--owner", owner)
	d.stocked()
	files := importAllLayouts(t, d)
	sameAgain(t, d, files)
	passAndShip(t, d)
	reported(t, d)
	checked := struct {
		Broken int64
		Checks []struct {
			Name string
			Bad  int64
		}
	}{}
	d.read(&checked, "check", "--full")
	require.Zero(t, checked.Broken)
	require.Greater(t, len(checked.Checks), 20)
	for _, one := range checked.Checks {
		require.NotEqual(t, one.Name, i18n.New(i18n.Chinese).Invariant(one.Name), "a check without a Chinese name")
	}
}

// importAllLayouts imports a file of every built-in layout.
func importAllLayouts(t *testing.T, d *desk) []string {
	t.Helper()
	require.Len(t, numbers, len(sample.Layouts()))
	var files []string
	layouts := append([]string{"taobao_orders"}, sample.Layouts()...)
	for i, layout := range layouts {
		if i > 0 && layout == layouts[0] {
			continue
		}
		file := d.orderFile(layout, layout+".csv", placed(numbers[layout]...))
		files = append(files, file)
		var doc struct{ Files []map[string]any }
		d.read(&doc, "import", file)
		one := doc.Files[0]
		require.ElementsMatch(t, []string{
			"file", "kind", "layout", "encoding", "header_row", "new", "changed", "same", "conflicts", "rejected", "totals", "import", "skipped",
		}, keysOf(one))
		require.Equal(t, layout, one["layout"])
		require.Equal(t, 2.0, one["new"].(float64)+one["changed"].(float64), "%v", one)
		require.Empty(t, one["rejected"])
		for name, total := range one["totals"].(map[string]any) {
			require.ElementsMatch(t, []string{"sum", "accepted", "declared"}, keysOf(total.(map[string]any)))
			require.Equal(t, total.(map[string]any)["sum"], total.(map[string]any)["accepted"], name)
		}
	}
	return files
}

// sameAgain imports every file once more: nothing changes.
func sameAgain(t *testing.T, d *desk, files []string) {
	t.Helper()
	before := d.contents()
	var doc struct {
		Files []struct {
			Skipped                       bool
			Import                        string
			New, Changed, Same, Conflicts int
		}
	}
	d.read(&doc, append([]string{"import"}, files...)...)
	require.Len(t, doc.Files, len(files))
	for _, f := range doc.Files {
		require.True(t, f.Skipped)
		require.NotEmpty(t, f.Import)
		require.Equal(t, [4]int{0, 0, 2, 0}, [4]int{f.New, f.Changed, f.Same, f.Conflicts})
	}
	require.Equal(t, before, d.contents())
}

// contents is every list whole and, on SQLite, the rows of every table that
// holds the shop's records.
func (d *desk) contents() map[string]string {
	d.t.Helper()
	all := map[string]string{}
	for _, name := range []string{"orders", "lines", "parcels", "skus", "stock", "moves", "entries", "customers", "imports", "tasks"} {
		all[name] = d.ok("list", name, "--json").out
	}
	if !strings.HasPrefix(d.data, "postgres") {
		for table, digest := range digests(d.t, d.data) {
			all["table "+table] = digest
		}
	}
	return all
}

// passAndShip lets the orders through and sends them in every way.
func passAndShip(t *testing.T, d *desk) {
	t.Helper()
	var passed struct {
		Passed  int
		NeedYou int `json:"need_you"`
	}
	d.read(&passed, "audit")
	require.Equal(t, [2]int{20, 4}, [2]int{passed.Passed, passed.NeedYou})
	d.ok("receive", "TEA-1", "10", "--cost", "21500")

	pdd := numbers["pdd_orders"]
	d.ok("ship", pdd[0], "--courier", "yto", "--waybill", "YT8800000000001", "--line", "1:1")
	d.ok("ship", "--waybill=YT8800000000002", "--courier=圆通", pdd[0])
	d.fails(1, "ship", pdd[1], "--courier", "yto", "--waybill", "YT8800000000002")
	d.ok("undo", "shipment", "YT8800000000002")
	d.ok("ship", pdd[0], "--courier", "yto", "--waybill", "YT8800000000002")
	list := d.path("waybills.csv")
	require.NoError(t, os.WriteFile(list, []byte(waybillList(pdd[0])), 0o600))
	var shipped struct{ Shipped, Refused []any }
	d.read(&shipped, "ship", "--list", list)
	require.Len(t, shipped.Shipped, 19)
	require.Empty(t, shipped.Refused)
	d.ok("handover", "YT8800000000001")
	d.fails(1, "undo", "shipment", "YT8800000000001")
	d.ok("return", "YT8800000000002", "1", "--good", "1")

	require.Len(t, d.rows("orders", "--where", "stage = shipped"), 20)
	var debit, credit float64
	for _, e := range d.rows("entries", "--where", "account = 1122") {
		debit, credit = debit+e["debit_fen"].(float64), credit+e["credit_fen"].(float64)
	}
	// 20 orders of 132.00, of which one cup (33.50, its share of the net) came back;
	// the shipment that was undone stands on both sides.
	require.Equal(t, 20*13200.0-3350, debit-credit)
	d.ok("waybills", "pdd", "--from", "2026-01-01", "--out", d.path("pdd.csv")) // also when midnight passes meanwhile
	text, err := os.ReadFile(d.path("pdd.csv"))
	require.NoError(t, err)
	require.Contains(t, string(text), "YT8800000000002")
}

// waybillList is a list of all orders that are not shipped yet.
func waybillList(but string) string {
	var b strings.Builder
	b.WriteString("order,courier,waybill\n")
	n := 0
	for layout, list := range numbers {
		for _, number := range list {
			if notShipped[layout] || layout == "taobao_items" || number == but {
				continue
			}
			n++
			b.WriteString(number + ",zto,7812345678" + string(rune('0'+n/10)) + string(rune('0'+n%10)) + "\n")
		}
	}
	return b.String()
}

// reported writes every report in every form and opens the files.
func reported(t *testing.T, d *desk) {
	t.Helper()
	for _, what := range []string{"sales", "stock", "daily", "trend", "channels", "products", "hours", "ontime", "profit", "value"} {
		for _, end := range []string{".xlsx", ".csv", ".png"} {
			file := d.path(what + end)
			d.ok("report", what, "--out", file)
			switch end {
			case ".xlsx":
				book, err := excelize.OpenFile(file)
				require.NoError(t, err)
				require.NoError(t, book.Close())
			case ".png":
				f, err := os.Open(file)
				require.NoError(t, err)
				_, err = png.Decode(f)
				require.NoError(t, err)
				require.NoError(t, f.Close())
			}
		}
	}
	var sales struct {
		Cost  bool
		Total struct {
			Parcels  int64
			SalesFen int64 `json:"sales_fen"`
			CostFen  int64 `json:"cost_fen"`
		}
	}
	d.read(&sales, "report", "sales", "--by", "channel")
	require.True(t, sales.Cost)
	require.Equal(t, int64(20*13200-3350), sales.Total.SalesFen)
	for _, chart := range []string{"trend", "channels", "profit"} {
		var card struct {
			Says  string
			Total struct {
				SalesFen int64 `json:"sales_fen"`
			}
		}
		d.read(&card, "report", chart)
		require.Equal(t, sales.Total.SalesFen, card.Total.SalesFen, chart)
		require.NotEmpty(t, card.Says)
		require.Contains(t, d.ok("report", chart).out, card.Says)
	}
	d.fails(2, "report", "hours", "--channel", "jd")
}

// restored backs up, goes on, restores, and finds what was backed up.
func restored(t *testing.T, d *desk) {
	t.Helper()
	before := d.ok("list", "orders", "--json").out
	var info struct {
		Path, SHA256 string
		Orders       int64
	}
	d.read(&info, "backup", d.path("copy.zhanggui"))
	require.Equal(t, int64(24), info.Orders)
	d.ok("import", d.orderFile("pdd_orders", "late.csv", placed("260423-607198974342299")))
	require.NotEqual(t, before, d.ok("list", "orders", "--json").out)

	var done struct{ Aside string }
	d.read(&done, "restore", d.path("copy.zhanggui"))

	require.FileExists(t, done.Aside)
	require.Equal(t, before, d.ok("list", "orders", "--json").out)
	d.ok("check", "--full")
	names, err := filepath.Glob(d.path("*.tmp"))
	require.NoError(t, err)
	require.Empty(t, names)
}

func keysOf(m map[string]any) []string {
	var list []string
	for k := range m {
		list = append(list, k)
	}
	return list
}

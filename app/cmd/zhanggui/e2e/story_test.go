//go:build e2e

package e2e

import (
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/ingest/sample"
	"zhanggui/app/when"
)

// person is somebody of the example shop: the key of the name, and the PIN.
type person struct{ key, name, pin string }

var (
	supervisor = person{"1", "赵明远", "860426"}
	service    = person{"2", "林小满", "5120"}
	warehouse  = person{"3", "赵大川", "3746"}
	finance    = person{"4", "许静", "794031"}
	promotion  = person{"5", "何悦", "6058"}
)

// signIn signs a person in by keys.
func (w *window) signIn(p person) view {
	w.t.Helper()
	w.on("signin")
	w.press(p.key)
	w.until("the PIN is asked", func(v view) bool { return strings.Contains(v.text("signin.say"), "PIN") })
	w.typed(p.pin)
	w.press("Return")
	return w.on("work")
}

// leave locks the desk and lets somebody else come.
func (w *window) leave() {
	w.t.Helper()
	w.press("ctrl+l")
	w.on("lock")
	w.click("lock.other")
	w.on("signin")
}

// sums of a list of the command line.
type listed struct {
	Rows []map[string]any
	Sums map[string]int64
}

// TestMainPath goes the shop's daily path: the example shop from an empty first
// start, service passes the good orders, the warehouse sends one with a scanned
// waybill, stock and books follow.
func TestMainPath(t *testing.T) {
	w := newHome(t)
	w.start("--data", w.data("shop.zhanggui"), "--lang", "zh-CN")
	w.on("first")
	w.shot("first-start")
	w.press("F2")
	w.on("signin")
	w.until("the PINs of the example shop", func(v view) bool { return v.text("signin.pin_of.2") == "PIN "+service.pin })
	w.shot("sign-in")
	example := w.data("example.zhanggui")

	w.signIn(service)
	w.until("the work that is due", func(v view) bool { return v.Screen == "today" && v.text("today.work") != "" })
	w.shot("today-service")
	w.press("ctrl+2")
	w.until("the order desk", func(v view) bool { return v.Screen == "orders" && v.text("orders.list") != "" })
	w.shot("orders")
	ready := w.open(example)
	w.press("F9")
	said := w.until("how many passed", func(v view) bool { return strings.Contains(v.text("status.last"), "通过") }).text("status.last")
	passed := first(t, said, `(\d+) 单通过`)
	require.Positive(t, passed, said)
	require.Equal(t, ready+passed, w.open(example), "what passed waits for the warehouse")
	w.shot("window")

	w.leave()
	w.signIn(warehouse)
	w.until("the wave clock", func(v view) bool { return v.Screen == "today" && strings.Contains(v.text("top.wave"), "截单") })
	w.shot("today-warehouse")
	w.press("ctrl+2")
	w.until("the orders", func(v view) bool { return v.Screen == "orders" })
	w.press("ctrl+Next")
	w.until("the shipping board", func(v view) bool { return v.Screen == "shipping" && v.text("shipping.list") != "" })
	w.shot("shipping")
	before := w.stock(example)
	w.press("F9")
	w.focused("shipping.counter.scan")
	w.shot("shipping-counter")
	w.typed("YT9876543210987")
	w.press("Return")
	said = w.until("what left", func(v view) bool { return strings.Contains(v.text("status.last"), "圆通") }).text("status.last")
	units := first(t, said, `(\d+) 件`)
	w.press("Escape")
	w.until("the counter is closed", func(v view) bool { return !v.has("shipping.counter.scan") })
	w.shot("shipping-sent")
	require.Equal(t, before-int64(units), w.stock(example), "stock went down by what left")
	var parcels listed
	w.zg(example, &parcels, "list", "parcels", "--where", "waybill = YT9876543210987")
	require.Len(t, parcels.Rows, 1)

	w.press("ctrl+z")
	w.until("it is taken back", func(v view) bool { return !v.has("status.undo") })
	w.until("stock came back", func(view) bool { return w.stock(example) == before })

	w.leave()
	w.signIn(finance)
	w.until("the figures of yesterday", func(v view) bool {
		return v.Screen == "today" && v.has("today.tile.profit") && strings.Contains(v.text("top.wave"), "待拣")
	})
	w.shot("today-finance")
	w.press("ctrl+4")
	w.until("the finance page", func(v view) bool { return v.Screen == "finance" })
	w.shot("finance")
	w.press("ctrl+3")
	w.until("the stock page", func(v view) bool { return v.Screen == "stock" && v.text("stock.list") != "" })
	w.shot("stock")
	w.zg(example, nil, "check", "--full")
}

// stock is the number of units on hand in the whole shop.
func (w *window) stock(data string) int64 {
	w.t.Helper()
	var l listed
	w.zg(data, &l, "list", "stock", "--limit", "1")
	return l.Sums["on_hand"]
}

// open is how many orders wait for the warehouse.
func (w *window) open(data string) int {
	w.t.Helper()
	var l struct{ Total int }
	w.zg(data, &l, "list", "orders", "--where", "stage = to_ship", "--limit", "1")
	return l.Total
}

// first is the number a pattern finds in what the window says.
func first(t *testing.T, said, pattern string) int {
	t.Helper()
	m := regexp.MustCompile(pattern).FindStringSubmatch(said)
	require.NotNil(t, m, said)
	n, err := strconv.Atoi(m[1])
	require.NoError(t, err)
	return n
}

// exampleShop makes a small example shop and gives its file.
func (w *window) exampleShop() string {
	w.t.Helper()
	example := w.data("shop.zhanggui")
	cmd := exec.Command(os.Getenv("ZHANGGUI_ZG"), "demo", "--orders", "200", "--data", example)
	cmd.Env = append(os.Environ(), "HOME="+w.home)
	out, err := cmd.CombinedOutput()
	require.NoError(w.t, err, string(out))
	return example
}

// TestOwnerAndPromotion: the supervisor sees the day and the charts, goes on by a
// few letters and holds an order, which Ctrl+Z takes back; promotion gives a
// product another bin. All of it by keys.
func TestOwnerAndPromotion(t *testing.T) {
	w := newHome(t)
	example := w.exampleShop()
	w.start("--data", example, "--lang", "zh-CN")
	w.signIn(supervisor)
	w.until("the day's figures", func(v view) bool { return v.Screen == "today" && v.has("today.tile.profit") })
	w.shot("today")

	w.press("alt+3")    // a week: yesterday may be a day without sales
	w.press("shift+F1") // the row of the work under the cursor
	w.until("where the figure comes from", func(v view) bool { return v.has("explainer.way1") })
	w.press("Right", "Right", "Right", "Right", "Right", "Right") // its total, then the tiles from the left: profit is the fifth
	w.shot("explain")
	w.press("Return")
	w.until("the sales behind the profit", func(v view) bool { return v.Screen == "finance" && v.has("finance.tile.profit") })
	w.press("ctrl+0")
	w.until("the day again", func(v view) bool { return v.Screen == "today" && v.has("today.tile.orders") })
	w.rightClick("today.tile.orders")
	w.until("where the orders come from", func(v view) bool { return v.has("explainer.way1") })
	w.press("Return")
	w.until("the orders of the figure", func(v view) bool { return v.Screen == "orders" && v.has("orders.list.filter.placed") })

	w.press("ctrl+5")
	w.until("the charts", func(v view) bool { return v.Screen == "charts" && v.has("charts.trend") })
	w.shot("charts")
	w.press("Return")
	w.until("the rows of a chart", func(v view) bool { return v.has("charts.large") })
	w.shot("charts-rows")
	w.press("Escape")
	w.until("all charts", func(v view) bool { return v.has("charts.trend") })

	w.press("ctrl+k")
	w.focused("palette.input")
	w.shot("palette")
	w.typed("kc")     // the initials of 库存
	w.press("Return") // waits for what is found
	w.until("the stock page", func(v view) bool { return v.Screen == "stock" && v.text("stock.list") != "" })

	w.press("ctrl+2")
	w.until("the order desk", func(v view) bool { return v.Screen == "orders" && v.text("orders.list") != "" })
	held := w.held(example)
	w.press("5")
	w.until("why it is held", func(v view) bool { return v.has("orders.hold.reason") })
	w.shot("hold")
	w.press("Escape")
	require.Equal(t, held, w.held(example), "Escape changes nothing")

	w.leave()
	w.signIn(promotion)
	w.until("promotion's day", func(v view) bool {
		return v.Screen == "today" && v.has("today.tile.sales") && !v.has("today.tile.profit")
	})
	w.shot("today-promotion")
	w.press("ctrl+1")
	w.until("the products", func(v view) bool { return v.Screen == "products" && v.text("products.list") != "" })
	w.shot("products")
	w.press("alt+e")
	w.until("the form", func(v view) bool { return v.has("products.form.bin") })
	w.shot("product-form")
	w.click("products.form.bin")
	w.press("ctrl+a")
	w.typed("Z-09-9")
	w.press("Return")
	w.until("it is saved", func(v view) bool { return strings.Contains(v.text("status.last"), "已保存") })
	var l listed
	w.zg(example, &l, "list", "skus", "--where", "bin = Z-09-9")
	require.Len(t, l.Rows, 1)

	w.press("F2")
	w.until("grid mode", func(v view) bool { return v.has("products.list.sheet.save") })
	for range 4 { // from the title to the bin
		w.press("Right")
	}
	w.typed("Z-10")
	w.press("Return")
	w.press("Up")
	w.until("the cell is typed", func(v view) bool { i, _ := v.item("products.list.sheet.save"); return !i.Off })
	w.press("shift+Down")
	w.press("shift+Down")
	w.press("ctrl+d")
	w.shot("products-grid")
	w.press("F9")
	w.until("the grid is saved", func(v view) bool { return strings.Contains(v.text("status.last"), "已修改") })
	w.press("ctrl+z")
	w.until("the save is taken back", func(v view) bool { return strings.Contains(v.text("status.last"), "已撤销") })
	w.press("Escape")
	w.until("the list is a list again", func(v view) bool { return !v.has("products.list.sheet.save") })
	w.zg(example, &l, "list", "skus", "--where", "bin = Z-10")
	require.Empty(t, l.Rows)
	w.zg(example, nil, "check", "--full")
}

// held is how many orders are held back.
func (w *window) held(data string) int {
	w.t.Helper()
	var l struct{ Total int }
	w.zg(data, &l, "list", "orders", "--where", "stage = hold", "--limit", "1")
	return l.Total
}

// TestImport brings a file of a platform in: preview, commit, orders on the desk;
// the same file again changes nothing.
func TestImport(t *testing.T) {
	w := newHome(t)
	example := w.exampleShop()
	file := w.data("抖音订单.csv")
	w.orderFile(file, 12)
	before := w.orders(example)

	w.start("--data", example, "--lang", "zh-CN", file)
	w.signIn(service)
	w.until("the preview", func(v view) bool { return v.Screen == "inbox" && v.text("import.records") != "" })
	w.shot("inbox")
	w.press("F9")
	w.until("the result", func(v view) bool { return v.has("import.result.orders") })
	w.shot("inbox-done")
	require.Equal(t, before+12, w.orders(example))

	w.zg(example, nil, "import", file)
	require.Equal(t, before+12, w.orders(example), "the same file again changes nothing")
	w.zg(example, nil, "check", "--full")
}

// orderFile writes n orders as Douyin exports them.
func (w *window) orderFile(path string, n int) {
	w.t.Helper()
	now := when.System{}.Now()
	list := make([]sample.Order, n)
	for i := range list {
		no := strconv.Itoa(6_930_000_000_000_000_000 + i)
		list[i] = sample.Order{
			Number: no, State: sample.Paid, Receiver: "周敏", Phone: "13800138000", Province: "浙江省", City: "杭州市", District: "西湖区",
			Address: "文三路 " + strconv.Itoa(i+1) + " 号", CreatedAt: now - when.Hour, PaidAt: now - when.Hour,
			Lines: []sample.Line{{SubNo: no, Code: "P01001-01", Title: "雨伞 长柄", Spec: "藏青", Qty: 1, UnitFen: 4990}},
		}
	}
	f, err := os.Create(path)
	require.NoError(w.t, err)
	require.NoError(w.t, sample.Write("douyin_orders", list, f))
	require.NoError(w.t, f.Close())
}

// orders is the number of orders in the shop.
func (w *window) orders(data string) int {
	w.t.Helper()
	var l struct{ Total int }
	w.zg(data, &l, "list", "orders", "--limit", "1")
	return l.Total
}

// TestOwnShop makes a shop by keys, in Chinese, looks at it in English and in the
// dark, and finds all of that again after a restart.
func TestOwnShop(t *testing.T) {
	w := newHome(t)
	data := w.data("shop.zhanggui")
	w.start("--data", data)
	w.on("first")
	w.focused("first.shop")
	w.pasted("山岚日用")
	w.until("the name", func(v view) bool { return v.text("first.shop") == "山岚日用" })
	w.press("Return")
	w.focused("first.owner")
	w.pasted(supervisor.name)
	w.press("Return")
	for _, field := range []string{"first.pin", "first.again"} {
		w.focused(field)
		w.typed(supervisor.pin)
		w.press("Return")
	}
	w.until("the work", func(v view) bool { return v.Page == "work" && v.Screen == "today" && v.has("rail.settings") })
	require.Contains(t, w.until("the shop's name", func(v view) bool { return strings.Contains(v.Title, "山岚日用") }).Title, "掌柜")

	w.press("ctrl+l")
	w.on("lock")
	w.typed(supervisor.pin)
	w.press("Return")
	w.on("work")
	const english, dark = 5, 7 // in the person's menu
	w.menu("top.me", english)
	w.until("English", func(v view) bool { return v.text("top.title") == "Today" })
	w.menu("top.me", dark)
	w.shot("dark")
	w.until("the choice is saved", func(view) bool { return w.prefersEnglish(data) })
	w.close()

	w.start("--data", data)
	w.on("signin")
	w.signInHere("1", supervisor.pin)
	w.until("English again", func(v view) bool { return v.text("top.title") == "Today" })
}

// signInHere signs in where the words are not the Chinese ones.
func (w *window) signInHere(key, pin string) {
	w.t.Helper()
	w.press(key)
	w.typed(pin)
	w.press("Return")
	w.on("work")
}

func (w *window) prefersEnglish(data string) bool {
	w.t.Helper()
	text, err := os.ReadFile(data + "-wal")
	if err == nil && strings.Contains(string(text), `"lang":"en"`) {
		return true
	}
	text, err = os.ReadFile(data)
	return err == nil && strings.Contains(string(text), `"lang":"en"`)
}

// TestTrouble opens what is no data: the window says so and offers ways out.
func TestTrouble(t *testing.T) {
	w := newHome(t)
	bad := w.data("shop.zhanggui")
	require.NoError(t, os.WriteFile(bad, []byte(strings.Repeat("this is no database\n", 500)), 0o600))
	w.start("--data", bad, "--lang", "zh-CN")
	w.on("trouble")
	v := w.until("why", func(v view) bool {
		return strings.Contains(v.text("trouble.text"), "shop.zhanggui 不是数据库文件")
	})
	require.True(t, v.has("trouble.restore"))
	require.True(t, v.has("trouble.file"))
	w.shot("trouble")

	require.NoError(t, os.Remove(bad))
	w.click("trouble.quit")
	w.ended()
	w.start("--data", bad, "--lang", "zh-CN")
	w.on("first")
}

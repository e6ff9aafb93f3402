package inbox

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/auth"
	"zhanggui/app/catalog"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/inbox"
	"zhanggui/app/ingest"
	"zhanggui/app/ingest/sample"
	"zhanggui/app/job"
	"zhanggui/ui/kit"
	"zhanggui/ui/kit/kittest"
)

func (d *desk) state(i int) state { return d.s.files[i].state }

func (d *desk) orders() int {
	d.T.Helper()
	list, err := d.f.Orders.List(d.f.As(auth.Supervisor), core.Query{Totals: true})
	require.NoError(d.T, err)
	return list.Total
}

func TestDrop_RecognisesAndCompares_WritesNothing(t *testing.T) {
	f := shop(t)
	d := service(t, f)

	d.drop(d.sample("抖店.csv", "douyin_orders", batch(100_000_000_000_001, 8)))

	require.Equal(t, ready, d.state(0))
	require.Equal(t, 8, d.s.list.Total())
	require.Equal(t, 8, kit.Find("import.records.chip.new").(*kit.Chip).Count())
	require.Equal(t, "提交 8 条", d.button("commit").Label())
	require.Zero(t, d.orders())
	_, _, seen := kit.FindRect("import.files#row:" + d.s.files[0].path)
	require.True(t, seen)
}

func TestCommit_WritesAndSaysSo_ItsUndoTakesItBack(t *testing.T) {
	f := shop(t)
	d := service(t, f)
	d.drop(d.sample("抖店.csv", "douyin_orders", batch(100_000_000_000_001, 8)))

	d.keys("F9")

	require.Equal(t, done, d.state(0))
	require.Equal(t, 8, d.orders())
	require.Equal(t, "已提交", d.button("commit").Why())
	require.Contains(t, d.Notes[len(d.Notes)-1].Text, "新增 8")
	note, taken := d.Notes[len(d.Notes)-1], []bool{}
	note.Undo(func(done bool) { taken = append(taken, done) })
	d.keys("Esc")
	require.Equal(t, 8, d.orders(), "thought better of it")
	note.Undo(func(done bool) { taken = append(taken, done) })
	d.keys("Enter")
	require.Equal(t, []bool{false, true}, taken)
	require.Contains(t, d.Notes[len(d.Notes)-1].Settles, note.Of)
	require.Zero(t, d.orders())
	require.Equal(t, ready, d.state(0), "read again: it can be committed anew")
	require.Contains(t, d.s.list.HintText(), "已撤销导入")
	f.CheckClean()
}

func TestSameFile_Twice_IsSkipped(t *testing.T) {
	d := service(t, shop(t))
	path := d.sample("抖店.csv", "douyin_orders", batch(100_000_000_000_001, 3))
	d.drop(path)
	d.keys("F9")
	again := filepath.Join(d.dir, "再来一次.csv")
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(again, data, 0o600))

	d.drop(again)

	require.Equal(t, already, d.state(1))
	require.Equal(t, "同一文件已导入过", d.button("commit").Why())
	d.keys("F9")
	require.Equal(t, 3, d.orders())
}

func TestRefusedRows_ShownFirst_ExportedInTheSameLayout(t *testing.T) {
	d := service(t, shop(t))
	list := batch(100_000_000_000_001, 5)
	path := d.sample("抖店.csv", "douyin_orders", list)
	d.spoil(path, "\t"+list[3].Number, "1.0E+14")

	d.drop(path)

	first := d.s.list.Grid().At(0)
	require.Contains(t, d.s.list.Grid().TSV([]*kit.Row{first}), "E07")
	require.Contains(t, d.s.where.Text(), "值 1.0E+14")
	require.Equal(t, "导出 1 行错误", d.button("export").Label())
	d.Picker.Path = filepath.Join(d.dir, "错误.csv")
	d.keys("Ctrl+E")
	data, err := os.ReadFile(d.Picker.Path)
	require.NoError(t, err)
	require.Contains(t, string(data), "未导入原因")
	require.Equal(t, 2, strings.Count(string(data), "\r\n"), "header and one row")
	require.Equal(t, []string{"抖店-错误行.csv"}, d.Picker.Named)
	d.keys("F9")
	require.Equal(t, 4, d.orders())
}

func TestChanged_NamesTheFacts(t *testing.T) {
	d := service(t, shop(t))
	list := batch(100_000_000_000_001, 2)
	d.drop(d.sample("早.csv", "douyin_orders", list))
	d.keys("F9")
	list[0].BuyerNote = "快点"
	d.drop(d.sample("晚.csv", "douyin_orders", list))

	require.Equal(t, "提交 1 条", d.button("commit").Label())
	require.Contains(t, d.s.list.Grid().TSV([]*kit.Row{d.s.list.Grid().At(0)}), "买家留言")
	d.Tap("import.records.chip.same")
	d.settle()
	require.Equal(t, 1, d.s.list.Total())
	d.keys("F9")
	d.drop(d.sample("夜.csv", "douyin_orders", []sample.Order{list[1], list[0]}))
	require.Equal(t, "没有要写的", d.button("commit").Why())
}

func TestCommitAll_OrdersThenItems_ItemsAreReadAgain(t *testing.T) {
	d := service(t, shop(t))
	list := batch(3_317_220_000_000_001, 4)
	d.drop(d.sample("订单.csv", "taobao_orders", list), d.sample("宝贝.csv", "taobao_items", list))
	require.Equal(t, ready, d.state(0))
	require.Equal(t, "提交全部 2 个文件", d.button("all").Label())

	d.keys("Shift+F9")

	require.Equal(t, []state{done, done}, []state{d.state(0), d.state(1)})
	require.Equal(t, 4, d.orders())
	lines, err := d.f.Orders.Lines(d.f.As(auth.Supervisor), core.Query{Totals: true})
	require.NoError(t, err)
	require.Equal(t, 5, lines.Total)
	d.f.CheckClean()
}

func TestUnknownColumns_MappedOnce_ThenKnown(t *testing.T) {
	d := service(t, shop(t))
	text := "单据号,日期,货号,品名,数量,单价,会员\nA1,2026-04-20,MJ-3,毛巾,2,39.90,张三\nA2,2026-04-20,YG-12,衣架,1,29.90,李四\n"
	d.drop(d.write("门店.csv", text))
	require.Equal(t, unknown, d.state(0))

	d.keys("M", "Enter")
	require.True(t, kit.Find("import.map.column.order_no").(*kit.Choice) != nil)
	require.True(t, d.open(), "no order number chosen yet")
	require.Equal(t, "货号", kit.Find("import.map.column.code").(*kit.Choice).Value(), "guessed")
	kit.Find("import.map.column.order_no").(*kit.Choice).Pick("单据号")
	kit.Find("import.map.payment").(*kit.Choice).Pick("paid")
	kit.Find("import.map.channel").(*kit.Choice).Pick("offline")
	kit.Find("import.map.name").(*kit.Entry).SetText("门店流水")
	d.Tap("import.map.ok")
	d.settle()

	require.False(t, d.open())
	require.Equal(t, ready, d.state(0), "%v", d.s.files[0].err)
	require.Equal(t, 2, d.s.list.Total())
	d.keys("F9")
	require.Equal(t, 2, d.orders())
	d.drop(d.write("门店2.csv", strings.ReplaceAll(text, "A", "B")))
	require.Equal(t, ready, d.state(1), "the same columns are known now")
	require.Equal(t, "门店流水", d.s.files[1].plan.File.Layout)
	d.keys("M")
	require.Equal(t, "单据号", kit.Find("import.map.column.order_no").(*kit.Choice).Value(), "as it was made")
	d.keys("Esc")
}

func TestMapping_KindTurned_OtherFields(t *testing.T) {
	d := service(t, shop(t))
	d.drop(d.write("货.csv", "规格编码,名,箱\nA,甲,1\n"))
	d.keys("M")
	kit.Find("import.map.kind").(*kit.Choice).Pick(string(ingest.KindProducts))
	require.Equal(t, "规格编码", kit.Find("import.map.column.sku_code").(*kit.Choice).Value())
}

func TestSeveralShops_AsksWhich(t *testing.T) {
	f := shop(t)
	for _, code := range []string{"dy1", "dy2"} {
		_, err := f.Catalog.SaveShop(f.As(auth.Supervisor), catalog.SaveShopCmd{Channel: "douyin", Code: code, Name: "抖音 " + code})
		require.NoError(t, err)
	}
	d := service(t, f)
	d.drop(d.sample("抖店.csv", "douyin_orders", batch(100_000_000_000_001, 2)))
	require.Equal(t, asks, d.state(0))
	require.Equal(t, "选择店铺", d.s.empty(kit.Query{}).Action)

	d.s.askShop()
	choice := kit.Find("import.which.shop").(*kit.Choice)
	choice.Pick("shop:dy2")
	d.Tap("import.which.ok")
	d.settle()

	require.Equal(t, ready, d.state(0))
	require.Equal(t, "dy2", d.s.files[0].plan.Shop.Code)
	kit.Find("import.shop").(*kit.Choice).Pick("dy1")
	d.settle()
	require.Equal(t, "dy1", d.s.files[0].plan.Shop.Code, "changed over the preview")
}

func TestOtherCurrency_AsksForTheRate(t *testing.T) {
	d := service(t, shop(t))
	list := batch(1001, 2)
	d.drop(d.sample("shopify.csv", "shopify_orders", list))
	if d.state(0) != asks { // the sample is in the shop's own currency
		d.drop(d.write("x.csv", strings.ReplaceAll(d.read("shopify.csv"), "CNY", "EUR")))
	}
	i := len(d.s.files) - 1
	require.Equal(t, asks, d.state(i), "%v", d.s.files[i].err)

	d.s.askRate()
	kit.Find("import.rate.rate").(*kit.Entry).SetText("x")
	d.keys("Enter")
	require.True(t, kit.Find("import.rate.rate").(*kit.Entry).Bad())
	kit.Find("import.rate.rate").(*kit.Entry).SetText("7.8123")
	d.keys("Enter")

	require.Equal(t, ready, d.state(i), "%v", d.s.files[i].err)
}

func (d *desk) read(name string) string {
	d.T.Helper()
	data, err := os.ReadFile(filepath.Join(d.dir, name))
	require.NoError(d.T, err)
	return string(data)
}

func TestUnknownChannel_AnyShopOrANewOne(t *testing.T) {
	d := service(t, shop(t))
	d.drop(d.write("门店.csv", "订单号,日期,货号,数量,单价\nA1,2026-04-20,MJ-3,2,39.90\n"))
	d.keys("M")
	kit.Find("import.map.payment").(*kit.Choice).Pick("paid")
	d.Tap("import.map.ok")
	d.settle()
	require.Equal(t, asks, d.state(0), "%v", d.s.files[0].err)
	d.s.askShop()
	kit.Find("import.which.shop").(*kit.Choice).Pick("channel:offline")
	d.Tap("import.which.ok")
	d.settle()
	require.Equal(t, ready, d.state(0))
	require.Equal(t, "offline", d.s.files[0].plan.Shop.Channel)
}

func TestUnreadable_SaysWhy_OthersGoOn(t *testing.T) {
	d := service(t, shop(t))
	d.drop(filepath.Join(d.dir, "没有.csv"), d.write("空.csv", ""), d.sample("好.csv", "jd_orders", batch(1_000_000_001, 2)))
	require.Equal(t, []state{refused, refused, ready}, []state{d.state(0), d.state(1), d.state(2)})
	require.Contains(t, d.s.empty(kit.Query{}).Title, "读不了文件 没有.csv")
	d.keys("Del")
	require.Len(t, d.s.files, 2)
	d.keys("Ctrl+PgDn")
	require.Equal(t, "提交 2 条", d.button("commit").Label())
	d.keys("Del", "Del")
	require.Empty(t, d.s.files)
	require.Equal(t, "还没有文件", d.s.empty(kit.Query{}).Title)
}

func TestReread_TakesTheMendedFile(t *testing.T) {
	d := service(t, shop(t))
	path := d.write("订单.csv", "")
	d.drop(path)
	require.Equal(t, refused, d.state(0))
	d.sample("订单.csv", "jd_orders", batch(1_000_000_001, 3))
	d.keys("F5")
	require.Equal(t, ready, d.state(0))
	require.Equal(t, 3, d.s.list.Total())
}

func TestChooseFiles_O(t *testing.T) {
	d := service(t, shop(t))
	d.Picker.Paths = []string{d.sample("a.csv", "jd_orders", batch(1_000_000_001, 1))}
	d.keys("O")
	require.Equal(t, ready, d.state(0))
	d.keys("O")
	require.Len(t, d.s.files, 1, "the same file is not there twice")
}

func TestRights_WarehouseMayBringProductsNotOrders(t *testing.T) {
	f := shop(t)
	d := sit(t, f, auth.Warehouse, kittest.Light, false, kittest.Large)
	d.drop(d.sample("a.csv", "jd_orders", batch(1_000_000_001, 1)))
	require.Equal(t, "你的岗位不能提交这类文件", d.button("commit").Why())
	d.keys("F9")
	require.Zero(t, d.orders())

	path := filepath.Join(d.dir, "商品.xlsx")
	w, err := os.Create(path)
	require.NoError(t, err)
	require.NoError(t, ingest.WriteProductList(w, d.Tr, []ingest.ProductDraft{{SKUCode: "NEW-1", Title: "新杯子", ProductCode: "NEW", PriceFen: 1990}}))
	require.NoError(t, w.Close())
	d.drop(path)
	require.Equal(t, ready, d.state(1), "%v", d.s.files[1].err)
	d.keys("F9")
	card, err := f.Catalog.GetByCode(f.As(auth.Warehouse), "NEW-1")
	require.NoError(t, err)
	require.EqualValues(t, 1990, card.SKU.PriceFen)
}

func TestOpeningStock_ValueOnlyForWhoSeesCost(t *testing.T) {
	f := shop(t)
	text := "规格编码,期初数量,期初金额(总值)\nMJ-3,10,123.45\n"
	d := sit(t, f, auth.Warehouse, kittest.Light, false, kittest.Large)
	d.drop(d.write("期初.csv", text))
	require.Equal(t, ready, d.state(0), "%v", d.s.files[0].err)
	require.NotContains(t, d.s.list.Grid().TSV([]*kit.Row{d.s.list.Grid().At(0)}), "123.45")

	d = sit(t, f, auth.Finance, kittest.Light, false, kittest.Large)
	d.drop(d.write("期初.csv", text))
	require.Contains(t, d.s.list.Grid().TSV([]*kit.Row{d.s.list.Grid().At(0)}), "123.45")
}

func TestStoppedBeforeTheFirstRow_NothingIsWritten(t *testing.T) {
	d := service(t, shop(t))
	d.drop(d.sample("大.csv", "jd_orders", batch(1_000_000_001, 40)))
	q := &kittest.Queue{}
	d.s.env.Exec = q.Exec
	d.Press("F9")
	d.settle()
	require.True(t, d.button("commit").Off(), "one at a time")
	d.Tap("import.commit.stop")
	q.RunAll()
	d.settle()
	require.Equal(t, ready, d.state(0))
	require.Zero(t, d.orders())
}

// half commits the first chunk of a file and stops, as a closed window does.
func (d *desk) half(path string) {
	d.T.Helper()
	f, size, err := openFile(path)
	require.NoError(d.T, err)
	defer f.Close()
	ctx, stop := context.WithCancel(d.f.As(auth.Service))
	plan, err := d.f.Inbox.Preview(ctx, inbox.Source{Path: path, Data: f, Size: size}, inbox.Target{}, nil)
	require.NoError(d.T, err)
	_, err = d.f.Inbox.Commit(ctx, plan, func(job.Progress) { stop() })
	require.True(d.T, fault.Is(err, fault.Cancelled))
}

func TestStoppedHalfWay_ContinuedFromTheHistory(t *testing.T) {
	f := shop(t)
	d := service(t, f)
	d.half(d.sample("大.csv", "jd_orders", batch(1_000_000_001, 400)))
	require.Equal(t, 50, d.orders())

	d.keys("Ctrl+Tab")
	d.Tap("import.history.chip.open")
	d.settle()
	imp, ok := d.s.history.list.Current()
	require.True(t, ok)
	require.Equal(t, domain.ImportPartial, imp.State)
	d.keys("F9")
	require.Equal(t, tabFiles, d.s.tabs.Active())
	require.Equal(t, ready, d.state(0))
	d.keys("F9")

	require.Equal(t, done, d.state(0))
	require.Equal(t, 400, d.orders())
	require.Equal(t, domain.ImportDone, d.s.files[0].result.State)
	require.EqualValues(t, 400, d.s.files[0].result.New)
	f.CheckClean()
}

func TestHistory_UndoRefused_NamesTheWork(t *testing.T) {
	f := shop(t)
	d := service(t, f)
	d.drop(d.sample("a.csv", "jd_orders", batch(1_000_000_001, 2)))
	d.keys("F9", "Ctrl+Tab")
	require.Equal(t, 1, d.s.history.list.Total())
	list, err := f.Orders.List(f.As(auth.Service), core.Query{})
	require.NoError(t, err)
	for _, code := range []string{"BWB-750K", "YSCB-01", "SNX-60", "MJ-3"} {
		card, err := f.Catalog.GetByCode(f.As(auth.Service), code)
		require.NoError(t, err)
		f.Stock(card.SKU, 50, 1000)
	}
	f.Pass(&domain.Order{ID: list.Rows[0].ID})
	f.Ship(&domain.Order{ID: list.Rows[0].ID})

	d.keys("Alt+U", "Enter")

	require.NotNil(t, kit.Find("fail.ok"))
	require.True(t, d.open(), "the fault says which work depends on it")
	d.keys("Enter")
	require.Equal(t, 2, d.orders())
}

func TestHistory_Undone_IsDimAndSaysWhy(t *testing.T) {
	f := shop(t)
	d := service(t, f)
	d.drop(d.sample("a.csv", "jd_orders", batch(1_000_000_001, 2)))
	d.keys("F9", "Ctrl+Tab")
	d.keys("Alt+U", "Enter")
	require.False(t, d.open())
	require.Zero(t, d.orders())
	require.Contains(t, d.s.history.list.HintText(), "已撤销导入")
	d.Tap("import.history.chip.undone")
	d.settle()
	require.Equal(t, 1, d.s.history.list.Total())
	undo := kit.Find("import.history.undo").(*kit.Button)
	require.Equal(t, "已撤销", undo.Why())
}

func TestOpen_FilesFromOutside(t *testing.T) {
	d := service(t, shop(t))
	d.s.Open("history")
	require.Equal(t, tabHistory, d.s.tabs.Active())
	d.s.Open([]string{d.sample("a.csv", "jd_orders", batch(1_000_000_001, 1))})
	require.Equal(t, tabFiles, d.s.tabs.Active())
	require.Equal(t, ready, d.state(0))
	d.s.AddFiles(nil)
	require.Len(t, d.s.files, 1)
	require.Contains(t, d.s.Topics(), core.TopicImports)
}

func TestResult_GoesToTheOrders(t *testing.T) {
	d := service(t, shop(t))
	d.drop(d.sample("a.csv", "jd_orders", batch(1_000_000_001, 1)))
	d.keys("F9")
	d.Tap("import.result.orders")
	require.Equal(t, "orders", d.Opened[0].Screen)
}

func TestSample_EveryBuiltInLayout_IsRecognised(t *testing.T) {
	d := service(t, shop(t))
	for _, layout := range sample.Layouts() {
		d.drop(d.sample(layout+".dat", layout, batch(3_317_220_000_000_001, 2)))
		i := len(d.s.files) - 1
		require.Contains(t, []state{ready, asks}, d.state(i), "%s: %v", layout, d.s.files[i].err)
	}
}

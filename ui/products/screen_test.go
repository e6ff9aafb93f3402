package products

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"zhanggui/app/auth"
	"zhanggui/app/catalog"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/ui/kit"
	"zhanggui/ui/kit/kittest"
)

func TestList_EverySKU_WithCountsAndSums(t *testing.T) {
	d := promotion(t, shop(t))
	require.Equal(t, 11, d.s.list.Total())
	left, _ := d.s.list.FooterText()
	require.Equal(t, "共 11 个规格 在手 896 件", left)
	for chip, n := range map[string]int{chipAll: 11, chipKit: 1, chipNoBarcode: 4, chipDisabled: 1} {
		require.Equal(t, n, kit.Find("products.list.chip."+chip).(*kit.Chip).Count(), chip)
		d.Tap("products.list.chip." + chip)
		d.settle()
		require.Equal(t, n, d.s.list.Total(), chip)
	}
}

func TestSearch_PinyinCodeBarcode(t *testing.T) {
	d := promotion(t, shop(t))
	for search, want := range map[string]string{"fhyj": "YG-12", "cmmj": "MJ-3", "16901234567899": "YSCB-01", "密封": "MFG-3"} {
		d.s.Open(search)
		d.settle()
		r, ok := d.s.list.Current()
		require.True(t, ok, search)
		require.Equal(t, want, r.Code, search)
	}
	d.s.Open(chipKit)
	d.settle()
	require.Equal(t, 1, d.s.list.Total())
	d.s.Open(nil)
	require.Equal(t, 1, d.s.list.Total())
}

func TestFilter_CategoryAndBin(t *testing.T) {
	d := promotion(t, shop(t))
	d.s.list.Show(chipAll, "", kit.NewValues("category", "收纳", "bin", "C-02-3"))
	d.settle()
	require.Equal(t, 1, d.s.list.Total())
	d.s.list.Show(chipAll, "没有这个", kit.Values{})
	require.Equal(t, "没有符合筛选的记录", d.s.empty(d.s.list.Query()).Title)
}

func TestRights_OnlyEditorsHaveButtons(t *testing.T) {
	f := shop(t)
	promotion(t, f)
	before := kit.Find("products.list.new")
	d := sit(t, f, auth.Warehouse, kittest.Light, false, kittest.Large)
	require.Same(t, before, kit.Find("products.list.new"), "warehouse has no such button")
	d.keys("F9", "Alt+E", "Enter")
	require.False(t, d.open())
	require.Equal(t, 11, d.s.list.Total())
}

func TestNew_ProductAndSKU_Together(t *testing.T) {
	f := shop(t)
	d := promotion(t, f)
	d.keys("F9")
	d.fill("title", "竹砧板")
	d.fill("spec", "中号")
	d.fill("code", "ZZB-M")
	d.fill("price", "12*4")
	d.fill("weight", "900")
	d.fill("bin", "D-01-7")
	d.Tap("products.form.barcodes.add")
	d.fill("barcodes.0.0", "6901234500017")
	d.Tap("products.form.barcodes.add")
	d.fill("barcodes.1.0", "16901234500014")
	d.fill("barcodes.1.1", "12")
	d.Tap("products.form.codes.add")
	d.fill("codes.0.0", "TM-777")
	d.save()

	require.False(t, d.open())
	require.Equal(t, "已保存 ZZB-M", d.s.list.HintText())
	c := d.card("ZZB-M")
	require.Equal(t, "ZZB-M", c.Product.Code, "the product takes the SKU's code")
	require.EqualValues(t, 4800, c.SKU.PriceFen)
	require.Equal(t, []domain.Barcode{{Code: "6901234500017", PackQty: 1}, {Code: "16901234500014", PackQty: 12}}, c.SKU.Barcodes)
	require.Equal(t, "tmall", c.Codes[0].Channel)
	require.Equal(t, 12, d.s.list.Total(), "the list followed by itself")
	f.CheckClean()
}

func TestNew_FaultsLandUnderTheirFields_NothingIsWritten(t *testing.T) {
	f := shop(t)
	d := promotion(t, f)
	d.keys("F9")
	d.save()
	require.True(t, d.entry("code").Bad())
	d.fill("code", "NEU-1")
	d.save()
	require.True(t, d.entry("title").Bad())
	require.False(t, d.entry("code").Bad())
	d.fill("title", "新的")
	d.fill("product_code", "yscb")
	d.save()
	require.True(t, d.entry("product_code").Bad(), "another product has it")
	d.fill("product_code", "")
	d.fill("code", "ＹＳＣＢ-01")
	d.save()
	require.True(t, d.entry("code").Bad(), "another SKU has it, width and case do not count")

	d.fill("code", "NEU-1")
	d.Tap("products.form.barcodes.add")
	d.fill("barcodes.0.0", "6901234567892")
	d.save()
	require.True(t, d.open(), "the barcode of another")
	d.fill("barcodes.0.0", "6901234599999")
	d.save()

	require.False(t, d.open(), "what was written before is not written twice")
	require.Equal(t, "新的", d.card("NEU-1").Product.Title)
	list, err := f.Catalog.List(f.As(auth.Supervisor), core.Query{Totals: true})
	require.NoError(t, err)
	require.Equal(t, 12, list.Total)
	f.CheckClean()
}

func TestEdit_RenamedAndRepriced_VersionsFollow(t *testing.T) {
	f := shop(t)
	d := promotion(t, f)
	d.s.Open("YSCB-02")
	d.settle()
	d.keys("Alt+E")
	d.fill("title", "雨伞 长柄 加固")
	d.fill("price", "52")
	d.save()
	require.False(t, d.open())
	require.EqualValues(t, 5200, d.card("YSCB-02").SKU.PriceFen)
	require.Equal(t, "雨伞 长柄 加固", d.card("YSCB-01").Product.Title, "the product's other SKU too")

	d.keys("Alt+E")
	d.fill("spec", "深绿")
	d.save()
	require.Equal(t, "深绿", d.card("YSCB-02").SKU.Spec)
	require.Len(t, f.Audit("audit.product_changed"), 1, "the product was not touched again")
	f.CheckClean()
}

func TestEdit_ChangedByAnotherMeanwhile_Refused(t *testing.T) {
	f := shop(t)
	d := promotion(t, f)
	d.s.Open("MJ-3")
	d.settle()
	d.keys("Alt+E")
	c := d.card("MJ-3")
	_, err := f.Catalog.SaveSKU(f.As(auth.Supervisor), catalog.SaveSKUCmd{
		ID: c.SKU.ID, Version: c.SKU.Version, Product: c.SKU.Product, Code: c.SKU.Code, Spec: c.SKU.Spec, PriceFen: 1, Barcodes: c.SKU.Barcodes,
	})
	require.NoError(t, err)
	d.fill("price", "99")
	d.save()
	require.EqualValues(t, 1, d.card("MJ-3").SKU.PriceFen)
	require.True(t, d.open())
}

func TestVariant_SharesTheProduct(t *testing.T) {
	f := shop(t)
	d := promotion(t, f)
	d.s.Open("YSCB-01")
	d.settle()
	d.keys("Alt+N")
	require.Equal(t, "雨伞 长柄", d.entry("title").Text)
	d.fill("code", "YSCB-03")
	d.fill("spec", "酒红")
	d.save()
	require.Equal(t, d.card("YSCB-01").SKU.Product, d.card("YSCB-03").SKU.Product)
	require.Equal(t, 12, d.s.list.Total()+11)
	f.CheckClean()
}

func TestKit_PartsPickedBySearch(t *testing.T) {
	f := shop(t)
	d := promotion(t, f)
	d.keys("Alt+K")
	d.fill("title", "厨房套装")
	d.fill("code", "SET-CF")
	d.save()
	require.True(t, d.open(), "a kit without parts")
	d.Tap("products.form.parts.add")
	d.settle()
	d.Type("mfg")
	d.keys("Enter", "Enter")
	d.Tap("products.form.parts.add")
	d.settle()
	d.Type("zzz")
	d.keys("Enter")
	require.NotNil(t, kit.Find("products.pick.list"))
	d.keys("Esc", "Esc")
	if d.open() && kit.Find("products.form.parts.0.0") == nil {
		d.keys("Esc")
	}
	d.fill("parts.0.0", "2")
	d.save()

	require.False(t, d.open())
	c := d.card("SET-CF")
	require.True(t, c.SKU.Kit)
	require.EqualValues(t, 2, c.Parts[0].Qty)
	require.EqualValues(t, 9, c.Avail, "18 jars make 9 kits")
	f.CheckClean()
}

func TestEdit_RowsDropped_AreGone(t *testing.T) {
	f := shop(t)
	d := promotion(t, f)
	d.s.Open("SET-YS")
	d.settle()
	d.keys("Alt+E")
	require.NotNil(t, kit.Find("products.form.codes.1.drop"))
	d.Tap("products.form.codes.1.drop")
	d.fill("codes.0.1", "3")
	d.save()
	codes := d.card("SET-YS").Codes
	require.Len(t, codes, 1)
	require.EqualValues(t, 3, codes[0].Qty)
}

func TestEdit_CountThatIsNone_StopsTheSave(t *testing.T) {
	d := promotion(t, shop(t))
	d.s.Open("YSCB-01")
	d.settle()
	d.keys("Alt+E")
	d.fill("barcodes.1.1", "0")
	d.save()
	require.True(t, d.open())
	require.True(t, d.entry("barcodes.1.1").Bad())
	d.keys("Esc")
	require.NotNil(t, kit.Find("products.form.discard.ok"), "it asks before discarding")
}

func TestTakenOff_RowIsDim(t *testing.T) {
	f := shop(t)
	d := promotion(t, f)
	d.s.Open("MJ-3")
	d.settle()
	d.keys("Alt+E")
	kit.Find("products.form.disabled").(*kit.Tick).Press()
	d.save()
	require.True(t, d.card("MJ-3").SKU.Disabled)
	require.True(t, d.s.list.Grid().At(0).Dim)
}

func TestEnter_CardThenForm(t *testing.T) {
	d := sit(t, shop(t), auth.Promotion, kittest.Light, false, kittest.Small)
	d.keys("Enter")
	require.True(t, d.s.list.PaneShown())
	require.False(t, d.open())
	d.keys("Enter")
	require.True(t, d.open())
}

func TestTemplate_IsTheInboxsOwn(t *testing.T) {
	d := promotion(t, shop(t))
	d.Picker.Path = filepath.Join(t.TempDir(), "商品表.xlsx")
	d.keys("Alt+T")
	require.Equal(t, []string{"商品表模板.xlsx"}, d.Picker.Named)
	book, err := excelize.OpenFile(d.Picker.Path)
	require.NoError(t, err)
	rows, err := book.GetRows(book.GetSheetName(0))
	require.NoError(t, err)
	require.NoError(t, book.Close())
	require.Contains(t, rows[0], "规格编码")
	require.Contains(t, d.s.list.HintText(), "商品表.xlsx")
	d.Picker.Path = filepath.Join(t.TempDir(), "fehlt", "x.xlsx")
	d.keys("Alt+T")
	_, err = os.Stat(d.Picker.Path)
	require.Error(t, err)
}

func TestEmpty_OffersTheInbox(t *testing.T) {
	d := promotion(t, shop(t))
	e := d.s.empty(kit.Query{Chip: chipAll})
	e.Do()
	require.Equal(t, "inbox", d.Opened[0].Screen)
	d.s.empty(kit.Query{Chip: chipKit}).Do()
	require.Equal(t, chipAll, d.s.list.Query().Chip)
}

package reports_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"html"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"zhanggui/app/fault"
	"zhanggui/app/money"
	"zhanggui/app/when"
	"zhanggui/reports"
)

// ledger is a table with every type of column and every odd cell.
func ledger() reports.Table {
	t := reports.Table{
		Title: "销售明细 2026-04", Note: "金额单位：元",
		Columns: []reports.Column{
			{Title: "订单", Type: reports.TypeID},
			{Title: "商品", Type: reports.TypeText},
			{Title: "日期", Type: reports.TypeDay},
			{Title: "付款时间", Type: reports.TypeTime},
			{Title: "数量", Type: reports.TypeQty},
			{Title: "金额", Type: reports.TypeMoney},
			{Title: "毛利率", Type: reports.TypePercent},
		},
	}
	t.Add(reports.Text("331722045581956012"), reports.Text("棉袜，\"加厚\"\n3 双"), reports.Day("2026-04-22"),
		reports.Time(when.At(2026, 4, 22, 10, 18, 5)), reports.Qty(3), reports.Money(123450), reports.Percent(318))
	t.Add(reports.Text("007"), reports.Text("=cmd|'/c calc'!A1"), reports.Day("1999-12-31"),
		reports.Time(0), reports.Qty(-1), reports.Money(-5), reports.Percent(-10000))
	t.Add(reports.Text("-12.5"), reports.Text("a\x00b\x0bc"), reports.Day(""), reports.Empty(), reports.Qty(0), reports.Money(0))
	return t
}

func open(t *testing.T, table reports.Table) (*excelize.File, []byte) {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, table.XLSX(&out))
	f, err := excelize.OpenReader(bytes.NewReader(out.Bytes()))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, f.Close()) })
	return f, out.Bytes()
}

func TestXLSX_EveryCell_ReadBack(t *testing.T) {
	t.Parallel()
	table := ledger()
	require.NoError(t, table.Sum("合计"))
	f, _ := open(t, table)
	const sheet = "销售明细 2026-04"
	require.Equal(t, []string{sheet}, f.GetSheetList())

	shown, err := f.GetRows(sheet)
	require.NoError(t, err)
	require.Equal(t, [][]string{
		{"销售明细 2026-04 · 金额单位：元"},
		{"订单", "商品", "日期", "付款时间", "数量", "金额", "毛利率"},
		{"331722045581956012", "棉袜，\"加厚\"\n3 双", "2026-04-22", "2026-04-22 10:18:05", "3", "1,234.50", "3.18%"},
		{"007", "=cmd|'/c calc'!A1", "1999-12-31", "", "-1", "-0.05", "-100.00%"},
		{"-12.5", "abc", "", "", "0", "0.00"},
		{"合计", "", "", "", "2", "1,234.45"},
	}, shown)

	for cell, want := range map[string]excelize.CellType{
		"A3": excelize.CellTypeInlineString, "A4": excelize.CellTypeInlineString, "A5": excelize.CellTypeInlineString,
		"B4": excelize.CellTypeInlineString, "C3": excelize.CellTypeUnset, "E3": excelize.CellTypeUnset, "F3": excelize.CellTypeUnset,
	} {
		got, err := f.GetCellType(sheet, cell)
		require.NoError(t, err)
		require.Equal(t, want, got, cell)
	}
	for cell, want := range map[string]string{"C3": "46134", "F3": "1234.5", "F4": "-0.05", "G3": "0.0318"} {
		raw, err := f.GetCellValue(sheet, cell, excelize.Options{RawCellValue: true})
		require.NoError(t, err)
		require.Equal(t, want, raw, cell)
	}
	formula, err := f.GetCellFormula(sheet, "B4")
	require.NoError(t, err)
	require.Empty(t, formula, "a text that looks like a formula stays a text")
	panes, err := f.GetPanes(sheet)
	require.NoError(t, err)
	require.True(t, panes.Freeze)
	require.Equal(t, 2, panes.YSplit)
}

func TestXLSX_ChartOfColumns_SecondSheet(t *testing.T) {
	t.Parallel()
	table := ledger()
	table.Chart = &reports.SheetChart{Title: "图表", Kind: reports.Bars, Labels: 2, Values: []int{5}}
	require.NoError(t, table.Sum("合计"))
	f, data := open(t, table)
	require.Equal(t, []string{"销售明细 2026-04", "图表"}, f.GetSheetList())

	part := zipped(t, data, "xl/charts/chart1.xml")
	require.Contains(t, part, "'销售明细 2026-04'!$F$3:$F$5", "the total line is no bar")
	require.Contains(t, part, "'销售明细 2026-04'!$C$3:$C$5")
	require.Contains(t, part, "2878B5")

	empty := reports.Table{Columns: table.Columns, Chart: table.Chart}
	f, _ = open(t, empty)
	require.Equal(t, []string{"Sheet1"}, f.GetSheetList(), "nothing to draw, no sheet")
	same := ledger()
	same.Title, same.Chart = "图表", table.Chart
	f, _ = open(t, same)
	require.Equal(t, []string{"图表", "2 图表"}, f.GetSheetList())
}

func zipped(t *testing.T, data []byte, name string) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	require.NoError(t, err)
	part, err := z.Open(name)
	require.NoError(t, err)
	text, err := io.ReadAll(part)
	require.NoError(t, err)
	return html.UnescapeString(string(text))
}

func TestXLSX_SameRows_SameBytes(t *testing.T) {
	t.Parallel()
	table := ledger()
	var a, b bytes.Buffer
	require.NoError(t, table.XLSX(&a))
	require.NoError(t, table.XLSX(&b))
	require.Equal(t, zipped(t, a.Bytes(), "xl/styles.xml"), zipped(t, b.Bytes(), "xl/styles.xml"))
	require.Equal(t, zipped(t, a.Bytes(), "xl/worksheets/sheet1.xml"), zipped(t, b.Bytes(), "xl/worksheets/sheet1.xml"))
}

func TestXLSX_BeyondItsLimits_Refused(t *testing.T) {
	t.Parallel()
	table := reports.Table{Columns: []reports.Column{{Title: "金额", Type: reports.TypeMoney}}}
	table.Add(reports.Money(1 << 60))
	err := table.XLSX(io.Discard)
	require.Equal(t, "fault.report.number", fault.Key(err))
	table.Columns[0].Type = reports.TypeQty
	require.Equal(t, "fault.report.number", fault.Key(table.XLSX(io.Discard)))

	wide := reports.Table{Columns: table.Columns}
	wide.Add(reports.Qty(1), reports.Qty(2))
	require.Equal(t, "fault.report.columns", fault.Key(wide.XLSX(io.Discard)))

	endless := reports.Table{Columns: table.Columns, Each: func(yield func([]reports.Cell) error) error {
		for {
			if err := yield(nil); err != nil {
				return err
			}
		}
	}}
	require.Equal(t, "fault.report.too_many_rows", fault.Key(endless.XLSX(io.Discard)))
}

func TestSheetName_AnyTitle_Allowed(t *testing.T) {
	t.Parallel()
	for title, want := range map[string]string{
		"": "Sheet1", "  ": "Sheet1", "a/b:c*d?[e]\\": "a b c d  e", "'x'": "x",
		strings.Repeat("销", 40): strings.Repeat("销", 31), "a\tb": "a b",
	} {
		require.Equal(t, want, reports.SheetName(title), title)
	}
}

func TestSum_MoneyAndQuantities_OverflowTold(t *testing.T) {
	t.Parallel()
	table := reports.Table{Columns: []reports.Column{{Type: reports.TypeMoney}}}
	table.Add(reports.Money(1 << 62))
	table.Add(reports.Money(1 << 62))
	require.True(t, fault.Is(table.Sum("合计"), fault.Limit))
}

func TestCSV_EveryCell_AsGolden(t *testing.T) {
	t.Parallel()
	table := ledger()
	table.Add(reports.Text("@x"), reports.Text("\tTAB"))
	table.Add(reports.Text("+8613812344417"), reports.Text("+1+cmd"))
	table.Add(reports.Text("-3-4"), reports.Text("＝1＋1"))
	table.Add(reports.Text("\x00=1"), reports.Text(" 空格 "))
	table.Add(reports.Text("-"), reports.Text("1.2.3"))
	require.NoError(t, table.Sum("合计"))
	var out bytes.Buffer
	require.NoError(t, table.CSV(&out, reports.UTF8))

	path := filepath.Join("testdata", "golden", "ledger.csv")
	if *update {
		require.NoError(t, os.WriteFile(path, out.Bytes(), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, string(want), out.String())

	text, marked := strings.CutPrefix(out.String(), "\uFEFF")
	require.True(t, marked)
	read := csv.NewReader(strings.NewReader(text))
	rows, err := read.ReadAll()
	require.NoError(t, err)
	require.Equal(t, []string{"331722045581956012", "棉袜，\"加厚\"\n3 双", "2026-04-22", "2026-04-22 10:18:05", "3", "1234.50", "3.18%"}, rows[1])
	require.Equal(t, "'=cmd|'/c calc'!A1", rows[2][1])
	require.Equal(t, []string{"-12.5", "a\x00b\x0bc", "", "", "0", "0.00", ""}, rows[3])
	require.Equal(t, []string{"'@x", "'\tTAB"}, rows[4][:2])
	require.Equal(t, []string{"+8613812344417", "'+1+cmd"}, rows[5][:2])
	require.Equal(t, []string{"'-3-4", "'＝1＋1"}, rows[6][:2])
	require.Equal(t, []string{"'\x00=1", " 空格 "}, rows[7][:2])
	require.Equal(t, []string{"'-", "1.2.3"}, rows[8][:2])
	require.Equal(t, []string{"合计", "", "", "", "2", "1234.45", ""}, rows[9])
}

func TestCSV_GB18030_DecodesToTheSame(t *testing.T) {
	t.Parallel()
	table := ledger()
	table.Add(reports.Text("1"), reports.Text("𠮷龘㑇"))
	var utf, gb bytes.Buffer
	require.NoError(t, table.CSV(&utf, reports.UTF8))
	require.NoError(t, table.CSV(&gb, reports.GB18030))

	back, err := simplifiedchinese.GB18030.NewDecoder().Bytes(gb.Bytes())
	require.NoError(t, err)
	require.Equal(t, strings.TrimPrefix(utf.String(), "\uFEFF"), string(back))
	require.False(t, bytes.HasPrefix(gb.Bytes(), []byte("\xEF\xBB\xBF")))
}

func TestCSV_WriterFails_ErrorKept(t *testing.T) {
	t.Parallel()
	table := ledger()
	full := errors.New("disk full")
	for _, enc := range []reports.Encoding{reports.UTF8, reports.GB18030} {
		require.ErrorIs(t, table.CSV(failing{full}, enc), full)
	}
	broken := reports.Table{Columns: table.Columns, Each: func(func([]reports.Cell) error) error { return full }}
	require.ErrorIs(t, broken.CSV(io.Discard, reports.UTF8), full)
	require.ErrorIs(t, broken.XLSX(io.Discard), full)
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

func TestWriteFile_New_AndOver(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "销售 #1.csv")
	for _, text := range []string{"first", "second"} {
		require.NoError(t, reports.WriteFile(reports.OS, path, func(w io.Writer) error {
			_, err := io.WriteString(w, text)
			return err
		}))
		got, err := os.ReadFile(path)
		require.NoError(t, err)
		require.Equal(t, text, string(got))
	}
	require.Len(t, listed(t, filepath.Dir(path)), 1, "no temporary file stays")
}

func listed(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// broken is the real file system with one call that fails.
type broken struct {
	reports.FS
	at  string
	err error
}

func (b broken) fail(call string) error {
	if b.at == call {
		return b.err
	}
	return nil
}

func (b broken) CreateTemp(dir, pattern string) (reports.File, error) {
	if err := b.fail("create"); err != nil {
		return nil, err
	}
	f, err := b.FS.CreateTemp(dir, pattern)
	return brokenFile{f, b}, err
}

func (b broken) Rename(from, to string) error {
	if err := b.fail("rename"); err != nil {
		return err
	}
	return b.FS.Rename(from, to)
}

func (b broken) SyncDir(dir string) error {
	if err := b.fail("syncdir"); err != nil {
		return err
	}
	return b.FS.SyncDir(dir)
}

type brokenFile struct {
	reports.File
	b broken
}

func (f brokenFile) Write(p []byte) (int, error) {
	if err := f.b.fail("write"); err != nil {
		n, _ := f.File.Write(p[:len(p)/2]) // half of it reached the disk
		return n, err
	}
	return f.File.Write(p)
}

func (f brokenFile) Sync() error { return errors.Join(f.b.fail("sync"), f.File.Sync()) }

func (f brokenFile) Close() error { return errors.Join(f.b.fail("close"), f.File.Close()) }

func TestWriteFile_EveryCallFails_OldFileStays(t *testing.T) {
	t.Parallel()
	enospc := errors.New("no space left on device")
	for _, at := range []string{"create", "write", "sync", "close", "rename", "syncdir"} {
		path := filepath.Join(t.TempDir(), "a.csv")
		require.NoError(t, os.WriteFile(path, []byte("old"), 0o644))

		err := reports.WriteFile(broken{reports.OS, at, enospc}, path, func(w io.Writer) error {
			_, err := io.WriteString(w, "new text")
			return err
		})

		require.True(t, fault.Is(err, fault.Unavailable), at)
		require.Equal(t, "fault.report.write", fault.Key(err), at)
		require.ErrorIs(t, err, enospc, at)
		got, readErr := os.ReadFile(path)
		require.NoError(t, readErr)
		want := "old"
		if at == "syncdir" { // renamed already: whole, only perhaps not durable
			want = "new text"
		}
		require.Equal(t, want, string(got), at)
		require.Equal(t, []string{"a.csv"}, listed(t, filepath.Dir(path)), at)
	}
}

func TestWriteFile_WriterRefusesOrStops_ItsFaultKept(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a.xlsx")
	err := reports.WriteFile(reports.OS, path, func(io.Writer) error { return fault.New(fault.Limit, "fault.limit", "limit", 1) })
	require.Equal(t, "fault.limit", fault.Key(err))
	err = reports.WriteFile(reports.OS, path, func(io.Writer) error { return context.Canceled })
	require.True(t, fault.Is(err, fault.Cancelled))
	require.Empty(t, listed(t, filepath.Dir(path)))
	err = reports.WriteFile(reports.OS, filepath.Join(path, "no", "such"), func(io.Writer) error { return nil })
	require.True(t, fault.Is(err, fault.Unavailable))
}

// The export benchmarks of QUALITY B10: ours beside the library's own writer on
// the same 100,000 × 10 cells; "ratio" is the quotient of their times.
func BenchmarkXLSX100k(b *testing.B) {
	beside(b, func(t *reports.Table) error { return t.XLSX(io.Discard) }, floorXLSX)
}

func BenchmarkCSV100k(b *testing.B) {
	beside(b, func(t *reports.Table) error { return t.CSV(io.Discard, reports.UTF8) }, floorCSV)
}

func beside(b *testing.B, ours func(*reports.Table) error, floor func() error) {
	table := big()
	runtime.GC()
	var mine, theirs float64
	for b.Loop() {
		watch := when.Stopwatch()
		require.NoError(b, ours(&table))
		mine += watch().Seconds()
		watch = when.Stopwatch()
		require.NoError(b, floor())
		theirs += watch().Seconds()
	}
	b.ReportMetric(mine/float64(b.N), "ours-s/op")
	b.ReportMetric(theirs/float64(b.N), "floor-s/op")
	b.ReportMetric(mine/theirs, "ratio")
}

const bigRows = 100_000

func orderNo(i int) string { return strconv.Itoa(331722045581000000 + i) }

func big() reports.Table {
	t := reports.Table{}
	for _, typ := range []reports.Type{
		reports.TypeID, reports.TypeText, reports.TypeText, reports.TypeDay, reports.TypeTime,
		reports.TypeQty, reports.TypeMoney, reports.TypeMoney, reports.TypeMoney, reports.TypePercent,
	} {
		t.Columns = append(t.Columns, reports.Column{Title: "列", Type: typ})
	}
	for i := range bigRows {
		t.Add(reports.Text(orderNo(i)), reports.Text("棉袜 加厚 3 双"), reports.Text("浙江 杭州"), reports.Day("2026-04-22"),
			reports.Time(when.Millis(1_776_000_000_000+int64(i)*1000)), reports.Qty(int64(i%7)), reports.Money(money.Fen(i)*13),
			reports.Money(money.Fen(i)*7), reports.Money(money.Fen(i)*3), reports.Percent(money.BP(i%10000)))
	}
	return t
}

func floorXLSX() error {
	f := excelize.NewFile()
	amount, day, moment, rate := "#,##0.00", "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss", "0.00%"
	var styles [5]int
	for i, format := range []*string{nil, &amount, &day, &moment, &rate} {
		styles[i], _ = f.NewStyle(&excelize.Style{CustomNumFmt: format})
	}
	out, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		return err
	}
	for i := range bigRows {
		at, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			return err
		}
		err = out.SetRow(at, []any{
			excelize.Cell{StyleID: styles[0], Value: orderNo(i)},
			"棉袜 加厚 3 双", "浙江 杭州",
			excelize.Cell{StyleID: styles[2], Value: 46134.0},
			excelize.Cell{StyleID: styles[3], Value: 46134 + float64(i)/86400},
			excelize.Cell{StyleID: styles[0], Value: i % 7},
			excelize.Cell{StyleID: styles[1], Value: float64(i*13) / 100},
			excelize.Cell{StyleID: styles[1], Value: float64(i*7) / 100},
			excelize.Cell{StyleID: styles[1], Value: float64(i*3) / 100},
			excelize.Cell{StyleID: styles[4], Value: float64(i%10000) / 10000},
		})
		if err != nil {
			return err
		}
	}
	if err := out.Flush(); err != nil {
		return err
	}
	return errors.Join(f.Write(io.Discard), f.Close())
}

func floorCSV() error {
	out := csv.NewWriter(io.Discard)
	out.UseCRLF = true
	for i := range bigRows {
		m := when.Millis(1_776_000_000_000 + int64(i)*1000)
		err := out.Write([]string{
			orderNo(i), "棉袜 加厚 3 双", "浙江 杭州", "2026-04-22", m.String(), strconv.Itoa(i % 7),
			(money.Fen(i) * 13).String(), (money.Fen(i) * 7).String(), (money.Fen(i) * 3).String(), money.Fen(i%10000).String() + "%",
		})
		if err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

package products

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"zhanggui/app/auth"
	"zhanggui/app/catalog"
	"zhanggui/ui/kit"
	"zhanggui/ui/kit/kittest"
)

// grid puts the screen into grid mode on a cell.
func (d *desk) grid(code, column string) {
	d.T.Helper()
	d.keys("F2", "Ctrl+Home")
	d.to(code, column)
}

// to moves the cursor by keys: to the first cell, then down and right.
func (d *desk) to(code, column string) {
	d.T.Helper()
	d.keys("Ctrl+Home")
	g := d.s.list.Grid()
	for g.At(g.CursorRow()).Cells == nil || !strings.HasPrefix(d.copied(), code) {
		row := g.CursorRow()
		d.keys("Down")
		require.NotEqual(d.T, row, g.CursorRow(), "no row %s", code)
	}
	for _, c := range d.s.columns() {
		if c.Key == column {
			return
		}
		if c.Edit != nil || c.Sheet != kit.SheetUsual {
			d.keys("Right")
		}
	}
}

// copied is the cell under the cursor, by way of the clipboard.
func (d *desk) copied() string {
	d.keys("Ctrl+C")
	return strings.TrimSuffix(fyne.CurrentApp().Clipboard().Content(), "\r\n")
}

func (d *desk) clip(text string) { fyne.CurrentApp().Clipboard().SetContent(text) }

// undo takes the newest deed back as the frame does by Ctrl+Z.
func (d *desk) undo() (done bool) {
	d.T.Helper()
	note := d.Notes[len(d.Notes)-1]
	require.NotNil(d.T, note.Undo)
	note.Undo(func(ok bool) { done = ok })
	d.settle()
	return done
}

func TestGrid_TypedAndPasted_OneSave_OneUndo(t *testing.T) {
	f := shop(t)
	d := promotion(t, f)
	d.grid("YSCB-01", "price")
	d.Type("55")
	d.keys("Enter")
	d.to("MJ-3", "title")
	d.clip("纯棉毛巾 加厚\t三条装\t家纺\t洁雅\tB-04-12\t6901234567946\t300\t42.50\r\n")
	d.keys("Ctrl+V", "Enter", "F9")

	require.Equal(t, "已修改 2 条 · 6 格", d.s.list.HintText())
	require.EqualValues(t, 5500, d.card("YSCB-01").SKU.PriceFen)
	c := d.card("MJ-3")
	require.Equal(t, "纯棉毛巾 加厚", c.Product.Title)
	require.Equal(t, "洁雅", c.Product.Brand)
	require.EqualValues(t, 300, c.SKU.WeightG)
	require.EqualValues(t, 4250, c.SKU.PriceFen)
	require.Equal(t, "B-04-12", c.SKU.Bin)
	require.True(t, d.undo())
	c = d.card("MJ-3")
	require.Equal(t, "纯棉毛巾", c.Product.Title)
	require.Equal(t, "整日", c.Product.Brand)
	require.EqualValues(t, 3990, c.SKU.PriceFen)
	require.EqualValues(t, 4990, d.card("YSCB-01").SKU.PriceFen)
	d.to("MJ-3", "price")
	require.Equal(t, "39.90", d.copied(), "the table followed by itself")
	f.CheckClean()
}

func TestGrid_OtherDeskChangedIt_NamedAtTheCell(t *testing.T) {
	f := shop(t)
	d := promotion(t, f)
	d.grid("MJ-3", "price")
	d.Type("45")
	d.keys("Enter")
	_, err := f.Catalog.EditMany(f.As(auth.Supervisor), catalog.EditManyCmd{Edits: []catalog.Edit{
		{SKU: d.card("MJ-3").SKU.ID, Field: catalog.FieldPrice, From: "39.90", To: "41.00"},
		{SKU: d.card("MJ-3").SKU.ID, Field: catalog.FieldBin, From: "B-04-11", To: "B-05-1"},
	}})
	require.NoError(t, err)
	d.settle()
	d.to("MJ-3", "bin")
	require.Equal(t, "B-05-1", d.copied(), "what nobody edits here follows")
	d.to("MJ-3", "price")
	require.Contains(t, d.s.list.HintText(), "别人刚把它改成了“41.00”")

	d.keys("F9")
	require.Contains(t, d.s.list.HintText(), f.Person(auth.Supervisor).Name)
	require.EqualValues(t, 4100, d.card("MJ-3").SKU.PriceFen)
	d.keys("F2", "Enter", "F9")
	require.EqualValues(t, 4500, d.card("MJ-3").SKU.PriceFen, "confirmed")
	d.keys("Esc")
	f.CheckClean()
}

func TestGrid_Undo_AfterALaterChange_IsRefusedAndSaysWhose(t *testing.T) {
	f := shop(t)
	d := promotion(t, f)
	d.grid("MJ-3", "bin")
	d.Type("Z-1")
	d.keys("Enter", "F9")
	id := d.card("MJ-3").SKU.ID
	_, err := f.Catalog.EditMany(f.As(auth.Supervisor), catalog.EditManyCmd{Edits: []catalog.Edit{{SKU: id, Field: catalog.FieldBin, From: "Z-1", To: "Z-2"}}})
	require.NoError(t, err)

	require.False(t, d.undo())
	require.Equal(t, "Z-2", d.card("MJ-3").SKU.Bin)
}

func TestGrid_TitleBelongsToAllVariants(t *testing.T) {
	f := shop(t)
	d := promotion(t, f)
	d.grid("YSCB-01", "title")
	d.Type("晴雨伞")
	d.keys("Enter")
	d.to("YSCB-02", "title")
	require.Equal(t, "晴雨伞", d.copied())
	left, _ := d.s.list.FooterText()
	require.Contains(t, left, "改了 1 条 · 1 格")
}

func TestGrid_WithoutTheRight_ThereIsNone(t *testing.T) {
	d := sit(t, shop(t), auth.Warehouse, kittest.Light, false, kittest.Large)
	d.keys("F2")
	left, _ := d.s.list.FooterText()
	require.NotContains(t, left, "改了")
	d.keys("Space")
	require.False(t, d.open())
	require.Equal(t, 11, d.s.list.Total())
}

func TestGrid_Golden(t *testing.T) {
	f := shop(t)
	for _, look := range kittest.Looks {
		t.Run(look.Name, func(t *testing.T) {
			d := sit(t, f, auth.Promotion, look.Mode, look.English, look.Size)
			d.grid("BWB-500W", "price")
			d.Type("82.5")
			d.keys("Enter")
			d.to("MFG-3", "weight")
			d.Type("420")
			d.keys("Enter")
			d.to("YSCB-01", "title")
			d.Type("雨伞 长柄 加固")
			d.keys("Enter")
			d.to("MJ-3", "bin")
			d.keys("Shift+Down", "Shift+Right")
			d.Golden("grid-" + look.Name)
			d.to("MJ-3", "barcodes")
			d.clip("6.90123E+12\t280\t38\r\n6901234567953\t半斤\t-2\r\n")
			d.keys("Ctrl+V")
			d.Golden("grid-paste-" + look.Name)
			d.keys("Enter", "F9")
			d.Golden("grid-bad-" + look.Name)
		})
	}
}

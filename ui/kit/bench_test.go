package kit

import (
	"fmt"
	"image"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"zhanggui/app/i18n"
	"zhanggui/app/when"
	"zhanggui/ui/theme"
)

type benchRows struct{ rows []*Row }

func (b benchRows) Len() int               { return 1_000_000 }
func (b benchRows) Row(i int) (*Row, bool) { return b.rows[i%len(b.rows)], true }

func benchGrid(b *testing.B) *Grid {
	app := test.NewTempApp(b)
	app.Settings().SetTheme(theme.New(theme.LightMode, 1))
	now := when.At(2026, 4, 23, 10, 18, 0)
	heads := make([]Head, 12)
	for i := range heads {
		heads[i] = Head{Key: fmt.Sprint(i), Title: "实付", Width: 100}
	}
	rows := make([]*Row, 200)
	for i := range rows {
		cells := []Cell{
			Due(Deadline{From: now - 40*when.Hour, Target: now - 16*when.Hour, Limit: now + 8*when.Hour}), Text(fmt.Sprint("B-01-", i)),
			Text("保温杯 750ml 墨黑 加厚").With("+1 种"), Count(int64(i)), ChannelDot("jd", "京东"), OrderNo(fmt.Sprint(6928441077312000 + i)),
			Text("沈**").With("4417"), Text("浙江"), Text("中通"), Amount(15880), Pill(theme.OK, "已打包"), Icons(Mark{Icon: "note", Tone: theme.Urgent}),
		}
		rows[i] = &Row{ID: fmt.Sprint(i), Cells: cells}
	}
	env := Env{Tr: i18n.New(i18n.Chinese), Clock: when.NewFixed(now)}
	g := NewGrid(env, "bench", heads, benchRows{rows}, true)
	g.Resize(fyne.NewSize(1280, 28+25*28))
	return g
}

// BenchmarkGrid_Page draws a page of 25 rows × 12 columns, a new one each time.
func BenchmarkGrid_Page(b *testing.B) {
	g := benchGrid(b)
	g.draw(1280, 728)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		g.view.scrollTo((i * 25 % 900_000) * 28)
		g.draw(1280, 728)
	}
}

// BenchmarkGrid_FirstPage draws the first page of a session: every glyph is made.
func BenchmarkGrid_FirstPage(b *testing.B) {
	g := benchGrid(b)
	b.ReportAllocs()
	for b.Loop() {
		types := sharedTypeset()
		types.mu.Lock()
		types.faces, types.cuts = map[faceKey]*face{}, map[cutKey]string{}
		types.mu.Unlock()
		g.draw(1280, 728)
	}
}

// BenchmarkCanvasText_Page is the same page as one canvas.Text per cell, drawn by
// Fyne's software painter: what the grid is measured against.
func BenchmarkCanvasText_Page(b *testing.B) {
	app := test.NewTempApp(b)
	app.Settings().SetTheme(theme.New(theme.LightMode, 1))
	var texts []fyne.CanvasObject
	for row := range 25 {
		for col := range 12 {
			t := canvas.NewText("", theme.Light().Text)
			t.TextSize = 13
			t.Move(fyne.NewPos(float32(col*100), float32(row*28)))
			texts = append(texts, t)
		}
	}
	w := test.NewTempWindow(b, container.NewWithoutLayout(texts...))
	w.SetPadded(false)
	w.Resize(fyne.NewSize(1280, 728))
	var img image.Image
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		for n, o := range texts {
			t := o.(*canvas.Text)
			t.Text = fmt.Sprint("保温杯 ", i*300+n)
			t.Refresh()
		}
		img = w.Canvas().Capture()
	}
	_ = img
}

// BenchmarkGrid_Capture is BenchmarkGrid_Page through Fyne's software painter, for the comparison above.
func BenchmarkGrid_Capture(b *testing.B) {
	g := benchGrid(b)
	w := test.NewTempWindow(b, g)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(1280, 728))
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		g.ScrollTo(i * 25 % 900_000)
		w.Canvas().Capture()
	}
}

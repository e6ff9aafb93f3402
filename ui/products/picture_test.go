package products

import (
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/auth"
	"zhanggui/app/catalog"
	"zhanggui/ui/kit/kittest"
)

// umbrella is a drawn picture of an umbrella, so that a golden shows something.
func umbrella(c color.NRGBA) image.Image {
	img := image.NewNRGBA(image.Rect(0, 0, 800, 600))
	for y := range 600 {
		for x := range 800 {
			dx, dy := x-400, y-330
			at := color.NRGBA{R: 244, G: 242, B: 236, A: 255}
			rib := (dx%120 + 120) % 120
			switch {
			case dy < 0 && dx*dx+dy*dy < 250*250 && (dy < -30 || (rib-60)*(rib-60)/40+dy+30 < 0 || rib*(120-rib) > 900 && dy < -8):
				at = c
			case dx > -7 && dx < 7 && dy > -40 && dy < 190, dy >= 190 && dy < 206 && dx > -7 && dx < 50:
				at = color.NRGBA{R: 96, G: 72, B: 50, A: 255}
			}
			img.SetNRGBA(x, y, at)
		}
	}
	return img
}

// file writes a picture file and gives its path.
func file(t testing.TB, name string, img image.Image) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	f, err := os.Create(path)
	require.NoError(t, err)
	require.NoError(t, png.Encode(f, img))
	require.NoError(t, f.Close())
	return path
}

var navy, green = color.NRGBA{R: 38, G: 62, B: 110, A: 255}, color.NRGBA{R: 40, G: 110, B: 80, A: 255}

// sum is the SHA-256 of a SKU's own picture.
func (d *desk) sum(code string) string {
	d.T.Helper()
	c := d.card(code)
	p, err := d.f.Catalog.Picture(d.f.As(auth.Supervisor), c.SKU.ID)
	require.NoError(d.T, err)
	return shot{kept: p}.own(c)
}

func TestPicture_Dropped_Replaced_Removed_EachTakenBack(t *testing.T) {
	f := shop(t)
	d := promotion(t, f)
	d.s.Open("YSCB-01")
	d.settle()
	require.True(t, d.s.Dropped([]string{file(t, "雨伞.PNG", umbrella(navy))}))
	d.settle()
	first := d.sum("YSCB-01")
	require.NotEmpty(t, first)
	require.Equal(t, "已换图片 YSCB-01", d.s.list.HintText())

	d.Picker.Paths = []string{file(t, "绿.png", umbrella(green))}
	d.keys("Alt+P", "Enter") // another one
	second := d.sum("YSCB-01")
	require.NotEqual(t, first, second)
	require.True(t, d.undo())
	require.Equal(t, first, d.sum("YSCB-01"))
	d.keys("Alt+P", "2", "Enter")
	require.Empty(t, d.sum("YSCB-01"))
	require.Equal(t, "已去掉图片 YSCB-01", d.s.list.HintText())
	require.True(t, d.undo())
	require.Equal(t, first, d.sum("YSCB-01"))
	d.Tap("products.picture.remove")
	d.settle()
	require.Empty(t, d.sum("YSCB-01"))
	f.CheckClean()
}

func TestPicture_UndoAfterALaterOne_IsRefused(t *testing.T) {
	f := shop(t)
	d := promotion(t, f)
	d.s.Open("MJ-3")
	d.settle()
	require.True(t, d.s.Dropped([]string{file(t, "a.png", umbrella(navy))}))
	d.settle()
	data, err := os.ReadFile(file(t, "b.png", umbrella(green)))
	require.NoError(t, err)
	_, now, err := f.Catalog.SetPicture(f.As(auth.Supervisor), catalog.SetPictureCmd{SKU: d.card("MJ-3").SKU.ID, File: data, Was: d.sum("MJ-3")})
	require.NoError(t, err)

	require.False(t, d.undo())
	require.Equal(t, now.SHA256, d.sum("MJ-3"))
}

func TestPicture_WhatIsNone_IsRefusedAndSaysWhatToDo(t *testing.T) {
	f := shop(t)
	d := promotion(t, f)
	d.s.Open("MJ-3")
	d.settle()
	path := filepath.Join(t.TempDir(), "表.png")
	require.NoError(t, os.WriteFile(path, []byte("a,b\n"), 0o600))
	require.True(t, d.s.Dropped([]string{path}))
	d.settle()
	require.Contains(t, d.s.list.HintText(), "不是 PNG 或 JPEG")
	require.True(t, d.s.Dropped([]string{filepath.Join(t.TempDir(), "fehlt.png")}))
	d.settle()
	require.Contains(t, d.s.list.HintText(), "打不开文件 fehlt.png")
	require.Empty(t, d.sum("MJ-3"))

	require.False(t, d.s.Dropped([]string{"订单.xlsx"}), "a table goes to the inbox")
	require.False(t, d.s.Dropped([]string{"a.png", "b.png"}))
	d.keys("F2")
	require.False(t, d.s.Dropped([]string{path}), "no card is in sight in grid mode")
}

func TestPicture_WithoutTheRight_ItIsOnlySeen(t *testing.T) {
	f := shop(t)
	d := sit(t, f, auth.Warehouse, kittest.Light, false, kittest.Large)
	d.s.Open("MJ-3")
	d.settle()
	require.False(t, d.s.Dropped([]string{file(t, "a.png", umbrella(navy))}))
	d.keys("Alt+P")
	require.False(t, d.open())
	require.Empty(t, d.Picker.Asked)
	d.Golden("picture-warehouse")
}

func TestPicture_Golden(t *testing.T) {
	f := shop(t)
	look := promotion(t, f)
	look.s.Open("YSCB-01")
	look.settle()
	require.True(t, look.s.Dropped([]string{file(t, "a.png", umbrella(navy))}))
	look.settle()
	for _, i := range []int{1, 7} {
		look := kittest.Looks[i]
		t.Run(look.Name, func(t *testing.T) {
			d := sit(t, f, auth.Promotion, look.Mode, look.English, look.Size)
			d.s.list.Grid().SetCursor(d.s.list.Total() - 2)
			d.settle()
			d.Golden("picture-" + look.Name)
			d.s.list.Grid().SetCursor(d.s.list.Total() - 1)
			d.settle()
			d.Golden("picture-variant-" + look.Name)
		})
	}
}

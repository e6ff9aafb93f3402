package products

import (
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/ui/kit/kittest"
	"zhanggui/ui/theme"
)

// looks are the pictures of every screen: both languages, appearances and sizes.
var looks = []struct {
	name    string
	english bool
	mode    theme.Mode
	size    fyne.Size
}{
	{"zh-light-1280", false, kittest.Light, kittest.Small},
	{"zh-light-1440", false, kittest.Light, kittest.Large},
	{"zh-dark-1280", false, kittest.Dark, kittest.Small},
	{"zh-dark-1440", false, kittest.Dark, kittest.Large},
	{"en-light-1280", true, kittest.Light, kittest.Small},
	{"en-light-1440", true, kittest.Light, kittest.Large},
	{"en-dark-1280", true, kittest.Dark, kittest.Small},
	{"en-dark-1440", true, kittest.Dark, kittest.Large},
}

func TestProducts_Golden(t *testing.T) {
	f := shop(t)
	for _, look := range looks {
		t.Run(look.name, func(t *testing.T) {
			d := sit(t, f, auth.Promotion, look.mode, look.english, look.size)
			d.keys("Down", "Down", "Down", "Down")
			d.Golden("products-" + look.name)
		})
	}
}

func TestProducts_States_Golden(t *testing.T) {
	t.Run("empty", func(t *testing.T) { promotion(t, apptest.New(t)).Golden("products-empty") })
	t.Run("error", func(t *testing.T) {
		f := shop(t)
		require.NoError(t, f.Store.Close())
		promotion(t, f).Golden("products-error")
	})
	t.Run("warehouse", func(t *testing.T) {
		d := sit(t, shop(t), auth.Warehouse, kittest.Light, false, kittest.Large)
		d.Golden("products-warehouse")
	})
}

func TestForm_Golden(t *testing.T) {
	f := shop(t)
	for _, i := range []int{0, 6} {
		look := looks[i]
		t.Run(look.name, func(t *testing.T) {
			d := sit(t, f, auth.Promotion, look.mode, look.english, look.size)
			d.s.Open("SET-YS")
			d.settle()
			d.keys("F2")
			d.Golden("form-" + look.name)
			d.keys("Esc", "Esc", "F9")
			d.fill("code", "yscb-01")
			d.save()
			d.Golden("form-fault-" + look.name)
		})
	}
}

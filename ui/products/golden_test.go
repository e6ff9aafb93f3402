package products

import (
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/ui/kit/kittest"
)

func TestProducts_Golden(t *testing.T) {
	f := shop(t)
	for _, look := range kittest.Looks {
		t.Run(look.Name, func(t *testing.T) {
			d := sit(t, f, auth.Promotion, look.Mode, look.English, look.Size)
			d.keys("Down", "Down", "Down", "Down")
			d.Golden("products-" + look.Name)
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
		look := kittest.Looks[i]
		t.Run(look.Name, func(t *testing.T) {
			d := sit(t, f, auth.Promotion, look.Mode, look.English, look.Size)
			d.s.Open("SET-YS")
			d.settle()
			d.keys("Alt+E")
			d.Golden("form-" + look.Name)
			d.keys("Esc", "Esc", "F9")
			d.fill("code", "yscb-01")
			d.save()
			d.Golden("form-fault-" + look.Name)
		})
	}
}

package stock

import (
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/ui/kit"
	"zhanggui/ui/kit/kittest"
)

func TestStock_Golden(t *testing.T) {
	s := fill(t)
	for _, look := range kittest.Looks {
		t.Run(look.Name, func(t *testing.T) {
			d := sit(t, s.Fixture, auth.Finance, look.Mode, look.English, look.Size)
			d.cursor("YSCB-01")
			d.Golden("stock-" + look.Name)
		})
	}
	t.Run("warehouse", func(t *testing.T) {
		d := sit(t, s.Fixture, auth.Warehouse, kittest.Light, false, kittest.Large)
		d.cursor("LH-1")
		d.Golden("stock-warehouse-zh-light-1440")
	})
	t.Run("explain", func(t *testing.T) {
		d := sit(t, s.Fixture, auth.Finance, kittest.Light, true, kittest.Small)
		d.RightClick("stock.list#total")
		d.Golden("stock-explain-en-light-1280")
	})
	t.Run("as of", func(t *testing.T) {
		d := sit(t, s.Fixture, auth.Finance, kittest.Dark, false, kittest.Large)
		d.s.showDay("2026-04-21")
		d.cursor("YSCB-01")
		d.Golden("stock-as-of-zh-dark-1440")
	})
}

func TestStock_States_Golden(t *testing.T) {
	t.Run("empty", func(t *testing.T) {
		d := sit(t, apptest.New(t), auth.Warehouse, kittest.Light, false, kittest.Small)
		d.Golden("stock-empty")
	})
	t.Run("error", func(t *testing.T) {
		f := apptest.New(t)
		f.Person(auth.Warehouse)
		require.NoError(t, f.Store.Close())
		d := sit(t, f, auth.Warehouse, kittest.Dark, true, kittest.Small)
		require.Equal(t, 0, d.s.list.Total())
		d.Golden("stock-error")
	})
}

func TestForms_Golden(t *testing.T) {
	s := fill(t)
	for name, key := range map[string]string{"receive": "F9", "adjust": "F2", "opening": "Alt+O", "recost": "Alt+C", "as-of": "Alt+D", "undo": "Alt+U"} {
		t.Run(name, func(t *testing.T) {
			d := sit(t, s.Fixture, auth.Finance, kittest.Light, false, kittest.Small)
			d.cursor("XYD-5")
			if name == "recost" {
				d.cursor("SNX-36")
			}
			d.Press(kit.Chord(key))
			if name == "adjust" {
				d.Type("+3")
			}
			require.True(t, d.open())
			d.Golden("form-" + name)
		})
	}
}

package orders

import (
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/auth"
	"zhanggui/ui/kit/kittest"
)

func TestDesk_Golden(t *testing.T) {
	s := day(t)
	for _, look := range kittest.Looks {
		t.Run(look.Name, func(t *testing.T) {
			d := sit(t, s.Fixture, auth.Service, look.Mode, look.English, look.Size)
			d.keys("Down", "Space", "Down", "Space", "Home")
			d.Golden("desk-" + look.Name)
		})
	}
}

func TestDesk_States_Golden(t *testing.T) {
	t.Run("empty", func(t *testing.T) {
		d := sit(t, open(t).Fixture, auth.Service, kittest.Light, false, kittest.Small)
		d.Golden("desk-empty")
	})
	t.Run("error", func(t *testing.T) {
		s := open(t)
		require.NoError(t, s.Store.Close())
		d := sit(t, s.Fixture, auth.Service, kittest.Light, false, kittest.Small)
		d.Golden("desk-error")
	})
	t.Run("passed", func(t *testing.T) {
		d := sit(t, day(t).Fixture, auth.Service, kittest.Light, false, kittest.Large)
		d.keys("F9")
		d.Golden("desk-passed")
	})
	t.Run("filter", func(t *testing.T) {
		d := sit(t, day(t).Fixture, auth.Finance, kittest.Dark, false, kittest.Large)
		d.keys("F4")
		d.Golden("desk-finance-filter")
	})
}

func TestPane_Golden(t *testing.T) {
	s := day(t)
	conflicted := s.place(s.item(1, 1))
	s.conflict(conflicted)
	for name, number := range map[string]string{"conflict": conflicted.Number, "unmapped": "6928441077327894"} {
		t.Run(name, func(t *testing.T) {
			d := sit(t, s.Fixture, auth.Service, kittest.Light, false, kittest.Large)
			d.s.Open(number)
			d.settle()
			d.Golden("pane-" + name)
		})
	}
}

func TestForms_Golden(t *testing.T) {
	s := day(t)
	for _, look := range []int{0, 6} {
		look := kittest.Looks[look]
		shot := func(name string, do func(d *desk)) {
			t.Run(name+"-"+look.Name, func(t *testing.T) {
				d := sit(t, s.Fixture, auth.Service, look.Mode, look.English, look.Size)
				do(d)
				d.settle()
				d.Golden("form-" + name + "-" + look.Name)
			})
		}
		shot("address", func(d *desk) {
			d.keys("1")
			d.fill("orders.address.phone", "")
			d.keys("Enter")
		})
		shot("sku", func(d *desk) { d.keys("Down", "Down", "2") })
		shot("split", func(d *desk) {
			d.keys("Down", "Down", "3")
			d.fill("orders.split.cell.1.1", "1")
			d.keys("Enter")
		})
		shot("merge", func(d *desk) {
			d.Tap("orders.list.chip.merge")
			d.settle()
			d.keys("4")
		})
		shot("hold", func(d *desk) {
			d.keys("5")
			d.fill("orders.hold.until", "-1")
			d.fill("orders.hold.reason", "x")
			d.keys("Enter")
		})
		shot("release", func(d *desk) { d.keys("6") })
		shot("manual", func(d *desk) {
			d.keys("Ctrl+N")
			d.Tap("orders.manual.add")
			d.keys("Enter", "Enter")
			d.Tap("orders.manual.add")
			d.keys("Down", "Down", "Enter")
		})
	}
}

package charts

import (
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/auth"
	"zhanggui/reports/cards"
	"zhanggui/ui/kit/kittest"
)

func TestPages_Golden(t *testing.T) {
	f := sold(t)
	for _, look := range kittest.Looks {
		t.Run(look.Name, func(t *testing.T) {
			d := sit(t, f, auth.Supervisor, look.Mode, look.English, look.Size)
			d.Golden("charts-" + look.Name)
			d.Press("Down", "Down", "Left", "Left") // to the last row of cards
			d.settle()
			d.Golden("charts-end-" + look.Name)
			d.page.(*screen).choose(2)
			d.Press("Enter")
			d.settle()
			d.Golden("rows-" + look.Name)
		})
	}
}

func TestStates_Golden(t *testing.T) {
	t.Run("empty", func(t *testing.T) {
		d := sit(t, quiet(t), auth.Supervisor, kittest.Light, false, kittest.Large)
		d.Golden("charts-empty")
	})
	t.Run("error", func(t *testing.T) {
		f := quiet(t)
		f.Person(auth.Supervisor)
		require.NoError(t, f.Store.Close())
		d := sit(t, f, auth.Supervisor, kittest.Dark, true, kittest.Small)
		d.Golden("charts-error")
	})
	for i, k := range []cards.Kind{cards.Hours, cards.OnTime, cards.Profit, cards.Value} {
		look := kittest.Looks[2*i+1-i%2]
		t.Run("explain "+string(k), func(t *testing.T) {
			d := sit(t, sold(t), auth.Supervisor, look.Mode, look.English, look.Size)
			d.screen().known.Explain(cardID(k))
			d.settle()
			d.Golden("explain-" + string(k) + "-" + look.Name)
		})
	}
	t.Run("without cost", func(t *testing.T) {
		d := sit(t, sold(t), auth.Warehouse, kittest.Light, false, kittest.Large)
		d.Golden("charts-no-cost")
	})
}

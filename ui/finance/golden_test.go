package finance

import (
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/auth"
	"zhanggui/ui/kit"
	"zhanggui/ui/kit/kittest"
)

func TestPages_Golden(t *testing.T) {
	f := sold(t)
	for _, look := range kittest.Looks {
		t.Run("overview "+look.Name, func(t *testing.T) {
			d := sit(t, f, New, auth.Finance, look.Mode, look.English, look.Size)
			d.Golden("overview-" + look.Name)
		})
		t.Run("trial "+look.Name, func(t *testing.T) {
			d := sit(t, f, NewTrial, auth.Finance, look.Mode, look.English, look.Size)
			d.Golden("trial-" + look.Name)
		})
		t.Run("journal "+look.Name, func(t *testing.T) {
			d := sit(t, f, NewJournal, auth.Finance, look.Mode, look.English, look.Size)
			d.Golden("journal-" + look.Name)
		})
	}
	t.Run("explain a row", func(t *testing.T) {
		d := sit(t, f, New, auth.Finance, kittest.Light, false, kittest.Large)
		d.Press("Down", "Down", "Shift+F1")
		d.Golden("explain-row-zh-light-1440")
	})
	t.Run("explain the total", func(t *testing.T) {
		d := sit(t, f, New, auth.Finance, kittest.Dark, true, kittest.Small)
		d.RightClick("finance.sales#total")
		d.Golden("explain-total-en-dark-1280")
	})
	t.Run("opened from a figure", func(t *testing.T) {
		d := sit(t, f, NewTrial, auth.Finance, kittest.Light, true, kittest.Small)
		d.page.(kit.Target).Open(kit.NewValues(periodKey, "2026-04-01..2026-04-23", accountKey, "1122"))
		d.settle()
		d.Golden("trial-account-en-light-1280")
	})
	t.Run("by product", func(t *testing.T) {
		d := sit(t, f, New, auth.Finance, kittest.Light, false, kittest.Large)
		d.Tap("finance.sales.chip.sku")
		d.settle()
		d.Golden("overview-by-product")
	})
}

func TestStates_Golden(t *testing.T) {
	t.Run("empty", func(t *testing.T) {
		d := sit(t, quiet(t), New, auth.Finance, kittest.Light, false, kittest.Small)
		d.Golden("overview-empty")
	})
	t.Run("error", func(t *testing.T) {
		f := quiet(t)
		f.Person(auth.Finance)
		require.NoError(t, f.Store.Close())
		d := sit(t, f, New, auth.Finance, kittest.Dark, true, kittest.Small)
		d.Golden("overview-error")
	})
	t.Run("journal empty", func(t *testing.T) {
		d := sit(t, quiet(t), NewJournal, auth.Finance, kittest.Dark, false, kittest.Small)
		d.Golden("journal-empty")
	})
}

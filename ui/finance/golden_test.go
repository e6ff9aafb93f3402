package finance

import (
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"zhanggui/app/auth"
	"zhanggui/ui/kit/kittest"
	"zhanggui/ui/theme"
)

// looks are the pictures of every page: both languages, appearances and sizes.
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

func TestPages_Golden(t *testing.T) {
	f := sold(t)
	for _, look := range looks {
		t.Run("overview "+look.name, func(t *testing.T) {
			d := sit(t, f, New, auth.Finance, look.mode, look.english, look.size)
			d.Golden("overview-" + look.name)
		})
		t.Run("trial "+look.name, func(t *testing.T) {
			d := sit(t, f, NewTrial, auth.Finance, look.mode, look.english, look.size)
			d.Golden("trial-" + look.name)
		})
		t.Run("journal "+look.name, func(t *testing.T) {
			d := sit(t, f, NewJournal, auth.Finance, look.mode, look.english, look.size)
			d.Golden("journal-" + look.name)
		})
	}
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

package charts

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
		t.Run(look.name, func(t *testing.T) {
			d := sit(t, f, auth.Supervisor, look.mode, look.english, look.size)
			d.Golden("charts-" + look.name)
			d.Press("Down", "Down", "Left", "Left") // to the last row of cards
			d.settle()
			d.Golden("charts-end-" + look.name)
			d.page.(*screen).choose(2)
			d.Press("Enter")
			d.settle()
			d.Golden("rows-" + look.name)
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
	t.Run("without cost", func(t *testing.T) {
		d := sit(t, sold(t), auth.Warehouse, kittest.Light, false, kittest.Large)
		d.Golden("charts-no-cost")
	})
}

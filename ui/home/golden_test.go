package home

import (
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"zhanggui/app/auth"
	"zhanggui/ui/kit/kittest"
	"zhanggui/ui/theme"
)

// looks are the pictures of the supervisor's home; the others' come in two.
var looks = []struct {
	name    string
	english bool
	mode    theme.Mode
	size    fyne.Size
	all     bool
}{
	{"zh-light-1280", false, kittest.Light, kittest.Small, false},
	{"zh-light-1440", false, kittest.Light, kittest.Large, true},
	{"zh-dark-1280", false, kittest.Dark, kittest.Small, false},
	{"zh-dark-1440", false, kittest.Dark, kittest.Large, false},
	{"en-light-1280", true, kittest.Light, kittest.Small, false},
	{"en-light-1440", true, kittest.Light, kittest.Large, false},
	{"en-dark-1280", true, kittest.Dark, kittest.Small, true},
	{"en-dark-1440", true, kittest.Dark, kittest.Large, false},
}

func TestHome_Golden(t *testing.T) {
	f := busy(t)
	for _, look := range looks {
		for _, role := range auth.Roles {
			if role != auth.Supervisor && !look.all {
				continue
			}
			t.Run(string(role)+" "+look.name, func(t *testing.T) {
				d := sit(t, f, role, look.mode, look.english, look.size)
				d.Golden(string(role) + "-" + look.name)
			})
		}
	}
	for _, look := range looks {
		t.Run("explain "+look.name, func(t *testing.T) {
			d := sit(t, f, auth.Supervisor, look.mode, look.english, look.size)
			d.page.list.Figures().Explain(tileID("profit"))
			d.Golden("explain-" + look.name)
		})
	}
	t.Run("today", func(t *testing.T) {
		d := sit(t, f, auth.Supervisor, kittest.Light, false, kittest.Large)
		d.Press("Alt+1")
		d.settle()
		d.Golden("supervisor-today")
	})
	t.Run("week", func(t *testing.T) {
		d := sit(t, f, auth.Supervisor, kittest.Dark, true, kittest.Small)
		d.Tap("today.period.last7")
		d.settle()
		d.Golden("supervisor-week")
	})
}

func TestStates_Golden(t *testing.T) {
	for _, role := range auth.Roles {
		t.Run("empty "+string(role), func(t *testing.T) {
			d := sit(t, quiet(t), role, kittest.Light, false, kittest.Small)
			d.Golden("empty-" + string(role))
		})
	}
	t.Run("error", func(t *testing.T) {
		f := quiet(t)
		f.Person(auth.Supervisor)
		require.NoError(t, f.Store.Close())
		d := sit(t, f, auth.Supervisor, kittest.Dark, true, kittest.Small)
		d.Golden("error-supervisor")
	})
	t.Run("error of the list alone", func(t *testing.T) {
		f := quiet(t)
		f.Person(auth.Warehouse)
		require.NoError(t, f.Store.Close())
		d := sit(t, f, auth.Warehouse, kittest.Light, false, kittest.Small)
		d.Golden("error-warehouse")
	})
}

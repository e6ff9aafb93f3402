package settings

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"zhanggui/app"
	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/app/domain"
	"zhanggui/app/settings"
	"zhanggui/app/stock"
	"zhanggui/app/users"
	"zhanggui/app/when"
	"zhanggui/ui/kit"
	"zhanggui/ui/kit/kittest"
	"zhanggui/ui/theme"
)

// desk is a page of the settings area in a window.
type desk struct {
	*kittest.Env
	page kit.Screen
}

// restored are the files that a page handed to the shell to be restored.
var restored []string

// noRestore has the shell say that it cannot restore: a server's data.
var noRestore bool

// sit opens a page for a post, inside a frame as large as the shell's.
func sit(t testing.TB, f *apptest.Fixture, make func(kit.Env, *app.App) kit.Screen, role auth.Role, mode theme.Mode, english bool, size fyne.Size) *desk {
	t.Helper()
	env := kittest.New(t, mode)
	if english {
		env.English()
	}
	env.Actor, env.Bus = f.Person(role), f.Engine.Bus()
	if !noRestore {
		env.Env.Restore = func(file string) { restored = append(restored, file) }
	}
	d := &desk{Env: env, page: make(env.Env, f.App)}
	env.Sit(d.page, kittest.TopAndTabs, size)
	d.settle()
	return d
}

func at(t *testing.T, f *apptest.Fixture, make func(kit.Env, *app.App) kit.Screen, role auth.Role) *desk {
	t.Helper()
	return sit(t, f, make, role, kittest.Light, false, kittest.Large)
}

func (d *desk) settle() { d.Timers.Advance(time.Second) }

func (d *desk) set(id, text string) {
	d.T.Helper()
	e, ok := kit.Find(id).(*kit.Entry)
	require.True(d.T, ok, id)
	e.SetText(text)
}

func (d *desk) open() bool { return d.Window.Canvas().Overlays().Top() != nil }

// dealt says with which couriers the shop works and what the channels keep.
func dealt(t testing.TB, f *apptest.Fixture) *apptest.Fixture {
	t.Helper()
	sup := f.As(auth.Supervisor)
	require.NoError(t, f.Settings.SetCourier(sup, settings.CourierCmd{Code: "zto", Usual: true}))
	require.NoError(t, f.Settings.SetCourier(sup, settings.CourierCmd{Code: "best", Off: true}))
	require.NoError(t, f.Settings.SetFees(sup, settings.FeesCmd{Channel: "tmall", Fees: domain.ChannelFees{Platform: 500, Payment: 60}}))
	require.NoError(t, f.Settings.SetFees(sup, settings.FeesCmd{Channel: "douyin", Fees: domain.ChannelFees{Platform: 550}}))
	return f
}

// lived is a shop in which something happened, for the pictures.
func lived(t testing.TB) *apptest.Fixture {
	t.Helper()
	f := apptest.New(t)
	f.Clock.Set(apptest.Start - 2*when.DaySpan)
	sku := f.SKU("YSCB-01", 5490)
	f.Stock(sku, 45, 103500)
	sup := f.As(auth.Supervisor)
	require.NoError(t, f.Settings.Set(sup, settings.SetCmd{Key: "shop.name", Value: "山海家居"}))
	require.NoError(t, f.Settings.Set(sup, settings.SetCmd{Key: "ship.waves", Value: "10:30,16:00"}))
	require.NoError(t, f.Settings.Set(sup, settings.SetCmd{Key: "tax.vat", Value: "600"}))
	f.Sell(apptest.Line(sku, 2, 5490), apptest.Number("6928441077312056"))
	f.Clock.Set(apptest.Start - 2*when.Hour)
	_, err := f.App.Stock.Adjust(f.As(auth.Warehouse), stock.AdjustCmd{SKU: sku.ID, Delta: -1, Reason: stock.AdjustDamage, Note: "伞骨断"})
	require.NoError(t, err)
	_, err = f.App.Stock.Adjust(f.As(auth.Promotion), stock.AdjustCmd{SKU: sku.ID, Delta: 5, Reason: stock.AdjustFound})
	require.Error(t, err)
	_, err = f.Users.Add(sup, users.AddCmd{Name: "唐宁", Role: auth.Service, PIN: "7391", Grants: map[auth.Action]bool{auth.StockAdjust: true, auth.OrdersCancel: false}})
	require.NoError(t, err)
	f.Disable(auth.Promotion)
	f.Clock.Set(apptest.Start)
	return f
}

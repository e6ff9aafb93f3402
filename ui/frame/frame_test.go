package frame_test

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"

	"zhanggui/app"
	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/ui/frame"
	"zhanggui/ui/kit"
	"zhanggui/ui/kit/kittest"
	shippingscreen "zhanggui/ui/shipping"
)

var screens = []frame.Entry{
	{ID: "shipping", Place: "shipping", Title: "nav.board", Need: auth.ShippingView, New: shippingscreen.New},
}

// window opens the frame on a shop, with inline work and hand-driven timers.
func window(t *testing.T, f *apptest.Fixture, size fyne.Size) (*frame.Frame, *kittest.Timers) {
	t.Helper()
	a := test.NewTempApp(t)
	timers := &kittest.Timers{}
	w := frame.New(a, frame.Options{
		Screens: screens, Lang: "zh-CN", Clock: f.Clock, Exec: kit.Inline, After: timers.After, Hash: auth.Cheap().Hash,
		Open: func(context.Context) (*app.App, func() error, error) {
			return f.App, func() error { return nil }, nil
		},
	})
	w.Window().Resize(size)
	w.Window().Show()
	return w, timers
}

func tap(t *testing.T, id string) {
	t.Helper()
	o := kit.Find(id)
	require.NotNil(t, o, id)
	test.Tap(o.(fyne.Tappable))
}

func typePIN(t *testing.T, id, pin string) {
	t.Helper()
	o := kit.Find(id)
	require.NotNil(t, o, id)
	test.Type(o.(fyne.Focusable), pin)
}

func TestSignIn_NameAndPIN_OpensTheRolesScreens(t *testing.T) {
	f := apptest.New(t)
	w, _ := window(t, f, fyne.NewSize(1280, 720))
	kittest.Compare(t, "signin-zh-light-1280", w.Window().Canvas().Capture())

	tap(t, "signin.face.3")
	typePIN(t, "signin.pin", apptest.PIN(auth.Warehouse))
	tap(t, "signin.enter")

	require.NotNil(t, kit.Find("rail.shipping"))
	require.Nil(t, kit.Find("rail.settings"))
	kittest.Compare(t, "frame-zh-light-1280", w.Window().Canvas().Capture())
}

func TestSignIn_WrongPIN_SaysSoAndStays(t *testing.T) {
	f := apptest.New(t)
	window(t, f, fyne.NewSize(1280, 720))

	tap(t, "signin.face.2")
	typePIN(t, "signin.pin", "0000")
	tap(t, "signin.enter")

	require.Contains(t, kit.Find("signin.hint").(*kit.Label).Text(), "PIN")
	require.NotEmpty(t, kit.Find("signin.hint").(*kit.Label).Text())
}

func TestFirstStart_MakesTheShop(t *testing.T) {
	f := apptest.Empty(t)
	w, _ := window(t, f, fyne.NewSize(1280, 720))
	kittest.Compare(t, "first-zh-light-1280", w.Window().Canvas().Capture())
	for field, text := range map[string]string{"shop": "长青百货", "owner": "赵明远", "pin": "860426", "again": "860426"} {
		typePIN(t, "first."+field, text)
	}

	tap(t, "first.begin")

	require.NotNil(t, kit.Find("rail.shipping"))
	names := apptest.Look(f, func(r core.Reads) (map[string]string, error) { return r.Settings().All() })
	require.Equal(t, "长青百货", names["shop.name"])
}

func TestIdle_LocksAfterTheSettingsMinutes(t *testing.T) {
	f := apptest.New(t)
	_, timers := window(t, f, fyne.NewSize(1280, 720))
	tap(t, "signin.face.3")
	typePIN(t, "signin.pin", apptest.PIN(auth.Warehouse))
	tap(t, "signin.enter")

	f.Clock.Advance(11 * 60 * 1000)
	timers.Advance(16_000_000_000)
	require.NotNil(t, kit.Find("lock.pin"))

	typePIN(t, "lock.pin", apptest.PIN(auth.Warehouse))
	kit.Find("lock.pin").(*kit.Entry).OnSubmitted("")
	require.NotNil(t, kit.Find("rail.shipping"))
}

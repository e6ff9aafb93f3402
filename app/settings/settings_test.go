package settings_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/settings"
	"zhanggui/app/when"
)

func TestAll_EverySettingWithItsDefault(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	list, err := f.Settings.All(f.As(auth.Warehouse))
	require.NoError(t, err)
	require.Len(t, list, len(domain.SettingList))
	for i, def := range domain.SettingList {
		require.Equal(t, def.Key, list[i].Key)
		require.Equal(t, def.Default, list[i].Default)
		if def.Key != "shop.name" {
			require.Equal(t, def.Default, list[i].Value)
		}
	}
	require.Equal(t, apptest.Shop, list[0].Value)
}

func TestSet_ChangesAuditsAnnounces(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)

	err := f.Settings.Set(f.As(auth.Supervisor), settings.SetCmd{Key: "ship.target_hours", Value: "36"})

	require.NoError(t, err)
	typed, err := f.Settings.Typed(f.As(auth.Service))
	require.NoError(t, err)
	require.Equal(t, 36*when.Hour, typed.Promise.Target)
	line := f.Audit("audit.setting_changed")[0]
	require.JSONEq(t, `{"ship.target_hours":"24"}`, line.Before)
	require.JSONEq(t, `{"ship.target_hours":"36"}`, line.After)
	f.CheckClean()
}

// TestSet_StoredDeadlines_Stay is rules.md §5.1: a promise made stays.
func TestSet_StoredDeadlines_Stay(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	before := f.Order(apptest.Line(f.SKU("A", 100), 1, 100))

	require.NoError(t, f.Settings.Set(f.As(auth.Supervisor), settings.SetCmd{Key: "ship.limit_hours", Value: "72"}))

	require.Equal(t, before.LimitAt, f.Reload(before).LimitAt)
	require.Equal(t, before.PaidAt+48*when.Hour, before.LimitAt)
	later := f.Order()
	require.Equal(t, later.PaidAt+72*when.Hour, later.LimitAt)
}

func TestSet_Faults(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	boss := f.As(auth.Supervisor)
	for _, c := range []struct {
		key, value, fault string
		code              fault.Code
	}{
		{"no.such", "1", "fault.setting.unknown", fault.NotFound},
		{"ship.target_hours", "0", "fault.setting.value", fault.Invalid},
		{"ship.target_hours", "1.5", "fault.setting.value", fault.Invalid},
		{"ship.waves", "16:30,11:00", "fault.setting.value", fault.Invalid},
		{"shop.currency", "YUAN", "fault.setting.value", fault.Invalid},
		{"tax.vat", "2001", "fault.setting.value", fault.Invalid},
		{"ship.target_hours", "49", "fault.setting.span", fault.Conflict},
		{"ship.amber_hours", "25", "fault.setting.span", fault.Conflict},
		{"ship.limit_hours", "23", "fault.setting.span", fault.Conflict},
	} {
		err := f.Settings.Set(boss, settings.SetCmd{Key: c.key, Value: c.value})
		require.Equal(t, c.fault, fault.Key(err), "%s=%s", c.key, c.value)
		require.True(t, fault.Is(err, c.code))
	}
	err := f.Settings.Set(f.As(auth.Finance), settings.SetCmd{Key: "tax.vat", Value: "600"})
	require.True(t, fault.Is(err, fault.Denied))
	require.Empty(t, f.Audit("audit.setting_changed"))
}

func TestSet_Currency_OnlyBeforeTheFirstOrderOrEntry(t *testing.T) {
	t.Parallel()
	euro := settings.SetCmd{Key: "shop.currency", Value: "EUR"}

	f := apptest.New(t)
	require.NoError(t, f.Settings.Set(f.As(auth.Supervisor), euro))
	f.Order()
	err := f.Settings.Set(f.As(auth.Supervisor), settings.SetCmd{Key: "shop.currency", Value: "CNY"})
	require.Equal(t, "fault.setting.currency_used", fault.Key(err))
	require.NoError(t, f.Settings.Set(f.As(auth.Supervisor), euro), "the same one again is no change")

	g := apptest.New(t)
	g.Stock(g.SKU("A", 100), 1, 50)
	require.Equal(t, "fault.setting.currency_used", fault.Key(g.Settings.Set(g.As(auth.Supervisor), euro)))
}

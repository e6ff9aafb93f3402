package settings_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/settings"
)

func TestSetCourier_TheOthersStay(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	boss := f.As(auth.Supervisor)
	typed := func() domain.Settings {
		set, err := f.Settings.Typed(boss)
		require.NoError(t, err)
		return set
	}
	for _, code := range []string{"db", "best"} {
		require.NoError(t, f.Settings.SetCourier(boss, settings.CourierCmd{Code: code, Off: true}))
	}
	require.NoError(t, f.Settings.SetCourier(boss, settings.CourierCmd{Code: "sto", Usual: true}))
	require.Equal(t, map[string]bool{"db": true, "best": true}, typed().CouriersOff)
	offered := typed().OfferedCouriers()
	require.Equal(t, "sto", offered[0].Code, "the usual one first")
	require.Len(t, offered, len(domain.Couriers)-2)
	couriers, err := f.Shipping.Couriers(f.As(auth.Warehouse))
	require.NoError(t, err)
	require.Equal(t, offered, couriers.List)
	require.Equal(t, "sto", couriers.Usual)

	require.NoError(t, f.Settings.SetCourier(boss, settings.CourierCmd{Code: "sto", Off: true}))
	require.Empty(t, typed().Courier)
	for _, c := range domain.Couriers[1:] {
		require.NoError(t, f.Settings.SetCourier(boss, settings.CourierCmd{Code: c.Code, Off: true}))
	}
	err = f.Settings.SetCourier(boss, settings.CourierCmd{Code: "sf", Off: true})
	require.Equal(t, "fault.setting.couriers_none", fault.Key(err))
	require.False(t, typed().CouriersOff["sf"])
	require.Equal(t, "fault.setting.courier_off", fault.Key(f.Settings.Set(boss, settings.SetCmd{Key: "ship.courier", Value: "zto"})))
	require.Equal(t, "fault.shipping.courier", fault.Key(f.Settings.SetCourier(boss, settings.CourierCmd{Code: "顺丰"})), "codes, not names")
	require.True(t, fault.Is(f.Settings.SetCourier(f.As(auth.Warehouse), settings.CourierCmd{Code: "sf"}), fault.Denied))
}

func TestSetFees_OneChannel_AuditedOnlyWhereItChanges(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	boss := f.As(auth.Supervisor)
	require.NoError(t, f.Settings.SetFees(boss, settings.FeesCmd{Channel: "tmall", Fees: domain.ChannelFees{Platform: 500, Payment: 60}}))
	require.NoError(t, f.Settings.SetFees(boss, settings.FeesCmd{Channel: "jd", Fees: domain.ChannelFees{Platform: 800}}))
	require.Len(t, f.Audit("audit.setting_changed"), 3)
	set, err := f.Settings.Typed(boss)
	require.NoError(t, err)
	require.Equal(t, map[string]domain.ChannelFees{"tmall": {Platform: 500, Payment: 60}, "jd": {Platform: 800}}, set.Fees)
	require.NoError(t, f.Settings.SetFees(boss, settings.FeesCmd{Channel: "jd"}))
	set, err = f.Settings.Typed(boss)
	require.NoError(t, err)
	require.Len(t, set.Fees, 1)
	for _, bad := range []settings.FeesCmd{
		{Channel: "nowhere"},
		{Channel: "jd", Fees: domain.ChannelFees{Platform: 5001}},
		{Channel: "jd", Fees: domain.ChannelFees{Payment: -1}},
	} {
		require.True(t, fault.Is(f.Settings.SetFees(boss, bad), fault.Invalid))
	}
	for key, value := range map[string]string{
		"fee.platform": "tmall=5,tmall=6", "fee.payment": "tmall", "ship.courier": "sf,zto", "ship.couriers_off": "顺丰",
	} {
		require.Equal(t, "fault.setting.value", fault.Key(f.Settings.Set(boss, settings.SetCmd{Key: key, Value: value})), key)
	}
}

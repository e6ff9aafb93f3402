package settings

import (
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/app/domain"
	"zhanggui/ui/kit"
)

// back takes the last deed back that offers it.
func (d *desk) back() {
	d.T.Helper()
	done := false
	for i := len(d.Notes) - 1; i >= 0; i-- {
		if n := d.Notes[i]; n.Undo != nil {
			n.Undo(func(ok bool) { done = ok })
			break
		}
	}
	require.True(d.T, done)
	d.settle()
}

func TestCouriers_OffAndUsual_ByKeys(t *testing.T) {
	f := apptest.New(t)
	d := at(t, f, NewCouriers, auth.Supervisor)
	list := d.page.(*couriers).list
	row(d, list, "zto")
	d.Press("Alt+U")
	d.settle()
	require.Equal(t, "zto", stored(t, f).Courier)
	row(d, list, "sf")
	d.Press("F9")
	d.settle()
	require.True(t, stored(t, f).CouriersOff["sf"])
	d.back()
	require.False(t, stored(t, f).CouriersOff["sf"])

	row(d, list, "zto")
	d.Press("F9")
	d.settle()
	require.True(t, stored(t, f).CouriersOff["zto"])
	require.Empty(t, stored(t, f).Courier, "one that is off is not the usual one")
	d.back()
	require.Equal(t, "zto", stored(t, f).Courier)
	require.NotEmpty(t, f.Audit("audit.setting_changed"))
}

func TestCouriers_WithoutTheRight_ReadOnly(t *testing.T) {
	f := apptest.New(t)
	d := at(t, f, NewCouriers, auth.Warehouse)
	d.Press("F9", "Alt+U")
	d.settle()
	require.Empty(t, stored(t, f).CouriersOff)
	require.Empty(t, stored(t, f).Courier)
}

func TestFees_PerCentByKeys(t *testing.T) {
	f := apptest.New(t)
	d := at(t, f, NewFees, auth.Supervisor)
	list := d.page.(*fees).list
	row(d, list, "jd")
	d.Press("F9")
	d.set("settings.fees.edit.fee.platform", "5.5%")
	d.set("settings.fees.edit.fee.payment", "0.6")
	d.Press("Enter")
	d.settle()
	require.False(t, d.open())
	require.Equal(t, domain.ChannelFees{Platform: 550, Payment: 60}, stored(t, f).Fees["jd"])
	d.back()
	require.Empty(t, stored(t, f).Fees)

	for name, text := range map[string]string{"platform": "51", "payment": "viel"} {
		row(d, list, "jd")
		d.Press("Enter")
		d.set("settings.fees.edit.fee."+name, text)
		d.Press("Enter")
		require.True(t, d.open(), text)
		require.True(t, kit.Find("settings.fees.edit.fee."+name).(*kit.Entry).Bad(), text)
		d.Press("Esc", "Enter")
	}
	require.Empty(t, stored(t, f).Fees)
	read := at(t, f, NewFees, auth.Warehouse)
	read.Press("F9", "Enter")
	require.False(t, read.open())
}

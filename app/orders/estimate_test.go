package orders_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/app/domain"
	"zhanggui/app/money"
	"zhanggui/app/orders"
	"zhanggui/app/settings"
	"zhanggui/app/shipping"
)

// The order is 3 × 20.00 and 6.00 of freight; the goods cost 10.00 each.
func TestEstimate_FeesCostAndWhatComesBack(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	sku := f.SKU("A", 2000)
	f.Stock(sku, 10, 10000)
	o := f.Order(apptest.Line(sku, 3, 2000), apptest.Freight(600))
	boss := f.As(auth.Supervisor)
	require.NoError(t, f.Settings.SetFees(boss, settings.FeesCmd{Channel: "tmall", Fees: domain.ChannelFees{Platform: 500, Payment: 60}}))
	get := func() *domain.Estimate {
		d, err := f.Orders.Get(boss, o.ID)
		require.NoError(t, err)
		return d.Estimate
	}
	want := domain.Estimate{
		RevenueFen: 6600, Fees: domain.ChannelFees{Platform: 500, Payment: 60}, PlatformFen: 330, PaymentFen: 40, CostFen: 3000, CostKnown: true,
	}
	require.Equal(t, want, *get())
	require.Equal(t, money.Fen(3230), get().MarginFen())
	d, err := f.Orders.Get(f.As(auth.Service), o.ID)
	require.NoError(t, err)
	require.Nil(t, d.Estimate, "not for who may not see cost")

	f.Pass(o)
	res, err := f.Shipping.Ship(f.As(auth.Warehouse), shipping.ShipCmd{Order: o.ID, Courier: "zto", Waybill: "781234567890"})
	require.NoError(t, err)
	f.Stock(sku, 10, 50000)
	require.Equal(t, want, *get(), "what has left keeps the cost it left with")
	require.NoError(t, f.Shipping.Return(f.As(auth.Warehouse), shipping.ReturnCmd{Parcel: res.Parcel, Line: o.Lines[0].ID, Good: 1}))
	require.Equal(t, money.Fen(4600), get().RevenueFen)
	require.Equal(t, money.Fen(2000), get().CostFen)
}

func TestEstimate_UnknownCostOrNothingSold(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	boss := f.As(auth.Supervisor)
	never := f.Order(apptest.Line(f.SKU("NEVER", 2000), 1, 2000))
	unmapped := f.Order(apptest.Unmapped("X", 1, 1000))
	for _, o := range []*domain.Order{never, unmapped} {
		d, err := f.Orders.Get(boss, o.ID)
		require.NoError(t, err)
		require.False(t, d.Estimate.CostKnown)
	}
	require.NoError(t, f.Orders.Cancel(boss, orders.CancelCmd{Order: never.ID, Reason: "不要"}))
	d, err := f.Orders.Get(boss, never.ID)
	require.NoError(t, err)
	require.Nil(t, d.Estimate)
}

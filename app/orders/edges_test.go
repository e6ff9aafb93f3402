package orders_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
	"zhanggui/app/money"
	"zhanggui/app/orders"
)

// Goods that a cancelled or held order gives back wake the order that waits.
func TestCancelAndHold_WakeWhoWaits(t *testing.T) {
	t.Parallel()
	for name, stop := range map[string]func(f *apptest.Fixture, o *domain.Order) error{
		"cancel": func(f *apptest.Fixture, o *domain.Order) error {
			return f.Orders.Cancel(f.As(auth.Service), orders.CancelCmd{Order: o.ID, Reason: "买家不要了"})
		},
		"hold": func(f *apptest.Fixture, o *domain.Order) error {
			return f.Orders.Hold(f.As(auth.Service), orders.HoldCmd{Order: o.ID, Reason: "等"})
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := apptest.New(t)
			sku := f.SKU("A", 2000)
			f.Stock(sku, 2, 2000)
			first := f.Order(apptest.Line(sku, 2, 2000))
			f.Pass(first)
			waits := f.Order(apptest.Line(sku, 1, 2000))
			_, err := f.Orders.Pass(f.As(auth.Service), orders.PassCmd{Orders: []ids.OrderID{waits.ID}}, nil)
			require.NoError(t, err)
			require.Equal(t, domain.StageException, f.Reload(waits).Stage())

			require.NoError(t, stop(f, first))

			require.Equal(t, domain.StageToAudit, f.Reload(waits).Stage())
			f.Pass(waits)
			f.CheckClean()
		})
	}
}

func TestMerge_TheSameOrderTwice_IsNoMerge(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	sku := f.SKU("A", 2000)
	o := f.Order(apptest.Line(sku, 2, 2000))

	_, err := f.Orders.Merge(f.As(auth.Service), orders.MergeCmd{Orders: []ids.OrderID{o.ID, o.ID}})

	require.True(t, fault.Is(err, fault.Invalid), "%v", err)
	require.True(t, f.Reload(o).MergeID.Zero())
}

func TestManual_SumsBeyondAnyAmount_Refused(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	sku := f.SKU("A", 2000)
	cmd := orders.ManualCmd{Shop: f.Shop("offline"), FreightFen: money.Max}
	for range 150 {
		cmd.Lines = append(cmd.Lines, orders.ManualLine{SKU: sku.ID, Qty: 6000, UnitFen: money.Max})
	}

	_, err := f.Orders.Manual(f.As(auth.Service), cmd)

	require.True(t, fault.Is(err, fault.Limit), "%v", err)
}

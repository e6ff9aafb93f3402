package shipping

import (
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"zhanggui/app/auth"
	"zhanggui/app/shipping"
	"zhanggui/ui/kit/kittest"
)

// busy is a shop in the middle of its day: orders to send, parcels that left.
func busy(t *testing.T) *shop {
	t.Helper()
	s := fill(t, 26)
	for i := 20; i < 24; i++ {
		s.Ship(s.orders[i])
	}
	_, err := s.Shipping.Ship(s.As(auth.Warehouse), shipping.ShipCmd{
		Order: s.orders[10].ID, Courier: "zto", Waybill: "78123456901234", Units: partOf(s, 10),
	})
	require.NoError(t, err)
	require.Len(t, s.parcels(23), 1)
	_, err = s.Shipping.HandOver(s.As(auth.Warehouse), shipping.HandOverCmd{Parcels: parcelIDs(s.parcels(23))})
	require.NoError(t, err)
	return s
}

func TestBoard_Golden(t *testing.T) {
	s := busy(t)
	for _, look := range kittest.Looks {
		t.Run(look.Name, func(t *testing.T) {
			d := sit(t, s.Fixture, auth.Warehouse, look.Mode, look.English, look.Size)
			d.Press("Down", "Space", "Down", "Space", "Home")
			d.settle()
			d.Golden("board-" + look.Name)
		})
	}
}

func TestParcels_Golden(t *testing.T) {
	s := busy(t)
	for _, i := range []int{1, 2, 5} {
		look := kittest.Looks[i]
		t.Run(look.Name, func(t *testing.T) {
			d := sit(t, s.Fixture, auth.Warehouse, look.Mode, look.English, look.Size)
			d.Tap("shipping.list.chip.sent_today")
			d.settle()
			d.Golden("parcels-" + look.Name)
		})
	}
}

func TestBoard_States_Golden(t *testing.T) {
	t.Run("empty", func(t *testing.T) {
		d := sit(t, fill(t, 0).Fixture, auth.Warehouse, kittest.Light, false, kittest.Small)
		d.Golden("board-empty")
	})
	t.Run("error", func(t *testing.T) {
		s := fill(t, 1)
		require.NoError(t, s.Store.Close())
		d := sit(t, s.Fixture, auth.Warehouse, kittest.Light, false, kittest.Small)
		require.Equal(t, 0, d.s.list.Total())
		d.Golden("board-error")
	})
}

func TestDialogs_Golden(t *testing.T) {
	s := busy(t)
	for _, look := range kittest.Looks[:1] {
		open := func(t *testing.T) *desk {
			return sit(t, s.Fixture, auth.Warehouse, look.Mode, look.English, look.Size)
		}
		t.Run("counter", func(t *testing.T) {
			d := open(t)
			d.Press("F9")
			d.Type("78123456905678")
			d.Golden("counter-" + look.Name)
		})
		t.Run("counter refused", func(t *testing.T) {
			d := open(t)
			d.Press("F9")
			d.Type("78123456901234") // carried by another parcel
			d.Press("Enter")
			d.Golden("counter-refused-" + look.Name)
		})
		t.Run("part", func(t *testing.T) {
			d := open(t)
			d.Press("Alt+P")
			d.Golden("part-" + look.Name)
		})
		t.Run("sheet", func(t *testing.T) {
			d := open(t)
			d.Press("Ctrl+E")
			d.Golden("sheet-" + look.Name)
		})
		t.Run("return", func(t *testing.T) {
			d := open(t)
			d.Tap("shipping.list.chip.sent_today")
			d.settle()
			d.Press("Alt+R")
			d.Golden("return-" + look.Name)
		})
		t.Run("waybills", func(t *testing.T) {
			d := open(t)
			fyne.CurrentApp().Clipboard().SetContent("没有这单\t中通\t78123456900001\n" + s.orders[9].Number + "\t圆通\t78123456901234\n")
			d.Press("Ctrl+V")
			d.Golden("waybills-" + look.Name)
			d.Press("F9")
			d.Golden("waybills-refused-" + look.Name)
		})
	}
}

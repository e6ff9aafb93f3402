package apptest_test

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/ids"
	"zhanggui/app/orders"
	"zhanggui/app/shipping"
	"zhanggui/store/pgtest"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

// TestFixture_OrderToShipment_CleanOnBothEngines walks the main path with what
// the factories make.
func TestFixture_OrderToShipment_CleanOnBothEngines(t *testing.T) {
	t.Parallel()
	apptest.Both(t, func(t *testing.T, f *apptest.Fixture) {
		mug := f.SKU("MUG-1", 1990)
		lid := f.SKU("LID-1", 500)
		set := f.Kit("SET-1", 2300, domain.KitPart{SKU: mug.ID, Qty: 1}, domain.KitPart{SKU: lid.ID, Qty: 2})
		f.Stock(mug, 10, 8_000)
		f.Stock(lid, 30, 3_000)
		o := f.Order(apptest.Line(mug, 2, 1990), apptest.Line(set, 1, 2300), apptest.Freight(600))
		require.Equal(t, domain.StageToAudit, o.Stage())

		result, err := f.Orders.Pass(f.As(auth.Service), orders.PassCmd{Orders: []ids.OrderID{o.ID}}, nil)
		require.NoError(t, err)
		require.Equal(t, 1, result.Passed)
		_, err = f.Shipping.Ship(f.As(auth.Warehouse), shipping.ShipCmd{Order: o.ID, Courier: "sf", Waybill: "SF1234567890123"})
		require.NoError(t, err)

		require.Equal(t, domain.StageShipped, f.Reload(o).Stage())
		level := apptest.Look(f, func(r core.Reads) (domain.Level, error) { return r.Stock().Level(domain.DefaultWarehouse, mug.ID) })
		require.EqualValues(t, 7, level.OnHand)
		f.CheckClean()
	})
}

func TestFixture_Orders_ComeInEveryState(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	mug := f.SKU("MUG-1", 1990)

	require.Equal(t, domain.StageUnpaid, f.Order(apptest.Line(mug, 1, 1990), apptest.Unpaid()).Stage())
	require.Equal(t, domain.StageException, f.Order(apptest.Line(mug, 1, 1990), apptest.COD()).Stage())
	require.Equal(t, domain.StageException, f.Order(apptest.Unmapped("X-9", 1, 100)).Stage())
	require.Equal(t, domain.StageException, f.Order(apptest.Line(mug, 1, 1990), apptest.Note("送礼")).Stage())
	require.Equal(t, domain.StageException, f.Order().Stage())
	f.CheckClean()
}

func TestFixture_Reopen_SamePeopleNewIDs(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	before := f.Person(auth.Finance)
	f.SKU("A", 100)

	f.Reopen()

	require.Equal(t, before, f.Person(auth.Finance))
	f.SKU("B", 100)
	require.Len(t, f.Audit("audit.sku_added"), 2)
	require.Len(t, f.Audit("audit.staff_added"), 4)
}

func TestEmpty_NobodyYet(t *testing.T) {
	t.Parallel()
	f := apptest.Empty(t)
	w, err := f.Users.Welcome(t.Context())
	require.NoError(t, err)
	require.True(t, w.Empty)
}

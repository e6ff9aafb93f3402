package domain_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/money"
)

func TestShipmentEntry_BalancesByAccount(t *testing.T) {
	t.Parallel()
	o := order()
	sales := []domain.Sale{{SKU: skuID(1), Qty: 3, RevenueFen: 2000, CostFen: 900}, {SKU: skuID(2), Qty: 1, RevenueFen: 1000, CostFen: 400}}

	e, err := domain.ShipmentEntry("ship", o, sales, 600, 0)

	require.NoError(t, err)
	require.Equal(t, money.Fen(3600), e.Sum(domain.AccReceivable))
	require.Equal(t, money.Fen(-3600), e.Sum(domain.AccSales))
	require.Equal(t, money.Fen(1300), e.Sum(domain.AccCost))
	require.Equal(t, money.Fen(-1300), e.Sum(domain.AccStock))
	require.True(t, e.CarriesFreight())
}

func TestShipmentEntry_TaxInsideThePrice(t *testing.T) {
	t.Parallel()
	e, err := domain.ShipmentEntry("ship", order(), []domain.Sale{{SKU: skuID(1), Qty: 1, RevenueFen: 11300, CostFen: 1}}, 0, 1300)

	require.NoError(t, err)
	require.Equal(t, money.Fen(-1300), e.Sum(domain.AccTax))
	require.Equal(t, money.Fen(-10000), e.Sum(domain.AccSales))
	require.NoError(t, e.Balanced())
}

func TestReverse_UndoesEveryPosting(t *testing.T) {
	t.Parallel()
	e, err := domain.ShipmentEntry("ship", order(), []domain.Sale{{SKU: skuID(1), Qty: 2, RevenueFen: 999, CostFen: 333}}, 0, 0)
	require.NoError(t, err)
	e.Seq = 7

	r := e.Reverse("unship")

	require.Equal(t, int64(7), r.ReversesSeq)
	for _, a := range domain.Accounts {
		require.Equal(t, -e.Sum(a), r.Sum(a), a)
	}
}

func TestBalanced_OneFenOff_Internal(t *testing.T) {
	t.Parallel()
	e := domain.Entry{Postings: []domain.Posting{{AmountFen: 100}, {AmountFen: -99}}}

	require.True(t, fault.Is(e.Balanced(), fault.Internal))
}

func TestNormalWaybill_AsPeoplePaste(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		" sf1234567890123 ": "SF1234567890123", "=\"7812 3456 9012\"": "781234569012", "'773,344,000,111": "773344000111", "７８１２３４５６９０１２": "781234569012",
	} {
		got, err := domain.NormalWaybill(in)
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
	for _, bad := range []string{"", "12", "运单号", "SF12;34567"} {
		_, err := domain.NormalWaybill(bad)
		require.True(t, fault.Is(err, fault.Invalid), bad)
	}
}

func TestCouriers_ShapeSuggestsNeverDecides(t *testing.T) {
	t.Parallel()
	require.Equal(t, "sf", domain.SuggestCouriers("SF1234567890123")[0])
	require.Contains(t, domain.SuggestCouriers("781234569012"), "zto")
	require.True(t, domain.FitsCourier("yto", "YT1234567890123"))
	require.False(t, domain.FitsCourier("jd", "YT1234567890123"))
	c, ok := domain.FindCourier("顺丰速运")
	require.True(t, ok)
	require.Equal(t, "sf", c.Code)
}

func TestMask_HidesPersons(t *testing.T) {
	t.Parallel()
	require.Equal(t, "沈**", domain.MaskName("沈佳宁"))
	require.Equal(t, "138****4417", domain.MaskPhone("13800004417"))
	require.Equal(t, "138****0000", domain.MaskPhone("138****0000"))
	require.Equal(t, "****", order().Receiver.Masked().Address)
}

func TestSettings_DefaultsAndBounds(t *testing.T) {
	t.Parallel()
	s := domain.ParseSettings(map[string]string{"ship.limit_hours": "72", "ship.target_hours": "nonsense"})
	require.Equal(t, int64(72*3600_000), int64(s.Promise.Limit))
	require.Equal(t, int64(24*3600_000), int64(s.Promise.Target))

	waves, ok := domain.FindSetting("ship.waves")
	require.True(t, ok)
	require.NoError(t, waves.Validate("09:30,11:00,16:30"))
	for _, bad := range []string{"11:00,09:00", "25:00", "9:30", ""} {
		require.Error(t, waves.Validate(bad), bad)
	}
}

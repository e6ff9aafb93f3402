package orders_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/orders"
)

const (
	oldPhone, newPhone = "13912345678", "13787654321"
	oldStreet          = "解放路 77 号 5 单元"
	newStreet          = "人民路 99 号 2 单元"
)

// byPhone is an order taken by phone whose address was corrected afterwards.
func byPhone(t *testing.T) (*apptest.Fixture, *domain.Order) {
	t.Helper()
	f := apptest.New(t)
	sku := f.SKU("A", 2000)
	id, err := f.Orders.Manual(f.As(auth.Service), orders.ManualCmd{
		Shop:     f.Shop("offline"),
		Receiver: domain.Receiver{Name: "司马相如", Phone: oldPhone, Province: "浙江省", City: "杭州市", Address: oldStreet},
		Lines:    []orders.ManualLine{{SKU: sku.ID, Qty: 1, UnitFen: 2000}},
	})
	require.NoError(t, err)
	require.NoError(t, f.Orders.FixAddress(f.As(auth.Service), orders.FixAddressCmd{
		Order: id, Receiver: domain.Receiver{Name: "司马相如", Phone: newPhone, Province: "浙江省", City: "杭州市", Address: newStreet},
	}))
	return f, f.Reload(&domain.Order{ID: id})
}

func requireNoPerson(t *testing.T, v any) {
	t.Helper()
	b, err := json.Marshal(v)
	require.NoError(t, err)
	for _, secret := range []string{oldPhone, newPhone, oldStreet, newStreet, "司马相如"} {
		require.NotContains(t, string(b), secret)
	}
}

// The log outlives the buyer's data and is sealed: names, phones and streets
// have no place in it (QUALITY, personal data).
func TestAudit_HoldsNoPerson(t *testing.T) {
	t.Parallel()
	f, _ := byPhone(t)
	for _, key := range []string{"audit.manual_order", "audit.address_fixed"} {
		lines := f.Audit(key)
		require.Len(t, lines, 1)
		requireNoPerson(t, lines)
	}
}

// Who may not see whole names and phones gets them from no list, no detail and no search.
func TestReads_WithoutPersons_ShowNone(t *testing.T) {
	t.Parallel()
	f, o := byPhone(t)
	for _, role := range []auth.Role{auth.Finance, auth.Promotion} {
		list, err := f.Orders.List(f.As(role), core.Query{})
		require.NoError(t, err)
		require.Len(t, list.Rows, 1)
		requireNoPerson(t, list)
		detail, err := f.Orders.Get(f.As(role), o.ID)
		require.NoError(t, err)
		require.NotEmpty(t, detail.History)
		requireNoPerson(t, detail)
		people, err := f.Orders.Customers(f.As(role), core.Query{})
		require.NoError(t, err)
		require.Len(t, people.Rows, 1)
		requireNoPerson(t, people)
		found, err := f.Orders.Customers(f.As(role), core.Query{Search: oldPhone[:9]})
		require.NoError(t, err)
		require.Empty(t, found.Rows, "a hidden number is not found by asking for it")
	}
	whole, err := f.Orders.Customers(f.As(auth.Service), core.Query{Search: oldPhone})
	require.NoError(t, err)
	require.Len(t, whole.Rows, 1)
}

// Two calls of one buyer are one customer, however the number was written.
func TestManual_SamePhone_OneCustomer(t *testing.T) {
	t.Parallel()
	f, o := byPhone(t)
	sku := f.SKU("B", 2000)
	id, err := f.Orders.Manual(f.As(auth.Service), orders.ManualCmd{
		Shop: f.Shop("offline"), Receiver: domain.Receiver{Name: "司马相如", Phone: "+86 139-1234-5678", City: "杭州市", Address: newStreet},
		Lines: []orders.ManualLine{{SKU: sku.ID, Qty: 1, UnitFen: 2000}},
	})
	require.NoError(t, err)
	require.Equal(t, o.Customer, f.Reload(&domain.Order{ID: id}).Customer)
}

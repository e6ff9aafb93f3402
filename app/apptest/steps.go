package apptest

import (
	"strconv"

	"github.com/stretchr/testify/require"

	"zhanggui/app/auth"
	"zhanggui/app/domain"
	"zhanggui/app/ids"
	"zhanggui/app/orders"
	"zhanggui/app/shipping"
)

// Pass lets an order through, as service; the test fails when a check blocks it.
func (f *Fixture) Pass(o *domain.Order) {
	f.T.Helper()
	result, err := f.Orders.Pass(f.As(auth.Service), orders.PassCmd{Orders: []ids.OrderID{o.ID}}, nil)
	require.NoError(f.T, err)
	require.Equal(f.T, 1, result.Passed, "%+v", result)
}

// Ship sends an order that was passed, as warehouse, under a fresh waybill.
func (f *Fixture) Ship(o *domain.Order) shipping.ShipResult {
	f.T.Helper()
	f.waybills++
	result, err := f.Shipping.Ship(f.As(auth.Warehouse), shipping.ShipCmd{
		Order: o.ID, Courier: "sf", Waybill: "SF" + strconv.Itoa(1_000_000_000_000+f.waybills),
	})
	require.NoError(f.T, err)
	return result
}

// Sell brings in an order, passes it and ships it at the clock's time.
func (f *Fixture) Sell(options ...OrderOption) *domain.Order {
	f.T.Helper()
	o := f.Order(options...)
	f.Pass(o)
	f.Ship(o)
	return f.Reload(o)
}

// Grant gives or withdraws single rights of the person with that post.
func (f *Fixture) Grant(role auth.Role, grants map[auth.Action]bool) {
	f.T.Helper()
	p := f.row(role)
	cmd := changeOf(p)
	cmd.Grants = grants
	require.NoError(f.T, f.Users.Change(f.As(auth.Supervisor), cmd))
	f.people = nil
}

// Disable takes the person with that post off work; As still gives the person.
func (f *Fixture) Disable(role auth.Role) {
	f.T.Helper()
	p := f.row(role)
	cmd := changeOf(p)
	cmd.Disabled = true
	require.NoError(f.T, f.Users.Change(f.As(auth.Supervisor), cmd))
}

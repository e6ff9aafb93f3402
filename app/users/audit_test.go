package users_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/fault"
	"zhanggui/app/stock"
)

// The log is no back door to cost for whom it was opened.
func TestAuditLog_WithoutCost_ShowsNone(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	sku := f.SKU("A", 2000)
	f.Stock(sku, 3, 77_701)
	r, err := f.App.Stock.Receive(f.As(auth.Warehouse), stock.ReceiveCmd{SKU: sku.ID, Qty: 1})
	require.NoError(t, err)
	require.NoError(t, f.App.Stock.Recost(f.As(auth.Finance), stock.RecostCmd{Doc: r.Doc, CostFen: 77_702}))
	f.Grant(auth.Service, map[auth.Action]bool{auth.AuditView: true})

	page, err := f.Users.AuditLog(f.As(auth.Service), core.Query{})

	require.NoError(t, err)
	text, err := json.Marshal(page)
	require.NoError(t, err)
	require.Contains(t, string(text), "audit.recosted")
	for _, figure := range []string{"77701", "77702", "777.01", "777.02"} {
		require.NotContains(t, string(text), figure)
	}
	_, err = f.Users.AuditLog(f.As(auth.Service), core.Query{Conds: []core.Cond{{Field: "after", Op: "~", Value: "777"}}})
	require.True(t, fault.Is(err, fault.Denied), "%v", err)
	whole, err := f.Users.AuditLog(f.As(auth.Supervisor), core.Query{})
	require.NoError(t, err)
	text, err = json.Marshal(whole)
	require.NoError(t, err)
	require.Contains(t, string(text), "77701")
}

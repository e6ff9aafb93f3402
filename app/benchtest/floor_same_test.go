package benchtest

import (
	"database/sql"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/ids"
	"zhanggui/app/inbox"
)

// written are the tables whose rows the floors must write as the program does.
var writtenTables = []string{
	"orders", "receivers", "platform_facts", "order_lines", "order_checks", "customers", "import_rows", "reservations", "stock_moves",
	"journal_entries", "postings", "sales_daily", "sales_monthly", "orders_daily", "parcels", "parcel_lines", "parcel_items", "shipment_events", "audit_log", "changes",
}

func (f *floor) counts() map[string]int64 {
	counts := map[string]int64{}
	for _, t := range writtenTables {
		f.each(func(rows *sql.Rows) error {
			var n int64
			err := rows.Scan(&n)
			counts[t] = n
			return err
		}, `SELECT COUNT(1) FROM `+t)
	}
	return counts
}

// added tells how many rows of each table fn adds.
func (f *floor) added(fn func()) map[string]int64 {
	before := f.counts()
	fn()
	after := f.counts()
	for t, n := range before {
		after[t] -= n
	}
	return after
}

// TestFloors_WriteTheSameRows keeps the comparison honest: a floor that writes
// less than the program does would say nothing.
func TestFloors_WriteTheSameRows(t *testing.T) {
	t.Setenv(envShop, "")
	t.Setenv(envOrders, "60")
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			s := newShop(t, engine)
			s.stockUp()
			f := s.floor()
			list := s.arrive(60)

			ours := f.added(func() { s.pass(list[:30]) })
			least := f.added(func() { f.pass(list[30:]) })
			require.Equal(t, ours, least, "pass")

			alike := []order{list[0], list[5], list[1], list[30], list[35], list[31]} // two goods, two goods, one
			ours = f.added(func() { s.scan(alike[0]); s.scan(alike[1]); s.scan(alike[2]) })
			least = f.added(func() { f.ship(alike[3]); f.ship(alike[4]); f.ship(alike[5]) })
			for _, sums := range []string{"sales_daily", "sales_monthly"} { // whether a row is new depends on who came first
				delete(ours, sums)
				delete(least, sums)
			}
			require.Equal(t, ours, least, "ship")
			s.same(f)

			s.sameImport(f)
		})
	}
}

// same requires that what the floors left is as sound as what the program left.
func (s *shop) same(f *floor) {
	results, err := s.store.Check(background(), true, nil)
	require.NoError(s.b, err)
	require.NotEmpty(s.b, results)
	for _, r := range results {
		require.Zero(s.b, r.Bad, "%s: %v", r.Name, r.Broken)
	}
}

// sameImport imports 400 orders and compares with what the floor writes into a fresh copy.
func (s *shop) sameImport(f *floor) {
	src := s.file(csvLayout, s.place(400))
	var done inbox.Result
	ours := f.added(func() { done = s.bring(src) })
	within(s.b, func(tb testing.TB) {
		fresh := openFloor(tb, copied(tb, s.of.engine), s.clock.Now())
		least := fresh.added(func() { replayInto(tb, s, done, fresh) })
		ours["audit_log"] -= 2 // its beginning and its end
		ours["changes"] -= 3
		for _, day := range []string{"orders_daily"} {
			delete(ours, day)
			delete(least, day)
		}
		require.Equal(s.b, ours, least, "import")
	})
	require.NotEqual(s.b, ids.ImportID{}, done.Import.ID)
}

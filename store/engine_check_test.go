package store_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
	"zhanggui/app/orders"
	"zhanggui/app/shipping"
	"zhanggui/app/stock"
	"zhanggui/app/when"
	"zhanggui/store"
)

// busyShop is a shop in which everything has happened once: orders in every
// state, shipped, undone, returned and handed over, receipts, corrections and
// their undo. It gives an order that is passed and reserved.
func busyShop(t *testing.T, f *apptest.Fixture) *domain.Order {
	t.Helper()
	mug, lid := f.SKU("MUG", 1990), f.SKU("LID", 500)
	set := f.Kit("SET", 2300, domain.KitPart{SKU: mug.ID, Qty: 1}, domain.KitPart{SKU: lid.ID, Qty: 2})
	f.Stock(mug, 40, 32_003)
	f.Stock(lid, 60, 6_001)
	warehouse, finance, service := f.As(auth.Warehouse), f.As(auth.Finance), f.As(auth.Service)

	kept := f.Sell(apptest.Line(mug, 2, 1990), apptest.Line(set, 1, 2300), apptest.Freight(600))
	_, err := f.Shipping.HandOver(warehouse, shipping.HandOverCmd{Parcels: parcelsOf(f, kept)})
	require.NoError(t, err)
	undone := f.Sell(apptest.Line(mug, 3, 1990), apptest.Freight(800))
	require.NoError(t, f.Shipping.Undo(f.As(auth.Supervisor), shipping.UndoCmd{Parcel: parcelsOf(f, undone)[0]}))
	back := f.Sell(apptest.Line(lid, 5, 500))
	require.NoError(t, f.Shipping.Return(warehouse, shipping.ReturnCmd{
		Parcel: parcelsOf(f, back)[0], Line: back.Lines[0].ID, Good: 2, Defective: 1,
	}))
	f.Clock.Advance(when.DaySpan)
	receipt, err := f.App.Stock.Receive(warehouse, stock.ReceiveCmd{SKU: mug.ID, Qty: 10})
	require.NoError(t, err)
	require.NoError(t, f.App.Stock.Recost(finance, stock.RecostCmd{Doc: receipt.Doc, CostFen: 9_999}))
	loss, err := f.App.Stock.Adjust(finance, stock.AdjustCmd{SKU: lid.ID, Delta: -3, Reason: stock.AdjustDamage})
	require.NoError(t, err)
	require.NoError(t, f.App.Stock.Undo(finance, stock.UndoCmd{Kind: "adjust", Doc: loss.Doc}))
	require.NoError(t, f.Orders.Cancel(service, orders.CancelCmd{Order: f.Order(apptest.Line(mug, 1, 1990)).ID, Reason: "买家不要了"}))
	f.Order(apptest.Line(mug, 1, 1990), apptest.Note("送礼"))
	f.Order(apptest.Unmapped("X-1", 1, 100))
	open := f.Order(apptest.Line(mug, 4, 1990))
	f.Pass(open)
	require.NoError(t, f.Store.Seal(context.Background()))
	return open
}

func parcelsOf(f *apptest.Fixture, o *domain.Order) []ids.ParcelID {
	var list []ids.ParcelID
	for _, p := range apptest.Look(f, func(r core.Reads) ([]*domain.Parcel, error) { return r.Parcels().OfOrder(o.ID) }) {
		list = append(list, p.ID)
	}
	return list
}

func TestCheck_BusyShop_NothingBroken(t *testing.T) {
	t.Parallel()
	apptest.Both(t, func(t *testing.T, f *apptest.Fixture) {
		busyShop(t, f)
		var said []int

		results, err := f.Store.Check(context.Background(), true, func(done, total int) {
			require.Equal(t, 100, total)
			said = append(said, done)
		})

		require.NoError(t, err)
		for _, r := range results {
			require.Zero(t, r.Bad, "%s %v", r.Name, r.Broken)
		}
		require.IsIncreasing(t, said)
		require.Equal(t, 100, said[len(said)-1])
		empty := map[string]bool{ // what a healthy shop has none of
			"I2 available >= 0 unless a count took it": true, "I7 import_rows as sealed": true, "I7 rows not yet sealed": true,
			"I7 heads kept in backups": true, "I9 waybill once": true, "I9 order number once per shop": true,
			"I9 entry reversed once": true, "I9 move reversed once": true, "I10 references": true, "I10 merged orders have their lead": true,
		}
		for _, r := range results {
			require.True(t, r.Count > 0 || empty[r.Name], "%s looked at nothing", r.Name)
		}
	})
}

// corruptions are edits past the program, each with the result that must name it.
var corruptions = []struct{ result, text string }{
	{"I1 levels = sums of moves", `UPDATE stock_levels SET on_hand = on_hand + 1 WHERE sku_id = (SELECT id FROM skus WHERE code = 'MUG')`},
	{"I1 levels = sums of moves", `UPDATE stock_levels SET value_fen = value_fen - 1 WHERE sku_id = (SELECT id FROM skus WHERE code = 'MUG')`},
	{"I1 levels = sums of moves", `UPDATE stock_levels SET unavailable = unavailable + 1 WHERE sku_id = (SELECT id FROM skus WHERE code = 'LID')`},
	{"I1 levels = sums of moves", `DELETE FROM stock_levels WHERE sku_id = (SELECT id FROM skus WHERE code = 'LID')`},
	{"I1 balances of moves", `UPDATE stock_moves SET qty = qty + 1 WHERE seq = 3`},
	{"I1 balances of moves", `UPDATE stock_moves SET balance_fen = balance_fen + 1 WHERE seq = 4`},
	{"I1 balances of moves", `DELETE FROM stock_moves WHERE seq = 5`},
	{"I1 reserved = reservations", `UPDATE stock_levels SET reserved = reserved + 1 WHERE sku_id = (SELECT id FROM skus WHERE code = 'MUG')`},
	{"I1 reserved = reservations", `DELETE FROM reservations WHERE order_id = (SELECT id FROM orders WHERE stage = 'to_ship' AND units = 4)`},
	{"I2 available >= 0 unless a count took it", `UPDATE stock_levels SET unavailable = 1000 WHERE sku_id = (SELECT id FROM skus WHERE code = 'MUG')`},
	{"I3 parcel items = moves", `UPDATE parcel_items SET qty = qty + 1 WHERE qty = 5`},
	{"I3 parcel items = moves", `UPDATE parcel_items SET cost_fen = cost_fen + 1 WHERE qty = 5`},
	{"I3 parcel items = moves", `UPDATE parcel_items SET returned = returned - 1 WHERE returned > 0`},
	{"I3 parcel items = moves", `DELETE FROM parcel_items WHERE qty = 5`},
	{"I3 parcel items = moves", `UPDATE parcels SET state = 'voided' WHERE state = 'handed_over'`},
	{"I3 parcel items = moves", `UPDATE stock_moves SET reason = 'adjust' WHERE seq = 4`},
	{"I3 lines shipped = parcels", `UPDATE order_lines SET shipped_qty = shipped_qty - 1 WHERE shipped_qty = 2`},
	{"I3 lines shipped = parcels", `UPDATE order_lines SET returned_qty = returned_qty - 1 WHERE returned_qty > 0`},
	{"I4 moves = journal by reason", `UPDATE postings SET amount_fen = amount_fen + 1 WHERE entry_seq = 1 AND account = '1405'`},
	{"I5 entries balanced", `UPDATE postings SET amount_fen = amount_fen + 1 WHERE entry_seq = 2 AND no = 1`},
	{"I5 entries balanced", `DELETE FROM postings WHERE entry_seq = 3`},
	{"I5 one entry per order and parcel", `UPDATE journal_entries SET kind = 'other' WHERE kind = 'unship'`},
	{"I5 one entry per order and parcel", `UPDATE journal_entries SET number = 'nobody' WHERE seq = 3`},
	{"I5 order = lines + freight", `UPDATE orders SET net_fen = net_fen + 1 WHERE stage = 'to_ship' AND units = 4`},
	{"I5 order = lines + freight", `UPDATE order_lines SET net_fen = net_fen + 1 WHERE shipped_qty = 2`},
	{"I6 states", `UPDATE orders SET stage = 'shipped' WHERE stage = 'to_ship' AND units = 4`},
	{"I6 states", `UPDATE orders SET fulfil = 'none' WHERE stage = 'to_ship' AND units = 4`},
	{"I6 states", `UPDATE orders SET audit = 'new', stage = 'to_audit' WHERE stage = 'to_ship' AND units = 4`},
	{"I6 order has a trace", `UPDATE audit_log SET entity = 'x' WHERE entity = 'order'`},
	{"I7 audit_log as sealed", `UPDATE audit_log SET actor = 'x' WHERE seq = 7`},
	{"I7 stock_moves as sealed", `UPDATE stock_moves SET note = 'x' WHERE seq = 2`},
	{"I7 journal_entries as sealed", `UPDATE journal_entries SET actor = 'x' WHERE seq = 2`},
	{"I7 postings as sealed", `UPDATE postings SET channel = 'jd' WHERE entry_seq = 3 AND no = 1`},
	{"I8 stage_counts = orders", `UPDATE stage_counts SET n = n + 1 WHERE stage = 'to_ship'`},
	{"I8 stage_counts = orders", `DELETE FROM stage_counts WHERE stage = 'to_ship'`},
	{"I8 sales_daily = journal", `UPDATE sales_daily SET parcels = parcels + 1 WHERE parcels > 0`},
	{"I8 sales_daily = journal", `DELETE FROM sales_daily`},
	{"I8 sales_monthly = journal", `UPDATE sales_monthly SET units = units + 1 WHERE units > 0`},
	{"I8 sales_monthly = journal", `DELETE FROM sales_monthly`},
	{"I8 orders_daily = orders", `UPDATE orders_daily SET paid_fen = paid_fen + 1`},
	{"I8 orders_daily = orders", `DELETE FROM orders_daily`},
	{"I8 order units, line_count, check_codes", `UPDATE orders SET units = units + 1 WHERE stage = 'to_ship' AND units = 4`},
	{"I8 order units, line_count, check_codes", `UPDATE orders SET line_count = 9 WHERE stage = 'to_ship' AND units = 4`},
	{"I8 order units, line_count, check_codes", `UPDATE orders SET check_codes = '' WHERE check_codes <> ''`},
	{"I9 move reversed once", `UPDATE stock_moves SET reverses_seq = 1 WHERE seq IN (2, 3)`},
	{"I1 reservations = open units of passed orders", `UPDATE reservations SET sku_id = (SELECT id FROM skus WHERE code = 'LID') WHERE qty = 4`},
	{"I1 reservations = open units of passed orders", `UPDATE reservations SET line_id = (SELECT id FROM order_lines WHERE shipped_qty = 5) WHERE qty = 4`},
	{"I5 revenue of parcels = lines", `UPDATE parcel_lines SET revenue_fen = revenue_fen - 1 WHERE qty = 5`},
	{"I5 revenue of parcels = lines", `UPDATE order_lines SET refund_fen = refund_fen + 1 WHERE shipped_qty = 2`},
	{"I5 entries = parcel lines + freight", `UPDATE parcel_lines SET revenue_fen = revenue_fen + 1 WHERE qty = 5`},
	{"I5 entries = parcel lines + freight", `UPDATE orders SET freight_fen = freight_fen + 1, net_fen = net_fen + 1 WHERE freight_fen = 600`},
	{"I8 parcel units, orders", `UPDATE parcels SET units = units + 1 WHERE units = 5`},
	{"I8 parcel units, orders", `UPDATE parcels SET orders = 2 WHERE units = 5`},
	{"I8 customers = orders", `UPDATE customers SET paid_fen = paid_fen + 1`},
	{"I8 customers = orders", `UPDATE customers SET orders = 0`},
	{"I10 orders have receiver and platform facts", `DELETE FROM receivers WHERE order_id = (SELECT id FROM orders WHERE stage = 'to_ship' AND units = 4)`},
	{"I10 orders have receiver and platform facts", `DELETE FROM platform_facts WHERE order_id = (SELECT id FROM orders WHERE stage = 'to_ship' AND units = 4)`},
	{"I10 merged orders have their lead", `UPDATE orders SET merge_id = @id WHERE stage = 'to_ship' AND units = 4`},
	{"I10 references", `UPDATE parcel_lines SET order_id = @id WHERE qty = 5`},
	{"I10 references", `UPDATE postings SET entry_seq = 9999 WHERE entry_seq = 1`},
}

func TestCheck_Corrupted_NamedByItsResult(t *testing.T) {
	t.Parallel()
	apptest.Both(t, func(t *testing.T, f *apptest.Fixture) {
		busyShop(t, f)
		id := `CAST('0123456789abcdef' AS BLOB)`
		if strings.HasPrefix(f.DSN, "postgres") {
			id = `'0123456789abcdef'::bytea`
		}
		for _, c := range corruptions {
			named := brokenAfter(t, f, true, strings.ReplaceAll(c.text, "@id", id))

			require.Contains(t, named, c.result, "%s", c.text)
		}
		f.CheckClean()
	})
}

// brokenAfter gives the broken results of a check after edits.
func brokenAfter(t *testing.T, f *apptest.Fixture, full bool, edits ...string) map[string][]string {
	t.Helper()
	results, err := store.CheckAfter(f.Store, full, edits...)
	require.NoError(t, err, "%v", edits)
	named := map[string][]string{}
	for _, r := range results {
		if r.Bad > 0 {
			require.NotEmpty(t, r.Broken, r.Name)
			require.LessOrEqual(t, len(r.Broken), 20)
			named[r.Name] = r.Broken
		}
	}
	return named
}

func TestCheck_Incremental_SeesWhatIsNewAndTrustsTheRest(t *testing.T) {
	t.Parallel()
	apptest.Both(t, func(t *testing.T, f *apptest.Fixture) {
		open := busyShop(t, f)
		f.CheckClean() // remembers how far it came
		old := map[string]bool{`UPDATE stock_moves SET note = 'x' WHERE seq = 2`: true, `UPDATE parcel_items SET cost_fen = cost_fen + 1 WHERE qty = 5`: true}
		for text := range old {
			require.Empty(t, brokenAfter(t, f, false, text), "trusted: %s", text)
			require.NotEmpty(t, brokenAfter(t, f, true, text))
		}
		f.Clock.Advance(when.DaySpan)
		f.Ship(open)
		mug := apptest.Look(f, func(r core.Reads) (*domain.SKU, error) { return r.Catalog().SKUByCode("MUG") })
		f.Stock(*mug, 5, 5_005)
		require.NoError(t, f.Store.Seal(context.Background()))

		results, err := f.Store.Check(context.Background(), false, nil)

		require.NoError(t, err)
		for _, r := range results {
			require.Zero(t, r.Bad, "%s %v", r.Name, r.Broken)
		}
		const last = `(SELECT MAX(seq) FROM stock_moves)`
		for result, text := range map[string]string{
			"I1 balances of moves":              `UPDATE stock_moves SET balance_qty = 0 WHERE seq = ` + last,
			"I1 levels = sums of moves":         `UPDATE stock_levels SET on_hand = on_hand - 1 WHERE sku_id = (SELECT id FROM skus WHERE code = 'MUG')`,
			"I3 parcel items = moves":           `UPDATE parcel_items SET qty = qty + 1 WHERE qty = 4`,
			"I3 lines shipped = parcels":        `UPDATE order_lines SET shipped_qty = 3 WHERE shipped_qty = 4`,
			"I4 moves = journal by reason":      `UPDATE stock_moves SET value_fen = value_fen + 1 WHERE seq = ` + last,
			"I5 entries balanced":               `UPDATE postings SET amount_fen = 0 WHERE entry_seq = (SELECT MAX(seq) FROM journal_entries) AND no = 1`,
			"I5 one entry per order and parcel": `UPDATE journal_entries SET number = 'x' WHERE seq > 9 AND kind = 'ship'`,
			"I6 states":                         `UPDATE orders SET stage = 'to_ship' WHERE stage = 'shipped'`,
			"I7 stock_moves as sealed":          `UPDATE stock_moves SET note = 'x' WHERE seq = ` + last,
			"I8 stage_counts = orders":          `UPDATE stage_counts SET n = n + 1`,
			"I8 sales_daily = journal":          `UPDATE sales_daily SET units = units + 1`,
			"I8 sales_monthly = journal":        `UPDATE sales_monthly SET cost_fen = cost_fen + 1`,
			"I8 orders_daily = orders":          `UPDATE orders_daily SET orders = orders + 1`,
		} {
			require.Contains(t, brokenAfter(t, f, false, text), result, "%s", text)
		}
	})
}

func TestCheck_CountBelowReserved_IsNoFault(t *testing.T) {
	t.Parallel()
	apptest.Both(t, func(t *testing.T, f *apptest.Fixture) {
		mug := f.SKU("MUG", 1990)
		f.Stock(mug, 2, 2_000)
		_, err := f.App.Stock.Adjust(f.As(auth.Finance), stock.AdjustCmd{SKU: mug.ID, Delta: -5, Reason: stock.AdjustCount})
		require.NoError(t, err)

		results, err := f.Store.Check(context.Background(), true, nil)

		require.NoError(t, err)
		for _, r := range results {
			require.Zero(t, r.Bad, "%s %v", r.Name, r.Broken)
			if r.Name == "I2 available >= 0 unless a count took it" {
				require.EqualValues(t, 1, r.Count, "listed as oversold")
			}
		}
	})
}

func TestCheck_Cancelled_Stops(t *testing.T) {
	t.Parallel()
	apptest.Both(t, func(t *testing.T, f *apptest.Fixture) {
		f.Order(apptest.Line(f.SKU("MUG", 1990), 1, 1990))
		ctx, cancel := context.WithCancel(context.Background())

		_, err := f.Store.Check(ctx, true, func(int, int) { cancel() })

		require.True(t, fault.Is(err, fault.Cancelled), "%v", err)
		f.CheckClean()
	})
}

// Package apptest builds the whole program for a test: services on a fresh,
// migrated SQLite file (a template is migrated once per test binary and copied),
// a clock that stands at 2026-04-23 10:18, ids from a seed, five people, one per
// post, and factories whose records are valid unless the test says otherwise.
//
//	f := apptest.New(t)
//	mug := f.SKU("MUG-1", 1990)
//	f.Stock(mug, 10, 80_00)
//	o := f.Order(apptest.Line(mug, 2, 1990))
//	_, err := f.Orders.Pass(f.As(auth.Service), orders.PassCmd{Orders: []ids.OrderID{o.ID}}, nil)
//	f.CheckClean()
//
// It is for tests only and may import everything below the window.
package apptest

// Package storetest is the contract that every store must keep, one suite per
// repository, run on SQLite and on PostgreSQL by store's tests:
//
//	func TestContract_SQLite(t *testing.T) { storetest.Run(t, openSQLite) }
//
// Its House is a small shop with valid defaults, for the tests of store itself.
// It may import app/core and below and is imported by tests only.
package storetest

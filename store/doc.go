// Package store keeps the shop's data in SQLite (one file, the default) or
// PostgreSQL (by URL), both through the same SQL. It implements the interfaces
// of app/core and decides nothing: rules are in app/domain.
//
//	s, err := store.Open(ctx, "/home/me/shop.zhanggui", store.Options{Process: id, Desk: host, User: name, PID: pid, Clock: when.System{}})
//	err = s.Write(ctx, func(tx core.Tx) error { return tx.Settings().Set("shop.name", "一号店") })
//
// What differs between the engines stands in engine_sqlite.go and
// engine_postgres.go, and in migrations whose names end in .sqlite.sql or
// .postgres.sql. It may import the packages of level 0 to 2, the drivers and
// goose; nobody but app/boot and tests imports it.
package store

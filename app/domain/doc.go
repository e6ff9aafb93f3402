// Package domain holds what the shop trades in and the rules that are easy to
// get wrong (rules.md): plain structs whose state changes only by methods that
// check, change and return a fault. No I/O, no SQL, no window, no float.
//
// Read in this order: order.go (the four facts of an order), order_moves.go
// (its tables of allowed steps), checks.go (what keeps an order from passing),
// stock.go (levels, moves, value), parcel.go, journal.go (double entry).
package domain

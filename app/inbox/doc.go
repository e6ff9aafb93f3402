// Package inbox brings files into the shop: preview first (what is new, changed,
// same, refused), then commit in chunks of whole orders, each chunk one
// transaction, so that no order is ever half-written and a scanning clerk
// never waits (DECIDED 6, rules.md §5.13).
//
// What a file may do to an order that exists is decided column by column in
// merge.go: platform facts only move forward, our own decisions stay, an
// address fixed by hand wins, amounts change until the order is passed.
package inbox

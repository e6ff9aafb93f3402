// Package demo makes the example shop: five people, realistic goods, buyers and
// months of orders, with every state that a screen can have. The same number of
// orders, seed and end give the same ids, numbers and times (PIN salts
// excepted, DECIDED 22).
//
// History is written in bulk, many orders in a transaction, but through the same
// rules as daily work (app/flow, app/domain); the last day's corner cases are
// made by the services themselves. It stands above the services and may import them.
package demo

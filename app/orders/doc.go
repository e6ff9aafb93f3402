// Package orders is the order desk (发货 / 待审): passing orders to the
// warehouse, clearing what keeps them back, splitting, merging, cancelling and
// entering orders by hand. One command type per use case; the rules are in
// app/domain, the shared steps in app/flow.
package orders

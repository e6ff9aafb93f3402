// Package orders is the order desk (发货 / 待审): what waits to be audited by its
// deadline, why it waits and the keys that clear it, the audit of a batch, and
// orders entered by hand. view.go maps records to texts and colours without a
// window; each form has a file of its own.
package orders

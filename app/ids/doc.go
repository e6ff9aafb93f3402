// Package ids gives documents their ids: UUIDv7, made by the program, safe on
// several desks at once, stored in 16 bytes and printed as text. Each kind of
// document has its own type, so that an order id cannot be passed for a parcel id.
// Rows of ledgers and logs have no id of this kind: the database numbers them.
package ids

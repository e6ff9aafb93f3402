// Package backup makes verified copies of the shop's data, keeps the daily ones
// in rotation, seals the ledgers and runs the check of every invariant. The work
// itself is the store's; this package asks for the right, names the files and
// keeps the audit. Restoring needs the data closed and is therefore with
// app/boot. It may import levels 0 to 3.
package backup

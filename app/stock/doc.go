// Package stock keeps the count right to the piece: opening stock, receipts,
// corrections, their undo, and the figures of any day. Units and value move in
// the same transaction as the journal entry. The warehouse sees quantities;
// cost and value show to people with finance.view_cost only (DECIDED 9, 11).
package stock

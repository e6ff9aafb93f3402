// Package finance reads the books: sales and profit by day, channel and
// product, the trial balance, the journal. Nothing is written here; every
// document posts its own entry in its own transaction (app/flow).
//
// Cost and profit are left out for people without finance.view_cost. The
// journal itself shows cost in every second row, so it needs that right whole.
// It may import levels 0 to 3.
package finance

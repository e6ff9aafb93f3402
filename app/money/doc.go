// Package money holds amounts as whole fen and rates as whole basis points.
//
// There is no float here and none may be added: amounts are parsed from text
// digit by digit, shared by largest remainder (rules.md §5.11.5) and multiplied
// with an overflow check. The package imports the standard library and fault only.
//
//	a, _ := money.Parse("1,234.50")     // 123450 fen
//	parts := money.Split(1000, []int64{3333, 3333, 3333}) // 334, 333, 333
package money

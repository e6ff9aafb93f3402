package main

import (
	"zhanggui/app/i18n"
	"zhanggui/app/money"
	"zhanggui/app/when"
	"zhanggui/reports"
)

// value is one value of a table, for a file and for people: a number (fen,
// milliseconds, units, basis points) or a text, as the column's type says.
type value struct {
	n    int64
	text string
}

// cell gives it for a file.
func (v value) cell(typ reports.Type) reports.Cell {
	switch typ {
	case reports.TypeMoney:
		return reports.Money(money.Fen(v.n))
	case reports.TypeQty:
		return reports.Qty(v.n)
	case reports.TypePercent:
		return reports.Percent(money.BP(v.n))
	case reports.TypeTime:
		return reports.Time(when.Millis(v.n))
	case reports.TypeDay:
		return reports.Day(when.Day(v.text))
	}
	return reports.Text(v.text)
}

// show gives it for the terminal.
func (v value) show(typ reports.Type) string {
	switch typ {
	case reports.TypeMoney:
		return money.Fen(v.n).Grouped()
	case reports.TypeQty:
		return i18n.Count(v.n)
	case reports.TypePercent:
		return money.Fen(v.n).Grouped() + "%"
	case reports.TypeTime:
		return when.Millis(v.n).Minute()
	}
	return plain(v.text)
}

// numeric tells that a column's values end at the same place.
func numeric(typ reports.Type) bool {
	return typ == reports.TypeMoney || typ == reports.TypeQty || typ == reports.TypePercent
}

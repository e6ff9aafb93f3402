// Package value turns one cell of a file into a typed value: an identifier, an
// amount, a quantity, an instant, a day range, a text, a telephone number.
//
// Chinese platforms write the same thing in many forms and guard long numbers
// against Excel in five ways (FORMATS §0 Q1, Q6, Q7). Every form that is read
// stands in a test; every other form is refused with a fault that names the
// text (fault.value.*), because a wrong guess becomes wrong money. The package
// is pure and may import level 0 and app/ingest/sheet.
//
//	no, err := value.ID(row.Cells[0])
//	amount, err := value.Amount(row.Cells[5])
//	paidAt, ok, err := value.Time(row.Cells[9], book.Date1904)
package value

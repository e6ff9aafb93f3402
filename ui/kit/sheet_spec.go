package kit

import (
	"context"

	"zhanggui/app/auth"
)

// Sheet makes a list editable like a spreadsheet: F2 opens its rows in grid mode,
// where the columns with an Edit can be typed, pasted, filled down and undone.
// Nothing is written before F9, and then all of it or nothing.
type Sheet[R any] struct {
	Need auth.Action
	// Name is what messages call a row: its code.
	Name func(r R) string
	// Save writes the changes in one use case. What it refuses it names cell by
	// cell, beside the error. The undo of a save is the same call with From and To
	// exchanged, so it must refuse a cell whose stored value is not From.
	Save func(ctx context.Context, changes []CellChange) ([]CellFault, error)
}

// Edit makes a column of a Sheet editable. Texts are values as a person types them.
type Edit[R any] struct {
	// Text is the stored value.
	Text func(r R) string
	// Parse checks a typed text and gives its one form ("12*4" is "48.00"). nil
	// takes any text. Errors: Invalid, with a sentence that says what to write.
	Parse func(text string) (string, error)
	// Show is how the table shows a value; nil shows it as it is typed.
	Show func(text string) string
	// Shared is the record that a value belongs to where several rows have it in
	// common (the title of a product); nil: each row has its own.
	Shared func(r R) string
}

// SheetPlace says where a column stands beside the list.
type SheetPlace int

// A column with an Edit stands in the list and in grid mode, any other in the list
// alone, unless it says otherwise.
const (
	SheetUsual SheetPlace = iota
	SheetToo              // read in grid mode as well: what names the row
	SheetOnly             // not in the list
)

// CellChange is one value to be saved: the row's id, the column's key, what was
// stored when the person saw it and what it shall be.
type CellChange struct {
	Row      string
	Column   string
	From, To string
}

// CellFault is why one change was not saved.
type CellFault struct {
	Row, Column string
	Err         error
}

// reversed takes changes back.
func reversed(list []CellChange) []CellChange {
	out := make([]CellChange, len(list))
	for i, c := range list {
		out[i] = CellChange{Row: c.Row, Column: c.Column, From: c.To, To: c.From}
	}
	return out
}

// Bounds of grid mode: what one person can still oversee, and what one save writes
// while others wait.
const (
	sheetRows  = 5_000
	pasteCells = 20_000
)

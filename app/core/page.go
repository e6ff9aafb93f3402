package core

// PageLimit is the most rows one call may ask for (CONVENTIONS 18).
const PageLimit = 500

// Page asks for a window of a sorted list. Sort names a column of the list's
// own enum; "" is the list's usual order.
type Page struct {
	Offset int
	Limit  int
	Sort   string
	Desc   bool
}

// Clamp limits the page to what a list may give; a zero Limit becomes 200.
func (p Page) Clamp() Page {
	if p.Limit <= 0 {
		p.Limit = 200
	}
	if p.Limit > PageLimit {
		p.Limit = PageLimit
	}
	if p.Offset < 0 {
		p.Offset = 0
	}
	return p
}

// Paged is one window of a list. Total counts all rows of the filter; it is -1
// when the caller did not ask for it. Sums holds the footer's totals by column.
type Paged[T any] struct {
	Rows  []T
	Total int
	Sums  map[string]int64
}

// Cond is one condition of a general filter: Field Op Value, Op one of
// = != < <= > >= ~ (contains). All conditions must hold (DECIDED 21).
type Cond struct {
	Field string
	Op    string
	Value string
}

package core

// Query asks for a window of a list: conditions that must all hold, a chip (a
// named condition of that list, "" for all), a search text, sorting and page.
type Query struct {
	Conds  []Cond
	Chip   string
	Search string
	Page   Page
	Totals bool // also count the rows and sum the list's footer columns
}

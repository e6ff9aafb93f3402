package kit

import "sort"

// selection is the ticked rows: a set of record ids, or everything the filter
// matches except some ids ("all N that match" is the filter, not a list of ids).
//
// Guarantees: count is exact when the total is known; turning all on and off
// leaves nothing behind (TestSelection_*).
type selection struct {
	all bool
	ids map[string]bool // ticked ids, or the exceptions when all
}

func newSelection() *selection { return &selection{ids: map[string]bool{}} }

func (s *selection) has(id string) bool { return s.all != s.ids[id] }

// copy is one that another goroutine may read.
func (s *selection) copy() *selection {
	c := &selection{all: s.all, ids: make(map[string]bool, len(s.ids))}
	for id := range s.ids {
		c.ids[id] = true
	}
	return c
}

// set ticks or unticks one record.
func (s *selection) set(id string, on bool) {
	if on == s.all {
		delete(s.ids, id)
		return
	}
	s.ids[id] = true
}

func (s *selection) toggle(id string) { s.set(id, !s.has(id)) }

func (s *selection) selectAll() { s.all, s.ids = true, map[string]bool{} }

func (s *selection) clear() { s.all, s.ids = false, map[string]bool{} }

func (s *selection) empty(total int) bool { return s.count(total) == 0 }

// count is the number of ticked records among total.
func (s *selection) count(total int) int {
	if s.all {
		return max(0, total-len(s.ids))
	}
	return len(s.ids)
}

// state is the header's check box.
func (s *selection) state(total int) CheckState {
	switch n := s.count(total); {
	case n == 0:
		return Unchecked
	case n >= total:
		return Checked
	}
	return Partly
}

// list gives the ids (or the exceptions) sorted, for services and tests.
func (s *selection) list() []string {
	ids := make([]string, 0, len(s.ids))
	for id := range s.ids {
		ids = append(ids, id)
	}
	sort.Strings(ids)
	return ids
}

// CheckState is a check box of three states.
type CheckState int

// The states of a check box.
const (
	Unchecked CheckState = iota
	Checked
	Partly
)

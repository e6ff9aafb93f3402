package kit

import "slices"

// Aim is what a list screen may be opened with (Env.Open): the chip, the search
// text and the filter its list shall show. A chip that the list does not have is
// the one under which everything is found.
type Aim struct {
	Chip   string
	Search string
	Filter Values
}

// Open shows what another screen asks for: an Aim, or a text, which is a chip's
// key or something to look for under the chip all. It tells whether it
// understood; what it does not understand changes nothing.
func (l *List[R]) Open(arg any, all string) bool {
	switch v := arg.(type) {
	case Aim:
		if !l.hasChip(v.Chip) {
			v.Chip = all
		}
		l.Show(v.Chip, v.Search, v.Filter)
		return true
	case string:
		if v == "" {
			return false
		}
		if l.hasChip(v) {
			l.Show(v, "", Values{})
			return true
		}
		l.Show(all, v, Values{})
		return true
	}
	return false
}

func (l *List[R]) hasChip(key string) bool {
	return slices.ContainsFunc(l.spec.Chips, func(c ChipSpec) bool { return c.Key == key })
}

package shell

import (
	"encoding/json"

	"zhanggui/app/domain"
	"zhanggui/app/search"
	"zhanggui/ui/kit"
	"zhanggui/ui/shipping"
)

// jumpTo is where a line of the palette leads: a screen, or a record on it.
type jumpTo struct {
	Kind   search.Kind `json:"kind,omitempty"` // "" for the screen itself
	Title  string      `json:"title,omitempty"`
	Screen string      `json:"screen"`
	Find   string      `json:"find,omitempty"`
	Chip   string      `json:"chip,omitempty"`
}

// jump opens the place and remembers it as opened last.
func (s *Shell) jump(to jumpTo) {
	if to.Kind != "" {
		s.rememberJump(to)
		s.route(to.Screen, kit.Aim{Search: to.Find, Chip: to.Chip})
		return
	}
	s.route(to.Screen, nil)
}

// parcelPlace is where a parcel is seen: on the board as long as the board shows
// it, then with its order.
func (s *Shell) parcelPlace(state domain.ParcelState, today bool) (screen, chip string) {
	board := s.firstOf("shipping")
	switch {
	case board != "" && state == domain.ParcelShipped:
		return board, shipping.ChipToHand
	case board != "" && today:
		return board, shipping.ChipSent
	}
	return s.firstOf("orders"), ""
}

// recentKey is where the person's memory keeps what was opened last.
const recentKey = "palette.recent"

// rememberJump puts a record in front of those opened last. Buyers are people:
// their names are not kept.
func (s *Shell) rememberJump(to jumpTo) {
	if to.Kind == search.Person {
		return
	}
	list := []jumpTo{to}
	for _, old := range s.recent() {
		if old != to && len(list) < recentMost {
			list = append(list, old)
		}
	}
	if body, err := json.Marshal(list); err == nil {
		s.session.memory.Set(recentKey, string(body))
	}
}

// recent is what was opened last; what cannot be read counts as nothing.
func (s *Shell) recent() []jumpTo {
	var list []jumpTo
	if json.Unmarshal([]byte(s.session.memory.Get(recentKey)), &list) != nil {
		return nil
	}
	return list
}

// recentOnes are the lines of what was opened last, as far as the person may still go there.
func (s *Shell) recentOnes() []kit.Suggestion {
	var list []kit.Suggestion
	for _, to := range s.recent() {
		e, ok := s.entry(to.Screen)
		if !ok || hitIcons[to.Kind] == "" {
			continue
		}
		list = append(list, kit.Suggestion{
			ID: "recent." + to.Find, Group: s.tr.T("jump.group.recent"), Icon: hitIcons[to.Kind], Title: to.Title,
			Far: kit.Join(s.tr.T("jump.group."+string(to.Kind)), s.tr.T(e.Title)), Do: func() { s.jump(to) },
		})
	}
	return list
}

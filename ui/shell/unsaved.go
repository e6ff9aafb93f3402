package shell

import "zhanggui/ui/kit"

// unsaved is how many changed records of the open screens would be lost if they
// ended now.
func (s *Shell) unsaved() (n int) {
	if s.session == nil {
		return 0
	}
	for _, p := range s.session.pages {
		if k, ok := p.screen.(kit.Keeper); ok {
			n += k.Unsaved()
		}
	}
	return n
}

// ending does what ends the open screens, after asking when that loses changes.
func (s *Shell) ending(then func()) {
	n := s.unsaved()
	if n == 0 {
		then()
		return
	}
	kit.Confirm(s.env(), kit.Ask{
		ID: "unsaved", Urgent: true, Title: s.tr.N("kit.sheet.unsaved", int64(n)),
		Text: s.tr.T("window.unsaved"), OK: s.tr.T("common.discard"),
	}, then)
}

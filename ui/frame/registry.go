package frame

import (
	"zhanggui/app"
	"zhanggui/app/auth"
	"zhanggui/ui/kit"
)

// Entry is one screen of the window: one line in Registry.
type Entry struct {
	ID    string
	Place string // the rail's place it stands under
	Title string // translation key of its tab
	Need  auth.Action
	New   func(env kit.Env, a *app.App) kit.Screen
}

// place is one place of the rail: an icon over a word.
type place struct {
	id, title, icon string
	key             kit.Chord
}

// places are the rail from top to bottom.
var places = []place{
	{"listing", "nav.listing", "tag", "Ctrl+1"},
	{"shipping", "nav.shipping", "truck", "Ctrl+2"},
	{"stock", "nav.stock", "box", "Ctrl+3"},
	{"finance", "nav.finance", "yuan", "Ctrl+4"},
	{"import", "nav.import", "inbox", "Ctrl+I"},
	{"settings", "nav.settings", "gear", "Ctrl+9"},
}

// visible are the screens the person may see, in registry order.
func visible(env kit.Env, all []Entry) []Entry {
	var list []Entry
	for _, e := range all {
		if env.Allows(e.Need) {
			list = append(list, e)
		}
	}
	return list
}

// under are the screens of one place.
func under(list []Entry, place string) []Entry {
	var own []Entry
	for _, e := range list {
		if e.Place == place {
			own = append(own, e)
		}
	}
	return own
}

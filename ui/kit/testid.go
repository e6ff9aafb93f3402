package kit

import (
	"sort"
	"strings"
	"sync"

	"fyne.io/fyne/v2"
)

// named is the one table of controls by test id. It is global because an id must
// be found from outside of any screen (the test port of the end-to-end build).
var named = struct {
	sync.Mutex // guards at
	at         map[string]fyne.CanvasObject
}{at: map[string]fyne.CanvasObject{}}

// ID gives a control its name for tests ("ship.entry") and returns the control.
// The newest control of a name is the one found, so a screen built again replaces the old one.
func ID[W fyne.CanvasObject](w W, id string) W {
	named.Lock()
	defer named.Unlock()
	named.at[id] = w
	return w
}

// Parts is a control that draws several things itself (the grid): it knows where
// "row:<id>", "header:<column>" or "check:<id>" stands, relative to its own corner.
type Parts interface {
	Part(name string) (fyne.Position, fyne.Size, bool)
}

// Find gives the control of an id, nil when there is none. A part follows a '#'
// ("orders.list#row:3317") and is looked up with FindRect.
func Find(id string) fyne.CanvasObject {
	name, _, _ := strings.Cut(id, "#")
	named.Lock()
	defer named.Unlock()
	return named.at[name]
}

// FindRect tells where an id or one of its parts stands in its window; false when
// it does not exist or is hidden.
func FindRect(id string) (fyne.Position, fyne.Size, bool) {
	o := Find(id)
	if o == nil || !o.Visible() || fyne.CurrentApp() == nil {
		return fyne.Position{}, fyne.Size{}, false
	}
	at, size := fyne.CurrentApp().Driver().AbsolutePositionForObject(o), o.Size()
	_, part, ok := strings.Cut(id, "#")
	if !ok {
		return at, size, true
	}
	p, has := o.(Parts)
	if !has {
		return fyne.Position{}, fyne.Size{}, false
	}
	pos, partSize, found := p.Part(part)
	return at.Add(pos), partSize, found
}

// IDs lists the known ids, sorted.
func IDs() []string {
	named.Lock()
	defer named.Unlock()
	ids := make([]string, 0, len(named.at))
	for id := range named.at {
		ids = append(ids, id)
	}
	sort.Strings(ids)
	return ids
}

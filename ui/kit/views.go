package kit

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"zhanggui/app/fault"
	"zhanggui/ui/theme"
)

// viewsMost is how many views a list keeps: one for each of Ctrl+Shift+1…9.
const viewsMost = 9

// view is a way of looking at a list that a person gave a name: chip, search,
// filter and sorting (workflows 4.0). Ranges of days keep what they mean: "last 7
// days" is other days tomorrow.
type view struct {
	Name   string            `json:"name"`
	Chip   string            `json:"chip,omitempty"`
	Search string            `json:"search,omitempty"`
	Sort   string            `json:"sort,omitempty"`
	Desc   bool              `json:"desc,omitempty"`
	Filter map[string]string `json:"filter,omitempty"`
}

// views are the person's views of the list; what cannot be read counts as none.
func (l *List[R]) views() []view {
	var list []view
	if json.Unmarshal([]byte(l.env.recall("views."+l.spec.ID)), &list) != nil {
		return nil
	}
	return list
}

func (l *List[R]) keepViews(list []view) {
	body, err := json.Marshal(list)
	if err == nil {
		l.env.remember("views."+l.spec.ID, string(body))
	}
}

// present is how the list is looked at now.
func (l *List[R]) present() view {
	return view{
		Chip: l.query.Chip, Search: l.query.Search, Sort: l.query.Page.Sort, Desc: l.query.Page.Desc, Filter: l.packed(l.query.Filter),
	}
}

// takeView shows the list as view n (from 0) says. It tells whether there is one.
func (l *List[R]) takeView(n int) bool {
	list := l.views()
	if n >= len(list) {
		l.Hint(theme.Info, l.env.T("kit.views.none", "n", n+1))
		return false
	}
	v := list[n]
	chip := ""
	if l.hasChip(v.Chip) {
		chip = v.Chip
	}
	if v.Sort == "" || slices.ContainsFunc(l.cols, func(c Column[R]) bool { return c.Sort == v.Sort }) {
		l.query.Page.Sort, l.query.Page.Desc = v.Sort, v.Desc
		l.grid.SetSort(v.Sort, v.Desc)
	}
	var filter Values
	for _, f := range l.spec.Filters {
		filter = filter.With(f.Key, l.unpacked(f, v.Filter[f.Key]))
	}
	l.Show(chip, v.Search, filter)
	l.keep(func(k *kept) {
		*k = kept{Chip: l.query.Chip, Sort: l.query.Page.Sort, Desc: l.query.Page.Desc, Filter: l.packed(l.query.Filter)}
	})
	l.Hint(theme.Info, l.env.T("kit.views.shown", "name", v.Name))
	return true
}

// The last items of the menu of views.
const (
	viewSave = "-save"
	viewDrop = "-drop"
)

// viewMenu lists the views, and keeps or drops one. Its button stands in the drawer.
func (l *List[R]) viewMenu() {
	l.openDrawer(true)
	var items []Item
	for i, v := range l.views() {
		items = append(items, Item{Value: strconv.Itoa(i), Word: l.env.T("kit.views.item", "n", i+1, "name", v.Name), Ticked: v.same(l.present())})
	}
	now := slices.IndexFunc(l.views(), func(v view) bool { return v.same(l.present()) })
	if now >= 0 {
		items = append(items, Item{Value: viewDrop, Word: l.env.T("kit.views.drop", "name", l.views()[now].Name)})
	} else {
		items = append(items, Item{Value: viewSave, Word: l.env.T("kit.views.save")})
	}
	openMenu(l.env, Find(l.spec.ID+".views"), items, "", func(key string) {
		switch key {
		case viewSave:
			l.saveView()
		case viewDrop:
			l.keepViews(slices.Delete(l.views(), now, now+1))
		default:
			n, _ := strconv.Atoi(key) // the values are made above
			l.takeView(n)
		}
	}, nil)
}

// same tells whether two views look at the list alike, whatever their names.
func (v view) same(o view) bool {
	return v.Chip == o.Chip && v.Search == o.Search && v.Sort == o.Sort && v.Desc == o.Desc && maps.Equal(v.Filter, o.Filter)
}

// saveView asks for a name and keeps the present view under it; a name that is
// there already gets the present view.
func (l *List[R]) saveView() {
	v := l.present()
	OpenForm(l.env, FormSpec{
		ID: l.spec.ID + ".view", Title: "kit.views.save", Width: 420,
		Build: func(f *Form) { f.Text("name", "kit.views.name", &v.Name) },
		Save: func(context.Context) error {
			if v.Name = strings.TrimSpace(v.Name); v.Name == "" {
				return fault.New(fault.Invalid, "fault.required").Field("name", "fault.required")
			}
			return nil
		},
		Done: func() {
			list := l.views()
			n := slices.IndexFunc(list, func(o view) bool { return o.Name == v.Name })
			switch {
			case n >= 0:
				list[n] = v
			case len(list) == viewsMost:
				l.Hint(theme.Warn, l.env.T("kit.views.full", "n", viewsMost))
				return
			default:
				list, n = append(list, v), len(list)
			}
			l.keepViews(list)
			l.Hint(theme.OK, l.env.T("kit.views.saved", "name", v.Name, "key", "Ctrl+Shift+"+strconv.Itoa(n+1)))
		},
	})
}

// bindViews gives the views their keys.
func (l *List[R]) bindViews(layer *Layer) {
	layer.On("Alt+V", l.viewMenu)
	for n := range viewsMost {
		layer.On(Chord("Ctrl+Shift+"+strconv.Itoa(n+1)), func() { l.takeView(n) })
	}
}

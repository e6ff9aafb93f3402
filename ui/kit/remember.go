package kit

import (
	"encoding/json"
	"strings"
)

// kept is what is remembered of a list for the person: what they chose by hand.
// The search is not: a list that opens on yesterday's search hides today's work.
// Nor is what a link from another screen set.
type kept struct {
	Chip   string            `json:"chip,omitempty"`
	Sort   string            `json:"sort,omitempty"`
	Desc   bool              `json:"desc,omitempty"`
	Filter map[string]string `json:"filter,omitempty"`
}

// presetMark stands before the name of a preset in a remembered range of days:
// "last 7 days" means other days tomorrow.
const presetMark = "@"

// keep remembers the choices of the moment.
func (l *List[R]) keep(change func(k *kept)) {
	k := l.kept()
	change(&k)
	body, err := json.Marshal(k)
	if err == nil {
		l.env.remember("list."+l.spec.ID, string(body))
	}
}

// kept is what was remembered; what cannot be read counts as nothing.
func (l *List[R]) kept() kept {
	var k kept
	if json.Unmarshal([]byte(l.env.recall("list."+l.spec.ID)), &k) != nil {
		return kept{}
	}
	return k
}

// restore takes up what was remembered, as far as the list still has it.
func (l *List[R]) restore() {
	k := l.kept()
	if k.Chip != "" && l.hasChip(k.Chip) {
		l.query.Chip = k.Chip
	}
	for _, c := range l.spec.Columns {
		if c.Sort == k.Sort && k.Sort != "" && l.env.Allows(c.Need) {
			l.query.Page.Sort, l.query.Page.Desc = k.Sort, k.Desc
		}
	}
	for _, f := range l.spec.Filters {
		if text := k.Filter[f.Key]; text != "" {
			l.query.Filter = l.query.Filter.With(f.Key, l.unpacked(f, text))
		}
	}
}

// packed is a filter as it is remembered.
func (l *List[R]) packed(v Values) map[string]string {
	m := map[string]string{}
	for _, f := range l.spec.Filters {
		text := v.Text(f.Key)
		if f.Kind == FilterDays && text != "" {
			from, to := v.Days(f.Key)
			if name := presetOf(from, to, l.env.Clock.Now().Day()); name != "" && name != presetOwn {
				text = presetMark + name
			}
		}
		if text != "" {
			m[f.Key] = text
		}
	}
	return m
}

func (l *List[R]) unpacked(f FilterField, text string) string {
	name, preset := strings.CutPrefix(text, presetMark)
	if f.Kind != FilterDays || !preset {
		return text
	}
	return packDays(presetDays(name, l.env.Clock.Now().Day()))
}

// Reset forgets what was remembered of the list and shows it as it was made:
// columns, sorting, chip, filter, pane.
func (l *List[R]) Reset() {
	for _, what := range []string{"list.", "hidden.", "widths.", "pane."} {
		l.env.remember(what+l.spec.ID, "")
	}
	l.paneOn = paneAuto
	l.query = l.usual
	l.grid.widths = map[string]int{}
	l.grid.SetSort(l.query.Page.Sort, l.query.Page.Desc)
	l.columnsChanged()
	l.Show(l.query.Chip, "", Values{})
	l.showDetail()
	l.object.Refresh()
}

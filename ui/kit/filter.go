package kit

import (
	"slices"
	"sort"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/app/money"
	"zhanggui/app/when"
)

// Values are the settings of a filter bar: an immutable copy that a source may
// read on any goroutine. Keys are those of the fields.
type Values struct{ m map[string]string }

// NewValues makes values from pairs of key and text, for Env.Open and tests.
func NewValues(pairs ...string) Values {
	var v Values
	for i := 0; i+1 < len(pairs); i += 2 {
		v = v.With(pairs[i], pairs[i+1])
	}
	return v
}

// With is a copy in which one key has another text; "" unsets it.
func (v Values) With(key, text string) Values {
	m := make(map[string]string, len(v.m)+1)
	for k, t := range v.m {
		m[k] = t
	}
	if text == "" {
		delete(m, key)
	} else {
		m[key] = text
	}
	return Values{m}
}

// Text is the text of a field, "" when it is not set.
func (v Values) Text(key string) string { return v.m[key] }

// List is the chosen values of a field of several choices.
func (v Values) List(key string) []string {
	if v.m[key] == "" {
		return nil
	}
	return strings.Split(v.m[key], ",")
}

// Days is a range of days, both ends included; "" is an open end.
func (v Values) Days(key string) (from, to when.Day) {
	a, b, _ := strings.Cut(v.m[key], "..")
	return when.Day(a), when.Day(b)
}

// Amounts is a range of money, both ends included; ok tells which ends are set.
func (v Values) Amounts(key string) (from, to money.Fen, hasFrom, hasTo bool) {
	a, b, _ := strings.Cut(v.m[key], "..")
	from, errA := money.Parse(a)
	to, errB := money.Parse(b)
	return from, to, a != "" && errA == nil, b != "" && errB == nil
}

// Empty tells whether nothing is set.
func (v Values) Empty() bool { return len(v.m) == 0 }

// Keys lists the keys that are set, sorted.
func (v Values) Keys() []string {
	keys := make([]string, 0, len(v.m))
	for k := range v.m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}

// FilterKind is what a field of a filter bar takes.
type FilterKind int

// The kinds of filter fields.
const (
	FilterText    FilterKind = iota
	FilterChoice             // one of Items; the empty value is "all"
	FilterChoices            // any of Items: a chip for each
	FilterDays               // range of days with presets
	FilterMoney              // range of amounts
)

// FilterField is one field of a filter bar. Label and the words of Items are translated.
type FilterField struct {
	Key   string
	Label string
	Kind  FilterKind
	Items []Item // of a choice, without "all"
	Wide  float32
	Top   bool   // stands in the window's top bar (TopFilter), not in the drawer
	All   string // of a Top choice: what the bar says while nothing is chosen (translated)
	Usual string // of Top days: the preset meant while nothing is chosen, "" for all days
	Shy   bool   // shows only while it is set: figures of other screens open the list with it
}

// FilterBar is the drawer under the chips (F4): typed fields that narrow a list.
type FilterBar struct {
	env     Env
	id      string
	fields  []FilterField
	values  Values
	changed func(Values)
	object  fyne.CanvasObject
	inputs  map[string]fyne.CanvasObject
	sets    []func()
	stop    func()
	watch   []func() // top bar
	row     *fyne.Container
	shy     []func() // bring the shy fields up to date
}

// typing is how long the bar waits for the next letter: a word committed by an
// input method arrives letter by letter (TECH A4).
const typing = 250 * time.Millisecond

// NewFilterBar makes a filter bar; changed is told the new values after each change.
func NewFilterBar(env Env, id string, fields []FilterField, changed func(Values)) *FilterBar {
	b := &FilterBar{env: env, id: id, fields: fields, changed: changed, inputs: map[string]fyne.CanvasObject{}, stop: func() {}}
	row := make([]fyne.CanvasObject, 0, len(fields)+1)
	for _, f := range fields {
		if f.Top {
			continue
		}
		field := Across(6, NewLabel(f.Label).Small().Muted(), b.field(f))
		row = append(row, field)
		if f.Shy {
			b.shy = append(b.shy, func() { show(field, b.values.Text(f.Key) != "") })
		}
	}
	row = append(row, ID(NewButton(env, env.T("common.clear"), "", b.Clear).Small(), id+".clear"))
	b.row = container.New(&wrapLayout{gap: 14, line: 6}, row...)
	b.object = container.NewStack(NewSurface(), Edges(nil, NewRule(), nil, nil, Pad(5, 12, b.row)))
	b.hideShy()
	return b
}

// Object is the bar to place in the window.
func (b *FilterBar) Object() fyne.CanvasObject { return b.object }

// Values are the settings now.
func (b *FilterBar) Values() Values { return b.values }

// Set takes over values without telling (a link from another screen).
func (b *FilterBar) Set(v Values) {
	b.values = v
	for _, set := range b.sets {
		set()
	}
	b.hideShy()
	for _, changed := range b.watch {
		changed()
	}
}

// Clear unsets every field of the bar; those in the top bar stay.
func (b *FilterBar) Clear() {
	b.Set(b.top(b.values))
	b.tell()
}

// Bare tells whether all fields stand in the top bar or show only while they are
// set: there is nothing to open.
func (b *FilterBar) Bare() bool {
	return !slices.ContainsFunc(b.fields, func(f FilterField) bool { return !f.Top && !f.Shy })
}

// top is what of v is set in the top bar.
func (b *FilterBar) top(v Values) Values {
	var out Values
	if b == nil {
		return out
	}
	for _, f := range b.fields {
		if f.Top {
			out = out.With(f.Key, v.Text(f.Key))
		}
	}
	return out
}

// more tells whether v sets anything beside what stands in the top bar.
func (b *FilterBar) more(v Values) bool { return len(v.m) > len(b.top(v).m) }

// TopFilters are the fields that stand in the top bar.
func (b *FilterBar) TopFilters() []TopFilter {
	if b == nil {
		return nil
	}
	var out []TopFilter
	for _, f := range b.fields {
		if !f.Top {
			continue
		}
		out = append(out, TopFilter{
			Field: f,
			Get:   func() string { return b.values.Text(f.Key) },
			Set: func(value string) {
				if b.values.Text(f.Key) != value {
					b.Set(b.values.With(f.Key, value))
					b.tell()
				}
			},
			Watch: func(changed func()) { b.watch = append(b.watch, changed) },
		})
	}
	return out
}

// Focus puts the keyboard focus into the first field.
func (b *FilterBar) Focus() {
	for _, f := range b.fields {
		if o, ok := b.inputs[f.Key].(fyne.Focusable); ok && b.env.Window != nil {
			b.env.Window.Canvas().Focus(o)
			return
		}
	}
}

func (b *FilterBar) tell() {
	b.stop()
	if b.changed != nil {
		b.changed(b.values)
	}
}

// put sets one value; soon waits for more typing.
func (b *FilterBar) put(key, text string, soon bool) {
	if b.values.Text(key) == text {
		return
	}
	b.values = b.values.With(key, text)
	b.stop()
	if !soon {
		b.tell()
		return
	}
	b.stop = b.env.after(typing, b.tell)
}

func (b *FilterBar) field(f FilterField) fyne.CanvasObject {
	switch f.Kind {
	case FilterChoice:
		return b.choice(f)
	case FilterChoices:
		return b.choices(f)
	case FilterDays:
		return b.days(f)
	case FilterMoney:
		return b.amounts(f)
	}
	e := NewEntry(b.env, "").Wide(wideOr(f.Wide, 140))
	e.OnChanged = func(s string) { b.put(f.Key, strings.TrimSpace(s), true) }
	e.OnEnter = func(string) { b.tell() }
	b.sets = append(b.sets, func() { setQuietly(e, b.values.Text(f.Key)) })
	b.inputs[f.Key] = e
	return ID(e, b.id+"."+f.Key)
}

func (b *FilterBar) choice(f FilterField) fyne.CanvasObject {
	items := append([]Item{{Word: b.env.T("common.all")}}, f.Items...)
	c := NewChoice(b.env, items, "", func(v string) { b.put(f.Key, v, false) }).Wide(wideOr(f.Wide, 112))
	b.sets = append(b.sets, func() { c.Set(b.values.Text(f.Key)) })
	b.inputs[f.Key] = c
	return ID(c, b.id+"."+f.Key)
}

// choices is a chip for each item; none chosen means all.
func (b *FilterBar) choices(f FilterField) fyne.CanvasObject {
	chips := make([]*Chip, len(f.Items))
	row := make([]fyne.CanvasObject, len(f.Items))
	for i, it := range f.Items {
		chips[i] = NewChip(b.env, it.Word, Mark{}, func() {
			chips[i].SetChosen(!chips[i].Chosen())
			var on []string
			for n, c := range chips {
				if c.Chosen() {
					on = append(on, f.Items[n].Value)
				}
			}
			b.put(f.Key, strings.Join(on, ","), false)
		})
		row[i] = ID(chips[i], b.id+"."+f.Key+"."+it.Value)
	}
	b.sets = append(b.sets, func() {
		on := b.values.List(f.Key)
		for i, it := range f.Items {
			chips[i].SetChosen(slices.Contains(on, it.Value))
		}
	})
	return Across(4, row...)
}

// days is a choice of presets and two day fields.
func (b *FilterBar) days(f FilterField) fyne.CanvasObject {
	from, to := NewDayEntry(b.env), NewDayEntry(b.env)
	preset := NewChoice(b.env, presetItems(b.env), "", nil)
	preset.Fit(96)
	show := func() {
		a, z := b.values.Days(f.Key)
		setQuietly(from, string(a))
		setQuietly(to, string(z))
		preset.Set(presetOf(a, z, b.env.Clock.Now().Day()))
	}
	take := func() {
		a, errA := from.Day(b.env)
		z, errZ := to.Day(b.env)
		from.SetBad(errA != nil)
		to.SetBad(errZ != nil)
		if errA == nil && errZ == nil {
			b.put(f.Key, packDays(a, z), true)
			preset.Set(presetOf(a, z, b.env.Clock.Now().Day()))
		}
	}
	from.OnChanged = func(string) { take() }
	to.OnChanged = from.OnChanged
	from.OnEnter = func(string) { b.tell() }
	to.OnEnter = from.OnEnter
	preset.changed = func(name string) {
		a, z := presetDays(name, b.env.Clock.Now().Day())
		b.values = b.values.With(f.Key, packDays(a, z))
		show()
		b.tell()
	}
	b.sets = append(b.sets, show)
	b.inputs[f.Key] = preset
	return Across(4, ID(preset, b.id+"."+f.Key), ID(from, b.id+"."+f.Key+".from"), NewLabel("–").Muted(), ID(to, b.id+"."+f.Key+".to"))
}

func (b *FilterBar) amounts(f FilterField) fyne.CanvasObject {
	from, to := NewMoneyEntry(b.env).Wide(92), NewMoneyEntry(b.env).Wide(92)
	take := func(string) {
		a, errA := from.Money()
		z, errZ := to.Money()
		from.SetBad(errA != nil)
		to.SetBad(errZ != nil)
		if errA == nil && errZ == nil {
			b.put(f.Key, packAmounts(from.Text, a, to.Text, z), true)
		}
	}
	from.OnChanged, to.OnChanged = take, take
	b.sets = append(b.sets, func() {
		a, z, hasA, hasZ := b.values.Amounts(f.Key)
		setQuietly(from, amountText(a, hasA))
		setQuietly(to, amountText(z, hasZ))
	})
	b.inputs[f.Key] = from
	return Across(4, ID(from, b.id+"."+f.Key+".from"), NewLabel("–").Muted(), ID(to, b.id+"."+f.Key+".to"))
}

func packDays(from, to when.Day) string {
	if from == "" && to == "" {
		return ""
	}
	return string(from) + ".." + string(to)
}

func packAmounts(fromText string, from money.Fen, toText string, to money.Fen) string {
	a, z := amountText(from, strings.TrimSpace(fromText) != ""), amountText(to, strings.TrimSpace(toText) != "")
	if a == "" && z == "" {
		return ""
	}
	return a + ".." + z
}

func amountText(v money.Fen, set bool) string {
	if !set {
		return ""
	}
	return v.String()
}

// setQuietly sets a field's text without telling anybody.
func setQuietly(e *Entry, text string) {
	if e.Text == text {
		return
	}
	told := e.OnChanged
	e.OnChanged = nil
	e.SetText(text)
	e.OnChanged = told
}

func wideOr(w, usual float32) float32 {
	if w > 0 {
		return w
	}
	return usual
}

// The presets of a range of days, in the order of the drop-down.
var presets = []string{"", "today", "yesterday", "last7", "last30", "last90", "this_month", "last_month"}

func presetItems(env Env) []Item {
	items := make([]Item, 0, len(presets)+1)
	for _, name := range presets {
		key := "common." + name
		if name == "" {
			key = "common.all"
		}
		items = append(items, Item{Value: name, Word: env.T(key)})
	}
	return append(items, Item{Value: presetOwn, Word: env.T("kit.days.own")})
}

// presetOwn is a range that no preset gives.
const presetOwn = "own"

// presetDays is the range of a preset beside today.
func presetDays(name string, today when.Day) (from, to when.Day) {
	switch name {
	case "today":
		return today, today
	case "yesterday":
		return today.Add(-1), today.Add(-1)
	case "last7":
		return today.Add(-6), today
	case "last30":
		return today.Add(-29), today
	case "last90":
		return today.Add(-89), today
	case "this_month":
		return monthStart(today), monthEnd(today, 0)
	case "last_month":
		end := monthEnd(today, -1)
		return monthStart(end), end
	}
	return "", ""
}

func presetOf(from, to, today when.Day) string {
	for _, name := range presets {
		if a, z := presetDays(name, today); a == from && z == to {
			return name
		}
	}
	return presetOwn
}

// wrapLayout puts objects side by side and breaks into lines when the room ends.
type wrapLayout struct {
	gap, line float32
	width     float32
}

func (l *wrapLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	l.place(objects, size.Width, func(o fyne.CanvasObject, x, y, h float32) {
		want := o.MinSize()
		o.Resize(want)
		o.Move(fyne.NewPos(x, y+float32(int((h-want.Height)/2))))
	})
}

func (l *wrapLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	w := l.width
	if w == 0 {
		w = 1200
	}
	return fyne.NewSize(100, l.place(objects, w, func(fyne.CanvasObject, float32, float32, float32) {}))
}

// place walks the objects in lines of the width and returns the height of all.
func (l *wrapLayout) place(objects []fyne.CanvasObject, width float32, put func(o fyne.CanvasObject, x, y, h float32)) float32 {
	var x, y, h float32
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		want := o.MinSize()
		if x > 0 && x+want.Width > width {
			x, y, h = 0, y+h+l.line, 0
		}
		h = max(h, want.Height)
		put(o, x, y, h)
		x += want.Width + l.gap
	}
	return y + h
}

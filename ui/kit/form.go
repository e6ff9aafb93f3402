package kit

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/app/fault"
	"zhanggui/app/money"
	"zhanggui/app/when"
	"zhanggui/ui/theme"
)

// Form binds fields to the fields of a command. Save copies what was typed into
// the command, checks it, and runs the save in the background; the button is off
// meanwhile. What a fault says about a field lands under that field.
//
//	cmd := users.AddStaff{}
//	kit.OpenForm(env, kit.FormSpec{
//		ID: "staff.add", Title: "users.add",
//		Build: func(f *kit.Form) {
//			f.Text("name", "users.name", &cmd.Name)
//			kit.FormChoice(f, "role", "users.role", roles, &cmd.Role)
//		},
//		Save: func(ctx context.Context) error { return app.Users.Add(ctx, cmd) },
//	})
type Form struct {
	env    Env
	id     string
	owner  *Owner
	fields []*formField
	object *fyne.Container
	save   func(ctx context.Context) error
	done   func()
	relay  func()         // lays out again after fault texts came or went
	onBusy func(bool)     // saving began or ended
	clean  string         // what was in the fields at the start
	single map[string]int // index of a field by its name
	label  *float32       // width of the column of labels: that of the longest
}

type formField struct {
	name  string
	input fyne.CanvasObject
	fault *Label
	text  func() string
	store func() error
	bad   func(bool)
}

// NewForm makes an empty form; save runs in the background, done after it worked.
func NewForm(env Env, id string, save func(ctx context.Context) error, done func()) *Form {
	return &Form{env: env, id: id, owner: NewOwner(), object: Down(8), save: save, done: done, single: map[string]int{}, label: new(float32)}
}

// Object is the form's fields to place in the window.
func (f *Form) Object() fyne.CanvasObject { return f.object }

// Bind adds any input. text gives what it holds (for the question before
// discarding), store copies it into the command and may refuse.
func (f *Form) Bind(name, label string, input fyne.CanvasObject, text func() string, store func() error, bad func(bool)) {
	ff := &formField{name: name, input: ID(input, f.id+"."+name), text: text, store: store, bad: bad}
	ff.fault = NewLine().Small().Narrow()
	ff.fault.Hide()
	caption := NewLabel("").Small().Muted()
	if label != "" {
		caption.SetText(f.env.T(label))
		*f.label = min(captionMost, max(*f.label, captionLeast, caption.MinSize().Width+14))
	}
	f.single[name] = len(f.fields)
	f.fields = append(f.fields, ff)
	f.object.Add(container.New(&fieldLayout{f.label}, caption, input, ff.fault))
	f.clean = f.typed()
}

// Text adds a text field.
func (f *Form) Text(name, label string, v *string) *Entry {
	e := NewEntry(f.env, "")
	e.SetText(*v)
	f.Bind(name, label, e, func() string { return e.Text }, func() error {
		*v = strings.TrimSpace(e.Text)
		return nil
	}, e.SetBad)
	return e
}

// Area adds a text of several lines.
func (f *Form) Area(name, label string, lines int, v *string) *Entry {
	return f.Text(name, label, v).Lines(lines)
}

// Money adds an amount.
func (f *Form) Money(name, label string, v *money.Fen) *Entry {
	e := NewMoneyEntry(f.env)
	if *v != 0 {
		e.SetText(v.String())
	}
	f.Bind(name, label, e, func() string { return e.Text }, func() (err error) {
		got, err := e.Money()
		if err == nil {
			*v = got
		}
		return err
	}, e.SetBad)
	return e
}

// Qty adds a count.
func (f *Form) Qty(name, label string, v *int64) *Entry {
	e := NewQtyEntry(f.env)
	if *v != 0 {
		e.SetText(strings.ReplaceAll(Count(*v).text, ",", ""))
	}
	f.Bind(name, label, e, func() string { return e.Text }, func() error {
		got, err := e.Qty()
		if err == nil {
			*v = got
		}
		return err
	}, e.SetBad)
	return e
}

// Day adds a day.
func (f *Form) Day(name, label string, v *when.Day) *Entry {
	e := NewDayEntry(f.env)
	e.SetText(string(*v))
	f.Bind(name, label, e, func() string { return e.Text }, func() error {
		got, err := e.Day(f.env)
		if err == nil {
			*v = got
		}
		return err
	}, e.SetBad)
	return e
}

// Tick adds a check box.
func (f *Form) Tick(name, word string, v *bool) *Tick {
	t := NewTick(f.env, f.env.T(word), nil)
	t.Set(*v)
	text := func() string {
		if t.On() {
			return "1"
		}
		return ""
	}
	f.Bind(name, "", t, text, func() error { *v = t.On(); return nil }, func(bool) {})
	return t
}

// FormChoice adds a drop-down for a typed text.
func FormChoice[T ~string](f *Form, name, label string, items []Item, v *T) *Choice {
	c := NewChoice(f.env, items, string(*v), nil).Wide(180)
	f.Bind(name, label, c, c.Value, func() error { *v = T(c.Value()); return nil }, c.SetBad)
	return c
}

// Add puts any object between the fields.
func (f *Form) Add(o fyne.CanvasObject) { f.object.Add(o) }

// OnGrow is told when fault texts came or went, so that what stands around the
// form is laid out again; OpenForm sees to it by itself.
func (f *Form) OnGrow(fn func()) { f.relay = fn }

// Dirty tells whether something was typed that is not saved.
func (f *Form) Dirty() bool { return f.clean != f.typed() }

// Busy tells whether the save is running.
func (f *Form) Busy() bool { return f.owner.Acting() }

// Focus puts the keyboard into the first field.
func (f *Form) Focus() {
	if len(f.fields) > 0 {
		f.focusField(0)
	}
}

func (f *Form) focusField(i int) {
	if o, ok := f.fields[i].input.(fyne.Focusable); ok && f.env.Window != nil {
		f.env.Window.Canvas().Focus(o)
	}
}

func (f *Form) typed() string {
	var b strings.Builder
	for _, ff := range f.fields {
		b.WriteString(ff.text())
		b.WriteByte(0)
	}
	return b.String()
}

// Save stores the fields and runs the save; a field that cannot be read stops it.
func (f *Form) Save() {
	if f.owner.Acting() {
		return
	}
	f.clear()
	bad := false
	for i, ff := range f.fields {
		if err := ff.store(); err != nil {
			if !bad {
				f.focusField(i)
			}
			bad = true
			f.mark(ff, f.env.Tr.Fault(err))
		}
	}
	if bad {
		f.settle()
		return
	}
	f.owner.OnFail(f.failed)
	if f.onBusy != nil {
		f.onBusy(true)
	}
	Act(f.env, f.owner, func(ctx context.Context) (struct{}, error) { return struct{}{}, f.save(ctx) }, func(struct{}) {
		f.busyEnded()
		f.clean = f.typed()
		if f.done != nil {
			f.done()
		}
	})
}

func (f *Form) busyEnded() {
	if f.onBusy != nil {
		f.onBusy(false)
	}
}

// failed puts the texts of a fault under their fields; what belongs to none is shown the usual way.
func (f *Form) failed(err error) bool {
	f.busyEnded()
	if !fault.Is(err, fault.Invalid) {
		return false
	}
	texts := f.env.Tr.Fields(err)
	first := -1
	for i, ff := range f.fields {
		if text, ok := texts[ff.name]; ok {
			f.mark(ff, text)
			delete(texts, ff.name)
			if first < 0 {
				first = i
			}
		}
	}
	f.settle()
	if first >= 0 {
		f.focusField(first)
	}
	return first >= 0 && len(texts) == 0
}

func (f *Form) mark(ff *formField, text string) {
	ff.fault.SetParts(Part{Icon: string(theme.Urgent), Text: strings.ReplaceAll(text, "\n", " "), Token: theme.Urgent.Token()})
	ff.fault.Show()
	ff.bad(true)
}

func (f *Form) clear() {
	for _, ff := range f.fields {
		ff.fault.Hide()
		ff.bad(false)
	}
	f.settle()
}

func (f *Form) settle() {
	f.object.Refresh()
	if f.relay != nil {
		f.relay()
	}
}

// FaultOf is the text under a field, "" for none.
func (f *Form) FaultOf(name string) string {
	i, ok := f.single[name]
	if !ok || !f.fields[i].fault.Visible() {
		return ""
	}
	return f.fields[i].fault.Text()
}

// Close drops what is still running.
func (f *Form) Close() { f.owner.Close() }

// FormSpec is a form in a dialog. Title and OK are translation keys.
type FormSpec struct {
	ID    string
	Title string
	OK    string // "" is common.save
	Build func(f *Form)
	Save  func(ctx context.Context) error
	Done  func()
	Width float32
}

// OpenForm shows a form in a dialog; Esc asks before discarding what was typed.
func OpenForm(env Env, spec FormSpec) *Form {
	var d *Dialog
	f := NewForm(env, spec.ID, spec.Save, func() {
		d.Close()
		if spec.Done != nil {
			spec.Done()
		}
	})
	spec.Build(f)
	ok := spec.OK
	if ok == "" {
		ok = "common.save"
	}
	d = OpenDialog(env, DialogSpec{
		ID: spec.ID, Title: env.T(spec.Title), OK: env.T(ok), Body: f.Object(), Width: spec.Width,
		OnOK: func(*Dialog) { f.Save() }, OnEnd: f.Close,
	})
	d.esc = func() { f.discard(d.Close) }
	f.relay = d.Relay
	if button, is := Find(spec.ID + ".ok").(*Button); is {
		f.onBusy = button.SetOff
	}
	f.Focus()
	return f
}

// discard leaves at once when nothing was typed, else asks.
func (f *Form) discard(leave func()) {
	if !f.Dirty() {
		leave()
		return
	}
	Confirm(f.env, Ask{
		ID: f.id + ".discard", Title: f.env.T("common.discard"), Text: f.env.T("common.discard_ask"), OK: f.env.T("common.discard"),
	}, leave)
}

// fieldLayout puts label, input and fault text of one field.
type fieldLayout struct{ label *float32 }

// The column of labels is as wide as the longest, within limits.
const (
	captionLeast = 72
	captionMost  = 190
)

func (l *fieldLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	caption, input, text := o[0], o[1], o[2]
	want := input.MinSize()
	w := size.Width - *l.label
	if _, wide := input.(*Entry); !wide {
		w = min(w, want.Width)
	}
	input.Move(fyne.NewPos(*l.label, 0))
	input.Resize(fyne.NewSize(w, want.Height))
	h := caption.MinSize().Height
	caption.Move(fyne.NewPos(0, (min(want.Height, theme.Current().Metrics().Input)-h)/2))
	caption.Resize(fyne.NewSize(*l.label-8, h))
	text.Move(fyne.NewPos(*l.label, want.Height+3))
	text.Resize(fyne.NewSize(size.Width-*l.label, text.MinSize().Height))
}

func (l *fieldLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	want := o[1].MinSize()
	if o[2].Visible() {
		want.Height += 3 + o[2].MinSize().Height
	}
	want.Width += *l.label
	return want
}

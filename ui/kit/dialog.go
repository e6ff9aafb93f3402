package kit

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/ui/theme"
)

// Dialog is a box in the middle of the window (LOOK §6): the title says the fact,
// below it the body, at the bottom the buttons. Use it only for conflicts,
// reasons and deletes; everything else is undo.
type Dialog struct {
	env   Env
	over  *overlay
	owner *Owner
	enter func()
	esc   func()
}

// DialogSpec is what a dialog is made of.
type DialogSpec struct {
	ID      string // for tests: "<id>.ok", "<id>.cancel"
	Title   string // translated
	Icon    theme.Status
	Body    fyne.CanvasObject
	Left    fyne.CanvasObject // beside the buttons: a remember-box
	OK      string            // word of the main button, "" for 确定
	Cancel  string            // "" for 取消, "-" for no such button
	OnOK    func(d *Dialog)   // called by Enter and the main button; it closes the dialog itself
	OnEnd   func()            // called after closing, however it came
	Width   float32           // 0: 560
	NoEnter bool              // Enter is for the body (a text of several lines)
}

// OpenDialog shows a dialog.
func OpenDialog(env Env, spec DialogSpec) *Dialog {
	d := &Dialog{env: env, owner: NewOwner()}
	d.esc = d.Close
	d.enter = func() {
		if spec.OnOK != nil {
			spec.OnOK(d)
			return
		}
		d.Close()
	}
	width := spec.Width
	if width == 0 {
		width = theme.Current().Metrics().Dialog
	}
	d.over = openOverlay(env, spec.ID, d.build(spec), true, nil, centred(width))
	d.over.onEnd = func() {
		d.owner.Close()
		if spec.OnEnd != nil {
			spec.OnEnd()
		}
	}
	d.over.layer.On("Esc", func() { d.esc() })
	if !spec.NoEnter {
		d.over.layer.On("Enter", func() { d.enter() })
	}
	return d
}

// Close takes the dialog away.
func (d *Dialog) Close() { d.over.close() }

// Owner is the owner for work started from the dialog.
func (d *Dialog) Owner() *Owner { return d.owner }

// Keys is the dialog's key layer.
func (d *Dialog) Keys() *Layer { return d.over.layer }

// Focus puts the keyboard focus on a part of the dialog.
func (d *Dialog) Focus(f fyne.Focusable) { d.over.canvas.Focus(f) }

// Relay lays the dialog out again after its body grew or shrank.
func (d *Dialog) Relay() { d.over.relay() }

func (d *Dialog) build(spec DialogSpec) fyne.CanvasObject {
	title := NewLabel(spec.Title).Pane().Narrow()
	if spec.Icon != "" {
		title = NewLine(Part{Icon: string(spec.Icon), Text: spec.Title, Token: spec.Icon.Token()}).Pane().Narrow()
	}
	x := NewButton(d.env, "", "", func() { d.esc() }).Plain().Icon("x")
	head := Edges(nil, nil, nil, container.NewCenter(x), Pad(12, 12, title))
	buttons := []fyne.CanvasObject{}
	if spec.Cancel != "-" {
		word := spec.Cancel
		if word == "" {
			word = d.env.T("common.cancel")
		}
		buttons = append(buttons, ID(NewButton(d.env, word, "Esc", func() { d.esc() }), spec.ID+".cancel"))
	}
	ok := spec.OK
	if ok == "" {
		ok = d.env.T("common.ok")
	}
	cap := Chord("Enter")
	if spec.NoEnter {
		cap = ""
	}
	buttons = append(buttons, ID(NewButton(d.env, ok, cap, func() { d.enter() }).Primary(), spec.ID+".ok"))
	var left fyne.CanvasObject
	if spec.Left != nil {
		left = container.NewCenter(spec.Left)
	}
	foot := Edges(nil, nil, left, Across(8, buttons...), nil)
	body := spec.Body
	if body == nil {
		body = NewLabel("")
	}
	return container.NewStack(newDialogGround(), Edges(
		Down(0, Pad(4, 4, head), NewRule()),
		container.NewStack(newFootGround(), Edges(NewRule(), nil, nil, nil, Pad(8, 16, foot))),
		nil, nil, Pad(14, 16, body)))
}

func newDialogGround() *Ground {
	g := NewSurface()
	g.border, g.radius, g.stroke = func(p *theme.Palette) colour { return p.Line }, 8, 1
	return g
}

func newFootGround() *Ground {
	g := NewRaised()
	g.radius = 8
	return g
}

// Ask is a question before something that cannot be undone.
type Ask struct {
	ID     string // for tests; "" is "confirm"
	Title  string // the fact: "删除 雨伞 长柄 藏青？"
	Text   string // what will happen
	OK     string // the deed: "删除"; "" for 确定
	Urgent bool   // marks it with the urgent square
	No     func() // told when the person does not agree; may be nil
}

// Confirm asks and calls yes when the person agrees. Enter agrees.
func Confirm(env Env, a Ask, yes func()) {
	if a.ID == "" {
		a.ID = "confirm"
	}
	agreed := false
	spec := DialogSpec{ID: a.ID, Title: a.Title, OK: a.OK, Body: NewParagraph(a.Text), OnOK: func(d *Dialog) {
		agreed = true
		d.Close()
		yes()
	}, OnEnd: func() {
		if !agreed && a.No != nil {
			a.No()
		}
	}}
	if a.Urgent {
		spec.Icon = theme.Urgent
	}
	OpenDialog(env, spec)
}

// Option is one way to go in a Choose.
type Option struct {
	Title string
	Text  string // one line, what happens then
}

// Question asks which of two or more ways to go (a conflict).
type Question struct {
	ID       string // for tests; "" is "choose"
	Title    string // the fact
	Record   string // the record line under it
	Options  []Option
	Remember string // word of the remember-box, "" for none
}

// Choose asks; picked gets the index of the option and whether to remember it.
// Digits and arrows choose, Enter confirms.
func Choose(env Env, q Question, picked func(option int, remember bool)) {
	if q.ID == "" {
		q.ID = "choose"
	}
	boxes := make([]*optionBox, len(q.Options))
	at := 0
	choose := func(n int) {
		if n < 0 || n >= len(boxes) {
			return
		}
		at = n
		for i, b := range boxes {
			b.set(i == n)
		}
	}
	row := make([]fyne.CanvasObject, len(q.Options))
	for i, o := range q.Options {
		boxes[i] = newOptionBox(env, i, o, func() { choose(i) })
		row[i] = ID(boxes[i], q.ID+"."+string(rune('1'+i)))
	}
	var tick *Tick
	spec := DialogSpec{ID: q.ID, Title: q.Title, OnOK: func(d *Dialog) {
		d.Close()
		picked(at, tick != nil && tick.On())
	}}
	if q.Remember != "" {
		tick = ID(NewTick(env, q.Remember, nil), q.ID+".remember")
		spec.Left = tick
	}
	spec.Body = Down(10, NewLabel(q.Record).Small().Muted().Narrow(), Columns(min(2, max(1, len(row))), 10, row...))
	d := OpenDialog(env, spec)
	choose(0)
	for i := range q.Options {
		d.Keys().On(Chord(rune('1'+i)), func() { choose(i) })
	}
	d.Keys().On("Left", func() { choose(at - 1) })
	d.Keys().On("Right", func() { choose(at + 1) })
	d.Keys().On("Up", func() { choose(at - 1) })
	d.Keys().On("Down", func() { choose(at + 1) })
}

// optionBox is one choice: title, text, its digit.
type optionBox struct {
	pressing
	n      int
	option Option
	on     bool
}

func newOptionBox(env Env, n int, o Option, press func()) *optionBox {
	b := &optionBox{n: n, option: o}
	b.keys, b.onPress = env.Keys, press
	b.sketched(b, func(m theme.Metrics) fyne.Size {
		w := max(textWidth(o.Title, style{size: m.Body, bold: true})+44*m.Scale, textWidth(o.Text, style{size: m.Small})+28*m.Scale)
		return fyne.NewSize(w, 52*m.Scale)
	}, b.draw)
	return b
}

func (b *optionBox) set(on bool) {
	if b.on != on {
		b.on = on
		b.Refresh()
	}
}

func (b *optionBox) draw(p *brush, r image.Rectangle) {
	radius := p.m.RadiusControl * p.scale
	ground := p.pal.Surface
	if b.on {
		ground = p.pal.Selected
		p.ring(r, radius, ground)
	} else {
		p.frame(r, radius, p.line, p.pal.Line, ground)
	}
	pad := p.u(12)
	cap := p.px(keyCapWidth("1", p.m))
	p.textIn(b.option.Title, p.strong(), pad, r.Dx()-2*pad-cap, r.Dy()*17/50, Left, p.pal.Text)
	p.textIn(b.option.Text, p.small(), pad, r.Dx()-2*pad, r.Dy()*35/50, Left, p.pal.TextMuted)
	p.keyCap(string(rune('1'+b.n)), r.Dx()-pad-cap+p.u(2), r.Dy()*17/50, p.pal.TextMuted, mix(p.pal.TextMuted, p.pal.Line, 70), ground)
}

// Tick is a check box with a word.
type Tick struct {
	pressing
	word string
	on   bool
}

// NewTick makes a check box; changed may be nil.
func NewTick(env Env, word string, changed func(on bool)) *Tick {
	t := &Tick{word: word}
	t.keys = env.Keys
	t.onPress = func() {
		t.on = !t.on
		t.Refresh()
		if changed != nil {
			changed(t.on)
		}
	}
	t.sketched(t, func(m theme.Metrics) fyne.Size {
		return fyne.NewSize(m.Check+14*m.Scale+textWidth(word, style{size: m.Body}), m.ButtonSmall)
	}, func(p *brush, r image.Rectangle) {
		state := Unchecked
		if t.on {
			state = Checked
		}
		n := p.px(p.m.Check)
		if t.focused {
			p.frame(image.Rect(0, r.Dy()/2-n/2-p.u(3), n+p.u(6), r.Dy()/2+n/2+p.u(3)), 4*p.scale, p.u(2), p.pal.Primary, p.pal.Surface)
		}
		p.checkBox(p.u(3), (r.Dy()-n)/2, state)
		p.textIn(word, p.body(), n+p.u(10), r.Dx()-n-p.u(10), r.Dy()/2, Left, p.pal.Text)
	})
	return t
}

// On tells whether it is ticked.
func (t *Tick) On() bool { return t.on }

// Set ticks or unticks it without telling.
func (t *Tick) Set(on bool) {
	t.on = on
	t.Refresh()
}

package shell

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"zhanggui/app/auth"
	"zhanggui/app/users"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// pinMost is how many digits a PIN may have (auth.ValidatePIN).
const pinMost = 12

// pinPad takes a person's PIN from keys or from its own buttons: rings that fill,
// one line of what to do or what was wrong, twelve buttons (LOOK, signin.png).
// Enter tries the PIN: one may be longer than the rings that are drawn.
type pinPad struct {
	s      *Shell
	env    kit.Env
	id     string // "signin" or "lock"
	who    *fyne.Container
	rings  *fyne.Container
	say    *kit.Label
	enter  *kit.Button
	object fyne.CanvasObject

	least  int // rings drawn
	typed  string
	askKey string // what is asked
	busy   bool
	off    bool // nobody chosen, or waiting out a lock
	try    func(pin string)
}

// newPinPad makes a pad; foot stands under its buttons.
func newPinPad(s *Shell, id string, foot fyne.CanvasObject, try func(pin string)) *pinPad {
	p := &pinPad{s: s, env: s.env(), id: id, who: container.NewStack(), rings: container.NewStack(), say: kit.NewLine().Small().Align(kit.Center).Narrow(), try: try, off: true, askKey: "gate.pin_ask"}
	kit.ID(p.say, id+".say")
	kit.ID(p.rings, id+".pin")
	p.enter = kit.ID(kit.NewButton(p.env, s.tr.T("gate.enter"), "Enter", p.submit).Primary(), id+".enter")
	grid := kit.Columns(3, scaled(10))
	for _, d := range []string{"1", "2", "3", "4", "5", "6", "7", "8", "9"} {
		grid.Add(p.digit(d))
	}
	grid.Add(p.key("clear", s.tr.T("common.clear"), p.clear))
	grid.Add(p.digit("0"))
	grid.Add(p.key("back", s.tr.T("gate.back"), p.back))
	gap := func(h float32) fyne.CanvasObject { return kit.Fixed(0, scaled(h), container.NewStack()) }
	rows := []fyne.CanvasObject{
		kit.Fixed(0, scaled(118), p.who), gap(12), p.rings, gap(8), p.say, gap(10),
		centred(kit.Fixed(scaled(308), scaled(230), grid)), gap(12), centred(kit.Fixed(scaled(308), scaled(34), p.enter)),
	}
	if foot != nil {
		rows = append(rows, gap(8), foot)
	}
	p.object = container.New(middle{}, kit.Down(0, rows...))
	p.draw()
	return p
}

// middle puts one object in the middle of the height at full width.
type middle struct{}

func (middle) Layout(o []fyne.CanvasObject, size fyne.Size) {
	h := min(o[0].MinSize().Height, size.Height)
	o[0].Resize(fyne.NewSize(size.Width, h))
	o[0].Move(fyne.NewPos(0, float32(int((size.Height-h)/2))))
}

func (middle) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

func (p *pinPad) digit(d string) fyne.CanvasObject {
	return p.pad("pad."+d, d, 20, func() { p.add(d) }, func(pal *theme.Palette) paint { return paint{pal.Surface, pal.Line, 1} })
}

func (p *pinPad) key(id, text string, press func()) fyne.CanvasObject {
	return p.pad("pad."+id, text, 13, press, func(pal *theme.Palette) paint { return paint{pal.Raised, pal.Line, 1} })
}

func (p *pinPad) pad(id, text string, size float32, press func(), look func(pal *theme.Palette) paint) fyne.CanvasObject {
	b := newBox(p.env.Keys, 4, centred(kit.NewLabel(text).Px(size)), press, func(pal *theme.Palette, hover bool) paint {
		l := look(pal)
		if hover {
			l.fill = pal.Hover
			l.border = pal.LineInput
		}
		return l
	})
	return kit.ID(b, p.id+"."+id)
}

// listen gives the pad its keys on a layer.
func (p *pinPad) listen(l *kit.Layer) {
	for d := range 10 {
		digit := strconv.Itoa(d)
		l.Try(kit.Chord(digit), func() bool { return p.add(digit) })
	}
	l.On("Back", p.back)
	l.On("Del", p.clear)
	l.On("Enter", p.submit)
}

// face shows whom the PIN is asked of; nil shows nobody.
func (p *pinPad) face(f *users.Face) {
	p.typed, p.off = "", f == nil
	if f == nil {
		p.least = 0
		p.who.Objects = []fyne.CanvasObject{kit.Down(scaled(6),
			centred(somebody(60)), centred(kit.NewLabel(p.s.tr.T("gate.choose")).Px(20)), centred(kit.NewLabel(" ")))}
		p.say.SetParts(kit.Part{Text: p.s.tr.T("gate.choose_how"), Token: theme.MutedToken})
	} else {
		p.least = f.PINLength
		p.who.Objects = []fyne.CanvasObject{kit.Down(scaled(3),
			centred(badge(initial(f.Name), 60, theme.Role(f.Role), white)), centred(kit.NewLabel(f.Name).Px(20).Bold()),
			centred(kit.NewLabel(p.s.tr.Word("role", string(f.Role))).Small().Muted()))}
		p.ask()
	}
	p.who.Refresh()
	p.draw()
}

// white is the surname on a role's square, in both looks.
var white = theme.Light().Surface

// ask says how many digits are wanted.
func (p *pinPad) ask() {
	p.say.SetParts(kit.Part{Text: p.s.tr.T(p.askKey, "n", p.least), Token: theme.MutedToken})
}

// wrong says what was wrong; the next digit begins anew.
func (p *pinPad) wrong(text string) {
	p.busy, p.typed = false, ""
	p.say.SetParts(kit.Part{Icon: string(theme.Urgent), Text: text, Token: theme.Urgent.Token()})
	p.draw()
}

// wait says that no PIN is taken for a while; on ends it.
func (p *pinPad) wait(text string) {
	p.busy, p.off, p.typed = false, true, ""
	p.say.SetParts(kit.Part{Icon: "clock", Text: text, Token: theme.Warn.Token()})
	p.draw()
}

// on takes PINs again.
func (p *pinPad) on() {
	p.off = false
	p.ask()
	p.draw()
}

func (p *pinPad) add(digit string) bool {
	if p.off || p.busy {
		return false
	}
	if len(p.typed) < pinMost {
		if p.typed == "" {
			p.ask()
		}
		p.typed += digit
		p.draw()
	}
	return true
}

func (p *pinPad) back() {
	if p.typed != "" && !p.busy {
		p.typed = p.typed[:len(p.typed)-1]
		p.draw()
	}
}

func (p *pinPad) clear() {
	if !p.busy {
		p.typed = ""
		p.draw()
	}
}

func (p *pinPad) submit() {
	if p.off || p.busy || p.typed == "" {
		return
	}
	p.busy = true
	p.say.SetParts(kit.Part{Text: p.s.tr.T("gate.checking"), Token: theme.MutedToken})
	p.enter.SetOff(true)
	p.try(p.typed)
}

// draw shows a ring for each digit wanted and a disc for each typed.
func (p *pinPad) draw() {
	pal := theme.Current().Palette()
	row := kit.Across(scaled(18))
	for i := range max(p.least, len(p.typed)) {
		c := canvas.NewCircle(pal.Surface)
		c.StrokeColor, c.StrokeWidth = pal.LineInput, 1.5
		if i < len(p.typed) {
			c.FillColor, c.StrokeColor = pal.Text, pal.Text
		}
		row.Add(kit.Fixed(scaled(15), scaled(15), c))
	}
	if len(row.Objects) > 8 {
		row.Layout = kit.Across(scaled(8)).Layout
	}
	p.rings.Objects = []fyne.CanvasObject{kit.Fixed(0, scaled(16), centred(row))}
	p.rings.Refresh()
	p.enter.SetOff(p.off || p.busy || p.typed == "")
}

// faceOf is the person signed in as the sign-in shows people.
func faceOf(a auth.Actor) *users.Face {
	return &users.Face{Name: a.Name, Role: a.Role, PINLength: a.Role.PINLength()}
}

package shell

import (
	"context"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/app/fault"
	"zhanggui/app/users"
	"zhanggui/app/when"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// gatePeople is the sign-in page: names left, PIN pad right (LOOK §6). Digits
// pick a name only while none is chosen; then they go to the PIN, and Esc goes back.
type gatePeople struct {
	s      *Shell
	faces  []users.Face
	cards  []*box
	states []*kit.Label
	scroll *container.Scroll
	pad    *pinPad
	at     int // the name the arrows stand on
	chosen bool
}

// signIn shows the page; say is a line about why one is here again, or "".
func (s *Shell) signIn(w users.Welcome, say string) {
	layer := s.turn("signin")
	g := &gatePeople{s: s, faces: w.Faces}
	var foot fyne.CanvasObject = centred(kit.NewLabel(s.tr.T("gate.forgot")).Small().Muted())
	g.pad = newPinPad(s, "signin", foot, g.try)
	s.fill(s.gatePage(twoPanes(s.keys, g.left(w, say), kit.Pad(14, 30, g.pad.object)), func() { s.signIn(w, say) }))
	g.pad.listen(layer)
	g.listen(layer)
	g.stand(0)
	g.leave()
	s.every(tick, g.tick)
	s.sayCrash()
	if s.said != nil {
		s.said()
		s.said = nil
	}
}

// left is the grey side: the program, the shop, the names.
func (g *gatePeople) left(w users.Welcome, say string) fyne.CanvasObject {
	s := g.s
	people := s.tr.N("gate.people", int64(len(w.Faces)))
	head := kit.Across(scaled(12), logo(s.tr, 44), kit.Down(scaled(1),
		kit.NewLabel(s.tr.T("common.app")).Px(20).Bold(), kit.NewLabel(kit.Join(w.Shop, people)).Small().Muted()))
	top := kit.Down(scaled(16), head, kit.NewLabel(s.tr.T("gate.pick")).Muted())
	if say != "" {
		top.Add(kit.ID(kit.NewLine(kit.Part{Icon: string(theme.Warn), Text: say, Token: theme.Warn.Token()}).Small().Narrow(), "signin.notice"))
	}
	names := kit.Down(scaled(7))
	for i := range g.faces {
		names.Add(g.card(i))
	}
	const edge = 4 // room for the frame of a card inside the scroll's clip
	g.scroll = container.NewVScroll(kit.Pad(2, edge, names))
	h := scaled(30)
	var foot fyne.CanvasObject
	if f := g.exampleFoot(); f != nil {
		foot = kit.Pad(0, h, f)
	}
	return kit.Pad(scaled(26), 0, kit.Edges(kit.Edges(kit.Pad(0, h, top), g.gap(8), nil, nil, nil), foot, nil, nil, kit.Pad(0, h-edge, g.scroll)))
}

func (g *gatePeople) gap(h float32) fyne.CanvasObject {
	return kit.Fixed(0, scaled(h), container.NewStack())
}

// exampleFoot says what the example shop is and how to begin with one's own.
func (g *gatePeople) exampleFoot() fyne.CanvasObject {
	s := g.s
	if s.info.example == nil {
		return nil
	}
	line := kit.NewLine(kit.Part{Icon: string(theme.Info), Text: s.tr.T("gate.example"), Token: theme.Info.Token()}).Small().Narrow()
	if !isFile(s.data.Place) {
		return kit.Pad(scaled(8), 0, line)
	}
	own := kit.ID(kit.NewButton(s.env(), s.tr.T("gate.own_shop"), "", s.ownShop).Small(), "signin.own")
	return kit.Pad(scaled(6), 0, kit.Edges(nil, nil, nil, own, line))
}

// card is one name.
func (g *gatePeople) card(i int) fyne.CanvasObject {
	s, f := g.s, g.faces[i]
	small := len(g.faces) > 6
	size, pad := float32(44), float32(11)
	if small {
		size, pad = 30, 6
	}
	first := kit.NewLine(kit.Part{Text: f.Name, Bold: true}).Title().Narrow()
	if small {
		first = kit.NewLine(kit.Part{Text: f.Name, Bold: true}).Narrow()
	}
	second := kit.NewLine().Small().Narrow()
	g.states = append(g.states, second)
	var right fyne.CanvasObject
	if pin := s.info.example[f.Name]; pin != "" {
		right = centred(kit.ID(kit.NewLine(kit.Part{Text: s.tr.T("gate.pin_is", "pin", pin), Token: theme.MutedToken}).Small(), "signin.pin_of."+strconv.Itoa(i+1)))
	}
	words := kit.Edges(nil, nil, nil, right, container.New(middle{}, kit.Down(1, first, second)))
	body := kit.Pad(scaled(pad), scaled(15), kit.Edges(nil, nil, kit.Across(0, badge(initial(f.Name), size, theme.Role(f.Role), white), kit.Fixed(scaled(14), 1, container.NewStack())), nil, words))
	b := newBox(s.keys, 6, body, func() { g.choose(i) }, func(p *theme.Palette, hover bool) paint {
		switch {
		case g.at == i:
			return paint{p.Selected, p.Primary, 2}
		case hover:
			return paint{p.Hover, p.LineInput, 1}
		}
		return paint{p.Surface, p.Line, 1}
	})
	g.cards = append(g.cards, b)
	return kit.ID(b, "signin.face."+strconv.Itoa(i+1))
}

func (g *gatePeople) listen(l *kit.Layer) {
	for d := range 9 {
		l.Try(kit.Chord(strconv.Itoa(d+1)), func() bool {
			if g.chosen {
				return g.pad.add(strconv.Itoa(d + 1))
			}
			if d < len(g.faces) {
				g.choose(d)
			}
			return true
		})
	}
	l.On("Up", func() { g.stand(g.at - 1) })
	l.On("Down", func() { g.stand(g.at + 1) })
	l.On("Enter", func() {
		if g.chosen {
			g.pad.submit()
			return
		}
		g.choose(g.at)
	})
	l.On("Esc", g.leave)
}

// stand moves the mark to a name; with one chosen it chooses.
func (g *gatePeople) stand(i int) {
	g.at = min(max(0, i), len(g.faces)-1)
	for _, c := range g.cards {
		c.Refresh()
	}
	card := g.cards[g.at]
	top, end := card.Position().Y, card.Position().Y+card.Size().Height
	view := g.scroll.Size().Height
	switch off := g.scroll.Offset.Y; {
	case top < off:
		g.scroll.ScrollToOffset(fyne.NewPos(0, top))
	case view > 0 && end > off+view:
		g.scroll.ScrollToOffset(fyne.NewPos(0, end-view))
	}
	if g.chosen {
		g.choose(g.at)
	}
}

// choose takes a name; the PIN comes next.
func (g *gatePeople) choose(i int) {
	if g.pad.busy {
		return
	}
	again := !g.chosen || g.at != i
	g.chosen, g.at = true, i
	for _, c := range g.cards {
		c.Refresh()
	}
	if again {
		g.pad.face(&g.faces[i])
		g.s.win.Canvas().Unfocus()
	}
	g.tick()
}

// leave goes back to choosing a name.
func (g *gatePeople) leave() {
	if g.pad.busy {
		return
	}
	g.chosen = false
	g.pad.face(nil)
	g.tick()
}

// tick shows who must wait and how long.
func (g *gatePeople) tick() {
	s := g.s
	for i, f := range g.faces {
		parts := []kit.Part{{Text: s.tr.Word("role", string(f.Role)), Token: theme.MutedToken}}
		left := f.LockedUntil - s.opt.Clock.Now()
		if left > 0 {
			parts = append(parts, kit.Part{Icon: "clock", Text: s.tr.T("gate.wait", "left", minutes(left)), Token: theme.Warn.Token(), Gap: 10})
		}
		if g.states[i].Text() != kit.NewLine(parts...).Text() {
			g.states[i].SetParts(parts...)
		}
		if !g.chosen || i != g.at || g.pad.busy {
			continue
		}
		switch {
		case left > 0:
			g.pad.wait(s.tr.T("gate.wait_long", "left", minutes(left)))
		case g.pad.off:
			g.pad.on()
		}
	}
}

// minutes prints a wait: 0:29, 14:05.
func minutes(left when.Millis) string {
	secs := int((left + when.Second - 1) / when.Second)
	text := strconv.Itoa(secs % 60)
	if len(text) < 2 {
		text = "0" + text
	}
	return strconv.Itoa(secs/60) + ":" + text
}

// try asks the data whether the PIN is right.
func (g *gatePeople) try(pin string) {
	g.s.enter(g.faces[g.at].Name, pin, g.failed)
}

// failed says what was wrong and reads how long one must wait now.
func (g *gatePeople) failed(err error) {
	if !fault.Is(err, fault.Denied) && !fault.Is(err, fault.Limit) {
		g.pad.wrong(oneLine(g.s.tr.Fault(err)))
		if kit.LevelOf(err) != kit.FailHint {
			kit.Fail(g.s.env(), err)
		}
		return
	}
	g.pad.wrong(oneLine(g.s.tr.Fault(err)))
	g.s.waits(func(until map[string]when.Millis) {
		for i := range g.faces {
			g.faces[i].LockedUntil = until[g.faces[i].Name]
		}
		g.tick()
	})
}

// waits reads who must wait before the next try, and until when.
func (s *Shell) waits(done func(until map[string]when.Millis)) {
	lane := s.owner.Lane("waits")
	lane.OnFail(func(error) bool { return true }) // the wait then shows at the next try
	kit.Run(s.env(), lane, func(ctx context.Context) (users.Welcome, error) { return s.app.Users.Welcome(ctx) }, func(w users.Welcome) {
		until := map[string]when.Millis{}
		for _, f := range w.Faces {
			until[f.Name] = f.LockedUntil
		}
		done(until)
	})
}

// oneLine makes one line of a text.
func oneLine(text string) string { return strings.ReplaceAll(text, "\n", " ") }

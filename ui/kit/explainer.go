package kit

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/app/i18n"
	"zhanggui/ui/theme"
)

// Explainer is the box that explains a figure, beside the part that shows it.
// Enter goes to the rows, the arrows to the screen's other figures, Esc closes.
type Explainer struct {
	*fyne.Container
	figures *Figures
	all     []Figure
	n       int
	shown   Explanation
	over    *overlay
}

// The width of the box, and what is free at its left and right.
const (
	explainerWide = 460
	explainerPad  = 14
)

func openExplainer(f *Figures, all []Figure, n int) {
	e := &Explainer{figures: f, all: all, n: n, Container: container.NewStack()}
	f.open = e
	e.fill()
	e.over = openOverlay(f.env, "explain", ID(e, "explain").Container, false, e.close, e.place)
	l := e.over.layer
	l.On("Esc", e.close)
	l.On("Shift+F1", e.close)
	for chord, by := range map[Chord]int{"Left": -1, "Up": -1, "Right": 1, "Down": 1} {
		l.On(chord, func() { e.turn(by) })
	}
	l.On("Enter", func() { e.follow(0) })
	l.On("2", func() { e.follow(1) })
	l.On("3", func() { e.follow(2) })
	e.over.onEnd = func() { f.open = nil }
	e.over.canvas.Unfocus()
}

// Figure is the id of the figure explained.
func (e *Explainer) Figure() string { return e.all[e.n].ID }

// Explanation is what is said about it.
func (e *Explainer) Explanation() Explanation { return e.shown }

// close takes the box away; the part that has the focus again is not touched by that.
func (e *Explainer) close() {
	e.over.close()
	e.figures.Touch(e.Figure())
}

// turn explains the next figure of the screen, round and round.
func (e *Explainer) turn(by int) { e.show(e.all, (e.n+by+len(e.all))%len(e.all)) }

func (e *Explainer) show(all []Figure, n int) {
	e.all, e.n = all, n
	e.fill()
	e.over.relay()
}

// follow opens the rows.
func (e *Explainer) follow(n int) {
	if n < len(e.shown.Ways) {
		e.close()
		e.shown.Ways[n].Open()
	}
}

func (e *Explainer) fill() {
	e.figures.Touch(e.Figure())
	if e.figures.OnTurn != nil {
		e.figures.OnTurn(e.Figure())
	}
	e.shown = e.all[e.n].Explain()
	ground := newDialogGround()
	ground.border = func(p *theme.Palette) colour { return p.Axis } // it lies on paper of its own colour
	e.Objects = []fyne.CanvasObject{ground, Pad(1, 1, Edges(
		Down(0, Pad(6, explainerPad, e.head()), NewRule()), container.NewStack(newFootGround(), Edges(NewRule(), nil, nil, nil, Pad(8, explainerPad, e.foot()))),
		nil, nil, Pad(12, explainerPad, e.body())))}
	e.Refresh()
}

// head is name and value, and under them what it is of.
func (e *Explainer) head() fyne.CanvasObject {
	x := NewButton(e.figures.env, "", "", e.close).Plain().Icon("x")
	value := NewLabel(e.shown.Value).Pane()
	top := Edges(nil, nil, nil, Across(8, value, x), NewLabel(e.shown.Title).Pane().Narrow())
	at := ""
	if e.shown.At != "" {
		at = e.figures.env.T("explain.at", "time", e.shown.At)
	}
	turn := ""
	if len(e.all) > 1 {
		turn = e.figures.env.T("explain.turn")
	}
	of := NewLabel(i18n.Join(e.shown.Period, at)).Small().Muted().Narrow()
	return Down(2, top, Edges(nil, nil, nil, NewLabel(turn).Small().Muted(), of))
}

// paragraph is a text as wide as the box: its height is known before it is laid out.
func (e *Explainer) paragraph(text string) *Paragraph {
	p := NewParagraph(text)
	p.usual = explainerWide*theme.Current().Metrics().Scale - 2*explainerPad
	return p
}

// body is the formula, the values it is made of, and what is not in it.
func (e *Explainer) body() fyne.CanvasObject {
	t := e.figures.env.T
	body := Down(8, e.paragraph(e.shown.Formula))
	if len(e.shown.Inputs) > 0 {
		rows := Down(2)
		for _, in := range e.shown.Inputs {
			label, value := NewLabel(in.Label).Muted().Narrow(), NewLabel(in.Value)
			if in.Sum {
				label, value = NewLabel(in.Label).Bold().Narrow(), NewLabel(in.Value).Bold()
				rows.Add(NewRule())
			}
			rows.Add(Edges(nil, nil, nil, value, label))
		}
		body.Add(Down(4, NewLabel(t("explain.inputs")).Small().Bold(), rows))
	}
	if len(e.shown.Notes) > 0 {
		notes := Down(2, NewLabel(t("explain.notes")).Small().Bold())
		for _, n := range e.shown.Notes {
			notes.Add(e.paragraph(n).Small())
		}
		body.Add(notes)
	}
	if len(e.shown.Ways) == 0 && e.shown.NoWay != "" {
		body.Add(e.paragraph(e.shown.NoWay).Small())
	}
	return body
}

// foot are the ways to the rows.
func (e *Explainer) foot() fyne.CanvasObject {
	env := e.figures.env
	var ways []fyne.CanvasObject
	for i, w := range e.shown.Ways {
		button := NewButton(env, w.Word, Chord(strconv.Itoa(i+1)), func() { e.follow(i) })
		if i == 0 {
			button = NewButton(env, env.T("explain.rows", "what", w.Word), "Enter", func() { e.follow(0) }).Primary()
		}
		ways = append(ways, ID(button, "explainer.way"+strconv.Itoa(i+1)))
	}
	return Edges(nil, nil, Across(8, ways...), nil, Fixed(0, theme.Current().Metrics().Button, NewLabel("")))
}

// place puts the box under the part that shows the figure, else over or beside it,
// never out of the window.
func (e *Explainer) place(window, box fyne.Size) (fyne.Position, fyne.Size) {
	const margin = 8
	wide := float32(explainerWide) * theme.Current().Metrics().Scale
	size := fyne.NewSize(min(max(wide, box.Width), window.Width-2*margin), min(box.Height, window.Height-2*margin))
	at, part, ok := FindRect(e.Figure())
	if !ok {
		at, part = fyne.NewPos((window.Width-size.Width)/2, window.Height/3), fyne.Size{}
	}
	const gap = 4
	x, y := at.X, at.Y+part.Height+gap
	switch {
	case y+size.Height <= window.Height-margin: // under it
	case at.Y-size.Height-gap >= margin: // over it
		y = at.Y - size.Height - gap
	case at.X+part.Width+gap+size.Width <= window.Width-margin: // at its right
		x, y = at.X+part.Width+gap, at.Y
	case at.X-size.Width-gap >= margin: // at its left
		x, y = at.X-size.Width-gap, at.Y
	}
	x = max(margin, min(x, window.Width-margin-size.Width))
	y = max(margin, min(y, window.Height-margin-size.Height))
	return fyne.NewPos(float32(int(x)), float32(int(y))), size
}

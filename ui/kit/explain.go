package kit

import (
	"fyne.io/fyne/v2"

	"zhanggui/app/i18n"
)

// Way leads from a figure to the rows behind it.
type Way struct {
	Word string // where it leads: 订单, 销售分录
	Open func()
}

// Input is one value that a figure is made of. Both are translated and formatted
// already; Sum marks the result of the others.
type Input struct {
	Label string
	Value string
	Sum   bool
}

// Explanation says where a figure comes from. Texts are translated.
type Explanation struct {
	Title   string // the figure's name
	Value   string // as it stands on the screen
	Period  string // what it is of: 04-22 周三
	At      string // when it was worked out: 10:18
	Formula string // in words: 毛利 = 销售额 − 销售成本
	Inputs  []Input
	Notes   []string // what is in it and what is not
	Ways    []Way    // to the rows: Enter takes the first, 2 and 3 the others
	NoWay   string   // why there is no way to the rows
}

// Figure is a number on a screen that can be explained. ID is the test id of
// the part that shows it; the explanation opens beside that part.
type Figure struct {
	ID      string
	Explain func() Explanation
}

// Figures are the figures of a screen in the order they are read. Shift+F1
// explains the one touched last, the arrows go on to the others from there.
type Figures struct {
	// OnTurn is told which figure is explained now; it may be nil.
	OnTurn func(id string)

	env    Env
	groups []func() []Figure
	at     string
	open   *Explainer // nil while nothing is explained
}

// NewFigures makes an empty set; Before and After fill it.
func NewFigures(env Env) *Figures { return &Figures{env: env} }

// Before puts figures in front of those there are. They are asked for anew each time.
func (f *Figures) Before(group func() []Figure) {
	f.groups = append([]func() []Figure{group}, f.groups...)
}

// After puts figures behind those there are.
func (f *Figures) After(group func() []Figure) { f.groups = append(f.groups, group) }

// All are the figures on the screen now.
func (f *Figures) All() []Figure {
	var all []Figure
	for _, group := range f.groups {
		all = append(all, group()...)
	}
	return all
}

// Touch notes the figure that a person used last: Shift+F1 explains it.
func (f *Figures) Touch(id string) {
	if f != nil {
		f.at = id
	}
}

// Show explains the figure touched last, else the first one. It tells whether there was one.
func (f *Figures) Show() bool {
	all := f.All()
	if len(all) == 0 {
		return false
	}
	openExplainer(f, all, max(f.index(all), 0))
	return true
}

// Explain explains one figure, as a right click on it does.
func (f *Figures) Explain(id string) {
	if f == nil {
		return
	}
	f.Touch(id)
	if all := f.All(); f.index(all) >= 0 {
		openExplainer(f, all, f.index(all))
	}
}

// Refresh explains anew what is explained just now: the screen shows other
// numbers. A figure that is gone takes its box with it.
func (f *Figures) Refresh() {
	if f == nil || f.open == nil {
		return
	}
	all := f.All()
	f.at = f.open.Figure()
	if n := f.index(all); n >= 0 {
		f.open.show(all, n)
		return
	}
	f.open.close()
}

// index is the place of the figure touched last, -1 when it is not on the screen.
func (f *Figures) index(all []Figure) int {
	for i, one := range all {
		if one.ID == f.at {
			return i
		}
	}
	return -1
}

// Bind gives Shift+F1 its meaning on a screen's layer.
func (f *Figures) Bind(l *Layer) { l.Try("Shift+F1", f.Show) }

// explaining is a part that shows a figure.
type explaining interface {
	fyne.CanvasObject
	shows(f *Figures, id string)
}

// Shows makes a part the one that shows a figure: focus and clicks touch it, a
// right click explains it. It gives the part its id as ID does.
func Shows[W explaining](w W, f *Figures, id string) W {
	w.shows(f, id)
	return ID(w, id)
}

// Notes are texts about what is in a figure and what is not, by their codes.
func Notes(tr i18n.Tr, codes ...string) []string {
	list := make([]string, len(codes))
	for i, c := range codes {
		list[i] = tr.T("explain.note." + c)
	}
	return list
}

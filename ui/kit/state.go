package kit

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/ui/theme"
)

// State is what stands in the middle of a table or page without content: empty,
// loading, error (LOOK §5). The same box for all three. A List has one of its own;
// screens without a list lay Object over their page.
type State struct {
	env    Env
	object *fyne.Container
	box    *fyne.Container
	title  string
}

// NewState makes a hidden state box.
func NewState(env Env) *State {
	s := &State{env: env, box: container.NewStack()}
	s.object = container.NewCenter(s.box)
	s.object.Hide()
	return s
}

// Object is the box to lay over a page.
func (s *State) Object() fyne.CanvasObject { return s.object }

// Title is what the box says, "" when it is hidden.
func (s *State) Title() string { return s.title }

// None hides the box.
func (s *State) None() {
	s.title = ""
	s.object.Hide()
}

// show fills the box. button may be nil.
func (s *State) show(head fyne.CanvasObject, title, text string, button *Button) {
	s.title = title
	rows := []fyne.CanvasObject{container.NewCenter(head), container.NewCenter(NewLabel(title).Bold())}
	if text != "" {
		rows = append(rows, container.NewCenter(NewLabel(text).Small().Muted()))
	}
	if button != nil {
		rows = append(rows, container.NewCenter(button.Small()))
	}
	s.box.Objects = []fyne.CanvasObject{newCardGround(), Pad(12, 26, Down(5, rows...))}
	s.object.Show()
	s.object.Refresh()
}

// Empty says that nothing is here and what to do.
func (s *State) Empty(e Empty) {
	icon := e.Icon
	if icon == "" {
		icon = "box"
	}
	var button *Button
	if e.Action != "" {
		button = NewButton(s.env, e.Action, e.Key, e.Do)
	}
	s.show(newPicture(icon, theme.MutedToken, 22), e.Title, e.Text, button)
}

// Loading says that something is being read; text is how far (16,482 行中的 9,200) or "".
func (s *State) Loading(text string) {
	s.show(newBones(), s.env.T("common.loading"), text, nil)
}

// Fail says what went wrong, with one button; nil for none.
func (s *State) Fail(title, text string, retry *Button) {
	s.show(newPicture(string(theme.Urgent), theme.Urgent.Token(), 18), title, text, retry)
}

// newPicture is an icon alone.
func newPicture(icon string, token theme.Token, size float32) fyne.CanvasObject {
	return newDrawing(size, size, func(p *brush, r image.Rectangle) {
		p.icon(icon, size, 0, (r.Dy()-p.px(size))/2, p.pal.Colour(token))
	})
}

// newBones is three grey bars: something is being read.
func newBones() fyne.CanvasObject {
	return newDrawing(180, 34, func(p *brush, r image.Rectangle) {
		for i, w := range []float32{180, 140, 160} {
			y := p.px(float32(i) * 13)
			p.round(image.Rect(0, y, p.px(w), y+p.px(6)), 2*p.scale, p.pal.Track)
		}
	})
}

// drawing is a sketch of fixed size.
type drawing struct{ sketch }

func newDrawing(w, h float32, paint func(p *brush, r image.Rectangle)) *drawing {
	d := &drawing{}
	d.sketched(d, func(m theme.Metrics) fyne.Size { return fyne.NewSize(w*m.Scale, h*m.Scale) }, paint)
	return d
}

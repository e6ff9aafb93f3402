package kit

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/ui/theme"
)

// stateBox is what stands in the middle of a table without rows: empty, loading,
// error (LOOK §5). The same box for all three.
type stateBox struct {
	env    Env
	object *fyne.Container
	box    *fyne.Container
	kind   stateKind
	title  string
}

type stateKind int

const (
	stateNone stateKind = iota
	stateEmpty
	stateLoading
	stateError
)

func newStateBox(env Env) *stateBox {
	s := &stateBox{env: env, box: container.NewStack()}
	s.object = container.NewCenter(s.box)
	s.object.Hide()
	return s
}

func (s *stateBox) none() {
	s.kind, s.title = stateNone, ""
	s.object.Hide()
}

// show fills the box. button may be nil.
func (s *stateBox) show(kind stateKind, head fyne.CanvasObject, title, text string, button *Button) {
	s.kind, s.title = kind, title
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

func (s *stateBox) empty(e Empty) {
	icon := e.Icon
	if icon == "" {
		icon = "box"
	}
	var button *Button
	if e.Action != "" {
		button = NewButton(s.env, e.Action, e.Key, e.Do)
	}
	s.show(stateEmpty, newPicture(icon, theme.MutedToken, 22), e.Title, e.Text, button)
}

func (s *stateBox) loading(text string) {
	s.show(stateLoading, newBones(), s.env.T("common.loading"), text, nil)
}

func (s *stateBox) fail(title, text string, retry *Button) {
	s.show(stateError, newPicture(string(theme.Urgent), theme.Urgent.Token(), 18), title, text, retry)
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

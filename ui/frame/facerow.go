package frame

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"zhanggui/app/users"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// faceRow is one name of the sign-in screen.
type faceRow struct {
	widget.BaseWidget
	box   *canvas.Rectangle
	inner fyne.CanvasObject
	press func()
	on    bool
}

func newFaceRow(f *Frame, i int, face users.Face, press func()) *faceRow {
	p := theme.Current().Palette()
	words := kit.Down(1, kit.NewLabel(face.Name), kit.NewLabel(f.tr.Word("role", string(face.Role))).Small().Muted())
	r := &faceRow{box: canvas.NewRectangle(p.Surface), press: press}
	r.box.CornerRadius = 6
	square := badge(initial(face.Name), theme.Role(face.Role), p.Surface, 32)
	r.inner = kit.Pad(6, 10, kit.Edges(nil, nil, square, kit.NewLabel(strconv.Itoa(i+1)).Small().Muted(), kit.Pad(0, 10, words)))
	r.ExtendBaseWidget(r)
	return r
}

// Tapped chooses the person.
func (r *faceRow) Tapped(*fyne.PointEvent) { r.press() }

func (r *faceRow) set(on bool) {
	p := theme.Current().Palette()
	r.on = on
	r.box.FillColor, r.box.StrokeWidth = p.Surface, 1
	r.box.StrokeColor = p.Line
	if on {
		r.box.FillColor, r.box.StrokeColor, r.box.StrokeWidth = p.Selected, p.Primary, 2
	}
	r.box.Refresh()
}

// CreateRenderer shows the row.
func (r *faceRow) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewStack(r.box, r.inner))
}

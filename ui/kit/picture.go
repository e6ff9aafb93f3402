package kit

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"zhanggui/ui/theme"
)

// pictureTall is the room for a picture in a detail pane; one that is missing
// takes less.
const pictureTall, pictureNone = 184, 76

// NewPicture shows a picture whole, in the middle of its own ground; nil says by
// title and text that there is none and what to do.
func NewPicture(img image.Image, title, text string) fyne.CanvasObject {
	ground := NewRaised()
	ground.border, ground.radius, ground.stroke = func(p *theme.Palette) colour { return p.Line }, 6, 1
	if img == nil {
		lines := []fyne.CanvasObject{container.NewCenter(NewLine(Part{Icon: "photo", Text: title, Token: theme.MutedToken}))}
		if text != "" {
			lines = append(lines, container.NewCenter(NewLabel(text).Small().Muted()))
		}
		return container.NewStack(ground, Fixed(0, pictureNone, container.NewCenter(Down(4, lines...))))
	}
	c := canvas.NewImageFromImage(img)
	c.FillMode = canvas.ImageFillContain
	c.ScaleMode = canvas.ImageScaleSmooth
	return container.NewStack(ground, Fixed(0, pictureTall, Pad(6, 6, c)))
}

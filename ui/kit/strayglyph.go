package kit

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/software"
)

// strayGlyph draws a rune that the embedded subset lacks (rare characters in
// names) through Fyne, which falls back to the system's fonts (TECH A2).
func strayGlyph(f *face, r rune) *glyph {
	if fyne.CurrentApp() == nil {
		return &glyph{}
	}
	text := canvas.NewText(string(r), color.Black)
	text.TextSize = f.px
	text.TextStyle.Bold = f.bold
	size := text.MinSize()
	pix, w, h := coverage(text, size)
	return &glyph{pix: pix, w: w, h: h, y: -int(size.Height*fontAscent/(fontAscent+fontDescent) + 0.5)}
}

// The embedded font's line above and below the baseline, per 1000 (TECH A2).
const (
	fontAscent  = 1160
	fontDescent = 288
)

// coverage draws an object at scale 1 on nothing and keeps how much of each pixel it covers.
func coverage(o fyne.CanvasObject, size fyne.Size) (pix []uint8, w, h int) {
	c := software.NewTransparentCanvas()
	c.SetPadded(false)
	c.SetContent(o)
	c.Resize(size)
	img := c.Capture()
	box := img.Bounds()
	w, h = box.Dx(), box.Dy()
	pix = make([]uint8, w*h)
	for y := range h {
		for x := range w {
			pix[y*w+x] = alphaAt(img, box.Min.X+x, box.Min.Y+y)
		}
	}
	return pix, w, h
}

func alphaAt(img image.Image, x, y int) uint8 {
	_, _, _, a := img.At(x, y).RGBA()
	return uint8(a >> 8)
}

package kittest

import (
	"flag"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2/driver/software"
	"github.com/stretchr/testify/require"
)

// update writes goldens anew: go test ./ui/kit -update
var update = flag.Bool("update", false, "write golden pictures anew")

// What counts as different: a pixel further than deltaE in Lab, and more than
// share of all pixels (QUALITY, Window tests L3). The last bit may differ between
// processors, so equality is not asked.
const (
	deltaE = 3.0
	share  = 0.001
)

// Golden compares the window with testdata/<name>.png.
func (e *Env) Golden(name string) {
	e.T.Helper()
	Compare(e.T, name, e.Window.Canvas().Capture())
}

// GoldenAt compares the window drawn at another scale (HiDPI).
func (e *Env) GoldenAt(name string, scale float32) {
	e.T.Helper()
	c, ok := e.Window.Canvas().(software.WindowlessCanvas)
	require.True(e.T, ok, "the test window's canvas cannot be scaled")
	c.SetScale(scale)
	defer c.SetScale(1)
	Compare(e.T, name, e.Window.Canvas().Capture())
}

// Compare compares a picture with testdata/<name>.png; a difference writes
// testdata/failed/<name>.png with wanted, got and differing pixels side by side.
func Compare(t testing.TB, name string, got image.Image) {
	t.Helper()
	path := filepath.Join("testdata", name+".png")
	if *update {
		save(t, path, got)
		return
	}
	f, err := os.Open(path)
	require.NoError(t, err, "no golden yet: run with -update and look at the picture")
	want, err := png.Decode(f)
	require.NoError(t, f.Close())
	require.NoError(t, err)
	require.Equal(t, want.Bounds().Size(), got.Bounds().Size(), "size of %s", name)
	bad, diff := Differ(want, got)
	total := want.Bounds().Dx() * want.Bounds().Dy()
	if float64(bad) <= share*float64(total) {
		return
	}
	failed := filepath.Join("testdata", "failed", name+".png")
	save(t, failed, beside(want, got, diff))
	require.Failf(t, "picture differs", "%s: %d of %d pixels differ, see %s", name, bad, total, failed)
}

// Differ counts the pixels further apart than a person can see and marks them.
func Differ(want, got image.Image) (bad int, marks *image.RGBA) {
	b := want.Bounds()
	marks = image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	for y := range b.Dy() {
		for x := range b.Dx() {
			a := color.NRGBAModel.Convert(want.At(b.Min.X+x, b.Min.Y+y)).(color.NRGBA)
			c := color.NRGBAModel.Convert(got.At(got.Bounds().Min.X+x, got.Bounds().Min.Y+y)).(color.NRGBA)
			if a != c && distance(a, c) > deltaE {
				bad++
				marks.SetRGBA(x, y, color.RGBA{R: 255, A: 255})
			} else {
				marks.SetRGBA(x, y, color.RGBA{R: 255, G: 255, B: 255, A: 255})
			}
		}
	}
	return bad, marks
}

// distance is ΔE*ab of two colours (CIE 1976).
func distance(a, b color.NRGBA) float64 {
	l1, a1, b1 := lab(a)
	l2, a2, b2 := lab(b)
	return math.Sqrt((l1-l2)*(l1-l2) + (a1-a2)*(a1-a2) + (b1-b2)*(b1-b2))
}

func lab(c color.NRGBA) (l, a, b float64) {
	lin := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	r, g, bl := lin(c.R), lin(c.G), lin(c.B)
	f := func(t float64) float64 {
		if t > 0.008856 {
			return math.Cbrt(t)
		}
		return 7.787*t + 16.0/116
	}
	x := f((0.4124*r + 0.3576*g + 0.1805*bl) / 0.9505)
	y := f(0.2126*r + 0.7152*g + 0.0722*bl)
	z := f((0.0193*r + 0.1192*g + 0.9505*bl) / 1.089)
	return 116*y - 16, 500 * (x - y), 200 * (y - z)
}

func beside(pictures ...image.Image) image.Image {
	b := pictures[0].Bounds()
	out := image.NewRGBA(image.Rect(0, 0, b.Dx()*len(pictures), b.Dy()))
	for i, p := range pictures {
		draw.Draw(out, image.Rect(i*b.Dx(), 0, (i+1)*b.Dx(), b.Dy()), p, p.Bounds().Min, draw.Src)
	}
	return out
}

func save(t testing.TB, path string, img image.Image) {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
	f, err := os.Create(path)
	require.NoError(t, err)
	require.NoError(t, png.Encode(f, img))
	require.NoError(t, f.Close())
}

//go:build ignore

// This program makes what the icons folder embeds. Run it in assets/icons:
//
//	go run make/main.go
//
// From each stroke/NAME.svg (a line drawing of LOOK §12) it makes NAME.svg, the
// same lines as filled outlines: Fyne's SVG painter does not scale stroke
// widths, so lines would be too thin on a sharp screen. And it draws app.png,
// the program's icon: 掌 in a primary square with rounded corners (LOOK §4).
package main

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"log"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/fyne-io/oksvg"
	"github.com/srwiley/rasterx"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

func main() {
	drawings, err := filepath.Glob("stroke/*.svg")
	check(err)
	for _, name := range drawings {
		check(os.WriteFile(filepath.Base(name), outline(name), 0o644))
	}
	check(os.WriteFile("app.png", appIcon(), 0o644))
}

// zoom is how much finer than a unit of the drawing the outline is computed.
const zoom = 8

// outline turns the lines of a drawing into filled outlines.
func outline(name string) []byte {
	data, err := os.ReadFile(name)
	check(err)
	data = bytes.ReplaceAll(data, []byte("currentColor"), []byte("#000000"))
	icon, err := oksvg.ReadIconStream(bytes.NewReader(data), oksvg.StrictErrorMode)
	check(err)
	pen := &recorder{edges: map[fixed.Point26_6][]fixed.Point26_6{}}
	for _, p := range icon.SVGPaths {
		s := rasterx.NewStroker(16*zoom, 16*zoom, pen)
		s.SetStroke(fixed.Int26_6(p.LineWidth*zoom*64), fixed.I(4), rasterx.RoundCap, rasterx.RoundCap, rasterx.RoundGap, rasterx.Round)
		p.Path.AddTo(&rasterx.MatrixAdder{Adder: s, M: rasterx.Identity.Scale(zoom, zoom)})
	}
	return []byte(`<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16"><path fill="currentColor" d="` +
		pen.path() + `"/></svg>` + "\n")
}

// recorder is a rasterx.Scanner that keeps the outline instead of filling it.
// The stroker gives the edges of both sides in pieces; path joins them.
type recorder struct {
	pen   fixed.Point26_6
	edges map[fixed.Point26_6][]fixed.Point26_6 // where each point's edges lead
	order []fixed.Point26_6                     // points in the order of drawing
}

func (r *recorder) Start(a fixed.Point26_6) { r.pen = a }

func (r *recorder) Line(b fixed.Point26_6) {
	if b == r.pen {
		return
	}
	r.edges[r.pen] = append(r.edges[r.pen], b)
	r.order = append(r.order, r.pen)
	r.pen = b
}

// path walks the edges from loop to loop until none is left.
func (r *recorder) path() string {
	var b strings.Builder
	for _, first := range r.order {
		var loop []string
		for p := first; len(r.edges[p]) > 0; {
			if text := at(p); len(loop) == 0 || loop[len(loop)-1] != text {
				loop = append(loop, text)
			}
			next := r.edges[p][0]
			r.edges[p] = r.edges[p][1:]
			p = next
		}
		if len(loop) > 2 {
			b.WriteString("M" + strings.Join(loop, "L") + "z")
		}
	}
	return b.String()
}

func at(p fixed.Point26_6) string {
	return num(p.X) + " " + num(p.Y)
}

func num(v fixed.Int26_6) string {
	s := strconv.FormatFloat(float64(v)/64/zoom, 'f', 2, 64)
	return strings.TrimRight(strings.TrimRight(s, "0"), ".")
}

func (r *recorder) Draw()                              {}
func (r *recorder) GetPathExtent() fixed.Rectangle26_6 { return fixed.Rectangle26_6{} }
func (r *recorder) SetBounds(int, int)                 {}
func (r *recorder) SetColor(any)                       {}
func (r *recorder) SetWinding(bool)                    {}
func (r *recorder) Clear()                             {}
func (r *recorder) SetClip(image.Rectangle)            {}

const side = 512 // of app.png

func appIcon() []byte {
	data, err := os.ReadFile("../fonts/NotoSansSC-Medium.ttf")
	check(err)
	parsed, err := opentype.Parse(data)
	check(err)
	face, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: 336, DPI: 72, Hinting: font.HintingNone})
	check(err)

	img := image.NewRGBA(image.Rect(0, 0, side, side))
	square(24, 96).Draw(img, img.Bounds(), image.NewUniform(color.NRGBA{0x0E, 0x62, 0x73, 0xFF}), image.Point{})
	box, advance := font.BoundString(face, "掌")
	d := font.Drawer{Dst: img, Src: image.White, Face: face, Dot: fixed.Point26_6{
		X: (fixed.I(side) - advance) / 2,
		Y: fixed.I(side)/2 - (box.Min.Y+box.Max.Y)/2,
	}}
	d.DrawString("掌")
	var out bytes.Buffer
	check((&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, img))
	return out.Bytes()
}

// square is a square with a margin and corners of radius r.
func square(margin, r float32) *vector.Rasterizer {
	z := vector.NewRasterizer(side, side)
	z.DrawOp = draw.Over
	lo, hi := margin, float32(side)-margin
	k := r * 0.4477 // a quarter circle as one cubic
	z.MoveTo(lo+r, lo)
	z.LineTo(hi-r, lo)
	z.CubeTo(hi-k, lo, hi, lo+k, hi, lo+r)
	z.LineTo(hi, hi-r)
	z.CubeTo(hi, hi-k, hi-k, hi, hi-r, hi)
	z.LineTo(lo+r, hi)
	z.CubeTo(lo+k, hi, lo, hi-k, lo, hi-r)
	z.LineTo(lo, lo+r)
	z.CubeTo(lo, lo+k, lo+k, lo, lo+r, lo)
	z.ClosePath()
	return z
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

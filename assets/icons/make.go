//go:build ignore

// This program draws app.png, the program's icon: 掌 in a primary square with
// rounded corners (LOOK §4). Run it in this folder: go run make.go
package main

import (
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"log"
	"os"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

const side = 512

func main() {
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

	out, err := os.Create("app.png")
	check(err)
	check((&png.Encoder{CompressionLevel: png.BestCompression}).Encode(out, img))
	check(out.Close())
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

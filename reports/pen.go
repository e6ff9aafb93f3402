package reports

import (
	"bytes"
	"context"
	"image"
	"image/draw"
	"math"
	"sync"

	"github.com/fyne-io/oksvg"
	"github.com/golang/freetype/truetype"
	"github.com/srwiley/rasterx"
	chart "github.com/wcharczuk/go-chart/v2"
	"github.com/wcharczuk/go-chart/v2/drawing"
	"golang.org/x/image/math/fixed"

	"zhanggui/app/fault"
	"zhanggui/app/i18n"
	"zhanggui/assets"
)

// area is a rectangle of the picture in units of the window.
type area struct{ left, top, right, bottom float64 }

func (a area) midX() float64   { return (a.left + a.right) / 2 }
func (a area) midY() float64   { return (a.top + a.bottom) / 2 }
func (a area) width() float64  { return a.right - a.left }
func (a area) height() float64 { return a.bottom - a.top }

// align is which point of a text stands at the given place; the height given
// is always the middle of its digits.
type align uint8

const (
	alignLeft align = iota
	alignMiddle
	alignRight
)

// pen draws on go-chart's raster renderer in units of the window. Edges of
// rectangles fall on whole pixels, so that hairlines stay sharp at every scale.
type pen struct {
	ctx    context.Context
	r      chart.Renderer
	scale  float64
	w, h   float64 // of the picture in units
	pal    *palette
	tr     i18n.Tr
	grey   bool
	icons  []placed
	cached map[string]float64 // text widths at 1 px by weight and text
}

// placed is an icon to be laid over the picture at its end.
type placed struct {
	name       string
	x, y, size float64
	colour     drawing.Color
}

// fonts parses the two embedded fonts once.
var fonts = sync.OnceValue(func() (f [2]*truetype.Font) {
	for i, data := range [][]byte{assets.FontRegular, assets.FontMedium} {
		parsed, err := truetype.Parse(data)
		if err != nil {
			panic(err) // an embedded file is broken: a programmer's error
		}
		f[i] = parsed
	}
	return f
})

func newPen(ctx context.Context, w, h int, look Look) (*pen, error) {
	r, err := chart.PNG(w, h)
	if err != nil {
		return nil, fault.From(err)
	}
	r.SetDPI(64) // go-chart sizes glyphs in 1/64 pixel × dpi: at 64 a point is a pixel
	p := &pen{
		ctx: ctx, r: r, scale: look.Scale, w: float64(look.W), h: float64(look.H),
		pal: &lightPalette, tr: look.Tr, grey: look.Grey, cached: map[string]float64{},
	}
	if look.Dark {
		p.pal = &darkPalette
	}
	p.rect(area{0, 0, p.w + 1, p.h + 1}, p.pal.surface)
	return p, nil
}

// ended tells whether the picture is no longer wanted.
func (p *pen) ended() bool { return p.ctx.Err() != nil }

// image hands out the picture. Errors: Cancelled when the context ended.
func (p *pen) image() (*image.RGBA, error) {
	if err := p.ctx.Err(); err != nil {
		return nil, fault.From(err)
	}
	var out chart.ImageWriter
	if err := p.r.Save(&out); err != nil {
		return nil, fault.From(err)
	}
	img, err := out.Image()
	if err != nil {
		return nil, fault.From(err)
	}
	rgba, ok := img.(*image.RGBA)
	if !ok {
		rgba = image.NewRGBA(img.Bounds())
		draw.Draw(rgba, rgba.Bounds(), img, img.Bounds().Min, draw.Src)
	}
	for _, icon := range p.icons {
		if err := icon.draw(rgba, p.scale); err != nil {
			return nil, fault.From(err)
		}
	}
	return rgba, nil
}

// px is the nearest pixel of a place.
func (p *pen) px(v float64) int { return int(math.Round(v * p.scale)) }

// rect fills a rectangle; it is at least one pixel wide and high.
func (p *pen) rect(a area, c drawing.Color) {
	x0, y0, x1, y1 := p.px(a.left), p.px(a.top), p.px(a.right), p.px(a.bottom)
	x1, y1 = max(x1, x0+1), max(y1, y0+1)
	p.r.SetFillColor(c)
	p.r.MoveTo(x0, y0)
	p.r.LineTo(x1, y0)
	p.r.LineTo(x1, y1)
	p.r.LineTo(x0, y1)
	p.r.Close()
	p.r.Fill()
}

// outline draws the border of a rectangle, one unit wide, inside it.
func (p *pen) outline(a area, c drawing.Color) {
	p.rect(area{a.left, a.top, a.right, a.top + 1}, c)
	p.rect(area{a.left, a.bottom - 1, a.right, a.bottom}, c)
	p.rect(area{a.left, a.top, a.left + 1, a.bottom}, c)
	p.rect(area{a.right - 1, a.top, a.right, a.bottom}, c)
}

// across draws a horizontal hairline; with dash > 0 in dashes of that length
// and pauses of the other.
func (p *pen) across(x0, x1, y, thick float64, c drawing.Color, dash, pause float64) {
	if dash <= 0 {
		p.rect(area{x0, y - thick/2, x1, y + thick/2}, c)
		return
	}
	for x := x0; x < x1; x += dash + pause {
		p.rect(area{x, y - thick/2, min(x+dash, x1), y + thick/2}, c)
	}
}

// down draws a dotted line from top to bottom.
func (p *pen) down(x, y0, y1 float64, c drawing.Color) {
	for y := y0; y < y1; y += 5 {
		p.rect(area{x - 0.5, y, x + 0.5, min(y+2, y1)}, c)
	}
}

// circle fills a disc, or draws a ring of width ring on a disc of the surface.
func (p *pen) circle(x, y, radius, ring float64, c drawing.Color) {
	full := func(r float64, c drawing.Color) {
		p.r.SetFillColor(c)
		p.r.ArcTo(p.px(x), p.px(y), r*p.scale, r*p.scale, 0, 2*math.Pi)
		p.r.Close()
		p.r.Fill()
	}
	full(radius, c)
	if ring > 0 {
		full(radius-ring, p.pal.surface)
	}
}

// polygon fills a shape given by pairs of coordinates.
func (p *pen) polygon(c drawing.Color, xy ...float64) {
	p.r.SetFillColor(c)
	p.r.MoveTo(p.px(xy[0]), p.px(xy[1]))
	for i := 2; i+1 < len(xy); i += 2 {
		p.r.LineTo(p.px(xy[i]), p.px(xy[i+1]))
	}
	p.r.Close()
	p.r.Fill()
}

// text writes a line in Regular with the middle of its digits at y.
func (p *pen) text(s string, x, y, size float64, c drawing.Color, at align) {
	p.write(s, x, y, size, c, at, 0)
}

// bold writes in Medium.
func (p *pen) bold(s string, x, y, size float64, c drawing.Color, at align) {
	p.write(s, x, y, size, c, at, 1)
}

func (p *pen) write(s string, x, y, size float64, c drawing.Color, at align, weight int) {
	if s == "" {
		return
	}
	switch at {
	case alignMiddle:
		x -= p.width(s, size, weight) / 2
	case alignRight:
		x -= p.width(s, size, weight)
	}
	p.r.SetFont(fonts()[weight])
	p.r.SetFontSize(size * p.scale)
	p.r.SetFontColor(c)
	p.r.Text(s, p.px(x), p.px(y+0.37*size)) // half the height of digits above the base line
}

// width measures a text in units.
func (p *pen) width(s string, size float64, weight int) float64 {
	key := string(rune('0'+weight)) + s
	if w, ok := p.cached[key]; ok {
		return w * size
	}
	f := fonts()[weight]
	const em = 1 << 10
	var sum fixed.Int26_6
	for _, r := range s {
		sum += f.HMetric(em, f.Index(r)).AdvanceWidth
	}
	w := float64(sum) / em
	p.cached[key] = w
	return w * size
}

// fit cuts a text with … so that it is at most most units wide.
func (p *pen) fit(s string, size, most float64, weight int) string {
	if p.width(s, size, weight) <= most {
		return s
	}
	r := []rune(s)
	for n := len(r) - 1; n > 0; n-- {
		if cut := string(r[:n]) + "…"; p.width(cut, size, weight) <= most {
			return cut
		}
	}
	return ""
}

// icon puts an icon of LOOK §12 with its middle at x, y.
func (p *pen) icon(name string, x, y, size float64, c drawing.Color) {
	p.icons = append(p.icons, placed{name: name, x: x, y: y, size: size, colour: c})
}

// draw lays the icon over the picture.
func (i placed) draw(img *image.RGBA, scale float64) error {
	svg := bytes.ReplaceAll(assets.Icon(i.name), []byte("currentColor"), []byte("#"+hex(i.colour)))
	icon, err := oksvg.ReadIconStream(bytes.NewReader(svg), oksvg.StrictErrorMode)
	if err != nil {
		return err
	}
	side := i.size * scale
	icon.SetTarget(math.Round(i.x*scale-side/2), math.Round(i.y*scale-side/2), side, side)
	b := img.Bounds()
	scanner := rasterx.NewScannerGV(b.Dx(), b.Dy(), img, b)
	icon.Draw(rasterx.NewDasher(b.Dx(), b.Dy(), scanner), 1)
	return nil
}

package kit

import (
	"image"
	"image/color"
	"math"

	"fyne.io/fyne/v2"

	"zhanggui/ui/theme"
)

// painter draws into one picture in pixels. Colours are opaque unless their alpha
// says otherwise; everything is clipped to clip.
type painter struct {
	img   *image.RGBA
	clip  image.Rectangle
	scale float32
	types *typeset
	fonts [2]fyne.Resource // regular, medium
}

// px turns units into pixels.
func (p *painter) px(units float32) int { return int(math.Round(float64(units * p.scale))) }

// fill paints a rectangle.
func (p *painter) fill(r image.Rectangle, c color.NRGBA) {
	r = r.Intersect(p.clip)
	if r.Empty() || c.A == 0 {
		return
	}
	if c.A != 255 {
		for y := r.Min.Y; y < r.Max.Y; y++ {
			for x := r.Min.X; x < r.Max.X; x++ {
				p.blend(p.img.PixOffset(x, y), c, 255)
			}
		}
		return
	}
	first := p.img.Pix[p.img.PixOffset(r.Min.X, r.Min.Y):p.img.PixOffset(r.Max.X, r.Min.Y)]
	for i := 0; i < len(first); i += 4 {
		first[i], first[i+1], first[i+2], first[i+3] = c.R, c.G, c.B, 255
	}
	for y := r.Min.Y + 1; y < r.Max.Y; y++ {
		o := p.img.PixOffset(r.Min.X, y)
		copy(p.img.Pix[o:o+len(first)], first)
	}
}

// blend lays c over the pixel at byte offset o with coverage 0..255. The picture
// holds premultiplied colours and may be see-through.
func (p *painter) blend(o int, c color.NRGBA, cover uint32) {
	a := cover * uint32(c.A) / 255
	if a == 0 {
		return
	}
	pix := p.img.Pix[o : o+4 : o+4]
	if a == 255 {
		pix[0], pix[1], pix[2], pix[3] = c.R, c.G, c.B, 255
		return
	}
	b := 255 - a
	pix[0] = uint8((uint32(c.R)*a + uint32(pix[0])*b + 127) / 255)
	pix[1] = uint8((uint32(c.G)*a + uint32(pix[1])*b + 127) / 255)
	pix[2] = uint8((uint32(c.B)*a + uint32(pix[2])*b + 127) / 255)
	pix[3] = uint8((255*a + uint32(pix[3])*b + 127) / 255)
}

// round paints a rectangle with round corners, smooth at the edge.
func (p *painter) round(r image.Rectangle, radius float32, c color.NRGBA) {
	n := int(math.Ceil(float64(radius)))
	if 2*n > r.Dx() || 2*n > r.Dy() {
		n = min(r.Dx(), r.Dy()) / 2
		radius = min(radius, float32(min(r.Dx(), r.Dy()))/2)
	}
	if n <= 0 {
		p.fill(r, c)
		return
	}
	p.fill(image.Rect(r.Min.X, r.Min.Y+n, r.Max.X, r.Max.Y-n), c)
	p.fill(image.Rect(r.Min.X+n, r.Min.Y, r.Max.X-n, r.Min.Y+n), c)
	p.fill(image.Rect(r.Min.X+n, r.Max.Y-n, r.Max.X-n, r.Max.Y), c)
	for dy := range n {
		for dx := range n {
			cover := cornerCover(dx, dy, radius)
			if cover == 0 {
				continue
			}
			p.dot(r.Min.X+dx, r.Min.Y+dy, c, cover)
			p.dot(r.Max.X-1-dx, r.Min.Y+dy, c, cover)
			p.dot(r.Min.X+dx, r.Max.Y-1-dy, c, cover)
			p.dot(r.Max.X-1-dx, r.Max.Y-1-dy, c, cover)
		}
	}
}

// cornerCover is how much of a corner pixel lies inside the arc, 0..255.
func cornerCover(dx, dy int, radius float32) uint32 {
	x, y := float64(radius)-float64(dx)-0.5, float64(radius)-float64(dy)-0.5
	d := float64(radius) + 0.5 - math.Sqrt(x*x+y*y)
	return uint32(math.Round(255 * min(1, max(0, d))))
}

func (p *painter) dot(x, y int, c color.NRGBA, cover uint32) {
	if image.Pt(x, y).In(p.clip) {
		p.blend(p.img.PixOffset(x, y), c, cover)
	}
}

// frame paints a round rectangle with a border of w pixels.
func (p *painter) frame(r image.Rectangle, radius float32, w int, border, inside color.NRGBA) {
	p.round(r, radius, border)
	p.round(r.Inset(w), max(0, radius-float32(w)), inside)
}

// mask paints a coverage mask in one colour.
func (p *painter) mask(pix []uint8, w, h, x, y int, c color.NRGBA) {
	box := image.Rect(x, y, x+w, y+h)
	r := box.Intersect(p.clip)
	if r.Empty() {
		return
	}
	for yy := r.Min.Y; yy < r.Max.Y; yy++ {
		row := pix[(yy-y)*w+(r.Min.X-x) : (yy-y)*w+(r.Max.X-x)]
		o := p.img.PixOffset(r.Min.X, yy)
		for _, cover := range row {
			if cover != 0 {
				p.blend(o, c, uint32(cover))
			}
			o += 4
		}
	}
}

// style is how a text looks: its size in units and whether it is Medium.
type style struct {
	size float32
	bold bool
}

func (p *painter) face(s style) *face {
	i := 0
	if s.bold {
		i = 1
	}
	return p.types.face(p.fonts[i], s.size*p.scale, s.bold)
}

// baseline is where text of a size stands so that it looks centred around cy:
// Han fills 0.88 em above and 0.12 below, capitals 0.73 above.
func baseline(cy int, px float32) int { return cy + int(math.Round(float64(px)*0.365)) }

// text draws s from x and returns where it ends, in pixels.
func (p *painter) text(s string, st style, x, cy int, c color.NRGBA) int {
	f := p.face(st)
	base := baseline(cy, st.size*p.scale)
	pen := int32(x) << 6
	p.types.mu.Lock()
	defer p.types.mu.Unlock()
	for _, r := range s {
		if r != ' ' && r != '　' {
			g := p.types.glyph(f, r, uint8(pen>>4)&3)
			if g.w > 0 {
				p.mask(g.pix, g.w, g.h, int(pen>>6)+g.x, base+g.y, c)
			}
		}
		pen += int32(f.width(r))
	}
	return int((pen + 63) >> 6)
}

// textIn draws s inside x..x+w, cut with an ellipsis, aligned; it returns where it starts and ends.
func (p *painter) textIn(s string, st style, x, w, cy int, a Align, c color.NRGBA) (from, to int) {
	if s == "" || w <= 0 {
		return x, x
	}
	f := p.face(st)
	cut := p.types.cut(f, s, w)
	switch a {
	case Right:
		x += w - f.pixels(cut)
	case Center:
		x += (w - f.pixels(cut)) / 2
	}
	return x, p.text(cut, st, x, cy, c)
}

// icon draws an icon of size units with its corner at x,y.
func (p *painter) icon(name string, size float32, x, y int, c color.NRGBA) {
	n := p.px(size)
	pix := p.types.icon(name, n)
	if pix != nil {
		p.mask(pix, n, n, x, y, c)
	}
}

// polyline draws a smooth line of a thickness through points, all in pixels, with
// round ends and joins.
func (p *painter) polyline(points [][2]float32, width float32, c color.NRGBA) {
	if len(points) == 0 {
		return
	}
	minX, minY, maxX, maxY := points[0][0], points[0][1], points[0][0], points[0][1]
	for _, q := range points {
		minX, maxX = min(minX, q[0]), max(maxX, q[0])
		minY, maxY = min(minY, q[1]), max(maxY, q[1])
	}
	grow := width/2 + 1
	box := image.Rect(int(minX-grow), int(minY-grow), int(maxX+grow)+1, int(maxY+grow)+1).Intersect(p.clip)
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			d := lineDistance(points, float32(x)+0.5, float32(y)+0.5)
			if cover := width/2 + 0.5 - d; cover > 0 {
				p.blend(p.img.PixOffset(x, y), c, uint32(255*min(cover, 1)))
			}
		}
	}
}

// lineDistance is how far a point is from the nearest piece of a line.
func lineDistance(points [][2]float32, x, y float32) float32 {
	best := float32(math.MaxFloat32)
	for i := range points {
		a, b := points[max(0, i-1)], points[i]
		dx, dy := b[0]-a[0], b[1]-a[1]
		t := float32(0)
		if l := dx*dx + dy*dy; l > 0 {
			t = min(1, max(0, ((x-a[0])*dx+(y-a[1])*dy)/l))
		}
		ex, ey := x-a[0]-t*dx, y-a[1]-t*dy
		best = min(best, ex*ex+ey*ey)
	}
	return float32(math.Sqrt(float64(best)))
}

// brush is a painter with the look of the moment: palette and sizes.
type brush struct {
	painter
	pal  *theme.Palette
	m    theme.Metrics
	line int // thickness of a hairline in pixels
}

// newBrush prepares drawing into img.
func newBrush(img *image.RGBA, scale float32) brush {
	th := theme.Current()
	b := brush{
		painter: painter{
			img: img, clip: img.Rect, scale: scale, types: sharedTypeset(),
			fonts: [2]fyne.Resource{th.Font(fyne.TextStyle{}), th.Font(fyne.TextStyle{Bold: true})},
		},
		pal: th.Palette(), m: th.Metrics(),
	}
	b.line = max(1, b.px(1))
	return b
}

// u turns units of the design at text scale 1 into pixels: what must grow with the text.
func (p *brush) u(units float32) int { return p.px(units * p.m.Scale) }

func (p *brush) body() style   { return style{size: p.m.Body} }
func (p *brush) small() style  { return style{size: p.m.Small} }
func (p *brush) strong() style { return style{size: p.m.Body, bold: true} }

// within draws fn clipped to a rectangle.
func (p *brush) within(r image.Rectangle, fn func()) {
	old := p.clip
	p.clip = old.Intersect(r)
	fn()
	p.clip = old
}

// textWidth is the width of a text in units, rounded up.
func textWidth(s string, st style) float32 {
	res := theme.Current().Font(fyne.TextStyle{Bold: st.bold})
	return float32(sharedTypeset().face(res, st.size, st.bold).pixels(s))
}

// rasterScale is how many pixels a unit is for an object whose raster is w pixels
// wide. The canvas knows it exactly; w divided by the width is off by rounding,
// which would give every button a font size of its own.
func rasterScale(o fyne.CanvasObject, w int) float32 {
	guess := float32(w) / max(o.Size().Width, 1)
	if app := fyne.CurrentApp(); app != nil {
		if c := app.Driver().CanvasForObject(o); c != nil {
			for _, s := range []float32{c.Scale(), 2 * c.Scale()} { // 2: a Mac's doubled pixels
				if d := guess/s - 1; d < 0.04 && d > -0.04 {
					return s
				}
			}
		}
	}
	return guess
}

// colour is short for the palette's colours.
type colour = color.NRGBA

package kit

import (
	"image"
	"image/color"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"zhanggui/ui/theme"
)

// typeset draws text into a raster from a cache of glyph masks. All grids of the
// window share one, because the masks of a few hundred Han characters take
// longer to make than a page takes to draw.
type typeset struct {
	mu    sync.Mutex // guards everything below and the faces' maps; held for one text at a time
	fonts map[fyne.Resource]*opentype.Font
	faces map[faceKey]*face
	cuts  map[cutKey]string
	icons map[iconKey][]uint8
}

type faceKey struct {
	font fyne.Resource
	px64 int // size in 1/64 pixel
}

// face is one font at one pixel size.
type face struct {
	types   *typeset
	otf     font.Face
	outline *opentype.Font
	glyphs  map[glyphKey]*glyph
	widths  map[rune]fixed.Int26_6
	px      float32
	bold    bool
}

type glyphKey struct {
	r   rune
	sub uint8 // quarter of a pixel the glyph starts at
}

// glyph is a mask and where it stands from the pen's pixel.
type glyph struct {
	pix  []uint8
	w, h int
	x, y int
}

type cutKey struct {
	text string
	face *face
	px   int
}

// Limits of the caches; a window in use stays far below them (a page of orders
// has some 600 glyphs), so they are emptied whole instead of aged.
const (
	glyphLimit = 12000
	cutLimit   = 8000
)

func newTypeset() *typeset {
	return &typeset{
		fonts: map[fyne.Resource]*opentype.Font{}, faces: map[faceKey]*face{}, cuts: map[cutKey]string{},
		icons: map[iconKey][]uint8{},
	}
}

// sharedTypeset is the glyph cache of the process.
var sharedTypeset = sync.OnceValue(newTypeset)

// face gives the font at a pixel size. A font that cannot be read is a
// programmer's error: it is embedded.
func (t *typeset) face(res fyne.Resource, px float32, bold bool) *face {
	t.mu.Lock()
	defer t.mu.Unlock()
	key := faceKey{res, int(px*64 + 0.5)}
	if f, ok := t.faces[key]; ok {
		return f
	}
	outline, ok := t.fonts[res]
	if !ok {
		var err error
		if outline, err = opentype.Parse(res.Content()); err != nil {
			panic("kit: embedded font: " + err.Error())
		}
		t.fonts[res] = outline
	}
	otf, err := opentype.NewFace(outline, &opentype.FaceOptions{Size: float64(key.px64) / 64, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		panic("kit: embedded font: " + err.Error())
	}
	f := &face{
		types: t, otf: otf, outline: outline, px: px, bold: bold,
		glyphs: map[glyphKey]*glyph{}, widths: map[rune]fixed.Int26_6{},
	}
	t.faces[key] = f
	return f
}

// width of a rune; one the font lacks counts as a full square, which is right for Han.
func (f *face) width(r rune) fixed.Int26_6 {
	if w, ok := f.widths[r]; ok {
		return w
	}
	w, ok := f.otf.GlyphAdvance(r)
	if !ok || f.missing(r) {
		w = fixed.Int26_6(f.px * 64)
	}
	f.widths[r] = w
	return w
}

func (f *face) missing(r rune) bool {
	i, err := f.outline.GlyphIndex(nil, r)
	return err != nil || i == 0
}

// measure is the width of a text in 1/64 pixels.
func (f *face) measure(s string) fixed.Int26_6 {
	var w fixed.Int26_6
	for _, r := range s {
		w += f.width(r)
	}
	return w
}

// pixels is the width of a text in whole pixels, rounded up.
func (f *face) pixels(s string) int {
	f.types.mu.Lock()
	defer f.types.mu.Unlock()
	return f.measure(s).Ceil()
}

// cut shortens a text to px pixels with an ellipsis; the result is cached by text and width.
func (t *typeset) cut(f *face, s string, px int) string {
	if len(s)*2 < px/int(f.px+1) { // far too short to need measuring
		return s
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	key := cutKey{s, f, px}
	if c, ok := t.cuts[key]; ok {
		return c
	}
	if len(t.cuts) >= cutLimit {
		t.cuts = map[cutKey]string{}
	}
	c := f.ellipsis(s, px)
	t.cuts[key] = c
	return c
}

const dots = '…'

// ellipsis is the longest start of s that fits px together with "…", or s itself
// when it fits; "" when not even the dots do.
func (f *face) ellipsis(s string, px int) string {
	room := fixed.I(px)
	if f.measure(s) <= room {
		return s
	}
	room -= f.width(dots)
	if room < 0 {
		return ""
	}
	var w fixed.Int26_6
	for i, r := range s {
		if w += f.width(r); w > room {
			for i > 0 && s[i-1] == ' ' { // no blank before the dots
				i--
			}
			return s[:i] + string(dots)
		}
	}
	return s
}

// glyph gives the mask of a rune that starts sub quarters of a pixel after the pen.
func (t *typeset) glyph(f *face, r rune, sub uint8) *glyph {
	key := glyphKey{r, sub}
	if g, ok := f.glyphs[key]; ok {
		return g
	}
	if len(f.glyphs) >= glyphLimit {
		f.glyphs = map[glyphKey]*glyph{}
	}
	g := f.draw(r, sub)
	if g == nil {
		g = strayGlyph(f, r)
	}
	f.glyphs[key] = g
	return g
}

// draw makes the mask; nil when the font has no such rune.
func (f *face) draw(r rune, sub uint8) *glyph {
	if f.missing(r) {
		return nil
	}
	dot := fixed.Point26_6{X: fixed.Int26_6(sub) * 16}
	box, mask, at, _, ok := f.otf.Glyph(dot, r)
	if !ok {
		return nil
	}
	g := &glyph{w: box.Dx(), h: box.Dy(), x: box.Min.X, y: box.Min.Y}
	g.pix = make([]uint8, g.w*g.h)
	if alpha, is := mask.(*image.Alpha); is {
		for y := range g.h {
			from := alpha.PixOffset(at.X, at.Y+y)
			copy(g.pix[y*g.w:(y+1)*g.w], alpha.Pix[from:from+g.w])
		}
	}
	return g
}

type iconKey struct {
	name string
	px   int
}

// icon gives the coverage mask of an icon of LOOK §12 at px × px pixels.
func (t *typeset) icon(name string, px int) []uint8 {
	t.mu.Lock()
	defer t.mu.Unlock()
	key := iconKey{name, px}
	if pix, ok := t.icons[key]; ok {
		return pix
	}
	img := canvas.NewImageFromResource(theme.IconIn(name, color.NRGBA{A: 255}))
	pix, w, h := coverage(img, fyne.NewSquareSize(float32(px)))
	if w != px || h != px {
		pix = nil
	}
	t.icons[key] = pix
	return pix
}

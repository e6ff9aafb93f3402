package kit

import (
	"image"
	"image/color"
	"strings"
	"testing"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"zhanggui/ui/theme"
)

func bodyFace(px float32) *face {
	return sharedTypeset().face(theme.New(theme.LightMode, 1).Font(fyne.TextStyle{}), px, false)
}

func TestEllipsis_FitsAndKeepsTheStart(t *testing.T) {
	t.Parallel()
	f := bodyFace(13)
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOfN(rapid.SampledFrom([]rune("保温杯雨伞长柄藏青 750ml×2AWi.")), 0, 40, -1).Draw(t, "s")
		px := rapid.IntRange(0, 400).Draw(t, "px")

		cut := sharedTypeset().cut(f, s, px)

		require.LessOrEqual(t, f.pixels(cut), px)
		if f.pixels(s) <= px {
			require.Equal(t, s, cut)
			return
		}
		if cut != "" {
			require.True(t, strings.HasSuffix(cut, "…"))
			require.True(t, strings.HasPrefix(s, strings.TrimSuffix(cut, "…")))
			require.False(t, strings.HasSuffix(cut, " …"))
		}
	})
}

func TestEllipsis_LosesNoMoreThanNeeded(t *testing.T) {
	t.Parallel()
	f := bodyFace(13)
	require.Equal(t, "保温杯 75…", sharedTypeset().cut(f, "保温杯 750ml 墨黑", f.pixels("保温杯 75…")))
	require.Equal(t, "", sharedTypeset().cut(f, "保温杯", 3))
}

func TestFace_DigitsAreTabular_HanSquare(t *testing.T) {
	t.Parallel()
	f := bodyFace(13)
	require.Equal(t, f.pixels("1111111111"), f.pixels("0987654321"))
	require.Equal(t, 130, f.pixels("保温杯雨伞长柄藏青色"))
	require.Equal(t, 13, f.pixels("𰻝"), "a rune the font lacks counts as a square")
	require.True(t, f.missing('𰻝'))
	require.False(t, f.missing('掌'))
}

func TestPainter_Text_DrawsInsideItsWidth(t *testing.T) {
	t.Parallel()
	img := image.NewRGBA(image.Rect(0, 0, 200, 40))
	b := newBrush(img, 1)

	from, to := b.textIn("雨伞 12.50", style{size: 13}, 20, 100, 20, Right, color.NRGBA{A: 255})

	require.Equal(t, 120, to)
	left, right, inked := 200, 0, 0
	for y := range 40 {
		for x := range 200 {
			if img.RGBAAt(x, y).A > 0 {
				left, right, inked = min(left, x), max(right, x), inked+1
			}
		}
	}
	require.Greater(t, inked, 80)
	require.GreaterOrEqual(t, left, from-1)
	require.LessOrEqual(t, right, 120)
}

func TestPainter_Clip_StopsEverything(t *testing.T) {
	t.Parallel()
	img := image.NewRGBA(image.Rect(0, 0, 60, 40))
	b := newBrush(img, 1)
	ink := color.NRGBA{R: 200, A: 255}

	b.within(image.Rect(10, 10, 20, 20), func() {
		b.fill(image.Rect(-5, -5, 100, 100), ink)
		b.text("雨伞", style{size: 20}, -5, 15, ink)
		b.round(image.Rect(0, 0, 60, 40), 8, ink)
		b.polyline([][2]float32{{-10, -10}, {90, 70}}, 5, ink)
		b.icon("ok", 16, 5, 5, ink)
	})

	for y := range 40 {
		for x := range 60 {
			if !image.Pt(x, y).In(image.Rect(10, 10, 20, 20)) {
				require.Zero(t, img.RGBAAt(x, y).A, "%d,%d", x, y)
			}
		}
	}
	require.EqualValues(t, 255, img.RGBAAt(15, 15).A)
}

func TestPainter_Round_BlendsOverNothing(t *testing.T) {
	t.Parallel()
	img := image.NewRGBA(image.Rect(0, 0, 40, 40))
	b := newBrush(img, 1)

	b.round(img.Rect, 8, color.NRGBA{R: 100, G: 50, B: 20, A: 255})

	require.Zero(t, img.RGBAAt(0, 0).A, "the corner stays see-through")
	require.Equal(t, color.RGBA{R: 100, G: 50, B: 20, A: 255}, img.RGBAAt(20, 20))
	edge := img.RGBAAt(2, 2)
	require.LessOrEqual(t, edge.R, edge.A, "premultiplied")
}

func TestIcon_EveryNameOfTheGrid_HasAMask(t *testing.T) {
	t.Parallel()
	for _, s := range theme.Statuses {
		pix := sharedTypeset().icon(string(s), 14)
		require.Len(t, pix, 14*14, string(s))
		sum := 0
		for _, v := range pix {
			sum += int(v)
		}
		require.Greater(t, sum, 14*255, string(s))
	}
}

func TestWrap_BreaksBetweenHanAndWords(t *testing.T) {
	t.Parallel()
	f := bodyFace(13)
	lines := wrap(f, "差额等于应收的 10%。Please check the settings, then retry.\n第二段", 120)
	require.Equal(t, "第二段", lines[len(lines)-1])
	for _, l := range lines {
		require.LessOrEqual(t, f.pixels(l), 121, l)
		r, _ := utf8.DecodeRuneInString(l)
		require.NotContains(t, "，。、；", string(r), "no line begins with closing punctuation")
	}
	require.Equal(t, strings.ReplaceAll("差额等于应收的10%。Pleasecheckthesettings,thenretry.第二段", " ", ""), strings.ReplaceAll(strings.Join(lines, ""), " ", ""))
	require.Equal(t, []string{""}, wrap(f, "", 100))
	require.Equal(t, []string{"三", "折", "伞"}, wrap(f, "三折伞", 5), "narrower than a letter still ends")
}

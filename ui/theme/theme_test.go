package theme_test

import (
	"image/color"
	"math"
	"reflect"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"
	base "fyne.io/fyne/v2/theme"
	"github.com/stretchr/testify/require"

	"zhanggui/app/auth"
	"zhanggui/assets"
	"zhanggui/ui/theme"
)

var white = color.NRGBA{R: 0xFF, G: 0xFF, B: 0xFF, A: 0xFF}

// contrast is the ratio of WCAG 2.
func contrast(a, b color.NRGBA) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func luminance(c color.NRGBA) float64 {
	line := func(v uint8) float64 {
		f := float64(v) / 255
		if f <= 0.04045 {
			return f / 12.92
		}
		return math.Pow((f+0.055)/1.055, 2.4)
	}
	return 0.2126*line(c.R) + 0.7152*line(c.G) + 0.0722*line(c.B)
}

func palettes() []*theme.Palette { return []*theme.Palette{theme.Light(), theme.DarkPalette()} }

func TestContrast_TextOnEverySurfaceAndTint_AsLookPromises(t *testing.T) {
	t.Parallel()
	for _, p := range palettes() {
		grounds := []color.NRGBA{p.Background, p.Surface, p.Raised, p.Selected, p.Marked, p.Hover}
		for _, s := range theme.Statuses {
			if s != theme.Blocked {
				grounds = append(grounds, p.Status(s).Tint)
			}
		}
		for _, g := range grounds {
			require.GreaterOrEqual(t, contrast(p.Text, g), 10.6, "%s text on %v", p.Name, g)
			require.GreaterOrEqual(t, contrast(p.TextMuted, g), 5.3, "%s muted on %v", p.Name, g)
		}
		require.GreaterOrEqual(t, contrast(p.LineInput, p.Surface), 3.1, p.Name)
		require.GreaterOrEqual(t, contrast(p.OnPrimary, p.Primary), 4.5, p.Name)
		require.GreaterOrEqual(t, contrast(p.Primary, p.Surface), 4.5, p.Name)
	}
}

func TestContrast_StatusInks_AtLeastFive(t *testing.T) {
	t.Parallel()
	for _, p := range palettes() {
		for _, s := range theme.Statuses {
			tone := p.Status(s)
			grounds := []color.NRGBA{tone.Tint}
			if s != theme.Blocked {
				grounds = append(grounds, p.Surface, p.Raised, p.Selected)
			}
			for _, g := range grounds {
				require.GreaterOrEqual(t, contrast(tone.Ink, g), 5.0, "%s %s on %v", p.Name, s, g)
			}
		}
	}
}

func TestContrast_RolesAndSeries_AsLookPromises(t *testing.T) {
	t.Parallel()
	for _, r := range auth.Roles {
		require.GreaterOrEqual(t, contrast(white, theme.Role(r)), 5.7, r)
	}
	for n := 1; n <= 8; n++ {
		for _, p := range palettes() {
			require.GreaterOrEqual(t, contrast(theme.Series(n), p.Surface), 3.0, "%d on %s", n, p.Name)
		}
	}
}

func TestChannel_FixedColours_OthersShareTheLast(t *testing.T) {
	t.Parallel()
	require.Equal(t, theme.Series(1), theme.Channel("jd"))
	require.Equal(t, theme.Series(5), theme.Channel("tmall"))
	require.Equal(t, theme.Series(8), theme.Channel("weidian"))
	require.Equal(t, theme.Role(auth.Supervisor), theme.Role(auth.System))
}

func TestMetrics_EveryScale_WholeHeights(t *testing.T) {
	t.Parallel()
	for scale := theme.ScaleMin; scale <= theme.ScaleMax; scale += 0.05 {
		v := reflect.ValueOf(theme.New(theme.LightMode, scale).Metrics())
		for i := 0; i < v.NumField(); i++ {
			switch name := v.Type().Field(i).Name; name {
			case "Scale", "Tiny", "Small", "Body", "Pane", "Title", "Heading", "Tile":
			default:
				f := v.Field(i).Float()
				require.Equal(t, math.Trunc(f), f, "%s at %v", name, scale)
			}
		}
	}
	m := theme.New(theme.LightMode, 0).Metrics()
	require.Equal(t, []float32{28, 28, 24, 13, 11}, []float32{m.Row, m.Header, m.StatusBar, m.Body, m.Tiny})
	require.Equal(t, theme.ScaleMax, theme.New(theme.LightMode, 9).Metrics().Scale)
	require.Equal(t, theme.ScaleMin, theme.New(theme.LightMode, 0.1).Metrics().Scale)
}

func TestTheme_MapOfLook_NamesToTokens(t *testing.T) {
	t.Parallel()
	th := theme.New(theme.System, 1)
	for variant, p := range map[fyne.ThemeVariant]*theme.Palette{
		base.VariantLight: theme.Light(), base.VariantDark: theme.DarkPalette(),
	} {
		for name, want := range map[fyne.ThemeColorName]color.NRGBA{
			base.ColorNameBackground: p.Background, base.ColorNameInputBackground: p.Surface,
			base.ColorNameMenuBackground: p.Surface, base.ColorNameOverlayBackground: p.Surface,
			base.ColorNameHeaderBackground: p.Raised, base.ColorNameButton: p.Raised,
			base.ColorNameSeparator: p.Line, base.ColorNameInputBorder: p.LineInput,
			base.ColorNameForeground: p.Text, base.ColorNamePlaceHolder: p.TextMuted,
			base.ColorNameDisabled: p.TextMuted, base.ColorNamePrimary: p.Primary,
			base.ColorNameHyperlink: p.Primary, base.ColorNameForegroundOnPrimary: p.OnPrimary,
			base.ColorNameSelection: p.Selected, base.ColorNameSuccess: p.Status(theme.OK).Ink,
			base.ColorNameWarning: p.Status(theme.Warn).Ink, base.ColorNameError: p.Status(theme.Urgent).Ink,
			base.ColorNameScrollBar: p.Axis, base.ColorNameShadow: {},
		} {
			require.Equal(t, want, th.Color(name, variant), "%s %s", p.Name, name)
		}
		require.Less(t, distance(over(th.Color(base.ColorNameHover, variant).(color.NRGBA), p.Surface), p.Hover), 4, p.Name)
	}
	require.Equal(t, theme.New(theme.DarkMode, 1).Color(base.ColorNameBackground, base.VariantLight), theme.DarkPalette().Background)
	require.Equal(t, theme.New(theme.LightMode, 1).Color(base.ColorNameBackground, base.VariantDark), theme.Light().Background)
}

// over lays a see-through colour on a ground.
func over(c, ground color.NRGBA) color.NRGBA {
	mix := func(a, b uint8) uint8 { return uint8((int(a)*int(c.A) + int(b)*(255-int(c.A))) / 255) }
	return color.NRGBA{R: mix(c.R, ground.R), G: mix(c.G, ground.G), B: mix(c.B, ground.B), A: 255}
}

func distance(a, b color.NRGBA) int {
	d := func(x, y uint8) int { return int(math.Abs(float64(x) - float64(y))) }
	return max(d(a.R, b.R), d(a.G, b.G), d(a.B, b.B))
}

func TestTheme_Sizes_ScaleTextsOnly(t *testing.T) {
	t.Parallel()
	one, big := theme.New(theme.LightMode, 1), theme.New(theme.LightMode, 1.5)
	for name, want := range map[fyne.ThemeSizeName]float32{
		base.SizeNameText: 13, base.SizeNameCaptionText: 11, base.SizeNameSubHeadingText: 15, base.SizeNameHeadingText: 20,
		base.SizeNameInlineIcon: 16, base.SizeNamePadding: 4, base.SizeNameInnerPadding: 6,
		base.SizeNameSeparatorThickness: 1, base.SizeNameInputRadius: 4, base.SizeNameSelectionRadius: 0,
		base.SizeNameScrollBar: 8, base.SizeNameScrollBarSmall: 5,
	} {
		require.Equal(t, want, one.Size(name), name)
	}
	require.Equal(t, float32(19.5), big.Size(base.SizeNameText))
	require.Equal(t, float32(4), big.Size(base.SizeNamePadding))
}

func TestTheme_Font_MediumForBoldAndSameEachTime(t *testing.T) {
	t.Parallel()
	th := theme.New(theme.LightMode, 1)
	require.Equal(t, assets.FontRegular, th.Font(fyne.TextStyle{}).Content())
	require.Equal(t, assets.FontMedium, th.Font(fyne.TextStyle{Bold: true}).Content())
	require.Same(t, th.Font(fyne.TextStyle{}), theme.New(theme.DarkMode, 2).Font(fyne.TextStyle{Italic: true}))
	require.Equal(t, base.DefaultTheme().Font(fyne.TextStyle{Monospace: true}), th.Font(fyne.TextStyle{Monospace: true}))
}

func TestIcon_TokenAndAppearance_ColouredAndCached(t *testing.T) {
	t.Parallel()
	p := theme.Light()
	icon := p.Icon("truck", theme.MutedToken)
	require.Contains(t, string(icon.Content()), "#54606B")
	require.NotContains(t, string(icon.Content()), "currentColor")
	require.Same(t, icon, p.Icon("truck", theme.MutedToken))
	require.NotEqual(t, icon.Name(), theme.DarkPalette().Icon("truck", theme.MutedToken).Name())
	require.True(t, strings.HasSuffix(icon.Name(), ".svg"))
	require.Equal(t, p.Icon("urgent", theme.TextToken).Content(), p.Icon("no such icon", theme.TextToken).Content())
	require.Contains(t, string(theme.IconIn("blocked", white).Content()), "#FFFFFF")
	require.Equal(t, p.Status(theme.Warn).Ink, p.Colour(theme.Warn.Token()))
	require.Equal(t, p.Status(theme.Blocked).Fill, p.Colour(theme.Blocked.Token()))
	require.Equal(t, p.Text, p.Colour("nothing"))
	require.NotEmpty(t, theme.AppIcon().Content())
}

// Fyne's painter leaves out what it cannot draw and says so only in the log, so
// each icon is drawn and must put ink on the canvas.
func TestIcons_DrawnByFyne_LeaveInk(t *testing.T) {
	test.NewTempApp(t)
	for _, name := range assets.Icons() {
		img := canvas.NewImageFromResource(theme.Light().Icon(name, theme.TextToken))
		c := software.NewTransparentCanvas()
		c.SetPadded(false)
		c.SetContent(img)
		c.Resize(fyne.NewSize(32, 32))
		picture := c.Capture()
		inked := 0
		for y := 0; y < 32; y++ {
			for x := 0; x < 32; x++ {
				if _, _, _, a := picture.At(x, y).RGBA(); a > 0x8000 {
					inked++
				}
			}
		}
		require.Greater(t, inked, 25, name)
		require.Less(t, inked, 900, name)
	}
}

func TestCurrent_OursOrForeign_PaletteFollows(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(base.DefaultTheme())
	require.Equal(t, theme.LightMode, theme.Current().Mode())
	require.Equal(t, "light", theme.Current().Palette().Name)

	app.Settings().SetTheme(theme.New(theme.DarkMode, 1.25))
	require.Equal(t, "dark", theme.Current().Palette().Name)
	require.True(t, theme.Current().Palette().Dark())
	require.Equal(t, float32(35), theme.Current().Metrics().Row)
}

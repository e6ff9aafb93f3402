package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"

	"zhanggui/assets"
)

// Mode is the person's choice of appearance.
type Mode string

// The modes.
const (
	System    Mode = "system" // as the computer says
	LightMode Mode = "light"
	DarkMode  Mode = "dark"
)

// Theme is our look for Fyne's widgets. It never changes: another mode or scale
// is another Theme given to the app's settings.
type Theme struct {
	mode    Mode
	metrics Metrics
}

var _ fyne.Theme = (*Theme)(nil)

// New makes the theme. scale is the text scale, held between ScaleMin and
// ScaleMax; 0 means 1.
func New(mode Mode, scale float32) *Theme {
	if scale == 0 {
		scale = 1
	}
	return &Theme{mode: mode, metrics: metricsAt(min(max(scale, ScaleMin), ScaleMax))}
}

// fallback is what Current gives when the app runs with a foreign theme.
var fallback = New(LightMode, 1)

// Current is the running app's theme, or the light one at scale 1 when the app
// has none of ours (tests of single widgets).
func Current() *Theme {
	if app := fyne.CurrentApp(); app != nil {
		if t, ok := app.Settings().Theme().(*Theme); ok {
			return t
		}
	}
	return fallback
}

// Mode is the chosen appearance.
func (t *Theme) Mode() Mode { return t.mode }

// Metrics are the sizes at the theme's text scale.
func (t *Theme) Metrics() Metrics { return t.metrics }

// Palette is the appearance to draw with now; System asks the app's settings.
func (t *Theme) Palette() *Palette {
	variant := base.VariantLight
	if app := fyne.CurrentApp(); app != nil && t.mode == System {
		variant = app.Settings().ThemeVariant()
	}
	return t.palette(variant)
}

func (t *Theme) palette(variant fyne.ThemeVariant) *Palette {
	if t.mode == DarkMode || (t.mode == System && variant == base.VariantDark) {
		return &dark
	}
	return &light
}

// Color maps Fyne's names to our tokens (LOOK §12). Hover, focus and pressed
// are see-through: Fyne lays them over a button of any colour, and over the
// surface they come out as the token.
func (t *Theme) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	p := t.palette(variant)
	if pick, ok := colours[name]; ok {
		return pick(p)
	}
	return base.DefaultTheme().Color(name, t.variant(p))
}

func (t *Theme) variant(p *Palette) fyne.ThemeVariant {
	if p.Dark() {
		return base.VariantDark
	}
	return base.VariantLight
}

var colours = map[fyne.ThemeColorName]func(*Palette) color.NRGBA{
	base.ColorNameBackground:                func(p *Palette) color.NRGBA { return p.Background },
	base.ColorNameInputBackground:           func(p *Palette) color.NRGBA { return p.Surface },
	base.ColorNameMenuBackground:            func(p *Palette) color.NRGBA { return p.Surface },
	base.ColorNameOverlayBackground:         func(p *Palette) color.NRGBA { return p.Surface },
	base.ColorNameHeaderBackground:          func(p *Palette) color.NRGBA { return p.Raised },
	base.ColorNameButton:                    func(p *Palette) color.NRGBA { return p.Raised },
	base.ColorNameDisabledButton:            func(p *Palette) color.NRGBA { return p.Raised },
	base.ColorNameSeparator:                 func(p *Palette) color.NRGBA { return p.Line },
	base.ColorNameInnerWindowBorder:         func(p *Palette) color.NRGBA { return p.Line },
	base.ColorNameInnerWindowBorderInactive: func(p *Palette) color.NRGBA { return p.Line },
	base.ColorNameInputBorder:               func(p *Palette) color.NRGBA { return p.LineInput },
	base.ColorNameForeground:                func(p *Palette) color.NRGBA { return p.Text },
	base.ColorNamePlaceHolder:               func(p *Palette) color.NRGBA { return p.TextMuted },
	base.ColorNameDisabled:                  func(p *Palette) color.NRGBA { return p.TextMuted },
	base.ColorNamePrimary:                   func(p *Palette) color.NRGBA { return p.Primary },
	base.ColorNameHyperlink:                 func(p *Palette) color.NRGBA { return p.Primary },
	base.ColorNameFocus:                     func(p *Palette) color.NRGBA { return thin(p.Primary, 0x40) },
	base.ColorNameForegroundOnPrimary:       func(p *Palette) color.NRGBA { return p.OnPrimary },
	base.ColorNameForegroundOnSuccess:       func(p *Palette) color.NRGBA { return p.Surface },
	base.ColorNameForegroundOnWarning:       func(p *Palette) color.NRGBA { return p.Surface },
	base.ColorNameForegroundOnError:         func(p *Palette) color.NRGBA { return p.Surface },
	base.ColorNameSelection:                 func(p *Palette) color.NRGBA { return p.Selected },
	base.ColorNameHover:                     hover,
	base.ColorNamePressed:                   func(p *Palette) color.NRGBA { return thin(p.Text, 0x24) },
	base.ColorNameSuccess:                   func(p *Palette) color.NRGBA { return p.Status(OK).Ink },
	base.ColorNameWarning:                   func(p *Palette) color.NRGBA { return p.Status(Warn).Ink },
	base.ColorNameError:                     func(p *Palette) color.NRGBA { return p.Status(Urgent).Ink },
	base.ColorNameScrollBar:                 func(p *Palette) color.NRGBA { return p.Axis },
	base.ColorNameScrollBarBackground:       func(*Palette) color.NRGBA { return color.NRGBA{} },
	base.ColorNameShadow:                    func(*Palette) color.NRGBA { return color.NRGBA{} },
}

// hover is the text colour so thin that over the surface it gives the hover token.
func hover(p *Palette) color.NRGBA {
	if p.Dark() {
		return thin(p.Text, 8)
	}
	return thin(p.Text, 11)
}

func thin(c color.NRGBA, alpha uint8) color.NRGBA {
	c.A = alpha
	return c
}

var (
	regular = fyne.NewStaticResource("NotoSansSC-Regular.ttf", assets.FontRegular)
	medium  = fyne.NewStaticResource("NotoSansSC-Medium.ttf", assets.FontMedium)
)

// Font gives Noto Sans SC: Regular, and Medium for bold (LOOK §2). There are no
// italics. The same resource comes back each time: Fyne's font cache asks for it.
func (t *Theme) Font(style fyne.TextStyle) fyne.Resource {
	switch {
	case style.Monospace, style.Symbol:
		return base.DefaultTheme().Font(style)
	case style.Bold:
		return medium
	}
	return regular
}

// Icon gives Fyne's own icons for Fyne's own widgets; ours come from Palette.Icon.
func (t *Theme) Icon(name fyne.ThemeIconName) fyne.Resource {
	return base.DefaultTheme().Icon(name)
}

// Size maps Fyne's names to our sizes; texts and icons follow the text scale.
func (t *Theme) Size(name fyne.ThemeSizeName) float32 {
	m := t.metrics
	switch name {
	case base.SizeNameText:
		return m.Body
	case base.SizeNameCaptionText:
		return m.Tiny
	case base.SizeNameSubHeadingText:
		return m.Pane
	case base.SizeNameHeadingText:
		return m.Heading
	case base.SizeNameInlineIcon:
		return m.Icon
	}
	if v, ok := sizes[name]; ok {
		return v
	}
	return base.DefaultTheme().Size(name)
}

var sizes = map[fyne.ThemeSizeName]float32{
	base.SizeNamePadding:            4,
	base.SizeNameInnerPadding:       6,
	base.SizeNameLineSpacing:        4,
	base.SizeNameSeparatorThickness: 1,
	base.SizeNameInputBorder:        1,
	base.SizeNameInputRadius:        4,
	base.SizeNameSelectionRadius:    0,
	base.SizeNameButtonRadius:       4,
	base.SizeNameMenuRadius:         4,
	base.SizeNamePopupRadius:        6,
	base.SizeNameCardRadius:         6,
	base.SizeNameDialogRadius:       8,
	base.SizeNameScrollBar:          8,
	base.SizeNameScrollBarSmall:     5,
	base.SizeNameScrollBarRadius:    3,
	base.SizeNameModalBlurRadius:    0,
}

package theme

import "math"

// Metrics are the sizes of LOOK §2 and §3 at one text scale, in Fyne units.
// Heights of rows are whole numbers: fractional rows drift in long tables.
type Metrics struct {
	Scale float32 // 1 is 13 px body text

	// Text sizes.
	Tiny, Small, Body, Pane, Title, Heading, Tile float32

	// Heights.
	Row, RowTall, FileCard, Header, Footer       float32
	Chips, Tabs, TopBar, ActionBar, StatusBar    float32
	Hint, Button, ButtonSmall, Input, Chip, Pill float32
	KeyCap, Check, Timeline                      float32

	// Icons and pictures.
	Icon, IconRail, IconStatus, PhotoSmall, Photo, PhotoBig float32

	// Widths.
	Rail, DetailPane, Dialog, DeadlineCell float32

	// Spaces.
	ScreenMargin, CellPadding, PanePadding, CardGap float32

	// Radii and lines, never scaled.
	RadiusControl, RadiusCard, RadiusDialog, LineWidth, FocusWidth float32
}

// ScaleMin and ScaleMax bound the text scale: under 0.8 text is below 9 px,
// over 2 the smallest window holds too little.
const (
	ScaleMin float32 = 0.8
	ScaleMax float32 = 2
)

func metricsAt(scale float32) Metrics {
	px := func(v float32) float32 { return float32(math.Round(float64(v * scale))) }
	text := func(v float32) float32 { return float32(math.Round(float64(v*scale)*2) / 2) }
	return Metrics{
		Scale: scale,
		Tiny:  text(11), Small: text(12), Body: text(13), Pane: text(15), Title: text(16), Heading: text(20), Tile: text(24),
		Row: px(28), RowTall: px(38), FileCard: px(54), Header: px(28), Footer: px(28),
		Chips: px(40), Tabs: px(36), TopBar: px(48), ActionBar: px(46), StatusBar: px(24),
		Hint: px(30), Button: px(30), ButtonSmall: px(24), Input: px(30), Chip: px(26), Pill: px(20),
		KeyCap: px(17), Check: px(14), Timeline: px(23),
		Icon: px(16), IconRail: px(20), IconStatus: px(14), PhotoSmall: px(36), Photo: px(44), PhotoBig: px(92),
		Rail: px(64), DetailPane: px(364), Dialog: px(560), DeadlineCell: px(152),
		ScreenMargin: px(12), CellPadding: px(6), PanePadding: px(14), CardGap: px(10),
		RadiusControl: 4, RadiusCard: 6, RadiusDialog: 8, LineWidth: 1, FocusWidth: 2,
	}
}

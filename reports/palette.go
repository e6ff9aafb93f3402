package reports

import (
	"fmt"
	"math"

	"github.com/wcharczuk/go-chart/v2/drawing"
)

// palette is the colours of a picture in one appearance; the values are those
// of LOOK §1 and §9, as ui/theme has them for the window.
type palette struct {
	surface, raised   drawing.Color
	text, muted       drawing.Color
	grid, axis        drawing.Color
	ok, info, warn    drawing.Color
	alert, urgent     drawing.Color
	heatLow, heatHigh drawing.Color
	onLow, onHigh     drawing.Color // text on the two ends of a heat map
}

var lightPalette = palette{
	surface: rgb(0xFFFFFF), raised: rgb(0xF5F7F8), text: rgb(0x1A2127), muted: rgb(0x54606B),
	grid: rgb(0xE3E7EA), axis: rgb(0xA9B3BC),
	ok: rgb(0x1F7040), info: rgb(0x2260A0), warn: rgb(0x7A5200), alert: rgb(0xA34408), urgent: rgb(0xB5271D),
	heatLow: rgb(0xEAF2F8), heatHigh: rgb(0x1F659A), onLow: rgb(0x0B0F12), onHigh: rgb(0xFFFFFF),
}

var darkPalette = palette{
	surface: rgb(0x191E23), raised: rgb(0x21272E), text: rgb(0xE3E7EB), muted: rgb(0x9DA9B4),
	grid: rgb(0x2B333A), axis: rgb(0x5A6670),
	ok: rgb(0x74C98F), info: rgb(0x86B6EE), warn: rgb(0xE9BC52), alert: rgb(0xF49A63), urgent: rgb(0xFF8E84),
	heatLow: rgb(0x1D2B38), heatHigh: rgb(0x6FB1E4), onLow: rgb(0xFFFFFF), onHigh: rgb(0x0B0F12),
}

// seriesColours are the eight colours of LOOK §9, the same in both appearances.
var seriesColours = [8]drawing.Color{
	rgb(0x2878B5), rgb(0xB88513), rgb(0xA182E9), rgb(0x57A26D),
	rgb(0xA35400), rgb(0x885886), rgb(0x407B51), rgb(0x7B8794),
}

// Colours of series by their place in LOOK §9, for Series.Colour.
const (
	ColourMain  = 1 // one series, "this period"
	ColourOther = 8 // "other", "last period"
)

// channelColours fixes the colour of the channels.
var channelColours = map[string]int{
	"jd": 1, "pdd": 2, "douyin": 3, "wechat": 4, "tmall": 5, "taobao": 5, "kuaishou": 6, "vip": 7,
}

// ChannelColour gives the fixed colour of a channel by its code, for
// Series.Colour and Chart.Colours; channels without one are ColourOther.
func ChannelColour(code string) int {
	if n, ok := channelColours[code]; ok {
		return n
	}
	return ColourOther
}

// seriesColour gives colour n counted from 1; outside it is the last.
func seriesColour(n int) drawing.Color {
	if n < 1 || n > len(seriesColours) {
		n = len(seriesColours)
	}
	return seriesColours[n-1]
}

func rgb(v uint32) drawing.Color {
	return drawing.Color{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 0xFF}
}

func hex(c drawing.Color) string { return fmt.Sprintf("%02X%02X%02X", c.R, c.G, c.B) }

// blend mixes two colours; part 0 is a, 1 is b.
func blend(a, b drawing.Color, part float64) drawing.Color {
	mix := func(x, y uint8) uint8 { return uint8(float64(x) + (float64(y)-float64(x))*part + 0.5) }
	return drawing.Color{R: mix(a.R, b.R), G: mix(a.G, b.G), B: mix(a.B, b.B), A: 0xFF}
}

// status gives the ink of a status of LOOK §1 by its name; ok is false for none.
func (p *palette) status(name string) (drawing.Color, bool) {
	switch name {
	case "ok":
		return p.ok, true
	case "info":
		return p.info, true
	case "warn":
		return p.warn, true
	case "alert":
		return p.alert, true
	case "urgent":
		return p.urgent, true
	}
	return p.muted, false
}

// contrast is the ratio of two colours' light, 1 to 21, as WCAG 2 has it.
func contrast(a, b drawing.Color) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(c drawing.Color) float64 {
	linear := func(v uint8) float64 {
		f := float64(v) / 255
		if f <= 0.04045 {
			return f / 12.92
		}
		return math.Pow((f+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
}

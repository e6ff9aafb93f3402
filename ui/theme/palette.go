package theme

import (
	"image/color"

	"zhanggui/app/auth"
)

// Status is what a colour says about a record. A status is always shown as
// colour, shape (the icon of the same name) and word together.
type Status string

// The statuses (LOOK §1).
const (
	OK      Status = "ok"      // done, equal, in band
	Info    Status = "info"    // changed, partial, result line
	Warn    Status = "warn"    // due soon, check it
	Alert   Status = "alert"   // past the first limit
	Urgent  Status = "urgent"  // near or past the hard limit, error, out of stock
	Blocked Status = "blocked" // stopped until somebody acknowledges; the only solid pill
	Idle    Status = "idle"    // not started, same, skipped
)

// Statuses lists them from calm to loud, idle last.
var Statuses = []Status{OK, Info, Warn, Alert, Urgent, Blocked, Idle}

// Tone is the colours of one status.
type Tone struct {
	Ink  color.NRGBA // text and icon
	Tint color.NRGBA // pill, hint line
	Fill color.NRGBA // bars
}

// Palette is every colour of one appearance, named as in LOOK §1.
type Palette struct {
	Name string // "light" or "dark"

	Background, Surface, Raised color.NRGBA
	Line, RowLine, LineInput    color.NRGBA
	Text, TextMuted             color.NRGBA
	Primary, OnPrimary          color.NRGBA
	Selected, Marked, Hover     color.NRGBA
	Track, Grid, Axis           color.NRGBA

	tones map[Status]Tone
}

// Dark tells whether it is the dark appearance.
func (p *Palette) Dark() bool { return p.Name == dark.Name }

// Status gives the colours of a status; an unknown one is idle.
func (p *Palette) Status(s Status) Tone {
	if t, ok := p.tones[s]; ok {
		return t
	}
	return p.tones[Idle]
}

// Light is the light appearance. It is shared: do not change it.
func Light() *Palette { return &light }

// DarkPalette is the dark appearance. It is shared: do not change it.
func DarkPalette() *Palette { return &dark }

var light = Palette{
	Name:       "light",
	Background: rgb(0xECEFF1), Surface: rgb(0xFFFFFF), Raised: rgb(0xF5F7F8),
	Line: rgb(0xDDE2E6), RowLine: rgb(0xEBEEF0), LineInput: rgb(0x7A858F),
	Text: rgb(0x1A2127), TextMuted: rgb(0x54606B),
	Primary: rgb(0x0E6273), OnPrimary: rgb(0xFFFFFF),
	Selected: rgb(0xDDEEF1), Marked: rgb(0xF0F7F8), Hover: rgb(0xF5F7F8),
	Track: rgb(0xD9DFE4), Grid: rgb(0xE3E7EA), Axis: rgb(0xA9B3BC),
	tones: map[Status]Tone{
		OK:      {Ink: rgb(0x1F7040), Tint: rgb(0xE2F2E7), Fill: rgb(0x1F7040)},
		Info:    {Ink: rgb(0x2260A0), Tint: rgb(0xE4EEF9), Fill: rgb(0x2260A0)},
		Warn:    {Ink: rgb(0x7A5200), Tint: rgb(0xFCF0CF), Fill: rgb(0xBA8500)},
		Alert:   {Ink: rgb(0xA34408), Tint: rgb(0xFDE7D8), Fill: rgb(0xD9691F)},
		Urgent:  {Ink: rgb(0xB5271D), Tint: rgb(0xFBE5E3), Fill: rgb(0xB5271D)},
		Blocked: {Ink: rgb(0xFFFFFF), Tint: rgb(0x9A1B30), Fill: rgb(0x9A1B30)},
		Idle:    {Ink: rgb(0x54606B), Tint: rgb(0xF5F7F8), Fill: rgb(0xA9B3BC)},
	},
}

var dark = Palette{
	Name:       "dark",
	Background: rgb(0x11151A), Surface: rgb(0x191E23), Raised: rgb(0x21272E),
	Line: rgb(0x2D353D), RowLine: rgb(0x242B32), LineInput: rgb(0x73808C),
	Text: rgb(0xE3E7EB), TextMuted: rgb(0x9DA9B4),
	Primary: rgb(0x5CB8C6), OnPrimary: rgb(0x04252B),
	Selected: rgb(0x15343B), Marked: rgb(0x18272C), Hover: rgb(0x1F252B),
	Track: rgb(0x343D45), Grid: rgb(0x2B333A), Axis: rgb(0x5A6670),
	tones: map[Status]Tone{
		OK:      {Ink: rgb(0x74C98F), Tint: rgb(0x17301F), Fill: rgb(0x74C98F)},
		Info:    {Ink: rgb(0x86B6EE), Tint: rgb(0x1A2E46), Fill: rgb(0x86B6EE)},
		Warn:    {Ink: rgb(0xE9BC52), Tint: rgb(0x362A0C), Fill: rgb(0xE0A100)},
		Alert:   {Ink: rgb(0xF49A63), Tint: rgb(0x3C2414), Fill: rgb(0xE0702A)},
		Urgent:  {Ink: rgb(0xFF8E84), Tint: rgb(0x431D1B), Fill: rgb(0xFF8E84)},
		Blocked: {Ink: rgb(0xFFFFFF), Tint: rgb(0xC23048), Fill: rgb(0xC23048)},
		Idle:    {Ink: rgb(0x9DA9B4), Tint: rgb(0x21272E), Fill: rgb(0x5A6670)},
	},
}

// series are the chart colours in their fixed order, the same in both
// appearances (LOOK §9); reports draws the charts with the same list.
var series = [8]color.NRGBA{
	rgb(0x2878B5), rgb(0xB88513), rgb(0xA182E9), rgb(0x57A26D),
	rgb(0xA35400), rgb(0x885886), rgb(0x407B51), rgb(0x7B8794),
}

// Series gives chart colour n, counted from 1; beyond 8 it is 8.
func Series(n int) color.NRGBA {
	if n < 1 || n > len(series) {
		n = len(series)
	}
	return series[n-1]
}

// channelSeries fixes the chart colour of the channels (LOOK §9).
var channelSeries = map[string]int{
	"jd": 1, "pdd": 2, "douyin": 3, "wechat": 4, "tmall": 5, "taobao": 5, "kuaishou": 6, "vip": 7,
}

// Channel gives the fixed colour of a channel by its code; others share colour 8.
func Channel(code string) color.NRGBA { return Series(channelSeries[code]) }

// roleColours are the squares behind a person's surname. Only for people.
var roleColours = map[auth.Role]color.NRGBA{
	auth.Supervisor: rgb(0x3D4F63), auth.Service: rgb(0x2A67AE), auth.Warehouse: rgb(0x8A5A12),
	auth.Finance: rgb(0x6A4C9C), auth.Promotion: rgb(0xA8376E),
}

// Role gives the square's colour of a person's role; the surname on it is
// white. The system and unknown roles are the supervisor's slate.
func Role(r auth.Role) color.NRGBA {
	if c, ok := roleColours[r]; ok {
		return c
	}
	return roleColours[auth.Supervisor]
}

func rgb(hex uint32) color.NRGBA {
	return color.NRGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: 0xFF}
}

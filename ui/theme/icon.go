package theme

import (
	"bytes"
	"fmt"
	"image/color"
	"sync"

	"fyne.io/fyne/v2"

	"zhanggui/assets"
)

// Token names the colours an icon or text may take.
type Token string

// The tokens; every Status is a token too: its ink.
const (
	TextToken      Token = "text"
	MutedToken     Token = "muted"
	PrimaryToken   Token = "primary"
	OnPrimaryToken Token = "on_primary"
	AxisToken      Token = "axis"
)

// Token of a status' ink.
func (s Status) Token() Token { return Token(s) }

// Colour gives a token's colour in this palette; an unknown token is text.
func (p *Palette) Colour(t Token) color.NRGBA {
	switch t {
	case MutedToken:
		return p.TextMuted
	case PrimaryToken:
		return p.Primary
	case OnPrimaryToken:
		return p.OnPrimary
	case AxisToken:
		return p.Axis
	}
	if tone, ok := p.tones[Status(t)]; ok {
		if Status(t) == Blocked { // the octagon itself, on the surface
			return tone.Fill
		}
		return tone.Ink
	}
	return p.Text
}

// icons caches the coloured icons by icon, token and appearance: an SVG with a
// colour of its own is parsed and drawn once.
var icons = struct {
	mu   sync.Mutex // guards made
	made map[string]fyne.Resource
}{made: map[string]fyne.Resource{}}

// Icon gives an icon of LOOK §12 in a token's colour. The same three give the
// same resource. An unknown name gives the urgent square, so that it is seen.
func (p *Palette) Icon(name string, token Token) fyne.Resource {
	id := p.Name + "/" + string(token) + "/" + name
	return cached(id, name, p.Colour(token))
}

// IconIn gives an icon in any colour, for drawing on a solid ground.
func IconIn(name string, c color.NRGBA) fyne.Resource {
	return cached(hex(c)+"/"+name, name, c)
}

func cached(id, name string, c color.NRGBA) fyne.Resource {
	icons.mu.Lock()
	defer icons.mu.Unlock()
	if r, ok := icons.made[id]; ok {
		return r
	}
	svg := assets.Icon(name)
	if svg == nil {
		svg = assets.Icon(string(Urgent))
	}
	svg = bytes.ReplaceAll(svg, []byte("currentColor"), []byte(hex(c)))
	r := fyne.NewStaticResource(id+".svg", svg)
	icons.made[id] = r
	return r
}

func hex(c color.NRGBA) string { return fmt.Sprintf("#%02X%02X%02X", c.R, c.G, c.B) }

// AppIcon is the program's icon.
func AppIcon() fyne.Resource { return appIcon }

var appIcon = fyne.NewStaticResource("zhanggui.png", assets.AppIcon)

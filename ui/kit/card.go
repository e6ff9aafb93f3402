package kit

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/ui/theme"
)

// NewCard is a white box with a title, one sentence beside it, something at its
// right end and a body. Any of them may be empty or nil.
func NewCard(title, sentence string, right, body fyne.CanvasObject) fyne.CanvasObject {
	head := NewLine(Part{Text: title, Bold: true}, Part{Text: sentence, Token: theme.MutedToken, Gap: 12}).Narrow()
	var top fyne.CanvasObject = head
	if right != nil {
		top = Edges(nil, nil, nil, right, head)
	}
	if title == "" && sentence == "" && right == nil {
		top = nil
	} else {
		top = Pad(10, 14, top)
	}
	return container.NewStack(newCardGround(), Edges(top, nil, nil, nil, Pad(1, 1, body)))
}

// Delta is a change beside another period. Up gives the arrow, Good the colour
// (good or bad decides it, not up or down); neutral when the number stays in its band.
type Delta struct {
	Label string // 前日
	Text  string // 6.8%
	Up    bool
	Tone  theme.Status // OK, Urgent, or "" inside the band: only the arrow is tinted then
}

// TileSpec is what a tile shows. Texts are translated and formatted already.
type TileSpec struct {
	Title  string
	Value  string
	Band   string       // 区间 3.8万–5.2万, or why it is red
	Tone   theme.Status // Urgent outside the band: tint and border
	Deltas []Delta
	Spark  []int64 // small line of the last values
}

// Tile is one figure of the home screen; a click opens what is behind it.
type Tile struct {
	pressing
	spec TileSpec
}

// NewTile makes a tile; press may be nil.
func NewTile(env Env, spec TileSpec, press func()) *Tile {
	t := &Tile{spec: spec}
	t.keys, t.onPress = env.Keys, press
	t.sketched(t, func(m theme.Metrics) fyne.Size { return fyne.NewSize(180*m.Scale, 98*m.Scale) }, t.draw)
	return t
}

// Set replaces what the tile shows.
func (t *Tile) Set(spec TileSpec) {
	t.spec = spec
	t.Refresh()
}

// Spec is what the tile shows.
func (t *Tile) Spec() TileSpec { return t.spec }

func (t *Tile) draw(p *brush, r image.Rectangle) {
	ground, border := p.pal.Surface, p.pal.Line
	if t.spec.Tone != "" && t.spec.Tone != theme.OK && t.spec.Tone != theme.Idle {
		ground, border = p.pal.Status(t.spec.Tone).Tint, p.pal.Status(t.spec.Tone).Ink
	} else if t.hovered && t.onPress != nil {
		ground = p.pal.Hover
	}
	radius := p.m.RadiusCard * p.scale
	if t.focused {
		p.ring(r, radius, ground)
	} else {
		p.frame(r, radius, p.line, border, ground)
	}
	pad, w := p.u(12), r.Dx()-2*p.u(12)
	top := p.u(19)
	t.band(p, pad, w, top)
	_, end := p.textIn(t.spec.Value, style{size: p.m.Tile, bold: true}, pad, w, p.u(48), Left, p.pal.Text)
	t.spark(p, image.Rect(max(end+p.u(14), r.Dx()-p.u(92)), p.u(36), r.Dx()-p.u(14), p.u(58)))
	x := pad
	for _, d := range t.spec.Deltas {
		x = t.delta(p, d, x, pad+w, p.u(78)) + p.u(12)
	}
}

func (t *Tile) band(p *brush, pad, w, cy int) {
	st := style{size: p.m.Tiny}
	ink := p.pal.TextMuted
	bw := p.face(st).pixels(t.spec.Band)
	if t.spec.Tone == theme.Urgent {
		ink = p.pal.Status(theme.Urgent).Ink
		p.icon(string(theme.Urgent), 12*p.m.Scale, pad+w-bw-p.u(16), cy-p.u(6), ink)
	}
	p.textIn(t.spec.Band, st, pad+w/3, w-w/3, cy, Right, ink)
	p.textIn(t.spec.Title, p.small(), pad, w-bw-p.u(24), cy, Left, p.pal.TextMuted)
}

func (t *Tile) delta(p *brush, d Delta, x, end, cy int) int {
	_, x = p.textIn(d.Label, p.small(), x, end-x, cy, Left, p.pal.TextMuted)
	icon := "fall"
	if d.Up {
		icon = "rise"
	}
	ink := p.pal.TextMuted
	if d.Tone != "" {
		ink = p.pal.Colour(d.Tone.Token())
	}
	x += p.u(4)
	p.icon(icon, 8*p.m.Scale, x, cy-p.u(4), ink)
	text := p.pal.Text
	if d.Tone == theme.Urgent {
		text = ink
	}
	_, x = p.textIn(d.Text, p.small(), x+p.u(11), end-x-p.u(11), cy, Left, text)
	return x
}

// spark draws the small line and a dot at its end.
func (t *Tile) spark(p *brush, r image.Rectangle) {
	n := len(t.spec.Spark)
	if n < 2 || r.Dx() < p.u(30) {
		return
	}
	low, high := t.spec.Spark[0], t.spec.Spark[0]
	for _, v := range t.spec.Spark {
		low, high = min(low, v), max(high, v)
	}
	span := max(high-low, 1)
	points := make([][2]float32, n)
	for i, v := range t.spec.Spark {
		points[i] = [2]float32{
			float32(r.Min.X) + float32(r.Dx()*i)/float32(n-1),
			float32(r.Max.Y) - float32(int64(r.Dy())*(v-low))/float32(span),
		}
	}
	p.polyline(points, 1.3*p.scale, p.pal.TextMuted)
	dot := p.pal.Primary
	if t.spec.Tone == theme.Urgent {
		dot = p.pal.Status(theme.Urgent).Ink
	}
	p.polyline(points[n-1:], 5*p.scale, dot)
}

// EventState is where an event of a timeline stands.
type EventState int

// Done, happening now, still to come.
const (
	EventDone EventState = iota
	EventNow
	EventNext
)

// Event is one line of a timeline: what, who, when. Tone colours the present one.
type Event struct {
	State EventState
	Text  string
	Who   string
	Time  string
	Tone  theme.Status
}

// Timeline is the history of a record in its pane (LOOK §6).
type Timeline struct {
	sketch
	events []Event
}

// NewTimeline makes a timeline.
func NewTimeline(events []Event) *Timeline {
	t := &Timeline{events: events}
	t.sketched(t, func(m theme.Metrics) fyne.Size {
		return fyne.NewSize(200, m.Timeline*float32(len(t.events)))
	}, t.draw)
	return t
}

// Set replaces the events.
func (t *Timeline) Set(events []Event) {
	t.events = events
	t.Refresh()
}

func (t *Timeline) draw(p *brush, r image.Rectangle) {
	x := p.u(7)
	for i := range t.events {
		cy := p.px(p.m.Timeline * (float32(i) + 0.5))
		if i+1 < len(t.events) {
			line := p.pal.Line
			if t.events[i+1].State != EventNext {
				line = p.pal.Status(theme.OK).Ink
			}
			p.fill(image.Rect(x-p.line/2, cy, x-p.line/2+max(1, p.u(1.4)), p.px(p.m.Timeline*(float32(i)+1.5))), line)
		}
	}
	for i, e := range t.events {
		t.event(p, e, x, p.px(p.m.Timeline*(float32(i)+0.5)), r.Dx())
	}
}

func (t *Timeline) event(p *brush, e Event, x, cy, w int) {
	st, ink := p.small(), p.pal.Text
	disc := func(d float32, c colour) {
		n := p.u(d)
		p.round(image.Rect(x-n/2, cy-n/2, x-n/2+n, cy-n/2+n), float32(n)/2, c)
	}
	switch e.State {
	case EventDone:
		disc(8, p.pal.Status(theme.OK).Ink)
	case EventNow:
		tone := p.pal.Text
		if e.Tone != "" {
			tone = p.pal.Colour(e.Tone.Token())
		}
		disc(12, tone)
		disc(8, p.pal.Surface)
		st.bold, ink = true, tone
	case EventNext:
		disc(9, p.pal.Axis)
		disc(6.5, p.pal.Surface)
		ink = p.pal.TextMuted
	}
	at := p.u(22)
	tw := p.face(p.small()).pixels(e.Time)
	p.textIn(e.Time, p.small(), w-tw, tw, cy, Left, p.pal.TextMuted)
	who := w - max(tw, p.u(76)) - p.u(14)
	ww := p.face(p.small()).pixels(e.Who)
	p.textIn(e.Who, p.small(), who-ww, ww, cy, Left, p.pal.TextMuted)
	p.textIn(e.Text, st, at, who-ww-p.u(8)-at, cy, Left, ink)
}

// NewFact is a key fact in a pane: a muted label of 64 and its value.
func NewFact(label string, value ...Part) fyne.CanvasObject {
	return container.New(&factLayout{}, NewLabel(label).Small().Muted(), NewLine(value...).Narrow())
}

type factLayout struct{}

func (factLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	w := 64 * theme.Current().Metrics().Scale
	for i, x := range []float32{0, w} {
		h := o[i].MinSize().Height
		o[i].Move(fyne.NewPos(x, (size.Height-h)/2))
		o[i].Resize(fyne.NewSize([]float32{w, size.Width - w}[i], h))
	}
}

func (factLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(120, 21*theme.Current().Metrics().Scale)
}

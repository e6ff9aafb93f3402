package kit

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/ui/theme"
)

// BlockedSpec is what stopped a scan (LOOK §7): a wrong item, an unknown barcode,
// a cancelled order. Texts are translated.
type BlockedSpec struct {
	Headline string            // 条码不在本单
	Record   string            // 托盘 22 · 订单尾号 9560 · 10:16:27 · 本次扫描没有计数
	Left     string            // word over the left half: 刚才扫到
	Picture  fyne.CanvasObject // 196 square, nil for none
	Name     string            // what was scanned, large
	Facts    []string          // lines under the name
	Right    string            // word over the steps: 请这样做
	Steps    []string          // at most three
	Actions  []BlockedAction   // the first one is white: 我知道了，继续 Esc
}

// BlockedAction is a way out of a blocked panel.
type BlockedAction struct {
	ID    string
	Label string
	Key   Chord
	Do    func()
}

// Blocked is the red panel that covers the work until somebody acknowledges. It
// takes no focus: the scan field below keeps it.
type Blocked struct {
	spec    BlockedSpec
	buttons []*blockedButton
	object  fyne.CanvasObject
}

// NewBlocked makes the panel; id names its buttons for tests.
func NewBlocked(env Env, id string, spec BlockedSpec) *Blocked {
	b := &Blocked{spec: spec}
	row := make([]fyne.CanvasObject, len(spec.Actions))
	for i, a := range spec.Actions {
		button := newBlockedButton(env, a, i == 0)
		b.buttons = append(b.buttons, ID(button, id+"."+a.ID))
		row[i] = button
	}
	text := newDrawing(600, 420, b.draw)
	layers := []fyne.CanvasObject{newGround(func(p *theme.Palette) colour { return p.Status(theme.Blocked).Fill }), text}
	if spec.Picture != nil {
		layers = append(layers, container.New(&pictureLayout{}, spec.Picture))
	}
	b.object = container.NewStack(append(layers, Edges(nil, Pad(36, 72, Across(14, row...)), nil, nil, nil))...)
	return b
}

// Object is the panel to lay over the work.
func (b *Blocked) Object() fyne.CanvasObject { return b.object }

// Bind gives the actions their keys.
func (b *Blocked) Bind(layer *Layer) {
	for i, a := range b.spec.Actions {
		layer.On(a.Key, b.buttons[i].Press)
	}
}

// White in three strengths on the red.
var (
	blockedText = color.NRGBA{R: 255, G: 255, B: 255, A: 255}
	blockedLine = color.NRGBA{R: 255, G: 255, B: 255, A: 110}
)

// blockedPicture is where the picture stands and how large it is.
const (
	blockedEdge    = 72
	blockedPicture = 196
	blockedTop     = 258
)

func (b *Blocked) draw(p *brush, r image.Rectangle) {
	left, mid := p.px(blockedEdge), r.Dx()/2
	p.icon(string(theme.Blocked), 96, left, p.px(48), blockedText)
	x := left + p.px(112)
	w := r.Dx() - x - left
	p.textIn(b.spec.Headline, style{size: 60, bold: true}, x, w, p.px(82), Left, blockedText)
	p.textIn(b.spec.Record, style{size: 22}, x, w, p.px(138), Left, blockedText)
	rule := p.px(184)
	p.fill(image.Rect(left, rule, r.Dx()-left, rule+p.line), blockedLine)
	p.fill(image.Rect(mid, rule+p.px(30), mid+p.line, r.Dy()-p.px(120)), blockedLine)
	p.textIn(b.spec.Left, style{size: 20}, left, mid-left, p.px(228), Left, blockedText)
	p.textIn(b.spec.Right, style{size: 20}, mid+p.px(56), mid-left, p.px(228), Left, blockedText)
	b.scanned(p, left, mid)
	b.steps(p, mid+p.px(56), r.Dx()-left)
}

func (b *Blocked) scanned(p *brush, left, mid int) {
	x := left
	if b.spec.Picture != nil {
		x += p.px(blockedPicture + 24)
	}
	y := p.px(blockedTop + 68)
	p.textIn(b.spec.Name, style{size: 34, bold: true}, x, mid-x-p.px(20), y, Left, blockedText)
	for i, fact := range b.spec.Facts {
		p.textIn(fact, style{size: 20}, x, mid-x-p.px(20), y+p.px(42+float32(i)*30), Left, blockedText)
	}
}

func (b *Blocked) steps(p *brush, x, end int) {
	for i, step := range b.spec.Steps {
		cy := p.px(blockedTop + 32 + float32(i)*70)
		n := p.px(44)
		ring := image.Rect(x, cy-n/2, x+n, cy-n/2+n)
		p.frame(ring, float32(n)/2, p.px(2), blockedText, p.pal.Status(theme.Blocked).Fill)
		p.textIn(string(rune('1'+i)), style{size: 22}, x, n, cy, Center, blockedText)
		p.textIn(step, style{size: 28}, x+n+p.px(16), end-x-n-p.px(16), cy, Left, blockedText)
	}
}

// pictureLayout puts the picture of what was scanned at its place.
type pictureLayout struct{}

func (pictureLayout) Layout(o []fyne.CanvasObject, _ fyne.Size) {
	o[0].Move(fyne.NewPos(blockedEdge, blockedTop))
	o[0].Resize(fyne.NewSquareSize(blockedPicture))
}

func (pictureLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(1, 1) }

// blockedButton is a large button on the red: white, or outlined.
type blockedButton struct {
	pressing
	action BlockedAction
	white  bool
}

func newBlockedButton(env Env, a BlockedAction, white bool) *blockedButton {
	b := &blockedButton{action: a, white: white}
	b.keys, b.onPress = env.Keys, a.Do
	b.sketched(b, func(m theme.Metrics) fyne.Size {
		w := 44 + textWidth(a.Label, style{size: 18, bold: white})
		if a.Key != "" {
			w += 16 + textWidth(string(a.Key), style{size: 15}) + 18
		}
		return fyne.NewSize(w, 56)
	}, b.draw)
	return b
}

func (b *blockedButton) draw(p *brush, r image.Rectangle) {
	red := p.pal.Status(theme.Blocked).Fill
	ground, ink := red, blockedText
	if b.white {
		ground, ink = blockedText, red
	}
	if b.hovered {
		ground = mix(ink, ground, 24)
	}
	radius := 6 * p.scale
	line := p.line
	if b.focused {
		line = p.px(3)
	}
	p.frame(r, radius, line, blockedText, ground)
	x := p.text(b.action.Label, style{size: 18, bold: b.white}, p.px(22), r.Dy()/2, ink)
	if b.action.Key != "" {
		st := style{size: 15}
		w := p.face(st).pixels(string(b.action.Key)) + p.px(18)
		x += p.px(16)
		cap := image.Rect(x, r.Dy()/2-p.px(14), x+w, r.Dy()/2+p.px(14))
		p.frame(cap, 4*p.scale, p.line, mix(ink, ground, 150), ground)
		p.textIn(string(b.action.Key), st, x, w, r.Dy()/2, Center, ink)
	}
}

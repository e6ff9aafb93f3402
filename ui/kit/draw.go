package kit

import (
	"image"
	"image/color"

	"zhanggui/app/when"
	"zhanggui/ui/theme"
)

// gridPaint draws one picture of a grid: header, rows, total row, scroll bars.
// It lives for one drawing. x and y are pixels, everything else units.
type gridPaint struct {
	brush
	g   *Grid
	now when.Millis
}

// draw makes the picture of the grid at w × h pixels. The buffer is kept between
// drawings: Fyne copies it at once.
func (g *Grid) draw(w, h int) image.Image {
	size := g.Size()
	if w <= 0 || h <= 0 || size.Width <= 0 {
		return image.NewRGBA(image.Rect(0, 0, max(w, 1), max(h, 1)))
	}
	if g.buffer == nil || g.buffer.Rect.Dx() != w || g.buffer.Rect.Dy() != h {
		g.buffer = image.NewRGBA(image.Rect(0, 0, w, h))
	}
	p := &gridPaint{brush: newBrush(g.buffer, rasterScale(g, w)), g: g, now: g.now()}
	p.fill(p.clip, p.pal.Surface)
	p.rows()
	p.header()
	p.totalRow()
	p.bars()
	return g.buffer
}

func (p *gridPaint) rows() {
	g := p.g
	w := p.img.Rect.Dx()
	top := p.px(float32(g.headerHeight()))
	area := image.Rect(0, top, w, top+p.px(float32(g.view.height)))
	p.within(area, func() {
		for i := g.view.first(); i < g.view.end(); i++ {
			y := top + p.px(float32(g.view.top(i)))
			end := top + p.px(float32(g.view.top(i+1)))
			p.row(i, image.Rect(0, y, w, end))
		}
	})
}

func (p *gridPaint) row(i int, r image.Rectangle) {
	g := p.g
	row, ok := g.rows.Row(i)
	ticked := ok && g.sel.has(row.ID)
	p.fill(r, p.rowColour(i, ok && row.Group, ticked))
	p.fill(image.Rect(r.Min.X, r.Max.Y-p.line, r.Max.X, r.Max.Y), p.pal.RowLine)
	if g.sheet != nil && ok {
		p.sheetRow(i, row, r)
		return
	}
	if !ok {
		p.waiting(r)
		return
	}
	if g.ticks {
		state := Unchecked
		if ticked {
			state = Checked
		}
		if row.Group && g.GroupState != nil {
			state = g.GroupState(row.ID)
		}
		p.check(r, state)
	}
	p.cells(row, r, row.Dim || g.dim)
	if i == g.cursor {
		p.fill(image.Rect(r.Min.X, r.Min.Y, r.Min.X+p.u(3), r.Max.Y-p.line), p.pal.Primary)
	}
}

func (p *gridPaint) rowColour(i int, group, ticked bool) color.NRGBA {
	switch {
	case p.g.sheet != nil: // cells have a ground of their own
		return p.pal.Surface
	case i == p.g.cursor:
		return p.pal.Selected
	case ticked:
		return p.pal.Marked
	case i == p.g.hover:
		return p.pal.Hover
	case group:
		return p.pal.Raised
	}
	return p.pal.Surface
}

// waiting draws a row that is still being read.
func (p *gridPaint) waiting(r image.Rectangle) {
	cy := (r.Min.Y + r.Max.Y) / 2
	for _, s := range p.g.spans {
		x, w := p.inside(s)
		p.textIn(string(dots), p.body(), x, w, cy, p.g.heads[s.col].Align, p.pal.TextMuted)
	}
}

// inside is a column's text area in pixels.
func (p *gridPaint) inside(s span) (x, w int) {
	pad := p.m.CellPadding
	x = p.px(float32(s.x-p.g.shift) + pad)
	return x, p.px(float32(s.x+s.w-p.g.shift)-pad) - x
}

func (p *gridPaint) cells(row *Row, r image.Rectangle, dim bool) {
	first := p.px(float32(p.g.tickWidth()))
	p.within(image.Rect(first, r.Min.Y, r.Max.X, r.Max.Y), func() {
		cy := (r.Min.Y + r.Max.Y - p.line) / 2
		led := false
		for n, s := range p.g.spans {
			if s.col >= len(row.Cells) {
				continue
			}
			c := &row.Cells[s.col]
			x, w := p.inside(s)
			if row.Group && !led && (c.text != "" || c.kind != cellText) {
				led = true
				p.group(row, c, n, x, cy)
				continue
			}
			if !row.Group || c.text != "" {
				p.cell(c, p.g.heads[s.col], x, w, cy, dim, row.Group)
			}
		}
	})
}

// group draws the heading cell of a group row: chevron, dot, name, muted facts;
// it may run over the empty cells to its right.
func (p *gridPaint) group(row *Row, c *Cell, n, x, cy int) {
	last := p.g.spans[n]
	for _, s := range p.g.spans[n+1:] {
		if s.col < len(row.Cells) && row.Cells[s.col].text != "" {
			break
		}
		last = s
	}
	end, w := p.inside(last)
	chevron := "right"
	if row.Open {
		chevron = "down"
	}
	p.icon(chevron, 12*p.m.Scale, x, cy-p.u(6), p.pal.TextMuted)
	x += p.u(18)
	c.bold = true
	p.cell(c, Head{}, x, end+w-x, cy, row.Dim, true)
}

// check draws a check box in the tick column.
func (p *gridPaint) check(r image.Rectangle, state CheckState) {
	n := p.px(p.m.Check)
	p.checkBox(p.u(12), (r.Min.Y+r.Max.Y-p.line-n)/2, state)
}

// checkBox draws a check box of 14 with its corner at x, y.
func (p *brush) checkBox(x, y int, state CheckState) {
	n := p.px(p.m.Check)
	box := image.Rect(x, y, x+n, y+n)
	radius := 3 * p.scale
	if state == Unchecked {
		p.frame(box, radius, p.line, p.pal.LineInput, p.pal.Surface)
		return
	}
	p.round(box, radius, p.pal.Primary)
	if state == Checked {
		p.tickMark(x, y, n)
		return
	}
	h := max(2, p.u(2))
	p.fill(image.Rect(x+n/4, y+(n-h)/2, x+n-n/4, y+(n-h)/2+h), p.pal.OnPrimary)
}

// tickMark draws the tick of a check box, a little stronger than the icon: it must
// be seen at 14 px.
func (p *brush) tickMark(x, y, n int) {
	f := float32(n) / 14
	at := func(px, py float32) [2]float32 { return [2]float32{float32(x) + px*f, float32(y) + py*f} }
	p.polyline([][2]float32{at(3.2, 7.2), at(6, 10), at(10.9, 4.4)}, 1.9*f, p.pal.OnPrimary)
}

func (p *gridPaint) header() {
	g := p.g
	h := p.px(float32(g.headerHeight()))
	if h == 0 {
		return
	}
	w := p.img.Rect.Dx()
	box := image.Rect(0, 0, w, h)
	p.fill(box, p.pal.Raised)
	p.fill(image.Rect(0, h-p.line, w, h), p.pal.Line)
	if g.ticks {
		p.check(box, g.sel.state(g.rows.Len()))
	}
	first := p.px(float32(g.tickWidth()))
	p.within(image.Rect(first, 0, w, h), func() {
		for _, s := range g.spans {
			p.heading(s, (h-p.line)/2)
		}
	})
}

// heading draws one column title; the sorted one is primary, Medium, with a triangle.
func (p *gridPaint) heading(s span, cy int) {
	head := p.g.heads[s.col]
	x, w := p.inside(s)
	if head.Sort == "" || head.Sort != p.g.sort {
		p.textIn(head.Title, p.small(), x, w, cy, head.Align, p.pal.TextMuted)
		return
	}
	st := style{size: p.m.Small, bold: true}
	mark, gap := p.u(8), p.u(3)
	_, to := p.textIn(head.Title, st, x, w-mark-gap, cy, head.Align, p.pal.Primary)
	at := to + gap
	if head.Align == Right {
		at = x + w - mark
	}
	icon := "rise"
	if p.g.desc {
		icon = "fall"
	}
	p.icon(icon, 8*p.m.Scale, at, cy-mark/2, p.pal.Primary)
}

func (p *gridPaint) totalRow() {
	g := p.g
	if g.total == nil {
		return
	}
	h := p.px(p.m.Row)
	box := image.Rect(0, p.img.Rect.Dy()-h, p.img.Rect.Dx(), p.img.Rect.Dy())
	p.fill(box, p.pal.Raised)
	p.fill(image.Rect(0, box.Min.Y, box.Max.X, box.Min.Y+p.line), p.pal.Line)
	p.cells(g.total, box, false)
}

// bars draws the scroll bars over the rows.
func (p *gridPaint) bars() {
	g := p.g
	w, top := p.img.Rect.Dx(), g.headerHeight()
	if pos, length, shown := g.view.thumb(g.view.height - 4); shown {
		from, to := p.px(float32(top+2+pos)), p.px(float32(top+2+pos+length))
		n := p.px(barThumb)
		x := w - n - p.u(2)
		p.round(image.Rect(x, from, x+n, to), float32(n)/2, p.pal.Axis)
	}
	if over := g.width - g.room(); over > 0 {
		track := g.room() - g.tickWidth()
		length := track * track / (g.width - g.tickWidth())
		pos := g.tickWidth() + (track-length)*g.shift/over
		y := p.px(float32(top+g.view.height)) - p.px(barThumb) - p.u(1)
		box := image.Rect(p.px(float32(pos)), y, p.px(float32(pos+length)), y+p.px(barThumb))
		p.round(box, float32(box.Dy())/2, p.pal.Axis)
	}
}

// cell draws one cell's content into x..x+w around cy.
func (p *gridPaint) cell(c *Cell, head Head, x, w, cy int, dim, group bool) {
	switch c.kind {
	case cellPill:
		p.pill(c, x, w, cy)
	case cellDot:
		p.channel(c, x, w, cy, dim)
	case cellDue:
		p.deadline(c, x, w, cy, dim)
	case cellLevel:
		p.stockPill(c, x, w, cy)
	case cellBar:
		p.coverBar(c, x, w, cy, dim)
	case cellIcons:
		p.marks(c, head.Align, x, w, cy)
	case cellChanged:
		p.changed(c, head.Align, x, w, cy)
	case cellLines:
		p.twoLines(c, head.Align, x, w, cy, dim)
	case cellKey:
		p.keyed(c, x, w, cy, dim)
	default:
		p.words(c, head, x, w, cy, dim, group)
	}
}

func (p *brush) ink(c *Cell, dim bool) color.NRGBA {
	switch {
	case c.tone != "":
		return p.pal.Colour(c.tone.Token())
	case dim || c.muted:
		return p.pal.TextMuted
	}
	return p.pal.Text
}

// words draws text, and the muted extra behind it as far as it fits.
func (p *gridPaint) words(c *Cell, head Head, x, w, cy int, dim, group bool) {
	st := p.body()
	st.bold = c.bold || (group && c.text != "" && !c.muted && head.Align != Right)
	if head.Muted && head.Align == Left && !c.bold {
		st = p.small()
	}
	ink := p.ink(c, dim || head.Muted)
	if c.extra == "" {
		p.textIn(c.text, st, x, w, cy, head.Align, ink)
		return
	}
	if head.Align == Right {
		ew := p.face(p.small()).pixels(c.extra)
		p.textIn(c.extra, p.small(), x, w, cy, Right, p.pal.TextMuted)
		p.textIn(c.text, st, x, w-ew-p.u(5), cy, Right, ink)
		return
	}
	ew := p.face(p.small()).pixels(c.extra) + p.u(5)
	if ew > w/2 {
		ew = 0
	}
	_, to := p.textIn(c.text, st, x, w-ew, cy, Left, ink)
	p.textIn(c.extra, p.small(), to+p.u(5), x+w-to-p.u(5), cy, Left, p.pal.TextMuted)
}

func (p *brush) pill(c *Cell, x, w, cy int) {
	tone := p.pal.Status(c.tone)
	pad, gap, n := p.u(5), p.u(4), p.u(12)
	tw := min(p.face(p.small()).pixels(c.text), w-2*pad-gap-n-p.u(1))
	box := p.pillBox(x, pad+n+gap+tw+p.u(6), cy)
	p.round(box, p.m.RadiusControl*p.scale, tone.Tint)
	p.icon(string(c.tone), 12*p.m.Scale, x+pad, cy-n/2, tone.Ink)
	p.textIn(c.text, p.small(), x+pad+n+gap, tw, cy, Left, tone.Ink)
}

func (p *brush) pillBox(x, w, cy int) image.Rectangle {
	h := p.px(p.m.Pill)
	return image.Rect(x, cy-h/2, x+w, cy-h/2+h)
}

// stockPill draws three little bars, as many filled as the level is high, or a cross.
func (p *brush) stockPill(c *Cell, x, w, cy int) {
	tone := p.pal.Status(c.tone)
	pad, gap, n := p.u(5), p.u(4), p.u(12)
	tw := min(p.face(p.small()).pixels(c.text), w-2*pad-gap-n)
	p.round(p.pillBox(x, pad+n+gap+tw+p.u(6), cy), p.m.RadiusControl*p.scale, tone.Tint)
	if c.level == OutOfStock {
		p.icon("x", 12*p.m.Scale, x+pad, cy-n/2, tone.Ink)
	} else {
		p.levelBars(int(c.level), x+pad, cy, tone)
	}
	p.textIn(c.text, p.small(), x+pad+n+gap, tw, cy, Left, tone.Ink)
}

func (p *brush) levelBars(full, x, cy int, tone theme.Tone) {
	bw, bh, gap := max(2, p.u(3)), p.u(9), max(1, p.u(1))
	for i := range 3 {
		bx := x + i*(bw+gap)
		box := image.Rect(bx, cy-bh/2, bx+bw, cy-bh/2+bh)
		if i < full {
			p.fill(box, tone.Ink)
			continue
		}
		p.fill(box, tone.Ink)
		p.fill(box.Inset(p.line), tone.Tint)
	}
}

func (p *brush) channel(c *Cell, x, w, cy int, dim bool) {
	n := p.u(8)
	p.round(image.Rect(x, cy-n/2, x+n, cy-n/2+n), 2*p.scale, theme.Channel(c.code))
	ink := p.ink(c, dim)
	st := p.body()
	st.bold = c.bold
	at := x + n + p.u(6)
	_, to := p.textIn(c.text, st, at, x+w-at, cy, Left, ink)
	if c.extra != "" {
		p.textIn(c.extra, p.small(), to+p.u(6), x+w-to-p.u(6), cy, Left, p.pal.TextMuted)
	}
}

// deadline draws icon 12 · bar 38×4 · limit · time left (LOOK §5).
func (p *gridPaint) deadline(c *Cell, x, w, cy int, dim bool) {
	s := c.due.at(p.now)
	tone := p.pal.Status(s.tone)
	fill, ink := tone.Fill, p.pal.Colour(s.tone.Token())
	if s.tone == theme.Idle {
		fill, ink = p.pal.Axis, p.pal.Text
	} else {
		p.icon(string(s.tone), 12*p.m.Scale, x, cy-p.u(6), ink)
	}
	if s.tone == theme.Blocked && p.pal.Dark() {
		ink = p.pal.Text
	}
	if dim {
		fill, ink = p.pal.Axis, p.pal.TextMuted
	}
	bar := x + p.u(17)
	p.track(bar, p.u(38), cy, s.part, s.tick, fill)
	at := bar + p.u(38) + p.u(6)
	_, to := p.textIn(s.limit, p.small(), at, x+w-at, cy, Left, p.pal.TextMuted)
	to += p.u(4)
	p.textIn(p.g.env.Tr.Left(s.left), p.body(), to, x+w-to, cy, Left, ink)
}

// track draws a small bar: track, filled part, black tick. part and tick in thousandths.
func (p *brush) track(x, w, cy, part, tick int, fill color.NRGBA) {
	h := max(3, p.u(4))
	box := image.Rect(x, cy-h/2, x+w, cy-h/2+h)
	p.round(box, float32(h)/2, p.pal.Track)
	if used := w * part / 1000; used > 0 {
		p.round(image.Rect(x, box.Min.Y, x+max(used, h/2), box.Max.Y), float32(h)/2, fill)
	}
	if tick >= 0 {
		at, th, tw := x+w*tick/1000, max(7, p.u(8)), max(1, p.u(1))
		p.fill(image.Rect(at-tw/2, cy-th/2, at-tw/2+tw, cy-th/2+th), p.pal.Text)
	}
}

// coverBar draws a number in the left third and a bar beside it.
func (p *brush) coverBar(c *Cell, x, w, cy int, dim bool) {
	num := p.u(36)
	ink := p.pal.Text
	if dim {
		ink = p.pal.TextMuted
	}
	p.textIn(c.text, p.body(), x, num, cy, Right, ink)
	at := x + num + p.u(6)
	fill := p.pal.Status(c.bar.tone).Fill
	if c.bar.tone == theme.Idle || c.bar.tone == "" {
		fill = p.pal.Axis
	}
	if room := min(p.u(64), x+w-at); room > p.u(12) {
		p.track(at, room, cy, c.bar.part, c.bar.tick, fill)
	}
}

func (p *brush) marks(c *Cell, a Align, x, w, cy int) {
	n, gap := p.px(p.m.IconStatus), p.u(4)
	total := len(c.icons)*(n+gap) - gap
	switch a {
	case Center:
		x += (w - total) / 2
	case Right:
		x += w - total
	}
	for _, mark := range c.icons {
		p.icon(mark.Icon, p.m.IconStatus, x, cy-n/2, p.markInk(mark))
		x += n + gap
	}
}

func (p *brush) markInk(m Mark) color.NRGBA {
	if m.Tone == "" {
		return p.pal.TextMuted
	}
	return p.pal.Colour(m.Tone.Token())
}

// changed draws a value on info tint.
func (p *brush) changed(c *Cell, a Align, x, w, cy int) {
	f := p.face(p.body())
	pad := p.u(4)
	tw := min(f.pixels(c.text), w)
	from := x
	switch a {
	case Right:
		from = x + w - tw
	case Center:
		from = x + (w-tw)/2
	}
	tone := p.pal.Status(theme.Info)
	p.round(p.pillBox(from-pad, tw+2*pad, cy), p.m.RadiusControl*p.scale, tone.Tint)
	p.textIn(c.text, p.body(), from, tw, cy, Left, tone.Ink)
}

func (p *brush) twoLines(c *Cell, a Align, x, w, cy int, dim bool) {
	plain := theme.TextToken
	if dim {
		plain = theme.MutedToken
	}
	line := func(parts []Part, size float32, cy int, plain theme.Token) {
		from := x
		if free := w - p.px(partsWidth(parts, size, p.m)); a == Right && free > 0 {
			from += free
		}
		p.parts(parts, size, from, x+w, cy, plain)
	}
	line(c.lines[0], p.m.Body, cy-p.u(10), plain)
	line(c.lines[1], p.m.Small, cy+p.u(10), theme.MutedToken)
}

func (p *brush) keyed(c *Cell, x, w, cy int, dim bool) {
	at := x
	if c.code != "" {
		n := p.px(p.m.KeyCap - 1)
		box := image.Rect(x, cy-n/2, x+n, cy-n/2+n)
		p.frame(box, 3*p.scale, p.line, p.pal.Line, p.pal.Surface)
		p.textIn(c.code, style{size: p.m.Tiny}, x, n, cy, Center, p.pal.TextMuted)
		at += n + p.u(6)
	}
	p.textIn(c.text, p.body(), at, x+w-at, cy, Left, p.ink(c, dim))
}

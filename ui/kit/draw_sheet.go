package kit

import (
	"image"

	"zhanggui/ui/theme"
)

// sheetRow draws a row in grid mode: columns that are only read lie on raised
// ground, the block is tinted, changed cells are info, marked ones urgent, and the
// cursor has the focus ring.
func (p *gridPaint) sheetRow(i int, row *Row, r image.Rectangle) {
	v := p.g.sheet
	block := v.block()
	p.within(image.Rect(r.Min.X, r.Min.Y, p.px(float32(p.g.room())), r.Max.Y), func() {
		for _, s := range p.g.spans {
			box := image.Rect(p.px(float32(s.x-p.g.shift)), r.Min.Y, p.px(float32(s.x+s.w-p.g.shift)), r.Max.Y-p.line)
			p.sheetGround(sheetCell{i, s.col}, box, block.has(i, s.col))
			p.fill(image.Rect(box.Max.X-p.line, box.Min.Y, box.Max.X, box.Max.Y), p.pal.RowLine)
			if block.has(i, s.col) {
				p.blockEdge(sheetCell{i, s.col}, block, image.Rect(box.Min.X, r.Min.Y, box.Max.X, r.Max.Y))
			}
		}
		p.cells(row, r, false)
		if at, _ := p.g.cellRect(v.row, v.col); i == v.row {
			x := p.px(at.X)
			for _, s := range p.g.spans {
				if s.col == v.col {
					p.outline(image.Rect(x, r.Min.Y, p.px(float32(s.x+s.w-p.g.shift)), r.Max.Y), p.u(2))
				}
			}
		}
	})
}

// blockEdge draws the border of the block where it runs along a cell: the tint of
// a changed cell hides that of the block.
func (p *gridPaint) blockEdge(c sheetCell, b sheetBlock, box image.Rectangle) {
	w := p.line
	edge := func(on bool, x0, y0, x1, y1 int) {
		if on {
			p.fill(image.Rect(x0, y0, x1, y1), p.pal.Primary)
		}
	}
	edge(c.row == b.top, box.Min.X, box.Min.Y, box.Max.X, box.Min.Y+w)
	edge(c.row == b.bottom, box.Min.X, box.Max.Y-w, box.Max.X, box.Max.Y)
	edge(c.col == b.left, box.Min.X, box.Min.Y, box.Min.X+w, box.Max.Y)
	edge(c.col == b.right, box.Max.X-w, box.Min.Y, box.Max.X, box.Max.Y)
}

func (p *gridPaint) sheetGround(c sheetCell, box image.Rectangle, chosen bool) {
	m := p.g.sheet.model
	ground := p.pal.Surface
	if !m.cols[c.col].edits {
		ground = p.pal.Raised
	}
	if chosen {
		ground = p.pal.Selected
	}
	p.fill(box, ground)
	e, changed := m.edit(c)
	if !changed {
		return
	}
	tone := theme.Info
	if e.reason() != "" {
		tone = theme.Urgent
	}
	look := p.pal.Status(tone)
	p.fill(box.Inset(p.line), look.Tint)
	n := p.u(6) // a corner, so that a change is not told by colour alone
	for d := range n {
		p.fill(image.Rect(box.Max.X-n+d, box.Min.Y+d, box.Max.X, box.Min.Y+d+1), look.Ink)
	}
	if tone == theme.Urgent {
		p.fill(image.Rect(box.Min.X, box.Max.Y-p.u(2), box.Max.X, box.Max.Y), look.Ink)
	}
}

// outline is the ring around the cursor's cell.
func (p *gridPaint) outline(r image.Rectangle, w int) {
	c := p.pal.Primary
	p.fill(image.Rect(r.Min.X, r.Min.Y, r.Max.X, r.Min.Y+w), c)
	p.fill(image.Rect(r.Min.X, r.Max.Y-w, r.Max.X, r.Max.Y), c)
	p.fill(image.Rect(r.Min.X, r.Min.Y, r.Min.X+w, r.Max.Y), c)
	p.fill(image.Rect(r.Max.X-w, r.Min.Y, r.Max.X, r.Max.Y), c)
}

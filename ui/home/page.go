package home

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/app/i18n"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// build puts the page together: a post without figures has its list alone.
func (s *screen) build() {
	m := theme.Current().Metrics()
	gap := m.CardGap
	if s.plan == (plan{}) {
		s.object = s.list.Object()
		return
	}
	var top []fyne.CanvasObject
	if s.plan.tiles {
		s.tiles = kit.Columns(6, gap)
		top = append(top, kit.Fixed(0, 98*m.Scale, s.tiles))
	}
	if s.plan.strip {
		top = append(top, s.breaches())
	}
	body := container.New(&beside{gap: gap, right: s.queueWidth(m)}, s.left(gap), s.queue())
	page := container.NewStack(kit.NewBackground(), kit.Pad(gap, m.ScreenMargin, kit.Edges(kit.Down(gap, append(top, kit.Down(0))...), nil, nil, nil, body)))
	s.object = page
	if s.plan.tiles {
		s.object = kit.Edges(s.periodBar(), nil, nil, nil, page)
	}
}

// queueWidth is the width of the work beside the figures.
func (s *screen) queueWidth(m theme.Metrics) float32 {
	if s.env.Tr.Lang() == i18n.English {
		return 492 * m.Scale
	}
	return 416 * m.Scale
}

// queue is the card of the work.
func (s *screen) queue() fyne.CanvasObject {
	return kit.NewCard(s.env.T("home.due"), s.env.T("home.due_sorted"), nil, s.list.Object())
}

// left are picture and tables, one over the other.
func (s *screen) left(gap float32) fyne.CanvasObject {
	var parts []fyne.CanvasObject
	if s.plan.chart {
		s.chart = kit.Shows(kit.NewChart(s.env, s.draw), s.list.Figures(), chartID)
		parts = append(parts, kit.NewCard("", "", nil, s.chart))
	}
	unit := func() fyne.CanvasObject { return kit.NewLabel(s.env.Tr.MoneyUnit()).Small().Muted() }
	if s.plan.channels {
		s.channels = newSheet(s.env, "today.channels", channelHeads(s.env), s.openChannel)
		s.channels.grid.Explains(s.list.Figures())
		says := s.env.T("home.by_profit")
		if !s.cost() {
			says = s.env.T("home.by_sales")
		}
		parts = append(parts, kit.NewCard(s.env.T("field.channel"), says, unit(), s.channels.object()))
	}
	if s.plan.products {
		s.products = newSheet(s.env, "today.products", productHeads(s.env), s.openProduct)
		s.products.grid.Explains(s.list.Figures())
		parts = append(parts, kit.NewCard(s.env.T("field.goods"), s.env.T("home.by_sales"), unit(), s.products.object()))
	}
	if len(parts) == 0 {
		return kit.NewBackground()
	}
	return container.New(&halves{gap: gap}, parts...)
}

// periodBar is the switch of the period, with the days it means.
func (s *screen) periodBar() fyne.CanvasObject {
	m := theme.Current().Metrics()
	row := kit.Across(8)
	s.chips = map[string]*kit.Chip{}
	for _, p := range periods {
		chip := kit.NewChip(s.env, s.env.T("common."+p), kit.Mark{}, func() { s.choose(p) })
		s.chips[p] = kit.ID(chip, "today.period."+p)
		row.Add(chip)
	}
	s.markPeriod()
	s.says = kit.ID(kit.NewLabel("").Small().Muted().Narrow(), "today.says")
	keys := kit.NewLabel(string(periodKeys[0]) + " … 3").Tiny().Muted()
	bar := kit.Edges(nil, nil, row, keys, kit.Pad(0, 12, s.says))
	return stacked(kit.Edges(nil, kit.NewRule(), nil, nil, kit.Fixed(0, m.Chips, kit.Pad(0, m.ScreenMargin, bar))))
}

// breaches is the strip of what is past its time.
func (s *screen) breaches() fyne.CanvasObject {
	var fields []*kit.Breach
	for _, key := range breachOrder {
		b := breachKinds[key]
		if !s.env.Allows(b.to.need) {
			continue
		}
		field := kit.NewBreach(s.env, breachWord(s.env.Tr, key, usualPromise), b.tone, func() { s.env.Open(b.to.screen, b.to.aim) })
		s.strip[key] = kit.Shows(field, s.list.Figures(), stripID(key))
		fields = append(fields, field)
	}
	return kit.Fixed(0, 46*theme.Current().Metrics().Scale, kit.NewStrip(fields...))
}

// beside gives the right object a fixed width, but never more than half.
type beside struct{ gap, right float32 }

// Layout places both.
func (l *beside) Layout(o []fyne.CanvasObject, size fyne.Size) {
	w := float32(int(min(l.right, size.Width/2)))
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(fyne.NewSize(size.Width-w-l.gap, size.Height))
	o[1].Move(fyne.NewPos(size.Width-w, 0))
	o[1].Resize(fyne.NewSize(w, size.Height))
}

// MinSize takes what it gets.
func (l *beside) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(400, 200) }

// halves puts objects under each other in equal shares of the height.
type halves struct{ gap float32 }

// Layout places them.
func (l *halves) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	n := float32(len(objects))
	h := float32(int((size.Height - l.gap*(n-1)) / n))
	for i, o := range objects {
		o.Move(fyne.NewPos(0, (h+l.gap)*float32(i)))
		o.Resize(fyne.NewSize(size.Width, h))
	}
}

// MinSize takes what it gets.
func (l *halves) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(300, 200) }

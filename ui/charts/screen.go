// Package charts is the charts place: the shop in pictures, each with one
// computed sentence, its rows behind it, and both as files. The cards are made by
// reports/cards; those of cost are there only for people who may see cost.
package charts

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/app"
	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/reporting"
	"zhanggui/reports/cards"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// periodKey is the field of the period in the filter bar.
const periodKey = "period"

// usualDays is the period looked at first.
const usualDays = 30

// screen is the page: the cards, or the rows behind one of them.
type screen struct {
	env    kit.Env
	owner  *kit.Owner
	bar    *kit.FilterBar
	cards  []*card
	chosen int
	wall   *fyne.Container // the cards
	scroll *container.Scroll
	rows   *rows // of the open card, nil while the cards are in front
	body   *fyne.Container
	layer  *kit.Layer
	known  *kit.Figures // of the cards
}

// New makes the page.
func New(env kit.Env, a *app.App) kit.Screen {
	s := &screen{env: env, owner: kit.NewOwner(), known: kit.NewFigures(env)}
	s.known.After(s.figures)
	s.known.OnTurn = s.turned
	s.bar = kit.NewFilterBar(env, "charts.filter", []kit.FilterField{kit.DaysFilter(env, periodKey, "field.period", "last30")}, func(kit.Values) { s.Load() })
	for _, k := range cards.All {
		if k.Cost() && !env.Allows(auth.FinanceViewCost) {
			continue
		}
		n := len(s.cards)
		c := newCard(env, a.Reporting, k, s.period())
		c.face = kit.Shows(kit.NewChartCard(env, c.draw, func() { s.choose(n); s.open() }), s.known, cardID(k))
		s.cards = append(s.cards, c)
	}
	s.cards[0].face.SetChosen(true)
	return s
}

// Build puts the page together.
func (s *screen) Build() fyne.CanvasObject {
	if s.body != nil {
		return s.body
	}
	m := theme.Current().Metrics()
	layout := &wall{gap: m.CardGap}
	s.wall = container.New(layout)
	for _, c := range s.cards {
		layout.spans = append(layout.spans, spans[c.kind])
		s.wall.Add(c.face.Object())
	}
	s.scroll = container.NewVScroll(kit.Pad(m.CardGap, m.ScreenMargin, s.wall))
	page := kit.Edges(nil, s.actions(true), nil, nil, container.NewStack(kit.NewBackground(), s.scroll))
	s.body = container.NewStack(page)
	return s.body
}

// Load reads everything again.
func (s *screen) Load() {
	p := s.period()
	for _, c := range s.cards {
		c.reset(p)
	}
	if s.rows != nil {
		s.rows.load()
	}
}

// Topics are what makes it stale.
func (s *screen) Topics() []core.Topic {
	return []core.Topic{core.TopicFinance, core.TopicStock, core.TopicParcels, core.TopicOrders}
}

// Shown takes the keys.
func (s *screen) Shown() {
	if s.layer != nil || s.env.Keys == nil {
		return
	}
	s.layer = s.env.Keys.Push("charts", false)
	s.layer.On("F5", s.Load)
	s.known.Bind(s.layer)
	for chord, step := range map[kit.Chord][2]int{"Left": {-1, 0}, "Right": {1, 0}, "Up": {0, -1}, "Down": {0, 1}} {
		s.layer.Try(chord, func() bool { return s.step(step[0], step[1]) })
	}
	s.layer.Try("Enter", func() bool {
		if s.rows != nil {
			return false
		}
		s.open()
		return true
	})
	s.layer.Try("Esc", func() bool {
		if s.rows == nil {
			return false
		}
		s.back()
		return true
	})
	if s.env.Allows(auth.ExportFile) {
		s.layer.On("Ctrl+E", s.export)
		s.layer.On("Alt+P", s.savePicture)
	}
	if s.rows != nil {
		s.rows.list.Shown()
	}
}

// Hidden gives the keys back.
func (s *screen) Hidden() {
	if s.rows != nil {
		s.rows.list.Hidden()
	}
	if s.layer != nil {
		s.layer.Close()
		s.layer = nil
	}
}

// Close drops what is being read.
func (s *screen) Close() {
	s.Hidden()
	if s.rows != nil {
		s.rows.close()
	}
	for _, c := range s.cards {
		c.face.Close()
	}
	s.owner.Close()
}

// TopFilters is the period.
func (s *screen) TopFilters() []kit.TopFilter { return s.bar.TopFilters() }

// period is the chosen period; an open end is today, an open beginning the usual
// number of days before the end.
func (s *screen) period() reporting.Period {
	from, to := s.bar.Values().Days(periodKey)
	if to == "" {
		to = s.env.Clock.Now().Day()
	}
	if from == "" {
		from = to.Add(1 - usualDays)
	}
	return reporting.Period{From: from, To: to}
}

// choose puts the ring on a card and brings it into sight.
func (s *screen) choose(n int) {
	s.cards[s.chosen].face.SetChosen(false)
	s.chosen = n
	s.known.Touch(cardID(s.cards[n].kind))
	face := s.cards[n].face
	face.SetChosen(true)
	top, bottom := face.Object().Position().Y, face.Object().Position().Y+face.Object().Size().Height
	gap := 2 * theme.Current().Metrics().CardGap
	switch seen := s.scroll.Offset.Y; {
	case top < seen:
		s.scroll.ScrollToOffset(fyne.NewPos(0, top))
	case bottom+gap > seen+s.scroll.Size().Height:
		s.scroll.ScrollToOffset(fyne.NewPos(0, bottom+gap-s.scroll.Size().Height))
	}
}

// step goes to the card beside the chosen one, or to the nearest above or below.
func (s *screen) step(dx, dy int) bool {
	if s.rows != nil {
		return false
	}
	if dx != 0 {
		s.choose(min(max(s.chosen+dx, 0), len(s.cards)-1))
		return true
	}
	at := middle(s.cards[s.chosen].face.Object())
	best, far := s.chosen, float32(0)
	for n, c := range s.cards {
		p := middle(c.face.Object())
		down := (p.Y - at.Y) * float32(dy)
		if down <= 1 {
			continue
		}
		if d := down*100 + abs(p.X-at.X); best == s.chosen || d < far {
			best, far = n, d
		}
	}
	s.choose(best)
	return true
}

func middle(o fyne.CanvasObject) fyne.Position {
	return o.Position().AddXY(o.Size().Width/2, o.Size().Height/2)
}

func abs(v float32) float32 { return max(v, -v) }

// open shows the rows of the chosen card beside its picture, once they are read.
func (s *screen) open() {
	c := s.cards[s.chosen]
	kit.Run(s.env, s.owner, c.read, func(made *cards.Card) {
		s.back()
		s.rows = newRows(s.env, c, made, s.actions(false))
		s.body.Objects = append(s.body.Objects[:1], s.rows.object)
		s.body.Objects[0].Hide()
		s.body.Refresh()
		if s.layer != nil {
			s.rows.list.Shown()
		}
		s.rows.load()
	})
}

// back shows the cards again.
func (s *screen) back() {
	if s.rows == nil {
		return
	}
	s.rows.list.Hidden()
	s.rows.close()
	s.rows = nil
	s.body.Objects = s.body.Objects[:1]
	s.body.Objects[0].Show()
	s.body.Refresh()
	s.env.Window.Canvas().Unfocus() // the table is gone; its keys are the cards' again
}

// actions is the bar at the bottom: of the cards, or of the rows of one.
func (s *screen) actions(wall bool) fyne.CanvasObject {
	m, t := theme.Current().Metrics(), s.env.T
	row, name, hint := kit.Across(8), "charts.rows.", ""
	if wall {
		name, hint = "charts.", t("cards.keys")
		row.Add(kit.ID(kit.NewButton(s.env, t("cards.data"), "Enter", s.open).Primary(), name+"data"))
	} else {
		row.Add(kit.ID(kit.NewButton(s.env, t("common.back"), "Esc", s.back), name+"back"))
	}
	if s.env.Allows(auth.ExportFile) {
		row.Add(kit.ID(kit.NewButton(s.env, t("common.export_excel"), "Ctrl+E", s.export), name+"export"))
		row.Add(kit.ID(kit.NewButton(s.env, t("cards.save_picture"), "Alt+P", s.savePicture), name+"picture"))
	}
	bar := kit.Edges(nil, nil, nil, container.NewCenter(kit.NewLabel(hint).Small().Muted()), row)
	return container.NewStack(kit.NewSurface(), kit.Edges(kit.NewRule(), nil, nil, nil, kit.Fixed(0, m.ActionBar-1, kit.Pad(0, 12, bar))))
}

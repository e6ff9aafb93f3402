// Package home is 今日, where everybody's day begins: the figures of yesterday
// for those who answer for them, what is past its time, and the work of the post
// in the order it is due. A row leads to the screen that does it, filtered to
// the records it counts.
package home

import (
	"context"
	"image"
	"sync/atomic"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/app"
	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/dash"
	"zhanggui/app/when"
	"zhanggui/reports"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// screen is the home of one post.
type screen struct {
	env      kit.Env // its hints go to the list
	app      *app.App
	owner    *kit.Owner
	plan     plan
	period   string
	warn     when.Millis // span before the target at which a clock turns amber
	balanced bool        // debits were found equal to credits
	list     *kit.List[dash.Item]
	ready    atomic.Pointer[dash.Work] // read before the list asks for it
	layer    *kit.Layer

	chips    map[string]*kit.Chip
	says     *kit.Label // which days the figures are of
	tiles    *fyne.Container
	strip    map[string]*kit.Breach
	channels *sheet
	products *sheet
	chart    *kit.Chart
	specs    []tile                        // the tiles shown
	sales    *figures                      // what the figures show, nil before they are read
	worked   *dash.Work                    // what strip and list show, nil before it is read
	readAt   when.Millis                   // when either was read
	drawn    atomic.Pointer[reports.Chart] // read while drawing, away from the UI goroutine
	object   fyne.CanvasObject
}

// plan is what a post's home shows beside its work.
type plan struct {
	tiles, strip, chart, channels, products bool
}

// plans are by post; figures need auth.ReportsView.
var plans = map[auth.Role]plan{
	auth.Supervisor: {tiles: true, strip: true, chart: true, channels: true},
	auth.Finance:    {tiles: true, chart: true, channels: true},
	auth.Promotion:  {tiles: true, channels: true, products: true},
}

// New makes the home of the person signed in.
func New(env kit.Env, a *app.App) kit.Screen {
	s := &screen{app: a, env: env, owner: kit.NewOwner(), period: periodYesterday, strip: map[string]*kit.Breach{}}
	s.plan = plans[env.Actor().Role]
	if !env.Allows(auth.ReportsView) {
		s.plan = plan{strip: s.plan.strip}
	}
	s.list = kit.NewList(env, s.spec())
	s.env = s.list.Env()
	s.list.Figures().Before(s.pageFigures)
	s.owner.Lane("work").OnFail(func(error) bool { // the list reads again and says it in its place
		s.list.Load()
		return true
	})
	s.owner.Lane("sales").OnFail(func(err error) bool {
		s.says.SetParts(kit.Part{Icon: string(theme.Urgent), Text: s.env.Tr.Fault(err), Token: theme.Urgent.Token()})
		return true
	})
	s.build()
	return s
}

// Build gives the page.
func (s *screen) Build() fyne.CanvasObject { return s.object }

// Load reads everything again.
func (s *screen) Load() {
	kit.Run(s.env, s.owner.Lane("work"), s.work, s.showWork)
	s.loadSales()
}

// found is the work with what is not in the data: how old the last backup is.
type found struct {
	dash.Work
	backup when.Millis // 0 for none
	asked  bool        // whether there is a way to know
}

func (s *screen) work(ctx context.Context) (found, error) {
	w, err := s.app.Dash.Work(ctx)
	f := found{Work: w}
	if err != nil || s.strip[breachBackup] == nil {
		return f, err
	}
	last, ok, err := s.app.Backup.Last(ctx)
	if err == nil && ok {
		f.backup = last.At
	}
	f.asked = err == nil
	return f, nil // a folder that is away is said by the backup page
}

func (s *screen) showWork(f found) {
	unequal, has := f.Of(dash.KindUnequal, "")
	s.warn, s.balanced = f.Warn, has && unequal.N == 0
	s.worked, s.readAt = &f.Work, s.env.Clock.Now()
	s.ready.Store(&f.Work)
	s.list.Load()
	for key, b := range s.strip {
		b.SetWord(breachWord(s.env.Tr, key, f.Promise))
		if key == breachBackup {
			if f.asked {
				n, text := backupAge(s.env.Tr, f.backup, s.env.Clock.Now())
				b.SetText(n, text)
			}
			continue
		}
		if item, ok := f.Of(breachKinds[key].kind, breachKinds[key].check); ok {
			b.Set(item.N)
		}
	}
}

// loadSales reads the figures of the period, for those who have them.
func (s *screen) loadSales() {
	if !s.plan.tiles {
		return
	}
	from, to := days(s.period, s.env.Clock.Now().Day())
	kit.Run(s.env, s.owner.Lane("sales"), func(ctx context.Context) (figures, error) {
		sales, err := s.app.Dash.Sales(ctx, from, to)
		if err != nil || !s.plan.products {
			return figures{Sales: sales}, err
		}
		products, err := s.app.Dash.Products(ctx, from, to)
		return figures{sales, products}, err
	}, s.showSales)
}

// figures are what tiles, tables and picture are made of.
type figures struct {
	dash.Sales
	products dash.Products
}

func (s *screen) showSales(f figures) {
	tr, now := s.env.Tr, s.env.Clock.Now()
	s.says.SetParts(kit.Part{Text: span(tr, f.From, f.To, now), Token: theme.MutedToken})
	s.tiles.Objects = nil
	s.sales, s.readAt = &f, now
	s.specs = tiles(tr, s.env.Actor().Role, s.period, f.Sales, now)
	for _, t := range s.specs {
		var press func()
		if ways := s.ways(t.ways...); len(ways) > 0 {
			press = ways[0].Open
		}
		s.tiles.Add(kit.Shows(kit.NewTile(s.env, t.TileSpec, press), s.list.Figures(), tileID(t.key)))
	}
	s.tiles.Layout = kit.Columns(len(s.specs), theme.Current().Metrics().CardGap).Layout
	s.tiles.Refresh()
	if s.channels != nil {
		s.channels.show(channelRows(s.env, f.Sales))
	}
	if s.products != nil {
		s.products.show(productRows(f.products))
	}
	if s.chart != nil {
		c := picture(tr, f.Sales, now.Day())
		s.drawn.Store(&c)
		s.chart.Reload()
	}
	s.list.Figures().Refresh()
}

// draw makes the picture for a size and appearance.
func (s *screen) draw(ctx context.Context, size kit.ChartSize) (image.Image, error) {
	c := s.drawn.Load()
	if c == nil {
		c = &reports.Chart{Kind: reports.Line, Title: s.env.T("home.chart")}
	}
	w, h, scale := size.Units(200, 120)
	return c.Image(ctx, reports.Look{W: w, H: h, Scale: scale, Dark: size.Dark, Tr: s.env.Tr})
}

// Topics are what makes it stale.
func (s *screen) Topics() []core.Topic {
	return []core.Topic{core.TopicOrders, core.TopicParcels, core.TopicStock, core.TopicCatalog, core.TopicFinance, core.TopicImports, core.TopicTasks, core.TopicSettings}
}

// Shown takes the keys.
func (s *screen) Shown() {
	s.list.Shown()
	if s.layer == nil && s.env.Keys != nil && s.plan.tiles {
		s.layer = s.env.Keys.Push("today", false)
		for i, p := range periods {
			s.layer.On(periodKeys[i], func() { s.choose(p) })
		}
	}
}

// Hidden gives the keys back.
func (s *screen) Hidden() {
	s.list.Hidden()
	if s.layer != nil {
		s.layer.Close()
		s.layer = nil
	}
}

// Close drops what is being read.
func (s *screen) Close() {
	s.Hidden()
	s.list.Close()
	if s.chart != nil {
		s.chart.Close()
	}
	s.owner.Close()
}

// choose takes another period.
func (s *screen) choose(period string) {
	if s.period == period {
		return
	}
	s.period = period
	s.markPeriod()
	s.loadSales()
}

func (s *screen) markPeriod() {
	for key, c := range s.chips {
		c.SetChosen(key == s.period)
	}
}

// way is what a tile opens, nil for nowhere the person may go.
func (s *screen) way(t target) func() {
	if t.screen == "" || !s.env.Allows(t.need) {
		return nil
	}
	return func() { s.env.Open(t.screen, t.aim) }
}

// stacked lays a surface under something.
func stacked(o fyne.CanvasObject) fyne.CanvasObject { return container.NewStack(kit.NewSurface(), o) }

// Package app is the whole program below its window: App lists what it can do.
// The window and the command line call these services and nothing beneath; every
// call takes a context that carries the actor (auth.With).
package app

import (
	"log/slog"

	"zhanggui/app/auth"
	"zhanggui/app/backup"
	"zhanggui/app/catalog"
	"zhanggui/app/core"
	"zhanggui/app/dash"
	"zhanggui/app/finance"
	"zhanggui/app/inbox"
	"zhanggui/app/job"
	"zhanggui/app/orders"
	"zhanggui/app/reporting"
	"zhanggui/app/search"
	"zhanggui/app/settings"
	"zhanggui/app/shipping"
	"zhanggui/app/stock"
	"zhanggui/app/users"
)

// App is the table of contents of the program.
type App struct {
	Engine *core.Engine

	Users     *users.Service     // the team, signing in, rights
	Settings  *settings.Service  // numbers and texts the supervisor may change
	Catalog   *catalog.Service   // products, SKUs, kits, codes, shops
	Orders    *orders.Service    // the order desk
	Stock     *stock.Service     // stock, receipts, adjustments
	Shipping  *shipping.Service  // parcels, waybills, returns
	Inbox     *inbox.Service     // files of the platforms: preview, commit, undo
	Finance   *finance.Service   // sales, profit, the journal
	Reporting *reporting.Service // rows for reports and charts
	Search    *search.Service    // the command palette: everything by a few letters
	Dash      *dash.Service      // the home screen: figures, work due, the wave clock
	Backup    *backup.Service    // copies, seals, checks
	Jobs      *job.Runner        // long work in the background
}

// Options are what the services need beside the engine.
type Options struct {
	PINs    auth.Params // work of one PIN hash; the zero value is auth.Standard
	Backups backup.Files
	Log     *slog.Logger
}

// New builds the services on an engine.
func New(e *core.Engine, o Options) *App {
	if o.PINs == (auth.Params{}) {
		o.PINs = auth.Standard()
	}
	return &App{
		Engine:    e,
		Users:     users.New(e, o.PINs),
		Settings:  settings.New(e),
		Catalog:   catalog.New(e),
		Orders:    orders.New(e),
		Stock:     stock.New(e),
		Shipping:  shipping.New(e),
		Inbox:     inbox.New(e),
		Finance:   finance.New(e),
		Reporting: reporting.New(e),
		Search:    search.New(e),
		Dash:      dash.New(e),
		Backup:    backup.New(e, o.Backups),
		Jobs:      job.NewRunner(e, o.Log),
	}
}

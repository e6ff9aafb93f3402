package shell

import (
	"context"

	"zhanggui/app"
	"zhanggui/app/auth"
	"zhanggui/app/domain"
	"zhanggui/ui/charts"
	"zhanggui/ui/finance"
	"zhanggui/ui/home"
	"zhanggui/ui/inbox"
	"zhanggui/ui/kit"
	"zhanggui/ui/orders"
	"zhanggui/ui/products"
	"zhanggui/ui/settings"
	"zhanggui/ui/shipping"
	"zhanggui/ui/stock"
)

// Entry is one screen of the window: one line in Registry.
type Entry struct {
	ID    string      // what kit.Env.Open names
	Place string      // the rail's place under which it is a tab
	Title string      // translation key of its tab
	Need  auth.Action // the right without which it does not show
	New   func(env kit.Env, a *app.App) kit.Screen
	// Count is how much work waits there, shown beside the tab and on the rail; nil for none.
	Count func(ctx context.Context, a *app.App) (int, error)
}

// Registry is every screen, in the order of the rail and its tabs.
var Registry = []Entry{
	{ID: "today", Place: "today", Title: "nav.today", Need: auth.DashView, New: home.New},
	{ID: "orders", Place: "shipping", Title: "nav.to_audit", Need: auth.OrdersView, New: orders.New, Count: inStage(domain.StageToAudit, domain.StageException)},
	{ID: "shipping", Place: "shipping", Title: "nav.board", Need: auth.ShippingView, New: shipping.New, Count: inStage(domain.StageToShip, domain.StagePart)},
	{ID: "stock", Place: "stock", Title: "nav.stock", Need: auth.StockView, New: stock.New},
	{ID: "products", Place: "listing", Title: "nav.products", Need: auth.CatalogView, New: products.New},
	{ID: "finance", Place: "finance", Title: "nav.sales", Need: auth.FinanceView, New: finance.New},
	{ID: "finance.trial", Place: "finance", Title: "books.trial.title", Need: auth.FinanceViewCost, New: finance.NewTrial},
	{ID: "finance.journal", Place: "finance", Title: "nav.journal", Need: auth.FinanceViewCost, New: finance.NewJournal},
	{ID: "charts", Place: "charts", Title: "nav.charts", Need: auth.ReportsView, New: charts.New},
	{ID: "inbox", Place: placeImport, Title: "nav.import", Need: auth.ImportView, New: inbox.New, Count: unfinished},
	{ID: "settings", Place: placeSettings, Title: "nav.settings", Need: auth.SettingsView, New: settings.New},
	{ID: "settings.shops", Place: placeSettings, Title: "setup.shops.tab", Need: auth.CatalogView, New: settings.NewShops},
	{ID: "settings.couriers", Place: placeSettings, Title: "setup.couriers.tab", Need: auth.SettingsView, New: settings.NewCouriers},
	{ID: "settings.fees", Place: placeSettings, Title: "setup.fees.tab", Need: auth.SettingsView, New: settings.NewFees},
	{ID: "settings.staff", Place: placeSettings, Title: "nav.staff", Need: auth.UsersManage, New: settings.NewStaff},
	{ID: "settings.backup", Place: placeSettings, Title: "setup.backup.tab", Need: auth.CheckRun, New: settings.NewBackup},
	{ID: "settings.audit", Place: placeSettings, Title: "nav.audit_log", Need: auth.AuditView, New: settings.NewAudit},
}

// landing is where every post begins its work; whoever may not see it begins
// with the first screen.
const landing = "today"

// place is one place of the rail: an icon over a word, and its key.
type place struct {
	id, title, icon string
	keys            []kit.Chord
}

// The places that are not among the rail's upper ones.
const (
	placeImport   = "import"   // a button in the top bar
	placeSettings = "settings" // at the bottom of the rail
)

// places are the rail from top to bottom. Ctrl+0 goes to the first one a person
// has, which is home.
var places = []place{
	{"today", "nav.today", "home", nil},
	{"listing", "nav.listing", "tag", []kit.Chord{"Ctrl+1"}},
	{"shipping", "nav.shipping", "truck", []kit.Chord{"Ctrl+2"}},
	{"stock", "nav.stock", "box", []kit.Chord{"Ctrl+3"}},
	{"finance", "nav.finance", "yuan", []kit.Chord{"Ctrl+4"}},
	{"charts", "nav.charts", "chart", []kit.Chord{"Ctrl+5"}},
	{placeImport, "nav.import", "inbox", []kit.Chord{"Ctrl+I"}},
	{placeSettings, "nav.settings", "gear", []kit.Chord{"Ctrl+,"}},
}

// inStage counts the orders that are in one of the stages.
func inStage(stages ...domain.Stage) func(ctx context.Context, a *app.App) (int, error) {
	return func(ctx context.Context, a *app.App) (int, error) {
		counts, err := a.Orders.StageCounts(ctx)
		n := 0
		for _, c := range counts {
			for _, s := range stages {
				if c.Stage == s {
					n += int(c.N)
				}
			}
		}
		return n, err
	}
}

// unfinished counts the imports that stopped half-way.
func unfinished(ctx context.Context, a *app.App) (int, error) {
	list, err := a.Inbox.Unfinished(ctx)
	return len(list), err
}

// visible are the screens the person may see, in registry order.
func visible(env kit.Env, all []Entry) []Entry {
	var list []Entry
	for _, e := range all {
		if env.Allows(e.Need) {
			list = append(list, e)
		}
	}
	return list
}

// under are the screens of one place.
func under(list []Entry, place string) []Entry {
	var own []Entry
	for _, e := range list {
		if e.Place == place {
			own = append(own, e)
		}
	}
	return own
}

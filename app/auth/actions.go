package auth

// Action is one right. Every use case names the one it needs.
type Action string

// The rights, by area.
const (
	OrdersView    Action = "orders.view"
	OrdersAudit   Action = "orders.audit"   // pass, hold, release
	OrdersEdit    Action = "orders.edit"    // address, SKU mapping, manual orders
	OrdersSplit   Action = "orders.split"   // split and merge
	OrdersCancel  Action = "orders.cancel"  // cancel before shipping
	OrdersPersons Action = "orders.persons" // see whole names, phones, addresses

	ImportView   Action = "import.view"
	ImportOrders Action = "import.orders" // preview and commit of order files
	ImportStock  Action = "import.stock"  // product list; opening stock needs stock.opening
	ImportUndo   Action = "import.undo"

	ShippingView Action = "shipping.view"
	ShippingShip Action = "shipping.ship"
	ShippingUndo Action = "shipping.undo"

	StockView      Action = "stock.view"
	StockReceive   Action = "stock.receive"
	StockAdjust    Action = "stock.adjust"
	StockAdjustBig Action = "stock.adjust_big" // above the limit in the settings
	StockOpening   Action = "stock.opening"

	CatalogView Action = "catalog.view"
	CatalogEdit Action = "catalog.edit"

	CustomersView Action = "customers.view"

	FinanceView     Action = "finance.view"
	FinanceViewCost Action = "finance.view_cost" // cost and profit anywhere
	FinancePost     Action = "finance.post"

	DashView      Action = "dash.view"
	ReportsView   Action = "reports.view"
	ExportFile    Action = "export.file"
	UsersManage   Action = "users.manage"
	SettingsView  Action = "settings.view"
	SettingsEdit  Action = "settings.edit"
	AuditView     Action = "audit.view"
	BackupMake    Action = "backup.make"
	BackupRestore Action = "backup.restore"
	CheckRun      Action = "check.run"
	DemoLoad      Action = "demo.load"
	SelfManage    Action = "self.manage" // own PIN, language, theme
)

// Actions lists every right, in the order of the rights screen.
var Actions = []Action{
	OrdersView, OrdersAudit, OrdersEdit, OrdersSplit, OrdersCancel, OrdersPersons,
	ImportView, ImportOrders, ImportStock, ImportUndo,
	ShippingView, ShippingShip, ShippingUndo,
	StockView, StockReceive, StockAdjust, StockAdjustBig, StockOpening,
	CatalogView, CatalogEdit, CustomersView,
	FinanceView, FinanceViewCost, FinancePost,
	DashView, ReportsView, ExportFile, UsersManage, SettingsView, SettingsEdit,
	AuditView, BackupMake, BackupRestore, CheckRun, DemoLoad, SelfManage,
}

package auth

// matrix is the default right of each post (DECIDED 11). What is not listed is
// denied. The supervisor has every right, the system every right but the
// personal ones; both are handled in roleAllows.
var matrix = map[Role]map[Action]bool{
	Service: set(OrdersView, OrdersAudit, OrdersEdit, OrdersSplit, OrdersCancel, OrdersPersons,
		ImportView, ImportOrders, ImportUndo, ShippingView, StockView, CatalogView,
		CustomersView, DashView, ReportsView, ExportFile, SettingsView, CheckRun, SelfManage),
	Warehouse: set(OrdersView, OrdersPersons, ImportView, ImportStock, ShippingView, ShippingShip, ShippingUndo,
		StockView, StockReceive, StockAdjust, CatalogView, DashView, ReportsView, ExportFile,
		SettingsView, CheckRun, SelfManage),
	Finance: set(OrdersView, ImportView, ImportOrders, ImportStock, ImportUndo, ShippingView, StockView, StockReceive,
		StockAdjust, StockAdjustBig, StockOpening, CatalogView, CustomersView, FinanceView,
		FinanceViewCost, FinancePost, DashView, ReportsView, ExportFile, SettingsView, BackupMake,
		CheckRun, SelfManage),
	Promotion: set(OrdersView, ImportView, ImportOrders, ImportStock, ShippingView, StockView, CatalogView, CatalogEdit,
		CustomersView, DashView, ReportsView, ExportFile, SettingsView, SelfManage),
}

func set(actions ...Action) map[Action]bool {
	m := make(map[Action]bool, len(actions))
	for _, a := range actions {
		m[a] = true
	}
	return m
}

// roleAllows is the table alone, without personal exceptions.
func roleAllows(r Role, a Action) bool {
	switch r {
	case Supervisor, System:
		return true
	}
	return matrix[r][a]
}

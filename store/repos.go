package store

import "zhanggui/app/core"

// The repositories are views of one transaction: t.ctx is its context, t.q
// runs its statements.
type (
	orderRepo    struct{ t *tx }
	stockRepo    struct{ t *tx }
	parcelRepo   struct{ t *tx }
	ledgerRepo   struct{ t *tx }
	catalogRepo  struct{ t *tx }
	customerRepo struct{ t *tx }
	importRepo   struct{ t *tx }
	reportRepo   struct{ t *tx }
	staffRepo    struct{ t *tx }
	settingRepo  struct{ t *tx }
	taskRepo     struct{ t *tx }
	logRepo      struct{ t *tx }
)

// Orders and the others make tx a core.Tx.
func (t *tx) Orders() core.OrderRepo       { return orderRepo{t} }
func (t *tx) Stock() core.StockRepo        { return stockRepo{t} }
func (t *tx) Parcels() core.ParcelRepo     { return parcelRepo{t} }
func (t *tx) Ledger() core.LedgerRepo      { return ledgerRepo{t} }
func (t *tx) Catalog() core.CatalogRepo    { return catalogRepo{t} }
func (t *tx) Customers() core.CustomerRepo { return customerRepo{t} }
func (t *tx) Imports() core.ImportRepo     { return importRepo{t} }
func (t *tx) Staff() core.StaffRepo        { return staffRepo{t} }
func (t *tx) Settings() core.SettingRepo   { return settingRepo{t} }
func (t *tx) Tasks() core.TaskRepo         { return taskRepo{t} }
func (t *tx) Log() core.LogRepo            { return logRepo{t} }

// reads shows the same repositories without their writing half.
type reads struct{ t *tx }

func (r reads) Orders() core.OrderReads       { return r.t.Orders() }
func (r reads) Stock() core.StockReads        { return r.t.Stock() }
func (r reads) Parcels() core.ParcelReads     { return r.t.Parcels() }
func (r reads) Ledger() core.LedgerReads      { return r.t.Ledger() }
func (r reads) Catalog() core.CatalogReads    { return r.t.Catalog() }
func (r reads) Customers() core.CustomerReads { return r.t.Customers() }
func (r reads) Imports() core.ImportReads     { return r.t.Imports() }
func (r reads) Staff() core.StaffReads        { return r.t.Staff() }
func (r reads) Settings() core.SettingReads   { return r.t.Settings() }
func (r reads) Tasks() core.TaskReads         { return r.t.Tasks() }
func (r reads) Log() core.LogReads            { return r.t.Log() }
func (r reads) Reports() core.ReportReads     { return reportRepo(r) }

var (
	_ core.Tx    = (*tx)(nil)
	_ core.Reads = reads{}
)

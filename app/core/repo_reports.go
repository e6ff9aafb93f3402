package core

import (
	"zhanggui/app/domain"
	"zhanggui/app/money"
	"zhanggui/app/when"
)

// SalesSum is sales, cost and units of one group, from the journal.
type SalesSum struct {
	Key        string    `json:"key"`  // day, month, channel code, shop code or SKU code
	Name       string    `json:"name"` // title and variant of the product, else ""
	Orders     int64     `json:"orders"`
	Units      int64     `json:"units"`
	RevenueFen money.Fen `json:"revenue_fen"`
	CostFen    money.Fen `json:"cost_fen"`
}

// SalesBy names the grouping of a sales report.
type SalesBy string

// The groupings.
const (
	ByDay     SalesBy = "day"
	ByMonth   SalesBy = "month"
	ByChannel SalesBy = "channel"
	ByShop    SalesBy = "shop"
	BySKU     SalesBy = "sku"
)

// ReportReads gives the sums behind reports and charts. Days are inclusive.
type ReportReads interface {
	// Sales groups journal sales and cost; channel "" for all.
	Sales(by SalesBy, from, to when.Day, channel string) ([]SalesSum, error)
	// Orders groups orders by business day: number placed and amount paid.
	Orders(from, to when.Day, channel string) ([]SalesSum, error)
	// StockValue sums stock on hand and value by SKU as of the end of a day ("" for now).
	StockValue(day when.Day) ([]StockRow, error)
	// Stages counts the open work, for tiles.
	Stages() ([]StageCount, error)
	// Late counts orders past target and past limit that have not left.
	Late(now when.Millis) (target, limit int64, err error)
	// OnTime counts parcels due and shipped in time per day.
	OnTime(from, to when.Day) ([]OnTimeDay, error)
	// PaidHours counts the orders paid on these days by hour of the week.
	PaidHours(from, to when.Day) ([]HourCount, error)
	Accounts(from, to when.Day) ([]AccountSum, error)
}

// HourCount is how many orders were paid in one hour of the week.
type HourCount struct {
	Weekday int   `json:"weekday"` // 0 is Monday
	Hour    int   `json:"hour"`    // 0 to 23 in the shop's zone
	Orders  int64 `json:"orders"`
}

// OnTimeDay is the on-time figure of one day (rules.md §5.12: ÷ due, not ÷ shipped).
type OnTimeDay struct {
	Day  when.Day `json:"day"`
	Due  int64    `json:"due"`
	Good int64    `json:"good"`
	// Early are those of Due that had left by their target, the shop's own shorter promise.
	Early int64 `json:"early"`
}

// AccountSum is one row of the trial balance.
type AccountSum struct {
	Account   domain.Account `json:"account"`
	DebitFen  money.Fen      `json:"debit_fen"`
	CreditFen money.Fen      `json:"credit_fen"`
}

package value

import (
	"zhanggui/app/ingest/sheet"
	"zhanggui/app/money"
	"zhanggui/app/when"
)

// Sum is what an amount cell says.
type Sum struct {
	Fen      money.Fen // the amount as written, before any refund
	Refunded money.Fen // the part the same cell calls refunded: 131.77(已退款89.84)
	Present  bool      // false for blank, "-", "--", "——", "/"
}

// Range is a span of days, both included; a single day has From equal To.
type Range struct{ From, To when.Day }

var _ = sheet.Cell{}

package domain_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/domain"
	"zhanggui/app/money"
)

func TestOfSome_TellsNothingOfTheOthers(t *testing.T) {
	t.Parallel()
	known := domain.PlatformFacts{Payment: domain.PayPaid, RefundAsked: true}
	for name, c := range map[string]struct{ file, want domain.PlatformFacts }{
		"closed": {
			domain.PlatformFacts{Payment: domain.PayRefunded, Cancelled: true},
			domain.PlatformFacts{Payment: domain.PayPartRefunded, RefundAsked: true},
		},
		"shipped": {
			domain.PlatformFacts{Payment: domain.PayPaid, Shipped: true, Completed: true},
			domain.PlatformFacts{Payment: domain.PayPaid, PartShipped: true, RefundAsked: true},
		},
		"never paid": {
			domain.PlatformFacts{Payment: domain.PayUnpaid, Cancelled: true},
			domain.PlatformFacts{RefundAsked: true},
		},
	} {
		require.Equal(t, c.want, c.file.OfSome(known), name)
	}
}

// Refunds that nobody named a line for go to closed lines first, then to those
// that have not left; no line gives more than it earns.
func TestShareRefund_ClosedLinesFirst_NeverTheShipped(t *testing.T) {
	t.Parallel()
	line := func(net money.Fen, shipped, cancelled int64) domain.Line {
		return domain.Line{Qty: 1, NetFen: net, ShippedQty: shipped, CancelQty: cancelled}
	}
	o := &domain.Order{RefundFen: 3500, Lines: []domain.Line{line(5000, 0, 0), line(3000, 0, 1), line(9000, 1, 0)}}
	o.ShareRefund()
	require.Equal(t, []money.Fen{500, 3000, 0}, refunds(o))

	o.RefundFen = 4000 // it grew
	o.ShareRefund()
	o.ShareRefund() // and says the same again
	require.Equal(t, []money.Fen{1000, 3000, 0}, refunds(o))

	o.RefundFen = 99_999 // the rest is of what has left: its revenue stands
	o.ShareRefund()
	require.Equal(t, []money.Fen{5000, 3000, 0}, refunds(o))
}

func refunds(o *domain.Order) []money.Fen {
	var list []money.Fen
	for _, l := range o.Lines {
		list = append(list, l.RefundFen)
	}
	return list
}

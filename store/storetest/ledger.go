package storetest

import (
	"github.com/stretchr/testify/require"

	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
	"zhanggui/app/money"
	"zhanggui/app/when"
)

var ledgerTests = map[string]func(h *House){
	"Post_EveryField_ReadBack":             entryEveryField,
	"Post_Unbalanced_Refused":              entryUnbalanced,
	"Post_ReversedTwice_Conflict":          reversedTwice,
	"Balances_UpToADay":                    balances,
	"Post_KeepsTheSalesSums":               salesSums,
	"List_PostingsWithTheirEntries":        entriesListed,
	"Sales_SumsAgreeWithPostings_AnyRange": salesRanges,
}

func (h *House) post(e *domain.Entry) int64 {
	h.T.Helper()
	var seq int64
	h.Write(func(tx core.Tx) {
		var err error
		seq, err = tx.Ledger().Post(e)
		h.OK(err)
	})
	return seq
}

func entryEveryField(h *House) {
	first := h.Sale("N1", h.Mug.ID, 2, 7800, 3000, 800, "2026-11-20")
	h.post(&first)
	e := first.Reverse("unship")
	e.At, e.BizDay, e.Actor, e.ActorName = Now, Now.Day(), ids.StaffID{3}, "王五"
	seq := h.post(&e)
	h.noZero(e)
	h.noZero(e.Postings[0])

	require.Equal(h.T, seq, e.Seq)
	h.Read(func(r core.Reads) {
		got, err := r.Ledger().Get(seq)
		h.OK(err)
		require.Equal(h.T, &e, got)
		both, err := r.Ledger().OfRef("parcel", "parcel-N1")
		h.OK(err)
		require.Equal(h.T, []*domain.Entry{&first, &e}, both)
		none, err := r.Ledger().OfRef("receipt", "parcel-N1")
		h.OK(err)
		require.Empty(h.T, none)
		_, err = r.Ledger().Get(seq + 1)
		h.Fault(err, fault.NotFound, "fault.journal.unknown")
	})
}

func entryUnbalanced(h *House) {
	e := h.Sale("N1", h.Mug.ID, 2, 7800, 3000, 0, Now.Day())
	e.Postings[0].AmountFen++

	err := h.Try(func(tx core.Tx) error {
		_, err := tx.Ledger().Post(&e)
		return err
	})

	h.Fault(err, fault.Internal, "fault.journal.unbalanced")
	h.Read(func(r core.Reads) {
		all, err := r.Ledger().Balances("")
		h.OK(err)
		require.Empty(h.T, all)
	})
}

func reversedTwice(h *House) {
	first := h.Sale("N1", h.Mug.ID, 2, 7800, 3000, 0, Now.Day())
	h.post(&first)
	one, two := first.Reverse("unship"), first.Reverse("unship")
	h.post(&one)

	err := h.Try(func(tx core.Tx) error {
		_, err := tx.Ledger().Post(&two)
		return err
	})

	require.Equal(h.T, fault.Conflict, fault.From(err).Code)
}

func balances(h *House) {
	a := h.Sale("N1", h.Mug.ID, 2, 7800, 3000, 800, "2026-11-20")
	b := h.Sale("N2", h.Lid.ID, 1, 500, 200, 0, "2026-11-21")
	h.post(&a)
	h.post(&b)

	h.Read(func(r core.Reads) {
		got, err := r.Ledger().Balances("2026-11-20")
		h.OK(err)
		require.Equal(h.T, map[domain.Account]money.Fen{domain.AccSales: -8600, domain.AccCost: 3000, domain.AccReceivable: 8600, domain.AccStock: -3000}, got)
		got, err = r.Ledger().Balances("")
		h.OK(err)
		require.Equal(h.T, money.Fen(-9100), got[domain.AccSales])
		got, err = r.Ledger().Balances("2026-11-19")
		h.OK(err)
		require.Empty(h.T, got)
		sums, err := r.Reports().Accounts("2026-11-21", "2026-11-21")
		h.OK(err)
		require.Equal(h.T, []core.AccountSum{{Account: "1122", DebitFen: 500}, {Account: "1405", CreditFen: 200}, {Account: "5001", CreditFen: 500}, {Account: "5401", DebitFen: 200}}, sums)
	})
}

func salesSums(h *House) {
	e := h.Sale("N1", h.Mug.ID, 2, 7800, 3000, 800, "2026-11-20")
	h.post(&e)
	undo := e.Reverse("unship")
	undo.At, undo.BizDay = Now, "2026-12-01"
	h.post(&undo)
	variance, err := domain.StockEntry("receipt", "R-1", h.Mug.ID, 3, 900, 50, domain.AccPayable)
	h.OK(err)
	variance.BizDay = "2026-11-20"
	h.post(&variance)

	h.Read(func(r core.Reads) {
		days, err := r.Reports().Sales(core.ByDay, "2026-11-01", "2026-12-31", "")
		h.OK(err)
		require.Equal(h.T, []core.SalesSum{
			{Key: "2026-11-20", Orders: 1, Units: 2, RevenueFen: 8600, CostFen: 3050},
			{Key: "2026-12-01", Orders: -1, Units: -2, RevenueFen: -8600, CostFen: -3000},
		}, days)
		tmall, err := r.Reports().Sales(core.ByMonth, "2026-11-01", "2026-11-30", "tmall")
		h.OK(err)
		require.Equal(h.T, []core.SalesSum{{Key: "2026-11", Orders: 1, Units: 2, RevenueFen: 8600, CostFen: 3000}}, tmall)
		channels, err := r.Reports().Sales(core.ByChannel, "2026-11-01", "2026-11-30", "")
		h.OK(err)
		require.Equal(h.T, []core.SalesSum{{CostFen: 50}, {Key: "tmall", Orders: 1, Units: 2, RevenueFen: 8600, CostFen: 3000}}, channels)
		shops, err := r.Reports().Sales(core.ByShop, "2026-11-01", "2026-11-30", "tmall")
		h.OK(err)
		require.Equal(h.T, []core.SalesSum{{Key: "tm1", Orders: 1, Units: 2, RevenueFen: 8600, CostFen: 3000}}, shops)
		skus, err := r.Reports().Sales(core.BySKU, "2026-11-01", "2026-11-30", "")
		h.OK(err)
		require.Equal(h.T, []core.SalesSum{{RevenueFen: 800}, {Key: "MUG-1", Name: "马克杯 蓝色 350ml", Units: 2, RevenueFen: 7800, CostFen: 3050}}, skus)
		_, err = r.Reports().Sales("mood", "2026-11-01", "2026-11-30", "")
		h.Fault(err, fault.Invalid, "fault.report.by")
	})
}

// salesRanges compares the product report, which mixes monthly sums and rows,
// with the daily report over many ranges.
func salesRanges(h *House) {
	day := when.Day("2026-08-25")
	for i := range 120 {
		e := h.Sale("N", h.Mug.ID, int64(i%3+1), money.Fen(100+i), money.Fen(40+i), money.Fen(i%2*7), day.Add(i))
		h.post(&e)
	}
	for _, c := range [][2]when.Day{
		{"2026-08-25", "2026-12-22"},
		{"2026-09-01", "2026-09-30"},
		{"2026-09-01", "2026-11-30"},
		{"2026-09-02", "2026-11-29"},
		{"2026-09-15", "2026-09-20"},
		{"2026-09-15", "2026-10-14"},
		{"2026-08-31", "2026-10-01"},
		{"2026-09-30", "2026-09-30"},
		{"2026-10-01", "2026-10-01"},
		{"2026-01-01", "2026-12-31"},
		{"2026-11-30", "2026-12-01"},
		{"2026-10-02", "2026-10-01"},
	} {
		h.Read(func(r core.Reads) {
			sum := func(by core.SalesBy, channel string) core.SalesSum {
				var total core.SalesSum
				list, err := r.Reports().Sales(by, c[0], c[1], channel)
				h.OK(err)
				for _, s := range list {
					total.Units, total.RevenueFen, total.CostFen = total.Units+s.Units, total.RevenueFen+s.RevenueFen, total.CostFen+s.CostFen
				}
				return total
			}
			require.Equal(h.T, sum(core.ByDay, ""), sum(core.BySKU, ""), "%v", c)
			require.Equal(h.T, sum(core.ByMonth, "tmall"), sum(core.BySKU, "tmall"), "%v", c)
			require.Zero(h.T, sum(core.BySKU, "jd"))
		})
	}
}

func entriesListed(h *House) {
	e := h.Sale("N1", h.Mug.ID, 2, 7800, 3000, 800, "2026-11-20")
	h.post(&e)
	undo := e.Reverse("unship")
	undo.At, undo.BizDay, undo.ActorName = Now, Now.Day(), "李四"
	h.post(&undo)

	h.Read(func(r core.Reads) {
		page, err := r.Ledger().List(core.Query{Totals: true})
		h.OK(err)
		require.Equal(h.T, 10, page.Total)
		require.Equal(h.T, page.Sums["debit_fen"], page.Sums["credit_fen"])
		require.Equal(h.T, core.EntryRow{
			Seq: undo.Seq, At: Now, Day: Now.Day(), Kind: "unship", Number: "N1", RefKind: "parcel", RefID: "parcel-N1", Reverses: e.Seq,
			Account: "5001", Channel: "tmall", Shop: "tm1", SKU: "MUG-1", Qty: 2, DebitFen: 7800, Actor: "李四",
		}, page.Rows[0])
		require.Equal(h.T, core.EntryRow{
			Seq: e.Seq, At: e.At, Day: "2026-11-20", Kind: "ship", Number: "N1", RefKind: "parcel", RefID: "parcel-N1",
			Account: "5001", Channel: "tmall", Shop: "tm1", CreditFen: 800, Actor: "王五",
		}, page.Rows[7])
		for search, n := range map[string]int{"N1": 10, "n": 10, "李四": 5, "nix": 0} {
			page, err := r.Ledger().List(core.Query{Search: search})
			h.OK(err)
			require.Len(h.T, page.Rows, n, search)
		}
		page, err = r.Ledger().List(core.Query{Chip: "ship", Conds: []core.Cond{{Field: "account", Op: "=", Value: "5001"}}})
		h.OK(err)
		require.Len(h.T, page.Rows, 2)
	})
}

package finance

import (
	"context"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/money"
	"zhanggui/app/when"
)

// TrialRow is one account of the trial balance; opening and closing are signed,
// debit positive.
type TrialRow struct {
	Account    domain.Account `json:"account"`
	OpeningFen money.Fen      `json:"opening_fen"`
	DebitFen   money.Fen      `json:"debit_fen"`
	CreditFen  money.Fen      `json:"credit_fen"`
	ClosingFen money.Fen      `json:"closing_fen"`
}

// TrialBalance is the accounts with their sums. Debits equal credits, and the
// openings and closings sum to zero (QUALITY I5).
type TrialBalance struct {
	From, To when.Day
	Rows     []TrialRow
	Total    TrialRow // Account ""
}

// Only is one account alone; its total is its row, for debits equal credits only over all.
func (t TrialBalance) Only(a domain.Account) TrialBalance {
	out := TrialBalance{From: t.From, To: t.To}
	for _, r := range t.Rows {
		if r.Account == a {
			out.Rows = append(out.Rows, r)
			out.Total = r
			out.Total.Account = ""
		}
	}
	return out
}

// TrialBalance sums the accounts over the days from to to, both included.
// Accounts that never moved are left out. Errors: Denied; Invalid; Limit.
func (s *Service) TrialBalance(ctx context.Context, from, to when.Day) (TrialBalance, error) {
	return core.Read(ctx, s.e, auth.FinanceViewCost, func(r core.Reads) (TrialBalance, error) {
		t := TrialBalance{From: from, To: to}
		if err := checkPeriod(from, to); err != nil {
			return t, err
		}
		opening, err := r.Ledger().Balances(from.Add(-1))
		if err != nil {
			return t, err
		}
		moves, err := r.Reports().Accounts(from, to)
		if err != nil {
			return t, err
		}
		sums := map[domain.Account]core.AccountSum{}
		for _, m := range moves {
			sums[m.Account] = m
		}
		for _, account := range domain.Accounts {
			sum := sums[account]
			row := TrialRow{Account: account, OpeningFen: opening[account], DebitFen: sum.DebitFen, CreditFen: sum.CreditFen}
			row.ClosingFen = row.OpeningFen + row.DebitFen - row.CreditFen
			if row == (TrialRow{Account: account}) {
				continue
			}
			t.Rows = append(t.Rows, row)
			t.Total.OpeningFen += row.OpeningFen
			t.Total.DebitFen += row.DebitFen
			t.Total.CreditFen += row.CreditFen
			t.Total.ClosingFen += row.ClosingFen
		}
		return t, nil
	})
}

// Entries lists postings with their entries, newest first unless sorted.
// Errors: Denied; Invalid for an unknown field.
func (s *Service) Entries(ctx context.Context, q core.Query) (core.Paged[core.EntryRow], error) {
	return core.Read(ctx, s.e, auth.FinanceViewCost, func(r core.Reads) (core.Paged[core.EntryRow], error) {
		return r.Ledger().List(q)
	})
}

// Entry loads one journal entry with its postings. Errors: Denied; NotFound.
func (s *Service) Entry(ctx context.Context, seq int64) (*domain.Entry, error) {
	return core.Read(ctx, s.e, auth.FinanceViewCost, func(r core.Reads) (*domain.Entry, error) {
		return r.Ledger().Get(seq)
	})
}

// EntriesOf gives the entries of a document, reversals included. Errors: Denied.
func (s *Service) EntriesOf(ctx context.Context, refKind, refID string) ([]*domain.Entry, error) {
	return core.Read(ctx, s.e, auth.FinanceViewCost, func(r core.Reads) ([]*domain.Entry, error) {
		return r.Ledger().OfRef(refKind, refID)
	})
}

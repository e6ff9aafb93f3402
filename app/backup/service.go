package backup

import (
	"context"
	"regexp"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/job"
)

// Service looks after the safety of the data. Make it with New.
type Service struct {
	e     *core.Engine
	files Files
}

// New makes the service.
func New(e *core.Engine, files Files) *Service { return &Service{e: e, files: files} }

// Info describes the data for status bar and messages; every post may see it.
// Errors: Denied when signed out, disabled or locked; Unavailable.
func (s *Service) Info(ctx context.Context) (core.Info, error) {
	if err := s.allowed(ctx, auth.DashView); err != nil {
		return core.Info{}, err
	}
	return s.e.Store().Info(ctx)
}

// Seal hashes the ledger rows written since the last seal, so that check shows
// a later change of them. It needs the right to back up; boot calls it as the
// system every few minutes and at sign-out. A seal is no change of the shop's
// data and leaves no audit line. Errors: Denied; Busy; Unavailable.
func (s *Service) Seal(ctx context.Context) error {
	if err := s.allowed(ctx, auth.BackupMake); err != nil {
		return err
	}
	return s.e.Store().Seal(ctx)
}

// Check verifies the invariants; full walks everything, otherwise what changed
// since the last clean full run (DECIDED 15). A broken invariant is a result,
// not an error; its amounts are left out for people who may not see cost. Errors: Denied; Cancelled; Unavailable.
func (s *Service) Check(ctx context.Context, full bool, report job.Report) ([]core.CheckResult, error) {
	if err := s.allowed(ctx, auth.CheckRun); err != nil {
		return nil, err
	}
	results, err := s.e.Store().Check(ctx, full, func(done, total int) { report.Say(done, total, "job.checking") })
	if err != nil {
		return nil, err
	}
	if !s.seesCost(ctx) {
		hideFigures(results)
	}
	return results, nil
}

// seesCost tells whether the caller may see cost; no refusal is audited.
func (s *Service) seesCost(ctx context.Context) bool {
	sees := false
	err := s.e.Store().Read(ctx, func(r core.Reads) error {
		actor, err := core.ActorOf(ctx, r)
		sees = err == nil && auth.Allows(actor, auth.FinanceViewCost)
		return err
	})
	return err == nil && sees
}

// figures are amounts in what a check found: a name that ends in _fen, or sums
// of several figures.
var figures = regexp.MustCompile(`(_fen=)-?\d+|=\{[^}]*\}`)

// hideFigures leaves the records that are broken and takes their amounts out.
func hideFigures(results []core.CheckResult) {
	for i := range results {
		for k, text := range results[i].Broken {
			results[i].Broken[k] = figures.ReplaceAllString(text, "${1}…")
		}
	}
}

// Broken counts the broken records of a check.
func Broken(results []core.CheckResult) int64 {
	var n int64
	for _, r := range results {
		n += r.Bad
	}
	return n
}

// allowed checks a right for work that the store does outside of a use case's
// transaction; a refusal is audited.
func (s *Service) allowed(ctx context.Context, need auth.Action) error {
	_, err := core.Read(ctx, s.e, need, func(core.Reads) (bool, error) { return true, nil })
	return err
}

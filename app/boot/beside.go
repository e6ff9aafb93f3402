package boot

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"zhanggui/app"
	"zhanggui/app/auth"
	"zhanggui/app/backup"
	"zhanggui/app/core"
	"zhanggui/app/fault"
	"zhanggui/app/job"
	"zhanggui/app/when"
)

// How often the work beside happens: sealing is cheap and bounds what could be
// changed unseen; the first round waits until the window stands; a lost server
// is asked again at a pace that does not hurt it.
const (
	firstRound = 30 * time.Second
	everyRound = 5 * time.Minute
	watchAgain = 5 * time.Second
	sealWithin = 20 * time.Second // at the end of the program
)

// beside is what runs beside the window: it acts as the system.
type beside struct {
	a       *app.App
	log     *slog.Logger
	stop    context.CancelFunc
	running sync.WaitGroup
	backed  when.Day // the last day a daily backup was tried, used by round alone
}

func newBeside(a *app.App, log *slog.Logger) *beside {
	return &beside{a: a, log: log, stop: func() {}}
}

// start begins watching other desks and the schedule, and checks the data in
// the background when the last end was unclean. ctx only hands on its values.
func (b *beside) start(ctx context.Context) {
	life, stop := context.WithCancel(auth.With(context.WithoutCancel(ctx), auth.SystemActor))
	b.stop = stop
	b.running.Go(func() { b.watch(life) })
	b.running.Go(func() { b.rounds(life) })
	b.checkAfterCrash(life)
}

// watch brings the changes of other desks to the bus until life ends.
func (b *beside) watch(life context.Context) {
	for life.Err() == nil {
		err := b.a.Engine.Store().Watch(life, b.a.Engine.Bus().Publish)
		if err == nil || life.Err() != nil {
			return // the store was closed
		}
		b.log.Warn("watch", "code", fault.From(err).Code)
		sleep(life, watchAgain)
	}
}

func (b *beside) rounds(life context.Context) {
	for wait := firstRound; sleep(life, wait); wait = everyRound {
		b.round(life)
	}
}

// round seals the ledgers and starts the daily backup, once a day.
func (b *beside) round(life context.Context) {
	if err := b.a.Backup.Seal(life); err != nil {
		b.log.Warn("seal", "code", fault.From(err).Code, "key", fault.Key(err))
	}
	today := b.a.Engine.Now().Day()
	if b.backed == today {
		return
	}
	b.backed = today
	_, err := b.a.Jobs.Start(life, job.Spec{
		Kind: "backup", Title: "job.daily_backup", Action: auth.BackupMake,
		Run: func(ctx context.Context, report job.Report) (any, error) { return b.a.Backup.Daily(ctx, report) },
	})
	if err != nil {
		b.log.Error("daily backup", "code", fault.From(err).Code, "key", fault.Key(err))
	}
}

// checkAfterCrash verifies what changed since the last clean check, as a job
// that people see; a broken invariant makes it a failed one.
func (b *beside) checkAfterCrash(life context.Context) {
	info, err := b.a.Backup.Info(life)
	if err != nil || !info.UncleanStart {
		return
	}
	_, err = b.a.Jobs.Start(life, job.Spec{
		Kind: "check", Title: "job.check_unclean", Action: auth.CheckRun,
		Run: func(ctx context.Context, report job.Report) (any, error) {
			return check(ctx, b.a, report)
		},
	})
	if err != nil {
		b.log.Error("check", "code", fault.From(err).Code, "key", fault.Key(err))
	}
}

func check(ctx context.Context, a *app.App, report job.Report) ([]core.CheckResult, error) {
	results, err := a.Backup.Check(ctx, false, report)
	if err != nil {
		return results, err
	}
	if n := backup.Broken(results); n > 0 {
		return results, fault.New(fault.Conflict, "fault.backup.broken", "n", n)
	}
	return results, nil
}

// end stops everything and seals what was written since the last round.
func (b *beside) end(seal bool) error {
	b.stop()
	b.a.Jobs.Close()
	b.running.Wait()
	if !seal {
		return nil
	}
	ctx, cancel := context.WithTimeout(auth.With(context.Background(), auth.SystemActor), sealWithin)
	defer cancel()
	return b.a.Backup.Seal(ctx)
}

// sleep waits; false when life ended first.
func sleep(life context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-life.Done():
		return false
	case <-t.C:
		return true
	}
}

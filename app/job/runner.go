package job

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"runtime/debug"
	"strconv"
	"sync"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/fault"
)

// Runner runs jobs in the background: two at once, one of a kind, in the order
// they came. Every change of a job is announced under core.TopicJobs. Make it
// with NewRunner.
//
// Guarantees: a started job ends as done, failed or cancelled, also when it
// panics or the runner closes (TestRunner_*); Close returns after the last one ended.
type Runner struct {
	e   *core.Engine
	log *slog.Logger

	mu      sync.Mutex // guards everything below
	next    ID
	list    []*job // in the order they came
	closed  bool
	running sync.WaitGroup
}

// NewRunner makes a runner; log may be nil.
func NewRunner(e *core.Engine, log *slog.Logger) *Runner {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	return &Runner{e: e, log: log}
}

// Start queues a job and returns at once. The job keeps the actor of ctx, but
// not its end: it goes on when the screen that started it closes.
// Errors: Denied (audited); Limit fault.job.queue_full; Unavailable fault.job.closed.
func (r *Runner) Start(ctx context.Context, spec Spec) (ID, error) {
	actor, err := core.Read(ctx, r.e, spec.Action, func(reads core.Reads) (auth.Actor, error) { return core.ActorOf(ctx, reads) })
	if err != nil {
		return 0, err
	}
	j := &job{spec: spec, ended: make(chan struct{})}
	j.ctx, j.cancel = context.WithCancel(context.WithoutCancel(ctx))
	j.Status = Status{Kind: spec.Kind, Title: spec.Title, Args: spec.Args, By: actor.Name, State: Queued, QueuedAt: r.e.Now()}
	if err := r.enqueue(j); err != nil {
		j.cancel()
		return 0, err
	}
	r.announce(j.ID)
	r.fill()
	return j.ID, nil
}

func (r *Runner) enqueue(j *job) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return fault.New(fault.Unavailable, "fault.job.closed")
	}
	waiting := 0
	for _, other := range r.list {
		if other.State == Queued {
			waiting++
		}
	}
	if waiting >= queueLimit {
		return fault.New(fault.Limit, "fault.job.queue_full", "limit", queueLimit)
	}
	r.next++
	j.ID = r.next
	r.list = append(r.list, j)
	r.forget()
	return nil
}

// forget drops the oldest ended jobs beyond keepEnded.
func (r *Runner) forget() {
	ended := 0
	for i := len(r.list) - 1; i >= 0; i-- {
		if r.list[i].State.Ended() {
			if ended++; ended > keepEnded {
				r.list = append(r.list[:i], r.list[i+1:]...)
			}
		}
	}
}

// fill starts as many waiting jobs as may run now.
func (r *Runner) fill() {
	for {
		j := r.take()
		if j == nil {
			return
		}
		r.announce(j.ID)
		go r.run(j)
	}
}

// take picks the next job that may run and marks it so; nil when none may.
func (r *Runner) take() *job {
	r.mu.Lock()
	defer r.mu.Unlock()
	busy, kinds := 0, map[string]bool{}
	for _, j := range r.list {
		if j.State == Running {
			busy++
			kinds[j.Kind] = true
		}
	}
	if busy >= atOnce || r.closed {
		return nil
	}
	for _, j := range r.list {
		if j.State == Queued && !kinds[j.Kind] {
			j.State, j.StartAt = Running, r.e.Now()
			r.running.Add(1)
			return j
		}
	}
	return nil
}

func (r *Runner) run(j *job) {
	defer r.running.Done()
	result, err := r.guarded(j)
	r.end(j, result, err)
	r.fill()
}

// guarded runs the work and turns a panic into a fault with an incident number.
func (r *Runner) guarded(j *job) (result any, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = r.internal(j, fmt.Errorf("panic: %v\n%s", p, debug.Stack()))
		}
	}()
	result, err = j.spec.Run(j.ctx, func(p Progress) { r.progress(j, p) })
	if fault.Is(err, fault.Internal) && fault.From(err).Args["incident"] == "" {
		err = r.internal(j, err)
	}
	return result, err
}

func (r *Runner) internal(j *job, cause error) error {
	number := incident()
	r.log.Error("job broken", "job", j.Kind, "incident", number, "code", fault.Internal, "cause", cause.Error())
	return fault.New(fault.Internal, "fault.internal", "incident", number).Because(cause)
}

// progress notes how far a job is and announces whole percents and new steps
// only: work may report every row.
func (r *Runner) progress(j *job, p Progress) {
	r.mu.Lock()
	before := j.Progress
	j.Progress = p
	r.mu.Unlock()
	if before.Note != p.Note || before.Total != p.Total || before.mark() != p.mark() {
		r.announce(j.ID)
	}
}

// mark is the percent done, or the thousands where the total is not known.
func (p Progress) mark() int {
	if p.Total <= 0 {
		return p.Done / 1000
	}
	return int(int64(p.Done) * 100 / int64(p.Total))
}

func (r *Runner) end(j *job, result any, err error) {
	r.mu.Lock()
	j.EndAt = r.e.Now()
	switch {
	case err == nil:
		j.State, j.Result = Done, result
	case fault.Is(err, fault.Cancelled):
		j.State, j.Fault, j.Result = Cancelled, fault.From(err), result
	default:
		j.State, j.Fault, j.Result = Failed, fault.From(err), result
	}
	j.cancel()
	close(j.ended)
	r.mu.Unlock()
	r.announce(j.ID)
}

// Cancel stops a job: a waiting one at once, a running one after its present
// chunk. Only who started it or who manages the team may.
// Errors: NotFound fault.job.unknown; Denied. An ended job stays as it is.
func (r *Runner) Cancel(ctx context.Context, id ID) error {
	actor, err := core.Read(ctx, r.e, auth.DashView, func(reads core.Reads) (auth.Actor, error) { return core.ActorOf(ctx, reads) })
	if err != nil {
		return err
	}
	r.mu.Lock()
	j := r.find(id)
	if j == nil {
		r.mu.Unlock()
		return fault.New(fault.NotFound, "fault.job.unknown", "job", id)
	}
	if owner, _ := auth.From(j.ctx); owner.ID != actor.ID && !auth.Allows(actor, auth.UsersManage) {
		r.mu.Unlock()
		return fault.New(fault.Denied, "fault.job.not_yours", "name", j.By)
	}
	r.stop(j)
	r.mu.Unlock()
	r.announce(id)
	return nil
}

// stop cancels a job; the mutex is held.
func (r *Runner) stop(j *job) {
	j.cancel()
	if j.State == Queued {
		j.State, j.EndAt, j.Fault = Cancelled, r.e.Now(), fault.New(fault.Cancelled, "fault.cancelled")
		close(j.ended)
	}
}

func (r *Runner) find(id ID) *job {
	for _, j := range r.list {
		if j.ID == id {
			return j
		}
	}
	return nil
}

// List gives all jobs that are remembered, newest first. It says nothing of
// the shop's data, so it asks for no right.
func (r *Runner) List() []Status {
	r.mu.Lock()
	defer r.mu.Unlock()
	list := make([]Status, 0, len(r.list))
	for i := len(r.list) - 1; i >= 0; i-- {
		list = append(list, r.list[i].Status)
	}
	return list
}

// Get gives one job; ok is false when it is not remembered.
func (r *Runner) Get(id ID) (Status, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if j := r.find(id); j != nil {
		return j.Status, true
	}
	return Status{}, false
}

// Wait waits until a job ended or ctx ends, and gives it as it then stands.
// Errors: NotFound fault.job.unknown; Cancelled when ctx ended first.
func (r *Runner) Wait(ctx context.Context, id ID) (Status, error) {
	r.mu.Lock()
	j := r.find(id)
	r.mu.Unlock()
	if j == nil {
		return Status{}, fault.New(fault.NotFound, "fault.job.unknown", "job", id)
	}
	select {
	case <-j.ended:
	case <-ctx.Done():
		return r.status(j), fault.From(ctx.Err())
	}
	return r.status(j), nil
}

func (r *Runner) status(j *job) Status {
	r.mu.Lock()
	defer r.mu.Unlock()
	return j.Status
}

// Busy tells whether any job is waiting or running: closing the program asks first.
func (r *Runner) Busy() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, j := range r.list {
		if !j.State.Ended() {
			return true
		}
	}
	return false
}

// Close cancels all jobs and waits for them. Start refuses afterwards.
func (r *Runner) Close() {
	r.mu.Lock()
	r.closed = true
	for _, j := range r.list {
		if !j.State.Ended() {
			r.stop(j)
		}
	}
	r.mu.Unlock()
	r.running.Wait()
}

func (r *Runner) announce(id ID) {
	r.e.Bus().Publish([]core.Change{{Topic: core.TopicJobs, IDs: []string{strconv.FormatInt(int64(id), 10)}}})
}

// incidentLetters leaves out letters that are mistaken for another when copied by hand.
const incidentLetters = "ABCDEFGHJKMNPQRSTUVWXYZ"

// incident makes the number that links what a person saw with the log.
func incident() string {
	var b [8]byte
	_, _ = rand.Read(b[:]) // never fails on the systems Go supports
	for i := range b {
		b[i] = incidentLetters[int(b[i])%len(incidentLetters)]
	}
	return string(b[:])
}

package kit

import (
	"context"
	"crypto/rand"
	"fmt"
	"runtime/debug"
	"time"

	"fyne.io/fyne/v2"

	"zhanggui/app/fault"
)

// busyAfter is how long work may take before the window says that it is busy;
// shorter work would only flicker (LOOK §5, Loading).
const busyAfter = 200 * time.Millisecond

// Owner is whoever waits for a result: a screen, a list, a dialog. Closing it
// cancels what it reads and drops what arrives late.
//
// Guarantees: done of a Run is called at most once, on the UI goroutine, never
// after Close and never after a later Run of the same owner
// (TestRun_LaterRun_DropsEarlier, TestRun_ClosedOwner_DropsResult).
type Owner struct {
	closed  bool
	gen     int
	cancel  context.CancelFunc
	running int
	turn    int // counts the changes from idle to running
	busy    bool
	acting  bool
	onBusy  func(busy bool)
	onFail  func(err error) bool
	parent  *Owner
	lanes   map[string]*Owner
}

// NewOwner makes an owner.
func NewOwner() *Owner { return &Owner{} }

// Lane is a sub-owner with its own order of results, for two reads of one screen
// that must not cancel each other. It closes with its parent and makes it busy.
func (o *Owner) Lane(name string) *Owner {
	if o.lanes == nil {
		o.lanes = map[string]*Owner{}
	}
	l, ok := o.lanes[name]
	if !ok {
		l = &Owner{closed: o.closed, parent: o}
		o.lanes[name] = l
	}
	return l
}

// Close ends the owner: reads are cancelled, results dropped.
func (o *Owner) Close() {
	o.closed = true
	o.Cancel()
	for _, l := range o.lanes {
		l.Close()
	}
}

// Cancel stops what the owner and its lanes are reading and drops the results.
// The owner stays usable.
func (o *Owner) Cancel() {
	o.gen++
	if o.cancel != nil {
		o.cancel()
		o.cancel = nil
	}
	for _, l := range o.lanes {
		l.Cancel()
	}
}

// Closed tells whether Close was called.
func (o *Owner) Closed() bool { return o.closed }

// Busy tells whether work has been running longer than 200 ms.
func (o *Owner) Busy() bool { return o.busy }

// OnBusy is called with true once work takes longer than 200 ms and with false when all of it ended.
func (o *Owner) OnBusy(fn func(busy bool)) { o.onBusy = fn }

// OnFail may take an error over (a form puts it under its fields); it returns
// false to have it shown the usual way.
func (o *Owner) OnFail(fn func(err error) bool) { o.onFail = fn }

func (o *Owner) begin(env Env) {
	if o.parent != nil {
		o.parent.begin(env)
	}
	if o.running++; o.running > 1 {
		return
	}
	o.turn++
	turn := o.turn
	env.after(busyAfter, func() {
		if o.running > 0 && o.turn == turn && !o.closed {
			o.setBusy(true)
		}
	})
}

func (o *Owner) end() {
	if o.parent != nil {
		o.parent.end()
	}
	if o.running--; o.running == 0 {
		o.setBusy(false)
	}
}

func (o *Owner) setBusy(busy bool) {
	if o.busy == busy {
		return
	}
	o.busy = busy
	if o.onBusy != nil {
		o.onBusy(busy)
	}
}

// Run reads in the background and hands the result to done on the UI goroutine.
// A later Run of the same owner cancels this one and drops its result; so does
// closing the owner. Errors are shown the one way (Fail), Cancelled ones not.
// work must not touch the window.
func Run[T any](env Env, owner *Owner, work func(ctx context.Context) (T, error), done func(T)) {
	if owner.closed {
		return
	}
	if owner.cancel != nil {
		owner.cancel()
	}
	owner.gen++
	gen := owner.gen
	ctx, cancel := context.WithCancel(env.Context())
	owner.cancel = cancel
	owner.begin(env)
	env.Exec(func() {
		v, err := guard(env, ctx, work)
		fyne.Do(func() {
			cancel()
			owner.end()
			if owner.closed || owner.gen != gen {
				return
			}
			owner.cancel = nil
			finish(env, owner, v, err, done)
		})
	})
}

// Act runs one command in the background. Unlike Run it is never cancelled half
// way, and a second Act of the owner while one is running is refused (false):
// that is the second press of an impatient finger. done is dropped when the owner
// closed meanwhile, an error is shown even then.
func Act[T any](env Env, owner *Owner, work func(ctx context.Context) (T, error), done func(T)) bool {
	if owner.acting || owner.closed {
		return false
	}
	owner.acting = true
	owner.begin(env)
	ctx := env.Context()
	env.Exec(func() {
		v, err := guard(env, ctx, work)
		fyne.Do(func() {
			owner.acting = false
			owner.end()
			if owner.closed {
				if err != nil {
					Fail(env, err)
				}
				return
			}
			finish(env, owner, v, err, done)
		})
	})
	return true
}

// Acting tells whether a command of the owner is running.
func (o *Owner) Acting() bool { return o.acting }

func finish[T any](env Env, owner *Owner, v T, err error, done func(T)) {
	if err == nil {
		done(v)
		return
	}
	if fault.Is(err, fault.Cancelled) {
		return
	}
	if owner.onFail != nil && owner.onFail(err) {
		return
	}
	Fail(env, err)
}

// guard turns a panic into an Internal fault and gives every Internal fault its incident number.
func guard[T any](env Env, ctx context.Context, work func(ctx context.Context) (T, error)) (v T, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = internal(env, fmt.Errorf("panic: %v\n%s", p, debug.Stack()))
		}
	}()
	v, err = work(ctx)
	if fault.Is(err, fault.Internal) {
		err = internal(env, err)
	}
	return v, err
}

// internal logs the chain under an incident number and returns the fault that carries the number.
func internal(env Env, cause error) error {
	if f := fault.From(cause); f.Args["incident"] != "" {
		return cause
	}
	number := incident()
	if env.Log != nil {
		env.Log(number, cause.Error())
	}
	return fault.New(fault.Internal, "fault.internal", "incident", number).Because(cause)
}

// incidentLetters leaves out letters that are mistaken for another when read aloud or copied by hand.
const incidentLetters = "ABCDEFGHJKMNPQRSTUVWXYZ"

// incident makes the 8-letter number that links what a person saw with the log.
func incident() string {
	var b [8]byte
	_, _ = rand.Read(b[:]) // never fails on the systems Go supports
	for i := range b {
		b[i] = incidentLetters[int(b[i])%len(incidentLetters)]
	}
	return string(b[:])
}

func (e Env) after(d time.Duration, fn func()) (stop func()) {
	if e.After == nil {
		return func() {}
	}
	return e.After(d, fn)
}

package core

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"time"

	"zhanggui/app/auth"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
	"zhanggui/app/when"
)

// Deps is what an Engine is made of. All but Log are needed.
type Deps struct {
	Store   Store
	Clock   when.Clock
	IDs     ids.Source
	Bus     *Bus
	Desk    string // the computer's name, for the audit
	Process string // unique for this run, so that own change rows are skipped
	Version string
	Log     *slog.Logger
}

// Engine runs commands and reads. Make it with NewEngine.
type Engine struct{ d Deps }

// NewEngine checks that nothing is missing and panics otherwise: that is a
// mistake of boot, not of a person.
func NewEngine(d Deps) *Engine {
	if d.Store == nil || d.Clock == nil || d.IDs == nil || d.Bus == nil {
		panic("core: engine needs store, clock, ids and bus")
	}
	if d.Log == nil {
		d.Log = slog.New(slog.DiscardHandler)
	}
	return &Engine{d: d}
}

// Store gives boot, backup and check the store beneath.
func (e *Engine) Store() Store { return e.d.Store }

// Bus gives the window the announcements.
func (e *Engine) Bus() *Bus { return e.d.Bus }

// Now is the engine's clock.
func (e *Engine) Now() when.Millis { return e.d.Clock.Now() }

// Command is something a person asks the application to change.
type Command interface {
	Action() auth.Action // the right it needs
	Validate() error     // Invalid with fields; pure
}

// tries is how often Do runs a command that meets a serialization conflict.
const tries = 12

// Do runs one command in one serializable transaction (ARCHITECTURE §3).
// Errors: Denied, Invalid, NotFound, Conflict, Limit, Busy, Unavailable,
// Cancelled, Internal. Every Denied leaves an audit line of its own.
func Do[C Command, R any](ctx context.Context, e *Engine, cmd C, fn func(u *Unit) (R, error)) (R, error) {
	var zero R
	started := when.Stopwatch()
	actor, err := e.actor(ctx, cmd.Action())
	if err != nil {
		return zero, err
	}
	if err := cmd.Validate(); err != nil {
		if denied := e.still(ctx, actor, cmd.Action()); denied != nil {
			return zero, denied
		}
		return zero, err
	}
	for try := 1; ; try++ {
		result, changes, err := attempt(ctx, e, actor, cmd, fn)
		if err == nil {
			e.d.Bus.Publish(changes)
			e.logLine(cmd.Action(), actor, started(), "ok")
			return result, nil
		}
		if fault.Is(err, fault.Denied) {
			e.auditDenied(ctx, actor, cmd.Action())
		}
		if !fault.Is(err, fault.Busy) || try == tries {
			e.logLine(cmd.Action(), actor, started(), string(fault.From(err).Code))
			return zero, err
		}
		if err := pause(ctx, try); err != nil {
			return zero, err
		}
	}
}

// Read runs fn on one snapshot after checking the right there.
// Errors: Denied (audited), NotFound, Busy, Unavailable, Internal.
func Read[R any](ctx context.Context, e *Engine, need auth.Action, fn func(r Reads) (R, error)) (R, error) {
	var result R
	actor, ok := auth.From(ctx)
	if !ok {
		e.auditDenied(ctx, auth.Actor{}, need)
		return result, fault.New(fault.Denied, "fault.auth.signed_out")
	}
	err := e.d.Store.Read(ctx, func(r Reads) error {
		fresh, err := refresh(r.Staff(), actor)
		if err != nil {
			return err
		}
		if !auth.Allows(fresh, need) {
			return denied(need)
		}
		result, err = fn(r)
		return err
	})
	if fault.Is(err, fault.Denied) {
		e.auditDenied(ctx, actor, need)
	}
	return result, err
}

func attempt[C Command, R any](ctx context.Context, e *Engine, actor auth.Actor, cmd C, fn func(u *Unit) (R, error)) (R, []Change, error) {
	var result R
	var changes []Change
	err := e.d.Store.Write(ctx, func(tx Tx) error {
		fresh, err := refresh(tx.Staff(), actor)
		if err != nil {
			return err
		}
		if !auth.Allows(fresh, cmd.Action()) {
			return denied(cmd.Action())
		}
		u := &Unit{Tx: tx, Actor: fresh, Now: e.d.Clock.Now(), IDs: e.d.IDs, action: cmd.Action()}
		if result, err = fn(u); err != nil {
			return err
		}
		if len(u.lines) == 0 {
			return fault.New(fault.Internal, "fault.core.no_audit", "action", cmd.Action())
		}
		e.fill(u)
		if err := tx.Log().AddAudit(u.lines); err != nil {
			return err
		}
		changes = u.changeList()
		return tx.Log().AddChanges(e.d.Process, u.Now, changes)
	})
	return result, changes, err
}

// refresh reads the actor's row again, so that a person who was disabled or
// whose rights changed is stopped at once.
func refresh(staff StaffReads, actor auth.Actor) (auth.Actor, error) {
	if actor.Role == auth.System {
		return actor, nil
	}
	s, err := staff.Get(actor.ID)
	if err != nil {
		if fault.Is(err, fault.NotFound) {
			return actor, fault.New(fault.Denied, "fault.auth.unknown_actor")
		}
		return actor, err
	}
	if s.Disabled {
		return actor, fault.New(fault.Denied, "fault.auth.disabled", "name", s.Name)
	}
	return auth.Actor{ID: s.ID, Name: s.Name, Role: s.Role, Grants: s.Grants, Locked: actor.Locked}, nil
}

// actor takes the actor from ctx and checks the right by what he carries; the
// transaction checks again with his row read afresh.
func (e *Engine) actor(ctx context.Context, need auth.Action) (auth.Actor, error) {
	actor, ok := auth.From(ctx)
	if !ok {
		e.auditDenied(ctx, auth.Actor{}, need)
		return actor, fault.New(fault.Denied, "fault.auth.signed_out")
	}
	if !auth.Allows(actor, need) {
		e.auditDenied(ctx, actor, need)
		return actor, denied(need)
	}
	return actor, nil
}

// still checks the right with the actor's row read afresh, for a command that
// never gets as far as its transaction: who may not act is told that, and
// audited, before anything is said about the input.
func (e *Engine) still(ctx context.Context, actor auth.Actor, need auth.Action) error {
	err := e.d.Store.Read(ctx, func(r Reads) error {
		fresh, err := refresh(r.Staff(), actor)
		if err == nil && !auth.Allows(fresh, need) {
			return denied(need)
		}
		return err
	})
	if fault.Is(err, fault.Denied) {
		e.auditDenied(ctx, actor, need)
	}
	return err
}

func denied(need auth.Action) error {
	return fault.New(fault.Denied, "fault.auth.denied", "right", need)
}

// auditDenied leaves a line about a refused try in its own transaction
// (QUALITY R19). A failure to write it is logged: the refusal stands anyway.
func (e *Engine) auditDenied(ctx context.Context, actor auth.Actor, need auth.Action) {
	err := e.d.Store.Write(context.WithoutCancel(ctx), func(tx Tx) error {
		u := &Unit{Tx: tx, Actor: actor, Now: e.d.Clock.Now(), action: need}
		u.Audit("right", string(need), "audit.denied", nil, nil, "right", need)
		e.fill(u)
		return tx.Log().AddAudit(u.lines)
	})
	if err != nil {
		e.d.Log.Error("denied try not audited", "action", need, "code", fault.From(err).Code)
	}
}

// fill completes the audit lines with what the engine knows.
func (e *Engine) fill(u *Unit) {
	for i := range u.lines {
		l := &u.lines[i]
		l.At, l.ActorID, l.Actor, l.Role = u.Now, u.Actor.ID, u.Actor.Name, u.Actor.Role
		l.Action, l.Desk, l.Version = u.action, e.d.Desk, e.d.Version
	}
}

func (e *Engine) logLine(a auth.Action, actor auth.Actor, took time.Duration, code string) {
	e.d.Log.Info("command", "action", a, "actor", actor.ID.String(), "ms", took.Milliseconds(), "code", code)
}

// pause waits 20 to 160 ms, longer with each try, before a conflict is tried again.
func pause(ctx context.Context, try int) error {
	limit := 20 * try
	if limit > 160 {
		limit = 160
	}
	t := time.NewTimer(time.Duration(20+rand.IntN(limit)) * time.Millisecond)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return fault.From(ctx.Err())
	case <-t.C:
		return nil
	}
}

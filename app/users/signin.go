package users

import (
	"context"
	"strings"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
	"zhanggui/app/when"
)

// TryCmd records one try of a PIN. Tries run as the system: until the PIN is
// right nobody is known.
type TryCmd struct{ Staff ids.StaffID } // zero when nobody has the typed name

// Action is the right it needs.
func (TryCmd) Action() auth.Action { return auth.UsersManage }

// Validate has nothing to check.
func (TryCmd) Validate() error { return nil }

// SignIn checks name and PIN and gives the person. It needs nobody signed in.
// A wrong name and a wrong PIN get the same answer after the same work. Every
// try is audited; five wrong ones lock the person out for 30 s, each further one
// for twice as long, up to 15 minutes (QUALITY R20).
// Errors: Denied fault.users.sign_in; Limit fault.users.locked (argument until);
// Denied fault.auth.disabled, told only to who knows the PIN.
func (s *Service) SignIn(ctx context.Context, name, pin string) (auth.Actor, error) {
	name = strings.TrimSpace(name)
	return s.try(ctx, pin, "audit.signed_in", func(staff core.StaffReads) (*domain.Staff, error) { return staff.ByName(name) })
}

// Unlock takes the lock off a desk that idled: the person signed in there gives
// the PIN again, under the same throttle as SignIn.
// Errors: those of SignIn; Denied fault.auth.signed_out.
func (s *Service) Unlock(ctx context.Context, pin string) (auth.Actor, error) {
	actor, ok := auth.From(ctx)
	if !ok {
		return auth.Actor{}, s.allowed(ctx, auth.SelfManage)
	}
	return s.tryOwn(ctx, actor.ID, pin, "audit.unlocked")
}

func (s *Service) tryOwn(ctx context.Context, id ids.StaffID, pin, key string) (auth.Actor, error) {
	return s.try(ctx, pin, key, func(staff core.StaffReads) (*domain.Staff, error) { return staff.Get(id) })
}

// verdict is what one try came to.
type verdict struct {
	right bool
	until when.Millis // locked out until then
	staff domain.Staff
}

// secondTries is how often a try starts over because the PIN was changed
// between reading its hash and recording the try.
const secondTries = 3

// try checks a PIN outside the transaction, because hashing takes long, and
// records the outcome inside it. Only the record decides: who tries many PINs
// at once still gets no more answers than the throttle allows.
func (s *Service) try(ctx context.Context, pin, key string, find func(core.StaffReads) (*domain.Staff, error)) (auth.Actor, error) {
	ctx = asSystem(ctx)
	for range secondTries {
		p, err := s.row(ctx, find)
		if err != nil {
			return auth.Actor{}, err
		}
		right, rehash, err := s.pins.Check(p.PINHash, pin)
		if err != nil {
			return auth.Actor{}, err
		}
		next := p.PINHash
		if right && rehash {
			if next, err = s.pins.Hash(pin); err != nil {
				return auth.Actor{}, err
			}
		}
		v, err := s.record(ctx, outcome{id: p.ID, right: right, hash: p.PINHash, next: next, key: key})
		switch fault.Key(err) {
		case "fault.users.pin_changed":
			continue
		case "fault.store.opened_read_only":
			v, err = s.unrecorded(p, right), nil
		}
		if err != nil {
			return auth.Actor{}, err
		}
		return v.answer()
	}
	return auth.Actor{}, fault.New(fault.Busy, "fault.busy")
}

// row reads the person to check against; an unknown name gets one without an id
// whose hash no PIN fits.
func (s *Service) row(ctx context.Context, find func(core.StaffReads) (*domain.Staff, error)) (*domain.Staff, error) {
	p, err := core.Read(ctx, s.e, auth.UsersManage, func(r core.Reads) (*domain.Staff, error) { return find(r.Staff()) })
	if fault.Is(err, fault.NotFound) {
		return &domain.Staff{PINHash: s.decoy()}, nil
	}
	return p, err
}

// unrecorded judges a try on data that is open for reading only, to save what
// is left of it: a lock-out that stands there counts, a new failure cannot.
// Whoever holds such a file can guess its hashes without this program.
func (s *Service) unrecorded(p *domain.Staff, right bool) verdict {
	v := verdict{right: right && !p.ID.Zero(), staff: *p}
	now := s.e.Now()
	if wait := auth.LockedFor(p.Failures, p.FailedAt, now); wait > 0 {
		v.until = now + wait
	}
	return v
}

// outcome is a checked PIN that is still to be recorded.
type outcome struct {
	id    ids.StaffID
	right bool
	hash  string // it was checked against
	next  string // to be stored when it was right
	key   string // what a right PIN is audited as
}

// record counts the try in the person's row and audits it.
func (s *Service) record(ctx context.Context, t outcome) (verdict, error) {
	return core.Do(ctx, s.e, TryCmd{Staff: t.id}, func(u *core.Unit) (verdict, error) {
		if t.id.Zero() {
			// The typed name is not kept: people type their PIN there by mistake.
			u.Audit("staff", "", "audit.sign_in_unknown", nil, nil)
			return verdict{}, nil
		}
		p, err := u.Staff().Get(t.id)
		if err != nil {
			return verdict{}, err
		}
		u.Changed(core.TopicStaff, p.ID.String())
		if p.PINHash != t.hash {
			return verdict{}, fault.New(fault.Conflict, "fault.users.pin_changed", "name", p.Name)
		}
		if wait := auth.LockedFor(p.Failures, p.FailedAt, u.Now); wait > 0 {
			return refuse(u, p, wait)
		}
		if !t.right {
			return count(u, p)
		}
		return welcome(u, p, t)
	})
}

// refuse turns a locked-out person away, right PIN or not. Where the clock was
// set back the wait starts over, so that it ends some time but never sooner.
func refuse(u *core.Unit, p *domain.Staff, wait when.Millis) (verdict, error) {
	if u.Now < p.FailedAt {
		p.FailedAt, p.LockedUntil = u.Now, u.Now+wait
		if err := u.Staff().Save(p); err != nil {
			return verdict{}, err
		}
	}
	u.Audit("staff", p.ID.String(), "audit.sign_in_locked", nil, nil, "name", p.Name)
	return verdict{until: u.Now + wait, staff: *p}, nil
}

// count adds a failure.
func count(u *core.Unit, p *domain.Staff) (verdict, error) {
	p.Failures++
	p.FailedAt, p.LockedUntil = u.Now, 0
	if wait := auth.LockAfter(p.Failures); wait > 0 {
		p.LockedUntil = u.Now + wait
	}
	u.Audit("staff", p.ID.String(), "audit.sign_in_failed", nil, map[string]int{"failures": p.Failures}, "name", p.Name, "n", p.Failures)
	return verdict{}, u.Staff().Save(p)
}

// welcome ends a series of failures and stores a stronger hash where there is one.
func welcome(u *core.Unit, p *domain.Staff, t outcome) (verdict, error) {
	if p.Disabled {
		u.Audit("staff", p.ID.String(), "audit.sign_in_disabled", nil, nil, "name", p.Name)
		return verdict{right: true, staff: *p}, nil
	}
	u.Audit("staff", p.ID.String(), t.key, nil, nil, "name", p.Name)
	v := verdict{right: true, staff: *p}
	if p.Failures == 0 && p.PINHash == t.next {
		return v, nil
	}
	clearFailures(p)
	p.PINHash = t.next
	return v, u.Staff().Save(p)
}

// answer says what the person who tried is told.
func (v verdict) answer() (auth.Actor, error) {
	switch {
	case v.until > 0:
		return auth.Actor{}, fault.New(fault.Limit, "fault.users.locked", "until", v.until)
	case !v.right:
		return auth.Actor{}, fault.New(fault.Denied, "fault.users.sign_in")
	case v.staff.Disabled:
		return auth.Actor{}, fault.New(fault.Denied, "fault.auth.disabled", "name", v.staff.Name)
	}
	return actorOf(&v.staff), nil
}

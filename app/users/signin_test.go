package users_test

import (
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/app/fault"
	"zhanggui/app/users"
	"zhanggui/app/when"
)

func TestSignIn_RightPIN_GivesThePersonAndIsAudited(t *testing.T) {
	t.Parallel()
	apptest.Both(t, func(t *testing.T, f *apptest.Fixture) {
		for _, role := range auth.Roles {
			actor, err := f.Users.SignIn(nobody(), " "+name(f, role)+" ", apptest.PIN(role))
			require.NoError(t, err)
			require.Equal(t, f.Person(role), actor)
		}
		lines := f.Audit("audit.signed_in")
		require.Len(t, lines, len(auth.Roles))
		require.Equal(t, auth.System, lines[0].Role)
		require.Equal(t, name(f, auth.Supervisor), lines[0].Args["name"])
		f.CheckClean()
	})
}

func TestSignIn_WrongNameOrPIN_SameAnswer_BothAudited(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)

	_, wrongPIN := f.Users.SignIn(nobody(), name(f, auth.Warehouse), "0000")
	_, wrongName := f.Users.SignIn(nobody(), "没有这个人", "8163")

	require.Equal(t, "fault.users.sign_in", fault.Key(wrongPIN))
	require.True(t, fault.Is(wrongPIN, fault.Denied))
	require.Equal(t, wrongPIN, wrongName)
	require.Len(t, f.Audit("audit.sign_in_failed"), 1)
	unknown := f.Audit("audit.sign_in_unknown")
	require.Len(t, unknown, 1)
	require.Empty(t, unknown[0].Args, "what was typed as a name may be a PIN")
}

func TestSignIn_FiveFailures_LockOutEvenForTheRightPIN(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	who := name(f, auth.Finance)
	for range 5 {
		_, err := f.Users.SignIn(nobody(), who, "111222")
		require.Equal(t, "fault.users.sign_in", fault.Key(err))
	}

	_, err := f.Users.SignIn(nobody(), who, apptest.PIN(auth.Finance))
	require.True(t, fault.Is(err, fault.Limit))
	require.Equal(t, (apptest.Start + 30*when.Second).String(), fault.From(err).Args["until"])
	require.Len(t, f.Audit("audit.sign_in_locked"), 1)
	require.Equal(t, apptest.Start+30*when.Second, row(f, who).LockedUntil)

	f.Clock.Advance(30 * when.Second)
	_, err = f.Users.SignIn(nobody(), who, apptest.PIN(auth.Finance))
	require.NoError(t, err)
	require.Zero(t, row(f, who).Failures)
	require.Zero(t, row(f, who).LockedUntil)
}

func TestSignIn_ClockSetBack_WaitStartsOverAndEnds(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	who := name(f, auth.Service)
	for range 7 {
		f.Clock.Advance(when.Hour)
		_, err := f.Users.SignIn(nobody(), who, "0000")
		require.Equal(t, "fault.users.sign_in", fault.Key(err))
	}

	f.Clock.Advance(-when.DaySpan)
	_, err := f.Users.SignIn(nobody(), who, apptest.PIN(auth.Service))
	require.True(t, fault.Is(err, fault.Limit), "no shorter")

	f.Clock.Advance(2*when.Minute - 1)
	_, err = f.Users.SignIn(nobody(), who, apptest.PIN(auth.Service))
	require.True(t, fault.Is(err, fault.Limit), "seven failures wait two minutes")

	f.Clock.Advance(1)
	_, err = f.Users.SignIn(nobody(), who, apptest.PIN(auth.Service))
	require.NoError(t, err, "and no day longer")
}

// TestSignIn_DayOfGuessing_AtMost105Answers guesses every ten seconds for 24
// hours with a restart every half hour (QUALITY R20).
func TestSignIn_DayOfGuessing_AtMost105Answers(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	who := name(f, auth.Supervisor)
	start := f.Clock.Now()
	answers := 0
	for f.Clock.Now() < start+when.DaySpan {
		_, err := f.Users.SignIn(nobody(), who, "135792")
		switch fault.Key(err) {
		case "fault.users.sign_in":
			answers++
		default:
			require.Equal(t, "fault.users.locked", fault.Key(err))
		}
		f.Clock.Advance(10 * when.Second)
		if (f.Clock.Now()-start)%(30*when.Minute) == 0 {
			f.Reopen()
		}
	}
	require.LessOrEqual(t, answers, 105)
	require.GreaterOrEqual(t, answers, 90, "the owner is not locked out for good")
	require.Equal(t, answers, row(f, who).Failures)

	_, err := f.Users.SignIn(nobody(), name(f, auth.Service), apptest.PIN(auth.Service))
	require.NoError(t, err, "the others work on")
}

// TestSignIn_ManyAtOnce_NoExtraTries guesses in parallel: only what is recorded
// before the lock-out is answered.
func TestSignIn_ManyAtOnce_NoExtraTries(t *testing.T) {
	t.Parallel()
	apptest.Both(t, func(t *testing.T, f *apptest.Fixture) {
		who := name(f, auth.Warehouse)
		var wg sync.WaitGroup
		keys := make(chan string, 24)
		for range 24 {
			wg.Go(func() {
				_, err := f.Users.SignIn(nobody(), who, "0000")
				keys <- fault.Key(err)
			})
		}
		wg.Wait()
		close(keys)

		count := map[string]int{}
		for k := range keys {
			count[k]++
		}
		require.LessOrEqual(t, count["fault.users.sign_in"], 5)
		require.Equal(t, count["fault.users.sign_in"], row(f, who).Failures)
	})
}

func TestSignIn_WeakerHash_IsMadeStronger(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	who := name(f, auth.Warehouse)
	before := row(f, who).PINHash
	stronger := users.New(f.Engine, auth.Params{MemoryKiB: 128, Passes: 2, Threads: 1})

	_, err := stronger.SignIn(nobody(), who, "9999")
	require.Error(t, err)
	require.Equal(t, before, row(f, who).PINHash, "only a right PIN")
	_, err = stronger.SignIn(nobody(), who, apptest.PIN(auth.Warehouse))
	require.NoError(t, err)

	after := row(f, who).PINHash
	require.NotEqual(t, before, after)
	require.Contains(t, after, "m=128,t=2")
	_, err = stronger.SignIn(nobody(), who, apptest.PIN(auth.Warehouse))
	require.NoError(t, err)
	require.Equal(t, after, row(f, who).PINHash)
}

func TestSignIn_Disabled_ToldOnlyToWhoKnowsThePIN(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	disable(f, auth.Promotion)
	who := name(f, auth.Promotion)

	_, err := f.Users.SignIn(nobody(), who, "0000")
	require.Equal(t, "fault.users.sign_in", fault.Key(err))
	_, err = f.Users.SignIn(nobody(), who, apptest.PIN(auth.Promotion))
	require.Equal(t, "fault.auth.disabled", fault.Key(err))
	require.Len(t, f.Audit("audit.sign_in_disabled"), 1)
}

func TestUnlock_OwnPINUnderTheSameThrottle(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	actor := f.Person(auth.Warehouse)
	actor.Locked = true
	desk := auth.With(nobody(), actor)
	_, err := f.Users.Me(desk)
	require.True(t, fault.Is(err, fault.Denied))

	open, err := f.Users.Unlock(desk, apptest.PIN(auth.Warehouse))
	require.NoError(t, err)
	require.False(t, open.Locked)
	me, err := f.Users.Me(auth.With(nobody(), open))
	require.NoError(t, err)
	require.Equal(t, actor.Name, me.Actor.Name)
	require.Len(t, f.Audit("audit.unlocked"), 1)

	for range 5 {
		_, err = f.Users.Unlock(desk, "0000")
		require.Equal(t, "fault.users.sign_in", fault.Key(err))
	}
	_, err = f.Users.SignIn(nobody(), actor.Name, apptest.PIN(auth.Warehouse))
	require.True(t, fault.Is(err, fault.Limit), "one count for both")
	_, err = f.Users.Unlock(nobody(), "8163")
	require.Equal(t, "fault.auth.signed_out", fault.Key(err))
}
